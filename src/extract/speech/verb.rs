//! Reporting verbs: whether a word is one in its place, and who is its subject.

use std::ops::Range;

use crate::extract::speech::able::{Ability, ability};
use crate::extract::speech::block::Block;
use crate::extract::speech::cast::Cast;
use crate::extract::speech::cues::*;
use crate::extract::speech::item::{BlockItem, ItemKind};
use crate::extract::speech::people::Gender;
use crate::extract::speech::phrase::{NounPhrase, Who, pronoun};

/// How many items before a verb to look for another one.
const REACH: usize = 45;

/// Whether an item is a verb of saying that can have a subject.
pub fn is_saying(block: &Block<'_>, at: usize) -> bool {
    let item = &block.items[at];
    if !item.is(SAY) || item.capital && !item.begins || is_not_said(block, at) {
        return false;
    }
    let before = at.checked_sub(1).map(|i| &block.items[i]);
    // A verb after an article is a noun: the report, his claim. But not in "a post that said", "another said:".
    !before.is_some_and(|before| {
        before.is(DETERMINER | OWNING) && !before.is(SUBJECT | PLURAL | NEUTER) && !stands_for_someone(block, at - 1)
            || before.kind == ItemKind::Possessive
    }) && !is_one_thing(block, at)
}

/// Whether a word such as "another" or "that" is the subject of the verb behind it, and belongs to no noun: no article,
/// and no noun behind the verb.
fn stands_for_someone(block: &Block<'_>, at: usize) -> bool {
    let (item, verb) = (&block.items[at], &block.items[at + 1]);
    let noun = |next: &BlockItem| next.kind == ItemKind::Word && !next.is(COMMON | HEARERS) && !next.capital;
    item.is(DETERMINER)
        && !item.is(ARTICLE | OWNING)
        && verb.is(FINITE)
        && !verb.is(BASE)
        && !block.items.get(at + 2).is_some_and(noun)
        && !block.cues.noun_capitals
        && !block.cues.inverts
}

/// Whether a word beside words in quotation marks may be a verb of saying that no list has: “…,” sniffed X. Only whoever
/// it belongs to can show that it is one.
pub fn may_say(block: &Block<'_>, at: usize) -> bool {
    let Some(item) = block.items.get(at) else { return false };
    let word = item.kind == ItemKind::Word && !item.capital && block.name_at(at).is_none();
    let plain = item.class & !(OTHER_VERB | VERB | FINITE | WEAK | NEEDS_THAT | ADDRESSED | JUDGING | SUBJUNCTIVE) == 0;
    let inflected = if block.cues.verb_second || block.cues.inverts {
        item.range.len() > 2
    } else {
        let text = &block.text[item.range.clone()];
        item.is(OTHER_VERB)
            || item.is(VERB) && item.is(FINITE) && !item.is(BASE)
            || text.ends_with('s') && text.len() > 4
    };
    word && plain && inflected && !is_not_said(block, at)
}

/// Whether "a", "his" or "the board's" stands before a word and one or two others, so that a form without -s is a noun: a
/// Valley post, his farewell note.
fn is_one_thing(block: &Block<'_>, at: usize) -> bool {
    const FAR: usize = 3;
    let one = |item: &BlockItem| item.is(ARTICLE) && item.is(FORMER);
    let plain = |item: &BlockItem| item.kind == ItemKind::Word && !item.is(COMMON | VERB | OTHER_VERB);
    let item = &block.items[at];
    if block.cues.verb_second || block.cues.inverts || !item.is(BASE) || item.begins {
        return false;
    }
    // "his aides note" has several who do it.
    let several = at.checked_sub(1).is_some_and(|before| {
        let before = &block.items[before];
        before.is(HEARERS | PEOPLE | ORGANISATION | TITLE) || block.text[before.range.clone()].ends_with('s')
    });
    let owner = |item: &BlockItem| {
        let owns = item.is(OWNING) && !item.is(SUBJECT) || item.kind == ItemKind::Possessive;
        owns && !several && block.items[at].is(NEEDS_THAT | WEAK)
    };
    let words = (at.saturating_sub(FAR)..at).rev().find(|i| !plain(&block.items[*i]));
    words.is_some_and(|first| first + 1 < at && (one(&block.items[first]) || owner(&block.items[first])))
}

