//! What files of coding tools have in common: texts, and codes that people gave to them. Codes become positions on
//! issues here, and everything becomes one table with a row per label.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::codebook::Codebook;
use crate::error::Problem;
use crate::import::column::{ColumnUse, bare_header};
use crate::import::grid::{CellKind, Grid, GridPlaces};
use crate::import::scale::{self, Entry};
use crate::import::settings::{CodeUse, ImportSettings};
use crate::words::{listed, many};

/// What a file of a coding tool holds.
#[derive(Debug, Default)]
pub struct Codings {
    /// The names of what the file says about its texts, such as `text`, `date`, `speaker`.
    pub columns: Vec<(String, Option<ColumnUse>)>,
    /// The texts.
    pub units: Vec<CodedUnit>,
    /// What people said about them.
    pub marks: Vec<CodedMark>,
    /// The questions with one answer, by the path of codes above their answers: their answers are levels, whatever
    /// they are called.
    pub questions: BTreeSet<Vec<String>>,
    /// What was done or lost, one line each.
    pub notes: Vec<String>,
    /// Who labelled where nothing in the file says it, if the name of the file does.
    pub member: Option<String>,
}

/// A text of a coding tool.
#[derive(Debug, Default)]
pub struct CodedUnit {
    /// Where it is in the file, in words: `task 3`.
    pub place: String,
    /// Its line, or its number from 1.
    pub line: usize,
    /// What the file says about it, by the places in [`Codings::columns`].
    pub cells: BTreeMap<usize, String>,
}

/// What one person said about one text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodedMark {
    /// The text, by its place in [`Codings::units`].
    pub unit: usize,
    /// Who; `None` if the file does not say it.
    pub coder: Option<String>,
    /// What.
    pub answer: CodedAnswer,
    /// Why, if the file says it.
    pub rationale: String,
}

/// What somebody said about a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CodedAnswer {
    /// A code, from the outermost category to the code itself.
    Code(Vec<String>),
    /// It was read and takes no code: of this question, or of any if it is `None`.
    Nothing(Option<Vec<String>>),
}

/// A code of a file, and what it is taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedCode {
    /// The code, with the categories above it: `tram/-2 Against`.
    pub code: String,
    /// What it is taken for.
    pub usage: CodeUse,
    /// Whether a person said so.
    pub by_you: bool,
    /// How often it was given.
    pub count: usize,
}

/// A code of a file before it is known what it means.
enum Guess {
    Is(CodeUse, bool),
    /// A level, of an issue that nothing names.
    LevelOfSomething,
}

impl Codings {
    /// The place of a column, which is added if it is new.
    pub fn column(&mut self, name: &str) -> usize {
        self.columns.iter().position(|(known, _)| known == name).unwrap_or_else(|| {
            self.columns.push((name.to_owned(), None));
            self.columns.len() - 1
        })
    }

    /// The place of a column that the format itself gives a meaning.
    pub fn meant(&mut self, name: &str, usage: ColumnUse) -> usize {
        let place = self.column(name);
        self.columns[place].1 = Some(usage);
        place
    }

