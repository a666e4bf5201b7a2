//! Columns of positions by several coders: `Coder A` and `Coder B`, `tram_anna` and `tram_ben`.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use crate::codebook::Codebook;
use crate::import::column::{ColumnUse, bare_header, is_counted, is_frame, named};
use crate::import::pattern;
use crate::import::recognise::people::{self, HeaderOf, person};
use crate::import::recognise::{Finder, KnownBy};
use crate::import::scale::{self, Entry};
use crate::import::settings::ImportSettings;
use crate::label::ADJUDICATED;
use crate::words::listed;

/// What a header says of a column of one coder.
#[derive(Debug, Clone, PartialEq, Eq)]
struct CoderHeader {
    /// The coder: `Coder A`, or the name behind the word.
    coder: String,
    /// Whether it is a number or a letter, which is no other thing.
    is_numbered: bool,
    /// What the rest of the header names; `None` if there is no rest.
    issue: Option<String>,
}

/// Words for people who code, and for what they do.
const CODERS: &str = "coder|rater|annotator|coding|labell?er|judge|kodierer(?:in)?|codierer(?:in)?|kodierung|codierung|\
                      codeur|codeuse|annotateur|annotatrice|codage|codificadora?|anotadora?|codificaci[oó]n|\
                      кодувальник|кодування|кодировщик|кодировка|кодер|анотатор|аннотатор|koder|kodowanie|anotator";

static NUMBERED: LazyLock<Regex> = LazyLock::new(|| {
    let text = format!(r"(?i)(?:^|[^\p{{L}}])((?:{CODERS})(?:[\s_.#-]*\d{{1,2}}|[\s_.#-]+\p{{L}}))(?:$|[^\p{{L}}\d])");
    pattern(&text)
});
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    let text = format!(r"(?i)^(?:{CODERS})[\s_.:#-]+\(?(\p{{L}}{{2,20}})\)?$");
    pattern(&text)
});

/// What a header says of its coder. `None` if it names none.
fn coder_in(header: &str) -> Option<CoderHeader> {
    // `coderA` is 2 words.
    let mut spaced = String::with_capacity(header.len() + 2);
    for c in header.chars() {
        if c.is_uppercase() && spaced.ends_with(char::is_lowercase) {
            spaced.push(' ');
        }
        spaced.push(c);
    }
    if let Some(parts) = NUMBERED.captures(&spaced) {
        let coder = parts.get(1)?;
        let rest = format!("{} {}", &spaced[..coder.start()], &spaced[coder.end()..]);
        let rest = rest.replace(['_', '(', ')', '[', ']'], " ");
        let rest = rest.trim_matches(|c: char| !c.is_alphanumeric());
        let is_own = |word: &&str| word.contains(char::is_alphabetic) && !is_frame(word);
        let words: Vec<&str> = rest.split_whitespace().collect();
        let issue = words.iter().any(is_own).then(|| words.join(" "));
        let coder = coder.as_str().replace(['_', '.', '#', '-'], " ");
        // `Rater1` is 2 words.
        let name = coder.trim_end_matches(|c: char| c.is_ascii_digit());
        let coder = format!("{name} {}", &coder[name.len()..]);
        let coder = coder.split_whitespace().collect::<Vec<_>>().join(" ");
        return Some(CoderHeader { coder, is_numbered: true, issue });
    }
    let name = NAMED.captures(&spaced)?[1].to_owned();
    // `Coder position` and `Coder notes` are no names.
    named(&name).is_empty().then_some(CoderHeader { coder: name, is_numbered: false, issue: None })
}

/// How a header may hold the name of a coder beside that of an issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Split {
    /// `tram_anna`
    Behind,
    /// `anna_tram`
    Before,
    /// `Tram (Anna)`, `Tram: Anna`, `Tram - Anna`, `Tram Anna`, `tram.anna`, `Tram 1`, `tram1`
    Loose,
    /// `Anna: Tram`, `Anna - Tram`, `Anna Tram`
    LooseBefore,
    /// `Anna's label`
    Owner,
}

