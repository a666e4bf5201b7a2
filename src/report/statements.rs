//! The statements of a report, and its data.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;

use maud::{Markup, html};

use crate::chart::figure::KeyEntry;
use crate::chart::kind::view::{View, mark_kind};
use crate::file::table::{self, Dialect};
use crate::label::Labelled;
use crate::page;
use crate::page::chip::{Chip, class};
use crate::page::shell::is_allowed;
use crate::page::statement::Shown;
use crate::study::Study;

/// The most statements in the table. More would make a page that no browser handles well.
pub const MOST_ROWS: usize = 10_000;

/// The statements of a study that take a position, or are in conflict, on what it shows.
pub struct Listed<'s> {
    /// By date, then id.
    pub rows: Vec<Shown<'s>>,
    /// How many more there are.
    pub more: usize,
    /// How many positions were only counted, so that they are not here.
    pub counted: usize,
    /// How many labels are in conflict.
    pub conflicts: usize,
    /// How many statements have no exact day.
    pub by_month: usize,
    /// The place of each listed statement in the corpus, by its id.
    places: HashMap<&'s str, usize>,
}

impl<'s> Listed<'s> {
    /// Lists the statements of a study, the latest [`MOST_ROWS`].
    pub fn of(study: &'s Study<'s>) -> Listed<'s> {
        Listed::up_to(study, MOST_ROWS)
    }

    /// Lists the latest statements of a study, so many of them at most.
    pub fn up_to(study: &'s Study<'s>, most: usize) -> Listed<'s> {
        let (selection, whose) = (&study.ask.selection, study.ask.whose);
        let mut rows: Vec<Shown<'s>> = Vec::new();
        let (mut conflicts, mut counted, mut counted_by_month) = (0, 0, 0);
        // Labels come by statement, so those of one statement follow one another.
        for label in &study.labels {
            if !selection.takes_pair(&label.statement.speaker, label.issue) {
                continue;
            }
            let Some(chip) = chip(label, study) else { continue };
            conflicts += if label.decision.conflict_by(whose) { label.stands_for } else { 0 };
            if study.counts.is_some() && label.statement.text.is_empty() {
                let by_month = !label.statement.date.is_day();
                counted += if chip.position.is_some() { label.stands_for } else { 0 };
                counted_by_month += if by_month { label.stands_for } else { 0 };
                continue;
            }
            let is_same = |row: &&mut Shown<'_>| {
                let (id, speaker) = (&row.statement.id, &row.statement.speaker);
                (id, speaker) == (&label.statement.id, &label.statement.speaker)
            };
            match rows.last_mut().filter(is_same) {
                Some(row) => row.chips.push(chip),
                None => {
                    // What was only counted has no corpus to have a place in.
                    let place = study.corpus.statements.find(&label.statement.id).unwrap_or(rows.len());
                    rows.push(Shown { place, statement: label.statement, chips: vec![chip] });
                }
            }
        }
        let by_month = rows.iter().filter(|row| row.statement.date.first() != row.statement.date.last()).count();
        let by_month = by_month + counted_by_month;
        let more = rows.len().saturating_sub(most);
        rows.drain(..more);
        let mut places: HashMap<&str, usize> = HashMap::new();
        let mut twice: HashSet<&str> = HashSet::new();
        for row in &rows {
            let id = row.statement.id.as_str();
            if places.insert(id, row.place).is_some() {
                twice.insert(id);
            }
        }
        // Ids of counted statements need not be unique. One that is not leads nowhere.
        places.retain(|id, _| !twice.contains(id));
        Listed { rows, more, counted, conflicts, by_month, places }
    }

    /// The place of a statement, by its id. `None` if it is not listed.
    pub fn place(&self, id: &str) -> Option<usize> {
        self.places.get(id).copied()
    }

    /// The data: the table beside the charts, with a row for each position of a listed statement, as CSV.
    pub fn csv(&self, view: &View<'_>) -> String {
        let table = view.quotations();
        let place = |name: &str| table.header.iter().position(|column| *column == name).unwrap_or_default();
        let (id, text) = (place("statement_id"), place("text"));
        let listed = |row: &&Vec<String>| match view.is_counted() {
            true => !row[text].is_empty(),
            false => self.places.contains_key(row[id].as_str()),
        };
        let rows = table.rows.iter().filter(listed);
        table::write(Dialect::default(), &table.header, rows)
    }
}

/// The table of all statements, and a link that saves the data.
pub fn section(listed: &Listed<'_>, view: &View<'_>) -> Markup {
    let address = format!("data:text/csv;charset=utf-8,{}", in_address(&listed.csv(view)));
    if listed.rows.is_empty() && view.is_counted() {
        return html! { p { (view.locale.say("report-no-words", &[])) } };
    }
    html! {
        @if view.is_counted() { p { (view.locale.say("report-few-words", &[])) } }
        p class="screen" {
            a class="button" download="statements.csv" href=(address) { (view.locale.say("report-data", &[])) }
        }
        p class="small" {
            @for entry in view.marks_key() {
                @if let KeyEntry::Mark(kind, words) = entry { span class={ "chip" (class(kind)) } { (words) } " " }
            }
        }
        (page::table::statements("stance-table", &listed.rows, &view.corpus.codebook, view.locale))
    }
}

/// A text as the content of a `data:` address: what would end the address, or be lost in it, as its bytes. Letters stay,
/// because base 64 would make a third more of them.
fn in_address(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        let ends = matches!(c, '%' | '#' | '"' | '<' | '>' | '&') || c.is_control();
        if ends || !is_allowed(c) {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                // Writing to a string cannot fail.
                let _ = write!(out, "%{byte:02X}");
            }
        } else {
            out.push(c);
        }
    }
    out
}

/// The chip of a label that gives a position or is in conflict.
fn chip(label: &Labelled<'_>, study: &Study<'_>) -> Option<Chip> {
    let (decision, whose) = (&label.decision, study.ask.whose);
    let position = decision.position_by(whose);
    let kind = mark_kind(label, whose);
    (position.is_some() || decision.conflict_by(whose)).then_some(Chip { issue: label.issue, position, kind })
}
