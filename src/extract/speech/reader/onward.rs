//! What a paragraph passes on to the next: a quotation that is not closed, and who may continue to
//! speak.

use std::ops::Range;

use crate::extract::speech::attribution::Confidence;
use crate::extract::speech::block::Block;
use crate::extract::speech::cues::{CALLED, PREPOSITION, SAY, TO, WITH};
use crate::extract::speech::item::{BlockItem, ItemKind};
use crate::extract::speech::memory::LastSpeaker;
use crate::extract::speech::people::Gender;
use crate::extract::speech::phrase::{NounPhrase, Who};
use crate::extract::speech::quotation::{QuotedStretch, opens_with};
use crate::extract::speech::reader::Reader;
use crate::extract::speech::verb::subject_of;

impl Reader<'_, '_> {
    /// Keeps what the next paragraph needs: an open quotation, and who was mentioned.
    pub(in crate::extract::speech::reader) fn go_on(
        &mut self,
        block: &Block<'_>,
        top: &[&QuotedStretch],
        first: usize,
        next: Option<Range<usize>>,
    ) {
        if let Some(open) = top.last().filter(|open| !open.closed)
            && next.is_some_and(|next| opens_with(self.text, next) == Some(open.marks))
        {
            let mut in_block = self.run_on.into_iter().chain(first..self.found.len());
            self.run = in_block.find(|i| self.found[*i].spans.last() == Some(&open.inner));
        }
        self.begin_list(block);
        let Some(last) = block.items.len().checked_sub(1) else { return };
        self.memory.topic = self.topic(block).or(self.memory.topic);
        let words = |item: &BlockItem| matches!(item.kind, ItemKind::Quoted(_) | ItemKind::Mark(_));
        let all_words = block.items.iter().all(words);
        self.alone = self.found.len().checked_sub(1).filter(|number| all_words && *number >= first);
        let announced = block.items[last].is_mark(':');
        let spoke = self.memory.last.as_ref().is_some_and(|last| last.age == 0);
        if spoke && !announced {
            return;
        }
        // There were no quotations here. The person that the last sentence is about may be the next
        // speaker.
        let Some(subject) = self.last_subject(block, last, announced) else { return };
        let resolved = self.memory.resolve(block, &subject, Confidence::Low);
        if let Some(speaker) = resolved.speaker {
            self.memory.last = Some(LastSpeaker { speaker, member: resolved.member, announced, age: 0 });
        }
    }

    /// The last person by name whom a sentence of a block is about.
    fn topic(&self, block: &Block<'_>) -> Option<usize> {
        let cast = &self.memory.cast;
        let mut sentence = block.sentence(block.items.len() - 1);
        loop {
            if let Some(Who::Name(name)) = block.main_subject(sentence.clone(), cast).map(|main| main.who) {
                let number = block.names[name].member;
                let member = cast.member(number);
                if member.sure && member.gender != Some(Gender::Neuter) {
                    return Some(number);
                }
            }
            sentence = block.sentence_before(sentence.start).filter(|before| before.start < sentence.start)?;
        }
    }

    /// The person that the last sentence of a block is about.
    fn last_subject(&self, block: &Block<'_>, last: usize, announced: bool) -> Option<NounPhrase> {
        let cast = &self.memory.cast;
        let sentence = block.sentence(last);
        let main = block.main_subject(sentence.clone(), cast).filter(|subject| subject.who != Who::Described);
        let says = |i: &usize| block.items[*i].is(SAY) && block.name_at(*i).is_none();
        let of_verb = || subject_of(block, sentence.clone().rev().find(says)?, sentence.clone(), cast);
        // "Here is Lee's full response:" names the speaker, but "Here is the letter to Lee:" does not.
        let name = || {
            let owns = |name: &usize| {
                let end = block.names[*name].items.end;
                let names = &block.names[*name];
                let first = names.title.start.min(names.items.start);
                // "And this from Mayor X:", "In the words of X:".
                let from = block.items.get(end).is_some_and(|next| next.is_mark(':'))
                    && first > sentence.start
                    && block.items[first - 1].is(PREPOSITION)
                    && !block.items[first - 1].is(TO | WITH | CALLED);
                // "Quote from the chair of the board, Ann Lee:".
                let last = block.items.get(end).is_some_and(|next| next.is_mark(':')) && names.items.len() > 1;
                let office = last && first > sentence.start && block.items[first - 1].is_mark(',');
                from || office || block.items.get(end).is_some_and(|next| next.kind == ItemKind::Possessive)
            };
            let name = block.last_name(sentence.clone()).filter(|name| announced && owns(name))?;
            Some(NounPhrase { items: block.names[name].items.clone(), who: Who::Name(name) })
        };
        let subject = main.or_else(of_verb).filter(|subject| announced || subject.who != Who::Described);
        subject.filter(|subject| !announced || !matches!(subject.who, Who::Described | Who::Nobody)).or_else(name)
    }
}