    /// All of it as one table with a row per label, and what its codes are taken for.
    pub fn table(
        mut self,
        path: &Path,
        what: &'static str,
        settings: &ImportSettings,
        codebook: Option<&Codebook>,
        problems: &mut Vec<Problem>,
    ) -> (Grid, Vec<PlacedCode>) {
        let placed = self.placed(path, settings, codebook, problems);
        let uses: BTreeMap<&str, &CodeUse> = placed.iter().map(|code| (code.code.as_str(), &code.usage)).collect();
        let issues: BTreeSet<String> =
            placed.iter().filter_map(|code| Some(code.usage.level()?.0.to_owned())).collect();
        // The answers of each text, and the codes that are no positions.
        let mut answers: BTreeMap<(usize, String, String), Vec<(String, String)>> = BTreeMap::new();
        let mut kept: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
        for mark in &self.marks {
            let coder = mark.coder.clone().unwrap_or_default();
            let mut add = |issue: &str, level: &str| {
                let all = answers.entry((mark.unit, coder.clone(), issue.to_owned())).or_default();
                if all.iter().all(|(other, _)| other != level) {
                    all.push((level.to_owned(), mark.rationale.clone()));
                }
            };
            match &mark.answer {
                CodedAnswer::Code(code) => {
                    let code = joined(code);
                    match uses.get_key_value(code.as_str()) {
                        Some((_, CodeUse::Level { issue, level })) => add(issue, level),
                        Some((_, CodeUse::NoPosition { issue })) => add(issue, NO_POSITION),
                        Some((code, CodeUse::Keep)) => drop(kept.entry(mark.unit).or_default().insert(*code)),
                        Some((_, CodeUse::Ignore)) | None => {}
                    }
                }
                CodedAnswer::Nothing(Some(question)) => {
                    let asked: BTreeSet<&str> = placed
                        .iter()
                        .filter(|code| {
                            code.code.strip_prefix(&joined(question)).is_some_and(|rest| rest.starts_with('/'))
                        })
                        .filter_map(|code| Some(code.usage.level()?.0))
                        .collect();
                    // Nobody chose an answer in this file. Another file, or the codebook, knows the levels.
                    let unanswered = asked.is_empty() && self.questions.contains(question);
                    if let Some(issue) = question.last().filter(|_| unanswered) {
                        add(issue, NO_POSITION);
                    }
                    asked.into_iter().for_each(|issue| add(issue, NO_POSITION));
                }
                CodedAnswer::Nothing(None) => issues.iter().for_each(|issue| add(issue, NO_POSITION)),
            }
        }
        let kept: BTreeMap<usize, String> =
            kept.into_iter().map(|(unit, codes)| (unit, codes.into_iter().collect::<Vec<_>>().join("; "))).collect();
        let coded = if kept.is_empty() { None } else { Some(self.column("codes")) };
        for (unit, codes) in kept {
            if let Some(place) = coded {
                self.units[unit].cells.insert(place, codes);
            }
        }
        let mut grid = self.empty_grid(path, what);
        let mut rows: BTreeMap<usize, Vec<[String; 4]>> = BTreeMap::new();
        for ((unit, coder, issue), mut levels) in answers {
            // A code says more than its absence.
            if levels.len() > 1 {
                levels.retain(|(level, _)| level != NO_POSITION);
            }
            match &levels[..] {
                [(level, rationale)] => {
                    rows.entry(unit).or_default().push([coder, issue, level.clone(), rationale.clone()]);
                }
                _ => {
                    let names: Vec<String> = levels.iter().map(|(level, _)| format!("`{level}`")).collect();
                    let by = if coder.is_empty() { String::new() } else { format!(" by {coder}") };
                    let what = format!(
                        "{} has {} on `{issue}`{by}: {}; none of them is taken",
                        self.units[unit].place,
                        many(names.len(), "level"),
                        listed(names.iter().map(String::as_str))
                    );
                    let hint =
                        "give it one level in the tool; if several people labelled, export a file for each of them";
                    problems.push(Problem::warning(path, None, what, hint));
                }
            }
        }
        let width = self.columns.len();
        for (number, unit) in self.units.iter().enumerate() {
            let none = vec![[const { String::new() }; 4]];
            for label in rows.get(&number).unwrap_or(&none) {
                let cells = (0..width).map(|place| unit.cells.get(&place).map_or("", String::as_str));
                let cells = cells.chain(label.iter().map(String::as_str));
                grid.push(unit.line, cells.map(|cell| (cell, CellKind::Text)));
            }
        }
        (grid, placed)
    }

    /// A table with its header: the columns of the file, then who labelled what.
    fn empty_grid(&self, path: &Path, what: &'static str) -> Grid {
        let labels = [
            ("coder", ColumnUse::Coder),
            ("issue", ColumnUse::Issue),
            ("position", ColumnUse::Position),
            ("rationale", ColumnUse::Rationale),
        ];
        let mut grid = Grid::new(path, GridPlaces::Records { what }, self.columns.len() + labels.len());
        grid.notes.clone_from(&self.notes);
        let names = self.columns.iter().map(|(name, _)| name.as_str()).chain(labels.iter().map(|(name, _)| *name));
        grid.push(0, names.map(|name| (name, CellKind::Text)));
        grid.given = self.columns.iter().map(|(_, usage)| usage.clone()).collect();
        grid.given.extend(labels.into_iter().map(|(_, usage)| Some(usage)));
        grid
    }

