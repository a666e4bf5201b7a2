//! Rows with the id of a statement that is another one: a second file that counts from 1 again, or a sheet whose ids were
//! given anew. Its words, and with them the labels of the old ones, would go to the wrong statement.

use std::collections::{HashMap, HashSet};

use crate::error::Problem;
use crate::import::column::ColumnUse;
use crate::import::harvest::cell::quotation;
use crate::import::harvest::{Harvest, Item, Source, same_person};
use crate::import::merge::of_text;
use crate::import::own;
use crate::statement::{Statement, Statements};
use crate::words::{self, many, shortened};

/// How alike 2 wordings of one statement are at least.
pub const ALIKE: f64 = 0.6;
/// Longer texts are compared by their beginnings.
const COMPARED: usize = 300;
/// How many rows a fault shows.
const MOST_SHOWN: usize = 3;

/// How alike 2 wordings are, from 0 to 1, by their beginnings.
pub fn likeness(one: &str, other: &str) -> f64 {
    let begin = |text: &str| text.chars().take(COMPARED).collect::<String>();
    strsim::normalized_levenshtein(&begin(one), &begin(other))
}

/// Whether 2 texts are probably of the same words: corrected, made longer, or cut.
fn is_same_text(one: &str, other: &str) -> bool {
    const LONG: usize = 12;
    let [one, other] = [one, other].map(|text| words::name(text).to_lowercase());
    let (short, long) = if one.len() < other.len() { (&one, &other) } else { (&other, &one) };
    let within = short.chars().count() >= LONG && long.contains(short.trim_end_matches(['.', '…', '!', '?']));
    one == other || within || own::is_cut(&one, &other) || likeness(&one, &other) >= ALIKE
}

/// Marks the rows whose id the corpus has for another statement as faulty, and reports them. `changes` are the rows with
/// a known id, by their statements and their places in the corpus; those that are sound are left in it.
pub fn by_others(
    sources: &[Source],
    harvest: &mut Harvest,
    present: &Statements,
    changes: &mut Vec<(usize, usize)>,
) -> Vec<Problem> {
    let mut by_text: Option<HashMap<u64, usize>> = None;
    let mut found: Vec<(usize, usize, bool)> = Vec::new();
    for (number, place) in changes.iter().copied() {
        let (item, row) = (&harvest.items[number], &present.rows[place]);
        let Some(text) = text_of(sources, item).filter(|_| item.id_given) else { continue };
        let speaker = &harvest.speakers[item.speaker];
        let same_day = item.date.is_none_or(|date| date.written == row.date.written);
        let is_same_text = is_same_text(&text, &row.text);
        if is_same_text && (same_day || *speaker == row.speaker || same_person(speaker, &row.speaker)) {
            continue;
        }
        let by_text = by_text.get_or_insert_with(|| {
            present.rows.iter().enumerate().map(|(place, row)| (of_text(&row.text), place)).collect()
        });
        let is_renumbered = by_text.get(&of_text(&text)).is_some_and(|other| *other != place);
        found.push((number, place, is_renumbered));
    }
    let mut problems = Vec::new();
    for (nth, source) in sources.iter().enumerate() {
        let here: Vec<&(usize, usize, bool)> =
            found.iter().filter(|(number, ..)| harvest.items[*number].source == nth).collect();
        let Some((first, ..)) = here.first() else { continue };
        problems.push(fault(source, harvest, present, &here, harvest.items[*first].row));
    }
    let of_others: HashSet<(usize, usize)> = found.iter().map(|(number, place, _)| (*number, *place)).collect();
    changes.retain(|known| !of_others.contains(known));
    for (number, ..) in found {
        let item = &harvest.items[number];
        harvest.faulty.insert((item.source, item.row));
    }
    problems
}

fn fault(
    source: &Source,
    harvest: &Harvest,
    present: &Statements,
    rows: &[&(usize, usize, bool)],
    at: usize,
) -> Problem {
    let column = source.statement_column("id").unwrap_or(0);
    let shown: Vec<String> = rows
        .iter()
        .take(MOST_SHOWN)
        .map(|(number, place, _)| {
            let (item, old): (&Item, &Statement) = (&harvest.items[*number], &present.rows[*place]);
            let text = source
                .statement_column("text")
                .map_or_else(String::new, |column| quotation(source.grid.cell(item.row, column)).into_owned());
            format!(
                "`{}` is `{}` of {} there, and `{}` of {} here",
                item.id,
                shortened(&old.text, 30),
                old.speaker,
                shortened(&text, 30),
                harvest.speakers[item.speaker]
            )
        })
        .collect();
    let rest = if rows.len() > MOST_SHOWN { "; …" } else { "" };
    let renumbered = rows.iter().filter(|(.., renumbered)| *renumbered).count();
    let why = if renumbered > 0 { "; the words of some have another id in the corpus" } else { "" };
    let what = format!(
        "the corpus has the ids of {} for other statements: {}{rest}{why}",
        many(rows.len(), "row"),
        shown.join("; ")
    );
    let header = source.columns.get(column).map_or("id", |column| column.header.as_str());
    let hint = format!(
        "if the file counts its rows anew: --map \"{header}={}\" finds statements by their words, and makes ids for new ones; if \
         each row is the corrected form of the old one, whose labels it keeps: --corrected",
        ColumnUse::Keep
    );
    source.grid.fault(at, column, what, hint)
}

fn text_of(sources: &[Source], item: &Item) -> Option<String> {
    let source = &sources[item.source];
    Some(quotation(source.grid.cell(item.row, source.statement_column("text")?)).into_owned())
}
