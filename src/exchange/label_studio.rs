//! Label Studio: tasks as JSON, and the labelling configuration beside it, which has the levels in their order.
//!
//! Labels by hand are annotations, labels by rules are predictions with the evidence marked. Offsets are code points. An
//! annotation has an e-mail address only if you give it: Label Studio refuses a whole file for one address that it does
//! not know. The name of the coder is in `meta` all the same.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::codebook::{IssueIndex, Position};
use crate::error::{Error, Result};
use crate::exchange::material::{HandMark, Material, NO_POSITION, RuleMark, characters};
use crate::exchange::xml::XmlText;
use crate::exchange::{Exported, ExportedFile, Loss};

/// The control that marks the evidence of rules.
const EVIDENCE: &str = "evidence";

/// The tasks and the configuration.
///
/// # Errors
/// [`Error::Output`] if a file cannot be composed.
pub fn tasks(material: &Material<'_>, emails: &[(String, String)]) -> Result<Exported> {
    let details = material.details(&[]);
    let mut keys: BTreeSet<&str> = details.iter().map(|detail| detail.name.as_str()).collect();
    keys.extend(["text", "statement_id", "date", "speaker", EVIDENCE]);
    let controls = controls(material, &keys);
    let control = |issue: IssueIndex| {
        let place = material.issues.iter().position(|other| *other == issue);
        place.map_or("", |place| controls[place].as_str())
    };
    let task = |statement: usize| {
        let said = material.statements[statement];
        let mut data = Map::new();
        data.insert("text".to_owned(), json!(said.text));
        data.insert("statement_id".to_owned(), json!(said.id));
        data.insert("date".to_owned(), json!(said.date.written.to_string()));
        data.insert("speaker".to_owned(), json!(said.speaker));
        for detail in &details {
            data.insert(detail.name.clone(), json!(detail.cell(said)));
        }
        let marks = material.marks_on(statement);
        let coders: BTreeSet<usize> = marks.iter().map(|mark| mark.coder).collect();
        let annotation = |coder: usize| {
            let own: Vec<&HandMark<'_>> = marks.iter().filter(|mark| mark.coder == coder).collect();
            annotation(material, emails, coder, &own, control)
        };
        let by_rules = material.rule_marks_on(statement);
        let predictions: Vec<Value> =
            if by_rules.is_empty() { Vec::new() } else { vec![prediction(material, &said.text, by_rules, control)] };
        json!({
            "data": data,
            "annotations": coders.into_iter().map(annotation).collect::<Vec<Value>>(),
            "predictions": predictions,
        })
    };
    let tasks: Vec<Value> = (0..material.statements.len()).map(task).collect();
    let mut text = serde_json::to_vec_pretty(&tasks).map_err(|error| Error::Output(error.into()))?;
    text.push(b'\n');
    let mut losses = material.losses.clone();
    let known: BTreeSet<&str> = emails.iter().map(|(coder, _)| coder.as_str()).collect();
    let nameless: Vec<&str> = material.coders.iter().copied().filter(|coder| !known.contains(coder)).collect();
    if !nameless.is_empty() && !material.marks.is_empty() {
        losses.push(Loss::new(format!(
            "who labelled, for {}: whoever imports the file becomes the author; give their addresses in Label Studio with \
             --email NAME=ADDRESS",
            nameless.join(", ")
        )));
    }
    material.lose_names(&mut losses);
    let files = vec![
        ExportedFile { part: String::new(), ending: None, bytes: text },
        ExportedFile { part: "config".to_owned(), ending: Some("xml"), bytes: configuration(material, &controls)? },
    ];
    Ok(Exported { files, losses })
}

/// A control per issue, called by its id. A control called like a key of the data overwrites it in exports of the tool.
fn controls(material: &Material<'_>, keys: &BTreeSet<&str>) -> Vec<String> {
    let named = |issue: &IssueIndex| {
        let mut name = material.issue(*issue).id.clone();
        while keys.contains(name.as_str()) {
            name = format!("position-{name}");
        }
        name
    };
    material.issues.iter().map(named).collect()
}

