//! Remembers who was mentioned and who spoke last, to turn phrases into speakers.

use std::ops::Range;

use crate::extract::speech::able::{Ability, ability, aged};
use crate::extract::speech::attribution::Confidence;
use crate::extract::speech::block::{Block, Name};
use crate::extract::speech::cast::Cast;
use crate::extract::speech::cues::{
    AGENT, AND, ARTICLE, AUXILIARY, CALLED, CONJUNCTION, CONTRAST, DOCUMENT, FEMALE_TITLE, FORMER, GENITIVE, HEARERS,
    MALE_TITLE, NEUTER, ORGANISATION, OWNING, PERSON, PLACE_NAME, PREPOSITION, RELATIVE, SAY, THAT, TITLE, TO, VERB,
    is_short_for, same_noun,
};
use crate::extract::speech::item::ItemKind;
use crate::extract::speech::people::Gender;
use crate::extract::speech::phrase::{NounPhrase, Who};
use crate::extract::speech::quoted::{How, Quoted, Speaker};

/// For how many paragraphs a speaker carries over.
const CARRY: usize = 2;

/// How many names are examined for a pronoun.
pub(in crate::extract::speech) const NAMES: usize = 8;

/// A speaker that can carry over.
#[derive(Debug, Clone)]
pub struct LastSpeaker {
    /// The speaker.
    pub speaker: Speaker,
    /// Their number in the cast, if they have one.
    pub member: Option<usize>,
    /// Whether the text before ended in a colon.
    pub announced: bool,
    /// How many paragraphs ago.
    pub age: usize,
}

/// Everyone named so far, and who spoke last.
#[derive(Debug)]
pub struct Memory<'p> {
    /// Everyone named so far.
    pub cast: Cast<'p>,
    /// Who spoke last.
    pub last: Option<LastSpeaker>,
    /// Whom the paragraph before is about: the last person who was the subject of a sentence in it.
    pub topic: Option<usize>,
    /// People without a name who have spoken, with the word for them: "a Valley diplomat".
    pub unnamed: Vec<(String, String)>,
}

/// The person that a phrase means.
#[derive(Debug, Clone, Default)]
pub struct ResolvedSpeaker {
    /// The person, if there is one.
    pub speaker: Option<Speaker>,
    /// Who else it may be.
    pub runner_up: Option<Speaker>,
    /// How certain it is.
    pub confidence: Confidence,
    /// Their number in the cast, if they have one.
    pub member: Option<usize>,
}

impl ResolvedSpeaker {
    /// The same, but not named next to the words.
    #[must_use]
    pub fn carried(self) -> ResolvedSpeaker {
        let speaker = self.speaker.map(|speaker| Speaker { how: How::Carried, ..speaker });
        ResolvedSpeaker { speaker, confidence: self.confidence.min(Confidence::Medium), ..self }
    }

    /// Makes this the speaker of some words.
    pub fn give(self, quoted: &mut Quoted) {
        quoted.speaker = self.speaker;
        quoted.runner_up = self.runner_up;
        quoted.confidence = self.confidence;
    }
}

