//! What chart kinds are made from: the labels of a frame as plain rows, and what their pictures share.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use polars::prelude::*;

use crate::chart::figure::{Companion, KeyEntry, Level, MarkKind, RowPanel, Tone};
use crate::chart::locale::Locale;
use crate::codebook::{self, Issue, IssueIndex, Position};
use crate::corpus::Corpus;
use crate::date;
use crate::error::{Error, Result};
use crate::frame::{LabelFrame, Selection};
use crate::shift::{Pair, Verdicts};
use crate::statement::{Statement, Verified};

/// The most speakers in a panel: more could not be read, and would make a picture that nothing opens.
pub const MOST_SPEAKERS: usize = 60;

/// The labels that are drawn, and the verdicts on them.
pub struct Source<'c> {
    /// The corpus they are of.
    pub corpus: &'c Corpus,
    /// Which labels.
    pub selection: &'c Selection,
    /// What can be said of them, as some of all pairs of the corpus.
    verdicts: &'c Verdicts,
    /// The seed of all that is random.
    pub seed: u64,
    /// The fixed words, and how dates are written.
    pub locale: &'c Locale,
    /// The frame they come from.
    pub labels: &'c LabelFrame,
    rows: Vec<Labelled<'c>>,
    /// Statements and issues without a position, since labels are in conflict.
    conflicts: Vec<(&'c str, IssueIndex)>,
}

/// A statement with a position, as pictures need it.
#[derive(Debug, Clone, PartialEq)]
pub struct Labelled<'c> {
    /// The number that keys it to the table beside the picture, from 1.
    pub number: usize,
    /// The statement's id.
    pub id: &'c str,
    /// Who speaks.
    pub speaker: &'c str,
    /// First day on which the words may have been said.
    pub from: NaiveDate,
    /// Last day; equal to `from` where the day is known.
    pub to: NaiveDate,
    /// Whether only the month is known.
    pub by_month: bool,
    /// About what.
    pub issue: IssueIndex,
    /// The position.
    pub position: i32,
    /// Who decided it.
    pub kind: MarkKind,
    /// The words.
    pub text: &'c str,
    /// Whether that is a paraphrase.
    pub indirect: bool,
    /// Who published them.
    pub publisher: &'c str,
    /// Date, speaker, level, words and publisher.
    pub tooltip: String,
}