    /// What each code of the file is taken for. Codes that nothing places are faults.
    pub fn placed(
        &self,
        path: &Path,
        settings: &ImportSettings,
        codebook: Option<&Codebook>,
        problems: &mut Vec<Problem>,
    ) -> Vec<PlacedCode> {
        let mut counts: BTreeMap<&[String], usize> = BTreeMap::new();
        for mark in &self.marks {
            if let CodedAnswer::Code(code) = &mark.answer {
                *counts.entry(code).or_default() += 1;
            }
        }
        let reader =
            CodeReader { settings, codebook, all: counts.keys().copied().collect(), questions: &self.questions };
        let mut placed = Vec::new();
        let mut open: Vec<String> = Vec::new();
        for (code, count) in counts {
            let (usage, by_you) = match reader.read(code) {
                Guess::Is(usage, by_you) => (usage, by_you),
                Guess::LevelOfSomething => {
                    open.push(joined(code));
                    (CodeUse::Keep, false)
                }
            };
            placed.push(PlacedCode { code: joined(code), usage, by_you, count });
        }
        let shown = |codes: &[String]| {
            let names: Vec<String> = codes.iter().take(8).map(|code| format!("`{code}`")).collect();
            let rest = if codes.len() > 8 { format!(", … ({} in all)", codes.len()) } else { String::new() };
            names.join(", ") + &rest
        };
        let no_level = placed.iter().all(|code| code.usage.level().is_none());
        if !open.is_empty() {
            let what = format!("these codes are levels, and nothing names their issue: {}", shown(&open));
            let hint = format!("name the issue with --issue NAME; or each code, as --code \"{}=ISSUE:LEVEL\"", open[0]);
            problems.push(Problem::fault(path, None, what, hint));
        } else if no_level && !placed.is_empty() && settings.issue.is_none() && codebook.is_none() {
            let codes: Vec<String> = placed.iter().map(|code| code.code.clone()).collect();
            let what = format!("no code of the file is recognised as a position: {}", shown(&codes));
            let hint = format!(
                "say what codes mean, as --code \"{}=ISSUE:LEVEL\"; or name an issue to begin with: --issue NAME",
                codes[0]
            );
            problems.push(Problem::fault(path, None, what, hint));
        }
        placed
    }
}

/// The words that stand for "read, takes no position" in the table.
const NO_POSITION: &str = "no position";

/// A code with the categories above it.
pub fn joined(code: &[String]) -> String {
    code.join("/")
}

/// A code as a path: `tram/-2 Against`, `tram: against`, `tram\against`. A level such as `-2: against` is one code.
pub fn parts(code: &str) -> Vec<String> {
    let code = code.trim();
    if !matches!(scale::read(code), Entry::Words(_)) {
        return vec![code.to_owned()];
    }
    // The first mark decides, and of those at one place the longest.
    const MARKS: [&str; 7] = [" > ", "::", "\\", "/", ":", " | ", "="];
    let first = MARKS.iter().filter_map(|mark| Some((code.find(mark)?, std::cmp::Reverse(mark.len()), *mark))).min();
    if let Some((_, _, mark)) = first {
        // What is behind a colon is a level, whatever marks it has.
        let most = if matches!(mark, ":" | "=") { 2 } else { usize::MAX };
        let parts: Vec<String> = code.splitn(most, mark).map(|part| part.trim().to_owned()).collect();
        if parts.iter().all(|part| !part.is_empty()) {
            return parts;
        }
    }
    vec![code.to_owned()]
}

/// Decides what codes mean.
struct CodeReader<'r> {
    settings: &'r ImportSettings,
    codebook: Option<&'r Codebook>,
    all: Vec<&'r [String]>,
    questions: &'r BTreeSet<Vec<String>>,
}

