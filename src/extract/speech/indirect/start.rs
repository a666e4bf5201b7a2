//! Where the words that were said begin after a verb: "that", a clause, "to", a question.

use crate::extract::speech::block::Block;
use crate::extract::speech::cast::Cast;
use crate::extract::speech::cues::*;
use crate::extract::speech::indirect::AWAY;
use crate::extract::speech::item::{BlockItem, ItemKind};
use crate::extract::speech::phrase::Who;

/// How far after a verb its "that" may be: said in a statement on Monday that.
pub(in crate::extract::speech::indirect) const THAT_REACH: usize = 18;

/// Further away, no other verb may come between.
const NEAR: usize = 8;

/// Where the words that were said begin after a verb.
pub(in crate::extract::speech::indirect) fn content_start(
    block: &Block<'_>,
    verb: usize,
    end: usize,
    cast: &Cast<'_>,
) -> Option<usize> {
    let items = &block.items;
    let item = &items[verb];
    let at = past_brackets(block, past_hearer(block, verb, end, cast)?, end);
    // "added: the tram was late".
    let colon = items.get(at).filter(|_| at < end).is_some_and(|item| item.is_mark(':')) && item.is(SAY);
    if colon && items.get(at + 1).is_some_and(|next| at + 1 < end && next.quotation().is_none() && !next.capital) {
        return Some(at + 1);
    }
    if let Some(clause) = subjunctive_clause(block, verb, at, end) {
        return Some(clause);
    }
    let past = if items.get(at).is_some_and(|next| next.is(DETERMINER)) { past_time(block, at, end) } else { at };
    if let Some(that) = that_near(block, at, end).or_else(|| that_near(block, past, end).filter(|_| past > at)) {
        return item.is(SAY | REPORT).then_some(that);
    }
    let at = past_time(block, at, end);
    // "said nothing of it".
    let nothing = items.get(at).is_some_and(|first| first.is(NEGATION) && !first.is(AUXILIARY | ADVERB));
    if nothing && item.is(SAY) && items.get(at + 1).is_none_or(|next| next.is(PREPOSITION) && !next.is(TO)) {
        return None;
    }
    let at = past_occasion(block, verb, at, end, cast).unwrap_or(at);
    let first = items.get(at).filter(|_| at < end)?;
    // "sprach in Ankara von einer „Attrappe“".
    if block.cues.verb_second && item.is(SAY) && item.is(WEAK) && item.is(CALLING) {
        let plain = |i: &usize| {
            items[*i].kind == ItemKind::Word && !items[*i].is(SAY | SUBJUNCTIVE | CONJUNCTION & !PREPOSITION)
        };
        let of =
            (at..end).take(THAT_REACH).take_while(plain).find(|i| items[*i].is(CALLED) && items[*i].is(PREPOSITION));
        let told = |next: &BlockItem| {
            next.quotation().is_some()
                || next.kind == ItemKind::Number
                || next.is(ARTICLE) && next.is(FORMER)
                || next.is(DETERMINER & !ARTICLE)
        };
        if let Some(of) = of.filter(|of| items.get(of + 1).is_some_and(told)) {
            return Some(of);
        }
    }
    // "vowed not to stop".
    if first.is(NEGATION) && items.get(at + 1).is_some_and(|next| next.is(TO)) {
        let to = item.is(TO_DO) && at == verb + 1 || item.is(SOMEONE_TO) && at > verb + 1;
        // "who asked not to be named" is about the source.
        let source = verb > 0 && items[verb - 1].is(RELATIVE) && item.is(ASKING);
        return (to && !source).then_some(at);
    }
    if first.is(TO) {
        let to = item.is(TO_DO) && at == verb + 1 || item.is(SOMEONE_TO) && at > verb + 1;
        // "told it to reporters": the next part is not a verb.
        let someone = |next: &BlockItem| next.is(HEARERS | DETERMINER | OWNING | SUBJECT | CALENDAR) || next.capital;
        return (to && !items.get(at + 1).is_some_and(someone)).then_some(at);
    }
    // "обещал снизить", "призвал партнёров дать".
    let infinitive = (at..end.min(at + AWAY / 4)).find(|i| items[*i].is(INFINITIVE));
    if let Some(infinitive) = infinitive.filter(|to| item.is(TO_DO) && *to == at || item.is(SOMEONE_TO) && *to > at) {
        return Some(infinitive);
    }
    // "said when asked" only says when.
    let tells_when = first.is(RELATIVE) && items.get(at + 1).is_some_and(|next| next.is(VERB | OTHER_VERB));
    if first.is(QUESTION) && item.is(ASKING) && !tells_when {
        return Some(at);
    }
    if item.is(SOMEONE_TO)
        && !item.is(SAY & CALLING)
        && let Some(someone) = block.phrase_at(at, end, cast)
        && items.get(someone.items.end).is_some_and(|next| next.is(TO))
        && someone.items.end < end
    {
        return Some(someone.items.end);
    }
    if item.is(SAY | REPORT) && is_bare_clause(block, verb, at, end, cast) {
        return Some(at);
    }
    // "called for …", "called on …".
    if first.is(CALLED) && item.is(CALLING) && item.is(SOMEONE_TO) && at == verb + 1 {
        return Some(at + 1);
    }
    (item.is(CALLING) && is_object(block, at, end)).then_some(at)
}

