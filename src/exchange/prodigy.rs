//! Prodigy: a line of JSON per statement and issue, for a recipe with choices, and a file per coder.
//!
//! `accept` has the level; an empty `accept` with `answer` = `accept` says "read, takes no position". Labels by rules have
//! no `answer`, so they are suggestions. The tool makes its own hashes.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::codebook::IssueIndex;
use crate::error::{Error, Result};
use crate::exchange::material::{Detail, Given, Material};
use crate::exchange::{Exported, ExportedFile, Loss};

/// The files, one for each coder and one for the rules. Without any label, one file with every statement and issue.
///
/// # Errors
/// [`Error::Output`] if a line cannot be composed.
pub fn lines(material: &Material<'_>) -> Result<Exported> {
    let given = material.given();
    let details = material.details(&["issue", "source", "rule"]);
    let mut files = Vec::new();
    for (number, source) in material.sources().iter().enumerate() {
        let own: Vec<&Given<'_>> = given.iter().filter(|label| label.by == number).collect();
        let mut bytes = Vec::new();
        for label in own {
            put(&mut bytes, &answered(material, &details, label, source))?;
        }
        files.push(ExportedFile { part: (*source).to_owned(), ending: None, bytes });
    }
    if files.is_empty() {
        let mut bytes = Vec::new();
        for statement in 0..material.statements.len() {
            for issue in &material.issues {
                put(&mut bytes, &task(material, &details, statement, *issue))?;
            }
        }
        files.push(ExportedFile { part: String::new(), ending: None, bytes });
    } else if let [only] = files.as_mut_slice() {
        only.part.clear();
    }
    let mut losses = material.losses.clone();
    losses.push(Loss::new("the order of levels: it is the order of the options only"));
    material.lose_names(&mut losses);
    let labelled: BTreeSet<usize> = given.iter().map(|label| label.statement).collect();
    if !labelled.is_empty() {
        Loss::count(&mut losses, material.statements.len() - labelled.len(), "statement", "without a label: left out");
    }
    Ok(Exported { files, losses })
}

fn put(bytes: &mut Vec<u8>, line: &Map<String, Value>) -> Result<()> {
    serde_json::to_writer(&mut *bytes, line).map_err(|error| Error::Output(error.into()))?;
    bytes.push(b'\n');
    Ok(())
}

/// A statement and the levels of an issue to choose from. The issue stands above the text, and makes the tool tell the
/// tasks of one text apart.
fn task(material: &Material<'_>, details: &[Detail], statement: usize, issue: IssueIndex) -> Map<String, Value> {
    let (said, levels) = (material.statements[statement], &material.issue(issue).levels);
    let mut meta = Map::new();
    meta.insert("statement_id".to_owned(), json!(said.id));
    meta.insert("issue".to_owned(), json!(material.issue(issue).id));
    meta.insert("date".to_owned(), json!(said.date.written.to_string()));
    meta.insert("speaker".to_owned(), json!(said.speaker));
    for detail in details {
        meta.insert(detail.name.clone(), json!(detail.cell(said)));
    }
    let options: Vec<Value> = levels
        .iter()
        .map(|level| json!({ "id": level.position.to_string(), "text": material.choice(issue, Some(level.position)) }))
        .collect();
    let mut task = Map::new();
    task.insert("text".to_owned(), json!(said.text));
    task.insert("label".to_owned(), json!(material.issue(issue).id));
    task.insert("options".to_owned(), json!(options));
    task.insert("meta".to_owned(), Value::Object(meta));
    task.insert("config".to_owned(), json!({ "choice_style": "single" }));
    task
}

fn answered(material: &Material<'_>, details: &[Detail], label: &Given<'_>, source: &str) -> Map<String, Value> {
    let mut task = task(material, details, label.statement, label.issue);
    let accepted: Vec<String> = label.position.iter().map(ToString::to_string).collect();
    task.insert("accept".to_owned(), json!(accepted));
    if label.evidence.is_some() {
        if let Some(meta) = task.get_mut("meta").and_then(Value::as_object_mut) {
            meta.insert("source".to_owned(), json!(source));
            meta.insert("rule".to_owned(), json!(label.why));
        }
    } else {
        // What a field of a recipe for remarks is called by default.
        if !label.why.is_empty() {
            task.insert("user_input".to_owned(), json!(label.why));
        }
        task.insert("answer".to_owned(), json!("accept"));
        task.insert("_view_id".to_owned(), json!("choice"));
        task.insert("_annotator_id".to_owned(), json!(source));
        task.insert("_session_id".to_owned(), json!(format!("{}-{source}", material.name)));
    }
    task
}
