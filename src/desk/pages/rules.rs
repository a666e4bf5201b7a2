//! The rules: a text to edit, its faults at their places, and what it would change.

use maud::{Markup, html};

use crate::agreement::rules::{IssueRow, Moved};
use crate::agreement::share::Share;
use crate::chart::locale::Locale;
use crate::codebook::Position;
use crate::corpus::Corpus;
use crate::desk::pages::problems;
use crate::desk::search::Occurrence;
use crate::desk::trial::{Trial, Tried};
use crate::words::{many, shortened};

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
    /// The room.
    pub fn show(&self) -> Markup {
        html! {
            h1 { (self.locale.say("desk-rules", &[])) }
            p class="aside" { "Nothing is saved before you press Save. A file with a fault or a failing test is not saved." }
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
                        button name="do" value="check" { "Check" } " "
                        button name="do" value="save" { (self.locale.say("desk-save", &[])) } " "
                        a class="button" href="rules" { "Back to what is saved" }
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
            h2 id="found" { "Find a pattern" }
            p {
                label for="find" { "Such as " code { "swap* ... (land|territor*)" } }
                input form=(EDITOR) id="find" name="find" value=(written) autocomplete="off" spellcheck="false" data-enter="find-it"; " "
                button form=(EDITOR) formaction="rules#found" id="find-it" name="do" value="find" { "Find" } " "
                button form=(EDITOR) formaction="rules#text" name="do" value="rule" { "Make a rule of it" }
            }
            @match &self.found {
                None => {}
                Some((_, Err(fault))) => p class="wrong" role="alert" { (fault) },
                Some((_, Ok(hits))) => {
                    p { (many(hits.len(), "place")) @if self.corpus.unseen() > 0 { ", without statements that are set aside" } "." }
                    ul class="hits" { @for hit in hits.iter().take(MOST_HITS) { (self.hit(hit)) } }
                    @if hits.len() > MOST_HITS { p class="aside" { "and " (hits.len() - MOST_HITS) " more" } }
                }
            }
        }
    }

    fn hit(&self, hit: &Occurrence) -> Markup {
        let row = &self.corpus.statements.rows[hit.statement];
        let (before, words, after) =
            (&row.text[..hit.span.start], &row.text[hit.span.clone()], &row.text[hit.span.end..]);
        let begin = before.char_indices().rev().take(AROUND).last().map_or(before.len(), |(at, _)| at);
        let end = after.char_indices().nth(AROUND).map_or(after.len(), |(at, _)| at);
        html! {
            li {
                span dir="auto" { (before[begin..]) mark { (words) } (after[..end]) }
                p class="aside" {
                    bdi { (row.speaker) } " · " (row.date.written) " · "
                    button form=(EDITOR) formaction="rules#why" class="quiet" name="do" value={ "explain " (row.id) } title="Why a label, or none" { code { (row.id) } }
                }
            }
        }
    }

    fn explain(&self) -> Markup {
        let id = self.explained.as_ref().map_or("", |(id, _)| id);
        html! {
            h2 id="why" { "Why a label, or none" }
            p {
                label for="explain" { "The id of a statement" }
                input form=(EDITOR) id="explain" name="explain" value=(id) autocomplete="off" spellcheck="false" data-enter="explain-it"; " "
                button form=(EDITOR) formaction="rules#why" id="explain-it" name="do" value="explain" { "Explain" }
            }
            @if self.unsaved && self.explained.is_some() { p class="aside" { "By the rules that are saved, not by what is typed." } }
            @if let Some((_, text)) = &self.explained { pre class="explained" dir="auto" { (text) } }
        }
    }
}

