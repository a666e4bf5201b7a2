//! `stance extract --review`: proposals one at a time, to accept, mend or turn down.
//!
//! Every decision is saved before the next proposal is shown, so that nothing is lost when the work is broken off.

use std::collections::HashMap;
use std::io::{self, BufRead, Write};
use std::path::PathBuf;

use anstyle::Style;
use stance::corpus::STATEMENTS;
use stance::date;
use stance::error::{Error, Result};
use stance::extract::rows::{REVIEW, WITHIN};
use stance::words::nearest;
use stance::words::shortened;

use super::args::ExtractArgs;
use super::sheet::Sheet;
use super::{Outcome, extract, source, stdout_failed};

const WORDS: Style = Style::new().bold();
const QUIET: Style = Style::new().dimmed();
/// How many characters of the article are shown on either side of the words.
const AROUND: usize = 220;
/// By so many words at their beginning words are known again in their article.
const FEW: usize = 4;
const KEYS: &str =
    "a accept, r reject, n next, u undo, q quit, ? help; to mend: s speaker, o office, d date, k kind, v venue, t text";

const HELP: &str = "\
a  accept: the row counts from now on
r  reject: it stays in the file as `rejected`, and is not proposed again
n  next, and decide later; so does nothing typed
u  undo the last decision or mending of this session; later, write `no` under verified in the file
q  quit; what is decided is saved
s o d k v t  mend speaker, office, date, kind, venue, text; nothing typed leaves it as it was, but for
             the speaker, who becomes the runner-up";

/// The cells that may be mended: by which key, and what stands in them.
const CELLS: [(&str, &str, &str); 6] = [
    ("s", "speaker", "the name"),
    ("o", "role", "the office in which it was said, or - for none"),
    ("d", "date", "YYYY-MM-DD, or YYYY-MM where only the month is known"),
    ("k", "kind", "direct, or indirect for a paraphrase"),
    ("v", "venue", "where it was said, or - for nowhere that is known"),
    ("t", "text", "the words, on one line"),
];

/// Goes through the proposals of a file.
pub fn run(args: &ExtractArgs) -> Result<Outcome> {
    let path = match args.files.as_slice() {
        [] => source::locate(&args.corpus)?.join(STATEMENTS),
        [path] => path.clone(),
        _ => return Err(Error::request("--review takes one file", "name the CSV with the proposals, or none")),
    };
    let mut session = Session::open(path)?;
    let waiting = session.waiting();
    let mut place = 0;
    while let Some(&record) = waiting.get(place) {
        session.show(record, place + 1, waiting.len())?;
        let Some(line) = answer()? else { break };
        match line.as_str() {
            "a" => {
                session.decide(record, &[("verified", "yes")])?;
                place += 1;
            }
            "r" => {
                session.decide(record, &[("verified", "rejected")])?;
                place += 1;
            }
            "n" | "" => place += 1,
            "u" => match session.undo()? {
                Some(last) => place = waiting.iter().position(|record| *record == last).unwrap_or(place),
                None => say("nothing to undo")?,
            },
            "q" => break,
            key => match CELLS.iter().find(|(own, ..)| *own == key) {
                Some((_, name, hint)) => session.mend(record, name, hint)?,
                None if key == "?" || key == "h" => say(HELP)?,
                None => say(&format!("`{key}` is no key; ? says what each does"))?,
            },
        }
    }
    say(&session.summary())?;
    Ok(Outcome::Fine)
}

/// A file with proposals, as it stands now.
struct Session {
    sheet: Sheet,
    /// Records as they were written before each decision, with their number.
    before: Vec<(usize, String)>,
    /// The articles that were opened to show what stands around the words.
    articles: HashMap<String, Option<String>>,
}

impl Session {
    fn open(path: PathBuf) -> Result<Session> {
        let sheet = Sheet::open(path)?;
        if sheet.records.column("verified").is_none() {
            let what = format!("{} has no column `verified`, and so no proposals", sheet.path.display());
            return Err(Error::request(what, "propose some: `stance extract TEXT … --append`, or `-o proposals.csv`"));
        }
        Ok(Session { sheet, before: Vec::new(), articles: HashMap::new() })
    }

    /// The records that nobody has decided on.
    fn waiting(&self) -> Vec<usize> {
        let records = &self.sheet.records;
        (1..records.cells.len()).filter(|record| records.cell(*record, "verified") == "no").collect()
    }

