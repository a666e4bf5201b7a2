//! Runs the tests written in `rules.toml` beside the rules they test.

use crate::codebook::Codebook;
use crate::error::Problem;
use crate::rule::topic::{Beside, Said};
use crate::rule::{InlineTest, Rules, Scratch, TestKind};

/// The results of the inline tests.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TestReport {
    /// How many `match` and `reject` tests there are.
    pub run: usize,
    /// How many `todo` tests do not match yet, as expected.
    pub todo: usize,
    /// Failed tests as faults, and `todo` tests that now match as warnings.
    pub problems: Vec<Problem>,
}

impl TestReport {
    /// How many tests fail.
    pub fn failed(&self) -> usize {
        self.problems.iter().filter(|problem| problem.is_fault()).count()
    }
}

/// Runs every inline test. A rule matches a sentence if it gives the position written in the rule. If a
/// context changes the position, the rule fires but does not match. A test is about its rule alone: it must name the
/// topic of the issue, but the domain only if the rule says where.
pub fn run(rules: &Rules, codebook: &Codebook) -> TestReport {
    let mut report = TestReport::default();
    let mut scratch = Scratch::default();
    for (index, rule) in rules.rules.iter().enumerate() {
        for test in &rule.tests {
            let firings = rules.firings(&said(test), &mut scratch);
            let own_firing = firings.iter().find(|firing| firing.rule == index && firing.position == rule.position);
            let (span, id, text) = (test.span.clone(), &rule.id, &test.text);
            report.run += usize::from(test.kind != TestKind::Todo);
            let problem = match (test.kind, own_firing) {
                (TestKind::Todo, None) => {
                    report.todo += 1;
                    continue;
                }
                (TestKind::Match, Some(_)) | (TestKind::Reject, None) => continue,
                (TestKind::Todo, Some(_)) => {
                    let what = format!("the rule `{id}` already matches `{text}`");
                    rules.document.warning(span, what, "move it from `todo` to `match`")
                }
                (TestKind::Match, None) => {
                    let what = format!("the rule `{id}` does not match its test `{text}`");
                    rules.document.fault(span, what, instead(rules, codebook, index, test, &mut scratch))
                }
                (TestKind::Reject, Some(firing)) => {
                    let matched = &text[firing.evidence.clone()];
                    let what = format!("the rule `{id}` matches what it should reject: `{text}`");
                    let hint = format!("it matches at `{matched}`; narrow its patterns or add to `none`");
                    rules.document.fault(span, what, hint)
                }
            };
            report.problems.push(problem);
        }
    }
    report
}

/// What a test says.
pub fn said(test: &InlineTest) -> Said<'_> {
    Said { text: &test.text, beside: Beside::Words(&test.beside), asks_domain: false, is_of_corpus: false }
}

/// Reports what stopped a rule on a test's text, or which rules fire on it.
fn instead(rules: &Rules, codebook: &Codebook, index: usize, test: &InlineTest, scratch: &mut Scratch) -> String {
    let mut stopped = None;
    rules.judge(&said(test), scratch, |rule, verdict| {
        if rule == index && stopped.is_none() {
            stopped = rules.stopped(rule, &verdict, &test.text);
        }
    });
    let fired: Vec<String> = rules
        .firings(&said(test), scratch)
        .iter()
        .map(|firing| {
            let (id, issue) = (&rules.rules[firing.rule].id, &codebook.issue(rules.rules[firing.rule].issue).id);
            let contexts = rules.contexts_of(firing);
            let contexts = if contexts.is_empty() { contexts } else { format!(", {contexts}") };
            format!("`{id}` ({issue} {}{contexts}) at `{}`", firing.position, &test.text[firing.evidence.clone()])
        })
        .collect();
    match (stopped, fired.is_empty()) {
        (Some(stopped), _) => stopped,
        (None, true) => "no rule fires on it".to_owned(),
        (None, false) => format!("these fire instead: {}", fired.join(", ")),
    }
}
