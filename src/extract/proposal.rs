//! From a page to proposals: who said what on which day, for a person to confirm.

use std::ops::Range;

use chrono::{Datelike, NaiveDate};

use crate::date::Precision;
use crate::extract::day::{
    Carry, DayBasis, DayPrecision, Days, Mentions, SaidDay, Sentence, TextPlace, full_date, publication,
};
use crate::extract::language::Language;
use crate::extract::page::{Page, label};
use crate::extract::sentence::furniture::Reason;
use crate::extract::sentence::{TextPart, parts};
use crate::extract::speech::cues::{CONJUNCTION, Cues, PREPOSITION, THAT};
use crate::extract::speech::quoted::is_mostly;
use crate::extract::speech::transcript::{outside, retold, transcript};
use crate::extract::speech::{Confidence, People, Quoted, QuotedKind, is_post_head, speech};
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

/// Whether a sentence names another year than that of publication: "during his 2016 campaign". Then it is not about
/// the occasion of the sentences before.
fn names_other_year(sentence: &str, published: i32) -> bool {
    let numbers = sentence.split(|c: char| !c.is_alphanumeric());
    numbers.filter_map(|word| word.parse().ok()).any(|year: i32| (1900..published).contains(&year))
}

/// Whether a byte is in one of some stretches, which are in order.
fn within(stretches: &[Range<usize>], byte: usize) -> bool {
    let next = stretches.partition_point(|stretch| stretch.end <= byte);
    stretches.get(next).is_some_and(|stretch| stretch.start <= byte)
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

/// Fewer quoted words than this, in the middle of a report, are not a quotation by themselves.
const FEWEST_OWN_WORDS: usize = 3;

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
    let shape = if turns.is_empty() { SourceShape::Article } else { SourceShape::Transcript };
    let is_entry = |part: &TextPart, days: &Days<'_>| part.skipped == Some(Reason::Stamp) && days.is_entry(&part.range);
    let live = is_live(&parts, |part| is_entry(part, &days));
    if live {
        let stamps = parts.iter().filter(|part| is_entry(part, &days));
        let entries = stamps.filter_map(|part| Some((part.range.start, days.entry(&part.range)?.day))).collect();
        days.set_entries(entries);
    }
    let mut reader = Reader {
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
        shape,
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
        reader.shape = SourceShape::Live;
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
    let shape = reader.shape;
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

/// The outermost spans of everything that was said, in order and without overlaps.
fn outermost(found: &[Quoted]) -> Vec<Range<usize>> {
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

struct Reader<'t> {
    text: &'t str,
    language: &'t Language,
    days: &'t Days<'t>,
    published: NaiveDate,
    /// Everything that was said. Days and places in it are not when and where it was said.
    quotes: Vec<Range<usize>>,
    carry: Carry<String>,
    /// Where the text gives its own day.
    heading: Option<Range<usize>>,
    /// What kind of text it is.
    shape: SourceShape,
    /// Where the turns of a transcript are.
    turns: Vec<Range<usize>>,
    /// The day of the conversation, if the sentences around its turns give it.
    held: Option<SaidDay>,
    /// Whose words were said at an earlier time than the text is about, in which paragraph, and when.
    earlier: Option<(String, usize, SaidDay)>,
    /// The last words that were read, and when they were said. Anything they quote was said no later.
    last: Option<(Range<usize>, SaidDay)>,
    /// The paragraph of the words before, and when they were said.
    before: Option<(usize, SaidDay)>,
}

impl Reader<'_> {
    /// Makes a proposal from something that was said; `None` if no speaker is known.
    fn proposal(&mut self, quoted: &Quoted, parts: &[TextPart]) -> Option<Proposal> {
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
            speaker: words::name(&speaker.name),
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
    fn scene(&mut self, part: &TextPart, next: Option<&Quoted>) {
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

/// The longest lead of a clause, in words, that has no comma of its own: "If".
const LEAD: usize = 2;

/// The spans of a quotation as one line. The comma before the narration is the narrator's. It becomes a
/// full stop if the words go on with a new sentence, and is dropped if they go on with the same clause.
fn joined(text: &str, spans: &[Range<usize>], cues: &Cues) -> String {
    let mut out = String::new();
    for (i, span) in spans.iter().enumerate() {
        let piece = one_line(&text[span.clone()]);
        if i > 0 {
            let between = &text[spans[i - 1].end..span.start];
            let begins = |what: fn(char) -> bool| piece.chars().next().is_some_and(what);
            let class = cues.class(piece.split(' ').next().unwrap_or(""));
            let other_clause = class & CONJUNCTION != 0 && class & THAT == 0;
            let narrated = between.contains(char::is_alphanumeric);
            // The comma may be inside nested quotation marks: ‘No,’” she said.
            let comma = out.trim_end_matches(['’', '\'', '”', '"']).strip_suffix(',').map(str::len);
            if let Some(comma) = comma {
                // "If we wait,” she said, “we lose" needs its comma.
                let opens = cues.class(&out.split(' ').next().unwrap_or("").to_lowercase());
                let clause = opens & (CONJUNCTION | PREPOSITION) != 0 && out.split(' ').count() > LEAD;
                if narrated && begins(char::is_lowercase) && !other_clause && !clause {
                    out.remove(comma);
                } else if begins(char::is_uppercase) && between.contains(['.', '!', '?', '\n']) {
                    out.replace_range(comma..=comma, ".");
                }
            }
            // « Je suis prête », assure-t-elle. « Nous partons. »
            let open = comma.is_none() && narrated && out.ends_with(char::is_alphanumeric);
            if open && begins(char::is_uppercase) && between.contains(['.', '!', '?']) {
                out.push('.');
            }
            out.push(' ');
        }
        out += &piece;
    }
    out
}

/// A text with single spaces and no line break. A word that a hyphen breaks at the end of a line is whole again.
pub fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut line_ends = false;
    // Characters that control a terminal are not words.
    for piece in text.split_inclusive(|c: char| c.is_whitespace() || c.is_control()) {
        let word = piece.trim_end_matches(|c: char| c.is_whitespace() || c.is_control());
        if !word.is_empty() {
            let stem = out.strip_suffix('-').filter(|stem| stem.ends_with(char::is_alphabetic)).map(str::len);
            match stem.filter(|_| line_ends && word.starts_with(char::is_lowercase)) {
                Some(stem) => out.truncate(stem),
                None if !out.is_empty() => out.push(' '),
                None => {}
            }
            out.push_str(word);
            line_ends = false;
        }
        line_ends |= piece.ends_with('\n');
    }
    out
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

#[cfg(test)]
mod careful;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comma_before_the_narration_is_the_narrators() {
        let cues = Cues::english();
        for (text, expected) in [
            ("“We want,” she said, “to end it.”", "We want to end it."),
            ("“If,” she said, “we wait, we lose.”", "If we wait, we lose."),
            ("“We want it,” she said, “and we pay.”", "We want it, and we pay."),
            ("“If we wait long,” she said, “we lose.”", "If we wait long, we lose."),
            ("“a·” she said, “b”", "a· b"),
            ("“It is late,” she said. “Go home.”", "It is late. Go home."),
            ("“He said ‘no,’” she said. “Go home.”", "He said ‘no.’ Go home."),
            ("“It is,” “so late.”", "It is, so late."),
            ("“It is late”, she said. “Go home”", "It is late. Go home"),
            ("“It is 3 p.m.”, she said, “Mr. Lee”", "It is 3 p.m. Mr. Lee"),
        ] {
            let marks: Vec<usize> = text.match_indices(['“', '”']).map(|(at, _)| at).collect();
            let spans: Vec<Range<usize>> = marks.chunks(2).map(|pair| pair[0] + '“'.len_utf8()..pair[1]).collect();
            assert_eq!(joined(text, &spans, &cues), expected);
        }
    }
}
