//! A block of text as a row of items: words, marks, and each whole quotation as one item.

use std::ops::Range;

use crate::extract::speech::cues::*;
use crate::extract::speech::quotation::QuotedStretch;

/// The kind of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemKind {
    /// A word.
    Word,
    /// A number, with anything attached to it.
    Number,
    /// The ending of a possessive: 's.
    Possessive,
    /// A quotation, by its number among those of the block.
    Quoted(usize),
    /// A punctuation mark.
    Mark(char),
}

/// An item of a block.
#[derive(Debug, Clone)]
pub struct BlockItem {
    /// Where it is, in bytes.
    pub range: Range<usize>,
    /// Its kind.
    pub kind: ItemKind,
    /// What it may be in this language.
    pub class: Class,
    /// Whether it begins with a capital letter.
    pub capital: bool,
    /// Whether it begins a sentence.
    pub begins: bool,
}

impl BlockItem {
    /// Whether it belongs to one of these classes.
    pub fn is(&self, class: Class) -> bool {
        self.class & class != 0
    }

    /// Whether it is this punctuation mark.
    pub fn is_mark(&self, mark: char) -> bool {
        self.kind == ItemKind::Mark(mark)
    }

    /// Whether it is one of these punctuation marks.
    pub fn is_any_mark(&self, marks: &[char]) -> bool {
        matches!(self.kind, ItemKind::Mark(mark) if marks.contains(&mark))
    }

    /// Whether it is a dash between words.
    pub fn is_dash(&self) -> bool {
        self.is_any_mark(&['—', '–', '-', '―', '~'])
    }

    /// The quotation that the item is.
    pub fn quotation(&self) -> Option<usize> {
        match self.kind {
            ItemKind::Quoted(number) => Some(number),
            _ => None,
        }
    }
}

/// Splits a block. `sentences` are the spans of the sentences, in order. `quotations` are those that
/// become one item each, in order and without nesting.
pub fn items(
    text: &str,
    block: Range<usize>,
    sentences: &[Range<usize>],
    quotations: &[&QuotedStretch],
    cues: &Cues,
) -> Vec<BlockItem> {
    let mut splitter =
        Splitter { text, end: block.end, cues, items: Vec::with_capacity(block.len() / 5), lower: String::new() };
    let mut at = block.start;
    for (number, quotation) in quotations.iter().enumerate() {
        splitter.narration(at..quotation.outer.start);
        let nickname = splitter.is_nickname(quotation);
        let kind = if nickname { ItemKind::Word } else { ItemKind::Quoted(number) };
        splitter.push(quotation.outer.clone(), kind, 0, nickname);
        at = quotation.outer.end;
    }
    splitter.narration(at..block.end);
    let mut items = splitter.items;
    mark_sentences(&mut items, sentences);
    items
}

/// Marks the items that begin a sentence. A sentence that begins within a quotation is not a sentence of
/// the text around it.
fn mark_sentences(items: &mut [BlockItem], sentences: &[Range<usize>]) {
    let mut sentences = sentences.iter().peekable();
    let mut last_end = 0;
    for item in items {
        let mut begins = false;
        while let Some(sentence) = sentences.peek().filter(|sentence| sentence.start <= item.range.start) {
            begins |= sentence.start >= last_end;
            sentences.next();
        }
        item.begins = begins;
        last_end = item.range.end;
    }
}

struct Splitter<'t> {
    text: &'t str,
    end: usize,
    cues: &'t Cues,
    items: Vec<BlockItem>,
    lower: String,
}

