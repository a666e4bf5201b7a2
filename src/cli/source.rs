//! Finds and reads the corpus that a verb works on, and labels it.

use std::path::{Path, PathBuf};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use stance::corpus::{CODEBOOK, Corpus, STATEMENTS, Selection};
use stance::error::{Error, Result, Warning};
use stance::file::read;
use stance::rule::RuleDecisions;
use stance::words::printable_line;

use super::args::{CorpusArg, WhichArgs};
use super::output;

/// From this many statements on, labelling takes long enough to show how far it is.
const MANY: usize = 20_000;

/// The corpus folder that is meant.
///
/// # Errors
/// [`Error::Request`] where `data/` holds several and none is named.
pub fn locate(corpus: &CorpusArg) -> Result<PathBuf> {
    if let Some(dir) = &corpus.dir {
        return Ok(dir.clone());
    }
    let mut found: Vec<PathBuf> = read::entries(Path::new("data")).unwrap_or_default();
    found.retain(|path| is_corpus(path));
    match found.len() {
        0 => Ok(PathBuf::from(".")),
        1 => Ok(found.remove(0)),
        _ => {
            let list: Vec<String> = found.iter().map(|path| path.display().to_string()).collect();
            let hint = format!("name one with --corpus: {}", list.join(", "));
            Err(Error::request("data/ holds several corpora", hint))
        }
    }
}

fn is_corpus(path: &Path) -> bool {
    path.join(CODEBOOK).is_file() || path.join(STATEMENTS).is_file()
}

/// Reads the corpus that is meant; refuses one with faults, failing tests of rules included.
pub fn load(corpus: &CorpusArg) -> Result<Corpus> {
    reading(corpus, Corpus::load)
}

/// Reads the corpus that is meant, for what helps to fix rules whose tests fail.
pub fn load_untested(corpus: &CorpusArg) -> Result<Corpus> {
    reading(corpus, Corpus::load_untested)
}

fn reading(corpus: &CorpusArg, load: fn(&Path) -> Result<Corpus>) -> Result<Corpus> {
    let path = locate(corpus)?;
    let spinner =
        ProgressBar::new_spinner().with_message(printable_line(&format!("reading {}", path.display())).into_owned());
    // A small corpus is read before the first tick, so that nothing flickers.
    spinner.enable_steady_tick(Duration::from_millis(300));
    let corpus = load(&path);
    spinner.finish_and_clear();
    corpus
}

/// Labels a corpus by its rules, with a progress bar on a terminal where that takes a while.
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

/// Turns what was asked for into a selection.
///
/// # Errors
/// [`Error::Request`] for a speaker or issue that the corpus does not have, with the nearest.
pub fn select(corpus: &Corpus, speakers: &[String], which: &WhichArgs) -> Result<Selection> {
    if let (Some(from), Some(to)) = (which.from, which.to)
        && to < from
    {
        return Err(Error::request(format!("--to {to} is before --from {from}"), "exchange the two"));
    }
    Ok(Selection {
        speakers: speakers.iter().map(|name| corpus.find_speaker(name)).collect::<Result<_>>()?,
        issues: which.issue.iter().map(|id| corpus.find_issue(id)).collect::<Result<_>>()?,
        from: which.from,
        to: which.to,
        unverified: which.include_unverified,
    })
}

/// Shows warnings on the standard error.
pub fn warn(warnings: &[Warning]) {
    for warning in warnings {
        // What cannot be said about the work is no reason to call it undone.
        let _ = output::print_error(&mut super::terminal::err(), &warning.to_string());
    }
}
