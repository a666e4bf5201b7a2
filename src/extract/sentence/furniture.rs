//! What is no part of the article: menus, bylines, captions, teasers, notices.
//!
//! The shape of a line says most: a paragraph without a full stop is a heading, a link or a
//! button; a piece that ends inside a word is one of those, with its spaces lost. Phrases of the
//! language's file find what is written as a sentence. A sentence with a quotation in it is left
//! out only for where it stands, never for a phrase.

use aho_corasick::{AhoCorasick, AhoCorasickKind, Anchored, Input, MatchKind, StartKind};
use rustc_hash::FxHashSet;
use serde::Deserialize;

use crate::extract::sentence::boundary::{Ending, SentencePiece};
use crate::extract::sentence::shape::{
    PieceLook, is_attributed, is_cut_off, is_name, is_quoted_heading, is_saying, line, names_follow,
};

/// Why a part of a text is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// Menus, buttons, links, lists of topics.
    Navigation,
    /// The article's headline, repeated or above it, and headings inside it.
    Headline,
    /// Who wrote it, and about the author.
    Byline,
    /// When it was published or posted, and nothing else.
    Stamp,
    /// What is under a picture, and whose picture it is.
    Caption,
    /// The beginning of another article, or an invitation to read, hear or see one.
    Teaser,
    /// What the site says about itself: cookies, newsletters, apps, rights.
    Notice,
}

impl Reason {
    /// The reason as a person reads it.
    pub fn words(self) -> &'static str {
        match self {
            Reason::Navigation => "navigation",
            Reason::Headline => "headline",
            Reason::Byline => "byline",
            Reason::Stamp => "time or date alone",
            Reason::Caption => "caption or credit",
            Reason::Teaser => "teaser of another article",
            Reason::Notice => "notice of the site",
        }
    }
}

/// The section `furniture` of a language's file. All phrases are in small letters, with straight
/// apostrophes.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FurnitureWords {
    /// Whole lines, buttons and links.
    pub navigation: Vec<String>,
    /// Where a list of other articles begins.
    pub sections: Vec<String>,
    /// Beginnings of longer lines of that kind.
    pub section_openings: Vec<String>,
    /// Lines at the top before which nothing belongs to the article.
    pub tops: Vec<String>,
    /// Beginnings of sentences and lines about the site.
    pub notices: Vec<String>,
    /// Beginnings of paragraphs about the article as it was.
    pub corrections: Vec<String>,
    /// What stands inside sentences about the site.
    pub notices_within: Vec<String>,
    /// The beginning of a short sentence about the site, and what stands inside it.
    pub notice_pairs: Vec<[String; 2]>,
    /// Beginnings of invitations to other articles.
    pub teasers: Vec<String>,
    /// Marks before an invitation.
    pub pointers: Vec<String>,
    /// Before the name of an author.
    pub bylines: Vec<String>,
    /// What authors are, at the end of a line.
    pub roles: FxHashSet<String>,
    /// What follows the name of an author in a sentence about him.
    pub abouts: FxHashSet<String>,
    /// Beginnings of captions.
    pub captions: Vec<String>,
    /// Agencies and other owners of pictures.
    pub credits: FxHashSet<String>,
    /// Small words in the line of a credit.
    pub credit_words: FxHashSet<String>,
    /// What stands between a name and the owner of a picture.
    pub owner_joins: FxHashSet<String>,
    /// What a credit in brackets has in it.
    pub picture_words: Vec<String>,
    /// Words of lines that say nothing but when.
    pub stamps: FxHashSet<String>,
}

