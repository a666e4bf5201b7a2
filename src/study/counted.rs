//! Verdicts from counts: of a stream, of a file of labels, or of another program.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::codebook::{Codebook, IssueIndex};
use crate::count::Tally;
use crate::error::{Error, Result};
use crate::label::Whose;
use crate::series::Series;
use crate::shift::{self, Pair, Verdicts};
use crate::study::{Ask, Family, Progress, Relabel, StudyView, nothing_selected, rate};
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
