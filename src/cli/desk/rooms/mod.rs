//! The rooms: what each does with a form, and which page it shows.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use maud::{Markup, html};
use stance::chart::draw::palette::Palette;
use stance::chart::locale::Locale;
use stance::corpus::Corpus;
use stance::desk::coding::{Coding, PutBack, unit_of};
use stance::desk::confirmed::Astray;
use stance::desk::pages::astray::AstrayView;
use stance::desk::pages::code::address;
use stance::desk::pages::{self, Frame, Notice, Room, sentence};
use stance::desk::words;
use stance::desk::{SCRIPT, STYLE};
use stance::error::{Error, Problem, Result};
use stance::label::ADJUDICATED;
use stance::page::tint::Schemes;
use stance::page::{shell, tint};

use super::serve::{Asked, Fields, Reply};
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
    /// So does a picture to take along: the folder of the corpus, and the name of the file.
    Picture(explore::Work, PathBuf, String),
    /// So does a trial of other rules.
    Trial(rules::Work),
}

/// Answers a request. The script is given the page that a browser would be sent on to.
pub fn answer(shared: &Mutex<Desk>, asked: &Asked) -> Reply {
    let reply = step(shared, asked);
    if let (true, Reply::See(address)) = (asked.by_script, &reply)
        && let Some(next) = Asked::page(address)
    {
        return Reply::Next(address.clone(), Box::new(step(shared, &next)));
    }
    reply
}

fn step(shared: &Mutex<Desk>, asked: &Asked) -> Reply {
    let desk = || shared.lock().unwrap_or_else(PoisonError::into_inner);
    // The desk is free again before the work begins.
    let step = room(&mut desk(), asked);
    match step {
        Ok(Step::Done(reply)) => reply,
        Ok(Step::Trial(work)) => {
            let (reply, tries) = work.done();
            desk().tries = tries;
            reply
        }
        Ok(Step::Picture(work, folder, name)) => match work.file(&folder, &name) {
            Ok(file) => file,
            Err(error) => trouble(&mut desk(), Some(Room::Explore), &error),
        },
        Ok(Step::Explore(work)) => {
            let explored = work.explored();
            explore::shown(&mut desk(), explored)
        }
        // The script asks for parts of a page, and shows what it gets in place of one.
        Err(error) if matches!(asked.path.as_str(), "trial" | "verdicts") => Reply::Refused(409, told(&error)),
        // So does a note that is to be kept: the page that it was typed on stays.
        Err(error) if asked.form.as_ref().is_some_and(|form| form.get("do") == "keep") => {
            Reply::Refused(409, told(&error))
        }
        // Nothing was done, and the page says why.
        Err(error) if asked.form.is_some() => {
            desk().message = Some(Notice::refused(told(&error)));
            Reply::See(Room::of(&asked.path).unwrap_or(Room::Code).path().to_owned())
        }
        Err(error) => trouble(&mut desk(), Room::of(&asked.path), &error),
    }
}

/// What went wrong and what to do about it, as sentences in a line.
fn told(error: &Error) -> String {
    match error {
        Error::Request { what, hint } => format!("{} {}", sentence(what), sentence(hint)),
        other => sentence(&other.to_string()),
    }
}

/// The page of a room that cannot be shown: why, and what to do about it.
fn trouble(desk: &mut Desk, room: Option<Room>, error: &Error) -> Reply {
    let locale = words::locale(desk.language);
    let gone = match room {
        Some(Room::Code) => desk.coding.as_ref().and_then(Coding::gone),
        Some(Room::Settle) => desk.settling.as_ref().and_then(Coding::gone),
        _ => None,
    };
    let within = match error {
        Error::Invalid(faults) => &Error::Invalid(within(desk, faults.clone())),
        other => other,
    };
    let main = pages::trouble(within, room, gone, &locale);
    let message = desk.message.take();
    let name = corpus_name(desk);
    let frame = Frame {
        locale: &locale,
        room,
        corpus: &name,
        coder: desk.coder.as_deref(),
        problems: &[],
        instead: desk.instead,
        // What could not be done is on the page already.
        message: message.as_ref().filter(|message| message.text != told(error)),
        astray: &html! {},
    };
    Reply::Trouble(frame.page(&main))
}

/// Problems with their files as they are named within the corpus, because everyone here knows its folder.
fn within(desk: &Desk, mut problems: Vec<Problem>) -> Vec<Problem> {
    for problem in &mut problems {
        if let Ok(path) = problem.path.strip_prefix(&desk.folder) {
            problem.path = path.to_owned();
        }
    }
    problems
}

fn corpus_name(desk: &Desk) -> String {
    desk.folder.file_name().map_or("corpus".to_owned(), |name| name.to_string_lossy().into_owned())
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
        "code" | "who" | "queue" | "put-back" | "levels.css" | "pictures.css" | "trial" | "verdicts" => {
            desk.refresh()?
        }
        "settle" => desk.refresh_coders()?,
        _ => desk.refresh_all()?,
    }
    let Some(corpus) = desk.corpus.clone() else { return Ok(Step::Done(faults(desk))) };
    let reply = match (asked.path.as_str(), &asked.form) {
        ("trial" | "verdicts", Some(form)) => {
            return Ok(Step::Trial(rules::Work::new(desk, &corpus, form, asked.path == "verdicts")?));
        }
        ("explore", None) => return explore::show(desk, &corpus, asked),
        ("picture", None) => return explore::take(desk, &corpus, asked),
        ("levels.css", None) => Ok(Reply::Style(tint::levels(&corpus.codebook, &Palette::default(), Schemes::Both))),
        ("who", None) => who::show(desk, &corpus, asked),
        ("who", Some(form)) => who::choose(desk, &corpus, form),
        ("code", None) => code::show(desk, &corpus, asked),
        ("code", Some(form)) => code::answer(desk, &corpus, form),
        ("queue", Some(form)) => code::queue(desk, &corpus, form),
        ("again", Some(form)) => again(desk, form),
        ("put-back", Some(form)) => put_back(desk, &corpus, form),
        ("settle", None) => settle::show(desk, &corpus, asked),
        ("settle", Some(form)) => settle::answer(desk, &corpus, form),
        ("review", None) => review::show(desk, &corpus, asked),
        ("review", Some(form)) => review::answer(desk, &corpus, form),
        ("rules", None) => rules::show(desk, &corpus, asked),
        ("rules", Some(form)) => rules::answer(desk, &corpus, form),
        ("why", None) => explore::why(desk, &corpus, asked),
        ("pictures.css", None) => {
            let findings = desk.explored.as_ref().and_then(|explored| explored.findings.as_ref().ok());
            Ok(Reply::Style(findings.map_or(String::new(), |findings| findings.style.clone())))
        }
        _ => Ok(Reply::Refused(404, "There is no such page. Go back to the desk.".to_owned())),
    };
    reply.map(Step::Done)
}

