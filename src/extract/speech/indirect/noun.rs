//! Nouns for what someone said: "X's vow that …".

use std::ops::Range;

use crate::extract::speech::able::{Ability, ability};
use crate::extract::speech::attribution::Confidence;
use crate::extract::speech::block::Block;
use crate::extract::speech::cast::Cast;
use crate::extract::speech::cues::*;
use crate::extract::speech::indirect::end::content_end;
use crate::extract::speech::indirect::start::{THAT_REACH, that_near};
use crate::extract::speech::indirect::{LEAST, Report};
use crate::extract::speech::item::ItemKind;
use crate::extract::speech::phrase::{NounPhrase, Who, pronoun};
use crate::extract::speech::verb::{is_not_said, passive, subject_of};

/// How many words may be between whose a noun is, or who gives it, and the noun.
const WORDS: usize = 3;

/// "X's vow on Monday that …", "a warning from X that …", "X issued a warning that …": a noun for what someone said,
/// with whose it is and "that".
pub(in crate::extract::speech::indirect) fn said_noun(
    block: &Block<'_>,
    noun: usize,
    cast: &Cast<'_>,
) -> Option<Report> {
    let sentence = block.sentence(noun);
    let that = that_near(block, noun + 1, sentence.end).filter(|that| *that <= noun + THAT_REACH)?;
    let subject =
        owner(block, noun, cast).or_else(|| author(block, noun, that, cast)).or_else(|| giver(block, noun, cast));
    let subject = subject.filter(|subject| subject.who != Who::Nobody && ability(block, subject) != Ability::Mute)?;
    let end = noun_clause_end(block, that, sentence.end, cast);
    let spans = std::iter::once(that..end).collect();
    (end > that + LEAST).then_some(Report { spans, subject, verb: noun, confidence: Confidence::Medium, place: None })
}

/// Whether only words that describe a noun are among some items.
fn describe(block: &Block<'_>, mut within: Range<usize>) -> bool {
    within.all(|i| block.items[i].kind == ItemKind::Word && !block.items[i].is(COMMON))
}

/// "X's claim", "his claim".
fn owner(block: &Block<'_>, noun: usize, cast: &Cast<'_>) -> Option<NounPhrase> {
    let items = &block.items;
    let start = block.sentence(noun).start;
    let owner = (start.max(noun.saturating_sub(WORDS))..noun)
        .rev()
        .find(|i| items[*i].kind == ItemKind::Possessive || items[*i].is(OWNING))
        .filter(|owner| describe(block, owner + 1..noun))?;
    // "His rivals fear that": a verb and its subject.
    let plural = |i: usize| block.text[items[i].range.clone()].ends_with('s');
    if items[noun].is(VERB) && items[noun].is(BASE) && owner + 1 < noun && plural(noun - 1) {
        return None;
    }
    if items[owner].kind == ItemKind::Possessive {
        return block.nearest_phrase(owner, start, cast);
    }
    // "denied his claim that": what he may not have said.
    let denied = (start..noun).rev().take(THAT_REACH).any(|i| items[i].is(DENIAL));
    (!denied).then(|| NounPhrase { items: owner..owner + 1, who: pronoun(items[owner].class) })
}

/// "a warning from X", "claims by X".
fn author(block: &Block<'_>, noun: usize, that: usize, cast: &Cast<'_>) -> Option<NounPhrase> {
    let by = noun + 1;
    let author = block.phrase_at(by + 1, that, cast).filter(|_| block.items[by].is(AGENT))?;
    Some(block.named_apposition(&author, that, cast).unwrap_or(author))
}

/// "X issued a warning", "X gave assurances".
fn giver(block: &Block<'_>, noun: usize, cast: &Cast<'_>) -> Option<NounPhrase> {
    let items = &block.items;
    let sentence = block.sentence(noun);
    let gives = |i: &usize| items[*i].is(GIVING) && block.name_at(*i).is_none();
    let verb = (sentence.start..noun).rev().take(WORDS).find(gives)?;
    let first = verb + 1 + usize::from(items[verb + 1].is(ARTICLE));
    if first > noun || !describe(block, first..noun) || passive(block, verb) || is_not_said(block, verb) {
        return None;
    }
    subject_of(block, verb, sentence, cast)
}

/// Where a clause that a noun governs ends: before the second verb of the sentence, "his claim that it is late makes …".
fn noun_clause_end(block: &Block<'_>, that: usize, end: usize, cast: &Cast<'_>) -> usize {
    let items = &block.items;
    let end = content_end(block, that, end, cast);
    let finite = |i: usize| {
        (items[i].is(AUXILIARY | OTHER_VERB) || items[i].is(VERB) && items[i].is(FINITE))
            && !items[i].is(TO | BE | PREPOSITION | DETERMINER)
            && !items[i].capital
            || items[i].is(BE) && !items[i].is(BASE)
    };
    // "is late was ignored": an adjective may be an adverb, too, so a form of "to be" behind one begins a clause.
    let ties = |i: usize| {
        items[i - 1].is(AUXILIARY | TO | CONJUNCTION | SUBJECT | RELATIVE)
            || items[i - 1].is(ADVERB) && !items[i].is(BE)
    };
    let apart = |i: usize| finite(i) && !ties(i);
    let first = (that + 1..end).find(|i| finite(*i));
    let joined = |from: usize, to: usize| {
        (from..to).any(|i| items[i].is(CONJUNCTION & !PREPOSITION) || items[i].is(RELATIVE) || items[i].is_mark(','))
    };
    let second = first.and_then(|first| (first + 2..end).find(|i| apart(*i) && !joined(first, *i)));
    second.unwrap_or(end)
}