fn choice(material: &Material<'_>, id: &str, control: &str, issue: IssueIndex, position: Option<Position>) -> Value {
    json!({
        "id": id,
        "type": "choices",
        "from_name": control,
        "to_name": "text",
        "value": { "choices": [material.choice(issue, position)] },
    })
}

fn annotation<'n>(
    material: &Material<'_>,
    emails: &[(String, String)],
    coder: usize,
    marks: &[&HandMark<'_>],
    control: impl Fn(IssueIndex) -> &'n str,
) -> Value {
    let name = material.coders[coder];
    let result = |(number, mark): (usize, &&HandMark<'_>)| {
        let id = format!("c{number}");
        let mut choice = choice(material, &id, control(mark.issue), mark.issue, mark.position);
        if !mark.rationale.is_empty() {
            // The tool keeps a remark on a result here.
            choice["meta"] = json!({ "text": [mark.rationale] });
        }
        choice
    };
    let mut annotation = json!({
        "result": marks.iter().enumerate().map(result).collect::<Vec<Value>>(),
        "was_cancelled": false,
        "ground_truth": false,
        "meta": { "coder": name },
    });
    if let Some((_, email)) = emails.iter().find(|(coder, _)| coder == name) {
        annotation["completed_by"] = json!({ "email": email });
    }
    annotation
}

fn prediction<'n>(
    material: &Material<'_>,
    text: &str,
    marks: &[RuleMark<'_>],
    control: impl Fn(IssueIndex) -> &'n str,
) -> Value {
    let results = marks.iter().enumerate().flat_map(|(number, mark)| {
        let id = format!("r{number}");
        let mut choice = choice(material, &id, control(mark.issue), mark.issue, Some(mark.position));
        choice["meta"] = json!({ "text": [mark.rule] });
        let (start, end) = characters(text, &mark.evidence);
        // The tool writes a line break in the words of a span as a backslash and an n.
        let words = text.get(mark.evidence.clone()).unwrap_or("").replace('\n', "\\n");
        let span = json!({
            "id": format!("e{number}"),
            "type": "labels",
            "from_name": EVIDENCE,
            "to_name": "text",
            "value": { "start": start, "end": end, "text": words, "labels": [material.issue(mark.issue).id] },
        });
        [choice].into_iter().chain((start < end).then_some(span))
    });
    json!({ "model_version": material.rules_name, "score": 1.0, "result": results.collect::<Vec<Value>>() })
}

/// The labelling configuration.
fn configuration(material: &Material<'_>, controls: &[String]) -> Result<Vec<u8>> {
    let mut xml = XmlText::fragment();
    xml.open("View", &[]);
    xml.empty("Header", &[("value", "$speaker, $date")]);
    xml.empty("Text", &[("name", "text"), ("value", "$text")]);
    for (issue, control) in material.issues.iter().zip(controls) {
        let issue_of = material.issue(*issue);
        let heading = if issue_of.question.is_empty() { &issue_of.name } else { &issue_of.question };
        xml.empty("Header", &[("value", heading), ("size", "4")]);
        xml.open("Choices", &[("name", control), ("toName", "text"), ("choice", "single"), ("showInLine", "true")]);
        for level in &issue_of.levels {
            let value = material.choice(*issue, Some(level.position));
            let hint: &[(&str, &str)] = if level.definition.is_empty() { &[] } else { &[("hint", &level.definition)] };
            xml.empty("Choice", &[&[("value", value.as_str())], hint].concat());
        }
        xml.empty("Choice", &[("value", NO_POSITION)]);
        xml.close("Choices");
    }
    xml.open("Labels", &[("name", EVIDENCE), ("toName", "text")]);
    for issue in &material.issues {
        xml.empty("Label", &[("value", &material.issue(*issue).id)]);
    }
    xml.close("Labels");
    xml.close("View");
    xml.finish()
}
