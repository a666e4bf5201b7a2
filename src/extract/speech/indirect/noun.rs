//! Nouns for what someone said: "X's vow that …".

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

/// "X's vow on Monday that …", "his claim that …": a noun for what was said, between whose it is and "that".
pub(in crate::extract::speech::indirect) fn owned_words(
    block: &Block<'_>,
    noun: usize,
    cast: &Cast<'_>,
) -> Option<Report> {
    const WORDS: usize = 3;
    let items = &block.items;
    let sentence = block.sentence(noun);
    let owner = (sentence.start.max(noun.saturating_sub(WORDS))..noun)
        .rev()
        .find(|i| items[*i].kind == ItemKind::Possessive || items[*i].is(OWNING))?;
    let adjectives = (owner + 1..noun).all(|i| items[i].kind == ItemKind::Word && !items[i].is(COMMON));
    let that = that_near(block, noun + 1, sentence.end).filter(|that| *that <= noun + THAT_REACH)?;
    // "no claim that": what nobody said.
    let denied = (sentence.start..noun).rev().take(THAT_REACH).any(|i| items[i].is(DENIAL));
    if !adjectives || denied {
        return None;
    }
    let subject = if items[owner].is(OWNING) {
        NounPhrase { items: owner..owner + 1, who: pronoun(items[owner].class) }
    } else {
        block.nearest_phrase(owner, sentence.start, cast)?
    };
    let subject =
        Some(subject).filter(|subject| subject.who != Who::Nobody && ability(block, subject) != Ability::Mute)?;
    let end = noun_clause_end(block, that, sentence.end, cast);
    let spans = std::iter::once(that..end).collect();
    (end > that + LEAST).then_some(Report { spans, subject, verb: noun, confidence: Confidence::Medium })
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
    let apart = |i: usize| finite(i) && !items[i - 1].is(AUXILIARY | ADVERB | TO | CONJUNCTION | SUBJECT | RELATIVE);
    let first = (that + 1..end).find(|i| finite(*i));
    let joined = |from: usize, to: usize| {
        (from..to).any(|i| items[i].is(CONJUNCTION & !PREPOSITION) || items[i].is(RELATIVE) || items[i].is_mark(','))
    };
    let second = first.and_then(|first| (first + 2..end).find(|i| apart(*i) && !joined(first, *i)));
    second.unwrap_or(end)
}
