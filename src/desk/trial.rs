//! Other rules, tried before they are saved: their faults, their tests, and which labels would change.
//!
//! Statements that are set aside are left out of everything here: whoever writes the rules may not know what these do
//! with them.

use std::path::PathBuf;

use crate::agreement::rules::{Moved, moved};
use crate::corpus::{Corpus, RULES_FILE};
use crate::error::Problem;
use crate::file::document::Document;
use crate::rule::test::{self, TestReport};
use crate::rule::{RuleDecisions, Rules, file};
use crate::unseen;

/// Rules as they are typed, not saved yet.
pub struct Trial {
    /// Every fault and warning of the file, and of its tests.
    pub problems: Vec<Problem>,
    /// What the rules are and do. `None` if the file has a fault.
    pub tried: Option<Tried>,
}

/// Rules without a fault, and what they do.
pub struct Tried {
    /// The rules.
    pub rules: Rules,
    /// Their tests.
    pub tests: TestReport,
    /// What they give to every statement.
    pub decisions: RuleDecisions,
    /// The labels that change, without those of statements that are set aside.
    pub moved: Vec<Moved>,
}

impl Trial {
    /// Tries a text as the rules of a corpus. `before` is what its own rules give.
    pub fn of(corpus: &Corpus, before: &RuleDecisions, text: &str) -> Trial {
        let mut problems = Vec::new();
        let document = Document::new(PathBuf::from(RULES_FILE), text.to_owned());
        let mut speakers: Vec<&str> = corpus.statements.rows.iter().map(|row| row.speaker.as_str()).collect();
        speakers.sort_unstable();
        speakers.dedup();
        let rules = file::parse(document, Some(&corpus.codebook), Some(&speakers), &mut problems);
        let rules = rules.filter(|_| !problems.iter().any(Problem::is_fault));
        let tried = rules.map(|mut rules| {
            rules.columns.clone_from(&corpus.rules.columns);
            // None of the three needs another.
            let rows = &corpus.statements.rows;
            let (decisions, (tests, given_away)) = rayon::join(
                || rules.decide_all(rows, || {}),
                || {
                    let mut given_away = Vec::new();
                    unseen::given_away::check(&rules, rows, &mut given_away);
                    (test::run(&rules, &corpus.codebook), given_away)
                },
            );
            problems.extend(tests.problems.iter().cloned().chain(given_away));
            let mut moved = moved(before, &decisions);
            moved.retain(|moved| !corpus.statements.rows[moved.statement].unseen);
            Tried { rules, tests, decisions, moved }
        });
        problems.sort_by_key(|problem| problem.place);
        Trial { problems, tried }
    }

    /// Whether it may be saved: the file has no fault, and no test fails.
    pub fn is_sound(&self) -> bool {
        self.tried.is_some() && !self.problems.iter().any(Problem::is_fault)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codebook::Position;
    use crate::desk::sample;

    fn rule(pattern: &str) -> String {
        format!(
            "[[rule]]\nid = \"more\"\nissue = \"tram\"\nposition = 1\nany = [\"{pattern}\"]\nmatch = [\"we want {pattern}\"]\n"
        )
    }

    #[test]
    fn other_rules_are_tried_without_what_is_set_aside() {
        let statements = "id,date,speaker,text\na,2025-01-01,Al,more trams\nb,2025-01-02,Al,more tracks\nc,2025-01-03,Al,more tracks\n";
        let codebook = format!("{}[unseen]\nids = [\"c\"]\n", sample::CODEBOOK);
        let (_folder, corpus) = sample::corpus(&[
            ("statements.csv", statements),
            ("codebook.toml", &codebook),
            ("rules.toml", &rule("more trams")),
        ]);
        let before = corpus.label_by_rules(|| {});
        let trial = Trial::of(&corpus, &before, &rule("more tracks"));
        assert!(trial.is_sound(), "{:?}", trial.problems);
        let changes: Vec<_> = trial.tried.unwrap().moved.iter().map(|m| (m.statement, m.before, m.after)).collect();
        assert_eq!(changes, [(0, Some(Position(1)), None), (1, None, Some(Position(1)))], "c is set aside");
        let torn = Trial::of(&corpus, &before, &rule("more ("));
        assert!(torn.tried.is_none() && !torn.is_sound());
        let place = torn.problems[0].place.unwrap();
        assert_eq!((place.line, torn.problems[0].is_fault()), (5, true));
        let failing = Trial::of(&corpus, &before, &rule("more tracks").replace("we want more", "we want fewer"));
        assert!(failing.tried.is_some() && !failing.is_sound(), "a failing test is not saved either");
    }
}
