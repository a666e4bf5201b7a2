//! Coding sheets: what a coder is to read, with an empty cell per issue. There is nothing in them of other coders or
//! of rules, and no date and speaker unless you ask for them.

use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, Format, FormatAlign, Formula, Worksheet};

use crate::codebook::{Codebook, Issue, IssueIndex, Level};
use crate::error::{Error, Result};
use crate::exchange::cells::{CellTable, TypedCell};
use crate::exchange::draw::{Readers, SharedWork, shuffle};
use crate::exchange::material::{Material, NO_POSITION, choice};
use crate::exchange::xlsx::{Book, failed};
use crate::exchange::{Loss, spreadsheet};
use crate::statement::{Statement, TextColumn};
use crate::words::{many, percent};

/// The columns before those of the issues. `stance import` recognises them by these names.
const FIRST: [&str; 3] = ["id", "context", "text"];
/// The sheet that is filled in, in a workbook.
const CODING: &str = "coding";
/// The hidden sheet with the levels to choose from.
const LEVELS: &str = "levels";
/// The sheet that explains the issues.
const GUIDE: &str = "how to code";

/// What is beside a text in the column `context`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ContextPart {
    /// The day on which it was said.
    Date,
    /// A column of the statements.
    Column(TextColumn),
}

/// Which sheet is made.
#[derive(Debug, Clone)]
pub struct SheetRequest {
    /// Who reads what.
    pub sharing: SharedWork,
    /// Whether the order is random rather than by date.
    pub shuffled: bool,
    /// What a coder may read to understand a text.
    pub context: Vec<ContextPart>,
    /// Whether statements that the coder has already labelled are in it, too, with those labels.
    pub again: bool,
}

/// A sheet to fill in.
#[derive(Debug)]
pub struct CodingSheet<'c> {
    codebook: &'c Codebook,
    issues: Vec<IssueIndex>,
    rows: Vec<SheetRow<'c>>,
    /// How many of its statements all coders read.
    pub shared: usize,
    /// How many statements are left to other coders.
    pub of_others: usize,
    /// How many statements are left out because the coder has labelled them.
    pub done: usize,
    /// How it was drawn, in sentences to write down.
    pub drawn: Vec<String>,
}

#[derive(Debug)]
struct SheetRow<'c> {
    said: &'c Statement,
    context: String,
    /// What the coder has answered on each issue before; empty for nothing.
    answers: Vec<String>,
}

impl<'c> CodingSheet<'c> {
    /// Draws the statements of a coder.
    ///
    /// # Errors
    /// [`Error::Request`] if an issue has the name of a column, or if there is nothing to read.
    pub fn of(material: &Material<'c>, request: &SheetRequest) -> Result<CodingSheet<'c>> {
        let issues = material.issues.clone();
        if let Some(issue) =
            issues.iter().map(|issue| &material.issue(*issue).id).find(|id| FIRST.contains(&id.as_str()))
        {
            let what = format!("the issue `{issue}` has the name of another column of the sheet");
            return Err(Error::request(what, "give the issue another id in codebook.toml and in the labels"));
        }
        let SharedWork { coder, with, share, seed } = &request.sharing;
        let own = material.coders.iter().position(|name| name == coder);
        let (mut shared, mut of_others, mut done) = (0, 0, 0);
        let mut rows: Vec<SheetRow<'c>> = Vec::new();
        for (statement, said) in material.statements.iter().enumerate() {
            let readers = request.sharing.readers(&said.id);
            if readers == Readers::Another {
                of_others += 1;
                continue;
            }
            let answers: Vec<String> = issues
                .iter()
                .map(|issue| {
                    let marks = material.marks_on(statement).iter();
                    let mut mine = marks.filter(|mark| Some(mark.coder) == own && mark.issue == *issue);
                    mine.next().map_or(String::new(), |mark| material.choice(*issue, mark.position))
                })
                .collect();
            if !request.again && answers.iter().all(|answer| !answer.is_empty()) {
                done += 1;
                continue;
            }
            shared += usize::from(readers == Readers::All);
            rows.push(SheetRow { said, context: beside(said, &request.context), answers });
        }
        if rows.is_empty() {
            let what = format!("there is nothing for {coder} to read in this selection");
            let hint = if done > 0 {
                "all of it is labelled; add --again for a sheet with the labels in it"
            } else {
                "choose other issues or dates"
            };
            return Err(Error::request(what, hint));
        }
        if request.shuffled {
            shuffle(&mut rows, *seed, coder);
        }
        let mut drawn = vec![format!("Coder: {coder}. {}.", many(rows.len(), "statement"))];
        if !with.is_empty() {
            let mut all: Vec<&str> = with.iter().chain([coder]).map(String::as_str).collect();
            all.sort_unstable();
            drawn.push(format!(
                "Each statement had a chance of {} to be read by all of {}; each other one is read by one of them. Seed: {seed}. \
                 {} of this sheet are read by all.",
                percent(*share),
                all.join(", "),
                many(shared, "statement")
            ));
        }
        drawn.push(if request.shuffled {
            format!("The order is random. Seed: {seed}.")
        } else {
            "The order is by date.".to_owned()
        });
        Ok(CodingSheet { codebook: material.codebook, issues, rows, shared, of_others, done, drawn })
    }

    /// How many statements are to read.
    pub fn statements(&self) -> usize {
        self.rows.len()
    }

    fn issue(&self, issue: &IssueIndex) -> &'c Issue {
        self.codebook.issue(*issue)
    }

