//! `stance extract`: statements proposed from news texts.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Parser, ValueEnum, ValueHint};

use crate::cli::args::shared::{CorpusArg, day};

/// Propose statements from news texts: who said what, on which day.
///
/// Reads plain text as saved from a page, HTML and Markdown: files, folders, or - for the standard input. Every
/// quotation and every report ("she said that …") becomes a row of a statements file with `verified` set to
/// `no`; a person confirms them with --review. Unverified statements stay out of charts and verdicts unless
/// `stance label`, `shifts` and `chart` are given --include-unverified. Who speaks is told from names, titles
/// and pronouns, with the help of speakers.toml; the day from words such as "on Tuesday", against the day of
/// publication, which is the page's own or --published, and is never guessed.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  stance extract article.html                            rows as CSV on the standard output
  stance extract articles/ -o proposals.csv              all texts of a folder
  stance extract article.txt --published 2025-09-24 --append --corpus my-corpus
  stance extract --review --corpus my-corpus             confirm what was proposed, one at a time
  stance extract --review proposals.csv                  the same in a file of its own
  stance extract article.txt --show-skipped > /dev/null  what was left out, and why

speakers.toml, in the corpus, an entry for each speaker:
  [[speaker]]
  name = \"Volodymyr Zelensky\"                          as in the column speaker
  aliases = [\"Zelenskyy\", \"Zelenskiy\", \"Зеленський\"]
  titles = [\"Ukraine's president\", \"the Ukrainian leader\"]
  pronoun = \"he\"

Columns: those of statements.csv; verified (no); confidence (of the speaker: high named beside the words,
  medium carried on from words nearby, by a pronoun or of two people, low a guess, review mended by a
  person); runner_up (who else it may be); date_from (the words that gave the day, `publication`, `as in` a
  row whose words it has, or `review`); file; start and end (in characters of the text, from 0, end excluded;
  of HTML and Markdown, of the text that --text prints); spans (the stretches of the words themselves, where
  the narrator's stand between); also_in (other files of the same run with the same words, between
  semicolons). notes says what a day cannot: the first and the last day of a week or year, and the row of the
  corpus whose words a longer form has.

Exit code: 0 all texts were read, 1 some could not be (listed at the end), 2 nothing could be done.
")]
pub struct ExtractArgs {
    /// Texts: files, folders, or - for the standard input; with --review the CSV to go through
    #[arg(value_name = "FILE", value_hint = ValueHint::AnyPath)]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    pub corpus: CorpusArg,
    /// The day of publication of texts that do not give one
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub published: Option<NaiveDate>,
    /// Who speaks [default: speakers.toml of the corpus]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub speakers: Option<PathBuf>,
    /// A language file in place of the English one
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub language: Option<PathBuf>,
    /// Who published the texts, instead of what they say
    #[arg(long, value_name = "NAME")]
    pub publisher: Option<String>,
    /// The headline, instead of what the text says
    #[arg(long, value_name = "WORDS")]
    pub title: Option<String>,
    /// The address, instead of what the text says
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,
    /// Only quotations, or only reports
    #[arg(long, value_enum)]
    pub only: Option<KindOfWords>,
    /// List what was left out, and why, on the standard error; of HTML and Markdown also what stands around the article
    #[arg(long)]
    pub show_skipped: bool,
    /// Add the rows to statements.csv of the corpus; what is there stays as it is, but that missing columns are
    /// added at the ends of its lines. Words that a row has already, accepted, mended or rejected, are not added again
    #[arg(long, conflicts_with_all = ["output", "format"])]
    pub append: bool,
    /// Go through proposals one at a time: accept, mend, reject, undo; every decision is saved at once
    #[arg(long, conflicts_with_all = ["append", "output", "show_skipped", "text", "only", "published", "publisher", "title", "url", "language", "speakers"])]
    pub review: bool,
    /// Print the text of one article, in which start and end count, instead of rows
    #[arg(long, conflicts_with_all = ["output", "append", "format", "only", "show_skipped"])]
    pub text: bool,
    /// Write to this file instead of the standard output; it is replaced only when complete
    #[arg(short, long, alias = "out", value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
    /// Write over a file that Stance did not write; never over a file of a corpus
    #[arg(long, requires = "output")]
    pub force: bool,
    /// The file format
    #[arg(long, value_enum, default_value_t = RowFormat::Csv)]
    pub format: RowFormat,
}

/// Which words are proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum KindOfWords {
    /// In quotation marks
    Direct,
    /// In the narrator's words
    Indirect,
}

/// A file format for rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RowFormat {
    /// Comma-separated values after RFC 4180, in UTF-8
    Csv,
    /// A JSON object a line
    Ndjson,
}
