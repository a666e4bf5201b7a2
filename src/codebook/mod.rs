//! The codebook: the issues, their scales, what each level means, and the reading conventions.

mod position;
mod settle;
mod aside;
mod reading;
mod issue;

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;
use toml::Spanned;

use crate::error::Problem;
use crate::file::document::{self, Document, Read};
use crate::words::listed;

use aside::RawUnseen;
use issue::RawIssue;
use reading::RawRuleSettings;
use settle::RawLabels;

pub use aside::SetAside;
pub use issue::{Issue, IssuePhrases, Level};
pub use position::Position;
pub use reading::RuleSettings;
pub use settle::Settle;

/// An issue's place in the codebook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IssueIndex(pub usize);

/// The issues of a corpus and how positions on them are coded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Codebook {
    /// What the corpus is about, in a line.
    pub title: String,
    /// What the low end of every scale stands for.
    pub low: String,
    /// What the high end of every scale stands for.
    pub high: String,
    /// Under which licence others may use the corpus.
    pub licence: Option<String>,
    /// Reading conventions that apply to all issues.
    pub conventions: Vec<String>,
    /// The coders by name, each with a description. `None` if the codebook does not list them.
    pub coders: Option<BTreeMap<String, String>>,
    /// What gives a statement a label if its coders differ.
    pub settle: Settle,
    /// How statements are kept from whoever writes the rules. `None` if none are.
    pub unseen: Option<Spanned<SetAside>>,
    /// What rules read beside the text of a statement.
    pub rules: RuleSettings,
    /// The issues, in the order in which charts and exports show them. There is at least one.
    pub issues: Vec<Issue>,
    /// The place of each issue, by its id.
    index: HashMap<String, IssueIndex>,
}

/// The title of a codebook that nobody has named yet, from the names of its issues.
pub fn begun_title<'n>(issues: impl Iterator<Item = &'n str>) -> String {
    let names: Vec<&str> = issues.collect();
    match names.len() {
        0..=3 => format!("Statements on {}", listed(names.into_iter())),
        count => format!("Statements on {count} issues"),
    }
}

impl Codebook {
    /// Reads a codebook. Every fault is added to `problems`, and any fault gives `None`.
    pub fn parse(document: &Document, problems: &mut Vec<Problem>) -> Option<Codebook> {
        let before = problems.len();
        let mut root = document.root(problems)?;
        let mut issues: Vec<Issue> = Vec::new();
        let mut index: HashMap<String, IssueIndex> = HashMap::new();
        for entry in document::take_entries(&mut root, "issue") {
            let Some((id_span, issue)) = Issue::parse(document, entry, problems) else { continue };
            match index.entry(issue.id.clone()) {
                Entry::Occupied(_) => {
                    let what = format!("the issue `{}` is defined twice", issue.id);
                    problems.push(document.fault(id_span, what, "give each issue its own id"));
                }
                Entry::Vacant(free) => drop(free.insert(IssueIndex(issues.len()))),
            }
            issues.push(issue);
        }
        let labels = document::take_table(&mut root, "labels");
        let settle = labels.map_or(Some(Settle::default()), |labels| Settle::parse(document, labels, problems));
        let mut head: Read<RawCodebook> = document.read(root, problems)?;
        if issues.is_empty() && !problems[before..].iter().any(Problem::is_fault) {
            let hint = "add an [[issue]] with id, name, question and 2 or more [[issue.level]]";
            problems.push(document.fault(head.whole.clone(), "the codebook has no issue", hint));
        }
        let (title, low, high) = (head.value.title.take(), head.value.low.take(), head.value.high.take());
        let title = document.need_text(title, "title", &head, problems);
        let low = document.need_text(low, "low", &head, problems);
        let high = document.need_text(high, "high", &head, problems);
        let licence = head.value.licence.take();
        let licence = licence.and_then(|licence| document.need_text(Some(licence), "licence", &head, problems));
        let unseen = head.value.unseen.take();
        let unseen = unseen.and_then(|unseen| SetAside::parse(document, unseen, head.is_at_fault("unseen"), problems));
        let rules = head.value.rules.take().map_or(RuleSettings::default(), |raw| raw.settings(document, problems));
        if problems[before..].iter().any(Problem::is_fault) {
            return None;
        }
        Some(Codebook {
            title: title?.into_inner(),
            low: low?.into_inner(),
            high: high?.into_inner(),
            licence: licence.map(Spanned::into_inner),
            conventions: head.value.conventions,
            coders: head.value.coders,
            settle: settle?,
            unseen,
            rules,
            issues,
            index,
        })
    }

    /// Finds an issue by its id.
    pub fn find(&self, id: &str) -> Option<IssueIndex> {
        self.index.get(id).copied()
    }

    /// The issue at a place in the codebook.
    pub fn issue(&self, index: IssueIndex) -> &Issue {
        &self.issues[index.0]
    }

    /// The places of all issues, in order.
    pub fn indices(&self) -> impl Iterator<Item = IssueIndex> + use<> {
        (0..self.issues.len()).map(IssueIndex)
    }

    /// The ids of the issues, as a list for people.
    pub fn issue_list(&self) -> String {
        listed(self.issues.iter().map(|issue| issue.id.as_str()))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCodebook {
    title: Option<Spanned<String>>,
    low: Option<Spanned<String>>,
    high: Option<Spanned<String>>,
    licence: Option<Spanned<String>>,
    #[serde(default)]
    conventions: Vec<String>,
    coders: Option<BTreeMap<String, String>>,
    /// Present only if `labels` is not a table, as `_issue` below.
    #[serde(rename = "labels")]
    _labels: Option<RawLabels>,
    unseen: Option<Spanned<RawUnseen>>,
    rules: Option<RawRuleSettings>,
    /// Present only if `issue` is not a list of tables. The key is then recognised and its kind rejected.
    #[serde(default, rename = "issue")]
    _issue: Vec<RawIssue>,
}
