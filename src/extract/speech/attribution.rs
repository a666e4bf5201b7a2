//! Who said the words of a quotation, by fixed rules, the most reliable first.
//!
//! 1. `“…,” said X` and `“…,” X said`: the verb of saying is next to the words, after them. The same
//!    without a verb: `“…” — X`.
//! 2. `X said, “…”`, `X told reporters that “…”`, `X: “…”`: the verb is before the words, in the same
//!    sentence.
//! 3. `according to X`, on either side.
//! 4. A separate sentence in a paragraph that has a speaker: the same speaker.
//! 5. The person that the sentence, or the one before it, is about.

use crate::extract::speech::able::{Ability, ability};
use crate::extract::speech::block::Block;
use crate::extract::speech::cast::Cast;
use crate::extract::speech::cues::*;
use crate::extract::speech::item::{BlockItem, ItemKind};
use crate::extract::speech::people::Gender;
use crate::extract::speech::phrase::{NounPhrase, Who, pronoun as pronoun_of};
use crate::extract::speech::verb::{
    according_in, agent_of, is_not_said, is_plain_verb, is_saying, may_say, passive, quoted_person, source_of,
    subject_of,
};

/// How certain it is who said the words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// A guess: no one is named next to the words.
    #[default]
    Low,
    /// Carried over from words nearby, or by a pronoun.
    Medium,
    /// Named next to the words.
    High,
}

/// How the words are placed in their sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stand {
    /// Next to the verb, after a comma or a colon, or alone.
    Whole,
    /// Part of a clause of the narration: said he would "…".
    Part,
}

/// That someone said the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The person.
    pub subject: NounPhrase,
    /// The item of the verb; `None` if there is no verb.
    pub verb: Option<usize>,
    /// Who else may have said them, by another rule.
    pub other: Option<NounPhrase>,
    /// Whether the words are in a clause that belongs to the verb before them: X said that it was “…”.
    pub within: bool,
    /// How certain it is.
    pub confidence: Confidence,
    /// How the words are placed.
    pub stand: Stand,
    /// Whether the claim is for words on their own, however few: “No,” he said.
    pub tight: bool,
}

/// What is known about the words themselves.
#[derive(Debug, Clone, Copy)]
pub struct QuotedShape {
    /// How many words.
    pub words: usize,
    /// The last mark before the closing one, unless it is part of a word.
    pub last: Option<char>,
}

/// How many items after a name a verb may come: "X, who …, said".
const REACH: usize = 45;

/// The most items of a signature.
const SIGNATURE: usize = 22;

/// Who said the words at an item, according to the sentence itself.
pub fn claim(block: &Block<'_>, at: usize, shape: QuotedShape, cast: &Cast<'_>) -> Option<Claim> {
    if let Some(signed) = signed(block, at, shape.last == Some('.'), cast) {
        return Some(signed);
    }
    let after = after(block, at, shape, cast);
    let before = before(block, at, cast);
    // Words that end their sentence usually belong to what comes before them.
    let rather_before = before.as_ref().is_some_and(|claim| shape.last == Some('.') && claim.tight || claim.within);
    // "X said it was “late,” the agency reported": the agency passes on what X said.
    let person = |claim: &Claim| match claim.subject.who {
        Who::Name(name) => cast.member(block.names[name].member).gender != Some(Gender::Neuter),
        _ => false,
    };
    let passed_on =
        before.as_ref().is_some_and(|claim| person(claim) && claim.verb.is_some_and(|verb| block.items[verb].is(SAY)))
            && after.as_ref().is_some_and(|claim| !person(claim) && !matches!(claim.subject.who, Who::Pronoun(_)));
    let rather_before = rather_before || passed_on;
    let rather_after = after.as_ref().is_some_and(|claim| claim.confidence == Confidence::High);
    let (first, second) = if rather_after && !rather_before { (after, before) } else { (before, after) };
    match (first, second) {
        (Some(first), second) => {
            // The other person may have said it, if it is someone else.
            let other = second.map(|claim| claim.subject).filter(|other| *other != first.subject);
            Some(Claim { other, ..first })
        }
        (None, Some(second)) => Some(second),
        (None, None) => according(block, at, cast)
            .or_else(|| colon(block, at, cast))
            .or_else(|| as_put(block, at, cast))
            .or_else(|| with_the_words(block, at, cast)),
    }
}

