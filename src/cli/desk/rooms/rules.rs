//! The room for rules.

use std::path::Path;
use std::sync::Arc;

use maud::Markup;
use stance::chart::locale::{ChartLanguage, Locale};
use stance::corpus::{Corpus, RULES_FILE};
use stance::desk::pages::rules::{RulesView, trial as changes, verdicts};
use stance::desk::pages::{Notice, Room};
use stance::desk::search::search;
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
use stance::words::fingerprint;

use super::page;
use crate::cli::desk::serve::{Asked, Fields, Reply};
use crate::cli::desk::state::Desk;
use crate::cli::desk::tries::{Attempt, Tries};
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
    let attempt = desk.tries.attempt(corpus, &desk.decisions, &shown.text);
    let view = RulesView {
        corpus,
        text: &shown.text,
        unsaved: shown.text != file,
        was: &shown.was,
        line: shown.line,
        trial: &part(&attempt, &locale),
        found,
        explained: (!id.is_empty()).then(|| (id, explanation(corpus, id, &locale))),
        locale: &locale,
    };
    let main = view.show();
    page(desk, corpus, Some(Room::Rules), &locale, &main)
}

/// Adds the beginning of a rule for a pattern to a text. Returns the line on which it begins, and what to say. No rule is
/// made of a pattern that occurs nowhere. What to say is the id of a message.
fn with_rule(corpus: &Corpus, path: &Path, text: &mut String, written: &str) -> (Option<usize>, &'static str) {
    let document = Document::new(path.to_owned(), text.clone());
    let Ok(pattern) = Pattern::parse_with(written, &lists(&document)) else {
        return (None, "desk-rule-unread");
    };
    if search(corpus, &document, written).is_ok_and(|places| places.is_empty()) {
        return (None, "desk-rule-nowhere");
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
    (Some(line), "desk-rule-made")
}

/// Why a statement has its labels. Statements that are set aside are not shown to whoever writes rules.
fn explanation(corpus: &Corpus, id: &str, locale: &Locale) -> String {
    let Some(place) = corpus.statements.find(id) else { return locale.say("desk-no-statement", &[("id", &id)]) };
    let row = &corpus.statements.rows[place];
    if row.unseen { unseen::hidden(id) } else { explain::text(corpus, Some(place), row, &Said::statement(row)) }
}

/// What a text would do.
fn part(attempt: &Attempt, locale: &Locale) -> Markup {
    changes(&attempt.corpus, &attempt.trial, &attempt.before, attempt.after.as_deref(), locale)
}

/// A text to try.
pub struct Work {
    corpus: Arc<Corpus>,
    decisions: Arc<RuleDecisions>,
    language: ChartLanguage,
    tries: Tries,
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
        let (corpus, decisions) = (Arc::clone(corpus), Arc::clone(&desk.decisions));
        Ok(Work { corpus, decisions, language: desk.language, tries: desk.tries.clone(), text, verdicts })
    }

    /// Tries it. The reply is a part of the page. What was found is for the next request.
    pub fn done(mut self) -> (Reply, Tries) {
        let locale = words::locale(self.language);
        let attempt = self.tries.attempt(&self.corpus, &self.decisions, &self.text);
        let part = if self.verdicts {
            let changed = self.tries.verdicts(&attempt, &self.decisions);
            changed.map(|(changed, pairs)| verdicts(&changed, pairs, &locale)).unwrap_or_default()
        } else {
            part(&attempt, &locale)
        };
        (Reply::Part(part.into_string()), self.tries)
    }
}

/// Tries a text, and does with it what the button says: saves it if it has no fault, looks for a pattern, makes a rule
/// of it, or explains a statement. What was typed is kept in each case.
pub fn answer(desk: &mut Desk, corpus: &Arc<Corpus>, form: &Fields) -> Result<Reply> {
    let file = saved(desk)?;
    let mut shown = Shown { text: as_in(&file, form.get("text")), was: form.get("was").to_owned(), line: None };
    let (written, id) = (form.get("find").trim(), form.get("explain").trim());
    let locale = words::locale(desk.language);
    let say = |id: &str| locale.say(id, &[]);
    match form.get("do") {
        "save" => {
            let sound = desk.tries.attempt(corpus, &desk.decisions, &shown.text).trial.is_sound();
            desk.message = Some(if shown.was != mark(&file) {
                shown.was = mark(&file);
                Notice::refused(say("desk-rules-changed"))
            } else if !sound {
                Notice::refused(say("desk-rules-not-saved"))
            } else if shown.text == file {
                Notice::done(say("desk-rules-unchanged"))
            } else {
                let path = desk.folder.join(RULES_FILE);
                let warnings = match read::exists(&path) {
                    true => save::replace(&path, file.as_bytes(), shown.text.as_bytes())?,
                    false => save::begin(&path, shown.text.as_bytes())?,
                };
                desk.message = Notice::with(Some(Notice::done(say("desk-rules-saved"))), &warnings);
                return Ok(Reply::See(Room::Rules.path().to_owned()));
            });
        }
        "rule" if !written.is_empty() => {
            let (line, told) = with_rule(corpus, &desk.folder.join(RULES_FILE), &mut shown.text, written);
            let notice = if line.is_some() { Notice::done } else { Notice::refused };
            (shown.line, desk.message) = (line, Some(notice(say(told))));
        }
        "rule" | "find" if written.is_empty() => desk.message = Some(Notice::refused(say("desk-pattern-first"))),
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
