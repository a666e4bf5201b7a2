//! The labels of the sheets in the files of their coders.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

use crate::codebook::{Codebook, Issue, Position};
use crate::error::Result;
use crate::file::corpus_files::LABELS;
use crate::file::splice::Records;
use crate::file::table::{self, Dialect};
use crate::import::column::{ColumnUse, DEFAULT_CODER};
use crate::import::harvest::{Harvest, MarkOfSheet, Source, row};
use crate::import::merge::{Additions, ChangedFile};
use crate::import::scale;

/// The new texts of the coders' files. If somebody has named the coder of a sheet that does not, other labels in it are
/// corrections.
///
/// # Errors
/// [`crate::error::Error::Read`] if a coder's file cannot be read, and [`crate::error::Error::Invalid`] if it is not
/// UTF-8.
pub fn labels(
    corpus: &Path,
    sources: &[Source],
    harvest: &mut Harvest,
    codebook: Option<&Codebook>,
    taken: &[bool],
    done: &mut Additions,
) -> Result<Vec<ChangedFile>> {
    const HEADER: [&str; 4] = ["statement_id", "issue", "position", "rationale"];
    let mut by_coder: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (number, mark) in harvest.marks.iter().enumerate().filter(|(_, mark)| taken[mark.item]) {
        by_coder.entry(mark.coder).or_default().push(number);
    }
    let folder = corpus.join(LABELS);
    let there = crate::file::read::entries(&folder).unwrap_or_default();
    let (mut files, mut contradictions) = (Vec::new(), Vec::new());
    let mut unsaid: Vec<(usize, String)> = Vec::new();
    for (coder, marks) in by_coder {
        let wanted = format!("{}.csv", harvest.coders[coder]);
        let same = |path: &&PathBuf| {
            path.file_name().is_some_and(|name| name.to_string_lossy().to_lowercase() == wanted.to_lowercase())
        };
        let path = there.iter().find(same).cloned();
        let file_name = path
            .as_ref()
            .and_then(|path| path.file_name())
            .map_or(wanted.clone(), |name| name.to_string_lossy().into_owned());
        let name = Path::new(LABELS).join(&file_name);
        let row = |number: &usize| {
            let mark = &harvest.marks[*number];
            let item = &harvest.items[mark.item];
            let source = &sources[mark.source];
            let rationale =
                source.column(&ColumnUse::Rationale).map_or("", |column| source.grid.cell(mark.row, column));
            let position = mark.position.map_or_else(String::new, |position| position.0.to_string());
            [item.id.clone(), harvest.issues[mark.issue].id.clone(), position, rationale.to_owned()]
        };
        let contradicted = |number: &usize| harvest.marks[*number].is_contradicted;
        let Some(path) = path else {
            let (wrong, marks): (Vec<usize>, Vec<usize>) = marks.into_iter().partition(contradicted);
            contradictions.extend(wrong);
            done.labels += marks.len();
            let with_reasons = marks.iter().any(|number| !row(number)[3].is_empty());
            let width = if with_reasons { 4 } else { 3 };
            let rows = marks.iter().map(|number| row(number).into_iter().take(width).collect::<Vec<_>>());
            let after = table::write(Dialect::default(), &HEADER[..width], rows);
            files.push(ChangedFile { name, before: None, after });
            continue;
        };
        let text = table::read_text(&path)?;
        let mut problems = Vec::new();
        let columns = table::Columns { known: &HEADER, required: &HEADER[..3] };
        let Some(dialect) = table::Table::open(&path, &text, columns, &mut problems).map(|table| table.dialect) else {
            return Err(crate::error::Error::Invalid(problems));
        };
        let records = Records::of(text.clone(), dialect);
        let key = |record: usize| (records.cell(record, "statement_id"), records.cell(record, "issue"));
        let known: HashMap<(&str, &str), usize> =
            (1..records.cells.len()).map(|record| (key(record), record)).collect();
        let in_sheet: HashSet<&str> = harvest.items.iter().map(|item| item.id.as_str()).collect();
        let (mut added, mut edited, mut wrong, mut met) = (Vec::new(), Vec::new(), Vec::new(), 0);
        for number in &marks {
            let new = row(number);
            let Some(&record) = known.get(&(new[0].as_str(), new[1].as_str())) else {
                match contradicted(number) {
                    true => wrong.push(*number),
                    false => added.push(new.to_vec()),
                }
                continue;
            };
            met += 1;
            let old = records.cell(record, "position");
            let issue = codebook.and_then(|codebook| codebook.find(&new[1]).map(|index| codebook.issue(index)));
            let old_position: Option<Position> = issue.map_or_else(|| Position::read(old), |issue| issue.read(old));
            if old_position == harvest.marks[*number].position {
                wrong.extend(contradicted(number).then_some(*number));
                continue;
            }
            // Whoever changed the position alone has left the words of the old one beside it.
            if contradicted(number) && beside(sources, &harvest.marks[*number], issue) != Some(old_position) {
                wrong.push(*number);
                continue;
            }
            let shown = |text: &str| if text.is_empty() { "none".to_owned() } else { text.to_owned() };
            let source = harvest.marks[*number].source;
            let is_default = harvest.coders[coder] == DEFAULT_CODER;
            let is_named = sources[source].answers.coder.is_some();
            if !is_named && is_default && harvest.coder_is_open.contains(&source) {
                unsaid.push((*number, format!("{} on {}: {} and {}", new[0], new[1], shown(old), shown(&new[2]))));
            }
            done.relabelled.push(format!(
                "{} on {} by {}: {} is now {}",
                new[0],
                new[1],
                harvest.coders[coder],
                shown(old),
                shown(&new[2])
            ));
            let mut cells = records.cells[record].clone();
            if let Some(cell) = records.column("position").and_then(|column| cells.get_mut(column)) {
                cell.clone_from(&new[2]);
            }
            edited.push((record, cells));
        }
        let of_sheet = known
            .keys()
            .filter(|(id, issue)| in_sheet.contains(id) && harvest.issues.iter().any(|found| found.id == **issue))
            .count();
        done.labels_only_in_corpus += of_sheet - met;
        contradictions.extend(wrong);
        done.labels += added.len();
        if added.is_empty() && edited.is_empty() {
            continue;
        }
        let after = Records::of(records.with_records(edited), dialect);
        let with_reasons =
            added.iter().any(|row: &Vec<String>| !row[3].is_empty()) || after.column("rationale").is_some();
        let width = if with_reasons { 4 } else { 3 };
        added.iter_mut().for_each(|row| row.truncate(width));
        let after = after.with_rows(&HEADER[..width], &added);
        files.push(ChangedFile { name, before: Some(text), after });
    }
    if let Some((first, shown)) = unsaid.first() {
        let mark = harvest.marks[*first];
        let source = &sources[mark.source];
        let what = format!(
            "{} in `{}` than {DEFAULT_CODER} has in the corpus, and nothing says who labelled: {shown}",
            if unsaid.len() == 1 {
                "1 label is another".to_owned()
            } else {
                format!("{} labels are others", unsaid.len())
            },
            source.grid.path.display(),
        );
        let hint = "if somebody else labelled: --coder NAME; if they are corrections: --coder me";
        let column =
            source.columns.iter().position(|column| column.usage.is_wide() || column.usage == ColumnUse::Position);
        harvest.problems.push(source.grid.fault(mark.row, column.unwrap_or(0), what, hint));
        harvest.blocked = true;
    }
    contradictions.into_iter().for_each(|number| level_alone(sources, harvest, number));
    Ok(files)
}

/// The position whose words stand beside a label of the sheet: `Some(None)` if they say that it takes none.
fn beside(sources: &[Source], mark: &MarkOfSheet, issue: Option<&Issue>) -> Option<Option<Position>> {
    let source = &sources[mark.source];
    let words = source.grid.cell(mark.row, source.column(&ColumnUse::PositionInWords)?);
    if scale::is_no_position(words) {
        return Some(None);
    }
    issue?.read(words).map(Some)
}

/// Reports a label whose level was changed, and not its position.
fn level_alone(sources: &[Source], harvest: &mut Harvest, number: usize) {
    let mark = harvest.marks[number];
    let source = &sources[mark.source];
    let columns = [ColumnUse::PositionInWords, ColumnUse::Position].map(|usage| source.column(&usage).unwrap_or(0));
    harvest.problems.push(row::level_alone(source, mark.row, columns[0], columns[1]));
    harvest.faulty.insert((mark.source, mark.row));
}
