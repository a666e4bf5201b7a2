//! Splits paragraphs into pieces: finds where sentences end.

use std::ops::Range;

use rustc_hash::FxHashSet;
use serde::Deserialize;

use crate::extract::sentence::glue::{self, GlueWords, Seam};
use crate::extract::sentence::paragraph::{Paragraph, is_closer};

/// What a language writes with a full stop that does not end a sentence.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SentenceWords {
    /// Abbreviations that do not end a sentence: "Mr", "Gen". In lower case.
    pub titles: FxHashSet<String>,
    /// Abbreviations that do not end a sentence before a number: "No", "Feb". In lower case.
    pub before_numbers: FxHashSet<String>,
    /// Abbreviations that may end a sentence: "Inc", "etc". In lower case.
    pub abbreviations: FxHashSet<String>,
    /// Words with a capital in the middle of a sentence: "I".
    pub capitals: FxHashSet<String>,
    /// Words that begin a sentence but not a name, so a sentence ends before them: "The", "He". In lower
    /// case.
    pub starters: FxHashSet<String>,
    /// Verbs of saying that may come after a name: "“Why?” Holm asked". In lower case.
    pub sayings: FxHashSet<String>,
    /// Ends of names with a full stop inside: "News.Az", "Booking.Com". In lower case.
    pub domains: FxHashSet<String>,
    /// Words that have run together.
    pub glue: GlueWords,
}

/// How a piece ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ending {
    /// With a full stop, an exclamation or a question mark.
    Stop,
    /// In the middle of a word, where the page lost a space.
    Glue,
    /// With the paragraph, without such a mark.
    Line,
}

/// A sentence, or the text between two sentences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentencePiece {
    /// Where it is, in bytes, without the white space around it.
    pub range: Range<usize>,
    /// The paragraph it belongs to, from 0. If a page lost its spaces, paragraphs ended there, too.
    pub paragraph: usize,
    /// The block it belongs to, from 0. A block has no blank line inside.
    pub block: usize,
    /// How it ends.
    pub ending: Ending,
}

/// How many certain seams a paragraph needs for its likely seams to count.
const SEAMS_OF_A_GLUED_PARAGRAPH: usize = 2;

/// Where a piece ends, and in which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Cut {
    at: usize,
    ending: Ending,
    /// Whether the page lost a space here, and so the end of a paragraph.
    glued: bool,
}

/// Splits paragraphs into pieces, in order.
pub fn pieces(text: &str, paragraphs: &[Paragraph], words: &SentenceWords) -> Vec<SentencePiece> {
    let mut pieces: Vec<SentencePiece> = Vec::with_capacity(text.len() / 120 + paragraphs.len());
    let mut scan = Scan { text, words, cuts: Vec::new(), likely: Vec::new(), certain: 0 };
    let mut paragraph = 0;
    for place in paragraphs {
        scan.run(place.range.clone());
        let mut start = place.range.start;
        let end = place.range.end;
        let last_start = scan.cuts.last().map_or(start, |cut| cut.at);
        let ending = if ends_with_stop(&text[last_start..end]) { Ending::Stop } else { Ending::Line };
        for cut in scan.cuts.iter().copied().chain([Cut { at: end, ending, glued: true }]) {
            let piece = &text[start..cut.at];
            let from = start + (piece.len() - piece.trim_start().len());
            let to = start + piece.trim_end().len();
            if from < to {
                pieces.push(SentencePiece { range: from..to, paragraph, block: place.block, ending: cut.ending });
            }
            paragraph += usize::from(cut.glued);
            start = cut.at;
        }
    }
    pieces
}

fn ends_with_stop(text: &str) -> bool {
    text.trim_end_matches(is_closer).ends_with(is_stop)
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '؟' | '۔' | '।' | '‼' | '⁇' | '⁈' | '⁉')
}

fn is_opener(c: char) -> bool {
    matches!(
        c,
        '"' | '“'
            | '„'
            | '‘'
            | '‚'
            | '\''
            | '«'
            | '»'
            | '‹'
            | '('
            | '['
            | '{'
            | '¿'
            | '¡'
            | '–'
            | '—'
            | '-'
            | '•'
            | '*'
            | '_'
    )
}

