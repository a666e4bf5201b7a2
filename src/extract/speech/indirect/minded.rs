//! What someone is sure of: "X is convinced that …", "X made clear that …".

use crate::extract::speech::able::{Ability, ability};
use crate::extract::speech::attribution::Confidence;
use crate::extract::speech::block::Block;
use crate::extract::speech::cast::Cast;
use crate::extract::speech::cues::*;
use crate::extract::speech::indirect::end::content_end;
use crate::extract::speech::indirect::{LEAST, Report};
use crate::extract::speech::item::BlockItem;
use crate::extract::speech::people::Gender;
use crate::extract::speech::phrase::Who;
use crate::extract::speech::verb::is_not_said;

/// "X is convinced that …", "X made it clear that …"; without "that" only if a clause follows. "It is clear that" is
/// nobody's.
pub(in crate::extract::speech::indirect) fn minded(block: &Block<'_>, at: usize, cast: &Cast<'_>) -> Option<Report> {
    let items = &block.items;
    let sentence = block.sentence(at);
    let between = |item: &BlockItem| item.is(ADVERB) || item.is(NEUTER) && item.is(SUBJECT);
    let verb = (sentence.start..at).rev().find(|i| !between(&items[*i]))?;
    let links = items[at].is(MINDED) && items[verb].is(BE) || items[at].is(SHOWN) && items[verb].is(GIVING);
    if !links || verb == sentence.start || is_not_said(block, at) || is_not_said(block, verb) {
        return None;
    }
    let start = at + 1;
    let clause = || {
        let subject = block.phrase_at(start, sentence.end, cast)?;
        items[subject.items.end..sentence.end].first().filter(|next| next.is(AUXILIARY | OTHER_VERB))
    };
    if start >= sentence.end || !items[start].is(THAT) && (items[start].is(PREPOSITION) || clause().is_none()) {
        return None;
    }
    let subject = block.subject_before(verb, sentence.start, cast)?;
    if matches!(subject.who, Who::Nobody | Who::Pronoun(Gender::Neuter)) || ability(block, &subject) == Ability::Mute {
        return None;
    }
    let end = content_end(block, start, sentence.end, cast);
    let spans = std::iter::once(start..end).collect();
    (end > start + LEAST).then_some(Report { spans, subject, verb, confidence: Confidence::High, place: None })
}
