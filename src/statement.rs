//! A statement: what one speaker said on one date. It is the unit that is labelled, and is never edited after entry.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use crate::date::{self, Precision, StatementDate};
use crate::error::{Place, Problem};
use crate::file::table::{self, CellRow, Columns, Dialect, Table};
use crate::words;

/// What one speaker said on one date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// A name that never changes, unique in the corpus.
    pub id: String,
    /// When the words were said, not when they were published.
    pub date: StatementDate,
    /// The speaker: a person or an organisation. The name is in the form in which names are compared, see
    /// [`words::name`].
    pub speaker: String,
    /// The office held at the time.
    pub role: String,
    /// Where the words were said.
    pub venue: String,
    /// Whether the text is a quotation or a paraphrase.
    pub kind: Kind,
    /// The words, or the paraphrase.
    pub text: String,
    /// Who published the words.
    pub source_publisher: String,
    /// The title of the page they were read on.
    pub source_title: String,
    /// The address of that page.
    pub source_url: String,
    /// The day on which the page was published, as written.
    pub source_date: String,
    /// Doubts, translation, context.
    pub notes: String,
    /// Whether a person has checked it against its source.
    pub verified: Verified,
    /// Whether nothing is known of its day but the day on which it was published: `publication` in the column
    /// `date_confidence` of an extraction.
    pub day_of_publication: bool,
    /// Whether it is kept from whoever writes the rules. The codebook decides that, see [`crate::unseen`].
    pub unseen: bool,
    /// The cells of columns that have no meaning here, in the order of [`Statements::carried`].
    pub carried: Vec<String>,
    /// Its place in the file.
    pub place: Place,
    /// The speaker as written in the file, if that differs, so that saving the file changes nothing.
    pub speaker_written: Option<String>,
}

/// A column whose cells hold text, known or carried, as [`Statements::column`] finds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextColumn {
    /// Its name in the header.
    pub name: String,
    /// Its place in [`Statement::carried`]; `None` for a known column.
    carried: Option<usize>,
}

impl TextColumn {
    /// A column of every statement by its name, whether or not the file has it.
    pub fn known(name: &str) -> Option<TextColumn> {
        let names = ["speaker", "role", "venue", "source_publisher", "source_title", "source_url", "notes"];
        names.contains(&name).then(|| TextColumn { name: name.to_owned(), carried: None })
    }
}

/// Whether a statement's text is a quotation or a paraphrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The speaker's own words.
    Direct,
    /// A paraphrase.
    Indirect,
}

impl Kind {
    /// The word in files: `direct` or `indirect`.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Direct => "direct",
            Kind::Indirect => "indirect",
        }
    }
}

/// Whether a person has checked a statement against its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verified {
    /// Yes. This is also the default if the file has no such column.
    Yes,
    /// Not yet: it was proposed from a text. It stays out of charts and verdicts unless you ask for it.
    No,
    /// A person rejected the proposal: it stays out.
    Rejected,
}

impl Verified {
    /// The word in files: `yes`, `no` or `rejected`.
    pub fn word(self) -> &'static str {
        match self {
            Verified::Yes => "yes",
            Verified::No => "no",
            Verified::Rejected => "rejected",
        }
    }
}

/// The column that says how sure the day is. It is carried, and read for one purpose: to leave days of publication out.
pub const DAY_CONFIDENCE: &str = "date_confidence";

/// How sure it is on which day the words were said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayConfidence {
    /// The text gives it with the words.
    Stated,
    /// Other words of the text give it.
    Inferred,
    /// Nothing is known but the day of publication.
    Publication,
}

impl DayConfidence {
    /// The word in files: `stated`, `inferred` or `publication`.
    pub fn word(self) -> &'static str {
        match self {
            DayConfidence::Stated => "stated",
            DayConfidence::Inferred => "inferred",
            DayConfidence::Publication => "publication",
        }
    }
}

