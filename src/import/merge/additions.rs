//! What an import adds and changes, in numbers and in words.

use crate::words::many;

/// What an import adds and changes.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Additions {
    /// New statements.
    pub statements: usize,
    /// Statements that the corpus has already.
    pub known: usize,
    /// Statements that the sheet has changed, each with what was changed.
    pub changed: Vec<String>,
    /// The ids of statements of the corpus that no row of the sheets has.
    pub only_in_corpus: Vec<String>,
    /// The ids of statements of the corpus that rows of the sheets are probably corrected forms of.
    pub corrected: Vec<String>,
    /// New issues, if there is nothing else: a codebook alone.
    pub issues: usize,
    /// New levels of issues that the codebook has.
    pub levels: usize,
    /// New rules.
    pub rules: usize,
    /// New labels.
    pub labels: usize,
    /// Labels that the sheet has changed, each with what was changed.
    pub relabelled: Vec<String>,
    /// Labels of the corpus whose cell in the sheet is empty now.
    pub labels_only_in_corpus: usize,
}

impl Additions {
    /// Whether nothing is added or changed.
    pub fn is_nothing(&self) -> bool {
        let some = [self.statements, self.labels, self.issues, self.levels, self.rules].iter().any(|count| *count > 0);
        !some && self.changed.is_empty() && self.relabelled.is_empty()
    }

    /// What is added and changed, in a sentence.
    pub fn in_words(&self) -> String {
        if self.is_nothing() {
            return "nothing new: the corpus has all of it already".to_owned();
        }
        let mut parts = vec![many(self.statements, "new statement"), many(self.labels, "new label")];
        if self.statements + self.labels == 0 && self.issues + self.rules > 0 {
            parts.clear();
            parts.extend((self.issues > 0).then(|| many(self.issues, "new issue")));
        }
        parts.extend((self.levels > 0).then(|| many(self.levels, "new level")));
        parts.extend((self.rules > 0).then(|| many(self.rules, "new rule")));
        if !self.changed.is_empty() {
            parts.push(format!("{} changed", many(self.changed.len(), "statement")));
        }
        if !self.relabelled.is_empty() {
            parts.push(format!("{} changed", many(self.relabelled.len(), "label")));
        }
        parts.join(", ")
    }
}
