//! `stance extract --review`: proposals one at a time, to accept, mend or turn down.
//!
//! Every decision is saved before the next proposal is shown, so that nothing is lost when the work is broken off.

use std::collections::HashMap;
use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};

use anstyle::Style;
use stance::corpus::STATEMENTS;
use stance::date;
use stance::error::{Error, Result};
use stance::splice::Records;
use stance::statement::{NO_STATEMENT, Statements};
use stance::table;
use stance::words::shortened;

use super::args::ExtractArgs;
use super::{Outcome, extract, output, source, stdout_failed};

const WORDS: Style = Style::new().bold();
const QUIET: Style = Style::new().dimmed();
/// How many characters of the article are shown on either side of the words.
const AROUND: usize = 220;
const KEYS: &str = "a accept, s speaker, d date, t text, r reject, n next, u undo, q quit";

/// Goes through the proposals of a file.
pub fn run(args: &ExtractArgs) -> Result<Outcome> {
    let path = match args.files.as_slice() {
        [] => source::locate(&args.corpus)?.join(STATEMENTS),
        [path] => path.clone(),
        _ => return Err(Error::request("--review takes one file", "name the CSV with the proposals, or none")),
    };
    let mut session = Session::open(path)?;
    let stdin = io::stdin();
    let mut answers = stdin.lock().lines();
    let mut answer = move || answers.next().transpose().map_err(Error::Output);
    let waiting = session.waiting();
    let mut place = 0;
    while let Some(&record) = waiting.get(place) {
        session.show(record, place + 1, waiting.len())?;
        let Some(line) = answer()? else { break };
        match line.trim() {
            "a" => {
                session.decide(record, &[("verified", "yes")])?;
                place += 1;
            }
            "r" => {
                session.decide(record, &[("verified", "rejected")])?;
                place += 1;
            }
            "n" | "" => place += 1,
            "s" => session.mend(record, "speaker", &mut answer)?,
            "d" => session.mend(record, "date", &mut answer)?,
            "t" => session.mend(record, "text", &mut answer)?,
            "u" => match session.undo()? {
                Some(last) => place = waiting.iter().position(|record| *record == last).unwrap_or(place),
                None => say("nothing to undo")?,
            },
            "q" => break,
            other => say(&format!("`{other}` is no key: {KEYS}"))?,
        }
    }
    say(&session.summary())?;
    Ok(Outcome::Fine)
}

/// A file with proposals, as it stands now.
struct Session {
    path: PathBuf,
    text: String,
    statements: Statements,
    /// Records as they were written before each decision, with their number.
    before: Vec<(usize, String)>,
    /// The articles that were opened to show what stands around the words.
    articles: HashMap<String, Option<String>>,
}

impl Session {
    fn open(path: PathBuf) -> Result<Session> {
        let text = table::read_text(&path)?;
        let mut problems = Vec::new();
        let statements = Statements::parse(&path, &text, &mut problems);
        problems.retain(|problem| problem.what != NO_STATEMENT);
        let Some(statements) = statements.filter(|_| problems.is_empty()) else {
            return Err(Error::Invalid(problems));
        };
        if !statements.header.iter().any(|column| column == "verified") {
            let what = format!("{} has no column `verified`, and so no proposals", path.display());
            return Err(Error::request(what, "propose some: `stance extract TEXT … --append`, or `-o proposals.csv`"));
        }
        Ok(Session { path, text, statements, before: Vec::new(), articles: HashMap::new() })
    }

