//! A corpus with its labels, positions and verdicts, computed once. Every command shows these.
//!
//! Verdicts are always computed on the whole family: every pair of speaker and issue between the selected dates.
//! Speakers and issues only choose what is shown, so a verdict is the same wherever it is printed.

use std::collections::BTreeMap;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::codebook::{Codebook, IssueIndex};
use crate::corpus::{Corpus, Selection};
use crate::curve::{self, Curve};
use crate::date::Grain;
use crate::error::{Error, Result, Warning};
use crate::label::{Labelled, Whose};
use crate::rule::RuleDecisions;
use crate::series::Series;
use crate::shift::kept::KeptTests;
use crate::shift::{self, Pair, Request, Verdict, Verdicts};
use crate::statement::{Statement, TextColumn};

pub mod groups;
pub mod positions;
mod confusion;
mod noise;
mod coders;
mod stress;
pub mod words;
mod mix;
pub mod sensitivity;
pub mod rate;
pub mod question;
pub mod answer;
pub mod pinned;
pub mod kept;
pub mod design;
pub mod asked;
pub mod counted;
pub mod changes;
mod told;
pub mod left;

use groups::Groups;
use left::LeftLabel;
use positions::{Grounds, Positions};
use sensitivity::{Sensitivity, SensitivityRow};

/// What to study.
#[derive(Debug, Clone, Default)]
pub struct Ask {
    /// The statements to study, by date and verification, and the speakers and issues to show.
    pub selection: Selection,
    /// Which positions: by hand, by rules, or both.
    pub whose: Whose,
    /// How positions are tested.
    pub request: Request,
    /// Which pairs share the correction of p.
    pub family: Family,
    /// Which verdicts are repeated with the errors that rules make, and with the labels of other coders.
    pub relabel: Relabel,
    /// Whether verdicts are repeated without each part of what they rest on.
    pub stress: bool,
    /// The column whose values count as speakers; `None` for the speakers. With a column, the speakers of the selection
    /// choose whose statements are read.
    pub by: Option<TextColumn>,
    /// The values of that column to show; all if it is empty.
    pub groups: Vec<String>,
    /// What counts as a day.
    pub grain: Grain,
    /// The pairs that a plan names, or all others.
    pub pairs: PairChoice,
}

/// A pair of speaker or group, and issue.
pub type NamedPair = (String, IssueIndex);

/// Pairs that are named one by one, because they were fixed beforehand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum PairChoice {
    /// No pair is named.
    #[default]
    All,
    /// These are tested, and no others. They share the correction.
    Only(Vec<NamedPair>),
    /// All are tested. These are not shown.
    Except(Vec<NamedPair>),
}

impl PairChoice {
    fn takes(&self, name: &str, issue: IssueIndex) -> bool {
        let named = |pairs: &[NamedPair]| pairs.iter().any(|(other, index)| other == name && *index == issue);
        match self {
            PairChoice::All => true,
            PairChoice::Only(pairs) => named(pairs),
            PairChoice::Except(pairs) => !named(pairs),
        }
    }
}

impl Ask {
    /// Whether a speaker or group is shown on an issue.
    pub fn shows(&self, name: &str, issue: IssueIndex) -> bool {
        let selected = match self.by {
            None => self.selection.takes_pair(name, issue),
            Some(_) => {
                let named = self.groups.is_empty() || self.groups.iter().any(|group| group == name);
                named && self.selection.takes_issue(issue)
            }
        };
        selected && self.pairs.takes(name, issue)
    }

    /// Whether all pairs of the family are shown.
    pub fn shows_all(&self) -> bool {
        let whole = match self.by {
            None => self.selection.is_whole(),
            Some(_) => self.groups.is_empty() && self.selection.issues.is_empty(),
        };
        whole && self.pairs == PairChoice::All
    }

    /// Checks what types cannot.
    ///
    /// # Errors
    /// [`Error::Request`] if the date to compare at is within a unit of the test.
    pub fn check(&self) -> Result<()> {
        let Some(event) = self.request.event.filter(|event| self.grain.start(*event) != *event) else { return Ok(()) };
        let unit = self.grain.word();
        let what = format!("{event} is not the first day of a {unit}, so it divides a {unit} of the test");
        let hint = format!("compare at {} or leave out --grain", self.grain.start(event));
        Err(Error::request(what, hint))
    }
}

/// The verdicts that are repeated with labels redrawn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Relabel {
    /// None.
    #[default]
    No,
    /// Those that say that a position moved.
    Moved,
    /// All that are shown.
    All,
}

/// The most pairs whose verdicts are repeated with labels redrawn. A hundred tests of each take minutes if there are
/// more and they have hundreds of days.
const MOST_REPEATED: usize = 1_000;

