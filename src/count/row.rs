//! Rows of counts as other programs write them, checked against a codebook.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::codebook::{Codebook, Issue, IssueIndex, Position};
use crate::count::Tally;
use crate::count::exemplar::{Exemplar, LONGEST};
use crate::date::{self, Precision, StatementDate};
use crate::error::Result;
use crate::series::Counted;
use crate::statement::Kind;
use crate::words::{self, guess_before, is_missing, shortened};

/// The columns of a file of counts, in order.
pub const COLUMNS: [&str; 8] =
    ["speaker", "issue", "day", "date_precision", "position", "n", "by_rules", "in_conflict"];

/// The columns without which there are no counts.
pub const REQUIRED: [&str; 5] = ["speaker", "issue", "day", "position", "n"];

/// How many unknown issues get a suggestion.
const MOST_GUESSES: usize = 20;

/// A value of a row as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum GivenValue<'r> {
    /// There is none: a null, or an empty cell.
    #[default]
    Missing,
    /// A text.
    Text(Cow<'r, str>),
    /// A whole number.
    Whole(i64),
    /// A day.
    Day(NaiveDate),
    /// Anything else, as text: a fraction, a list, a moment within a day.
    Other(String),
}

/// A row of counts as it was read. A column that is not there is [`GivenValue::Missing`].
#[derive(Debug, Clone, Default)]
pub struct GivenRow<'r> {
    /// The speaker.
    pub speaker: GivenValue<'r>,
    /// The issue, by its id.
    pub issue: GivenValue<'r>,
    /// The day, as a day or as `YYYY-MM-DD`.
    pub day: GivenValue<'r>,
    /// `day`, which is the default, or `month`.
    pub date_precision: GivenValue<'r>,
    /// A level of the issue: its number or its words.
    pub position: GivenValue<'r>,
    /// How many statements take it.
    pub n: GivenValue<'r>,
    /// How many of them have it only from rules; none by default.
    pub by_rules: GivenValue<'r>,
    /// How many statements more have no position because coders or rules differ; none by default.
    pub in_conflict: GivenValue<'r>,
    /// The words, if the row is one statement and they may be kept.
    pub words: Option<GivenWords<'r>>,
}

/// The words of a row that is one statement. Any of them may be empty.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct GivenWords<'r> {
    /// The id of the statement.
    pub id: &'r str,
    /// The words.
    pub text: &'r str,
    /// `indirect` if they are a paraphrase.
    pub kind: &'r str,
    /// Who published them.
    pub publisher: &'r str,
    /// The title of the page they were read on.
    pub title: &'r str,
    /// Its address.
    pub url: &'r str,
}

/// Between which days statements are kept in words, both included. `None` is no limit. A tally is cut to its dates after it
/// was counted, and by then it is too late to keep others.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WordsKept {
    /// The first day.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub to: Option<NaiveDate>,
}

/// What is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowFault {
    /// The column.
    pub column: &'static str,
    /// What is wrong, with the offending text.
    pub what: String,
    /// How to fix it.
    pub hint: String,
}

/// Checks rows of counts and adds the sound ones to a [`Tally`].
#[derive(Debug)]
pub struct CountReader<'b> {
    codebook: &'b Codebook,
    tally: Tally,
    guesses: usize,
    kept: Option<WordsKept>,
}

impl<'b> CountReader<'b> {
    /// Begins without a row. No statement is kept in words.
    pub fn new(codebook: &'b Codebook) -> CountReader<'b> {
        CountReader { codebook, tally: Tally::default(), guesses: 0, kept: None }
    }

    /// Keeps a few statements of each pair in words, see [`Exemplar`].
    #[must_use]
    pub fn keeping(self, kept: Option<WordsKept>) -> CountReader<'b> {
        CountReader { kept, ..self }
    }

