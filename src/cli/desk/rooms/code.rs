//! The room for labels by hand.

use std::sync::Arc;

use stance::chart::locale::Locale;
use stance::codebook::Position;
use stance::corpus::Corpus;
use stance::desk::coding::{CoderChoice, Coding, Outcome, Undone, is_outlived, unit_of};
use stance::desk::pages::code::{CodeView, GO, address, in_words, mark};
use stance::desk::pages::{Notice, Room};
use stance::desk::queue::{QueueOrder, QueueSettings};
use stance::desk::words;
use stance::error::Result;
use stance::label::Unit;

use super::page;
use crate::cli::desk::serve::{Asked, Fields, Reply};
use crate::cli::desk::state::Desk;

/// What a button of a form asks for.
pub enum Deed {
    /// This answer.
    Answer(CoderChoice),
    /// The answer stays, and the note is new.
    Note,
    /// Nothing but to keep the note that was typed.
    Keep,
    /// Another unit is shown.
    Go(Unit),
    /// The answer is taken back.
    Reopen,
    /// No position on the issues that are left.
    Rest,
    /// The last step is undone.
    Undo,
}

/// What a form asks for. `None` if it is not one of the room.
pub fn deed(corpus: &Corpus, form: &Fields) -> Option<Deed> {
    Some(match form.get("do") {
        "none" => Deed::Answer(CoderChoice::NoPosition),
        "unsure" => Deed::Answer(CoderChoice::Unsure),
        "note" => Deed::Note,
        "keep" => Deed::Keep,
        "reopen" => Deed::Reopen,
        "rest" => Deed::Rest,
        "undo" => Deed::Undo,
        other => match other.strip_prefix(GO) {
            Some(address) => {
                let query = Asked::page(address)?.query;
                Deed::Go(unit_of(corpus, query.get("s"), query.get("i"))?)
            }
            None => Deed::Answer(CoderChoice::Level(Position(other.parse().ok()?))),
        },
    })
}

/// What happened, in words, and the unit to show if it is not the next one.
pub struct Done {
    /// For the page that comes next. `None` if there is nothing to say.
    pub notice: Option<Notice>,
    /// The unit to show, if it is not the next one.
    pub stay: Option<Unit>,
    /// Whether an answer was saved.
    pub saved: bool,
}

/// Does what a form asks for. A note that was typed and is not saved with it is kept.
///
/// # Errors
/// If the file could not be saved. It is then as it was.
pub fn act(coding: &mut Coding, corpus: &Corpus, form: &Fields, locale: &Locale) -> Result<Done> {
    let say = |id: &str| locale.say(id, &[]);
    let refused =
        |id: &str, unit: Option<Unit>| Done { notice: Some(Notice::refused(say(id))), stay: unit, saved: false };
    let done =
        |message: String, unit: Option<Unit>, saved| Done { notice: Some(Notice::done(message)), stay: unit, saved };
    let unit = unit_of(corpus, form.get("s"), form.get("i"));
    let words = |choice, unit: Unit| in_words(choice, corpus, unit.1, locale);
    let name = |unit: Unit| corpus.codebook.issue(unit.1).name.clone();
    let rationale = form.get("rationale");
    // Before anything is saved: what then cannot be saved must not cost the note.
    let noted = unit.is_some_and(|unit| form.has("rationale") && coding.keep_note(corpus, unit, rationale));
    match (deed(corpus, form), unit) {
        (Some(Deed::Undo), _) => Ok(match coding.undo(corpus)? {
            Undone::Nothing => refused("desk-nothing-to-undo", unit),
            Undone::Differs(unit) => refused("desk-undo-differs", unit),
            Undone::Back { unit, units, .. } if units > 1 => done(say("desk-undone-rest"), unit, false),
            Undone::Back { unit, was, .. } => {
                let (issue, answer) =
                    (unit.map(name).unwrap_or_default(), unit.map(|unit| words(was, unit)).unwrap_or_default());
                done(locale.say("desk-undone", &[("issue", &issue), ("answer", &answer)]), unit, false)
            }
        }),
        (Some(Deed::Go(to)), _) => {
            Ok(Done { notice: noted.then(|| Notice::done(say("desk-note-kept"))), stay: Some(to), saved: false })
        }
        (Some(Deed::Keep), unit) => Ok(Done { notice: None, stay: unit, saved: false }),
        (Some(deed), Some(unit)) => {
            let row = coding.row(corpus, unit);
            // No position on the rest is about issues that have no row, so it has not seen one.
            let choice = match deed {
                Deed::Rest => {
                    let (outcome, answered) = coding.no_more(corpus, unit, rationale)?;
                    let (issue, answer) = ("…", words(Some(CoderChoice::NoPosition), unit));
                    return Ok(match outcome {
                        Outcome::Differs(unit) => refused("desk-differs", Some(unit)),
                        Outcome::Saved if answered.is_empty() => refused("desk-nothing-left", Some(unit)),
                        Outcome::Saved => {
                            done(locale.say("desk-saved", &[("issue", &issue), ("answer", &answer)]), None, true)
                        }
                    });
                }
                _ if mark(row.as_ref()) != form.get("seen") => return Ok(refused("desk-differs", Some(unit))),
                Deed::Answer(choice) => Some(choice),
                Deed::Note => match coding.choice(corpus, unit) {
                    Some(choice) => Some(choice),
                    None => return Ok(refused("desk-answer-first", Some(unit))),
                },
                _ => None,
            };
            if let Some(CoderChoice::Level(position)) = choice
                && corpus.codebook.issue(unit.1).level(position).is_none()
            {
                return Ok(refused("desk-no-level", Some(unit)));
            }
            let before = coding.choice(corpus, unit);
            let outlived = choice.is_some_and(|choice| is_outlived(row.as_ref(), before, choice, rationale));
            let rationale = if outlived { "" } else { rationale };
            let outcome = match choice {
                Some(choice) => coding.answer(corpus, unit, row, choice, rationale)?,
                None => coding.reopen(corpus, unit, row)?,
            };
            let mut message = locale.say("desk-saved", &[("issue", &name(unit)), ("answer", &words(choice, unit))]);
            if outlived {
                message = format!("{message}. {}", say("desk-note-left-out"));
            }
            Ok(match outcome {
                Outcome::Saved => done(message, choice.is_none().then_some(unit), true),
                Outcome::Differs(unit) => refused("desk-differs", Some(unit)),
            })
        }
        // Not a form of the room: nothing is done.
        _ => Ok(Done { notice: None, stay: None, saved: false }),
    }
}

