//! On which day words were said.
//!
//! A sentence that reports words may name several days: the day on which they were said, and days that
//! they are about. These are the rules, the most reliable first ([`DayBasis`]):
//!
//! 1. *Verb*. A day attached to the verb of saying: "said on Tuesday", "told reporters in Kyiv on March
//!    3", "on Tuesday told", "said in an interview aired Sunday", "he said, speaking in Kyiv on Tuesday".
//!    There is no other verb, no separate clause and none of the quoted words between the two.
//! 2. *Frame*. A day before the verb of saying that opens the sentence, or a day in a phrase about the
//!    occasion, before or after the verb ("In a statement Monday, …", "Speaking after the talks ended on
//!    Monday, …").
//! 3. *Carried*. The day on which the same person spoke just before, which the caller supplies.
//! 4. *Publication*. The day of publication.
//!
//! A day never counts if it is inside quoted words, is still to come, or is a limit ("since Tuesday",
//! "by Friday"). It does not count either if it belongs to a clause about someone ("Orban, who met Putin
//! on Friday, said"), or if it only distinguishes one thing from others ("Tuesday's vote", "the Feb. 12
//! call"), except for the occasion itself ("at Tuesday's briefing"). Words are never said after they are
//! published. If several days count by the same rule, the most exact one is used, then the closest one.

use std::ops::Range;

use chrono::NaiveDate;

use crate::extract::day::expression::{Expression, Meaning, Tense, TimeUnit, Toward};
use crate::extract::day::find::Mentions;
use crate::extract::day::lexicon::{flag, unit};
use crate::extract::day::piece::TokenShape;
use crate::extract::day::publication::is_time;
use crate::extract::day::resolve::{DayPrecision, ResolvedDay, resolve};
use crate::extract::day::tense::verb;
use crate::extract::day::token::Tokens;
use crate::statement::DayConfidence;

mod stand;
mod basis;

/// What the day of some words is based on, the most reliable first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DayBasis {
    /// A day at the verb of saying.
    Verb,
    /// A day in the same sentence, in a phrase about the occasion.
    Frame,
    /// The day on which the same person spoke just before.
    Carried,
    /// Nothing, so it is the day of publication.
    Publication,
}

impl DayBasis {
    /// How sure the day is, as a word: `stated` with the words, `inferred` from other words of the text, or only the day
    /// of `publication`.
    pub fn confidence_word(self) -> &'static str {
        match self {
            DayBasis::Verb | DayBasis::Frame => DayConfidence::Stated.word(),
            DayBasis::Carried => DayConfidence::Inferred.word(),
            DayBasis::Publication => DayConfidence::Publication.word(),
        }
    }
}

/// When words were said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaidDay {
    /// The first day on which they may have been said.
    pub from: NaiveDate,
    /// The last day, never after the publication.
    pub to: NaiveDate,
    /// The day to write if one is required. If only a month is known, it is a day in that month.
    pub day: NaiveDate,
    /// How exactly the day is known.
    pub precision: DayPrecision,
    /// What the day is based on.
    pub basis: DayBasis,
    /// Where that is, in bytes of the text; `None` for the day of publication.
    pub cue: Option<Range<usize>>,
}

/// A sentence that reports words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence<'s> {
    /// Where it is, in bytes of the text.
    pub range: Range<usize>,
    /// The quoted words and what is reported of them: outermost spans, in order. They may extend beyond
    /// the sentence.
    pub quotes: &'s [Range<usize>],
    /// The verb of saying. If the caller does not give one, it is looked for.
    pub cue: Option<Range<usize>>,
}

/// An expression, with what is needed to find which day it means.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Named {
    expression: Expression,
    tokens: Range<usize>,
    /// The day mentioned before it.
    anchor: Option<NaiveDate>,
}

/// The days that a text names, read once for all its quotations.
#[derive(Debug, Clone)]
pub struct Days<'t> {
    tokens: Tokens<'t>,
    named: Vec<Named>,
    /// Occasions whose day the text gives, and the number of that day; `None` if it gives several.
    occasions: Vec<(String, Option<usize>)>,
    published: NaiveDate,
    /// Where the entries of a live page begin, and their days. Within one, its day is that of publication.
    entries: Vec<(usize, NaiveDate)>,
}

