//! The rooms as HTML. Every text is escaped by maud and read in the direction of its own words.

use maud::{Markup, html};

use crate::chart::locale::Locale;
use crate::error::{Error, Problem, Warning, grouped};
use crate::page::shell::{Assets, WebPage};

pub mod who;
pub mod code;
pub mod astray;
pub mod settle;
pub mod review;
pub mod rules;
pub mod explore;

/// A room of the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// Labels by hand.
    Code,
    /// Differences between coders.
    Settle,
    /// Proposals from texts.
    Review,
    /// The rules.
    Rules,
    /// Findings and charts.
    Explore,
}

impl Room {
    /// Every room, in the order of work.
    pub const ALL: [Room; 5] = [Room::Code, Room::Settle, Room::Review, Room::Rules, Room::Explore];

    /// Its path within the desk.
    pub fn path(self) -> &'static str {
        match self {
            Room::Code => "code",
            Room::Settle => "settle",
            Room::Review => "review",
            Room::Rules => "rules",
            Room::Explore => "explore",
        }
    }

    /// The room at a path.
    pub fn of(path: &str) -> Option<Room> {
        Room::ALL.into_iter().find(|room| room.path() == path)
    }
}

/// What is shown if the corpus on the disk has faults.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Instead {
    /// The corpus as it was before.
    Earlier,
    /// The corpus as it is, with the rules that were there before.
    EarlierRules,
    /// The corpus as it is, without rules.
    NoRules,
    /// The corpus as it is, without the files of labels that have faults.
    WithoutLabels,
}

/// What happened to the last action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// In words.
    pub text: String,
    /// Whether it was not done: that is shown and announced as such.
    pub refused: bool,
}

impl Notice {
    /// It was done.
    pub fn done(text: String) -> Notice {
        Notice { text, refused: false }
    }

    /// It was not done, and why.
    pub fn refused(text: String) -> Notice {
        Notice { text, refused: true }
    }

    /// A notice with what there is to report about a save. `None` if there is nothing to say.
    pub fn with(notice: Option<Notice>, warnings: &[Warning]) -> Option<Notice> {
        let refused = notice.as_ref().is_some_and(|notice| notice.refused);
        let told = notice.map(|notice| notice.text).into_iter().chain(warnings.iter().map(ToString::to_string));
        let text = told.collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then_some(Notice { text, refused })
    }
}

/// What every page of the desk has around its room.
pub struct Frame<'f> {
    /// The words.
    pub locale: &'f Locale,
    /// The room, if it is one.
    pub room: Option<Room>,
    /// The name of the corpus.
    pub corpus: &'f str,
    /// Who codes, if that is known.
    pub coder: Option<&'f str>,
    /// Faults of the corpus on the disk.
    pub problems: &'f [Problem],
    /// What is shown in place of what has these faults.
    pub instead: Instead,
    /// What happened to the last action.
    pub message: Option<&'f Notice>,
    /// The answers that are not in their files as they were confirmed.
    pub astray: &'f Markup,
}

impl Frame<'_> {
    /// The page.
    pub fn page(&self, main: &Markup) -> String {
        let say = |id: &str| self.locale.say(id, &[]);
        let name = |room: Room| say(&format!("desk-{}", room.path()));
        let title = match self.room {
            Some(room) => format!("{} · {}", name(room), self.corpus),
            None => format!("{} · {}", say("desk"), self.corpus),
        };
        let header = html! {
            nav class="rooms" aria-label=(say("desk-rooms")) {
                ul {
                    @for room in Room::ALL {
                        @let here = self.room == Some(room);
                        li { a href=(room.path()) aria-current=[here.then_some("page")] { (name(room)) } }
                    }
                }
                p class="aside" {
                    bdi { (self.corpus) }
                    @if let Some(coder) = self.coder {
                        " · " (self.locale.say("desk-coder", &[("coder", &coder)])) " · "
                        a href="who" { (say("desk-another")) }
                    }
                }
            }
        };
        let main = html! {
            // Two places, because a screen reader says the one when it is free, and the other at once.
            p id="refused" class="status wrong" role="alert" { @if let Some(notice) = self.message.filter(|notice| notice.refused) { (notice.text) } }
            p id="status" class="status" role="status" data-offline=(say("desk-offline"))
                data-no-key=(self.locale.say("desk-no-key", &[("key", &"%1")])) data-why=(say("desk-why")) {
                @if let Some(notice) = self.message.filter(|notice| !notice.refused) { (notice.text) }
            }
            (self.astray)
            @if !self.problems.is_empty() {
                section class="faults" {
                    @match self.instead {
                        Instead::Earlier => p { strong { (say("desk-faults")) } },
                        Instead::EarlierRules => p { strong { (say("desk-earlier-rules")) } " " a href="rules" { (say("desk-repair-rules")) } },
                        Instead::WithoutLabels => p { strong { (say("desk-without-labels")) } },
                        Instead::NoRules => p { strong { (say("desk-no-rules")) } " " a href="rules" { (say("desk-repair-rules")) } },
                    }
                    (problems(self.problems))
                }
            }
            (main)
        };
        let styles = ["page.css", "desk.css", "levels.css", "pictures.css"];
        let assets = Assets::Linked {
            styles: styles.map(str::to_owned).to_vec(),
            scripts: vec!["page.js".to_owned(), "desk.js".to_owned()],
        };
        let footer = html! { "Stance " (env!("CARGO_PKG_VERSION")) };
        WebPage { title, assets, header, main, footer }.document(self.locale)
    }

    /// A page that shows only the faults of a corpus, which cannot be used with them.
    pub fn faults(&self) -> String {
        let main = html! { h1 { (self.locale.say("desk-faults-first", &[])) } (problems(self.problems)) };
        Frame { problems: &[], ..*self }.page(&main)
    }
}

