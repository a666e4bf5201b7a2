//! Records of JSON: an object per line, an array of them, or what programs wrap around them. Values within values become
//! columns of their own: `author.name`.

use std::collections::HashMap;
use std::path::Path;

use serde_json::{Map, Value};

use crate::error::{Error, Place, Problem, Result};
use crate::import::encoded::decoded;
use crate::import::grid::{CellKind, Grid, GridPlaces};
use crate::import::text::MOST_COLUMNS;
use crate::words::many;

/// A record, with its line or its number from 1.
type JsonRecord = (usize, Map<String, Value>);

/// What is wrong with a file that was not copied or written to its end.
const CUT: &str = "the file ends in the middle of a value";
const CUT_HINT: &str = "get the file again: it was cut off";
/// How the file should look.
const HINT: &str = "write one JSON object per line, such as {\"speaker\": \"…\", \"date\": \"…\", \"text\": \"…\"}";
/// How deep values within values become columns.
const DEEPEST: usize = 4;

/// Reads a JSON object per line, one array of objects, or one object that holds them. The first row of the sheet has the
/// names of the keys.
///
/// # Errors
/// [`Error::Invalid`] with every line that is not an object.
pub fn lines(path: &Path, bytes: &[u8]) -> Result<Grid> {
    let (text, mut notes) = decoded(path, bytes)?;
    let records = records(path, &text, &mut notes).map_err(Error::Invalid)?;
    if records.is_empty() {
        let hint = "check that it is the file you mean, and that the program has written its records";
        return Err(Error::Invalid(vec![Problem::fault(path, None, "the list in the file is empty", hint)]));
    }
    let records: Vec<(usize, Vec<(String, Value)>)> =
        records.into_iter().map(|(line, record)| (line, flat(record))).collect();
    let mut names: Vec<String> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for (key, _) in records.iter().flat_map(|(_, cells)| cells) {
        if !places.contains_key(key) {
            places.insert(key.clone(), names.len());
            names.push(key.clone());
        }
    }
    if names.len() > MOST_COLUMNS {
        let what =
            format!("the objects have {}, and a table has at most {MOST_COLUMNS} columns", many(names.len(), "key"));
        return Err(Error::Invalid(vec![Problem::fault(path, None, what, "check that it is the file you mean")]));
    }
    let mut sheet = Grid::new(path, GridPlaces::Lines, names.len());
    sheet.notes = notes;
    sheet.push(1, names.iter().map(|name| (name.as_str(), CellKind::Text)));
    let mut cells = vec![(String::new(), CellKind::Text); names.len()];
    for (line, record) in records {
        cells.iter_mut().for_each(|cell| *cell = (String::new(), CellKind::Text));
        for (key, value) in record {
            cells[places[&key]] = match value {
                Value::Null => (String::new(), CellKind::Text),
                Value::String(text) => (text, CellKind::Text),
                Value::Number(number) => (number.to_string(), CellKind::Number),
                other => (other.to_string(), CellKind::Text),
            };
        }
        sheet.push(line, cells.iter().map(|(text, kind)| (text.as_str(), *kind)));
    }
    Ok(sheet)
}

/// The records of a file.
fn records(path: &Path, text: &str, notes: &mut Vec<String>) -> std::result::Result<Vec<JsonRecord>, Vec<Problem>> {
    let numbered = |all: Vec<Map<String, Value>>| (1..).zip(all).collect::<Vec<JsonRecord>>();
    if text.trim_start().starts_with('[') {
        return match serde_json::from_str::<Vec<Map<String, Value>>>(text) {
            Ok(all) => Ok(numbered(all)),
            Err(error) => {
                let place = Place { line: error.line().max(1), column: error.column().max(1) };
                Err(vec![match error.is_eof() {
                    true => Problem::fault(path, Some(place), CUT, CUT_HINT),
                    false => Problem::fault(path, Some(place), "this is not an array of JSON objects", HINT),
                }])
            }
        };
    }
    if let Ok(one) = serde_json::from_str::<Map<String, Value>>(text) {
        let unwrapped = unwrapped(&one);
        if let Some((_, how)) = &unwrapped {
            notes.push(how.clone());
        }
        return Ok(unwrapped.map_or_else(|| vec![(1, one)], |(all, _)| numbered(all)));
    }
    let mut problems = Vec::new();
    let mut objects = Vec::new();
    let last = text.lines().count();
    for (i, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match serde_json::from_str(line) {
            Ok(object) => objects.push((i + 1, object)),
            Err(error) => {
                let place = Place { line: i + 1, column: error.column().max(1) };
                problems.push(match error.is_eof() && i + 1 == last {
                    true => Problem::fault(path, Some(place), CUT, CUT_HINT),
                    false => Problem::fault(path, Some(place), "the line is not a JSON object", HINT),
                });
            }
        }
    }
    if problems.is_empty() { Ok(objects) } else { Err(problems) }
}

/// The records within one object, and how they stand in it: a list of them under one key, or a table as pandas writes it.
fn unwrapped(object: &Map<String, Value>) -> Option<(Vec<Map<String, Value>>, String)> {
    let list = |value: &Value| -> Option<Vec<Map<String, Value>>> {
        let all = value.as_array().filter(|all| !all.is_empty())?;
        all.iter().map(|record| record.as_object().cloned()).collect()
    };
    let mut lists = object.iter().filter_map(|(key, value)| Some((key, list(value)?)));
    if let (Some((key, records)), None) = (lists.next(), lists.next()) {
        return Some((records, format!("the records are those in its list `{key}`")));
    }
    let (records, kind) = of_split(object).map(|records| (records, "split")).or_else(|| of_columns(object))?;
    Some((records, format!("it is a table by `{kind}`, as pandas writes it")))
}

