//! Clauses beside "said X" in languages whose verb comes before its subject: "…, sagte X", "Как сообщил X, …".

use std::ops::Range;

use crate::extract::speech::able::{Ability, ability};
use crate::extract::speech::attribution::Confidence;
use crate::extract::speech::block::Block;
use crate::extract::speech::cast::Cast;
use crate::extract::speech::cues::*;
use crate::extract::speech::indirect::ahead::lead;
use crate::extract::speech::indirect::behind::behind;
use crate::extract::speech::indirect::end::content_end;
use crate::extract::speech::indirect::{AWAY, LEAST, Report};
use crate::extract::speech::phrase::Who;
use crate::extract::speech::verb::subject_of;

/// "Die Lage sei ernst, sagte X am Dienstag": a clause, and whoever said it behind the verb, up to the end.
pub(in crate::extract::speech::indirect) fn said_before(
    block: &Block<'_>,
    verb: usize,
    sentence: Range<usize>,
    cast: &Cast<'_>,
) -> Option<Report> {
    let items = &block.items;
    let comma = verb.checked_sub(1).filter(|comma| *comma > sentence.start + LEAST && items[*comma].is_mark(','))?;
    let subordinate =
        items[sentence.start].is(CONJUNCTION | QUESTION) && !items[sentence.start].is(DETERMINER | AND | CONTRAST);
    if !items[verb].is(SAY) || subordinate || items[comma - 1].quotation().is_some() {
        return None;
    }
    let subject = block.phrase_at(verb + 1, sentence.end, cast)?;
    let subject = block.named_apposition(&subject, sentence.end, cast).unwrap_or(subject);
    let named = matches!(subject.who, Who::Name(_) | Who::Titled(_) | Who::Pronoun(_));
    let acts = (sentence.start..comma).any(|i| items[i].is(AUXILIARY | SUBJUNCTIVE | OTHER_VERB) && !items[i].is(TO));
    let someone = named || ability(block, &subject) == Ability::Speaks;
    // "…, sagte er der Zeitung, dass": more is said behind.
    let more = (subject.items.end..sentence.end).any(|i| items[i].is_mark(',') || items[i].is_mark(':'));
    if !someone || !acts || more {
        return None;
    }
    let start = lead(block, sentence.start, comma);
    let spans = std::iter::once(start..comma).collect();
    (comma > start + LEAST).then_some(Report { spans, subject, verb, confidence: Confidence::High })
}

/// "Как сообщил X, …": the rest of the sentence.
pub(in crate::extract::speech::indirect) fn as_said(
    block: &Block<'_>,
    verb: usize,
    sentence: Range<usize>,
    cast: &Cast<'_>,
) -> Option<Report> {
    const NEAR: usize = 6;
    let items = &block.items;
    if !items[sentence.start].is(AS_SAID) || verb > sentence.start + NEAR || !items[verb].is(SAY) {
        return None;
    }
    let subject = subject_of(block, verb, sentence.clone(), cast)?;
    let comma = (subject.items.end.max(verb)..sentence.end).take(AWAY).find(|i| items[*i].is_mark(','))?;
    let start = comma + 1;
    if start + LEAST > sentence.end || items[start].quotation().is_some() || items[start].is(RELATIVE) {
        return None;
    }
    let end = content_end(block, start, sentence.end, cast);
    let spans = std::iter::once(start..end).collect();
    (end >= start + LEAST).then_some(Report { spans, subject, verb, confidence: Confidence::High })
}
