//! Finds, reads and labels the corpus that a command works on.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use stance::codebook::{Codebook, IssueIndex};
use stance::corpus::{self, Corpus, Selection};
use stance::error::{Error, Result, Warning};
use stance::file::{corpus_files, read};
use stance::label::settle::rule_in_words;
use stance::rule::RuleDecisions;
use stance::study::counted::find_issue;
use stance::study::groups::{self, Groups};
use stance::study::{Ask, Progress, Study};
use stance::words::printable_line;

use super::args::{CorpusArg, GroupArgs, WhichArgs};
use super::output;

/// From this many statements on, labelling takes long enough to show its progress.
const MANY: usize = 20_000;

/// The corpus folder to work on.
///
/// # Errors
/// [`Error::Request`] if `data/` holds several corpora and none is named.
pub fn locate(corpus: &CorpusArg) -> Result<PathBuf> {
    if let Some(dir) = &corpus.dir {
        return Ok(dir.clone());
    }
    let mut corpora: Vec<PathBuf> = read::entries(Path::new("data")).unwrap_or_default();
    corpora.retain(|path| corpus_files::is_corpus(path));
    match corpora.len() {
        0 => Ok(PathBuf::from(".")),
        1 => Ok(corpora.remove(0)),
        _ => {
            let list: Vec<String> = corpora.iter().map(|path| path.display().to_string()).collect();
            let hint = format!("name one with --corpus: {}", list.join(", "));
            Err(Error::request("data/ holds several corpora", hint))
        }
    }
}

/// Reads the corpus. Refuses one with faults or failing rule tests.
pub fn load(corpus: &CorpusArg) -> Result<Corpus> {
    reading(corpus, Corpus::load)
}

/// Reads the corpus even if rule tests fail, for the commands that help you fix them.
pub fn load_untested(corpus: &CorpusArg) -> Result<Corpus> {
    reading(corpus, Corpus::load_untested)
}

/// Reads only the codebook of a corpus. The folder needs nothing else.
///
/// # Errors
/// [`Error::Invalid`] with every fault of the codebook.
pub fn codebook(corpus: &CorpusArg) -> Result<Codebook> {
    corpus::codebook(&locate(corpus)?)
}

/// The issues that are chosen.
///
/// # Errors
/// [`Error::Request`] if the codebook does not have one. The hint lists those that exist.
pub fn issues(codebook: &Codebook, which: &WhichArgs) -> Result<Vec<IssueIndex>> {
    which.issue.iter().map(|id| find_issue(codebook, id)).collect()
}

fn reading(corpus: &CorpusArg, load: fn(&Path) -> Result<Corpus>) -> Result<Corpus> {
    let path = locate(corpus)?;
    let spinner =
        ProgressBar::new_spinner().with_message(printable_line(&format!("reading {}", path.display())).into_owned());
    // A small corpus is read before the first tick, so nothing flickers.
    spinner.enable_steady_tick(Duration::from_millis(300));
    let corpus = load(&path);
    spinner.finish_and_clear();
    corpus
}

/// Labels a corpus by its rules. A terminal shows a progress bar if that takes a while.
pub fn label(corpus: &Corpus) -> RuleDecisions {
    let count = corpus.statements.rows.len();
    if count < MANY {
        return corpus.label_by_rules(|| {});
    }
    let style = ProgressStyle::with_template("labelling {bar:40} {human_pos} of {human_len} statements, {eta} left");
    let bar = ProgressBar::new(count as u64).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    let decisions = corpus.label_by_rules(|| bar.inc(1));
    bar.finish_and_clear();
    decisions
}

/// Studies a corpus, with a progress bar if that takes longer than half a second, and shows the study's warnings.
pub fn study<'c>(corpus: &'c Corpus, decisions: &'c RuleDecisions, ask: Ask) -> Study<'c> {
    let study = testing(|progress| Study::of(corpus, decisions, ask, progress));
    warn(&study.warnings);
    study
}

/// Tests series, with a progress bar if that takes longer than half a second.
pub fn testing<T>(test: impl FnOnce(Progress<'_>) -> T) -> T {
    let style = ProgressStyle::with_template("testing {bar:40} {human_pos} of {human_len}, {eta} left");
    let bar = ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.enable_steady_tick(Duration::from_millis(500));
    let tested = test(&|done, all| {
        bar.set_length(all as u64);
        bar.set_position(done as u64);
    });
    bar.finish_and_clear();
    tested
}

/// Checks that the dates are in their order.
///
/// # Errors
/// [`Error::Request`] if they are not.
pub fn in_order(which: &WhichArgs) -> Result<()> {
    match (which.from, which.to) {
        (Some(from), Some(to)) if to < from => {
            Err(Error::request(format!("--to {to} is before --from {from}"), "swap them"))
        }
        _ => Ok(()),
    }
}

/// Turns the arguments into a selection.
///
/// # Errors
/// [`Error::Request`] if the corpus does not have the speaker or issue. The hint names the nearest.
pub fn select(corpus: &Corpus, speakers: &[String], which: &WhichArgs) -> Result<Selection> {
    in_order(which)?;
    Ok(Selection {
        speakers: speakers.iter().map(|name| corpus.find_speaker(name)).collect::<Result<_>>()?,
        issues: which.issue.iter().map(|id| corpus.find_issue(id)).collect::<Result<_>>()?,
        from: which.from,
        to: which.to,
        unverified: which.include_unverified,
        sure_days: which.sure_days,
        seen: false,
    })
}

/// Adds to a question who counts as a speaker and what as a day.
///
/// # Errors
/// [`Error::Request`] if the corpus does not have the column or the group, or the column gives no groups. The hint
/// lists the columns that would do.
pub fn group(corpus: &Corpus, args: &GroupArgs, mut ask: Ask) -> Result<Ask> {
    let by = args.by.as_ref().map(|name| groups::column(corpus, name)).transpose()?.flatten();
    let all = Groups::new(corpus, by.clone());
    let find = |name: &String| if by.is_some() { all.find(name) } else { corpus.find_speaker(name) };
    let mut groups = args.group.iter().map(find).collect::<Result<Vec<_>>>()?;
    if by.is_none() {
        // The groups are the speakers themselves.
        ask.selection.speakers.append(&mut groups);
    }
    let ask = Ask { by, groups, grain: args.grain.map_or(ask.grain, Into::into), ..ask };
    ask.check()?;
    Ok(ask)
}

/// Prints warnings on the standard error.
pub fn warn(warnings: &[Warning]) {
    for warning in warnings {
        // A failure to print a warning must not report the finished work as failed.
        let _ = output::print_warning(&mut super::terminal::err(), &warning.to_string());
    }
}

/// Says on the standard error which rule of the codebook settled labels, if it has one. Data goes to the standard
/// output, and nobody should use it without seeing this.
pub fn say_rule(codebook: &Codebook, settled: usize) {
    if let Some(rule) = rule_in_words(codebook.settle, settled) {
        let _ = writeln!(super::terminal::err(), "stance: {rule}");
    }
}