/// Whether the sentence says that nothing was said, or only supposes it: did not say, never said, denied
/// saying, if X says, may say, plans to say.
pub fn is_not_said(block: &Block<'_>, verb: usize) -> bool {
    let items = &block.items;
    let begin = block.sentence(verb).start;
    let mut at = verb;
    let mut came = false;
    while at > begin && items[at - 1].is(AUXILIARY | ADVERB | NEGATION | TO) {
        at -= 1;
        // In "May said", the capital makes it a name. "Would later say" means that it was said later.
        came |= items[at].is(CAME);
        let future = items[at].is(FUTURE) && !items[at].capital && !came;
        // "Would only say that": it was said.
        let only = (at + 1..=verb + 1).any(|i| items.get(i).is_some_and(|item| item.is(ONLY)));
        if items[at].is(NEGATION) && !items[at + 1].is(ONLY) || future && !only {
            return true;
        }
    }
    // "Dazu äußerte sie sich nicht": where the verb comes second, "not" ends the clause.
    if block.cues.verb_second {
        let end = (verb + 1..block.sentence(verb).end).find(|i| items[*i].kind != ItemKind::Word);
        let last = end.map_or(block.sentence(verb).end, |end| end) - 1;
        if last > verb && items[last].is(NEGATION) {
            return true;
        }
    }
    let hangs = at < verb || items[verb].is(HANGING);
    if at > begin && hangs && (items[at - 1].is(DENIAL) || block.cues.ends_unsaid(block.text_of(begin..at))) {
        return true;
    }
    // "denied that X had said": what X said is what is denied.
    if (begin..at).rev().take(REACH).any(|i| denies_clause(block, i, at)) {
        return true;
    }
    // "plans to say", "is expected to tell".
    let to = (at..verb).any(|i| items[i].is(TO));
    if at > begin && to && items[at - 1].is(TO_DO) {
        return true;
    }
    // The clause begins after the last mark or quotation.
    let clause = (begin..at)
        .rev()
        .take(REACH)
        .find(|i| !matches!(items[*i].kind, ItemKind::Word | ItemKind::Number | ItemKind::Possessive));
    let first = clause.map_or(begin, |mark| mark + 1);
    // "If X says", "Nor did X say", but "Not only did X say".
    first < verb && (items[first].is(CONDITION) || is_negated(block, first, verb))
}

/// Whether a verb denies the clause that contains another: denied that, rejected a claim that.
fn denies_clause(block: &Block<'_>, denial: usize, verb: usize) -> bool {
    const NEAR: usize = 4;
    let items = &block.items;
    let that = (denial + 1..verb).take(NEAR).find(|i| items[*i].is(THAT));
    let parted = |that: usize| (that..verb).any(|i| matches!(items[i].kind, ItemKind::Mark(_)));
    items[denial].is(DENIAL) && that.is_some_and(|that| !parted(that))
}

/// Whether a negation at the start of a clause applies to a verb: "Nor did X say", "Neither X nor Y
/// said"; but not "Not long after that X said", and not "Not only did X say".
fn is_negated(block: &Block<'_>, first: usize, verb: usize) -> bool {
    let items = &block.items;
    // Further away it belongs to another clause, with or without a mark.
    if !items[first].is(NEGATION) || items[first + 1].is(ONLY) || verb - first > REACH {
        return false;
    }
    let inverted = items[first + 1].is(AUXILIARY) || (first + 1..verb).any(|i| items[i].is(NEGATION));
    inverted && !(first..verb).any(|i| items[i].is(AND | CONTRAST | THAT) && !items[i].is(NEGATION))
}

/// Whether words at an item are next to a verb of saying that the sentence negates.
pub fn unsaid(block: &Block<'_>, at: usize) -> bool {
    const NEAR: usize = 14;
    let sentence = block.sentence(at);
    let near = sentence.start.max(at.saturating_sub(NEAR))..sentence.end.max(at).min(at + NEAR);
    near.into_iter().any(|i| block.items[i].is(SAY) && is_not_said(block, i))
}

/// Whose words a verb of quoting gives, if it is someone: "the paper quoted X as saying".
pub fn quoted_person(block: &Block<'_>, verb: usize, limit: usize, cast: &Cast<'_>) -> Option<NounPhrase> {
    let items = &block.items;
    if !items[verb].is(QUOTING) || passive(block, verb) {
        return None;
    }
    let object = object_of(block, verb, limit, cast)?;
    // "zitierte die Zeitung den Minister": the object follows the subject.
    let second = block.phrase_at(object.items.end, limit, cast).filter(|_| block.cues.verb_second);
    second.filter(|second| is_someone(block, second)).or(Some(object)).filter(|object| is_someone(block, object))
}

