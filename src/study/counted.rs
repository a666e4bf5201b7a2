//! Verdicts from counts: of a stream, of a file of labels, or of another program.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::NaiveDate;

use crate::codebook::{Codebook, IssueIndex, Position};
use crate::corpus::{Corpus, Selection};
use crate::count::exemplar::Exemplar;
use crate::count::{Tally, TallyCell};
use crate::date::{Grain, Precision, StatementDate};
use crate::error::{Error, Result};
use crate::label::settle::Settlement;
use crate::label::{Decision, HandDecision, Labelled, Whose};
use crate::rule::{Firing, RuleDecision};
use crate::series::Series;
use crate::shift::verdict::Quotation;
use crate::shift::{self, Pair, Verdict, Verdicts};
use crate::statement::{Kind, Statement};
use crate::study::groups::Groups;
use crate::study::{Ask, CountsMark, Family, Progress, Relabel, Study, StudyView, nothing_selected, rate};
use crate::words::{self, did_you_mean, meant};

/// Verdicts from counts. They are those of a study of the statements that were counted, except for what counts do not
/// have: the words of statements, who speaks in a group, and what else changes.
#[derive(Debug)]
pub struct CountedStudy<'t> {
    /// The issues and their scales.
    pub codebook: &'t Codebook,
    /// What was asked for.
    pub ask: Ask,
    /// The positions of each pair of the family, counted by day.
    pub series: Vec<Series<'t>>,
    /// A verdict for each pair, in the same order.
    pub verdicts: Verdicts,
    /// 8 digits that change with the codebook and with what was counted.
    pub fingerprint: String,
}

/// What counts cannot answer: they have no statements.
///
/// # Errors
/// [`Error::Request`] with what was asked for.
pub fn check(ask: &Ask) -> Result<()> {
    let without = |what: &str, hint: &str| Err(Error::request(format!("counts cannot answer {what}"), hint));
    match ask {
        Ask { by: Some(_), .. } => {
            without("--by, because they have no other column", "count with the group as the speaker")
        }
        Ask { stress: true, .. } => without("--stress, because they have no statements to leave out", "leave it out"),
        Ask { whose: Whose::Hand | Whose::Rules, .. } => without(
            "--origin, because a position is counted whoever gave it",
            "choose with `stance count --origin` what is counted",
        ),
        _ => ask.check(),
    }
}

impl<'t> CountedStudy<'t> {
    /// Judges counts. `tally` has what was counted between the dates of the selection; with the family of selected
    /// pairs, only these.
    ///
    /// # Errors
    /// [`Error::Request`] if counts cannot answer what is asked, see [`check`], or if nothing is selected.
    pub fn of(tally: &'t Tally, codebook: &'t Codebook, ask: Ask, progress: Progress<'_>) -> Result<CountedStudy<'t>> {
        check(&ask)?;
        let series = tally.series(codebook, ask.grain);
        let done = AtomicUsize::new(0);
        let step = || progress(done.fetch_add(1, Ordering::Relaxed) + 1, series.len());
        let mut verdicts = shift::verdicts(&series, codebook, &ask.request, step);
        rate::add(&mut verdicts.pairs, &series, ask.request.seed);
        verdicts.pairs.iter_mut().for_each(|pair| quote(pair, tally, codebook, ask.grain));
        let ask = Ask { relabel: Relabel::No, ..ask };
        let study = CountedStudy { codebook, ask, series, verdicts, fingerprint: tally.fingerprint(codebook) };
        if study.shown().next().is_none() {
            return Err(nothing_selected());
        }
        Ok(study)
    }

    /// The verdicts to show, by speaker, then by the order of issues in the codebook.
    pub fn shown(&self) -> impl Iterator<Item = &Pair> {
        self.verdicts.pairs.iter().filter(|pair| self.ask.shows(&pair.speaker, pair.index))
    }

    /// The study as what is printed of it.
    pub fn view(&self) -> StudyView<'_> {
        StudyView {
            codebook: self.codebook,
            ask: &self.ask,
            verdicts: &self.verdicts,
            series: &self.series,
            asides: &[],
        }
    }
}

