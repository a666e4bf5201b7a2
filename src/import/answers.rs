//! What sheets need to be said of them, and what is kept of it: it holds for that file alone, because another one may be
//! of somebody else.

use std::collections::BTreeMap;

use crate::error::Problem;
use crate::import::column::{ColumnUse, DEFAULT_CODER, Naming, bare_header, named};
use crate::import::harvest::{Harvest, Source};
use crate::import::recognise::Needs;
use crate::import::settings::{FileAnswers, ImportSettings};
use crate::words::listed;

/// What the sheets need an answer for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Needed {
    /// Who labelled.
    pub coder: bool,
    /// Who spoke.
    pub speaker: bool,
    /// The issue of a column whose header names none.
    pub issue: bool,
    /// What a spreadsheet has done to the true dates.
    pub true_dates: bool,
}

/// Finds out what each sheet needs an answer for.
pub fn needed(sources: &[Source], harvest: &Harvest, said: &ImportSettings) -> Vec<Needed> {
    let of_source = |(place, source): (usize, &Source)| {
        let is_open = |column: usize| match &source.columns[column].usage {
            ColumnUse::PositionOn(None) => names_no_issue(&source.columns[column].header, said),
            ColumnUse::PositionBy { issue: None, .. } => source.issue_of_row(column).is_none(),
            _ => false,
        };
        Needed {
            coder: harvest.coder_is_open.contains(&place),
            true_dates: harvest.dates_are_asked.contains(&place),
            speaker: source.needs == Needs::Statements && source.statement_column("speaker").is_none(),
            issue: (0..source.columns.len()).any(is_open),
        }
    };
    sources.iter().enumerate().map(of_source).collect()
}

/// Whether a column has no issue of its own: its header says no more than that positions are below it, or an earlier
/// import had to be told the issue.
fn names_no_issue(header: &str, said: &ImportSettings) -> bool {
    let uses = named(header);
    let says_little = uses.iter().any(|(usage, naming)| *usage == "position" && *naming != Naming::Within);
    let is_it = |(known, usage): &(String, ColumnUse)| {
        bare_header(known) == bare_header(header) && *usage == ColumnUse::PositionOn(None)
    };
    says_little || said.columns.iter().any(is_it)
}

/// Faults for what nobody says of these files, and was said of others.
pub fn faults(needed: &[Needed], sources: &[Source], said: &ImportSettings) -> Vec<Problem> {
    let keys: Vec<&str> = sources.iter().map(|source| source.key.as_str()).collect();
    let others = |value: fn(&FileAnswers) -> &Option<String>| -> Vec<(&str, &str)> {
        let of_others = said.files.iter().filter(|(file, _)| !keys.contains(&file.as_str()));
        of_others.filter_map(|(file, answers)| Some((file.as_str(), value(answers).as_deref()?))).collect()
    };
    let unsaid = |is: fn(&Needed) -> bool, value: fn(&FileAnswers) -> &Option<String>| -> Vec<&Source> {
        let open = sources.iter().zip(needed).filter(|(source, needed)| is(needed) && value(&source.answers).is_none());
        open.map(|(source, _)| source).collect()
    };
    let mut problems = Vec::new();
    let mut ask = |open: Vec<&Source>, of_others: Vec<(&str, &str)>, what: &str, is: &str, flag: &str| {
        let (Some(first), Some((file, value))) = (open.first(), of_others.first()) else { return };
        let mut names: Vec<String> = open.iter().map(|source| format!("`{}`", source.key)).collect();
        names.dedup();
        let what =
            format!("nothing says {what} {}; for `{file}` it {is} {value}", listed(names.iter().map(String::as_str)));
        let hint = format!("say it: {flag} NAME; what was said of one file holds for that file alone");
        problems.push(Problem::fault(&first.grid.path, None, what, hint));
    };
    let coders = others(|answers| &answers.coder);
    let coders = coders.into_iter().filter(|(_, coder)| *coder != DEFAULT_CODER).collect();
    ask(unsaid(|needed| needed.coder, |answers| &answers.coder), coders, "who labelled", "was", "--coder");
    let issues = others(|answers| &answers.issue);
    let of_issue = unsaid(|needed| needed.issue, |answers| &answers.issue);
    ask(of_issue, issues, "which issue the positions are on in", "was", "--issue");
    problems
}

/// Lines on what is taken from `import.toml`, or from the name of a file or sheet.
pub fn notes(needed: &[Needed], sources: &[Source], flags: &ImportSettings, said: &ImportSettings) -> Vec<String> {
    type Value = fn(&FileAnswers) -> &Option<String>;
    type Kind = (&'static str, fn(&Needed) -> bool, Value, bool);
    let kinds: [Kind; 3] = [
        ("the labels are those of", |needed| needed.coder, |answers| &answers.coder, flags.coder.is_some()),
        ("everything was said by", |needed| needed.speaker, |answers| &answers.speaker, flags.speaker.is_some()),
        ("the positions are on", |needed| needed.issue, |answers| &answers.issue, flags.issue.is_some()),
    ];
    let mut notes = Vec::new();
    for (what, is, value, _) in kinds.into_iter().filter(|(.., by_flag)| !by_flag) {
        for (source, needed) in sources.iter().zip(needed) {
            let Some(answer) = value(&source.answers).as_ref().filter(|_| is(needed)) else { continue };
            let plain = source.key.strip_suffix(&format!(":{}", source.grid.name())).unwrap_or(&source.key);
            let kept = [source.key.as_str(), plain]
                .iter()
                .any(|key| said.files.get(*key).is_some_and(|answers| value(answers).as_ref() == Some(answer)));
            let [coder, speaker, issue] = [&said.coder, &said.speaker, &said.issue].map(Clone::clone);
            let of_all = FileAnswers { coder, speaker, issue, true_dates: None };
            let why = match kept || value(&of_all).as_ref() == Some(answer) {
                true => "as import.toml says",
                false => "after its name",
            };
            let of = if sources.len() > 1 { format!(" in {}", source.grid.shown()) } else { String::new() };
            let note = format!("{what} {answer}{of}, {why}");
            if !notes.contains(&note) {
                notes.push(note);
            }
        }
    }
    notes
}

/// What is to be kept of these files.
pub fn kept(needed: &[Needed], sources: &[Source], has_labels: bool) -> BTreeMap<String, FileAnswers> {
    let mut kept: BTreeMap<String, FileAnswers> = BTreeMap::new();
    // A sheet of labels alone is that of a coder who reads what others collect.
    for (source, needed) in sources.iter().zip(needed).filter(|(source, _)| source.needs != Needs::Labels) {
        let answers = &source.answers;
        let coder = answers.coder.clone().or_else(|| has_labels.then(|| DEFAULT_CODER.to_owned()));
        let of_file = kept.entry(source.key.clone()).or_default();
        of_file.coder = of_file.coder.take().or(coder.filter(|_| needed.coder));
        of_file.speaker = of_file.speaker.take().or_else(|| answers.speaker.clone().filter(|_| needed.speaker));
        of_file.true_dates = of_file.true_dates.or_else(|| answers.true_dates.filter(|_| needed.true_dates));
        of_file.issue = of_file.issue.take().or_else(|| answers.issue.clone().filter(|_| needed.issue));
    }
    kept.retain(|_, answers| !answers.is_empty());
    kept
}
