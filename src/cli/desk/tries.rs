//! Rules that were tried and are not saved, with what they would change. A browser asks for the labels first and then for
//! the verdicts of the same text, and each change of it is compared with the same rules that are saved.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use stance::agreement::rules::{IssueRow, found};
use stance::codebook::IssueIndex;
use stance::corpus::{Corpus, Selection};
use stance::desk::pages::rules::VerdictMove;
use stance::desk::trial::Trial;
use stance::rule::RuleDecisions;
use stance::shift::kept::KeptTests;
use stance::study::{Ask, judged};

/// The word for the verdict of each pair.
type Words = BTreeMap<(String, IssueIndex), &'static str>;

/// A text that was tried.
pub struct Attempt {
    /// The corpus that it was tried on.
    pub corpus: Arc<Corpus>,
    /// What it would do.
    pub trial: Trial,
    /// How the rules do that are saved.
    pub before: Arc<Vec<IssueRow>>,
    /// How these rules would do. `None` if they have a fault.
    pub after: Option<Vec<IssueRow>>,
    text: String,
}

/// What was tried last.
#[derive(Clone, Default)]
pub struct Tries {
    last: Option<Arc<Attempt>>,
    /// The verdicts with the rules that are saved, on a corpus.
    saved: Option<(Arc<Corpus>, Arc<Words>)>,
    /// The tests that were made: of most pairs, the next text changes no day.
    kept: Arc<KeptTests>,
}

impl Tries {
    /// Nothing tried yet, with the tests that were made: they hold for any corpus.
    pub fn anew(&self) -> Tries {
        Tries { kept: Arc::clone(&self.kept), ..Tries::default() }
    }

    /// Tries a text as the rules of a corpus, unless it is the one that was tried last. `decisions` is what the rules
    /// give that are saved.
    pub fn attempt(&mut self, corpus: &Arc<Corpus>, decisions: &RuleDecisions, text: &str) -> Arc<Attempt> {
        let last = self.last.as_ref().filter(|last| Arc::ptr_eq(&last.corpus, corpus));
        if let Some(last) = last.filter(|last| last.text == text) {
            return Arc::clone(last);
        }
        let before = last.map_or_else(|| Arc::new(found(corpus, decisions)), |last| Arc::clone(&last.before));
        let trial = Trial::of(corpus, decisions, text);
        let after = trial.tried.as_ref().map(|tried| found(corpus, &tried.decisions));
        let attempt = Attempt { corpus: Arc::clone(corpus), trial, before, after, text: text.to_owned() };
        let attempt = Arc::new(attempt);
        self.last = Some(Arc::clone(&attempt));
        attempt
    }

    /// The verdicts that a text would change, and of how many. `None` if it has a fault or moves no label.
    pub fn verdicts(&mut self, attempt: &Attempt, decisions: &RuleDecisions) -> Option<(Vec<VerdictMove>, usize)> {
        let tried = attempt.trial.tried.as_ref().filter(|tried| !tried.moved.is_empty())?;
        let corpus = &attempt.corpus;
        let known = self.saved.as_ref().filter(|(of, _)| Arc::ptr_eq(of, corpus));
        let before =
            known.map_or_else(|| Arc::new(words(corpus, decisions, &self.kept)), |(_, words)| Arc::clone(words));
        self.saved = Some((Arc::clone(corpus), Arc::clone(&before)));
        let after = words(corpus, &tried.decisions, &self.kept);
        let pairs: BTreeSet<_> = before.keys().chain(after.keys()).collect();
        let differs = pairs.iter().filter(|pair| before.get(pair) != after.get(pair));
        let changed = differs.map(|pair| VerdictMove {
            speaker: pair.0.clone(),
            issue: corpus.codebook.issue(pair.1).name.clone(),
            before: before.get(*pair).copied(),
            after: after.get(*pair).copied(),
        });
        Some((changed.collect(), pairs.len()))
    }
}

/// The verdicts on statements that are not set aside: whoever writes rules does not learn what they do with the others.
fn words(corpus: &Corpus, decisions: &RuleDecisions, kept: &KeptTests) -> Words {
    let ask = Ask { selection: Selection { seen: true, ..Selection::default() }, ..Ask::default() };
    judged(corpus, decisions, &ask, kept).into_iter().map(|(pair, verdict)| (pair, verdict.word())).collect()
}