/// Writes a file that has disappeared again, or begins another.
fn again(desk: &mut Desk, form: &Fields) -> Result<Reply> {
    let room = Room::of(form.get("room")).unwrap_or(Room::Code);
    let coding = if room == Room::Settle { &mut desk.settling } else { &mut desk.coding };
    if let Some(coding) = coding {
        if form.get("do") == "anew" { coding.forget() } else { coding.write_again()? }
    }
    Ok(Reply::See(room.path().to_owned()))
}

/// Puts answers back that another program has dropped, or takes what the file has now.
fn put_back(desk: &mut Desk, corpus: &Corpus, form: &Fields) -> Result<Reply> {
    let locale = words::locale(desk.language);
    let coding = if form.get("file") == ADJUDICATED { &mut desk.settling } else { &mut desk.coding };
    let how = [Astray::Lost, Astray::Changed].into_iter().find(|how| how.word() == form.get("how"));
    if let (Some(coding), Some(how)) = (coding.as_mut().filter(|coding| coding.coder == form.get("file")), how) {
        let mark = form.get("mark");
        let differs = || Notice::refused(locale.say("desk-put-back-differs", &[]));
        desk.message = Some(if form.get("do") == "leave" {
            if coding.leave(&corpus.codebook, how, mark) {
                Notice::done(locale.say("desk-file-left", &[]))
            } else {
                differs()
            }
        } else {
            match coding.put_back(corpus, how, mark)? {
                PutBack::Back { back, left_out: 0 } => Notice::done(locale.many("desk-put-back-done", back)),
                PutBack::Back { back: 0, left_out } => Notice::refused(locale.many("desk-put-back-left-out", left_out)),
                PutBack::Back { back, left_out } => Notice::refused(format!(
                    "{} {}",
                    locale.many("desk-put-back-done", back),
                    locale.many("desk-put-back-left-out", left_out)
                )),
                PutBack::Differs => differs(),
            }
        });
    }
    let room = Room::of(form.get("room")).unwrap_or(Room::Code);
    // What this window showed: another may have shown something else since.
    let shown = Asked::page(form.get("at")).and_then(|at| unit_of(corpus, at.query.get("s"), at.query.get("i")));
    Ok(Reply::See(shown.map_or_else(|| room.path().to_owned(), |unit| address(room.path(), corpus, unit))))
}

/// The answers of this session that are not in their files as they were confirmed, on every page.
fn astray(desk: &mut Desk, corpus: &Arc<Corpus>, room: Option<Room>, locale: &Locale) -> Markup {
    let at = desk.at.clone().filter(|at| at.split('?').next() == room.map(Room::path));
    let sessions = desk.coding.iter_mut().chain(&mut desk.settling);
    let parts = sessions.map(|coding| {
        // A file that is gone or cannot be read is reported in the room that writes it.
        let _ = coding.refresh(corpus);
        let rows = coding.astray(&corpus.codebook);
        AstrayView { corpus, file: &coding.coder, rows: &rows, room, at: at.as_deref(), locale }.show()
    });
    html! { @for part in parts { (part) } }
}

/// A page around a room. It has the message of the last action, once.
fn page(desk: &mut Desk, corpus: &Arc<Corpus>, room: Option<Room>, locale: &Locale, main: &Markup) -> Reply {
    let message = desk.message.take();
    let astray = astray(desk, corpus, room, locale);
    // A coder sees at once what is wrong with the file that the next answer goes to.
    let own = match room {
        Some(Room::Code) => desk.coding.as_ref().map_or(&[][..], Coding::problems),
        Some(Room::Settle) => desk.settling.as_ref().map_or(&[][..], Coding::problems),
        _ => &[],
    };
    let own = own.iter().filter(|problem| problem.is_fault() && !desk.problems.contains(problem));
    let problems = within(desk, desk.problems.iter().chain(own).cloned().collect());
    let frame = Frame {
        locale,
        room,
        corpus: &corpus.name(),
        coder: desk.coder.as_deref(),
        problems: &problems,
        instead: desk.instead,
        message: message.as_ref(),
        astray: &astray,
    };
    Reply::Page(frame.page(main))
}

/// The page of a corpus that cannot be used.
fn faults(desk: &Desk) -> Reply {
    let name = corpus_name(desk);
    let locale = words::locale(desk.language);
    let frame = Frame {
        locale: &locale,
        room: None,
        corpus: &name,
        coder: None,
        problems: &within(desk, desk.problems.clone()),
        instead: desk.instead,
        message: None,
        astray: &html! {},
    };
    Reply::Page(frame.faults())
}
