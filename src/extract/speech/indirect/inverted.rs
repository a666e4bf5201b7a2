//! Clauses beside "said X" in languages whose verb comes before its subject: "…, sagte X", "Как сообщил X, …".

use std::ops::Range;

use crate::extract::speech::able::{Ability, ability};
use crate::extract::speech::attribution::Confidence;
use crate::extract::speech::block::Block;
use crate::extract::speech::cast::Cast;
use crate::extract::speech::cues::*;
use crate::extract::speech::indirect::ahead::lead;
use crate::extract::speech::indirect::end::content_end;
use crate::extract::speech::indirect::start::is_subjunctive_form;
use crate::extract::speech::indirect::{AWAY, LEAST, Report};
use crate::extract::speech::item::BlockItem;
use crate::extract::speech::phrase::Who;
use crate::extract::speech::verb::{may_say, subject_of};

/// "Die Lage sei ernst, sagte X am Dienstag": a clause, and whoever said it behind the verb. The clause may go on
/// behind that: "Die Lage, sagte X, sei ernst".
pub(in crate::extract::speech::indirect) fn said_before(
    block: &Block<'_>,
    verb: usize,
    sentence: Range<usize>,
    cast: &Cast<'_>,
) -> Option<Report> {
    let items = &block.items;
    let comma = verb.checked_sub(1).filter(|comma| *comma > sentence.start && items[*comma].is_mark(','))?;
    let colon = (sentence.start..comma).rev().find(|i| items[*i].is_mark(':') || items[*i].is_mark(';'));
    let start = lead(block, colon.map_or(sentence.start, |colon| colon + 1), comma);
    // "Seine Antwort: , sagte X": nothing stands before the comma.
    if start >= comma {
        return None;
    }
    // Behind a clause that is only reported, any verb may say so: "…, höhnte X".
    let any = || may_say(block, verb) && reported(block, start..comma);
    let quoted =
        items[comma - 1].quotation().is_some() && !(comma > start + LEAST + 1 && reported(block, start..comma - 1));
    if !(items[verb].is(SAY | SOURCE) || any()) || quoted {
        return None;
    }
    // "…, hieß es aus Kiew".
    let it =
        items.get(verb + 1).is_some_and(|next| next.is(NEUTER | NOBODY) && next.is(SUBJECT) && !next.is(MALE | FEMALE));
    let from = it && items.get(verb + 2).is_some_and(|next| next.is(PREPOSITION)) && verb + 3 < sentence.end;
    let subject = block.phrase_at(verb + 1 + 2 * usize::from(from), sentence.end, cast)?;
    let subject = block.named_apposition(&subject, sentence.end, cast).unwrap_or(subject);
    let named = matches!(subject.who, Who::Name(_) | Who::Titled(_) | Who::Pronoun(_)) && (from || !it);
    // Behind a reported clause, whoever follows the verb said it, even if nothing else shows that it can speak.
    let may = if reported(block, start..comma) || items[verb].is(SOURCE) { Ability::Unknown } else { Ability::Speaks };
    let able = ability(block, &subject);
    if !named && able != Ability::Speaks && (able != may || !items[subject.items.start].is(DETERMINER)) {
        return None;
    }
    // "Otto Lind, der Bürgermeister, sagte der Zeitung": who speaks stands before the verb.
    let whoever = !acts(block, start..comma) && (start..comma).any(|i| items[i].is_mark(','));
    if whoever && block.name_at(start).is_some() {
        return None;
    }
    let mut spans: Vec<Range<usize>> = std::iter::once(start..comma).collect();
    let parts = |i: &usize| items[*i].is_any_mark(&[',', ':', ';']);
    let whole = acts(block, start..comma) && !is_subordinate(block, start..comma) && comma > start + LEAST;
    match (subject.items.end..sentence.end).find(parts) {
        Some(tag) if items[tag].is_mark(',') && tag + 1 < sentence.end => {
            let rest = tag + 1..content_end(block, tag + 1, sentence.end, cast);
            let joins = items[rest.start].is(AND) && items.get(rest.start + 1).is_some_and(|next| !next.is(SAY));
            // "…, sagte er der Zeitung, dass": more is said behind.
            if items[rest.start].is(THAT | QUESTION) {
                return None;
            }
            // "…, sagt ein Diplomat, der nicht genannt werden will": who that is.
            let small = |item: &BlockItem| item.is(NEGATION | ADVERB | SUBJECT | PREPOSITION) && !item.is(DETERMINER);
            let who = items[rest.start].is(RELATIVE)
                && items.get(rest.start + 1).is_some_and(|next| small(next) || next.class == 0 && !next.capital);
            if who {
                return whole.then_some(Report { spans, subject, verb, confidence: Confidence::High, place: None });
            }
            // "Er habe, erzählt er, lange gewartet": the clause is not finished before the tag.
            let open = items[comma - 1].is(SUBJUNCTIVE | CONDITIONAL | AUXILIARY) || comma <= start + LEAST + 1;
            let unfinished = !acts(block, start..comma) || open && reported(block, start..comma);
            // "Es war kurz, und nie zuvor, so X, sei so lange …": only the last clause before the tag was said.
            let narrated = unfinished || !reported(block, start..comma);
            if narrated && !joins && items[verb].is(SOURCE) && reported(block, rest.clone()) {
                // A comma directly before the tag's own parts nothing.
                let inner = (start..comma - 1).rev().find(|i| items[*i].is_mark(','));
                let from = inner.map_or(start, |mark| lead(block, mark + 1, comma));
                spans[0].start = from.min(comma - 1);
                spans.push(rest);
            } else if joins && whole || unfinished && (acts(block, rest.clone()) || open) && rest.len() > 1 {
                spans.push(rest);
            } else if !whole || (rest.clone()).any(|i| items[i].is(SUBJUNCTIVE)) {
                return None;
            }
        }
        // "…, sagt X: „…“": words of their own follow.
        Some(tag) if items[tag].is_mark(':') && !(whole && reported(block, start..comma)) => return None,
        _ if !whole => return None,
        _ => {}
    }
    Some(Report { spans, subject, verb, confidence: Confidence::High, place: None })
}

