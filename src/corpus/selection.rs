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
    /// Not those of whose day nothing is known but the day on which they were published.
    pub sure_days: bool,
    /// Only statements that whoever writes the rules may see.
    pub seen: bool,
}

impl Selection {
    /// Whether a statement is taken, whatever its labels.
    pub fn takes(&self, statement: &Statement) -> bool {
        (self.speakers.is_empty() || self.speakers.contains(&statement.speaker))
            && statement.date.overlaps(self.from, self.to)
            && !(self.seen && statement.unseen)
            && !(self.sure_days && statement.day_of_publication)
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

    /// How many statements it would take as well if it were `wider`.
    fn more(&self, wider: &Selection, statements: &[Statement]) -> usize {
        statements.iter().filter(|row| wider.takes(row) && !self.takes(row)).count()
    }

    /// How many statements it leaves out because they are not verified yet.
    pub fn waiting(&self, statements: &[Statement]) -> usize {
        self.more(&Selection { unverified: true, ..self.clone() }, statements)
    }

    /// How many statements it leaves out because only the day of their publication is known.
    pub fn undated(&self, statements: &[Statement]) -> usize {
        self.more(&Selection { sure_days: false, ..self.clone() }, statements)
    }

    /// Warns of the statements that a selection leaves out because they are not verified yet, or because their day is
    /// not sure.
    pub fn warnings(&self, statements: &[Statement]) -> Vec<Warning> {
        let mut warnings = Vec::new();
        let (waiting, undated) = (self.waiting(statements), self.undated(statements));
        if waiting > 0 {
            let what = format!("{} left out, not verified yet", many(waiting, "statement"));
            let hint = "review them with `stance extract --review`, or add --include-unverified";
            warnings.push(Warning::new(what, hint));
        }
        if undated > 0 {
            let what = format!("{} left out, only the day of publication is known", many(undated, "statement"));
            let hint = "find the day in the source, write it under date, and `stated` under date_confidence";
            warnings.push(Warning::new(what, hint));
        }
        warnings
    }

    /// Whether an issue is taken.
    pub fn takes_issue(&self, issue: IssueIndex) -> bool {
        self.issues.is_empty() || self.issues.contains(&issue)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::statement::Statements;

    #[test]
    fn days_of_publication_are_left_out_and_counted() {
        let file = "id,date,speaker,text,verified,date_confidence\n\
            a,2031-03-05,Ada Holm,One,yes,stated\n\
            b,2031-03-05,Ada Holm,Two,yes,inferred\n\
            c,2031-03-05,Ada Holm,Three,yes,publication\n\
            d,2031-03-05,Ada Holm,Four,yes,\n\
            e,2031-03-05,Ada Holm,Five,no,publication\n";
        let rows = Statements::parse(Path::new("s.csv"), file, &mut Vec::new()).unwrap().rows;
        let sure = Selection { sure_days: true, ..Selection::default() };
        let taken: String = rows.iter().filter(|row| sure.takes(row)).map(|row| row.id.as_str()).collect();
        assert_eq!(taken, "abd");
        // The one that is not verified either is counted with neither: one flag alone would not bring it back.
        assert_eq!((sure.undated(&rows), sure.waiting(&rows)), (1, 0));
        let told: Vec<String> = sure.warnings(&rows).iter().map(ToString::to_string).collect();
        assert!(told.len() == 1 && told[0].contains("1 statement left out, only the day of publication"), "{told:?}");
        assert_eq!(Selection::default().undated(&rows), 0);
    }
}
