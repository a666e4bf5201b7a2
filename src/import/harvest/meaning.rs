//! The issues of the sheets, and what each different cell of positions says.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::codebook::{Codebook, Issue, Position};
use crate::import::clean::{self, Damage};
use crate::import::column::{ColumnUse, Naming, named};
use crate::import::harvest::name::{issue_id, issue_of};
use crate::import::harvest::{CellMeaning, Harvest, Source};
use crate::import::scale::{self, Entry, bare_words as bare};
use crate::import::settings::ImportSettings;
use crate::words::{self, many};

/// More different cells than this are not positions.
const MOST_CELLS: usize = 500;
/// How many different cells a message shows.
const MOST_SHOWN: usize = 8;
/// A number this far from all others is hardly a level of the same scale: many sheets have 9 or 99 for "no answer".
const FAR: i32 = 3;
/// As few cells as show the range of a scale that begins at 1.
const MANY: usize = 10;

/// Where a cell of positions was seen first, and how often it was.
#[derive(Debug, Clone, Copy)]
struct SeenCell {
    source: usize,
    row: usize,
    column: usize,
    count: usize,
}

/// The different cells of an issue.
type SeenCells = BTreeMap<String, SeenCell>;

/// What is known about the scale of an issue before its cells are read.
struct Scale<'s> {
    settings: &'s ImportSettings,
    /// The issue in the codebook.
    known: Option<&'s Issue>,
    /// The words of levels to which a person has given numbers or an order.
    given: HashMap<String, Position>,
    /// The words of the levels, lowest first, if a person has given them in order.
    order: Option<&'s Vec<String>>,
}

impl Scale<'_> {
    fn is_no_position(&self, cell: &str) -> bool {
        let given = self.settings.no_position.iter().any(|word| match word.as_str() {
            "empty" => cell.is_empty(),
            word => bare(word) == bare(cell) && word.trim().to_lowercase() == cell.to_lowercase(),
        });
        given || scale::is_no_position(cell)
    }

    fn number(&self, text: &str) -> Option<Position> {
        self.known.and_then(|known| known.read(text)).or_else(|| self.given.get(&bare(text)).copied())
    }

    fn is_level(&self, position: Position) -> bool {
        self.known.is_none_or(|known| known.level(position).is_some())
    }
}

impl Harvest {
    /// Finds the issues and what each different cell of positions means.
    pub fn find_issues(&mut self, sources: &[Source], settings: &ImportSettings, codebook: Option<&Codebook>) {
        let mut cells: Vec<SeenCells> = Vec::new();
        let mut add = |issue: usize, cell: &str, (source, row, column): (usize, usize, usize)| {
            if cells.len() <= issue {
                cells.resize(issue + 1, SeenCells::new());
            }
            let cells = &mut cells[issue];
            if let Some(seen) = cells.get_mut(cell) {
                seen.count += 1;
            } else if cells.len() <= MOST_CELLS {
                cells.insert(cell.to_owned(), SeenCell { source, row, column, count: 1 });
            }
        };
        for (place, source) in sources.iter().enumerate() {
            if let (Some(issue), Some(position)) =
                (source.column(&ColumnUse::Issue), source.column(&ColumnUse::Position))
            {
                let mut known: HashMap<&str, usize> = HashMap::new();
                for row in &source.body.rows {
                    let name = source.grid.cell(*row, issue);
                    if !name.is_empty() {
                        let issue = *known.entry(name).or_insert_with(|| self.issue(name, codebook));
                        add(issue, source.grid.cell(*row, position), (place, *row, position));
                    }
                }
            }
            for (column, known) in source.columns.iter().enumerate().filter(|(_, known)| known.usage.is_wide()) {
                let issue = self.issue(&issue_of(known, settings), codebook);
                for (position, words) in scale::legend(&known.header) {
                    self.issues[issue].seen.insert(position);
                    self.add_word(issue, words, position, 0);
                }
                for row in &source.body.rows {
                    add(issue, source.grid.cell(*row, column), (place, *row, column));
                }
            }
        }
        cells.resize(self.issues.len(), SeenCells::new());
        let mut empty: Vec<String> = Vec::new();
        for (issue, cells) in cells.into_iter().enumerate() {
            if cells.keys().any(|cell| !cell.is_empty())
                && is_unnamed(&self.issues[issue].name)
                && !self.issues[issue].is_known
            {
                let name = self.issues[issue].name.clone();
                self.notes
                    .push(format!("the issue is called `{name}`, after its column; --issue NAME gives it a name"));
            }
            let meanings = self.meanings(issue, &cells, sources, settings, codebook);
            self.tell_not_read(issue, &cells, &meanings);
            let count = cells.get("").map_or(0, |seen| seen.count);
            if count > 0 && meanings.get("") == Some(&CellMeaning::NotRead) {
                empty.push(format!("{count} of {}", self.issues[issue].name));
            }
            self.meanings.push(meanings);
        }
        if !empty.is_empty() {
            let shown = words::listed(empty.iter().map(String::as_str));
            self.notes.push(format!("empty cells are taken as not read: {shown}"));
        }
    }