/// "Dass es ernst sei, hatte X am Montag betont": a clause, and whoever said it between the parts of the verb.
pub(in crate::extract::speech::indirect) fn said_around(
    block: &Block<'_>,
    verb: usize,
    sentence: Range<usize>,
    cast: &Cast<'_>,
) -> Option<Report> {
    let items = &block.items;
    let ends = items.get(verb + 1).is_none_or(|next| verb + 1 >= sentence.end || next.is_any_mark(&['.', ';']));
    let comma = (sentence.start + LEAST..verb)
        .rev()
        .find(|i| items[*i].is_mark(',') && items[i + 1].is(AUXILIARY) && !items[i + 1].is(SUBJUNCTIVE))?;
    if !ends || !items[verb].is(SAY) || items[comma - 1].quotation().is_some_and(|_| comma == sentence.start + 1) {
        return None;
    }
    let subject = block.phrase_at(comma + 2, verb, cast)?;
    let subject = block.named_apposition(&subject, verb, cast).unwrap_or(subject);
    let named = matches!(subject.who, Who::Name(_) | Who::Titled(_) | Who::Pronoun(_));
    let start = lead(block, sentence.start, comma);
    let clause = items[start].is(THAT) || (start..comma).any(|i| items[i].is(SUBJUNCTIVE));
    if !clause || !named && ability(block, &subject) != Ability::Speaks {
        return None;
    }
    let spans = std::iter::once(start..comma).collect();
    (comma > start + LEAST).then_some(Report { spans, subject, verb, confidence: Confidence::High, place: None })
}

/// Whether a clause has a verb.
fn acts(block: &Block<'_>, mut clause: Range<usize>) -> bool {
    clause.any(|i| {
        let item = &block.items[i];
        item.is(AUXILIARY | SUBJUNCTIVE | OTHER_VERB) && !item.is(TO) || is_subjunctive_form(block, i)
    })
}

/// Whether a clause has a verb in a form that only reported speech has.
fn reported(block: &Block<'_>, mut clause: Range<usize>) -> bool {
    clause.any(|i| {
        block.items[i].is(SUBJUNCTIVE | CONDITIONAL) && !block.items[i].capital || is_subjunctive_form(block, i)
    })
}

/// Whether a clause only depends on another one: "Wenn …", "Ob …". "Dass …" and "Wer …, der …" do not.
fn is_subordinate(block: &Block<'_>, clause: Range<usize>) -> bool {
    let items = &block.items;
    let first = &items[clause.start];
    let two = clause.clone().any(|i| items[i].is_mark(','));
    // "Auf die Frage, ob es ernst sei, sagte X".
    let asks = |i: usize| items[i].is_mark(',') && items[i + 1].is(QUESTION | THAT);
    if first.is(PREPOSITION) && !first.is(DETERMINER) && clause.clone().any(asks) {
        return true;
    }
    // "Gefragt, ob er gehe, sagte X".
    let asked = items.get(clause.start + 1).is_some_and(|comma| clause.len() > 2 && comma.is_mark(','));
    if asked && items[clause.start + 2].is(QUESTION) {
        return true;
    }
    first.is(CONJUNCTION | QUESTION) && !first.is(DETERMINER | AND | CONTRAST | THAT) && !two
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
    if let Some(report) = as_said_behind(block, verb, sentence.clone(), cast) {
        return Some(report);
    }
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
    (end >= start + LEAST).then_some(Report { spans, subject, verb, confidence: Confidence::High, place: None })
}

/// "…, wie X am Montag mitteilte": the clause before, where the verb ends the sentence.
fn as_said_behind(block: &Block<'_>, verb: usize, sentence: Range<usize>, cast: &Cast<'_>) -> Option<Report> {
    let items = &block.items;
    let ends = items.get(verb + 1).is_none_or(|next| verb + 1 >= sentence.end || next.is_any_mark(&['.', ';']));
    if !block.cues.verb_second || !ends || !items[verb].is(SAY) {
        return None;
    }
    let comma = (sentence.start + LEAST..verb)
        .rev()
        .take(AWAY)
        .find(|i| items[*i].is_mark(',') && items.get(i + 1).is_some_and(|next| next.is(AS_SAID)))?;
    let subject = block.phrase_at(comma + 2, verb, cast)?;
    let subject = block.named_apposition(&subject, verb, cast).unwrap_or(subject);
    let start = lead(block, sentence.start, comma);
    // "„…“, wie X sagte": words of their own.
    let words = items[comma - 1].quotation().is_some() && comma <= start + 2;
    let spans = std::iter::once(start..comma).collect();
    let someone = subject.who != Who::Nobody && ability(block, &subject) != Ability::Mute;
    (someone && !words && comma > start + LEAST && acts(block, start..comma)).then_some(Report {
        spans,
        subject,
        verb,
        confidence: Confidence::High,
        place: None,
    })
}
