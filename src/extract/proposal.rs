//! From a page to proposals: who said what on which day, for a person to confirm.

use std::ops::Range;

use chrono::NaiveDate;

use crate::date::Precision;
use crate::extract::day::{Carry, DayBasis, DayPrecision, Days, Mentions, SaidDay, Sentence, full_date, publication};
use crate::extract::language::Language;
use crate::extract::line::one_line;
use crate::extract::page::{Page, label};
use crate::extract::proposal::said::{Proposer, outermost, within};
use crate::extract::sentence::furniture::Reason;
use crate::extract::sentence::{TextPart, parts};
use crate::extract::speech::transcript::{outside, retold, transcript};
use crate::extract::speech::{People, is_post_head, speech};
use crate::statement;

mod joined;
mod said;

pub use said::Proposal;

/// What was left out of a text, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// Where it is, in characters of the text.
    pub range: Range<usize>,
    /// Its words, on one line.
    pub text: String,
    /// Why.
    pub why: WhySkipped,
}

/// Why something was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhySkipped {
    /// It is not part of the article.
    Furniture(Reason),
    /// Something was said, but it is unclear who said it.
    NoSpeaker,
}

/// What kind of text something was read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SourceShape {
    /// Running text.
    Article,
    /// Entries, each under its own day and time.
    Live,
    /// Paragraphs that begin with who speaks.
    Transcript,
}

impl SourceShape {
    /// Its name in messages.
    pub fn word(self) -> &'static str {
        match self {
            SourceShape::Article => "article",
            SourceShape::Live => "live page",
            SourceShape::Transcript => "transcript",
        }
    }
}

/// What a page gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// What kind of text it is.
    pub shape: SourceShape,
    /// The day of publication.
    pub published: NaiveDate,
    /// The headline, if the page or its text gives one.
    pub title: Option<String>,
    /// What was said, in the order of the text.
    pub proposals: Vec<Proposal>,
    /// What was left out, in the order of the text.
    pub skipped: Vec<Skipped>,
    /// How many parts of the text were left out as furniture.
    pub left_out_parts: usize,
    /// What is on the page around its text: menus, headings, boxes.
    pub left_out: Vec<String>,
}

/// Finds what was said in a page. The day of publication is the page's own, or else `published`. `None`
/// if there is neither, because no day can be found without it.
pub fn article(page: &Page, people: &People, language: &Language, published: Option<NaiveDate>) -> Option<Article> {
    let text = page.text.as_str();
    let mentions = Mentions::of(text, &language.days);
    let named = || page.dated.as_deref().and_then(|written| full_date(&Mentions::of(written, &language.days)));
    let found = publication(&mentions);
    // A stamp in universal time, and a local day on the page beside it.
    let local = found
        .as_ref()
        .map(|found| found.date)
        .filter(|local| page.universal && page.published.is_some_and(|stamp| (stamp - *local).num_days().abs() == 1));
    let above = || publication(&Mentions::of(&page.head, &language.days)).map(|found| found.date);
    let own_date =
        local.or(page.published).or_else(named).or_else(|| found.as_ref().map(|found| found.date)).or_else(above);
    let published = own_date.or(published)?;
    let heading = found.filter(|found| found.date == published).map(|found| found.range);
    let mut parts = parts(text, &language.sentences);
    let (utterances, turns) = match transcript(text, page.title.as_deref(), people, &language.cues) {
        None => (speech(text, &parts, people, &language.cues), Vec::new()),
        Some((mut said, turns)) => {
            // What stands around the turns is read as usual, and nothing within them is furniture.
            said.extend(speech(text, &outside(&parts, &turns), people, &language.cues));
            said.extend(retold(text, &parts, &turns, people, &language.cues));
            said.sort_by_key(|quoted| (quoted.spans[0].start, std::cmp::Reverse(quoted.spans[0].end)));
            parts.iter_mut().filter(|part| within(&turns, part.range.start)).for_each(|part| part.skipped = None);
            (said, turns)
        }
    };
    // The points of a list that someone said are no headlines.
    for part in parts.iter_mut().filter(|part| part.skipped.is_some()) {
        let at = utterances.partition_point(|quoted| quoted.spans[0].start < part.range.start);
        if utterances.get(at).is_some_and(|quoted| quoted.spans[0] == part.range) {
            part.skipped = None;
        }
    }
    let mut days = Days::of(mentions, published);
    let mut shape = if turns.is_empty() { SourceShape::Article } else { SourceShape::Transcript };
    let is_entry = |part: &TextPart, days: &Days<'_>| part.skipped == Some(Reason::Stamp) && days.is_entry(&part.range);
    let live = is_live(&parts, |part| is_entry(part, &days));
    if live {
        let stamps = parts.iter().filter(|part| is_entry(part, &days));
        let entries = stamps.filter_map(|part| Some((part.range.start, days.entry(&part.range)?.day))).collect();
        days.set_entries(entries);
    }
    let mut reader = Proposer {
        text,
        language,
        days: &days,
        published,
        quotes: outermost(&utterances),
        carry: Carry::new(),
        last: None,
        before: None,
        earlier: None,
        heading,
        held: held(&parts, &turns, &days),
        turns,
    };
    let mut skipped: Vec<Skipped> = parts
        .iter()
        .filter_map(|part| Some(skip(text, part.range.clone(), WhySkipped::Furniture(part.skipped?))))
        .collect();
    let mut proposals: Vec<Proposal> = Vec::new();
    let mut paragraphs: Vec<usize> = Vec::new();
    let mut next = utterances.iter().peekable();
    if live {
        shape = SourceShape::Live;
    }
    for part in &parts {
        if live && is_entry(part, &days) {
            reader.carry.begin_entry(reader.days.entry(&part.range), published);
        }
        if part.skipped.is_some() {
            // "Ann Lee · @annlee · Oct 12": the day of the post below.
            if is_post_head(&text[part.range.clone()]) {
                reader.carry.announce(part.paragraph);
                reader.scene(part, None);
            }
            continue;
        }
        let mut silent = true;
        while let Some(quoted) = next.next_if(|quoted| quoted.spans[0].start < part.range.end) {
            silent = false;
            match reader.proposal(quoted, &parts) {
                Some(proposal) => {
                    proposals.push(proposal);
                    paragraphs.push(quoted.paragraph);
                }
                None => skipped.push(skip(text, quoted.spans[0].clone(), WhySkipped::NoSpeaker)),
            }
        }
        if silent && !within(&reader.turns, part.range.start) {
            reader.scene(part, next.peek().copied());
        }
    }
    days_of_the_next(&mut proposals, &paragraphs);
    skipped.sort_by_key(|skipped| skipped.range.start);
    let mut places: Vec<&mut Range<usize>> = skipped.iter_mut().map(|skipped| &mut skipped.range).collect();
    for Proposal { passage, spans, .. } in &mut proposals {
        places.push(passage);
        places.extend(spans);
    }
    in_characters(text, places);
    let signs = |part: &TextPart| text[part.range.clone()].starts_with(['—', '–', '―']);
    let headline = |part: &&TextPart| part.skipped == Some(Reason::Headline) && !signs(part);
    let first = parts.iter().find(headline).map(|part| one_line(&text[part.range.clone()]));
    let left_out_parts = skipped.iter().filter(|skipped| matches!(skipped.why, WhySkipped::Furniture(_))).count();
    Some(Article {
        left_out_parts,
        shape,
        published,
        title: page.title.clone().or(first.and_then(|headline| label(&headline))),
        proposals,
        skipped,
        left_out: page.left_out.clone(),
    })
}