impl Memory<'_> {
    /// Begins the next paragraph.
    pub fn grow_older(&mut self) {
        if let Some(last) = &mut self.last {
            last.age += 1;
        }
    }

    /// Whether the paragraph before ends in a colon, after whoever speaks in this one.
    pub fn is_announced(&self) -> bool {
        self.last.as_ref().is_some_and(|last| last.announced && last.age <= 1)
    }

    /// The speaker of the paragraphs before, for a paragraph that is only quotation.
    pub fn carried(&self) -> ResolvedSpeaker {
        let Some(last) = self.last.as_ref().filter(|last| last.age <= CARRY) else { return ResolvedSpeaker::default() };
        let confidence = if last.announced || last.age <= 1 { Confidence::Medium } else { Confidence::Low };
        let other = self.cast.latest().find(|number| Some(*number) != last.member);
        let runner_up = other.map(|number| self.member(number, None, How::Carried));
        ResolvedSpeaker {
            speaker: Some(Speaker { how: How::Carried, ..last.speaker.clone() }),
            runner_up,
            confidence,
            member: last.member,
        }
    }

    /// Finds the person that a phrase means.
    pub fn resolve(&mut self, block: &Block<'_>, subject: &NounPhrase, confidence: Confidence) -> ResolvedSpeaker {
        let mention = Some(block.bytes(subject.items.clone()));
        let one = |speaker, member| ResolvedSpeaker { speaker: Some(speaker), runner_up: None, confidence, member };
        match subject.who {
            Who::Name(name) => {
                let member = block.names[name].member;
                let speaker = self.member(member, mention, How::Named);
                // Several people in `speakers.toml` have this last name.
                let shared = self.cast.people().is_shared(&speaker.name);
                // One word with a capital may be a part of a name, or no name.
                let most = if self.cast.member(member).is_bare() { Confidence::Medium } else { Confidence::High };
                let confidence = if shared { Confidence::Low } else { confidence.min(most) };
                ResolvedSpeaker { confidence, ..one(speaker, Some(member)) }
            }
            Who::Titled(person) => {
                let member = self.cast.see_person(person);
                one(self.member(member, mention, How::Title), Some(member))
            }
            Who::Described => {
                if let Some(author) = self.author(block, subject) {
                    return self.resolve(block, &author, confidence.min(Confidence::Medium));
                }
                let name = block.text_of(subject.items.clone()).to_owned();
                // "The president", on a page that has named the US president of `speakers.toml`.
                let title = name.split_once(' ').map_or("", |(_, title)| title);
                let whole = !block.is_of_a_place(subject.items.end) || block.is_of_a_state(subject.items.end);
                if let Some(member) = self.cast.bearer(title).filter(|_| whole) {
                    let sure = confidence.min(Confidence::Medium);
                    return ResolvedSpeaker {
                        confidence: sure,
                        ..one(self.member(member, mention, How::Title), Some(member))
                    };
                }
                // "A Valley diplomat shrugged. “No,” the diplomat said": someone without a name.
                if let Some(name) = self.unnamed_before(block, subject).filter(|_| whole) {
                    let speaker = Speaker { name, role: None, mention, how: How::Title };
                    return ResolvedSpeaker { confidence: confidence.min(Confidence::Medium), ..one(speaker, None) };
                }
                // "Ann Lee has never liked it. The mayor of Ghent said": whoever was just named, without an office.
                let described = if whole {
                    self.described(block, subject)
                } else {
                    self.newly_named(block, subject).map(|member| (member, true))
                };
                if let Some((member, true)) = described {
                    let office = Speaker { name, role: None, mention: None, how: How::Title };
                    return ResolvedSpeaker {
                        confidence: confidence.min(Confidence::Medium),
                        runner_up: Some(office).filter(|_| !whole),
                        ..one(self.member(member, mention, How::Title), Some(member))
                    };
                }
                // "The mayor", "the union": probably the one who was named, for the reviewer to say.
                let likely = described.map(|(member, _)| self.member(member, None, How::Title));
                let name = self.with_its_place(block, subject).unwrap_or(name);
                self.note_unnamed(block, subject, &name);
                let confidence = match ability(block, subject) {
                    // "Her party": somebody's.
                    Ability::Speaks if block.items[subject.items.start].is(OWNING) => {
                        confidence.min(Confidence::Medium)
                    }
                    // "The Norwegian leader": someone whom the text may name elsewhere.
                    Ability::Speaks if is_certain_person(block, subject) => confidence.min(Confidence::Medium),
                    // "The company": one that the text may name elsewhere.
                    Ability::Speaks if is_definite(block, subject) => confidence.min(Confidence::Medium),
                    Ability::Speaks => confidence,
                    Ability::Unknown => confidence.min(Confidence::Medium),
                    Ability::Mute => Confidence::Low,
                };
                let speaker = Speaker { name, role: None, mention, how: How::Title };
                // "Ann Lee and Bo Holm": the reviewer may want a row for each.
                let several = subject.items.clone().any(|i| block.items[i].is(AND));
                match block.name_at(subject.items.start).filter(|_| several) {
                    Some(first) => ResolvedSpeaker {
                        confidence: confidence.min(Confidence::Medium),
                        runner_up: Some(self.member(block.names[first].member, None, How::Named)),
                        ..one(speaker, None)
                    },
                    None if likely.is_some() => ResolvedSpeaker {
                        confidence: confidence.min(Confidence::Medium),
                        runner_up: likely,
                        ..one(speaker, None)
                    },
                    None => ResolvedSpeaker { confidence, ..one(speaker, None) },
                }
            }
            Who::Nobody => {
                ResolvedSpeaker { confidence: confidence.min(Confidence::Medium), ..ResolvedSpeaker::default() }
            }
            Who::Pronoun(gender) => self.resolve_pronoun(block, subject, gender, confidence),
        }
    }

    /// Who wrote a document that speaks: "the ministry's decree", "a statement from Ann Lee". Of "the statement", it is
    /// whom the sentence before is about, if that has the word.
    fn author(&self, block: &Block<'_>, subject: &NounPhrase) -> Option<NounPhrase> {
        let items = &block.items;
        let head = subject.items.end.checked_sub(1).filter(|head| items[*head].is(DOCUMENT))?;
        let someone = |author: &NounPhrase| {
            author.who != Who::Nobody
                && author.items != subject.items
                && ability(block, author) != Ability::Mute
                && !author.items.clone().any(|i| items[i].is(DOCUMENT))
        };
        // "Its report said": whose it is.
        let start = subject.items.start;
        if items[start].is(OWNING) && items[start].is(NEUTER) && subject.items.len() == 2 {
            return Some(NounPhrase { items: start..start + 1, who: Who::Pronoun(Gender::Neuter) });
        }
        if let Some(owner) = subject.items.clone().rev().find(|i| items[*i].kind == ItemKind::Possessive) {
            return block.phrase_at(subject.items.start, owner, &self.cast).filter(someone);
        }
        let sentence = block.sentence(head);
        if items.get(head + 1).is_some_and(|next| next.is(AGENT | GENITIVE)) && head + 2 < sentence.end {
            return block.phrase_at(head + 2, sentence.end, &self.cast).filter(someone);
        }
        let definite = items[subject.items.start].is(ARTICLE) && !items[subject.items.start].is(FORMER);
        let word = block.text[items[head].range.clone()].to_lowercase();
        let before = block.sentence_before(head).filter(|_| definite && subject.items.len() == 2)?;
        let named = before.clone().any(|i| items[i].is(DOCUMENT) && block.text_of(i..i + 1).to_lowercase() == word);
        block.main_subject(before, &self.cast).filter(someone).filter(|_| named)
    }

    /// "The head of state", "the mayor of Ghent", "a spokesman for the mayor": a description together with its "of".
    fn with_its_place(&self, block: &Block<'_>, subject: &NounPhrase) -> Option<String> {
        let end = subject.clone().without_its_verb(block).items.end;
        let office = block.items[end - 1].is(TITLE);
        let genitive = block.items.get(end).is_some_and(|item| item.is(GENITIVE) || office && item.is(CALLED));
        // "A person close to the mayor", "an official briefed on the talks".
        let first = &block.items[subject.items.start];
        let word = |i: usize| block.items.get(i).is_some_and(|item| item.kind == ItemKind::Word && !item.capital);
        let joins = |i: usize| block.items.get(i).is_some_and(|item| item.is(PREPOSITION) && !item.is(TITLE));
        let near = first.is(ARTICLE)
            && first.is(FORMER)
            && block.cues.is_person(&block.text_of(end - 1..end).to_lowercase())
            && word(end)
            && !block.items[end].is(VERB | AUXILIARY | PREPOSITION | RELATIVE | CONJUNCTION)
            && joins(end + 1);
        // "an official at the ministry", "a man from Vell": whose, or from where, someone is.
        let person = block.cues.is_person(&block.text_of(end - 1..end).to_lowercase());
        let indefinite = first.is(ARTICLE) && first.is(FORMER) && person;
        let there =
            block.items.get(end).is_some_and(|item| item.is(PREPOSITION) && !item.is(TO | CONJUNCTION | GENITIVE));
        let end = if near { end + 1 } else { end };
        let place = block.phrase_at(end + 1, block.sentence(subject.items.start).end, &self.cast);
        let body = |place: &NounPhrase| {
            let named = place.items.clone().any(|i| block.name_at(i).is_some());
            indefinite && there && (named || block.items[place.items.end - 1].is(ORGANISATION))
        };
        let place = place.filter(|place| genitive || near || body(place))?;
        // "the Department of Homeland Security".
        let mut end = place.items.end;
        while block.is_of_a_place(end)
            && let Some(more) = block.phrase_at(end + 1, block.sentence(subject.items.start).end, &self.cast)
        {
            end = more.items.end;
        }
        Some(block.text_of(subject.items.start..end).to_owned())
    }

    fn resolve_pronoun(
        &mut self,
        block: &Block<'_>,
        subject: &NounPhrase,
        gender: Gender,
        confidence: Confidence,
    ) -> ResolvedSpeaker {
        let mention = Some(block.bytes(subject.items.clone()));
        // "A spokesman said … He added …", "The ministry said … It said …": someone without a name.
        if let Some(described) = self.own_description(block, subject.items.start, gender) {
            let resolved = self.resolve(block, &described, confidence.min(Confidence::Medium));
            return ResolvedSpeaker { confidence: confidence.min(Confidence::Medium), ..resolved };
        }
        // "The president was asked. “…,” he said", "When a reporter asked, he nodded. “…,” he said": whom the sentence
        // before is about, and not a person without a name who spoke before.
        if let Some(before) = self.about_before(block, subject.items.start, gender) {
            let resolved = self.resolve(block, &before, confidence.min(Confidence::Medium));
            return ResolvedSpeaker { confidence: confidence.min(Confidence::Medium), ..resolved };
        }
        if let Some(last) = self.described_before(gender).filter(|_| !self.named_since(block, subject.items.start)) {
            return ResolvedSpeaker {
                speaker: Some(Speaker { mention, how: How::Pronoun, ..last }),
                runner_up: self
                    .antecedents(block, subject.items.start, gender)
                    .0
                    .map(|number| self.member(number, None, How::Pronoun)),
                confidence: confidence.min(Confidence::Medium),
                member: None,
            };
        }
        // "The ministry has put out a statement. It rejects …": the body that the sentence before is about.
        if gender == Gender::Neuter
            && let Some(before) = block.sentence_before(subject.items.start)
            && let Some(main) = block.main_subject(before, &self.cast).filter(|main| main.who == Who::Described)
            && is_body(block, &main)
            && (!main.items.clone().any(|i| block.name_at(i).is_some()) || owned(block, &main))
        {
            let resolved = self.resolve(block, &main, confidence.min(Confidence::Medium));
            return ResolvedSpeaker { confidence: confidence.min(Confidence::Medium), ..resolved };
        }
        // "The ministers met on Friday. They agreed that": those whom the sentence before is about.
        if gender == Gender::Plural
            && let Some(before) = block.sentence_before(subject.items.start)
            && let Some(main) = block.main_subject(before, &self.cast).filter(|main| main.who == Who::Described)
            && is_several(block, &main)
        {
            let resolved = self.resolve(block, &main, confidence.min(Confidence::Medium));
            return ResolvedSpeaker { confidence: confidence.min(Confidence::Medium), ..resolved };
        }
        // "One father disagreed. “No,” he said": the one whom the sentence before is about, if it names no one else.
        if self.speaks_of_one(block, subject.items.start, gender)
            && let Some(main) = self.described_in_sentence_before(block, subject.items.start, gender)
        {
            let resolved = self.resolve(block, &main, confidence.min(Confidence::Medium));
            let other = self.antecedents(block, subject.items.start, gender).0;
            let other = other.filter(|other| resolved.member != Some(*other));
            let runner_up = resolved.runner_up.or(other.map(|other| self.member(other, None, How::Pronoun)));
            return ResolvedSpeaker { confidence: confidence.min(Confidence::Medium), runner_up, ..resolved };
        }
        let (first, second) = self.antecedents(block, subject.items.start, gender);
        // "“I can't,” she said. Ann Lee sat down": whom the paragraph names behind the pronoun, if it is only one.
        if first.is_none()
            && let Some(behind) = self.named_later(block, subject.items.end, gender)
        {
            return ResolvedSpeaker {
                speaker: Some(self.member(behind, mention, How::Pronoun)),
                runner_up: None,
                confidence: Confidence::Low,
                member: Some(behind),
            };
        }
        if first.is_none()
            && let Some(main) = self.described_in_sentence_before(block, subject.items.start, gender)
        {
            let resolved = self.resolve(block, &main, confidence.min(Confidence::Medium));
            return ResolvedSpeaker { confidence: confidence.min(Confidence::Medium), ..resolved };
        }
        if let Some(first) = first.filter(|_| matches!(gender, Gender::Male | Gender::Female)) {
            self.cast.suppose(first, gender);
        }
        let named = |number| self.member(number, mention.clone(), How::Pronoun);
        let speaker = first.map_or_else(
            || {
                let name = block.text_of(subject.items.clone()).to_owned();
                Speaker { name, role: None, mention: mention.clone(), how: How::Pronoun }
            },
            named,
        );
        let runner_up = second.map(named);
        ResolvedSpeaker {
            speaker: Some(speaker),
            runner_up,
            confidence: confidence.min(Confidence::Medium),
            member: first,
        }
    }

    /// Whom the sentence before a pronoun is about, by another description than the last speaker's or by the same pronoun,
    /// if the last speaker is someone without a name.
    fn about_before(&self, block: &Block<'_>, at: usize, gender: Gender) -> Option<NounPhrase> {
        let last = self.described_before(gender).filter(|_| matches!(gender, Gender::Male | Gender::Female))?;
        let main = block.main_subject(block.sentence_before(at)?, &self.cast)?;
        match main.who {
            Who::Pronoun(own) if own == gender => {
                // Only if that sentence names the last speaker in another clause.
                let sentence = block.bytes(block.sentence(main.items.start));
                let mention = last.mention.as_ref().filter(|mention| sentence.contains(&mention.start))?;
                (mention.start < block.items[main.items.start].range.start).then_some(main)
            }
            Who::Described => {
                let main = self.described_in_sentence_before(block, at, gender)?;
                let other = !block.text_of(main.items.clone()).eq_ignore_ascii_case(&last.name);
                (other && self.speaks_of_one(block, at, gender)).then_some(main)
            }
            _ => None,
        }
    }

    /// Whether the sentence before an item, in its paragraph, is about someone named.
    fn named_since(&self, block: &Block<'_>, at: usize) -> bool {
        let main = block.sentence_before(at).and_then(|sentence| block.main_subject(sentence, &self.cast));
        let person = |name: usize| {
            let member = self.cast.member(block.names[name].member);
            block.names[name].items.len() > 1 || member.sure && member.name.contains(' ')
        };
        match main.map(|main| (main.who, main)) {
            Some((Who::Name(name), _)) => person(name),
            Some((Who::Described, main)) => {
                let name = main.items.clone().find_map(|i| block.name_at(i));
                name.is_some_and(|name| block.names[name].items.len() > 1)
            }
            _ => false,
        }
    }

    /// The last speaker, if it is someone without a name whom the pronoun may mean, and no one was named since.
    fn described_before(&self, gender: Gender) -> Option<Speaker> {
        let last = self.last.as_ref().filter(|last| last.age <= 1 && last.member.is_none())?;
        let speaker = last.speaker.clone();
        if speaker.how != How::Title && speaker.how != How::Pronoun {
            return None;
        }
        let cues = self.cast.cues();
        let words: Vec<String> = speaker.name.split_whitespace().map(str::to_lowercase).collect();
        let any = |class| words.iter().any(|word| cues.class(word) & class != 0);
        // "Briefe von Mitarbeitern": the head comes before "of".
        let of = words.iter().position(|word| cues.class(word) & GENITIVE != 0 && cues.class(word) & ARTICLE == 0);
        let head = words.get(of.unwrap_or(words.len()).checked_sub(1)?)?;
        let person = cues.class(head) & TITLE != 0 || cues.is_person(head);
        let plural =
            head.ends_with('s') && cues.class(&head[..head.len() - 1]) & TITLE != 0 || words.len() > 1 && any(AND);
        let fits = match gender {
            Gender::Neuter => any(ORGANISATION) && !plural,
            Gender::Plural => plural || any(HEARERS | ORGANISATION) || words.len() == 1 && head.ends_with('s'),
            Gender::Male => person && !any(FEMALE_TITLE) && !plural && (!cues.marks_women() || !cues.ends_female(head)),
            Gender::Female => person && !any(MALE_TITLE) && !plural && (!cues.marks_women() || cues.ends_female(head)),
        };
        fits.then_some(speaker)
    }

    /// The person or body named before whom a description means, and whether it is sure: "the 54-year-old" and "the
    /// Kremlin spokesman" are, "the spokesman" and "the alliance" only probably.
    fn described(&self, block: &Block<'_>, subject: &NounPhrase) -> Option<(usize, bool)> {
        let items = &block.items[subject.items.clone()];
        let definite = items.first().is_some_and(|first| {
            first.is(ARTICLE) && block.cues.class(&block.text[first.range.clone()].to_lowercase()) & FORMER == 0
                || first.is(PLACE_NAME) && items.get(1).is_some_and(|next| next.kind == ItemKind::Possessive)
        });
        // Where there are no articles, one word in small letters may be as certain.
        if !self.cast.cues().declension.is_none() && items.iter().all(|item| !item.capital) {
            return self.varied(block, subject).or_else(|| self.varied_across(block, subject)).map(|one| (one, true));
        }
        if !definite || items.len() < 2 {
            return None;
        }
        let head = subject.items.end - 1;
        let spoke = self.last.as_ref().filter(|last| last.age <= 2).and_then(|last| last.member);
        let person = |number: &usize| {
            let member = self.cast.member(*number);
            member.sure && member.gender != Some(Gender::Neuter)
        };
        if aged(block, head) {
            let here = self.paragraph_subject(block, subject.items.start).filter(person);
            let last = || spoke.filter(person).or_else(|| self.cast.latest().find(person));
            return here.or_else(last).map(|member| (member, true));
        }
        let head_word = block.text[block.items[head].range.clone()].to_lowercase();
        // An office that the text gave with exactly one name.
        let has_office = |number: &usize| {
            let role = self.cast.member(*number).role.as_deref().unwrap_or("").to_lowercase();
            let mut words = role.split(|c: char| !c.is_alphanumeric() && c != '-');
            // "Der Minister" is the Verkehrsminister.
            let same = |word: &str| {
                word == head_word
                    || block.cues.noun_capitals && same_noun(word, &head_word)
                    || is_short_for(word, &head_word)
            };
            block.items[head].is(TITLE | PERSON) && words.any(same)
        };
        let fitting: Vec<usize> = self.cast.latest().filter(person).filter(has_office).take(2).collect();
        let here = |number: usize| block.names.iter().any(|name| name.member == number);
        // "Volodymyr Zelensky? “It is late,” the president said", although the text calls someone else a president.
        let varied = self.varied(block, subject);
        let role_of = |one: usize| self.cast.member(one).role.as_deref().unwrap_or("").to_lowercase();
        let told = |one: usize| {
            let mut more = subject.items.start + 1..head;
            !more.is_empty()
                && more.all(|i| role_of(one).contains(&block.text[block.items[i].range.clone()].to_lowercase()))
        };
        let other = |one: usize| fitting.iter().any(|other| *other != one && (here(*other) || told(*other)));
        if let Some(one) = varied.filter(|one| !other(*one)) {
            return Some((one, true));
        }
        if let [one] = fitting.as_slice() {
            let role = self.cast.member(*one).role.as_deref().unwrap_or("").to_lowercase();
            let more = subject.items.start + 1..head;
            let known = |i: usize| role.contains(&block.text[block.items[i].range.clone()].to_lowercase());
            return Some((*one, more.into_iter().all(known)));
        }
        if fitting.is_empty()
            && let Some(one) = self.newly_named(block, subject).or_else(|| self.varied_across(block, subject))
        {
            return Some((one, true));
        }
        // "The alliance said": the organisation that spoke just before.
        let body = |number: &usize| self.cast.member(*number).gender == Some(Gender::Neuter);
        if block.items[head].is(ORGANISATION) && items.len() == 2 {
            return spoke.filter(body).map(|member| (member, false));
        }
        None
    }

    /// "Ann Lee rose late. “It is time,” the finance minister said": the one whom the sentence before is about, in full
    /// and without an office, while the description has no name of its own.
    fn newly_named(&self, block: &Block<'_>, subject: &NounPhrase) -> Option<usize> {
        let items = &block.items;
        let office = items[subject.items.end - 1].is(TITLE);
        let more = subject.items.start + 1..subject.items.end;
        let plain = |i: usize| items[i].kind == ItemKind::Word && !items[i].capital && !items[i].is(FORMER);
        if !office || !more.into_iter().all(plain) {
            return None;
        }
        let before = block.sentence_before(subject.items.start)?;
        let Who::Name(name) = block.main_subject(before, &self.cast)?.who else { return None };
        let name = &block.names[name];
        let member = self.cast.member(name.member);
        let person = member.sure && member.gender != Some(Gender::Neuter) && member.role.is_none();
        (person && name.items.len() > 1).then_some(name.member)
    }

    /// The last person by name whom a sentence before an item is about, in its paragraph.
    pub(in crate::extract::speech) fn paragraph_subject(&self, block: &Block<'_>, at: usize) -> Option<usize> {
        const SENTENCES: usize = 4;
        let mut before = block.sentence_before(at);
        for _ in 0..SENTENCES {
            let sentence = before?;
            if let Some(Who::Name(name)) = block.main_subject(sentence.clone(), &self.cast).map(|main| main.who) {
                let number = block.names[name].member;
                let member = self.cast.member(number);
                if member.sure && member.gender != Some(Gender::Neuter) {
                    return Some(number);
                }
            }
            before = block.sentence_before(sentence.start).filter(|before| before.start < sentence.start);
        }
        None
    }

    /// The person that a pronoun means, and who else it may mean: the last speaker, then the last person
    /// named.
    pub(in crate::extract::speech) fn antecedents(
        &self,
        block: &Block<'_>,
        at: usize,
        gender: Gender,
    ) -> (Option<usize>, Option<usize>) {
        let spoke = self.last.as_ref().filter(|last| last.age <= 1).and_then(|last| last.member);
        let fits = |number: &usize| match (self.cast.member(*number).gender, gender) {
            (Some(known), wanted) => known == wanted,
            (None, Gender::Male | Gender::Female) => self.cast.member(*number).sure || spoke == Some(*number),
            (None, Gender::Plural) => true,
            (None, Gender::Neuter) => false,
        };
        let mut order: Vec<usize> = Vec::new();
        let behind = block.names.partition_point(|name| name.items.end <= at);
        // The subject of the previous sentence in the same paragraph.
        let main_before = block.sentence_before(at).and_then(|sentence| {
            let main = block.main_subject(sentence.clone(), &self.cast)?;
            // "Her successor, Ann Lee, resigned. “…,” she said": the name.
            Some(block.named_apposition(&main, sentence.end, &self.cast).unwrap_or(main))
        });
        let subject = main_before.and_then(|phrase| match phrase.who {
            Who::Name(name) => Some(block.names[name].member),
            Who::Titled(person) => self.cast.person(person),
            // "A Valley Board note is blunter. It reads": the body within the phrase.
            Who::Described if gender == Gender::Neuter && !owned(block, &phrase) => {
                let mut within = phrase.items.clone().filter_map(|i| block.name_at(i));
                within
                    .find(|name| self.cast.member(block.names[*name].member).gender == Some(Gender::Neuter))
                    .map(|name| block.names[name].member)
            }
            // "X's ties with Y are old. He …": X.
            _ => {
                let name = phrase.items.clone().find_map(|i| block.name_at(i)).map(|name| &block.names[name]);
                let owns = |name: &&Name| {
                    let next = block.items.get(name.items.end);
                    // "Ann Lee sneered. She …": an unknown verb behind a full name.
                    let verb = name.items.len() > 1
                        && name.items.end + 1 == phrase.items.end
                        && next.is_some_and(|next| next.class == 0 && !next.capital);
                    verb || next.is_some_and(|next| next.kind == ItemKind::Possessive)
                };
                // "X's mother is ill. She …": X's mother.
                let head = phrase.clone().without_its_verb(block).items.end - 1;
                let relative = block.cues.is_person(&block.text_of(head..head + 1).to_lowercase());
                name.filter(owns).filter(|_| !relative).map(|name| name.member)
            }
        });
        // "Ann Lee is less hopeful: on Monday she wrote …": whom the sentence itself is about, but not in "Lee must go, she
        // said".
        let is = |i: Option<usize>, class| i.and_then(|i| block.items.get(i)).is_some_and(|item| item.is(class));
        let parted = |i: Option<usize>| i.is_some_and(|i| block.items[i].is_mark(','));
        let tag = is(at.checked_sub(1), SAY) && parted(at.checked_sub(2))
            || is(Some(at + 1), SAY) && parted(at.checked_sub(1)) && !block.cues.verb_second;
        let colon = || (block.sentence(at).start..at).any(|i| block.items[i].is_mark(':'));
        let main = if tag && !colon() { None } else { block.main_subject(block.sentence(at).start..at, &self.cast) };
        let own = main.as_ref().and_then(|phrase| match phrase.who {
            Who::Name(name) if block.names[name].items.len() > 1 => Some(block.names[name].member),
            _ => None,
        });
        // "It comes after Ann Lee met Bo Holm, where she said": whom the clause after the conjunction is about.
        let impersonal = main.is_some_and(|main| matches!(main.who, Who::Pronoun(Gender::Neuter) | Who::Nobody));
        let clause = (block.sentence(at).start..at)
            .filter(|_| impersonal)
            .find(|i| block.items[*i].is(CONJUNCTION) && !block.items[*i].is(AND | CONTRAST | THAT));
        let clause = clause.and_then(|after| block.phrase_at(after + 1, at, &self.cast)).and_then(|it| match it.who {
            Who::Name(name) => Some(block.names[name].member),
            Who::Titled(person) => self.cast.person(person),
            _ => None,
        });
        let own = own.or(clause);
        // "Putin, he told them, wants it. “It is late,” he said": who said the sentence before, and not whom it is about.
        let told = self.last.as_ref().filter(|last| last.age == 0).and_then(|last| {
            let before = block.bytes(block.sentence_before(at)?);
            let mention = last.speaker.mention.as_ref()?;
            last.member.filter(|_| before.contains(&mention.start))
        });
        order.extend(own);
        order.extend(told);
        order.extend(subject);
        order.extend(spoke.filter(|_| self.last.as_ref().is_some_and(|last| last.age == 0)));
        let about = self.paragraph_subject(block, at);
        order.extend(about);
        let introduced = self.introduced(block, at, |number| fits(&number));
        order.extend(introduced);
        order.extend(spoke);
        order.extend(self.topic);
        order.extend(block.names[..behind].iter().rev().take(NAMES).map(|name| name.member));
        // Names after the pronoun have been seen, too.
        let here: Vec<usize> = block.names[behind..].iter().take(4 * NAMES).map(|name| name.member).collect();
        order.extend(self.cast.latest().filter(|number| !here.contains(number)));
        let mut fitting: Vec<usize> = Vec::new();
        for number in order {
            // "Baltmarine did not respond. It had said …".
            let body = subject == Some(number) && self.cast.member(number).gender.is_none();
            // "Brand raised his voice. “…,” he said": a last name that only begins its sentence.
            let bare = subject == Some(number)
                && self.cast.member(number).gender.is_none()
                && matches!(gender, Gender::Male | Gender::Female);
            if (fits(&number) || body && gender == Gender::Neuter || bare) && !fitting.contains(&number) {
                fitting.push(number);
            }
        }
        // People with this pronoun come before people who may have it, unless one of the latter was the
        // speaker.
        fitting.sort_by_key(|number| {
            let member = self.cast.member(*number);
            let near = [own, spoke, subject, about, introduced, self.topic].contains(&Some(*number));
            (member.supposed.is_some_and(|other| other != gender), member.gender != Some(gender) && !near)
        });
        (fitting.first().copied(), fitting.get(1).copied())
    }

    /// The speaker that a member is.
    fn member(&self, number: usize, mention: Option<Range<usize>>, how: How) -> Speaker {
        let member = self.cast.member(number);
        Speaker { name: member.name.clone(), role: member.role.clone(), mention, how }
    }

    /// Remembers who spoke last.
    pub fn remember(&mut self, resolved: &ResolvedSpeaker) {
        if let Some(speaker) = &resolved.speaker {
            self.last =
                Some(LastSpeaker { speaker: speaker.clone(), member: resolved.member, announced: false, age: 0 });
        }
    }
}

