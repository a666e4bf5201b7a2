//! Selects statements and issues of a corpus.

use chrono::NaiveDate;

use crate::codebook::IssueIndex;
use crate::error::Warning;
use crate::statement::{Statement, Verified};
use crate::words::many;

/// Which statements and issues to take. An empty list and no date take all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// Only these speakers.
    pub speakers: Vec<String>,
    /// Only these issues.
    pub issues: Vec<IssueIndex>,
    /// Only from this day on.
    pub from: Option<NaiveDate>,
    /// Only up to this day.
    pub to: Option<NaiveDate>,
    /// Also statements that are not verified yet.
    pub unverified: bool,
    /// Only statements that whoever writes the rules may see.
    pub seen: bool,
}

impl Selection {
    /// Whether a statement is taken, whatever its labels.
    pub fn takes(&self, statement: &Statement) -> bool {
        (self.speakers.is_empty() || self.speakers.contains(&statement.speaker))
            && statement.date.overlaps(self.from, self.to)
            && !(self.seen && statement.unseen)
            && match statement.verified {
                Verified::Yes => true,
                Verified::No => self.unverified,
                Verified::Rejected => false,
            }
    }

    /// Whether a speaker's positions on an issue are taken.
    pub fn takes_pair(&self, speaker: &str, issue: IssueIndex) -> bool {
        let named = self.speakers.is_empty() || self.speakers.iter().any(|name| name == speaker);
        named && self.takes_issue(issue)
    }

    /// Whether all speakers and issues are taken.
    pub fn is_whole(&self) -> bool {
        self.speakers.is_empty() && self.issues.is_empty()
    }

    /// Warns of the statements that a selection leaves out because they are not verified yet.
    pub fn warnings(&self, statements: &[Statement]) -> Vec<Warning> {
        let all = Selection { unverified: true, ..self.clone() };
        let waiting = statements.iter().filter(|row| all.takes(row) && !self.takes(row)).count();
        let what = format!("{} left out, not verified yet", many(waiting, "statement"));
        let hint = "review them with `stance extract --review`, or add --include-unverified";
        if waiting > 0 { vec![Warning::new(what, hint)] } else { Vec::new() }
    }

    /// Whether an issue is taken.
    pub fn takes_issue(&self, issue: IssueIndex) -> bool {
        self.issues.is_empty() || self.issues.contains(&issue)
    }
}
