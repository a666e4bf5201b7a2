//! Labels by hand: one statement large, one question, and a key for each answer.

use maud::{Markup, html};

use crate::chart::locale::Locale;
use crate::codebook::{Issue, IssueIndex};
use crate::corpus::Corpus;
use crate::desk::coding::{CoderChoice, Coding};
use crate::desk::disputes::SentBack;
use crate::desk::pages::{colon, encoded, no_default};
use crate::desk::queue::QueueOrder;
use crate::label::Unit;
use crate::label::sheet::SheetRow;
use crate::page::link;
use crate::page::statement::Shown;
use crate::words::{self, shortened};

/// How many characters of a statement are shown in a list.
pub const SHOWN: usize = 120;
/// What the value of a button begins with that goes to an address and takes the typed note along.
pub const GO: &str = "go ";

/// What the room shows.
pub struct CodeView<'v> {
    /// The corpus.
    pub corpus: &'v Corpus,
    /// The coder's session.
    pub coding: &'v Coding,
    /// The statement and issue. `None` if everything has an answer.
    pub unit: Option<Unit>,
    /// What was sent back to the coder.
    pub back: &'v [SentBack],
    /// Statements a minute, if that is known.
    pub pace: Option<f64>,
    /// The words.
    pub locale: &'v Locale,
}

/// The address of a unit in a room.
pub fn address(room: &str, corpus: &Corpus, unit: Unit) -> String {
    let (statement, issue) = (&corpus.statements.rows[unit.0].id, &corpus.codebook.issue(unit.1).id);
    format!("{room}?s={}&i={}", encoded(statement), encoded(issue))
}

/// A mark of a row that a form carries, so that an answer can be compared with what was shown.
pub fn mark(row: Option<&SheetRow>) -> String {
    let cells = |row: &SheetRow| words::fingerprint([row.position.as_str(), row.rationale.as_str()].into_iter());
    row.map_or("none".to_owned(), cells)
}

/// The answer in words.
pub fn in_words(choice: Option<CoderChoice>, corpus: &Corpus, issue: IssueIndex, locale: &Locale) -> String {
    match choice {
        Some(CoderChoice::Level(position)) => {
            let issue = corpus.codebook.issue(issue);
            let words = issue.level(position).map_or("", |level| level.words.as_str());
            format!("{words} ({})", locale.position_on(issue, position.0))
        }
        Some(CoderChoice::NoPosition) => locale.say("desk-answer-none", &[]),
        Some(CoderChoice::Unsure) => locale.say("desk-answer-unsure", &[]),
        None => locale.say("desk-taken-back", &[]),
    }
}

