//! `stance rules --unseen`, and what other commands say about statements that are set aside.

use std::fmt::Write as _;
use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{DateTime, NaiveDate};
use serde::Serialize;
use stance::agreement::rules::{self, FirstContact, IssueRow, UnseenReport, UnseenRow};
use stance::agreement::share::Share;
use stance::corpus::{Corpus, UNSEEN};
use stance::error::{Error, Result};
use stance::file::json;
use stance::file::save;
use stance::rule::RuleDecisions;
use stance::unseen::looks::{History, LookRow, is_among, mark};
use stance::words::many;

use super::args::TableFormat;
use super::{Outcome, output, source};

/// Compares rules and coders on the statements that are set aside, and records it first.
pub fn look(corpus: &Corpus, decisions: &RuleDecisions, format: TableFormat) -> Result<Outcome> {
    if corpus.codebook.unseen.is_none() {
        let hint = "set some aside before anyone writes rules: add [unseen] with `share = 0.3` to codebook.toml";
        return Err(Error::request(format!("{} sets no statement aside", corpus.name()), hint));
    }
    let rows = rules::on_unseen(corpus, decisions);
    if rows.iter().all(|row| row.all.counts.hand + row.all.counts.none == 0) {
        let what = "no statement that is set aside has a label by hand, so there is nothing to compare";
        return Err(Error::request(what, "let a coder label them first; nothing was recorded"));
    }
    let number = corpus.looks.next();
    let look = |row: &UnseenRow| LookRow {
        look: number,
        date: today(),
        rules: corpus.rules.fingerprint(),
        drawn: drawn(corpus),
        issue: Some(row.first.issue.clone()),
        found: Some(row.first.counts),
        statements: row.marks.clone(),
        readable: Vec::new(),
    };
    let mut looks: Vec<LookRow> = rows.iter().map(look).collect();
    looks.iter_mut().take(1).for_each(|row| row.readable = newly_readable(corpus));
    // A look that could not be recorded must not happen.
    let history = record(corpus, &looks)?;
    let report = LookReport { look: number, rules: corpus.rules.fingerprint(), history, issues: rows };
    let text = match format {
        TableFormat::Table => for_people(corpus, &report),
        TableFormat::Csv => table(&report)?,
        TableFormat::Json => json::pretty(&report)?,
    };
    super::terminal::print(&text, format)?;
    Ok(Outcome::Fine)
}

/// One look at the statements that are set aside.
#[derive(Serialize)]
struct LookReport {
    look: usize,
    rules: String,
    history: Option<History>,
    issues: Vec<UnseenRow>,
}

fn for_people(corpus: &Corpus, report: &LookReport) -> String {
    let LookReport { look, rules, history, issues } = report;
    let mut out = format!("Look {look} at the statements that are set aside, with the rules {rules}. ");
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{UNSEEN} records it.");
    let read = |row: &UnseenRow| row.first.counts.hand + row.first.counts.none;
    if issues.iter().all(|row| read(row) == 0) {
        out += "\nNothing is left for a first contact: earlier looks counted every statement with a label by hand.\n";
    } else {
        out += "\nAt first contact, on statements that no earlier look counted:\n";
        out += &issue_table(issues.iter().map(|row| &row.first), "Found");
    }
    if issues.iter().any(|row| row.first.counts != row.all.counts) {
        let _ = writeln!(out, "\nOn all {} that are set aside:", many(corpus.unseen(), "statement"));
        out += &issue_table(issues.iter().map(|row| &row.all), "Found");
    }
    out.push('\n');
    out += &output::paragraph(
        "A figure that was looked at is used up: after you change a rule because of it, it says nothing about the new \
         rules. For the next first contact, add statements, and label those that are set aside.",
        "",
    );
    out + &history.map_or(String::new(), |history| output::paragraph(&history.in_words(), ""))
}

/// A row per issue.
pub fn issue_table<'r>(rows: impl Iterator<Item = &'r IssueRow>, found: &str) -> String {
    let mut cells =
        vec![["Issue", found, "Exact", "Within 1", "False alarms", "Conflicts"].map(str::to_owned).to_vec()];
    cells.extend(rows.map(|row| {
        let counts = &row.counts;
        let share = |part, whole| Share { part, whole }.to_string();
        vec![
            row.issue.clone(),
            share(counts.found, counts.hand),
            share(counts.exact, counts.found),
            share(counts.within_one, counts.found),
            share(counts.false_alarms, counts.none),
            row.conflicts.to_string(),
        ]
    }));
    output::columns(&cells)
}

/// A row for each issue and each part: the statements met for the first time, and all.
fn table(report: &LookReport) -> Result<String> {
    let header =
        ["issue", "part", "hand", "found", "exact", "within_one", "none", "false_alarms", "conflicts", "look", "rules"];
    let parts = report.issues.iter().flat_map(|row| [("first contact", &row.first), ("all", &row.all)]);
    let cells = parts.map(|(part, row)| {
        let counts = &row.counts;
        let counts = [counts.hand, counts.found, counts.exact, counts.within_one, counts.none, counts.false_alarms];
        let numbers = counts.into_iter().chain([row.conflicts, report.look]).map(|count| count.to_string());
        [row.issue.clone(), part.to_owned()]
            .into_iter()
            .chain(numbers)
            .chain([report.rules.clone()])
            .collect::<Vec<_>>()
    });
    Ok(String::from_utf8_lossy(&output::records(&header, cells)?).into_owned())
}

