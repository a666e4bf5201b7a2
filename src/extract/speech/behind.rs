//! The subject behind its verb, where a language may have it there: "a déclaré mardi à la presse le maire".

use crate::extract::speech::block::Block;
use crate::extract::speech::cast::Cast;
use crate::extract::speech::cues::*;
use crate::extract::speech::item::ItemKind;
use crate::extract::speech::phrase::{NounPhrase, Who, pronoun};

/// How many phrases about who heard it, when and where may come between.
const PHRASES: usize = 6;

/// How many items a remark between two commas may have.
const REMARK: usize = 16;

impl Block<'_> {
    /// The subject behind a verb, past who heard it, when and where.
    pub fn subject_behind(&self, verb: usize, limit: usize, cast: &Cast<'_>) -> Option<NounPhrase> {
        let items = &self.items;
        let mut at = verb + 1;
        for _ in 0..PHRASES {
            while at < limit && self.name_at(at).is_none() && self.is_aside(at) {
                at += 1;
            }
            let first = items.get(at).filter(|_| at < limit)?;
            if first.is_mark(',') || first.is_dash() {
                at = self.after_remark(at, limit)?;
                continue;
            }
            if first.is(SUBJECT) && !first.is(RELATIVE) {
                return Some(NounPhrase { items: at..at + 1, who: pronoun(first.class) });
            }
            if first.is(THAT | RELATIVE) || matches!(first.kind, ItemKind::Mark(_) | ItemKind::Quoted(_)) {
                return None;
            }
            let small = first.is(PREPOSITION) && !first.is(DETERMINER) && self.name_at(at).is_none();
            // "a écrit sur X Ann Lee": the network is no part of her name.
            if small && at + 2 < limit && self.text_of(at + 1..at + 2) == "X" {
                at += 2;
                continue;
            }
            let phrase = self.phrase_at(at + usize::from(small), limit, cast);
            if !small {
                let phrase = phrase?;
                let last = phrase.items.end - 1;
                // "сказал журналистам X".
                let hears = phrase.who == Who::Described && items[last].is(HEARERS) && phrase.items.end < limit;
                if !hears {
                    return Some(self.named_apposition(&phrase, limit, cast).unwrap_or(phrase));
                }
                at = phrase.items.end;
                continue;
            }
            // "сказала в эфире канала Мария Зайцева": her first name is in its own case.
            if let Some(NounPhrase { who: Who::Name(name), .. }) = phrase {
                let name_items = self.names[name].items.clone();
                let own = items[name_items.start].is(MALE_NAME | FEMALE_NAME) && name_items.len() > 1;
                let title = self.names[name].title.start.min(name_items.start);
                if own && !self.cues.declension.is_none() && title > at + 1 {
                    return Some(NounPhrase { items: name_items, who: Who::Name(name) });
                }
            }
            at = phrase.map_or(at + 1, |phrase| phrase.items.end);
        }
        None
    }

    /// Whether an item only says when, how or to whom.
    fn is_aside(&self, at: usize) -> bool {
        let item = &self.items[at];
        match item.kind {
            ItemKind::Number | ItemKind::Possessive => true,
            ItemKind::Word => {
                let own = item.is(SUBJECT | DETERMINER | PREPOSITION);
                item.is(ADVERB | CALENDAR | HEARERS | TIME | REFLEXIVE) && !own
            }
            _ => false,
        }
    }

    /// Where the clause goes on after a remark between two commas: ", mardi soir,", ", обращаясь к людям,".
    fn after_remark(&self, at: usize, limit: usize) -> Option<usize> {
        let items = &self.items;
        let first = items.get(at + 1).filter(|_| at + 1 < limit)?;
        let remark = first.is(CALENDAR | ADVERB | PREPOSITION | HANGING | TIME) || first.class == 0 && !first.capital;
        let close = (at + 2..limit.min(at + REMARK)).find(|i| items[*i].is_mark(',') || items[*i].is_dash())?;
        remark.then_some(close + 1)
    }
}