    fn header(&self) -> Vec<String> {
        let issues = self.issues.iter().map(|issue| self.issue(issue).id.clone());
        FIRST.iter().map(|name| (*name).to_owned()).chain(issues).collect()
    }

    /// The sheet as CSV that opens in a spreadsheet, and how to fill it in as Markdown.
    pub fn csv(&self) -> (String, String) {
        let rows =
            self.rows.iter().map(|row| [&row.said.id, &row.context, &row.said.text].into_iter().chain(&row.answers));
        let mut guide = format!("# How to code: {}\n\n", self.codebook.title);
        self.drawn.iter().for_each(|line| guide += &format!("{line}\n"));
        guide += &format!(
            "\nWrite an answer into each column of an issue. Leave a cell empty if you have not read the text for it. \
             Write `{NO_POSITION}` if you have, and the text takes none.\n"
        );
        for index in &self.issues {
            let issue = self.issue(index);
            let asked = if issue.question.is_empty() { &issue.name } else { &issue.question };
            guide += &format!("\n## {}\n\n{asked}\n\n", issue.id);
            self.meanings(index).for_each(|line| guide += &format!("- {line}\n"));
        }
        if !self.codebook.conventions.is_empty() {
            guide += "\n## For all issues\n\n";
            self.codebook.conventions.iter().for_each(|convention| guide += &format!("- {convention}\n"));
        }
        (spreadsheet::safe(&self.header(), rows), guide)
    }

    /// The sheet as a workbook, with the levels as lists to choose from, and how to fill it in on a sheet beside it.
    ///
    /// # Errors
    /// As [`Book::finish`].
    pub fn workbook(&self) -> Result<(Vec<u8>, Vec<Loss>)> {
        let mut book = Book::empty();
        let mut coding = Worksheet::new();
        self.fill(&mut book, &mut coding)?;
        book.workbook.push_worksheet(coding);
        book.table(GUIDE, &self.guide())?;
        let mut levels = Worksheet::new();
        levels.set_name(LEVELS).map_err(failed)?;
        for (column, issue) in (0_u16..).zip(&self.issues) {
            for (row, answer) in (0_u32..).zip(self.answers(issue)) {
                levels.write_string(row, column, answer).map_err(failed)?;
            }
        }
        levels.set_hidden(true);
        book.workbook.push_worksheet(levels);
        book.finish()
    }