/// The statements of a corpus, in the order of their file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statements {
    /// How the file was written.
    pub dialect: Dialect,
    /// The header of the file.
    pub header: Vec<String>,
    /// The columns that have no meaning here and are carried to the export.
    pub carried: Vec<String>,
    /// The statements.
    pub rows: Vec<Statement>,
    /// The place of each statement, by its id.
    index: HashMap<String, usize>,
    /// The ids of rows that are left out because of a fault.
    faulty: HashSet<String>,
    /// Whether some rows could not be parsed at all, so that their ids are not known.
    torn: bool,
}

/// The columns of a statements file.
pub const COLUMNS: Columns = Columns {
    known: &[
        "id",
        "date",
        "date_precision",
        "speaker",
        "role",
        "venue",
        "kind",
        "text",
        "source_publisher",
        "source_title",
        "source_url",
        "source_date",
        "notes",
        "verified",
    ],
    required: &["id", "date", "speaker", "text"],
};

impl Statement {
    /// A statement with only a speaker, a date and a text.
    pub fn new(id: &str, date: StatementDate, speaker: &str, text: String) -> Statement {
        let empty = String::new;
        Statement {
            id: id.to_owned(),
            date,
            speaker: words::name(speaker),
            role: empty(),
            venue: empty(),
            kind: Kind::Direct,
            text,
            source_publisher: empty(),
            source_title: empty(),
            source_url: empty(),
            source_date: empty(),
            notes: empty(),
            verified: Verified::Yes,
            day_of_publication: false,
            unseen: false,
            carried: Vec::new(),
            place: Place { line: 1, column: 1 },
            speaker_written: None,
        }
    }

    /// The cell of a column that holds text.
    pub fn cell(&self, column: &TextColumn) -> &str {
        match column.carried {
            Some(place) => self.carried.get(place).map_or("", String::as_str),
            None => self.texts().into_iter().find(|(name, _)| *name == column.name).map_or("", |(_, text)| text),
        }
    }

    /// The cells that hold text, each with the name of its column.
    pub fn texts(&self) -> [(&'static str, &str); 10] {
        [
            ("id", &self.id),
            ("speaker", &self.speaker),
            ("role", &self.role),
            ("venue", &self.venue),
            ("text", &self.text),
            ("source_publisher", &self.source_publisher),
            ("source_title", &self.source_title),
            ("source_url", &self.source_url),
            ("source_date", &self.source_date),
            ("notes", &self.notes),
        ]
    }
}

impl Statements {
    /// Reads the text of a statements file.
    ///
    /// Every fault is added to `problems`, and rows with a fault are left out. `None` means that not even the header
    /// can be used.
    pub fn parse(path: &Path, text: &str, problems: &mut Vec<Problem>) -> Option<Statements> {
        let table = Table::open(path, text, COLUMNS, problems)?;
        let before = problems.len();
        let fields = StatementFields::of(&table.header);
        let mut statements = Statements {
            dialect: table.dialect,
            header: table.header.clone(),
            carried: carried_in(&table.header),
            rows: Vec::new(),
            index: HashMap::new(),
            faulty: HashSet::new(),
            torn: false,
        };
        let mut read = 0;
        table.for_each_row(problems, |row, problems| {
            let problems_before = problems.len();
            let Some(statement) = fields.statement(path, row, problems) else {
                statements.faulty.insert(row.cell(fields.id).to_owned());
                read += problems.len() - problems_before;
                return;
            };
            match statements.index.get(&statement.id) {
                Some(&first) => {
                    let what = format!(
                        "the id `{}` is used twice: the statement on line {} has it too",
                        statement.id, statements.rows[first].place.line
                    );
                    let hint = "give each statement its own id, such as speaker, date, key words";
                    problems.push(Problem::fault(path, Some(statement.place), what, hint));
                    read += 1;
                }
                None => {
                    statements.index.insert(statement.id.clone(), statements.rows.len());
                    statements.rows.push(statement);
                }
            }
        });
        // Faults of rows that were read are counted. Any other fault left rows unread.
        statements.torn = problems.len() - before > read;
        Some(statements)
    }

    /// Finds a column that holds text beside the statement's own: a known one, or one without a meaning here.
    pub fn column(&self, name: &str) -> Option<TextColumn> {
        let carried = self.carried.iter().position(|other| other == name);
        let carried = carried.map(|place| TextColumn { name: name.to_owned(), carried: Some(place) });
        carried.or_else(|| TextColumn::known(name).filter(|column| self.header.contains(&column.name)))
    }

