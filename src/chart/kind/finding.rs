//! What was found about one speaker on one issue, in the form in which pictures say and draw it.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::chart::figure::{CurvePoint, RowPanel};
use crate::chart::kind::view::{Marked, View, statements};
use crate::chart::locale::Locale;
use crate::codebook::{Issue, IssueIndex};
use crate::date::Grain;
use crate::series::Day;
use crate::shift::place::Side;
use crate::shift::words::at_least;
use crate::shift::{Drift, Latest, Pair, Shift, Swing, Verdict};

/// What was found, the strongest first.
#[derive(Debug, Clone, PartialEq)]
pub enum Finding<'p> {
    /// The position moved, in steps by date, and stayed or came back.
    Moved(Vec<&'p Shift>, EndsUp),
    /// It moved little by little.
    Drifted(&'p Drift),
    /// One day stands apart from the others, by the test.
    Swung(&'p Swing),
    /// No lasting shift was found, and the last day stands apart from all days before it, which is no test.
    Apart(&'p Latest),
    /// No lasting shift was found.
    Steady,
    /// There is too little to test.
    Few,
}

/// How a position ended that had moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndsUp {
    /// Away from where it began.
    Away,
    /// Near where it began.
    Back,
}

impl<'p> Finding<'p> {
    /// What a verdict finds, and what is beside it.
    pub fn of(pair: &'p Pair) -> Finding<'p> {
        match (&pair.verdict, &pair.latest) {
            (Verdict::Shift { shifts }, _) => Finding::Moved(shifts.iter().collect(), EndsUp::Away),
            (Verdict::Return { shifts }, _) => Finding::Moved(shifts.iter().collect(), EndsUp::Back),
            (Verdict::Drift(drift), _) => Finding::Drifted(drift),
            (Verdict::Swing(swing), _) => Finding::Swung(swing),
            (Verdict::Steady, Some(latest)) => Finding::Apart(latest),
            (Verdict::Steady, None) => Finding::Steady,
            // Whatever the last day was: nothing could be tested, and a picture says so.
            (Verdict::TooFew, _) => Finding::Few,
        }
    }

    /// Its place among others: what moved, then what stands apart, then what was tested, then the rest.
    fn class(&self) -> u8 {
        match self {
            Finding::Moved(..) | Finding::Drifted(_) => 0,
            Finding::Swung(_) => 1,
            Finding::Apart(_) => 2,
            Finding::Steady => 3,
            Finding::Few => 4,
        }
    }

    /// Whether it was tested and no lasting shift was found. A day that stands apart is another finding.
    pub fn is_steady(&self) -> bool {
        matches!(self, Finding::Apart(_) | Finding::Steady)
    }

    /// By how many levels the position moved in its first change; `None` if it did not move for good.
    pub fn change(&self) -> Option<f64> {
        match self {
            Finding::Moved(steps, _) => steps.first().map(|step| step.size()),
            Finding::Drifted(drift) => Some(drift.size),
            _ => None,
        }
    }

    /// Whether the position moved, at once or little by little.
    pub fn moved(&self) -> bool {
        self.change().is_some()
    }
}

/// A finding with the statements that it rests on.
#[derive(Debug, Clone)]
pub struct Told<'v> {
    /// The verdict.
    pub pair: &'v Pair,
    /// The issue.
    pub issue: &'v Issue,
    /// What was found.
    pub finding: Finding<'v>,
    /// The statements, by date, then id.
    pub marks: Vec<&'v Marked<'v>>,
    /// The first and the last third of the days, if there are enough.
    pub thirds: Option<[Side; 2]>,
}

impl Told<'_> {
    /// Whether it moved, but not with labels redrawn, for coders or for rules.
    pub fn is_doubted(&self) -> bool {
        let coders = self.pair.recoded.is_some_and(|again| again.repeats > 0 && !again.withstands());
        let rules = self.pair.relabelled.is_some_and(|again| again.repeats > 0 && !again.withstands());
        self.finding.moved() && (coders || rules)
    }

    /// How strong the evidence is: below 0.1 %, below 1 %, or above. P is a matter of chance too, so that nearby
    /// ones count as equal.
    fn strength(&self) -> u8 {
        match self.pair.p_corrected {
            Some(p) if p < 0.001 => 0,
            Some(p) if p < 0.01 => 1,
            _ => 2,
        }
    }
}

/// The fewest days of a third whose mean says what a drift went through.
pub const FEWEST_OF_DRIFT: usize = 2;

/// The first and the last third of the days, by date; `None` if a third has fewer days than that.
pub fn thirds(days: &[Day], issue: &Issue, fewest: usize) -> Option<[Side; 2]> {
    let third = days.len() / 3;
    (third >= fewest).then(|| [Side::of(&days[..third], issue), Side::of(&days[days.len() - third..], issue)])
}

/// Where a drift began and ended, as what was said on average in the first and in the last third of the days. The
/// ends of the line through the days may be levels that nobody took.
pub fn ends_of_drift(drift: &Drift, thirds: Option<&[Side; 2]>) -> [f64; 2] {
    thirds.map_or([drift.before, drift.after], |thirds| [thirds[0].mean, thirds[1].mean])
}

/// What was found about every drawn pair, the strongest first: by kind, then what withstands other labels, then by how
/// unlikely it is by chance, then by the size of the change as a share of the scale, then by the number of statements,
/// then in the order of verdicts.
pub fn told<'v>(view: &'v View<'_>) -> Vec<Told<'v>> {
    let mut by_pair: BTreeMap<(&str, IssueIndex), Vec<&'v Marked<'v>>> = BTreeMap::new();
    for mark in view.marks() {
        by_pair.entry((mark.speaker(), mark.issue)).or_default().push(mark);
    }
    let tell = |pair: &'v Pair| {
        let marks = by_pair.get(&(pair.speaker.as_str(), pair.index))?.clone();
        let issue = view.corpus.codebook.issue(pair.index);
        let days = view.series(&pair.speaker, pair.index).map(|series| series.days.as_slice());
        let thirds = days.and_then(|days| thirds(days, issue, FEWEST_OF_DRIFT));
        Some(Told { pair, issue, finding: Finding::of(pair), marks, thirds })
    };
    let mut all: Vec<Told<'v>> = view.pairs().filter_map(tell).collect();
    all.sort_by(|a, b| {
        let size = |told: &Told<'_>| {
            let range = told.issue.levels.len().saturating_sub(1).max(1) as f64;
            told.finding.change().unwrap_or(0.0).abs() / range
        };
        let count = |told: &Told<'_>| statements(told.marks.iter().copied());
        let class = a.finding.class().cmp(&b.finding.class()).then(a.is_doubted().cmp(&b.is_doubted()));
        let strength = class.then(a.strength().cmp(&b.strength()));
        strength.then(size(b).total_cmp(&size(a))).then(count(b).cmp(&count(a)))
    });
    all
}