/// The first button of a form, which nobody can press. Otherwise Enter in a field presses the first one that can be, such as
/// that of the highest level.
pub fn no_default() -> Markup {
    html! { button disabled hidden {} }
}

/// A room that cannot be shown: why, and what to do about it. `gone` says how many answers went with a file that has
/// disappeared: they can be written again, as they were last read.
pub fn trouble(error: &Error, room: Option<Room>, gone: Option<usize>, locale: &Locale) -> Markup {
    let say = |id: &str| locale.say(id, &[]);
    html! {
        // The script asks again when someone comes back to this page from an editor.
        section class="faults" data-again {
            @match error {
                Error::Invalid(faults) => {
                    h1 { (say("desk-trouble-file")) }
                    p { (say("desk-trouble-again")) }
                    (problems(faults))
                }
                Error::Request { what, hint } => { h1 dir="auto" lang="en" { (sentence(what)) } p dir="auto" lang="en" { (sentence(hint)) } }
                other => { h1 { (say("desk-trouble")) } p dir="auto" lang="en" { (sentence(&other.to_string())) } }
            }
            @if let (Some(answers), Some(room)) = (gone, room) {
                form method="post" action="again" class="plain actions" {
                    input type="hidden" name="room" value=(room.path());
                    button name="do" value="again" { (locale.many("desk-write-again", answers)) } " "
                    button name="do" value="anew" { (say("desk-begin-anew")) }
                }
            }
        }
    }
}

/// A message as a sentence: it begins with a capital letter and ends with a full stop. Names and paths stay as they are.
pub fn sentence(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let first = text.split(' ').next().unwrap_or_default();
    let is_word = first.chars().all(|c| c.is_alphabetic() || matches!(c, ',' | '’' | '\''));
    let mut letters = text.chars();
    let text = match letters.next() {
        Some(letter) if is_word => letter.to_uppercase().chain(letters).collect(),
        _ => text,
    };
    if text.is_empty() || text.ends_with(['.', '!', '?', ':', '…']) { text } else { text + "." }
}

/// The most problems that a page lists.
const MOST: usize = 50;

/// Problems as a list: where, what, and how to fix it. Equal ones are listed once, with their count.
pub fn problems(problems: &[Problem]) -> Markup {
    let groups = grouped(problems);
    html! {
        // Faults are in English in every language.
        ul class="problems" lang="en" {
            @for group in groups.iter().take(MOST) {
                @let problem = group.first;
                li class=[(!problem.is_fault()).then_some("warning")] {
                    @match problem.place {
                        Some(place) => { button type="button" class="place" data-line=(place.line) data-column=(place.column) { (problem.location()) } }
                        None => code { (problem.location()) },
                    }
                    " " span dir="auto" { (problem.what) }
                    p class="aside" dir="auto" { (problem.hint) }
                    @if let Some(more) = group.more() { p class="aside" dir="auto" { (more) } }
                }
            }
            @if groups.len() > MOST { li { "…" } }
        }
    }
}

/// What stands between a name and what is said of it, with the spaces of the language.
pub fn colon(locale: &Locale) -> String {
    format!("{} ", locale.say("desk-colon", &[]))
}

/// A text as the value of a query in an address.
pub fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => out.push(char::from(byte)),
            _ => out += &format!("%{byte:02X}"),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_a_sentence() {
        assert_eq!(sentence("the last day is before\n the first"), "The last day is before the first.");
        assert_eq!(sentence("labels/a.csv:3: it is torn."), "labels/a.csv:3: it is torn.");
        assert_eq!((sentence("`x` is not a kind"), sentence("")), ("`x` is not a kind.".to_owned(), String::new()));
    }

    #[test]
    fn a_value_cannot_leave_its_query() {
        assert_eq!(encoded("a b&c=d#é\"\r\n"), "a%20b%26c%3Dd%23%C3%A9%22%0D%0A");
    }
}