/// What stands between the name of an issue and that of a coder.
const BETWEEN: [&str; 6] = [": ", " - ", " – ", " — ", ".", " "];

impl Split {
    /// The shared and the own part of a header.
    fn parts(self, header: &str) -> Option<(&str, &str)> {
        let (shared, own) = match self {
            Split::Behind => header.rsplit_once('_')?,
            Split::Before => header.split_once('_').map(|(own, shared)| (shared, own))?,
            Split::Loose => match header.trim_end().strip_suffix([')', ']']) {
                Some(inside) => inside.rsplit_once(['(', '['])?,
                None => BETWEEN.iter().find_map(|mark| header.rsplit_once(mark)).or_else(|| {
                    let stem = header.trim_end_matches(|c: char| c.is_ascii_digit());
                    Some((stem, &header[stem.len()..]))
                })?,
            },
            Split::LooseBefore => {
                BETWEEN.iter().find_map(|mark| header.split_once(mark)).map(|(own, shared)| (shared, own))?
            }
            Split::Owner => {
                let (own, shared) = header.split_once(['\'', '’'])?;
                let shared = shared.strip_prefix('s').unwrap_or(shared).strip_prefix(' ')?;
                // `Women's rights` are an issue.
                let is_work = OF_POSITIONS.contains(&bare_header(shared).as_str());
                Some((shared, own)).filter(|_| is_work || person(own) == Some(HeaderOf::Name))?
            }
        };
        let (shared, own) = (shared.trim(), own.trim());
        let is_name = |text: &str| text.chars().any(char::is_alphabetic);
        let is_number = !own.is_empty() && own.len() <= 2 && own.bytes().all(|byte| byte.is_ascii_digit());
        (is_name(shared) && (is_name(own) || is_number)).then_some((shared, own))
    }

    /// Whether the own part of a header may be a person: a name, initials, a letter or a number, and no word of the
    /// language. What stands between brackets or behind a colon is apart, whatever it is.
    fn may_be_person(self, header: &str, own: &str) -> bool {
        let is_apart = header.trim_end().ends_with([')', ']']) || BETWEEN[..5].iter().any(|mark| header.contains(mark));
        let one_word = !own.contains(char::is_whitespace);
        let short = own.chars().count() <= 2;
        let is_round = own.strip_prefix(['r', 'R', 'c', 'C']).is_some_and(|rest| rest.parse::<u8>().is_ok());
        // `Old town` and `New town` are places.
        let is_named = match person(own) {
            Some(HeaderOf::Name) => true,
            Some(HeaderOf::Round) => !matches!(self, Split::LooseBefore | Split::Before),
            _ => false,
        };
        // Each header begins with a capital: `Anna Tram` may hold a name, and `Carbon tax` does not.
        let begins = |text: &str| text.chars().next().is_some_and(char::is_uppercase);
        let rest = header.trim_start().strip_prefix(own).unwrap_or("").trim_start();
        let capital = begins(own) && (!matches!(self, Split::LooseBefore) || begins(rest));
        one_word && (is_apart || short || is_round || capital) || is_named || self == Split::Owner
    }
}

/// Words before a number that name no issue, but the place of a question among others: `Q1`, `Item 2`.
const OF_QUESTIONS: [&str; 14] = [
    "q",
    "question",
    "item",
    "issue",
    "topic",
    "claim",
    "frage",
    "thema",
    "issue no",
    "theme",
    "sujet",
    "pregunta",
    "питання",
    "вопрос",
];

/// Words for positions that name no issue.
const OF_POSITIONS: [&str; 17] = [
    "stance",
    "stances",
    "position",
    "positions",
    "score",
    "scores",
    "code",
    "codes",
    "coding",
    "label",
    "labels",
    "labelling",
    "rating",
    "ratings",
    "view",
    "opinion",
    "pos",
];

