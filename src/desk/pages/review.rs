//! Proposals of `stance extract`: each within its text, with what can be fixed in place.

use maud::{Markup, html};

use crate::chart::locale::Locale;
use crate::desk::pages::{encoded, no_default};
use crate::extract::review::{Cell, Passage, Summary};
use crate::extract::rows::PUBLICATION;
use crate::page::link;
use crate::statement::Kind;

/// A cell of a proposal that can be fixed.
pub struct CellField {
    /// The cell.
    pub cell: Cell,
    /// What the file has.
    pub was: String,
    /// What the field has: the same, or what was typed.
    pub value: String,
    /// Why it cannot be saved, if it was tried.
    pub wrong: Option<String>,
}

/// A proposal as the room shows it.
pub struct ProposalView {
    /// Its id in the file.
    pub id: String,
    /// The text around it. The error is why it cannot be shown. `None` if the row names no text.
    pub around: Result<Option<Passage>, String>,
    /// Its cells that can be fixed, in order.
    pub fields: Vec<CellField>,
    /// Whether its words are not in its text, so that whoever reviews has to say that they know.
    pub ask: bool,
    /// Its other cells that say how sure it is: name and value.
    pub about: Vec<(&'static str, String)>,
    /// The address of its source.
    pub source: String,
}

/// The room.
pub fn review(summary: Summary, shown: Option<&ProposalView>, undoable: bool, locale: &Locale) -> Markup {
    let Summary { accepted, rejected, waiting } = summary;
    let all = accepted + rejected + waiting;
    let say = |id: &str| locale.say(id, &[]);
    let counts = [("waiting", waiting), ("accepted", accepted), ("rejected", rejected)];
    html! {
        @if waiting + rejected > 0 {
            @let [waiting, accepted, rejected] = counts.map(|(_, count)| count);
            @let told = locale.say("desk-review-counts", &[("waiting", &waiting), ("accepted", &accepted), ("rejected", &rejected)]);
            div class="progress" {
                progress value=(all - waiting) max=(all.max(1)) aria-label=(told) {}
                p class="aside" { (told) }
            }
        }
        @match shown {
            None => {
                h1 { (say("desk-review-nothing")) }
                p { code { "stance extract TEXT … --append" } " " (say("desk-review-how")) }
                @if undoable { form method="post" action="review" class="plain" data-swap { (undo(locale)) } }
            }
            Some(proposal) => { h1 class="unshown" { (say("desk-review")) } (one(proposal, undoable, locale)) }
        }
    }
}

fn undo(locale: &Locale) -> Markup {
    html! { button name="do" value="undo" data-key="u" { kbd { "u" } " " (locale.say("desk-undo", &[])) } }
}

/// The name of a cell, and what may be written in it.
fn label(cell: Cell, locale: &Locale) -> (String, String) {
    let (name, hint) = match cell {
        Cell::Speaker => ("embed-speaker", "desk-field-speaker"),
        Cell::Role => ("desk-role", "desk-field-role"),
        Cell::Date => ("embed-date", "desk-field-date"),
        Cell::Kind => ("desk-kind", "desk-field-kind"),
        Cell::Venue => ("desk-venue", "desk-field-venue"),
        Cell::Text => ("embed-statement", "desk-field-text"),
    };
    (locale.say(name, &[]), locale.say(hint, &[]))
}

/// What a cell is called that says how sure a proposal is, or where it comes from.
fn about(column: &str, locale: &Locale) -> String {
    locale.say(&format!("desk-about-{}", column.replace('_', "-")), &[])
}

/// What such a cell says. Words of a fixed list are those of the page, and all others those of the file.
fn about_in_words(column: &str, value: &str, locale: &Locale) -> String {
    let known = match (column, value) {
        ("confidence", "high" | "medium" | "low") => format!("desk-sure-{value}"),
        ("date_from", PUBLICATION) => "desk-day-of-publication".to_owned(),
        _ => return value.to_owned(),
    };
    locale.say(&known, &[])
}

fn one(proposal: &ProposalView, undoable: bool, locale: &Locale) -> Markup {
    let say = |id: &str| locale.say(id, &[]);
    let text = proposal.fields.iter().find(|field| field.cell == Cell::Text).map_or("", |field| field.was.as_str());
    html! {
        div class="work" {
            article class="statement" {
                @match &proposal.around {
                    Ok(Some((before, words, after))) => {
                        blockquote dir="auto" class="around" { span class="aside" { "…" (before) } mark { (words) } span class="aside" { (after) "…" } }
                    }
                    Ok(None) => blockquote dir="auto" { (text) },
                    Err(missing) => { blockquote dir="auto" { (text) } p class="aside" dir="auto" { (missing) } }
                }
                dl class="about" {
                    @for (name, value) in &proposal.about { div { dt class="aside" { (about(name, locale)) } dd dir="auto" { (about_in_words(name, value, locale)) } } }
                }
                @if let Some(address) = link::web(&proposal.source) {
                    p class="source" { a href=(address) rel="noopener noreferrer external" { (address) } }
                }
            }
            form method="post" action="review" class="answers" data-swap data-unit=(proposal.id) {
                (no_default())
                input type="hidden" name="id" value=(proposal.id);
                @for field in &proposal.fields { (self::field(field, proposal.ask, locale)) }
                p class="aside" { (say("desk-review-fields")) }
                div class="actions" {
                    button name="do" value="accept" data-key="a" { kbd { "a" } " " (say("desk-accept")) } " "
                    button name="do" value="reject" data-key="r" { kbd { "r" } " " (say("desk-reject")) } " "
                    button name="do" value="fix" { (say("desk-only-fields")) } " "
                    a class="button" href={ "review?after=" (encoded(&proposal.id)) } data-swap data-key=" " { kbd { "␣" } " " (say("desk-later")) } " "
                    @if undoable { (undo(locale)) }
                }
                p { label class="inline" { input type="checkbox" id="keys" checked; " " (say("desk-single-keys")) } }
            }
        }
    }
}

fn field(field: &CellField, ask: bool, locale: &Locale) -> Markup {
    let name = field.cell.column();
    let (shown, hint) = label(field.cell, locale);
    let wrong = field.wrong.as_ref().map(|_| format!("{name}-wrong"));
    html! {
        p class={ "note" @if wrong.is_some() { " wrong" } } {
            label for=(name) { (shown) span class="aside" { " · " (hint) } }
            input type="hidden" name={ "was-" (name) } value=(field.was);
            @if field.cell == Cell::Kind {
                @let kinds = [(Kind::Direct, "desk-kind-direct"), (Kind::Indirect, "desk-kind-indirect")];
                select id=(name) name=(name) aria-invalid=[wrong.as_ref().map(|_| "true")] aria-describedby=[wrong.as_ref()] {
                    // What the file has, if it is none of them.
                    @if kinds.iter().all(|(kind, _)| kind.word() != field.value) { option value=(field.value) selected { (field.value) } }
                    @for (kind, id) in kinds { option value=(kind.word()) selected[kind.word() == field.value] { (locale.say(id, &[])) } }
                }
            } @else if field.cell == Cell::Text {
                textarea id=(name) name=(name) rows="4" dir="auto" aria-invalid=[wrong.as_ref().map(|_| "true")] aria-describedby=[wrong.as_ref()] { "\n" (field.value) }
            } @else {
                input id=(name) name=(name) value=(field.value) autocomplete="off" dir="auto" aria-invalid=[wrong.as_ref().map(|_| "true")] aria-describedby=[wrong.as_ref()];
            }
            @if let Some(why) = &field.wrong { strong id=[wrong.as_ref()] dir="auto" { (why) } }
            @if field.cell == Cell::Text && ask {
                " " label class="inline" { input type="checkbox" name="sure" value="1"; " " (locale.say("desk-words-known", &[])) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::locale::ChartLanguage;
    use crate::desk::words;

    /// Nobody has to know what a column is called.
    #[test]
    fn a_proposal_is_told_in_the_words_of_its_readers() {
        let columns = [
            ("confidence", "low"),
            ("runner_up", "Ann Lee"),
            ("date_from", PUBLICATION),
            ("notes", "said between the two"),
            ("source_publisher", "Post"),
            ("source_title", "A bridge"),
            ("source_date", "2025-03-01"),
            ("also_in", "b.txt"),
        ];
        for language in ChartLanguage::ALL {
            let locale = words::locale(language);
            let kind = CellField { cell: Cell::Kind, was: "direct".into(), value: "direct".into(), wrong: None };
            let proposal = ProposalView {
                id: "p-1".to_owned(),
                around: Ok(None),
                fields: vec![kind],
                ask: false,
                about: columns.map(|(name, value)| (name, value.to_owned())).to_vec(),
                source: String::new(),
            };
            let summary = Summary { accepted: 0, rejected: 0, waiting: 1 };
            let page = review(summary, Some(&proposal), false, &locale).into_string();
            for (column, value) in columns {
                assert!(!page.contains(&format!(">{column}<")), "{language:?} shows {column}: {page}");
                let fixed = ["low", PUBLICATION].contains(&value);
                assert_eq!(page.contains(&format!(">{value}<")), !fixed, "{language:?}: {value} in {page}");
            }
            assert!(!page.contains("k-about-") && page.contains("<option value=\"direct\" selected>"), "{page}");
        }
    }
}