/// How many days before publication a text is still about a day.
pub(crate) const FRESH: i64 = 7;
/// How many days after the publication of a page, as it gives it, its words may have been said.
const AHEAD: i64 = 2;
/// How many bytes are examined on each side of the verb of saying. Real sentences are shorter, and a
/// text without full stops must not take long.
const REACH: usize = 800;
/// How many tokens may come between a verb of saying and its day.
const NEAR: usize = 24;

impl<'t> Days<'t> {
    /// Finds the dates of the days that a text names, given its day of publication.
    pub fn of(Mentions { tokens, found }: Mentions<'t>, published: NaiveDate) -> Days<'t> {
        let (mut anchor, mut month) = (None, None);
        let mut named = Vec::new();
        for (expression, at) in found {
            // "July's vote … that month": a month is enough for it.
            let coarse = matches!(expression.meaning, Meaning::Anchored { unit: TimeUnit::Month | TimeUnit::Year, .. });
            let own = if coarse { month.or(anchor) } else { anchor };
            let found = resolve(&expression, published, own);
            let precise =
                |precision| found.as_ref().filter(|found| found.precision == precision).map(|found| found.day);
            let day = precise(DayPrecision::Day);
            month = day.or(precise(DayPrecision::Month)).or(month);
            named.push(Named { expression, tokens: at, anchor: own });
            anchor = day.or(anchor);
        }
        let mut days = Days { tokens, named, occasions: Vec::new(), published, entries: Vec::new() };
        days.occasions = days.dated_occasions();
        days
    }

    /// The occasion before a day: "a hearing on Tuesday". There is no verb between.
    fn occasion_before(&self, day: usize) -> Option<usize> {
        const WORDS: usize = 4;
        let near = (day.saturating_sub(WORDS)..day).rev();
        let open = near.take_while(|token| {
            let shape = self.tokens.tokens[*token].shape;
            !self.tokens.sentence_begins(token + 1) && shape == TokenShape::Word && verb(&self.tokens, *token).is_none()
        });
        open.into_iter().find(|token| self.tokens.is(*token, flag::OCCASION))
    }

    /// "Tuesday's post", "a hearing on Tuesday": occasions whose day the text gives.
    fn dated_occasions(&self) -> Vec<(String, Option<usize>)> {
        const WORDS: usize = 5;
        let mut found: Vec<(String, Option<usize>)> = Vec::new();
        for (number, named) in self.named.iter().enumerate() {
            let end = named.tokens.end;
            if named.expression.tense == Tense::Future {
                continue;
            }
            let owned = self.tokens.is(end, flag::POSSESSIVE);
            let behind = || (end + 1..end + WORDS).find(|token| self.tokens.is(*token, flag::OCCASION));
            let noun = if owned { behind() } else { self.occasion_before(named.tokens.start) };
            let Some(noun) = noun else { continue };
            let stem = stem(self.tokens.written(noun));
            let day = |number: usize| self.resolve_past(&self.named[number]).map(|resolved| resolved.day);
            match found.iter_mut().find(|(known, _)| *known == stem) {
                None => found.push((stem, Some(number))),
                Some((_, one)) if one.is_some_and(|one| day(one) != day(number)) => *one = None,
                Some(_) => {}
            }
        }
        found
    }

    /// Finds the day on which the words of a sentence were said. `carried` is the day on which the same
    /// person spoke just before, or a [`Days::scene`], if the caller assumes that it still applies.
    pub fn said_on(&self, sentence: &Sentence<'_>, carried: Option<&SaidDay>) -> SaidDay {
        let cue = sentence.cue.clone().map(|cue| self.tokens_in(&cue)).or_else(|| self.find_cue(sentence));
        let middle = match &cue {
            Some(cue) => self.tokens.tokens.get(cue.start).map_or(sentence.range.start, |token| token.start()),
            None => sentence.quotes.first().map_or(sentence.range.start, |quote| quote.start),
        };
        let near = middle.saturating_sub(REACH).max(sentence.range.start)..(middle + REACH).min(sentence.range.end);
        // Everything to check about a day is in the tokens between it and the verb.
        let at = self.first_token(middle);
        let cue = cue.unwrap_or(at..at);
        let best = self
            .named_in(&near)
            .iter()
            .filter(|named| !inside(sentence.quotes, named.expression.range.start))
            .filter_map(|named| {
                let basis = self.basis(sentence, named, &cue, &near)?;
                let resolved = self.resolve_past(named)?;
                let distance = cue.start.abs_diff(named.tokens.start);
                Some((basis, resolved.precision, distance, named, resolved))
            })
            .min_by_key(|&(basis, precision, distance, ..)| (basis, precision, distance));
        match (best, carried) {
            (Some((basis, .., named, resolved)), _) => self.said_day(basis, named, resolved),
            (None, Some(carried)) if carried.basis != DayBasis::Publication => {
                SaidDay { basis: DayBasis::Carried, ..carried.clone() }
            }
            _ => SaidDay {
                from: self.published_at(sentence.range.start),
                to: self.published_at(sentence.range.start),
                day: self.published_at(sentence.range.start),
                precision: DayPrecision::Day,
                basis: DayBasis::Publication,
                cue: None,
            },
        }
    }

    /// The day that a sentence sets for the words after it: "Trump met Zelensky in Washington on
    /// Friday." `None` if it names no past day, or if it names several and none of them opens it.
    pub fn scene(&self, sentence: &Sentence<'_>) -> Option<SaidDay> {
        let mut only_day: Option<SaidDay> = None;
        let near = sentence.range.start..sentence.range.end.min(sentence.range.start + REACH);
        for named in self.named_in(&near) {
            let inner = inside(sentence.quotes, named.expression.range.start);
            if inner || self.never_counts(named) || self.in_clause(named, &near) || self.in_participle(named, &near) {
                continue;
            }
            let Some(resolved) = self.resolve_past(named) else { continue };
            if self.opens(named, &near) {
                return Some(self.said_day(DayBasis::Carried, named, resolved));
            }
            match &only_day {
                Some(said) if said.day != resolved.day => return None,
                Some(_) => {}
                None => only_day = Some(self.said_day(DayBasis::Carried, named, resolved)),
            }
        }
        only_day
    }

    /// The day of a text as a whole, as words that belong to all of it have it: stated where `heading` is.
    pub fn own_day(&self, heading: Option<Range<usize>>) -> SaidDay {
        let basis = if heading.is_some() { DayBasis::Frame } else { DayBasis::Publication };
        let day = self.published;
        SaidDay { from: day, to: day, day, precision: DayPrecision::Day, basis, cue: heading }
    }

    /// Whether a sentence is about an occasion on which people spoke with each other.
    pub fn is_meeting(&self, line: &Range<usize>) -> bool {
        let mut tokens = self.first_token(line.start)..self.first_token(line.end);
        tokens.any(|token| self.tokens.is(token, flag::OCCASION | flag::SPEAKING | flag::MET))
    }

    /// Whether a sentence names an occasion at which several people may speak: a hearing.
    pub fn is_occasion(&self, line: &Range<usize>) -> bool {
        let mut tokens = self.first_token(line.start)..self.first_token(line.end);
        tokens.any(|token| self.tokens.is(token, flag::OCCASION))
    }

    /// Whether a verb of saying, at some bytes, is about an earlier time than the text: "had said in March". Then its day
    /// does not carry to what was said later.
    pub fn is_earlier(&self, cue: &Range<usize>) -> bool {
        const NEAR: usize = 2;
        let at = self.tokens_in(cue).start;
        (at.saturating_sub(NEAR)..at).any(|token| self.tokens.is(token, flag::PLUPERFECT))
    }

    /// Whether words answer those before them: their verb, at some bytes, says so, or their sentence begins with a few
    /// hours or minutes: "within hours", "minutes later".
    pub fn is_answer(&self, sentence: &Range<usize>, cue: Option<&Range<usize>>) -> bool {
        const OPENING: usize = 3;
        let verb = cue.is_some_and(|cue| self.tokens.is(self.tokens_in(cue).start, flag::ANSWER));
        let first = self.first_token(sentence.start);
        let hours = (first..first + OPENING).find(|token| self.tokens.class(*token).unit == unit::HOUR);
        let soon = hours.is_some_and(|hours| {
            let before = (first..hours).any(|token| self.tokens.is(token, flag::WITHIN));
            before || self.tokens.is(hours + 1, flag::EARLIER | flag::LATER)
        });
        verb || soon
    }

    /// Whether a verb of saying, at some bytes, tells a habit: "has repeatedly said". Then no one day carries to it.
    pub fn is_habit(&self, cue: &Range<usize>) -> bool {
        const NEAR: usize = 3;
        let at = self.tokens_in(cue).start;
        (at.saturating_sub(NEAR)..at).any(|token| self.tokens.is(token, flag::HABIT))
    }

    /// The day of an occasion that a sentence names without its day, if the text gives it elsewhere and only one:
    /// "Tuesday's post", of "in a post".
    pub fn occasion(&self, near: &Range<usize>, quotes: &[Range<usize>]) -> Option<SaidDay> {
        if self.occasions.is_empty() {
            return None;
        }
        let tokens = self.first_token(near.start)..self.first_token(near.end);
        let named = tokens.filter(|token| self.tokens.is(*token, flag::OCCASION)).find_map(|token| {
            let place = self.tokens.tokens[token].start();
            let stem = stem(self.tokens.written(token));
            let known = self.occasions.iter().find(|(known, _)| *known == stem).filter(|_| !inside(quotes, place))?;
            // "A hearing on Tuesday" is only "the hearing" afterwards: another one may have been held, too.
            let said = known.1.map(|number| &self.named[number])?;
            let owned = self.tokens.is(said.tokens.end, flag::POSSESSIVE);
            (owned || token > 0 && self.tokens.is(token - 1, flag::THE) && said.tokens.end <= token).then_some(known)
        })?;
        let said = named.1.map(|number| &self.named[number])?;
        // "Tuesday's post is a surprise" is about the post.
        if near.contains(&said.expression.range.start) {
            return None;
        }
        let resolved = self.resolve_past(said)?;
        Some(self.said_day(DayBasis::Carried, said, resolved))
    }

    /// Whether a line is the heading of an entry on a live page: a full date with a time of day that is
    /// not the date of the page ("Published", "Updated").
    pub fn is_entry(&self, line: &Range<usize>) -> bool {
        let mut tokens = self.first_token(line.start)..self.first_token(line.end);
        let of_the_page = tokens.clone().any(|token| self.tokens.is(token, flag::PUBLISHED | flag::UPDATED));
        !of_the_page && self.full_date(line).is_some() && tokens.any(|token| is_time(&self.tokens, token))
    }

    /// The day above an entry of a live page; `None` if it is not within a week of publication. A page may go on after
    /// the day on which it was published first.
    pub fn entry(&self, line: &Range<usize>) -> Option<SaidDay> {
        let named = self.full_date(line)?;
        let ResolvedDay { from, to, day, precision } = resolve(&named.expression, self.published, None)?;
        let cue = Some(named.expression.range.clone());
        let said = SaidDay { from, to, day, precision, basis: DayBasis::Carried, cue };
        ((self.published - said.day).num_days().abs() <= FRESH).then_some(said)
    }

    /// Notes where the entries of a live page begin, in order, and their days.
    pub fn set_entries(&mut self, entries: Vec<(usize, NaiveDate)>) {
        self.entries = entries;
    }

    /// The day on which the words at a byte were published: that of the page, or of its entry.
    fn published_at(&self, byte: usize) -> NaiveDate {
        let next = self.entries.partition_point(|(start, _)| *start <= byte);
        next.checked_sub(1).map_or(self.published, |entry| self.entries[entry].1)
    }

    fn full_date(&self, line: &Range<usize>) -> Option<&Named> {
        let full = |named: &&Named| matches!(named.expression.meaning, Meaning::Date { year: Some(_), more: 0, .. });
        self.named_in(line).iter().find(full)
    }

    fn said_day(&self, basis: DayBasis, named: &Named, resolved: ResolvedDay) -> SaidDay {
        let ResolvedDay { from, to, day, precision } = resolved;
        let to = to.min(self.published_at(named.expression.range.start)).max(from);
        SaidDay { from, to, day: day.clamp(from, to), precision, basis, cue: Some(named.expression.range.clone()) }
    }

    /// The past day that an expression means; `None` if all of it is still to come.
    fn resolve_past(&self, named: &Named) -> Option<ResolvedDay> {
        let tense = if named.expression.tense == Tense::Near { Tense::Near } else { Tense::Past };
        let past = Expression { tense, ..named.expression.clone() };
        let published = self.published_at(named.expression.range.start);
        let resolved = resolve(&past, published, named.anchor)?;
        if resolved.from <= published {
            return Some(resolved);
        }
        // If a day without a year would be in the future, last year's is meant.
        let Meaning::Date { year: None, month, day, more, weekday: None, toward: Toward::Plain } = past.meaning else {
            return None;
        };
        // A day or two ahead, the page is dated too early, and a year ago is not meant.
        if (resolved.from - published).num_days() <= AHEAD {
            return None;
        }
        let meaning = Meaning::Date { year: None, month, day, more, weekday: None, toward: Toward::Last };
        resolve(&Expression { meaning, ..past }, published, None)
    }

    /// The verb of saying that is closest to the quoted words.
    fn find_cue(&self, sentence: &Sentence<'_>) -> Option<Range<usize>> {
        let quote = sentence.quotes.iter().find(|quote| quote.end > sentence.range.start)?;
        let near =
            quote.start.saturating_sub(REACH).max(sentence.range.start)..(quote.end + REACH).min(sentence.range.end);
        let (first, last) = (self.first_token(near.start), self.first_token(near.end));
        let (inner, outer) =
            (self.first_token(quote.start).clamp(first, last), self.first_token(quote.end).clamp(first, last));
        let says = |token: &usize| {
            self.tokens.is(*token, flag::VERB) && !inside(sentence.quotes, self.tokens.tokens[*token].start())
        };
        let before = (first..inner).rev().find(says);
        let after = (outer..last).find(says);
        match (before, after) {
            (Some(before), Some(after)) if after - outer < inner - before => Some(after..after + 1),
            (Some(before), _) => Some(before..before + 1),
            (None, after) => after.map(|after| after..after + 1),
        }
    }

    /// The first token that begins at or after a byte.
    fn first_token(&self, byte: usize) -> usize {
        self.tokens.tokens.partition_point(|token| token.start() < byte)
    }

    fn tokens_in(&self, bytes: &Range<usize>) -> Range<usize> {
        let start = self.tokens.tokens.partition_point(|token| token.end() <= bytes.start);
        start..self.first_token(bytes.end).max(start)
    }

    fn named_in(&self, bytes: &Range<usize>) -> &[Named] {
        let start = self.named.partition_point(|named| named.expression.range.start < bytes.start);
        let end = self.named.partition_point(|named| named.expression.range.start < bytes.end);
        &self.named[start..end.max(start)]
    }
}

/// A noun without the ending of several.
fn stem(noun: &str) -> String {
    let lower = noun.to_lowercase();
    lower.strip_suffix('s').filter(|stem| stem.len() > 2).unwrap_or(&lower).to_owned()
}

/// Whether a byte is in one of some spans, which are in order.
fn inside(spans: &[Range<usize>], byte: usize) -> bool {
    let after = spans.partition_point(|span| span.start <= byte);
    after.checked_sub(1).is_some_and(|span| byte < spans[span].end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::day::lexicon::DayLexicon;

    /// The basis and the day of each quotation in a text, in curly quotes. `{` and `}` enclose what is
    /// reported without quotes.
    fn said(marked: &str, published: &str, carried: Option<&SaidDay>) -> SaidDay {
        let mut text = String::new();
        let mut quotes = Vec::new();
        let mut open = 0;
        for c in marked.chars() {
            match c {
                '“' | '{' => open = text.len(),
                '”' | '}' => quotes.push(open..text.len() + if c == '”' { c.len_utf8() } else { 0 }),
                _ => {}
            }
            if !matches!(c, '{' | '}') {
                text.push(c);
            }
        }
        let words = DayLexicon::english();
        let days = Days::of(Mentions::of(&text, &words), published.parse().unwrap());
        days.said_on(&Sentence { range: 0..text.len(), quotes: &quotes, cue: None }, carried)
    }

    /// 2025-03-06 is a Thursday.
    const PUBLISHED: &str = "2025-03-06";

    #[test]
    fn the_day_of_saying_is_not_a_day_that_the_words_are_about() {
        for (text, expected) in [
            ("“We will stay,” the minister said on Tuesday.", "2025-03-04 Verb"),
            ("On Wednesday, the minister said “we will stay”.", "2025-03-05 Verb"),
            ("The minister on Tuesday told parliament “we will stay”.", "2025-03-04 Verb"),
            ("“We will leave on Sunday,” she told reporters in Oslo on March 3.", "2025-03-03 Verb"),
            ("“We saw it on Sunday,” she said.", "2025-03-06 Publication"),
            ("In a statement Monday, the ministry said “nothing was lost”.", "2025-03-03 Frame"),
            ("In a post on X on Tuesday, the mayor wrote: “Stay inside.”", "2025-03-04 Frame"),
            (
                "The mayor said in an interview with the local radio aired on Sunday that “it is over”.",
                "2025-03-02 Verb",
            ),
            ("The mayor said in an interview that was broadcast late on Sunday: “It is over.”", "2025-03-02 Verb"),
            ("“It is over,” the mayor told a packed hall on Monday.", "2025-03-03 Verb"),
            ("The king, who met the mayor on Tuesday, said “I am glad”.", "2025-03-06 Publication"),
            ("“I am glad,” said the king, who met the mayor on Tuesday.", "2025-03-06 Publication"),
            ("“I am glad,” said the king, speaking in Oslo after the talks on Tuesday.", "2025-03-04 Verb"),
            ("Speaking after the talks ended on Monday, the king said “I am glad”.", "2025-03-03 Frame"),
            ("Asked about the flood yesterday, the mayor replied “ask me later”.", "2025-03-05 Frame"),
            ("Ahead of Friday's vote, the mayor said “it is close”.", "2025-03-06 Publication"),
            ("When he came home on Monday, the king said “I am glad”.", "2025-03-03 Frame"),
            ("The king called the talks “a farce” on Monday.", "2025-03-03 Verb"),
            ("The king praised the mayor on Monday, calling him “a friend”.", "2025-03-03 Verb"),
            ("“No,” said the king, referring to the vote on Monday.", "2025-03-06 Publication"),
            ("The mayor is leaving, and on Monday, the king said “I am glad”.", "2025-03-03 Verb"),
            ("At a rally in Bergen, Norway, on Sunday, the king spoke up and said “I am glad”.", "2025-03-02 Frame"),
            ("At Tuesday's briefing, the spokesman said “no comment”.", "2025-03-04 Frame"),
            ("Since Tuesday, the spokesman has said “no comment”.", "2025-03-06 Publication"),
            ("The mayor, who will resign on Friday, said “it was time”.", "2025-03-06 Publication"),
            ("The mayor said {he would resign on Friday}.", "2025-03-06 Publication"),
            ("The mayor said on Tuesday {he would resign on Friday}.", "2025-03-04 Verb"),
            ("The mayor said last night {the bridge would open next week}.", "2025-03-05 Verb"),
            ("“It is a mistake,” the mayor said of the Feb. 12 decision.", "2025-03-06 Publication"),
            ("Earlier on Tuesday, following his speech, the mayor also said {he was tired}.", "2025-03-04 Verb"),
            ("The mayor said on Dec. 30 {he was tired}.", "2024-12-30 Verb"),
            ("The mayor said on March 7 {he was tired}.", "2025-03-06 Publication"),
            ("The mayor said on April 2 {he was tired}.", "2024-04-02 Verb"),
            ("The mayor said today: “I am tired.”", "2025-03-06 Verb"),
            ("On 31 February, the mayor said “I am tired”.", "2025-03-06 Publication"),
            ("“I am tired,” said the mayor.", "2025-03-06 Publication"),
            ("“", "2025-03-06 Publication"),
            ("", "2025-03-06 Publication"),
        ] {
            let said = said(text, PUBLISHED, None);
            assert_eq!(format!("{} {:?}", said.day, said.basis), expected, "{text}");
            assert_eq!(said.basis == DayBasis::Publication, said.cue.is_none());
        }
    }

    #[test]
    fn a_month_or_week_stays_one() {
        for (text, from, to, precision) in [
            ("In February, the king told the mayor “be patient”.", "2025-02-01", "2025-02-28", DayPrecision::Month),
            (
                "Before talks with the mayor in Oslo in August, the king said {he would try}.",
                "2024-08-01",
                "2024-08-31",
                DayPrecision::Month,
            ),
            ("Last week, the king said “be patient”.", "2025-02-24", "2025-03-02", DayPrecision::Week),
            ("Earlier this month, the king said “be patient”.", "2025-03-01", "2025-03-06", DayPrecision::Month),
            ("Earlier this week, the king said “be patient”.", "2025-03-03", "2025-03-06", DayPrecision::Week),
            ("In 2019, the king said “be patient”.", "2019-01-01", "2019-12-31", DayPrecision::Year),
        ] {
            let said = said(text, PUBLISHED, None);
            assert_eq!((said.from.to_string(), said.to.to_string()), (from.to_owned(), to.to_owned()), "{text}");
            assert_eq!(said.precision, precision, "{text}");
        }
    }

    #[test]
    fn a_sentence_sets_the_scene() {
        let words = DayLexicon::english();
        let scene = |text: &str| {
            let days = Days::of(Mentions::of(text, &words), PUBLISHED.parse().unwrap());
            days.scene(&Sentence { range: 0..text.len(), quotes: &[], cue: None }).map(|said| said.day.to_string())
        };
        assert_eq!(scene("The king met the mayor in Oslo on Tuesday.").as_deref(), Some("2025-03-04"));
        assert_eq!(scene("On Monday, the king left, and on Tuesday he came back.").as_deref(), Some("2025-03-03"));
        assert_eq!(scene("The king left on Monday and came back on Tuesday."), None);
        assert_eq!(scene("The king will meet the mayor on Friday."), None);
        assert_eq!(scene("The guests discussed the treaty, signed in Bergen on Tuesday."), None);
        assert_eq!(scene("The king met the mayor."), None);
    }

    #[test]
    fn no_sentence_is_too_odd() {
        // A small generator of texts, from pieces that mean something here.
        let pieces = [
            "said ",
            "on ",
            "Tuesday",
            "“",
            "”",
            ", ",
            ". ",
            "who ",
            "published ",
            "2025",
            "March 3",
            "10:15",
            "\n",
            "'s ",
            "briefing ",
            "while ",
            "the ",
            "and ",
            "he ",
            "will ",
            "was ",
            "aired ",
            "speaking ",
            "ї",
            ":",
            "(",
            "last night",
            "31.01.2025",
            "Oslo",
            "in ",
        ];
        let words = DayLexicon::english();
        let mut seed = 7u64;
        let mut next = |limit: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as usize % limit
        };
        for _ in 0..3000 {
            let text: String = (0..16).map(|_| pieces[next(pieces.len())]).collect();
            crate::extract::day::publication::publication(&Mentions::of(&text, &words));
            let place = |byte: usize| (0..=byte).rev().find(|&byte| text.is_char_boundary(byte)).unwrap_or(0);
            let mut places: Vec<usize> = (0..6).map(|_| place(next(text.len() + 1))).collect();
            for published in [PUBLISHED.parse().unwrap(), NaiveDate::MIN, NaiveDate::MAX] {
                let days = Days::of(Mentions::of(&text, &words), published);
                let cue = (next(2) == 0).then(|| places[0].min(places[1])..places[0].max(places[1]));
                places.sort_unstable();
                let quotes = [places[0]..places[1], places[2]..places[3]];
                let sentence = Sentence { range: places[next(6)]..text.len(), quotes: &quotes, cue };
                let said = days.said_on(&sentence, days.scene(&sentence).as_ref());
                assert!(said.from <= said.day && said.day <= said.to && said.to <= published, "{text}");
                assert!(said.cue.is_none_or(|cue| text.get(cue).is_some()), "{text}");
            }
        }
    }

    #[test]
    fn many_quotations_in_one_sentence_take_little_time() {
        let text = "“No” he said on Tuesday ".repeat(20_000);
        let words = DayLexicon::english();
        let days = Days::of(Mentions::of(&text, &words), PUBLISHED.parse().unwrap());
        let quotes: Vec<Range<usize>> = text.match_indices("“No”").map(|(at, quote)| at..at + quote.len()).collect();
        for quote in quotes.iter().step_by(100) {
            let cue = text[quote.end..].find("said").map(|at| quote.end + at..quote.end + at + 4);
            let said = days.said_on(&Sentence { range: 0..text.len(), quotes: &quotes, cue }, None);
            assert_eq!(said.day.to_string(), "2025-03-04");
        }
    }
}
