//! The room for proposals of `stance extract`.

use std::sync::Arc;

use stance::chart::locale::Locale;
use stance::corpus::{Corpus, STATEMENTS};
use stance::desk::pages::review::{CellField, ProposalView, review};
use stance::desk::pages::{Notice, Room, encoded, sentence};
use stance::desk::words;
use stance::error::Result;
use stance::extract::review::{Cell, Fixed, Session, Standing, Summary};
use stance::extract::rows::{PUBLICATION, REVIEW};
use stance::statement::{Kind, Verified};

use super::page;
use crate::cli::desk::serve::{Asked, Fields, Reply};
use crate::cli::desk::state::Desk;

/// The cells that can be fixed, in the order of the page.
const CELLS: [Cell; 6] = [Cell::Date, Cell::Speaker, Cell::Role, Cell::Kind, Cell::Venue, Cell::Text];

/// The proposals. `None` if the file has no column for them.
fn session(desk: &mut Desk) -> Result<Option<&mut Session>> {
    if desk.review.as_ref().is_some_and(|session| !session.is_current()) {
        desk.review = None;
    }
    if desk.review.is_none() {
        let path = desk.folder.join(STATEMENTS);
        desk.review = Session::open(path).ok();
    }
    Ok(desk.review.as_mut())
}

/// The proposals that wait, those with a doubtful day first, then those with a doubtful speaker.
fn waiting(session: &Session) -> Vec<usize> {
    let mut waiting = session.waiting();
    let doubt = |record: &usize| {
        let day = session.cell(*record, "date_from");
        let by_month = session.cell(*record, "date_precision") == "month";
        let day = day == PUBLICATION || by_month || session.cell(*record, "notes").contains("said between");
        let speaker = session.cell(*record, "confidence") != "high" || !session.cell(*record, "runner_up").is_empty();
        (!day, !speaker)
    };
    waiting.sort_by_key(doubt);
    waiting
}

fn record_of(session: &Session, id: &str) -> Option<usize> {
    session.waiting().into_iter().find(|record| session.cell(*record, "id") == id)
}

/// Shows a proposal.
pub fn show(desk: &mut Desk, corpus: &Arc<Corpus>, asked: &Asked) -> Result<Reply> {
    let locale = words::locale(desk.language);
    let main = match session(desk)? {
        None => review(Summary::default(), None, false, &locale),
        Some(session) => {
            let waiting = waiting(session);
            let after = asked.query.get("after");
            let at = |id: &str| waiting.iter().position(|record| session.cell(*record, "id") == id);
            let wanted = at(asked.query.get("id")).or_else(|| at(after).map(|at| at + 1)).unwrap_or(0);
            let record = waiting.get(wanted).or(waiting.first()).copied();
            let shown = record.map(|record| proposal(session, record));
            review(session.summary(), shown.as_ref(), session.undoable(), &locale)
        }
    };
    Ok(page(desk, corpus, Some(Room::Review), &locale, &main))
}

fn proposal(session: &mut Session, record: usize) -> ProposalView {
    let by_month = session.cell(record, "date_precision") == "month";
    let field = |cell: Cell| {
        let value = session.cell(record, cell.column());
        let length = if by_month && cell == Cell::Date { "2025-01".len() } else { value.len() };
        let value: String = value.chars().take(length).collect();
        CellField { cell, was: value.clone(), value, wrong: None }
    };
    let fields = CELLS.into_iter().filter(|cell| session.has(*cell)).map(field).collect();
    let about =
        ["confidence", "runner_up", "date_from", "notes", "source_publisher", "source_title", "source_date", "also_in"];
    let about = about.into_iter().map(|name| (name, session.cell(record, name).to_owned()));
    let about = about.filter(|(_, value)| !value.is_empty() && value != REVIEW).collect();
    let (id, source) = (session.cell(record, "id").to_owned(), session.cell(record, "source_url").to_owned());
    ProposalView { id, around: session.around(record), fields, ask: false, about, source }
}

/// What was typed, and whether it can be saved as it is.
struct Typed {
    /// The cells that were changed, with what they shall have.
    changed: Vec<(Cell, String)>,
    /// The cells that cannot be saved, and why.
    wrong: Vec<(Cell, String)>,
    /// Whether the words are said directly and are not in the text.
    ask: bool,
    /// Whether they are a direct quotation.
    direct: bool,
}

