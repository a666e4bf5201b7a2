//! DNA's databases: SQLite files of versions 2 and 3.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use chrono::{DateTime, Duration, Timelike};

use crate::error::{Error, Problem, Result};
use crate::file::database::Database;
use crate::import::grid::Grid;
use crate::import::scale;
use crate::import::tool::dna::{EventRow, VariableKind, table};
use crate::words::{listed, many};

/// Reads the codings of a database.
///
/// # Errors
/// [`Error::Invalid`] if it is damaged, or no database of DNA 2 or 3.
pub fn database(path: &Path) -> Result<Grid> {
    let data = Database::open(path)?;
    let fault = |what: String, hint: &str| Error::Invalid(vec![Problem::fault(path, None, what, hint)]);
    let other = "give a file of the Discourse Network Analyzer (.dna), or export the tables as CSV";
    if !["SETTINGS", "DOCUMENTS", "STATEMENTS", "VARIABLES", "CODERS"].iter().all(|table| data.has(table)) {
        return Err(fault(
            "this is a SQLite database, but not one of the Discourse Network Analyzer".to_owned(),
            other,
        ));
    }
    let settings: BTreeMap<String, String> =
        data.rows("SETTINGS", &["Property", "Value"])?.into_iter().map(|row| pair(&row)).collect();
    let version = settings.get("version").map_or("", String::as_str);
    let newest = version.starts_with("3.");
    if !newest && !version.starts_with("2.") {
        let what = format!("the database has version `{version}` of the Discourse Network Analyzer");
        return Err(fault(what, "open it in version 3 of the program, which brings it up to date, and save it"));
    }
    let coders: HashMap<String, String> =
        data.rows("CODERS", &["ID", "Name"])?.into_iter().map(|row| pair(&row)).collect();
    let documents: HashMap<String, Vec<String>> = data
        .rows("DOCUMENTS", &["ID", "Title", "Text", "Author", "Source", "Section", "Type", "Date"])?
        .into_iter()
        .map(|row| (row[0].clone(), row))
        .collect();
    let statements = data.rows("STATEMENTS", &["ID", "StatementTypeId", "DocumentId", "Start", "Stop", "Coder"])?;
    let variables: Vec<Vec<String>> = data.rows("VARIABLES", &["ID", "Variable", "DataType", "StatementTypeId"])?;
    let types = data.rows("STATEMENTTYPES", &["ID", "Label"])?;
    let kind = statement_type(&types, &statements, &variables);
    // A number cannot be empty in DNA, so what takes no position may have a type of its own.
    let nothing: Vec<&str> =
        types.iter().filter(|row| scale::is_no_position(&row[1])).map(|row| row[0].as_str()).collect();
    let mut notes = other_types(&types, &statements, &kind, &nothing);
    let own: Vec<(String, VariableKind)> = variables
        .iter()
        .filter(|row| row[3] == kind)
        .map(|row| {
            let kind = match row[2].as_str() {
                "boolean" => VariableKind::Boolean,
                "integer" => VariableKind::Integer,
                _ => VariableKind::Text,
            };
            (row[1].clone(), kind)
        })
        .collect();
    let names: HashMap<&str, &str> = variables.iter().map(|row| (row[0].as_str(), row[1].as_str())).collect();
    let values = values(&data, &names, newest)?;
    let mut rows = Vec::new();
    let (mut torn, mut rounded) = (0, 0);
    let scale = own.iter().find(|(_, kind)| *kind != VariableKind::Text).map(|(name, _)| name.clone());
    for statement in statements.iter().filter(|row| row[1] == kind || nothing.contains(&row[1].as_str())) {
        let Some(document) = documents.get(&statement[2]) else {
            torn += 1;
            continue;
        };
        let number = |cell: &String| cell.parse::<usize>().ok();
        let Some(text) =
            number(&statement[3]).zip(number(&statement[4])).and_then(|(from, to)| between(&document[2], from, to))
        else {
            torn += 1;
            continue;
        };
        let mut cells: BTreeMap<String, String> = values.get(&statement[0]).cloned().unwrap_or_default();
        if let Some(name) = scale.as_ref().filter(|_| statement[1] != kind) {
            cells.insert(name.clone(), "no position".to_owned());
        }
        let day = day_of(&document[7], newest, &mut rounded);
        let around = [
            ("time", day.as_str()),
            ("text", text.trim()),
            ("coder", coders.get(&statement[5]).map_or("", String::as_str)),
            ("document_title", &document[1]),
            ("document_author", &document[3]),
            ("document_source", &document[4]),
            ("document_section", &document[5]),
            ("document_type", &document[6]),
        ];
        cells.extend(around.map(|(name, cell)| (name.to_owned(), cell.to_owned())));
        rows.push(EventRow { number: number(&statement[0]).unwrap_or(0), cells });
    }
    if torn > 0 {
        notes.push(format!("{} left out: no words are at the position", many(torn, "coding")));
    }
    if rounded > 0 {
        notes.push(format!(
            "{} moved to the nearest midnight: version 2 stores moments in the zone of the computer",
            many(rounded, "date")
        ));
    }
    notes.push("the date of a coding is the date of its document; positions in documents, colours, links and attributes are left out".to_owned());
    Ok(table(path, &own, &rows, notes))
}