/// Adds the statement that shows a finding, if its words were kept.
fn quote(pair: &mut Pair, tally: &Tally, codebook: &Codebook, grain: Grain) {
    let kept = tally.exemplars(&pair.speaker, pair.index);
    let levels = &codebook.issue(pair.index).levels;
    let quotation = |date: NaiveDate, rank: usize| {
        let is_meant = |exemplar: &&&Exemplar| {
            let day = StatementDate { written: exemplar.day, precision: Precision::Day };
            grain.of(day) == Some(date) && levels.get(rank).is_some_and(|level| level.position == exemplar.position)
        };
        let exemplar = kept.iter().find(is_meant)?;
        Some(Quotation {
            statement_id: exemplar.id.clone(),
            text: exemplar.text.clone(),
            indirect: exemplar.kind == Kind::Indirect,
        })
    };
    if let Verdict::Swing(swing) = &mut pair.verdict {
        swing.quotation = quotation(swing.date, swing.rank);
    }
    if let Some(latest) = &mut pair.latest {
        latest.quotation = quotation(latest.date, latest.rank);
    }
}

/// Counts as labels, for pictures and reports: one for all statements of a speaker on an issue that have the same date,
/// position and origin, and one for each that is there in words.
#[derive(Debug)]
pub struct CountedLabels {
    /// By date, then id, then speaker and issue.
    labels: Vec<CountedLabel>,
    mark: CountsMark,
}

#[derive(Debug)]
struct CountedLabel {
    statement: Statement,
    issue: IssueIndex,
    answer: CountedAnswer,
    stands_for: usize,
}

/// Who gave the position. Of a conflict, counts do not say who differs.
#[derive(Debug)]
enum CountedAnswer {
    Hand(HandDecision),
    Rules(RuleDecision),
}

impl CountedAnswer {
    fn hand(position: Position) -> CountedAnswer {
        let (position, coders, by) = (Some(position), Vec::new(), Settlement::Agreed);
        CountedAnswer::Hand(HandDecision::Settled { position, coders, by })
    }

    fn rules(position: Position) -> CountedAnswer {
        CountedAnswer::Rules(RuleDecision::Position(position, Firing::unknown(position)))
    }

    fn decision(&self) -> Decision<'_> {
        match self {
            CountedAnswer::Hand(hand) => Decision { hand: Some(hand), rules: None },
            CountedAnswer::Rules(rules) => Decision { hand: None, rules: Some(rules) },
        }
    }
}

impl CountedLabels {
    /// The labels of the pairs that a question shows.
    pub fn of(tally: &Tally, codebook: &Codebook, ask: &Ask) -> CountedLabels {
        let mut labels = Vec::new();
        let mut kept: (Option<(&str, IssueIndex)>, Vec<&Exemplar>) = (None, Vec::new());
        for cell in tally.cells().into_iter().filter(|cell| ask.shows(cell.speaker, cell.issue)) {
            let pair = (cell.speaker, cell.issue);
            if kept.0 != Some(pair) {
                kept = (Some(pair), tally.exemplars(cell.speaker, cell.issue));
            }
            add(&mut labels, &cell, &kept.1);
        }
        let words = labels.iter().any(|label| !label.statement.text.is_empty());
        labels.sort_by(|a, b| a.order().cmp(&b.order()));
        CountedLabels { labels, mark: CountsMark { fingerprint: tally.fingerprint(codebook), words } }
    }

    fn labels(&self) -> Vec<Labelled<'_>> {
        self.labels.iter().map(CountedLabel::labelled).collect()
    }
}

impl CountedLabel {
    fn order(&self) -> (NaiveDate, &str, &str, IssueIndex) {
        (self.statement.date.written, &self.statement.id, &self.statement.speaker, self.issue)
    }

    fn labelled(&self) -> Labelled<'_> {
        let CountedLabel { statement, issue, answer, stands_for } = self;
        Labelled { statement, issue: *issue, decision: answer.decision(), stands_for: *stands_for }
    }
}