/// What is known about how the rules do on statements that their author has not seen, as people read it.
pub fn known(report: &UnseenReport) -> String {
    let unknown = "How the rules do on statements that their author has not seen is not known";
    let mut out = String::new();
    if report.first_contact.is_empty() {
        let why = match report.set_aside {
            0 => "no statement is set aside. Add [unseen] to codebook.toml before anyone writes rules.".to_owned(),
            count => format!(
                "nobody has looked at the {} set aside. `stance rules --unseen` does.",
                many(count, "statement")
            ),
        };
        out += &output::paragraph(&format!("{unknown}: {why}"), "");
    } else {
        out += "On statements that the author of the rules had not seen, at first contact:\n";
        for contact in &report.first_contact {
            out += &output::paragraph(&met(contact), "  ");
        }
    }
    out + &report.history.map_or(String::new(), |history| output::paragraph(&history.in_words(), ""))
}

fn met(contact: &FirstContact) -> String {
    let counts = &contact.counts;
    let share = |part, whole| Share { part, whole }.to_string();
    let same = if contact.same_rules { "these rules" } else { "earlier rules" };
    let look = match contact.looks {
        1 => format!("look {}", contact.look),
        looks => format!("{looks} looks, the last {}", contact.look),
    };
    format!(
        "{}: {} found, {} exact, {} within 1 level, {} false alarms; {look}, {same} ({})",
        contact.issue,
        share(counts.found, counts.hand),
        share(counts.exact, counts.found),
        share(counts.within_one, counts.found),
        share(counts.false_alarms, counts.none),
        contact.rules
    )
}

fn was(count: usize) -> &'static str {
    if count == 1 { "was" } else { "were" }
}

/// The end of a sentence: how many statements have no part in it. Empty if none are set aside.
pub fn left_out(corpus: &Corpus, verb: &str) -> String {
    match corpus.unseen() {
        0 => String::new(),
        count => format!("; {} set aside {} not {verb}", many(count, "statement"), was(count)),
    }
}

/// What is said instead of the words and labels of a statement that is set aside.
pub fn hidden(id: &str) -> String {
    let what = format!("{id} is set aside from whoever writes the rules, so its words and labels are not shown. ");
    let how = format!("--show-unseen shows them, and {UNSEEN} then records that somebody has read the statement.");
    output::paragraph(&(what + &how), "")
}

/// Records that a person reads a statement that is set aside.
///
/// # Errors
/// As [`save::replace`].
pub fn record_reading(corpus: &Corpus, id: &str) -> Result<()> {
    let is_known = |row: &LookRow| row.issue.is_none() && row.statements == [mark(id)];
    if corpus.looks.rows.iter().any(is_known) {
        return Ok(());
    }
    let row = LookRow {
        look: corpus.looks.next(),
        date: today(),
        rules: corpus.rules.fingerprint(),
        drawn: drawn(corpus),
        issue: None,
        found: None,
        statements: vec![mark(id)],
        readable: newly_readable(corpus),
    };
    record(corpus, &[row]).map(drop)
}

/// The marks of the statements that are not set aside and that no look so far has as such.
fn newly_readable(corpus: &Corpus) -> Vec<String> {
    let known = corpus.looks.readable();
    let seen = corpus.statements.rows.iter().filter(|statement| !statement.unseen);
    seen.filter(|statement| !is_among(&known, &statement.id)).map(|statement| mark(&statement.id)).collect()
}

/// Adds a look to the corpus, and returns what has happened so far, this look included.
fn record(corpus: &Corpus, rows: &[LookRow]) -> Result<Option<History>> {
    let text = corpus.looks.with(rows);
    let path = corpus.path.join(UNSEEN);
    let warnings = match corpus.looks.to_text() {
        Some(old) => save::replace(&path, old.as_bytes(), text.as_bytes())?,
        None => save::create(&corpus.path, &[(UNSEEN, &text)])?,
    };
    source::warn(&warnings);
    let mut looks = corpus.looks.clone();
    looks.rows.extend_from_slice(rows);
    Ok(looks.history(&corpus.rules.fingerprint(), &drawn(corpus)))
}

/// How statements are set aside, in a few words.
fn drawn(corpus: &Corpus) -> String {
    corpus.codebook.unseen.as_ref().map_or(String::new(), |how| how.get_ref().words())
}

/// The day by the clock of the system, in Greenwich. It goes into the record of a look and nowhere else. A clock that
/// is before 1970 gives the first day of that year.
#[expect(clippy::disallowed_methods, reason = "a look is an act, and its record has the day; no output has it")]
fn today() -> NaiveDate {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let now = i64::try_from(seconds).ok().and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    now.unwrap_or_default().date_naive()
}
