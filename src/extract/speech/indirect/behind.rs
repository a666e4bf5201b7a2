//! "X said (that) …": what is reported comes after the verb.

use std::ops::Range;

use crate::extract::speech::attribution::Confidence;
use crate::extract::speech::block::Block;
use crate::extract::speech::cast::Cast;
use crate::extract::speech::cues::*;
use crate::extract::speech::indirect::end::{content_end, ends_with_comma};
use crate::extract::speech::indirect::start::content_start;
use crate::extract::speech::indirect::{LEAST, Report};
use crate::extract::speech::item::ItemKind;
use crate::extract::speech::verb::subject_of;

/// "X said (that) …": what is reported comes after the verb.
pub(in crate::extract::speech::indirect) fn behind(
    block: &Block<'_>,
    verb: usize,
    sentence: Range<usize>,
    cast: &Cast<'_>,
) -> Option<Report> {
    let start = content_start(block, verb, sentence.end, cast)?;
    let that = block.items[start].is(THAT);
    let after_words = beside_quotation(block, verb, sentence.start);
    if !that && (after_words || verb > 0 && block.items[verb - 1].is(TO)) {
        return None;
    }
    let mut end = content_end(block, start, sentence.end, cast);
    // "announced new sanctions on Monday": Monday is the day of the announcement.
    let object = block.items[verb].is(CALLING) && !block.items[start].is(THAT | TO | QUESTION);
    let dated = end > start + LEAST + 1 && block.items[end - 1].is(CALENDAR) && block.items[end - 2].is(PREPOSITION);
    if object && dated {
        end -= 2;
    }
    // "called it “a farce” on Friday morning".
    let day = (start..end).rev().find(|i| !block.items[*i].is(TIME | CALENDAR | ADVERB));
    if let Some(on) = day.filter(|on| {
        let calendar = (on + 1..end).any(|i| block.items[i].is(CALENDAR));
        calendar && block.items[*on].is(PREPOSITION) && *on > start && block.items[on - 1].quotation().is_some()
    }) {
        end = on;
    }
    if end < start + LEAST || object && block.items[verb].is(JUDGING) && !has_reason(block, start..end) {
        return None;
    }
    let subject = subject_of(block, verb, sentence, cast)?;
    // "warnte X vor Eile: Es sei zu früh": what was said follows the colon.
    let colon = (start..end).find(|i| block.items[*i].is_mark(':')).filter(|_| object && block.cues.verb_second);
    if let Some(colon) = colon.filter(|colon| end > colon + 1 + LEAST) {
        let spans = std::iter::once(colon + 1..end).collect();
        return Some(Report { spans, subject, verb, confidence: Confidence::Medium, place: None });
    }
    let confidence = if block.items[start].is(THAT | TO | INFINITIVE) { Confidence::High } else { Confidence::Medium };
    // "called the plan a gift": without the verb it says nothing.
    // "suggested it could wait" is a clause.
    let clause = || {
        let subject = block.phrase_at(start, end, cast)?;
        let next = block.items[subject.items.end..end].first()?;
        (next.is(AUXILIARY) && !next.is(TO)).then_some(())
    };
    let first = if object && verb < start && clause().is_none() { verb } else { start };
    Some(Report { spans: std::iter::once(first..end).collect(), subject, verb, confidence, place: None })
}

/// Whether what follows a verb for judging says more than what is judged: for doing it, as a mistake, “a mistake”.
fn has_reason(block: &Block<'_>, within: Range<usize>) -> bool {
    within.skip(1).take_while(|i| !block.items[*i].is_mark(',') && !block.items[*i].is(AND)).any(|i| {
        let item = &block.items[i];
        item.quotation().is_some() || item.is(CALLED | THAT) || item.is(PREPOSITION) && item.is(CONJUNCTION)
    })
}

/// Whether a verb belongs to words in quotation marks before it: “…,” X said.
fn beside_quotation(block: &Block<'_>, verb: usize, from: usize) -> bool {
    let items = &block.items;
    let quotation = (from..verb).rev().take(8).find(|i| items[*i].quotation().is_some());
    quotation.is_some_and(|at| {
        let between = &items[at + 1..verb];
        let ends = ends_with_comma(block, at) || between.first().is_some_and(|first| first.is_mark(','));
        ends && !between
            .iter()
            .skip(1)
            .any(|item| matches!(item.kind, ItemKind::Mark(_)) || item.is(CONJUNCTION & !PREPOSITION))
    })
}