    /// Writes the rows, and gives each cell of an issue its list.
    fn fill(&self, book: &mut Book, sheet: &mut Worksheet) -> Result<()> {
        sheet.set_name(CODING).map_err(failed)?;
        let bold = Format::new().set_bold().set_align(FormatAlign::Top);
        // As text, so that no spreadsheet turns `-2` into a formula or a date.
        let answer = Format::new().set_num_format("@").set_align(FormatAlign::Top).set_text_wrap();
        for (column, name) in (0_u16..).zip(self.header()) {
            sheet.write_string_with_format(0, column, &name, &bold).map_err(failed)?;
            let width = match name.as_str() {
                "id" => 14.0,
                "context" => 30.0,
                "text" => 80.0,
                name => (name.chars().count() + 4).max(22) as f64,
            };
            sheet.set_column_width(column, width).map_err(failed)?;
        }
        for (number, row) in (1_u32..).zip(&self.rows) {
            for (column, text) in (0_u16..).zip([&row.said.id, &row.context, &row.said.text]) {
                book.cell(sheet, number, column, &TypedCell::text(text)).map_err(failed)?;
            }
            for (column, given) in (3_u16..).zip(&row.answers) {
                if given.is_empty() {
                    sheet.write_blank(number, column, &answer).map_err(failed)?;
                } else {
                    sheet.write_string_with_format(number, column, given, &answer).map_err(failed)?;
                }
            }
        }
        let last = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        for (place, issue) in (0_u16..).zip(&self.issues) {
            let list = format!("={LEVELS}!${0}$1:${0}${1}", letters(place), self.answers(issue).len());
            let validation = DataValidation::new()
                .allow_list_formula(Formula::new(list))
                .set_error_style(DataValidationErrorStyle::Stop)
                .set_error_title("Not an answer")
                .and_then(|list| list.set_error_message("Choose from the list, or leave the cell empty."))
                .map_err(failed)?;
            sheet.add_data_validation(1, place + 3, last, place + 3, &validation).map_err(failed)?;
        }
        sheet.set_freeze_panes(1, 0).map_err(failed)?;
        Ok(())
    }

    /// The answers that an issue allows, lowest level first.
    fn answers(&self, issue: &IssueIndex) -> Vec<String> {
        let issue = self.issue(issue);
        let levels = issue.levels.iter().map(|level| choice(issue, level.position));
        levels.chain([NO_POSITION.to_owned()]).collect()
    }

    /// The answers of an issue, each with what it means, then the issue's conventions.
    fn meanings(&self, index: &IssueIndex) -> impl Iterator<Item = String> {
        let issue = self.issue(index);
        let level = |level: &Level| {
            let answer = choice(issue, level.position);
            if level.definition.is_empty() { answer } else { format!("{answer}: {}", level.definition) }
        };
        issue.levels.iter().map(level).chain(issue.conventions.iter().cloned())
    }

    /// How to fill in a workbook, a line per row. It has one column only, so that `stance import` cannot take it for a
    /// table.
    fn guide(&self) -> CellTable {
        let mut table = CellTable::new(&["How to code"]);
        let mut line = |text: String| table.rows.push(vec![TypedCell::text(text)]);
        self.drawn.iter().for_each(|drawn| line(drawn.clone()));
        line(
            "Choose an answer in each column of an issue. Leave a cell empty if you have not read the text for it."
                .to_owned(),
        );
        line(format!("Choose \"{NO_POSITION}\" if you have, and the text takes none."));
        for index in &self.issues {
            let issue = self.issue(index);
            line(String::new());
            line(format!("{}: {}", issue.id, if issue.question.is_empty() { &issue.name } else { &issue.question }));
            self.meanings(index).for_each(&mut line);
        }
        line(String::new());
        self.codebook.conventions.iter().for_each(|convention| line(convention.clone()));
        table
    }
}

/// What may be read beside a text, in one cell. A heading says what each part is, if there are several columns.
fn beside(said: &Statement, context: &[ContextPart]) -> String {
    let parts = context.iter().filter_map(|part| {
        let (name, text) = match part {
            ContextPart::Date => ("date", said.date.written.to_string()),
            ContextPart::Column(column) => (column.name.as_str(), said.cell(column).to_owned()),
        };
        (!text.trim().is_empty()).then(|| if context.len() > 1 { format!("{name}: {text}") } else { text })
    });
    parts.collect::<Vec<String>>().join("\n")
}

/// The letters of a column, from 0: `A`, `Z`, `AA`.
fn letters(column: u16) -> String {
    let (mut rest, mut letters) = (usize::from(column) + 1, Vec::new());
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    letters.iter().rev().collect()
}
