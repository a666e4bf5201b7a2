//! The room for rules.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use maud::Markup;
use stance::agreement::rules::found;
use stance::codebook::IssueIndex;
use stance::corpus::{Corpus, RULES_FILE, Selection};
use stance::desk::pages::Room;
use stance::desk::pages::rules::{RulesView, trial as changes, verdicts as changed_verdicts};
use stance::desk::search::search;
use stance::desk::trial::Trial;
use stance::desk::words;
use stance::draft::skeleton;
use stance::error::Result;
use stance::file::document::Document;
use stance::file::table::read_text;
use stance::file::{read, save};
use stance::rule::RuleDecisions;
use stance::rule::file::lists;
use stance::rule::pattern::Pattern;
use stance::rule::topic::Said;
use stance::statement::{Statement, Verified};
use stance::study::{Ask, Study};
use stance::words::fingerprint;

use super::page;
use crate::cli::desk::serve::{Asked, Fields, Reply};
use crate::cli::desk::state::Desk;
use crate::cli::{explain, unseen};

/// The text of the file as it is on the disk; empty if there is none.
fn saved(desk: &Desk) -> Result<String> {
    let path = desk.folder.join(RULES_FILE);
    if read::exists(&path) { read_text(&path) } else { Ok(String::new()) }
}

/// A typed text with the line ends of the file that it was. A browser sends CRLF, whatever it was given.
fn as_in(old: &str, typed: &str) -> String {
    let plain = |text: &str| text.replace("\r\n", "\n");
    if plain(old) == plain(typed) {
        return old.to_owned();
    }
    let mark = if old.starts_with('\u{feff}') && !typed.starts_with('\u{feff}') { "\u{feff}" } else { "" };
    let text = plain(typed);
    let text = if old.contains("\r\n") { text.replace('\n', "\r\n") } else { text };
    format!("{mark}{text}")
}

fn mark(text: &str) -> String {
    fingerprint(std::iter::once(text))
}

/// Shows the file, a pattern or an explanation.
pub fn show(desk: &mut Desk, corpus: &Arc<Corpus>, asked: &Asked) -> Result<Reply> {
    let file = saved(desk)?;
    let shown = Shown { text: file.clone(), was: mark(&file), line: None };
    Ok(room(desk, corpus, &file, &shown, asked.query.get("find").trim(), asked.query.get("explain").trim()))
}

/// What is in the editor.
struct Shown {
    text: String,
    /// A mark of the file that it began as.
    was: String,
    /// The line to show first.
    line: Option<usize>,
}

/// The room with a text, what was looked for in it and what was asked about.
fn room(desk: &mut Desk, corpus: &Arc<Corpus>, file: &str, shown: &Shown, written: &str, id: &str) -> Reply {
    let document = Document::new(desk.folder.join(RULES_FILE), shown.text.clone());
    let found = (!written.is_empty()).then(|| {
        let places = search(corpus, &document, written)
            .map_err(|fault| format!("{} at {}: {}", fault.what, &written[fault.offset..], fault.hint));
        (written, places)
    });
    let locale = words::locale(desk.language);
    let view = RulesView {
        corpus,
        text: &shown.text,
        unsaved: shown.text != file,
        was: &shown.was,
        line: shown.line,
        trial: &tried(corpus, &desk.decisions, &shown.text),
        found,
        explained: (!id.is_empty()).then(|| (id, explanation(corpus, id))),
        locale: &locale,
    };
    let main = view.show();
    page(desk, corpus, Some(Room::Rules), &locale, &main)
}

/// Adds the beginning of a rule for a pattern to a text. Returns the line on which it begins, and what to say. No rule is
/// made of a pattern that occurs nowhere.
fn with_rule(corpus: &Corpus, path: &Path, text: &mut String, written: &str) -> (Option<usize>, String) {
    let document = Document::new(path.to_owned(), text.clone());
    let Ok(pattern) = Pattern::parse_with(written, &lists(&document)) else {
        return (None, "No rule was made: the pattern cannot be read.".to_owned());
    };
    if search(corpus, &document, written).is_ok_and(|places| places.is_empty()) {
        let what = "No rule was made: the pattern occurs in no statement that may be seen.".to_owned();
        return (None, what);
    }
    let seen = |row: &Statement| row.verified != Verified::Rejected;
    let rule = skeleton::skeleton(corpus, written, &pattern, seen);
    let crlf = text.contains("\r\n");
    let before = text.trim_end().to_owned();
    let rule = if crlf { rule.replace('\n', "\r\n") } else { rule };
    let between = match (before.is_empty(), crlf) {
        (true, _) => "",
        (false, true) => "\r\n\r\n",
        (false, false) => "\n\n",
    };
    *text = format!("{before}{between}{rule}");
    let line = format!("{before}{between}").matches('\n').count() + 1;
    (Some(line), "A rule for the pattern is at the end of the text. Nothing is saved yet.".to_owned())
}

/// Why a statement has its labels. Statements that are set aside are not shown to whoever writes rules.
fn explanation(corpus: &Corpus, id: &str) -> String {
    let Some(place) = corpus.statements.find(id) else { return format!("There is no statement with the id {id}.") };
    let row = &corpus.statements.rows[place];
    if row.unseen { unseen::hidden(id) } else { explain::text(corpus, Some(place), row, &Said::statement(row)) }
}

