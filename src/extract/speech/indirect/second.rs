//! The second clause of a verb: "said that X and that Y".

use crate::extract::speech::able::{Ability, ability};
use crate::extract::speech::attribution::Confidence;
use crate::extract::speech::block::Block;
use crate::extract::speech::cast::Cast;
use crate::extract::speech::cues::*;
use crate::extract::speech::indirect::end::content_end;
use crate::extract::speech::indirect::{LEAST, Report};
use crate::extract::speech::item::ItemKind;
use crate::extract::speech::verb::{is_not_said, passive, subject_of, verb_before};

/// "X said it was “late” and that …": the second clause of the verb before the quotation.
pub(in crate::extract::speech::indirect) fn and_that(
    block: &Block<'_>,
    that: usize,
    cast: &Cast<'_>,
) -> Option<Report> {
    const NEAR: usize = 3;
    let sentence = block.sentence(that);
    let near = that.saturating_sub(NEAR).max(sentence.start)..that;
    near.rev().find(|i| block.items[*i].quotation().is_some())?;
    let verb = verb_before(block, that, sentence.start, cast)?;
    if !block.items[verb].is(SAY) || is_not_said(block, verb) || passive(block, verb) {
        return None;
    }
    let subject = subject_of(block, verb, sentence.clone(), cast)?;
    let subject = Some(subject).filter(|subject| ability(block, subject) != Ability::Mute)?;
    let end = content_end(block, that, sentence.end, cast);
    let spans = std::iter::once(that..end).collect();
    // Its place among the quotations is behind the one before it.
    let place = Some(that);
    (end > that + LEAST).then_some(Report { spans, subject, verb, confidence: Confidence::High, place })
}

/// "X said that it was late and that …": each clause is a report.
pub(in crate::extract::speech::indirect) fn second_clause(
    block: &Block<'_>,
    first: &Report,
    that: usize,
    cast: &Cast<'_>,
) -> Option<Report> {
    let ends = first.spans.last()?.end;
    let between = block.items.get(ends..that).filter(|between| !between.is_empty())?;
    if !between.iter().all(|item| item.is(AND) || item.is_mark(',')) {
        return None;
    }
    let end = content_end(block, that, block.sentence(that).end, cast);
    let spans = std::iter::once(that..end).collect();
    (end > that + LEAST).then(|| Report { spans, place: Some(that), ..first.clone() })
}

/// Whether a second clause of the same verb begins with "and" at an item: "… and that …".
pub(in crate::extract::speech::indirect) fn begins_second(
    block: &Block<'_>,
    start: usize,
    and: usize,
    end: usize,
) -> bool {
    let items = &block.items;
    let that = and + 1;
    if block.cues.inverts || block.cues.verb_second || !items[and].is(AND) || that + 1 >= end || !items[that].is(THAT) {
        return false;
    }
    // "a plan that works and that pays": the clause of a noun.
    let other = (start + 1..and).any(|i| items[i].is(THAT | RELATIVE) && block.name_at(i).is_none());
    let quoted = (start..and).rev().take(2).any(|i| items[i].quotation().is_some());
    // "and that is late": a pronoun.
    let pronoun = items[that + 1].is(AUXILIARY) || matches!(items[that + 1].kind, ItemKind::Mark(_));
    quoted || !other && !pronoun && and > start + LEAST
}
