//! Where a passage of a text is. Tools count in different units, so positions are checked against the words that the
//! file has beside them.

/// How positions in a text are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Counting {
    /// Characters of Unicode.
    Characters,
    /// Characters, with each pair of carriage return and line feed as one.
    LineBreaksAsOne,
    /// Units of UTF-16, as Java and browsers count.
    Utf16,
    /// Characters, with a byte order mark as the first.
    WithMark,
}

impl Counting {
    const ALL: [Counting; 4] = [Counting::Characters, Counting::LineBreaksAsOne, Counting::Utf16, Counting::WithMark];

    /// As people read it.
    pub fn in_words(self) -> &'static str {
        match self {
            Counting::Characters => "characters",
            Counting::LineBreaksAsOne => "characters, a line break as one",
            Counting::Utf16 => "units of UTF-16",
            Counting::WithMark => "characters, a byte order mark as the first",
        }
    }

    /// The text between 2 positions. `None` if there is none, or if a position is within a character.
    pub fn cut(self, text: &str, from: usize, to: usize) -> Option<String> {
        if from >= to {
            return None;
        }
        let plain = text.strip_prefix('\u{feff}').unwrap_or(text);
        match self {
            Counting::Characters => slice(plain, from, to, |_| 1),
            Counting::WithMark => slice(plain, from.checked_sub(1)?, to - 1, |_| 1),
            Counting::Utf16 => slice(plain, from, to, char::len_utf16),
            Counting::LineBreaksAsOne => slice(&plain.replace("\r\n", "\n"), from, to, |_| 1),
        }
    }
}

fn slice(text: &str, from: usize, to: usize, width: impl Fn(char) -> usize) -> Option<String> {
    let mut at = 0;
    let (mut start, mut end) = (None, None);
    for (byte, c) in text.char_indices().map(|(byte, c)| (byte, Some(c))).chain(std::iter::once((text.len(), None))) {
        if at == from {
            start = start.or(Some(byte));
        }
        if at == to {
            end = end.or(Some(byte));
        }
        at += c.map_or(0, &width);
    }
    Some(text[start?..end?].to_owned())
}

/// Whether a passage is the one that the file names. Names may be cut at the end, and have spaces for line breaks.
pub fn is_named(passage: &str, name: &str) -> bool {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (passage, name) = (words(passage), words(name));
    let cut = name.strip_suffix("...").or(name.strip_suffix('…')).map(str::trim_end);
    passage == name || (name.chars().count() >= 20 && passage.starts_with(cut.unwrap_or(&name)))
}

/// The counting that fits most passages of a text: each with its 2 positions and its words.
pub fn counting(text: &str, passages: &[(usize, usize, &str)]) -> Counting {
    let named: Vec<&(usize, usize, &str)> = passages.iter().filter(|(_, _, name)| !name.trim().is_empty()).collect();
    let fits = |counting: Counting| {
        let right = named
            .iter()
            .filter(|(from, to, name)| counting.cut(text, *from, *to).is_some_and(|passage| is_named(&passage, name)));
        right.count()
    };
    // The first of those that fit as well.
    Counting::ALL.into_iter().rev().max_by_key(|counting| fits(*counting)).unwrap_or(Counting::Characters)
}

/// A passage by its words, if the text has them once.
pub fn found<'t>(text: &'t str, words: &str) -> Option<&'t str> {
    let words = words.trim();
    let mut found = text.match_indices(words);
    match (found.next(), found.next()) {
        (Some((_, passage)), None) if !words.is_empty() => Some(passage),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_words_decide_how_positions_are_counted() {
        let text = "\u{feff}A 🚋.\r\nWe build.";
        for (from, to, counted) in [
            (6, 15, Counting::Characters),
            (5, 14, Counting::LineBreaksAsOne),
            (7, 16, Counting::Utf16),
            (7, 16, Counting::WithMark),
        ] {
            assert_eq!(counted.cut(text, from, to).as_deref(), Some("We build."), "{counted:?}");
        }
        assert_eq!(counting(text, &[(5, 14, "We build.")]), Counting::LineBreaksAsOne);
        assert_eq!(counting(text, &[(0, 1, "")]), Counting::Characters);
        assert_eq!(Counting::Utf16.cut("🚋", 0, 1), None);
        assert!(
            is_named("It is a waste of\nmoney and time", "It is a waste of money…") && !is_named("Yes and no", "Yes")
        );
        assert_eq!((found("a b a", "b"), found("a b a", "a")), (Some("b"), None));
    }

    proptest! {
        #[test]
        fn any_positions_are_cut_or_refused(text in "[a-z🚋é\r\n\u{feff}]{0,20}", from in 0..25_usize, to in 0..25_usize) {
            for counting in Counting::ALL {
                let _ = counting.cut(&text, from, to);
            }
        }
    }
}