fn tried(corpus: &Corpus, decisions: &RuleDecisions, text: &str) -> Markup {
    let trial = Trial::of(corpus, decisions, text);
    let before = found(corpus, decisions);
    let after = trial.tried.as_ref().map(|tried| found(corpus, &tried.decisions));
    changes(corpus, &trial, &before, after.as_deref())
}

/// A text to try.
pub struct Work {
    corpus: Arc<Corpus>,
    decisions: Arc<RuleDecisions>,
    text: String,
    verdicts: bool,
}

impl Work {
    /// Takes a text. `verdicts` asks which verdicts would change, which takes longer than the rest.
    ///
    /// # Errors
    /// If the file of rules cannot be read.
    pub fn new(desk: &Desk, corpus: &Arc<Corpus>, form: &Fields, verdicts: bool) -> Result<Work> {
        let text = as_in(&saved(desk)?, form.get("text"));
        Ok(Work { corpus: Arc::clone(corpus), decisions: Arc::clone(&desk.decisions), text, verdicts })
    }

    /// Tries it. The reply is a part of the page.
    pub fn reply(&self) -> Reply {
        let part =
            if self.verdicts { self.changed_verdicts() } else { tried(&self.corpus, &self.decisions, &self.text) };
        Reply::Part(part.into_string())
    }

    fn changed_verdicts(&self) -> Markup {
        let (corpus, before) = (&self.corpus, &self.decisions);
        let tried = Trial::of(corpus, before, &self.text).tried.filter(|tried| !tried.moved.is_empty());
        let Some(tried) = tried else { return Markup::default() };
        // Whoever writes rules does not learn what they do with statements that are set aside.
        let ask = || Ask { selection: Selection { seen: true, ..Selection::default() }, ..Ask::default() };
        let judged = |decisions: &RuleDecisions| -> BTreeMap<(String, IssueIndex), &'static str> {
            let study = Study::of(corpus, decisions, ask(), &|_, _| {});
            let pairs = study.verdicts.pairs.into_iter();
            pairs.map(|pair| ((pair.speaker, pair.index), pair.verdict.word())).collect()
        };
        let (before, after) = (judged(before), judged(&tried.decisions));
        let pairs: BTreeSet<_> = before.keys().chain(after.keys()).collect();
        let word = |of: Option<&&'static str>| of.map_or("no position", |word| word).to_owned();
        let differs = pairs.iter().filter(|pair| before.get(pair) != after.get(pair));
        let row = |pair: &&(String, IssueIndex)| {
            let issue = corpus.codebook.issue(pair.1).name.clone();
            (pair.0.clone(), issue, word(before.get(*pair)), word(after.get(*pair)))
        };
        changed_verdicts(&differs.map(row).collect::<Vec<_>>(), pairs.len())
    }
}

/// Tries a text, and does with it what the button says: saves it if it has no fault, looks for a pattern, makes a rule
/// of it, or explains a statement. What was typed is kept in each case.
pub fn answer(desk: &mut Desk, corpus: &Arc<Corpus>, form: &Fields) -> Result<Reply> {
    let file = saved(desk)?;
    let mut shown = Shown { text: as_in(&file, form.get("text")), was: form.get("was").to_owned(), line: None };
    let (written, id) = (form.get("find").trim(), form.get("explain").trim());
    match form.get("do") {
        "save" => {
            let sound = Trial::of(corpus, &desk.decisions, &shown.text).is_sound();
            desk.message = Some(if shown.was != mark(&file) {
                shown.was = mark(&file);
                "Another program has changed rules.toml since you opened it. Nothing is saved. To keep your text and lose that change, press Save again.".to_owned()
            } else if !sound {
                "Not saved: the text has a fault, or a test fails.".to_owned()
            } else if shown.text == file {
                "Nothing has changed.".to_owned()
            } else {
                let path = desk.folder.join(RULES_FILE);
                let warnings = match read::exists(&path) {
                    true => save::replace(&path, file.as_bytes(), shown.text.as_bytes())?,
                    false => save::begin(&path, shown.text.as_bytes())?,
                };
                let told = std::iter::once("Saved.".to_owned()).chain(warnings.iter().map(ToString::to_string));
                desk.message = Some(told.collect::<Vec<_>>().join(" "));
                return Ok(Reply::See(Room::Rules.path().to_owned()));
            });
        }
        "rule" if !written.is_empty() => {
            let (line, told) = with_rule(corpus, &desk.folder.join(RULES_FILE), &mut shown.text, written);
            (shown.line, desk.message) = (line, Some(told));
        }
        "rule" | "find" if written.is_empty() => desk.message = Some("Type a pattern first.".to_owned()),
        _ => {}
    }
    let id = form.get("do").strip_prefix("explain ").unwrap_or(id);
    Ok(room(desk, corpus, &file, &shown, written, id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_keeps_the_line_ends_of_its_file() {
        assert_eq!(as_in("a\nb\n", "a\r\nb\r\n"), "a\nb\n");
        assert_eq!(as_in("a\nb\n", "a\r\nc\r\n"), "a\nc\n");
        assert_eq!(as_in("a\r\nb\r\n", "a\r\nc\r\n"), "a\r\nc\r\n");
        assert_eq!(as_in("a\r\nb\n", "a\r\nb\r\n"), "a\r\nb\n", "mixed, and not touched");
        assert_eq!(as_in("\u{feff}a\n", "b\r\n"), "\u{feff}b\n");
    }
}
