//! What only shows when all rows are together: ids that meet, labels that differ, names that are nearly the same.

use std::collections::{BTreeMap, HashMap};

use crate::codebook::Position;
use crate::import::harvest::cell::quotation;
use crate::import::harvest::{Harvest, MarkOfSheet, Source, people};
use crate::words::{self, many, shortened};

impl Harvest {
    /// Numbers the ids that are made and are the same although the statements differ. The order of rows does not matter.
    pub fn number_collisions(&mut self, sources: &[Source]) {
        let mut first: HashMap<&str, usize> = HashMap::with_capacity(self.items.len());
        let mut same: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (number, item) in self.items.iter().enumerate() {
            match first.get(item.id.as_str()) {
                None => drop(first.insert(&item.id, number)),
                Some(other) => same.entry(item.id.clone()).or_insert_with(|| vec![*other]).push(number),
            }
        }
        for (id, mut items) in same {
            items.sort_by_key(|number| {
                let item = &self.items[*number];
                let source = &sources[item.source];
                let text = source
                    .statement_column("text")
                    .map_or_else(String::new, |column| quotation(source.grid.cell(item.row, column)).into_owned());
                (!item.id_given, self.speakers[item.speaker].clone(), text)
            });
            for (nth, number) in items.into_iter().enumerate().skip(1) {
                self.items[number].id = format!("{id}-{}", nth + 1);
            }
        }
    }

    /// Drops labels that are there twice, and reports those that differ.
    pub fn one_label_each(&mut self, sources: &[Source]) {
        let mut seen: HashMap<(usize, usize, usize), MarkOfSheet> = HashMap::with_capacity(self.marks.len());
        let mut kept = Vec::with_capacity(self.marks.len());
        // The rows of 2 files are probably those of 2 coders, all of them.
        let mut of_files: BTreeMap<(usize, usize), (MarkOfSheet, usize)> = BTreeMap::new();
        for mark in std::mem::take(&mut self.marks) {
            match seen.get(&(mark.item, mark.issue, mark.coder)) {
                None => {
                    seen.insert((mark.item, mark.issue, mark.coder), mark);
                    kept.push(mark);
                }
                Some(first) if first.position == mark.position => {}
                Some(first)
                    if sources[first.source].grid.path != sources[mark.source].grid.path
                        && [first.source, mark.source].iter().all(|source| self.coder_is_open.contains(source)) =>
                {
                    of_files.entry((first.source, mark.source)).or_insert((mark, 0)).1 += 1;
                    self.faulty.insert((mark.source, mark.row));
                }
                Some(first) => {
                    let source = &sources[mark.source];
                    let first_row = match sources[first.source].grid.shown() {
                        other if first.source != mark.source => {
                            format!("{} of {other}", sources[first.source].grid.row_in_words(first.row))
                        }
                        _ => source.grid.row_in_words(first.row),
                    };
                    let shown = |position: Option<Position>| {
                        position.map_or("none".to_owned(), |position| position.to_string())
                    };
                    let what = format!(
                        "{} gives {} on `{}`, and {} gives {}",
                        source.grid.row_in_words(mark.row),
                        shown(mark.position),
                        self.issues[mark.issue].id,
                        first_row,
                        shown(first.position)
                    );
                    let hint = "keep one of the 2 rows; if 2 people labelled, name them in a column `coder`, or give each column its coder \
                                with --map \"COLUMN=position:ISSUE@CODER\"";
                    let column = source.statement_column("text").or(source.statement_column("id")).unwrap_or(0);
                    self.problems.push(source.grid.fault(mark.row, column, what, hint));
                    self.faulty.insert((mark.source, mark.row));
                }
            }
        }
        for ((first, other), (mark, count)) in of_files {
            let [first, other] = [&sources[first], &sources[other]];
            let verb = if count == 1 { "is another" } else { "are others" };
            let what = format!(
                "{} of {} {verb} than in {} for the same statements, and nothing says who labelled",
                many(count, "label"),
                other.grid.shown(),
                first.grid.shown()
            );
            let hint = "if 2 people labelled, import one file after the other, each with --coder NAME; if the files are named after \
                        them: --map file=coder";
            let column = other.statement_column("text").unwrap_or(0);
            self.problems.push(other.grid.fault(mark.row, column, what, hint));
        }
        self.marks = kept;
    }

    /// Warns of rows whose quotation and speaker have probably changed places.
    pub fn swapped(&mut self, sources: &[Source]) {
        const WORDS: usize = 7;
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for item in self.items.iter().filter(|item| item.date.is_some()) {
            *counts.entry(self.speakers[item.speaker].as_str()).or_default() += 1;
        }
        let mut problems = Vec::new();
        for item in self.items.iter().filter(|item| item.date.is_some()) {
            let source = &sources[item.source];
            let (Some(column), Some(of_text)) = (source.statement_column("speaker"), source.statement_column("text"))
            else {
                continue;
            };
            let speaker = &self.speakers[item.speaker];
            let text = words::name(&quotation(source.grid.cell(item.row, of_text)));
            let is_known = counts.get(text.as_str()).is_some_and(|count| *count > 0) && text != *speaker;
            let is_sentence = counts[speaker.as_str()] == 1
                && speaker.split_whitespace().count() >= WORDS
                && speaker.ends_with(['.', '!', '?', '…', '”', '"']);
            if is_known || is_sentence {
                let what = match is_known {
                    true => format!(
                        "the quotation is `{text}`, which is the name of a speaker, and the speaker is `{}`",
                        shortened(speaker, 60)
                    ),
                    false => format!("the speaker is a sentence: `{}`", shortened(speaker, 60)),
                };
                let hint = "if the 2 cells have changed places, put them right in the sheet";
                problems.push(source.grid.warning(item.row, column, what, hint));
            }
        }
        self.problems.extend(problems);
    }

    /// Warns of speakers with nearly the same name, at the first row of the rarer.
    pub fn speakers_alike(&mut self, sources: &[Source]) {
        let mut counts: BTreeMap<&str, (usize, (usize, usize))> = BTreeMap::new();
        for item in self.items.iter().filter(|item| item.date.is_some()) {
            counts.entry(&self.speakers[item.speaker]).or_insert((0, (item.source, item.row))).0 += 1;
        }
        let names: Vec<&str> = counts.keys().copied().collect();
        let mut problems = Vec::new();
        let mut pairs = crate::corpus::alike(&names);
        let mut by_count = names.clone();
        by_count.sort_by_key(|name| (std::cmp::Reverse(counts[name].0), name.chars().count()));
        for (one, other) in people::same_forms(&by_count) {
            let is_told = |pair: &(&str, &str)| *pair == (one, other) || *pair == (other, one);
            if !pairs.iter().any(is_told) {
                pairs.push((one, other));
            }
        }
        for (one, other) in pairs {
            let (rare, usual) = if counts[one].0 < counts[other].0 { (one, other) } else { (other, one) };
            let (source, row) = counts[rare].1;
            let what = format!(
                "2 speakers have nearly the same name: `{rare}` with {} and `{usual}` with {}",
                many(counts[rare].0, "statement"),
                many(counts[usual].0, "statement")
            );
            let hint = "write the name in one way if they are one person";
            let column = sources[source].statement_column("speaker").unwrap_or(0);
            problems.push(sources[source].grid.warning(row, column, what, hint));
        }
        self.problems.extend(problems);
    }
}
