//! The phrases that mark a sentence or a line as not part of the article, all looked for at once.

use aho_corasick::{AhoCorasick, AhoCorasickKind, Anchored, Input, MatchKind, StartKind};
use rustc_hash::FxHashSet;

use crate::extract::sentence::boundary::Ending;
use crate::extract::sentence::furniture::reason::Reason;
use crate::extract::sentence::furniture::words::FurnitureWords;
use crate::extract::sentence::shape::{PieceLook, line, names_follow};

/// The phrases of a language's file, ready for use.
#[derive(Debug, Clone)]
pub struct Phrases {
    /// Whole lines.
    navigation: FxHashSet<String>,
    sections: FxHashSet<String>,
    tops: FxHashSet<String>,
    /// Beginnings, and what each one begins.
    beginnings: AhoCorasick,
    kinds: Vec<Beginning>,
    within: AhoCorasick,
    pairs: Vec<[String; 2]>,
    pointers: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Beginning {
    Notice,
    Correction,
    Teaser,
    Byline,
    Caption,
    Section,
    /// A notice if the sentence also contains the second part of this pair.
    Pair(usize),
}

/// The longest heading, in words.
pub const LONGEST_HEADING: usize = 20;

impl Phrases {
    /// Prepares the phrases of a language's file.
    pub fn new(words: &FurnitureWords) -> Phrases {
        let mut phrases: Vec<&str> = Vec::new();
        let mut kinds = Vec::new();
        for (list, kind) in [
            (&words.notices, Beginning::Notice),
            (&words.corrections, Beginning::Correction),
            (&words.teasers, Beginning::Teaser),
            (&words.captions, Beginning::Caption),
            (&words.bylines, Beginning::Byline),
            (&words.section_openings, Beginning::Section),
        ] {
            phrases.extend(list.iter().map(String::as_str));
            kinds.resize(phrases.len(), kind);
        }
        for (i, [first, _]) in words.notice_pairs.iter().enumerate() {
            phrases.push(first);
            kinds.push(Beginning::Pair(i));
        }
        let beginnings = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .start_kind(StartKind::Anchored)
            .kind(Some(AhoCorasickKind::DFA))
            .build(&phrases)
            .expect("a list of phrases is far smaller than the limit");
        let within = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::DFA))
            .build(&words.notices_within)
            .expect("a list of phrases is far smaller than the limit");
        Phrases {
            navigation: words.navigation.iter().cloned().collect(),
            sections: words.sections.iter().cloned().collect(),
            tops: words.tops.iter().cloned().collect(),
            beginnings,
            kinds,
            within,
            pairs: words.notice_pairs.clone(),
            pointers: words.pointers.clone(),
        }
    }

    /// Whether a line is only a button or a link.
    pub fn is_navigation(&self, look: &PieceLook) -> bool {
        self.navigation.contains(line(&look.folded))
    }

    /// Whether a line is at the top, with nothing of the article before it.
    pub fn is_top(&self, look: &PieceLook) -> bool {
        self.tops.contains(line(&look.folded))
    }

    /// Whether a line is a byline: "by Ada Holm".
    pub fn is_byline(&self, line: &str) -> bool {
        let mut look = PieceLook::default();
        look.at(line);
        let byline = look.words <= LONGEST_HEADING && !line.ends_with(['.', '"', '”']);
        byline && self.begins(&look.folded, |kind| kind == Beginning::Byline).is_some_and(|end| names_follow(line, end))
    }

    /// Whether a paragraph, by its first sentence, is about an earlier version of the article.
    pub fn is_correction(&self, first: &str) -> bool {
        let mut look = PieceLook::default();
        look.at(first);
        self.begins(&look.folded, |kind| kind == Beginning::Correction).is_some()
    }

    /// Why a piece without a quotation is left out because of a phrase in it.
    pub fn reason(&self, written: &str, ending: Ending, look: &PieceLook) -> Option<Reason> {
        let folded = look.folded.as_str();
        let whole = ending == Ending::Stop;
        if self.pointers.iter().any(|mark| written.starts_with(mark.as_str())) {
            return Some(Reason::Teaser);
        }
        let mut reason = None;
        self.begins(folded, |kind| {
            reason = match kind {
                Beginning::Notice | Beginning::Correction => Some(Reason::Notice),
                Beginning::Caption => Some(Reason::Caption),
                Beginning::Teaser if !whole || look.words <= 2 * LONGEST_HEADING => Some(Reason::Teaser),
                Beginning::Pair(i)
                    if look.words <= 2 * LONGEST_HEADING && folded.contains(self.pairs[i][1].as_str()) =>
                {
                    Some(Reason::Notice)
                }
                _ => None,
            };
            reason.is_some()
        });
        if reason.is_some() {
            return reason;
        }
        if self.within.is_match(folded) {
            return Some(Reason::Notice);
        }
        let short = look.words <= LONGEST_HEADING;
        let byline = self.begins(folded, |kind| kind == Beginning::Byline);
        let byline =
            byline.filter(|&end| short && names_follow(written, end) && (!whole || folded[..end].contains(' ')));
        byline.map(|_| Reason::Byline)
    }

    /// Whether a line is the head of a list of other articles.
    pub fn begins_section(&self, look: &PieceLook) -> bool {
        look.words <= 6
            && (self.sections.contains(uncounted(line(&look.folded)))
                || self.begins(&look.folded, |kind| kind == Beginning::Section).is_some_and(|end| {
                    // "More from the Evening Bell".
                    look.folded[end..].starts_with(' ')
                }))
    }

    /// Where a phrase at the beginning of the text ends, if it is of a wanted kind.
    fn begins(&self, folded: &str, mut wanted: impl FnMut(Beginning) -> bool) -> Option<usize> {
        let mut state = aho_corasick::automaton::OverlappingState::start();
        let input = Input::new(folded).anchored(Anchored::Yes);
        loop {
            self.beginnings.try_find_overlapping(input.clone(), &mut state).ok()?;
            let phrase = state.get_match()?;
            let next = folded[phrase.end()..].chars().next();
            let ended =
                !folded[..phrase.end()].ends_with(char::is_alphanumeric) || !next.is_some_and(char::is_alphanumeric);
            if ended && wanted(self.kinds[phrase.pattern().as_usize()]) {
                return Some(phrase.end());
            }
        }
    }
}

/// A line without a count at its end: "comments (2".
fn uncounted(line: &str) -> &str {
    line.trim_end_matches(|c: char| c.is_numeric() || matches!(c, ' ' | '(' | ','))
}
