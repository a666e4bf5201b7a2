//! Files of other tools: what each holds, as tables, as coded texts, or as codes. The content decides which tool wrote
//! a file, unless a person says it.

mod json;
mod xml;
pub mod coded;
mod passage;
pub mod dictionary;
mod dna;
mod label_studio;
mod doccano;
mod prodigy;
mod refi;

use std::path::Path;

use serde_json::Value;

use crate::error::{Error, Place, Problem, Result};
use crate::file::database::SQLITE_SIGNATURE;
use crate::import::column::ColumnUse;
use crate::import::grid::{Grid, GridPlaces};
use crate::import::header;
use crate::import::packed;
use crate::import::settings::{ForeignTool, ImportSettings};
use crate::import::tool::coded::Codings;
use crate::import::tool::dictionary::DictionaryKey;
use crate::words::listed;

/// What a file of another tool holds.
#[derive(Debug)]
pub enum Foreign {
    /// A table.
    Table(Box<Grid>),
    /// Texts with codes; the word is what its problems call a text.
    Texts(Codings, &'static str),
    /// Codes without texts.
    Codes(Codings),
    /// Keys with patterns.
    Dictionary(Vec<DictionaryKey>),
}

impl Foreign {
    /// Adds what a reader should know about how it was read. A dictionary has no place for it.
    pub fn add_note(&mut self, note: String) {
        match self {
            Foreign::Table(grid) => grid.notes.push(note),
            Foreign::Texts(file, _) | Foreign::Codes(file) => file.notes.push(note),
            Foreign::Dictionary(_) => {}
        }
    }
}

/// Reads a file if another tool wrote it. `None` if it may be any table.
///
/// # Errors
/// [`Error::Invalid`] if it is of a tool, and cannot be read or holds nothing that can come in.
pub fn read(path: &Path, bytes: &[u8], settings: &ImportSettings) -> Result<Option<Foreign>> {
    let forced = settings.tool;
    let fault = |what: &str, hint: &str| Error::Invalid(vec![Problem::fault(path, None, what, hint)]);
    if bytes.starts_with(SQLITE_SIGNATURE) {
        return dna::database(path).map(|grid| Some(Foreign::Table(Box::new(grid))));
    }
    if bytes.starts_with(packed::ZIP_SIGNATURE) {
        let Ok(names) = packed::names(bytes) else { return Ok(None) };
        return match refi::project_of(&names) {
            Some(name) => refi::project(path, bytes, &names, name).map(|file| Some(Foreign::Texts(file, "passage"))),
            None => Ok(None),
        };
    }
    if bytes.starts_with(b"<stata_dta>") || (ending(path) == "dta" && matches!(bytes.first(), Some(0x66..=0x75))) {
        let hint = "save it as CSV: in Stata, `export delimited using table.csv`, with labels instead of numbers";
        return Err(fault("this is a file of Stata", hint));
    }
    if bytes.starts_with(b"$FL2") || bytes.starts_with(b"$FL3") {
        return Err(fault("this is a file of SPSS", "save it as CSV, with value labels instead of numbers"));
    }
    let Ok(text) = std::str::from_utf8(bytes) else { return Ok(None) };
    let begin = text.trim_start_matches('\u{feff}').trim_start();
    let lower: String = begin.chars().take(2_000).collect::<String>().to_lowercase();
    if lower.starts_with("<!doctype html") || lower.starts_with("<html") || lower.starts_with("<table") {
        let hint = match ending(path).as_str() {
            "xls" | "xlsx" | "csv" => "open it in a spreadsheet and save it as a workbook (.xlsx) or as CSV",
            _ => "save its table as CSV; take the statements of a news page with stance extract",
        };
        return Err(fault("this is a web page, whatever its name says", hint));
    }
    if begin.starts_with('<') {
        return of_xml(path, text).map(Some);
    }
    if begin.starts_with("__label__") {
        let hint = "export JSONL from the tool: it keeps dates and speakers, and labels with spaces";
        return Err(fault("this is a file of fastText, which has labels and texts alone", hint));
    }
    let yaml = matches!(ending(path).as_str(), "yml" | "yaml");
    if forced == Some(ForeignTool::Quanteda) || (forced.is_none() && yaml) {
        return dictionary::read(path, text).map(|keys| Some(Foreign::Dictionary(keys)));
    }
    if begin.starts_with(['{', '[']) {
        return of_json(path, text, settings);
    }
    Ok(None)
}

fn ending(path: &Path) -> String {
    path.extension().map_or(String::new(), |ending| ending.to_string_lossy().to_lowercase())
}

fn of_xml(path: &Path, text: &str) -> Result<Foreign> {
    let fault =
        |place: Option<Place>, what: String, hint: &str| Error::Invalid(vec![Problem::fault(path, place, what, hint)]);
    let root = xml::read(text).map_err(|(what, place)| {
        fault(Some(place), what, "export it again from the tool that made it; for saved pages, use stance extract")
    })?;
    match root.name.as_str() {
        "discourse" => Ok(Foreign::Table(Box::new(dna::archive(path, &root)))),
        "CodeBook" => Ok(Foreign::Codes(refi::codebook(&root))),
        "View" => {
            let hint = "give the export of the project; if the order of levels is asked for, give it with --levels";
            Err(fault(None, "this is the labelling configuration of Label Studio, without any text".to_owned(), hint))
        }
        "html" => Err(fault(None, "this is a web page".to_owned(), "take its statements with stance extract")),
        other => {
            let hint =
                "XML is read from REFI-QDA (.qdpx, .qdc) and from the Discourse Network Analyzer; save tables as CSV";
            Err(fault(None, format!("this is XML with the root `{other}`, which is not known"), hint))
        }
    }
}

/// What shows that an object is of a tool.
const TOOLS: [fn(&Value) -> bool; 4] =
    [label_studio::is_task, prodigy::is_task, doccano::is_example, doccano::is_numbered];

fn of_json(path: &Path, text: &str, settings: &ImportSettings) -> Result<Option<Foreign>> {
    let forced = settings.tool;
    if forced.is_none() && !json::may_be(text, |value| TOOLS.iter().any(|is| is(value))) {
        return Ok(None);
    }
    // What is not JSON is reported by the reader of tables, with all its lines.
    let Ok(objects) = json::objects(text) else { return Ok(None) };
    let fault = |what: &str, hint: &str| Error::Invalid(vec![Problem::fault(path, None, what, hint)]);
    let any = |is: fn(&Value) -> bool| objects.iter().any(|(_, value)| is(value));
    if objects.is_empty() {
        return Ok(None);
    }
    let member = path.file_stem().map_or("me".to_owned(), |name| name.to_string_lossy().into_owned());
    let is = |tool: ForeignTool, seen: bool| forced == Some(tool) || (forced.is_none() && seen);
    if any(doccano::is_numbered) {
        let hint = "export it again from a newer doccano, as JSONL with the names of labels";
        return Err(fault("this export of an old doccano has the numbers of labels and not their names", hint));
    }
    if is(ForeignTool::LabelStudio, any(label_studio::is_task)) {
        let tasks: Vec<Value> = objects.into_iter().map(|(_, value)| value).collect();
        if !tasks.iter().any(label_studio::is_task) {
            let hint = "export the project as JSON; JSON_MIN and CSV come in as tables, without --from";
            return Err(fault("the file has no tasks of Label Studio", hint));
        }
        return Ok(Some(Foreign::Texts(label_studio::read(&tasks), "task")));
    }
    if is(ForeignTool::Prodigy, any(prodigy::is_task)) {
        return Ok(Some(Foreign::Texts(prodigy::read(&objects, &member, settings), "line")));
    }
    if is(ForeignTool::Doccano, any(doccano::is_example)) {
        return Ok(Some(Foreign::Texts(doccano::read(&objects, &member, settings), "line")));
    }
    Ok(None)
}

/// Whether a table has the columns that a tool writes. What a tool writes as JSON or in a file of its own is read before.
pub fn may_be_table_of(tool: ForeignTool, grid: &Grid) -> bool {
    let names: Vec<String> = header::find(grid).map_or_else(Vec::new, |header| header::names(grid, header));
    let has = |name: &str| names.iter().any(|known| known == name);
    match tool {
        ForeignTool::Dna => dna::is_event_list(&names),
        ForeignTool::LabelStudio => has("annotation_id") || has("annotator"),
        ForeignTool::Doccano => has("label") && (has("text") || has("data")),
        ForeignTool::Prodigy | ForeignTool::RefiQda | ForeignTool::Quanteda => false,
    }
}

/// Gives the columns of a table their meanings, if a tool names its columns so.
pub fn meant(grid: &mut Grid, header: usize) {
    let names: Vec<String> = (0..grid.width()).map(|column| grid.cell(header, column).to_owned()).collect();
    let has = |name: &str| names.iter().any(|known| known == name);
    if dna::is_event_list(&names) {
        dna::meant(grid, header);
    } else if has("annotation_id") && has("lead_time") && has("annotator") {
        label_studio_table(grid, header, &names);
    } else if has("Comments") && has("label") && has("text") && has("id") {
        doccano_table(grid, &names);
    }
}

/// JSON_MIN and CSV of Label Studio: a row per annotation.
fn label_studio_table(grid: &mut Grid, header: usize, names: &[String]) {
    // Its JSON has the same numbers.
    if let Some(annotator) = names.iter().position(|name| name == "annotator") {
        let named = |row: usize| {
            let cell = grid.cell(row, annotator);
            let is_number = !cell.is_empty() && cell.bytes().all(|byte| byte.is_ascii_digit());
            (row > header && is_number).then(|| vec![(annotator, format!("annotator-{cell}"))])
        };
        let rows: Vec<(usize, Vec<(usize, String)>)> =
            (0..grid.rows()).map(|row| (row, named(row).unwrap_or_default())).collect();
        if rows.iter().any(|(_, cells)| !cells.is_empty()) {
            grid.remake(&rows);
        }
    }
    grid.given = names
        .iter()
        .map(|name| match name.as_str() {
            "annotator" => Some(ColumnUse::Coder),
            "id" | "annotation_id" | "created_at" | "updated_at" | "lead_time" | "agreement" => Some(ColumnUse::Ignore),
            _ => None,
        })
        .collect();
    grid.notes.push("this is a table of Label Studio: predictions and skipped annotations are not in it, and an empty position is one that nobody chose; --no-position empty takes it as read. The JSON export has all of it".to_owned());
}

/// The texts of doccano's CSV, if one of them has several labels. They are joined by `#` there, and taken apart here as
/// its JSONL has them.
pub fn labels_apart(grid: &Grid, settings: &ImportSettings) -> Option<Codings> {
    const JOINED_BY: char = '#';
    if matches!(grid.places, GridPlaces::Records { .. }) || grid.rows() == 0 {
        return None;
    }
    let names: Vec<&str> = (0..grid.width()).map(|column| grid.cell(0, column)).collect();
    let place = |name: &str| names.iter().position(|known| *known == name);
    let (Some(label), Some(_), Some(_), Some(_)) = (place("label"), place("text"), place("Comments"), place("id"))
    else {
        return None;
    };
    let labels = |row: usize| grid.cell(row, label).split(JOINED_BY).map(str::trim).filter(|label| !label.is_empty());
    let several = (1..grid.rows()).filter(|row| labels(*row).count() > 1).count();
    if several == 0 {
        return None;
    }
    let example = |row: usize| {
        let cell = |column: usize| Value::from(grid.cell(row, column));
        let mut object: serde_json::Map<String, Value> = names
            .iter()
            .enumerate()
            .filter(|(_, name)| !["label", "Comments"].contains(name) && !name.is_empty())
            .map(|(column, name)| ((*name).to_owned(), cell(column)))
            .collect();
        object.insert("label".to_owned(), labels(row).map(Value::from).collect());
        (grid.line(row), Value::Object(object))
    };
    let examples: Vec<(usize, Value)> = (1..grid.rows()).map(example).collect();
    let member = grid.path.file_stem().map_or("me".to_owned(), |name| name.to_string_lossy().into_owned());
    let mut file = doccano::read(&examples, &member, settings);
    file.notes.push(format!(
        "{} of this table of doccano with several labels, joined by #, which are taken apart; if the name of a label has a #, export JSONL from doccano",
        crate::words::many(several, "row")
    ));
    Some(file)
}

/// doccano's CSV: a row per text.
fn doccano_table(grid: &mut Grid, names: &[String]) {
    grid.given = names.iter().map(|name| (name == "id").then_some(ColumnUse::Ignore)).collect();
    grid.notes.push("this is a table of doccano, which does not say who labelled".to_owned());
}

/// The names of the tools whose files are read, as `--from` has them.
pub fn names() -> String {
    let names: Vec<&str> = ForeignTool::ALL.iter().map(|tool| tool.word()).collect();
    listed(names.into_iter())
}