impl Finder<'_> {
    /// Whether each coder has a column, so that the issue of a row is that of all of them.
    pub(super) fn has_coders(&self) -> bool {
        let mut known = self.uses.iter().flatten().map(|(usage, _)| usage);
        known.any(|usage| matches!(usage, ColumnUse::PositionBy { issue: None, .. }))
    }

    /// Columns whose headers name a coder and whose cells are positions: one issue, read by each of them.
    pub(super) fn of_coders(&mut self) {
        let holds = |column: &usize| {
            let profile = &self.profiles[*column];
            profile.is_positions() || profile.is_small_numbers() || profile.is_mostly_known_words()
        };
        let of_header = |column: usize| Some((column, coder_in(&self.names[column])?));
        let found: Vec<(usize, CoderHeader)> = self.free().filter(holds).filter_map(of_header).collect();
        let found: Vec<(usize, CoderHeader)> = found
            .into_iter()
            .filter(|(_, header)| header.issue.as_ref().is_none_or(|issue| !is_counted(issue)))
            .collect();
        // The same number in each row is that of a person.
        let varies = |(column, _): &(usize, CoderHeader)| self.profiles[*column].distinct > 1;
        if !found.iter().any(varies) {
            return;
        }
        let names = found.iter().filter(|(_, header)| !header.is_numbered).count();
        for (column, CoderHeader { coder, is_numbered, issue }) in found {
            if is_numbered || names > 1 {
                self.take(column, ColumnUse::PositionBy { issue, coder }, KnownBy::ItsName);
            }
        }
    }

    /// The issue of columns whose headers name nothing but a coder: the only one of the codebook, or a fault.
    pub(super) fn issue_of_coders(&mut self, settings: &ImportSettings, codebook: Option<&Codebook>) {
        let is_open = |column: &usize| {
            matches!(&self.uses[*column], Some((ColumnUse::PositionBy { issue: None, .. }, KnownBy::ItsName)))
        };
        let open: Vec<usize> = (0..self.names.len()).filter(is_open).collect();
        if open.is_empty() || settings.issue.is_some() || self.is_used(&ColumnUse::Issue) {
            return;
        }
        if let Some([only]) = codebook.map(|codebook| &codebook.issues[..]) {
            for column in open {
                if let Some((ColumnUse::PositionBy { issue, .. }, _)) = &mut self.uses[column] {
                    *issue = Some(only.id.clone());
                }
            }
            return;
        }
        let names: Vec<String> = open.iter().map(|column| format!("`{}`", self.names[*column])).collect();
        let what = format!(
            "{} hold the positions of {} on an issue that nothing names",
            listed(names.iter().map(String::as_str)),
            if open.len() == 1 { "a coder" } else { "coders" }
        );
        self.problems.push(self.grid.fault(self.header, open[0], what, "name the issue with --issue NAME"));
    }

    /// `tram_anna` and `tram_ben` may be the trams, read by Anna and by Ben, or 2 issues. Only a person knows.
    pub(super) fn by_coder(&mut self, free: &[usize]) {
        let may = |column: &usize| self.profiles[*column].may_be_positions() && !is_counted(&self.names[*column]);
        // Beside numbers with signs or words of levels, numbers from 1 on may be anything.
        let no_signs = !free.iter().any(|column| self.profiles[*column].is_positions());
        let mut undecided: Vec<(String, Vec<(usize, String)>)> = Vec::new();
        let mut by_agreement: Vec<Vec<usize>> = Vec::new();
        for split in [Split::Owner, Split::Behind, Split::Before, Split::Loose, Split::LooseBefore] {
            let mut groups: Vec<(String, Vec<(usize, String)>)> = Vec::new();
            for column in free.iter().copied().filter(may) {
                let Some((shared, own)) = split.parts(&self.names[column]) else { continue };
                match groups.iter_mut().find(|(other, _)| *other == bare_header(shared)) {
                    Some((_, columns)) => columns.push((column, own.to_owned())),
                    None => groups.push((bare_header(shared), vec![(column, own.to_owned())])),
                }
            }
            let owns = |columns: &[(usize, String)]| {
                columns.iter().map(|(_, own)| own.to_lowercase()).collect::<BTreeSet<String>>()
            };
            let all: Vec<BTreeSet<String>> = groups.iter().map(|(_, columns)| owns(columns)).collect();
            groups.retain(|(shared, columns)| {
                let of_positions = OF_POSITIONS.contains(&shared.as_str());
                let loose = matches!(split, Split::Loose | Split::LooseBefore);
                let is_person = |(column, own): &(usize, String)| split.may_be_person(&self.names[*column], own);
                // The same words behind 2 stems are hardly those of 4 issues.
                let again = all.iter().filter(|other| **other == owns(columns)).count() > 1;
                let people = again || columns.iter().all(is_person);
                let may = columns.len() > 1
                    && !columns.iter().any(|(_, own)| OF_POSITIONS.contains(&bare_header(own).as_str()))
                    && !OF_QUESTIONS.contains(&shared.as_str())
                    && columns.iter().any(|(column, _)| self.holds_positions(*column, no_signs))
                    && !undecided.iter().any(|(_, known)| known.iter().any(|(column, _)| *column == columns[0].0));
                if !may {
                    return false;
                }
                // `Position (Trams)` names the issue behind the word, unless the cells are nearly the same. Issues with a
                // word in common have more cells in common than others.
                let asked = if of_positions {
                    let names_one = |own: &str| matches!(person(own), Some(HeaderOf::Name | HeaderOf::Round));
                    split == Split::Owner
                        || self.agree(columns, 60)
                        || columns.iter().all(|(_, own)| own.chars().count() == 1 || names_one(own))
                } else if loose {
                    people || self.agree(columns, 75)
                } else {
                    !columns.iter().any(|(column, _)| self.uses[*column].is_some()) || people || self.agree(columns, 75)
                };
                // Questions of a survey are on such scales, and have words in common.
                let surveyed = |(column, _): &(usize, String)| {
                    !self.profiles[*column].is_positions() && self.uses[*column].is_none()
                };
                let is_number = |own: &str| own.bytes().all(|byte| byte.is_ascii_digit());
                let is_someone = |(_, own): &(usize, String)| person(own).is_some() || is_number(own);
                let asked = asked
                    && (!columns.iter().all(surveyed) || columns.iter().all(is_someone) || self.agree(columns, 75));
                // If no row has both, these are hardly 2 people who read the same.
                let apart = asked && !again && self.take_turns(columns);
                if apart || (!asked && of_positions) {
                    by_agreement.push(columns.iter().map(|(column, _)| *column).collect());
                }
                asked && !apart
            });
            undecided.extend(groups);
        }
        by_agreement.retain(|columns| {
            let asked = undecided.iter().flat_map(|(_, columns)| columns);
            !asked.clone().any(|(column, _)| columns.contains(column))
        });
        for columns in by_agreement {
            self.taken_as_issues(&columns);
        }
        for (shared, columns) in undecided {
            self.one_or_several(&shared, columns);
        }
    }

    /// Whether a column has positions: by what it holds, or by its name. Without signs, a usual scale from 1 on counts.
    fn holds_positions(&self, column: usize, no_signs: bool) -> bool {
        let profile = &self.profiles[column];
        profile.is_positions() || self.uses[column].is_some() || (no_signs && profile.is_ratings())
    }

    /// Says that columns such as `Position (Tram)` and `Position (Bus)` are taken as issues.
    fn taken_as_issues(&mut self, columns: &[usize]) {
        let names: Vec<String> = columns.iter().map(|column| format!("`{}`", self.names[*column])).collect();
        let what = format!("{} are taken as several issues", listed(names.iter().map(String::as_str)));
        let hint = format!(
            "if they are one issue read by several coders: --map \"{}=position:ISSUE@CODER\", and so on",
            self.names[columns[0]]
        );
        self.problems.push(self.grid.warning(self.header, columns[0], what, hint));
    }

    /// Whether each 2 columns that follow each other have the same cells in so many percent of their rows, as those of 2
    /// coders have.
    fn agree(&self, columns: &[(usize, String)], percent: usize) -> bool {
        const FEWEST: usize = 4;
        self.agree_in(columns, percent, FEWEST)
    }

    /// The same, if so many rows have both.
    fn agree_in(&self, columns: &[(usize, String)], percent: usize, fewest: usize) -> bool {
        columns.windows(2).all(|pair| {
            let cells = |row: &usize| [pair[0].0, pair[1].0].map(|column| scale::read(self.grid.cell(*row, column)));
            let both = self.rows.iter().map(cells).filter(|cells| cells.iter().all(|cell| *cell != Entry::Nothing));
            let (same, other): (Vec<_>, Vec<_>) = both.partition(|cells| cells[0] == cells[1]);
            let all = same.len() + other.len();
            all >= fewest && same.len() * 100 >= all * percent
        })
    }

    /// Whether each 2 columns that follow each other are hardly ever filled in the same row.
    fn take_turns(&self, columns: &[(usize, String)]) -> bool {
        const FEWEST: usize = 4;
        columns.windows(2).all(|pair| {
            let is_filled = |column: usize, row: usize| scale::read(self.grid.cell(row, column)) != Entry::Nothing;
            let filled = self.rows.iter().map(|row| (is_filled(pair[0].0, *row), is_filled(pair[1].0, *row)));
            let any = filled.clone().filter(|(first, second)| *first || *second).count();
            let both = filled.filter(|(first, second)| *first && *second).count();
            any >= FEWEST && both * 10 <= any
        })
    }

    /// The fault of columns that may be one issue by several coders, or several issues.
    fn one_or_several(&mut self, shared: &str, columns: Vec<(usize, String)>) {
        let names: Vec<String> = columns.iter().map(|(column, _)| format!("`{}`", self.names[*column])).collect();
        let is_named = !OF_POSITIONS.contains(&shared);
        let issue = if is_named { shared } else { "ISSUE" };
        // What they agreed on is nobody's label alone.
        let is_agreed = |column: &usize| {
            let open = match &self.uses[*column] {
                None => self.profiles[*column].may_be_positions(),
                Some((usage, by)) => *usage == ColumnUse::PositionOn(None) && *by != KnownBy::You,
            };
            open && people::is_agreed(&self.names[*column], shared) && !columns.iter().any(|(known, _)| known == column)
        };
        let agreed: Vec<usize> = (0..self.names.len()).filter(is_agreed).collect();
        let of_agreed = agreed.iter().map(|column| (*column, ADJUDICATED.to_owned()));
        let all: Vec<(usize, String)> = columns.iter().cloned().chain(of_agreed).collect();
        let flag =
            |(column, own): &(usize, String)| format!("--map \"{}=position:{issue}@{own}\"", self.names[*column]);
        let one = if is_named { format!("one issue, `{shared}`,") } else { "one issue".to_owned() };
        let what = format!(
            "{} may be {one} read by several coders, or several issues",
            listed(names.iter().map(String::as_str))
        );
        let hint = format!(
            "if they are people who read it: {}; if they are issues: {}",
            all.iter().map(flag).collect::<Vec<_>>().join(" "),
            all.iter()
                .map(|(column, _)| format!("--map \"{}=position\"", self.names[*column]))
                .collect::<Vec<_>>()
                .join(" ")
        );
        self.problems.push(self.grid.fault(self.header, columns[0].0, what, hint));
        // All are named in one fault.
        for (column, _) in all {
            self.take(column, ColumnUse::PositionOn(None), KnownBy::Nothing);
        }
    }

    /// Columns of positions whose headers are names of people, initials or rounds, or whose cells are nearly the same:
    /// one issue, read by several people, or several issues.
    pub(super) fn people_or_issues(&mut self) {
        let is_open = |column: &usize| {
            let by_header = matches!(self.uses[*column], Some((_, KnownBy::ItsName | KnownBy::WhatItHolds)));
            by_header && matches!(self.uses[*column], Some((ColumnUse::PositionOn(None), _)))
        };
        let open: Vec<usize> = (0..self.names.len()).filter(is_open).collect();
        let of = |kind: HeaderOf| -> Vec<(usize, String)> {
            let all = open.iter().copied().filter(|column| person(&self.names[*column]) == Some(kind));
            all.map(|column| (column, self.names[column].clone())).collect()
        };
        let single = |columns: &[(usize, String)]| columns.iter().all(|(_, name)| name.chars().count() == 1);
        let (names, initials, rounds) = (of(HeaderOf::Name), of(HeaderOf::Initials), of(HeaderOf::Round));
        let mixed: Vec<(usize, String)> = names.iter().chain(&initials).cloned().collect();
        let asked = if rounds.len() > 1 {
            rounds
        } else if mixed.len() > 1 && !names.is_empty() && (names.len() > 1 || self.are_near(&mixed)) {
            mixed
        } else if initials.len() > 1 && (single(&initials) || self.are_near(&initials)) {
            initials
        } else {
            self.nearly_same(&open)
        };
        if asked.len() > 1 && !self.take_turns(&asked) {
            self.one_or_several(OF_POSITIONS[0], asked);
        }
    }

    /// The first columns that have the same cells in nearly all rows. Issues of one camp go together, too: the fewer the
    /// levels, the more must be the same.
    fn nearly_same(&self, open: &[usize]) -> Vec<(usize, String)> {
        const LEVELS: usize = 4;
        let named = |column: usize| (column, self.names[column].clone());
        // `Okafor` and `Kim Nowak` may be people. `Rent cap` is none.
        let may_be_name = |column: usize| {
            let words: Vec<&str> = self.names[column].split_whitespace().collect();
            let is_name = |word: &&str| word.starts_with(char::is_uppercase) && word.chars().all(char::is_alphabetic);
            (1..=3).contains(&words.len()) && words.iter().all(is_name)
        };
        let same = |first: usize, second: usize| {
            let levels = [first, second].map(|column| self.levels_of(column));
            let (rows, percent) = if levels.iter().all(|count| *count >= LEVELS) { (8, 80) } else { (16, 97) };
            let may_be_names = may_be_name(first) && may_be_name(second);
            may_be_names
                && levels.iter().all(|count| *count > 1)
                && self.agree_in(&[named(first), named(second)], percent, rows)
        };
        for (nth, first) in open.iter().enumerate() {
            let others = open[nth + 1..].iter().copied().filter(|second| same(*first, *second));
            let group: Vec<(usize, String)> = std::iter::once(*first).chain(others).map(named).collect();
            if group.len() > 1 {
                return group;
            }
        }
        Vec::new()
    }

    /// How many different positions a column has.
    fn levels_of(&self, column: usize) -> usize {
        self.profiles[column].numbers.len().max(self.profiles[column].words.len())
    }

    /// Whether each 2 columns that follow each other have numbers that are near in the rows that have both, as those of 2
    /// people who read the same are: on average less than a fifth of the scale apart.
    fn are_near(&self, columns: &[(usize, String)]) -> bool {
        const FEWEST: usize = 3;
        let numbers = columns
            .iter()
            .flat_map(|(column, _)| self.profiles[*column].numbers.iter().map(|number| i64::from(number.0)));
        let (low, high) = numbers.fold((i64::MAX, i64::MIN), |(low, high), number| (low.min(number), high.max(number)));
        if low > high {
            return self.agree_in(columns, 60, FEWEST);
        }
        columns.windows(2).all(|pair| {
            let number = |row: usize, column: usize| {
                scale::number(self.grid.cell(row, column)).map(|number| i64::from(number.0))
            };
            let both = self.rows.iter().filter_map(|row| Some((number(*row, pair[0].0)?, number(*row, pair[1].0)?)));
            let gaps: Vec<i64> = both.map(|(one, other)| (one - other).abs()).collect();
            gaps.len() >= FEWEST && gaps.iter().sum::<i64>() * 5 <= (high - low) * gaps.len() as i64
        })
    }

    /// A column of positions beside those of coders: what they agreed on, or nobody knows whose.
    pub(super) fn beside_coders(&mut self) {
        let of_coders: Vec<Option<String>> = (0..self.uses.len())
            .filter_map(|column| match &self.uses[column] {
                Some((ColumnUse::PositionBy { issue, .. }, KnownBy::ItsName)) => Some(issue.clone()),
                _ => None,
            })
            .collect();
        let Some(first) = of_coders.first().cloned() else { return };
        let is_open = |column: &usize| match &self.uses[*column] {
            Some((ColumnUse::PositionOn(None), by)) => *by != KnownBy::You,
            None => self.profiles[*column].may_be_positions() && self.profiles[*column].filled > 0,
            _ => false,
        };
        let is_bare = |column: &usize| bare_header(&self.names[*column]).split(' ').all(is_frame);
        for column in (0..self.uses.len()).filter(is_open).collect::<Vec<usize>>() {
            let name = self.names[column].clone();
            if of_coders.iter().any(|issue| people::is_agreed(&name, issue.as_deref().unwrap_or(""))) {
                let mut own = of_coders.iter().flatten();
                let of_header = own.find(|issue| bare_header(&name).contains(&bare_header(issue))).cloned();
                let issue = of_header.or_else(|| first.clone());
                self.take(column, ColumnUse::PositionBy { issue, coder: ADJUDICATED.to_owned() }, KnownBy::ItsName);
                let what = format!("`{name}` is taken as what settles where the coders differ");
                let hint = format!(
                    "if it is no more than a coder's own: --map \"{name}=position@NAME\"; if it is not meant: --map \"{name}=ignore\""
                );
                self.problems.push(self.grid.warning(self.header, column, what, hint));
            } else if is_bare(&column) && self.uses[column].is_some() && first.is_none() {
                let what = format!("`{name}` holds positions beside those of coders, and nothing says whose they are");
                let hint = format!(
                    "if they settle where the coders differ: --map \"{name}=position@{ADJUDICATED}\"; if they are of one more \
                     coder: --map \"{name}=position@NAME\"; if they are not meant: --map \"{name}=ignore\""
                );
                self.problems.push(self.grid.fault(self.header, column, what, hint));
                self.take(column, ColumnUse::Ignore, KnownBy::Nothing);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coders_are_found_in_headers() {
        for (header, coder, issue) in [
            ("Coder A", "Coder A", None),
            ("coder_1", "coder 1", None),
            ("Rater1", "Rater 1", None),
            ("coderB", "coder B", None),
            ("Kodierer 2", "Kodierer 2", None),
            ("Coding 1", "Coding 1", None),
            ("Trams (coder 1)", "coder 1", Some("Trams")),
            ("coder_1_tram", "coder 1", Some("tram")),
            ("Position coder 2", "coder 2", None),
            ("Coder: Anna", "Anna", None),
        ] {
            let found = coder_in(header).unwrap_or_else(|| panic!("{header}"));
            assert_eq!((found.coder.as_str(), found.issue.as_deref()), (coder, issue), "{header}");
        }
        for header in
            ["Coder", "coders", "Coder comment", "Coder position", "Tram", "Encoder 1", "Coder confidence level"]
        {
            assert_eq!(coder_in(header), None, "{header}");
        }
    }
}
