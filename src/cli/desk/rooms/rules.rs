//! The room for rules.

use std::collections::{BTreeMap, BTreeSet};
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
use stance::file::table::read_text;
use stance::file::{read, save};
use stance::rule::RuleDecisions;
use stance::rule::file::lists;
use stance::rule::pattern::Pattern;
use stance::rule::topic::Said;
use stance::statement::Verified;
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
    let written = asked.query.get("find").trim().to_owned();
    let mut text = file.clone();
    if !written.is_empty()
        && asked.query.get("rule") == "1"
        && let Ok(pattern) = Pattern::parse_with(&written, &lists(&corpus.rules.document))
    {
        let seen = |row: &stance::statement::Statement| row.verified != Verified::Rejected;
        let rule = skeleton::skeleton(corpus, &written, &pattern, seen);
        text = format!("{}\n\n{rule}", text.trim_end());
        desk.message = Some("A rule for the pattern is at the end of the text. Nothing is saved yet.".to_owned());
    }
    let found = (!written.is_empty()).then(|| {
        let places = search(corpus, &written)
            .map_err(|fault| format!("{} at {}: {}", fault.what, &written[fault.offset..], fault.hint));
        (written.as_str(), places)
    });
    let id = asked.query.get("explain").trim();
    let explained = (!id.is_empty()).then(|| (id, explanation(corpus, id)));
    let view = RulesView {
        corpus,
        text: &text,
        was: &mark(&file),
        trial: &tried(corpus, &desk.decisions, &text),
        found,
        explained,
    };
    let main = view.show();
    let locale = words::locale(desk.language);
    Ok(page(desk, corpus, Some(Room::Rules), &locale, &main))
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

/// Tries a text, and saves it if that was asked for and it has no fault.
pub fn answer(desk: &mut Desk, corpus: &Arc<Corpus>, form: &Fields) -> Result<Reply> {
    let file = saved(desk)?;
    let text = as_in(&file, form.get("text"));
    let mut was = form.get("was").to_owned();
    if form.get("do") == "save" {
        let sound = Trial::of(corpus, &desk.decisions, &text).is_sound();
        desk.message = Some(if was != mark(&file) {
            was = mark(&file);
            "Another program has changed rules.toml since you opened it. Nothing is saved. To keep your text and lose that change, press Save again.".to_owned()
        } else if !sound {
            "Not saved: the text has a fault, or a test fails.".to_owned()
        } else if text == file {
            "Nothing has changed.".to_owned()
        } else {
            let path = desk.folder.join(RULES_FILE);
            let warnings = match read::exists(&path) {
                true => save::replace(&path, file.as_bytes(), text.as_bytes())?,
                false => save::begin(&path, text.as_bytes())?,
            };
            desk.message = Some(
                std::iter::once("Saved.".to_owned())
                    .chain(warnings.iter().map(ToString::to_string))
                    .collect::<Vec<_>>()
                    .join(" "),
            );
            return Ok(Reply::See(Room::Rules.path().to_owned()));
        });
    }
    let view = RulesView {
        corpus,
        text: &text,
        was: &was,
        trial: &tried(corpus, &desk.decisions, &text),
        found: None,
        explained: None,
    };
    let main = view.show();
    let locale = words::locale(desk.language);
    Ok(page(desk, corpus, Some(Room::Rules), &locale, &main))
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