/// Past the narrator's words in brackets: "posted (in capitals) that".
fn past_brackets(block: &Block<'_>, at: usize, end: usize) -> usize {
    let opens = block.items.get(at).is_some_and(|item| item.is_any_mark(&['(', '[']));
    let close = (at..end).take(2 * THAT_REACH).find(|i| block.items[*i].is_any_mark(&[')', ']'])).filter(|_| opens);
    close.map_or(at, |close| close + 1)
}

/// Past the person addressed: "told reporters", "warned Russia". `None` if nothing follows that person.
fn past_hearer(block: &Block<'_>, verb: usize, end: usize, cast: &Cast<'_>) -> Option<usize> {
    let items = &block.items;
    let at = verb + 1;
    if !items[verb].is(ADDRESSED) || at >= end || items[at].is(THAT & !DETERMINER | TO) {
        return Some(at);
    }
    let hearer = block.phrase_at(at, end, cast).filter(|_| !items[at].is(SUBJECT) || items[at].is(NOBODY | NEUTER));
    let Some(hearer) = hearer else {
        let pronoun = items[at].is(SUBJECT | NOBODY | MALE | FEMALE | PLURAL)
            && items.get(at + 1).is_some_and(|next| next.is(THAT | TO | QUESTION | SUBJECT));
        return Some(at + usize::from(pronoun));
    };
    let next = items.get(hearer.items.end).filter(|_| hearer.items.end < end);
    let next = next.filter(|next| !matches!(next.kind, ItemKind::Mark(_)))?;
    // "told NBC's “Meet the Press” that".
    let show = items[hearer.items.end - 1].kind == ItemKind::Possessive && next.quotation().is_some();
    // "told Reuters the tram was late".
    let someone = matches!(hearer.who, Who::Name(_)) || items[at].is(HEARERS | TITLE | PEOPLE);
    let clause = someone
        && next.is(DETERMINER | OWNING)
        && block.phrase_at(hearer.items.end, end, cast).is_some_and(|subject| {
            items[subject.items.end..end].first().is_some_and(|verb| verb.is(AUXILIARY | OTHER_VERB | FINITE))
        });
    // "told Reuters a week earlier that".
    let time = next.is(DETERMINER)
        && items.get(hearer.items.end + 1).is_some_and(|unit| unit.is(TIME))
        && that_near(block, hearer.items.end + 2, end).is_some();
    let more = time || next.is(THAT | TO | QUESTION | PREPOSITION | CALENDAR | NEGATION | ADVERB | SUBJECT);
    Some(if clause || more {
        hearer.items.end
    } else if show {
        hearer.items.end + 1
    } else {
        at
    })
}

