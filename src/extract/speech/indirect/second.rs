//! The second clause of a verb, behind words in quotation marks.

use crate::extract::speech::able::{Ability, ability};
use crate::extract::speech::attribution::Confidence;
use crate::extract::speech::block::Block;
use crate::extract::speech::cast::Cast;
use crate::extract::speech::cues::*;
use crate::extract::speech::indirect::behind::behind;
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
    // The verb of a report is its place among the quotations: behind the one before it.
    (end > that + LEAST).then_some(Report { spans, subject, verb: that, confidence: Confidence::High })
}
