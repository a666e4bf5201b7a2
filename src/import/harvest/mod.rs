//! From the rows of sheets to statements and labels.

pub mod cell;
pub mod name;
mod missing;
mod meaning;
mod damage;
mod date;
mod people;
pub mod row;
mod together;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::codebook::{Codebook, Position};
use crate::date::StatementDate;
use crate::error::Problem;
use crate::import::column::{ColumnUse, bare_header};
use crate::import::day::DateOrder;
use crate::import::grid::Grid;
use crate::import::header::TableBody;
use crate::import::own::OwnTable;
use crate::import::recognise::{Needs, Recognised};
use crate::import::settings::{FileAnswers, ImportSettings};

pub use people::same_person;

use cell::{cleaned, coder_name};
use name::{ComparedNames, issue_id, issue_name, issue_question, issue_words};

/// A sheet with what is known about it.
#[derive(Debug)]
pub struct Source {
    /// Its cells.
    pub grid: Grid,
    /// The row of its header.
    pub header: usize,
    /// What its columns are for.
    pub columns: Vec<Recognised>,
    /// Its rows.
    pub body: TableBody,
    /// Whether it has statements, or labels alone.
    pub needs: Needs,
    /// Which of Stance's own tables it is.
    pub own: Option<OwnTable>,
    /// Rows whose cells are not those of its columns.
    pub torn: BTreeMap<usize, Problem>,
    /// The name of its file, and of the sheet if a person has named one, in `import.toml`.
    pub key: String,
    /// Who labelled, who spoke and on which issue, where its cells do not say it.
    pub answers: FileAnswers,
}

/// A statement of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Which of the sheets.
    pub source: usize,
    /// The row of its first appearance.
    pub row: usize,
    /// Its id, from the sheet or made of its speaker, date and text.
    pub id: String,
    /// Whether the sheet names the id.
    pub id_given: bool,
    /// When it was said. `None` if the sheet has labels alone.
    pub date: Option<StatementDate>,
    /// Who said it, by the place of the name in [`Harvest::speakers`].
    pub speaker: usize,
}

/// A label of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MarkOfSheet {
    /// The statement.
    pub item: usize,
    /// The issue, by its place in [`Harvest::issues`].
    pub issue: usize,
    /// The coder, by the place in [`Harvest::coders`].
    pub coder: usize,
    /// The position; `None` if it takes none.
    pub position: Option<Position>,
    /// Whether the words of another level stand beside it, in a table that Stance wrote.
    pub is_contradicted: bool,
    /// The sheet that says so, which need not be the sheet of the statement.
    pub source: usize,
    /// Its row.
    pub row: usize,
}

/// An issue of the sheets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundIssue {
    /// Its id in the codebook.
    pub id: String,
    /// Its name: the header of its column.
    pub name: String,
    /// Both, as they are compared.
    pub compared: ComparedNames,
    /// The question that it answers, if its header is one.
    pub question: String,
    /// Whether the codebook has it.
    pub is_known: bool,
    /// The words of levels, with their numbers and how often each was seen.
    pub words: BTreeMap<String, (Position, usize)>,
    /// The numbers that were seen.
    pub seen: BTreeSet<Position>,
    /// Whether its words are those of a codebook, and not those of cells as people write them.
    pub exact: bool,
    /// Where the numbers of its levels come from.
    pub numbers: NumbersFrom,
    /// The levels that a person adds to an issue of the codebook, with their words.
    pub added: BTreeMap<Position, String>,
}

impl FoundIssue {
    /// An issue before any of its cells is read.
    #[must_use]
    pub fn new(id: String, name: String, question: String) -> Self {
        let compared = ComparedNames::of(&id, &name);
        let (words, seen, added) = (BTreeMap::new(), BTreeSet::new(), BTreeMap::new());
        let numbers = NumbersFrom::default();
        Self { id, name, compared, question, is_known: false, words, seen, exact: false, numbers, added }
    }
}

/// Where the numbers of levels come from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum NumbersFrom {
    /// The order of words: the levels are the same on both sides of the middle.
    #[default]
    Words,
    /// The sheet, in its cells or beside its words. They are the levels as they are.
    Sheet,
    /// A codebook that stands beside the labels, with all levels.
    Codebook,
}

/// What the sheets hold.
#[derive(Debug, Default)]
pub struct Harvest {
    /// The statements.
    pub items: Vec<Item>,
    /// The labels.
    pub marks: Vec<MarkOfSheet>,
    /// The speakers.
    pub speakers: Vec<String>,
    /// The issues, in the order of their columns.
    pub issues: Vec<FoundIssue>,
    /// The coders.
    pub coders: Vec<String>,
    /// The parts of addresses before the `@` that several coders share.
    pub shared: BTreeSet<String>,
    /// The statements by all that they say.
    pub by_content: HashMap<u64, usize>,
    /// What each different cell says about each issue.
    pub meanings: Vec<HashMap<String, CellMeaning>>,
    /// The sheets whose true dates a spreadsheet may have changed.
    pub dates_are_asked: BTreeSet<usize>,
    /// The order of day and month, if it mattered.
    pub date_order: Option<DateOrder>,
    /// The sheets with labels, if neither a row nor the sheet says who gave them.
    pub coder_is_open: BTreeSet<usize>,
    /// The rows that cannot be read.
    pub faulty: BTreeSet<(usize, usize)>,
    /// Whether a fault concerns more than its row, so that no row can be taken.
    pub blocked: bool,
    /// Faults and warnings.
    pub problems: Vec<Problem>,
    /// What was done to the cells, for people.
    pub notes: Vec<String>,
}

