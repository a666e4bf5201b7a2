//! Noun phrases, and the subject of a verb.
//!
//! There is no full parsing. A phrase continues up to the next word that cannot be in it. The subject of
//! a verb is the phrase at the beginning of its clause, whatever may come between.

use std::ops::Range;

use crate::extract::speech::block::Block;
use crate::extract::speech::cast::Cast;
use crate::extract::speech::cues::*;
use crate::extract::speech::item::{BlockItem, ItemKind};
use crate::extract::speech::people::Gender;

/// The person that a phrase means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Someone named, by the number of the name in the block.
    Name(usize),
    /// A person of `speakers.toml`, by a title.
    Titled(usize),
    /// Someone described: a spokesman.
    Described,
    /// He, she, they, it.
    Pronoun(Gender),
    /// I, you: no one with a name.
    Nobody,
}

/// A noun phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NounPhrase {
    /// Its items, without anything after it that depends on it: of …, who ….
    pub items: Range<usize>,
    /// The person it means.
    pub who: Who,
}

impl NounPhrase {
    /// "Ann Lee's mother disagrees": the phrase up to the last word for a person, if one word in small letters that nothing
    /// is known about follows. It may be the verb.
    pub fn without_its_verb(self, block: &Block<'_>) -> NounPhrase {
        let last = self.items.end - 1;
        let is_person = |i: usize| block.cues.is_person(&block.text_of(i..i + 1).to_lowercase());
        let item = &block.items[last];
        let unknown = item.kind == ItemKind::Word && item.class == 0 && !item.capital;
        if self.items.len() > 2 && unknown && !is_person(last) && is_person(last - 1) {
            return NounPhrase { items: self.items.start..last, ..self };
        }
        self
    }
}

/// How many items may be between a subject and its verb.
const CLAUSE: usize = 45;

/// How many items a phrase may have.
const PHRASE: usize = 40;

