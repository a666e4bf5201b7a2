//! Answers that were confirmed and are not in the file as they were: which, what the file has now, and a button that puts
//! them back.

use maud::{Markup, html};

use crate::chart::locale::Locale;
use crate::corpus::Corpus;
use crate::desk::coding::{CoderChoice, Coding, unit_of};
use crate::desk::confirmed::{Astray, AstrayRow};
use crate::desk::pages::code::{SHOWN, in_words};
use crate::desk::pages::{Room, colon};
use crate::label::sheet::SheetRow;
use crate::words::shortened;

/// How many answers are listed. All are put back.
const MOST: usize = 20;

/// What another program has dropped or changed.
pub struct AstrayView<'v> {
    /// The corpus.
    pub corpus: &'v Corpus,
    /// The name of the file: that of a coder, or the adjudication.
    pub file: &'v str,
    /// The answers.
    pub rows: &'v [AstrayRow],
    /// The room that is shown.
    pub room: Option<Room>,
    /// The address of what it shows, if it is a room for answers.
    pub at: Option<&'v str>,
    /// The words.
    pub locale: &'v Locale,
}

impl AstrayView<'_> {
    fn say(&self, id: &str) -> String {
        self.locale.say(id, &[])
    }

    /// A part for those that are lost and one for those that were changed. Nothing if none is.
    pub fn show(&self) -> Markup {
        let of = |how: Astray| -> Vec<AstrayRow> { self.rows.iter().filter(|row| row.how == how).cloned().collect() };
        html! {
            @for (how, told, why, button) in [
                (Astray::Lost, "desk-lost", "desk-lost-why", "desk-put-back"),
                (Astray::Changed, "desk-changed", "desk-changed-why", "desk-put-back-mine"),
            ] {
                @let rows = of(how);
                @if !rows.is_empty() {
                    section class="faults astray" {
                        p role=(if how == Astray::Lost { "alert" } else { "status" }) {
                            strong { code { "labels/" (self.file) ".csv" } (colon(self.locale)) (self.locale.many(told, rows.len())) "." } " " (self.say(why))
                        }
                        ul class="hits" { @for row in rows.iter().take(MOST) { (self.row(row)) } }
                        @if rows.len() > MOST { p class="aside" { (self.locale.many("desk-more", rows.len() - MOST)) } }
                        form method="post" action="put-back" class="plain actions" data-swap {
                            input type="hidden" name="file" value=(self.file);
                            input type="hidden" name="how" value=(how.word());
                            input type="hidden" name="mark" value=(Coding::mark_of(&rows));
                            @if let Some(room) = self.room { input type="hidden" name="room" value=(room.path()); }
                            @if let Some(at) = self.at { input type="hidden" name="at" value=(at); }
                            button name="do" value="back" { (self.locale.many(button, rows.len())) } " "
                            button name="do" value="leave" { (self.say("desk-leave-file")) }
                        }
                    }
                }
            }
        }
    }

    fn row(&self, row: &AstrayRow) -> Markup {
        let unit = unit_of(self.corpus, &row.statement, &row.issue);
        let given = self.answer(row, row.given.as_ref());
        let there = self.answer(row, row.there.as_ref());
        html! {
            li {
                @match unit {
                    Some(unit) => {
                        strong { bdi { (self.corpus.codebook.issue(unit.1).name) } } " · "
                        span dir="auto" { (shortened(&self.corpus.statements.rows[unit.0].text, SHOWN)) }
                    }
                    None => code { (row.statement) " · " (row.issue) },
                }
                p class="aside" {
                    (self.locale.say("desk-given-here", &[("answer", &given)])) " · " (self.locale.say("desk-in-file", &[("answer", &there)]))
                }
            }
        }
    }

    /// A row in words, with its note.
    fn answer(&self, row: &AstrayRow, cells: Option<&SheetRow>) -> String {
        let Some(cells) = cells else { return self.say("desk-no-answer") };
        let (codebook, issue) = (&self.corpus.codebook, self.corpus.codebook.find(&row.issue));
        let choice = issue.and_then(|issue| Some((issue, CoderChoice::of(&cells.position, codebook, issue)?)));
        let answer = choice.map(|(issue, choice)| in_words(Some(choice), self.corpus, issue, self.locale));
        let answer = answer.unwrap_or_else(|| cells.position.clone());
        if cells.rationale.is_empty() { answer } else { self.noted(&answer, &cells.rationale) }
    }
    fn noted(&self, answer: &str, note: &str) -> String {
        self.locale.say("desk-with-note", &[("answer", &answer), ("note", &note)])
    }
}
