//! Reports of what someone was told: "X was warned by Y that …".

use crate::extract::speech::able::{Ability, ability};
use crate::extract::speech::attribution::Confidence;
use crate::extract::speech::block::Block;
use crate::extract::speech::cast::Cast;
use crate::extract::speech::cues::*;
use crate::extract::speech::indirect::end::content_end;
use crate::extract::speech::indirect::start::that_near;
use crate::extract::speech::indirect::{LEAST, Report};
use crate::extract::speech::phrase::Who;
use crate::extract::speech::verb::is_not_said;

/// "X was told by Y that …", "X was urged by Y to …", "X was asked by Y whether …".
pub(in crate::extract::speech::indirect) fn was_told(
    block: &Block<'_>,
    verb: usize,
    cast: &Cast<'_>,
) -> Option<Report> {
    let items = &block.items;
    let sentence = block.sentence(verb);
    let by = verb + 1;
    if by >= sentence.end || !items[by].is(AGENT) || is_not_said(block, verb) {
        return None;
    }
    let subject = block.phrase_at(by + 1, sentence.end, cast)?;
    if subject.who == Who::Nobody || ability(block, &subject) == Ability::Mute {
        return None;
    }
    let behind = subject.items.end;
    let next = items.get(behind).filter(|_| behind < sentence.end)?;
    let asked = next.is(QUESTION) && items[verb].is(ASKING) || next.is(TO) && items[verb].is(SOMEONE_TO);
    let start = if asked { behind } else { that_near(block, behind, sentence.end)? };
    let end = content_end(block, start, sentence.end, cast);
    let spans = std::iter::once(start..end).collect();
    (end > start + LEAST).then_some(Report { spans, subject, verb, confidence: Confidence::High, place: None })
}
