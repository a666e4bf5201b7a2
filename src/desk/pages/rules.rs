//! The rules: a text to edit, its faults at their places, and what it would change.

use maud::{Markup, html};

use crate::agreement::rules::{IssueRow, Moved};
use crate::agreement::share::Share;
use crate::chart::locale::Locale;
use crate::codebook::Position;
use crate::corpus::Corpus;
use crate::desk::pages::{colon, problems};
use crate::desk::search::Occurrence;
use crate::desk::trial::{Trial, Tried};
use crate::words::shortened;

/// The most labels that are listed.
const MOST: usize = 40;
/// The most places of a pattern.
const MOST_HITS: usize = 100;
/// How many characters are shown on each side of a hit.
const AROUND: usize = 60;

/// What the room shows.
pub struct RulesView<'v> {
    /// The corpus.
    pub corpus: &'v Corpus,
    /// The text in the editor.
    pub text: &'v str,
    /// Whether the text differs from what is saved.
    pub unsaved: bool,
    /// A mark of the file that the text began as.
    pub was: &'v str,
    /// The line of the text to show first, from 1, if it is not the first.
    pub line: Option<usize>,
    /// What the text would do.
    pub trial: &'v Markup,
    /// The pattern that was looked for, and where it occurs or why it cannot be read.
    pub found: Option<(&'v str, Result<Vec<Occurrence>, String>)>,
    /// Why a statement has its labels, or none: its id and the explanation.
    pub explained: Option<(&'v str, String)>,
    /// The words.
    pub locale: &'v Locale,
}

/// The form of the editor. What is looked for and explained belongs to it, too, so that the typed text comes along.
const EDITOR: &str = "editor";

impl RulesView<'_> {
    fn say(&self, id: &str) -> String {
        self.locale.say(id, &[])
    }

    /// The room.
    pub fn show(&self) -> Markup {
        html! {
            h1 { (self.say("desk-rules")) }
            p class="aside" {
                (self.say("desk-rules-how"))
                @if self.locale.tag() != "en" { " " (self.say("desk-rules-english")) }
            }
            div class="work rules" {
                form id=(EDITOR) method="post" action="rules" class="plain editor" {
                    input type="hidden" name="was" value=(self.was);
                    label for="text" { "rules.toml" }
                    div class="edited" {
                        pre class="lines" aria-hidden="true" {}
                        // A browser drops the first line end.
                        textarea id="text" name="text" rows="30" spellcheck="false" autocapitalize="off" autocomplete="off"
                            wrap="off" data-trial="trial" data-unsaved[self.unsaved] data-show=[self.line] { "\n" (self.text) }
                    }
                    p class="actions" {
                        button name="do" value="check" { (self.say("desk-check")) } " "
                        button name="do" value="save" { (self.say("desk-save")) } " "
                        a class="button" href="rules" { (self.say("desk-rules-back")) }
                    }
                }
                div {
                    div id="trial" aria-live="polite" { (self.trial) }
                    (self.find())
                    (self.explain())
                }
            }
        }
    }

    fn find(&self) -> Markup {
        let written = self.found.as_ref().map_or("", |(written, _)| written);
        html! {
            h2 id="found" { (self.say("desk-find-pattern")) }
            p {
                label for="find" { (self.say("desk-such-as")) " " code { "swap* ... (land|territor*)" } }
                input form=(EDITOR) id="find" name="find" value=(written) autocomplete="off" spellcheck="false" data-enter="find-it"; " "
                button form=(EDITOR) formaction="rules#found" id="find-it" name="do" value="find" { (self.say("desk-find")) } " "
                button form=(EDITOR) formaction="rules#text" name="do" value="rule" { (self.say("desk-make-rule")) }
            }
            @match &self.found {
                None => {}
                Some((_, Err(fault))) => p class="wrong" role="alert" lang="en" { (fault) },
                Some((_, Ok(hits))) => {
                    p { (self.locale.many("desk-places", hits.len())) @if self.corpus.unseen() > 0 { ", " (self.say("desk-places-seen")) } "." }
                    ul class="hits" { @for hit in hits.iter().take(MOST_HITS) { (self.hit(hit)) } }
                    @if hits.len() > MOST_HITS { p class="aside" { (self.locale.many("desk-more", hits.len() - MOST_HITS)) } }
                }
            }
        }
    }

    fn hit(&self, hit: &Occurrence) -> Markup {
        let row = &self.corpus.statements.rows[hit.statement];
        let (before, words, after) =
            (&row.text[..hit.span.start], &row.text[hit.span.clone()], &row.text[hit.span.end..]);
        let (before, after) = (last_words(before), first_words(after));
        html! {
            li {
                span dir="auto" { (before) mark { (words) } (after) }
                p class="aside" {
                    bdi { (row.speaker) } " · " (row.date.written) " · "
                    button form=(EDITOR) formaction="rules#why" class="quiet" name="do" value={ "explain " (row.id) } title=(self.say("desk-why-label")) { code { (row.id) } }
                }
            }
        }
    }

    fn explain(&self) -> Markup {
        let id = self.explained.as_ref().map_or("", |(id, _)| id);
        html! {
            h2 id="why" { (self.say("desk-why-label")) }
            p {
                label for="explain" { (self.say("desk-id-of-statement")) }
                input form=(EDITOR) id="explain" name="explain" value=(id) autocomplete="off" spellcheck="false" data-enter="explain-it"; " "
                button form=(EDITOR) formaction="rules#why" id="explain-it" name="do" value="explain" { (self.say("desk-explain")) }
            }
            @if self.unsaved && self.explained.is_some() { p class="aside" { (self.say("desk-explained-saved")) } }
            @if let Some((_, text)) = &self.explained { pre class="explained" dir="auto" lang="en" { (text) } }
        }
    }
}

