//! Whether a run kept to its plan, point by point, as plain data and as sentences.

use serde::Serialize;

use crate::study::pinned::{DataPoint, DataTurn};
use crate::study::question::PairNames;
use crate::words::{listed, many};

/// Whether a run kept to its plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlanKept {
    /// The name of the plan's file.
    pub file: String,
    /// The SHA-256 of that file.
    pub sha256: String,
    /// Whether all points were kept.
    pub kept: bool,
    /// Each point.
    pub points: Vec<PlanPoint>,
    /// The statements and labels then and now, by file. That more came in breaks no plan; empty if the plan names none.
    pub data: Vec<DataPoint>,
    /// The planned pairs on which nobody takes a position.
    pub without_position: Vec<PairNames>,
    /// The pairs that are shown beside those of the plan, tested or with too few days.
    pub explored: Vec<PairNames>,
}

/// A point of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlanPoint {
    /// What it is about.
    pub point: &'static str,
    /// Whether the run did as planned.
    pub kept: bool,
    /// What was planned.
    pub planned: String,
    /// What the run did.
    pub run: String,
}

impl PlanPoint {
    /// A point that was kept if both say the same.
    pub(crate) fn of(point: &'static str, planned: impl Into<String>, run: impl Into<String>) -> PlanPoint {
        let (planned, run) = (planned.into(), run.into());
        let kept = planned == run;
        PlanPoint { point, kept, planned, run }
    }

    /// Whether the data of a plan are there as they were; `None` if the plan names none. Rows that came in later break no plan.
    /// `anew` is how many of their labels are decided otherwise by others that came in.
    pub(crate) fn of_data(data: &[DataPoint], anew: usize) -> Option<PlanPoint> {
        let is_planned = |point: &&DataPoint| point.turn != DataTurn::New;
        let broken = data.iter().filter(|point| matches!(point.turn, DataTurn::Changed | DataTurn::Missing));
        let broken: Vec<&str> = broken.map(|point| point.file.as_str()).collect();
        let rows: usize = data.iter().filter_map(|point| point.planned_rows).sum();
        let mut run: Vec<String> = Vec::new();
        match broken[..] {
            [] => {}
            [file] => run.push(format!("{file} was changed or removed")),
            _ => run.push(format!("{} were changed or removed", listed(broken.iter().copied()))),
        }
        if anew > 0 {
            let (labels, are) = (many(anew, "position"), if anew == 1 { "is" } else { "are" });
            run.push(format!("{labels} of that time {are} decided otherwise by labels that came in"));
        }
        let kept = run.is_empty();
        let run = if kept { "they are unchanged".to_owned() } else { run.join(", and ") };
        let planned = format!("the {} of that time stay as they are", many(rows, "row"));
        data.iter().any(|point| is_planned(&point)).then(|| PlanPoint::new("data", planned, run, kept))
    }

    /// A point that was kept or not.
    pub(crate) fn new(point: &'static str, planned: String, run: String, kept: bool) -> PlanPoint {
        PlanPoint { point, kept, planned, run }
    }
}

impl PlanKept {
    /// What came in, or was changed, since the plan was fixed.
    fn of_data(&self) -> Vec<String> {
        if self.data.is_empty() {
            return vec!["The plan does not say which statements and labels there were when it was fixed.".to_owned()];
        }
        let said: Vec<String> = self.data.iter().filter_map(DataPoint::sentence).collect();
        if said.is_empty() {
            vec!["The statements and labels are those that were there when the plan was fixed.".to_owned()]
        } else {
            said
        }
    }

    /// How many points were not kept.
    pub fn broken(&self) -> usize {
        self.points.iter().filter(|point| !point.kept).count()
    }

    /// What there is to say, in sentences: first whether the plan was kept, then each point that was not.
    pub fn sentences(&self) -> Vec<String> {
        let broken: Vec<&PlanPoint> = self.points.iter().filter(|point| !point.kept).collect();
        let all = self.points.len();
        let mut out = vec![match broken.len() {
            0 => format!("This run kept to the plan {} in all {all} points.", self.file),
            count => format!("This run did not keep to the plan {} in {count} of {all} points.", self.file),
        }];
        out.extend(
            broken.iter().map(|point| {
                format!("Not kept: {}. Planned: {}. This run: {}.", point.point, point.planned, point.run)
            }),
        );
        let kept: Vec<&str> = self.points.iter().filter(|point| point.kept).map(|point| point.point).collect();
        if !kept.is_empty() {
            out.push(format!("Kept: {}.", listed(kept.into_iter())));
        }
        out.extend(self.of_data());
        let pair = |(speaker, issue): &PairNames| format!("{speaker} on {issue}");
        if !self.without_position.is_empty() {
            let pairs: Vec<String> = self.without_position.iter().map(pair).collect();
            let pairs = listed(pairs.iter().map(String::as_str));
            out.push(format!("Planned, and without a position in the corpus: {pairs}."));
        }
        match self.explored.len() {
            0 => out.push("This run shows no pair beyond the plan. Whether others were looked at, and when the plan was written, a program \
                  cannot know."
                .to_owned()),
            count => {
                let pairs: Vec<String> = self.explored.iter().map(pair).collect();
                let pairs = listed(pairs.iter().map(String::as_str));
                out.push(format!(
                    "Explored beyond the plan: {} ({pairs}). What is found there is a question for a next study, and \
                     answers none.",
                    many(count, "pair")
                ));
            }
        }
        out.push(format!("SHA-256 of the plan: {}.", self.sha256));
        out
    }
}
