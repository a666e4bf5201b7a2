//! Groups of statements that count as one speaker: a party, an outlet, a role.

use std::collections::{BTreeSet, HashMap};

use crate::corpus::Corpus;
use crate::error::{Error, Result, Warning};
use crate::label::Labelled;
use crate::statement::{COLUMNS, Statement, TextColumn, Verified};
use crate::words::{self, did_you_mean, many};

/// Who counts as a speaker: each speaker, or each value of a column.
#[derive(Debug, Default)]
pub struct Groups<'c> {
    by: Option<TextColumn>,
    /// For each cell, the first cell that is the same name.
    same: HashMap<&'c str, &'c str>,
}

impl<'c> Groups<'c> {
    /// The groups of a corpus by a column; by speaker if there is none.
    pub fn new(corpus: &'c Corpus, by: Option<TextColumn>) -> Groups<'c> {
        let mut same = HashMap::new();
        if let Some(column) = &by {
            let mut first: HashMap<String, &'c str> = HashMap::new();
            for cell in corpus.statements.rows.iter().map(|row| row.cell(column)).filter(|cell| !is_blank(cell)) {
                same.entry(cell).or_insert_with(|| *first.entry(words::name(cell)).or_insert_with(|| cell.trim()));
            }
        }
        Groups { by, same }
    }

    /// The group of a statement; `None` if its cell is empty.
    pub fn of(&self, statement: &'c Statement) -> Option<&'c str> {
        match &self.by {
            None => Some(&statement.speaker),
            Some(column) => self.same.get(statement.cell(column)).copied(),
        }
    }

    /// A warning for labels of statements without a group, if there are any.
    pub fn warning(&self, labels: &[Labelled<'c>]) -> Option<Warning> {
        let column = self.by.as_ref()?;
        let without = labels.iter().map(|label| label.statement).filter(|statement| self.of(statement).is_none());
        let without: BTreeSet<&str> = without.map(|statement| statement.id.as_str()).collect();
        let what =
            format!("{} with labels left out: the column {} is empty", many(without.len(), "statement"), column.name);
        (!without.is_empty()).then(|| Warning::new(what, "fill in the column in statements.csv"))
    }

    /// The name of a group, however its letters and spaces are typed.
    ///
    /// # Errors
    /// [`Error::Request`] if there is no such group. The hint names the nearest.
    pub fn find(&self, name: &str) -> Result<String> {
        let names: BTreeSet<&str> = self.same.values().copied().collect();
        let wanted = words::name(name);
        if let Some(found) = names.iter().find(|other| words::name(other) == wanted) {
            return Ok((*found).to_owned());
        }
        let column = self.by.as_ref().map_or("speaker", |column| &column.name);
        let listed = format!("the column has: {}", words::listed(names.iter().copied()));
        let hint = did_you_mean(name, names.iter().copied()).unwrap_or(listed);
        Err(Error::request(format!("there is no `{name}` in the column {column}"), hint))
    }
}

/// Blank, or one of the ways to write that nothing is there.
fn is_blank(cell: &str) -> bool {
    words::name(cell).is_empty() || words::is_missing(cell.trim())
}

/// How many statements have a cell of a column, and how many different ones there are.
fn spread(corpus: &Corpus, column: &TextColumn) -> (usize, usize) {
    let rows = corpus.statements.rows.iter().filter(|row| row.verified != Verified::Rejected);
    let cells = rows.map(|row| row.cell(column)).filter(|cell| !is_blank(cell));
    let mut count = 0;
    let values: BTreeSet<String> = cells.inspect(|_| count += 1).map(words::name).collect();
    (count, values.len())
}

/// The column by which statements are grouped.
///
/// # Errors
/// [`Error::Request`] if there is no such column, or it is empty, or no two statements share a value. The hint lists
/// the columns that would do.
pub fn column(corpus: &Corpus, name: &str) -> Result<Option<TextColumn>> {
    if name == "speaker" {
        return Ok(None);
    }
    let refused = |what: String| {
        let all = corpus.statements.text_columns().into_iter().filter_map(|name| corpus.statements.column(name));
        let would_do = all.filter_map(|column| {
            let (filled, values) = spread(corpus, &column);
            (values > 0 && 2 * values <= filled).then(|| format!("{} ({})", column.name, many(values, "value")))
        });
        let would_do: Vec<String> = would_do.collect();
        let hint = match would_do.is_empty() {
            true => "add a column to statements.csv with a party, an outlet or another group in each row".to_owned(),
            false => format!("columns that would do: {}", would_do.join(", ")),
        };
        Err(Error::request(what, hint))
    };
    let Some(column) = corpus.statements.column(name) else {
        return refused(match COLUMNS.known.contains(&name) {
            true => format!("statements cannot be grouped by the column `{name}`"),
            false => format!("statements.csv has no column `{name}`"),
        });
    };
    match spread(corpus, &column) {
        (0, _) => refused(format!("the column `{name}` is empty, so it gives no groups")),
        (filled, values) if filled > 1 && values == filled => refused(format!(
            "each of the {filled} statements has its own value in the column `{name}`, so it gives no groups"
        )),
        _ => Ok(Some(column)),
    }
}
