//! A text as rules see it: words in sentences, each with its bytes in the text.
//!
//! Texts and patterns are split in the same way, so that spelling a reader would not notice makes no
//! difference: letter case, curly or straight apostrophes, any dash or hyphen, composed or decomposed
//! accents, and contractions ("won't" is read as "will not"), also as people type them ("wont").

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// One word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The bytes of the text in which the word was written. The parts of a contraction share the bytes
    /// of the whole contraction.
    pub span: Range<usize>,
    /// The sentence it belongs to, from 0.
    pub sentence: usize,
    /// Where its normal form is among those of the text. `None` if the word is all ASCII letters and
    /// digits: then only the case may differ.
    normal: Option<Range<usize>>,
}

impl Word {
    /// Whether it is written in ASCII letters and digits, and stands for itself.
    pub fn is_plain(&self) -> bool {
        self.normal.is_none()
    }
}

/// The words of a text. Meant to be used again for the next text, so that nothing is allocated for each
/// one.
#[derive(Debug, Clone, Default)]
pub struct Words {
    words: Vec<Word>,
    /// For each sentence except the last, the index of the word after its end.
    sentence_ends: Vec<usize>,
    normal: String,
}

/// Words after which a full stop does not end a sentence.
const ABBREVIATIONS: &[&str] = &[
    "adm", "brig", "capt", "cf", "col", "dr", "gen", "gov", "hon", "lt", "maj", "messrs", "mr", "mrs", "ms", "mt",
    "prof", "rep", "rev", "sen", "sgt", "st", "vs",
];

/// Words after which a full stop does not end a sentence if a number follows.
const ABBREVIATIONS_BEFORE_NUMBERS: &[&str] =
    &["apr", "aug", "dec", "feb", "jan", "jul", "jun", "mar", "no", "nov", "oct", "sep", "sept"];

/// Words that a contraction leaves open: the first may mean the second, and also matches it.
pub const ALIKE: [(&str, &str); 4] = [("s", "is"), ("s", "has"), ("d", "would"), ("d", "had")];

impl Words {
    /// Splits a text into words and sentences, and replaces what was here before.
    pub fn split(&mut self, text: &str) {
        self.words.clear();
        self.sentence_ends.clear();
        self.normal.clear();
        let mut sentence = 0;
        let mut at = 0;
        while let Some((word, plain)) = next_word(text, at) {
            // Nearly all words are separated by one space.
            if word.start - at > 1 && self.ends_between(text, at, word.start) {
                sentence += 1;
                self.sentence_ends.push(self.words.len());
            }
            at = word.end;
            if !plain {
                self.push(text, word, sentence);
                continue;
            }
            match contraction_as_typed(&text.as_bytes()[word.clone()]) {
                Some((first, second)) if !self.is_a_word_of_its_own(text, &text[word.clone()]) => {
                    self.push_part(first, word.clone(), sentence);
                    self.push_part(second, word, sentence);
                }
                _ => self.words.push(Word { span: word, sentence, normal: None }),
            }
        }
    }

    /// Whether "wont" or "cant" is not "won't" or "can't" after the last word: "as is his wont", "was wont to", "the
    /// cant of the day".
    fn is_a_word_of_its_own(&self, text: &str, written: &str) -> bool {
        const OWNERS: [&str; 8] = ["his", "her", "its", "their", "our", "my", "your", "of"];
        let before: &[&str] = match written.to_ascii_lowercase().as_str() {
            "wont" => &["is", "was", "are", "were", "be", "been", "being", "am"],
            "cant" => &["the", "a"],
            _ => return false,
        };
        let last = self.words.last().map_or("", |last| self.folded(text, last));
        before.iter().chain(&OWNERS).any(|word| word.eq_ignore_ascii_case(last))
    }

    /// The words, in the order of the text.
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// How many sentences there are.
    pub fn sentences(&self) -> usize {
        self.words.last().map_or(0, |last| last.sentence + 1)
    }

    /// The words of the sentence that a word belongs to.
    pub fn sentence_of(&self, word: usize) -> Range<usize> {
        let sentence = self.words[word].sentence;
        let start = sentence.checked_sub(1).map_or(0, |before| self.sentence_ends[before]);
        start..self.sentence_ends.get(sentence).copied().unwrap_or(self.words.len())
    }

    /// A word in the form used for comparing, except that ASCII letters may have either case. `text` is
    /// the text that was split.
    pub fn folded<'w>(&'w self, text: &'w str, word: &Word) -> &'w str {
        match &word.normal {
            Some(normal) => &self.normal[normal.clone()],
            None => &text[word.span.clone()],
        }
    }

