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
use crate::extract::speech::indirect::inverted::{as_said, said_before};
use crate::extract::speech::indirect::noun::owned_words;
use crate::extract::speech::indirect::second::and_that;
use crate::extract::speech::indirect::source::by_source;
use crate::extract::speech::item::ItemKind;
use crate::extract::speech::phrase::{NounPhrase, Who};
use crate::extract::speech::verb::{can_report, is_not_said, is_plain_verb, passive};

mod ahead;
mod behind;
mod denied;
mod end;
mod inverted;
mod noun;
mod second;
mod source;
mod start;

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
}

/// Finds the reports of a block.
pub fn reports(block: &Block<'_>, cast: &Cast<'_>) -> Vec<Report> {
    let mut found: Vec<Report> = Vec::new();
    // Where the verb or its subject moves, neither of these is as plain.
    let plain = !block.cues.inverts && !block.cues.verb_second;
    for verb in 0..block.items.len() {
        let item = &block.items[verb];
        if item.is(ACCORDING) && block.name_at(verb).is_none() {
            let someone = |report: &Report| ability(block, &report.subject) != Ability::Mute;
            found.extend(by_source(block, verb, cast).filter(someone));
        }
        if plain && item.is(DENIAL) && !item.is(PREPOSITION) {
            found.extend(denied(block, verb, cast));
            continue;
        }
        if plain && item.is(THAT) && verb > 1 && block.items[verb - 1].is(AND) {
            let more = and_that(block, verb, cast);
            let apart = |report: &Report| !found.iter().rev().take(4).any(|other| holds(other, report.spans[0].start));
            let more = more.filter(apart);
            found.extend(more);
            continue;
        }
        if plain
            && item.is(SAID)
            && !item.capital
            && let Some(report) = owned_words(block, verb, cast)
        {
            found.push(report);
            continue;
        }
        if !item.is(VERB)
            || block.name_at(verb).is_some()
            || item.capital && !item.begins
            || !is_plain_verb(block, verb)
        {
            continue;
        }
        // "The agency reports citing officials": officials are its source, and not its words.
        let source = item.is(HANGING) && !item.is(SAY) && verb > 0 && block.items[verb - 1].is(SAY);
        if source || passive(block, verb) || is_not_said(block, verb) || !can_report(block, verb, cast) {
            continue;
        }
        let sentence = block.sentence(verb);
        // "He disputes that he signed": what is denied was not said.
        if block.cues.inverts && item.is(DENIAL) {
            continue;
        }
        // "…, sagte X": where the verb comes second, what stands before it was said.
        let turned = if block.cues.verb_second { said_before(block, verb, sentence.clone(), cast) } else { None };
        let report = turned
            .or_else(|| behind(block, verb, sentence.clone(), cast))
            .or_else(|| as_said(block, verb, sentence.clone(), cast))
            .or_else(|| ahead(block, verb, sentence, cast));
        let someone =
            |report: &Report| report.subject.who != Who::Nobody && ability(block, &report.subject) != Ability::Mute;
        // "said it had": nothing that can be read alone.
        let empty = |report: &Report| {
            let small = SUBJECT | AUXILIARY | THAT | NEGATION;
            report
                .spans
                .iter()
                .cloned()
                .flatten()
                .all(|i| block.items[i].is(small) || matches!(block.items[i].kind, ItemKind::Mark(_)))
        };
        if let Some(report) = report.filter(someone).filter(|report| !empty(report)) {
            let again = found.iter().rev().take(4).any(|other| other.spans == report.spans);
            // "Aides say they hope …": what they hope is part of what the aides say.
            let within = found.iter().rev().take(4).any(|other| other.spans.iter().any(|span| span.contains(&verb)));
            if !again && (!within || item.is(SAY)) {
                found.push(report);
            }
        }
    }
    found
}

/// Whether an item is in a report.
fn holds(report: &Report, item: usize) -> bool {
    report.spans.iter().any(|span| span.contains(&item))
}
