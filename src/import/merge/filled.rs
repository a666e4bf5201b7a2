//! The columns of a statements file that sheets fill, and what each row of a sheet has for them.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::import::choice::word_of;
use crate::import::column::ColumnUse;
use crate::import::harvest::cell::quotation;
use crate::import::harvest::{Harvest, Item, Source};
use crate::import::recognise::Needs;
use crate::statement::COLUMNS;

/// The columns that the sheets fill, in the order of a statements file, then those that are kept.
pub struct FilledColumns {
    /// Their names.
    pub names: Vec<String>,
    /// For each source, the column of its grid for each name; `None` if it has none.
    places: Vec<Vec<Option<usize>>>,
}

impl FilledColumns {
    /// Finds the columns that sheets with statements fill.
    pub fn of(sources: &[Source], harvest: &Harvest) -> FilledColumns {
        let with_statements = || sources.iter().enumerate().filter(|(_, source)| source.needs == Needs::Statements);
        let no_day = harvest.items.iter().any(|item| item.date.is_some_and(|date| !date.is_day()));
        let mut names: Vec<String> = Vec::new();
        for known in COLUMNS.known {
            let needed = COLUMNS.required.contains(known) || (*known == "date_precision" && no_day);
            if needed || with_statements().any(|(_, source)| source.statement_column(known).is_some()) {
                names.push((*known).to_owned());
            }
        }
        let mut places = vec![vec![None; names.len()]; sources.len()];
        for (number, source) in with_statements() {
            for (place, name) in names.iter().enumerate().filter(|(_, name)| COLUMNS.known.contains(&name.as_str())) {
                places[number][place] = source.statement_column(name);
            }
            let mut own: HashSet<String> = HashSet::new();
            for (column, known) in source.columns.iter().enumerate().filter(|(_, known)| known.usage == ColumnUse::Keep)
            {
                let bare = if known.header.is_empty() {
                    format!("column {}", crate::import::grid::letters(column))
                } else {
                    known.header.clone()
                };
                let mut name = bare.clone();
                let mut count = 1;
                while COLUMNS.known.contains(&name.as_str()) || !own.insert(name.clone()) {
                    count += 1;
                    name = format!("{bare} {count}");
                }
                let place = names.iter().position(|other| *other == name).unwrap_or_else(|| {
                    names.push(name);
                    names.len() - 1
                });
                places.iter_mut().for_each(|places| places.resize(names.len(), None));
                places[number][place] = Some(column);
            }
        }
        FilledColumns { names, places }
    }

    /// What a statement of a sheet has in a column.
    pub fn cell<'h>(&self, sources: &'h [Source], harvest: &'h Harvest, item: &'h Item, place: usize) -> Cow<'h, str> {
        let source = &sources[item.source];
        let column = self.places[item.source][place];
        match self.names[place].as_str() {
            "id" => Cow::Borrowed(&item.id),
            "date" => item.date.map_or(Cow::Borrowed(""), |date| Cow::Owned(date.written.to_string())),
            "date_precision" => Cow::Borrowed(item.date.map_or("", |date| date.precision.word())),
            "speaker" => Cow::Borrowed(&harvest.speakers[item.speaker]),
            "text" => column.map_or(Cow::Borrowed(""), |column| quotation(source.grid.cell(item.row, column))),
            name @ ("kind" | "verified") => {
                Cow::Borrowed(column.and_then(|column| word_of(name, source.grid.cell(item.row, column))).unwrap_or(""))
            }
            _ => column.map_or(Cow::Borrowed(""), |column| source.text(item.row, column)),
        }
    }

    /// What a statement of a sheet has in all columns.
    pub fn row<'h>(&self, sources: &'h [Source], harvest: &'h Harvest, item: &'h Item) -> Vec<Cow<'h, str>> {
        (0..self.names.len()).map(|place| self.cell(sources, harvest, item, place)).collect()
    }
}