/// What a text would do, as a part of the page.
pub fn trial(corpus: &Corpus, trial: &Trial, before: &[IssueRow], after: Option<&[IssueRow]>) -> Markup {
    let faults = trial.problems.iter().filter(|problem| problem.is_fault()).count();
    html! {
        h2 class="question" {
            @if faults > 0 { (many(faults, "fault")) ", so this cannot be saved" } @else { "No fault" }
        }
        @if !trial.problems.is_empty() { div class="placed" { (problems(&trial.problems)) } }
        @if let Some(tried) = &trial.tried {
            p {
                (many(tried.rules.rules.len(), "rule")) ", " (many(tried.tests.run, "test")) ", "
                (tried.tests.failed()) " failed, " (tried.tests.todo) " todo"
            }
            (changes(corpus, tried))
            (figures(before, after))
        }
    }
}

fn changes(corpus: &Corpus, tried: &Tried) -> Markup {
    let is = |kind: fn(&Moved) -> bool| tried.moved.iter().filter(|moved| kind(moved)).count();
    let gained = is(|moved| moved.before.is_none());
    let lost = is(|moved| moved.after.is_none());
    let level = |position: Option<Position>| position.map_or("none".to_owned(), |position| position.to_string());
    html! {
        p {
            strong { (gained) " gained, " (lost) " lost, " (tried.moved.len() - gained - lost) " moved" }
            @if corpus.unseen() > 0 { span class="aside" { " (" (many(corpus.unseen(), "statement")) " set aside, not compared)" } }
        }
        @if !tried.moved.is_empty() {
            details open { summary { "Labels by rules that change" }
                ul class="hits" {
                    @for moved in tried.moved.iter().take(MOST) {
                        @let row = &corpus.statements.rows[moved.statement];
                        li {
                            strong { bdi { (corpus.codebook.issue(moved.issue).name) } ": " (level(moved.before)) " → " (level(moved.after)) }
                            " " span dir="auto" { (shortened(&row.text, 200)) }
                            p class="aside" { bdi { (row.speaker) } " · " (row.date.written) " · " code { (row.id) } }
                        }
                    }
                }
                @if tried.moved.len() > MOST { p class="aside" { "and " (tried.moved.len() - MOST) " more" } }
            }
        }
    }
}

/// How rules do, before and after. On statements that their author may have seen, which flatters them.
fn figures(before: &[IssueRow], after: Option<&[IssueRow]>) -> Markup {
    let share = |part, whole| Share { part, whole }.to_string();
    let cells = |row: &IssueRow| {
        let counts = &row.counts;
        [share(counts.found, counts.hand), share(counts.exact, counts.found), share(counts.false_alarms, counts.none)]
    };
    html! {
        details { summary { "How the rules do, compared with labels by hand" }
            p class="aside" { "On statements that the author of the rules may have seen, which flatters the rules. `stance rules --unseen` looks at the others, and records that it did." }
            div class="wide" role="region" tabindex="0" aria-label="How the rules do" {
                table class="plain" {
                    thead { tr { th scope="col" { "Issue" } th scope="col" { "Found so far" } th scope="col" { "Exact" } th scope="col" { "False alarms" } } }
                    tbody {
                        @for (place, row) in before.iter().enumerate() {
                            @let now = after.and_then(|after| after.get(place)).filter(|now| *now != row);
                            tr { td { (row.issue) @if now.is_some() { ", saved" } } @for cell in cells(row) { td { (cell) } } }
                            @if let Some(now) = now {
                                tr { td { (row.issue) ", as typed" } @for cell in cells(now) { td { strong { (cell) } } } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The verdicts that would change: whose, on what, and from which to which.
pub fn verdicts(changed: &[(String, String, String, String)], pairs: usize) -> Markup {
    html! {
        @if changed.is_empty() {
            p class="aside" { "No verdict of " (pairs) " changes, on statements that are not set aside." }
        } @else {
            p { strong { (many(changed.len(), "verdict")) " of " (pairs) " would change" } ", on statements that are not set aside:" }
            ul { @for (speaker, issue, before, after) in changed { li { bdi { (speaker) } " on " bdi { (issue) } ": " (before) " → " (after) } } }
        }
    }
}
