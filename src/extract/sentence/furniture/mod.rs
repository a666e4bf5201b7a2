//! What is not part of the article: menus, bylines, captions, teasers, notices.
//!
//! The shape of a line is the best sign. A paragraph without a full stop is a heading, a link or a
//! button. A piece that ends inside a word is one of these that lost its spaces. Phrases from the
//! language's file find furniture that is written as sentences. A sentence with a quotation is left out
//! only because of its place, never because of a phrase.

use rustc_hash::FxHashSet;

use crate::extract::sentence::boundary::{Ending, SentencePiece};
use crate::extract::sentence::shape::{
    PieceLook, is_attributed, is_cut_off, is_name, is_quoted_heading, is_saying, is_signed_quotation,
};

pub mod reason;
pub mod words;
pub mod phrases;
pub mod place;

pub use reason::Reason;
pub use words::FurnitureWords;

use phrases::{LONGEST_HEADING, Phrases};
use place::{is_heading, judge_fragments, judge_sections, judge_top};

/// What a language's file says about furniture, ready for use.
#[derive(Debug, Clone)]
pub struct Furniture {
    phrases: Phrases,
    words: FurnitureWords,
    sayings: FxHashSet<String>,
}

/// The longest sentence, in words, that a phrase alone can make a notice.
const LONGEST_NOTICE: usize = 45;
/// The longest line, in words, that is a byline, a link or a credit.
const LONGEST_LINE: usize = 14;
/// The most pieces in a paragraph that is a caption or a note.
const MOST_IN_CAPTION: usize = 6;

impl Furniture {
    /// Prepares the phrases of a language's file. `sayings` are its verbs of saying.
    pub fn new(words: &FurnitureWords, sayings: &FxHashSet<String>) -> Furniture {
        Furniture { phrases: Phrases::new(words), words: words.clone(), sayings: sayings.clone() }
    }

    /// Whether a line is a byline: "by Ada Holm".
    pub fn is_byline(&self, line: &str) -> bool {
        self.phrases.is_byline(line)
    }
    /// Why each piece is left out; `None` for a sentence of the article.
    pub fn judge(&self, text: &str, pieces: &[SentencePiece]) -> Vec<Option<Reason>> {
        let mut reasons = Vec::with_capacity(pieces.len());
        let mut sections = Vec::new();
        let mut top = None;
        let mut look = PieceLook::default();
        for (i, piece) in pieces.iter().enumerate() {
            let written = &text[piece.range.clone()];
            look.at(written);
            let alone = (i == 0 || pieces[i - 1].paragraph != piece.paragraph)
                && pieces.get(i + 1).is_none_or(|next| next.paragraph != piece.paragraph);
            if piece.ending != Ending::Stop && self.phrases.begins_section(&look) {
                sections.push(i);
            }
            if self.phrases.is_top(&look) {
                top = Some(i);
            }
            reasons.push(self.reason(written, piece.ending, alone, &look));
        }
        self.judge_paragraphs(text, pieces, &mut reasons);
        judge_top(top, &mut reasons);
        judge_sections(&sections, pieces, &mut reasons);
        judge_fragments(text, pieces, &mut reasons);
        // A text of a line or two without a full stop was typed, and is not a list of headings.
        if pieces.len() <= 2 && reasons.iter().all(|reason| *reason == Some(Reason::Headline)) {
            reasons.fill(None);
        }
        reasons
    }

    /// Why a piece is left out because of its content.
    fn reason(&self, written: &str, ending: Ending, alone: bool, look: &PieceLook) -> Option<Reason> {
        let folded = look.folded.as_str();
        if look.words == 0 {
            return Some(Reason::Navigation);
        }
        if look.words <= LONGEST_LINE {
            if self.phrases.is_navigation(look) {
                return Some(Reason::Navigation);
            }
            if self.words.is_stamp(folded) {
                return Some(Reason::Stamp);
            }
            if self.words.is_credit(written) {
                return Some(Reason::Caption);
            }
        }
        if (!look.quoted || ending == Ending::Line)
            && look.words <= LONGEST_NOTICE
            && let Some(reason) = self.phrases.reason(written, ending, look)
            && !((ending == Ending::Stop || look.quoted) && is_attributed(folded, &self.sayings))
        {
            return Some(reason);
        }
        match ending {
            Ending::Stop => (alone && is_quoted_heading(written, look)).then_some(Reason::Headline),
            Ending::Glue if look.words > 2 * LONGEST_HEADING => None,
            Ending::Glue | Ending::Line => self.unfinished(written, ending, alone, look),
        }
    }