/// Sorts the pairs of an issue as pictures show them: those that moved, as the title names them, then those with the most
/// days, then by name.
pub fn order(view: &View<'_>, pairs: &mut [&Pair]) {
    let moved: Vec<&Pair> = told(view).iter().filter(|told| told.finding.moved()).map(|told| told.pair).collect();
    let place = |pair: &Pair| {
        let same = |other: &&Pair| other.speaker == pair.speaker && other.index == pair.index;
        moved.iter().position(same).unwrap_or(usize::MAX)
    };
    pairs.sort_by(|a, b| {
        let days = b.days.cmp(&a.days).then_with(|| a.speaker.cmp(&b.speaker));
        place(a).cmp(&place(b)).then(days)
    });
}

/// In which order rows are that [`order`] has sorted, as a sentence; `None` if nothing sets them apart.
pub fn in_order(view: &View<'_>, panels: &[RowPanel]) -> Option<String> {
    let differ = |pair: &[&Pair]| (pair[0].verdict.moved(), pair[0].days) != (pair[1].verdict.moved(), pair[1].days);
    let ordered = view.issues().any(|(index, _)| {
        let pairs: Vec<&Pair> = view.pairs().filter(|pair| pair.index == index).collect();
        pairs.windows(2).any(differ)
    });
    let id = if view.pairs().any(|pair| pair.verdict.moved()) { "shift-subtitle" } else { "shift-subtitle-days" };
    let drawn = panels.iter().any(|panel| panel.rows.len() > 1);
    (ordered && drawn).then(|| view.locale.say(id, &[("unit", &view.grain().word())]))
}