/// "erklärte, die Lage sei ernst", "teilte am Montag mit, die Lage sei ernst".
fn subjunctive_clause(block: &Block<'_>, verb: usize, at: usize, end: usize) -> Option<usize> {
    let items = &block.items;
    if !block.cues.verb_second || !items[verb].is(SAY | REPORT) {
        return None;
    }
    let word = |i: &usize| items[*i].kind == ItemKind::Word || items[*i].kind == ItemKind::Number;
    let comma = (at..end).take(THAT_REACH).find(|i| !word(i)).filter(|comma| items[*comma].is_mark(','))?;
    let from = comma + 1;
    if from >= end {
        return None;
    }
    // "erklärte auf die Frage, ob es ernst sei": what was asked.
    let asked = items[from].is(QUESTION) && items[comma - 1].capital && (at..comma).any(|i| items[i].is(PREPOSITION));
    if asked && !items[verb].is(ASKING) {
        return None;
    }
    let mut clause = (from..end).take_while(|i| !matches!(items[*i].kind, ItemKind::Mark(_)));
    let reported = clause.any(|i| items[i].is(SUBJUNCTIVE | CONDITIONAL) || is_subjunctive_form(block, i));
    // "sagte, die Kinder fragten nicht mehr": a clause directly behind the verb, which no noun owns.
    let beside =
        comma == verb + 1 || comma == verb + 2 && (items[verb + 1].is(SUBJECT) || block.name_at(verb + 1).is_some());
    let verb_near = || {
        (from + 1..end).take(AWAY / 2).any(|i| {
            items[i].is(AUXILIARY | OTHER_VERB) && !items[i].is(TO)
                || items[i].is(VERB) && items[i].is(FINITE) && !items[i].capital
        })
    };
    let clause = beside
        && items[verb].is(SAY)
        && !items[verb].is(WEAK | NEEDS_THAT)
        && (items[from].is(DETERMINER | SUBJECT) && !items[from].is(QUESTION) || block.name_at(from).is_some())
        && verb_near();
    // "kündigte an, den Preis zu senken": what is to be done.
    let close =
        (from..end).find(|i| matches!(items[*i].kind, ItemKind::Mark(_)) && !items[*i].is_mark('$')).unwrap_or(end);
    let to = close >= from + 2
        && (from..close).rev().take(3).any(|i| items[i].is(TO) && block.text[items[i].range.clone()].eq("zu"))
        && !(from..close).any(|i| items[i].is(AUXILIARY | SUBJUNCTIVE) && !items[i].is(TO) && i + 1 < close);
    // "hieß es, man „begrüße alle Bemühungen“": the verb of the clause is in the marks.
    let predicate = items[from].is(SUBJECT | NOBODY)
        && !items[from].is(RELATIVE)
        && items.get(from + 1).is_some_and(|next| from + 1 < end && next.quotation().is_some());
    // "forderte, die Lieferung vorzuziehen".
    let to = to || close >= from + 2 && is_infinitive_within(&block.text[items[close - 1].range.clone()]);
    let reported = reported || clause || predicate || to && !items[from].is(PREPOSITION & !DETERMINER);
    (reported && !items[from].is(RELATIVE & !DETERMINER) && items[from].quotation().is_none()).then_some(from)
}

/// Whether a word is what is to be done, with "zu" in it: vorzuziehen.
fn is_infinitive_within(word: &str) -> bool {
    const PARTICLE: usize = 2;
    let small = word.starts_with(char::is_lowercase) && word.ends_with('n');
    let inner = word.find("zu").filter(|at| *at >= PARTICLE);
    small && inner.is_some_and(|at| word.len() > at + "zu".len() + PARTICLE)
}

