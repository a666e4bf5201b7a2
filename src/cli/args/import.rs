//! The verb that takes in sheets.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Parser, ValueHint};
use stance::import::{CodeUse, ColumnUse, DateOrder, EPOCHS, ForeignTool, TrueDates, date_order};

/// Make a corpus of a sheet with quotations, or add a sheet to one.
///
/// Use it if you have quotations in a table: CSV, a workbook (XLSX, XLS, ODS), lines of JSON, or Parquet; or codings in
/// another tool: DNA (.dna, event list), Label Studio, doccano, Prodigy, REFI-QDA (.qdpx, .qdc), or a dictionary of
/// quanteda (.yml), which becomes rules. Columns are recognised by their names, in several languages, and by what they hold. It prints what each column is taken for;
/// --dry-run stops there. A row is a statement with a date, a speaker and a text. Positions are in a column per
/// issue, or in a row per label with the columns issue, position and, if you like, coder. What each column is for is
/// kept in import.toml in the corpus, so the next sheet comes in by the same command. Only new and changed rows are
/// added, and nothing is removed. If anything cannot be read, nothing is written.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  stance import quotes.csv --corpus trams --dry-run   show what the columns are taken for
  stance import quotes.csv --corpus trams             make the corpus, or add what is new
  stance import quotes.xlsx --corpus trams --map 'Who=speaker' --map 'Tram plan=position'
  stance import quotes.xlsx --corpus trams --levels 'Stance=Denies,Doubts,Accepts'
  stance import coded-by-anna.xlsx --corpus trams --coder anna
  stance import project.qdpx --corpus trams --dry-run  show what the codes are taken for
  stance import tasks.jsonl --corpus trams --issue tram --code 'unsure=tram:none'

A column may be: id, date, speaker, text, role, venue, kind, source_publisher,
source_title, source_url, source_date, notes, verified, coder, issue, position,
position:ISSUE, rationale, keep (carried along), ignore. In the place of a
column, `sheet` and `file` stand for the name of the sheet and of the file.
")]
pub struct ImportArgs {
    /// The tables to read
    #[arg(required = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub files: Vec<PathBuf>,
    /// The folder of the corpus; it is made if there is none [default: the only one in data/, or the current folder if
    /// it is one]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub corpus: Option<PathBuf>,
    /// Show what would be done, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Say what a column is for
    #[arg(long = "map", value_name = "COLUMN=USE", value_parser = column)]
    pub columns: Vec<(String, ColumnUse)>,
    /// Read this sheet of a workbook; repeat it for several
    #[arg(long = "sheet", value_name = "NAME")]
    pub sheets: Vec<String>,
    /// Read 05/06/2018 as 5 June (dmy) or as 6 May (mdy) [default: as the column shows]
    #[arg(long, value_name = "ORDER", value_parser = order)]
    pub date_order: Option<DateOrder>,
    /// Count days that are numbers, such as 44422, from 1900 or 1904 [default: as the workbook says, otherwise 1900]
    #[arg(long, value_name = "YEAR", value_parser = epoch)]
    pub days_from: Option<u16>,
    /// Take dates that a spreadsheet has made of 05/08, beside 13/08 as text, as they are (kept) or with day and month
    /// swapped (swapped)
    #[arg(long, value_name = "HOW", value_parser = true_dates)]
    pub true_dates: Option<TrueDates>,
    /// Take times with a zone by the day in this zone, such as Europe/Kyiv
    #[arg(long, value_name = "ZONE", value_parser = zone)]
    pub time_zone: Option<chrono_tz::Tz>,
    /// Who labelled, if no column says it [default: me]
    #[arg(long, value_name = "NAME", value_parser = name)]
    pub coder: Option<String>,
    /// Who said everything, if no column says it
    #[arg(long, value_name = "NAME", value_parser = name)]
    pub speaker: Option<String>,
    /// The issue of the positions, if no header names it; or an issue to begin with if there are no positions
    #[arg(long, value_name = "NAME", value_parser = name)]
    pub issue: Option<String>,
    /// The words or numbers of an issue's levels, the lowest first; new ones are added to a scale that is there
    #[arg(long, value_name = "ISSUE=WORD,…,WORD", value_parser = levels)]
    pub levels: Vec<(String, Vec<String>)>,
    /// When everything was said, if no column says it
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub date: Option<NaiveDate>,
    /// Say what a code of another tool means; ISSUE:none means read, and takes no position
    #[arg(long = "code", value_name = "CODE=ISSUE:LEVEL", value_parser = code, allow_hyphen_values = true)]
    pub codes: Vec<(String, CodeUse)>,
    /// The tool that wrote the file: dna, label-studio, doccano, prodigy, refi-qda or quanteda [default: as the content shows]
    #[arg(long, value_name = "TOOL", value_parser = tool)]
    pub from: Option<ForeignTool>,
    /// Words that say "read, and takes no position"; `empty` means the empty cell [default: such a cell is not read]
    #[arg(long, value_name = "WORD,…", value_delimiter = ',', allow_hyphen_values = true)]
    pub no_position: Vec<String>,
    /// Take quotations with other words as corrected forms of those in the corpus, and keep their labels
    #[arg(long)]
    pub corrected: bool,
    /// Add the rows that can be read, and write the others to DIR-rest.csv
    #[arg(long)]
    pub partial: bool,
}

