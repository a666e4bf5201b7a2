//! What chart kinds are made from: the part of a study that is drawn, as numbered marks, and what all
//! pictures share.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use chrono::{Days, NaiveDate};

use crate::agreement::rules::{self, FirstContact};
use crate::agreement::share::Share;
use crate::chart::direction;
use crate::chart::figure::{Companion, KeyEntry, LevelTick, MarkKind, RowPanel, Tone, is_fine};
use crate::chart::locale::Locale;
use crate::codebook::{self, Issue, IssueIndex, Position, Settle};
use crate::corpus::{Corpus, Selection};
use crate::curve::Curve;
use crate::date::{self, Grain};
use crate::error::{Error, Result};
use crate::label::{ADJUDICATED, HandDecision, Labelled, Origin, Whose};
use crate::series::Series;
use crate::shift::Pair;
use crate::statement::{Kind, Statement, Verified};
use crate::study::Study;
use crate::study::left::{LeftLabel, WhyLeft};
use crate::words::many;

/// The column of outlets.
const PUBLISHER: &str = "source_publisher";
/// The most publishers that a picture names.
const MOST_PUBLISHERS: usize = 5;
/// The most groups that a picture names with their speakers.
const MOST_GROUPS: usize = 5;
/// If statements were only counted, the most that have a mark each. Of more, those of one day and position share one.
const MOST_MARKS: usize = 2_000;
/// The most marks of counted statements in a picture. No program would open one with more.
const MOST_SHARED: usize = 20_000;
/// The most speakers in a panel. More could not be read, and no program would open the picture.
pub const MOST_SPEAKERS: usize = 60;

/// The part of a study that is drawn.
pub struct View<'s> {
    /// The corpus.
    pub corpus: &'s Corpus,
    /// The selected speakers, issues and dates.
    pub selection: Selection,
    /// The fixed words, and the form of dates.
    pub locale: &'s Locale,
    study: &'s Study<'s>,
    marks: Vec<Marked<'s>>,
    /// The speaker, issue and statement of labels without a position because coders or rules differ, and how many
    /// statements they are.
    conflicts: Vec<(&'s str, IssueIndex, &'s str, usize)>,
    /// How many positions were settled by counting the answers of coders who differ.
    counted: usize,
    /// The coders who gave the positions by hand.
    coders: BTreeSet<&'s str>,
}

/// A statement with a position, in the form that pictures need.
#[derive(Debug, Clone, PartialEq)]
pub struct Marked<'s> {
    /// The number that links it to the table beside the picture, from 1.
    pub number: usize,
    /// The statement.
    pub statement: &'s Statement,
    /// The speaker, or the group that the study has instead.
    pub who: &'s str,
    /// The issue.
    pub issue: IssueIndex,
    /// The position.
    pub position: i32,
    /// Who decided it.
    pub kind: MarkKind,
    /// Whether rules alone decided it, checked against its source or not.
    pub by_rules: bool,
    /// Date, speaker, level, words and publisher.
    pub tooltip: String,
    /// How many statements it stands for: 1, except where many were only counted.
    pub stands_for: usize,
}

/// How many statements marks stand for.
pub fn statements<'m, 's: 'm>(marks: impl IntoIterator<Item = &'m Marked<'s>>) -> usize {
    marks.into_iter().map(|mark| mark.stands_for).sum()
}

/// How a label with a position is drawn.
pub fn mark_kind(label: &Labelled<'_>, whose: Whose) -> MarkKind {
    let decision = &label.decision;
    match (decision.origin(), decision.hand_position(), decision.rule_position()) {
        _ if label.statement.verified == Verified::No => MarkKind::Unverified,
        _ if whose == Whose::Rules => MarkKind::Rules,
        (Some(Origin::Rules), ..) => MarkKind::Rules,
        (_, Some(hand), Some(rule)) if hand != rule => MarkKind::HandAgainstRules,
        _ => MarkKind::Hand,
    }
}

/// Whether a label has its position by hand.
fn takes_hand(label: &Labelled<'_>) -> bool {
    label.decision.hand_position().is_some() && label.decision.origin() != Some(Origin::Rules)
}

/// The coders behind a label by hand. An adjudication is the work of them all.
fn coders_of<'s>(label: &Labelled<'s>) -> impl Iterator<Item = &'s str> + use<'s> {
    let coders: &[String] = match label.decision.hand {
        Some(HandDecision::Settled { coders, .. }) => coders,
        _ => &[],
    };
    coders.iter().map(String::as_str).filter(|coder| *coder != ADJUDICATED)
}