/// Whether an item looks like a verb in reported speech by its ending, behind a noun or a pronoun: "der Angriff
/// überschreite".
pub(in crate::extract::speech) fn is_subjunctive_form(block: &Block<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|before| &block.items[before]) else { return false };
    let item = &block.items[at];
    // "der Kanzler rede": where nouns have capitals, one in small letters is none.
    let nouns = if block.cues.noun_capitals { THING | DOCUMENT | SAID | VIEW | HEARERS | TIME } else { 0 };
    let word = item.kind == ItemKind::Word && !item.capital && item.class & !nouns == 0;
    let noun = before.capital && before.kind == ItemKind::Word || before.is(SUBJECT) && !before.is(DETERMINER);
    // "die Krise beendende", "der Mann müde": participles and other adjectives end so, too.
    let text = &block.text[item.range.clone()];
    let adjective = ["ende", "ände", "ige", "liche", "sche", "elle", "same", "bare", "ene"];
    let adjective = block.cues.noun_capitals && adjective.iter().any(|ending| text.ends_with(ending));
    // "Dann schweigt sie lange": behind a verb and its subject, no other one follows.
    let inverted = before.is(SUBJECT)
        && at.checked_sub(2).map(|verb| &block.items[verb]).is_some_and(|verb| {
            verb.kind == ItemKind::Word && !verb.capital && !verb.is(CONJUNCTION | QUESTION | THAT | RELATIVE | ADVERB)
        });
    let adjective = adjective || inverted;
    word && noun && !adjective && block.cues.ends_subjunctive(&block.text[item.range.clone()])
}

/// Past the time at which something was said: "said on Friday there would be", "said last week it would".
fn past_time(block: &Block<'_>, from: usize, end: usize) -> usize {
    let items = &block.items;
    let mut at = from;
    loop {
        let next = items.get(at + 1).filter(|_| at + 1 < end);
        let time = next.is_some_and(|next| next.is(TIME)) && items[at].is(DETERMINER | ADVERB)
            || next.is_some_and(|next| next.is(CALENDAR)) && items[at].is(PREPOSITION);
        let word = at < end
            && items[at].is(CALENDAR | ADVERB)
            && !items[at].is(NOBODY | NEGATION)
            && block.name_at(at).is_none()
            && next.is_some_and(|next| next.kind != ItemKind::Possessive);
        if !time && !word {
            return at;
        }
        at += if time { 2 } else { 1 };
    }
}

/// Past where and to whom something was said, if a day or the person addressed comes last and a clause follows: "said
/// in a statement on Monday the line would open", "told reporters at the station that day it would open".
fn past_occasion(block: &Block<'_>, verb: usize, from: usize, end: usize, cast: &Cast<'_>) -> Option<usize> {
    let items = &block.items;
    if !items[verb].is(SAY) || items[verb].is(NEEDS_THAT | WEAK) || block.cues.verb_second || block.cues.inverts {
        return None;
    }
    let mut at = from;
    while at < end.min(from + THAT_REACH) && items[at].is(PREPOSITION) && !items[at].is(TO) {
        let place = past_time(block, at, end);
        at = if place > at { place } else { block.phrase_at(at + 1, end, cast)?.items.end };
        at = past_time(block, at, end);
    }
    let known = at > from
        && at < end
        && (items[at - 1].is(CALENDAR | TIME | HEARERS) || items[at].is(SUBJECT) && !items[at].is(RELATIVE));
    let subject = block.phrase_at(at, end, cast).filter(|_| known)?;
    let acts = items[subject.items.end..end].first()?;
    (acts.is(AUXILIARY | OTHER_VERB | FINITE) && !acts.is(TO)).then_some(at)
}