/// Rule 1 without a verb: “…” — X, at the end of a sentence or a paragraph.
fn signed(block: &Block<'_>, at: usize, ends: bool, cast: &Cast<'_>) -> Option<Claim> {
    let items = &block.items;
    let first = items.get(at + 1)?;
    // “…” (X, planner); “… .” X, Green Party; "--" is a dash, too.
    let bare = first.capital && ends && (at == 0 || items[at].begins);
    let start = match items.get(at + 2) {
        _ if bare => at + 1,
        Some(second) if first.is_dash() && second.is_dash() => at + 3,
        _ if first.is_dash() || first.is_mark('(') => at + 2,
        _ => return None,
    };
    let limit = zone_end(block, start).min(start + SIGNATURE);
    let subject =
        block.phrase_at(start, limit, cast).filter(|subject| matches!(subject.who, Who::Name(_) | Who::Titled(_)))?;
    let rest = subject.items.end..limit;
    let verb = |i: usize| items[i].is(AUXILIARY | OTHER_VERB) || items[i].is(VERB) && items[i].is(FINITE);
    let parted = items.get(rest.start).is_none_or(|next| rest.is_empty() || matches!(next.kind, ItemKind::Mark(_)));
    let whole = if bare { limit == items.len() } else { true };
    let ends = items.get(limit).is_none_or(|next| next.begins || next.quotation().is_some() && rest.is_empty());
    (parted && ends && whole && !rest.into_iter().any(verb)).then_some(Claim {
        subject,
        verb: None,
        other: None,
        within: false,
        confidence: Confidence::High,
        stand: Stand::Whole,
        tight: true,
    })
}

/// Rule 1: the verb after the words.
fn after(block: &Block<'_>, at: usize, shape: QuotedShape, cast: &Cast<'_>) -> Option<Claim> {
    let items = &block.items;
    let mut start = at + 1;
    let mut parted = matches!(shape.last, Some(',' | '?' | '!' | '-' | '—' | '–' | '…'));
    while items.get(start).is_some_and(|item| item.is_mark(',') || item.is_dash()) && start <= at + 2 {
        parted = true;
        start += 1;
    }
    let first = items.get(start)?;
    // If the words end their sentence, a separate sentence follows, unless it is short.
    let apart = first.begins || matches!(shape.last, Some('.'));
    let limit = zone_end(block, start);
    let clause =
        inverted(block, start, limit, parted, cast).or_else(|| straight(block, start, limit, parted, apart, cast));
    let (subject, verb) = clause?;
    let subject = quoted_person(block, verb, limit, cast).unwrap_or(subject);
    if apart && !ends_soon(block, verb, &subject, limit) {
        return None;
    }
    let confidence = if parted || apart { Confidence::High } else { Confidence::Medium };
    // "X had “asked for it”, Y said": words in the middle of a clause.
    let woven = at > 0
        && !items[at].begins
        && !block.cues.verb_second
        && items[at - 1].kind == ItemKind::Word
        && !items[at - 1].is(SAY | THAT | AND | CONTRAST)
        && block.text[items[at].range.clone()].chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase);
    let whole = (parted || apart) && !woven;
    let stand = if whole { Stand::Whole } else { Stand::Part };
    Some(Claim { subject, verb: Some(verb), other: None, within: false, confidence, stand, tight: whole })
}

/// Where the text that belongs to the words before it ends.
fn zone_end(block: &Block<'_>, start: usize) -> usize {
    let far = block.items.len().min(start + 2 * REACH);
    let ends = |i: &usize| {
        let item = &block.items[*i];
        // "9:14" is a time.
        let next = block.items.get(i + 1).filter(|next| next.range.start == item.range.end);
        let glued = item.is_mark(':') && next.is_some_and(|next| next.kind == ItemKind::Number);
        item.quotation().is_some() || item.begins && *i > start || item.is_any_mark(&[';', ':']) && !glued
    };
    (start..far).find(ends).unwrap_or(far)
}

