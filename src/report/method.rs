//! How the report was made, what it leaves out, and from which versions.

use maud::{Markup, html};

use crate::chart::figure::MarkKind;
use crate::chart::kind::view::View;
use crate::chart::locale::Locale;
use crate::page::chip::Chip;
use crate::report::pictures::Gallery;
use crate::report::statements::Listed;
use crate::statement::Verified;
use crate::study::Study;
use crate::study::words::tested;
use crate::words::sha256;

/// What every report has to say about its method. The figures of this one follow it.
const METHOD: [&str; 3] = [
    "A statement is what one speaker said on one date. It takes a position on an issue if its words give one level of the \
     issue's scale. Coders label by hand. Rules label what no coder has read. If coders differ and nothing settles it, the \
     statement has no position.",
    "The unit of the tests is the day, because several statements on one day often answer the same event. A shift is a \
     lasting change of position. Its date is an interval: the days between which it happened, with 90 % certainty. The \
     test rearranges the days at random and searches each arrangement for a date in the same way, so the search is \
     accounted for. “No lasting shift found” does not mean that there was none: each verdict says how large a shift \
     would have been found.",
    "Silence is not a position. The statements are those that were collected, and not all that were said.",
];

/// The method, then the issues and their levels.
pub fn method(study: &Study<'_>, view: &View<'_>) -> Markup {
    let (codebook, locale) = (&study.corpus.codebook, view.locale);
    html! {
        div lang="en" {
            @for paragraph in METHOD { p { (paragraph) } }
            p { (tested(study.view())) }
        }
        @for line in view.footer().iter().filter(|line| !line.is_empty()) { p dir="auto" { (line) } }
        h3 { (locale.say("report-scales", &[])) }
        @for (index, issue) in view.issues() {
            h4 dir="auto" { (issue.name) }
            @if !issue.question.is_empty() { p dir="auto" { (issue.question) } }
            (conventions(&issue.conventions))
            dl class="scale" {
                @for level in issue.levels.iter().rev() {
                    @let chip = Chip { issue: index, position: Some(level.position), kind: MarkKind::Hand };
                    dt { (chip.level(codebook, locale)) }
                    @if !level.definition.is_empty() { dd dir="auto" { (level.definition) } }
                }
            }
        }
        @if !codebook.conventions.is_empty() { h4 { (locale.say("report-conventions", &[])) } }
        (conventions(&codebook.conventions))
    }
}

fn conventions(conventions: &[String]) -> Markup {
    html! { @if !conventions.is_empty() { ul { @for convention in conventions { li dir="auto" { (convention) } } } } }
}

/// What the report does not show, with counts.
pub fn left_out(study: &Study<'_>, listed: &Listed<'_>, gallery: &Gallery, locale: &Locale) -> Markup {
    let selection = &study.ask.selection;
    let rows = &study.corpus.statements.rows;
    let statements = |count: usize| locale.many("statements", count);
    let taken = rows.iter().filter(|row| selection.takes(row)).count();
    let among = |row: &&crate::statement::Statement| {
        row.verified == Verified::Rejected
            && row.date.overlaps(selection.from, selection.to)
            && (selection.speakers.is_empty() || selection.speakers.contains(&row.speaker))
    };
    let rejected = rows.iter().filter(among).count();
    let unlabelled = taken.saturating_sub(listed.rows.len() + listed.more);
    let mut lines: Vec<String> = Vec::new();
    if listed.counted > 0 {
        let positions = locale.many("positions", listed.counted);
        lines.push(locale.say("report-left-words", &[("positions", &positions)]));
    }
    for (id, count) in [
        ("report-left-unlabelled", unlabelled),
        ("report-left-unverified", selection.waiting(rows)),
        ("report-left-days", selection.undated(rows)),
        ("report-left-rejected", rejected),
        ("report-left-months", listed.by_month),
    ] {
        if count > 0 {
            lines.push(locale.say(id, &[("statements", &statements(count))]));
        }
    }
    if listed.conflicts > 0 {
        lines.push(locale.say("report-left-conflicts", &[("count", &listed.conflicts)]));
    }
    if listed.more > 0 {
        let values: [(&'static str, &dyn std::fmt::Display); 2] =
            [("statements", &statements(listed.more)), ("count", &listed.rows.len())];
        lines.push(locale.say("report-left-rows", &values));
    }
    lines.extend(gallery.left_out(locale));
    html! {
        @if lines.is_empty() { p { (locale.say("report-nothing-left-out", &[])) } }
        @else { ul { @for line in &lines { li dir="auto" { (line) } } } }
    }
}

/// The versions, and the hash of the data that can be taken out.
pub fn versions(view: &View<'_>, listed: &Listed<'_>) -> Markup {
    let table = view.method();
    html! {
        table class="plain" lang="en" {
            tbody {
                @for row in table.rows.iter().take(6) {
                    tr { th scope="row" { (row[0]) } td { bdi { (row[1]) } } }
                }
                tr { th scope="row" { "SHA-256 of the data (CSV)" } td { code { (sha256(listed.csv(view).as_bytes())) } } }
            }
        }
    }
}
