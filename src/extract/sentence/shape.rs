//! What the shape of a line shows, in any language: names, quotations, breaks.

use rustc_hash::FxHashSet;

/// How many words name the speaker of a sentence, including the verb of saying.
const LONGEST_ATTRIBUTION: usize = 5;

/// How much of a piece, in bytes, is compared with phrases.
const COMPARED: usize = 600;

/// The longest heading that is a quotation, in words.
const LONGEST_QUOTED_HEADING: usize = 14;

/// A piece in the form in which it is judged.
#[derive(Debug, Default)]
pub struct PieceLook {
    /// The piece in lower case, with straight apostrophes and single spaces, and without marks at its
    /// beginning.
    pub folded: String,
    /// How many words it has.
    pub words: usize,
    /// Whether it contains a double quotation mark.
    pub quoted: bool,
}

impl PieceLook {
    /// Reads the next piece.
    pub fn at(&mut self, written: &str) {
        self.folded.clear();
        self.words = 0;
        self.quoted = false;
        let mut space = true;
        let mut letters = false;
        for (i, c) in written.char_indices() {
            let compared = i < COMPARED;
            // Nearly all of a text.
            if c.is_ascii_lowercase() {
                letters = true;
                space = false;
                if compared {
                    self.folded.push(c);
                }
            } else if c.is_whitespace() {
                if !space && compared {
                    self.folded.push(' ');
                }
                self.words += usize::from(letters);
                letters = false;
                space = true;
            } else {
                self.quoted |= matches!(c, '"' | '“' | '”' | '„' | '«' | '»');
                letters |= c.is_alphanumeric();
                space = false;
                match c {
                    _ if !compared => {}
                    '’' | '‘' | 'ʼ' => self.folded.push('\''),
                    c if c.is_ascii() => self.folded.push(c.to_ascii_lowercase()),
                    c => self.folded.extend(c.to_lowercase()),
                }
            }
        }
        self.words += usize::from(letters);
        self.quoted |= written.contains("''");
    }
}

/// A folded line without the marks around it.
pub fn line(folded: &str) -> &str {
    folded.trim_matches(|c: char| !c.is_alphanumeric())
}

/// Whether one or more names follow the words of a byline, which end at `end`.
pub fn names_follow(written: &str, end: usize) -> bool {
    let Some(rest) = written.get(end..) else { return false };
    let mut words = rest.split_whitespace();
    let capital = |word: Option<&str>| word.is_some_and(|word| word.starts_with(char::is_uppercase));
    let first = words.next();
    capital(first) && (capital(words.next()) || !written.ends_with('.'))
}

/// Whether a line is a name: two to four words that begin with capitals, without marks.
pub fn is_name(line: &str) -> bool {
    let mut words = 0;
    line.split(' ').all(|word| {
        words += 1;
        word.starts_with(char::is_uppercase)
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '’' | '\'' | '.'))
    }) && (2..=4).contains(&words)
}

/// Whether a paragraph has a quotation longer than a word or two.
pub fn is_saying(paragraph: &str) -> bool {
    let mark = |c: char| matches!(c, '"' | '“' | '”' | '„');
    paragraph.split(mark).skip(1).step_by(2).any(|inside| inside.split_whitespace().count() > 3)
}

/// Whether a line is words in quotation marks with a name behind a dash: "It is late" – Ada Holm.
pub fn is_signed_quotation(line: &str) -> bool {
    let Some(rest) = line.strip_prefix(['"', '“', '„', '«', '»']) else { return false };
    rest.rsplit_once(['"', '”', '“', '»', '«']).is_some_and(|(words, after)| {
        let name = after.trim_start().trim_start_matches(['-', '–', '—', '―']);
        let dash = name.len() < after.trim_start().len();
        words.split_whitespace().count() > 2 && dash && name.trim_start().starts_with(char::is_uppercase)
    })
}

/// Whether a paragraph breaks off with an ellipsis.
pub fn is_cut_off(paragraph: &str) -> bool {
    let cut = paragraph.strip_suffix('…').or_else(|| paragraph.strip_suffix("..."));
    cut.is_some_and(|before| {
        before.ends_with(|c: char| c.is_alphanumeric() || c.is_whitespace() || matches!(c, '“' | '"' | ','))
    })
}

/// Whether a paragraph is a heading that quotes: ‘Who built it?’.
pub fn is_quoted_heading(written: &str, look: &PieceLook) -> bool {
    let inside = written.strip_prefix(['‘', '\'']).and_then(|rest| rest.strip_suffix(['’', '\'']));
    inside.is_some_and(|inside| !inside.contains(['‘', '\'']) || !inside.contains(' '))
        && !look.quoted
        && look.words <= LONGEST_QUOTED_HEADING
}

/// Whether a sentence says who is speaking: "The terms are secret, Holm said."
pub fn is_attributed(folded: &str, sayings: &FxHashSet<String>) -> bool {
    folded.split(',').skip(1).any(|clause| {
        let words = clause.split_whitespace().take(LONGEST_ATTRIBUTION);
        words.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())).any(|word| sayings.contains(word))
    })
}