/// Shows a statement, or asks who codes.
pub fn show(desk: &mut Desk, corpus: &Arc<Corpus>, asked: &Asked) -> Result<Reply> {
    let locale = words::locale(desk.language);
    let pace = desk.pace.a_minute();
    desk.coding(corpus)?;
    let back = desk.sent_back(corpus);
    let Some(coding) = &desk.coding else { return Ok(Reply::See("who".to_owned())) };
    let wanted = unit_of(corpus, asked.query.get("s"), asked.query.get("i"));
    let unit = wanted.or_else(|| coding.next_open(corpus, None));
    let main = CodeView { corpus, coding, unit, back: &back, pace, locale: &locale }.show();
    desk.at = unit.map(|unit| address("code", corpus, unit));
    Ok(page(desk, corpus, Some(Room::Code), &locale, &main))
}

/// Saves an answer, and shows what comes next. A page that was opened for another coder answers nothing.
pub fn answer(desk: &mut Desk, corpus: &Arc<Corpus>, form: &Fields) -> Result<Reply> {
    let locale = words::locale(desk.language);
    let unit = unit_of(corpus, form.get("s"), form.get("i"));
    desk.coding(corpus)?;
    let back = desk.sent_back(corpus);
    let Some(coding) = &mut desk.coding else { return Ok(Reply::See("who".to_owned())) };
    if form.get("coder") != coding.coder {
        // No page, so that what was typed stays where it is.
        return Ok(Reply::Refused(409, locale.say("desk-other-coder", &[("coder", &coding.coder)])));
    }
    let done = act(coding, corpus, form, &locale)?;
    if form.get("do") == "keep" {
        return Ok(Reply::Part(String::new()));
    }
    // Whoever answers what was sent back goes on with that.
    let is_back = back.iter().any(|back| Some(back.unit) == unit);
    let next_back = back.iter().find(|back| is_back && !back.answered && Some(back.unit) != unit);
    let next = done.stay.or(next_back.map(|back| back.unit)).or_else(|| coding.next_open(corpus, unit));
    let warnings = coding.take_warnings();
    if done.saved {
        desk.pace.answered(next.map(|next| next.0) != unit.map(|unit| unit.0));
    }
    desk.message = Notice::with(done.notice, &warnings);
    Ok(Reply::See(next.map_or(Room::Code.path().to_owned(), |unit| address("code", corpus, unit))))
}

/// Sets what is coded and in which order. A form may have only a part of it.
pub fn queue(desk: &mut Desk, corpus: &Arc<Corpus>, form: &Fields) -> Result<Reply> {
    if let Some(coding) = desk.coding(corpus)? {
        let mut settings = coding.settings.clone();
        if form.has("issue") {
            settings.issue = corpus.codebook.find(form.get("issue"));
        }
        if form.has("order") {
            let usual = QueueSettings::default();
            settings.order = QueueOrder::of(form.get("order")).unwrap_or_default();
            settings.seed = form.get("seed").trim().parse().unwrap_or(usual.seed);
            settings.overlap = form.get("overlap").trim().parse().unwrap_or(usual.overlap).min(100);
            settings.seen_only = form.get("seen") == "1";
        }
        coding.set(corpus, settings);
    }
    Ok(Reply::See(Room::Code.path().to_owned()))
}