    /// The bytes of [`Words::folded`], which are faster to get.
    pub fn folded_bytes<'w>(&'w self, text: &'w str, word: &Word) -> &'w [u8] {
        match &word.normal {
            Some(normal) => &self.normal.as_bytes()[normal.clone()],
            None => &text.as_bytes()[word.span.clone()],
        }
    }

    /// A word in the form used for comparing. `text` is the text that was split.
    pub fn normal(&self, text: &str, word: &Word) -> String {
        self.folded(text, word).to_ascii_lowercase()
    }

    /// Whether the sentence ends in the text between the last word and the next.
    fn ends_between(&self, text: &str, from: usize, to: usize) -> bool {
        let Some(last) = self.words.last() else { return false };
        let between = &text[from..to];
        // Mostly a comma, or other marks that end no sentence.
        if between.bytes().all(|byte| byte.is_ascii() && !matches!(byte, b'\n' | b'.' | b'!' | b'?')) {
            return false;
        }
        if between.matches('\n').count() > 1 || between.contains("[...]") || between.contains("[…]") {
            return true;
        }
        let Some(end) = between.find(['.', '!', '?', '…']) else { return false };
        let next = text[to..].chars().next();
        let begins_sentence = next.is_some_and(|c| !c.is_lowercase());
        let spaced = between[end..].chars().any(char::is_whitespace);
        begins_sentence && spaced && !is_abbreviated(&text[last.span.clone()], &between[end..], next)
    }
}

/// Whether the full stop after a written word belongs to the word.
fn is_abbreviated(word: &str, after: &str, next: Option<char>) -> bool {
    let among = |list: &[&str]| list.iter().any(|known| known.eq_ignore_ascii_case(word));
    let mut letters = word.chars();
    let initial = letters.next().is_some_and(|c| c.is_uppercase() && c != 'I') && letters.next().is_none();
    let initials = word.contains('.') && word.contains(char::is_alphabetic);
    let numbered = || next.is_some_and(char::is_numeric) && among(ABBREVIATIONS_BEFORE_NUMBERS);
    after.starts_with('.')
        && !after[1..].starts_with('.')
        && (initial || initials || among(ABBREVIATIONS) || numbered())
}

impl Words {
    /// Adds a written word in its normal form, and a contraction as the words it means.
    fn push(&mut self, text: &str, span: Range<usize>, sentence: usize) {
        let start = self.normal.len();
        push_normal(&text[span.clone()], &mut self.normal);
        let normal = &self.normal[start..];
        if !normal.contains('\'') {
            self.words.push(Word { span, sentence, normal: Some(start..self.normal.len()) });
            return;
        }
        let normal = self.normal.split_off(start);
        if normal == "n't" {
            self.open_the_word_before(text);
            self.push_part("not", span, sentence);
            return;
        }
        let (mut body, mut parts) = (normal.as_str(), Vec::new());
        while let Some((first, second)) = contraction(body) {
            parts.push(second);
            body = first;
        }
        parts.push(body);
        parts.reverse();
        // A possessive ending is separate from the word before it. Other contractions are not split in
        // the text.
        let own_end = text[span.clone()].char_indices().rev().nth(1).map_or(span.end, |(i, _)| span.start + i);
        let cut = if normal.ends_with("'s") { own_end } else { span.end };
        for (i, part) in parts.iter().enumerate() {
            let ending = cut < span.end && i + 1 == parts.len();
            let written = if ending { cut..span.end } else { span.start..cut };
            self.push_part(part, written, sentence);
        }
    }

    /// Adds a word that a contraction means.
    fn push_part(&mut self, part: &str, span: Range<usize>, sentence: usize) {
        let from = self.normal.len();
        self.normal.push_str(part);
        self.words.push(Word { span, sentence, normal: Some(from..self.normal.len()) });
    }

    /// Tools that split texts into words write "won't" as "wo n't".
    fn open_the_word_before(&mut self, text: &str) {
        let Some(last) = self.words.last() else { return };
        let full = match self.normal(text, last).as_str() {
            "wo" => "will",
            "ca" => "can",
            "sha" => "shall",
            _ => return,
        };
        let from = self.normal.len();
        self.normal.push_str(full);
        let to = self.normal.len();
        self.words.last_mut().into_iter().for_each(|last| last.normal = Some(from..to));
    }
}

