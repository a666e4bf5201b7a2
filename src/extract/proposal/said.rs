//! What one person said, from words that the text gives: with the day, the place and the passage.

use std::ops::Range;

use chrono::{Datelike, NaiveDate};

use crate::date::Precision;
use crate::extract::day::{Carry, DayBasis, DayPrecision, Days, SaidDay, Sentence, TextPlace};
use crate::extract::language::Language;
use crate::extract::line::one_line;
use crate::extract::proposal::joined::joined;
use crate::extract::sentence::TextPart;
use crate::extract::speech::quoted::is_mostly;
use crate::extract::speech::{Confidence, Quoted, QuotedKind, is_post_head};
use crate::statement;
use crate::words::{self, after_formula_marks};

/// What one person said, according to a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The words on one line: a quotation with its parts joined, or what is reported.
    pub text: String,
    /// How the words are given.
    pub kind: statement::Kind,
    /// Who said them.
    pub speaker: String,
    /// The office given by the text or by `speakers.toml`.
    pub role: Option<String>,
    /// How certain the speaker is.
    pub confidence: Confidence,
    /// Who else may have said them.
    pub runner_up: Option<String>,
    /// The day on which they were said; if only the month is known, a day in it.
    pub date: NaiveDate,
    /// Whether the day is known or only the month.
    pub precision: Precision,
    /// The first and the last day on which they may have been said, if that is neither a day nor a
    /// month.
    pub within: Option<(NaiveDate, NaiveDate)>,
    /// What the day is based on.
    pub date_basis: DayBasis,
    /// The words it is based on; `None` for the day of publication.
    pub date_words: Option<String>,
    /// Where they were said, if the text says so.
    pub venue: Option<String>,
    /// Where everything reported is, in characters of the text: from the first to the last.
    pub passage: Range<usize>,
    /// Where the words of `text` are in it; several spans if the narrator's words come between.
    pub spans: Vec<Range<usize>>,
}

impl Proposal {
    /// How certain the speaker is, as a word: `high`, `medium` or `low`.
    pub fn confidence_word(&self) -> &'static str {
        match self.confidence {
            Confidence::High => "high",
            Confidence::Medium => "medium",
            Confidence::Low => "low",
        }
    }
}

/// Whether a sentence names another year than that of publication: "during his 2016 campaign". Then it is not about
/// the occasion of the sentences before.
fn names_other_year(sentence: &str, published: i32) -> bool {
    let numbers = sentence.split(|c: char| !c.is_alphanumeric());
    numbers.filter_map(|word| word.parse().ok()).any(|year: i32| (1900..published).contains(&year))
}

/// Whether a byte is in one of some stretches, which are in order.
pub fn within(stretches: &[Range<usize>], byte: usize) -> bool {
    let next = stretches.partition_point(|stretch| stretch.end <= byte);
    stretches.get(next).is_some_and(|stretch| stretch.start <= byte)
}

/// Fewer quoted words than this, in the middle of a report, are not a quotation by themselves.
const FEWEST_OWN_WORDS: usize = 3;

/// Goes through a text and makes proposals from what was said.
pub struct Proposer<'t> {
    /// The whole text.
    pub(in crate::extract::proposal) text: &'t str,
    /// Its language.
    pub(in crate::extract::proposal) language: &'t Language,
    /// The days in it.
    pub(in crate::extract::proposal) days: &'t Days<'t>,
    /// The day of publication.
    pub(in crate::extract::proposal) published: NaiveDate,
    /// Everything that was said. Days and places in it are not when and where it was said.
    pub(in crate::extract::proposal) quotes: Vec<Range<usize>>,
    /// Days that go on from earlier words.
    pub(in crate::extract::proposal) carry: Carry<String>,
    /// Where the text gives its own day.
    pub(in crate::extract::proposal) heading: Option<Range<usize>>,
    /// Where the turns of a transcript are.
    pub(in crate::extract::proposal) turns: Vec<Range<usize>>,
    /// The day of the conversation, if the sentences around its turns give it.
    pub(in crate::extract::proposal) held: Option<SaidDay>,
    /// Whose words were said at an earlier time than the text is about, in which paragraph, and when.
    pub(in crate::extract::proposal) earlier: Option<(String, usize, SaidDay)>,
    /// The last words that were read, and when they were said. Anything they quote was said no later.
    pub(in crate::extract::proposal) last: Option<(Range<usize>, SaidDay)>,
    /// The paragraph of the words before, and when they were said.
    pub(in crate::extract::proposal) before: Option<(usize, SaidDay)>,
}