impl Splitter<'_> {
    /// Whether a word in quotation marks is inside a name: Robert “Bob” Lee.
    fn is_nickname(&self, quotation: &QuotedStretch) -> bool {
        let inner = &self.text[quotation.inner.clone()];
        let one = !inner.is_empty() && inner.len() < 20 && inner.chars().all(char::is_alphanumeric);
        let before = self.items.last().is_some_and(|last| last.capital && last.range.end + 1 == quotation.outer.start);
        let mut after = self.text[quotation.outer.end..self.end].chars();
        one && before && after.next() == Some(' ') && after.next().is_some_and(char::is_uppercase)
    }

    fn narration(&mut self, within: Range<usize>) {
        let mut at = within.start;
        while let Some(c) = self.text[at..within.end].chars().next() {
            if c.is_whitespace() {
                at += c.len_utf8();
            } else if c.is_alphanumeric() {
                at = self.word(at..within.end);
            } else if is_apostrophe(c) {
                at = self.apostrophe(at, within.end, c);
            } else {
                self.push(at..at + c.len_utf8(), ItemKind::Mark(c), 0, false);
                at += c.len_utf8();
            }
        }
    }

    /// Reads a word from its first letter and returns where it ends.
    fn word(&mut self, within: Range<usize>) -> usize {
        let text = self.text;
        let rest = &text[within.clone()];
        // Nearly all letters are ASCII, and ASCII letters always join.
        let plain = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let mut length = plain;
        let mut elided = false;
        let mut chars = rest[plain..].char_indices().map(|(i, c)| (plain + i, c)).peekable();
        while let Some((i, c)) = chars.next() {
            let next = chars.peek().map(|(_, c)| *c);
            let joins = match c {
                // "end.The" is two sentences that the page ran together.
                '.' if rest[..i].ends_with(char::is_lowercase) => {
                    next.is_some_and(|c| c.is_lowercase() || c.is_numeric())
                }
                // "insi-\nsted": a word that a column broke.
                '-' if next == Some('\n') && breaks_word(&rest[..i], &rest[i + 1..]) => true,
                '\n' if rest[..i].ends_with('-') && i > 1 && breaks_word(&rest[..i - 1], &rest[i..]) => true,
                '-' | '.' | '_' | '‑' => next.is_some_and(char::is_alphanumeric),
                ',' => next.is_some_and(|c| c.is_ascii_digit()) && rest[..i].ends_with(|c: char| c.is_ascii_digit()),
                // "l'Élysée": a word of its own, with its apostrophe.
                _ if is_apostrophe(c) && self.cues.is_elided(&rest[..i]) => {
                    elided = true;
                    true
                }
                _ if is_apostrophe(c) => {
                    next.is_some_and(char::is_alphabetic) && {
                        let behind = &rest[i + c.len_utf8()..];
                        let end = behind.find(|c: char| !c.is_alphabetic()).unwrap_or(behind.len());
                        !self.cues.splits_off(&behind[..end])
                    }
                }
                _ => is_word_char(c),
            };
            if !joins {
                break;
            }
            length = i + c.len_utf8();
            if elided {
                break;
            }
        }
        let mut end = within.start + length;
        if text[end..within.end].starts_with('.') && self.takes_stop(within.start..end) {
            end += 1;
        }
        match self.cues.attached_to(&text[within.start..end]) {
            // "explique-t-il": the verb and its pronoun.
            Some(at) => {
                let pronoun = text[within.start..end].rfind('-').map_or(at, |hyphen| hyphen + 1);
                self.push_word(within.start..within.start + at);
                self.push_word(within.start + pronoun..end);
            }
            None => self.push_word(within.start..end),
        }
        end
    }

    /// Whether a full stop belongs to the word: U.S., Mr., J.
    fn takes_stop(&mut self, word: Range<usize>) -> bool {
        let text = &self.text[word.clone()];
        let mut chars = text.chars();
        let initial = chars.next().is_some_and(char::is_uppercase) && chars.next().is_none();
        if initial || text.contains('.') && text.len() <= 6 {
            return true;
        }
        self.lower(word.start..word.end);
        self.lower.push('.');
        self.cues.class(&self.lower) != 0
    }

    fn push_word(&mut self, range: Range<usize>) {
        let word = &self.text[range.clone()];
        let first = word.chars().next();
        let kind = if first.is_some_and(char::is_numeric) { ItemKind::Number } else { ItemKind::Word };
        self.lower(range.clone());
        // "Hans-Jürgen": a first name by its first part.
        let class = match self.cues.class(&self.lower) {
            0 => self.lower.split_once('-').map_or(0, |(part, _)| self.cues.class(part) & (MALE_NAME | FEMALE_NAME)),
            class => class,
        };
        self.push(range, kind, class, first.is_some_and(char::is_uppercase));
    }

    /// Reads an apostrophe and what is attached to it: 's, 'd.
    fn apostrophe(&mut self, at: usize, end: usize, c: char) -> usize {
        let after = at + c.len_utf8();
        let letters: usize = self.text[after..end].chars().take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum();
        let glued = self
            .items
            .last()
            .is_some_and(|last| last.range.end == at && matches!(last.kind, ItemKind::Word | ItemKind::Number));
        let suffix = &self.text[after..after + letters];
        if !glued {
            self.push(at..after, ItemKind::Mark('\''), 0, false);
            return after;
        }
        let pronoun = self.items.last().is_some_and(|last| last.is(SUBJECT | THAT | NOBODY));
        let range = at..after + letters;
        if suffix.is_empty() || self.cues.is_possessive(suffix) && !pronoun {
            self.push(range, ItemKind::Possessive, 0, false);
        } else {
            self.lower(range.clone());
            let class = AUXILIARY | self.cues.class(&self.lower);
            self.push(range, ItemKind::Word, class, false);
        }
        after + letters
    }

    fn lower(&mut self, range: Range<usize>) {
        self.lower.clear();
        let word = &self.text[range];
        if word.is_ascii() {
            self.lower.push_str(word);
            self.lower.make_ascii_lowercase();
            if word.contains('\n') {
                self.lower = self.lower.replace("-\n", "");
            }
        } else {
            self.lower
                .extend(word.chars().flat_map(char::to_lowercase).map(|c| if is_apostrophe(c) { '\'' } else { c }));
        }
    }

    fn push(&mut self, range: Range<usize>, kind: ItemKind, class: Class, capital: bool) {
        debug_assert!(range.end <= self.end);
        self.items.push(BlockItem { range, kind, class, capital, begins: false });
    }
}