    /// Shows a proposal within its article.
    fn show(&mut self, record: usize, number: usize, all: usize) -> Result<()> {
        let names =
            ["speaker", "role", "date", "date_from", "confidence", "runner_up", "kind", "venue", "notes", "text"];
        let [speaker, role, date, from, confidence, other, kind, venue, notes, text] =
            names.map(|name| self.sheet.records.cell(record, name).to_owned());
        let by_month = self.sheet.records.cell(record, "date_precision") == "month";
        let day: String = if by_month { date.chars().take("2025-01".len()).collect() } else { date };
        let mut head = format!("{number} of {all}: {speaker}");
        let more = [
            ("", &role, ", "),
            ("", &day, ", "),
            ("from ", &from, " ("),
            ("speaker: ", &confidence, "; "),
            ("else ", &other, ", "),
            ("", &kind, "; "),
            ("", &venue, "; "),
            ("", &notes, "; "),
        ];
        for (name, value, before) in more.iter().filter(|(_, value, _)| !value.is_empty()) {
            head += &format!("{before}{name}{value}{}", if *before == " (" { ")" } else { "" });
        }
        let shown = match self.around(record, &text) {
            Ok(Some((before, words, after))) => {
                format!("{QUIET}…{before}{QUIET:#}[{WORDS}{words}{WORDS:#}]{QUIET}{after}…{QUIET:#}")
            }
            Ok(None) => format!("{WORDS}{text}{WORDS:#}"),
            Err(missing) => format!("{WORDS}{text}{WORDS:#}\n{QUIET}({missing}){QUIET:#}"),
        };
        let mut out = anstream::stdout();
        writeln!(out, "\n{head}\n{shown}\n{QUIET}as: {}{QUIET:#}\n{KEYS}:", shortened(&text, 300))
            .and_then(|()| out.flush())
            .map_err(stdout_failed)
    }

    /// What stands around the words of a record in its article; `None` where the record names no article, and why it
    /// cannot be shown where it does.
    fn around(&mut self, record: usize, text: &str) -> std::result::Result<Option<(String, String, String)>, String> {
        let [file, start, end] = ["file", "start", "end"].map(|name| self.sheet.records.cell(record, name).to_owned());
        let (Ok(start), Ok(end)) = (start.parse::<usize>(), end.parse::<usize>()) else { return Ok(None) };
        if file.is_empty() {
            return Ok(None);
        }
        let Some(article) = self.article(&file) else {
            return Err(format!("what stands around it cannot be shown: {file} is not to be found from this folder"));
        };
        let same = |passage: &str| {
            let there = letters(passage);
            text.split_whitespace().take(FEW).all(|word| there.contains(&letters(word)))
        };
        match around(article, start, end) {
            Some(found) if same(&found.1) => Ok(Some(found)),
            // They may have been mended, or another article has come under that name.
            Some((_, passage, _)) => Err(format!("{file} has other words there: {}", shortened(&passage, 300))),
            None => Err(format!("{file} is shorter than when the words were read")),
        }
    }

    /// The text of an article, if its file is still there.
    fn article(&mut self, file: &str) -> Option<&str> {
        let beside = self.sheet.path.parent().map(|folder| folder.join(file));
        let text = self.articles.entry(file.to_owned()).or_insert_with(|| {
            let places = [Some(PathBuf::from(file)), beside];
            let path = places.into_iter().flatten().find(|path| path.is_file())?;
            extract::open(&path).ok().map(|page| page.text)
        });
        text.as_deref()
    }

    /// Writes cells of a record, and keeps what stood there; columns that the file lacks are passed over.
    fn decide(&mut self, record: usize, values: &[(&str, &str)]) -> Result<()> {
        let records = &self.sheet.records;
        let Some(cells) = records.cells.get(record) else { return Ok(()) };
        let mut cells = cells.clone();
        for (name, value) in values {
            if let Some(cell) = records.column(name).and_then(|column| cells.get_mut(column)) {
                (*value).clone_into(cell);
            }
        }
        let (text, old) = (records.with_record(record, &cells), records.raw(record).to_owned());
        self.sheet.save(text)?;
        self.before.push((record, old));
        Ok(())
    }