fn name(text: &str) -> Result<String, String> {
    if text.trim().is_empty() { Err("write a name".to_owned()) } else { Ok(text.trim().to_owned()) }
}

fn column(text: &str) -> Result<(String, ColumnUse), String> {
    let (header, word) = text.rsplit_once('=').ok_or("write COLUMN=USE, such as Who=speaker")?;
    let usage =
        ColumnUse::from_word(word).ok_or_else(|| format!("a column may be: {}", ColumnUse::words().join(", ")))?;
    Ok((header.trim().to_owned(), usage))
}

fn code(text: &str) -> Result<(String, CodeUse), String> {
    let says = "write CODE=ISSUE:LEVEL, CODE=ISSUE:none, CODE=keep or CODE=ignore";
    let (code, usage) = text.rsplit_once('=').ok_or(says)?;
    Ok((code.trim().to_owned(), CodeUse::from_word(usage).ok_or(says)?))
}

fn day(text: &str) -> Result<NaiveDate, String> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| "write year, month, day, such as 2025-08-15".to_owned())
}

fn tool(text: &str) -> Result<ForeignTool, String> {
    ForeignTool::from_word(text).ok_or_else(|| format!("a tool may be: {}", stance::import::tool_names()))
}

fn order(text: &str) -> Result<DateOrder, String> {
    date_order(text).ok_or_else(|| "write dmy if the day comes first, mdy if the month does".to_owned())
}

fn epoch(text: &str) -> Result<u16, String> {
    let year = text.parse().ok().filter(|year| EPOCHS.contains(year));
    year.ok_or_else(|| "write 1900 or 1904: spreadsheets count from no other year".to_owned())
}

fn true_dates(text: &str) -> Result<TrueDates, String> {
    TrueDates::from_word(text)
        .ok_or_else(|| "write kept if they are right, swapped if day and month are swapped".to_owned())
}

fn zone(text: &str) -> Result<chrono_tz::Tz, String> {
    text.parse().map_err(|_| "write a name such as Europe/Kyiv or America/New_York".to_owned())
}

fn levels(text: &str) -> Result<(String, Vec<String>), String> {
    let (issue, words) = text.split_once('=').ok_or("write ISSUE=LOWEST,…,HIGHEST")?;
    let words: Vec<String> =
        words.split(',').map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect();
    // One word may be another word for a level that is there, whose number stands before it.
    let numbered = |word: &String| word.starts_with(|c: char| c.is_ascii_digit() || "+-−".contains(c));
    if words.len() < 2 && !words.iter().all(numbered) || words.is_empty() {
        Err("name 2 or more levels, the lowest first".to_owned())
    } else {
        Ok((issue.trim().to_owned(), words))
    }
}
