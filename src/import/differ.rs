//! Two texts that differ, shown where they do.

use crate::words::shortened;

/// How many characters stand before the place where the texts differ.
const BEFORE: usize = 20;

/// Two texts, each on one line and cut to about as many characters, from a word before the first difference on.
pub fn both(one: &str, other: &str, most: usize) -> (String, String) {
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (one, other) = (line(one), line(other));
    let same = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    // Short texts are shown whole.
    if one.chars().count() <= most && other.chars().count() <= most {
        return (one, other);
    }
    let from = |text: &str| {
        let begin: String = text.chars().take(same.saturating_sub(BEFORE)).collect();
        let word = if begin.is_empty() { 0 } else { begin.rfind(' ').map_or(0, |space| space + 1) };
        let mark = if word == 0 { "" } else { "…" };
        format!("{mark}{}", shortened(&text[word..], most))
    };
    (from(&one), from(&other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_shown_where_they_differ() {
        let begin = "We have said it many times in this council and we say it again:";
        let (one, other) = both(&format!("{begin} the tram comes now"), &format!("{begin} the tram comes later"), 40);
        assert_eq!((one.as_str(), other.as_str()), ("…again: the tram comes now", "…again: the tram comes later"));
        assert_eq!(both("a b", "a c", 40), ("a b".to_owned(), "a c".to_owned()));
    }
}