/// The pairs for which p is corrected.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Family {
    /// All pairs between the selected dates, whatever is shown.
    #[default]
    Whole,
    /// Only the selected speakers and issues. This holds only if you chose them before you looked.
    Selected,
}

/// A corpus with its labels, positions and verdicts.
#[derive(Debug)]
pub struct Study<'c> {
    /// The corpus.
    pub corpus: &'c Corpus,
    /// What was asked for.
    pub ask: Ask,
    /// The labels of the whole family, by date, then id, then the order of issues in the codebook.
    pub labels: Vec<Labelled<'c>>,
    /// The positions of each pair of the family, by speaker, then by the order of issues in the codebook.
    pub positions: Vec<Positions<'c>>,
    /// The same, counted by day.
    pub series: Vec<Series<'c>>,
    /// A verdict for each pair, in the same order, with the facts behind the tests.
    pub verdicts: Verdicts,
    /// What else there is to say of each pair, in the same order.
    pub asides: Vec<PairAside>,
    /// Warnings for the reader.
    pub warnings: Vec<Warning>,
    /// What was counted, if statements were only counted. Then there are only few in words, and no coders or rules.
    pub counts: Option<CountsMark>,
    /// Who counts as a speaker.
    groups: Groups<'c>,
    /// The labels by rules; `None` if statements were only counted.
    decisions: Option<&'c RuleDecisions>,
    /// The statements of the family.
    family: Selection,
    /// What is left out, once somebody asks.
    left: OnceLock<Vec<LeftLabel>>,
}

/// What was counted, where there are only counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountsMark {
    /// 8 digits that change with the codebook and with what was counted.
    pub fingerprint: String,
    /// Whether a few statements of each pair are there in words.
    pub words: bool,
}

/// What is printed of verdicts, whether they come from a corpus or from counts.
#[derive(Debug, Clone, Copy)]
pub struct StudyView<'s> {
    /// The issues and their scales.
    pub codebook: &'s Codebook,
    /// What was asked for.
    pub ask: &'s Ask,
    /// A verdict for each pair of the family.
    pub verdicts: &'s Verdicts,
    /// The series that it was reached from, in the same order.
    pub series: &'s [Series<'s>],
    /// What else there is to say of each pair, in the same order; empty if nothing.
    pub asides: &'s [PairAside],
}

impl<'s> StudyView<'s> {
    /// The verdicts to show, by speaker, then by the order of issues in the codebook.
    pub fn shown(&self) -> impl Iterator<Item = &'s Pair> + use<'s> {
        let ask = self.ask;
        self.verdicts.pairs.iter().filter(|pair| ask.shows(&pair.speaker, pair.index))
    }

    /// What else there is to say of a pair.
    pub fn aside(&self, pair: &Pair) -> Option<&'s PairAside> {
        let of = |other: &Pair| other.speaker == pair.speaker && other.index == pair.index;
        self.verdicts.pairs.iter().zip(self.asides).find(|(other, _)| of(other)).map(|(_, aside)| aside)
    }
}

impl<'s> StudyView<'s> {
    /// The tests of all shown pairs under other assumptions, as rows; none if that was not asked for.
    pub fn sensitivity(&self) -> Vec<SensitivityRow<'s>> {
        let all = self.verdicts.pairs.iter().zip(self.asides);
        let shown = all.filter(|(pair, _)| self.ask.shows(&pair.speaker, pair.index));
        shown
            .flat_map(|(pair, aside)| aside.sensitivity.iter().flat_map(|sensitivity| sensitivity.rows(pair)))
            .collect()
    }
}

/// What else there is to say of a pair, beside its verdict.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PairAside {
    /// The test under other assumptions, if that was asked for.
    pub sensitivity: Option<Sensitivity>,
}

impl PairAside {
    /// What there is to say, in sentences.
    pub fn sentences(&self) -> Vec<String> {
        self.sensitivity.iter().flat_map(Sensitivity::sentences).collect()
    }
}

/// Called with the steps that are done, and with their total.
pub type Progress<'p> = &'p (dyn Fn(usize, usize) + Sync);

/// What is judged, before it is judged.
struct Material<'c> {
    /// Whose and which statements share the correction.
    family: Selection,
    labels: Vec<Labelled<'c>>,
    groups: Groups<'c>,
    positions: Vec<Positions<'c>>,
    series: Vec<Series<'c>>,
}

