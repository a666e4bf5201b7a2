//! A statement with its positions: as a card, and as a row of a table.

use maud::{Markup, html};

use crate::chart::locale::Locale;
use crate::codebook::Codebook;
use crate::date::Precision;
use crate::page::chip::Chip;
use crate::page::link;
use crate::statement::{Kind, Statement};

/// A statement as pages show it.
#[derive(Debug, Clone)]
pub struct Shown<'s> {
    /// Its place in the corpus, from 0: it makes the address of the statement in the page, see [`anchor`].
    pub place: usize,
    /// The statement.
    pub statement: &'s Statement,
    /// Its positions, in the order of the issues in the codebook.
    pub chips: Vec<Chip>,
}

/// The id of a statement in a page: `stance-12`. It is made of its place, because its own id may be any text.
pub fn anchor(place: usize) -> String {
    format!("stance-{place}")
}

/// The place of a statement whose id in a page this is.
pub fn place_of(anchor: &str) -> Option<usize> {
    anchor.strip_prefix("stance-")?.parse().ok()
}

impl Shown<'_> {
    /// The day, or the longer span if the day is not known.
    pub fn when(&self, locale: &Locale) -> Markup {
        let date = self.statement.date;
        html! {
            @match date.precision {
                Precision::Day => time datetime=(date.first()) { (locale.date(date)) },
                Precision::Month => time datetime=(date.first().format("%Y-%m")) { (locale.date(date)) },
                Precision::Year => time datetime=(date.first().format("%Y")) { (locale.date(date)) },
                Precision::Week | Precision::Quarter => span { (locale.date(date)) },
            }
        }
    }

    /// The words: a quotation, or a paraphrase that says so.
    pub fn words(&self, locale: &Locale) -> Markup {
        let Statement { kind, text, .. } = self.statement;
        html! {
            @match kind {
                Kind::Direct => q class="said" dir="auto" { (text) },
                Kind::Indirect => {
                    span class="said" dir="auto" { (text) } " "
                    span class="aside" { "(" (locale.say("page-paraphrase", &[])) ")" }
                }
            }
        }
    }

    /// The source, as a link if it is on the web.
    pub fn source(&self, locale: &Locale) -> Markup {
        let statement = self.statement;
        link::source(locale, &statement.source_publisher, &statement.source_title, &statement.source_url)
    }

    /// The chips of all positions.
    pub fn positions(&self, codebook: &Codebook, locale: &Locale) -> Markup {
        html! { @for chip in &self.chips { (chip.show(codebook, locale)) " " } }
    }

    /// The statement as a card, with who, when, where and its context.
    pub fn card(&self, codebook: &Codebook, locale: &Locale) -> Markup {
        let Statement { id, speaker, role, venue, notes, .. } = self.statement;
        html! {
            article class="card" id=(anchor(self.place)) data-statement=(id) {
                p class="who" {
                    bdi class="speaker" { (speaker) }
                    @if !role.is_empty() { ", " bdi { (role) } }
                    " · " (self.when(locale))
                    @if !venue.is_empty() { " · " bdi { (venue) } }
                }
                blockquote { (self.words(locale)) }
                @if !notes.is_empty() { p class="aside" dir="auto" { (notes) } }
                p class="chips" { (self.positions(codebook, locale)) }
                p class="source" { (self.source(locale)) }
            }
        }
    }

    /// The statement as a row: when, who, positions, words, source.
    pub fn row(&self, codebook: &Codebook, locale: &Locale) -> Markup {
        html! {
            tr id=(anchor(self.place)) {
                td { (self.when(locale)) }
                td { bdi { (self.statement.speaker) } }
                td { (self.positions(codebook, locale)) }
                td { (self.words(locale)) }
                td { (self.source(locale)) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_anchor_leads_back_to_its_place() {
        for place in [0, 12, usize::MAX] {
            assert_eq!(place_of(&anchor(place)), Some(place));
        }
        for other in ["", "stance-", "stance-x", "s12", "stance--1", "stance-found"] {
            assert_eq!(place_of(other), None, "{other}");
        }
    }
}
