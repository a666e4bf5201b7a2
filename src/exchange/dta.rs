//! A data set of Stata 14 and later (format 118): a row per statement and source of labels, and a variable per issue
//! with value labels.
//!
//! The layout follows Stata's own description, `help dta` of version 14: sections between tags, a map of their places,
//! numbers with the low byte first. No crate writes value labels, so this file writes the format itself.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::codebook::{Issue, Position};
use crate::error::{Error, Result};
use crate::exchange::material::{Given, Material};
use crate::exchange::{Exported, Loss};

/// The longest name of a variable, in characters.
const LONGEST_NAME: usize = 32;
/// The longest label of a variable or of the data, in characters.
const LONGEST_LABEL: usize = 80;
/// The most variables of a data set of the smallest edition.
const MOST_VARIABLES: usize = 2_048;
/// The codes of kinds of variables.
const LONG_TEXT: u16 = 32_768;
const LONG: u16 = 65_528;
/// Missing values of a whole number: `.a` and `.b`.
const READ_AND_NONE: i32 = 2_147_483_622;
const NOT_READ: i32 = 2_147_483_623;
/// The largest and smallest whole number that is not missing.
const RANGE: std::ops::RangeInclusive<i32> = -2_147_483_647..=2_147_483_620;

/// A variable.
struct Variable {
    name: String,
    label: String,
    kind: u16,
    format: &'static str,
    /// The name of its value labels; may be empty.
    values: String,
}

/// A cell of the data.
enum Value {
    Number(i32),
    /// By its place among the texts of the file; `None` for the empty text.
    Text(Option<(u16, u64)>),
}

/// The data set.
///
/// # Errors
/// [`Error::Request`] if it has more variables than Stata can hold.
pub fn data_set(material: &Material<'_>) -> Result<Exported> {
    let details = material.details(&["source"]);
    let mut names = BTreeSet::new();
    let mut variable = |name: &str, label: &str, kind: u16, format: &'static str, values: bool| {
        let name = variable_name(name, &mut names);
        let values = if values { name.clone() } else { String::new() };
        Variable { name, label: cut(label, LONGEST_LABEL), kind, format, values }
    };
    let mut variables = vec![
        variable("statement_id", "Statement", LONG_TEXT, "%9s", false),
        variable("date", "When the words were said", LONG, "%tdCCYY-NN-DD", false),
        variable("speaker", "Speaker", LONG_TEXT, "%9s", false),
        variable("text", "What was said", LONG_TEXT, "%9s", false),
        variable("source", "Who labelled: a coder, or the rules", LONG_TEXT, "%9s", false),
    ];
    variables.extend(details.iter().map(|detail| variable(&detail.name, &detail.name, LONG_TEXT, "%9s", false)));
    for issue in &material.issues {
        let issue = material.issue(*issue);
        let label = format!("{} (.a takes no position, .b not read)", cut(&issue.name, 40));
        variables.push(variable(&issue.id, &label, LONG, "%9.0g", true));
    }
    if variables.len() > MOST_VARIABLES {
        let what = format!("{} variables are more than Stata can hold, {MOST_VARIABLES}", variables.len());
        return Err(Error::request(what, "export fewer issues with --issue, or use --format long"));
    }
    let mut texts = Vec::new();
    let mut rows = 0_u64;
    let mut data = Vec::new();
    let sources = material.sources();
    let mut far = 0;
    for (statement, said) in material.statements.iter().enumerate() {
        let given: Vec<Given<'_>> = material.given_on(statement).collect();
        let mut by: Vec<usize> = given.iter().map(|label| label.by).collect();
        by.sort_unstable();
        by.dedup();
        // A statement that nobody has read has a row, too.
        let by: Vec<Option<usize>> = if by.is_empty() { vec![None] } else { by.into_iter().map(Some).collect() };
        for source in by {
            rows += 1;
            let mut values = Vec::with_capacity(variables.len());
            let mut text = |values: &mut Vec<Value>, text: &str| {
                let place = u16::try_from(values.len() + 1).unwrap_or(u16::MAX);
                let held = (!text.is_empty()).then_some((place, rows));
                if let Some(place) = held {
                    texts.push((place, text.to_owned()));
                }
                values.push(Value::Text(held));
            };
            text(&mut values, &said.id);
            values.push(Value::Number(days(said.date.written)));
            let by = source.map_or("", |source| sources[source]);
            for cell in [said.speaker.as_str(), &said.text, by] {
                text(&mut values, cell);
            }
            details.iter().for_each(|detail| text(&mut values, &detail.cell(said)));
            for issue in &material.issues {
                let label = given.iter().find(|label| Some(label.by) == source && label.issue == *issue);
                values.push(Value::Number(match label.map(|label| label.position) {
                    Some(Some(Position(position))) if RANGE.contains(&position) => position,
                    Some(Some(_)) => {
                        far += 1;
                        NOT_READ
                    }
                    Some(None) => READ_AND_NONE,
                    None => NOT_READ,
                }));
            }
            values.iter().for_each(|value| put(&mut data, value));
        }
    }
    let sets: Vec<(&str, &Issue)> = variables
        .iter()
        .filter(|variable| !variable.values.is_empty())
        .zip(&material.issues)
        .map(|(variable, issue)| (variable.values.as_str(), material.issue(*issue)))
        .collect();
    let bytes = file(&material.codebook.title, &variables, rows, &data, &texts, &sets);
    let mut losses = material.losses.clone();
    Loss::count(&mut losses, material.reasons(), "reason", "that coders wrote: left out");
    Loss::count(&mut losses, material.rule_marks.len(), "piece", "of evidence of rules: left out");
    Loss::count(&mut losses, far, "position", "too large for a whole number of Stata: written as .b");
    let renamed =
        variables.iter().zip(original_names(material)).filter(|(variable, name)| variable.name != **name).count();
    Loss::count(&mut losses, renamed, "name", "of a variable changed, because Stata allows letters, digits and _ only");
    Ok(Exported::one(bytes, losses))
}

