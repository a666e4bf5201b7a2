//! Whether a phrase is someone who can speak, and whether the narrator turns the words that someone spoke.

use std::ops::Range;

use crate::extract::speech::block::Block;
use crate::extract::speech::cues::*;
use crate::extract::speech::item::ItemKind;
use crate::extract::speech::phrase::{NounPhrase, Who};

/// Words that stand for someone.
const PRONOUNS: Class = MALE | FEMALE | PLURAL | NEUTER | SUBJECT | OWNING;

/// How surely a phrase is someone who can speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ability {
    /// A person, an office or an organisation.
    Speaks,
    /// Nothing is known about it.
    Unknown,
    /// A number, a time, a thing or an event.
    Mute,
}

/// Whether a phrase is someone who can speak. Its last word decides: "Russian officials", "the war games".
pub fn ability(block: &Block<'_>, subject: &NounPhrase) -> Ability {
    let items = &block.items;
    let Some(head) = subject.items.clone().rev().find(|i| items[*i].kind != ItemKind::Possessive) else {
        return Ability::Mute;
    };
    let lower = || block.text[items[head].range.clone()].to_lowercase();
    match subject.who {
        // "Polls said": a capital that only begins the sentence.
        Who::Name(name) => {
            let opens = items[head].begins || head == 0;
            let one = block.names[name].items.len() == 1 && block.names[name].title.is_empty();
            if one && opens && items[head].is(THING) { Ability::Mute } else { Ability::Speaks }
        }
        Who::Titled(_) | Who::Pronoun(_) => Ability::Speaks,
        Who::Nobody => Ability::Unknown,
        Who::Described => {
            let item = &items[head];
            let known = TITLE | ORGANISATION | HEARERS | PEOPLE;
            if aged(block, head) || subject.items.clone().any(|i| block.name_at(i).is_some()) && item.is(AND) {
                return Ability::Speaks;
            }
            // "A number of analysts".
            let first = &items[subject.items.start];
            let of = items.get(subject.items.end).is_some_and(|next| next.is(GENITIVE))
                && first.is(ARTICLE)
                && first.is(FORMER);
            let people = |i: usize| {
                let word = block.text[items[i].range.clone()].to_lowercase();
                items[i].is(HEARERS | PEOPLE)
                    || word.strip_suffix('s').is_some_and(|one| block.cues.class(one) & TITLE != 0)
            };
            if of && (subject.items.end + 1..items.len()).take(3).any(people) {
                return Ability::Speaks;
            }
            // "the right was scornful. “…”", "declined": one word without an article is a person or several.
            let bare = subject.items.len() == 1 && item.kind == ItemKind::Word && !item.capital && !block.cues.inverts;
            let several =
                lower().ends_with('s') && !block.cues.noun_capitals || item.is(NOBODY | DETERMINER | PRONOUNS);
            if bare && !several && !item.is(known) && !block.cues.is_person(&lower()) {
                return Ability::Mute;
            }
            match item.kind {
                ItemKind::Number | ItemKind::Mark(_) | ItemKind::Quoted(_) => Ability::Mute,
                _ if item.is(DOCUMENT) => Ability::Unknown,
                _ if block.cues.is_thing(&lower()) => Ability::Mute,
                _ if item.is(TIME | CALENDAR) && !item.is(known) => Ability::Mute,
                _ if subject.items.clone().any(|i| items[i].is(known)) => Ability::Speaks,
                _ => Ability::Unknown,
            }
        }
    }
}

/// Whether an item is a person's age: 54-year-old.
pub fn aged(block: &Block<'_>, at: usize) -> bool {
    let text = &block.text[block.items[at].range.clone()];
    let mut parts = text.split(['-', '‑']);
    let number = parts.next().is_some_and(|first| first.chars().all(|c| c.is_ascii_digit()));
    number
        && parts.next().is_some_and(|unit| block.cues.class(&unit.to_lowercase()) & TIME != 0)
        // "65-Jährige" has no third part.
        && (parts.next().is_some() || block.cues.noun_capitals)
}

/// Whether the narrator's words among some items turn what follows them: not, whether, denied. Without them, the
/// words in quotation marks could say the opposite. "Would" is only "will", reported.
pub fn turned(block: &Block<'_>, mut within: Range<usize>) -> bool {
    let items = &block.items;
    within.any(|i| {
        let item = &items[i];
        let negates = item.is(NEGATION) && !items.get(i + 1).is_some_and(|next| next.is(ONLY));
        item.kind == ItemKind::Word && !item.capital && (negates || item.is(DENIAL | CONDITION) && !item.is(FUTURE))
    })
}