/// What follows a verb: its object, or the name of the object between commas.
fn object_of(block: &Block<'_>, verb: usize, limit: usize, cast: &Cast<'_>) -> Option<NounPhrase> {
    let object = block.phrase_at(verb + 1, limit, cast)?;
    // "quoted him as saying".
    let class = block.items[object.items.start].class;
    if object.items.len() == 1 && object.who == Who::Described && class & (MALE | FEMALE | PLURAL) != 0 {
        return Some(NounPhrase { who: pronoun(class), ..object });
    }
    Some(block.named_apposition(&object, limit, cast).unwrap_or(object))
}

/// Whether a phrase is certainly someone who can speak.
fn is_someone(block: &Block<'_>, phrase: &NounPhrase) -> bool {
    phrase.who != Who::Nobody && ability(block, phrase) == Ability::Speaks
}

/// Whose words they are where someone only hears them: "X was told by Y".
pub fn agent_of(block: &Block<'_>, verb: usize, limit: usize, cast: &Cast<'_>) -> Option<NounPhrase> {
    const NEAR: usize = 3;
    let items = &block.items;
    // "X was asked by Y: “No.”" has the answer.
    if items[verb].is(ASKING) && items[verb].is(TO_DO) {
        return None;
    }
    let by = (verb + 1..limit).take(NEAR).find(|i| items[*i].is(AGENT))?;
    let agent = block.phrase_at(by + 1, limit, cast)?;
    let agent = block.named_apposition(&agent, limit, cast).unwrap_or(agent);
    is_someone(block, &agent).then_some(agent)
}

/// Whether a verb is passive: was asked.
pub fn passive(block: &Block<'_>, verb: usize) -> bool {
    let item = &block.items[verb];
    let mut at = verb;
    while at > 0 && block.items[at - 1].is(ADVERB) {
        at -= 1;
    }
    let Some(aux) = at.checked_sub(1).map(|i| &block.items[i]) else { return false };
    let own = at > 1 && block.items[at - 2].is(REFLEXIVE);
    // "der nicht genannt werden will".
    if block.cues.verb_second
        && block.items.get(verb + 1).is_some_and(|next| next.is(BE))
        && block.text[item.range.clone()].starts_with("ge")
    {
        return true;
    }
    aux.is(BE) && item.is(FINITE) && !item.is(BASE) && !own
}

/// The subject of a verb: before it; after it if the verb begins the sentence; the subject of the
/// sentence if the verb depends on another clause.
pub fn subject_of(block: &Block<'_>, verb: usize, sentence: Range<usize>, cast: &Cast<'_>) -> Option<NounPhrase> {
    let item = &block.items[verb];
    // "For those who missed it: X stood up and told …": what comes before a colon has its own subject.
    let colon = (sentence.start + 1..verb).rev().find(|i| {
        let glued = block.items.get(i + 1).is_some_and(|next| next.range.start == block.items[*i].range.end);
        (block.items[*i].is_mark(':') || block.cues.verb_second && block.items[*i].is_mark(';')) && !glued
    });
    let sentence = colon.filter(|colon| colon + 1 < verb).map_or(sentence.start, |colon| colon + 1)..sentence.end;
    if block.cues.verb_second {
        return second_subject(block, verb, sentence, cast);
    }
    if item.is(HANGING) && !item.is(FINITE) {
        return hanging_subject(block, verb, sentence, cast);
    }
    if block.cues.inverts && !block.items[verb - usize::from(verb > sentence.start)].is(AND | CONTRAST) {
        return either_subject(block, verb, sentence, cast);
    }
    if verb == sentence.start {
        return block.phrase_at(verb + 1, sentence.end, cast);
    }
    if block.items[verb - 1].is(TO) {
        // "X says that his father used to say": the subject of the verb before "to".
        let that = (sentence.start..verb).rev().find(|i| block.items[*i].is(THAT));
        let from = that.map_or(sentence.start, |that| that + 1);
        // "the words of X, who used to say".
        let who = (from..verb).rev().take(4).find(|i| block.items[*i].is(RELATIVE) && block.items[*i].is(SUBJECT));
        if let Some(who) = who.filter(|who| *who > from + 1 && block.items[who - 1].is_mark(',')) {
            return block.nearest_phrase(who - 1, from, cast);
        }
        let own = block.phrase_at(from, verb.saturating_sub(2), cast);
        return own.filter(|own| own.items.end + 2 == verb).or_else(|| block.main_subject(sentence, cast));
    }
    // "X went on and then said": the subject of the clause before.
    let joined =
        (sentence.start..verb).rev().find(|i| !block.items[*i].is(ADVERB) || block.items[*i].is(AND | CONTRAST));
    if let Some(and) = joined.filter(|and| block.items[*and].is(AND | CONTRAST)) {
        // "X notes that it found …, and says": the subject of the sentence.
        if and > sentence.start && (block.items[and - 1].is_mark(',') || block.items[and - 1].is_dash()) {
            let main = block.main_subject(sentence.start..and, cast);
            if let Some(main) = main.filter(|main| ability(block, main) != Ability::Mute) {
                return Some(main);
            }
        }
        let earlier = verb_before(block, verb, sentence.start, cast);
        let from_earlier = earlier.and_then(|earlier| block.subject_before(earlier, sentence.start, cast));
        return from_earlier.or_else(|| block.main_subject(sentence, cast));
    }
    block.subject_before(verb, sentence.start, cast)
}