/// A code as it is compared with what was said of codes: without regard to capitals, spaces and how a sign is written.
/// `+2 Build` is `2 build`, and `-2` is another code.
fn loosely(code: &str) -> String {
    let plain = code.replace('_', " ").replace('\u{2212}', "-").to_lowercase();
    let before_digit = |at: usize| plain[at + 1..].starts_with(|c: char| c.is_ascii_digit());
    let kept: String = plain.char_indices().filter(|(at, c)| *c != '+' || !before_digit(*at)).map(|(_, c)| c).collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl CodeReader<'_> {
    fn read(&self, code: &[String]) -> Guess {
        let whole = joined(code);
        let leaf = code.last().map_or("", String::as_str);
        // Signs count: `tram: -2` is not `tram: 2`, and `tram+` not `tram-`.
        let exact = |name: &str| self.settings.codes.iter().find(|(said, _)| said == name);
        let loose = |name: &str| self.settings.codes.iter().find(|(said, _)| loosely(said) == loosely(name));
        let said = exact(&whole).or_else(|| exact(leaf)).or_else(|| loose(&whole)).or_else(|| loose(leaf));
        if let Some((_, usage)) = said {
            return Guess::Is(usage.clone(), true);
        }
        match code {
            [] => Guess::Is(CodeUse::Keep, false),
            [only] => self.alone(only),
            [above @ .., level] => {
                let issue = self.issue_name(above);
                let siblings =
                    self.all.iter().filter(|other| other.len() == code.len() && other[..above.len()] == *above);
                let scale = siblings.into_iter().all(|other| self.is_level(&issue, &other[above.len()]));
                if !scale && !self.questions.contains(above) {
                    Guess::Is(CodeUse::Keep, false)
                } else if is_none(level) {
                    Guess::Is(CodeUse::NoPosition { issue }, false)
                } else {
                    Guess::Is(CodeUse::Level { issue, level: level.clone() }, false)
                }
            }
        }
    }

    /// The issue of a code with categories above it: the innermost, and as many more as tell it from others.
    fn issue_name(&self, above: &[String]) -> String {
        let last = above.last().map_or("", String::as_str);
        let same = |other: &&&[String]| {
            let other = &other[..other.len() - 1];
            other.last().is_some_and(|name| name == last) && other != above
        };
        if self.all.iter().filter(|other| other.len() > 1).any(|other| same(&other)) {
            joined(above)
        } else {
            last.to_owned()
        }
    }

    /// A code without a category.
    fn alone(&self, code: &str) -> Guess {
        let level = |issue: String| match is_none(code) {
            true => Guess::Is(CodeUse::NoPosition { issue }, false),
            false => Guess::Is(CodeUse::Level { issue, level: code.to_owned() }, false),
        };
        if let Some(issue) = &self.settings.issue {
            return level(issue.clone());
        }
        let of: Vec<&str> = self.codebook.map_or_else(Vec::new, |codebook| {
            let has = |issue: &&crate::codebook::Issue| issue.read(code).is_some() || written_level(issue, code);
            codebook.issues.iter().filter(has).map(|issue| issue.id.as_str()).collect()
        });
        match of[..] {
            [one] => level(one.to_owned()),
            _ if matches!(scale::read(code), Entry::Number(..)) || is_side(code) => Guess::LevelOfSomething,
            _ => Guess::Is(CodeUse::Keep, false),
        }
    }

    fn is_level(&self, issue: &str, level: &str) -> bool {
        let bare = bare_header(issue);
        let known = self.codebook.and_then(|codebook| {
            codebook.issues.iter().find(|known| bare_header(&known.id) == bare || bare_header(&known.name) == bare)
        });
        let ordered = self.settings.level_orders.iter().any(|(name, _)| bare_header(name) == bare);
        let said =
            self.settings.levels.iter().any(|(name, words)| bare_header(name) == bare && words.contains_key(level));
        ordered
            || said
            || known.is_some_and(|known| known.read(level).is_some())
            || matches!(scale::read(level), Entry::Number(..))
            || is_none(level)
            || is_side(level)
    }
}

/// Whether a code is a level with its number before its words: `-2 Against`.
fn written_level(issue: &crate::codebook::Issue, code: &str) -> bool {
    matches!(scale::read(code), Entry::Number(position, Some(words))
        if issue.level(position).is_some_and(|level| bare_header(&level.words) == bare_header(&words)))
}

