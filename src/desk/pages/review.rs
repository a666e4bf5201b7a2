//! Proposals of `stance extract`: each within its text, with what can be fixed in place.

use maud::{Markup, html};

use crate::extract::review::{Cell, Passage, Summary};

/// A proposal as the room shows it.
pub struct ProposalView {
    /// Its id in the file.
    pub id: String,
    /// The text around it. The error is why it cannot be shown. `None` if the row names no text.
    pub around: Result<Option<Passage>, String>,
    /// Its cells that can be fixed, in order.
    pub cells: Vec<(Cell, String)>,
    /// Its other cells that say how sure it is: name and value.
    pub about: Vec<(&'static str, String)>,
    /// The address of its source.
    pub source: String,
}

/// The room.
pub fn review(summary: Summary, shown: Option<&ProposalView>, undoable: bool) -> Markup {
    let Summary { accepted, rejected, waiting } = summary;
    let all = accepted + rejected + waiting;
    html! {
        @if waiting + rejected > 0 {
            div class="progress" {
                progress value=(all - waiting) max=(all.max(1)) aria-label="decided" {}
                p class="aside" { (waiting) " waiting · " (accepted) " accepted · " (rejected) " rejected" }
            }
        }
        @match shown {
            None => {
                h1 { @if all == 0 { "There are no statements yet" } @else { "No proposal is waiting" } }
                p { code { "stance extract TEXT … --append" } " adds proposals from news texts. They wait here until you accept them." }
                @if undoable { form method="post" action="review" class="plain" data-swap { (undo()) } }
            }
            Some(proposal) => { h1 class="unshown" { "Review" } (one(proposal, undoable)) }
        }
    }
}

fn undo() -> Markup {
    html! { button name="do" value="undo" data-key="u" { kbd { "u" } " Undo" } }
}

fn one(proposal: &ProposalView, undoable: bool) -> Markup {
    let text = proposal.cells.iter().find(|(cell, _)| *cell == Cell::Text).map_or("", |(_, text)| text);
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
                    @for (name, value) in &proposal.about { div { dt class="aside" { (name) } dd dir="auto" { (value) } } }
                }
                @if let Some(address) = crate::page::link::web(&proposal.source) {
                    p class="source" { a href=(address) rel="noopener noreferrer external" { (address) } }
                }
            }
            form method="post" action="review" class="answers" data-swap data-statement=(proposal.id) {
                input type="hidden" name="id" value=(proposal.id);
                @for (cell, value) in &proposal.cells {
                    @let name = cell.column();
                    p class="note" {
                        label for=(name) { (name) span class="aside" { " · " (cell.hint()) } }
                        input type="hidden" name={ "was-" (name) } value=(value);
                        @if *cell == Cell::Text {
                            textarea id=(name) name=(name) rows="4" dir="auto" { "\n" (value) }
                        } @else {
                            input id=(name) name=(name) value=(value) autocomplete="off" dir="auto";
                        }
                    }
                }
                p class="aside" { "What you change in these fields is saved with your decision." }
                div class="actions" {
                    button name="do" value="accept" data-key="a" { kbd { "a" } " Accept" } " "
                    button name="do" value="reject" data-key="r" { kbd { "r" } " Reject" } " "
                    button name="do" value="fix" { "Save the fields only" } " "
                    a class="button" href={ "review?after=" (crate::desk::pages::encoded(&proposal.id)) } data-swap data-key=" " { kbd { "␣" } " Decide later" } " "
                    @if undoable { (undo()) }
                }
                p { label class="inline" { input type="checkbox" id="keys" checked; " Keys answer" } }
            }
        }
    }
}
