//! Values of JSON as cells.

use serde_json::Value;

/// A value as the text of a cell. What is within other values stays JSON.
pub fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A text that is not blank.
pub fn text_at(value: &Value, key: &str) -> Option<String> {
    value[key].as_str().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// A whole number from 0 up.
pub fn number_of(value: &Value) -> Option<usize> {
    value.as_u64().and_then(|number| usize::try_from(number).ok())
}

/// Whether one of the first objects of a file is of a kind. A table of many lines is not read twice for it; an array is.
pub fn may_be(text: &str, is: impl Fn(&Value) -> bool) -> bool {
    const FIRST: usize = 100;
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let mut lines = text.lines().filter(|line| !line.trim().is_empty()).take(FIRST).peekable();
    let by_line = text.starts_with('{') && lines.peek().is_some_and(|line| serde_json::from_str::<Value>(line).is_ok());
    match by_line {
        true => lines.any(|line| serde_json::from_str::<Value>(line).is_ok_and(|value| is(&value))),
        false => objects(text).is_ok_and(|objects| objects.iter().any(|(_, value)| is(value))),
    }
}

/// The objects of a file: one per line, one list of them, or one object. Each with its line, or its number from 1.
///
/// # Errors
/// The line, the column and whether there is a value in every line, if it is neither.
pub fn objects(text: &str) -> Result<Vec<(usize, Value)>, serde_json::Error> {
    let text = text.trim_start_matches('\u{feff}');
    let begin = text.trim_start();
    if begin.starts_with('[') {
        let all: Vec<Value> = serde_json::from_str(text)?;
        return Ok(all.into_iter().enumerate().map(|(place, value)| (place + 1, value)).collect());
    }
    match serde_json::from_str::<Value>(text) {
        Ok(one) => Ok(vec![(1, one)]),
        Err(_) => {
            let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
            lines.map(|(place, line)| Ok((place + 1, serde_json::from_str(line)?))).collect()
        }
    }
}