/// Whether what a verb reports is a clause without "that": "promised there would be", "admitted he has".
fn is_bare_clause(block: &Block<'_>, verb: usize, at: usize, end: usize, cast: &Cast<'_>) -> bool {
    let items = &block.items;
    // "erklärte auf die Frage, ob": such a clause has a comma before it.
    if block.cues.verb_second && !matches!(items[at - 1].kind, ItemKind::Mark(_)) {
        return false;
    }
    let next = items.get(at + 1).filter(|_| at + 1 < end);
    let there = items[at].is(NOBODY) && next.is_some_and(|next| next.is(AUXILIARY));
    // A pronoun that can only be a subject, with its verb.
    let own = items[at].is(SUBJECT)
        && !items[at].is(RELATIVE | NEUTER)
        && next.is_some_and(|next| next.is(AUXILIARY | OTHER_VERB) && !next.is(TO));
    // "acknowledged the tram had stopped": a subject with its auxiliary behind it.
    let acts = || {
        let subject = block.phrase_at(at, end, cast)?;
        let next = items[subject.items.end..end].first()?;
        (next.is(AUXILIARY) && !next.is(TO) && !items[at].is(PREPOSITION)).then_some(())
    };
    (there || own || !items[verb].is(NEEDS_THAT) || acts().is_some()) && begins_clause(block, at, end, cast)
}

/// Whether what someone calls something begins at an item.
fn is_object(block: &Block<'_>, at: usize, end: usize) -> bool {
    let items = &block.items;
    let first = &items[at];
    let ties = first.is(PREPOSITION | CONJUNCTION) && !first.is(DETERMINER | SUBJECT) && block.name_at(at).is_none();
    // "described it on Sunday" does not say how.
    let bare = first.is(NEUTER | MALE | FEMALE | PLURAL)
        && items
            .get(at + 1)
            .is_none_or(|next| next.is(PREPOSITION | CALENDAR) || matches!(next.kind, ItemKind::Mark(_)))
        && !(at + 1..end).take(THAT_REACH).any(|i| items[i].is(PREPOSITION) && items[i].is(CONJUNCTION));
    // "a woman called Rut, who": a name is no word for anything.
    let name = block.name_at(at).map(|name| block.names[name].items.end);
    let name = name.is_some_and(|end| {
        items.get(end).is_none_or(|next| matches!(next.kind, ItemKind::Mark(_)) || next.is(RELATIVE))
    });
    !bare
        && !name
        && !ties
        && !matches!(first.kind, ItemKind::Mark(_))
        && (first.quotation().is_none() || at + 1 >= end || !items[at + 1].is_mark(','))
}

/// The "that" after a verb, past where and when it was said.
pub(in crate::extract::speech::indirect) fn that_near(block: &Block<'_>, at: usize, end: usize) -> Option<usize> {
    let items = &block.items;
    let plain = !block.cues.inverts && !block.cues.verb_second;
    // "announced, you will remember, that".
    if items.get(at).is_some_and(|first| first.is_mark(',')) && !block.cues.verb_second && !block.cues.inverts {
        let close = (at + 1..end.min(at + NEAR)).find(|i| matches!(items[*i].kind, ItemKind::Mark(_)));
        let close = close.filter(|close| items[*close].is_mark(','));
        return close
            .map(|close| close + 1)
            .filter(|that| items.get(*that).is_some_and(|item| item.is(THAT)) && *that < end);
    }
    for i in at..end.min(at + THAT_REACH) {
        let item = &items[i];
        if item.is(THAT) && !items.get(i + 1).is_some_and(|next| next.is(TIME)) {
            // "that" before a verb's form or a mark is a pronoun.
            return items
                .get(i + 1)
                .filter(|next| !matches!(next.kind, ItemKind::Mark(_)) && (block.cues.inverts || !next.is(AUXILIARY)))
                // "told a crowd that gathered outside": what the crowd did.
                .filter(|next| {
                    !(i > at && plain && next.is(OTHER_VERB) && !next.capital && acts_alone(block, i + 1, end))
                })
                .map(|_| i);
        }
        // "сказал, что".
        let comma = (block.cues.inverts || block.cues.verb_second)
            && item.is_mark(',')
            && items.get(i + 1).is_some_and(|next| next.is(THAT));
        let dated = item.kind == ItemKind::Number && items.get(i + 1).is_some_and(|next| next.is(CALENDAR));
        // "wrote online that the tram was late": a small word that no list has.
        let plainly = plain
            && item.kind == ItemKind::Word
            && item.class == 0
            && !item.capital
            && items.get(i + 1).is_some_and(|next| next.is(THAT))
            && items.get(i + 2).is_some_and(|next| next.is(DETERMINER | SUBJECT | NOBODY) && !next.is(RELATIVE));
        // "ответил ему, что", "рассказала «Газете», что": who heard it.
        let next_that = items.get(i + 1).is_some_and(|next| next.is_mark(','))
            && items.get(i + 2).is_some_and(|next| next.is(THAT));
        let heard = i == at && block.cues.inverts && next_that;
        if heard && (item.is(MALE | FEMALE | PLURAL) || item.quotation().is_some()) {
            continue;
        }
        let passes = i > at || comma || dated || plainly || item.is(PREPOSITION | CALENDAR | ADVERB | HEARERS);
        let show = i > 0 && (items[i - 1].kind == ItemKind::Possessive || items[i - 1].is(PREPOSITION));
        // "began yesterday, the government announced that": another verb's.
        // "said in remarks published by the Gazette that": no one else's.
        let agent = items.get(i + 1).is_some_and(|next| next.is(AGENT));
        let finite = item.is(FINITE) && !item.is(BASE) && !agent;
        // "said on Wednesday, adding that".
        let adding = item.is(HANGING) && items[i - usize::from(i > 0)].is_mark(',') && plain;
        // "said in remarks published by the Gazette that": a noun behind its preposition.
        let noun = plain && i > 0 && items[i - 1].is(PREPOSITION) && !items[i - 1].is(CONJUNCTION);
        let other = i > at && item.is(SAY) && (finite && !noun || adding) && block.name_at(i).is_none();
        if !passes
            || other
            || item.quotation().is_some() && !show
            || item.is_any_mark(&['.', ';', ':'])
            || item.is(SUBJECT | AUXILIARY | CONTRAST)
            || i > at + NEAR && item.is(OTHER_VERB) && !item.capital
        {
            return None;
        }
    }
    None
}

