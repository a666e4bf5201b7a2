//! What was found: the sentence of the whole, then each verdict with what it rests on.

use maud::{Markup, html};

use crate::chart::kind::finding::{Finding, Told, told};
use crate::chart::kind::headline::{Headline, headline, sentence};
use crate::chart::kind::view::{View, statements};
use crate::page::verdict::verdict;
use crate::shift::words::{self as sentences, at_least};

/// The most verdicts in full. Those with the most to report come first; the others are in a table.
const MOST_IN_FULL: usize = 40;
/// The most rows in a table of verdicts.
const MOST_ROWS: usize = 500;

/// What was found.
pub struct Findings {
    /// The strongest finding as a sentence, without a full stop.
    pub title: String,
    /// All of it.
    pub section: Markup,
}

/// Says what was found about what a view shows.
pub fn findings(view: &View<'_>) -> Findings {
    let Headline { title, cautions, rest } = headline(view);
    let told = told(view);
    let (few, judged): (Vec<&Told<'_>>, Vec<&Told<'_>>) = told.iter().partition(|told| told.finding == Finding::Few);
    let (full, brief) = judged.split_at(judged.len().min(MOST_IN_FULL));
    let codebook = &view.corpus.codebook;
    let section = html! {
        @if !cautions.is_empty() { p dir="auto" { (cautions.join(" ")) } }
        @if !rest.is_empty() { p dir="auto" { (rest.join(" ")) } }
        @for told in full {
            @let lines = sentences::sentences(told.pair, codebook);
            (verdict(told.pair.verdict.word(), &sentence(view.locale, told), ("en", &lines)))
        }
        @if !brief.is_empty() { (steady(view, brief)) }
        @if !few.is_empty() { (too_few(view, &few)) }
    };
    Findings { title, section }
}

/// A table of verdicts, with what could have been found.
fn steady(view: &View<'_>, told: &[&Told<'_>]) -> Markup {
    let say = |id: &str| view.locale.say(id, &[]);
    let or_dash = |text: Option<String>| text.unwrap_or_else(|| "–".to_owned());
    html! {
        h3 { (say("report-steady")) }
        (rows(view, told, "report-steady", &[say("report-mean"), say("report-detectable")], |told| {
            // No shift is larger than its scale.
            let largest = told.issue.levels.len().saturating_sub(1) as f64;
            let detectable = told.pair.detectable.filter(|size| *size < largest).map(|size| view.locale.number(&at_least(size)));
            vec![or_dash(told.pair.mean.map(|mean| view.locale.level_on(told.issue, mean))), or_dash(detectable)]
        }))
    }
}

/// A table of what could not be tested, with the days that it takes.
fn too_few(view: &View<'_>, told: &[&Told<'_>]) -> Markup {
    let say = |id: &str| view.locale.say(id, &[]);
    html! {
        details {
            summary { (say("report-few")) " (" (told.len()) ")" }
            (rows(view, told, "report-few", &[say("report-days-needed")], |told| {
                vec![told.pair.days_needed.map_or("–".to_owned(), |needed| needed.to_string())]
            }))
        }
    }
}

fn rows(
    view: &View<'_>,
    told: &[&Told<'_>],
    name: &str,
    more_columns: &[String],
    more_cells: impl Fn(&Told<'_>) -> Vec<String>,
) -> Markup {
    let say = |id: &str| view.locale.say(id, &[]);
    let left = told.len().saturating_sub(MOST_ROWS);
    html! {
        div class="wide" role="region" tabindex="0" aria-label=(say(name)) {
            table class="plain" {
                thead {
                    tr {
                        th scope="col" { (say("embed-speaker")) }
                        th scope="col" { (say("report-issue")) }
                        th scope="col" class="number" { (say("report-statement-count")) }
                        th scope="col" class="number" { (say("report-days")) }
                        @for column in more_columns { th scope="col" class="number" { (column) } }
                    }
                }
                tbody {
                    @for told in told.iter().take(MOST_ROWS) {
                        tr {
                            td { bdi { (told.pair.speaker) } }
                            td { bdi { (told.issue.name) } }
                            td class="number" { (statements(told.marks.iter().copied())) }
                            td class="number" { (told.pair.days) }
                            @for cell in more_cells(told) { td class="number" { (cell) } }
                        }
                    }
                }
            }
        }
        @if left > 0 { p class="small" { (view.locale.say("report-more-rows", &[("count", &left)])) } }
    }
}