    fn scale<'s>(
        &self,
        issue: usize,
        sources: &[Source],
        settings: &'s ImportSettings,
        codebook: Option<&'s Codebook>,
    ) -> Scale<'s> {
        let found = &self.issues[issue];
        let known = codebook.and_then(|codebook| codebook.find(&found.id).map(|index| codebook.issue(index)));
        let words = settings.levels.iter().filter(|(id, _)| **id == found.id).flat_map(|(_, words)| words);
        let mut given: HashMap<String, Position> =
            words.map(|(word, number)| (bare(word), Position(*number))).collect();
        // The column may have another name than the issues in it.
        let of_column = |name: &str| {
            let headers =
                sources.iter().flat_map(|source| &source.columns).filter(|column| column.usage == ColumnUse::Position);
            headers.into_iter().any(|column| bare(&column.header) == bare(name))
        };
        let order = settings.level_orders.iter().find(|(name, _)| {
            bare(name) == bare(&found.id)
                || bare(name) == bare(&found.name)
                || issue_id(name) == found.id
                || of_column(name)
        });
        if let Some((_, words)) = order {
            given.extend(scale::in_order(words).into_iter().map(|(word, position)| (bare(&word), position)));
        }
        Scale { settings, known, given, order: order.map(|(_, words)| words) }
    }

    /// What each different cell of an issue means.
    fn meanings(
        &mut self,
        issue: usize,
        cells: &SeenCells,
        sources: &[Source],
        settings: &ImportSettings,
        codebook: Option<&Codebook>,
    ) -> HashMap<String, CellMeaning> {
        let scale = self.scale(issue, sources, settings, codebook);
        // Words that no person has given a number.
        let open: Vec<String> = cells
            .keys()
            .filter(|cell| !scale.is_no_position(cell) && clean::damage(cell) != Some(Damage::ErrorCell))
            .filter_map(|cell| match scale::read(cell) {
                Entry::Words(text) if scale.number(&text).is_none() => Some(text),
                _ => None,
            })
            .collect();
        // A stranger among words whose order is known is a fault of its own.
        let (known, strange): (Vec<String>, Vec<String>) = open.into_iter().partition(|text| scale::is_known(text));
        let tells = known.len() > 1 || strange.is_empty();
        let graded = if scale.order.is_some() || !tells { None } else { scale::numbered(&known) };
        let number = |text: &String| scale.number(text).or_else(|| graded.as_ref()?.get(text).copied());
        let mut meanings = HashMap::new();
        let mut unknown: Vec<(&String, SeenCell)> = Vec::new();
        let mut outside: Vec<(&String, SeenCell)> = Vec::new();
        for (cell, seen) in cells {
            let meaning = match scale::read(cell) {
                _ if scale.is_no_position(cell) => CellMeaning::Position(None),
                Entry::Nothing => CellMeaning::NotRead,
                Entry::Number(position, beside) => {
                    if let Some(text) = beside {
                        self.add_word(issue, text, position, seen.count);
                    }
                    CellMeaning::Position(Some(position))
                }
                Entry::Words(_) if clean::damage(cell) == Some(Damage::ErrorCell) => CellMeaning::Fault,
                Entry::Words(text) => match number(&text) {
                    Some(position) => {
                        self.add_word(issue, text, position, seen.count);
                        CellMeaning::Position(Some(position))
                    }
                    None => {
                        unknown.push((cell, *seen));
                        CellMeaning::Fault
                    }
                },
            };
            let meaning = match meaning {
                CellMeaning::Position(Some(position)) if !scale.is_level(position) => {
                    outside.push((cell, *seen));
                    CellMeaning::Fault
                }
                other => other,
            };
            if let CellMeaning::Position(Some(position)) = meaning {
                self.issues[issue].seen.insert(position);
            }
            meanings.insert(cell.clone(), meaning);
        }
        self.outside(&outside, &scale, sources);
        self.unknown(issue, &unknown, &scale, sources);
        match scale.order {
            None if scale.known.is_none() => self.far(issue, cells, &mut meanings, sources),
            // Levels that a person has named are levels, seen or not, and in these words.
            Some(words) if scale.known.is_none() && !self.issues[issue].seen.is_empty() => {
                for (word, position) in scale::in_order(words) {
                    self.issues[issue].seen.insert(position);
                    if Position::read(&word).is_none() {
                        self.add_word(issue, word, position, cells.len() + usize::from(u16::MAX));
                    }
                }
            }
            _ => {}
        }
        let seen = &mut self.issues[issue].seen;
        if seen.len() == 1 && scale.known.is_none() && seen.first() == Some(&Position(0)) {
            seen.extend([Position(-1), Position(1)]);
        }
        meanings
    }

    fn add_word(&mut self, issue: usize, text: String, position: Position, count: usize) {
        self.issues[issue].words.entry(text).or_insert((position, 0)).1 += count;
    }

    /// Positions that the codebook does not have, all in one fault.
    fn outside(&mut self, cells: &[(&String, SeenCell)], scale: &Scale<'_>, sources: &[Source]) {
        let (Some((cell, at)), Some(known)) = (cells.first(), scale.known) else { return };
        let what = match cells {
            [_] => format!("`{cell}` is not a level of `{}`", known.id),
            _ => format!("{} are not levels of `{}`", shown(cells), known.id),
        };
        let hint =
            format!("write one of its levels ({}), or add an [[issue.level]] to codebook.toml", known.level_list());
        self.problems.push(sources[at.source].grid.fault(at.row, at.column, what, hint));
    }

    /// Words whose place on the scale nothing says, all in one fault.
    fn unknown(&mut self, issue: usize, cells: &[(&String, SeenCell)], scale: &Scale<'_>, sources: &[Source]) {
        let Some((first, at)) = cells.first() else { return };
        let found = &self.issues[issue];
        let numbers = !found.seen.is_empty() && found.words.values().all(|(_, count)| *count == 0);
        let (what, hint) = match scale.known {
            Some(known) => (
                format!("{} {} not a level of `{}`", shown(cells), are(cells.len()), known.id),
                format!(
                    "write one of its levels ({}); if it says that no position is taken: --no-position \"{first}\"",
                    known.level_list()
                ),
            ),
            None if numbers => (
                format!(
                    "{} {} not a position on {}, whose other positions are whole numbers",
                    shown(cells),
                    are(cells.len()),
                    found.name
                ),
                format!("write whole numbers; if it says that no position is taken: --no-position \"{first}\""),
            ),
            None if !found.words.is_empty() => (
                format!(
                    "{} {} not among the words of {} whose order is known",
                    shown(cells),
                    are(cells.len()),
                    found.name
                ),
                format!(
                    "if it says that no position is taken: --no-position \"{first}\"; if it is a level, name all levels, the lowest \
                     first: --levels \"{}=LOWEST,…,HIGHEST\"",
                    found.name
                ),
            ),
            None => (
                format!("the order of these levels of {} is not known: {}", found.name, shown(cells)),
                format!(
                    "name all levels, the lowest first, with --levels \"{}=LOWEST,…,HIGHEST\"; name words that say nothing \
                     with --no-position \"WORD\"",
                    found.name
                ),
            ),
        };
        self.problems.push(sources[at.source].grid.fault(at.row, at.column, what, hint));
    }

    /// Numbers that are hardly levels: rare, and far from all others.
    fn far(
        &mut self,
        issue: usize,
        cells: &SeenCells,
        meanings: &mut HashMap<String, CellMeaning>,
        sources: &[Source],
    ) {
        let mut counts: BTreeMap<Position, usize> = BTreeMap::new();
        for (cell, seen) in cells {
            if let (Some(CellMeaning::Position(Some(position))), Entry::Number(_, None)) =
                (meanings.get(cell), scale::read(cell))
            {
                *counts.entry(*position).or_default() += seen.count;
            }
        }
        let all: usize = counts.values().sum();
        let numbers: Vec<Position> = counts.keys().copied().collect();
        // The run of neighbours that most cells are in.
        let mut runs: Vec<BTreeSet<Position>> = Vec::new();
        for number in numbers {
            match runs.last_mut().filter(|run| run.last().is_some_and(|last| number.0 - last.0 < FAR)) {
                Some(run) => drop(run.insert(number)),
                None => runs.push(BTreeSet::from([number])),
            }
        }
        let weight = |run: &BTreeSet<Position>| run.iter().map(|number| counts[number]).sum::<usize>();
        let Some(main) = runs.iter().max_by_key(|run| weight(run)).cloned() else { return };
        // On a scale with both signs, a stranger is seen at once. From 1 on, 5 may be rare and sound.
        let (inside, strangers) = (weight(&main), all - weight(&main));
        let is_scale = match main.first() {
            Some(lowest) if lowest.0 < 0 => inside * 4 >= all * 3,
            _ => main.len() >= 3 && all >= MANY && strangers * 10 <= all,
        };
        if !is_scale || main.len() < 2 {
            return;
        }
        let reach = main.iter().map(|number| number.0.abs()).max().unwrap_or(0);
        let is_far = |cell: &str| match meanings.get(cell) {
            Some(CellMeaning::Position(Some(position))) => {
                !main.contains(position) && counts.contains_key(position) && position.0.abs() > reach
            }
            _ => false,
        };
        let far: Vec<(&String, SeenCell)> =
            cells.iter().filter(|(cell, _)| is_far(cell)).map(|(cell, seen)| (cell, *seen)).collect();
        let Some((first, at)) = far.first().copied() else { return };
        let times: usize = far.iter().map(|(_, seen)| seen.count).sum();
        let (low, high) = (main.first().copied().unwrap_or(Position(0)), main.last().copied().unwrap_or(Position(0)));
        let name = self.issues[issue].name.clone();
        let what = format!(
            "{} in {} {} far from the other positions on {name}, which are {low} to {high}",
            shown(&far),
            many(times, "cell"),
            if far.len() == 1 { "is" } else { "are" }
        );
        let hint = format!(
            "if it means \"no position\": --no-position \"{first}\"; if it is a slip, correct the sheet; if it is a level, name all of them: \
             --levels \"{name}={},…\"",
            low.0
        );
        self.problems.push(sources[at.source].grid.fault(at.row, at.column, what, hint));
        for (cell, _) in &far {
            meanings.insert((*cell).clone(), CellMeaning::Fault);
        }
        let strange =
            |position: &Position| counts.contains_key(position) && !main.contains(position) && position.0.abs() > reach;
        self.issues[issue].seen.retain(|position| !strange(position));
    }

    /// Cells that are taken as not read although they hold something.
    fn tell_not_read(&mut self, issue: usize, cells: &SeenCells, meanings: &HashMap<String, CellMeaning>) {
        let silent: Vec<(&String, SeenCell)> = cells
            .iter()
            .filter(|(cell, _)| !cell.is_empty() && meanings.get(*cell) == Some(&CellMeaning::NotRead))
            .map(|(cell, seen)| (cell, *seen))
            .collect();
        let count: usize = silent.iter().map(|(_, seen)| seen.count).sum();
        if let Some((first, _)) = silent.first() {
            self.notes.push(format!(
                "{} of {} {} {}: taken as not read; --no-position \"{first}\" takes {} as read and without a position",
                many(count, "cell"),
                self.issues[issue].name,
                if count == 1 { "says" } else { "say" },
                shown(&silent),
                if count == 1 { "it" } else { "them" }
            ));
        }
    }
}

/// Whether the header of a column says that it holds positions, and not on what.
fn is_unnamed(name: &str) -> bool {
    let uses = named(name);
    uses.iter().any(|(usage, naming)| *usage == "position" && *naming != Naming::Within)
}

fn are(count: usize) -> &'static str {
    if count == 1 { "is" } else { "are" }
}

/// The first different cells, between backticks.
fn shown(cells: &[(&String, SeenCell)]) -> String {
    let texts: Vec<String> = cells.iter().take(MOST_SHOWN).map(|(cell, _)| format!("`{cell}`")).collect();
    let rest = if cells.len() > MOST_SHOWN { format!(", … ({} in all)", cells.len()) } else { String::new() };
    words::listed(texts.iter().map(String::as_str)) + &rest
}
