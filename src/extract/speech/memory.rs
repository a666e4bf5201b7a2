//! Remembers who was mentioned and who spoke last, to turn phrases into speakers.

use std::ops::Range;

use crate::extract::speech::able::{Ability, ability, aged};
use crate::extract::speech::attribution::Confidence;
use crate::extract::speech::block::{Block, Name};
use crate::extract::speech::cast::Cast;
use crate::extract::speech::cues::{
    AND, ARTICLE, FEMALE_TITLE, FORMER, GENITIVE, HEARERS, MALE_TITLE, ORGANISATION, TITLE,
};
use crate::extract::speech::item::ItemKind;
use crate::extract::speech::people::Gender;
use crate::extract::speech::phrase::{NounPhrase, Who};
use crate::extract::speech::quoted::{How, Quoted, Speaker};

/// For how many paragraphs a speaker carries over.
const CARRY: usize = 2;

/// How many names are examined for a pronoun.
const NAMES: usize = 8;

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
                let confidence = if shared { Confidence::Low } else { confidence };
                ResolvedSpeaker { confidence, ..one(speaker, Some(member)) }
            }
            Who::Titled(person) => {
                let member = self.cast.see_person(person);
                one(self.member(member, mention, How::Title), Some(member))
            }
            Who::Described => {
                let name = block.text_of(subject.items.clone()).to_owned();
                // "The president", on a page that has named the US president of `speakers.toml`.
                let title = name.split_once(' ').map_or("", |(_, title)| title);
                let whole = !block.is_of_a_place(subject.items.end);
                if let Some(member) = self.cast.bearer(title).filter(|_| whole) {
                    let sure = confidence.min(Confidence::Medium);
                    return ResolvedSpeaker {
                        confidence: sure,
                        ..one(self.member(member, mention, How::Title), Some(member))
                    };
                }
                let described = self.described(block, subject).filter(|_| whole);
                if let Some((member, true)) = described {
                    return ResolvedSpeaker {
                        confidence: confidence.min(Confidence::Medium),
                        ..one(self.member(member, mention, How::Title), Some(member))
                    };
                }
                // "The mayor", "the union": probably the one who was named, for the reviewer to say.
                let likely = described.map(|(member, _)| self.member(member, None, How::Title));
                let name = self.with_its_place(block, subject).unwrap_or(name);
                let confidence = match ability(block, subject) {
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

    /// "The head of state", "the mayor of Ghent": a description together with its "of".
    fn with_its_place(&self, block: &Block<'_>, subject: &NounPhrase) -> Option<String> {
        let end = subject.items.end;
        let genitive = block.items.get(end).is_some_and(|item| item.is(GENITIVE));
        let place =
            block.phrase_at(end + 1, block.sentence(subject.items.start).end, &self.cast).filter(|_| genitive)?;
        Some(block.text_of(subject.items.start..place.items.end).to_owned())
    }

    fn resolve_pronoun(
        &self,
        block: &Block<'_>,
        subject: &NounPhrase,
        gender: Gender,
        confidence: Confidence,
    ) -> ResolvedSpeaker {
        let mention = Some(block.bytes(subject.items.clone()));
        // "A spokesman said … He added …", "The ministry said … It said …": someone without a name.
        if let Some(last) = self.described_before(gender) {
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
        let (first, second) = self.antecedents(block, subject.items.start, gender);
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
        let head = words.last()?;
        let plural =
            head.ends_with('s') && cues.class(&head[..head.len() - 1]) & TITLE != 0 || words.len() > 1 && any(AND);
        let fits = match gender {
            Gender::Neuter => any(ORGANISATION) && !plural,
            Gender::Plural => plural || any(HEARERS),
            Gender::Male => any(TITLE) && !any(FEMALE_TITLE) && !plural,
            Gender::Female => any(TITLE) && !any(MALE_TITLE) && !plural,
        };
        fits.then_some(speaker)
    }

    /// The person or body named before whom a description means, and whether it is sure: "the 54-year-old" and "the
    /// Kremlin spokesman" are, "the spokesman" and "the alliance" only probably.
    fn described(&self, block: &Block<'_>, subject: &NounPhrase) -> Option<(usize, bool)> {
        let items = &block.items[subject.items.clone()];
        let definite = items.first().is_some_and(|first| {
            first.is(ARTICLE) && block.cues.class(&block.text[first.range.clone()].to_lowercase()) & FORMER == 0
        });
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
            return spoke.filter(person).or_else(|| self.cast.latest().find(person)).map(|member| (member, true));
        }
        let head_word = block.text[block.items[head].range.clone()].to_lowercase();
        // An office that the text gave with exactly one name.
        let has_office = |number: &usize| {
            let role = self.cast.member(*number).role.as_deref().unwrap_or("").to_lowercase();
            let mut words = role.split(|c: char| !c.is_alphanumeric() && c != '-');
            block.items[head].is(TITLE) && words.any(|word| word == head_word)
        };
        let fitting: Vec<usize> = self.cast.latest().filter(person).filter(has_office).take(2).collect();
        if let [one] = fitting.as_slice() {
            let role = self.cast.member(*one).role.as_deref().unwrap_or("").to_lowercase();
            let more = subject.items.start + 1..head;
            let known = |i: usize| role.contains(&block.text[block.items[i].range.clone()].to_lowercase());
            return Some((*one, !more.is_empty() && more.into_iter().all(known)));
        }
        // "The alliance said": the organisation that spoke just before.
        let body = |number: &usize| self.cast.member(*number).gender == Some(Gender::Neuter);
        if block.items[head].is(ORGANISATION) && items.len() == 2 {
            return spoke.filter(body).map(|member| (member, false));
        }
        None
    }

    /// The person that a pronoun means, and who else it may mean: the last speaker, then the last person
    /// named.
    fn antecedents(&self, block: &Block<'_>, at: usize, gender: Gender) -> (Option<usize>, Option<usize>) {
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
        let subject = block.sentence_before(at).and_then(|sentence| block.main_subject(sentence, &self.cast)).and_then(
            |phrase| match phrase.who {
                Who::Name(name) => Some(block.names[name].member),
                Who::Titled(person) => self.cast.person(person),
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
                    name.filter(owns).map(|name| name.member)
                }
            },
        );
        order.extend(subject);
        order.extend(spoke);
        order.extend(block.names[..behind].iter().rev().take(NAMES).map(|name| name.member));
        // Names after the pronoun have been seen, too.
        let here: Vec<usize> = block.names[behind..].iter().take(4 * NAMES).map(|name| name.member).collect();
        order.extend(self.cast.latest().filter(|number| !here.contains(number)));
        let mut fitting: Vec<usize> = Vec::new();
        for number in order {
            // "Baltmarine did not respond. It had said …".
            let body = gender == Gender::Neuter && subject == Some(number) && self.cast.member(number).gender.is_none();
            if (fits(&number) || body) && !fitting.contains(&number) {
                fitting.push(number);
            }
        }
        // People with this pronoun come before people who may have it, unless one of the latter was the
        // speaker.
        fitting.sort_by_key(|number| {
            self.cast.member(*number).gender != Some(gender) && spoke != Some(*number) && subject != Some(*number)
        });
        (fitting.first().copied(), fitting.get(1).copied())
    }

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
