//! Labels as tables for statistics in R and Python: a row per label, or a row per statement with a column per coder.

use std::collections::BTreeMap;

use crate::codebook::Position;
use crate::error::{Error, Result};
use crate::exchange::material::{Given, Material, NO_POSITION};
use crate::exchange::{Exported, Loss, spreadsheet};
use crate::file::table::{self, Dialect};
use crate::label::ADJUDICATED;

/// How R and Python write what is not there.
const NOT_READ: &str = "NA";

/// A row per label, whoever gave it. The position of a label that says "takes none" is empty, and its level says so.
pub fn long(material: &Material<'_>, for_spreadsheet: bool) -> Exported {
    const HEADER: [&str; 7] = ["statement_id", "issue", "coder", "position", "level", "rationale", "evidence"];
    let sources = material.sources();
    let row = |label: Given<'_>| {
        let (said, issue) = (material.statements[label.statement], material.issue(label.issue));
        let level = match label.position {
            Some(position) => issue.level(position).map_or("", |level| &level.words),
            None => NO_POSITION,
        };
        let position = label.position.map_or(String::new(), |position| position.0.to_string());
        let evidence = label.evidence.and_then(|span| said.text.get(span)).unwrap_or("");
        [&said.id, &issue.id, sources[label.by], &position, level, label.why, evidence].map(str::to_owned)
    };
    let rows: Vec<[String; 7]> = material.given().into_iter().map(row).collect();
    let mut losses = material.losses.clone();
    losses.push(Loss::new(
        "the statements: only their ids are in the table; `stance label` exports them beside the labels",
    ));
    material.lose_names(&mut losses);
    material.lose_levels(&mut losses);
    Exported::one(written(&HEADER, &rows, for_spreadsheet), losses)
}

/// A row per statement and issue that a coder has read, and a column per coder, as `irr` and `irrCAC` take them. The
/// adjudication and the rules are not coders.
///
/// # Errors
/// [`Error::Request`] if there is no label of a coder.
pub fn by_coder(material: &Material<'_>, for_spreadsheet: bool) -> Result<Exported> {
    let coders: Vec<usize> =
        (0..material.coders.len()).filter(|coder| material.coders[*coder] != ADJUDICATED).collect();
    let mut units: BTreeMap<(usize, usize), Vec<Option<Position>>> = BTreeMap::new();
    let (mut none, mut adjudicated) = (0, 0);
    for mark in &material.marks {
        let Some(column) = coders.iter().position(|coder| *coder == mark.coder) else {
            adjudicated += 1;
            continue;
        };
        none += usize::from(mark.position.is_none());
        // By issue first: agreement is measured on one issue at a time.
        let unit = units.entry((mark.issue.0, mark.statement)).or_insert_with(|| vec![None; coders.len()]);
        unit[column] = mark.position;
    }
    if units.is_empty() {
        let what = format!("{} has no label of a coder in this selection", material.name);
        return Err(Error::request(what, "choose other coders, issues or dates"));
    }
    let mut header = vec!["issue", "statement_id"];
    header.extend(coders.iter().map(|coder| material.coders[*coder]));
    let rows: Vec<Vec<String>> = units
        .iter()
        .map(|((issue, statement), given)| {
            let first = [&material.codebook.issues[*issue].id, &material.statements[*statement].id];
            let number = |position: &Option<Position>| position.map_or(NOT_READ.to_owned(), |p| p.0.to_string());
            first.into_iter().cloned().chain(given.iter().map(number)).collect()
        })
        .collect();
    let mut losses = material.losses.clone();
    let rest = format!("of \"takes no position\": written as {NOT_READ}, as not read; --format long keeps them apart");
    Loss::count(&mut losses, none, "label", &rest);
    Loss::count(&mut losses, material.reasons(), "reason", "that coders wrote: left out");
    Loss::count(&mut losses, adjudicated, "label", "by adjudication: left out, because it is not a coder");
    Loss::count(&mut losses, material.rule_marks.len(), "label", "by rules: left out, because rules are not a coder");
    Ok(Exported::one(written(&header, &rows, for_spreadsheet), losses))
}

fn written<R: AsRef<[String]>>(header: &[&str], rows: &[R], for_spreadsheet: bool) -> Vec<u8> {
    let rows = rows.iter().map(|row| row.as_ref().iter());
    let text =
        if for_spreadsheet { spreadsheet::safe(header, rows) } else { table::write(Dialect::default(), header, rows) };
    text.into_bytes()
}