/// The names that the variables would have if Stata allowed all.
fn original_names(material: &Material<'_>) -> Vec<String> {
    let first = ["statement_id", "date", "speaker", "text", "source"].map(str::to_owned);
    let details = material.details(&["source"]).into_iter().map(|detail| detail.name);
    let issues = material.issues.iter().map(|issue| material.issue(*issue).id.clone());
    first.into_iter().chain(details).chain(issues).collect()
}

/// A name that Stata allows and no other variable has, whatever its capitals.
fn variable_name(name: &str, taken: &mut BTreeSet<String>) -> String {
    /// Words that Stata keeps for itself and that an issue may well be called.
    const RESERVED: [&str; 13] =
        ["byte", "double", "float", "if", "in", "int", "long", "using", "with", "_all", "_n", "_b", "_cons"];
    let mut bare: String = name.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
    if !bare.starts_with(|c: char| c.is_alphabetic() || c == '_') || RESERVED.contains(&bare.as_str()) {
        bare.insert_str(0, "v_");
    }
    let bare = cut(&bare, LONGEST_NAME);
    let mut unique = bare.clone();
    let mut count = 1;
    while !taken.insert(unique.to_lowercase()) {
        count += 1;
        let end = format!("_{count}");
        unique = cut(&bare, LONGEST_NAME - end.len()) + &end;
    }
    unique
}

fn cut(text: &str, most: usize) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(most).collect()
}

/// The days from 1960 to a day, as Stata counts.
fn days(day: NaiveDate) -> i32 {
    let first = NaiveDate::from_ymd_opt(1960, 1, 1).unwrap_or_default();
    i32::try_from((day - first).num_days()).unwrap_or(NOT_READ)
}

fn put(data: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Number(number) => data.extend(number.to_le_bytes()),
        // 2 bytes for the variable and 6 for the row; both are 0 for the empty text.
        Value::Text(place) => {
            let (variable, row) = place.unwrap_or((0, 0));
            data.extend(variable.to_le_bytes());
            data.extend(&row.to_le_bytes()[..6]);
        }
    }
}