    /// The names of the columns that [`Statements::column`] finds, in the order of the file.
    pub fn text_columns(&self) -> Vec<&str> {
        self.header.iter().map(String::as_str).filter(|name| self.column(name).is_some()).collect()
    }

    /// Finds a statement's place by its id.
    pub fn find(&self, id: &str) -> Option<usize> {
        self.index.get(id).copied()
    }

    /// Whether a row with this id may have been left out because of a fault.
    pub fn may_have(&self, id: &str) -> bool {
        self.torn || self.faulty.contains(id)
    }

    /// The text of the file that holds these statements.
    pub fn to_text(&self) -> String {
        table::write(self.dialect, &self.header, self.rows.iter().map(|statement| self.cells(statement)))
    }

    /// The cells of each row, in the file's order of rows, each with the name of its column.
    pub fn records(&self) -> impl Iterator<Item = Vec<String>> {
        self.rows.iter().map(|statement| table::named(&self.header, self.cells(statement)))
    }

    fn cells(&self, statement: &Statement) -> Vec<String> {
        let mut carried = statement.carried.iter();
        let cell = |name: &String| {
            cell_of(statement, name).unwrap_or_else(|| carried.next().map_or("", String::as_str).to_owned())
        };
        self.header.iter().map(cell).collect()
    }
}

fn cell_of(statement: &Statement, column: &str) -> Option<String> {
    Some(match column {
        "id" => statement.id.clone(),
        "date" => statement.date.written.to_string(),
        "date_precision" => statement.date.precision.word().to_owned(),
        "speaker" => statement.speaker_written.as_ref().unwrap_or(&statement.speaker).clone(),
        "role" => statement.role.clone(),
        "venue" => statement.venue.clone(),
        "kind" => statement.kind.word().to_owned(),
        "text" => statement.text.clone(),
        "source_publisher" => statement.source_publisher.clone(),
        "source_title" => statement.source_title.clone(),
        "source_url" => statement.source_url.clone(),
        "source_date" => statement.source_date.clone(),
        "notes" => statement.notes.clone(),
        "verified" => statement.verified.word().to_owned(),
        _ => return None,
    })
}

/// The columns of a header that have no meaning here and are carried to the export, in their order.
pub fn carried_in(header: &[String]) -> Vec<String> {
    header.iter().filter(|name| !COLUMNS.known.contains(&name.as_str())).cloned().collect()
}

/// The place of each column in the rows of a file.
#[derive(Debug, Clone)]
pub struct StatementFields {
    id: Option<usize>,
    date: Option<usize>,
    precision: Option<usize>,
    speaker: Option<usize>,
    role: Option<usize>,
    venue: Option<usize>,
    kind: Option<usize>,
    text: Option<usize>,
    source_publisher: Option<usize>,
    source_title: Option<usize>,
    source_url: Option<usize>,
    source_date: Option<usize>,
    notes: Option<usize>,
    verified: Option<usize>,
    day_confidence: Option<usize>,
    /// `None` for a column that the file does not have.
    carried: Vec<Option<usize>>,
}

impl StatementFields {
    /// Finds the columns in a header.
    pub fn of(header: &[String]) -> StatementFields {
        StatementFields::carrying(header, &carried_in(header))
    }

    /// Finds the columns in a header. These are carried, in this order; one that the header does not have gives empty
    /// cells.
    pub fn carrying(header: &[String], carried: &[String]) -> StatementFields {
        let place = |name: &str| header.iter().position(|cell| cell == name);
        StatementFields {
            id: place("id"),
            date: place("date"),
            precision: place("date_precision"),
            speaker: place("speaker"),
            role: place("role"),
            venue: place("venue"),
            kind: place("kind"),
            text: place("text"),
            source_publisher: place("source_publisher"),
            source_title: place("source_title"),
            source_url: place("source_url"),
            source_date: place("source_date"),
            notes: place("notes"),
            verified: place("verified"),
            day_confidence: place(DAY_CONFIDENCE),
            carried: carried.iter().map(|name| place(name)).collect(),
        }
    }

