//! People without a name, and people whom a paragraph has only introduced: "a Valley diplomat shrugged", and then "the
//! diplomat" or "he".

use crate::extract::speech::block::Block;
use crate::extract::speech::cues::*;
use crate::extract::speech::item::ItemKind;
use crate::extract::speech::memory::{Memory, NAMES};
use crate::extract::speech::people::Gender;
use crate::extract::speech::phrase::{NounPhrase, Who};

impl Memory<'_> {
    /// Remembers someone without a name: "a Valley diplomat".
    pub(in crate::extract::speech) fn note_unnamed(&mut self, block: &Block<'_>, subject: &NounPhrase, name: &str) {
        const MOST: usize = 32;
        let first = &block.items[subject.items.start];
        let head = block.text_of(subject.items.end - 1..subject.items.end).to_lowercase();
        let one = first.is(ARTICLE) && first.is(FORMER) && block.cues.is_person(&head);
        if one && !self.unnamed.iter().any(|(_, known)| known == name) {
            // The oldest goes.
            if self.unnamed.len() >= MOST {
                self.unnamed.remove(0);
            }
            self.unnamed.push((head, name.to_owned()));
        }
    }

    /// Whom "the diplomat" means if someone without a name has spoken who was called so.
    pub(in crate::extract::speech) fn unnamed_before(&self, block: &Block<'_>, subject: &NounPhrase) -> Option<String> {
        let first = &block.items[subject.items.start];
        let definite = first.is(ARTICLE) && !first.is(FORMER) && subject.items.len() == 2;
        let head = block.text_of(subject.items.end - 1..subject.items.end).to_lowercase();
        let known = self.unnamed.iter().rev().find(|(word, _)| *word == head).filter(|_| definite)?;
        Some(known.1.clone())
    }

    /// "The coach shrugged. “Not at all,” he said": one person without a name whom the sentence before is about.
    pub(in crate::extract::speech) fn described_in_sentence_before(
        &self,
        block: &Block<'_>,
        at: usize,
        gender: Gender,
    ) -> Option<NounPhrase> {
        let person = matches!(gender, Gender::Male | Gender::Female) && !block.cues.inverts;
        let before = block.sentence_before(at).filter(|_| person)?;
        let main = block.main_subject(before, &self.cast).filter(|main| main.who == Who::Described)?;
        let (first, head) = (&block.items[main.items.start], main.items.end - 1);
        let word = block.text_of(head..head + 1).to_lowercase();
        let one = first.is(ARTICLE) && main.items.len() < 5 && block.cues.is_person(&word);
        let other = if gender == Gender::Male { FEMALE_TITLE } else { MALE_TITLE };
        let named =
            main.items.clone().any(|i| block.name_at(i).is_some() || block.items[i].kind == ItemKind::Possessive);
        (one && !named && !block.items[head].is(other | ORGANISATION)).then_some(main)
    }

    /// "I rang my friend Bo, who is a nurse. It was late. “…,” he said": the only one whom the sentences before name in the
    /// paragraph, unless a pronoun comes first.
    pub(in crate::extract::speech) fn introduced(
        &self,
        block: &Block<'_>,
        at: usize,
        fits: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        let before = block.sentence(at).start;
        let person = |number: usize| {
            let member = self.cast.member(number);
            member.sure && member.gender != Some(Gender::Neuter) && fits(number)
        };
        let behind = block.names.partition_point(|name| name.items.end <= before);
        let near = &block.names[behind.saturating_sub(4 * NAMES)..behind];
        let mut named = near.iter().filter(|name| person(name.member));
        let one = named.next()?;
        let pronoun = block.items[..one.items.start].iter().any(|item| item.is(SUBJECT) && item.is(MALE | FEMALE));
        (!pronoun && named.all(|other| other.member == one.member)).then_some(one.member)
    }

    /// "A spokesman disagrees: a paper exists, he says": someone without a name whom the sentence is about before a colon.
    pub(in crate::extract::speech) fn own_description(
        &self,
        block: &Block<'_>,
        at: usize,
        gender: Gender,
    ) -> Option<NounPhrase> {
        let sentence = block.sentence(at);
        let colon = (sentence.start..at).find(|i| block.items[*i].is_mark(':'))?;
        let main = block.main_subject(sentence.start..colon, &self.cast)?;
        let person = matches!(gender, Gender::Male | Gender::Female) && main.who == Who::Described;
        (person && main.items.clone().any(|i| block.items[i].is(TITLE))).then_some(main)
    }
}