/// Whether a phrase begins with "the", and has no name.
fn is_definite(block: &Block<'_>, phrase: &NounPhrase) -> bool {
    let first = &block.items[phrase.items.start];
    // Where there are no articles, any description may be of one certain person.
    let definite = first.is(ARTICLE) && !first.is(FORMER) || !block.cues.declension.is_none();
    definite && !phrase.items.clone().any(|i| block.name_at(i).is_some())
}

/// Whether a phrase is for a body, and neither a person nor a thing: "the ministry", "the operator" with "it".
fn is_body(block: &Block<'_>, phrase: &NounPhrase) -> bool {
    let (first, head) = (&block.items[phrase.items.start], phrase.items.end - 1);
    let definite = first.is(ARTICLE) && !first.is(FORMER) && phrase.items.len() == 2;
    let thing = block.items[head].is(DOCUMENT) || ability(block, phrase) == Ability::Mute;
    let unknown = block.items[head].class == 0 && !block.items[head].capital;
    block.items[head].is(ORGANISATION) || definite && !thing && (unknown || block.items[head].is(TITLE | PERSON))
}

/// Whether a phrase is for several people: "the ministers", "residents".
fn is_several(block: &Block<'_>, phrase: &NounPhrase) -> bool {
    let head = block.text_of(phrase.items.end - 1..phrase.items.end).to_lowercase();
    let several = head.strip_suffix('s').is_some_and(|one| block.cues.is_person(one));
    several && !block.cues.verb_second && !block.cues.inverts && ability(block, phrase) != Ability::Mute
}

/// Whether a phrase is for one certain person, without a name: "the Norwegian leader", "Norway's leader".
pub(in crate::extract::speech) fn is_certain_person(block: &Block<'_>, phrase: &NounPhrase) -> bool {
    let first = &block.items[phrase.items.start];
    let head = phrase.items.end - 1;
    let definite = first.is(ARTICLE) && !first.is(FORMER) || owned(block, phrase);
    definite && phrase.items.len() > 1 && block.cues.is_person(&block.text_of(head..head + 1).to_lowercase())
}

/// Whether a phrase belongs to someone: the ministry's note.
fn owned(block: &Block<'_>, phrase: &NounPhrase) -> bool {
    phrase.items.clone().any(|i| block.items[i].kind == ItemKind::Possessive)
}