/// Whether a hyphen at the end of a line breaks a word: letters before, and a small letter on the next line.
fn breaks_word(before: &str, behind: &str) -> bool {
    let next = behind.strip_prefix('\n').and_then(|line| line.chars().next());
    before.ends_with(char::is_lowercase) && next.is_some_and(char::is_lowercase)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

fn is_word_char(c: char) -> bool {
    // Combining accents belong to the letter before.
    c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::speech::quotation::quotations;

    fn split(text: &str) -> Vec<&str> {
        let cues = Cues::english();
        let all = quotations(text, 0..text.len(), &cues);
        let top: Vec<&QuotedStretch> = all.iter().filter(|quotation| quotation.depth == 0).collect();
        items(text, 0..text.len(), &[], &top, &cues).iter().map(|item| &text[item.range.clone()]).collect()
    }

    #[test]
    fn words_marks_and_quotations_are_items() {
        let found = split("U.S. Sen. O’Neil’s aide (R-Texas) won’t say “no, never” on Jan. 3.");
        let expected = [
            "U.S.",
            "Sen.",
            "O’Neil",
            "’s",
            "aide",
            "(",
            "R-Texas",
            ")",
            "won’t",
            "say",
            "“no, never”",
            "on",
            "Jan.",
            "3",
            ".",
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_nickname_is_part_of_the_name() {
        let cues = Cues::english();
        let text = "Robert “Bob” Lee";
        let all = quotations(text, 0..text.len(), &cues);
        let top: Vec<&QuotedStretch> = all.iter().collect();
        assert!(
            items(text, 0..text.len(), &[], &top, &cues).iter().all(|item| item.kind == ItemKind::Word && item.capital)
        );
    }
}