impl<'c> Material<'c> {
    fn of(corpus: &'c Corpus, decisions: &'c RuleDecisions, ask: &Ask) -> Material<'c> {
        let family = match ask.family {
            // With groups, speakers choose what is read.
            Family::Whole if ask.by.is_some() => Selection { issues: Vec::new(), ..ask.selection.clone() },
            Family::Whole => Selection { speakers: Vec::new(), issues: Vec::new(), ..ask.selection.clone() },
            Family::Selected => ask.selection.clone(),
        };
        let codebook = &corpus.codebook;
        let labels = corpus.labelled(decisions, &family);
        let groups = Groups::new(corpus, ask.by.clone());
        let mut positions = positions::all(&labels, codebook, ask.whose, &groups, ask.grain);
        let planned = matches!(ask.pairs, PairChoice::Only(_));
        if planned || ask.family == Family::Selected && ask.by.is_some() {
            positions.retain(|positions| ask.shows(positions.speaker, positions.issue));
        }
        let series: Vec<Series<'c>> = positions.iter().map(|positions| positions.series(codebook)).collect();
        Material { family, labels, groups, positions, series }
    }
}

/// The verdict on each pair of the family alone, as a study has it, but without quotations and all else that is to be said of
/// a pair. Tests that were made before are not made again.
pub fn judged(corpus: &Corpus, decisions: &RuleDecisions, ask: &Ask, kept: &KeptTests) -> Vec<(NamedPair, Verdict)> {
    let series = Material::of(corpus, decisions, ask).series;
    let verdicts = shift::judged(&series, &corpus.codebook, &ask.request, kept);
    let pairs = series.iter().map(|series| (series.speaker.to_owned(), series.issue));
    pairs.zip(verdicts).collect()
}

impl<'c> Study<'c> {
    /// Studies a corpus with the labels by its rules.
    ///
    /// A study without a position has no pair. The caller decides whether that is an error.
    pub fn of(corpus: &'c Corpus, decisions: &'c RuleDecisions, ask: Ask, progress: Progress<'_>) -> Study<'c> {
        let Material { family, labels, groups, positions, series } = Material::of(corpus, decisions, &ask);
        let codebook = &corpus.codebook;
        let (done, passes) =
            (AtomicUsize::new(0), 1 + usize::from(ask.relabel != Relabel::No) + usize::from(ask.stress));
        let step = || progress(done.fetch_add(1, Ordering::Relaxed) + 1, series.len() * passes);
        let mut verdicts = shift::verdicts(&series, codebook, &ask.request, step);
        for (pair, positions) in verdicts.pairs.iter_mut().zip(&positions) {
            quote(pair, positions);
        }
        let shown = |pair: &Pair| ask.shows(&pair.speaker, pair.index);
        let grounds =
            Grounds { corpus, decisions, selection: &family, whose: ask.whose, groups: &groups, grain: ask.grain };
        mix::add(&mut verdicts.pairs, &positions, ask.by.is_some(), ask.request.seed);
        rate::add(&mut verdicts.pairs, &series, ask.request.seed);
        let wanted = |pair: &Pair| shown(pair) && (ask.relabel == Relabel::All || pair.verdict.moved());
        let many = verdicts.pairs.iter().filter(|pair| pair.tested && wanted(pair)).count() > MOST_REPEATED;
        if ask.relabel != Relabel::No && !many {
            noise::repeat(&mut verdicts, &positions, &grounds, &ask.request, wanted, step);
            coders::repeat(&mut verdicts, &positions, &grounds, &ask.request, wanted);
        }
        if ask.stress {
            stress::stress(&mut verdicts, &positions, &grounds, &ask.request, shown, step);
        }
        let mut asides = vec![PairAside::default(); series.len()];
        if ask.stress {
            let all = sensitivity::repeat(&verdicts.pairs, &series, &ask.request, shown);
            asides.iter_mut().zip(all).for_each(|(aside, sensitivity)| aside.sensitivity = sensitivity);
        }
        let mut warnings = ask.selection.warnings(&corpus.statements.rows);
        if ask.relabel == Relabel::All && many {
            let what =
                format!("no verdict is repeated with labels redrawn, because more than {MOST_REPEATED} are shown");
            warnings.push(Warning::new(what, "choose speakers or issues to see how firm their verdicts are"));
        }
        warnings.extend(groups.warning(&labels));
        Study {
            corpus,
            ask,
            labels,
            positions,
            series,
            verdicts,
            asides,
            warnings,
            counts: None,
            groups,
            decisions: Some(decisions),
            family,
            left: OnceLock::new(),
        }
    }

    /// The verdicts to show, by speaker, then by the order of issues in the codebook.
    pub fn shown(&self) -> impl Iterator<Item = &Pair> {
        self.verdicts.pairs.iter().filter(|pair| self.ask.shows(&pair.speaker, pair.index))
    }

    /// The study as what is printed of it.
    pub fn view(&self) -> StudyView<'_> {
        let codebook = &self.corpus.codebook;
        StudyView { codebook, ask: &self.ask, verdicts: &self.verdicts, series: &self.series, asides: &self.asides }
    }