impl Proposer<'_> {
    /// Makes a proposal from something that was said; `None` if no speaker is known.
    pub fn proposal(&mut self, quoted: &Quoted, parts: &[TextPart]) -> Option<Proposal> {
        // A pronoun without a person names no one.
        let speaker = quoted.speaker.as_ref().filter(|speaker| !self.is_pronoun(&speaker.name))?;
        let at = TextPlace { paragraph: quoted.paragraph, byte: quoted.spans[0].start };
        let sentence = self.sentence(quoted, parts);
        let mut said = self.said_day(quoted, &sentence, &speaker.name, at);
        let passage = quoted.spans[0].start..quoted.spans[quoted.spans.len() - 1].end;
        // "“…,” X said on Monday. “We agree,” added Y": an answer is of the same day.
        if let Some((paragraph, day)) = &self.before
            && (*paragraph == quoted.paragraph && said.basis == DayBasis::Publication)
            && day.basis != DayBasis::Publication
            && self.days.is_answer(&sentence, quoted.cue.as_ref())
        {
            said = SaidDay { basis: DayBasis::Carried, ..day.clone() };
        }
        match &self.last {
            Some((outer, day)) if outer.start <= passage.start && passage.end <= outer.end => {
                if said.basis == DayBasis::Publication && day.basis != DayBasis::Publication {
                    said = SaidDay { basis: DayBasis::Carried, ..day.clone() };
                }
            }
            _ => self.last = Some((passage.clone(), said.clone())),
        }
        // "X had said in March …. “We wait,” he said at the time": the day goes on only in a sentence that begins with the
        // words.
        let lead = &self.text[sentence.start.min(passage.start)..passage.start];
        let bare = quoted.kind == QuotedKind::Direct && !lead.contains(char::is_alphanumeric);
        if let Some((who, paragraph, day)) = &self.earlier
            && (bare && who == &speaker.name && *paragraph == quoted.paragraph)
            && matches!(said.basis, DayBasis::Carried | DayBasis::Publication)
        {
            said = SaidDay { basis: DayBasis::Carried, ..day.clone() };
        } else if quoted.cue.as_ref().is_some_and(|cue| self.days.is_earlier(cue)) {
            self.earlier = Some((speaker.name.clone(), quoted.paragraph, said.clone()));
        } else {
            self.carry.note(speaker.name.clone(), at, &said);
        }
        self.before = Some((quoted.paragraph, said.clone()));
        let count = |spans: &[Range<usize>]| -> usize {
            let word = |word: &&str| word.contains(char::is_alphanumeric);
            spans.iter().map(|span| self.text[span.clone()].split_whitespace().filter(word).count()).sum()
        };
        let own_words = count(&quoted.quoted);
        let written = |span: &&Range<usize>| !self.text[(*span).clone()].trim().is_empty();
        let one = quoted.quoted.iter().filter(written).count() == 1;
        let own = quoted.spans == quoted.quoted
            || one
                && own_words >= FEWEST_OWN_WORDS
                && is_mostly(own_words, count(&quoted.spans), self.language.cues.verb_second);
        let (kind, mut spans) = match quoted.kind {
            QuotedKind::Direct => (statement::Kind::Direct, quoted.spans.clone()),
            // "would not “make guarantees”": alone, the words could say the opposite.
            QuotedKind::Mixed if own && !quoted.turned => (statement::Kind::Direct, quoted.quoted.clone()),
            QuotedKind::Mixed | QuotedKind::Indirect => (statement::Kind::Indirect, quoted.spans.clone()),
        };
        // No one says `=` or `@` before the first word, and a spreadsheet would run such a cell as a
        // formula. The words therefore begin after such marks, and stay unchanged. A number keeps its
        // sign.
        if let Some(first) = spans.first_mut() {
            first.start += after_formula_marks(&self.text[first.clone()]);
        }
        // Marks with nothing between them contain no words.
        spans.retain(|span| !self.text[span.clone()].trim().is_empty());
        let text = if quoted.kind == QuotedKind::Mixed && kind == statement::Kind::Direct {
            // The words between are the narrator's.
            spans.iter().map(|span| one_line(&self.text[span.clone()])).collect::<Vec<_>>().join(" [...] ")
        } else {
            joined(self.text, &spans, &self.language.cues)
        };
        let text = text.trim_end_matches([',', ';', ' ']).to_owned();
        if text.is_empty() {
            return None;
        }
        let runner_up = quoted.runner_up.as_ref().map(|other| words::name(&other.name));
        let within =
            (!matches!(said.precision, DayPrecision::Day | DayPrecision::Month)).then_some((said.from, said.to));
        // For a week or a year, the middle is the smallest error.
        let date = within.map_or(said.day, |(from, to)| from + (to - from) / 2);
        Some(Proposal {
            text,
            kind,
            speaker: words::name(&one_line(&speaker.name)),
            role: speaker.role.clone(),
            confidence: quoted.confidence,
            runner_up: runner_up.filter(|other| *other != words::name(&speaker.name)),
            date,
            precision: if said.precision == DayPrecision::Day { Precision::Day } else { Precision::Month },
            within,
            date_basis: said.basis,
            date_words: said.cue.map(|cue| one_line(&self.text[cue])),
            venue: self.language.venues.find(self.text, self.near(quoted, sentence), self.quotes_in(quoted)),
            passage,
            spans,
        })
    }

    /// Whether a name is only a pronoun, left as it is.
    fn is_pronoun(&self, name: &str) -> bool {
        self.language.cues.is_pronoun(&name.to_lowercase())
    }

    /// The sentence that reports: the one with the verb, or else the one with the first of the words.
    fn sentence(&self, quoted: &Quoted, parts: &[TextPart]) -> Range<usize> {
        let at = quoted.cue.as_ref().map_or(quoted.spans[0].start, |cue| cue.start);
        let place = parts.partition_point(|part| part.range.end <= at);
        parts.get(place).map_or(quoted.spans[0].clone(), |part| part.range.clone())
    }

    /// The part of a sentence near the verb. A sentence that never ends must not be read again for each
    /// quotation in it.
    fn near(&self, quoted: &Quoted, sentence: Range<usize>) -> Range<usize> {
        const AROUND: usize = 600;
        let at = quoted.cue.as_ref().map_or(quoted.spans[0].start, |cue| cue.start);
        let boundary = |byte: usize| (byte..=self.text.len()).find(|byte| self.text.is_char_boundary(*byte));
        let from = boundary(sentence.start.max(at.saturating_sub(AROUND))).unwrap_or(sentence.start);
        let to = boundary(sentence.end.min(at + AROUND)).unwrap_or(sentence.end);
        from..to.max(from)
    }

    /// What was said in and around the sentence that reports.
    fn quotes_in(&self, quoted: &Quoted) -> &[Range<usize>] {
        const AROUND: usize = 4_000;
        let at = quoted.cue.as_ref().map_or(quoted.spans[0].start, |cue| cue.start);
        let first = self.quotes.partition_point(|span| span.end + AROUND < at);
        let last = self.quotes.partition_point(|span| span.start <= at + AROUND);
        &self.quotes[first..last.max(first)]
    }

    fn said_day(&self, quoted: &Quoted, sentence: &Range<usize>, speaker: &str, at: TextPlace) -> SaidDay {
        // The days in a turn are what it is about, except for words that it retells. A transcript is of the day that it gives itself.
        if within(&self.turns, at.byte) && quoted.cue.is_none() {
            return self.held.clone().unwrap_or_else(|| self.days.own_day(self.heading.clone()));
        }
        let near = self.near(quoted, sentence.clone());
        let other_year = names_other_year(&self.text[near.clone()], self.published.year());
        let habit = other_year || quoted.cue.as_ref().is_some_and(|cue| self.days.is_habit(cue));
        let named = self.days.occasion(&near, self.quotes_in(quoted)).filter(|_| !habit);
        let carried = self.carry.day(&speaker.to_owned(), at, self.published).filter(|_| !habit);
        let carried = carried.or(named.as_ref());
        let quotes = self.quotes_in(quoted);
        self.days.said_on(&Sentence { range: sentence.clone(), quotes, cue: quoted.cue.clone() }, carried)
    }

    /// Notes the day that a sentence without a quotation sets for the sentences after it, and for the words of whoever
    /// speaks next, if the sentence is about an occasion and names that person: "X defended it at a hearing on Tuesday".
    pub fn scene(&mut self, part: &TextPart, next: Option<&Quoted>) {
        let sentence = Sentence { range: part.range.clone(), quotes: &[], cue: None };
        if self.text[part.range.clone()].ends_with(':') || is_post_head(&self.text[part.range.clone()]) {
            self.carry.announce(part.paragraph);
        }
        if let Some(scene) = self.days.scene(&sentence) {
            let text = &self.text[part.range.clone()];
            let named = |name: &&String| name.rsplit(' ').next().is_some_and(|last| text.contains(last));
            let speaker = next.and_then(|next| next.speaker.as_ref()).map(|speaker| &speaker.name).filter(named);
            let speaker = speaker.filter(|_| self.days.is_meeting(&part.range)).cloned();
            let place = TextPlace { paragraph: part.paragraph, byte: part.range.start };
            self.carry.set_scene(speaker, place, scene.clone());
            if self.days.is_occasion(&part.range) {
                self.carry.set_setting(place, scene);
            }
        }
    }
}

/// The outermost spans of everything that was said, in order and without overlaps.
pub fn outermost(found: &[Quoted]) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> = found.iter().flat_map(|quoted| quoted.spans.iter().cloned()).collect();
    all.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    let mut apart: Vec<Range<usize>> = Vec::with_capacity(all.len());
    for span in all {
        match apart.last_mut() {
            Some(last) if span.start < last.end => last.end = last.end.max(span.end),
            _ => apart.push(span),
        }
    }
    apart
}