/// Adds the labels of what was counted together.
fn add(labels: &mut Vec<CountedLabel>, cell: &TallyCell<'_>, kept: &[&Exemplar]) {
    let TallyCell { speaker, issue, date, position, .. } = *cell;
    let mut left = [cell.by_hand, cell.by_rules].map(|count| usize::try_from(count).unwrap_or(usize::MAX));
    let mut put = |statement: Statement, answer: CountedAnswer, stands_for: usize| {
        if stands_for > 0 {
            labels.push(CountedLabel { statement, issue, answer, stands_for });
        }
    };
    let without_words = || Statement::new("", date, speaker, String::new());
    let Some(position) = position else {
        return put(without_words(), CountedAnswer::Hand(HandDecision::Disputed(Vec::new())), left[0]);
    };
    let answer: [fn(Position) -> CountedAnswer; 2] = [CountedAnswer::hand, CountedAnswer::rules];
    for exemplar in kept.iter().filter(|kept| kept.is_of(date) && kept.position == position) {
        let origin = usize::from(exemplar.by_rules);
        if left[origin] > 0 {
            left[origin] -= 1;
            let statement = Statement {
                kind: exemplar.kind,
                source_publisher: exemplar.publisher.clone(),
                source_title: exemplar.title.clone(),
                source_url: exemplar.url.clone(),
                ..Statement::new(&exemplar.id, date, speaker, exemplar.text.clone())
            };
            put(statement, answer[origin](position), 1);
        }
    }
    for (answer, count) in answer.iter().zip(left) {
        put(without_words(), answer(position), count);
    }
}

impl<'c> Study<'c> {
    /// Counts as a study, so that pictures and reports show them as they show a corpus. `corpus` is one without statements,
    /// see [`Corpus::without_statements`]; its codebook is that of the counts.
    pub fn of_counts(counted: CountedStudy<'c>, labels: &'c CountedLabels, corpus: &'c Corpus) -> Study<'c> {
        let CountedStudy { ask, series, verdicts, .. } = counted;
        Study {
            corpus,
            ask,
            labels: labels.labels(),
            positions: Vec::new(),
            series,
            verdicts,
            asides: Vec::new(),
            warnings: Vec::new(),
            counts: Some(labels.mark.clone()),
            groups: Groups::new(corpus, None),
            decisions: None,
            family: Selection::default(),
            left: OnceLock::new(),
        }
    }
}

/// The part of a tally that a question is about.
#[must_use]
pub fn family(tally: Tally, ask: &Ask) -> Tally {
    let selection = &ask.selection;
    let tally = tally.within(selection.from, selection.to);
    match ask.family {
        Family::Whole => tally,
        Family::Selected => tally.only(&selection.speakers, &selection.issues),
    }
}

/// The name of a speaker that was counted, however its letters and spaces are typed.
///
/// # Errors
/// [`Error::Request`] if there is no speaker of that name. The hint names the nearest.
pub fn find_speaker(tally: &Tally, name: &str) -> Result<String> {
    let (names, name) = (tally.speakers(), words::name(name));
    if names.contains(&name.as_str()) {
        return Ok(name);
    }
    let within = names.iter().find(|other| other.to_lowercase().contains(&name.to_lowercase()));
    let guess = within.map(|near| meant(near)).or_else(|| did_you_mean(&name, names.iter().copied()));
    let hint = guess.unwrap_or_else(|| "see the column speaker of the file".to_owned());
    Err(Error::request(format!("there is no speaker `{name}` in the counts"), hint))
}

/// An issue of a codebook.
///
/// # Errors
/// [`Error::Request`] if there is no such issue. The hint lists those that exist.
pub fn find_issue(codebook: &Codebook, id: &str) -> Result<IssueIndex> {
    codebook.find(id).ok_or_else(|| {
        let hint = format!("the codebook has: {}", codebook.issue_list());
        Error::request(format!("there is no issue `{id}`"), hint)
    })
}