/// Contractions that are typed without their apostrophe, with the words they mean. Words such as "its", "were" and
/// "well" are not among them: nothing nearby says which they are.
const AS_TYPED: [(&str, &str); 20] = [
    ("aint", "ai"),
    ("arent", "are"),
    ("cannot", "can"),
    ("cant", "can"),
    ("couldnt", "could"),
    ("didnt", "did"),
    ("doesnt", "does"),
    ("dont", "do"),
    ("hadnt", "had"),
    ("hasnt", "has"),
    ("havent", "have"),
    ("isnt", "is"),
    ("mustnt", "must"),
    ("neednt", "need"),
    ("shant", "shall"),
    ("shouldnt", "should"),
    ("wasnt", "was"),
    ("werent", "were"),
    ("wont", "will"),
    ("wouldnt", "would"),
];

/// The 2 words that a contraction without an apostrophe means.
fn contraction_as_typed(written: &[u8]) -> Option<(&'static str, &'static str)> {
    // Nearly all words end here.
    let [.., before, b't' | b'T'] = written else { return None };
    if !matches!(before, b'n' | b'N' | b'o' | b'O') {
        return None;
    }
    AS_TYPED.iter().find(|(typed, _)| typed.as_bytes().eq_ignore_ascii_case(written)).map(|(_, first)| (*first, "not"))
}

/// The last part of a contraction in full, and what comes before it. "Ukraine's" may be a possessive,
/// "is" or "has": it becomes "ukraine" and "s", and [`ALIKE`] says what "s" may be.
fn contraction(normal: &str) -> Option<(&str, &'static str)> {
    match normal {
        "can't" => return Some(("can", "not")),
        "won't" => return Some(("will", "not")),
        "shan't" => return Some(("shall", "not")),
        _ => {}
    }
    const ENDINGS: [(&str, &str); 7] =
        [("'s", "s"), ("'d", "d"), ("n't", "not"), ("'re", "are"), ("'ll", "will"), ("'ve", "have"), ("'m", "am")];
    ENDINGS
        .iter()
        .find_map(|(ending, word)| Some((normal.strip_suffix(ending).filter(|first| !first.is_empty())?, *word)))
}

/// For each byte, whether it is an ASCII letter or digit.
const PLAIN: [bool; 256] = {
    let (mut plain, mut byte) = ([false; 256], 0);
    while byte < plain.len() {
        plain[byte] = (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    plain
};

/// The bytes of the first word at or after `from`, and whether it is all ASCII letters and digits.
fn next_word(text: &str, from: usize) -> Option<(Range<usize>, bool)> {
    let start = word_start(text, from)?;
    let bytes = text.as_bytes();
    let mut end = start;
    while bytes.get(end).is_some_and(|byte| PLAIN[usize::from(*byte)]) {
        end += 1;
    }
    // After these bytes the word may go on, so it is looked at closely. A mark before white space ends
    // the word.
    let goes_on = match bytes.get(end) {
        None => false,
        Some(b'.' | b',' | b'\'' | b'`') => {
            bytes.get(end + 1).is_some_and(|next| next.is_ascii_alphanumeric() || !next.is_ascii())
        }
        Some(byte) => !byte.is_ascii(),
    };
    if end > start && !goes_on { Some((start..end, true)) } else { Some((start..word_end(text, start), false)) }
}

/// The byte of the first letter or digit at or after `from`.
fn word_start(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        let byte = *bytes.get(at)?;
        if PLAIN[usize::from(byte)] {
            return Some(at);
        } else if byte.is_ascii() {
            at += 1;
        } else {
            let char = text[at..].chars().next()?;
            if char.is_alphanumeric() {
                return Some(at);
            }
            at += char.len_utf8();
        }
    }
}

/// Where the word that begins at `start` ends.
fn word_end(text: &str, start: usize) -> usize {
    let mut end = start;
    let mut previous = ' ';
    let mut rest = text[start..].char_indices().map(|(i, c)| (start + i, c)).peekable();
    while let Some((i, c)) = rest.next() {
        let next = rest.peek().map(|&(_, next)| next);
        let inner = c.is_alphanumeric()
            || is_combining_mark(c)
            || is_invisible(c)
            || (is_apostrophe(c) && previous.is_alphabetic() && next.is_some_and(char::is_alphabetic))
            || (matches!(c, '.' | ',') && previous.is_ascii_digit() && next.is_some_and(|n| n.is_ascii_digit()))
            || (c == '.' && next.is_some_and(char::is_alphabetic) && ends_in_initial(&text[start..i]));
        if !inner {
            break;
        }
        end = i + c.len_utf8();
        previous = c;
    }
    end
}

/// Whether a word's last part is a single letter, as in "U" or "U.S".
fn ends_in_initial(word: &str) -> bool {
    let part = word.rsplit('.').next().unwrap_or(word);
    let mut chars = part.chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '‛' | 'ʼ' | '′' | '`' | '´' | '＇')
}