/// `{"columns": ["a"], "data": [[1], [2]]}`
fn of_split(object: &Map<String, Value>) -> Option<Vec<Map<String, Value>>> {
    let names: Vec<&str> = object.get("columns")?.as_array()?.iter().map(Value::as_str).collect::<Option<_>>()?;
    let rows = object.get("data")?.as_array()?;
    let row = |row: &Value| {
        let cells = row.as_array().filter(|cells| cells.len() == names.len())?;
        Some(names.iter().map(|name| (*name).to_owned()).zip(cells.iter().cloned()).collect())
    };
    rows.iter().map(row).collect()
}

/// `{"a": {"0": 1, "1": 2}}`, or `{"0": {"a": 1}, "1": {"a": 2}}`.
fn of_columns(object: &Map<String, Value>) -> Option<(Vec<Map<String, Value>>, &'static str)> {
    let inner: Vec<(&String, &Map<String, Value>)> =
        object.iter().map(|(key, value)| Some((key, value.as_object()?))).collect::<Option<_>>()?;
    let is_number = |key: &str| !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_digit());
    let by_number = |keys: &mut Vec<&String>| keys.sort_by_key(|key| key.parse::<u64>().unwrap_or(u64::MAX));
    let mut outer: Vec<&String> = object.keys().collect();
    if outer.len() > 1 && outer.iter().all(|key| is_number(key)) {
        by_number(&mut outer);
        let rows = outer.iter().filter_map(|key| object[*key].as_object().cloned());
        return Some((rows.collect(), "index"));
    }
    let mut rows: Vec<&String> = inner.first()?.1.keys().collect();
    let alike =
        inner.iter().all(|(_, cells)| cells.len() == rows.len() && rows.iter().all(|row| cells.contains_key(*row)));
    if inner.len() < 2 || !alike || !rows.iter().all(|key| is_number(key)) {
        return None;
    }
    by_number(&mut rows);
    let row = |row: &&String| inner.iter().map(|(name, cells)| ((*name).clone(), cells[*row].clone())).collect();
    Some((rows.iter().map(row).collect(), "columns"))
}

/// The cells of a record. Objects within it become columns of their own.
fn flat(record: Map<String, Value>) -> Vec<(String, Value)> {
    fn add(name: String, value: Value, depth: usize, cells: &mut Vec<(String, Value)>) {
        match value {
            Value::Object(inner) if !inner.is_empty() && depth < DEEPEST => {
                inner.into_iter().for_each(|(key, value)| add(format!("{name}.{key}"), value, depth + 1, cells));
            }
            value => cells.push((name, value)),
        }
    }
    let mut cells = Vec::with_capacity(record.len());
    record.into_iter().for_each(|(key, value)| add(key, value, 1, &mut cells));
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(sheet: &Grid) -> Vec<Vec<&str>> {
        (0..sheet.rows()).map(|row| (0..sheet.width()).map(|column| sheet.cell(row, column)).collect()).collect()
    }

    fn read(text: &str) -> Grid {
        lines(Path::new("a.json"), text.as_bytes()).unwrap()
    }

    #[test]
    fn objects_may_have_different_keys() {
        let sheet = read("{\"a\":1,\"b\":null}\n\n{\"c\":\"x\",\"a\":[2]}\n");
        let mut first = rows(&sheet)[0].clone();
        first.sort_unstable();
        assert_eq!((first, sheet.line(2)), (vec!["a", "b", "c"], 3));
        let wrong = lines(Path::new("a.ndjson"), b"{\"a\":1}\n[1]\n").unwrap_err();
        assert!(wrong.to_string().contains("a.ndjson:2:"));
        assert_eq!(read("[{\"a\":1},{\"a\":2}]").rows(), 3);
        assert!(lines(Path::new("a.json"), b"[]").unwrap_err().to_string().contains("is empty"));
    }

    #[test]
    fn values_within_values_are_columns() {
        let sheet =
            read("{\"who\":{\"name\":\"A B\",\"at\":{\"x\":1}},\"tags\":[\"a\"]}\n{\"who\":{\"name\":\"C D\"}}\n");
        let mut columns: Vec<(&str, &str)> = (0..3).map(|at| (sheet.cell(0, at), sheet.cell(1, at))).collect();
        columns.sort_unstable();
        assert_eq!(columns, [("tags", "[\"a\"]"), ("who.at.x", "1"), ("who.name", "A B")]);
    }

    #[test]
    fn wrapped_records_are_found() {
        for text in [
            "{\"meta\": 1, \"records\": [{\"a\": 1, \"b\": 2}, {\"a\": 3, \"b\": 4}]}",
            "{\"columns\": [\"a\", \"b\"], \"index\": [0, 1], \"data\": [[1, 2], [3, 4]]}",
            "{\"a\": {\"0\": 1, \"1\": 3}, \"b\": {\"0\": 2, \"1\": 4}}",
            "{\n \"0\": {\"a\": 1, \"b\": 2},\n \"1\": {\"a\": 3, \"b\": 4}\n}",
        ] {
            let sheet = read(text);
            assert_eq!(rows(&sheet), [["a", "b"], ["1", "2"], ["3", "4"]], "{text}");
            assert_eq!(sheet.notes.len(), 1, "{text}");
        }
        assert_eq!(rows(&read("{\"a\": {\"x\": 1}, \"b\": 2}"))[1].len(), 2);
    }
}
