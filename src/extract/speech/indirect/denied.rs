//! Denials, which are statements only together with their verb.

use crate::extract::speech::able::{Ability, ability};
use crate::extract::speech::attribution::Confidence;
use crate::extract::speech::block::Block;
use crate::extract::speech::cast::Cast;
use crate::extract::speech::cues::*;
use crate::extract::speech::indirect::end::content_end;
use crate::extract::speech::indirect::start::that_near;
use crate::extract::speech::indirect::{LEAST, Report};
use crate::extract::speech::phrase::Who;
use crate::extract::speech::verb::{is_not_said, passive, subject_of};

/// "X denied that …", "X denied doing …": a statement together with its verb, because alone its words say the opposite.
pub(in crate::extract::speech::indirect) fn denied(block: &Block<'_>, verb: usize, cast: &Cast<'_>) -> Option<Report> {
    let items = &block.items;
    let sentence = block.sentence(verb);
    let next = items.get(verb + 1).filter(|_| verb + 1 < sentence.end)?;
    // "rejects “any scenario that …”": something that is put in the speaker's own words.
    let object = (next.is(DETERMINER) || next.quotation().is_some())
        && (verb + 1..sentence.end).any(|i| items[i].quotation().is_some());
    // "denied on Tuesday that".
    let that = that_near(block, verb + 1, sentence.end).is_some();
    // "denied he had been asked".
    let bare = next.is(SUBJECT) && items.get(verb + 2).is_some_and(|verb| verb.is(AUXILIARY) && !verb.is(TO));
    let clause = that || bare || next.is(THAT) || next.is(HANGING | ENDS_HANGING) && !next.is(SAY) || object;
    if !clause || passive(block, verb) || is_not_said(block, verb) {
        return None;
    }
    let before = verb.checked_sub(1).filter(|before| *before >= sentence.start)?;
    let subject = if items[before].is_mark(',') && items[verb].is(ENDS_HANGING) {
        block.main_subject(sentence.clone(), cast)
    } else {
        subject_of(block, verb, sentence.clone(), cast)
    };
    let subject = subject.filter(|subject| subject.who != Who::Nobody && ability(block, subject) != Ability::Mute)?;
    let end = content_end(block, verb + 1, sentence.end, cast);
    let spans = std::iter::once(verb..end).collect();
    (end > verb + LEAST).then_some(Report { spans, subject, verb, confidence: Confidence::High, place: None })
}