/// What a language's file says about furniture, made ready for use.
#[derive(Debug, Clone)]
pub struct Furniture {
    /// Whole lines.
    lines: FxHashSet<String>,
    sections: FxHashSet<String>,
    tops: FxHashSet<String>,
    /// Beginnings, and what each is the beginning of.
    beginnings: AhoCorasick,
    kinds: Vec<Beginning>,
    within: AhoCorasick,
    pairs: Vec<[String; 2]>,
    pointers: Vec<String>,
    words: FurnitureWords,
    sayings: FxHashSet<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Beginning {
    Notice,
    Correction,
    Teaser,
    Byline,
    Caption,
    Section,
    /// Of a sentence about the site if the second part of the pair stands in it.
    Pair(usize),
}

/// The longest heading, in words.
const LONGEST_HEADING: usize = 20;
/// The longest sentence, in words, that a phrase alone makes a notice.
const LONGEST_NOTICE: usize = 45;
/// The longest line, in words, that is a byline, a link or a credit.
const LONGEST_LINE: usize = 14;
/// How many sentences an article has at least before a list of others begins.
const SHORTEST_ARTICLE: usize = 4;
/// The most sentences that stand above "Skip to content".
const MOST_ABOVE_TOP: usize = 4;
/// The most pieces in a paragraph that is a caption or a note.
const MOST_IN_CAPTION: usize = 6;

impl Furniture {
    /// Makes the phrases of a language's file ready for use; `sayings` are its words of saying.
    pub fn new(words: &FurnitureWords, sayings: &FxHashSet<String>) -> Furniture {
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
        Furniture {
            lines: words.navigation.iter().cloned().collect(),
            sections: words.sections.iter().cloned().collect(),
            tops: words.tops.iter().cloned().collect(),
            beginnings,
            kinds,
            within,
            pairs: words.notice_pairs.clone(),
            pointers: words.pointers.clone(),
            words: words.clone(),
            sayings: sayings.clone(),
        }
    }

    /// Whether a line is a byline: "by Ada Holm".
    pub fn is_byline(&self, line: &str) -> bool {
        let mut look = PieceLook::default();
        look.at(line);
        let byline = look.words <= LONGEST_HEADING && !line.ends_with(['.', '"', '”']);
        byline && self.begins(&look.folded, |kind| kind == Beginning::Byline).is_some_and(|end| names_follow(line, end))
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
            if piece.ending != Ending::Stop && self.begins_section(&look) {
                sections.push(i);
            }
            if self.tops.contains(line(&look.folded)) {
                top = Some(i);
            }
            reasons.push(self.reason(written, piece.ending, alone, &look));
        }
        self.judge_paragraphs(text, pieces, &mut reasons);
        judge_top(top, &mut reasons);
        judge_sections(&sections, &mut reasons);
        judge_fragments(text, pieces, &mut reasons);
        // A text of a line or two, typed without a full stop, is no list of headings.
        if pieces.len() <= 2 && reasons.iter().all(|reason| *reason == Some(Reason::Headline)) {
            reasons.fill(None);
        }
        reasons
    }