    /// Reads one row. Every fault of the row is reported, not only the first.
    pub fn statement<R: CellRow>(&self, path: &Path, row: &R, problems: &mut Vec<Problem>) -> Option<Statement> {
        let mut statement = None;
        self.read(path, row, problems, &mut statement);
        statement
    }

    /// Reads one row as [`StatementFields::statement`] does, into the memory of another statement that is not needed any
    /// more.
    pub fn read<R: CellRow>(
        &self,
        path: &Path,
        row: &R,
        problems: &mut Vec<Problem>,
        statement: &mut Option<Statement>,
    ) {
        let old = statement.take();
        let before = problems.len();
        let id = row.cell(self.id);
        let mut fault = |column: Option<usize>, what: String, hint: &str| {
            // People who work in a spreadsheet see ids, but no lines and columns.
            let what = if id.trim().is_empty() { what } else { format!("{what}, in `{id}`") };
            problems.push(row.fault(path, column, what, hint));
        };
        for (name, column) in [("id", self.id), ("speaker", self.speaker), ("text", self.text)] {
            let cell = row.cell(column);
            if cell.trim().is_empty() || (name == "speaker" && words::name(cell).is_empty()) {
                fault(
                    column,
                    format!("the {name} is empty"),
                    "fill it in: every statement has an id, a date, a speaker and a text",
                );
            } else if name != "text" && cell.trim() != cell {
                fault(column, format!("the {name} `{cell}` begins or ends with white space"), "remove the white space");
            }
        }
        let written = match date::parse_day(row.cell(self.date)) {
            Ok(date) => Some(date),
            Err(error) => {
                fault(self.date, error.what, &error.hint);
                None
            }
        };
        let precision = Precision::read(row.cell(self.precision)).unwrap_or_else(|| {
            let what = format!("`{}` is not a date precision", row.cell(self.precision));
            fault(self.precision, what, Precision::HINT);
            Precision::Day
        });
        let kind = match row.cell(self.kind) {
            "" | "direct" => Kind::Direct,
            "indirect" => Kind::Indirect,
            other => {
                let hint = "write `direct` for the speaker's own words, `indirect` for a paraphrase";
                fault(self.kind, format!("`{other}` is not a kind of statement"), hint);
                Kind::Direct
            }
        };
        let verified = match row.cell(self.verified) {
            "" | "yes" => Verified::Yes,
            "no" => Verified::No,
            "rejected" => Verified::Rejected,
            other => {
                let hint = "write `yes`, `no` if it has not been checked against its source yet, or `rejected`";
                fault(self.verified, format!("`{other}` is not a value of the column verified"), hint);
                Verified::No
            }
        };
        let Some(written) = written.filter(|_| problems.len() == before) else { return };
        let cell = |column, mut memory: String| {
            memory.clear();
            memory.push_str(row.cell(column));
            memory
        };
        let new = String::new;
        let speaker = words::name(row.cell(self.speaker));
        let speaker_written = (speaker != row.cell(self.speaker)).then(|| cell(self.speaker, new()));
        let date = StatementDate { written, precision };
        let day_of_publication = row.cell(self.day_confidence) == DayConfidence::Publication.word();
        let place = row.place(self.id);
        let mut old = old.unwrap_or_else(|| Statement::new("", date, "", new()));
        old.carried.resize_with(self.carried.len(), new);
        for (memory, column) in old.carried.iter_mut().zip(&self.carried) {
            *memory = cell(*column, std::mem::take(memory));
        }
        *statement = Some(Statement {
            id: cell(self.id, old.id),
            date,
            speaker_written,
            speaker,
            role: cell(self.role, old.role),
            venue: cell(self.venue, old.venue),
            kind,
            text: cell(self.text, old.text),
            source_publisher: cell(self.source_publisher, old.source_publisher),
            source_title: cell(self.source_title, old.source_title),
            source_url: cell(self.source_url, old.source_url),
            source_date: cell(self.source_date, old.source_date),
            notes: cell(self.notes, old.notes),
            verified,
            day_of_publication,
            unseen: false,
            carried: old.carried,
            place,
        });
    }
}