fn pair(row: &[String]) -> (String, String) {
    (row[0].clone(), row[1].clone())
}

/// The type of statements that holds positions: the one with a variable of levels and a variable of texts, and of
/// several the one with the most statements.
fn statement_type(types: &[Vec<String>], statements: &[Vec<String>], variables: &[Vec<String>]) -> String {
    let count = |id: &str| statements.iter().filter(|row| row[1] == id).count();
    let fits = |id: &str| {
        let own = || variables.iter().filter(move |row| row[3] == id);
        own().any(|row| row[2] == "boolean" || row[2] == "integer") && own().any(|row| row[2] == "short text")
    };
    let rank =
        |row: &&Vec<String>| (fits(&row[0]) && count(&row[0]) > 0, count(&row[0]), std::cmp::Reverse(row[0].clone()));
    types.iter().max_by_key(rank).map_or(String::new(), |row| row[0].clone())
}

/// The types of statements that are left out, with how many each has.
fn other_types(types: &[Vec<String>], statements: &[Vec<String>], kind: &str, nothing: &[&str]) -> Vec<String> {
    let count = |id: &str| statements.iter().filter(|row| row[1] == id).count();
    let others: Vec<String> = types
        .iter()
        .filter(|row| row[0] != kind && !nothing.contains(&row[0].as_str()) && count(&row[0]) > 0)
        .map(|row| format!("`{}` ({})", row[1], count(&row[0])))
        .collect();
    if others.is_empty() {
        return Vec::new();
    }
    vec![format!("statements of other types are left out: {}", listed(others.iter().map(String::as_str)))]
}

/// What was coded at each statement, by the names of the variables.
fn values(
    data: &Database,
    names: &HashMap<&str, &str>,
    newest: bool,
) -> Result<HashMap<String, BTreeMap<String, String>>> {
    let mut values: HashMap<String, BTreeMap<String, String>> = HashMap::new();
    let mut add = |row: Vec<String>, value: String| {
        if let Some(name) = names.get(row[1].as_str()) {
            values.entry(row[0].clone()).or_default().insert((*name).to_owned(), value);
        }
    };
    for table in ["DATABOOLEAN", "DATAINTEGER", "DATALONGTEXT"].into_iter().filter(|table| data.has(table)) {
        for row in data.rows(table, &["StatementId", "VariableId", "Value"])? {
            let value = row[2].clone();
            add(row, value);
        }
    }
    if newest {
        let entities: HashMap<String, String> =
            data.rows("ENTITIES", &["ID", "Value"])?.into_iter().map(|row| pair(&row)).collect();
        for row in data.rows("DATASHORTTEXT", &["StatementId", "VariableId", "Entity"])? {
            let value = entities.get(&row[2]).cloned().unwrap_or_default();
            add(row, value);
        }
    } else {
        for row in data.rows("DATASHORTTEXT", &["StatementId", "VariableId", "Value"])? {
            let value = row[2].clone();
            add(row, value);
        }
    }
    Ok(values)
}

/// The words between 2 positions, which count the units of UTF-16. `None` if a position is none of them.
fn between(text: &str, from: usize, to: usize) -> Option<String> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let words = String::from_utf16(units.get(from..to)?).ok()?;
    (!words.trim().is_empty()).then_some(words)
}

/// The day of a document: seconds since 1970 in version 3, milliseconds in version 2. Both are the time on a clock at
/// the place of whoever entered it.
fn day_of(written: &str, newest: bool, rounded: &mut usize) -> String {
    let Ok(number) = written.parse::<i64>() else { return String::new() };
    if newest {
        return DateTime::from_timestamp(number, 0).map_or(String::new(), |at| at.date_naive().to_string());
    }
    let Some(at) = DateTime::from_timestamp_millis(number) else { return String::new() };
    // Midnight somewhere is an hour near midnight here. Other times were meant.
    let hour = at.hour();
    let whole = at.minute() == 0 && at.second() == 0;
    if whole && hour != 0 && !(3..=12).contains(&hour) {
        *rounded += 1;
    }
    let moved = if whole && hour > 12 { at + Duration::hours(24 - i64::from(hour)) } else { at };
    moved.date_naive().to_string()
}