impl<'s> Marked<'s> {
    /// A label in the form in which it is drawn, with the position that some have given; `None` if they gave none.
    fn of(label: &Labelled<'s>, who: &'s str, whose: Whose) -> Option<Marked<'s>> {
        let position = label.decision.position_by(whose)?;
        let kind = mark_kind(label, whose);
        let by_rules = whose == Whose::Rules || label.decision.origin() == Some(Origin::Rules);
        let (statement, issue, tooltip, stands_for) = (label.statement, label.issue, String::new(), label.stands_for);
        Some(Marked { number: 0, statement, who, issue, position: position.0, kind, by_rules, tooltip, stands_for })
    }

    /// A mark for each statement that it stands for.
    fn apart(self) -> impl Iterator<Item = Marked<'s>> {
        let count = self.stands_for;
        std::iter::repeat_n(Marked { stands_for: 1, ..self }, count)
    }

    /// Whether the words are known. They are not if the statement was only counted.
    pub fn has_words(&self) -> bool {
        !self.statement.text.is_empty()
    }

    /// The statement's id.
    pub fn id(&self) -> &'s str {
        &self.statement.id
    }

    /// The speaker, or the group that counts as one.
    pub fn speaker(&self) -> &'s str {
        self.who
    }

    /// The first day on which the statement may have been made.
    pub fn from(&self) -> NaiveDate {
        self.statement.date.first()
    }

    /// The last day; equal to the first if the day is known.
    pub fn to(&self) -> NaiveDate {
        self.statement.date.last()
    }

    /// Whether the day is not known, but only the month, say.
    pub fn by_month(&self) -> bool {
        !self.statement.date.is_day()
    }

    /// The words.
    pub fn text(&self) -> &'s str {
        &self.statement.text
    }

    /// Whether the words are a paraphrase.
    pub fn indirect(&self) -> bool {
        self.statement.kind == Kind::Indirect
    }

    /// The publisher.
    pub fn publisher(&self) -> &'s str {
        &self.statement.source_publisher
    }
}

impl<'s> View<'s> {
    /// Takes the selected part of a study.
    pub fn new(study: &'s Study<'s>, selection: Selection, locale: &'s Locale) -> View<'s> {
        let drawn = |label: &'s Labelled<'s>| {
            let who = study.who(label.statement)?;
            selection.takes_pair(who, label.issue).then_some((who, label))
        };
        let labels = || study.labels.iter().filter_map(drawn);
        let mut marks: Vec<Marked<'s>> =
            labels().filter_map(|(who, label)| Marked::of(label, who, study.ask.whose)).collect();
        if study.counts.is_some() && statements(&marks) <= MOST_MARKS {
            marks = marks.into_iter().flat_map(Marked::apart).collect();
        }
        let open = labels().filter(|(_, label)| label.decision.conflict_by(study.ask.whose));
        let conflicts =
            open.map(|(who, label)| (who, label.issue, label.statement.id.as_str(), label.stands_for)).collect();
        // Numbered in reading order: panel by panel, each by date.
        let mut order: Vec<usize> = (0..marks.len()).collect();
        order.sort_by_key(|place| marks[*place].issue);
        for (number, place) in order.into_iter().enumerate() {
            let mark = &mut marks[place];
            mark.number = number + 1;
            mark.tooltip = tooltip(mark, study.corpus.codebook.issue(mark.issue), locale);
        }
        let counted = labels().filter(|(_, label)| label.decision.is_counted_by(study.ask.whose)).count();
        let by_hand = labels().filter(|(_, label)| study.ask.whose != Whose::Rules && takes_hand(label));
        let coders = by_hand.flat_map(|(_, label)| coders_of(label)).collect();
        View { corpus: study.corpus, selection, locale, study, marks, conflicts, counted, coders }
    }

    /// Whether statements were only counted.
    pub fn is_counted(&self) -> bool {
        self.study.counts.is_some()
    }

    /// What a mark is, with the dates of what is drawn.
    pub fn marks_said(&self) -> String {
        let shared = self.marks.iter().any(|mark| mark.stands_for > 1);
        let id = if shared { "timeline-subtitle-shared" } else { "timeline-subtitle" };
        self.locale.say(id, &[("dates", &self.dates())])
    }

    /// Checks that there are not too many marks to draw, where statements were only counted.
    ///
    /// # Errors
    /// [`Error::Request`] with the kinds that count statements instead.
    pub fn check_marks(&self) -> Result<()> {
        if !self.is_counted() || self.marks.len() <= MOST_SHARED {
            return Ok(());
        }
        let what = format!("{} would be too many", many(self.marks.len(), "mark"));
        let hint = "choose fewer speakers, issues or days, or draw months, coverage, shift or dumbbell, which count statements";
        Err(Error::request(what, hint))
    }

    /// The part of it that is about one issue.
    pub fn only(&self, issue: IssueIndex) -> View<'s> {
        View::new(self.study, Selection { issues: vec![issue], ..self.selection.clone() }, self.locale)
    }