/// The day of an interview, from the sentences around its turns: "We met on Thursday", "The conversation took place on
/// 13 March".
fn held(parts: &[TextPart], turns: &[Range<usize>], days: &Days<'_>) -> Option<SaidDay> {
    // "This interview was recorded on 3 March" is a notice, too.
    let read = |part: &TextPart| matches!(part.skipped, None | Some(Reason::Notice));
    let around = |part: &&TextPart| read(part) && !within(turns, part.range.start);
    let scene = |part: &TextPart| {
        let sentence = Sentence { range: part.range.clone(), quotes: &[], cue: None };
        days.is_meeting(&part.range).then(|| days.scene(&sentence)).flatten()
    };
    let day = |said: &SaidDay| said.precision == DayPrecision::Day;
    if turns.is_empty() {
        return None;
    }
    parts.iter().filter(around).filter_map(scene).find(day)
}

/// "X denied it. “We waited,” he said in a statement on Monday": the first words have the day of the next ones of the
/// same person in the paragraph, if nothing else gives theirs.
fn days_of_the_next(proposals: &mut [Proposal], paragraphs: &[usize]) {
    for next in (1..proposals.len()).rev() {
        let (before, after) = proposals.split_at_mut(next);
        let (one, other) = (&mut before[next - 1], &after[0]);
        let same = paragraphs[next - 1] == paragraphs[next] && one.speaker == other.speaker;
        let stated = matches!(other.date_basis, DayBasis::Verb | DayBasis::Frame | DayBasis::Carried);
        let told = other.kind == statement::Kind::Direct;
        if same && stated && told && one.date_basis == DayBasis::Publication && other.precision == Precision::Day {
            one.date = other.date;
            one.date_basis = DayBasis::Carried;
            one.date_words.clone_from(&other.date_words);
        }
    }
}

/// Whether a page is live: it has several entries with something in each. Boxes for other articles have
/// headlines between their dates, and these are left out.
fn is_live(parts: &[TextPart], is_entry: impl Fn(&TextPart) -> bool) -> bool {
    const ENTRIES: usize = 2;
    let (mut entries, mut open) = (0, false);
    for part in parts {
        if is_entry(part) {
            open = true;
        } else if part.skipped.is_none() {
            entries += usize::from(std::mem::take(&mut open));
        }
    }
    entries >= ENTRIES
}

fn skip(text: &str, range: Range<usize>, why: WhySkipped) -> Skipped {
    Skipped { text: one_line(&text[range.clone()]), range, why }
}

/// Turns bytes of a text into characters, which other programs can count too.
fn in_characters(text: &str, ranges: Vec<&mut Range<usize>>) {
    if text.is_ascii() {
        return;
    }
    let mut ends: Vec<&mut usize> = ranges.into_iter().flat_map(|range| [&mut range.start, &mut range.end]).collect();
    ends.sort();
    let (mut byte, mut characters) = (0, 0);
    for end in ends {
        characters += text[byte..*end].chars().count();
        (byte, *end) = (*end, characters);
    }
}

#[cfg(test)]
mod careful;