/// What a cell of positions says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellMeaning {
    /// Nobody has read the statement.
    NotRead,
    /// A position, or that the statement takes none.
    Position(Option<Position>),
    /// It cannot be read, which was reported.
    Fault,
}

impl Source {
    /// The column for a use.
    pub fn column(&self, usage: &ColumnUse) -> Option<usize> {
        self.columns.iter().position(|column| column.usage == *usage)
    }

    /// The column that names the issue of a row, if each coder has a column and this is one of these.
    pub fn issue_of_row(&self, column: usize) -> Option<usize> {
        let of_coder = matches!(self.columns[column].usage, ColumnUse::PositionBy { issue: None, .. });
        self.column(&ColumnUse::Issue).filter(|_| of_coder)
    }

    /// The column for a column of a statements file.
    pub fn statement_column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| matches!(column.usage, ColumnUse::Statement(known) if known == name))
    }

    /// A cell as it goes into the corpus: composed letters, no outer quotation marks around a quotation.
    pub fn text(&self, row: usize, column: usize) -> Cow<'_, str> {
        cleaned(self.grid.cell(row, column))
    }
}

/// Collects what the sheets hold.
pub fn harvest(
    sources: &[Source],
    issues: &[FoundIssue],
    settings: &ImportSettings,
    codebook: Option<&Codebook>,
) -> Harvest {
    let mut harvest = Harvest { shared: shared_addresses(sources), ..Harvest::default() };
    let is_new = |issue: &&FoundIssue| codebook.is_none_or(|book| book.find(&issue.id).is_none());
    harvest.issues.extend(issues.iter().filter(is_new).cloned());
    harvest.find_issues(sources, settings, codebook);
    for place in (0..sources.len()).filter(|place| sources[*place].needs != Needs::Codebook) {
        harvest.rows(place, sources, settings, codebook);
    }
    harvest.number_collisions(sources);
    harvest.one_label_each(sources);
    harvest.swapped(sources);
    harvest.speakers_alike(sources);
    harvest
}

/// An address of electronic mail, before and behind its `@`.
fn address(text: &str) -> Option<(&str, &str)> {
    let (before, behind) = text.trim().split_once('@')?;
    let is_plain = |part: &str| !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || c == '@');
    (is_plain(before) && is_plain(behind) && behind.contains('.')).then_some((before, behind))
}

/// The parts of addresses before the `@` that several coders share: whoever has one is called by the whole address.
fn shared_addresses(sources: &[Source]) -> BTreeSet<String> {
    let mut behind: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for source in sources {
        let Some(column) = source.column(&ColumnUse::Coder) else { continue };
        for row in &source.body.rows {
            if let Some((before, rest)) = address(source.grid.cell(*row, column)) {
                behind.entry(before.to_lowercase()).or_default().insert(rest.to_lowercase());
            }
        }
    }
    behind.into_iter().filter(|(_, rest)| rest.len() > 1).map(|(before, _)| before).collect()
}

impl Harvest {
    /// The place of an issue by its id or name.
    fn issue(&mut self, name: &str, codebook: Option<&Codebook>) -> usize {
        let (bare, words, made) = (bare_header(name), issue_words(name), issue_id(name));
        // An id that is cut may be that of another issue.
        let whole = made == words.replace(' ', "-");
        let same = |id: &str, names: &ComparedNames| {
            id == name || (whole && id == made) || names.has_bare(&bare) || names.is_named(&words)
        };
        if let Some(place) = self.issues.iter().position(|issue| same(&issue.id, &issue.compared)) {
            return place;
        }
        let known = codebook.and_then(|codebook| {
            codebook.issues.iter().find(|issue| same(&issue.id, &ComparedNames::of(&issue.id, &issue.name)))
        });
        let (id, name, question) = match known {
            Some(issue) => (issue.id.clone(), issue.name.clone(), issue.question.clone()),
            None => {
                let taken = |id: &str| {
                    self.issues.iter().any(|issue| issue.id == id)
                        || codebook.is_some_and(|book| book.find(id).is_some())
                };
                let numbered = (2..).map(|count| format!("{made}-{count}"));
                let id = std::iter::once(made.clone()).chain(numbered).find(|id| !taken(id)).unwrap_or(made);
                (id, issue_name(name), issue_question(name))
            }
        };
        self.issues.push(FoundIssue { is_known: known.is_some(), ..FoundIssue::new(id, name, question) });
        self.issues.len() - 1
    }

    /// The place of an issue that was found, by its name or id as a file has it.
    pub fn place_of(&self, name: &str) -> Option<usize> {
        let words = issue_words(name);
        self.issues.iter().position(|issue| issue.id == name || issue.name == name || issue.compared.has_words(&words))
    }

    /// The place of a coder. The name becomes the name of a file.
    fn coder(&mut self, written: &str) -> usize {
        let plain = match address(written).filter(|(before, _)| !self.shared.contains(&before.to_lowercase())) {
            Some((before, _)) => coder_name(before),
            None => coder_name(written),
        };
        if let Some(place) = self.coders.iter().position(|coder| coder.to_lowercase() == plain.to_lowercase()) {
            return place;
        }
        self.coders.push(plain);
        self.coders.len() - 1
    }
}