/// A cut in the middle of a word.
fn seam(at: usize) -> Cut {
    Cut { at, ending: Ending::Glue, glued: true }
}

/// How a sentence ends at a full stop or other mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// White space follows, or the script does not need any.
    Spaced,
    /// The next sentence follows directly: the page lost a space.
    Glued,
    /// The same, if the paragraph has lost spaces elsewhere: "on X.Tuesday" but "J.Holm".
    LikelyGlued,
}

/// The scan of a paragraph.
struct Scan<'t> {
    text: &'t str,
    words: &'t SentenceWords,
    /// Where pieces end, except for the last.
    cuts: Vec<Cut>,
    /// Seams that count only in a paragraph that has lost spaces.
    likely: Vec<Cut>,
    /// How many seams are certain.
    certain: usize,
}

impl Scan<'_> {
    fn run(&mut self, range: Range<usize>) {
        self.cuts.clear();
        self.likely.clear();
        self.certain = 0;
        let text = &self.text[..range.end];
        let mut quoted = false;
        let mut curly = false;
        let mut before = ' ';
        let mut at = range.start;
        let mut start = range.start;
        // Whether there is a letter or digit since `start`: marks alone are not a sentence.
        let mut lettered = false;
        while let Some(c) = text[at..].chars().next() {
            let next = at + c.len_utf8();
            match c {
                'a'..='z' | ' ' => lettered |= c != ' ',
                '"' => quoted = opens(before, text[next..].chars().next(), quoted),
                '“' | '”' => curly = c == '“',
                c if is_stop(c) && at > range.start => {
                    let (end, still_quoted) = after_stop(text, at, quoted);
                    quoted = still_quoted;
                    curly &= !text[at..end].contains('”');
                    if lettered && let Some(end_of_sentence) = self.ends(text, start, at, end) {
                        // A paragraph does not end inside a quotation.
                        let glued = end_of_sentence != End::Spaced && !quoted && !curly;
                        let cut = Cut { at: end, ending: Ending::Stop, glued };
                        if end_of_sentence == End::LikelyGlued {
                            self.likely.push(cut);
                        } else {
                            self.cuts.push(cut);
                            self.certain += usize::from(end_of_sentence == End::Glued);
                            start = end;
                            lettered = false;
                        }
                    }
                    before = text[at..end].chars().next_back().unwrap_or(c);
                    at = end;
                    continue;
                }
                _ => {
                    if lettered && glue::is_candidate(before, c) {
                        match glue::seam(text, range.start, at, &self.words.glue) {
                            Some(Seam::Certain) => {
                                self.cuts.push(seam(at));
                                self.certain += 1;
                                start = at;
                            }
                            Some(Seam::Likely) => self.likely.push(seam(at)),
                            None => {}
                        }
                    }
                    lettered |= c.is_alphanumeric();
                }
            }
            before = c;
            at = next;
            // Most of a text is lower-case letters and spaces, and nothing ends before those.
            let plain =
                text.as_bytes()[at..].iter().take_while(|byte| byte.is_ascii_lowercase() || **byte == b' ').count();
            if plain > 0 {
                lettered |= plain > 1 || text.as_bytes()[at] != b' ';
                at += plain;
                before = char::from(text.as_bytes()[at - 1]);
            }
        }
        self.take_likely();
    }

    /// Counts the likely seams if the paragraph has lost spaces elsewhere.
    fn take_likely(&mut self) {
        let near = |pair: &[Cut]| pair[1].at - pair[0].at < 24;
        // "HomeNewsSport": only menus are written like this.
        let menu = self.likely.windows(2).filter(|pair| near(pair)).count() > 1;
        if !self.likely.is_empty() && (menu || self.certain >= SEAMS_OF_A_GLUED_PARAGRAPH) {
            self.cuts.append(&mut self.likely);
            self.cuts.sort_unstable();
            self.cuts.dedup_by_key(|cut| cut.at);
        }
    }

    /// Whether and how a sentence that began at `start` ends at `end`, with its mark at `stop`.
    fn ends(&self, text: &str, start: usize, stop: usize, end: usize) -> Option<End> {
        let after = &text[end..];
        let spaces = after.len() - after.trim_start().len();
        let word_at = end + spaces + after[spaces..].find(|c: char| !is_opener(c) && !c.is_whitespace())?;
        let next = text[word_at..].chars().next()?;
        let mark = text[stop..].chars().next()?;
        let closed = text[stop..end].chars().next_back().is_some_and(is_closer);
        let single = mark == '.' && end == stop + 1;
        if matches!(mark, '。' | '！' | '？') {
            return Some(End::Spaced);
        }
        let word = || text[word_at..].split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
        let breaks_off = mark == '…' || text[stop..end].starts_with("..");
        if next.is_lowercase() || breaks_off && self.words.capitals.contains(word()) {
            return None;
        }
        if spaces == 0 {
            return self.glued_end(text, start, stop, word_at, single, closed);
        }
        if single && self.is_abbreviated(text, start, stop, word_at, next) {
            return None;
        }
        // There is no name between two quotations.
        let quotes = text[end..word_at].contains(['"', '“', '„', '«']);
        if mark != '.' && closed && !quotes && self.is_attribution(&text[word_at..]) {
            return None;
        }
        Some(End::Spaced)
    }

    /// Whether and how a sentence ends at a mark without a space after it.
    fn glued_end(
        &self,
        text: &str,
        start: usize,
        stop: usize,
        word_at: usize,
        single: bool,
        closed: bool,
    ) -> Option<End> {
        let next = text[word_at..].chars().next()?;
        let before = text[..stop].chars().next_back()?;
        if next.is_ascii_digit() {
            // "imports.40 mins ago"
            let ends = !before.is_ascii_digit() && glue::is_time(text, word_at, &self.words.glue);
            return ends.then_some(End::Glued);
        }
        if !next.is_alphabetic() || next.is_lowercase() {
            return None;
        }
        let word = token_before(text, start, stop);
        let right = glue::word_after(text, word_at);
        let second = right.chars().nth(1);
        let whole = second.is_none_or(|c| c.is_lowercase() || c.is_uppercase());
        if closed || !single {
            return whole.then_some(End::Glued);
        }
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        let domain = capital && self.words.domains.contains(&right.to_lowercase());
        if !whole || domain || is_address(text, stop - word.len()) {
            return None;
        }
        let letters = word.chars().count();
        let small = second.is_some_and(char::is_lowercase);
        let ends = match before {
            c if c.is_ascii_digit() => letters > 1 && small,
            c if c.is_lowercase() => letters >= if capital { 3 } else { 2 } && !word.contains('.'),
            c if c.is_uppercase() && letters == 1 => return small.then_some(End::LikelyGlued),
            c if c.is_uppercase() => !word.contains('.') && small,
            c => is_closer(c) || matches!(c, '%' | '…'),
        };
        ends.then_some(End::Glued)
    }

    /// Whether the full stop at `stop` belongs to the word before it.
    fn is_abbreviated(&self, text: &str, start: usize, stop: usize, word_at: usize, next: char) -> bool {
        let words = self.words;
        let token = token_before(text, start, stop);
        if token.is_empty() {
            return false;
        }
        // "1. The bridge": the number of a list item.
        let begins = text[start..stop - token.len()].trim().is_empty();
        if begins && token.len() <= 3 && token.bytes().all(|byte| byte.is_ascii_digit()) {
            return true;
        }
        let mut letters = token.chars();
        let first = letters.next().unwrap_or(' ');
        let initial = letters.next().is_none() && first.is_uppercase();
        let initials = token.contains('.') && token.split('.').all(|part| part.chars().count() <= 2);
        if !initial && !initials && !is_short(token) {
            return false;
        }
        let folded = token.to_lowercase();
        if next.is_numeric() {
            return words.before_numbers.contains(&folded) || words.titles.contains(&folded);
        }
        if words.titles.contains(&folded) {
            return next.is_alphabetic();
        }
        if !(initial || initials || words.abbreviations.contains(&folded)) {
            return false;
        }
        let word = glue::word_after(text, word_at);
        // "W. A. Holm": the next word is also an initial.
        let next_initial = word.chars().count() == 1 && word != "I" && text[word_at + word.len()..].starts_with('.');
        let starts = words.starters.contains(&plain(word).to_lowercase()) && !next_initial;
        !starts
    }

    /// Whether the text after a quotation that ends with a question or exclamation mark says who spoke:
    /// a name, then a verb of saying.
    fn is_attribution(&self, after: &str) -> bool {
        let end = after.char_indices().nth(80).map_or(after.len(), |(i, _)| i);
        for (i, word) in after[..end].split_whitespace().take(7).enumerate() {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            if self.words.sayings.contains(&bare.to_lowercase()) {
                return i > 0;
            }
            let name = bare.chars().next().is_some_and(char::is_uppercase);
            let starter = i == 0 && self.words.starters.contains(&bare.to_lowercase()) && bare.len() > 3;
            if starter || (!name && i > 3) {
                return false;
            }
        }
        false
    }
}