/// Characters without width: soft hyphen, zero-width characters, direction marks.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Adds a word in its normal form. Initials lose their full stops: "U.S." is "US".
fn push_normal(word: &str, normal: &mut String) {
    if word.contains('.') && word.contains(char::is_alphabetic) {
        return push_normal(&word.replace('.', ""), normal);
    }
    if word.is_ascii() {
        normal.extend(word.chars().map(|c| if c == '`' { '\'' } else { c.to_ascii_lowercase() }));
        return;
    }
    // Most others have a curly apostrophe and nothing else that is not ASCII.
    if word.chars().all(|c| c.is_ascii() || c == '’') {
        normal.extend(word.chars().map(|c| if is_apostrophe(c) { '\'' } else { c.to_ascii_lowercase() }));
        return;
    }
    let plain = word.nfc().filter(|c| !is_invisible(*c)).map(|c| if is_apostrophe(c) { '\'' } else { c });
    normal.extend(plain.flat_map(char::to_lowercase));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of a text with `|` between sentences.
    fn split(text: &str) -> String {
        let mut words = Words::default();
        words.split(text);
        let mut out = String::new();
        for (i, word) in words.words().iter().enumerate() {
            if i > 0 {
                out += if words.words()[i - 1].sentence == word.sentence { " " } else { " | " };
            }
            out += &words.normal(text, word);
        }
        out
    }

    #[test]
    fn words_are_compared_as_a_reader_compares_them() {
        for (text, expected) in [
            ("We won’t lift them, can't we? WE'RE not.", "we will not lift them can not we | we are not"),
            (
                "We dont, DIDNT, cant and wont; isnt it? It cannot, its",
                "we do not did not can not and will not is not it | it can not its",
            ),
            ("He was wont to, as is his wont. The cant of it", "he was wont to as is his wont | the cant of it"),
            ("We do n't, wo n’t, ca n't", "we do not will not can not"),
            ("we won′t, won‛t, wonʼt", "we will not will not will not"),
            ("want went sent front dont'", "want went sent front do not"),
            ("Ukraine's pre-2014 borders", "ukraine s pre 2014 borders"),
            ("he couldn't've, won't's", "he could not have will not s"),
            ("$500bn, 1.6 billion and 50,000", "500bn 1.6 billion and 50,000"),
            ("oil—anything", "oil anything"),
            ("Cafe\u{301} ZÜRICH Київ", "café zürich київ"),
            ("sanc\u{ad}tions on\u{200b}", "sanctions on"),
            ("", ""),
            ("… !", ""),
        ] {
            assert_eq!(split(text), expected, "{text}");
        }
    }

    #[test]
    fn sentences_end_where_a_reader_ends_them() {
        for (text, expected) in [
            ("The U.S. President met Mr. Putin. He left.", "the us president met mr putin | he left"),
            ("On Feb. 28 we met. [...] then nothing", "on feb 28 we met | then nothing"),
            ("Well… maybe not. “No!” he said", "well maybe not | no he said"),
            ("No? Yes!", "no | yes"),
            ("first line\n\nsecond line", "first line | second line"),
            ("I said so, I. Then I left", "i said so i | then i left"),
            (
                "He said no. Then phase 2. It costs 1.5. We sat. He left",
                "he said no | then phase 2 | it costs 1.5 | we sat | he left",
            ),
            ("No. 5 is Ukraine's. Crimea too", "no 5 is ukraine s | crimea too"),
            ("J. D. Vance and Gen. Kellogg", "j d vance and gen kellogg"),
        ] {
            assert_eq!(split(text), expected, "{text}");
        }
    }

    #[test]
    fn a_word_knows_where_it_was_written() {
        let text = "Київ won’t sell Kyiv’s land, dont";
        let mut words = Words::default();
        words.split(text);
        let written: Vec<&str> = words.words().iter().map(|word| &text[word.span.clone()]).collect();
        assert_eq!(written, ["Київ", "won’t", "won’t", "sell", "Kyiv", "’s", "land", "dont", "dont"]);
    }
}
