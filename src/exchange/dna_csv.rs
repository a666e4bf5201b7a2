//! The event list of the Discourse Network Analyzer, as its own exporter writes it.
//!
//! Semicolons; texts in quotation marks, numbers without; in texts `;` is written as `,` and `"` as `'`.

use std::fmt::Write;

use crate::exchange::dna::{losses, short, span};
use crate::exchange::material::Material;
use crate::exchange::spreadsheet::still;
use crate::exchange::{Exported, Loss};

const HEADER: [&str; 17] = [
    "statement_id",
    "time",
    "person",
    "organization",
    "concept",
    "position",
    "level",
    "start_position",
    "stop_position",
    "text",
    "coder",
    "document_id",
    "document_title",
    "document_author",
    "document_source",
    "document_section",
    "document_type",
];

/// A row per label that gives a position.
///
/// Labels by rules would come back as those of a person, because coders are numbers in it: they are written only if somebody
/// asks for them.
pub fn event_list(material: &Material<'_>, for_spreadsheet: bool, with_rules: bool) -> Exported {
    let (mut cut, mut changed, mut none, mut by_rules) = (0, 0, 0, 0);
    let mut rows = vec![HEADER.map(|name| format!("\"{name}\"")).join(";")];
    for (number, label) in (1..).zip(&material.given()) {
        if label.by == material.coders.len() {
            by_rules += 1;
            if !with_rules {
                continue;
            }
        }
        let Some(position) = label.position else {
            none += 1;
            continue;
        };
        let said = material.statements[label.statement];
        let quoted = label.evidence.clone().and_then(|span| said.text.get(span)).filter(|words| !words.is_empty());
        let quoted = quoted.unwrap_or(&said.text);
        let (start, stop) = span(material, label);
        let level = material.choice(label.issue, label.position);
        let mut text = |text: &str| {
            let held = text.replace(';', ",").replace('"', "'");
            changed += usize::from(held != text);
            format!("\"{}\"", if for_spreadsheet { still(&held) } else { held.as_str().into() })
        };
        let mut row = format!("{number};{} 00:00:00;", said.date.written);
        let issue = &material.issue(label.issue).id;
        let [person, role, concept] = [&said.speaker, &said.role, issue].map(|cell| text(short(cell, &mut cut)));
        let _ =
            write!(row, "{person};{role};{concept};{};{};{start};{stop};", position.0, text(short(&level, &mut cut)));
        let _ = write!(row, "{};{};{}", text(quoted), label.by + 2, label.statement + 1);
        for cell in [&said.id, &said.speaker, &said.source_publisher, &said.venue, said.kind.word()] {
            let _ = write!(row, ";{}", text(short(cell, &mut cut)));
        }
        rows.push(row);
    }
    let mut losses = losses(material, cut);
    material.lose_names(&mut losses);
    Loss::count(&mut losses, changed, "text", "with ; or \" in it: written with , and ', as the tool itself does");
    Loss::count(&mut losses, none, "label", "of \"takes no position\": left out; --format dna keeps them");
    let of_rules = match with_rules {
        true => {
            "by rules: whoever reads the file takes them for those of a coder, and the passage of each for a text of its own"
        }
        false => {
            "by rules: left out, because coders are numbers here, and rules would be one of them; --coder rules writes them"
        }
    };
    Loss::count(&mut losses, by_rules, "label", of_rules);
    let named = material.sources().into_iter().take(material.coders.len() + usize::from(with_rules));
    let names: Vec<String> = (2..).zip(named).map(|(number, name)| format!("{number} is {name}")).collect();
    losses.push(Loss::new(format!("the names of coders, which are numbers here: {}", names.join(", "))));
    losses.push(Loss::new("the statements without a label, their sources, and your own columns"));
    let mark = if for_spreadsheet { "\u{feff}" } else { "" };
    Exported::one((mark.to_owned() + &rows.join("\n")).into_bytes(), losses)
}