/// Whether a verb directly behind "that" is the only one up to the end: then "that" is its subject.
fn acts_alone(block: &Block<'_>, verb: usize, end: usize) -> bool {
    let other = |i: usize| {
        let item = &block.items[i];
        item.is(AUXILIARY | OTHER_VERB | FINITE) && !item.is(TO | PREPOSITION) && !item.capital
    };
    !(verb + 1..end).take(THAT_REACH).any(other)
}

/// Whether a clause with its own subject begins here.
fn begins_clause(block: &Block<'_>, at: usize, end: usize, cast: &Cast<'_>) -> bool {
    let items = &block.items;
    let first = &items[at];
    if first.quotation().is_some() || matches!(first.kind, ItemKind::Mark(_)) {
        return false;
    }
    // "said there was".
    if first.is(NOBODY) && items.get(at + 1).is_some_and(|next| next.is(AUXILIARY)) {
        return true;
    }
    if first.is(CONJUNCTION | PREPOSITION) && !first.is(DETERMINER | SUBJECT) && block.name_at(at).is_none() {
        // "said if …, he …", "said in the end …".
        return first.is(CONJUNCTION)
            && !first.is(PREPOSITION | ADVERB)
            && (at..end).skip(1).take(14).any(|i| items[i].is_mark(','))
            && !first.is(AND | CONTRAST);
    }
    let Some(subject) = block.phrase_at(at, end, cast) else { return false };
    let behind = subject.items.end;
    let Some(next) = items.get(behind).filter(|_| behind < end) else { return false };
    if next.is_any_mark(&['.', '?', '!', ';', ':']) {
        return false;
    }
    // "said something in Russian", "wrote an article on a box": an object, as no verb follows it.
    let acts = |item: &BlockItem| {
        item.is(AUXILIARY | OTHER_VERB | VERB | SUBJECT) && !item.is(TO | PREPOSITION)
            || item.kind == ItemKind::Word && item.class == 0 && !item.capital
    };
    let ties = next.is(PREPOSITION | CONJUNCTION) && !next.is(AUXILIARY);
    !ties || items[behind + 1..end].iter().any(acts)
}
