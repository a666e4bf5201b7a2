//! Counts or labels of a file in place of a corpus, for every verb that takes `--labels`.

use std::path::{Path, PathBuf};

use stance::corpus::{Corpus, Selection};
use stance::count::Tally;
use stance::count::row::WordsKept;
use stance::error::{Error, Result};
use stance::study::Ask;
use stance::study::counted::{self, CountedLabels, CountedStudy, find_speaker};

use super::args::{CorpusArg, WhichArgs};
use super::{source, stream};

/// What was counted, with what is left of its corpus.
pub struct FileCounts {
    /// The codebook and the events. It has no statements, and its name is that of the file.
    pub corpus: Corpus,
    /// The counts.
    pub tally: Tally,
    /// The folder with the codebook.
    pub folder: PathBuf,
}

impl FileCounts {
    /// Reads the counts or labels in a file.
    ///
    /// # Errors
    /// [`Error::Request`] if counts cannot answer what is asked, or if there is nothing in the file, and those of
    /// [`stream::counts_of`].
    pub fn load(file: &Path, corpus: &CorpusArg, which: &WhichArgs) -> Result<FileCounts> {
        source::in_order(which)?;
        for (given, flag) in [(which.include_unverified, "--include-unverified"), (which.sure_days, "--sure-days")] {
            if given {
                let what = format!("counts cannot answer {flag}, because they do not say how sure each statement is");
                return Err(Error::request(what, format!("give {flag} to `stance label` or `stance count`")));
            }
        }
        let folder = source::locate(corpus)?;
        let corpus = Corpus::without_statements(&folder, file)?;
        let kept = WordsKept { from: which.from, to: which.to };
        let tally = stream::counts_of(file, &corpus.codebook, Some(kept))?;
        if tally.is_empty() {
            let what = format!("{} has no row with a position", file.display());
            return Err(Error::request(what, "name a file that `stance label` or `stance count` has written"));
        }
        Ok(FileCounts { corpus, tally, folder })
    }

    /// Turns the arguments into a selection.
    ///
    /// # Errors
    /// [`Error::Request`] if the counts do not have the speaker, or the codebook not the issue.
    pub fn select(&self, speakers: &[String], which: &WhichArgs) -> Result<Selection> {
        Ok(Selection {
            speakers: speakers.iter().map(|name| find_speaker(&self.tally, name)).collect::<Result<_>>()?,
            issues: source::issues(&self.corpus.codebook, which)?,
            from: which.from,
            to: which.to,
            ..Selection::default()
        })
    }

    /// The part that a question is about.
    ///
    /// # Errors
    /// Those of [`counted::check`].
    pub fn part(self, ask: &Ask) -> Result<FileCounts> {
        counted::check(ask)?;
        Ok(FileCounts { tally: counted::family(self.tally, ask), ..self })
    }

    /// The verdicts, with a progress bar if they take long.
    ///
    /// # Errors
    /// Those of [`CountedStudy::of`].
    pub fn judge(&self, ask: Ask) -> Result<CountedStudy<'_>> {
        source::testing(|progress| CountedStudy::of(&self.tally, &self.corpus.codebook, ask, progress))
    }

    /// What pictures and reports show of the counts.
    pub fn labels(&self, ask: &Ask) -> CountedLabels {
        CountedLabels::of(&self.tally, &self.corpus.codebook, ask)
    }
}

/// Refuses a column in place of the speaker.
///
/// # Errors
/// [`Error::Request`] if there is one.
pub fn no_column(by: Option<&String>) -> Result<()> {
    match by {
        None => Ok(()),
        Some(_) => {
            let what = "counts cannot answer --by, because they have no other column";
            Err(Error::request(what, "count with the group as the speaker"))
        }
    }
}