    /// What else there is to say of a pair.
    pub fn aside(&self, pair: &Pair) -> Option<&PairAside> {
        self.view().aside(pair)
    }

    /// Who a statement counts for: its speaker, or its group. `None` if it has no group.
    pub fn who(&self, statement: &'c Statement) -> Option<&'c str> {
        self.groups.of(statement)
    }

    /// The verdict on a speaker and issue; `None` if the speaker takes no position on it.
    pub fn pair(&self, speaker: &str, issue: IssueIndex) -> Option<&Pair> {
        self.verdicts.pairs.iter().find(|pair| pair.speaker == speaker && pair.index == issue)
    }

    /// How many positions of the shown pairs were settled by counting the answers of coders who differ.
    pub fn counted(&self) -> usize {
        let shown = |label: &&Labelled<'c>| {
            self.groups.of(label.statement).is_some_and(|name| self.ask.shows(name, label.issue))
        };
        self.labels.iter().filter(shown).filter(|label| label.decision.is_counted_by(self.ask.whose)).count()
    }

    /// The positions that the study leaves out because of dates, verification or an unsure day.
    pub fn left(&self) -> &[LeftLabel] {
        self.left.get_or_init(|| match self.decisions {
            Some(decisions) => left::left(self.corpus, decisions, &self.family, self.ask.whose),
            None => Vec::new(),
        })
    }

    /// The curve of a speaker on an issue between the selected dates.
    pub fn curve(&self, speaker: &str, issue: IssueIndex) -> Option<Curve> {
        let series = self.series.iter().find(|series| series.speaker == speaker && series.issue == issue)?;
        Some(curve_of(series, &self.corpus.codebook, &self.ask.selection, self.ask.request.seed))
    }

    /// 8 digits that change with what was studied.
    pub fn fingerprint(&self) -> String {
        self.counts.as_ref().map_or_else(|| self.corpus.fingerprint(), |counts| counts.fingerprint.clone())
    }

    /// The shown speaker with the most positions. Among equals, one who moved, then the first by name.
    pub fn most_quoted(&self) -> Option<&str> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for series in self.series.iter().filter(|series| self.ask.shows(series.speaker, series.issue)) {
            *counts.entry(series.speaker).or_default() += series.statements() + series.by_month();
        }
        counts.retain(|_, count| *count > 0);
        let moved = |speaker: &str| self.shown().any(|pair| pair.speaker == speaker && pair.verdict.moved());
        let all = counts.into_iter().map(|(speaker, count)| (count, moved(speaker), speaker));
        all.max_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(b.2.cmp(a.2))).map(|(_, _, speaker)| speaker)
    }

    /// Returns an error if the study shows no pair.
    ///
    /// # Errors
    /// [`Error::Request`] if the selection has no statement with a position.
    pub fn not_empty(&self) -> Result<()> {
        if self.shown().next().is_some() { Ok(()) } else { Err(nothing_selected()) }
    }
}

/// The curves of a selection, without verdicts: a series and its curve for each pair with a position.
pub fn curves<'c>(
    corpus: &'c Corpus,
    decisions: &'c RuleDecisions,
    selection: &Selection,
    seed: u64,
) -> Vec<(Series<'c>, Curve)> {
    let labels = corpus.labelled(decisions, selection);
    let groups = Groups::new(corpus, None);
    let positions = positions::all(&labels, &corpus.codebook, Whose::Both, &groups, Grain::Day);
    let curve = |positions: &Positions<'c>| {
        let series = positions.series(&corpus.codebook);
        let curve = curve_of(&series, &corpus.codebook, selection, seed);
        (series, curve)
    };
    positions.par_iter().map(curve).collect()
}

fn curve_of(series: &Series<'_>, codebook: &Codebook, selection: &Selection, seed: u64) -> Curve {
    curve::curve(series, codebook.issue(series.issue), seed).within(selection.from, selection.to)
}

/// The error for a selection without a position.
pub fn nothing_selected() -> Error {
    let what = "the selection has no statement with a position";
    Error::request(what, "choose other speakers, issues or dates; `stance check` counts what there is")
}

/// Adds the statement that shows a finding.
fn quote(pair: &mut Pair, positions: &Positions<'_>) {
    let quotation = |date: NaiveDate, rank: usize| positions.quotation(date, rank);
    if let Verdict::Swing(swing) = &mut pair.verdict {
        swing.quotation = quotation(swing.date, swing.rank);
    }
    if let Some(latest) = &mut pair.latest {
        latest.quotation = quotation(latest.date, latest.rank);
    }
}