/// The subject where the verb is the second part of its clause: the phrase that begins the clause, or what follows
/// the verb if something else begins it. With an auxiliary, both are around that: "Gestern hat X erklärt".
fn second_subject(block: &Block<'_>, verb: usize, sentence: Range<usize>, cast: &Cast<'_>) -> Option<NounPhrase> {
    let items = &block.items;
    let begin = sentence.start.max(verb.saturating_sub(REACH));
    // Where the clause begins: at the sentence, or after "…, und".
    let joined = (begin + 1..verb).rev().find(|i| items[*i].is(AND | CONTRAST) && items[i - 1].is_mark(','));
    let mut first = joined.map_or(begin, |and| and + 1);
    while first < verb
        && (matches!(items[first].kind, ItemKind::Mark(_) | ItemKind::Quoted(_)) || items[first].is(AND | CONTRAST))
    {
        first += 1;
    }
    // "Nachdem …, erklärte X".
    let behind_comma = verb > first
        && items[verb - 1].is_mark(',')
        && items[first].is(CONJUNCTION | QUESTION)
        && block.name_at(first).is_none();
    // "Immerhin werde ermittelt, sagt ein Diplomat": the clause before the comma was said.
    let said_before = verb > first
        && items[verb - 1].is_mark(',')
        && (first..verb).any(|i| items[i].is(SUBJUNCTIVE))
        && block.phrase_at(verb + 1, sentence.end, cast).is_some_and(|subject| {
            matches!(subject.who, Who::Name(_) | Who::Titled(_) | Who::Pronoun(_))
                || subject.who == Who::Described
                    && items[subject.items.start].is(DETERMINER)
                    && ability(block, &subject) != Ability::Mute
        });
    let first = if behind_comma || said_before { verb } else { first };
    let finite = (first..verb)
        .find(|i| items[*i].is(AUXILIARY) && !items[*i].is(TO) && block.name_at(*i).is_none())
        .unwrap_or(verb);
    // "Einen Bericht wies er zurück": a pronoun behind the verb.
    let own = |at: usize| {
        // "X bestritt es und nannte sie …": not the subject of the second verb.
        let shared = items[at - usize::from(at > 0)].is(AND);
        let next = items.get(at + 1).filter(|_| at > first && at + 1 < sentence.end && !shared)?;
        let subject = next.is(SUBJECT) && !next.is(DETERMINER | RELATIVE | NOBODY);
        subject.then(|| NounPhrase { items: at + 1..at + 2, who: pronoun(next.class) })
    };
    if let Some(own) = own(verb).or_else(|| own(finite)) {
        return Some(own);
    }
    // "In Peking hieß es", "Darin heißt es": the place, or whom the sentence before is about.
    let it = items.get(verb + 1).is_some_and(|next| next.is(NOBODY) && next.is(SUBJECT)) && verb == finite;
    if it && first < verb && items[first].is(PREPOSITION | ADVERB) && block.name_at(first).is_none() {
        let place = block.phrase_at(first + 1, verb, cast).filter(|_| items[first].is(PREPOSITION));
        let before = || {
            let before = block.sentence_before(verb).filter(|_| first + 1 == verb)?;
            block.main_subject(before, cast)
        };
        let source = place.or_else(before).filter(|source| ability(block, source) != Ability::Mute);
        if source.is_some() {
            return source;
        }
    }
    // "Zugleich warnte der Diplomat": a small word that no list has.
    let unknown = first + 1 == finite
        && items[first].begins
        && items[first].class == 0
        && block.name_at(first).is_none()
        && items.get(finite + 1).is_some_and(|next| next.is(ARTICLE | OWNING) || block.name_at(finite + 1).is_some());
    let leads = first == finite
        || unknown
        || items[first].is(PREPOSITION | ADVERB | CONJUNCTION)
            && !items[first].is(DETERMINER | SUBJECT)
            && block.name_at(first).is_none();
    let after = |from: usize| {
        let mut at = from;
        while at < sentence.end && items[at].is(ADVERB | MALE) && !items[at].is(SUBJECT) {
            at += 1;
        }
        let subject = block.phrase_at(at, sentence.end, cast)?;
        Some(block.named_apposition(&subject, sentence.end, cast).unwrap_or(subject))
    };
    let usable = |subject: &NounPhrase| ability(block, subject) != Ability::Mute;
    if leads && let Some(subject) = after(finite + 1).filter(usable) {
        return Some(subject);
    }
    // "Der Zeitung sagte X": a paper before the verb only heard it.
    let person = |subject: &NounPhrase| match subject.who {
        Who::Name(name) => match cast.member(block.names[name].member).gender {
            Some(gender) => gender != Gender::Neuter,
            None => block.names[name].items.len() > 1,
        },
        _ => false,
    };
    let first_phrase = block.phrase_at(first, finite, cast).filter(|phrase| phrase.items.end == finite);
    let heard = first_phrase.is_some_and(|phrase| {
        let dative = items[phrase.items.start].is(DETERMINER) && items[phrase.items.start].is(PREPOSITION | ARTICLE);
        let office = phrase.items.clone().any(|i| items[i].is(TITLE | PERSON | PEOPLE));
        // "Der englischsprachigen Zeitung sagte X": a word for a body is no name behind an article.
        let paper = matches!(phrase.who, Who::Name(name)
            if cast.member(block.names[name].member).gender == Some(Gender::Neuter));
        (phrase.who == Who::Described || paper) && dative && !office
    });
    if heard && let Some(subject) = block.phrase_at(finite + 1, sentence.end, cast).filter(person) {
        return Some(subject);
    }
    // "X, Sprecher von Y, sagte": the phrase that begins the clause.
    let subject = block
        .phrase_at(first, verb, cast)
        .map(|subject| block.named_apposition(&subject, verb, cast).unwrap_or(subject));
    subject
        .filter(usable)
        .or_else(|| block.subject_before(verb, first, cast).filter(usable))
        .or_else(|| after(finite + 1).filter(usable))
}