/// "said X".
fn inverted(
    block: &Block<'_>,
    start: usize,
    limit: usize,
    parted: bool,
    cast: &Cast<'_>,
) -> Option<(NounPhrase, usize)> {
    let items = &block.items;
    // “…”, so X.
    if items.get(start).is_some_and(|first| first.is(SOURCE)) && parted && start < limit {
        let subject = block.phrase_at(start + 1, limit, cast);
        // "…“, so heißt ein Buch": a verb follows, and no source.
        let source = |subject: &NounPhrase| {
            let first = &items[subject.items.start];
            !first.is(SAY | AUXILIARY) && (first.capital || first.is(DETERMINER | OWNING | SUBJECT | MALE | FEMALE))
        };
        if let Some(subject) = subject.filter(source) {
            return Some((block.named_apposition(&subject, limit, cast).unwrap_or(subject), start));
        }
    }
    // “…”, had X in an interview said.
    if block.cues.verb_second
        && items.get(start).is_some_and(|first| first.is(AUXILIARY))
        && parted
        && let Some(subject) = block.phrase_at(start + 1, limit, cast)
        && let Some(verb) = (subject.items.end..limit).take(REACH).find(|i| items[*i].is(SAY))
    {
        return Some((block.named_apposition(&subject, limit, cast).unwrap_or(subject), verb));
    }
    if block.cues.inverts {
        return verb_first(block, start, limit, parted, cast);
    }
    let verb = (start..limit.min(start + 3)).find(|i| !items[*i].is(ADVERB | SOURCE))?;
    let item = &items[verb];
    let listed = is_saying(block, verb) && !item.is(HANGING) && (parted || !item.is(WEAK));
    let particle = items[verb].is(WEAK)
        && !block.cues.verb_second
        && items.get(verb + 1).is_some_and(|next| next.is(PREPOSITION | ADVERB) && !next.is(DETERMINER));
    if !listed || particle || block.name_at(verb).is_some() {
        return any_verb_first(block, start, limit, parted, cast);
    }
    if items.get(verb + 1).is_some_and(|next| next.is(THAT | HEARERS | PREPOSITION)) {
        return None;
    }
    // "…“, heißt es in einer Mitteilung der Gewerkschaft": whose it is, or the paper.
    let it =
        block.cues.verb_second && items.get(verb + 1).is_some_and(|next| next.is(NEUTER | NOBODY) && next.is(SUBJECT));
    if it && items.get(verb + 2).is_some_and(|next| next.is(PREPOSITION)) && verb + 3 < limit {
        let paper = block.phrase_at(verb + 3, limit, cast)?;
        let of = items.get(paper.items.end).filter(|next| paper.items.end < limit && next.is(DETERMINER | GENITIVE));
        let owner = of.and_then(|_| {
            block.phrase_at(paper.items.end, limit, cast).or_else(|| block.phrase_at(paper.items.end + 1, limit, cast))
        });
        return Some((owner.unwrap_or(paper), verb));
    }
    let mut first = verb + 1;
    // "so charakterisierte ihn der Funktionär": the object comes first.
    while block.cues.verb_second && first < limit && items[first].is(ADVERB | MALE) && !items[first].is(SUBJECT) {
        first += 1;
    }
    let subject = block.phrase_at(first, limit, cast)?;
    // "who called it “a gift,” said the president had": what follows is what someone said.
    let acts = |item: &BlockItem| item.is(AUXILIARY) && !item.is(TO) || item.is(OTHER_VERB) && !item.capital;
    if !block.cues.verb_second && subject.items.end < limit && acts(&items[subject.items.end]) {
        return None;
    }
    Some((block.named_apposition(&subject, limit, cast).unwrap_or(subject), verb))
}

