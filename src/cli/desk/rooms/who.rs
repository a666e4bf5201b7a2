//! Who codes.

use std::collections::BTreeSet;
use std::sync::Arc;

use stance::corpus::Corpus;
use stance::desk::pages::{Room, who};
use stance::desk::words;
use stance::error::Result;
use stance::label::ADJUDICATED;

use super::{page, told};
use crate::cli::desk::serve::{Asked, Fields, Reply};
use crate::cli::desk::state::Desk;

/// Asks who codes.
pub fn show(desk: &mut Desk, corpus: &Arc<Corpus>, asked: &Asked) -> Result<Reply> {
    let back = Room::of(asked.query.get("back")).unwrap_or(Room::Code);
    Ok(ask(desk, corpus, back, None))
}

fn ask(desk: &mut Desk, corpus: &Arc<Corpus>, back: Room, wrong: Option<&str>) -> Reply {
    let listed = corpus.codebook.coders.as_ref();
    let known: BTreeSet<String> = match listed {
        Some(coders) => coders.keys().cloned().collect(),
        None => corpus.coders.iter().map(|file| file.coder.clone()).filter(|name| name != ADJUDICATED).collect(),
    };
    let known: Vec<String> = known.into_iter().collect();
    let locale = words::locale(desk.language);
    let main = who::who(&known, listed.is_none(), wrong, back.path(), &locale);
    page(desk, corpus, None, &locale, &main)
}

/// Sets who codes.
pub fn choose(desk: &mut Desk, corpus: &Arc<Corpus>, form: &Fields) -> Result<Reply> {
    let back = Room::of(form.get("back")).unwrap_or(Room::Code);
    match desk.set_coder(corpus, form.get("coder").trim()) {
        Ok(()) => Ok(Reply::See(back.path().to_owned())),
        Err(error) => Ok(ask(desk, corpus, back, Some(&told(&error)))),
    }
}
