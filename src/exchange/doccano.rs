//! doccano: a line of JSON per statement, and a file per coder, because whoever imports a file becomes its coder there.
//!
//! A label is `territory: -2 Russian land`. A statement that the coder has read and that takes no position has the label
//! `territory: no position`; without it, doccano could not tell it from an unread one.

use serde_json::{Map, Value, json};

use crate::codebook::{IssueIndex, Position};
use crate::error::{Error, Result};
use crate::exchange::material::Material;
use crate::exchange::{Exported, ExportedFile, Loss};

/// The most characters of a label.
const LONGEST: usize = 100;
/// Names that the tool's reader uses for itself.
const TAKEN: [&str; 7] = ["label", "labels", "filename", "upload_name", "example_uuid", "meta", "Comments"];

/// The files, one for each coder and one for the rules.
///
/// # Errors
/// [`Error::Output`] if a line cannot be composed.
pub fn lines(material: &Material<'_>) -> Result<Exported> {
    let mut cut = 0;
    let given = material.given();
    let sources = material.sources();
    let mut files = Vec::new();
    for (number, source) in sources.iter().enumerate() {
        let mut labels: Vec<Vec<String>> = vec![Vec::new(); material.statements.len()];
        for label in given.iter().filter(|label| label.by == number) {
            labels[label.statement].push(label_of(material, label.issue, label.position, &mut cut));
        }
        files.push(ExportedFile { part: (*source).to_owned(), ending: None, bytes: written(material, &labels)? });
    }
    if files.len() <= 1 {
        let empty = || written(material, &vec![Vec::new(); material.statements.len()]);
        let bytes = files.pop().map_or_else(empty, |file| Ok(file.bytes))?;
        files.push(ExportedFile { part: String::new(), ending: None, bytes });
    }
    let mut losses = material.losses.clone();
    losses.push(Loss::new(
        "who labelled: each coder imports the own file, because doccano gives labels to whoever imports them",
    ));
    losses.push(Loss::new("the order of levels: it is in the words of the labels only"));
    material.lose_names(&mut losses);
    material.lose_levels(&mut losses);
    Loss::count(&mut losses, cut, "label", "cut after 100 characters, the most that doccano takes");
    Loss::count(&mut losses, material.reasons(), "reason", "that coders wrote: left out");
    Loss::count(&mut losses, material.rule_marks.len(), "piece", "of evidence of rules: left out");
    let bars = sources.iter().enumerate().filter(|(by, _)| {
        given.iter().any(|label| label.by == *by && material.choice(label.issue, label.position).contains('#'))
    });
    Loss::count(
        &mut losses,
        bars.count(),
        "file",
        "with # in a label: export JSONL from doccano, because its CSV splits there",
    );
    Ok(Exported { files, losses })
}

fn label_of(material: &Material<'_>, issue: IssueIndex, position: Option<Position>, cut: &mut usize) -> String {
    let label = format!("{}: {}", material.issue(issue).id, material.choice(issue, position));
    match label.char_indices().nth(LONGEST) {
        Some((end, _)) => {
            *cut += 1;
            label[..end].to_owned()
        }
        None => label,
    }
}

fn written(material: &Material<'_>, labels: &[Vec<String>]) -> Result<Vec<u8>> {
    let details = material.details(&TAKEN);
    let mut bytes = Vec::new();
    for (said, labels) in material.statements.iter().zip(labels) {
        let mut line = Map::new();
        line.insert("text".to_owned(), json!(said.text));
        line.insert("label".to_owned(), json!(labels));
        line.insert("statement_id".to_owned(), json!(said.id));
        line.insert("date".to_owned(), json!(said.date.written.to_string()));
        line.insert("speaker".to_owned(), json!(said.speaker));
        for detail in &details {
            line.insert(detail.name.clone(), json!(detail.cell(said)));
        }
        serde_json::to_writer(&mut bytes, &Value::Object(line)).map_err(|error| Error::Output(error.into()))?;
        bytes.push(b'\n');
    }
    Ok(bytes)
}
