//! A column of positions that has another header than at the last import: its labels would become a second issue.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use crate::codebook::{Codebook, Position};
use crate::error::Problem;
use crate::file::corpus_files::LABELS;
use crate::file::table;
use crate::import::column::{ColumnUse, bare_header};
use crate::import::harvest::name::issue_of;
use crate::import::harvest::{Harvest, Source};
use crate::import::settings::ImportSettings;

/// As few labels as show that 2 issues are one.
const FEWEST: usize = 3;

/// Labels of the corpus by coder, statement and issue.
type OldLabels = HashMap<(String, String), BTreeMap<String, Option<Position>>>;

/// Warnings of new issues whose labels are those of a column that `import.toml` knows and the sheets do not have.
pub fn warnings(
    corpus: &Path,
    sources: &[Source],
    harvest: &Harvest,
    said: &ImportSettings,
    codebook: Option<&Codebook>,
) -> Vec<Problem> {
    let Some(codebook) = codebook else { return Vec::new() };
    let headers: Vec<String> =
        sources.iter().flat_map(|source| &source.columns).map(|column| bare_header(&column.header)).collect();
    let missing: Vec<(&str, &str)> = said
        .columns
        .iter()
        .filter(|(header, _)| !headers.contains(&bare_header(header)))
        .filter_map(|(header, usage)| match usage {
            ColumnUse::PositionOn(Some(issue)) => Some((header.as_str(), issue.as_str())),
            _ => None,
        })
        .filter(|(_, issue)| codebook.find(issue).is_some())
        .collect();
    let new: Vec<usize> = (0..harvest.issues.len()).filter(|issue| !harvest.issues[*issue].is_known).collect();
    if missing.is_empty() || new.is_empty() {
        return Vec::new();
    }
    let old = old_labels(corpus, codebook, harvest);
    let mut problems = Vec::new();
    for issue in new {
        let Some((source, column)) = column_of(issue, sources, harvest) else { continue };
        let same = missing.iter().find(|(_, old_issue)| {
            let marks = harvest.marks.iter().filter(|mark| mark.issue == issue);
            let both = marks.filter_map(|mark| {
                let key = (harvest.coders[mark.coder].to_lowercase(), harvest.items[mark.item].id.clone());
                Some(*old.get(&key)?.get(*old_issue)? == mark.position)
            });
            let (same, other): (Vec<bool>, Vec<bool>) = both.partition(|is_same| *is_same);
            same.len() >= FEWEST && same.len() >= other.len() * 9
        });
        if let Some((header, old_issue)) = same {
            let name = &source.columns[column].header;
            let what = format!(
                "`{name}` has the labels that the corpus has on `{old_issue}`, whose column `{header}` is missing: the issue is there twice now"
            );
            let hint = format!("if the column has another name now: --map \"{name}=position:{old_issue}\"");
            problems.push(source.grid.warning(source.header, column, what, hint));
        }
    }
    problems
}

/// The column of a new issue.
fn column_of<'s>(issue: usize, sources: &'s [Source], harvest: &Harvest) -> Option<(&'s Source, usize)> {
    sources.iter().find_map(|source| {
        let is_it = |column: &usize| {
            let known = &source.columns[*column];
            known.usage.is_wide() && harvest.place_of(&issue_of(known, &source.answers)) == Some(issue)
        };
        (0..source.columns.len()).find(is_it).map(|column| (source, column))
    })
}

/// The labels of the coders of the sheets. Files that cannot be read are reported elsewhere.
fn old_labels(corpus: &Path, codebook: &Codebook, harvest: &Harvest) -> OldLabels {
    const HEADER: [&str; 3] = ["statement_id", "issue", "position"];
    let mut labels = OldLabels::new();
    for coder in &harvest.coders {
        let path = corpus.join(LABELS).join(format!("{coder}.csv"));
        let Ok(text) = table::read_text(&path) else { continue };
        let columns = table::Columns { known: &HEADER, required: &HEADER };
        let Some(table) = table::Table::open(&path, &text, columns, &mut Vec::new()) else { continue };
        let places = HEADER.map(|name| table.column(name));
        table.for_each_row(&mut Vec::new(), |row, _| {
            let [statement, issue, position] = places.map(|place| row.cell(place).to_owned());
            let known = codebook.find(&issue).map(|index| codebook.issue(index));
            let position = known.and_then(|known| known.read(&position));
            labels.entry((coder.to_lowercase(), statement)).or_default().insert(issue, position);
        });
    }
    labels
}
