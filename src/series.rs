//! The labels of one speaker on one issue, day by day: what timelines and tests of shifts work on.

use std::collections::BTreeMap;
use std::ops::Range;

use chrono::NaiveDate;
use polars::prelude::*;

use crate::codebook::{Codebook, IssueIndex};
use crate::date;
use crate::error::Result;
use crate::frame::LabelFrame;

/// Whose positions are taken.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Basis {
    /// Those given by hand.
    Hand,
    /// Those given by rules.
    Rules,
    /// Those given by hand, and by rules where no hand has read the statement.
    #[default]
    Both,
}

/// A statement with its position on one issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Labelled<'f> {
    /// The statement's id.
    pub id: &'f str,
    /// First day on which the words may have been said.
    pub from: NaiveDate,
    /// Last day; equal to `from` where the day is known.
    pub to: NaiveDate,
    /// Whether only the month is known.
    pub by_month: bool,
    /// The position, a level of the issue's scale.
    pub position: i32,
    /// How many levels of the scale lie below it.
    pub rank: usize,
    /// The rules that gave the position, a list; empty where a hand gave it.
    pub rules: &'f str,
    /// Whether the text is a paraphrase.
    pub indirect: bool,
    /// The words.
    pub text: &'f str,
    /// Who published them.
    pub publisher: &'f str,
}

/// The labelled statements of one speaker on one issue, by date, then id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series<'f> {
    /// Who speaks.
    pub speaker: &'f str,
    /// About what.
    pub issue: IssueIndex,
    /// The statements with a position.
    pub statements: Vec<Labelled<'f>>,
    /// How many more have none, since coders or rules differ on them.
    pub conflicts: usize,
}

/// A day on which something was said, and the statements of that day within a series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// The day.
    pub date: NaiveDate,
    /// The ranks of their positions on the scale, in the order of the statements.
    pub ranks: Vec<usize>,
    /// Where they stand among the series' statements of a known day.
    pub statements: Range<usize>,
}

impl<'f> Series<'f> {
    /// The series of every speaker and issue with a label in a frame, by speaker, then by the codebook's
    /// order of issues.
    ///
    /// # Errors
    /// Whatever polars refuses.
    pub fn all(labels: &'f LabelFrame, codebook: &Codebook, basis: Basis) -> Result<Vec<Series<'f>>> {
        let frame = labels.data();
        let text = |name: &str| -> Result<&'f StringChunked> { Ok(frame.column(name)?.str()?) };
        let (ids, issues, speakers) = (text("statement_id")?, text("issue")?, text("speaker")?);
        let (precisions, kinds, texts) = (text("date_precision")?, text("kind")?, text("text")?);
        let (publishers, origins, rules) = (text("source_publisher")?, text("origin")?, text("rule_id")?);
        let positions = frame.column(match basis {
            Basis::Hand => "hand_position",
            Basis::Rules => "rule_position",
            Basis::Both => "position",
        })?;
        let positions = positions.i32()?;
        let days: Vec<Option<NaiveDate>> = frame.column("date")?.date()?.as_date_iter().collect();
        let mut series: BTreeMap<(&'f str, IssueIndex), Series<'f>> = BTreeMap::new();
        for (i, day) in days.into_iter().enumerate() {
            let issue = issues.get(i).and_then(|id| codebook.find(id));
            let (Some(id), Some(issue), Some(speaker)) = (ids.get(i), issue, speakers.get(i)) else { continue };
            let conflict = basis != Basis::Rules && origins.get(i) == Some("conflict");
            let position = positions.get(i);
            if position.is_none() && !conflict {
                continue;
            }
            let own = series.entry((speaker, issue));
            let own = own.or_insert(Series { speaker, issue, statements: Vec::new(), conflicts: 0 });
            own.conflicts += usize::from(conflict);
            let (Some(day), Some(position)) = (day, position) else { continue };
            let levels = &codebook.issue(issue).levels;
            let by_month = precisions.get(i) == Some("month");
            let by_rules = basis == Basis::Rules || origins.get(i) == Some("rules");
            own.statements.push(Labelled {
                id,
                from: if by_month { date::month_start(day) } else { day },
                to: if by_month { date::month_end(day) } else { day },
                by_month,
                position,
                rank: levels.iter().position(|level| level.position.0 == position).unwrap_or(0),
                rules: rules.get(i).filter(|_| by_rules).unwrap_or(""),
                indirect: kinds.get(i) == Some("indirect"),
                text: texts.get(i).unwrap_or(""),
                publisher: publishers.get(i).unwrap_or(""),
            });
        }
        Ok(series.into_values().collect())
    }

    /// The statements whose day is known, in order.
    pub fn dated(&self) -> impl Iterator<Item = &Labelled<'f>> {
        self.statements.iter().filter(|statement| !statement.by_month)
    }

    /// How many statements are known by their month only.
    pub fn by_month(&self) -> usize {
        self.statements.iter().filter(|statement| statement.by_month).count()
    }

    /// The days on which something was said; statements of which only the month is known have none.
    pub fn days(&self) -> Vec<Day> {
        let mut days: Vec<Day> = Vec::new();
        for (place, statement) in self.dated().enumerate() {
            match days.last_mut().filter(|day| day.date == statement.from) {
                Some(day) => {
                    day.ranks.push(statement.rank);
                    day.statements.end = place + 1;
                }
                None => {
                    days.push(Day { date: statement.from, ranks: vec![statement.rank], statements: place..place + 1 })
                }
            }
        }
        days
    }
}

impl Day {
    /// The mean rank of the day's positions: how many levels lie below it.
    pub fn mean(&self) -> f64 {
        self.ranks.iter().sum::<usize>() as f64 / self.ranks.len() as f64
    }

    /// What the day counts: m statements count as 2m / (m + 1) days of one. That is the precision of
    /// their mean where statements of one day are correlated by ½; a day never counts more than two.
    pub fn weight(&self) -> f64 {
        let statements = self.ranks.len() as f64;
        2.0 * statements / (statements + 1.0)
    }
}