/// "…," sniffed X: a verb that no list has, between the words and whoever said them.
fn any_verb_first(
    block: &Block<'_>,
    verb: usize,
    limit: usize,
    parted: bool,
    cast: &Cast<'_>,
) -> Option<(NounPhrase, usize)> {
    let items = &block.items;
    let weak = items.get(verb).is_some_and(|item| item.is(WEAK) && !item.is(HANGING)) && block.name_at(verb).is_none();
    if !parted || verb >= limit || !(may_say(block, verb) || weak) {
        return None;
    }
    // "…," chimed in X: a small word belongs to the verb.
    let small = items.get(verb + 1).is_some_and(|next| next.is(PREPOSITION | ADVERB) && !next.is(DETERMINER));
    let person = |phrase: &NounPhrase| match phrase.who {
        Who::Name(name) => cast.member(block.names[name].member).gender.is_some_and(|own| own != Gender::Neuter),
        _ => items[phrase.items.start].is(DETERMINER | OWNING),
    };
    let verb_end = verb + usize::from(small && !block.cues.verb_second && !block.cues.inverts);
    let subject = block.phrase_at(verb_end + 1, limit, cast).filter(|phrase| verb_end == verb || person(phrase))?;
    let subject = block.named_apposition(&subject, limit, cast).unwrap_or(subject);
    let someone = match subject.who {
        Who::Name(_) | Who::Titled(_) => true,
        Who::Pronoun(_) => items[subject.items.start].is(MALE | FEMALE | PLURAL),
        Who::Described => items[subject.items.start].is(DETERMINER) && ability(block, &subject) == Ability::Speaks,
        Who::Nobody => false,
    };
    // "…," wants X to go: more is said of X.
    let rest = items.get(subject.items.end).filter(|_| subject.items.end < limit);
    let ends = rest.is_none_or(|next| {
        matches!(next.kind, ItemKind::Mark(_)) || next.is(PREPOSITION | ADVERB | CALENDAR) && !next.is(TO)
    });
    let begins = subject.items.start == verb_end + 1 || items[verb_end + 1].is(TITLE | PEOPLE | DETERMINER | OWNING);
    (someone && begins && (ends || block.cues.verb_second)).then_some((subject, verb))
}

/// "a déclaré X", "a-t-il dit", "explique-t-elle", "сказал вчера X", "говорится в сообщении X".
fn verb_first(
    block: &Block<'_>,
    start: usize,
    limit: usize,
    parted: bool,
    cast: &Cast<'_>,
) -> Option<(NounPhrase, usize)> {
    const HELPERS: usize = 6;
    let items = &block.items;
    let far = limit.min(start + HELPERS);
    let helps =
        |i: &usize| !items[*i].is(SAY | READ) && items[*i].is(AUXILIARY | ADVERB | SUBJECT | REFLEXIVE | NEGATION);
    let verb = (start..far).find(|i| !helps(i))?;
    // "il a dit": the subject begins the clause.
    if items[start].is(SUBJECT) || block.name_at(verb).is_some() {
        return None;
    }
    if items[verb].is(READ) {
        let name = (verb..limit)
            .find_map(|i| block.name_at(i))
            .map(|name| NounPhrase { items: block.names[name].items.clone(), who: Who::Name(name) });
        let paper = || {
            block.phrase_at(verb + 2, limit, cast).filter(|_| items.get(verb + 1).is_some_and(|i| i.is(PREPOSITION)))
        };
        // "йдеться у його зверненні": his.
        let own = items.get(verb + 2).is_some_and(|own| own.is(MALE | FEMALE) && verb + 2 < limit);
        let own = own.then(|| NounPhrase { items: verb + 2..verb + 3, who: pronoun_of(items[verb + 2].class) });
        return name.or(own).or_else(paper).map(|subject| (subject, verb));
    }
    let item = &items[verb];
    if verb == start && !is_saying(block, verb) {
        return any_verb_first(block, verb, limit, parted, cast);
    }
    if !is_saying(block, verb)
        || item.is(HANGING) && !item.is(FINITE)
        || item.is(WEAK) && !parted
        || passive(block, verb)
    {
        return None;
    }
    if let Some(pronoun) = (start..verb).find(|i| items[*i].is(SUBJECT)) {
        return Some((NounPhrase { items: pronoun..pronoun + 1, who: pronoun_of(items[pronoun].class) }, verb));
    }
    Some((block.subject_behind(verb, limit, cast)?, verb))
}