/// Whether a code is a word whose place on a scale is known. `yes` and `no` answer any question.
fn is_side(code: &str) -> bool {
    scale::is_graded(std::iter::once(code)) && !scale::is_any_answer(code)
}

/// Whether a code says that the text was read and takes no position.
fn is_none(code: &str) -> bool {
    scale::is_no_position(code) || bare_header(code) == "none"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(codes: &[&[&str]]) -> Codings {
        let mut file = Codings::default();
        file.meant("text", ColumnUse::Statement("text"));
        file.units.push(CodedUnit {
            place: "task 1".to_owned(),
            line: 1,
            cells: BTreeMap::from([(0, "We wait".to_owned())]),
        });
        for (number, code) in codes.iter().enumerate() {
            let code = code.iter().map(|part| (*part).to_owned()).collect();
            let coder = Some(format!("coder-{number}"));
            file.marks.push(CodedMark { unit: 0, coder, answer: CodedAnswer::Code(code), rationale: String::new() });
        }
        file
    }

    fn placed(codes: &[&[&str]], settings: &ImportSettings) -> (Vec<String>, usize) {
        let mut problems = Vec::new();
        let (_, placed) = file(codes).table(Path::new("a"), "task", settings, None, &mut problems);
        (placed.iter().map(|code| format!("{} = {}", code.code, code.usage)).collect(), problems.len())
    }

    #[test]
    fn codes_become_positions_if_all_beside_them_do() {
        let plain = ImportSettings::default();
        let (found, faults) = placed(&[&["tram", "-2 Against"], &["tram", "none"], &["tram", "+2 For"]], &plain);
        assert_eq!(found, ["tram/+2 For = tram:+2 For", "tram/-2 Against = tram:-2 Against", "tram/none = tram:none"]);
        assert_eq!(faults, 0);
        let (found, _) = placed(&[&["food", "coke"], &["food", "for"], &["views", "tram", "for"]], &plain);
        assert_eq!(found, ["food/coke = keep", "food/for = keep", "views/tram/for = tram:for"]);
    }

    #[test]
    fn a_level_without_an_issue_names_the_flag() {
        assert_eq!(placed(&[&["-2 Against"]], &ImportSettings::default()).1, 1);
        let issue = ImportSettings { issue: Some("tram".to_owned()), ..ImportSettings::default() };
        assert_eq!(placed(&[&["-2 Against"]], &issue).0, ["-2 Against = tram:-2 Against"]);
        let said = CodeUse::from_word("tram:-1").unwrap();
        let codes = ImportSettings { codes: vec![("wobbly".to_owned(), said)], ..ImportSettings::default() };
        assert_eq!(placed(&[&["wobbly"]], &codes).0, ["wobbly = tram:-1"]);
    }

    #[test]
    fn two_levels_by_one_person_are_no_label() {
        let mut two = file(&[&["tram", "-1"], &["tram", "1"]]);
        two.marks.iter_mut().for_each(|mark| mark.coder = Some("anna".to_owned()));
        let mut problems = Vec::new();
        let (grid, _) = two.table(Path::new("a"), "task", &ImportSettings::default(), None, &mut problems);
        assert!(problems[0].what.contains("task 1 has 2 levels on `tram` by anna"), "{problems:?}");
        assert_eq!((grid.rows(), grid.cell(1, 0), grid.cell(1, 3)), (2, "We wait", ""));
    }

    #[test]
    fn codes_are_split_at_the_marks_that_people_use() {
        for (code, expected) in [
            ("tram/against", vec!["tram", "against"]),
            ("tram: against", vec!["tram", "against"]),
            ("interesting\\places", vec!["interesting", "places"]),
            ("-2: against", vec!["-2: against"]),
            ("Coke::diet", vec!["Coke", "diet"]),
            ("aid: -2 none/never: ever", vec!["aid", "-2 none/never: ever"]),
            ("plain", vec!["plain"]),
            ("/x", vec!["/x"]),
        ] {
            assert_eq!(parts(code), expected, "{code}");
        }
    }
}