/// The sections in their order, with the map of their places.
fn file(
    title: &str,
    variables: &[Variable],
    rows: u64,
    data: &[u8],
    texts: &[((u16, u64), String)],
    sets: &[(&str, &Issue)],
) -> Vec<u8> {
    let count = u16::try_from(variables.len()).unwrap_or(u16::MAX);
    let title = cut(title, LONGEST_LABEL);
    let mut header = b"<stata_dta><header><release>118</release><byteorder>LSF</byteorder><K>".to_vec();
    header.extend(count.to_le_bytes());
    header.extend(b"</K><N>");
    header.extend(rows.to_le_bytes());
    header.extend(b"</N><label>");
    header.extend(u16::try_from(title.len()).unwrap_or(0).to_le_bytes());
    header.extend(title.as_bytes());
    // No time: the same corpus gives the same bytes.
    header.extend(b"</label><timestamp>\0</timestamp></header>");
    let of_all = |part: fn(&Variable) -> Vec<u8>| variables.iter().flat_map(part).collect::<Vec<u8>>();
    let sections: [(&str, Vec<u8>); 10] = [
        ("variable_types", of_all(|variable| variable.kind.to_le_bytes().to_vec())),
        ("varnames", of_all(|variable| padded(&variable.name, 129))),
        ("sortlist", vec![0; 2 * (variables.len() + 1)]),
        ("formats", of_all(|variable| padded(variable.format, 57))),
        ("value_label_names", of_all(|variable| padded(&variable.values, 129))),
        ("variable_labels", of_all(|variable| padded(&variable.label, 321))),
        ("characteristics", Vec::new()),
        ("data", data.to_vec()),
        ("strls", texts.iter().flat_map(|(place, text)| long_text(*place, text)).collect()),
        ("value_labels", sets.iter().flat_map(|(name, issue)| value_labels(name, issue)).collect()),
    ];
    const MAP: usize = "<map></map>".len() + 14 * 8;
    let mut map: Vec<u64> = vec![0, header.len() as u64];
    let mut body = Vec::new();
    for (name, bytes) in sections {
        map.push((header.len() + MAP + body.len()) as u64);
        body.extend(format!("<{name}>").as_bytes());
        body.extend(bytes);
        body.extend(format!("</{name}>").as_bytes());
    }
    let end = header.len() + MAP + body.len();
    map.extend([end as u64, (end + "</stata_dta>".len()) as u64]);
    let map: Vec<u8> = map.into_iter().flat_map(u64::to_le_bytes).collect();
    [&header, &b"<map>"[..], &map, b"</map>", &body, b"</stata_dta>"].concat()
}

/// A text of a fixed length, filled up with zeros.
fn padded(text: &str, length: usize) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    bytes.resize(length, 0);
    bytes
}

/// A text of any length.
fn long_text((variable, row): (u16, u64), text: &str) -> Vec<u8> {
    const ZERO_ENDS_IT: u8 = 130;
    let mut bytes = b"GSO".to_vec();
    bytes.extend(u32::from(variable).to_le_bytes());
    bytes.extend(row.to_le_bytes());
    bytes.push(ZERO_ENDS_IT);
    let text = text.replace('\0', "\u{fffd}");
    bytes.extend(u32::try_from(text.len() + 1).unwrap_or(u32::MAX).to_le_bytes());
    bytes.extend(text.as_bytes());
    bytes.push(0);
    bytes
}

/// The words of an issue's levels, by their numbers.
fn value_labels(name: &str, issue: &Issue) -> Vec<u8> {
    let levels: Vec<_> = issue.levels.iter().filter(|level| RANGE.contains(&level.position.0)).collect();
    let (mut places, mut words) = (Vec::new(), Vec::new());
    for level in &levels {
        places.push(u32::try_from(words.len()).unwrap_or(0));
        words.extend(level.words.replace('\0', " ").as_bytes());
        words.push(0);
    }
    let mut table = Vec::new();
    let length = |count: usize| u32::try_from(count).unwrap_or(0).to_le_bytes();
    table.extend(length(levels.len()));
    table.extend(length(words.len()));
    places.iter().for_each(|place| table.extend(place.to_le_bytes()));
    levels.iter().for_each(|level| table.extend(level.position.0.to_le_bytes()));
    table.extend(words);
    let mut bytes = b"<lbl>".to_vec();
    bytes.extend(length(table.len()));
    bytes.extend(padded(name, 129));
    bytes.extend([0; 3]);
    bytes.extend(table);
    bytes.extend(b"</lbl>");
    bytes
}