impl CodeView<'_> {
    fn say(&self, id: &str) -> String {
        self.locale.say(id, &[])
    }

    /// The room.
    pub fn show(&self) -> Markup {
        html! {
            (self.issue_choice())
            (self.progress())
            @match self.unit {
                Some(unit) => { h1 class="unshown" { (self.say("desk-code")) } (self.unit(unit)) }
                None => {
                    (self.end())
                    (self.actions(None))
                }
            }
            (self.sent_back())
            (self.more())
        }
    }

    /// Which issue is coded, as long as there are several.
    fn issue_choice(&self) -> Markup {
        let codebook = &self.corpus.codebook;
        let chosen = self.coding.settings.issue;
        html! {
            @if codebook.issues.len() > 1 {
                form method="post" action="queue" class="plain choices issue-choice" data-swap {
                    span class="aside" { (self.say("desk-issues")) (colon(self.locale)) }
                    button class="quiet" name="issue" value="" aria-pressed=(if chosen.is_none() { "true" } else { "false" }) { (self.say("desk-all-issues")) }
                    @for issue in codebook.indices() {
                        " " button class="quiet" name="issue" value=(codebook.issue(issue).id)
                            aria-pressed=(if chosen == Some(issue) { "true" } else { "false" }) {
                            bdi { (codebook.issue(issue).name) }
                        }
                    }
                }
            }
        }
    }

    /// That nothing is left here, and what is left elsewhere.
    fn end(&self) -> Markup {
        let unsure = self.coding.progress().unsure;
        let others = self.coding.left_on_others(self.corpus);
        html! {
            h1 { @if unsure > 0 { (self.locale.many("desk-finished-unsure", unsure)) } @else { (self.say("desk-finished")) } }
            @if !others.is_empty() {
                p { (self.say("desk-left-others")) }
                form method="post" action="queue" class="plain choices" data-swap {
                    @for (issue, left) in others {
                        button name="issue" value=(self.corpus.codebook.issue(issue).id) {
                            bdi { (self.corpus.codebook.issue(issue).name) } (colon(self.locale)) (self.locale.many("desk-left", left))
                        } " "
                    }
                }
            }
        }
    }

    /// What was sent back, each with the note of whoever settles.
    fn sent_back(&self) -> Markup {
        html! {
            @if !self.back.is_empty() {
                section class="back" aria-labelledby="back" {
                    h2 id="back" { (self.locale.many("desk-back", self.back.len())) }
                    ul class="hits" {
                        @for back in self.back {
                            @let row = &self.corpus.statements.rows[back.unit.0];
                            li {
                                a href=(address("code", self.corpus, back.unit)) data-swap {
                                    bdi { (self.corpus.codebook.issue(back.unit.1).name) } (colon(self.locale))
                                    span dir="auto" { (shortened(&row.text, SHOWN)) }
                                }
                                p class="aside" dir="auto" {
                                    @if back.note.is_empty() { (self.say("desk-no-rationale")) } @else { (back.note) }
                                    @if back.answered { " · " (self.say("desk-back-answered")) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    fn progress(&self) -> Markup {
        let progress = self.coding.progress();
        let number = self.unit.and_then(|unit| self.coding.number(unit.0));
        let unsure = self.coding.unsure().next();
        html! {
            div class="progress" {
                progress value=(progress.done) max=(progress.all.max(1)) aria-label=(self.locale.many("desk-coded", progress.done)) {}
                p class="aside" {
                    @if let Some(number) = number {
                        (self.locale.say("desk-number", &[("number", &number), ("all", &progress.all)])) " · "
                    }
                    (self.locale.many("desk-coded", progress.done)) " · "
                    (self.locale.many("desk-left", progress.all - progress.done))
                    @if let Some(back) = self.back.iter().find(|back| !back.answered) {
                        " · " strong { (self.locale.many("desk-back", self.back.iter().filter(|back| !back.answered).count())) } ". "
                        a href=(address("code", self.corpus, back.unit)) data-swap { (self.say("desk-show-unsure")) }
                    }
                    @if let Some(pace) = self.pace {
                        " · " (self.locale.say("desk-pace", &[("pace", &self.locale.number(&format!("{pace:.1}")))]))
                    }
                    @if let Some(unit) = unsure {
                        " · " (self.locale.many("desk-unsure-count", progress.unsure)) ". "
                        a href=(address("code", self.corpus, unit)) data-swap { (self.say("desk-show-unsure")) }
                    }
                    (drafts("code", self.coding, self.corpus, self.unit, self.locale))
                }
            }
        }
    }

    fn unit(&self, unit: Unit) -> Markup {
        let issue = self.corpus.codebook.issue(unit.1);
        let row = self.coding.row(self.corpus, unit);
        let choice = self.coding.choice(self.corpus, unit);
        html! {
            div class="work" {
                (statement(self.corpus, unit.0, self.locale))
                form method="post" action="code" class="answers" data-swap data-unit=(format!("{} {}", self.corpus.statements.rows[unit.0].id, issue.id))
                    data-address=(address("code", self.corpus, unit)) {
                    (no_default())
                    input type="hidden" name="s" value=(self.corpus.statements.rows[unit.0].id);
                    input type="hidden" name="i" value=(issue.id);
                    input type="hidden" name="coder" value=(self.coding.coder);
                    input type="hidden" name="seen" value=(mark(row.as_ref()));
                    (self.issues(unit))
                    @if let Some(back) = self.back.iter().find(|back| back.unit == unit) {
                        p class="wrong" dir="auto" {
                            strong { (self.locale.many("desk-back", 1)) }
                            @if !back.note.is_empty() { (colon(self.locale)) (back.note) }
                        }
                    }
                    h2 class="question" dir="auto" { @if issue.question.is_empty() { (issue.name) } @else { (issue.question) } }
                    (levels(unit.1, issue, choice, self.locale))
                    button class="answer" name="do" value="none" data-key="0" aria-pressed=(pressed(choice, CoderChoice::NoPosition)) {
                        kbd { "0" } span { strong { (self.say("desk-none")) } small { (self.say("desk-none-why")) } }
                    }
                    button class="answer" name="do" value="unsure" data-key="?" data-note aria-pressed=(pressed(choice, CoderChoice::Unsure)) {
                        kbd { "?" } span { strong { (self.say("desk-unsure")) } }
                    }
                    p class="note" {
                        label for="rationale" { (self.say("desk-rationale")) " " kbd { "n" } }
                        (note_field(self.coding, self.corpus, unit, row.as_ref(), self.locale))
                        @if choice.is_some() {
                            " " button class="quiet" name="do" value="note" { (self.say("desk-only-rationale")) }
                            " " button class="quiet" name="do" value="reopen" { (self.say("desk-reopen")) }
                        }
                    }
                    (self.actions(Some(unit)))
                }
            }
        }
    }

    /// The issues, each with the answer so far.
    fn issues(&self, unit: Unit) -> Markup {
        html! {
            ol class="issues" {
                @for issue in self.coding.issues(&self.corpus.codebook) {
                    @let choice = self.coding.choice(self.corpus, (unit.0, issue));
                    li aria-current=[(issue == unit.1).then_some("step")] {
                        button class="step" name="do" value=(go("code", self.corpus, (unit.0, issue))) { bdi { (self.corpus.codebook.issue(issue).name) } }
                        @if choice.is_some() { " " span class="given" { (in_words(choice, self.corpus, issue, self.locale)) } }
                    }
                }
            }
        }
    }

    fn actions(&self, unit: Option<Unit>) -> Markup {
        let step = |steps| unit.and_then(|unit| self.coding.neighbour(unit, steps));
        let button = |key: &str, shown: &str, to: Option<Unit>, id: &str| {
            html! {
                // A button of the form, so that a note that was typed comes along.
                @if let Some(to) = to {
                    button name="do" value=(go("code", self.corpus, to)) data-key=(key) { kbd { (shown) } " " (self.say(id)) } " "
                }
            }
        };
        let skip = unit
            .and_then(|unit| self.coding.next_statement(self.corpus, unit.0))
            .filter(|next| Some(next.0) != unit.map(|unit| unit.0));
        let several = self.coding.issues(&self.corpus.codebook).count() > 1;
        html! {
            div class="actions" {
                @if unit.is_some() && several {
                    button name="do" value="rest" data-key="x" { kbd { "x" } " " (self.say("desk-rest")) } " "
                }
                @if self.coding.undoable() > 0 {
                    @if unit.is_some() {
                        button name="do" value="undo" data-key="u" { kbd { "u" } " " (self.say("desk-undo")) } " "
                    } @else {
                        form method="post" action="code" class="plain" data-swap {
                            input type="hidden" name="coder" value=(self.coding.coder);
                            button name="do" value="undo" data-key="u" { kbd { "u" } " " (self.say("desk-undo")) }
                        }
                    }
                }
                (button(" ", "␣", skip, "desk-skip"))
                (button("ArrowLeft", "←", step(-1), "desk-previous"))
                (button("ArrowRight", "→", step(1), "desk-next"))
                @if several { (button("i", "i", unit.map(|unit| self.coding.next_issue(&self.corpus.codebook, unit)), "desk-next-issue")) }
                // At the end, there is no form and no note: the way back is a link.
                @if let Some(last) = self.coding.last(self.corpus).filter(|_| unit.is_none()) {
                    a class="button" href=(address("code", self.corpus, last)) data-swap data-key="ArrowLeft" { kbd { "←" } " " (self.say("desk-previous")) }
                }
            }
        }
    }

    /// What is not needed for every answer.
    fn more(&self) -> Markup {
        let settings = &self.coding.settings;
        let codebook = &self.corpus.codebook;
        let own: &[String] = self.unit.map_or(&[], |unit| &codebook.issue(unit.1).conventions);
        html! {
            @if !codebook.conventions.is_empty() || !own.is_empty() {
                details { summary { (self.say("desk-conventions")) }
                    ul { @for line in own.iter().chain(&codebook.conventions) { li dir="auto" { (line) } } }
                }
            }
            details { summary { (self.say("desk-keys")) }
                p { (self.say("desk-key-list")) }
                p { label class="inline" { input type="checkbox" id="keys" checked; " " (self.say("desk-single-keys")) } }
            }
            details { summary { (self.say("desk-queue")) }
                form method="post" action="queue" class="plain grid" {
                    div { label for="order" { (self.say("desk-order")) }
                        select id="order" name="order" {
                            @for order in QueueOrder::ALL {
                                option value=(order.word()) selected[order == settings.order] { (self.say(&format!("desk-order-{}", order.word()))) }
                            }
                        }
                    }
                    div { label for="seed" { (self.say("desk-seed")) }
                        input id="seed" name="seed" inputmode="numeric" pattern="[0-9]{1,18}" value=(settings.seed);
                    }
                    div { label for="overlap" { (self.say("desk-overlap")) }
                        input id="overlap" name="overlap" type="number" min="0" max="100" value=(settings.overlap);
                    }
                    div { label class="inline" { input type="checkbox" name="seen" value="1" checked[settings.seen_only]; " " (self.say("desk-seen-only")) } }
                    div { button { (self.say("desk-save")) } }
                }
            }
        }
    }
}

/// The value of a button that goes to a unit.
pub fn go(room: &str, corpus: &Corpus, unit: Unit) -> String {
    format!("{GO}{}", address(room, corpus, unit))
}

/// The field for a note: as it was typed and not sent, or else as it is saved.
pub fn note_field(coding: &Coding, corpus: &Corpus, unit: Unit, row: Option<&SheetRow>, locale: &Locale) -> Markup {
    let draft = coding.draft(corpus, unit);
    let saved = row.map_or("", |row| row.rationale.as_str());
    html! {
        input id="rationale" name="rationale" autocomplete="off" data-key="n" dir="auto" data-draft[draft.is_some()]
            aria-describedby=[draft.map(|_| "unsent")] value=(draft.unwrap_or(saved));
        @if draft.is_some() { span id="unsent" class="aside" { (locale.say("desk-note-unsent", &[])) } }
    }
}

/// How many notes were typed elsewhere and not sent, and the way to the first of them.
pub fn drafts(room: &str, coding: &Coding, corpus: &Corpus, here: Option<Unit>, locale: &Locale) -> Markup {
    let elsewhere: Vec<Unit> = coding.drafts(corpus).into_iter().filter(|unit| Some(*unit) != here).collect();
    html! {
        @if let Some(first) = elsewhere.first() {
            " · " strong { (locale.many("desk-drafts", elsewhere.len())) } ". "
            a href=(address(room, corpus, *first)) data-swap { (locale.say("desk-show-unsure", &[])) }
        }
    }
}

fn pressed(choice: Option<CoderChoice>, this: CoderChoice) -> &'static str {
    if choice == Some(this) { "true" } else { "false" }
}

/// A button for each level, the highest first, as charts draw them.
pub fn levels(index: IssueIndex, issue: &Issue, choice: Option<CoderChoice>, locale: &Locale) -> Markup {
    const KEYS: usize = 9;
    let without: Vec<String> = issue.levels.iter().rev().skip(KEYS).map(|level| level.words.clone()).collect();
    html! {
        @for (number, (rank, level)) in issue.levels.iter().enumerate().rev().enumerate() {
            @let key = Some(number + 1).filter(|key| *key <= KEYS);
            button class={ "answer l" (index.0) "-" (rank) } name="do" value=(level.position.0) data-key=[key]
                aria-pressed=(pressed(choice, CoderChoice::Level(level.position))) {
                kbd { @if let Some(key) = key { (key) } }
                span {
                    strong { bdi { (level.words) } " (" (locale.position_on(issue, level.position.0)) ")" }
                    @if !level.definition.is_empty() { small dir="auto" { (level.definition) } }
                }
            }
        }
        @if !without.is_empty() { p class="aside" { (locale.say("desk-levels-without-key", &[("levels", &locale.list(&without))])) } }
    }
}

/// A statement, large: who, when, where, the words, the context, the source.
pub fn statement(corpus: &Corpus, place: usize, locale: &Locale) -> Markup {
    let row = &corpus.statements.rows[place];
    let shown = Shown { place, statement: row, chips: Vec::new() };
    let known = ["text", "notes", "venue", "role", "speaker", "source_title"];
    let context = corpus.rules.columns.iter().filter(|column| !known.contains(&column.name.as_str()));
    let context: Vec<(&str, &str)> =
        context.map(|column| (column.name.as_str(), row.cell(column))).filter(|(_, cell)| !cell.is_empty()).collect();
    // A note that is also the context is shown once.
    let notes =
        Some(row.notes.as_str()).filter(|notes| !notes.is_empty() && context.iter().all(|(_, cell)| cell != notes));
    html! {
        article class="statement" {
            p class="who" {
                bdi class="speaker" { (row.speaker) }
                @if !row.role.is_empty() { ", " bdi { (row.role) } }
                " · " (shown.when(locale))
                @if !row.venue.is_empty() { " · " bdi { (row.venue) } }
            }
            @for (name, cell) in &context { p class="context" dir="auto" { span class="aside" { (name) (colon(locale)) } (cell) } }
            blockquote { (shown.words(locale)) }
            @if let Some(notes) = notes { p class="context" dir="auto" { (notes) } }
            p class="source" {
                (link::source(locale, &row.source_publisher, &row.source_title, &row.source_url))
                " " code class="aside" { (row.id) }
                @if row.unseen { " · " span class="aside" { (locale.say("desk-set-aside", &[])) } }
            }
        }
    }
}