impl<'c> Source<'c> {
    /// Takes the labels out of a frame.
    ///
    /// # Errors
    /// Whatever polars refuses.
    pub fn new(
        corpus: &'c Corpus,
        labels: &'c LabelFrame,
        selection: &'c Selection,
        verdicts: &'c Verdicts,
        seed: u64,
        locale: &'c Locale,
    ) -> Result<Source<'c>> {
        let frame = labels.data();
        let text = |name: &str| -> Result<&'c StringChunked> { Ok(frame.column(name)?.str()?) };
        let number = |name: &str| -> Result<&'c Int32Chunked> { Ok(frame.column(name)?.i32()?) };
        let (ids, issues, origins) = (text("statement_id")?, text("issue")?, text("origin")?);
        let (precisions, speakers) = (text("date_precision")?, text("speaker")?);
        let (kinds, texts, publishers) = (text("kind")?, text("text")?, text("source_publisher")?);
        let (positions, hands, rules) = (number("position")?, number("hand_position")?, number("rule_position")?);
        let days: Vec<Option<NaiveDate>> = frame.column("date")?.date()?.as_date_iter().collect();
        let (mut rows, mut conflicts) = (Vec::new(), Vec::new());
        for (i, day) in days.into_iter().enumerate() {
            let issue = issues.get(i).and_then(|id| corpus.codebook.find(id));
            let (Some(id), Some(issue), Some(day)) = (ids.get(i), issue, day) else { continue };
            let Some(position) = positions.get(i) else {
                if origins.get(i) == Some("conflict") {
                    conflicts.push((id, issue));
                }
                continue;
            };
            let by_month = precisions.get(i) == Some("month");
            let statement = corpus.statements.find(id).map(|place| &corpus.statements.rows[place]);
            let kind = match (origins.get(i), hands.get(i), rules.get(i)) {
                _ if statement.is_some_and(|statement| statement.verified == Verified::No) => MarkKind::Unverified,
                (Some("rules"), ..) => MarkKind::Rules,
                (_, Some(hand), Some(rule)) if hand != rule => MarkKind::HandAgainstRules,
                _ => MarkKind::Hand,
            };
            let (speaker, text) = (speakers.get(i).unwrap_or(""), texts.get(i).unwrap_or(""));
            let (indirect, publisher) = (kinds.get(i) != Some("direct"), publishers.get(i).unwrap_or(""));
            rows.push(Labelled {
                number: 0,
                id,
                speaker,
                from: if by_month { date::month_start(day) } else { day },
                to: if by_month { date::month_end(day) } else { day },
                by_month,
                issue,
                position,
                kind,
                text,
                indirect,
                publisher,
                tooltip: String::new(),
            });
        }
        // Numbered as they are read: panel by panel, each by date.
        let mut order: Vec<usize> = (0..rows.len()).collect();
        order.sort_by_key(|place| rows[*place].issue);
        for (number, place) in order.into_iter().enumerate() {
            let row = &mut rows[place];
            row.number = number + 1;
            row.tooltip = tooltip(row, corpus.codebook.issue(row.issue), locale);
        }
        Ok(Source { corpus, selection, verdicts, seed, locale, labels, rows, conflicts })
    }

    /// The issues that are drawn, in the codebook's order.
    pub fn issues(&self) -> impl Iterator<Item = (IssueIndex, &'c Issue)> {
        let (codebook, selection) = (&self.corpus.codebook, self.selection);
        codebook.indices().filter(|issue| selection.takes_issue(*issue)).map(|issue| (issue, codebook.issue(issue)))
    }

    /// All statements with a position, by date, then id.
    pub fn rows(&self) -> &[Labelled<'c>] {
        &self.rows
    }

    /// Those on one issue.
    pub fn labelled(&self, issue: IssueIndex) -> impl Iterator<Item = &Labelled<'c>> {
        self.rows.iter().filter(move |row| row.issue == issue)
    }

    /// How many statements on an issue have no position, since labels are in conflict.
    pub fn conflicts(&self, issue: IssueIndex) -> usize {
        self.conflicts.iter().filter(|(_, other)| *other == issue).count()
    }

    /// Who is drawn: the speakers that were asked for, or all.
    pub fn speaker(&self) -> String {
        match self.selection.speakers.as_slice() {
            [] => self.locale.say("all-speakers", &[]),
            names => names.join(", "),
        }
    }

    /// The verdicts on what is drawn.
    pub fn pairs(&self) -> impl Iterator<Item = &'c Pair> {
        let selection = self.selection;
        let drawn = |pair: &&Pair| {
            selection.takes_issue(pair.index)
                && (selection.speakers.is_empty() || selection.speakers.contains(&pair.speaker))
        };
        self.verdicts.pairs.iter().filter(drawn)
    }

    /// The verdict on a speaker and issue.
    pub fn pair(&self, speaker: &str, issue: IssueIndex) -> Option<&'c Pair> {
        self.verdicts.pairs.iter().find(|pair| pair.speaker == speaker && pair.index == issue)
    }

    /// The days to draw: the whole months of the labels, or what was asked for.
    ///
    /// # Errors
    /// [`Error::Request`] where there is no position and no dates were asked for.
    pub fn span(&self) -> Result<(NaiveDate, NaiveDate)> {
        let first = self.selection.from.or_else(|| self.rows.iter().map(|row| date::month_start(row.from)).min());
        let last = self.selection.to.or_else(|| self.rows.iter().map(|row| date::month_end(row.to)).max());
        let (Some(from), Some(to)) = (first, last) else {
            let what = format!("{} has no statement with a position here", self.speaker());
            let hint = "choose another speaker, other issues or other dates; `stance check` counts";
            return Err(Error::request(what, hint));
        };
        // Where nothing is drawn, the end that was not asked for is unknown.
        Ok((from, to.max(from)))
    }

    /// Explains the kinds of marks that are there.
    pub fn marks_key(&self) -> Vec<KeyEntry> {
        let kinds = [
            (MarkKind::Hand, self.locale.say("key-hand", &[])),
            (MarkKind::HandAgainstRules, self.locale.say("key-hand-against-rules", &[])),
            (MarkKind::Rules, self.locale.say("key-rules", &[])),
            (MarkKind::Unverified, self.locale.say("key-unverified", &[])),
        ];
        let drawn = |kind: MarkKind| self.rows.iter().any(|row| row.kind == kind);
        let kinds = kinds.into_iter().filter(|(kind, _)| drawn(*kind));
        kinds.map(|(kind, words)| KeyEntry::Mark(kind, words)).collect()
    }

    /// Every mark with its quotation and its source, by number.
    pub fn quotations(&self) -> Companion {
        let header = vec![
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
        let mut rows: Vec<&Labelled<'_>> = self.rows.iter().collect();
        rows.sort_by_key(|row| row.number);
        let row = |row: &Labelled<'_>| {
            let (issue, statements) = (self.corpus.codebook.issue(row.issue), &self.corpus.statements);
            let statement = statements.find(row.id).map(|place| &statements.rows[place]);
            let level = issue.level(Position(row.position)).map_or("", |level| &level.words);
            let origin = match row.kind {
                MarkKind::Hand | MarkKind::HandAgainstRules => "hand",
                MarkKind::Rules => "rules",
                MarkKind::Unverified => "unverified",
            };
            let cells = [
                row.number.to_string(),
                row.id.to_owned(),
                statement.map_or(String::new(), |statement| statement.date.written.to_string()),
                if row.by_month { "month".to_owned() } else { "day".to_owned() },
                row.speaker.to_owned(),
                issue.id.clone(),
                row.position.to_string(),
                level.to_owned(),
                origin.to_owned(),
                if row.indirect { "indirect".to_owned() } else { "direct".to_owned() },
                row.text.to_owned(),
                row.publisher.to_owned(),
                statement.map_or(String::new(), |statement| statement.source_title.clone()),
                statement.map_or(String::new(), |statement| statement.source_url.clone()),
            ];
            cells.to_vec()
        };
        Companion { header, rows: rows.into_iter().map(row).collect() }
    }

    /// The levels of an issue as axes show them.
    pub fn levels(&self, issue: &Issue) -> Vec<Level> {
        let level = |level: &codebook::Level| Level {
            position: level.position.0,
            number: self.locale.position(level.position.0),
            words: level.words.clone(),
        };
        issue.levels.iter().map(level).collect()
    }

    /// The colours of levels, by the words of the first issue, with their numbers where issues differ.
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
        let entry = |(position, words): &(i32, &str)| {
            let number = self.locale.position(*position);
            let words = if same_words { (*words).to_owned() } else { format!("{number}{}", ends(*position)) };
            KeyEntry::Tone(Tone::Position(*position), positions.clone(), words)
        };
        first.iter().map(entry).collect()
    }

    /// Counts, coders, sources, and which corpus and rules these are.
    pub fn footer(&self) -> Vec<String> {
        let corpus = self.corpus;
        let statements: BTreeSet<&str> = self.rows.iter().map(|row| row.id).collect();
        let days: BTreeSet<NaiveDate> = self.rows.iter().filter(|row| !row.by_month).map(|row| row.from).collect();
        let publishers: BTreeSet<&str> =
            self.rows.iter().map(|row| row.publisher).filter(|publisher| !publisher.is_empty()).collect();
        let count = self.rows.len();
        let of = |kind: MarkKind| self.rows.iter().filter(|row| row.kind == kind).count();
        let by_hand = of(MarkKind::Hand) + of(MarkKind::HandAgainstRules);
        let spoken = |statement: &&Statement| self.selection.takes(statement);
        let all = corpus.statements.rows.iter().filter(spoken).count();
        let locale = self.locale;
        let mut lines = vec![locale.say(
            "footer-counts",
            &[
                ("statements", &locale.many("statements", statements.len())),
                ("positions", &locale.many("positions", count)),
                ("days", &locale.many("days", days.len())),
                ("day-count", &days.len()),
                ("hand", &by_hand),
                ("rules", &of(MarkKind::Rules)),
            ],
        )];
        if of(MarkKind::Unverified) > 0 {
            lines[0] += &format!(" {}", locale.say("footer-unverified", &[("count", &of(MarkKind::Unverified))]));
        }
        if all > statements.len() {
            let left = locale.many("statements", all - statements.len());
            lines[0] += &format!(" {}", locale.say("footer-not-drawn", &[("statements", &left)]));
        }
        if let Some(coders) = corpus.codebook.coders.as_ref().filter(|coders| by_hand > 0 && !coders.is_empty()) {
            let coders: Vec<String> =
                coders.iter().map(|(name, who)| format!("{name}, {}", who.trim_end_matches('.'))).collect();
            lines.push(locale.say("footer-coders", &[("coders", &coders.join("; "))]));
        }
        let read_in = match publishers.len() {
            0 => String::new(),
            count => locale.say("footer-read-in", &[("publications", &locale.many("publications", count))]),
        };
        lines.push(locale.say(
            "footer-source",
            &[
                ("title", &corpus.codebook.title.trim_end_matches('.')),
                ("corpus", &corpus.name()),
                ("hash", &corpus.fingerprint()),
                ("read-in", &read_in),
                ("rules", &corpus.rules.fingerprint()),
                ("version", &env!("CARGO_PKG_VERSION")),
            ],
        ));
        lines
    }
}

/// What a picture says of rows that it has no room for, by how many they are: none to all.
pub fn not_drawn(locale: &Locale, id: &str, panels: &[RowPanel]) -> Vec<String> {
    let rows: usize = panels.iter().map(|panel| panel.rows.len()).sum();
    (0..=rows).map(|count| locale.many(id, count)).collect()
}

/// Number, date, speaker, level, words and publisher of a statement.
fn tooltip(row: &Labelled<'_>, issue: &Issue, locale: &Locale) -> String {
    let position = Position(row.position);
    let told = locale.say(
        "tooltip",
        &[
            ("number", &row.number),
            ("when", &if row.by_month { locale.month(row.from) } else { locale.day(row.from) }),
            ("speaker", &row.speaker),
            ("level", &issue.level(position).map_or("", |level| &level.words)),
            ("position", &locale.position(row.position)),
            ("said", &locale.quoted(row.text, row.indirect)),
            ("publisher", &row.publisher),
        ],
    );
    told.trim_end().to_owned()
}