    /// Why a piece without a full stop is left out.
    fn unfinished(&self, written: &str, ending: Ending, alone: bool, look: &PieceLook) -> Option<Reason> {
        let last = look.folded.rsplit(' ').next().unwrap_or("");
        if look.words <= LONGEST_LINE && self.words.roles.contains(last) {
            return Some(Reason::Byline);
        }
        if written.matches(['|', '›', '·', '•']).count() >= 2 {
            return Some(Reason::Navigation);
        }
        if ending == Ending::Line {
            // The end of a paragraph that was cut off.
            if !alone && look.words > 3 {
                return None;
            }
            // "Holm replied:" belongs to what follows, but "Transcript:" does not.
            let small =
                written.rsplit(char::is_whitespace).next().is_some_and(|word| word.starts_with(char::is_lowercase));
            let open =
                written.ends_with([',', ';', ':', '—', '–', '-']) && (look.words > 3 || (look.words > 1 && small));
            let item = written.starts_with(|c: char| c.is_lowercase() || matches!(c, '-' | '*' | '•' | '–'));
            let quotes = written.contains(",\"") || written.contains(",”") || written.contains(",''");
            if look.words > LONGEST_HEADING
                || is_signed_quotation(written)
                || open
                || quotes
                || (item && look.words > 7)
            {
                return None;
            }
        }
        Some(if look.words <= 3 { Reason::Navigation } else { Reason::Headline })
    }