impl Block<'_> {
    /// The noun phrase that begins at an item.
    pub fn phrase_at(&self, start: usize, limit: usize, cast: &Cast<'_>) -> Option<NounPhrase> {
        let mut start = start;
        while start < limit
            && self.items[start].is(ADVERB)
            && !self.items[start].is(DETERMINER)
            && self.name_at(start).is_none()
        {
            start += 1;
        }
        // "A week ago the leader said": the time is not the speaker.
        let next = self.items.get(start + 1).filter(|_| start + 1 < limit);
        if self.items.get(start).is_some_and(|first| first.is(DETERMINER)) && next.is_some_and(|next| next.is(TIME)) {
            return self.phrase_at(start + 2, limit, cast);
        }
        let first = self.items.get(start).filter(|_| start < limit)?;
        if first.is(SUBJECT) && !first.is(RELATIVE) {
            return Some(NounPhrase { items: start..start + 1, who: pronoun(first.class) });
        }
        let end = self.core_end(start, limit);
        // A verb, an article or a time alone is not a person: "came after the minister said", "hours
        // after".
        let alone = end == start + 1;
        if alone && first.is(TIME) && !first.is(PEOPLE) && self.name_at(start).is_none() {
            return None;
        }
        let verb = alone
            && !first.capital
            && (first.is(OTHER_VERB) || first.is(VERB) && first.is(FINITE) && !first.is(BASE | TITLE | PEOPLE));
        (end > start && !verb && !(alone && first.is(ARTICLE)))
            .then(|| NounPhrase { items: start..end, who: self.meant(start..end, cast) })
    }

    fn core_end(&self, start: usize, limit: usize) -> usize {
        let items = &self.items;
        let limit = limit.min(start + PHRASE);
        let mut at = start;
        while at < limit {
            if let Some(name) = self.name_at(at) {
                at = self.names[name].items.end;
                continue;
            }
            let item = &items[at];
            let before = if at > start { Some(&items[at - 1]) } else { None };
            // "the tall, 71-year-old diplomat".
            let adjectives = item.is_mark(',')
                && at == start + 2
                && items[start].is(DETERMINER)
                && items.get(at + 1).is_some_and(|next| {
                    // "the president, 78, told".
                    let age = self.text[next.range.clone()].chars().all(|c| c.is_ascii_digit());
                    let word = matches!(next.kind, ItemKind::Word | ItemKind::Number);
                    word && !age && !next.capital && !next.is(COMMON | VERB)
                });
            if adjectives && at + 2 < limit {
                at += 2;
                continue;
            }
            // "Staats- und Regierungschefs".
            let half = self.cues.noun_capitals
                && item.is_mark('-')
                && at > start
                && items.get(at + 1).is_some_and(|next| next.is(AND))
                && items.get(at + 2).is_some_and(|next| next.capital);
            if half && at + 2 < limit {
                at += 2;
                continue;
            }
            let goes_on = match item.kind {
                ItemKind::Number | ItemKind::Possessive => true,
                ItemKind::Quoted(_) => false,
                ItemKind::Mark(mark) => matches!(mark, '&' | '/' | '@' | '#' | '$' | '%'),
                ItemKind::Word => match before {
                    None => {
                        !item.is(PREPOSITION | CONJUNCTION | RELATIVE | AUXILIARY | CALENDAR) || item.is(DETERMINER)
                    }
                    Some(before) => self.word_goes_on(at, before, limit),
                },
            };
            if !goes_on || item.begins && at > start {
                break;
            }
            at += 1;
        }
        at
    }

    fn word_goes_on(&self, at: usize, before: &BlockItem, limit: usize) -> bool {
        let item = &self.items[at];
        let after_name = self.name_ending(at).is_some();
        if item.is(AND) {
            // Names joined into one subject.
            return after_name && at + 1 < limit && self.name_at(at + 1).is_some();
        }
        if item.is(DETERMINER) && !item.is(CONJUNCTION) {
            return before.is(DETERMINER);
        }
        // "Die Ukraine befinde sich": where nouns have capitals, what follows one in small letters is no part of it.
        let noun = before.kind == ItemKind::Word && before.capital && !before.begins;
        if self.cues.noun_capitals && !item.capital && (after_name || noun && !before.is(COMMON)) {
            return false;
        }
        let next = self.items.get(at + 1).filter(|_| at + 1 < limit);
        // "a Sunday newspaper".
        let day = item.is(CALENDAR) && item.capital && before.is(ARTICLE) && !self.cues.noun_capitals;
        if day && next.is_some_and(|next| next.kind == ItemKind::Word && !next.capital && !next.is(COMMON | VERB)) {
            return true;
        }
        if item.is(PREPOSITION | CONJUNCTION | RELATIVE | AUXILIARY | SUBJECT | CALENDAR) {
            return false;
        }
        if item.is(ADVERB) {
            return !after_name && (before.is(DETERMINER | OWNING) || before.kind == ItemKind::Possessive);
        }
        if item.is(OTHER_VERB | DENIAL) && !item.capital {
            // "the cut was": a noun, too.
            let noun = before.is(ARTICLE) && item.is(OTHER_VERB) && !item.is(DENIAL) && !self.cues.noun_capitals;
            if noun && next.is_some_and(|next| next.is(AUXILIARY) && !next.is(TO)) {
                return true;
            }
            // "a retired general", but "leaders reaffirmed their".
            let adjective = before.is(DETERMINER | OWNING | ADVERB)
                || before.kind == ItemKind::Possessive
                || before.kind == ItemKind::Number;
            return adjective && next.is_some_and(|next| next.kind == ItemKind::Word && !next.is(COMMON));
        }
        if item.is(VERB) && item.is(FINITE | HANGING) {
            // A verb form before another verb is a noun: the congressional report said.
            if item.is(BASE)
                && !after_name
                && next.is_some_and(|next| next.is(SAY) && next.is(FINITE) && !next.is(BASE))
            {
                return true;
            }
            // It is also one after an article: the report, his claim.
            let noun = item.is(BASE) || item.is(HANGING) && !item.is(FINITE);
            return before.is(DETERMINER | OWNING) && !before.is(SUBJECT)
                || before.is(PEOPLE) && noun
                || before.kind == ItemKind::Possessive;
        }
        true
    }

    /// The person that the items of a phrase mean.
    fn meant(&self, core: Range<usize>, cast: &Cast<'_>) -> Who {
        // Several people: X and Y.
        if core.clone().skip(1).any(|i| self.items[i].is(AND) && self.name_at(i).is_none()) {
            return Who::Described;
        }
        // The phrase ends with a name: the Kremlin's spokesman, Dmitry Peskov.
        if let Some(name) = self.name_ending(core.end) {
            // "Представитель Кремля": someone of the body.
            let body = cast.member(self.names[name].member).gender == Some(Gender::Neuter);
            let first = &self.items[core.start];
            let office = first.is(TITLE) && self.names[name].items.start == core.start + 1;
            let of_body = body && office && !self.cues.declension.is_none() && !first.is(ORGANISATION);
            return if of_body { Who::Described } else { Who::Name(name) };
        }
        let people = cast.people();
        if people.has_titles() {
            // The longest title at the end of the phrase, without "former" before it. What the title is
            // for may follow: president of the United States.
            let far = (core.end + 6).min(self.items.len());
            for end in (core.end..=far).rev() {
                for at in core.clone() {
                    if let Some(person) = people.titled(self.text_of(at..end))
                        && self.is_whole_title(core.start, at..end)
                    {
                        return Who::Titled(person);
                    }
                }
            }
        }
        Who::Described
    }

    /// Whether a title says whose office it is. It must not be the former or the lieutenant governor,
    /// the Ohio governor or the governor of Ohio.
    fn is_whole_title(&self, start: usize, title: Range<usize>) -> bool {
        let items = &self.items;
        let narrower = title.start > start && {
            let before = &items[title.start - 1];
            let small = before.is(DETERMINER | OWNING | PREPOSITION | CONJUNCTION | ADVERB);
            before.is(FORMER | TITLE | ORGANISATION) || before.capital && !small
        };
        let owner = items.get(title.end).is_some_and(|next| next.kind == ItemKind::Possessive);
        !narrower && !owner && !self.is_of_a_place(title.end)
    }

    /// Whether the place or body of an office follows it: of Ohio, of the United States.
    pub fn is_of_a_place(&self, end: usize) -> bool {
        let genitive = self.items.get(end).is_some_and(|item| item.is(GENITIVE));
        let place = (end + 1..).find(|i| !self.items.get(*i).is_some_and(|item| item.is(DETERMINER)));
        genitive && place.and_then(|place| self.items.get(place)).is_some_and(|place| place.capital)
    }

    /// "le chef de l'État": of no place that would tell whose office it is.
    pub fn is_of_a_state(&self, end: usize) -> bool {
        let place = (end + 1..self.items.len()).find(|i| !self.items[*i].is(DETERMINER));
        let alone = |place: usize| self.name_ending(place + 1).is_none_or(|name| self.names[name].items.len() == 1);
        place.is_some_and(|place| self.items[place].is(TAIL) && alone(place))
    }

    /// The subject of the verb at an item, in the clause that begins after `from`.
    pub fn subject_before(&self, verb: usize, from: usize, cast: &Cast<'_>) -> Option<NounPhrase> {
        let items = &self.items;
        let from = self.after_open_bracket(from.max(verb.saturating_sub(2 * CLAUSE)), verb);
        let mut end = verb;
        let mut appositives = 0;
        loop {
            while end > from && items[end - 1].is(AUXILIARY | ADVERB) && self.name_at(end - 1).is_none() {
                end -= 1;
            }
            let before = items.get(end.checked_sub(1)?).filter(|_| end > from)?;
            // "an article by Valley Weekly that claimed": what stands before "that", if it is no verb.
            let named = end.checked_sub(2).filter(|named| *named >= from).map(|named| &items[named]);
            if appositives == 0
                && before.is(THAT)
                && named.is_some_and(|named| named.kind == ItemKind::Word && !named.is(VERB | COMMON | OTHER_VERB))
            {
                return self.nearest_phrase(end - 1, from, cast);
            }
            // "X on Thursday told".
            if before.is(CALENDAR) && end > from + 1 && self.name_at(end - 1).is_none() {
                end -= if items[end - 2].is(PREPOSITION) { 2 } else { 1 };
                continue;
            }
            if before.is_mark(')') || before.is_mark(']') {
                end = (from..end).rev().find(|i| items[*i].is_any_mark(&['(', '[']))?;
                continue;
            }
            if !(before.is_mark(',') || before.is_dash()) {
                break;
            }
            appositives += 1;
            let close = end - 1 - usize::from(end > from + 1 && before.is_dash() && items[end - 2].is_dash());
            // What a dash closes, a dash has opened.
            let dash = (from..close).rev().find(|i| items[*i].is_dash()).filter(|_| before.is_dash());
            let mark = dash.or_else(|| (from..close).rev().find(|i| items[*i].is_mark(',') || items[*i].is_dash()))?;
            let open = mark - usize::from(dash.is_some() && mark > from && items[mark - 1].is_dash());
            if appositives > 5 {
                return None;
            }
            // "X praised Y, and, speaking later, said": the subject of both verbs.
            if items[open + 1].is(AND) {
                return self.main_subject(from..open, cast);
            }
            // "campaign spokeswoman, Hope Hicks, said": the name is between the commas.
            // "der Bürgermeister von Neuhafen, Otto Lind, sprach": the office is of the place before the comma.
            if let Some(inner) = self.phrase_at(open + 1, close, cast)
                && let Who::Name(person) = inner.who
                && inner.items.end == close
                && inner.items.len() > 1
                && let Some(place) = self.name_ending(open).map(|place| self.names[place].items.start)
                && let Some(of) = place.checked_sub(1).filter(|of| *of > from && items[*of].is(PREPOSITION | GENITIVE))
                && items[of - 1].is(TITLE)
                && cast.member(self.names[person].member).gender != Some(Gender::Neuter)
            {
                return Some(inner);
            }
            if let Some(inner) = self.phrase_at(open + 1, close, cast)
                && matches!(inner.who, Who::Name(_))
                && inner.items.end == close
                && let Some(outer) = self.phrase_ending(open, from, cast)
                && matches!(outer.who, Who::Described | Who::Titled(_))
                && (outer.items.clone().any(|i| items[i].is(TITLE | PERSON))
                    || self.is_ones_own(&outer, &inner)
                    || self.is_one_of(&outer, &inner, open)
                    || self.is_named_so(&outer))
            {
                return Some(if self.speaks_for_holder(&outer, open) { outer } else { inner });
            }
            end = open;
            // "X, asked about Y, which is late, said": Y is a part of what stands between the commas.
            let comma = (from + 1..end).rev().find(|i| matches!(items[*i].kind, ItemKind::Mark(_)));
            if let Some(comma) = comma.filter(|comma| items[*comma].is_mark(',') && *comma + 1 < end) {
                let first = &items[comma + 1];
                let participle = first.is(OTHER_VERB | ENDS_HANGING | VERB) && !first.is(BASE | DETERMINER);
                let whose = first.is(RELATIVE) && !first.is(DETERMINER);
                if (participle || whose) && !first.capital && self.name_at(comma + 1).is_none() {
                    end = comma;
                }
            }
        }
        let subject = self.phrase_ending(end, from, cast)?;
        if let Some(person) = self.described_by(&subject, from, cast) {
            return Some(person);
        }
        // "Ann Lee, director of the Club, a group that …, said": the name before all of it.
        let comma = subject.items.start.checked_sub(1).filter(|comma| *comma > from && self.items[*comma].is_mark(','));
        match comma.and_then(|comma| self.name_ending(comma)) {
            Some(name) if appositives > 0 && subject.who == Who::Described => {
                Some(NounPhrase { items: self.names[name].items.clone(), who: Who::Name(name) })
            }
            _ => Some(subject),
        }
    }

    /// "Ann Lee, the head of the Valley Board, which …, said", "Ann Lee, of Green Line, said": the person before the
    /// comma, and not the organisation that describes the person.
    fn described_by(&self, subject: &NounPhrase, from: usize, cast: &Cast<'_>) -> Option<NounPhrase> {
        let Who::Name(name) = subject.who else { return None };
        let start = self.names[name].title.start.min(self.names[name].items.start);
        let comma = (from..start).rev().take(12).find(|i| matches!(self.items[*i].kind, ItemKind::Mark(_)))?;
        let first = self.items.get(comma + 1).filter(|_| self.items[comma].is_mark(',') && comma + 1 < start)?;
        let office = (comma + 1..start).any(|i| self.items[i].is(TITLE | GENITIVE));
        let person = &self.names[self.name_ending(comma)?];
        let member = cast.member(person.member);
        let someone = member.sure && member.gender != Some(Gender::Neuter) && person.items.len() > 1;
        let none = (comma + 1..start).any(|i| self.items[i].is(AUXILIARY | RELATIVE | CONTRAST));
        (someone && office && !none && first.is(DETERMINER | GENITIVE)).then(|| NounPhrase {
            items: person.items.clone(),
            who: Who::Name(self.name_ending(comma).unwrap_or(name)),
        })
    }

    /// "One of its six authors, Ann Lee,": several people, and the full name of the one.
    fn is_one_of(&self, outer: &NounPhrase, inner: &NounPhrase, comma: usize) -> bool {
        let genitive = self.items.get(outer.items.end).is_some_and(|next| next.is(GENITIVE));
        let small = self.items[comma - 1].kind == ItemKind::Word && !self.items[comma - 1].capital;
        genitive && outer.items.end < comma && small && outer.items.len() == 1 && inner.items.len() > 1
    }

    /// "A spokesman for the mayor, Ann Lee,": the name is the mayor's, and someone without a name speaks for her.
    fn speaks_for_holder(&self, outer: &NounPhrase, comma: usize) -> bool {
        let indefinite = self.items[outer.items.start].is(ARTICLE) && self.items[outer.items.start].is(FORMER);
        let tied = self.items.get(outer.items.end).is_some_and(|next| next.is(PREPOSITION));
        indefinite && tied && (outer.items.end..comma).any(|i| self.items[i].is(TITLE))
    }

    /// Where a sentence begins after the place and day of a report: "PARIS, May 3 (Agency) —".
    pub fn past_dateline(&self, start: usize, end: usize) -> usize {
        const LONGEST: usize = 10;
        let loud = |item: &BlockItem| {
            item.kind == ItemKind::Word
                && self.text[item.range.clone()].chars().filter(|c| c.is_uppercase()).count() > 2
        };
        let spaced = |i: usize| self.items[i - 1].range.end < self.items[i].range.start;
        let dash = |from: usize| (from..end.min(from + LONGEST)).find(|i| self.items[*i].is_dash() && spaced(*i));
        if start + 1 >= end || !loud(&self.items[start]) {
            return start;
        }
        // "NATO — the alliance — said" has two.
        dash(start + 1).filter(|first| first + 1 < end && dash(first + 1).is_none()).map_or(start, |first| first + 1)
    }

    /// Whether a phrase is a definite description without a name of its own: the bus firm, Greenline.
    fn is_named_so(&self, outer: &NounPhrase) -> bool {
        let items = &self.items[outer.items.clone()];
        outer.who == Who::Described
            && items.len() > 1
            && items[0].is(ARTICLE)
            && items[0].is(DETERMINER)
            && !outer.items.clone().any(|i| self.items[i].is(THING) || self.name_at(i).is_some())
    }

    /// Whether a phrase describes someone through another person, with a full name after it: X's
    /// predecessor, Joe Lee.
    fn is_ones_own(&self, outer: &NounPhrase, inner: &NounPhrase) -> bool {
        let items = &self.items[outer.items.clone()];
        let of_someone = items.iter().any(|item| item.is(OWNING) || item.kind == ItemKind::Possessive);
        of_someone
            && inner.items.len() > 1
            && items.last().is_some_and(|last| !last.capital && last.kind == ItemKind::Word)
    }

    /// Where the content of an open bracket begins, or `from` if none is open.
    fn after_open_bracket(&self, from: usize, at: usize) -> usize {
        let mut closed = 0;
        for i in (from..at).rev() {
            if self.items[i].is_any_mark(&[')', ']']) {
                closed += 1;
            } else if self.items[i].is_any_mark(&['(', '[']) {
                if closed == 0 {
                    return i + 1;
                }
                closed -= 1;
            }
        }
        from
    }

    /// The phrase whose clause ends before an item.
    fn phrase_ending(&self, end: usize, from: usize, cast: &Cast<'_>) -> Option<NounPhrase> {
        let items = &self.items;
        let boundary = |i: usize| {
            let item = &items[i];
            let joins = item.is(AND) && self.name_ending(i).is_some() && self.name_at(i + 1).is_some();
            matches!(item.kind, ItemKind::Mark(mark) if !matches!(mark, '&' | '/' | '@' | '#' | '$' | '%' | '(' | ')' | '[' | ']'))
                || item.quotation().is_some()
                || item.is(CONJUNCTION) && !item.is(PREPOSITION | RELATIVE | DETERMINER) && !joins
                || item.is(THAT) && !(i + 1 < end && items[i + 1].kind == ItemKind::Word && i + 2 == end)
        };
        let start = (from..end).rev().take(CLAUSE).take_while(|i| !boundary(*i)).last()?;
        let first = &items[start];
        // "Reed, the strategist, who added": the person mentioned before.
        if first.is(RELATIVE) && start > from {
            // "Berlin, where Ann Lee warned", "the minister, whose boss Ann Lee said": the clause has its own subject.
            let own = self.phrase_at(start + 1, end, cast).filter(|own| own.items.end == end);
            if own.is_some() {
                return own;
            }
            let before = if items[start - 1].is_mark(',') { start - 1 } else { start };
            return self.phrase_over_appositives(before, from, cast);
        }
        let leading =
            if first.is(PREPOSITION | CONJUNCTION | ADVERB | CALENDAR | HANGING) && self.name_at(start).is_none() {
                None
            } else {
                self.phrase_at(start, end, cast).filter(|phrase| self.reaches(phrase.items.end, end))
            };
        leading.or_else(|| self.nearest_phrase(end, start, cast))
    }

    /// "Tom Reed, the chief strategist, who": the name before its description.
    fn phrase_over_appositives(&self, end: usize, from: usize, cast: &Cast<'_>) -> Option<NounPhrase> {
        let near = self.nearest_phrase(end, from, cast);
        // "the head of the board, who said": the head.
        if let Some(phrase) = &near
            && let Some(mut of) = phrase.items.start.checked_sub(1).filter(|of| *of > from)
        {
            while of > from + 1 && self.items[of].is(DETERMINER) {
                of -= 1;
            }
            let person = match phrase.who {
                Who::Name(name) => cast.member(self.names[name].member).gender.is_some_and(|own| own != Gender::Neuter),
                _ => false,
            };
            let office = self.items[of - 1].is(TITLE | PERSON) && !self.items[of - 1].capital;
            if self.items[of].is(GENITIVE) && office && !person {
                return self.nearest_phrase(of, from, cast).or(near);
            }
        }
        if let Some(phrase) = &near
            && matches!(phrase.who, Who::Described)
            && phrase.items.start > from
            && self.items[phrase.items.start - 1].is_mark(',')
            && let Some(name) = self.name_ending(phrase.items.start - 1)
        {
            return Some(NounPhrase { items: self.names[name].items.clone(), who: Who::Name(name) });
        }
        near
    }

    /// Whether the items between a phrase and its verb depend on the phrase: of …, who …, in ….
    fn reaches(&self, end: usize, verb: usize) -> bool {
        end >= verb || {
            let next = &self.items[end];
            let of_time = (end..verb)
                .all(|i| self.items[i].is(ADVERB | CALENDAR | AUXILIARY) || self.items[i].kind == ItemKind::Number);
            let hangs = next.is(PREPOSITION | RELATIVE | HANGING) || next.is_any_mark(&['(', '[']);
            let reduced =
                next.kind == ItemKind::Word && !next.capital && !next.is(VERB | AUXILIARY | CONJUNCTION | OTHER_VERB);
            // "Talks in Ohio ended as X said": the phrase has its own verb.
            let other = (end + 1..verb).any(|i| self.items[i].is(OTHER_VERB | AUXILIARY) && !self.items[i].capital);
            of_time || hangs && (next.is(RELATIVE | HANGING) || !other) || reduced && verb - end <= 4
        }
    }

    /// The phrase that ends directly before an item.
    pub fn nearest_phrase(&self, end: usize, from: usize, cast: &Cast<'_>) -> Option<NounPhrase> {
        let mut start = end;
        while start > from {
            let at = start - 1;
            if let Some(name) = self.name_at(at) {
                start = self.names[name].title.start.min(self.names[name].items.start);
                continue;
            }
            let item = &self.items[at];
            // "Hours earlier X had complained": X.
            if item.is(ADVERB | TIME) && start < end && self.name_at(start).is_some() {
                break;
            }
            let inside = match item.kind {
                ItemKind::Word => {
                    let apart = PREPOSITION | CONJUNCTION | RELATIVE | AUXILIARY | CALENDAR | HANGING | OTHER_VERB;
                    !(item.is(apart) || item.is(VERB) && item.is(FINITE)) || item.is(DETERMINER)
                }
                ItemKind::Number | ItemKind::Possessive => true,
                _ => false,
            };
            if !inside {
                break;
            }
            start = at;
            if item.begins || item.is(DETERMINER | SUBJECT) {
                break;
            }
        }
        let phrase = self.phrase_at(start, end, cast)?;
        (phrase.items.end == end || start < end && matches!(phrase.who, Who::Name(_))).then_some(phrase)
    }

    /// "a spokesman, Joe Lee, said": the name between the commas.
    pub fn named_apposition(&self, subject: &NounPhrase, limit: usize, cast: &Cast<'_>) -> Option<NounPhrase> {
        let start = subject.items.end;
        if let Some(name) = self.named_behind_as(subject, limit) {
            return Some(name);
        }
        // "the mayor of Ghent, Joe Lee,".
        let has_place = self.items.get(start).is_some_and(|next| next.is(PREPOSITION | GENITIVE));
        let comma = if has_place { (start..limit).take(7).find(|i| self.items[*i].is_mark(','))? } else { start };
        let described = matches!(subject.who, Who::Described | Who::Titled(_));
        if !described || comma >= limit || !self.items[comma].is_mark(',') {
            return None;
        }
        let inner = self.phrase_at(comma + 1, limit, cast)?;
        let inner = self.named_behind_as(&inner, limit).unwrap_or(inner);
        let end = inner.items.end;
        // "Harbour Secretary, Ann Lee said:", as press releases have it.
        let says = self.items.get(end).is_some_and(|next| next.is(SAY) && next.is(FINITE))
            && self.items.get(end + 1).is_some_and(|next| next.is_mark(':'));
        let closed = says || self.items.get(end).is_none_or(|next| next.is_any_mark(&[',', '.', ':', '(']));
        let office = subject.items.clone().any(|i| self.items[i].is(TITLE | PERSON))
            || self.is_ones_own(subject, &inner)
            || inner.items.len() > 1 && !has_place && self.is_named_so(subject);
        (office && matches!(inner.who, Who::Name(_)) && closed).then_some(inner)
    }

    /// "a man who gave his name as Joe Lee": the name that ends the clause behind someone without one.
    fn named_behind_as(&self, subject: &NounPhrase, limit: usize) -> Option<NounPhrase> {
        const CLOSE: usize = 12;
        let start = subject.items.end;
        let next = self.items.get(start).filter(|next| next.is(RELATIVE | CALLING));
        if subject.who != Who::Described || next.is_none() {
            return None;
        }
        // "a woman called Rut".
        let named = self.items[start].is(CALLING) && self.items[start].is(FINITE) && !self.items[start].is(BASE);
        if named && let Some(name) = self.name_at(start + 1).filter(|_| start + 1 < limit) {
            let name_items = self.names[name].items.clone();
            let ends = self.items.get(name_items.end).is_none_or(|next| matches!(next.kind, ItemKind::Mark(_)));
            return ends.then_some(NounPhrase { items: name_items, who: Who::Name(name) });
        }
        let as_name = |i: &usize| self.items[*i].is(TOPIC) && self.items[*i].is(CONJUNCTION);
        let joint = (start..limit).take(CLOSE).find(as_name)?;
        let name = self.name_at(joint + 1).filter(|_| joint + 1 < limit)?;
        let name_items = self.names[name].items.clone();
        let ends = self.items.get(name_items.end).is_none_or(|next| matches!(next.kind, ItemKind::Mark(_)));
        ends.then_some(NounPhrase { items: name_items, who: Who::Name(name) })
    }

    /// The subject of a sentence: the first phrase after the introduction.
    pub fn main_subject(&self, sentence: Range<usize>, cast: &Cast<'_>) -> Option<NounPhrase> {
        let items = &self.items;
        let mut at = if sentence.start == 0 { self.past_dateline(0, sentence.end) } else { sentence.start };
        for _ in 0..4 {
            while at < sentence.end
                && (items[at].quotation().is_some()
                    || matches!(items[at].kind, ItemKind::Mark(_))
                    || items[at].is(CONJUNCTION) && !items[at].is(PREPOSITION | DETERMINER))
            {
                at += 1;
            }
            let first = items.get(at).filter(|_| at < sentence.end)?;
            let leads_in = first.is(PREPOSITION | ADVERB | HANGING | CALENDAR | CONJUNCTION | TIME)
                && !first.is(DETERMINER)
                && self.name_at(at).is_none();
            // "Yesterday Ann Lee spoke".
            if first.is(ADVERB | CALENDAR) && leads_in && at + 1 < sentence.end && self.name_at(at + 1).is_some() {
                at += 1;
                continue;
            }
            // "Leaving the room, she said".
            let comma = (at..sentence.end).take(CLAUSE).find(|i| items[*i].is_mark(','));
            let hangs = first.is(ENDS_HANGING)
                && at == sentence.start
                && self.name_at(at).is_none()
                && comma.is_some_and(|comma| {
                    items[at + 1].is(DETERMINER | OWNING | PREPOSITION) || self.name_at(comma + 1).is_some()
                });
            // "Joint par téléphone, le ministre a parlé".
            let hangs = hangs
                || self.cues.inverts
                    && at == sentence.start
                    && comma.is_some()
                    && items.get(at + 1).is_some_and(|next| next.is(PREPOSITION) && !next.is(DETERMINER))
                    && self.name_at(at).is_none_or(|name| self.names[name].items.len() == 1)
                    && ["é", "ée", "és", "ées", "int", "inte", "ints", "intes"]
                        .iter()
                        .any(|ending| self.text[first.range.clone()].ends_with(ending));
            // "On Wednesday the mayor spoke".
            let day = first.is(PREPOSITION) && items.get(at + 1).is_some_and(|next| next.is(CALENDAR))
                || first.is(TIME) && items.get(at + 1).is_some_and(|next| next.is(ADVERB));
            if day
                && self.name_at(at + 1).is_none()
                && items.get(at + 2).is_some_and(|next| next.is(DETERMINER | SUBJECT) || next.capital)
                && at + 2 < sentence.end
            {
                at += 2;
                continue;
            }
            // "Among the guests was Ann Lee": the name behind "was".
            let end = comma.unwrap_or(sentence.end);
            if first.is(PREPOSITION)
                && leads_in
                && at == sentence.start
                && let Some(was) = (at..end).find(|i| items[*i].is(BE) && self.name_at(*i).is_none())
                && let Some(subject) = self.phrase_at(was + 1, end, cast).filter(|it| matches!(it.who, Who::Name(_)))
            {
                return Some(subject);
            }
            if !leads_in && !hangs {
                let subject = self.phrase_at(at, sentence.end, cast)?;
                return Some(self.named_apposition(&subject, sentence.end, cast).unwrap_or(subject));
            }
            at = (at..sentence.end).take(CLAUSE).find(|i| items[*i].is_mark(','))? + 1;
        }
        None
    }
}

/// The person that a pronoun means.
pub fn pronoun(class: Class) -> Who {
    let genders = [
        (NOBODY, None),
        (MALE, Some(Gender::Male)),
        (FEMALE, Some(Gender::Female)),
        (PLURAL, Some(Gender::Plural)),
        (NEUTER, Some(Gender::Neuter)),
    ];
    match genders.iter().find(|(bit, _)| class & bit != 0) {
        Some((_, Some(gender))) => Who::Pronoun(*gender),
        _ => Who::Nobody,
    }
}