/// The end of a text, from the beginning of a word.
fn last_words(text: &str) -> String {
    let Some((at, _)) = text.char_indices().rev().nth(AROUND) else { return text.to_owned() };
    let word = text[at..].find(' ').map_or(at, |space| at + space + 1);
    format!("… {}", &text[word..])
}

/// The beginning of a text, to the end of a word.
fn first_words(text: &str) -> String {
    let Some((at, _)) = text.char_indices().nth(AROUND) else { return text.to_owned() };
    let word = text[..at].rfind(' ').unwrap_or(at);
    format!("{} …", &text[..word])
}

/// What a text would do, as a part of the page.
pub fn trial(
    corpus: &Corpus,
    trial: &Trial,
    before: &[IssueRow],
    after: Option<&[IssueRow]>,
    locale: &Locale,
) -> Markup {
    let faults = trial.problems.iter().filter(|problem| problem.is_fault()).count();
    html! {
        h2 class="question" {
            @if faults > 0 { (locale.many("desk-rules-faults", faults)) } @else { (locale.say("desk-rules-no-fault", &[])) }
        }
        @if !trial.problems.is_empty() { div class="placed" { (problems(&trial.problems)) } }
        @if let Some(tried) = &trial.tried {
            p {
                (locale.many("desk-rules-count", tried.rules.rules.len())) ", "
                (locale.many("desk-tests-count", tried.tests.run)) ", "
                (locale.say("desk-tests-ended", &[("failed", &tried.tests.failed()), ("todo", &tried.tests.todo)]))
            }
            (changes(corpus, tried, locale))
            (figures(before, after, locale))
        }
    }
}

fn changes(corpus: &Corpus, tried: &Tried, locale: &Locale) -> Markup {
    let is = |kind: fn(&Moved) -> bool| tried.moved.iter().filter(|moved| kind(moved)).count();
    let gained = is(|moved| moved.before.is_none());
    let lost = is(|moved| moved.after.is_none());
    let moved = tried.moved.len() - gained - lost;
    let level = |position: Option<Position>| {
        position.map_or_else(|| locale.say("none", &[]), |position| locale.number(&position.to_string()))
    };
    html! {
        p {
            strong { (locale.say("desk-moved", &[("gained", &gained), ("lost", &lost), ("moved", &moved)])) }
            @if corpus.unseen() > 0 { span class="aside" { " (" (locale.many("desk-not-compared", corpus.unseen())) ")" } }
        }
        @if !tried.moved.is_empty() {
            details open { summary { (locale.say("desk-labels-change", &[])) }
                ul class="hits" {
                    @for moved in tried.moved.iter().take(MOST) {
                        @let row = &corpus.statements.rows[moved.statement];
                        li {
                            strong { bdi { (corpus.codebook.issue(moved.issue).name) } (colon(locale)) (level(moved.before)) " → " (level(moved.after)) }
                            " " span dir="auto" { (shortened(&row.text, 200)) }
                            p class="aside" { bdi { (row.speaker) } " · " (row.date.written) " · " code { (row.id) } }
                        }
                    }
                }
                @if tried.moved.len() > MOST { p class="aside" { (locale.many("desk-more", tried.moved.len() - MOST)) } }
            }
        }
    }
}

