//! People who are described anew: "Ann Lee struck another note. The Valley mayor wrote …".

use crate::extract::speech::block::Block;
use crate::extract::speech::cues::{
    ARTICLE, DETERMINER, FEMALE_TITLE, FORMER, HONORIFIC, MALE_TITLE, OWNING, PEOPLE, PERSON, PLACE_NAME, TITLE,
};
use crate::extract::speech::item::ItemKind;
use crate::extract::speech::memory::Memory;
use crate::extract::speech::people::Gender;
use crate::extract::speech::phrase::{NounPhrase, Who};

impl Memory<'_> {
    /// The person whom a definite description means although nothing in it says so: whom the sentence before is about,
    /// or else who spoke before in the paragraph, if their office, their nation and their gender allow it.
    pub(in crate::extract::speech) fn varied(&self, block: &Block<'_>, subject: &NounPhrase) -> Option<usize> {
        let items = &block.items;
        let first = &items[subject.items.start];
        let definite = first.is(ARTICLE) && !first.is(FORMER);
        let head = subject.items.end.checked_sub(1).filter(|head| definite && *head > subject.items.start)?;
        let word = block.text_of(head..head + 1).to_lowercase();
        let kind = items[head].kind == ItemKind::Word && block.name_at(head).is_none();
        // "die Anwältin der Frau": somebody else's.
        let owned = block.cues.verb_second && items.get(subject.items.end).is_some_and(|next| next.is(DETERMINER));
        if !kind
            || owned
            || items[head].is(HONORIFIC)
            || !block.cues.is_person(&word)
            || block.is_of_a_place(subject.items.end)
        {
            return None;
        }
        let last = self.last.as_ref().filter(|last| last.age == 0).and_then(|last| last.member);
        let mut candidates = self.subject_before(block, subject.items.start).into_iter().chain(last);
        candidates.find(|candidate| self.may_be(block, subject, *candidate))
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
        let in_role = |word: &str| role.split(|c: char| !c.is_alphanumeric()).any(|known| known == word);
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
            (1..items.len()).filter(|i| items[*i].is(PEOPLE | PLACE_NAME) && items[*i].capital).map(lower).collect();
        let own_nation = role.split(' ').any(|word| cues.class(word) & (PEOPLE | PLACE_NAME) != 0);
        let others = |word: &String| {
            self.cast.latest().filter(|other| *other != number).any(|other| {
                let role = self.cast.member(other).role.as_deref().unwrap_or("").to_lowercase();
                role.split(' ').any(|known| known == word)
            })
        };
        !nations.iter().any(|nation| !in_role(nation) && (own_nation || others(nation))) && !any(OWNING)
    }
}
