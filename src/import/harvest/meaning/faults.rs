//! What is wrong with cells of positions, each kind of it in one fault for the whole issue.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::codebook::{Issue, Position};
use crate::import::clean::{self, Damage};
use crate::import::harvest::meaning::{Scale, SeenCell, SeenCells, are, shown};
use crate::import::harvest::{CellMeaning, Harvest, Source, missing};
use crate::import::scale::{self, Entry};
use crate::words::{listed, many};

impl Harvest {
    /// Words with a question mark, all in one fault: nobody has decided yet.
    pub(super) fn doubtful(&mut self, issue: usize, cells: &[(&String, SeenCell)], sources: &[Source]) {
        let Some((first, at)) = cells.first() else { return };
        let what = format!("{} on {} {} in doubt", shown(cells), self.issues[issue].name, are(cells.len()));
        let plain = first.trim_end_matches(['?', '？', '؟', ' ', '(', ')']);
        let hint = format!(
            "write `{plain}` if it is decided, or `?` if it is not: then the statement is not read yet; if it is the name of a \
             level, name all levels with --levels \"{}=LOWEST,…,HIGHEST\"",
            self.issues[issue].name
        );
        self.problems.push(sources[at.source].grid.fault(at.row, at.column, what, hint));
    }

    /// Says that `(2)` is read as -2.
    pub(super) fn tell_accounting(&mut self, issue: usize, cells: &SeenCells, scale: &Scale<'_>) {
        let is_it = |cell: &&String| scale.is_accounting && scale::accounting(cell).is_some();
        let negative: Vec<(&String, SeenCell)> =
            cells.iter().filter(|(cell, _)| is_it(cell)).map(|(cell, seen)| (cell, *seen)).collect();
        let Some((first, _)) = negative.first() else { return };
        let count: usize = negative.iter().map(|(_, seen)| seen.count).sum();
        self.notes.push(format!(
            "{} of {} {} {}: taken as negative, as accountants write it: `{first}` is {}",
            many(count, "cell"),
            self.issues[issue].name,
            if count == 1 { "is" } else { "are" },
            shown(&negative),
            scale::accounting(first).unwrap_or(Position(0)),
        ));
    }

    /// Numbers with marks that may change them, all in one fault: `(2)` may be -2, and `1?` is not decided.
    pub(super) fn marked(
        &mut self,
        issue: usize,
        cells: &[(&String, SeenCell)],
        all: &SeenCells,
        scale: &Scale<'_>,
        sources: &[Source],
    ) {
        let Some((first, at)) = cells.first() else { return };
        let name = self.issues[issue].name.clone();
        let number = scale::marked_number(first).unwrap_or(Position(0)).0;
        let verb = if cells.len() == 1 { "has a mark" } else { "have marks" };
        let what = format!("{} on {name} {verb} beside the number, which may change it", shown(cells));
        let in_doubt = first.contains(['?', '？']);
        let negative = scale::accounting(first).is_some();
        let mut hint = match (in_doubt, negative) {
            (true, _) => {
                format!("write `{number}` if it is decided, or `?` if it is not: then the statement is not read yet")
            }
            (_, true) => format!("write -{number} if it is negative, {number} if it is not"),
            (false, false) => format!("write `{number}` alone if the mark says nothing about it"),
        };
        // A list that has each cell of the column, so that it may be used as it is.
        let mut order: Vec<(Position, &str)> = Vec::new();
        for cell in all.keys() {
            match (scale::accounting(cell), scale::read(cell)) {
                (Some(position), _) | (None, Entry::Number(position, None)) => order.push((position, cell.as_str())),
                (None, Entry::Nothing) => {}
                (None, _) => order.push((Position(i32::MAX), "")),
            }
        }
        order.sort_unstable();
        let is_whole = order.iter().all(|(position, _)| position.0 < i32::MAX);
        if negative && is_whole && scale.known.is_none() {
            let list: Vec<&str> = order.iter().map(|(_, cell)| *cell).collect();
            hint += &format!("; if all such cells are negative: --levels \"{name}={}\"", list.join(","));
        }
        hint += &format!("; if it says that no position is taken: --no-position \"{first}\"");
        self.problems.push(sources[at.source].grid.fault(at.row, at.column, what, hint));
    }

