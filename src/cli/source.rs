//! Finds and reads the corpus that a verb works on, and labels it.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use stance::codebook::IssueIndex;
use stance::corpus::{CODEBOOK, Corpus, RuleDecisions, STATEMENTS};
use stance::error::{Error, Result};
use stance::frame::Selection;
use stance::table::nearest;
use stance::words::many;

use super::args::{CorpusArg, WhichArgs};

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
    let mut found: Vec<PathBuf> = fs::read_dir("data")
        .map(|entries| entries.flatten().map(|entry| entry.path()).filter(|path| is_corpus(path)).collect())
        .unwrap_or_default();
    found.sort();
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

/// Reads the corpus that is meant, for what helps to mend rules whose tests fail.
pub fn load_untested(corpus: &CorpusArg) -> Result<Corpus> {
    reading(corpus, Corpus::load_untested)
}

fn reading(corpus: &CorpusArg, load: fn(&Path) -> Result<Corpus>) -> Result<Corpus> {
    let path = locate(corpus)?;
    let spinner = ProgressBar::new_spinner().with_message(format!("reading {}", path.display()));
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

/// Turns what was asked for into a selection, and says on the standard error what it leaves out for want of
/// verification.
///
/// # Errors
/// [`Error::Request`] for a speaker or issue that the corpus does not have, with the nearest.
pub fn select(corpus: &Corpus, speakers: &[String], which: &WhichArgs) -> Result<Selection> {
    for speaker in speakers {
        if !corpus.statements.rows.iter().any(|statement| statement.speaker == *speaker) {
            let names = corpus.statements.rows.iter().map(|statement| statement.speaker.as_str());
            let hint = match names.clone().find(|name| name.to_lowercase().contains(&speaker.to_lowercase())) {
                Some(name) => format!("did you mean `{name}`?"),
                None => match nearest(speaker, names) {
                    Some(name) => format!("did you mean `{name}`?"),
                    None => "see the column speaker of statements.csv".to_owned(),
                },
            };
            return Err(Error::request(format!("nobody called `{speaker}` speaks in {}", corpus.name()), hint));
        }
    }
    if let (Some(from), Some(to)) = (which.from, which.to)
        && to < from
    {
        return Err(Error::request(format!("--to {to} is before --from {from}"), "exchange the two"));
    }
    let issues = which.issue.iter().map(|id| issue(corpus, id)).collect::<Result<_>>()?;
    let selection = Selection {
        speakers: speakers.to_vec(),
        issues,
        from: which.from,
        to: which.to,
        unverified: which.include_unverified,
    };
    let all = Selection { unverified: true, ..selection.clone() };
    let waiting = corpus.statements.rows.iter().filter(|row| all.takes(row) && !selection.takes(row)).count();
    if waiting > 0 {
        let what = format!("{} left out that nobody has verified yet", many(waiting, "statement"));
        let hint = "`stance extract --review` goes through them, --include-unverified takes them in";
        // What cannot be said about the work is no reason to call it undone.
        let _ = writeln!(anstream::stderr(), "stance: {what}; {hint}");
    }
    Ok(selection)
}

fn issue(corpus: &Corpus, id: &str) -> Result<IssueIndex> {
    corpus.codebook.find(id).ok_or_else(|| {
        let hint = format!("the codebook has: {}", corpus.codebook.issue_list());
        Error::request(format!("unknown issue `{id}`"), hint)
    })
}
