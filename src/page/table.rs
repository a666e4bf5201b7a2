//! A table of statements that can be sorted, filtered and searched. Without the script it is a table.

use std::collections::BTreeSet;

use maud::{Markup, html};

use crate::chart::locale::Locale;
use crate::codebook::Codebook;
use crate::page::statement::Shown;

/// The columns, each with the message that names it.
const COLUMNS: [&str; 5] = ["embed-date", "embed-speaker", "page-position", "embed-statement", "embed-source"];

/// The table, with its controls. `id` is its own id in the page.
pub fn statements(id: &str, rows: &[Shown<'_>], codebook: &Codebook, locale: &Locale) -> Markup {
    let speakers: BTreeSet<&str> = rows.iter().map(|row| row.statement.speaker.as_str()).collect();
    let taken: BTreeSet<(usize, usize)> = rows
        .iter()
        .flat_map(|row| &row.chips)
        .filter_map(|chip| {
            let levels = &codebook.issue(chip.issue).levels;
            Some((chip.issue.0, levels.iter().position(|level| Some(level.position) == chip.position)?))
        })
        .collect();
    let issues: BTreeSet<usize> = taken.iter().map(|(issue, _)| *issue).collect();
    let control = |name: &str| format!("{id}-{name}");
    html! {
        form class="filters" data-table=(id) hidden {
            div {
                label for=(control("search")) { (locale.say("page-search", &[])) }
                input id=(control("search")) type="search" name="search" autocomplete="off";
            }
            div {
                label for=(control("speaker")) { (locale.say("embed-speaker", &[])) }
                select id=(control("speaker")) name="speaker" {
                    option value="" { (locale.say("page-all", &[])) }
                    @for speaker in &speakers { option value=(speaker) { (speaker) } }
                }
            }
            div {
                label for=(control("level")) { (locale.say("page-position", &[])) }
                select id=(control("level")) name="level" {
                    option value="" { (locale.say("page-all", &[])) }
                    @for issue in &issues {
                        @let scale = &codebook.issues[*issue];
                        optgroup label=(scale.name) {
                            option value={ "l" (issue) "-" } { (scale.name) }
                            @for (rank, level) in scale.levels.iter().enumerate().rev() {
                                @if taken.contains(&(*issue, rank)) {
                                    option value={ "l" (issue) "-" (rank) } {
                                        (level.words) " (" (locale.position_on(scale, level.position.0)) ")"
                                    }
                                }
                            }
                        }
                    }
                }
            }
            button type="reset" { (locale.say("page-reset", &[])) }
            // The script fills in how many statements are shown.
            output for=(control("search")) aria-live="polite" data-words=(locale.say("page-shown", &[("shown", &"%1"), ("all", &"%2")])) {}
        }
        (plain(id, rows, codebook, locale))
    }
}

/// The table without controls.
pub fn plain(id: &str, rows: &[Shown<'_>], codebook: &Codebook, locale: &Locale) -> Markup {
    html! {
        // A region that scrolls has to be reachable by keyboard.
        div class="wide" role="region" tabindex="0" aria-label=(locale.say("page-statements", &[])) {
            table id=(id) class="statements" {
                thead {
                    tr { @for column in COLUMNS { th scope="col" { (locale.say(column, &[])) } } }
                }
                tbody { @for row in rows { (row.row(codebook, locale)) "\n" } }
            }
        }
    }
}