    /// Numbers whose words are on the other side, all in one fault: `2 against` beside `2 for` has lost its minus.
    pub(super) fn contradicted(
        &mut self,
        issue: usize,
        cells: &SeenCells,
        meanings: &mut HashMap<String, CellMeaning>,
        scale: &Scale<'_>,
        sources: &[Source],
    ) {
        struct Sided<'c> {
            cell: Option<&'c String>,
            number: i32,
            side: i32,
            count: usize,
        }
        let sided = |cell: Option<&'_ String>, number: i32, words: &str, count: usize| {
            scale::side(words).filter(|side| *side != 0).map(|side| (cell.cloned(), number, side, count))
        };
        let of_cells = cells.iter().filter_map(|(cell, seen)| match scale.entry(cell) {
            Entry::Number(position, Some(words)) => sided(Some(cell), position.0, &words, seen.count),
            _ => None,
        });
        let levels = scale.known.iter().flat_map(|known| &known.levels);
        let of_levels = levels.filter_map(|level| sided(None, level.position.0, &level.words, usize::from(u16::MAX)));
        let found: Vec<(Option<String>, i32, i32, usize)> = of_cells.chain(of_levels).collect();
        let all: Vec<Sided<'_>> = found
            .iter()
            .map(|(cell, number, side, count)| Sided {
                cell: cell.as_ref(),
                number: *number,
                side: *side,
                count: *count,
            })
            .collect();
        // How often the side for something has the higher number, and how often not. A scale may be turned as a whole.
        let pairs = || {
            let against = all.iter().filter(|sided| sided.side < 0);
            against.flat_map(|against| all.iter().filter(|sided| sided.side > 0).map(move |other| (against, other)))
        };
        let weight = |ordering: std::cmp::Ordering| -> usize {
            pairs()
                .filter(|(a, b)| a.number.cmp(&b.number) == ordering)
                .map(|(a, b)| a.count.saturating_mul(b.count))
                .sum()
        };
        let (up, down) = (weight(std::cmp::Ordering::Less), weight(std::cmp::Ordering::Greater));
        let usual = if up >= down { std::cmp::Ordering::Less } else { std::cmp::Ordering::Greater };
        // The cells that contradict most others, until none contradicts another.
        let mut pairs: Vec<[Option<&String>; 2]> =
            pairs().filter(|(a, b)| a.number.cmp(&b.number) != usual).map(|(a, b)| [a.cell, b.cell]).collect();
        let mut wrong: BTreeSet<&String> = BTreeSet::new();
        // On a scale with both signs, a word for something has the sign of the other words for it.
        let of_sign = |sign: i32| all.iter().filter(move |sided| sided.number.signum() * sided.side == sign);
        let [same, other] = [1, -1].map(|sign| of_sign(sign).map(|sided| sided.count).sum::<usize>());
        if same > 0 && other > 0 && all.iter().any(|sided| sided.number < 0) {
            let rare = if same < other { 1 } else { -1 };
            wrong.extend(of_sign(rare).filter_map(|sided| sided.cell));
            pairs.retain(|pair| !pair.iter().flatten().any(|cell| wrong.contains(cell)));
        }
        loop {
            let mut times: BTreeMap<&String, usize> = BTreeMap::new();
            pairs.iter().flatten().flatten().for_each(|cell| *times.entry(cell).or_default() += 1);
            let Some(most) = times.values().copied().max() else { break };
            wrong.extend(times.into_iter().filter(|(_, count)| *count == most).map(|(cell, _)| cell));
            pairs.retain(|pair| !pair.iter().flatten().any(|cell| wrong.contains(cell)));
        }
        let wrong: Vec<(&String, SeenCell)> =
            wrong.into_iter().filter_map(|cell| cells.get_key_value(cell)).map(|(cell, seen)| (cell, *seen)).collect();
        let Some((first, at)) = wrong.first() else { return };
        let says = if wrong.len() == 1 { "says" } else { "say" };
        let name = &self.issues[issue].name;
        let what = format!("{} on {name} {says} one thing by the number, and another by the words", shown(&wrong));
        let hint = format!(
            "a sign may be lost in `{first}`: write the number with its sign, or the number alone if it is right as it is"
        );
        self.problems.push(sources[at.source].grid.fault(at.row, at.column, what, hint));
        for (cell, _) in wrong {
            meanings.insert(cell.clone(), CellMeaning::Fault);
        }
    }

    /// `4/5` and `3/4` are of 2 scales, whose numbers say different things.
    pub(super) fn mixed_parts(
        &mut self,
        issue: usize,
        cells: &SeenCells,
        meanings: &mut HashMap<String, CellMeaning>,
        sources: &[Source],
    ) {
        let wholes = scale::wholes(cells.keys().map(String::as_str));
        if wholes.len() < 2 {
            return;
        }
        let is_part = |cell: &str| !scale::wholes(std::iter::once(cell)).is_empty();
        let parts: Vec<(&String, SeenCell)> =
            cells.iter().filter(|(cell, _)| is_part(cell)).map(|(cell, seen)| (cell, *seen)).collect();
        let ends: Vec<String> = wholes.iter().map(|whole| whole.0.to_string()).collect();
        if let Some((_, at)) = parts.first() {
            let what = format!(
                "{} on {} are of scales that end at {}",
                shown(&parts),
                self.issues[issue].name,
                listed(ends.iter().map(String::as_str))
            );
            let hint = "write the numbers of one scale in the sheet, or give each scale a column of its own";
            self.problems.push(sources[at.source].grid.fault(at.row, at.column, what, hint));
        }
        for (cell, _) in parts {
            meanings.insert(cell.clone(), CellMeaning::Fault);
        }
    }

    /// Positions outside of the scale that the header of their column names. If all are on it, the scale is whole.
    pub(super) fn beyond(
        &mut self,
        issue: usize,
        cells: &SeenCells,
        meanings: &mut HashMap<String, CellMeaning>,
        scale: &Scale<'_>,
        sources: &[Source],
    ) {
        let Some((low, high)) = scale.ends.filter(|_| scale.known.is_none() && !scale.is_ordered) else { return };
        let is_beyond = |cell: &str| match meanings.get(cell) {
            Some(CellMeaning::Position(Some(position))) => !(low..=high).contains(position),
            _ => false,
        };
        let beyond: Vec<(&String, SeenCell)> =
            cells.iter().filter(|(cell, _)| is_beyond(cell)).map(|(cell, seen)| (cell, *seen)).collect();
        if let Some((first, at)) = beyond.first() {
            let name = self.issues[issue].name.clone();
            let (from, to) = (low.0, high.0);
            let what = format!(
                "{} {} not on the scale of {name}, which its column calls {from} to {to}",
                shown(&beyond),
                are(beyond.len())
            );
            let hint = format!(
                "if it means \"no position\": --no-position \"{first}\"; if it is a slip, correct the sheet; if it is a level: \
                 --levels \"{name}={from},…,{first}\""
            );
            self.problems.push(sources[at.source].grid.fault(at.row, at.column, what, hint));
            for (cell, _) in &beyond {
                meanings.insert((*cell).clone(), CellMeaning::Fault);
            }
        }
        let seen = &mut self.issues[issue].seen;
        if !seen.is_empty() {
            seen.retain(|position| (low..=high).contains(position));
            seen.extend([low, high]);
        }
    }

    /// Positions that the codebook does not have, all in one fault.
    pub(super) fn outside(&mut self, cells: &[(&String, SeenCell)], scale: &Scale<'_>, sources: &[Source]) {
        let (Some((cell, at)), Some(known)) = (cells.first(), scale.known) else { return };
        let what = match cells {
            [_] => format!("`{cell}` is not a level of `{}`", known.id),
            _ => format!("{} are not levels of `{}`", shown(cells), known.id),
        };
        let ends = known.levels.first().zip(known.levels.last());
        let numbers: Vec<Position> = cells.iter().filter_map(|(cell, _)| scale::number(cell)).collect();
        let wider = |(low, high): (&crate::codebook::Level, &crate::codebook::Level)| {
            let low = numbers.iter().copied().chain([low.position]).min().map_or(0, |low| low.0);
            let high = numbers.iter().copied().chain([high.position]).max().map_or(0, |high| high.0);
            format!("{low},{high}")
        };
        let hint = format!(
            "write one of its levels ({}); if the scale is longer, add levels with --levels \"{}={}\"",
            known.level_list(),
            known.id,
            ends.map_or(String::new(), wider)
        );
        self.problems.push(sources[at.source].grid.fault(at.row, at.column, what, hint));
    }

    /// Words whose place on the scale nothing says, all in one fault.
    pub(super) fn unknown(
        &mut self,
        issue: usize,
        cells: &[(&String, SeenCell)],
        all: &SeenCells,
        scale: &Scale<'_>,
        sources: &[Source],
    ) {
        let Some((first, at)) = cells.first() else { return };
        let found = &self.issues[issue];
        let in_order = numbers_in_order(&found.name, all, cells);
        // Signs may be the levels, and then a dash says something.
        let says = all.keys().map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
        let signs = scale::signs(says).map_or(String::new(), |signs| {
            format!("; if the signs are the levels: --levels \"{}={}\"", found.name, signs.join(","))
        });
        let numbers = !found.seen.is_empty() && found.words.values().all(|(_, count)| *count == 0);
        let decimal = |cell: &str| cell.replace(',', ".").parse::<f64>().is_ok();
        let (what, hint) = match scale.known {
            Some(known) => (
                format!("{} {} not a level of `{}`", shown(cells), are(cells.len()), known.id),
                format!(
                    "write one of its levels ({}); if it is a level of its own, name all levels, the lowest first: --levels \
                     \"{}={}\"; if it is another word for one of them, write the number of that level before it: --levels \
                     \"{}={} {first}\"; if it says that no position is taken: --no-position \"{first}\"",
                    known.level_list(),
                    known.id,
                    longer_list(known, cells),
                    known.id,
                    nearest(known, first),
                ),
            ),
            None if scale.numbers_are_words => (
                format!("{} {} not among the levels that are named of {}", shown(cells), are(cells.len()), found.name),
                format!(
                    "name all levels, the lowest first: --levels \"{}=LOWEST,…,HIGHEST\"; if it says that no position is taken: \
                     --no-position \"{first}\"",
                    found.name
                ),
            ),
            None if numbers => (
                format!(
                    "{} {} not a position on {}, whose other positions are whole numbers",
                    shown(cells),
                    are(cells.len()),
                    found.name
                ),
                format!(
                    "write whole numbers{in_order}{signs}; if it says that no position is taken: --no-position \"{first}\""
                ),
            ),
            None if cells.iter().all(|(cell, _)| decimal(cell)) => (
                format!(
                    "{} on {} {} no whole number{}",
                    shown(cells),
                    found.name,
                    are(cells.len()),
                    if cells.len() == 1 { "" } else { "s" }
                ),
                format!("levels are whole numbers: round or group them in the sheet, such as 1 for 0 to 0.5{in_order}"),
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

    /// Numbers that are hardly levels, all in one fault.
    pub(super) fn far(
        &mut self,
        issue: usize,
        cells: &SeenCells,
        meanings: &mut HashMap<String, CellMeaning>,
        scale: &Scale<'_>,
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
        let mut strangers = missing::far(&counts);
        if let Some((low, high)) = scale.ends {
            strangers.retain(|number| *number < low || *number > high);
        }
        let others: BTreeMap<Position, usize> = counts
            .iter()
            .filter(|(number, _)| !strangers.contains(number))
            .map(|(number, count)| (*number, *count))
            .collect();
        // A header that names the ends or says what 0 means, and cells with its words, leave nothing to ask.
        let is_named = scale.ends.is_some() || self.issues[issue].words.values().any(|(position, _)| position.0 == 0);
        let zero = missing::zero(&others).filter(|_| !is_named);
        strangers.extend(zero);
        let is_far = |cell: &str| match meanings.get(cell) {
            Some(CellMeaning::Position(Some(position))) => strangers.contains(position),
            _ => false,
        };
        let main: BTreeSet<Position> = counts.keys().copied().filter(|number| !strangers.contains(number)).collect();
        let far: Vec<(&String, SeenCell)> =
            cells.iter().filter(|(cell, _)| is_far(cell)).map(|(cell, seen)| (cell, *seen)).collect();
        let Some((_, at)) = far.first().copied() else { return };
        let first = strangers.first().copied().unwrap_or(Position(0));
        let times: usize = far.iter().map(|(_, seen)| seen.count).sum();
        let (low, high) = (main.first().copied().unwrap_or(Position(0)), main.last().copied().unwrap_or(Position(0)));
        let name = self.issues[issue].name.clone();
        let (is, are) = if zero.is_some() { ("may be no answer", "may be no answers") } else { ("is far", "are far") };
        let from = if zero.is_some() { "beside" } else { "from" };
        let what = format!(
            "{} in {} {} {from} the other positions on {name}, which are {low} to {high}",
            shown(&far),
            many(times, "cell"),
            if far.len() == 1 { is } else { are }
        );
        let hint = format!(
            "if it means \"no position\": --no-position \"{}\"; if it is a slip, correct the sheet; if it is a level, name all of them: \
             --levels \"{name}={},{}\"",
            far.iter().map(|(cell, _)| cell.as_str()).collect::<Vec<_>>().join(","),
            low.0.min(first.0),
            if zero.is_some() { high.0.to_string() } else { "…".to_owned() }
        );
        self.problems.push(sources[at.source].grid.fault(at.row, at.column, what, hint));
        for (cell, _) in &far {
            meanings.insert((*cell).clone(), CellMeaning::Fault);
        }
        self.issues[issue].seen.retain(|position| !strangers.contains(position));
    }

    /// Cells that are taken as not read although they hold something.
    pub(super) fn tell_not_read(&mut self, issue: usize, cells: &SeenCells, meanings: &HashMap<String, CellMeaning>) {
        let silent: Vec<(&String, SeenCell)> = cells
            .iter()
            .filter(|(cell, _)| !cell.is_empty() && meanings.get(*cell) == Some(&CellMeaning::NotRead))
            // Its own fault says what it is.
            .filter(|(cell, _)| clean::damage(cell) != Some(Damage::ErrorCell))
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

/// How to name numbers that are not whole in their order, as the end of a hint. Empty if they are too many for a scale.
/// A list that leaves a cell out would give it no place, or a wrong one.
fn numbers_in_order(name: &str, cells: &SeenCells, unknown: &[(&String, SeenCell)]) -> String {
    if unknown.iter().any(|(cell, _)| scale::decimal(cell).is_none()) {
        return String::new();
    }
    let mut numbers: Vec<(f64, &str)> =
        cells.keys().filter_map(|cell| Some((scale::decimal(cell)?, cell.trim()))).collect();
    numbers.sort_by(|a, b| a.0.total_cmp(&b.0));
    numbers.dedup_by(|a, b| a.0 == b.0);
    // A comma separates the levels.
    let shown: Vec<String> = numbers.iter().map(|(_, cell)| cell.replace(',', ".")).collect();
    if (2..=scale::MANY_LEVELS).contains(&shown.len()) {
        format!("; or name them all in their order: --levels \"{name}={}\"", shown.join(","))
    } else {
        String::new()
    }
}

/// All levels of an issue and the new words, in an order if their words have one.
fn longer_list(known: &Issue, cells: &[(&String, SeenCell)]) -> String {
    let old = known.levels.iter().map(|level| level.words.clone());
    let all: Vec<String> = old.chain(cells.iter().map(|(cell, _)| (*cell).clone())).collect();
    scale::sorted(&all).map_or("LOWEST,…,HIGHEST".to_owned(), |sorted| sorted.join(","))
}

/// The number of the level that a word may mean, as an example.
fn nearest(known: &Issue, word: &str) -> i32 {
    let side = scale::side(word);
    let same_side = |level: &&crate::codebook::Level| side.is_some() && scale::side(&level.words) == side;
    if let Some(level) = known.levels.iter().find(same_side) {
        return level.position.0;
    }
    let likeness = |words: &str| strsim::normalized_levenshtein(&words.to_lowercase(), &word.to_lowercase());
    let best = known.levels.iter().max_by(|a, b| likeness(&a.words).total_cmp(&likeness(&b.words)));
    best.map_or(0, |level| level.position.0)
}
