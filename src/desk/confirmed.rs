//! What a session has written into a coder's file, to notice when another program has saved it without that.
//!
//! An editor that has had the file open since before saves an old copy of it. Then an answer that the page has confirmed
//! is gone, or is as it was before, and nothing in the file says so. A file cannot say which program saved it, so nobody
//! is accused: what is said is what was given here, and what is there now.

use std::collections::BTreeMap;

use crate::label::sheet::SheetRow;

/// What was written about one statement and issue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Written {
    /// The row as it was written last. `None` if it was taken out.
    last: Option<SheetRow>,
    /// What stood there earlier in this session.
    earlier: Vec<Option<SheetRow>>,
}

/// How a row that was written here is now another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Astray {
    /// It is gone, or it is again as it was before: an older copy of the file would have that.
    Lost,
    /// It has something that this session never saw there: another desk or an editor has changed it.
    Changed,
}

impl Astray {
    /// The word for it in forms.
    pub fn word(self) -> &'static str {
        match self {
            Astray::Lost => "lost",
            Astray::Changed => "changed",
        }
    }
}

/// An answer that was confirmed, and is not in the file as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AstrayRow {
    /// The statement, by its id.
    pub statement: String,
    /// The issue, by its id.
    pub issue: String,
    /// What was written here. `None` if the answer was taken back.
    pub given: Option<SheetRow>,
    /// What the file has now.
    pub there: Option<SheetRow>,
    /// How it is another.
    pub how: Astray,
}

/// Everything that a session has written and confirmed.
#[derive(Debug, Clone, Default)]
pub struct Confirmed {
    rows: BTreeMap<(String, String), Written>,
}

impl Confirmed {
    /// Remembers that a row was written, and what was there before.
    pub fn wrote(&mut self, statement: &str, issue: &str, before: Option<SheetRow>, now: Option<SheetRow>) {
        let written = self.rows.entry((statement.to_owned(), issue.to_owned())).or_default();
        if before != now && !written.earlier.contains(&before) {
            written.earlier.push(before);
        }
        written.last = now;
    }

    /// The rows that are now others. `there` is what the file has, and `same` says whether two rows say the same on an
    /// issue, however they are written.
    pub fn astray(
        &self,
        there: impl Fn(&str, &str) -> Option<SheetRow>,
        same: impl Fn(&str, &SheetRow, &SheetRow) -> bool,
    ) -> Vec<AstrayRow> {
        let same = |issue: &str, one: &Option<SheetRow>, other: &Option<SheetRow>| match (one, other) {
            (Some(one), Some(other)) => same(issue, one, other),
            (one, other) => one.is_none() && other.is_none(),
        };
        let row = |((statement, issue), written): (&(String, String), &Written)| {
            let there = there(statement, issue);
            if same(issue, &there, &written.last) {
                return None;
            }
            let lost = there.is_none() || written.earlier.iter().any(|earlier| same(issue, &there, earlier));
            let how = if lost { Astray::Lost } else { Astray::Changed };
            let (statement, issue, given) = (statement.clone(), issue.clone(), written.last.clone());
            Some(AstrayRow { statement, issue, given, there, how })
        };
        self.rows.iter().filter_map(row).collect()
    }

    /// Forgets a row: what the file has now is right.
    pub fn forget(&mut self, statement: &str, issue: &str) {
        self.rows.remove(&(statement.to_owned(), issue.to_owned()));
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        self.rows.clear();
    }
}