/// The subject where it may stand on either side of its verb: whoever is named before it, or else behind it.
fn either_subject(block: &Block<'_>, verb: usize, sentence: Range<usize>, cast: &Cast<'_>) -> Option<NounPhrase> {
    let before = if verb == sentence.start { None } else { block.subject_before(verb, sentence.start, cast) };
    let named = |subject: &NounPhrase| !matches!(subject.who, Who::Described | Who::Nobody);
    if before.as_ref().is_some_and(named) {
        return before;
    }
    // "Иван Белов на встрече с журналистами заявил": what stands behind a preposition is no subject.
    let behind_preposition = before.as_ref().is_some_and(|subject| {
        let before = subject.items.start.checked_sub(1).filter(|before| *before > sentence.start);
        before.is_some_and(|before| block.items[before].is(PREPOSITION)) && !block.cues.declension.is_none()
    });
    if behind_preposition && let Some(main) = block.main_subject(sentence.start..verb, cast).filter(named) {
        return Some(main);
    }
    let someone = before.as_ref().is_some_and(|subject| ability(block, subject) == Ability::Speaks);
    let behind = block.subject_behind(verb, sentence.end, cast);
    // "закликала не панікувати": what is to be done.
    let to_do = |subject: &NounPhrase| subject.items.clone().all(|i| block.items[i].is(INFINITIVE | NEGATION));
    let behind = behind.filter(|behind| !to_do(behind));
    let before = before.or_else(|| if behind.is_none() { block.main_subject(sentence, cast) } else { None });
    match behind {
        Some(behind) if named(&behind) && !someone => Some(behind),
        Some(behind) if before.is_none() => Some(behind),
        _ => before,
    }
}

