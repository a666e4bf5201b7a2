//! The issues of the sheets, and what each different cell of positions says.

mod faults;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::codebook::{Codebook, Issue, Position};
use crate::error::Problem;
use crate::import::clean::{self, Damage};
use crate::import::column::{ColumnUse, Naming, named};
use crate::import::grid::GridPlaces;
use crate::import::harvest::name::{issue_id, issue_of};
use crate::import::harvest::{CellMeaning, FoundIssue, Harvest, NumbersFrom, Source};
use crate::import::scale::{self, Entry, bare_words as bare};
use crate::import::settings::ImportSettings;
use crate::import::widen;
use crate::words::{self, listed};

/// More different cells than this are not positions.
const MOST_CELLS: usize = 500;
/// How many different cells a message shows.
const MOST_SHOWN: usize = 8;

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
    /// The words of levels to which a person, or an earlier sheet, has given numbers or an order.
    given: Vec<(String, Position)>,
    /// Whether a person has given the words of the levels in order.
    is_ordered: bool,
    /// Those words with their numbers, if the codebook does not have the issue.
    ordered: BTreeMap<String, Position>,
    /// The levels among them that the codebook does not have.
    added: BTreeMap<Position, String>,
    /// What is wrong with that order, and how to fix it.
    wrong: Option<(String, String)>,
    /// The ends of the scale, if the header of its column names them.
    ends: Option<(Position, Position)>,
    /// Whether numbers in cells are the words of levels: `0`, `0.5` and `1`.
    numbers_are_words: bool,
    /// Whether `(2)` and `2-` are -2.
    is_accounting: bool,
}

impl Scale<'_> {
    fn is_no_position(&self, cell: &str) -> bool {
        let given = self.settings.no_position.iter().any(|word| match word.as_str() {
            "empty" => cell.is_empty(),
            word => bare(word) == bare(cell) && word.trim().to_lowercase() == cell.to_lowercase(),
        });
        given || scale::is_no_position(cell)
    }

    /// What a cell says. What a person has named as a level is one, even if it is a dash, or a number that is none of a
    /// level.
    fn entry(&self, cell: &str) -> Entry {
        let read = scale::read(cell);
        if let Some(negative) = scale::accounting(cell) {
            let is_it = |(word, position): &(String, Position)| word.trim() == cell.trim() && *position == negative;
            if self.is_accounting || self.given.iter().any(is_it) {
                return Entry::Number(negative, None);
            }
        }
        let is_given = || self.given.iter().any(|(word, _)| word.trim() == cell.trim());
        let as_words = match read {
            Entry::Nothing => !cell.is_empty() && is_given(),
            _ => self.numbers_are_words && scale::decimal(cell).is_some(),
        };
        if as_words { Entry::Words(cell.trim().to_owned()) } else { read }
    }

    /// The level whose words are this number.
    fn of_decimal(&self, number: f64) -> Option<Position> {
        let given = self.given.iter().map(|(word, position)| (word.as_str(), *position));
        let levels = self.known.iter().flat_map(|known| &known.levels);
        let mut all = given.chain(levels.map(|level| (level.words.as_str(), level.position)));
        all.find(|(words, _)| scale::decimal(words) == Some(number)).map(|(_, position)| position)
    }

    /// The number of words that are known to be a level: in these words, or in another form of them. What is stronger,
    /// weaker or in doubt is another word.
    fn number(&self, text: &str) -> Option<Position> {
        if let Some(number) = scale::decimal(text).filter(|_| self.numbers_are_words) {
            return self.of_decimal(number);
        }
        let lower = text.trim().to_lowercase();
        let (bare, same) = (bare(text), scale::same_words(text));
        // `--` and `++` have no words to compare, and `(2)` may be -2.
        let doubtful = scale::is_doubtful(text) || bare.is_empty() || scale::marked_number(text).is_some();
        let find = |is: &dyn Fn(&str) -> bool| self.given.iter().find(|(word, _)| is(word)).map(|(_, number)| *number);
        find(&|word| word.trim().to_lowercase() == lower)
            .or_else(|| find(&|word| self::bare(word) == bare).filter(|_| !doubtful))
            .or_else(|| self.known.and_then(|known| widen::position_of(known, text)))
            .or_else(|| find(&|word| scale::same_words(word) == same).filter(|_| !doubtful))
    }

    /// Whether cells such as `(2)` are negative: all others are numbers without a minus sign, and the scale has both sides.
    fn is_accounting(
        cells: &SeenCells,
        known: Option<&Issue>,
        ends: Option<(Position, Position)>,
        settings: &ImportSettings,
    ) -> bool {
        let (mut others, mut negative) = (BTreeSet::new(), BTreeSet::new());
        let says_something = |cell: &&String| !settings.no_position.contains(cell) && !scale::is_no_position(cell);
        for cell in cells.keys().filter(says_something) {
            match (scale::accounting(cell), scale::read(cell)) {
                (Some(position), _) => drop(negative.insert(position)),
                (None, Entry::Number(position, None)) => drop(others.insert(position)),
                (None, Entry::Nothing) => {}
                (None, _) => return false,
            }
        }
        let unsigned = !others.is_empty() && others.iter().all(|position| position.0 >= 0);
        let both_sides = match (known, ends) {
            (Some(known), _) => negative.iter().all(|position| known.level(*position).is_some()),
            (None, Some((low, _))) => negative.iter().all(|position| *position >= low),
            (None, None) => scale::are_accounting(&others, &negative),
        };
        !negative.is_empty() && unsigned && both_sides
    }

    fn is_level(&self, position: Position) -> bool {
        self.known.is_none_or(|known| known.level(position).is_some() || self.added.contains_key(&position))
    }
}

