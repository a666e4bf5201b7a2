//! The room for proposals of `stance extract`.

use std::sync::Arc;

use stance::corpus::{Corpus, STATEMENTS};
use stance::desk::pages::Room;
use stance::desk::pages::encoded;
use stance::desk::pages::review::{ProposalView, review};
use stance::desk::words;
use stance::error::Result;
use stance::extract::review::{Cell, Fixed, Session, Summary};
use stance::extract::rows::{PUBLICATION, REVIEW};
use stance::statement::Verified;

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
        None => review(Summary::default(), None, false),
        Some(session) => {
            let waiting = waiting(session);
            let after = asked.query.get("after");
            let at = |id: &str| waiting.iter().position(|record| session.cell(*record, "id") == id);
            let wanted = at(asked.query.get("id")).or_else(|| at(after).map(|at| at + 1)).unwrap_or(0);
            let record = waiting.get(wanted).or(waiting.first()).copied();
            let shown = record.map(|record| proposal(session, record));
            review(session.summary(), shown.as_ref(), session.undoable())
        }
    };
    Ok(page(desk, corpus, Some(Room::Review), &locale, &main))
}

fn proposal(session: &mut Session, record: usize) -> ProposalView {
    let by_month = session.cell(record, "date_precision") == "month";
    let cell = |cell: Cell| {
        let value = session.cell(record, cell.column());
        let length = if by_month && cell == Cell::Date { "2025-01".len() } else { value.len() };
        (cell, value.chars().take(length).collect())
    };
    let cells = CELLS.into_iter().filter(|one| session.has(*one)).map(cell).collect();
    let about =
        ["confidence", "runner_up", "date_from", "notes", "source_publisher", "source_title", "source_date", "also_in"];
    let about = about.into_iter().map(|name| (name, session.cell(record, name).to_owned()));
    let about = about.filter(|(_, value)| !value.is_empty() && value != REVIEW).collect();
    let (id, source) = (session.cell(record, "id").to_owned(), session.cell(record, "source_url").to_owned());
    ProposalView { id, around: session.around(record), cells, about, source }
}

/// Fixes cells, then decides.
pub fn answer(desk: &mut Desk, _: &Arc<Corpus>, form: &Fields) -> Result<Reply> {
    let stay = |id: &str| Reply::See(format!("{}?id={}", Room::Review.path(), encoded(id)));
    let id = form.get("id");
    let Some(session) = session(desk)? else { return Ok(Reply::See(Room::Review.path().to_owned())) };
    if form.get("do") == "undo" {
        let back = session.undo()?.map(|record| session.cell(record, "id").to_owned());
        desk.message =
            Some(back.as_ref().map_or("There is nothing to undo in this session.", |_| "Undone.").to_owned());
        return Ok(stay(&back.unwrap_or_default()));
    }
    let Some(record) = record_of(session, id) else {
        desk.message = Some(format!("{id} is decided already, or no longer in the file. Nothing was changed."));
        return Ok(Reply::See(Room::Review.path().to_owned()));
    };
    let order = waiting(session);
    let mut told = Vec::new();
    for cell in CELLS {
        if !session.has(cell) {
            continue;
        }
        let (was, now) = (form.get(&format!("was-{}", cell.column())), form.get(cell.column()));
        // What another program has changed meanwhile is kept, unless it was changed here, too.
        if plain(was) == plain(now) {
            continue;
        }
        let optional = matches!(cell, Cell::Role | Cell::Venue) && now.trim().is_empty();
        match session.fix(record, cell, if optional { "-" } else { now.trim() })? {
            Fixed::Saved(warning) => told.extend(warning.map(|warning| format!("{}. {}", warning.what, warning.hint))),
            Fixed::Refused(warning) => {
                desk.message = Some(format!("Not decided: {warning}"));
                return Ok(stay(id));
            }
        }
    }
    let decided = match form.get("do") {
        "accept" => Some((Verified::Yes, "Accepted")),
        "reject" => Some((Verified::Rejected, "Rejected")),
        _ => None,
    };
    if let Some((verified, _)) = decided {
        session.decide(record, verified)?;
    }
    told.extend(session.take_warnings().iter().map(ToString::to_string));
    let next = order.iter().position(|other| *other == record).and_then(|at| order.get(at + 1));
    let next = next.map(|record| session.cell(*record, "id").to_owned()).unwrap_or_default();
    let word = decided.map_or("Saved", |(_, word)| word);
    desk.message = Some(std::iter::once(format!("{word}: {id}.")).chain(told).collect::<Vec<_>>().join(" "));
    Ok(if decided.is_some() { stay(&next) } else { stay(id) })
}

/// A browser sends CRLF for each line end.
fn plain(text: &str) -> String {
    text.replace("\r\n", "\n")
}
