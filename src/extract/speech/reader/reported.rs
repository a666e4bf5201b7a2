//! Reported speech that goes on without a verb of saying, in languages whose verbs have a form for it: "Die Lage sei
//! ernst. Man müsse handeln."

use crate::extract::speech::able::{Ability, ability};
use crate::extract::speech::attribution::Confidence;
use crate::extract::speech::block::Block;
use crate::extract::speech::cues::{CONDITIONAL, FIRST_PERSON, SUBJUNCTIVE};
use crate::extract::speech::indirect::is_subjunctive_form;
use crate::extract::speech::memory::ResolvedSpeaker;
use crate::extract::speech::phrase::Who;
use crate::extract::speech::quoted::{How, Quoted, QuotedKind, Speaker};
use crate::extract::speech::reader::Reader;

/// The longest tag behind a report, in bytes: ", sagte X".
const TAG: usize = 60;

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
            // "Die Kosten würden steigen": ordinary words, unless the sentence before is reported, too.
            let goes_on = self.found[first..].iter().max_by_key(|quoted| quoted.spans[0].start).is_some_and(|before| {
                let between = before.spans.last().map(|span| &self.text[span.end.min(bytes.start)..bytes.start]);
                let closing = |words: &str| words.trim_start_matches(['“', '”', '’', '«', '»', '"']).to_owned();
                let short = between.is_some_and(|words| {
                    let words = closing(words);
                    !words.contains(['„', '»', '“']) && words.len() < TAG
                });
                let direct =
                    self.cues.verb_second && before.kind == QuotedKind::Direct && before.paragraph == paragraph;
                (before.kind == QuotedKind::Indirect || direct) && short
            });
            // "Die Wirtin lachte": the past ends so, too.
            let past = |i: usize| self.text[items[i].range.clone()].ends_with("te");
            let form = |i: &usize| {
                items[*i].is(SUBJUNCTIVE)
                    || goes_on && (items[*i].is(CONDITIONAL) || is_subjunctive_form(block, *i) && !past(*i))
            };
            let Some(verb) = sentence.clone().find(|i| form(i) && !items[*i].capital) else { continue };
            let own = sentence.clone().any(|i| items[i].is(FIRST_PERSON));
            let taken = self.found[first..]
                .iter()
                .any(|quoted| quoted.spans.iter().any(|span| span.start < bytes.end && bytes.start < span.end));
            if own || taken || sentence.len() < LEAST {
                continue;
            }
            let colon = (sentence.start..verb).rev().find(|i| items[*i].is_mark(':'));
            let resolved = match colon {
                // "Ein Sprecher wies das zurück: Die Warnung sei verschickt worden."
                Some(colon) => {
                    let main = block.main_subject(sentence.start..colon, &self.memory.cast);
                    let main = main.filter(|main| main.who != Who::Nobody && ability(block, main) != Ability::Mute);
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