/// "X said", with what may come between.
fn straight(
    block: &Block<'_>,
    start: usize,
    limit: usize,
    parted: bool,
    apart: bool,
    cast: &Cast<'_>,
) -> Option<(NounPhrase, usize)> {
    let items = &block.items;
    if start >= limit {
        return None;
    }
    if items[start].is(CONJUNCTION | PREPOSITION) && !items[start].is(DETERMINER) && block.name_at(start).is_none() {
        // "…," as X said.
        let leads = !apart && items[start].is(CONJUNCTION) && !items[start].is(AND | CONTRAST) && parted;
        return if leads {
            straight(block, start + 1, limit, false, true, cast)
                .filter(|_| start + 1 < limit)
                .or_else(|| puts_it(block, start + 1, limit, cast))
        } else {
            None
        };
    }
    let Some(subject) = block.phrase_at(start, limit, cast) else {
        return if apart || !parted { None } else { any_verb(block, start, limit, cast) };
    };
    let mut verb = subject.items.end;
    let far = limit.min(verb + REACH);
    let mut between = 0;
    while verb < far {
        // "“…” X was quoted as saying that": other words follow.
        let passive = passive(block, verb) && (apart || !items[verb].is(QUOTING)) && !block.cues.verb_second;
        if is_saying(block, verb)
            && !passive
            && block.name_at(verb).is_none()
            && joined(block, subject.items.end, verb, apart)
        {
            let item = &items[verb];
            if item.is(WEAK) && !parted {
                return None;
            }
            return Some((block.named_apposition(&subject, verb, cast).unwrap_or(subject), verb));
        }
        // "…," X sniffed.
        let person = matches!(subject.who, Who::Name(_) | Who::Titled(_) | Who::Pronoun(Gender::Male | Gender::Female));
        if verb == subject.items.end && parted && !apart && person && may_say(block, verb) && !block.cues.verb_second {
            let ends = items.get(verb + 1).is_none_or(|next| {
                verb + 1 >= limit
                    || matches!(next.kind, ItemKind::Mark(_))
                    || next.is(PREPOSITION | ADVERB | CALENDAR) && !next.is(TO)
            });
            if ends {
                return Some((subject, verb));
            }
        }
        between += 1;
        if between > REACH {
            return None;
        }
        verb += 1;
    }
    if apart || !parted { None } else { any_verb(block, start, limit, cast) }
}

/// "as X puts it", "as she had it": any verb before "it", and nothing behind.
fn puts_it(block: &Block<'_>, start: usize, limit: usize, cast: &Cast<'_>) -> Option<(NounPhrase, usize)> {
    let items = &block.items;
    let subject = block.phrase_at(start, limit, cast)?;
    let verb = subject.items.end;
    let ends = items.get(verb + 2).is_none_or(|next| matches!(next.kind, ItemKind::Mark(_)));
    let it = items.get(verb + 1).is_some_and(|next| next.is(NEUTER));
    let word = verb < limit && items[verb].kind == ItemKind::Word;
    (word && it && ends).then_some((subject, verb))
}

/// "…," then anything, then a verb of saying that has a name as its subject.
fn any_verb(block: &Block<'_>, start: usize, limit: usize, cast: &Cast<'_>) -> Option<(NounPhrase, usize)> {
    let far = limit.min(start + REACH);
    let verb = (start..far).find(|i| {
        is_saying(block, *i) && block.items[*i].is(FINITE) && !block.items[*i].is(WEAK) && block.name_at(*i).is_none()
    })?;
    let subject = block.subject_before(verb, start, cast)?;
    (subject.who != Who::Described).then_some((subject, verb))
}

/// Whether a phrase can still be the subject of a verb, given what comes between.
fn joined(block: &Block<'_>, end: usize, verb: usize, apart: bool) -> bool {
    let items = &block.items;
    let mut last = verb;
    while last > end && items[last - 1].is(AUXILIARY | ADVERB) && !items[last - 1].is(TO) {
        last -= 1;
    }
    if last == end {
        return true;
    }
    let (first, before) = (&items[end], &items[last - 1]);
    let commas = (first.is_mark(',') || first.is_dash()) && (before.is_mark(',') || before.is_dash()) && last - 1 > end;
    let brackets = first.is_any_mark(&['(', '[']) && before.is_any_mark(&[')', ']', ',']);
    let hangs = (first.is(PREPOSITION) || first.is(RELATIVE))
        && !(end..last).any(|i| items[i].is(AUXILIARY) && first.is(PREPOSITION));
    let time = (end..last).all(|i| items[i].is(CALENDAR | ADVERB) || items[i].kind == ItemKind::Number);
    // A separate sentence that says more is not about the words before it.
    commas || brackets || !apart && (hangs || time)
}

/// Whether the sentence after the words only says who said them.
fn ends_soon(block: &Block<'_>, verb: usize, subject: &NounPhrase, limit: usize) -> bool {
    let end = if subject.items.start > verb { subject.items.end } else { verb + 1 };
    let items = &block.items;
    // "X replied: “…”" is about the words that follow.
    let leads = items.get(limit).is_some_and(|next| {
        next.is_mark(':') || next.quotation().is_some() && !next.begins && !items[limit - 1].is_mark(',')
    });
    if leads && limit <= end + 4 {
        return false;
    }
    match items.get(end).filter(|_| end < limit) {
        None => true,
        Some(next) => {
            next.is_any_mark(&['.', ',', '!']) || next.is(PREPOSITION | CALENDAR | HEARERS) && !next.is(CONJUNCTION)
        }
    }
}

