//! Findings, charts and the statements behind them, of all or of a part.

use std::collections::BTreeSet;

use maud::{Markup, html};

use crate::chart::kind::view::View;
use crate::chart::locale::Locale;
use crate::codebook::Codebook;
use crate::corpus::Corpus;
use crate::desk::pages::code::statement;
use crate::label::{self, CoderAnswer};
use crate::page::table;
use crate::page::tint;
use crate::report::statements::Listed;
use crate::report::{Format, findings, pictures};
use crate::study::Study;

/// What a reader chose.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Filter {
    /// A speaker; empty for all.
    pub speaker: String,
    /// An issue, by its id; empty for all.
    pub issue: String,
    /// The first day, as typed.
    pub from: String,
    /// The last day, as typed.
    pub to: String,
    /// `hand`, `rules` or empty for both.
    pub whose: String,
}

/// The room, and the style that shows its pictures in the dark.
pub struct Explored {
    /// The room.
    pub main: Markup,
    /// The style.
    pub style: String,
}

/// Shows a study.
pub fn explore(study: &Study<'_>, filter: &Filter, locale: &Locale, format: &Format) -> Explored {
    let view = View::new(study, study.ask.selection.clone(), locale);
    let listed = Listed::of(study);
    let gallery = pictures::pictures(study, &view, format, &listed);
    let found = findings::findings(&view);
    let say = |id: &str| locale.say(id, &[]);
    let main = html! {
        h1 dir="auto" { (found.title) "." }
        (filters(study.corpus, filter, locale))
        section aria-labelledby="found" { h2 id="found" { (say("report-found")) } (found.section) }
        section aria-labelledby="pictures" { h2 id="pictures" { (say("report-pictures")) } (pictures::section(&gallery, locale)) }
        section aria-labelledby="all" { h2 id="all" { (say("report-statements")) } (table::statements("statements", &listed.rows, &study.corpus.codebook, locale)) }
    };
    let style = tint::pictures(gallery.drawings.iter().flat_map(|drawing| drawing.svgs()));
    Explored { main, style }
}

/// The room if there is nothing to show in it.
pub fn nothing(corpus: &Corpus, filter: &Filter, why: &str, locale: &Locale) -> Markup {
    html! {
        h1 dir="auto" { (why) }
        (filters(corpus, filter, locale))
    }
}

fn filters(corpus: &Corpus, filter: &Filter, locale: &Locale) -> Markup {
    let speakers: BTreeSet<&str> = corpus.statements.rows.iter().map(|row| row.speaker.as_str()).collect();
    let Codebook { issues, .. } = &corpus.codebook;
    let whose = [("", "By hand and by rules"), ("hand", "By hand"), ("rules", "By rules")];
    html! {
        form method="get" action="explore" class="plain grid" {
            div { label for="speaker" { (locale.say("embed-speaker", &[])) }
                select id="speaker" name="speaker" {
                    option value="" { (locale.say("page-all", &[])) }
                    @for speaker in speakers { option value=(speaker) selected[speaker == filter.speaker] { (speaker) } }
                }
            }
            div { label for="issue" { (locale.say("report-issue", &[])) }
                select id="issue" name="issue" {
                    option value="" { (locale.say("page-all", &[])) }
                    @for issue in issues { option value=(issue.id) selected[issue.id == filter.issue] { (issue.name) } }
                }
            }
            div { label for="from" { "From" } input id="from" name="from" type="date" value=(filter.from); }
            div { label for="to" { "To" } input id="to" name="to" type="date" value=(filter.to); }
            div { label for="whose" { "Labels" }
                select id="whose" name="whose" { @for (value, name) in whose { option value=(value) selected[value == filter.whose] { (name) } } }
            }
            div { button { "Show" } " " a class="button" href="explore" { (locale.say("page-reset", &[])) } }
        }
    }
}

/// One statement: what each coder gave and why, what rules gave at which words, and why.
pub fn one(corpus: &Corpus, place: usize, explained: &str, locale: &Locale) -> Markup {
    let answers = label::answers(&corpus.coders);
    let given = |issue| answers.get(&(place, issue)).map_or(&[][..], Vec::as_slice);
    let line = |answer: &CoderAnswer<'_>| {
        html! { li { bdi { (answer) } @if !answer.rationale.is_empty() { ": " span dir="auto" { (answer.rationale) } } } }
    };
    html! {
        (statement(corpus, place, locale))
        h2 { "Labels by hand" }
        @for issue in corpus.codebook.indices() {
            h3 { bdi { (corpus.codebook.issue(issue).name) } }
            @if given(issue).is_empty() { p class="aside" { "No coder has read it." } }
            ul { @for answer in given(issue) { (line(answer)) } }
        }
        h2 { "What the rules say" }
        pre class="explained" dir="auto" { (explained) }
        p { a href="explore" { "Back to all" } }
    }
}