/// How rules do, before and after. On statements that their author may have seen, which flatters them.
fn figures(before: &[IssueRow], after: Option<&[IssueRow]>, locale: &Locale) -> Markup {
    const COMMAND: &str = "stance rules --unseen";
    let say = |id: &str| locale.say(id, &[]);
    let share = |part, whole| Share { part, whole }.to_string();
    let cells = |row: &IssueRow| {
        let counts = &row.counts;
        [share(counts.found, counts.hand), share(counts.exact, counts.found), share(counts.false_alarms, counts.none)]
    };
    // The command is a word of its own within the sentence.
    let why = locale.say("desk-figures-why", &[("command", &"%1")]);
    let (begins, ends) = why.split_once("%1").unwrap_or((&why, ""));
    let saved = |row: &IssueRow| locale.say("desk-figures-saved", &[("issue", &row.issue)]);
    let typed = |row: &IssueRow| locale.say("desk-figures-typed", &[("issue", &row.issue)]);
    html! {
        details { summary { (say("desk-figures")) }
            p class="aside" { (begins) code { (COMMAND) } (ends) }
            div class="wide" role="region" tabindex="0" aria-label=(say("desk-figures")) {
                table class="plain" {
                    thead {
                        tr {
                            @for id in ["report-issue", "desk-found", "desk-exact", "desk-false-alarms"] { th scope="col" { (say(id)) } }
                        }
                    }
                    tbody {
                        @for (place, row) in before.iter().enumerate() {
                            @let now = after.and_then(|after| after.get(place)).filter(|now| *now != row);
                            tr { td { @if now.is_some() { (saved(row)) } @else { (row.issue) } } @for cell in cells(row) { td { (cell) } } }
                            @if let Some(now) = now {
                                tr { td { (typed(now)) } @for cell in cells(now) { td { strong { (cell) } } } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A verdict that would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerdictMove {
    /// Whose.
    pub speaker: String,
    /// On what, in words.
    pub issue: String,
    /// The word for the verdict now. `None` if there is no position.
    pub before: Option<&'static str>,
    /// The word for the verdict with the other rules.
    pub after: Option<&'static str>,
}

/// The verdicts that would change, of so many.
pub fn verdicts(changed: &[VerdictMove], pairs: usize, locale: &Locale) -> Markup {
    let word = |verdict: Option<&str>| {
        let word = verdict.map_or("none".to_owned(), |word| word.replace(' ', "-"));
        locale.say(&format!("desk-verdict-{word}"), &[])
    };
    let pair = |changed: &VerdictMove| {
        locale.say("desk-verdict-pair", &[("speaker", &changed.speaker), ("issue", &changed.issue)])
    };
    html! {
        @if changed.is_empty() {
            p class="aside" { (locale.say("desk-verdicts-same", &[("pairs", &pairs)])) }
        } @else {
            p {
                strong { (locale.many("desk-verdicts", changed.len())) " " (locale.say("desk-verdicts-of", &[("pairs", &pairs)])) }
                ", " (locale.say("desk-verdicts-where", &[])) (colon(locale))
            }
            ul { @for changed in changed { li { (pair(changed)) (colon(locale)) (word(changed.before)) " → " (word(changed.after)) } } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_around_a_pattern_begins_and_ends_with_a_word() {
        assert_eq!((last_words("a word "), first_words(" a word")), ("a word ".to_owned(), " a word".to_owned()));
        let long = "міцно ".repeat(20);
        assert_eq!(last_words(&long), format!("… {}", "міцно ".repeat(10)));
        assert_eq!(first_words(&long), format!("{} …", "міцно ".repeat(10).trim_end()));
        let unbroken = "界".repeat(100);
        assert_eq!(first_words(&unbroken), format!("{} …", "界".repeat(AROUND)));
        assert_eq!(last_words(&unbroken), format!("… {}", "界".repeat(AROUND + 1)));
    }
}