    /// Asks for another value of a cell, and writes it if it can stand there.
    fn mend(&mut self, record: usize, name: &str, hint: &str) -> Result<()> {
        if self.sheet.records.column(name).is_none() {
            return say(&format!("the file has no column {name}"));
        }
        let other = self.sheet.records.cell(record, "runner_up").to_owned();
        let alternative =
            if name == "speaker" && !other.is_empty() { format!(", or nothing for {other}") } else { String::new() };
        let now = shortened(self.sheet.records.cell(record, name), 60);
        let now = if now.is_empty() { "none" } else { now.as_str() };
        say(&format!("{name} ({hint}{alternative}; now: {now}):"))?;
        let Some(mut value) = answer()? else { return Ok(()) };
        if name == "speaker" && value.is_empty() {
            value = other;
        }
        if value.is_empty() {
            return say("left as it was");
        }
        match name {
            // An office is one person's.
            "speaker" => {
                self.decide(record, &[("speaker", &value), ("role", ""), ("confidence", REVIEW), ("runner_up", "")])?;
                self.tell_nearest(record, &value)
            }
            "date" => self.mend_date(record, &value),
            "kind" if value != "direct" && value != "indirect" => say(&format!("`{value}` is no kind: {hint}")),
            // Where the words stand is no longer known; where the report stands still is.
            "text" => self.decide(record, &[("text", &value), ("spans", "")]),
            "role" | "venue" if value == "-" => self.decide(record, &[(name, "")]),
            _ => self.decide(record, &[(name, &value)]),
        }
    }

    /// Says so where nobody else of a name speaks in the file, but somebody of one much like it.
    fn tell_nearest(&self, record: usize, speaker: &str) -> Result<()> {
        let rows = self.sheet.statements.rows.iter().enumerate();
        let others = rows.filter(|(place, _)| place + 1 != record).map(|(_, row)| row.speaker.as_str());
        match nearest(speaker, others.clone()) {
            Some(near) if others.clone().all(|other| other != speaker) => {
                say(&format!("saved; nobody else is called {speaker} here. Did you mean {near}?"))
            }
            _ => Ok(()),
        }
    }

    fn mend_date(&mut self, record: usize, value: &str) -> Result<()> {
        let by_month = date::parse_day(&format!("{value}-01")).is_ok();
        if by_month && self.sheet.records.column("date_precision").is_none() {
            return say(
                "the file has no column date_precision, so that a month would be taken for a day; give the day",
            );
        }
        let day = if by_month { format!("{value}-01") } else { value.to_owned() };
        let day = match date::parse_day(&day) {
            Ok(day) => day,
            Err(fault) => return say(&format!("{}: {}", fault.what, fault.hint)),
        };
        let precision = if by_month { "month" } else { "day" };
        // What is said of the day in the notes was said of the old one.
        let notes = self.sheet.records.cell(record, "notes").split("; ").filter(|note| !is_within(note));
        let notes = notes.collect::<Vec<_>>().join("; ");
        let values =
            [("date", &*day.to_string()), ("date_precision", precision), ("date_from", REVIEW), ("notes", &*notes)];
        self.decide(record, &values)?;
        let published = date::parse_day(self.sheet.records.cell(record, "source_date"));
        match published {
            Ok(published) if published < day => {
                say(&format!("saved, though the text was published before, on {published}; u takes it back"))
            }
            _ => Ok(()),
        }
    }

    /// Takes the last decision back; the record that it was about, if there was one.
    fn undo(&mut self) -> Result<Option<usize>> {
        let Some((record, raw)) = self.before.pop() else { return Ok(None) };
        let text = self.sheet.records.with_raw(record, &raw);
        self.sheet.save(text)?;
        Ok(Some(record))
    }

    fn summary(&self) -> String {
        let records = &self.sheet.records;
        let count =
            |word: &str| (1..records.cells.len()).filter(|record| records.cell(*record, "verified") == word).count();
        format!(
            "{}: {} accepted, {} rejected, {} waiting",
            self.sheet.path.display(),
            count("yes"),
            count("rejected"),
            count("no")
        )
    }
}

/// The next line that is typed, without white space around it; `None` where there is no more.
fn answer() -> Result<Option<String>> {
    loop {
        let mut line = Vec::new();
        if io::stdin().lock().read_until(b'\n', &mut line).map_err(typed)? == 0 {
            return Ok(None);
        }
        match String::from_utf8(line) {
            Ok(line) => return Ok(Some(line.trim().to_owned())),
            Err(_) => say("the line is not UTF-8, and nothing was done; type it again:")?,
        }
    }
}

fn typed(source: io::Error) -> Error {
    Error::Read { path: PathBuf::from("-"), source }
}

/// Whether a note names the days between which something was said, and nothing else.
fn is_within(note: &str) -> bool {
    let days = note.strip_prefix(WITHIN).and_then(|rest| rest.trim().split_once(" and "));
    days.is_some_and(|(from, to)| date::parse_day(from).is_ok() && date::parse_day(to).is_ok())
}

/// The letters of some words, by which they are known again.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
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