/// The reporting verb before a verb, in the same sentence.
pub fn verb_before(block: &Block<'_>, verb: usize, start: usize, cast: &Cast<'_>) -> Option<usize> {
    (start..verb).rev().take(REACH).find(|i| {
        let item = &block.items[*i];
        item.is(VERB)
            && item.is(FINITE)
            && block.name_at(*i).is_none()
            && is_plain_verb(block, *i)
            && can_report(block, *i, cast)
    })
}

/// Whether a reporting verb is not a noun: it does not follow an article.
pub fn is_plain_verb(block: &Block<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).map(|i| &block.items[i]);
    !before.is_some_and(|before| {
        before.is(DETERMINER | OWNING) && !before.is(SUBJECT) || before.kind == ItemKind::Possessive
    })
}

/// Whether a word is a verb here, with its own subject: "he plans to", not "tough questions".
pub fn can_report(block: &Block<'_>, verb: usize, cast: &Cast<'_>) -> bool {
    let items = &block.items;
    let item = &items[verb];
    let Some(before) = verb.checked_sub(1).map(|i| &items[i]) else { return true };
    if item.is(HANGING) && !item.is(FINITE) {
        return item.is(SAY | CALLING | REPORT);
    }
    if before.is(TO) {
        return item.is(SAY);
    }
    let text = &block.text[item.range.clone()];
    // "has doubts": no form in -s follows an auxiliary.
    let plain = !block.cues.verb_second && !block.cues.inverts;
    if plain && before.is(AUXILIARY) && !before.is(TO) && text.ends_with('s') && item.is(FINITE) && !item.is(BASE) {
        return false;
    }
    let noun = item.is(BASE) && item.is(NEEDS_THAT | WEAK | TO_DO) && !item.is(ASKING);
    let may_be_noun = (item.is(BASE) || text.ends_with('s')) && (text.len() > 4 || noun);
    if !may_be_noun {
        return true;
    }
    // "no Palestinian state".
    if item.is(BASE) && before.is(PEOPLE) && !block.text[before.range.clone()].ends_with('s') {
        return false;
    }
    let clear = before.is(SUBJECT | RELATIVE | AUXILIARY | ADVERB | TITLE | ORGANISATION | PLURAL | HEARERS)
        || matches!(before.kind, ItemKind::Mark(_));
    clear
        || block.name_at(verb - 1).is_some()
        || block.nearest_phrase(verb, block.sentence(verb).start, cast).is_some_and(|phrase| {
            let first = &items[phrase.items.start];
            let plural = item.is(BASE) && block.text[before.range.clone()].ends_with('s');
            // "an expansion of its joint projects".
            let tied = phrase.items.start > 0 && items[phrase.items.start - 1].is(PREPOSITION) && first.is(OWNING);
            (first.is(DETERMINER | OWNING) || plural || first.begins) && !tied
        })
}

