//! Runs the tests that stand in `rules.toml` beside the rules they test.

use crate::codebook::Codebook;
use crate::error::Problem;
use crate::rule::{InlineTest, Rules, Scratch, TestKind};

/// How the inline tests went.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TestReport {
    /// How many `match` and `reject` tests there are.
    pub run: usize,
    /// How many `todo` tests do not match yet, as they say.
    pub todo: usize,
}

/// Runs every inline test. Failures are added to `problems` as faults, `todo` tests that match by
/// now as warnings.
pub fn run(rules: &Rules, codebook: &Codebook, problems: &mut Vec<Problem>) -> TestReport {
    let mut report = TestReport::default();
    let mut scratch = Scratch::default();
    for (index, rule) in rules.rules.iter().enumerate() {
        for test in &rule.tests {
            let firings = rules.firings(&test.text, &mut scratch);
            let own = firings.iter().find(|firing| firing.rule == index);
            let at = |what: String, hint: String| rules.document.fault(test.span.clone(), what, hint);
            match (test.kind, own) {
                (TestKind::Todo, None) => report.todo += 1,
                (TestKind::Todo, Some(_)) => {
                    let what = format!("the rule `{}` already matches `{}`", rule.id, test.text);
                    problems.push(rules.document.warning(test.span.clone(), what, "move it from `todo` to `match`"));
                }
                (TestKind::Match, Some(_)) | (TestKind::Reject, None) => report.run += 1,
                (TestKind::Match, None) => {
                    report.run += 1;
                    let what = format!("the rule `{}` does not match its test `{}`", rule.id, test.text);
                    problems.push(at(what, instead(rules, codebook, test, &mut scratch)));
                }
                (TestKind::Reject, Some(firing)) => {
                    report.run += 1;
                    let found = &test.text[firing.evidence.clone()];
                    let what = format!("the rule `{}` matches what it should reject: `{}`", rule.id, test.text);
                    problems.push(at(what, format!("it matches at `{found}`; narrow its patterns or add to `none`")));
                }
            }
        }
    }
    report
}

/// Says which other rules fire on a test's text.
fn instead(rules: &Rules, codebook: &Codebook, test: &InlineTest, scratch: &mut Scratch) -> String {
    let fired: Vec<String> = rules
        .firings(&test.text, scratch)
        .iter()
        .map(|firing| {
            let rule = &rules.rules[firing.rule];
            let issue = &codebook.issue(rule.issue).id;
            format!("`{}` ({issue} {}) at `{}`", rule.id, firing.position, &test.text[firing.evidence.clone()])
        })
        .collect();
    if fired.is_empty() {
        "no rule fires on it".to_owned()
    } else {
        format!("what fires instead: {}", fired.join(", "))
    }
}
