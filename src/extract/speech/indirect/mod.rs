//! What someone is reported to have said, in the narrator's words.
//!
//! A report is found by its verb, by a noun for what was said, or by "according to". Where its words begin and end
//! is decided by what stands around these.

use std::ops::Range;

use crate::extract::speech::able::{Ability, ability};
use crate::extract::speech::attribution::Confidence;
use crate::extract::speech::block::Block;
use crate::extract::speech::cast::Cast;
use crate::extract::speech::cues::*;
use crate::extract::speech::indirect::ahead::ahead;
use crate::extract::speech::indirect::behind::behind;
use crate::extract::speech::indirect::denied::denied;
use crate::extract::speech::indirect::inverted::{as_said, said_around, said_before};
use crate::extract::speech::indirect::minded::minded;
use crate::extract::speech::indirect::noun::said_noun;
use crate::extract::speech::indirect::passive::was_told;
use crate::extract::speech::indirect::second::{and_that, second_clause};
use crate::extract::speech::indirect::source::{by_source, by_view};
use crate::extract::speech::item::ItemKind;
use crate::extract::speech::people::Gender;
use crate::extract::speech::phrase::{NounPhrase, Who};
use crate::extract::speech::verb::{can_report, is_not_said, is_plain_verb, passive};

pub(in crate::extract::speech) use start::is_subjunctive_form;

mod start;
mod end;
mod ahead;
mod behind;
mod denied;
mod inverted;
mod minded;
mod noun;
mod passive;
mod second;
mod source;

/// The fewest items of a report.
const LEAST: usize = 2;

/// How far after "and speaking to reporters" its verb of saying may be.
const AWAY: usize = 20;

/// A report: who, by which verb, and what.
#[derive(Debug, Clone)]
pub struct Report {
    /// The items of what was said.
    pub spans: Vec<Range<usize>>,
    /// Who said it.
    pub subject: NounPhrase,
    /// The item of the verb.
    pub verb: usize,
    /// How certain it is.
    pub confidence: Confidence,
    /// The item at which it stands among the quotations, if that is not its verb.
    pub place: Option<usize>,
}

impl Report {
    /// Where it stands among the quotations of its block.
    pub fn place(&self) -> usize {
        self.place.unwrap_or(self.verb)
    }
}

/// Finds the reports of a block.
pub fn reports(block: &Block<'_>, cast: &Cast<'_>) -> Vec<Report> {
    let mut found: Vec<Report> = Vec::new();
    // Where the verb or its subject moves, most words but the verb are not as plain.
    let plain = !block.cues.inverts && !block.cues.verb_second;
    for at in 0..block.items.len() {
        let item = &block.items[at];
        if item.is(ACCORDING) && block.name_at(at).is_none() {
            let someone = |report: &Report| ability(block, &report.subject) != Ability::Mute;
            found.extend(by_source(block, at, cast).filter(someone));
        }
        if plain && item.is(DENIAL) && !item.is(PREPOSITION) {
            found.extend(denied(block, at, cast));
            continue;
        }
        if plain && item.is(THAT) && at > 1 && block.items[at - 1].is(AND) {
            let second = found.iter().rev().take(BEFORE).find_map(|first| second_clause(block, first, at, cast));
            let more = second.or_else(|| and_that(block, at, cast));
            found.extend(more.filter(|report| !is_within(&found, report.spans[0].start)));
            continue;
        }
        // "…, so X".
        if block.cues.verb_second && item.is(SOURCE) && !item.is(VERB) {
            let report = said_before(block, at, block.sentence(at), cast);
            found.extend(report.filter(|report| !is_known(&found, report)));
            continue;
        }
        if plain && let Some(report) = by_word(block, at, cast) {
            if !is_known(&found, &report) {
                found.push(report);
            }
            continue;
        }
        let Some(report) = by_verb(block, at, cast).filter(|report| !is_known(&found, report)) else { continue };
        if plain && passes_on(block, &found, &report, cast) {
            continue;
        }
        // "Aides say they hope …": what they hope is part of what the aides say.
        // "X said that Y had agreed to come": what Y said is only a part of it.
        let to = report.spans.first().is_some_and(|span| block.items[span.start].is(TO | INFINITIVE));
        if item.is(SAY) && !to || !is_within(&found, at) {
            // "Man müsse merken, wohin es gehe, sagte X": what was to be noticed is a part of what X said.
            if block.cues.verb_second {
                let holds = |other: &Report| report.spans.iter().any(|span| span.contains(&other.verb));
                let recent = found.len().saturating_sub(BEFORE);
                let kept: Vec<Report> = found.drain(recent..).filter(|other| !holds(other)).collect();
                found.extend(kept);
            }
            found.push(report);
        }
    }
    found
}

/// "X said it was late, the agency reported": the agency only passes on what X said.
fn passes_on(block: &Block<'_>, found: &[Report], report: &Report, cast: &Cast<'_>) -> bool {
    let person = |subject: &NounPhrase| match subject.who {
        Who::Name(name) => cast.member(block.names[name].member).gender != Some(Gender::Neuter),
        Who::Titled(_) => true,
        _ => false,
    };
    let holds = |other: &Report| report.spans[0].contains(&other.verb) && report.spans[0].start < other.verb;
    report.spans[0].end <= report.verb
        && !person(&report.subject)
        && found.iter().rev().take(BEFORE).any(|other| holds(other) && person(&other.subject))
}

