//! The XML of DNA 1.

use std::collections::BTreeMap;
use std::path::Path;

use crate::import::grid::Grid;
use crate::import::tool::dna::{EventRow, VariableKind, table};
use crate::import::tool::passage::Counting;
use crate::import::tool::xml::Element;
use crate::words::many;

/// Reads the codings of an archive.
pub fn archive(path: &Path, root: &Element) -> Grid {
    let mut rows = Vec::new();
    let mut torn = 0;
    for article in root.child("articles").into_iter().flat_map(|articles| articles.all("article")) {
        let text = article.child("text").map_or("", |text| text.text.as_str());
        for statement in article.child("statements").into_iter().flat_map(|all| all.all("statement")) {
            let position = |name: &str| statement.text_of(name).parse().unwrap_or(usize::MAX);
            // The first character is 1 here, and a passage ends before its end.
            let place = |name: &str| position(name).wrapping_sub(1);
            let Some(words) = Counting::Utf16.cut(text, place("start"), place("end")) else {
                torn += 1;
                continue;
            };
            let mut cells: BTreeMap<String, String> = ["person", "organization"]
                .into_iter()
                .map(|name| (name.to_owned(), statement.text_of(name).to_owned()))
                .collect();
            cells.insert("concept".to_owned(), statement.text_of("category").to_owned());
            cells.insert("agreement".to_owned(), statement.text_of("agreement").to_owned());
            cells.insert("text".to_owned(), words.trim().to_owned());
            cells.insert("time".to_owned(), article.text_of("date").to_owned());
            cells.insert("document_title".to_owned(), article.text_of("title").to_owned());
            rows.push(EventRow { number: statement.text_of("id").parse().unwrap_or(0), cells });
        }
    }
    let variables = [
        ("person", VariableKind::Text),
        ("organization", VariableKind::Text),
        ("concept", VariableKind::Text),
        ("agreement", VariableKind::Boolean),
    ];
    let mut notes = vec!["version 1 does not say who coded; positions in documents are left out".to_owned()];
    if torn > 0 {
        notes.push(format!("{} left out: no words are at the position", many(torn, "coding")));
    }
    table(path, &variables.map(|(name, kind)| (name.to_owned(), kind)), &rows, notes)
}
