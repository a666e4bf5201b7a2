//! What rules read beside the text of a statement.

use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use crate::error::Problem;
use crate::file::document::Document;

/// What rules read beside the text of a statement: the table `[rules]`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RuleSettings {
    /// The columns of the statements in which a topic or the domain may be named, each with its place in the file in
    /// bytes. `None` if the codebook does not list them.
    pub context: Option<Vec<(String, Range<usize>)>>,
    /// The place of the words that declare every statement to be about the domain, in bytes.
    pub declared: Option<Range<usize>>,
    /// Whether the statements were collected because they are about the domain, so that only texts from elsewhere must
    /// name it.
    pub collected: bool,
}

/// The table `[rules]` as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawRuleSettings {
    context: Option<Vec<Spanned<String>>>,
    domain: Option<Spanned<String>>,
}

impl RawRuleSettings {
    pub fn settings(self, document: &Document, problems: &mut Vec<Problem>) -> RuleSettings {
        let is = |word: &str| self.domain.as_ref().is_some_and(|domain| domain.get_ref() == word);
        let (declared, collected) = (is("declared"), is("collected"));
        if let Some(domain) = self.domain.as_ref().filter(|_| !declared && !collected) {
            let what = format!("unknown domain `{}`", domain.get_ref());
            let hint = "write `declared` if every text is about it, or `collected` if only the statements of this corpus \
                        are; its words belong in [domain] of rules.toml";
            problems.push(document.fault(domain.span(), what, hint));
        }
        let columns = |columns: Vec<Spanned<String>>| {
            columns.into_iter().map(|column| (column.get_ref().clone(), column.span())).collect()
        };
        let declared = self.domain.filter(|_| declared).map(|domain| domain.span());
        RuleSettings { context: self.context.map(columns), declared, collected }
    }
}
