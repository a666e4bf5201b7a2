//! Reported speech that goes on without a verb of saying, in languages whose verbs have a form for it: "Die Lage sei
//! ernst. Man müsse handeln."

use std::ops::Range;

use crate::extract::speech::able::{Ability, ability};
use crate::extract::speech::attribution::Confidence;
use crate::extract::speech::block::Block;
use crate::extract::speech::cues::{AUXILIARY, CONDITIONAL, CONJUNCTION, FIRST_PERSON, SUBJUNCTIVE, TO};
use crate::extract::speech::indirect::is_subjunctive_form;
use crate::extract::speech::memory::ResolvedSpeaker;
use crate::extract::speech::people::Gender;
use crate::extract::speech::phrase::{NounPhrase, Who};
use crate::extract::speech::quoted::{How, Quoted, QuotedKind, Speaker};
use crate::extract::speech::reader::Reader;

/// The longest tag behind a report, in bytes: ", sagte X".
const TAG: usize = 60;

/// The most bytes of closing marks before that tag.
const CLOSING: usize = 16;

/// The fewest items of such a sentence.
const LEAST: usize = 3;

impl Reader<'_, '_> {
    /// Adds the sentences of a block that are only in reported speech, with the speaker of the words before.
    pub(in crate::extract::speech::reader) fn add_reported(
        &mut self,
        block: &Block<'_>,
        first: usize,
        paragraph: usize,
    ) {
        let items = &block.items;
        let mut start = 0;
        while start < items.len() {
            let end = (start + 1..items.len()).find(|i| items[*i].begins).unwrap_or(items.len());
            let sentence = start..end;
            start = end;
            let bytes = block.bytes(sentence.clone());
            // "Die Wirtin lachte": the past ends so, too.
            let past = |i: usize| self.text[items[i].range.clone()].ends_with("te");
            let small = |i: &usize| !items[*i].capital;
            let sure = sentence.clone().filter(small).find(|i| items[*i].is(SUBJUNCTIVE));
            let form = |i: &usize| items[*i].is(CONDITIONAL) || is_subjunctive_form(block, *i) && !past(*i);
            // "Die Kosten würden steigen": ordinary words, unless the sentence before is reported, too.
            let likely = (sentence.start..sure.unwrap_or(sentence.end)).filter(small).find(form);
            // "X bezweifelte das: Ginge es darum, hätte er gefragt."
            let colon = |verb: usize| (sentence.start..verb).rev().find(|i| items[*i].is_mark(':'));
            let announced = |verb: &usize| colon(*verb).is_some_and(|_| items[*verb].is(CONDITIONAL));
            let likely = likely.filter(|verb| announced(verb) || self.goes_on(first, bytes.start, paragraph));
            let Some(verb) = likely.or(sure) else { continue };
            // "Lind hatte auf die Frage, ob er gehe, geschwiegen": the main clause is the narrator's.
            let comma = (sentence.start..verb).find(|i| items[*i].is_mark(','));
            let plain = |i: usize| items[i].is(AUXILIARY) && !items[i].is(SUBJUNCTIVE | CONDITIONAL | TO);
            let begins = items[sentence.start].is(CONJUNCTION);
            if comma.is_some_and(|comma| !begins && (sentence.start..comma).any(plain)) {
                continue;
            }
            let own = sentence.clone().any(|i| items[i].is(FIRST_PERSON));
            let taken = self.found[first..]
                .iter()
                .any(|quoted| quoted.spans.iter().any(|span| span.start < bytes.end && bytes.start < span.end));
            if own || taken || sentence.len() < LEAST {
                continue;
            }
            let colon = colon(verb);
            let resolved = match colon {
                // "Ein Sprecher wies das zurück: Die Warnung sei verschickt worden."
                Some(colon) => {
                    let main = block.main_subject(sentence.start..colon, &self.memory.cast);
                    let main = main.filter(|main| main.who != Who::Nobody && ability(block, main) != Ability::Mute);
                    // "Zum Krieg äußerte sich X deutlich: …": the only one named.
                    let main = main.or_else(|| self.only_person(block, sentence.start..colon));
                    main.map(|main| self.memory.resolve(block, &main, Confidence::Medium))
                }
                None => self.speaker_before(first, bytes.start),
            };
            let Some(resolved) = resolved else { continue };
            let from = colon.map_or(sentence.start, |colon| colon + 1);
            let stop = usize::from(items[sentence.end - 1].is_any_mark(&['.', '!', '?']));
            if from + LEAST > sentence.end - stop {
                continue;
            }
            self.memory.remember(&resolved);
            self.found.push(Quoted {
                kind: QuotedKind::Indirect,
                spans: vec![block.bytes(from..sentence.end - stop)],
                quoted: Vec::new(),
                turned: true,
                cue: None,
                speaker: resolved.speaker,
                runner_up: resolved.runner_up,
                confidence: resolved.confidence.min(Confidence::Medium),
                paragraph,
            });
        }
    }

    /// The only person whom some items name.
    fn only_person(&self, block: &Block<'_>, within: Range<usize>) -> Option<NounPhrase> {
        let cast = &self.memory.cast;
        let mut people = (0..block.names.len()).filter(|name| {
            let name = &block.names[*name];
            let member = cast.member(name.member);
            within.contains(&name.items.start) && member.sure && member.gender != Some(Gender::Neuter)
        });
        let one = people.next()?;
        let items = block.names[one].items.clone();
        people.next().is_none().then_some(NounPhrase { items, who: Who::Name(one) })
    }

    /// Whether what was found last is reported, and at most a tag stands between it and a byte.
    fn goes_on(&self, first: usize, byte: usize, paragraph: usize) -> bool {
        let Some(before) = self.found[first..].iter().max_by_key(|quoted| quoted.spans[0].start) else { return false };
        let direct = self.cues.verb_second && before.kind == QuotedKind::Direct && before.paragraph == paragraph;
        let end = before.spans.last().map_or(0, |span| span.end.min(byte));
        if !(before.kind == QuotedKind::Indirect || direct) || byte - end >= TAG + CLOSING {
            return false;
        }
        let words = self.text[end..byte].trim_start_matches(['“', '”', '’', '«', '»', '"']);
        !words.contains(['„', '»', '“']) && words.len() < TAG
    }

    /// The speaker of the last words before a byte, in this block or the one before.
    fn speaker_before(&self, first: usize, byte: usize) -> Option<ResolvedSpeaker> {
        let before = |quoted: &&Quoted| quoted.spans.last().is_some_and(|span| span.end <= byte);
        let Some(last) = self.found[first..].iter().filter(before).max_by_key(|quoted| quoted.spans[0].start) else {
            let spoke = self.memory.last.as_ref().is_some_and(|last| last.age == 1);
            return Some(self.memory.carried()).filter(|carried| spoke && carried.speaker.is_some());
        };
        let speaker = last.speaker.clone().map(|speaker| Speaker { how: How::Carried, ..speaker });
        let member =
            self.memory.last.as_ref().filter(|last| Some(&last.speaker.name) == speaker.as_ref().map(|s| &s.name));
        let member = member.and_then(|last| last.member);
        speaker.is_some().then_some(ResolvedSpeaker {
            speaker,
            runner_up: None,
            confidence: Confidence::Medium,
            member,
        })
    }
}
