//! The room for labels by hand.

use std::sync::Arc;

use stance::chart::locale::Locale;
use stance::codebook::Position;
use stance::corpus::Corpus;
use stance::desk::coding::{CoderChoice, Coding, Outcome, Undone, is_outlived, unit_of};
use stance::desk::pages::Room;
use stance::desk::pages::code::{CodeView, address, in_words, mark};
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
    /// The answer is taken back.
    Reopen,
    /// No position on the issues that are left.
    Rest,
    /// The last step is undone.
    Undo,
}

/// What a form asks for. `None` if it is not one of the room.
pub fn deed(form: &Fields) -> Option<Deed> {
    Some(match form.get("do") {
        "none" => Deed::Answer(CoderChoice::NoPosition),
        "unsure" => Deed::Answer(CoderChoice::Unsure),
        "note" => Deed::Note,
        "reopen" => Deed::Reopen,
        "rest" => Deed::Rest,
        "undo" => Deed::Undo,
        level => Deed::Answer(CoderChoice::Level(Position(level.parse().ok()?))),
    })
}

/// What happened, in words, and the unit to show if it is not the next one.
pub struct Done {
    /// For the status line.
    pub message: String,
    /// The unit that it was about, if the page should show it again.
    pub stay: Option<Unit>,
    /// Whether an answer was saved.
    pub saved: bool,
}

/// Does what a form asks for.
///
/// # Errors
/// If the file could not be saved. It is then as it was.
pub fn act(coding: &mut Coding, corpus: &Corpus, form: &Fields, locale: &Locale) -> Result<Done> {
    let stay = |message: String, unit: Option<Unit>| Done { message, stay: unit, saved: false };
    let unit = unit_of(corpus, form.get("s"), form.get("i"));
    let words = |choice, unit: Unit| in_words(choice, corpus, unit.1, locale);
    let name = |unit: Unit| corpus.codebook.issue(unit.1).name.clone();
    match (deed(form), unit) {
        (Some(Deed::Undo), _) => Ok(match coding.undo(corpus)? {
            Undone::Nothing => stay(locale.say("desk-nothing-to-undo", &[]), unit),
            Undone::Differs(unit) => stay(locale.say("desk-undo-differs", &[]), unit),
            Undone::Back { unit, units, .. } if units > 1 => stay(locale.say("desk-undone-rest", &[]), unit),
            Undone::Back { unit, was, .. } => {
                let (issue, answer) =
                    (unit.map(name).unwrap_or_default(), unit.map(|unit| words(was, unit)).unwrap_or_default());
                stay(locale.say("desk-undone", &[("issue", &issue), ("answer", &answer)]), unit)
            }
        }),
        (Some(deed), Some(unit)) => {
            let row = coding.row(corpus, unit);
            let rationale = form.get("rationale");
            let differs = |unit| stay(locale.say("desk-differs", &[]), Some(unit));
            // No position on the rest is about issues that have no row, so it has not seen one.
            let choice = match deed {
                Deed::Rest => {
                    let outcome = coding.no_more(corpus, unit.0)?;
                    let message = locale
                        .say("desk-saved", &[("issue", &"…"), ("answer", &words(Some(CoderChoice::NoPosition), unit))]);
                    return Ok(match outcome {
                        Outcome::Saved => Done { message, stay: None, saved: true },
                        Outcome::Differs(unit) => differs(unit),
                    });
                }
                _ if mark(row.as_ref()) != form.get("seen") => return Ok(differs(unit)),
                Deed::Answer(choice) => Some(choice),
                Deed::Note => match coding.choice(corpus, unit) {
                    Some(choice) => Some(choice),
                    None => return Ok(stay(String::new(), Some(unit))),
                },
                Deed::Reopen | Deed::Undo => None,
            };
            if let Some(CoderChoice::Level(position)) = choice
                && corpus.codebook.issue(unit.1).level(position).is_none()
            {
                return Ok(stay(String::new(), Some(unit)));
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
                message = format!("{message}. {}", locale.say("desk-note-left-out", &[]));
            }
            Ok(match outcome {
                Outcome::Saved => Done { message, stay: choice.is_none().then_some(unit), saved: true },
                Outcome::Differs(unit) => differs(unit),
            })
        }
        _ => Ok(stay(String::new(), None)),
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
    Ok(page(desk, corpus, Some(Room::Code), &locale, &main))
}

/// Saves an answer, and shows what comes next.
pub fn answer(desk: &mut Desk, corpus: &Arc<Corpus>, form: &Fields) -> Result<Reply> {
    let locale = words::locale(desk.language);
    let unit = unit_of(corpus, form.get("s"), form.get("i"));
    desk.coding(corpus)?;
    let back = desk.sent_back(corpus);
    let Some(coding) = &mut desk.coding else { return Ok(Reply::See("who".to_owned())) };
    let done = act(coding, corpus, form, &locale)?;
    // Whoever answers what was sent back goes on with that.
    let is_back = back.iter().any(|back| Some(back.unit) == unit);
    let next_back = back.iter().find(|back| is_back && !back.answered && Some(back.unit) != unit);
    let next = done.stay.or(next_back.map(|back| back.unit)).or_else(|| coding.next_open(corpus, unit));
    let warnings = coding.take_warnings();
    if done.saved {
        desk.pace.answered(next.map(|next| next.0) != unit.map(|unit| unit.0));
    }
    let told = std::iter::once(done.message).chain(warnings.iter().map(ToString::to_string));
    desk.message = Some(told.collect::<Vec<_>>().join(" ")).filter(|message| !message.is_empty());
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