impl FoundIssue {
    /// Remembers that the sheet itself has numbers for the levels.
    fn numbers_are_written(&mut self) {
        if self.numbers == NumbersFrom::Words {
            self.numbers = NumbersFrom::Sheet;
        }
    }

    /// Whether a person means this issue: by its id, its name, or the column of its positions, which may have another name
    /// than the issues in it.
    pub fn is_called(&self, name: &str, sources: &[Source]) -> bool {
        let of_column = || {
            let columns = sources.iter().flat_map(|source| &source.columns);
            let mut columns = columns.filter(|column| column.usage == ColumnUse::Position);
            columns.any(|column| bare(&column.header) == bare(name))
        };
        bare(name) == bare(&self.id) || bare(name) == bare(&self.name) || issue_id(name) == self.id || of_column()
    }
}

impl Harvest {
    /// Finds the issues and what each different cell of positions means.
    pub fn find_issues(&mut self, sources: &[Source], settings: &ImportSettings, codebook: Option<&Codebook>) {
        let mut cells: Vec<SeenCells> = Vec::new();
        // The issues that have their positions in one column of a person's sheet.
        let mut together: Vec<BTreeSet<usize>> = Vec::new();
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
                if source.own.is_none() && !matches!(source.grid.places, GridPlaces::Records { .. }) {
                    together.push(known.into_values().collect());
                }
            }
            self.words_beside(source, codebook);
            for (column, known) in source.columns.iter().enumerate().filter(|(_, known)| known.usage.is_wide()) {
                if let Some(of_row) = source.issue_of_row(column) {
                    let mut known: HashMap<&str, usize> = HashMap::new();
                    for row in source.body.rows.iter().filter(|row| !source.grid.cell(**row, of_row).is_empty()) {
                        let name = source.grid.cell(*row, of_row);
                        let issue = *known.entry(name).or_insert_with(|| self.issue(name, codebook));
                        add(issue, source.grid.cell(*row, column), (place, *row, column));
                    }
                    continue;
                }
                let issue = self.issue(&issue_of(known, &source.answers), codebook);
                for (position, words) in scale::legend(&known.header) {
                    self.issues[issue].seen.insert(position);
                    self.issues[issue].numbers_are_written();
                    self.add_word(issue, words, position, 0);
                }
                for row in &source.body.rows {
                    add(issue, source.grid.cell(*row, column), (place, *row, column));
                }
            }
        }
        cells.resize(self.issues.len(), SeenCells::new());
        let beside = |issue: usize| -> Vec<String> {
            let others = together.iter().filter(|issues| issues.contains(&issue)).flatten();
            others.filter(|other| **other != issue).flat_map(|other| cells[*other].keys().cloned()).collect()
        };
        let beside: Vec<Vec<String>> = (0..cells.len()).map(beside).collect();
        let ends = self.ends_in_headers(sources);
        let mut empty: Vec<String> = Vec::new();
        for (issue, cells) in cells.into_iter().enumerate() {
            if cells.keys().any(|cell| !cell.is_empty()) && !self.issues[issue].is_known {
                let name = self.issues[issue].name.clone();
                let unnamed = is_unnamed(&name);
                if unnamed || is_long(&name) {
                    let header = sources.iter().flat_map(|source| &source.columns);
                    let header = header.filter(|column| column.usage.is_wide());
                    let header: Vec<&str> = header.map(|column| column.header.as_str()).collect();
                    let flag = match header[..] {
                        [] | [_] => "--issue NAME gives it a name".to_owned(),
                        _ => {
                            let own = header.iter().find(|header| issue_id(header) == self.issues[issue].id);
                            let own = words::shortened(own.copied().unwrap_or("COLUMN"), 200);
                            format!("--map \"{own}=position:NAME\" gives it a name")
                        }
                    };
                    let why = if unnamed { "" } else { ", which is long for the title of a chart" };
                    self.notes.push(format!("the issue is called `{name}`, after its column{why}; {flag}"));
                }
            }
            let scale = self.scale(issue, ends.get(&issue).copied(), &cells, sources, settings, codebook);
            let meanings = self.meanings(issue, &scale, &cells, &beside[issue], sources);
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
        together.iter().for_each(|issues| self.share_scale(issues));
    }

    /// Gives the words of one column to all issues that it has, because whoever wrote it has one scale for them.
    fn share_scale(&mut self, issues: &BTreeSet<usize>) {
        let is_open = |issue: &&usize| {
            let found = &self.issues[**issue];
            !found.is_known && found.numbers == NumbersFrom::Words && !found.seen.is_empty()
        };
        let open: Vec<usize> = issues.iter().filter(is_open).copied().collect();
        let seen: BTreeSet<Position> = open.iter().flat_map(|issue| self.issues[*issue].seen.clone()).collect();
        let words: Vec<(String, Position)> = open
            .iter()
            .flat_map(|issue| self.issues[*issue].words.clone())
            .map(|(word, (position, _))| (word, position))
            .collect();
        for issue in open {
            self.issues[issue].seen.clone_from(&seen);
            for (word, position) in &words {
                self.add_word(issue, word.clone(), *position, 0);
            }
        }
    }

    /// The words of levels that stand beside their numbers.
    fn words_beside(&mut self, source: &Source, codebook: Option<&Codebook>) {
        let columns =
            [ColumnUse::Issue, ColumnUse::Position, ColumnUse::PositionInWords].map(|usage| source.column(&usage));
        let [Some(issue), Some(position), Some(words)] = columns else { return };
        let mut known: HashMap<&str, usize> = HashMap::new();
        for row in &source.body.rows {
            let [name, number, words] = [issue, position, words].map(|column| source.grid.cell(*row, column));
            // `2 lanes` is a name; `2` is the number once more.
            let is_words = scale::read(words) != Entry::Nothing && Position::read(words).is_none();
            if let Some(position) = Position::read(number)
                && is_words
                && !scale::is_no_position(words)
                && !name.is_empty()
            {
                let issue = *known.entry(name).or_insert_with(|| self.issue(name, codebook));
                self.issues[issue].numbers_are_written();
                self.add_word(issue, words.to_owned(), position, 1);
                self.issues[issue].exact |= source.own.is_some();
            }
        }
    }

    /// The ends of scales that headers of columns name, by the place of their issue.
    fn ends_in_headers(&self, sources: &[Source]) -> HashMap<usize, (Position, Position)> {
        let mut ends = HashMap::new();
        for source in sources {
            for column in source.columns.iter().filter(|column| column.usage.is_wide()) {
                if let Some(range) = scale::range(&column.header)
                    && let Some(issue) = self.place_of(&issue_of(column, &source.answers))
                {
                    ends.entry(issue).or_insert(range);
                }
            }
        }
        ends
    }

    /// `ends` are those that the header names.
    fn scale<'s>(
        &self,
        issue: usize,
        ends: Option<(Position, Position)>,
        cells: &SeenCells,
        sources: &[Source],
        settings: &'s ImportSettings,
        codebook: Option<&'s Codebook>,
    ) -> Scale<'s> {
        let found = &self.issues[issue];
        let known = codebook.and_then(|codebook| codebook.find(&found.id).map(|index| codebook.issue(index)));
        let words = settings.levels.iter().filter(|(id, _)| **id == found.id).flat_map(|(_, words)| words);
        let mut given: Vec<(String, Position)> =
            words.map(|(word, number)| (word.clone(), Position(*number))).collect();
        let order = settings.level_orders.iter().find(|(name, _)| found.is_called(name, sources));
        let (mut added, mut wrong, mut ordered) = (BTreeMap::new(), None, BTreeMap::new());
        if let Some((_, words)) = order {
            let named = match known {
                Some(known) => widen::named_levels(known, words).map(|named| {
                    added = named.new;
                    named.words
                }),
                None => {
                    let is_level = |cell: &&String| !settings.no_position.iter().any(|word| word == *cell);
                    let written = cells.keys().filter(is_level).filter_map(|cell| match scale::read(cell) {
                        Entry::Number(position, None) => Some(position),
                        _ => None,
                    });
                    let named = scale::named(&found.name, words, &written.collect());
                    ordered = named.clone().unwrap_or_default();
                    named
                }
            };
            match named {
                // What is said now comes before what was said earlier.
                Ok(named) => drop(given.splice(0..0, named)),
                Err(fault) => wrong = Some(fault),
            }
        }
        let ends = ends.or_else(|| scale::ends_of_parts(cells.keys().map(String::as_str)));
        // A table that Stance wrote has the numbers of levels.
        let own = cells.values().any(|seen| sources[seen.source].own.is_some());
        let levels = known.iter().flat_map(|known| &known.levels).map(|level| (level.words.as_str(), level.position));
        let all = given.iter().map(|(word, position)| (word.as_str(), *position)).chain(levels);
        let numbers_are_words = !own && scale::are_numbers(all);
        let is_ordered = order.is_some();
        let is_accounting = !is_ordered && Scale::is_accounting(cells, known, ends, settings);
        Scale { settings, known, given, is_ordered, ordered, added, wrong, ends, numbers_are_words, is_accounting }
    }

    /// What each different cell of an issue means.
    fn meanings(
        &mut self,
        issue: usize,
        scale: &Scale<'_>,
        cells: &SeenCells,
        beside: &[String],
        sources: &[Source],
    ) -> HashMap<String, CellMeaning> {
        self.widened(issue, scale, sources);
        // Words that no person has given a number.
        let open_word = |cell: &String| match scale.entry(cell) {
            _ if scale.is_no_position(cell) || clean::damage(cell) == Some(Damage::ErrorCell) => None,
            Entry::Words(text) if scale.number(&text).is_none() => Some(text),
            _ => None,
        };
        let open: Vec<String> = cells.keys().filter_map(open_word).collect();
        // A stranger among words whose order is known is a fault of its own.
        let (known, strange): (Vec<String>, Vec<String>) = open.into_iter().partition(|text| scale::is_known(text));
        let tells = known.len() > 1 || strange.is_empty();
        // On a scale that is there, `strongly support` is no neighbour of `support`: only a person can place it.
        let placed = scale.is_ordered || scale.known.is_some();
        let of_column = beside.iter().filter_map(open_word).filter(|text| scale::is_known(text));
        let of_column: Vec<String> = known.iter().cloned().chain(of_column).collect();
        let graded = if placed || !tells { None } else { scale::numbered(&of_column) };
        let number = |text: &String| scale.number(text).or_else(|| graded.as_ref()?.get(text).copied());
        let mut meanings = HashMap::new();
        let mut unknown: Vec<(&String, SeenCell)> = Vec::new();
        let mut outside: Vec<(&String, SeenCell)> = Vec::new();
        for (cell, seen) in cells {
            let meaning = match scale.entry(cell) {
                _ if scale.is_no_position(cell) => CellMeaning::Position(None),
                Entry::Nothing => CellMeaning::NotRead,
                Entry::Number(position, beside) => {
                    self.issues[issue].numbers_are_written();
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
        if let Some(graded) = &graded {
            self.put_together(issue, graded);
        }
        self.outside(&outside, scale, sources);
        self.tell_accounting(issue, cells, scale);
        let (marked, unknown): (Vec<_>, Vec<_>) =
            unknown.into_iter().partition(|(cell, _)| scale::marked_number(cell).is_some());
        self.marked(issue, &marked, cells, scale, sources);
        let (doubtful, unknown): (Vec<_>, Vec<_>) = unknown.into_iter().partition(|(cell, _)| scale::is_doubtful(cell));
        self.doubtful(issue, &doubtful, sources);
        self.unknown(issue, &unknown, cells, scale, sources);
        self.mixed_parts(issue, cells, &mut meanings, sources);
        self.beyond(issue, cells, &mut meanings, scale, sources);
        self.contradicted(issue, cells, &mut meanings, scale, sources);
        if scale.known.is_none() && !scale.is_ordered && self.issues[issue].numbers != NumbersFrom::Codebook {
            self.far(issue, cells, &mut meanings, scale, sources);
        }
        // Levels that a person has named are levels, seen or not, and in these words.
        if !self.issues[issue].seen.is_empty() {
            for (word, position) in &scale.ordered {
                self.issues[issue].seen.insert(*position);
                if Position::read(word).is_none() && scale::accounting(word).is_none() {
                    self.add_word(issue, word.clone(), *position, cells.len() + usize::from(u16::MAX));
                }
            }
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

    /// What a person's list of levels adds to the codebook, or what is wrong with the list.
    fn widened(&mut self, issue: usize, scale: &Scale<'_>, sources: &[Source]) {
        if let Some((what, hint)) = &scale.wrong {
            let path = sources.first().map_or(std::path::Path::new("."), |source| &source.grid.path);
            self.problems.push(Problem::fault(path, None, what.clone(), hint.clone()));
            self.blocked = true;
            return;
        }
        let Some(known) = scale.known.filter(|_| scale.is_ordered) else { return };
        let again = |(word, position): &&(String, Position)| known.read(word) != Some(*position);
        if scale.added.is_empty() && scale.given.iter().find(again).is_none() {
            self.notes.push(format!(
                "--levels names what the codebook has already: the scale of {} stays as it is",
                known.name
            ));
        }
        self.issues[issue].added.clone_from(&scale.added);
    }

    /// Says which words are read as one level though they are not the same, so that a person can tell them apart.
    fn put_together(&mut self, issue: usize, graded: &BTreeMap<String, Position>) {
        let mut by_level: BTreeMap<Position, BTreeMap<String, &String>> = BTreeMap::new();
        for (text, position) in graded {
            by_level.entry(*position).or_default().entry(scale::same_words(text)).or_insert(text);
        }
        for (position, words) in by_level.iter().filter(|(_, words)| words.len() > 1) {
            let shown: Vec<String> = words.values().map(|text| format!("“{text}”")).collect();
            self.notes.push(format!(
                "{}: {} are read as one level, {}; to tell them apart, name all levels in order with --levels",
                self.issues[issue].name,
                listed(shown.iter().map(String::as_str)),
                position.0
            ));
        }
    }
}

/// Whether the header of a column says that it holds positions, and not on what.
fn is_unnamed(name: &str) -> bool {
    let uses = named(name);
    uses.iter().any(|(usage, naming)| *usage == "position" && *naming != Naming::Within)
}

/// Whether a name is a whole question, which titles of charts would have to quote.
fn is_long(name: &str) -> bool {
    const LONGEST: usize = 40;
    name.chars().count() > LONGEST
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
