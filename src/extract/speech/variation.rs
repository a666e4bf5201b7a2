//! People who are described anew: "Ann Lee struck another note. The Valley mayor wrote …".

use std::ops::Range;

use crate::extract::speech::block::Block;
use crate::extract::speech::cues::{
    ARTICLE, DETERMINER, FEMALE_TITLE, FORMER, HONORIFIC, MALE_TITLE, OWNING, PEOPLE, PERSON, PLACE_NAME, TITLE,
    is_short_for, same_noun,
};
use crate::extract::speech::item::ItemKind;
use crate::extract::speech::memory::Memory;
use crate::extract::speech::people::Gender;
use crate::extract::speech::phrase::{NounPhrase, Who};

impl Memory<'_> {
    /// The person whom a definite description means although nothing in it says so: whom the sentence before is about,
    /// or else who spoke before in the paragraph, if their office, their nation and their gender allow it.
    pub(in crate::extract::speech) fn varied(&self, block: &Block<'_>, subject: &NounPhrase) -> Option<usize> {
        self.varied_head(block, subject)?;
        let last = self.spoke_before(block, subject, 0);
        // "The French president": someone whom the text may name elsewhere.
        let about = if self.is_office_of_a_nation(block, subject) {
            None
        } else {
            self.paragraph_subject(block, subject.items.start)
        };
        let head = &block.items[subject.items.end - 1];
        let office = head.is(TITLE) && !head.is(PERSON);
        // "His son, Bo Lee, is gone. The prosecutor said": someone whom the sentence before describes in other words.
        let fits = |one: &usize| {
            let named =
                block.names.iter().rev().find(|name| name.member == *one && name.items.end <= subject.items.start);
            let comma =
                named.and_then(|name| name.items.start.checked_sub(1)).filter(|comma| block.items[*comma].is_mark(','));
            let other = comma.and_then(|comma| comma.checked_sub(2)).is_some_and(|article| {
                block.items[article].is(ARTICLE | OWNING) && !block.items[article + 1].is(TITLE)
            });
            !(office && other)
        };
        let before = self.subject_before(block, subject.items.start).filter(fits);
        let about = about.filter(fits);
        let mut candidates = before.into_iter().chain(last).chain(about);
        candidates.find(|candidate| self.may_be(block, subject, *candidate))
    }

    /// "“It is late,” the Finn said", where no one is named before in the paragraph: who spoke in the paragraph before, or
    /// whom it was about.
    pub(in crate::extract::speech) fn varied_across(&self, block: &Block<'_>, subject: &NounPhrase) -> Option<usize> {
        self.varied_head(block, subject)?;
        if self.is_office_of_a_nation(block, subject) {
            return None;
        }
        if block.names.iter().any(|name| name.items.end <= subject.items.start) {
            return None;
        }
        let last = self.spoke_before(block, subject, 1);
        // "Ukraine's leader" is no one whose office does not say so, from another paragraph.
        let nation = subject.items.clone().any(|i| block.items[i].is(PLACE_NAME) && block.items[i].capital);
        let mut candidates = last.into_iter().chain(self.topic).filter(|_| !nation);
        candidates.find(|candidate| self.may_be(block, subject, *candidate))
    }

    /// Who spoke last, in one of the latest paragraphs. Whoever spoke within what follows the description is someone else.
    fn spoke_before(&self, block: &Block<'_>, subject: &NounPhrase, age: usize) -> Option<usize> {
        let at = block.bytes(subject.items.clone()).start;
        let earlier = |mention: &Range<usize>| mention.start < at;
        let last = self.last.as_ref().filter(|last| last.age <= age)?;
        last.member.filter(|_| last.speaker.mention.as_ref().is_none_or(earlier))
    }

    /// Whether a description is the office of a nation.
    fn is_office_of_a_nation(&self, block: &Block<'_>, subject: &NounPhrase) -> bool {
        let head = &block.items[subject.items.end - 1];
        let nation = |i: usize| {
            let word = block.text_of(i..i + 1).to_lowercase();
            let item = &block.items[i];
            item.is(PEOPLE | PLACE_NAME) || block.cues.noun_capitals && word.ends_with("sche") && !item.is(TITLE)
        };
        head.is(TITLE) && !head.is(PERSON) && (subject.items.start..subject.items.end - 1).any(nation)
    }

    /// The last item of a definite description of one person: "the Valley mayor", "Norway's leader".
    fn varied_head(&self, block: &Block<'_>, subject: &NounPhrase) -> Option<usize> {
        let items = &block.items;
        let first = &items[subject.items.start];
        let placed = first.is(PLACE_NAME)
            && items.get(subject.items.start + 1).is_some_and(|next| next.kind == ItemKind::Possessive);
        // "сказала женщина": where there are no articles.
        let small = subject.items.clone().all(|i| !items[i].capital);
        let bare = !block.cues.declension.is_none() && small;
        let definite = first.is(ARTICLE) && !first.is(FORMER) || placed;
        // "le premier ministre slovaque", "глава держави": the last word for a person.
        let person = |i: &usize| block.cues.is_person(&block.text_of(*i..*i + 1).to_lowercase());
        let last = subject.items.end.checked_sub(1)?;
        let behind = block.cues.inverts && !person(&last) || bare;
        let head = if behind { subject.items.clone().rev().find(person) } else { Some(last) };
        let head = head.filter(|head| definite && *head > subject.items.start || bare)?;
        let word = block.text_of(head..head + 1).to_lowercase();
        let kind = items[head].kind == ItemKind::Word && block.name_at(head).is_none();
        // "die Anwältin der Frau": somebody else's.
        let owned = block.cues.verb_second && items.get(subject.items.end).is_some_and(|next| next.is(DETERMINER));
        let one = kind
            && !owned
            && !items[head].is(HONORIFIC)
            && block.cues.is_person(&word)
            && (block.is_of_a_state(subject.items.end) || !block.is_of_a_place(subject.items.end));
        one.then_some(head)
    }

    /// Whom the sentence before an item is about, by name or by a pronoun, or else the only person whom it names.
    fn subject_before(&self, block: &Block<'_>, at: usize) -> Option<usize> {
        let before = block.sentence_before(at)?;
        let main = block.main_subject(before.clone(), &self.cast);
        match main.as_ref().map(|main| main.who) {
            Some(Who::Name(name)) => return Some(block.names[name].member),
            Some(Who::Titled(person)) => return self.cast.person(person),
            Some(Who::Pronoun(gender)) => {
                return self.antecedents(block, main.as_ref()?.items.start, gender).0;
            }
            _ => {}
        }
        let person =
            |number: &usize| self.cast.member(*number).sure && self.cast.member(*number).gender != Some(Gender::Neuter);
        let mut named = block.names.iter().filter(|name| before.contains(&name.items.start)).map(|name| name.member);
        let one = named.find(person)?;
        let mut others = named.filter(|other| *other != one && person(other));
        others.next().is_none().then_some(one)
    }

    /// Whether nothing that is known about a person speaks against a description.
    fn may_be(&self, block: &Block<'_>, subject: &NounPhrase, number: usize) -> bool {
        let items = &block.items[subject.items.clone()];
        let member = self.cast.member(number);
        let cues = block.cues;
        if !member.sure || member.gender == Some(Gender::Neuter) {
            return false;
        }
        let any = |class| items.iter().any(|item| item.is(class));
        let gender = if any(MALE_TITLE) {
            Some(Gender::Male)
        } else if any(FEMALE_TITLE) || cues.ends_female(&block.text[items[items.len() - 1].range.clone()]) {
            Some(Gender::Female)
        } else {
            None
        };
        if gender.is_some_and(|gender| member.gender.is_some_and(|known| known != gender)) {
            return false;
        }
        let role = member.role.as_deref().unwrap_or("").to_lowercase();
        let in_role = |word: &str| {
            role.split(|c: char| !c.is_alphanumeric()).any(|known| {
                let compound =
                    cues.noun_capitals && (same_noun(known, word) || word.ends_with(known) && known.len() > 3);
                known == word || compound || is_short_for(known, word) || is_nation_of(known, word)
            })
        };
        let lower = |i: usize| block.text[items[i].range.clone()].to_lowercase();
        // Another office than the one that the text gives, unless it is a former one or no office at all.
        let head = items.len() - 1;
        // "der CDU-Chef" may be the chancellor, too.
        let office = items[head].is(TITLE) && !items[head].is(PERSON) && !lower(head).contains('-');
        let own_office = role.split(' ').any(|word| cues.class(word) & TITLE != 0 && cues.class(word) & PERSON == 0);
        if office && own_office && !any(FORMER) && !in_role(&lower(head)) {
            return false;
        }
        // Another nation than the one of the office, or someone else's.
        let nations: Vec<String> =
            (0..items.len()).filter(|i| items[*i].is(PEOPLE | PLACE_NAME) && items[*i].capital).map(lower).collect();
        let own_nation = role.split(' ').any(|word| cues.class(word) & (PEOPLE | PLACE_NAME) != 0);
        let others = |word: &String| {
            self.cast.latest().filter(|other| *other != number).any(|other| {
                let role = self.cast.member(other).role.as_deref().unwrap_or("").to_lowercase();
                role.split(' ').any(|known| known == word)
            })
        };
        // "The French president" is no president whose office has no such nation.
        if office && own_office && !nations.is_empty() && !nations.iter().any(|nation| in_role(nation)) {
            return false;
        }
        !nations.iter().any(|nation| !in_role(nation) && (own_nation || others(nation))) && !any(OWNING)
    }
}

/// Whether one word is a country and the other its people: Ukraine, Ukrainian.
fn is_nation_of(one: &str, other: &str) -> bool {
    let (short, long) = if one.chars().count() <= other.chars().count() { (one, other) } else { (other, one) };
    let same = short.chars().zip(long.chars()).take_while(|(a, b)| a == b).count();
    let letters = short.chars().count();
    letters > 3 && same + usize::from(letters > 4) >= letters
}