    /// What a paragraph as a whole is.
    fn judge_paragraphs(&self, text: &str, pieces: &[SentencePiece], reasons: &mut [Option<Reason>]) {
        let mut start = 0;
        let mut name: Option<&str> = None;
        while start < pieces.len() {
            let paragraph = pieces[start].paragraph;
            let mut end = start + 1;
            while end < pieces.len() && pieces[end].paragraph == paragraph {
                end += 1;
            }
            let whole = &text[pieces[start].range.start..pieces[end - 1].range.end];
            let few = end - start <= MOST_IN_CAPTION;
            let reason = if few && self.words.ends_in_credit(whole) && !is_saying(whole) {
                Some(Reason::Caption)
            } else if few && self.phrases.is_correction(&text[pieces[start].range.clone()])
                || few && end - start > 1 && reasons[start] == Some(Reason::Notice) && !is_saying(whole)
            {
                Some(Reason::Notice)
            } else if start > 0 && is_cut_off(whole) && is_heading(text, pieces, start - 1, pieces[start].block) {
                reasons[start - 1] = Some(Reason::Teaser);
                Some(Reason::Teaser)
            } else if name.is_some_and(|name| self.words.is_about(whole, name)) {
                Some(Reason::Byline)
            } else {
                None
            };
            if reason.is_some() {
                reasons[start..end].fill(reason);
            }
            if end - start == 1 && reasons[start].is_some() && is_name(whole) {
                name = Some(whole);
                let beside = [start.checked_sub(1), Some(end)].into_iter().flatten();
                if beside.filter_map(|i| reasons.get(i)).any(|reason| *reason == Some(Reason::Byline)) {
                    reasons[start] = Some(Reason::Byline);
                }
            }
            start = end;
        }
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;
    use crate::extract::sentence::boundary::{SentenceWords, pieces};
    use crate::extract::sentence::paragraph::paragraphs;

    #[derive(Deserialize)]
    struct File {
        sentence: SentenceWords,
        furniture: FurnitureWords,
    }

    /// What is left out of a text, one line each, with the first letter of the reason. Kept sentences
    /// have a dash.
    fn judged(text: &str) -> Vec<String> {
        let file: File = toml::from_str(include_str!("../../language/en.toml")).unwrap();
        let furniture = Furniture::new(&file.furniture, &file.sentence.sayings);
        let pieces = pieces(text, &paragraphs(text, |line| furniture.is_byline(line)), &file.sentence);
        let reasons = furniture.judge(text, &pieces);
        let line = |(piece, reason): (&SentencePiece, &Option<Reason>)| {
            let why = reason.map_or('-', |reason| reason.words().chars().next().unwrap_or('-'));
            format!("{why} {}", &text[piece.range.clone()])
        };
        pieces.iter().zip(&reasons).map(line).collect()
    }

    /// Compares every line of a text, which begins with the expected reason, with the result.
    fn holds(expected: &[&str]) {
        let text: Vec<&str> = expected.iter().map(|line| &line[2..]).collect();
        assert_eq!(judged(&text.join("\n\n")), expected);
    }

    #[test]
    fn an_article_is_kept_and_its_furniture_is_not() {
        holds(&[
            "n Skip to content",
            "h Mayor Holm promises the town a second tram",
            "b By Ada Lund, harbour correspondent",
            "t Friday 28 February 2031 06:55, UK",
            "t 3 min read",
            "c A tram at the old gate, Feb. 27, 2031, before the storm (Jon Berg/Calder Pictures)",
            "n This audio was generated by a machine",
            "- By 2035, the tram will cross the river.",
            "- Mayor Ada Holm said on Tuesday that the town \"will have its tram\".",
            "h A bridge too short",
            "- \"We have the rails,\" she said",
            "- Holm replied:",
            "- “Nobody will share this bridge with us, and we will save it.”",
            "t Read more: Ferrymen strike again",
            "n We use cookies to improve your visit.",
            "n Share",
            "n Copyright 2031 The Calder Courier.",
        ]);
    }

    #[test]
    fn a_quotation_is_never_left_out_for_a_phrase() {
        holds(&[
            "- \"Subscribe to our plan or leave,\" Holm told the council.",
            "- “Follow us on that road,” he said.",
            "- \"Read more books!\" the minister said.",
            "- Sign the treaty, the president told reporters.",
            "- Listen to the people, Mayor Holm urged reporters.",
            "- Copyrighted songs were played, she said.",
        ]);
    }

    #[test]
    fn a_list_of_other_articles_ends_the_article() {
        holds(&[
            "- Holm spoke on Monday.",
            "- Berg spoke on Tuesday.",
            "- Lund spoke on Friday.",
            "- Nobody spoke on Sunday.",
            "n Most read",
            "t \"The ferry is ours, and so is the pier,\" the chairman told reporters.",
        ]);
        // A button at the top does not begin a list.
        holds(&["n News Feed", "- Holm spoke.", "- Berg spoke.", "- Lund spoke.", "- Vale spoke.", "- Oke spoke."]);
    }

    #[test]
    fn an_article_may_go_on_behind_a_box_with_others() {
        let text = "Holm spoke. Berg spoke.\n\nLund spoke. Nobody spoke.\n\nMost read\nFerrymen strike again\n\n\
                    Vale spoke. Oke spoke.\n\nHolm spoke again. She left.";
        let judged: Vec<char> = judged(text).iter().filter_map(|line| line.chars().next()).collect();
        assert_eq!(judged, ['-', '-', '-', '-', 'n', 'n', '-', '-', '-', '-']);
        // Another article below has its own time.
        let other = text.replace("Ferrymen strike again", "Ferrymen strike again\nFriday 28 February 2031 06:55, UK");
        assert!(super::tests::judged(&other)[6..].iter().all(|line| !line.starts_with('-')));
    }

    #[test]
    fn a_teaser_that_breaks_off_is_left_out_with_its_heading() {
        let text = "Holm spoke.\n\nWhy is the tram late?\nThe tram is late again. “Nobody knows (when it comes). It is a mat…\n\nBerg spoke.";
        let judged: Vec<char> = judged(text).iter().filter_map(|line| line.chars().next()).collect();
        assert_eq!(judged, ['-', 't', 't', 't', 't', '-']);
    }

    #[test]
    fn authors_are_not_speakers() {
        holds(&[
            "b Ada Lund",
            "b Tram correspondent",
            "b Ada Lund is a reporter of the Courier who lives in Calder.",
            "- Ada Holm is the mayor of Calder.",
        ]);
    }

    #[test]
    fn a_short_text_is_no_list_of_headings() {
        holds(&["- We will build the tram"]);
    }
}
