//! The rooms as HTML. Every text is escaped by maud and read in the direction of its own words.

use maud::{Markup, html};

use crate::chart::locale::Locale;
use crate::error::{Problem, grouped};
use crate::page::shell::{Assets, WebPage};

pub mod who;
pub mod code;
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
    /// What happened to the last action.
    pub message: Option<&'f str>,
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
            p id="status" class="status" role="status" data-offline=(say("desk-offline")) {
                @if let Some(message) = self.message { (message) }
            }
            @if !self.problems.is_empty() {
                section class="faults" {
                    p { strong { (say("desk-faults")) } }
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

/// The most problems that a page lists.
const MOST: usize = 50;

/// Problems as a list: where, what, and how to fix it. Equal ones are listed once, with their count.
pub fn problems(problems: &[Problem]) -> Markup {
    let groups = grouped(problems);
    html! {
        ul class="problems" {
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
    fn a_value_cannot_leave_its_query() {
        assert_eq!(encoded("a b&c=d#é\"\r\n"), "a%20b%26c%3Dd%23%C3%A9%22%0D%0A");
    }
}