    /// Why a piece is left out for what is in it.
    fn reason(&self, written: &str, ending: Ending, alone: bool, look: &PieceLook) -> Option<Reason> {
        let folded = look.folded.as_str();
        if look.words == 0 {
            return Some(Reason::Navigation);
        }
        if look.words <= LONGEST_LINE {
            if self.lines.contains(line(folded)) {
                return Some(Reason::Navigation);
            }
            if self.is_stamp(folded) {
                return Some(Reason::Stamp);
            }
            if self.is_credit(written) {
                return Some(Reason::Caption);
            }
        }
        if (!look.quoted || ending == Ending::Line)
            && look.words <= LONGEST_NOTICE
            && let Some(reason) = self.by_phrase(written, ending, look)
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
            // "Holm replied:" goes with what follows, "Transcript:" does not.
            let small =
                written.rsplit(char::is_whitespace).next().is_some_and(|word| word.starts_with(char::is_lowercase));
            let open =
                written.ends_with([',', ';', ':', '—', '–', '-']) && (look.words > 3 || (look.words > 1 && small));
            let item = written.starts_with(|c: char| c.is_lowercase() || matches!(c, '-' | '*' | '•' | '–'));
            let said = written.contains(",\"") || written.contains(",”") || written.contains(",''");
            if look.words > LONGEST_HEADING || open || said || (item && look.words > 7) {
                return None;
            }
        }
        Some(if look.words <= 3 { Reason::Navigation } else { Reason::Headline })
    }

    /// Why a piece without a quotation is left out for a phrase in it.
    fn by_phrase(&self, written: &str, ending: Ending, look: &PieceLook) -> Option<Reason> {
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

    /// Where a phrase ends that the text begins with, if it is of a kind that is wanted.
    fn begins(&self, folded: &str, mut wanted: impl FnMut(Beginning) -> bool) -> Option<usize> {
        let mut state = aho_corasick::automaton::OverlappingState::start();
        let input = Input::new(folded).anchored(Anchored::Yes);
        loop {
            self.beginnings.try_find_overlapping(input.clone(), &mut state).ok()?;
            let found = state.get_match()?;
            let next = folded[found.end()..].chars().next();
            let ended =
                !folded[..found.end()].ends_with(char::is_alphanumeric) || !next.is_some_and(char::is_alphanumeric);
            if ended && wanted(self.kinds[found.pattern().as_usize()]) {
                return Some(found.end());
            }
        }
    }

    /// Whether a line heads a list of other articles.
    fn begins_section(&self, look: &PieceLook) -> bool {
        look.words <= 6
            && (self.sections.contains(uncounted(line(&look.folded)))
                || self.begins(&look.folded, |kind| kind == Beginning::Section).is_some_and(|end| {
                    // "More from the Evening Bell".
                    look.folded[end..].starts_with(' ')
                }))
    }

    /// Whether a line says nothing but when.
    fn is_stamp(&self, folded: &str) -> bool {
        let mut digits = false;
        let (mut words, mut others) = (0, 0);
        for word in
            folded.split(|c: char| c.is_whitespace() || matches!(c, ',' | '|' | '·' | '•' | '(' | ')' | '-' | '–'))
        {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            if word.is_empty() {
                continue;
            }
            let number = word.starts_with(|c: char| c.is_ascii_digit());
            let unit = word.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | '/' | 't'));
            digits |= number;
            words += 1;
            if !(self.words.stamps.contains(word) || (number && (unit.is_empty() || self.words.stamps.contains(unit))))
            {
                others += 1;
            }
        }
        // "Saturday 1 March 2031 09:40, Port Calder" has a place.
        digits && (others == 0 || (others <= 2 && words >= others + 4))
    }

    /// Whether a line says whose picture it is: "Reuters", "Ada Holm/AFP via Getty Images".
    fn is_credit(&self, written: &str) -> bool {
        let bare = written.trim_matches(|c: char| !c.is_alphanumeric());
        let name = |word: &str| {
            let small = word.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_uppercase());
            !small || self.words.credit_words.contains(word)
        };
        bare.split([' ', '/']).all(name) && self.names_owner(bare)
    }

    /// Whether an owner of pictures is named at the end of a line or before or after a slash.
    fn names_owner(&self, line: &str) -> bool {
        let known = |name: &str| self.words.credits.contains(name.trim().to_lowercase().as_str());
        let tail = |part: &str| {
            let mut words = part.trim().rsplitn(3, ' ');
            let last = words.next().unwrap_or("");
            known(last) || words.next().is_some_and(|before| known(&format!("{before} {last}")))
        };
        line.split(['/', '|']).any(|part| {
            let words: Vec<&str> = part.split(' ').collect();
            let mut sides = words.split(|word| self.words.owner_joins.contains(*word)).map(|side| side.join(" "));
            sides.any(|side| known(&side) || tail(&side))
        })
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
            let reason = if few && self.ends_in_credit(whole) && !is_saying(whole) {
                Some(Reason::Caption)
            } else if few && self.is_correction(&text[pieces[start].range.clone()])
                || few && end - start > 1 && reasons[start] == Some(Reason::Notice) && !is_saying(whole)
            {
                Some(Reason::Notice)
            } else if start > 0 && is_cut_off(whole) && is_heading(text, pieces, start - 1, pieces[start].block) {
                reasons[start - 1] = Some(Reason::Teaser);
                Some(Reason::Teaser)
            } else if name.is_some_and(|name| self.is_about(whole, name)) {
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

    /// Whether a paragraph, by its first sentence, tells how the article was.
    fn is_correction(&self, first: &str) -> bool {
        let mut look = PieceLook::default();
        look.at(first);
        self.begins(&look.folded, |kind| kind == Beginning::Correction).is_some()
    }

    /// Whether a paragraph ends with whose picture it is: "(Ada Holm/AFP)", "Photograph: Ada Holm/AFP".
    fn ends_in_credit(&self, paragraph: &str) -> bool {
        let bare = paragraph.trim_end_matches(['.', ' ']);
        let Some(inside) = bare.strip_suffix([')', ']']) else { return false };
        let open = inside.char_indices().rev().take(120).find(|&(_, c)| matches!(c, '(' | '['));
        open.is_some_and(|(i, _)| {
            let credit = &inside[i + 1..];
            let folded = credit.to_lowercase();
            let picture = folded.contains('/')
                || folded.split(' ').any(|word| self.words.owner_joins.contains(word))
                || self.words.picture_words.iter().any(|word| folded.contains(word.as_str()));
            let name = credit
                .split_once('/')
                .is_some_and(|(name, owner)| is_name(name.trim()) && owner.starts_with(char::is_uppercase));
            name || (picture && self.names_owner(credit))
        })
    }

    /// Whether a paragraph is about the author of that name.
    fn is_about(&self, paragraph: &str, name: &str) -> bool {
        paragraph.strip_prefix(name).is_some_and(|rest| {
            rest.split_whitespace().next().is_some_and(|word| self.words.abouts.contains(word)) && !is_saying(paragraph)
        })
    }
}

/// A line without a count behind it: "comments (2".
fn uncounted(line: &str) -> &str {
    line.trim_end_matches(|c: char| c.is_numeric() || matches!(c, ' ' | '(' | ','))
}

/// Whether a piece is a paragraph of its own in a block, of the length of a heading: "Why is the tram late?"
fn is_heading(text: &str, pieces: &[SentencePiece], at: usize, block: usize) -> bool {
    let piece = &pieces[at];
    let written = &text[piece.range.clone()];
    let alone = at.checked_sub(1).is_none_or(|before| pieces[before].paragraph != piece.paragraph);
    alone
        && piece.block == block
        && (piece.ending != Ending::Stop || written.ends_with(['?', '!']))
        && written.split_whitespace().take(LONGEST_HEADING + 1).count() <= LONGEST_HEADING
}

/// Leaves out what stands above "Skip to content".
fn judge_top(top: Option<usize>, reasons: &mut [Option<Reason>]) {
    let Some(top) = top else { return };
    let above = &mut reasons[..top];
    if above.iter().filter(|reason| reason.is_none()).count() <= MOST_ABOVE_TOP {
        above.iter_mut().filter(|reason| reason.is_none()).for_each(|reason| *reason = Some(Reason::Notice));
    }
}

/// Leaves out what follows the head of a list of other articles, once the article has been.
fn judge_sections(sections: &[usize], reasons: &mut [Option<Reason>]) {
    let all = reasons.iter().filter(|reason| reason.is_none()).count();
    let mut counted = 0;
    let mut before = 0;
    for &section in sections {
        before += reasons[counted..section].iter().filter(|reason| reason.is_none()).count();
        counted = section;
        if before >= SHORTEST_ARTICLE && before >= all - before {
            let after = reasons[section..].iter_mut().filter(|reason| reason.is_none());
            after.for_each(|reason| *reason = Some(Reason::Teaser));
            return;
        }
    }
}

/// Leaves out scraps between what is left out: "N." of "N. Ireland" in a menu.
fn judge_fragments(text: &str, pieces: &[SentencePiece], reasons: &mut [Option<Reason>]) {
    for i in 1..pieces.len().saturating_sub(1) {
        let between = reasons[i - 1] == Some(Reason::Navigation) && reasons[i + 1].is_some();
        let scrap = || text[pieces[i].range.clone()].split_whitespace().count() <= 2;
        if reasons[i].is_none() && between && pieces[i + 1].ending == Ending::Glue && scrap() {
            reasons[i] = Some(Reason::Navigation);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::sentence::boundary::{SentenceWords, pieces};
    use crate::extract::sentence::paragraph::paragraphs;

    #[derive(Deserialize)]
    struct File {
        sentence: SentenceWords,
        furniture: FurnitureWords,
    }

    /// What is left out of a text, a line each, with the first letter of why; kept sentences have a dash.
    fn judged(text: &str) -> Vec<String> {
        let file: File = toml::from_str(include_str!("../language/en.toml")).unwrap();
        let furniture = Furniture::new(&file.furniture, &file.sentence.sayings);
        let pieces = pieces(text, &paragraphs(text, |line| furniture.is_byline(line)), &file.sentence);
        let reasons = furniture.judge(text, &pieces);
        let line = |(piece, reason): (&SentencePiece, &Option<Reason>)| {
            let why = reason.map_or('-', |reason| reason.words().chars().next().unwrap_or('-'));
            format!("{why} {}", &text[piece.range.clone()])
        };
        pieces.iter().zip(&reasons).map(line).collect()
    }

    /// Holds every line of a text, which begins with why it is left out, to what is judged.
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
        // A button at the top heads nothing.
        holds(&["n News Feed", "- Holm spoke.", "- Berg spoke.", "- Lund spoke.", "- Vale spoke.", "- Oke spoke."]);
    }

    #[test]
    fn a_teaser_that_breaks_off_is_left_out_with_its_heading() {
        let text = "Holm spoke.\n\nWhy is the tram late?\nThe tram is late again. “Nobody knows (when it comes). It is a mat…\n\nBerg spoke.";
        let judged: Vec<char> = judged(text).iter().filter_map(|line| line.chars().next()).collect();
        assert_eq!(judged, ['-', 't', 't', 't', 't', '-']);
    }

    #[test]
    fn authors_are_told_from_speakers() {
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