/// "…, X said, adding that": the subject of the verb before, or of the sentence.
fn hanging_subject(block: &Block<'_>, verb: usize, sentence: Range<usize>, cast: &Cast<'_>) -> Option<NounPhrase> {
    if let Some(object) = object_that_says(block, verb, sentence.start, cast) {
        return Some(object);
    }
    if let Some(subject) = leading_clause_subject(block, verb, sentence.start, cast) {
        return Some(subject);
    }
    // "with X shouting": the person named directly before.
    if let Some(near) = block.nearest_phrase(verb, sentence.start, cast).filter(|near| matches!(near.who, Who::Name(_)))
    {
        let before = near.items.start.checked_sub(1).map(|i| &block.items[i]);
        let someone =
            matches!(near.who, Who::Name(name) if cast.member(block.names[name].member).gender != Some(Gender::Neuter));
        if someone || before.is_none_or(|before| before.is(WITH)) {
            return Some(near);
        }
    }
    // "mails show the mayor's aides telling her that": those who stand before the verb, as the object of another.
    if let Some(near) = block.nearest_phrase(verb, sentence.start, cast).filter(|near| near.who == Who::Described)
        && near.items.end == verb
        && ability(block, &near) == Ability::Speaks
        && let Some(before) = near.items.start.checked_sub(1).map(|i| &block.items[i])
        && before.is(OTHER_VERB | VERB)
        && !before.is(ADDRESSED | SOMEONE_TO | CALLING)
    {
        return Some(near);
    }
    // "the party, which tried to win by saying that": the one whom the clause is about.
    if verb > sentence.start + 1 && block.items[verb - 1].is(PREPOSITION) {
        let parts = |i: &usize| matches!(block.items[*i].kind, ItemKind::Mark(_) | ItemKind::Quoted(_));
        let begin = (sentence.start..verb).rev().take(REACH).find(parts).map_or(sentence.start, |mark| mark + 1);
        if begin > sentence.start + 1 && block.items[begin].is(RELATIVE) && !block.items[begin].is(TIME) {
            let whom = block.nearest_phrase(begin - 1, sentence.start, cast);
            if let Some(whom) = whom.filter(|whom| ability(block, whom) != Ability::Mute) {
                return Some(whom);
            }
        }
    }
    if let Some(subject) = clause_subject(block, verb, sentence.start, cast) {
        return Some(subject);
    }
    // "X denied that Y had threatened Z, calling it “late”": the verb that governs the clause before the comma.
    let governs = |earlier: usize| {
        let comma = verb > sentence.start && block.items[verb - 1].is_mark(',');
        let that = (sentence.start + 1..earlier).rev().find(|i| block.items[*i].is(THAT)).filter(|_| comma)?;
        let whole = !(that..earlier).any(|i| matches!(block.items[i].kind, ItemKind::Mark(_)));
        let says =
            |i: &usize| block.items[*i].is(SAY | DENIAL) && block.items[*i].is(FINITE) || block.items[*i].is(DENIAL);
        (sentence.start..that).rev().take(4).find(says).filter(|_| whole)
    };
    let earlier = verb_before(block, verb, sentence.start, cast);
    if let Some(earlier) = earlier.map(|earlier| governs(earlier).unwrap_or(earlier)) {
        let inverted = block.items[earlier].is(SAY)
            && earlier > 0
            && !block.items[earlier].is(ADDRESSED)
            && (block.items[earlier - 1].quotation().is_some() || block.items[earlier - 1].is_mark(','));
        let behind = if inverted { block.phrase_at(earlier + 1, verb, cast) } else { None };
        // "X, the mayor, said the tram was late, adding": what follows the verb is the subject only if nothing is said
        // of it.
        let behind = behind.filter(|behind| {
            let next = &block.items[behind.items.end];
            matches!(next.kind, ItemKind::Mark(_)) || next.is(PREPOSITION | CALENDAR)
        });
        if let Some(subject) = behind.or_else(|| block.subject_before(earlier, sentence.start, cast)) {
            // "said the minister, Ann Lee, before adding".
            return Some(block.named_apposition(&subject, verb, cast).unwrap_or(subject));
        }
    }
    block.main_subject(sentence, cast)
}

/// "The paper quoted X as saying", "Y thanked X for saying": the object of the verb before.
fn object_that_says(block: &Block<'_>, verb: usize, start: usize, cast: &Cast<'_>) -> Option<NounPhrase> {
    const NEAR: usize = 12;
    let items = &block.items;
    let joint = verb.checked_sub(1).filter(|joint| *joint > start)?;
    if !items[joint].is(TOPIC) || items[joint].is(AGENT | WITH | TO) {
        return None;
    }
    let gives = |i: &usize| {
        items[*i].is(QUOTING | CALLING | JUDGING)
            && items[*i].is(FINITE)
            && block.name_at(*i).is_none()
            && is_plain_verb(block, *i)
    };
    let giving = (start..joint).rev().take(NEAR).find(gives).filter(|giving| !passive(block, *giving))?;
    object_of(block, giving, joint, cast).filter(|object| is_someone(block, object))
}

/// "After X resigned, calling it “a farce”, Y took over": the subject of the clause that begins the sentence.
fn leading_clause_subject(block: &Block<'_>, verb: usize, start: usize, cast: &Cast<'_>) -> Option<NounPhrase> {
    let items = &block.items;
    let leads = items[start].is(CONJUNCTION) && !items[start].is(AND | CONTRAST | THAT) && !items[start].capital
        || items[start].is(CONJUNCTION) && items[start].begins && !items[start].is(AND | CONTRAST | THAT);
    let comma = (start..verb).find(|i| items[*i].is_mark(','));
    if !leads || comma.is_none_or(|comma| comma + 1 != verb) {
        return None;
    }
    let subject = block.phrase_at(start + 1, verb, cast)?;
    let acts = (subject.items.end..verb).any(|i| items[i].is(OTHER_VERB | AUXILIARY | FINITE));
    (acts && is_someone(block, &subject)).then_some(subject)
}