    /// Adds a row. A row with a fault adds nothing, and all its faults are returned.
    pub fn row(&mut self, given: &GivenRow<'_>) -> Vec<RowFault> {
        let mut faults = Vec::new();
        let mut fault =
            |column, what: String, hint: &str| faults.push(RowFault { column, what, hint: hint.to_owned() });
        let speaker = given.speaker.text();
        let is_name = matches!(&speaker, Some(name) if !words::name(name).is_empty());
        if !is_name {
            fault("speaker", "the speaker is missing".to_owned(), "fill it in, or leave the row out");
        }
        let issue = match given.issue.text() {
            None => {
                let hint = format!("write one of: {}", self.codebook.issue_list());
                fault("issue", "the issue is missing".to_owned(), &hint);
                None
            }
            Some(id) => {
                let found = self.codebook.find(&id);
                if found.is_none() {
                    let hint = format!("the codebook has: {}", self.codebook.issue_list());
                    self.guesses += 1;
                    let ids = self.codebook.issues.iter().map(|issue| issue.id.as_str());
                    let hint = guess_before(&hint, &id, ids.filter(|_| self.guesses <= MOST_GUESSES));
                    fault("issue", format!("there is no issue `{id}`"), &hint);
                }
                found
            }
        };
        let day = match given.day.day() {
            Ok(day) => Some(day),
            Err((what, hint)) => {
                fault("day", what, &hint);
                None
            }
        };
        let written = given.date_precision.text();
        let written = written.as_deref().unwrap_or("");
        let precision = Precision::read(written).unwrap_or_else(|| {
            fault("date_precision", format!("`{written}` is not a date precision"), Precision::HINT);
            Precision::Day
        });
        let mut count = |column: &'static str, value: &GivenValue<'_>| match value.count() {
            Ok(count) => count,
            Err(what) => {
                fault(column, what, "write a whole number from 0 to 4294967295");
                None
            }
        };
        let counted =
            (count("n", &given.n), count("by_rules", &given.by_rules), count("in_conflict", &given.in_conflict));
        let (n, by_rules, in_conflict) = (counted.0, counted.1.unwrap_or(0), counted.2.unwrap_or(0));
        if matches!(given.n.count(), Ok(None)) && in_conflict == 0 {
            fault("n", "the number of statements is missing".to_owned(), "fill it in, or leave the row out");
        }
        if let Some(n) = n.filter(|n| by_rules > *n) {
            let what = format!("{by_rules} statements have their position only from rules, but there are only {n}");
            fault("by_rules", what, "count in by_rules only statements that are counted in n");
        }
        let position = issue.and_then(|index| {
            let issue = self.codebook.issue(index);
            match given.position.position(issue) {
                Ok(None) if n.is_some_and(|n| n > 0) => {
                    let hint = "leave the row out if they take none; if coders or rules differ on them, count them in \
                                the column in_conflict instead, with 0 in n";
                    fault("position", "the statements of this row have no position".to_owned(), hint);
                    None
                }
                Ok(position) => position,
                Err(written) => {
                    let hint = format!("write the number or the words of a level ({})", issue.level_list());
                    fault("position", format!("`{written}` is not a level of `{}`", issue.id), &hint);
                    None
                }
            }
        });
        if let (true, Some(speaker), Some(issue), Some(day)) = (faults.is_empty(), speaker, issue, day) {
            self.add(
                &speaker,
                issue,
                StatementDate { written: day, precision },
                position,
                (n.unwrap_or(0), by_rules, in_conflict),
            );
            self.keep(&speaker, issue, StatementDate { written: day, precision }, position, given);
        }
        faults
    }

    fn add(
        &mut self,
        speaker: &str,
        issue: IssueIndex,
        date: StatementDate,
        position: Option<Position>,
        (statements, by_rules, in_conflict): (u32, u32, u32),
    ) {
        if let Some(position) = position {
            self.tally.add(speaker, issue, date, position, Counted { statements, by_rules });
        }
        self.tally.add_conflicts(speaker, issue, date, in_conflict);
    }