    /// The issues that are drawn, in the codebook's order.
    pub fn issues(&self) -> impl Iterator<Item = (IssueIndex, &'s Issue)> {
        let (codebook, selection) = (&self.corpus.codebook, &self.selection);
        codebook.indices().filter(|issue| selection.takes_issue(*issue)).map(|issue| (issue, codebook.issue(issue)))
    }

    /// All statements with a position, by date, then id.
    pub fn marks(&self) -> &[Marked<'s>] {
        &self.marks
    }

    /// All statements with a position on one issue.
    pub fn marks_on(&self, issue: IssueIndex) -> impl Iterator<Item = &Marked<'s>> {
        self.marks.iter().filter(move |mark| mark.issue == issue)
    }

    /// How many statements of drawn speakers on an issue have no position because labels are in conflict.
    pub fn conflicts(&self, issue: IssueIndex) -> usize {
        let drawn: BTreeSet<&str> = self.marks.iter().map(Marked::speaker).collect();
        let here = self.conflicts.iter().filter(|(who, other, ..)| *other == issue && drawn.contains(who));
        here.map(|(.., count)| count).sum()
    }

    /// A note to a panel of all speakers, with how many statements on its issue are in conflict.
    pub fn with_conflicts(&self, note: &str, issue: IssueIndex) -> String {
        let more = match self.conflicts(issue) {
            0 => return note.to_owned(),
            count => self.locale.many("note-conflicts", count),
        };
        self.locale.clauses(&[note.to_owned(), more])
    }

    /// The column whose values count as speakers, if that was asked for.
    pub fn by(&self) -> Option<&'s str> {
        self.study.ask.by.as_ref().map(|column| column.name.as_str())
    }

    /// The column in words: a word of the language where it has one.
    fn column(&self) -> Option<String> {
        Some(self.locale.say("by-column", &[("column", &self.by()?)]))
    }

    /// The drawn groups, each with its speakers.
    fn members(&self) -> BTreeMap<&'s str, BTreeSet<&'s str>> {
        let mut members: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for mark in &self.marks {
            members.entry(mark.speaker()).or_default().insert(&mark.statement.speaker);
        }
        members
    }

    /// A title that says, if groups count as speakers, whose statements they have: an outlet holds no position, it prints
    /// those of others. Other groups are named as they are.
    pub fn by_whom(&self, title: String) -> String {
        let (Some(by), Some(word)) = (self.by(), self.column()) else { return title };
        let members = self.members();
        let speakers: BTreeSet<&str> = members.values().flatten().copied().collect();
        let only = speakers.first().filter(|_| speakers.len() == 1);
        let isolated = |name: &str| direction::isolated(name).into_owned();
        // A title about one outlet begins with its name.
        let outlet = members.keys().next().filter(|_| by == PUBLISHER && members.len() == 1);
        if let Some((name, rest)) = outlet.and_then(|name| Some((name, title.strip_prefix(&isolated(name))?))) {
            let said = match only {
                Some(only) => self.locale.say("statements-in-of", &[("speaker", only), ("name", name)]),
                None => self.locale.say("statements-in", &[("name", name)]),
            };
            return said + rest;
        }
        match only {
            Some(only) => self
                .locale
                .say("title-by-of", &[("speaker", only), ("column", &by), ("word", &word), ("title", &title)]),
            None => self.locale.say("title-by", &[("column", &by), ("title", &title)]),
        }
    }

    /// What the drawn groups are, who speaks in each, and how many are left out; `None` if speakers are drawn.
    fn groups(&self) -> Option<String> {
        let (locale, column) = (self.locale, self.column()?);
        let members = self.members();
        let speakers: BTreeSet<&str> = members.values().flatten().copied().collect();
        let only = speakers.first().filter(|_| speakers.len() == 1);
        let named = |(group, who): (&&str, &BTreeSet<&str>)| match (only, who.first()) {
            (Some(_), _) => (*group).to_owned(),
            (None, Some(one)) if who.len() == 1 => locale.say("group-only", &[("group", group), ("speaker", one)]),
            _ => locale.say("group-mixed", &[("group", group), ("speakers", &locale.many("members", who.len()))]),
        };
        let names: Vec<String> = members.iter().take(MOST_GROUPS).map(named).collect();
        let groups = match members.len().saturating_sub(MOST_GROUPS) {
            0 => locale.list(&names),
            more => locale.say("names-more", &[("names", &names.join(", ")), ("count", &more)]),
        };
        let mut said = vec![locale.say("groups-are", &[("column", &column), ("groups", &groups)])];
        said.extend(only.map(|only| locale.say("groups-one-speaker", &[("speaker", only)])));
        let drawn =
            |pair: &&Pair| self.selection.takes_issue(pair.index) && !members.contains_key(pair.speaker.as_str());
        let left: BTreeSet<&str> =
            self.study.verdicts.pairs.iter().filter(drawn).map(|pair| pair.speaker.as_str()).collect();
        said.extend((!left.is_empty()).then(|| locale.many("groups-left", left.len())));
        Some(said.join(" "))
    }

    /// How many of them are by one speaker.
    pub fn conflicts_of(&self, speaker: &str, issue: IssueIndex) -> usize {
        let of = |(who, other, ..): &&(&str, IssueIndex, &str, usize)| *who == speaker && *other == issue;
        self.conflicts.iter().filter(of).map(|(.., count)| count).sum()
    }

    /// A speaker's statements with a position on an issue.
    pub fn marks_of(&self, speaker: &str, issue: IssueIndex) -> impl Iterator<Item = &Marked<'s>> {
        self.marks_on(issue).filter(move |mark| mark.speaker() == speaker)
    }

    /// A speaker's positions on an issue, counted by day.
    pub fn series(&self, speaker: &str, issue: IssueIndex) -> Option<&'s Series<'s>> {
        self.study.series.iter().find(|series| series.speaker == speaker && series.issue == issue)
    }

    /// The drawn speakers: those that were asked for, or all.
    pub fn speaker(&self) -> String {
        match self.selection.speakers.as_slice() {
            [] => self.locale.say("all-speakers", &[]),
            names => names.join(", "),
        }
    }

    /// The verdicts on what is drawn.
    pub fn pairs(&self) -> impl Iterator<Item = &'s Pair> {
        let selection = &self.selection;
        self.study.verdicts.pairs.iter().filter(|pair| selection.takes_pair(&pair.speaker, pair.index))
    }

    /// The unit of the test: what is said in one counts as said at once.
    pub fn grain(&self) -> Grain {
        self.pairs().next().map_or(Grain::Day, |pair| pair.grain)
    }

    /// The verdict on a speaker and issue.
    pub fn pair(&self, speaker: &str, issue: IssueIndex) -> Option<&'s Pair> {
        self.study.pair(speaker, issue)
    }

    /// The curve of a speaker on an issue, if there is one.
    pub fn curve(&self, speaker: &str, issue: IssueIndex) -> Option<Curve> {
        self.study.curve(speaker, issue).filter(|curve| !curve.values.is_empty())
    }

    /// The days to draw: those of the labels with a little room around them, within their months, or the dates that
    /// were asked for.
    ///
    /// # Errors
    /// [`Error::Request`] if there is no position and no dates were asked for.
    pub fn span(&self) -> Result<(NaiveDate, NaiveDate)> {
        let first = self.marks.iter().map(Marked::from).min();
        let last = self.marks.iter().map(Marked::to).max();
        let between = first.zip(last).map_or(0, |(first, last)| (last - first).num_days());
        let room = Days::new((between / 40).clamp(2, 31) as u64);
        let before = |day: NaiveDate| (day - room).max(date::month_start(day));
        let after = |day: NaiveDate| (day + room).min(date::month_end(day));
        let first = self.selection.from.or(first.map(before));
        let last = self.selection.to.or(last.map(after));
        let (Some(from), Some(to)) = (first, last) else {
            let by = match self.selection.speakers.as_slice() {
                [] => String::new(),
                names => format!(" by {}", names.join(", ")),
            };
            let what = format!("there is no statement with a position{by} here");
            let hint = "choose another speaker, other issues or other dates; `stance check` counts them";
            return Err(Error::request(what, hint));
        };
        // If nothing is drawn, an end that was not asked for is unknown.
        Ok((from, to.max(from)))
    }

    /// The days from the first drawn statement to the last, in words: `on 8 July 2025`, or from a day to a day.
    pub fn dates(&self) -> String {
        let within = |date: NaiveDate| {
            let (from, to) = (self.selection.from.unwrap_or(date), self.selection.to.unwrap_or(date));
            date.max(from).min(to.max(from))
        };
        let first = self.marks.iter().map(|mark| within(mark.from())).min();
        let last = self.marks.iter().map(|mark| within(mark.to())).max();
        match (first, last) {
            (Some(first), Some(last)) if first < last => {
                self.locale.say("from-to", &[("from", &self.locale.day(first)), ("to", &self.locale.day(last))])
            }
            (Some(day), _) => self.locale.say("when-day", &[("day", &self.locale.day(day))]),
            _ => String::new(),
        }
    }

    /// How the pictures were made, as a table: what they rest on, and the p of every verdict.
    pub fn method(&self) -> Companion {
        let corpus = self.corpus;
        let mut rows = vec![
            ["corpus".to_owned(), corpus.name()],
            ["corpus hash".to_owned(), self.study.fingerprint()],
            ["rules hash".to_owned(), self.rules_mark()],
            ["seed".to_owned(), self.study.ask.request.seed.to_string()],
            ["Stance".to_owned(), env!("CARGO_PKG_VERSION").to_owned()],
            ["unit of the test".to_owned(), self.grain().word().to_owned()],
            ["pairs tested".to_owned(), self.study.verdicts.tested.to_string()],
        ];
        let [outside, unverified, published] = self.left();
        let left = [
            ("left out, not verified yet", unverified),
            ("left out, only the day of publication is known", published),
            ("left out, outside the dates", outside),
        ];
        let left = left.into_iter().filter(|(_, count)| *count > 0);
        rows.extend(left.map(|(what, count)| [what.to_owned(), many(count, "statement")]));
        for pair in self.pairs() {
            let p = [pair.p, pair.p_corrected].map(|p| p.map_or("none".to_owned(), |p| p.to_string()));
            let [p, corrected] = p;
            let mut value = format!("{}, p {p}, corrected {corrected}", pair.verdict.word());
            if let Some(again) = pair.recoded.filter(|again| again.repeats > 0) {
                value += &format!(", holds in {} of {} runs with labels of other coders", again.stands, again.repeats);
            }
            if let Some(again) = pair.relabelled.filter(|again| again.repeats > 0) {
                value += &format!(", holds in {} of {} runs with the errors of rules", again.stands, again.repeats);
            }
            rows.push([format!("{} on {}", pair.speaker, pair.issue), value]);
        }
        Companion { header: vec!["what", "value"], rows: rows.into_iter().map(Vec::from).collect() }
    }

    /// Explains the kinds of marks that occur, if one of them is not by hand.
    pub fn marks_key(&self) -> Vec<KeyEntry> {
        let kinds = [
            (MarkKind::Hand, self.locale.say("key-hand", &[])),
            (MarkKind::HandAgainstRules, self.locale.say("key-hand-against-rules", &[])),
            (MarkKind::Rules, self.locale.say("key-rules", &[])),
            (MarkKind::Unverified, self.locale.say("key-unverified", &[])),
        ];
        let drawn = |kind: MarkKind| self.marks.iter().any(|row| row.kind == kind);
        // If all marks are the usual ones, the line of counts says it.
        if self.marks.iter().all(|row| row.kind == MarkKind::Hand) {
            return Vec::new();
        }
        let kinds = kinds.into_iter().filter(|(kind, _)| drawn(*kind));
        kinds.map(|(kind, words)| KeyEntry::Mark(kind, words)).collect()
    }

    /// Every mark with its quotation and its source, by number.
    pub fn quotations(&self) -> Companion {
        let mut header = vec![
            "number",
            "statement_id",
            "date",
            "date_precision",
            "speaker",
            "issue",
            "position",
            "level",
            "origin",
            "kind",
            "text",
            "source_publisher",
            "source_title",
            "source_url",
        ];
        if self.is_counted() {
            header.push("statements");
        }
        let mut marks: Vec<&Marked<'_>> = self.marks.iter().collect();
        marks.sort_by_key(|mark| mark.number);
        let row = |mark: &Marked<'_>| {
            let (issue, statement) = (self.corpus.codebook.issue(mark.issue), mark.statement);
            let level = issue.level(Position(mark.position)).map_or("", |level| &level.words);
            let origin = match mark.kind {
                MarkKind::Hand | MarkKind::HandAgainstRules => "hand",
                MarkKind::Rules => "rules",
                MarkKind::Unverified => "unverified",
            };
            let cells = [
                mark.number.to_string(),
                statement.id.clone(),
                statement.date.written.to_string(),
                statement.date.precision.word().to_owned(),
                statement.speaker.clone(),
                issue.id.clone(),
                mark.position.to_string(),
                level.to_owned(),
                origin.to_owned(),
                if mark.has_words() { statement.kind.word().to_owned() } else { String::new() },
                statement.text.clone(),
                statement.source_publisher.clone(),
                statement.source_title.clone(),
                statement.source_url.clone(),
            ];
            let mut cells = cells.to_vec();
            cells.extend(self.is_counted().then(|| mark.stands_for.to_string()));
            cells
        };
        Companion { header, rows: marks.into_iter().map(row).collect() }
    }

    /// The levels of an issue in the form that axes show.
    pub fn levels(&self, issue: &Issue) -> Vec<LevelTick> {
        let level = |level: &codebook::Level| LevelTick {
            position: level.position.0,
            number: self.locale.position_on(issue, level.position.0),
            words: level.words.clone(),
        };
        issue.levels.iter().map(level).collect()
    }

    /// The colours of levels, with the words of the first issue, or with numbers if the issues differ. If even their
    /// scales differ in length, only the ends, which they all have.
    pub fn levels_key(&self) -> Vec<KeyEntry> {
        let mut scales: Vec<Vec<(i32, &str)>> = Vec::new();
        for (_, issue) in self.issues() {
            scales.push(issue.levels.iter().map(|level| (level.position.0, level.words.as_str())).collect());
        }
        let Some(first) = scales.first() else { return Vec::new() };
        let positions: Vec<i32> = first.iter().map(|(position, _)| *position).collect();
        let same_words = scales.iter().all(|scale| scale == first);
        let ends = |position: i32| match position {
            _ if Some(&position) == positions.first() => format!(" {}", self.corpus.codebook.low),
            _ if Some(&position) == positions.last() => format!(" {}", self.corpus.codebook.high),
            _ => String::new(),
        };
        if scales.iter().any(|scale| scale.len() != first.len()) {
            let end = |position: Option<&i32>, id: &str| {
                Some(KeyEntry::Tone(Tone::Position(*position?), positions.clone(), self.locale.say(id, &[])))
            };
            let ends = [end(positions.first(), "lowest-level"), end(positions.last(), "highest-level")];
            return ends.into_iter().flatten().collect();
        }
        let issue = self.issues().next().map(|(_, issue)| issue);
        let entry = |(position, words): &(i32, &str)| {
            let number = issue.map_or(String::new(), |issue| self.locale.position_on(issue, *position));
            let words = if same_words { (*words).to_owned() } else { format!("{number}{}", ends(*position)) };
            KeyEntry::Tone(Tone::Position(*position), positions.clone(), words)
        };
        if is_fine(first.len()) {
            let parts = [0, first.len() / 4, first.len() / 2, first.len() - 1 - first.len() / 4, first.len() - 1];
            return parts.iter().map(|rank| entry(&first[*rank])).collect();
        }
        first.iter().map(entry).collect()
    }

    /// Counts, coders and sources: what a reader asks for. The last line is the source, empty if none is known.
    pub fn footer(&self) -> Vec<String> {
        let (corpus, locale) = (self.corpus, self.locale);
        let ids: BTreeSet<&str> = self.marks.iter().map(|row| row.id()).collect();
        let days: BTreeSet<NaiveDate> = self.marks.iter().filter(|row| !row.by_month()).map(|row| row.from()).collect();
        let count = statements(&self.marks);
        // Whether a statement is checked against its source says nothing about who gave it its position.
        let by_rules = statements(self.marks.iter().filter(|row| row.by_rules));
        let by_hand = count - by_rules;
        let coders = self.coders.len();
        let both: [(&'static str, &dyn Display); 2] = [("hand", &by_hand), ("rules", &by_rules)];
        let coded = match (by_hand, by_rules, coders) {
            (_, 0, 0) => locale.say("coded-by-hand", &[]),
            (_, 0, _) => locale.many("coded-by-hand-of", coders),
            (0, ..) => locale.say("coded-by-rules", &[]),
            (.., 0) => locale.say("coded-by-both", &both),
            _ => locale.many_of("coded-by-both-of", coders, &both),
        };
        // A statement may have a position on several issues.
        let id = match self.is_counted() {
            // Counts do not say which positions are of one statement.
            true => "footer-counted",
            false if count == ids.len() => "footer-counts",
            false => "footer-counts-positions",
        };
        let (mut said, mut positions) = (locale.many("statements", ids.len()), locale.many("positions", count));
        let dated = statements(self.marks.iter().filter(|row| !row.by_month()));
        let on_days = match dated {
            _ if dated == count || dated == 0 => locale.many("on-days", days.len()),
            _ => {
                let part = if id == "footer-counts" { &mut said } else { &mut positions };
                *part = locale.say("of-them", &[("statements", part), ("dated", &dated)]);
                locale.many("on-known-days", days.len())
            }
        };
        let counts = locale
            .say(id, &[("statements", &said), ("positions", &positions), ("on-days", &on_days), ("coded", &coded)]);
        let mut lines: Vec<String> = self.groups().into_iter().collect();
        let mut counts = vec![counts];
        let grain = self.grain();
        let timeless = self.marks.iter().any(|row| grain.of(row.statement.date).is_none());
        let tested = timeless && self.pairs().any(|pair| pair.tested);
        counts.extend(tested.then(|| locale.say("footer-dated", &[("unit", &grain.word())])));
        let unverified: BTreeSet<&str> =
            self.marks.iter().filter(|row| row.kind == MarkKind::Unverified).map(Marked::id).collect();
        counts.extend((!unverified.is_empty()).then(|| locale.many("footer-unverified", unverified.len())));
        counts.extend(self.left_out(&ids));
        lines.push(counts.join(" "));
        // Counts do not say by whom the labels are, nor how they were settled.
        let whose = by_hand > 0 && !self.is_counted();
        if let Some(coders) = corpus.codebook.coders.as_ref().filter(|coders| whose && !coders.is_empty()) {
            let coders: Vec<String> =
                coders.iter().map(|(name, who)| format!("{name}, {}", who.trim_end_matches('.'))).collect();
            lines.push(locale.say("footer-coders", &[("coders", &locale.clauses(&coders))]));
        }
        // Without a rule in the codebook, coders agree on every position, or an adjudication decides it.
        let positions = locale.many("positions", self.counted);
        match corpus.codebook.settle {
            _ if !whose => {}
            Settle::Adjudication => {}
            Settle::Majority => lines.push(locale.say("footer-majority", &[("positions", &positions)])),
            Settle::Median => lines.push(locale.say("footer-median", &[("positions", &positions)])),
        }
        if by_rules > 0 {
            lines.push(self.rules_on_unseen());
        }
        lines.push(self.source());
        lines
    }

    /// How many statements of the drawn speakers or groups are not drawn, and why, as a sentence. Those in conflict are
    /// counted beside their panel, so not here.
    fn left_out(&self, drawn: &BTreeSet<&str>) -> Option<String> {
        let speakers: BTreeSet<&str> = self.marks.iter().map(Marked::speaker).collect();
        let noted = self.conflicts.iter().filter(|(who, ..)| speakers.contains(who));
        let noted: BTreeSet<&str> = noted.map(|(_, _, id, _)| *id).collect();
        let elsewhere = |label: &&Labelled<'_>| {
            label.decision.position_by(self.study.ask.whose).is_some() && !self.selection.takes_issue(label.issue)
        };
        let elsewhere: BTreeSet<&str> =
            self.study.labels.iter().filter(elsewhere).map(|label| label.statement.id.as_str()).collect();
        let left = self.selected().filter(|id| !drawn.contains(id) && !noted.contains(id));
        let (others, without): (Vec<&str>, Vec<&str>) = left.partition(|id| elsewhere.contains(id));
        let [outside, unverified, published] = self.left();
        let parts = [
            ("left-other-issues", others.len()),
            ("left-without", without.len()),
            ("report-left-unverified", unverified),
            ("report-left-days", published),
            ("left-dates", outside),
        ];
        let parts = parts.into_iter().filter(|(_, count)| *count > 0);
        let parts: Vec<String> = parts
            .map(|(id, count)| self.locale.say(id, &[("statements", &self.locale.many("statements", count))]))
            .collect();
        (!parts.is_empty()).then(|| self.locale.say("footer-not-drawn", &[("what", &self.locale.list(&parts))]))
    }

    /// How many statements with a position of the drawn speakers on the drawn issues are left out: outside the dates, not
    /// verified, and with no known day but that of publication.
    fn left(&self) -> [usize; 3] {
        let here = |why: WhyLeft| {
            let drawn = |left: &&LeftLabel| {
                let who = self.study.who(&self.corpus.statements.rows[left.place]);
                left.why == why && who.is_some_and(|who| self.selection.takes_pair(who, left.issue))
            };
            self.study.left().iter().filter(drawn).map(|left| left.place).collect::<BTreeSet<_>>().len()
        };
        [WhyLeft::Dates, WhyLeft::Unverified, WhyLeft::Published].map(here)
    }

    /// The statements of the drawn speakers or groups, with a position or not.
    fn selected(&self) -> impl Iterator<Item = &'s str> {
        let read = Selection { speakers: self.study.ask.selection.speakers.clone(), ..self.selection.clone() };
        let groups = &self.selection.speakers;
        let of_group = move |statement: &'s Statement| match self.study.who(statement) {
            Some(who) => groups.is_empty() || groups.iter().any(|group| group == who),
            None => false,
        };
        let by_group = self.by().is_some();
        let taken = move |statement: &&'s Statement| match by_group {
            true => read.takes(statement) && of_group(statement),
            false => self.selection.takes(statement),
        };
        self.corpus.statements.rows.iter().filter(taken).map(|statement| statement.id.as_str())
    }

    /// Where the statements were read: the publishers with the most statements first, equal ones by name. Empty if neither
    /// they nor a title are known: the name of a folder is no source.
    fn source(&self) -> String {
        let mut by_publisher: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for mark in self.marks.iter().filter(|mark| !mark.publisher().is_empty()) {
            by_publisher.entry(mark.publisher()).or_default().insert(mark.id());
        }
        let mut publishers: Vec<(&str, usize)> =
            by_publisher.into_iter().map(|(publisher, ids)| (publisher, ids.len())).collect();
        publishers.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        let more = publishers.len().saturating_sub(MOST_PUBLISHERS);
        let names: Vec<String> =
            publishers.iter().take(MOST_PUBLISHERS).map(|(name, count)| format!("{name} ({count})")).collect();
        // A title that nobody wrote says what the picture says, and in English.
        let codebook = &self.corpus.codebook;
        let names_of = || codebook.issues.iter().map(|issue| issue.name.as_str());
        let own = codebook.title != codebook::begun_title(names_of());
        let title = if own { codebook.title.trim_end_matches('.') } else { "" };
        let data = || if own { self.locale.say("footer-data", &[("title", &title)]) } else { String::new() };
        let said = match (names.is_empty(), more) {
            // Of counted statements only few are there, so their publishers say nothing of the others.
            _ if self.is_counted() => return data(),
            (true, _) => return data(),
            (_, 0) => names.join(", "),
            (_, more) => self.locale.say("names-more", &[("names", &names.join(", ")), ("count", &more)]),
        };
        let id = if own { "footer-source" } else { "footer-publishers" };
        self.locale.say(id, &[("title", &title), ("publishers", &said)])
    }

    /// Which rules. Counts do not say from which they are.
    fn rules_mark(&self) -> String {
        if self.is_counted() { "?".to_owned() } else { self.corpus.rules.fingerprint() }
    }

    /// Which corpus, rules and program: for those who check a picture.
    pub fn method_line(&self) -> String {
        self.locale.say(
            "footer-method",
            &[
                ("corpus", &self.corpus.name()),
                ("hash", &self.study.fingerprint()),
                ("rules", &self.rules_mark()),
                ("seed", &self.study.ask.request.seed),
                ("version", &env!("CARGO_PKG_VERSION")),
            ],
        )
    }

    /// How the rules do on statements that their author had not seen, at first contact.
    fn rules_on_unseen(&self) -> String {
        let met = rules::unseen(self.corpus).first_contact;
        let issue = |(_, issue): (IssueIndex, &Issue)| {
            let contact = met.iter().find(|contact| contact.issue == issue.id)?;
            let (part, whole) = (contact.counts.exact, contact.counts.found);
            let (low, high) = Share { part, whole }.interval()?;
            let percent = |share: f64| (100.0 * share).round();
            let share: [(&'static str, &dyn Display); 4] =
                [("part", &part), ("whole", &whole), ("low", &percent(low)), ("high", &percent(high))];
            Some(format!("{} {}", issue.name, self.locale.say("footer-share", &share)))
        };
        let figures: Vec<String> = self.issues().filter_map(issue).collect();
        if figures.is_empty() {
            return self.locale.say("footer-rules-unknown", &[]);
        }
        // If one figure is of earlier rules, the line must not claim that all are of these.
        let shown = |contact: &FirstContact| self.issues().any(|(_, issue)| issue.id == contact.issue);
        let earlier = met.iter().any(|contact| !contact.same_rules && shown(contact));
        let message = if earlier { "footer-rules-unseen-earlier" } else { "footer-rules-unseen" };
        self.locale.say(message, &[("figures", &self.locale.clauses(&figures))])
    }
}

/// What a picture says about rows that it has no room for, by their number: from none to all.
pub fn not_drawn(locale: &Locale, id: &str, panels: &[RowPanel]) -> Vec<String> {
    let rows: usize = panels.iter().map(|panel| panel.rows.len()).sum();
    (0..=rows).map(|count| locale.many(id, count)).collect()
}

/// The date, speaker, level, words and publisher of a statement.
fn tooltip(mark: &Marked<'_>, issue: &Issue, locale: &Locale) -> String {
    let position = Position(mark.position);
    if !mark.has_words() {
        let counted: [(&'static str, &dyn Display); 5] = [
            ("when", &locale.date(mark.statement.date)),
            ("speaker", &mark.statement.speaker),
            ("level", &issue.level(position).map_or("", |level| &level.words)),
            ("position", &locale.position_on(issue, mark.position)),
            ("statements", &locale.many("statements", mark.stands_for)),
        ];
        return locale.say("tooltip-counted", &counted);
    }
    let text = locale.say(
        "tooltip",
        &[
            ("when", &locale.date(mark.statement.date)),
            ("speaker", &mark.statement.speaker),
            ("level", &issue.level(position).map_or("", |level| &level.words)),
            ("position", &locale.position_on(issue, mark.position)),
            ("said", &locale.quoted(mark.text(), mark.indirect())),
            ("publisher", &mark.publisher()),
        ],
    );
    text.trim_end().to_owned()
}
