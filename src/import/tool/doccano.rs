//! doccano's JSON and lines of JSON: texts with the labels of one project member, or of all of them.

use serde_json::Value;

use crate::import::column::{ColumnUse, DEFAULT_CODER};
use crate::import::of_file;
use crate::import::settings::ImportSettings;
use crate::import::tool::coded::{CodedAnswer, CodedMark, CodedUnit, Codings, parts};
use crate::import::tool::json::cell;
use crate::words::many;

/// Whether a value is an example of doccano: a text with a list of labels.
pub fn is_example(value: &Value) -> bool {
    value["text"].is_string() && (value["label"].is_array() || value["labels"].is_array())
}

/// Whether a value is an example of an old doccano, which has the numbers of labels and not their names.
pub fn is_numbered(value: &Value) -> bool {
    let labels = value["annotations"].as_array().map_or(&[][..], Vec::as_slice);
    value["text"].is_string() && labels.iter().any(|label| label["label"].is_number())
}

/// Reads examples. `member` is the name of the file without its ending: that of the coder, if there are several files.
pub fn read(examples: &[(usize, Value)], member: &str, settings: &ImportSettings) -> Codings {
    let mut file = Codings::default();
    let text = file.meant("text", ColumnUse::Statement("text"));
    file.member = of_file::coder_of(member, settings);
    let empty_is_read = settings.no_position.iter().any(|word| word == "empty");
    let mut empty = 0;
    for (line, example) in examples {
        let mut unit = CodedUnit { place: format!("line {line}"), line: *line, ..CodedUnit::default() };
        unit.cells.insert(text, cell(&example["text"]));
        let meta = example["meta"].as_object().into_iter().chain(example["metadata"].as_object()).flatten();
        for (key, value) in example.as_object().into_iter().flatten().chain(meta) {
            // Its own numbers say nothing outside of its project.
            if ["id", "text", "label", "labels", "meta", "metadata", "entities", "relations"].contains(&key.as_str()) {
                continue;
            }
            let place = file.column(key);
            let written = match value {
                Value::Array(all) => all.iter().map(cell).collect::<Vec<_>>().join("; "),
                other => cell(other),
            };
            unit.cells.insert(place, written);
        }
        file.units.push(unit);
        let labels = example["label"].as_array().or(example["labels"].as_array()).map_or(&[][..], Vec::as_slice);
        let mut add = |answer: CodedAnswer, rationale: String| {
            file.marks.push(CodedMark { unit: file.units.len() - 1, coder: None, answer, rationale });
        };
        for label in labels {
            match label {
                // A passage: its beginning, its end and its label.
                Value::Array(span) if span.len() == 3 => {
                    let at = |place: usize| span[place].as_u64().unwrap_or(0) as usize;
                    let words = example["text"].as_str().unwrap_or("").chars();
                    let marked: String = words.skip(at(0)).take(at(1).saturating_sub(at(0))).collect();
                    add(CodedAnswer::Code(parts(&cell(&span[2]))), marked);
                }
                label => add(CodedAnswer::Code(parts(&cell(label))), String::new()),
            }
        }
        if labels.is_empty() {
            empty += 1;
            if empty_is_read {
                add(CodedAnswer::Nothing(None), String::new());
            }
        }
    }
    if empty > 0 && !empty_is_read {
        file.notes.push(format!(
            "{} without a label: doccano does not say whether they were read, so they are taken as not read; --no-position empty takes them as read",
            many(empty, "text")
        ));
    }
    if settings.coder.is_none() {
        let (coder, why) = match &file.member {
            Some(coder) => (coder.as_str(), ", after the name of the file"),
            None => (DEFAULT_CODER, ""),
        };
        file.notes.push(format!(
            "doccano does not say who labelled: the labels are those of `{coder}`{why}; --coder NAME changes it"
        ));
    }
    file.notes.push("its own numbers of texts are left out".to_owned());
    file
}