/// Whether even a shift from one end of the scale to the other could have been missed. No shift is larger.
pub fn hides_any(pair: &Pair, issue: &Issue) -> bool {
    // As it is said: rounded up.
    let said = |size: f64| (10.0 * size - 1e-9).ceil() / 10.0;
    pair.detectable.is_some_and(|size| said(size) >= issue.levels.len().saturating_sub(1) as f64)
}

/// Whether only a shift of more than half of the scale would have been found, if any.
pub fn hides_most(pair: &Pair, issue: &Issue) -> bool {
    pair.detectable.is_some_and(|size| 2.0 * size > issue.levels.len().saturating_sub(1) as f64)
}

/// The smallest shift that would have been found and the width of the scale, both in levels, if it is more than half of it.
pub fn weak(locale: &Locale, pair: &Pair, issue: &Issue) -> Option<[String; 2]> {
    let size = pair.detectable.filter(|_| hides_most(pair, issue) && !hides_any(pair, issue))?;
    Some([locale.number(&at_least(size)), issue.levels.len().saturating_sub(1).to_string()])
}

/// How many standard errors include nine means of ten.
const NINE_OF_TEN: f64 = 1.645;

/// The range of ranks in which nine means of ten would lie.
pub fn reach(issue: &Issue, mean: f64, error: f64) -> (f64, f64) {
    // The error counts levels, as ranks do. The mean is a number on the scale.
    let (rank, reach) = (issue.rank(mean), NINE_OF_TEN * error);
    let highest = issue.levels.len().saturating_sub(1) as f64;
    ((rank - reach).max(0.0), (rank + reach).min(highest))
}

/// What the line of a finding shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    /// The means between shifts.
    Steps,
    /// A straight line through the days.
    Fitted,
    /// The mean of the other days, beside one that stands apart.
    Others,
}

/// The line that shows a finding, between the first and the last day with a statement: what its title says,
/// and no more. `None` if the finding claims no mean.
pub fn line(
    finding: &Finding<'_>,
    issue: &Issue,
    (first, last): (NaiveDate, NaiveDate),
    grain: Grain,
) -> Option<(LineKind, Vec<[CurvePoint; 2]>)> {
    let flat = |from: NaiveDate, to: NaiveDate, rank: f64, (low, high): (f64, f64)| {
        [from, to].map(|date| CurvePoint { date, mean: rank, low, high })
    };
    let bare = |date: NaiveDate, value: f64| {
        let mean = issue.rank(value);
        CurvePoint { date, mean, low: mean, high: mean }
    };
    match finding {
        Finding::Moved(steps, _) => {
            let mean = |side: &Side| {
                let rank = issue.rank(side.mean);
                (rank, side.error.map_or((rank, rank), |error| reach(issue, side.mean, error)))
            };
            let mut parts = Vec::new();
            let mut from = first;
            for step in steps {
                // Each mean spans the days that it is of, also those within the dates between which it moved.
                let (rank, range) = mean(&step.before);
                parts.push(flat(from, grain.date(step.last_before).last().clamp(from, last), rank, range));
                from = step.first_after.max(first);
            }
            if let Some(step) = steps.last() {
                let (rank, range) = mean(&step.after);
                parts.push(flat(from.min(last), last, rank, range));
            }
            Some((LineKind::Steps, parts))
        }
        Finding::Drifted(drift) => {
            Some((LineKind::Fitted, vec![[bare(drift.from, drift.before), bare(drift.to, drift.after)]]))
        }
        Finding::Swung(swing) => Some((LineKind::Others, vec![[bare(first, swing.rest), bare(last, swing.rest)]])),
        Finding::Apart(latest) => {
            Some((LineKind::Others, vec![[bare(first, latest.before), bare(last, latest.before)]]))
        }
        Finding::Steady | Finding::Few => None,
    }
}
