//! People without a name, and people whom a paragraph has only introduced: "a Valley diplomat shrugged", and then "the
//! diplomat" or "he".

use crate::extract::speech::block::Block;
use crate::extract::speech::cues::*;
use crate::extract::speech::item::ItemKind;
use crate::extract::speech::memory::{Memory, NAMES, is_certain_person};
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
        let main = main.without_its_verb(block);
        let (first, head) = (&block.items[main.items.start], main.items.end - 1);
        let word = block.text_of(head..head + 1).to_lowercase();
        let owned = main.items.clone().any(|i| block.items[i].kind == ItemKind::Possessive);
        let one = (first.is(ARTICLE | DETERMINER) || owned) && main.items.len() < 6 && block.cues.is_person(&word);
        let other = if gender == Gender::Male { FEMALE_TITLE } else { MALE_TITLE };
        // "Ann Lee's mother" is no Ann Lee.
        let named = !owned && main.items.clone().any(|i| block.name_at(i).is_some());
        (one && !named && !block.items[head].is(other | ORGANISATION)).then_some(main)
    }

    /// Whether the sentence before an item names no one, asks nothing and has no pronoun of a gender, so that "he" is whom
    /// it is about.
    pub(in crate::extract::speech) fn speaks_of_one(&self, block: &Block<'_>, at: usize, gender: Gender) -> bool {
        let same = if gender == Gender::Male { MALE } else { FEMALE };
        block.sentence_before(at).is_some_and(|before| {
            let main = block.main_subject(before.clone(), &self.cast);
            // "Ukraine's leader thanked Bo Holm. It was, he said": the one whom the sentence is about.
            let certain = main.as_ref().is_some_and(|main| is_certain_person(block, main));
            let main = main.map_or(0..0, |main| main.items);
            let other = |i: usize| block.items[i].is(ASKING | same) || !certain && block.name_at(i).is_some();
            !before.into_iter().any(|i| !main.contains(&i) && other(i))
        })
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

    /// The first person by name whom a later sentence of the paragraph is about, if a pronoun fits.
    pub(in crate::extract::speech) fn named_later(
        &self,
        block: &Block<'_>,
        at: usize,
        gender: Gender,
    ) -> Option<usize> {
        const SENTENCES: usize = 3;
        let mut sentence = block.sentence(at.min(block.items.len() - 1));
        for _ in 0..SENTENCES {
            sentence = block.sentence(Some(sentence.end).filter(|next| *next < block.items.len())?);
            let Some(Who::Name(name)) = block.main_subject(sentence.clone(), &self.cast).map(|main| main.who) else {
                continue;
            };
            let name = &block.names[name];
            let known = self.cast.member(name.member).gender;
            let person = matches!(gender, Gender::Male | Gender::Female) && name.items.len() > 1;
            if person && known.is_none_or(|known| known == gender) {
                return Some(name.member);
            }
        }
        None
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
        let head = &block.items[main.items.end - 1];
        (person && head.is(TITLE) && main.items.clone().all(|i| block.items[i].kind != ItemKind::Possessive))
            .then_some(main)
    }
}
