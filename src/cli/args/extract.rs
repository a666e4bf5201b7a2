//! `stance extract`: statements proposed from news texts.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Parser, ValueEnum, ValueHint};

use crate::cli::args::shared::{CorpusArg, day};

const ARTICLES: &str = "Articles";
const OUTPUT: &str = "Output";

/// Propose statements from news articles: who said what, on which day.
///
/// Use it to fill a corpus from saved pages: plain text, HTML or Markdown. Every quotation, and every report such
/// as "she said that ...", becomes a row with `verified` set to `no`. You confirm each row with --review. Until
/// then it stays out of labels, charts and verdicts, unless you give `label`, `shifts`, `agree` or `chart` the flag
/// --include-unverified.
///
/// The speaker comes from names, titles and pronouns, with the help of speakers.toml. The day comes from words
/// such as "on Tuesday", or else it is the day of publication. If a page does not state its day of publication,
/// give it with --published. It is never guessed.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  stance extract article.html                     print the rows as CSV
  stance extract articles/ -o proposals.csv       read all articles in a folder
  stance extract article.txt --published 2025-09-24 --append --corpus my-corpus
  stance extract --review --corpus my-corpus      confirm what you added
  stance extract --review proposals.csv           confirm what is in this file
  stance extract article.html --show-skipped      list what was left out, too

speakers.toml in the corpus has an entry for each speaker:
  [[speaker]]
  name = \"Volodymyr Zelensky\"                  # as in the column speaker
  aliases = [\"Zelenskyy\", \"Zelenskiy\", \"Зеленський\"]
  titles = [\"Ukraine's president\", \"the Ukrainian leader\"]
  pronoun = \"he\"

Columns, after the columns of statements.csv:
  confidence   how sure the speaker is:
                 high     named beside the words
                 medium   by a pronoun, from nearby words, or words of 2 people
                 low      a guess
                 review   edited by you
  runner_up    who else the speaker may be
  date_confidence
               how sure the day is:
                 stated       the text says it with the words
                 inferred     from other words of the text, in date_from
                 publication  nothing but the day of publication
                 review       edited by you
  date_from    what gave the day: the words; `publication`; `as in` and a row
               with the same words; or `review`, if you edited it
  file         the article
  start, end   the first character of the words, counted from 0, and the first
               one after them; in HTML and Markdown, in the text of --text
  spans        the parts of the quotation, if the narrator splits it
  also_in      other articles in the same run that have the same words, or
               nearly the same: `notes` has what differs

If only the week or the year is known, `notes` gives its first and last day.
If the corpus already has a part of the words, or nearly the same words,
`notes` names the row.

Exit codes:
  0   every article was read
  1   some articles could not be read, and are listed at the end
  2   no article could be read, or the work could not be done
")]
pub struct ExtractArgs {
    /// The articles: files, folders, or - for the standard input
    ///
    /// With --review, the CSV to review.
    #[arg(value_name = "FILE", value_hint = ValueHint::AnyPath)]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    pub corpus: CorpusArg,
    /// Use this day of publication if an article does not state one (YYYY-MM-DD)
    #[arg(long, value_name = "DATE", value_parser = day, help_heading = ARTICLES)]
    pub published: Option<NaiveDate>,
    /// Read the names and titles of speakers here [default: speakers.toml in the corpus]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = ARTICLES)]
    pub speakers: Option<PathBuf>,
    /// Read the texts as this language: en, de, fr, uk, ru, auto, or a file with word lists [default: en]
    ///
    /// `auto` tells the language of each text by itself.
    #[arg(long, value_name = "LANGUAGE", value_hint = ValueHint::FilePath, help_heading = ARTICLES)]
    pub language: Option<PathBuf>,
    /// Use this publisher, whatever the articles say
    #[arg(long, value_name = "NAME", help_heading = ARTICLES)]
    pub publisher: Option<String>,
    /// Use this headline, whatever the articles say
    #[arg(long, value_name = "WORDS", help_heading = ARTICLES)]
    pub title: Option<String>,
    /// Use this address, whatever the articles say
    #[arg(long, value_name = "URL", help_heading = ARTICLES)]
    pub url: Option<String>,
    /// Propose only quotations, or only reports
    #[arg(long, value_enum, value_name = "KIND", help_heading = OUTPUT)]
    pub only: Option<KindOfWords>,
    /// List what was left out, and why, on the standard error
    ///
    /// For HTML and Markdown, it also lists what stands on the page around the article.
    #[arg(long, help_heading = OUTPUT)]
    pub show_skipped: bool,
    /// Add the rows to statements.csv in the corpus
    ///
    /// Existing rows stay as they are, except that missing columns are added at the end of each line. Words that a
    /// row already has are not added again, whether you accepted, edited or rejected it.
    #[arg(long, conflicts_with_all = ["output", "format"], help_heading = OUTPUT)]
    pub append: bool,
    /// Go through the proposals one at a time: accept, edit, reject, undo
    ///
    /// Every decision is saved at once. Without a FILE, it reads statements.csv in the corpus.
    #[arg(long, conflicts_with_all = ["append", "output", "show_skipped", "text", "only", "published", "publisher", "title", "url", "language", "speakers"])]
    pub review: bool,
    /// Print the text of one article instead of rows; `start` and `end` count its characters
    #[arg(long, conflicts_with_all = ["output", "append", "format", "only", "show_skipped"], help_heading = OUTPUT)]
    pub text: bool,
    /// Write to this file instead of the standard output
    ///
    /// A file that Stance wrote is replaced once the new one is complete. Any other file, and proposals that
    /// may hold your decisions or edits, are not replaced.
    #[arg(short, long, alias = "out", value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = OUTPUT)]
    pub output: Option<PathBuf>,
    /// Replace that file even if Stance did not write it; never a file of a corpus
    #[arg(long, requires = "output", help_heading = OUTPUT)]
    pub force: bool,
    /// Choose the file format
    #[arg(long, value_enum, default_value_t = RowFormat::Csv, help_heading = OUTPUT)]
    pub format: RowFormat,
}

/// Which words are proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum KindOfWords {
    /// Quotations: words in quotation marks
    Direct,
    /// Reports: words without quotation marks
    Indirect,
}

/// A file format for rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RowFormat {
    /// Comma-separated values in UTF-8 (RFC 4180), for a spreadsheet
    Csv,
    /// One JSON object per line
    Ndjson,
}
