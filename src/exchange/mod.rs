//! From a corpus to the files of other tools: data in, bytes out.
//!
//! ```text
//! corpus, labels by rules ─▶ material ─▶ one file per format ─▶ bytes, and a line for each thing that is lost
//! study, agreement ─▶ tables ─┘
//! ```
//!
//! Each format has one file here, which knows what the tool reads and what it has no place for. Nothing is lost silently:
//! every format returns a [`Loss`] for each thing that it leaves out or changes. `docs/interchange.md` is the overview.

mod loss;
pub mod material;
pub mod cells;
mod xml;
pub mod spreadsheet;
pub mod xlsx;
pub mod matrix;
pub mod dna;
pub mod dna_csv;
pub mod label_studio;
pub mod doccano;
pub mod prodigy;
pub mod refi_qda;
pub mod quanteda;
pub mod dta;
pub mod document;
pub mod draw;
pub mod sheet;

use crate::error::Result;

pub use loss::Loss;

use cells::CellTable;
use material::Material;

/// A format of another tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ExchangeFormat {
    /// A workbook with a sheet each for statements, labels, verdicts and agreement.
    Xlsx,
    /// A CSV with a row per label.
    Long,
    /// A CSV with a row per statement and issue, and a column per coder.
    Coders,
    /// The event list of the Discourse Network Analyzer, as CSV.
    DnaCsv,
    /// A database of the Discourse Network Analyzer 3.
    Dna,
    /// Tasks of Label Studio as JSON, and the labelling configuration.
    LabelStudio,
    /// Lines of JSON for doccano, a file per coder.
    Doccano,
    /// Lines of JSON for Prodigy, a file per coder.
    Prodigy,
    /// A project after REFI-QDA, for ATLAS.ti, MAXQDA, NVivo and QualCoder.
    Qdpx,
    /// A codebook after REFI-QDA.
    Qdc,
    /// The rules as a dictionary of quanteda, in YAML.
    Quanteda,
    /// A data set of Stata 14 and later.
    Dta,
    /// Verdicts and agreement as tables in Markdown.
    Markdown,
    /// Verdicts and agreement as tables in LaTeX.
    Latex,
}

impl ExchangeFormat {
    /// Whether the format shows verdicts and agreement, which take time to compute.
    pub fn shows_results(self) -> bool {
        matches!(self, ExchangeFormat::Xlsx | ExchangeFormat::Markdown | ExchangeFormat::Latex)
    }
}

/// The tables of results: verdicts, and agreement if there is any.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ResultTables {
    /// A row per finding.
    pub verdicts: CellTable,
    /// A row per issue and kind of comparison. Empty with fewer than 2 coders and no rules.
    pub agreement: CellTable,
}

/// A file of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportedFile {
    /// What is added to the name that the user gave, before its ending: `anna` makes `tasks-anna.jsonl` of
    /// `tasks.jsonl`. Empty for the file itself.
    pub part: String,
    /// Its ending, if that is not the one that the user gave.
    pub ending: Option<&'static str>,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// What an export gives: at least one file, and what the format has no place for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exported {
    /// The files.
    pub files: Vec<ExportedFile>,
    /// What is lost, the same each time.
    pub losses: Vec<Loss>,
}

impl Exported {
    /// One file under the name that the user gives.
    pub fn one(bytes: Vec<u8>, losses: Vec<Loss>) -> Exported {
        Exported { files: vec![ExportedFile { part: String::new(), ending: None, bytes }], losses }
    }
}

/// How an export is made, beside its format.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExportSettings {
    /// The e-mail addresses of coders, by their names. Label Studio knows people by them.
    pub emails: Vec<(String, String)>,
    /// Whether CSV is written for a spreadsheet: with a byte order mark, and so that no cell runs as a formula.
    pub for_spreadsheet: bool,
    /// Whether somebody has asked for labels by rules. Only a format that would make a coder of the rules heeds it.
    pub with_rules: bool,
}

/// Writes a corpus in a format.
///
/// # Errors
/// [`crate::error::Error::Request`] if the corpus has nothing that the format shows, and
/// [`crate::error::Error::Output`] if a file cannot be composed.
pub fn export(
    format: ExchangeFormat,
    material: &Material<'_>,
    results: &ResultTables,
    settings: &ExportSettings,
) -> Result<Exported> {
    match format {
        ExchangeFormat::Xlsx => xlsx::workbook(material, results),
        ExchangeFormat::Long => Ok(matrix::long(material, settings.for_spreadsheet)),
        ExchangeFormat::Coders => matrix::by_coder(material, settings.for_spreadsheet),
        ExchangeFormat::DnaCsv => Ok(dna_csv::event_list(material, settings.for_spreadsheet, settings.with_rules)),
        ExchangeFormat::Dna => dna::database(material),
        ExchangeFormat::LabelStudio => label_studio::tasks(material, &settings.emails),
        ExchangeFormat::Doccano => doccano::lines(material),
        ExchangeFormat::Prodigy => prodigy::lines(material),
        ExchangeFormat::Qdpx => refi_qda::project(material),
        ExchangeFormat::Qdc => refi_qda::codebook(material),
        ExchangeFormat::Quanteda => quanteda::dictionary(material),
        ExchangeFormat::Dta => dta::data_set(material),
        ExchangeFormat::Markdown => document::markdown(material, results),
        ExchangeFormat::Latex => document::latex(material, results),
    }
}