/// How many of the reports before one may be the same, or hold it.
const BEFORE: usize = 4;

/// Whether the words of a report have been found.
fn is_known(found: &[Report], report: &Report) -> bool {
    found.iter().rev().take(BEFORE).any(|other| other.spans == report.spans)
}

/// Whether an item is in one of the reports before it.
fn is_within(found: &[Report], at: usize) -> bool {
    found.iter().rev().take(BEFORE).any(|other| other.spans.iter().any(|span| span.contains(&at)))
}

/// A report by a word that is no verb of saying: "his claim that", "is convinced that", "in her view", or by one in the
/// passive: "was told by X that".
fn by_word(block: &Block<'_>, at: usize, cast: &Cast<'_>) -> Option<Report> {
    let item = &block.items[at];
    if item.capital || !item.is(SAID | MINDED | SHOWN | VIEW | ADDRESSED) {
        return None;
    }
    let noun = || if item.is(SAID) { said_noun(block, at, cast) } else { None };
    let minded = || if item.is(MINDED | SHOWN) { minded(block, at, cast) } else { None };
    let view = || if item.is(VIEW) { by_view(block, at, cast) } else { None };
    let told = || if item.is(ADDRESSED) && passive(block, at) { was_told(block, at, cast) } else { None };
    noun().or_else(minded).or_else(view).or_else(told)
}

/// A report by a verb of saying or thinking.
fn by_verb(block: &Block<'_>, verb: usize, cast: &Cast<'_>) -> Option<Report> {
    let item = &block.items[verb];
    // "Das sei falsch, höhnte X": a verb that no list has.
    if !item.is(VERB) && block.cues.verb_second && verb > 0 && block.items[verb - 1].is_mark(',') {
        return said_before(block, verb, block.sentence(verb), cast);
    }
    if !item.is(VERB) || block.name_at(verb).is_some() || item.capital && !item.begins || !is_plain_verb(block, verb) {
        return None;
    }
    // "The agency reports citing officials": officials are its source, and not its words.
    let source = item.is(HANGING) && !item.is(SAY) && verb > 0 && block.items[verb - 1].is(SAY);
    if source || passive(block, verb) || is_not_said(block, verb) || !can_report(block, verb, cast) {
        return None;
    }
    let sentence = block.sentence(verb);
    // "He disputes that he signed": what is denied was not said.
    if block.cues.inverts && item.is(DENIAL) {
        return None;
    }
    // "…, sagte X": where the verb comes second, what stands before it was said.
    let turned = if block.cues.verb_second {
        said_before(block, verb, sentence.clone(), cast).or_else(|| said_around(block, verb, sentence.clone(), cast))
    } else {
        None
    };
    let mut report = turned
        .or_else(|| behind(block, verb, sentence.clone(), cast))
        .or_else(|| as_said(block, verb, sentence.clone(), cast))
        .or_else(|| ahead(block, verb, sentence, cast))?;
    let someone = report.subject.who != Who::Nobody && ability(block, &report.subject) != Ability::Mute;
    close_relative(block, verb, &mut report);
    (someone && !is_empty(block, &report) && !announces(block, &report)).then_some(report)
}

/// "X, whose aides say he is late, was asked if": what is reported in a relative clause ends where the verb of the sentence
/// follows.
fn close_relative(block: &Block<'_>, verb: usize, report: &mut Report) {
    let items = &block.items;
    let start = block.sentence(verb).start;
    let comma = (start..verb).rev().take(AWAY).find(|i| matches!(items[*i].kind, ItemKind::Mark(_)));
    let relative = comma.is_some_and(|comma| items[comma].is_mark(',') && items[comma + 1].is(RELATIVE));
    let Some(span) = report.spans.last_mut().filter(|span| relative && span.start > verb) else { return };
    let goes_on = |i: &usize| {
        let next = &items[*i + 1];
        let acts = next.is(AUXILIARY | OTHER_VERB) || next.is(VERB) && next.is(FINITE) && !next.is(BASE);
        items[*i].is_mark(',') && acts && !next.capital && !next.is(TO | PREPOSITION)
    };
    if let Some(comma) = (span.start + 1..span.end.saturating_sub(1)).find(goes_on) {
        span.end = comma;
    }
}

/// "X says that Y told her: “…”": the words in quotation marks are what was said.
fn announces(block: &Block<'_>, report: &Report) -> bool {
    const NEAR: usize = 4;
    let Some(span) = report.spans.last() else { return false };
    let quotes = block.items.get(span.end).is_some_and(|next| next.is_mark(':'))
        && block.items.get(span.end + 1).is_some_and(|next| next.quotation().is_some());
    quotes && span.clone().rev().take(NEAR).any(|i| block.items[i].is(SAY) && block.name_at(i).is_none())
}

/// Whether nothing in a report can be read alone: "said it had".
fn is_empty(block: &Block<'_>, report: &Report) -> bool {
    let small = SUBJECT | AUXILIARY | THAT | NEGATION;
    let mut items = report.spans.iter().cloned().flatten().map(|i| &block.items[i]);
    items.all(|item| item.is(small) || matches!(item.kind, ItemKind::Mark(_)))
}
