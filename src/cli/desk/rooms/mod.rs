//! The rooms: what each does with a form, and which page it shows.

use std::sync::{Arc, Mutex, PoisonError};

use maud::Markup;
use stance::chart::draw::palette::Palette;
use stance::chart::locale::Locale;
use stance::corpus::Corpus;
use stance::desk::pages::{Frame, Room};
use stance::desk::words;
use stance::desk::{SCRIPT, STYLE};
use stance::error::{Error, Result};
use stance::page::tint::Schemes;
use stance::page::{shell, tint};

use super::serve::{Asked, Reply};
use super::state::Desk;

mod code;
mod explore;
mod review;
mod rules;
mod settle;
mod who;

/// What is left to do for a request.
enum Step {
    /// Nothing.
    Done(Reply),
    /// A study takes long, so it works on a copy while keys are answered.
    Explore(explore::Work),
    /// So does a trial of other rules.
    Trial(rules::Work),
}

/// Answers a request.
pub fn answer(shared: &Mutex<Desk>, asked: &Asked) -> Reply {
    let desk = || shared.lock().unwrap_or_else(PoisonError::into_inner);
    // The desk is free again before the work begins.
    let step = room(&mut desk(), asked);
    match step {
        Ok(Step::Done(reply)) => reply,
        Ok(Step::Trial(work)) => work.reply(),
        Ok(Step::Explore(work)) => {
            let explored = work.explored();
            explore::shown(&mut desk(), explored)
        }
        // Nothing was done, and the page says why.
        Err(error) if asked.form.is_some() => {
            desk().message = Some(told(&error));
            Reply::See(Room::of(&asked.path).unwrap_or(Room::Code).path().to_owned())
        }
        Err(error) => Reply::Refused(409, told(&error)),
    }
}

/// An error in a line.
fn told(error: &Error) -> String {
    error.to_string().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn room(desk: &mut Desk, asked: &Asked) -> Result<Step> {
    let fixed = match (asked.path.as_str(), &asked.form) {
        ("", None) => Some(Reply::See(Room::Code.path().to_owned())),
        ("page.css", None) => Some(Reply::Style(format!("{}{}", shell::STYLE, shell::DARK_STYLE))),
        ("desk.css", None) => Some(Reply::Style(STYLE.to_owned())),
        ("page.js", None) => Some(Reply::Script(shell::SCRIPT)),
        ("desk.js", None) => Some(Reply::Script(SCRIPT)),
        _ => None,
    };
    if let Some(fixed) = fixed {
        return Ok(Step::Done(fixed));
    }
    // Labels by hand change with every answer. Rooms that show only the coder's own do not read them all again.
    match asked.path.as_str() {
        "code" | "who" | "queue" | "levels.css" | "pictures.css" | "trial" | "verdicts" => desk.refresh()?,
        "settle" => desk.refresh_coders()?,
        _ => desk.refresh_all()?,
    }
    let Some(corpus) = desk.corpus.clone() else { return Ok(Step::Done(faults(desk))) };
    let reply = match (asked.path.as_str(), &asked.form) {
        ("trial" | "verdicts", Some(form)) => {
            return Ok(Step::Trial(rules::Work::new(desk, &corpus, form, asked.path == "verdicts")?));
        }
        ("explore", None) => return explore::show(desk, &corpus, asked),
        ("levels.css", None) => Ok(Reply::Style(tint::levels(&corpus.codebook, &Palette::default(), Schemes::Both))),
        ("who", None) => who::show(desk, &corpus, asked),
        ("who", Some(form)) => who::choose(desk, &corpus, form),
        ("code", None) => code::show(desk, &corpus, asked),
        ("code", Some(form)) => code::answer(desk, &corpus, form),
        ("queue", Some(form)) => code::queue(desk, &corpus, form),
        ("settle", None) => settle::show(desk, &corpus, asked),
        ("settle", Some(form)) => settle::answer(desk, &corpus, form),
        ("review", None) => review::show(desk, &corpus, asked),
        ("review", Some(form)) => review::answer(desk, &corpus, form),
        ("rules", None) => rules::show(desk, &corpus, asked),
        ("rules", Some(form)) => rules::answer(desk, &corpus, form),
        ("why", None) => explore::why(desk, &corpus, asked),
        ("pictures.css", None) => {
            Ok(Reply::Style(desk.explored.as_ref().map_or(String::new(), |one| one.style.clone())))
        }
        _ => Ok(Reply::Refused(404, "There is no such page. Go back to the desk.".to_owned())),
    };
    reply.map(Step::Done)
}

/// A page around a room. It has the message of the last action, once.
fn page(desk: &mut Desk, corpus: &Arc<Corpus>, room: Option<Room>, locale: &Locale, main: &Markup) -> Reply {
    let message = desk.message.take();
    let frame = Frame {
        locale,
        room,
        corpus: &corpus.name(),
        coder: desk.coder.as_deref(),
        problems: &desk.problems,
        message: message.as_deref(),
    };
    Reply::Page(frame.page(main))
}

/// The page of a corpus that cannot be used.
fn faults(desk: &Desk) -> Reply {
    let name = desk.folder.file_name().map_or("corpus".to_owned(), |name| name.to_string_lossy().into_owned());
    let locale = words::locale(desk.language);
    let frame =
        Frame { locale: &locale, room: None, corpus: &name, coder: None, problems: &desk.problems, message: None };
    Reply::Page(frame.faults())
}
