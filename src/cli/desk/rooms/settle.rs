//! The room for differences between coders.

use std::sync::Arc;

use stance::corpus::Corpus;
use stance::desk::coding::unit_of;
use stance::desk::pages::code::address;
use stance::desk::pages::settle::{SettleView, next_open};
use stance::desk::pages::{Notice, Room};
use stance::desk::words;
use stance::error::Result;

use super::code::act;
use super::page;
use crate::cli::desk::serve::{Asked, Fields, Reply};
use crate::cli::desk::state::Desk;

/// Shows a dispute.
pub fn show(desk: &mut Desk, corpus: &Arc<Corpus>, asked: &Asked) -> Result<Reply> {
    let locale = words::locale(desk.language);
    let (disputes, decisions) = (desk.disputes(corpus), Arc::clone(&desk.decisions));
    let settling = desk.settling(corpus)?;
    let wanted = unit_of(corpus, asked.query.get("s"), asked.query.get("i"));
    let shown = wanted.or_else(|| next_open(corpus, settling, &disputes, None));
    let view = SettleView { corpus, decisions: &decisions, disputes: &disputes, settling, shown, locale: &locale };
    let main = view.show();
    desk.at = shown.map(|unit| address("settle", corpus, unit));
    Ok(page(desk, corpus, Some(Room::Settle), &locale, &main))
}

/// Saves a decision, and shows the next dispute.
pub fn answer(desk: &mut Desk, corpus: &Arc<Corpus>, form: &Fields) -> Result<Reply> {
    let locale = words::locale(desk.language);
    let disputes = desk.disputes(corpus);
    let unit = unit_of(corpus, form.get("s"), form.get("i"));
    let settling = desk.settling(corpus)?;
    let mut done = act(settling, corpus, form, &locale)?;
    if form.get("do") == "keep" {
        return Ok(Reply::Part(String::new()));
    }
    let sent_back = unit.filter(|_| done.saved && form.get("do") == "unsure");
    if let Some(unit) = sent_back {
        // For the coders it is a question, not an answer that is not sure.
        let issue = &corpus.codebook.issue(unit.1).name;
        done.notice = Some(Notice::done(locale.say("desk-sent-back-issue", &[("issue", issue)])));
    }
    let next = done.stay.or_else(|| next_open(corpus, settling, &disputes, unit));
    let warnings = settling.take_warnings();
    if let (Some(unit), Some(coding)) = (sent_back, desk.coding.as_mut()) {
        coding.ask_again(corpus, unit);
    }
    desk.message = Notice::with(done.notice, &warnings);
    Ok(Reply::See(next.map_or(Room::Settle.path().to_owned(), |unit| address("settle", corpus, unit))))
}
