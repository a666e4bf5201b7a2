//! `stance extract --review`: proposals one at a time, to accept, fix or reject.

use std::io::{self, BufRead, Write};
use std::path::PathBuf;

use anstyle::Style;
use stance::corpus::STATEMENTS;
use stance::error::{Error, Result};
use stance::extract::review::{Cell, Fixed, Session, Summary};
use stance::statement::Verified;
use stance::words::{printable_line, shortened};

use super::args::ExtractArgs;
use super::{Outcome, source, stdout_failed};

const WORDS: Style = Style::new().bold();
const QUIET: Style = Style::new().dimmed();
const KEYS: &str = "a accept, r reject, n or Enter next, u undo, q quit, ? help; to edit: s speaker, o office, d date, k kind, v venue, t text";

const HELP: &str = "\
a  accept: the row counts from now on
r  reject: it stays in the file as `rejected`, and is not proposed again
n  next, and decide later; Enter does the same
u  undo the last decision or edit of this session; later, write `no` under verified in the file
q  quit; what is decided is saved
s o d k v t  edit speaker, office, date, kind, venue, text; Enter leaves it as it was, except that
             the speaker then becomes the runner-up";

/// The cells that may be edited, by their keys.
const CELLS: [(&str, Cell); 6] = [
    ("s", Cell::Speaker),
    ("o", Cell::Role),
    ("d", Cell::Date),
    ("k", Cell::Kind),
    ("v", Cell::Venue),
    ("t", Cell::Text),
];

/// Goes through the proposals of a file.
pub fn run(args: &ExtractArgs) -> Result<Outcome> {
    let path = match args.files.as_slice() {
        [] => source::locate(&args.corpus)?.join(STATEMENTS),
        [path] => path.clone(),
        _ => return Err(Error::request("--review takes one file", "name the CSV with the proposals, or no file")),
    };
    let mut session = Session::open(path)?;
    let waiting = session.waiting();
    let mut place = 0;
    while let Some(&record) = waiting.get(place) {
        show(&mut session, record, place + 1, waiting.len())?;
        let Some(line) = answer()? else { break };
        match line.as_str() {
            "a" => {
                session.decide(record, Verified::Yes)?;
                place += 1;
            }
            "r" => {
                session.decide(record, Verified::Rejected)?;
                place += 1;
            }
            "n" | "" => place += 1,
            "u" => match session.undo()? {
                Some(last) => place = waiting.iter().position(|record| *record == last).unwrap_or(place),
                None => say("nothing to undo")?,
            },
            "q" => break,
            "?" | "h" => say(HELP)?,
            key => match CELLS.iter().find(|(known, _)| *known == key) {
                Some((_, cell)) => fix(&mut session, record, *cell)?,
                None => say(&format!("`{key}` is not a key; ? lists the keys"))?,
            },
        }
        source::warn(&session.take_warnings());
    }
    let Summary { accepted, rejected, waiting } = session.summary();
    let path = session.path().display();
    say(&format!("{path}, in all: {accepted} accepted, {rejected} rejected, {waiting} waiting"))?;
    Ok(Outcome::Fine)
}

/// Shows a proposal within its article.
fn show(session: &mut Session, record: usize, number: usize, all: usize) -> Result<()> {
    // A day from other words of the text is for the reviewer to check.
    let inferred = session.cell(record, "date_confidence") == "inferred";
    let names = ["speaker", "role", "date", "date_from", "confidence", "runner_up", "kind", "venue", "notes", "text"];
    let [speaker, role, date, from, confidence, other, kind, venue, notes, text] =
        names.map(|name| printable_line(session.cell(record, name)).into_owned());
    let by_month = session.cell(record, "date_precision") == "month";
    let day: String = if by_month { date.chars().take("2025-01".len()).collect() } else { date };
    let mut head = format!("{number} of {all}: {speaker}");
    let more = [
        ("", &role, ", "),
        ("", &day, ", "),
        (if inferred { "inferred from " } else { "from " }, &from, " ("),
        ("speaker: ", &confidence, "; "),
        ("or ", &other, ", "),
        ("", &kind, "; "),
        ("", &venue, "; "),
        ("", &notes, "; "),
    ];
    for (name, value, before) in more.iter().filter(|(_, value, _)| !value.is_empty()) {
        head += &format!("{before}{name}{value}{}", if *before == " (" { ")" } else { "" });
    }
    let line = |part: String| printable_line(&part).into_owned();
    let shown = match session.around(record) {
        Ok(Some(passage)) => {
            let (before, words, after) = (line(passage.0), line(passage.1), line(passage.2));
            format!("{QUIET}…{before}{QUIET:#}[{WORDS}{words}{WORDS:#}]{QUIET}{after}…{QUIET:#}")
        }
        Ok(None) => format!("{WORDS}{text}{WORDS:#}"),
        Err(missing) => format!("{WORDS}{text}{WORDS:#}\n{QUIET}({}){QUIET:#}", line(missing)),
    };
    let mut out = super::terminal::out();
    writeln!(out.styled(), "\n{head}\n{shown}\n{QUIET}as: {}{QUIET:#}\n{KEYS}:", shortened(&text, 300))
        .and_then(|()| out.flush())
        .map_err(stdout_failed)
}

/// Asks for a new value of a cell until one can be saved.
fn fix(session: &mut Session, record: usize, cell: Cell) -> Result<()> {
    let name = cell.column();
    if !session.has(cell) {
        return say(&format!("the file has no column {name}"));
    }
    let runner_up = session.cell(record, "runner_up");
    let alternative = match cell {
        Cell::Speaker if !runner_up.is_empty() => format!(", or Enter for {runner_up}"),
        _ => String::new(),
    };
    let now = shortened(session.cell(record, name), 60);
    let now = if now.is_empty() { "none" } else { now.as_str() };
    let question = format!("{name} ({}{alternative}; now: {now}):", cell.hint());
    loop {
        say(&question)?;
        let Some(value) = answer()? else { return Ok(()) };
        match session.fix(record, cell, &value)? {
            Fixed::Saved(None) => return Ok(()),
            Fixed::Saved(Some(warning)) => {
                return say(&format!("saved, but {}. {} (u undoes it)", warning.what, warning.hint));
            }
            Fixed::Refused(warning) => say(&warning.to_string())?,
        }
        // Enter leaves the cell as it was. Any other value is asked for again.
        if value.is_empty() {
            return Ok(());
        }
    }
}

/// The next line that is typed, without white space around it. `None` if there is no more.
fn answer() -> Result<Option<String>> {
    loop {
        let mut line = Vec::new();
        if io::stdin().lock().read_until(b'\n', &mut line).map_err(typed)? == 0 {
            return Ok(None);
        }
        match String::from_utf8(line) {
            Ok(line) => return Ok(Some(line.trim().to_owned())),
            Err(_) => say("the line is not UTF-8, so nothing was done; type it again:")?,
        }
    }
}

fn typed(source: io::Error) -> Error {
    Error::Read { path: PathBuf::from("-"), source }
}

fn say(line: &str) -> Result<()> {
    let mut stdout = super::terminal::out();
    writeln!(stdout, "{line}").and_then(|()| stdout.flush()).map_err(stdout_failed)
}
