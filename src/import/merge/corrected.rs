//! Rows that are probably old statements with other words, another date or another name: a sheet without ids does not
//! say so.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::error::Problem;
use crate::import::differ;
use crate::import::harvest::cell::quotation;
use crate::import::harvest::{Harvest, Item, Source, same_person};
use crate::import::merge::claimed::{ALIKE, likeness};
use crate::import::merge::{Additions, of_text};
use crate::statement::{Statement, Statements};

/// How to have one statement again.
const HINT: &str =
    "if it is one statement, delete the old row and its labels; a column `id` in the sheet would show it";
/// The same, if only the date or the name differs.
const HINT_OF_ROW: &str =
    "if it is one statement: --corrected takes the row as its new form, if no other row has these words";
/// The same, if only the words differ.
const HINT_OF_WORDS: &str =
    "if it is one statement: --corrected puts the new words in the place of the old ones, with their labels";

/// Statements of the sheet that are probably old ones whose words were edited in it: the same speaker and day, and nearly
/// the same words as a statement of the corpus that the sheet does not have, or the only ones of that day on either side.
/// The places of those old ones come with the warnings, which are given at each import until one of the 2 is deleted.
pub fn edited_quotations(
    sources: &[Source],
    harvest: &Harvest,
    present: &Statements,
    new: &HashSet<usize>,
    seen: &HashSet<usize>,
) -> (Vec<Problem>, HashSet<usize>) {
    type Day<'d> = (&'d str, chrono::NaiveDate);
    let mut gone: HashMap<Day<'_>, Vec<(usize, &Statement)>> = HashMap::new();
    for (place, row) in present.rows.iter().enumerate().filter(|(place, _)| !seen.contains(place)) {
        gone.entry((&row.speaker, row.date.written)).or_default().push((place, row));
    }
    let (mut problems, mut explained) = (Vec::new(), HashSet::new());
    let mut of_day: BTreeMap<Day<'_>, Vec<(usize, usize, String)>> = BTreeMap::new();
    for (number, item) in harvest.items.iter().enumerate().filter(|(_, item)| !item.id_given) {
        let source = &sources[item.source];
        let (Some(date), Some(column)) = (item.date, source.statement_column("text")) else { continue };
        let day = (harvest.speakers[item.speaker].as_str(), date.written);
        if gone.contains_key(&day) {
            let text = quotation(source.grid.cell(item.row, column)).into_owned();
            of_day.entry(day).or_default().push((number, column, text));
        }
    }
    for (day, said) in of_day {
        let old = &gone[&day];
        let is_new = |number: &usize| new.contains(number);
        let news = said.iter().filter(|(number, ..)| is_new(number)).count();
        for (number, column, text) in &said {
            let likeness = |row: &Statement| likeness(text, &row.text);
            let best = old.iter().map(|(place, row)| (likeness(row), *place, *row)).max_by(|a, b| a.0.total_cmp(&b.0));
            let Some((likeness, place, row)) = best else { continue };
            // A sheet with most of the corpus has lost the old row; a sheet of new rows alone never had it.
            let alone = old.len() == 1 && news == 1 && is_new(number) && seen.len() * 2 >= present.rows.len();
            if likeness < ALIKE && !alone {
                continue;
            }
            let (new_text, old_text) = differ::both(text, &row.text, 60);
            let what = match likeness >= ALIKE {
                true => format!(
                    "`{new_text}` may be an edited form of `{old_text}` in the corpus (`{}`); both are kept",
                    row.id
                ),
                false => format!(
                    "`{new_text}` has the speaker and the day of `{old_text}` in the corpus (`{}`), which the sheet does not have; \
                     both are kept",
                    row.id
                ),
            };
            let item = &harvest.items[*number];
            let hint = if likeness >= ALIKE && is_new(number) { HINT_OF_WORDS } else { HINT };
            problems.push(sources[item.source].grid.warning(item.row, *column, what, hint));
            explained.insert(place);
        }
    }
    (problems, explained)
}

