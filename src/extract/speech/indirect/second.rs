//! The second clause of a verb: "said that X and that Y".

use crate::extract::speech::able::{Ability, ability};
use crate::extract::speech::attribution::Confidence;
use crate::extract::speech::block::Block;
use crate::extract::speech::cast::Cast;
use crate::extract::speech::cues::*;
use crate::extract::speech::indirect::end::content_end;
use crate::extract::speech::indirect::{LEAST, Report};
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
    says_enough(block, that, end).then_some(Report { spans, subject, verb, confidence: Confidence::High, place })
}

/// "X said that it was late and that it was “a mess”": the second is a report of its own.
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
    says_enough(block, that, end).then(|| Report { spans, place: Some(that), ..first.clone() })
}

/// Whether a clause has words enough to be read alone. The words of a whole clause may be in quotation marks: "and
/// that “all the marks were hit”".
fn says_enough(block: &Block<'_>, that: usize, end: usize) -> bool {
    end > that + LEAST || (that + 1..end).any(|i| block.items[i].quotation().is_some())
}