/// Rule 2: the verb before the words.
fn before(block: &Block<'_>, at: usize, cast: &Cast<'_>) -> Option<Claim> {
    let items = &block.items;
    let sentence = block.sentence(at);
    let start = sentence.start;
    let last = at.checked_sub(1).filter(|last| *last >= start)?;
    let colon = items[last].is_mark(':');
    let comma = items[last].is_mark(',') || items[last].is_dash();
    let any = SAY | CALLING | REPORT;
    let verbs = |i: &usize| {
        items[*i].is(any)
            && (is_saying(block, *i) || !items[*i].is(SAY) && is_plain_verb(block, *i) || is_not_said(block, *i))
            && block.name_at(*i).is_none()
    };
    for verb in (start..at).rev().take(2 * REACH).filter(verbs).take(3) {
        // "…, fügte er hinzu, “…”": where the subject follows its verb.
        let behind = |i: usize| block.cues.verb_second && i == verb + 1 && items[i].is(SUBJECT);
        let near = last == verb || (verb + 1..at).all(|i| behind(i) || fills(block, i));
        if items[verb].is(WEAK) && !(near && (comma || colon)) {
            continue;
        }
        // "X said nothing, and declined to say whether it would “…”".
        if items[verb].is(SAY) && is_not_said(block, verb) {
            return None;
        }
        // Words that someone was asked or told: "He was told “…”", or "He was told by X: “…”".
        let subject = if passive(block, verb) {
            agent_of(block, verb, at, cast)
        } else {
            quoted_person(block, verb, at, cast).or_else(|| subject_of(block, verb, sentence.clone(), cast))
        };
        let Some(subject) = subject else { continue };
        let says = items[verb].is(SAY) && !is_predicate(block, verb, at, cast);
        let whole = says && (near || colon || comma && at - verb <= 14);
        let sure = says && (near || colon);
        let confidence = if sure { Confidence::High } else { Confidence::Medium };
        let stand = if whole { Stand::Whole } else { Stand::Part };
        // "X said that it was “…,” Y said": X said it, and Y reports it.
        let within = says && (verb + 1..at).any(|i| items[i].is(THAT)) && !items[last].is(THAT);
        return Some(Claim { subject, verb: Some(verb), other: None, within, confidence, stand, tight: sure });
    }
    None
}

/// "says Mr Lee “responded well” to it": words that are the verb of someone else's clause.
fn is_predicate(block: &Block<'_>, verb: usize, at: usize, cast: &Cast<'_>) -> bool {
    let small = |c: char| c.is_lowercase();
    let first = block.text[block.items[at].range.clone()].chars().find(|c| c.is_alphabetic());
    let subject = block.phrase_at(verb + 1, at, cast).filter(|subject| subject.items.end == at);
    let plain = !block.items[verb].is(ADDRESSED) && !block.cues.verb_second && !block.cues.inverts;
    plain && first.is_some_and(small) && subject.is_some_and(|subject| ability(block, &subject) == Ability::Speaks)
}

/// Whether an item may come between a verb of saying and the words without changing who said them.
fn fills(block: &Block<'_>, at: usize) -> bool {
    let item = &block.items[at];
    match item.kind {
        ItemKind::Mark(mark) => matches!(mark, ',' | ':' | '—' | '–' | '-' | '@' | '(' | ')'),
        ItemKind::Number | ItemKind::Possessive => true,
        ItemKind::Quoted(_) => false,
        ItemKind::Word => {
            let helps = item.is(AUXILIARY) && !item.is(TO);
            let verb = item.is(SAY | REPORT) && is_plain_verb(block, at);
            !item.is(SUBJECT | RELATIVE | CONTRAST | THAT) && !helps && !verb
        }
    }
}