/// Reads the fields of a form. Nothing is saved: one field that cannot be saved must not cost what is in the others.
fn typed(session: &mut Session, record: usize, form: &Fields, locale: &Locale) -> Typed {
    let mut typed = Typed { changed: Vec::new(), wrong: Vec::new(), ask: false, direct: true };
    for cell in CELLS.into_iter().filter(|cell| session.has(*cell)) {
        let (was, now) = (form.get(&format!("was-{}", cell.column())), form.get(cell.column()));
        // What another program has changed meanwhile is kept, unless it was changed here, too.
        if plain(was) == plain(now) {
            continue;
        }
        let optional = matches!(cell, Cell::Role | Cell::Venue) && now.trim().is_empty();
        let value = if optional { "-" } else { now.trim() };
        if let Some(warning) = session.refusal(record, cell, value) {
            typed.wrong.push((cell, format!("{} {}", sentence(&warning.what), sentence(&warning.hint))));
        }
        typed.changed.push((cell, value.to_owned()));
    }
    let value = |cell: Cell| typed.changed.iter().find(|(other, _)| *other == cell).map(|(_, value)| value.clone());
    let kind = value(Cell::Kind).unwrap_or_else(|| session.cell(record, Cell::Kind.column()).to_owned());
    let touched = [Cell::Kind, Cell::Text].into_iter().any(|cell| value(cell).is_some());
    let text = value(Cell::Text).unwrap_or_else(|| session.cell(record, Cell::Text.column()).to_owned());
    typed.direct = kind != Kind::Indirect.word();
    if typed.direct && touched && !typed.wrong.iter().any(|(cell, _)| matches!(cell, Cell::Kind | Cell::Text)) {
        typed.ask = session.standing(record, &text) == Standing::Missing;
        if typed.ask && form.get("sure") != "1" {
            typed.wrong.push((Cell::Text, locale.say("desk-words-missing", &[])));
        }
    }
    typed
}

/// The page of a proposal that could not be saved, with everything that was typed.
fn again(desk: &mut Desk, corpus: &Arc<Corpus>, record: usize, form: &Fields, typed: &Typed) -> Result<Reply> {
    let locale = words::locale(desk.language);
    let Some(session) = session(desk)? else { return Ok(Reply::See(Room::Review.path().to_owned())) };
    let mut view = proposal(session, record);
    view.ask = typed.ask;
    for field in &mut view.fields {
        let name = field.cell.column();
        let (was, now) = (form.get(&format!("was-{name}")), form.get(name));
        if plain(was) != plain(now) {
            field.value = plain(now);
        }
        field.wrong = typed.wrong.iter().find(|(cell, _)| *cell == field.cell).map(|(_, why)| why.clone());
    }
    let main = review(session.summary(), Some(&view), session.undoable(), &locale);
    desk.message = Some(Notice::refused(locale.say("desk-review-refused", &[])));
    Ok(page(desk, corpus, Some(Room::Review), &locale, &main))
}

/// Fixes cells, then decides.
pub fn answer(desk: &mut Desk, corpus: &Arc<Corpus>, form: &Fields) -> Result<Reply> {
    let locale = words::locale(desk.language);
    let say = |id: &str| locale.say(id, &[]);
    let stay = |id: &str| Reply::See(format!("{}?id={}", Room::Review.path(), encoded(id)));
    let id = form.get("id");
    let Some(session) = session(desk)? else { return Ok(Reply::See(Room::Review.path().to_owned())) };
    if form.get("do") == "undo" {
        let back = session.undo()?.map(|record| session.cell(record, "id").to_owned());
        desk.message = Some(match &back {
            Some(_) => Notice::done(say("desk-review-undone")),
            None => Notice::refused(say("desk-nothing-to-undo")),
        });
        return Ok(stay(&back.unwrap_or_default()));
    }
    let Some(record) = record_of(session, id) else {
        desk.message = Some(Notice::refused(locale.say("desk-review-decided", &[("id", &id)])));
        return Ok(Reply::See(Room::Review.path().to_owned()));
    };
    let order = waiting(session);
    let typed = typed(session, record, form, &locale);
    if !typed.wrong.is_empty() {
        return again(desk, corpus, record, form, &typed);
    }
    let mut told = Vec::new();
    for (cell, value) in &typed.changed {
        // The place of a paraphrase is that of the report, so it stays.
        let fixed = match cell {
            Cell::Text if typed.direct => session.replace_words(record, value)?,
            _ => session.fix(record, *cell, value)?,
        };
        let warning = match fixed {
            Fixed::Saved(warning) => warning,
            // It was read before, so this does not occur.
            Fixed::Refused(warning) => Some(warning),
        };
        told.extend(warning.map(|warning| format!("{} {}", sentence(&warning.what), sentence(&warning.hint))));
    }
    let decided = match form.get("do") {
        "accept" => Some((Verified::Yes, "desk-review-accepted")),
        "reject" => Some((Verified::Rejected, "desk-review-rejected")),
        _ => None,
    };
    if let Some((verified, _)) = decided {
        session.decide(record, verified)?;
    }
    told.extend(session.take_warnings().iter().map(ToString::to_string));
    let next = order.iter().position(|other| *other == record).and_then(|at| order.get(at + 1));
    let next = next.map(|record| session.cell(*record, "id").to_owned()).unwrap_or_default();
    let word = decided.map_or("desk-review-saved", |(_, word)| word);
    let word = locale.say(word, &[("id", &id)]);
    desk.message = Some(Notice::done(std::iter::once(word).chain(told).collect::<Vec<_>>().join(" ")));
    Ok(if decided.is_some() { stay(&next) } else { stay(id) })
}

/// A browser sends CRLF for each line end.
fn plain(text: &str) -> String {
    text.replace("\r\n", "\n")
}