/// "… after X spent the year insisting that": the person that the clause after a conjunction is about.
/// After a comma, the verb depends on the main clause: "… after X left, adding that".
fn clause_subject(block: &Block<'_>, verb: usize, start: usize, cast: &Cast<'_>) -> Option<NounPhrase> {
    let opens = |i: &usize| block.items[*i].is(CONJUNCTION) && !block.items[*i].is(AND | CONTRAST | THAT | RELATIVE);
    if verb == start || matches!(block.items[verb - 1].kind, ItemKind::Mark(_)) {
        return None;
    }
    let conjunction = (start..verb).rev().take(REACH).find(opens)?;
    let subject = block.phrase_at(conjunction + 1, verb, cast)?;
    let acts = (subject.items.end..verb).any(|i| block.items[i].is(OTHER_VERB | AUXILIARY | FINITE));
    (acts && !matches!(subject.who, Who::Described | Who::Nobody)).then_some(subject)
}

/// The first "according to" among some items: where it begins and ends.
pub fn according_in(block: &Block<'_>, within: Range<usize>) -> Option<(usize, usize)> {
    let items = &block.items;
    within.clone().find_map(|i| {
        if !items[i].is(ACCORDING) || i + 1 >= within.end {
            return None;
        }
        let word = |i: usize| &block.text[items[i].range.clone()];
        if block.cues.is_according(word(i), word(i + 1)) {
            return Some((i, i + 2));
        }
        // "по его словам".
        let owned = items[i + 1].is(OWNING) && i + 2 < within.end;
        if owned && block.cues.inverts && block.cues.is_according(word(i), word(i + 2)) {
            return Some((i, i + 3));
        }
        // "laut X", but not "laut darüber nachgedacht".
        let next = &items[i + 1];
        let someone =
            next.capital || next.is(DETERMINER | OWNING | MALE | FEMALE | PLURAL) || next.quotation().is_some();
        let noun = someone || !block.cues.noun_capitals || (i + 2..within.end.min(i + 4)).any(|i| items[i].capital);
        let small = next.is(ADVERB) || word(i + 1).starts_with("da");
        (block.cues.is_according_alone(word(i)) && noun && !(block.cues.noun_capitals && small)).then_some((i, i + 1))
    })
}

/// The source that "according to" names: what follows it, or the pronoun within it.
pub fn source_of(
    block: &Block<'_>,
    (start, behind): (usize, usize),
    limit: usize,
    cast: &Cast<'_>,
) -> Option<NounPhrase> {
    let pronoun_at = |at: usize| NounPhrase { items: at..at + 1, who: pronoun(block.items[at].class) };
    let person = |at: usize| at < limit && block.items[at].is(MALE | FEMALE | PLURAL);
    if behind == start + 3 {
        return person(start + 1).then(|| pronoun_at(start + 1));
    }
    // "selon lui".
    let alone = block.items.get(behind + 1).is_none_or(|next| matches!(next.kind, ItemKind::Mark(_)));
    if block.cues.inverts && person(behind) && alone {
        return Some(pronoun_at(behind));
    }
    // "nach Ansicht von X".
    let small = block.items.get(behind).is_some_and(|of| of.is(PREPOSITION) && !of.is(DETERMINER));
    let behind = behind + usize::from(small && (block.cues.verb_second || block.cues.inverts));
    let source = block.phrase_at(behind, limit, cast)?;
    // "according to figures released by the ministry": whoever released them.
    let head = &block.items[source.items.end - 1];
    let by = (source.items.end..limit.min(source.items.end + 3)).find(|i| block.items[*i].is(AGENT));
    let between = |by: usize| (source.items.end..by).all(|i| block.items[i].kind == ItemKind::Word);
    match by.filter(|by| source.who == Who::Described && head.is(DOCUMENT | THING) && between(*by)) {
        Some(by) => block.phrase_at(by + 1, limit, cast).or(Some(source)),
        None => Some(source),
    }
}