/// Rule 3: according to X.
fn according(block: &Block<'_>, at: usize, cast: &Cast<'_>) -> Option<Claim> {
    let sentence = block.sentence(at);
    let near = sentence.start.max(at.saturating_sub(REACH))..sentence.end.min(at + REACH);
    let (start, behind) = according_in(block, near)?;
    let subject = source_of(block, (start, behind), sentence.end, cast)?;
    let alone = at == sentence.start || block.items[at - 1].is_any_mark(&[',', ':']);
    let stand = if alone { Stand::Whole } else { Stand::Part };
    Some(Claim {
        subject,
        verb: Some(start),
        other: None,
        within: false,
        confidence: Confidence::High,
        stand,
        tight: false,
    })
}

/// Rule 2 without a verb: "X: “…”".
fn colon(block: &Block<'_>, at: usize, cast: &Cast<'_>) -> Option<Claim> {
    let sentence = block.sentence(at);
    let last = at.checked_sub(1).filter(|last| *last >= sentence.start && block.items[*last].is_mark(':'))?;
    // "As one diplomat put it:".
    let leads = block.items[sentence.start].is(CONJUNCTION) && block.name_at(sentence.start).is_none();
    let start = if leads { sentence.start + 1 } else { sentence.start };
    let main = block.main_subject(start..last, cast);
    // "X's verdict on Y's plan:" is X's.
    let owner = || {
        let main = block.main_subject(start..last, cast)?;
        let owner = main.items.clone().find(|i| block.items[*i].kind == ItemKind::Possessive)?;
        block.phrase_at(main.items.start, owner, cast).filter(|owner| matches!(owner.who, Who::Name(_)))
    };
    let someone = |subject: &NounPhrase| {
        subject.who != Who::Described || subject.items.clone().any(|i| block.items[i].is(TITLE | PEOPLE))
    };
    let subject = main.filter(someone);
    let name = || {
        block
            .last_name(sentence.start..last)
            .map(|name| NounPhrase { items: block.names[name].items.clone(), who: Who::Name(name) })
    };
    let subject = subject.or_else(owner).or_else(name)?;
    let confidence = if subject.items.end == last { Confidence::High } else { Confidence::Medium };
    let tight = confidence == Confidence::High;
    Some(Claim { subject, verb: None, other: None, within: false, confidence, stand: Stand::Whole, tight })
}

/// "As X put it in a memoir, “…”".
fn as_put(block: &Block<'_>, at: usize, cast: &Cast<'_>) -> Option<Claim> {
    let items = &block.items;
    let start = block.sentence(at).start;
    let comma = at.checked_sub(1).filter(|comma| *comma > start && items[*comma].is_mark(','))?;
    let leads = items[start].is(CONJUNCTION) && !items[start].is(AND | CONTRAST | THAT);
    let subject = block.phrase_at(start + 1, comma, cast).filter(|_| leads)?;
    let verb = subject.items.end;
    let it = verb + 1 < comma && items[verb].kind == ItemKind::Word && items[verb + 1].is(NEUTER);
    (it && ability(block, &subject) != Ability::Mute).then_some(Claim {
        subject,
        verb: Some(verb),
        other: None,
        within: false,
        confidence: Confidence::High,
        stand: Stand::Whole,
        tight: true,
    })
}

/// "X left with the words “…”", "Mit den Worten „…“ verabschiedete sich X".
fn with_the_words(block: &Block<'_>, at: usize, cast: &Cast<'_>) -> Option<Claim> {
    const NEAR: usize = 4;
    let items = &block.items;
    let sentence = block.sentence(at);
    let noun = at.checked_sub(1).filter(|noun| *noun > sentence.start && items[*noun].is(WORDING))?;
    let opens = noun < sentence.start + NEAR && items[sentence.start].is(PREPOSITION);
    let behind = || {
        let verb = items.get(at + 1).filter(|next| next.kind == ItemKind::Word && !next.capital);
        let mut start = at + 1 + usize::from(block.cues.verb_second && verb.is_some());
        while start < sentence.end && items[start].is(ADVERB | REFLEXIVE) && block.name_at(start).is_none() {
            start += 1;
        }
        let subject = block.phrase_at(start, sentence.end, cast)?;
        Some(block.named_apposition(&subject, sentence.end, cast).unwrap_or(subject))
    };
    let subject = if opens { behind() } else { block.main_subject(sentence.start..at, cast) };
    let subject = subject.filter(|subject| ability(block, subject) == Ability::Speaks)?;
    Some(Claim {
        subject,
        verb: None,
        other: None,
        within: false,
        confidence: Confidence::Medium,
        stand: Stand::Whole,
        tight: true,
    })
}