    fn records(&self) -> Records<'_> {
        Records::of(&self.text, self.statements.dialect)
    }

    /// The records that nobody has decided on.
    fn waiting(&self) -> Vec<usize> {
        let records = self.records();
        let Some(column) = records.column("verified") else { return Vec::new() };
        let open = |record: &usize| records.cells[*record].get(column).is_some_and(|cell| cell == "no");
        (1..records.cells.len()).filter(open).collect()
    }

    fn cell(&self, record: usize, name: &str) -> String {
        let records = self.records();
        let column = records.column(name);
        column.and_then(|column| records.cells[record].get(column).cloned()).unwrap_or_default()
    }

    /// Shows a proposal within its article.
    fn show(&mut self, record: usize, number: usize, all: usize) -> Result<()> {
        let get = |name: &str| self.cell(record, name);
        let day = if get("date_precision") == "month" {
            get("date").chars().take("2025-01".len()).collect()
        } else {
            get("date")
        };
        let mut head = format!("{number} of {all}: {}, {day} (from {})", get("speaker"), get("date_from"));
        head += &format!("; speaker: {}", get("confidence"));
        if !get("runner_up").is_empty() {
            head += &format!(", else {}", get("runner_up"));
        }
        head += &format!("; {}", get("kind"));
        if !get("venue").is_empty() {
            head += &format!("; {}", get("venue"));
        }
        let (file, start, end, text) = (get("file"), get("start"), get("end"), get("text"));
        let around = match (start.parse::<usize>(), end.parse::<usize>()) {
            (Ok(start), Ok(end)) => self.article(&file).and_then(|article| around(article, start, end)),
            _ => None,
        };
        // Another article may have come under that name: the words must be there.
        let around = around.filter(|(_, passage, _)| {
            let first = text.split(" [...] ").next().and_then(|words| words.split_whitespace().next()).unwrap_or("");
            passage.contains(first.trim_end_matches(['.', ',']))
        });
        let mut out = anstream::stdout();
        let shown = match around {
            Some((before, words, after)) => {
                format!("{QUIET}…{before}{QUIET:#}[{WORDS}{words}{WORDS:#}]{QUIET}{after}…{QUIET:#}")
            }
            None => format!("{WORDS}{text}{WORDS:#}"),
        };
        writeln!(out, "\n{head}\n{shown}\n{QUIET}as: {}{QUIET:#}\n{KEYS}:", shortened(&text, 300))
            .and_then(|()| out.flush())
            .map_err(stdout_failed)
    }

    /// The text of an article, if its file is still there.
    fn article(&mut self, file: &str) -> Option<&str> {
        if file.is_empty() {
            return None;
        }
        let beside = self.path.parent().map(|folder| folder.join(file));
        let text = self.articles.entry(file.to_owned()).or_insert_with(|| {
            let places = [Some(PathBuf::from(file)), beside];
            let path = places.into_iter().flatten().find(|path| path.is_file())?;
            extract::open(Path::new(&path)).ok().map(|page| page.text)
        });
        text.as_deref()
    }

    /// Writes cells of a record, and keeps what stood there; columns that the file lacks are passed over.
    fn decide(&mut self, record: usize, values: &[(&str, &str)]) -> Result<()> {
        let records = self.records();
        let Some(cells) = records.cells.get(record) else { return Ok(()) };
        let mut cells = cells.clone();
        for (name, value) in values {
            if let Some(cell) = records.column(name).and_then(|column| cells.get_mut(column)) {
                (*value).clone_into(cell);
            }
        }
        let (text, old) = (records.with_record(record, &cells), records.raw(record).to_owned());
        self.save(text)?;
        self.before.push((record, old));
        Ok(())
    }

    /// Asks for another value of a cell, and writes it if it can stand there.
    fn mend(&mut self, record: usize, name: &str, answer: &mut impl FnMut() -> Result<Option<String>>) -> Result<()> {
        let other = self.cell(record, "runner_up");
        let hint = match name {
            "speaker" if other.is_empty() => "the name".to_owned(),
            "speaker" => format!("the name, or nothing for {other}"),
            "date" => "YYYY-MM-DD, or YYYY-MM where only the month is known".to_owned(),
            _ => "the words, on one line".to_owned(),
        };
        say(&format!("{name} ({hint}):"))?;
        let Some(line) = answer()? else { return Ok(()) };
        let mut value = line.trim().to_owned();
        if name == "speaker" && value.is_empty() {
            value = other;
        }
        if value.is_empty() {
            return say("left as it was");
        }
        match name {
            // An office is one person's.
            "speaker" => {
                self.decide(record, &[("speaker", &value), ("role", ""), ("confidence", "review"), ("runner_up", "")])
            }
            "date" => self.mend_date(record, &value),
            _ => self.decide(record, &[(name, &value)]),
        }
    }

    fn mend_date(&mut self, record: usize, value: &str) -> Result<()> {
        let by_month = value.len() == "2025-01".len();
        if by_month && self.records().column("date_precision").is_none() {
            return say(
                "the file has no column date_precision, so that a month would be taken for a day; give the day",
            );
        }
        let day = if by_month { format!("{value}-01") } else { value.to_owned() };
        match date::parse_day(&day) {
            Ok(day) => {
                let (day, precision) = (day.to_string(), if by_month { "month" } else { "day" });
                self.decide(record, &[("date", &day), ("date_precision", precision), ("date_from", "review")])
            }
            Err(fault) => say(&format!("{}: {}", fault.what, fault.hint)),
        }
    }

    /// Takes the last decision back; the record that it was about, if there was one.
    fn undo(&mut self) -> Result<Option<usize>> {
        let Some((record, raw)) = self.before.pop() else { return Ok(None) };
        let text = self.records().with_raw(record, &raw);
        self.save(text)?;
        Ok(Some(record))
    }

    /// Saves the file, unless someone else has changed it in the meantime.
    fn save(&mut self, text: String) -> Result<()> {
        if table::read_text(&self.path)? != self.text {
            let what = format!("{} has been changed by another program", self.path.display());
            return Err(Error::request(
                what,
                "nothing was written; begin the review again, it goes on where it was left",
            ));
        }
        output::write_file(&self.path, |to| to.write_all(text.as_bytes()).map_err(Error::Output))?;
        self.text = text;
        Ok(())
    }

    fn summary(&self) -> String {
        let records = self.records();
        let column = records.column("verified");
        let count = |word: &str| {
            let own =
                |cells: &&Vec<String>| column.and_then(|column| cells.get(column)).is_some_and(|cell| cell == word);
            records.cells.iter().skip(1).filter(own).count()
        };
        format!(
            "{}: {} accepted, {} rejected, {} waiting",
            self.path.display(),
            count("yes"),
            count("rejected"),
            count("no")
        )
    }
}

/// What stands before, at and after a stretch of characters.
fn around(article: &str, start: usize, end: usize) -> Option<(String, String, String)> {
    let byte = |character: usize| article.char_indices().nth(character).map_or(article.len(), |(byte, _)| byte);
    let (from, to) = (byte(start), byte(end));
    if from >= to {
        return None;
    }
    let tidy = |text: &str| {
        let printable: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let (first, last) = (printable.starts_with(' '), printable.ends_with(' '));
        let words = printable.split_whitespace().collect::<Vec<_>>().join(" ");
        format!("{}{words}{}", if first { " " } else { "" }, if last && !words.is_empty() { " " } else { "" })
    };
    let before = tidy(&article[byte(start.saturating_sub(AROUND))..from]);
    let after = tidy(&article[to..byte(end.saturating_add(AROUND))]);
    Some((before, tidy(&article[from..to]), after))
}

fn say(line: &str) -> Result<()> {
    let mut stdout = anstream::stdout();
    writeln!(stdout, "{line}").and_then(|()| stdout.flush()).map_err(stdout_failed)
}