/// Takes new statements of a sheet without ids as corrected forms of old ones that it does not have: the same speaker and
/// day, and nearly the same words. Each old one is taken once, by the row that is most like it. The pairs of a new
/// statement and the place of its old one.
pub fn replaced(
    sources: &[Source],
    harvest: &mut Harvest,
    present: &Statements,
    new: &mut Vec<usize>,
    changes: &mut Vec<(usize, usize)>,
    seen: &mut HashSet<usize>,
    done: &mut Additions,
) -> HashSet<(usize, usize)> {
    let mut of_day: HashMap<(&str, chrono::NaiveDate), Vec<usize>> = HashMap::new();
    for (place, row) in present.rows.iter().enumerate().filter(|(place, _)| !seen.contains(place)) {
        of_day.entry((&row.speaker, row.date.written)).or_default().push(place);
    }
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for &number in new.iter().filter(|number| !harvest.items[**number].id_given) {
        let item = &harvest.items[number];
        let source = &sources[item.source];
        let (Some(date), Some(column)) = (item.date, source.statement_column("text")) else { continue };
        let Some(old) = of_day.get(&(harvest.speakers[item.speaker].as_str(), date.written)) else { continue };
        let text = quotation(source.grid.cell(item.row, column));
        let alike = old.iter().map(|place| (likeness(&text, &present.rows[*place].text), number, *place));
        pairs.extend(alike.filter(|(likeness, ..)| *likeness >= ALIKE));
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let mut placed: HashSet<usize> = HashSet::new();
    let mut replaced: HashSet<(usize, usize)> = HashSet::new();
    for (_, number, place) in pairs {
        if seen.contains(&place) || !placed.insert(number) {
            continue;
        }
        seen.insert(place);
        changes.push((number, place));
        replaced.insert((number, place));
        done.known += 1;
        harvest.items[number].id.clone_from(&present.rows[place].id);
    }
    new.retain(|number| !placed.contains(number));
    replaced
}

/// Takes new rows of a sheet without ids as old statements with another date, or under another name. The words must be
/// the same, stand once in the corpus and once in the sheet, and be long enough to be said once; and the old row must be
/// gone from a sheet that has most of the corpus, and most of it unchanged, unless a person says that rows are `corrected`. The pairs of a new
/// statement and the place of its old one.
pub fn moved(
    sources: &[Source],
    harvest: &mut Harvest,
    present: &Statements,
    new: &mut Vec<usize>,
    changes: &mut Vec<(usize, usize)>,
    seen: &mut HashSet<usize>,
    corrected: bool,
) -> HashSet<(usize, usize)> {
    /// Shorter words may be said twice: `No comment today.`
    const FEWEST_LETTERS: usize = 20;
    let mut moved: HashSet<(usize, usize)> = HashSet::new();
    if new.is_empty() {
        return moved;
    }
    let text_of = |item: &Item| {
        let source = &sources[item.source];
        let column = source.statement_column("text")?;
        Some(quotation(source.grid.cell(item.row, column)))
    };
    // How often the words of a new row stand in the sheet, and where in the corpus.
    let of_new = new.iter().filter_map(|number| text_of(&harvest.items[*number]));
    let mut said: HashMap<u64, (usize, Vec<usize>)> = of_new.map(|text| (of_text(&text), (0, Vec::new()))).collect();
    for text in harvest.items.iter().filter(|item| item.date.is_some()).filter_map(text_of) {
        if let Some((times, _)) = said.get_mut(&of_text(&text)) {
            *times += 1;
        }
    }
    for (place, row) in present.rows.iter().enumerate() {
        if let Some((_, places)) = said.get_mut(&of_text(&row.text)) {
            places.push(place);
        }
    }
    for &number in new.iter().filter(|number| !harvest.items[**number].id_given) {
        let item = &harvest.items[number];
        let (Some(date), Some(text)) = (item.date, text_of(item)) else { continue };
        let Some((1, places)) = said.get(&of_text(&text)) else { continue };
        let &[place] = places.as_slice() else { continue };
        let row = &present.rows[place];
        let one_differs = (row.speaker == harvest.speakers[item.speaker]) != (row.date == date);
        let is_long = text.chars().count() >= FEWEST_LETTERS;
        if one_differs && is_long && !seen.contains(&place) {
            moved.insert((number, place));
        }
    }
    // A sheet of a few rows alone never had the old ones.
    let is_whole_sheet = (seen.len() + moved.len()) * 2 >= present.rows.len() && seen.len() >= moved.len();
    if !(is_whole_sheet || corrected) {
        return HashSet::new();
    }
    let mut pairs: Vec<(usize, usize)> = moved.iter().copied().collect();
    pairs.sort_unstable();
    for (number, place) in pairs {
        seen.insert(place);
        changes.push((number, place));
        harvest.items[number].id.clone_from(&present.rows[place].id);
    }
    let placed: HashSet<usize> = moved.iter().map(|(number, _)| *number).collect();
    new.retain(|number| !placed.contains(number));
    moved
}

/// Statements of the sheet that have the words of an old one which the sheet does not have, and another date or another
/// name. The places of those old ones come with the warnings.
pub fn other_dates_and_names(
    sources: &[Source],
    harvest: &Harvest,
    present: &Statements,
    new: &HashSet<usize>,
    seen: &HashSet<usize>,
) -> (Vec<Problem>, HashSet<usize>) {
    let mut gone: HashMap<u64, Vec<(usize, &Statement)>> = HashMap::new();
    for (place, row) in present.rows.iter().enumerate().filter(|(place, _)| !seen.contains(place)) {
        gone.entry(of_text(&row.text)).or_default().push((place, row));
    }
    let (mut problems, mut explained) = (Vec::new(), HashSet::new());
    if gone.is_empty() {
        return (problems, explained);
    }
    let is_new = |(number, _): &(usize, &Item)| new.contains(number);
    let items = harvest.items.iter().enumerate().filter(is_new).map(|(_, item)| item);
    for item in items.filter(|item| !item.id_given) {
        let source = &sources[item.source];
        let (Some(date), Some(text)) = (item.date, source.statement_column("text")) else { continue };
        let Some(old) = gone.get(&of_text(&quotation(source.grid.cell(item.row, text)))) else { continue };
        let speaker = harvest.speakers[item.speaker].as_str();
        let differs = |row: &Statement| match (row.speaker == speaker, row.date == date) {
            (true, false) => Some(("date", "only the date differs")),
            (false, true) => Some(("speaker", "only the speaker differs")),
            (false, false) if same_person(&row.speaker, speaker) => Some(("date", "the date and the name differ")),
            _ => None,
        };
        let free = old.iter().filter(|(place, _)| !explained.contains(place));
        let found = free.filter_map(|(place, row)| Some((*place, *row, differs(row)?))).next();
        let Some((place, row, (column, how))) = found else { continue };
        let what = format!(
            "the row may be a corrected form of `{}` of {} by {} ({how}); both are kept",
            row.id, row.date.written, row.speaker
        );
        let column = source.statement_column(column).unwrap_or(text);
        problems.push(source.grid.warning(
            item.row,
            column,
            what,
            if how.starts_with("only") { HINT_OF_ROW } else { HINT },
        ));
        explained.insert(place);
    }
    (problems, explained)
}