/// Where the closing marks after the full stop at `at` end, and whether a straight quotation is open
/// there.
fn after_stop(text: &str, at: usize, mut quoted: bool) -> (usize, bool) {
    let mut end = at;
    let mut before = ' ';
    let mut closed = false;
    while let Some(c) = text[end..].chars().next() {
        let after = &text[end + c.len_utf8()..];
        let next = after.chars().next();
        let belongs = match c {
            '"' => {
                let open = opens(before, next, quoted);
                let closes = !open;
                quoted = open;
                if open {
                    // Undone: the mark opens the next quotation, and is read again there.
                    quoted = false;
                }
                closes
            }
            '\'' => next.is_none_or(|next| next.is_whitespace() || matches!(next, '"' | '”' | '\'')) || before == '\'',
            '’' => next.is_none_or(|next| !next.is_lowercase()),
            '“' | '«' => next.is_none_or(char::is_whitespace),
            '[' => is_note(after),
            c if c.is_ascii_digit() => before == '[' || (before.is_ascii_digit() && closed),
            '(' | '{' => false,
            c => is_stop(c) || (is_closer(c) && c != '*' && c != '_'),
        };
        if !belongs {
            break;
        }
        closed = c == '[' || (closed && c.is_ascii_digit());
        before = c;
        end += c.len_utf8();
    }
    (end, quoted)
}