    /// Keeps the words of a row, if they are to be kept.
    fn keep(
        &mut self,
        speaker: &str,
        issue: IssueIndex,
        date: StatementDate,
        position: Option<Position>,
        given: &GivenRow<'_>,
    ) {
        let (Some(kept), Some(words), Some(position)) = (self.kept, given.words, position) else { return };
        if !date.is_day() || !date.overlaps(kept.from, kept.to) || words.text.trim().is_empty() {
            return;
        }
        let exemplar = Exemplar {
            day: date.written,
            id: words.id.to_owned(),
            position,
            by_rules: matches!(given.by_rules.count(), Ok(Some(1..))),
            kind: if words.kind == Kind::Indirect.word() { Kind::Indirect } else { Kind::Direct },
            text: shortened(words.text, LONGEST),
            publisher: shortened(words.publisher, LONGEST),
            title: shortened(words.title, LONGEST),
            url: if words.url.len() <= LONGEST { words.url.to_owned() } else { String::new() },
        };
        self.tally.offer(speaker, issue, &exemplar);
    }

    /// What was counted.
    ///
    /// # Errors
    /// [`Error::Request`](crate::error::Error::Request) if a pair of speaker and issue has more statements than a verdict can count.
    pub fn finish(self) -> Result<Tally> {
        self.tally.check(self.codebook)?;
        Ok(self.tally)
    }
}

impl GivenValue<'_> {
    /// A cell of text. An empty one, or one that says that there is no value, is missing.
    pub fn cell(text: &str) -> GivenValue<'_> {
        if text.trim().is_empty() { GivenValue::Missing } else { GivenValue::Text(Cow::Borrowed(text)) }
    }

    /// The value as text; `None` if there is none.
    pub fn text(&self) -> Option<Cow<'_, str>> {
        match self {
            GivenValue::Missing => None,
            GivenValue::Text(text) => Some(Cow::Borrowed(text)),
            GivenValue::Whole(number) => Some(Cow::Owned(number.to_string())),
            GivenValue::Day(day) => Some(Cow::Owned(day.to_string())),
            GivenValue::Other(text) => Some(Cow::Borrowed(text)),
        }
    }

    /// The value as a day, or what is wrong with it and how to fix that.
    fn day(&self) -> std::result::Result<NaiveDate, (String, String)> {
        match self {
            GivenValue::Day(day) => Ok(*day),
            GivenValue::Missing => {
                Err(("the day is missing".to_owned(), "fill it in, or leave the row out".to_owned()))
            }
            GivenValue::Text(text) => date::parse_day(text).map_err(|fault| (fault.what, fault.hint)),
            GivenValue::Whole(_) | GivenValue::Other(_) => {
                let what = format!("`{}` is not a day", self.text().unwrap_or_default());
                Err((what, "write a day, as a column of dates or as YYYY-MM-DD".to_owned()))
            }
        }
    }

    /// The value as a number of statements; `None` if there is none.
    fn count(&self) -> std::result::Result<Option<u32>, String> {
        let number = match self {
            GivenValue::Missing => return Ok(None),
            GivenValue::Text(text) if is_missing(text) => return Ok(None),
            GivenValue::Whole(number) => u32::try_from(*number).ok(),
            GivenValue::Text(text) => whole(text),
            GivenValue::Other(text) => whole(text),
            GivenValue::Day(_) => None,
        };
        let wrong = || format!("`{}` is not a number of statements", self.text().unwrap_or_default());
        number.map(Some).ok_or_else(wrong)
    }

    /// The value as a level of an issue; `None` if there is none.
    fn position(&self, issue: &Issue) -> std::result::Result<Option<Position>, String> {
        let Some(written) = self.text() else { return Ok(None) };
        match issue.read(&written) {
            None if is_missing(&written) => Ok(None),
            None => Err(written.into_owned()),
            position => Ok(position),
        }
    }
}

/// A whole number from 0 on, also as programs write it that have only fractions: `12.0`. `5,000` may be five, so it is
/// none.
fn whole(text: &str) -> Option<u32> {
    let text = text.trim();
    let (digits, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let is_whole = fraction.bytes().all(|byte| byte == b'0');
    digits.parse().ok().filter(|_| is_number && is_whole)
}