/// Whether the number of a footnote follows: "1]".
fn is_note(after: &str) -> bool {
    let digits = after.bytes().take(4).take_while(u8::is_ascii_digit).count();
    digits > 0 && after[digits..].starts_with(']')
}

/// Whether a straight quotation mark opens a quotation.
fn opens(before: char, next: Option<char>, quoted: bool) -> bool {
    let space_before = before.is_whitespace() || matches!(before, '(' | '[' | '—' | '–' | '“' | '‘' | '\'');
    let space_after =
        next.is_none_or(|next| next.is_whitespace() || matches!(next, ',' | '.' | ')' | ']' | ';' | '?' | '!'));
    match (space_before, space_after) {
        (true, false) => true,
        (false, true) => false,
        _ => !quoted,
    }
}

/// The word before a full stop, including full stops inside it: "U.S", "p.m".
fn token_before(text: &str, from: usize, stop: usize) -> &str {
    let mut start = stop;
    for (i, c) in text[from..stop].char_indices().rev() {
        if !(c.is_alphanumeric() || matches!(c, '.' | '\'' | '’')) || stop - from - i > 32 {
            break;
        }
        start = from + i;
    }
    text[start..stop].trim_start_matches(['.', '\'', '’'])
}

/// Whether a word is short enough to be an abbreviation.
fn is_short(token: &str) -> bool {
    token.len() <= 12
}

/// A word without the ending of a possessive or a contraction.
fn plain(word: &str) -> &str {
    word.split(['\'', '’']).next().unwrap_or(word)
}

/// Whether the word at `start` is inside an address or a handle.
fn is_address(text: &str, start: usize) -> bool {
    text[..start].ends_with(['@', '/', '#', '_', '='])
}
