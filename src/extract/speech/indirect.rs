//! What someone is reported to have said, in the narrator's words.
//!
//! A report is found by its verb. What follows the verb shows where its words begin: "that", a clause,
//! "to", a question. They end with the sentence, or where the narrator clearly continues.

use std::ops::Range;

use crate::extract::speech::able::{Ability, ability};
use crate::extract::speech::attribution::Confidence;
use crate::extract::speech::block::Block;
use crate::extract::speech::cast::Cast;
use crate::extract::speech::cues::*;
use crate::extract::speech::item::{BlockItem, ItemKind};
use crate::extract::speech::phrase::{NounPhrase, Who, pronoun};
use crate::extract::speech::verb::{
    according_in, can_report, is_not_said, is_plain_verb, passive, source_of, subject_of, verb_before,
};

/// A report: who, by which verb, and what.
#[derive(Debug, Clone)]
pub struct Report {
    /// The items of what was said.
    pub spans: Vec<Range<usize>>,
    /// Who said it.
    pub subject: NounPhrase,
    /// The item of the verb.
    pub verb: usize,
    /// How certain it is.
    pub confidence: Confidence,
}

/// How far after a verb its "that" may be: said in a statement on Monday that.
const THAT_REACH: usize = 9;

/// The fewest items of a report.
const LEAST: usize = 2;

/// How far after "and speaking to reporters" its verb of saying may be.
const AWAY: usize = 20;

/// The most items in a span of a report.
const MOST: usize = 150;

/// Finds the reports of a block.
pub fn reports(block: &Block<'_>, cast: &Cast<'_>) -> Vec<Report> {
    let mut found: Vec<Report> = Vec::new();
    // Where the verb or its subject moves, neither of these is as plain.
    let plain = !block.cues.inverts && !block.cues.verb_second;
    for verb in 0..block.items.len() {
        let item = &block.items[verb];
        if item.is(ACCORDING) && block.name_at(verb).is_none() {
            let someone = |report: &Report| ability(block, &report.subject) != Ability::Mute;
            found.extend(by_source(block, verb, cast).filter(someone));
        }
        if plain && item.is(DENIAL) && !item.is(PREPOSITION) {
            found.extend(denied(block, verb, cast));
            continue;
        }
        if plain && item.is(THAT) && verb > 1 && block.items[verb - 1].is(AND) {
            let more = and_that(block, verb, cast);
            let apart = |report: &Report| !found.iter().rev().take(4).any(|other| holds(other, report.spans[0].start));
            let more = more.filter(apart);
            found.extend(more);
            continue;
        }
        if plain
            && item.is(SAID)
            && !item.capital
            && let Some(report) = owned_words(block, verb, cast)
        {
            found.push(report);
            continue;
        }
        if !item.is(VERB)
            || block.name_at(verb).is_some()
            || item.capital && !item.begins
            || !is_plain_verb(block, verb)
        {
            continue;
        }
        // "The agency reports citing officials": officials are its source, and not its words.
        let source = item.is(HANGING) && !item.is(SAY) && verb > 0 && block.items[verb - 1].is(SAY);
        if source || passive(block, verb) || is_not_said(block, verb) || !can_report(block, verb, cast) {
            continue;
        }
        let sentence = block.sentence(verb);
        // "He disputes that he signed": what is denied was not said.
        if block.cues.inverts && item.is(DENIAL) {
            continue;
        }
        // "…, sagte X": where the verb comes second, what stands before it was said.
        let turned = if block.cues.verb_second { said_before(block, verb, sentence.clone(), cast) } else { None };
        let report = turned
            .or_else(|| behind(block, verb, sentence.clone(), cast))
            .or_else(|| as_said(block, verb, sentence.clone(), cast))
            .or_else(|| ahead(block, verb, sentence, cast));
        let someone =
            |report: &Report| report.subject.who != Who::Nobody && ability(block, &report.subject) != Ability::Mute;
        // "said it had": nothing that can be read alone.
        let empty = |report: &Report| {
            let small = SUBJECT | AUXILIARY | THAT | NEGATION;
            report
                .spans
                .iter()
                .cloned()
                .flatten()
                .all(|i| block.items[i].is(small) || matches!(block.items[i].kind, ItemKind::Mark(_)))
        };
        if let Some(report) = report.filter(someone).filter(|report| !empty(report)) {
            let again = found.iter().rev().take(4).any(|other| other.spans == report.spans);
            // "Aides say they hope …": what they hope is part of what the aides say.
            let within = found.iter().rev().take(4).any(|other| other.spans.iter().any(|span| span.contains(&verb)));
            if !again && (!within || item.is(SAY)) {
                found.push(report);
            }
        }
    }
    found
}

/// "Die Lage sei ernst, sagte X am Dienstag": a clause, and whoever said it behind the verb, up to the end.
fn said_before(block: &Block<'_>, verb: usize, sentence: Range<usize>, cast: &Cast<'_>) -> Option<Report> {
    let items = &block.items;
    let comma = verb.checked_sub(1).filter(|comma| *comma > sentence.start + LEAST && items[*comma].is_mark(','))?;
    let subordinate =
        items[sentence.start].is(CONJUNCTION | QUESTION) && !items[sentence.start].is(DETERMINER | AND | CONTRAST);
    if !items[verb].is(SAY) || subordinate || items[comma - 1].quotation().is_some() {
        return None;
    }
    let subject = block.phrase_at(verb + 1, sentence.end, cast)?;
    let subject = block.named_apposition(&subject, sentence.end, cast).unwrap_or(subject);
    let named = matches!(subject.who, Who::Name(_) | Who::Titled(_) | Who::Pronoun(_));
    let acts = (sentence.start..comma).any(|i| items[i].is(AUXILIARY | SUBJUNCTIVE | OTHER_VERB) && !items[i].is(TO));
    let someone = named || ability(block, &subject) == Ability::Speaks;
    // "…, sagte er der Zeitung, dass": more is said behind.
    let more = (subject.items.end..sentence.end).any(|i| items[i].is_mark(',') || items[i].is_mark(':'));
    if !someone || !acts || more {
        return None;
    }
    let start = lead(block, sentence.start, comma);
    let spans = std::iter::once(start..comma).collect();
    (comma > start + LEAST).then_some(Report { spans, subject, verb, confidence: Confidence::High })
}

/// "X's vow on Monday that …", "his claim that …": a noun for what was said, between whose it is and "that".
fn owned_words(block: &Block<'_>, noun: usize, cast: &Cast<'_>) -> Option<Report> {
    const WORDS: usize = 3;
    let items = &block.items;
    let sentence = block.sentence(noun);
    let owner = (sentence.start.max(noun.saturating_sub(WORDS))..noun)
        .rev()
        .find(|i| items[*i].kind == ItemKind::Possessive || items[*i].is(OWNING))?;
    let adjectives = (owner + 1..noun).all(|i| items[i].kind == ItemKind::Word && !items[i].is(COMMON));
    let that = that_near(block, noun + 1, sentence.end).filter(|that| *that <= noun + THAT_REACH)?;
    // "no claim that": what nobody said.
    let denied = (sentence.start..noun).rev().take(THAT_REACH).any(|i| items[i].is(DENIAL));
    if !adjectives || denied {
        return None;
    }
    let subject = if items[owner].is(OWNING) {
        NounPhrase { items: owner..owner + 1, who: pronoun(items[owner].class) }
    } else {
        block.nearest_phrase(owner, sentence.start, cast)?
    };
    let subject =
        Some(subject).filter(|subject| subject.who != Who::Nobody && ability(block, subject) != Ability::Mute)?;
    let end = noun_clause_end(block, that, sentence.end, cast);
    let spans = std::iter::once(that..end).collect();
    (end > that + LEAST).then_some(Report { spans, subject, verb: noun, confidence: Confidence::Medium })
}

/// Where a clause that a noun governs ends: before the second verb of the sentence, "his claim that it is late makes …".
fn noun_clause_end(block: &Block<'_>, that: usize, end: usize, cast: &Cast<'_>) -> usize {
    let items = &block.items;
    let end = content_end(block, that, end, cast);
    let finite = |i: usize| {
        (items[i].is(AUXILIARY | OTHER_VERB) || items[i].is(VERB) && items[i].is(FINITE))
            && !items[i].is(TO | BE | PREPOSITION | DETERMINER)
            && !items[i].capital
            || items[i].is(BE) && !items[i].is(BASE)
    };
    let apart = |i: usize| finite(i) && !items[i - 1].is(AUXILIARY | ADVERB | TO | CONJUNCTION | SUBJECT | RELATIVE);
    let first = (that + 1..end).find(|i| finite(*i));
    let joined = |from: usize, to: usize| {
        (from..to).any(|i| items[i].is(CONJUNCTION & !PREPOSITION) || items[i].is(RELATIVE) || items[i].is_mark(','))
    };
    let second = first.and_then(|first| (first + 2..end).find(|i| apart(*i) && !joined(first, *i)));
    second.unwrap_or(end)
}

/// Whether an item is in a report.
fn holds(report: &Report, item: usize) -> bool {
    report.spans.iter().any(|span| span.contains(&item))
}

/// "X denied that …", "X denied doing …": a statement together with its verb, because alone its words say the opposite.
fn denied(block: &Block<'_>, verb: usize, cast: &Cast<'_>) -> Option<Report> {
    let items = &block.items;
    let sentence = block.sentence(verb);
    let next = items.get(verb + 1).filter(|_| verb + 1 < sentence.end)?;
    let clause = next.is(THAT) || next.is(HANGING | ENDS_HANGING) && !next.is(SAY);
    if !clause || passive(block, verb) || is_not_said(block, verb) {
        return None;
    }
    let before = verb.checked_sub(1).filter(|before| *before >= sentence.start)?;
    let subject = if items[before].is_mark(',') && items[verb].is(ENDS_HANGING) {
        block.main_subject(sentence.clone(), cast)
    } else {
        subject_of(block, verb, sentence.clone(), cast)
    };
    let subject = subject.filter(|subject| subject.who != Who::Nobody && ability(block, subject) != Ability::Mute)?;
    let end = content_end(block, verb + 1, sentence.end, cast);
    let spans = std::iter::once(verb..end).collect();
    (end > verb + LEAST).then_some(Report { spans, subject, verb, confidence: Confidence::High })
}

/// "X said it was “late” and that …": the second clause of the verb before the quotation.
fn and_that(block: &Block<'_>, that: usize, cast: &Cast<'_>) -> Option<Report> {
    const NEAR: usize = 3;
    let sentence = block.sentence(that);
    let near = that.saturating_sub(NEAR).max(sentence.start)..that;
    near.rev().find(|i| block.items[*i].quotation().is_some())?;
    let verb = verb_before(block, that, sentence.start, cast)?;
    if !block.items[verb].is(SAY) || is_not_said(block, verb) || passive(block, verb) {
        return None;
    }
    let subject = subject_of(block, verb, sentence.clone(), cast)?;
    let subject = Some(subject).filter(|subject| ability(block, subject) != Ability::Mute)?;
    let end = content_end(block, that, sentence.end, cast);
    let spans = std::iter::once(that..end).collect();
    // The verb of a report is its place among the quotations: behind the one before it.
    (end > that + LEAST).then_some(Report { spans, subject, verb: that, confidence: Confidence::High })
}

/// "X said (that) …": what is reported comes after the verb.
fn behind(block: &Block<'_>, verb: usize, sentence: Range<usize>, cast: &Cast<'_>) -> Option<Report> {
    let start = content_start(block, verb, sentence.end, cast)?;
    let that = block.items[start].is(THAT);
    let after_words = beside_quotation(block, verb, sentence.start);
    if !that && (after_words || verb > 0 && block.items[verb - 1].is(TO)) {
        return None;
    }
    let mut end = content_end(block, start, sentence.end, cast);
    // "announced new sanctions on Monday": Monday is the day of the announcement.
    let object = block.items[verb].is(CALLING) && !block.items[start].is(THAT | TO | QUESTION);
    let dated = end > start + LEAST + 1 && block.items[end - 1].is(CALENDAR) && block.items[end - 2].is(PREPOSITION);
    if object && dated {
        end -= 2;
    }
    if end < start + LEAST || object && block.items[verb].is(JUDGING) && !has_reason(block, start..end) {
        return None;
    }
    let subject = subject_of(block, verb, sentence, cast)?;
    let confidence = if block.items[start].is(THAT | TO | INFINITIVE) { Confidence::High } else { Confidence::Medium };
    Some(Report { spans: std::iter::once(start..end).collect(), subject, verb, confidence })
}

/// Whether what follows a verb for judging says more than what is judged: for doing it, as a mistake, “a mistake”.
fn has_reason(block: &Block<'_>, within: Range<usize>) -> bool {
    within.skip(1).take_while(|i| !block.items[*i].is_mark(',') && !block.items[*i].is(AND)).any(|i| {
        let item = &block.items[i];
        item.quotation().is_some() || item.is(CALLED | THAT) || item.is(PREPOSITION) && item.is(CONJUNCTION)
    })
}

/// Whether a verb belongs to words in quotation marks before it: “…,” X said.
fn beside_quotation(block: &Block<'_>, verb: usize, from: usize) -> bool {
    let items = &block.items;
    let quotation = (from..verb).rev().take(8).find(|i| items[*i].quotation().is_some());
    quotation.is_some_and(|at| {
        let between = &items[at + 1..verb];
        let ends = ends_with_comma(block, at) || between.first().is_some_and(|first| first.is_mark(','));
        ends && !between
            .iter()
            .skip(1)
            .any(|item| matches!(item.kind, ItemKind::Mark(_)) || item.is(CONJUNCTION & !PREPOSITION))
    })
}

/// Where the words that were said begin after a verb.
fn content_start(block: &Block<'_>, verb: usize, end: usize, cast: &Cast<'_>) -> Option<usize> {
    let items = &block.items;
    let item = &items[verb];
    let mut at = verb + 1;
    // "told reporters", "warned Russia": the person addressed.
    if item.is(ADDRESSED) && at < end && !items[at].is(THAT & !DETERMINER | TO) {
        if let Some(hearer) = block.phrase_at(at, end, cast)
            && (!items[at].is(SUBJECT) || items[at].is(NOBODY | NEUTER))
        {
            let next = items.get(hearer.items.end).filter(|_| hearer.items.end < end);
            if next.is_none_or(|next| matches!(next.kind, ItemKind::Mark(_))) {
                return None;
            }
            // "told NBC's “Meet the Press” that".
            let show = items[hearer.items.end - 1].kind == ItemKind::Possessive;
            if show && next.is_some_and(|next| next.quotation().is_some()) {
                at = hearer.items.end + 1;
            }
            // "told Reuters the tram was late".
            let someone = matches!(hearer.who, Who::Name(_)) || items[at].is(HEARERS | TITLE | PEOPLE);
            let clause = someone
                && next.is_some_and(|next| next.is(DETERMINER | OWNING))
                && block.phrase_at(hearer.items.end, end, cast).is_some_and(|subject| {
                    items[subject.items.end..end].first().is_some_and(|verb| verb.is(AUXILIARY | OTHER_VERB | FINITE))
                });
            let more = |next: &BlockItem| {
                next.is(THAT | TO | QUESTION | PREPOSITION | CALENDAR | NEGATION | ADVERB) || next.is(SUBJECT)
            };
            if clause || next.is_some_and(more) {
                at = hearer.items.end;
            }
        } else if items[at].is(SUBJECT | NOBODY | MALE | FEMALE | PLURAL)
            && items.get(at + 1).is_some_and(|next| next.is(THAT | TO | QUESTION | SUBJECT))
        {
            at += 1;
        }
    }
    // "erklärte, die Lage sei ernst".
    if block.cues.verb_second && item.is(SAY | REPORT) {
        // "teilte am Montag mit, die Lage sei ernst".
        let word = |i: &usize| items[*i].kind == ItemKind::Word || items[*i].kind == ItemKind::Number;
        let comma = (at..end).take(THAT_REACH).find(|i| !word(i)).filter(|comma| items[*comma].is_mark(','));
        let from = comma.map_or(end, |comma| comma + 1);
        let clause = (from..end).take_while(|i| !matches!(items[*i].kind, ItemKind::Mark(_)));
        let reported = clause.clone().any(|i| items[i].is(SUBJUNCTIVE));
        if reported && !items[from].is(RELATIVE & !DETERMINER) && items[from].quotation().is_none() {
            return Some(from);
        }
    }
    if let Some(that) = that_near(block, at, end) {
        return item.is(SAY | REPORT).then_some(that);
    }
    loop {
        let next = items.get(at + 1).filter(|_| at + 1 < end);
        let time = next.is_some_and(|next| next.is(TIME)) && items[at].is(DETERMINER | ADVERB)
            // "said on Friday there would be".
            || next.is_some_and(|next| next.is(CALENDAR)) && items[at].is(PREPOSITION);
        if time {
            at += 2;
        } else if at < end
            && items[at].is(CALENDAR | ADVERB)
            && !items[at].is(NOBODY | NEGATION)
            && block.name_at(at).is_none()
            && next.is_some_and(|next| next.kind != ItemKind::Possessive)
        {
            at += 1;
        } else {
            break;
        }
    }
    let first = items.get(at).filter(|_| at < end)?;
    // "vowed not to stop".
    if first.is(NEGATION) && items.get(at + 1).is_some_and(|next| next.is(TO)) {
        let to = item.is(TO_DO) && at == verb + 1 || item.is(SOMEONE_TO) && at > verb + 1;
        return to.then_some(at);
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
    // "promised there would be".
    let there = first.is(NOBODY) && items.get(at + 1).is_some_and(|next| next.is(AUXILIARY));
    // "admitted he has": a pronoun that can only be a subject, with its verb.
    let next = items.get(at + 1).filter(|_| at + 1 < end);
    let own = first.is(SUBJECT)
        && !first.is(RELATIVE | NEUTER)
        && next.is_some_and(|next| next.is(AUXILIARY | OTHER_VERB) && !next.is(TO));
    let clause = item.is(SAY | REPORT) && (there || own || !item.is(NEEDS_THAT)) && begins_clause(block, at, end, cast);
    if clause {
        return Some(at);
    }
    // "called for …", "called on …".
    if first.is(CALLED) && item.is(CALLING) && item.is(SOMEONE_TO) && at == verb + 1 {
        return Some(at + 1);
    }
    let ties = first.is(PREPOSITION | CONJUNCTION) && !first.is(DETERMINER | SUBJECT) && block.name_at(at).is_none();
    // "described it on Sunday" does not say how.
    let bare = first.is(NEUTER | MALE | FEMALE | PLURAL)
        && items
            .get(at + 1)
            .is_none_or(|next| next.is(PREPOSITION | CALENDAR) || matches!(next.kind, ItemKind::Mark(_)))
        && !(at + 1..end).take(THAT_REACH).any(|i| items[i].is(PREPOSITION) && items[i].is(CONJUNCTION));
    let object = item.is(CALLING)
        && !bare
        && !ties
        && !matches!(first.kind, ItemKind::Mark(_))
        && (first.quotation().is_none() || at + 1 >= end || !items[at + 1].is_mark(','));
    object.then_some(at)
}

/// The "that" after a verb, past where and when it was said.
fn that_near(block: &Block<'_>, at: usize, end: usize) -> Option<usize> {
    let items = &block.items;
    for i in at..end.min(at + THAT_REACH) {
        let item = &items[i];
        if item.is(THAT) && !items.get(i + 1).is_some_and(|next| next.is(TIME)) {
            // "that" before a verb's form or a mark is a pronoun.
            return items
                .get(i + 1)
                .filter(|next| !matches!(next.kind, ItemKind::Mark(_)) && (block.cues.inverts || !next.is(AUXILIARY)))
                .map(|_| i);
        }
        // "сказал, что".
        let comma = (block.cues.inverts || block.cues.verb_second)
            && item.is_mark(',')
            && items.get(i + 1).is_some_and(|next| next.is(THAT));
        let passes = i > at || comma || item.is(PREPOSITION | CALENDAR | ADVERB | HEARERS);
        let show = i > 0 && (items[i - 1].kind == ItemKind::Possessive || items[i - 1].is(PREPOSITION));
        // "began yesterday, the government announced that": another verb's.
        let other = i > at && item.is(SAY) && item.is(FINITE) && !item.is(BASE) && block.name_at(i).is_none();
        if !passes
            || other
            || item.quotation().is_some() && !show
            || item.is_any_mark(&['.', ';', ':'])
            || item.is(SUBJECT | AUXILIARY | CONTRAST)
        {
            return None;
        }
    }
    None
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
    match block.phrase_at(at, end, cast) {
        Some(subject) => {
            let next = items.get(subject.items.end).filter(|_| subject.items.end < end);
            next.is_some_and(|next| !next.is_any_mark(&['.', '?', '!', ';', ':']))
        }
        None => false,
    }
}

/// Where the words that were said end: with their sentence, or where the narrator continues.
fn content_end(block: &Block<'_>, start: usize, end: usize, cast: &Cast<'_>) -> usize {
    let items = &block.items;
    let end = end.min(start + MOST);
    for at in start + 1..end {
        let item = &items[at];
        if item.is_mark(';') && !between_dashes(block, start, at, end) {
            return at;
        }
        // "said it was “late” and that …": another report, so that the words in quotation marks stay on their own.
        if item.is(AND)
            && at + 1 < end
            && items[at + 1].is(THAT)
            && !block.cues.inverts
            && !block.cues.verb_second
            && (start..at).rev().take(2).any(|i| items[i].quotation().is_some())
        {
            return at;
        }
        let parted = item.is_mark(',') || item.is_dash();
        if item.is_dash() && at + 1 < end && items[at + 1].is(AND | CONTRAST) {
            return at;
        }
        // "… was late – the Gazette could not verify it": a clause behind a dash that nothing closes.
        if item.is_dash() && at > start + LEAST && at + 1 < end && is_clause_to_the_end(block, at + 1, end, cast) {
            return at;
        }
        if parted && at + 1 < end && narrator_goes_on(block, at + 1, end, cast) {
            return at;
        }
        // "…," where the words in quotation marks end and the narrator continues.
        if item.quotation().is_some()
            && at + 1 < end
            && ends_with_comma(block, at)
            && narrator_goes_on(block, at + 1, end, cast)
        {
            return at + 1;
        }
        // "said he was tired and called it a day", "but has said": a second verb of the same subject.
        if item.is(AND | CONTRAST) && at + 1 < end {
            let verb = (at + 1..end).find(|i| !items[*i].is(AUXILIARY | ADVERB)).unwrap_or(at + 1);
            if items[verb].is(SAY | CALLING)
                && items[verb].is(FINITE | HANGING)
                && !items[verb].is(BASE)
                && block.name_at(verb).is_none()
            {
                return at;
            }
        }
        let near = at..end.min(at + if block.cues.inverts { 3 } else { 2 });
        if item.is(ACCORDING) && according_in(block, near).is_some_and(|(first, _)| first == at) {
            return at;
        }
    }
    let mut last = end - 1;
    if !(end > start + 1 && items[last].is_any_mark(&['.', '?', '!'])) {
        last = end;
    }
    // "(see page 3)" is the narrator's.
    if last > start + LEAST && items[last - 1].is_mark(')') {
        let open = (start + 1..last).rev().take(14).find(|i| items[*i].is_mark('('));
        return open.unwrap_or(last);
    }
    last
}

/// Whether a dash opens before an item, and another closes behind it.
fn between_dashes(block: &Block<'_>, start: usize, at: usize, end: usize) -> bool {
    let dashes = |within: Range<usize>| within.filter(|i| block.items[*i].is_dash()).count();
    dashes(start..at) % 2 == 1 && dashes(at..end) > 0
}

/// Whether a clause with its own subject and verb begins at an item, and no dash closes it.
fn is_clause_to_the_end(block: &Block<'_>, at: usize, end: usize, cast: &Cast<'_>) -> bool {
    let items = &block.items;
    let spaced = items[at - 1].range.end < items[at].range.start;
    let closed = (at..end).any(|i| items[i].is_dash());
    let verb = || {
        let subject = block.phrase_at(at, end, cast)?;
        items[subject.items.end..end]
            .first()
            .filter(|next| next.is(AUXILIARY | OTHER_VERB) || next.is(VERB) && next.is(FINITE))
    };
    spaced && !closed && verb().is_some()
}

/// Whether the words in quotation marks end with a comma.
fn ends_with_comma(block: &Block<'_>, at: usize) -> bool {
    let text = &block.text[block.items[at].range.clone()];
    text.trim_end_matches(['"', '”', '’', '\'']).ends_with(',')
}

/// Whether the narrator continues after a comma or a dash.
fn narrator_goes_on(block: &Block<'_>, at: usize, end: usize, cast: &Cast<'_>) -> bool {
    let items = &block.items;
    let first = &items[at];
    if first.is(ACCORDING) || first.is(SAY | CALLING) && first.is(HANGING) {
        return true;
    }
    if first.is(CONTRAST) {
        return true;
    }
    // ", with X calling it “…”": someone else.
    if first.is(WITH) {
        let says = |i: &usize| items[*i].is(SAY | CALLING) && items[*i].is(HANGING) && block.name_ending(*i).is_some();
        return (at + 1..end).take(AWAY).any(|i| says(&i));
    }
    // ", and X said", ", X said": another report.
    let from = if first.is(AND) { at + 1 } else { at };
    if from >= end || items[from].is(RELATIVE) && !items[from].is(SUBJECT) {
        return false;
    }
    if first.is(AND) && items[from].is(SAY | CALLING) && items[from].is(FINITE) && !items[from].is(BASE) {
        return true;
    }
    // ", and, speaking to reporters, said": the same.
    if first.is(AND) && items[from].is(HANGING | ENDS_HANGING | PREPOSITION) {
        let says = |i: &usize| items[*i].is_mark(',') && items[i + 1].is(SAY) && items[i + 1].is(FINITE);
        return (from..end.saturating_sub(1)).take(AWAY).any(|i| says(&i));
    }
    let Some(subject) = block.phrase_at(from, end, cast) else { return false };
    let mut verb = subject.items.end;
    while verb < end && items[verb].is(ADVERB | AUXILIARY) && !items[verb].is(TO) {
        verb += 1;
    }
    if verb < end && items[verb].is(SAY) && items[verb].is(FINITE) && block.name_at(verb).is_none() {
        return true;
    }
    // ", and one of them, Ann Lee, said", ", a person close to her said": a verb of saying behind what describes someone.
    let far = end.min(subject.items.end + AWAY / 2);
    let says = |i: usize| items[i].is(SAY) && items[i].is(FINITE) && !items[i].is(BASE) && block.name_at(i).is_none();
    let Some(verb) = (subject.items.end..far).find(|i| says(*i)) else { return false };
    let named = items[verb - 1].is_mark(',') && block.name_ending(verb - 1).is_some();
    let marks = (subject.items.end..verb).any(|i| matches!(items[i].kind, ItemKind::Mark(_)));
    let other =
        (subject.items.end..verb).any(|i| items[i].is(AUXILIARY & !TO | OTHER_VERB | SUBJECT) && !items[i].is(TO));
    let last = items.get(verb + 1).is_none_or(|next| matches!(next.kind, ItemKind::Mark(_)));
    named || !marks && !other && last && subject.who == Who::Described && !block.cues.inverts && !block.cues.verb_second
}

/// "Как сообщил X, …": the rest of the sentence.
fn as_said(block: &Block<'_>, verb: usize, sentence: Range<usize>, cast: &Cast<'_>) -> Option<Report> {
    const NEAR: usize = 6;
    let items = &block.items;
    if !items[sentence.start].is(AS_SAID) || verb > sentence.start + NEAR || !items[verb].is(SAY) {
        return None;
    }
    let subject = subject_of(block, verb, sentence.clone(), cast)?;
    let comma = (subject.items.end.max(verb)..sentence.end).take(AWAY).find(|i| items[*i].is_mark(','))?;
    let start = comma + 1;
    if start + LEAST > sentence.end || items[start].quotation().is_some() || items[start].is(RELATIVE) {
        return None;
    }
    let end = content_end(block, start, sentence.end, cast);
    let spans = std::iter::once(start..end).collect();
    (end >= start + LEAST).then_some(Report { spans, subject, verb, confidence: Confidence::High })
}

/// "…, X said": what is reported comes before the verb, or on both sides.
fn ahead(block: &Block<'_>, verb: usize, sentence: Range<usize>, cast: &Cast<'_>) -> Option<Report> {
    let items = &block.items;
    if !items[verb].is(SAY | REPORT) || items[verb].is(WEAK) || !items[verb].is(FINITE) {
        return None;
    }
    let (subject, comma, end) = straight_tail(block, verb, sentence.clone(), cast)
        .or_else(|| inverted_tail(block, verb, sentence.clone(), cast))?;
    if comma > sentence.start + MOST || items.get(end).is_some_and(|next| next.quotation().is_some()) {
        return None;
    }
    // "A spokesman disagrees: a paper exists, he says".
    let colon = (sentence.start..comma)
        .rev()
        .find(|i| items[*i].is_mark(':') && items[*i].range.end < items[i + 1].range.start);
    let from = colon.map_or(sentence.start, |colon| colon + 1);
    // "Now, X said, it is late": only a word comes before.
    if comma < from + LEAST {
        let rest = items.get(end).is_some_and(|next| next.is_mark(',')) && end + 1 < sentence.end;
        let adverb = comma == from + 1 && items[from].is(ADVERB);
        if !rest || !adverb || items[end + 1].quotation().is_some() || items[end + 1].is(HANGING | RELATIVE) {
            return None;
        }
        let close = content_end(block, end + 1, sentence.end, cast);
        let spans = std::iter::once(end + 1..close).collect();
        return (close > end + 1 + LEAST).then_some(Report { spans, subject, verb, confidence: Confidence::High });
    }
    let start = lead(block, from, comma);
    // "When the plan emerged, X wrote, “…”": only the words in quotation marks were said.
    let words = items.get(end).is_some_and(|next| next.is_mark(','))
        && items.get(end + 1).is_some_and(|next| next.quotation().is_some());
    if words && items[start].is(CONJUNCTION) && !items[start].is(THAT) && block.name_at(start).is_none() {
        return None;
    }
    // "In Ohio, he said": a place or a time, unless a clause follows it.
    let leads_in = items[start].is(PREPOSITION | CALENDAR | HANGING) && block.name_at(start).is_none();
    if leads_in && !(start..comma).any(|i| items[i].is_mark(',')) || comma < start + LEAST {
        return None;
    }
    // "The mayor, Ann Lee, promised": an office and its name.
    let office = block.phrase_at(start, comma, cast).filter(|phrase| phrase.items.end == comma);
    if office.is_some_and(|office| (office.items.start..comma).any(|i| items[i].is(TITLE))) {
        return None;
    }
    let mut spans: Vec<Range<usize>> = std::iter::once(start..comma).collect();
    // ", X said, …": it continues after it.
    if items.get(end).is_some_and(|next| next.is_mark(',')) && end + 1 < sentence.end {
        let next = &items[end + 1];
        // "…, X said, a day after Y left": the time at which it was said.
        let when = next.is(PREPOSITION) && next.is(CONJUNCTION)
            || next.is(DETERMINER) && items.get(end + 2).is_some_and(|after| after.is(TIME))
            || next.is(TIME);
        let other = next.is(HANGING | RELATIVE | ENDS_HANGING) || next.quotation().is_some() || when;
        if !other && !narrator_goes_on(block, end + 1, sentence.end, cast) {
            let rest = content_end(block, end + 1, sentence.end, cast);
            if rest > end + 1 + LEAST {
                spans.push(end + 1..rest);
            }
        }
    }
    Some(Report { spans, subject, verb, confidence: Confidence::High })
}

/// Where the narrator's introduction ends: "But …", "Still, …".
fn lead(block: &Block<'_>, start: usize, end: usize) -> usize {
    let items = &block.items;
    let mut at = block.past_dateline(start, end);
    loop {
        let next = items.get(at + 1).filter(|_| at + 1 < end);
        let adverb = items[at].is(ADVERB) && next.is_some_and(|next| next.is_mark(','));
        let small =
            matches!(items[at].kind, ItemKind::Mark(_)) || items[at].is(AND | CONTRAST) && !items[at].is(ADVERB);
        if next.is_none() || !(adverb || small) {
            return at;
        }
        at += 1;
    }
}

/// ", X said": the subject, the comma, and where the clause ends.
fn straight_tail(
    block: &Block<'_>,
    verb: usize,
    sentence: Range<usize>,
    cast: &Cast<'_>,
) -> Option<(NounPhrase, usize, usize)> {
    let items = &block.items;
    let subject = subject_of(block, verb, sentence.clone(), cast)?;
    let first = match subject.who {
        Who::Name(name) => {
            let name = &block.names[name];
            name.title.start.min(name.items.start).min(subject.items.start)
        }
        _ => subject.items.start,
    };
    let mut before = first.checked_sub(1).filter(|before| *before > sentence.start)?;
    while before > sentence.start
        && items[before].kind == ItemKind::Word
        && before + 3 > first
        && items[before].is(DETERMINER | PEOPLE | TITLE)
    {
        before -= 1;
    }
    if !items[before].is_mark(',') || whole_quotation(block, before) {
        return None;
    }
    // "…, X told a news conference".
    let hearer = Some(verb + 1).filter(|at| items[verb].is(ADDRESSED) && *at < sentence.end);
    let hearer = hearer.and_then(|at| block.phrase_at(at, sentence.end, cast)).map(|hearer| hearer.items.end);
    let ends = |at: &usize| items.get(*at).is_none_or(|next| !next.is(THAT | TO | QUESTION | SUBJECT | AUXILIARY));
    let tail = tail_end(block, hearer.filter(ends).unwrap_or(verb + 1), sentence.end);
    Some((subject, before, tail?))
}

/// ", said X": the subject, the comma, and where the clause ends.
fn inverted_tail(
    block: &Block<'_>,
    verb: usize,
    sentence: Range<usize>,
    cast: &Cast<'_>,
) -> Option<(NounPhrase, usize, usize)> {
    let before = verb.checked_sub(1).filter(|before| *before > sentence.start && block.items[*before].is_mark(','))?;
    if whole_quotation(block, before) || !block.items[verb].is(SAY) {
        return None;
    }
    if block.items[verb].is(ADDRESSED) {
        return None;
    }
    let subject = block.phrase_at(verb + 1, sentence.end, cast)?;
    let named_so = |i: usize| block.items[i].is(TITLE | PEOPLE | ORGANISATION | SUBJECT | HEARERS);
    if block.cues.verb_second && subject.who == Who::Described && ability(block, &subject) != Ability::Speaks {
        return None;
    }
    // "said a man who asked not to be named".
    let someone = subject.items.clone().any(named_so) || block.items[subject.items.start].is(DETERMINER);
    if subject.who == Who::Described && !someone {
        return None;
    }
    let end = subject.items.end;
    Some((subject, before, tail_end(block, end, sentence.end).unwrap_or(end)))
}

/// Whether the words in quotation marks before a comma are the whole sentence.
fn whole_quotation(block: &Block<'_>, comma: usize) -> bool {
    comma > 0
        && block.items[comma - 1].quotation().is_some()
        && (comma == 1 || block.items[comma - 1].begins || block.items[comma - 2].begins)
}

/// Where "X said in a statement on Monday" ends: at a mark, with nothing reported after the verb.
fn tail_end(block: &Block<'_>, from: usize, end: usize) -> Option<usize> {
    let items = &block.items;
    for (at, item) in items[..end].iter().enumerate().skip(from) {
        if item.is_any_mark(&['.', ',', '!', '?', ';']) || item.is_dash() || item.quotation().is_some() {
            return Some(at);
        }
        let fits = item.is(PREPOSITION | CALENDAR | HEARERS | ADVERB) && !item.is(TOPIC) || item.is(CALLED);
        if at == from && !fits || at > from + 12 {
            return None;
        }
    }
    Some(end)
}

/// "According to X, head of the club, …": the comma that closes what X is, if that comes after the first comma.
fn after_office(block: &Block<'_>, comma: usize, end: usize) -> Option<usize> {
    const OFFICE: usize = 14;
    let items = &block.items;
    let article = items.get(comma + 1).is_some_and(|item| item.is(DETERMINER));
    let head = comma + 1 + usize::from(article);
    let office = (head..end.min(head + 3)).any(|i| items[i].is(TITLE));
    let close = (head..end.min(comma + OFFICE)).find(|i| items[*i].is_mark(','))?;
    let small = DETERMINER | PREPOSITION | MALE | FEMALE | PLURAL;
    let verb = (head..close).any(|i| items[i].is(AUXILIARY | OTHER_VERB) && !items[i].is(small) && !items[i].capital);
    (office && !verb && close + 1 + LEAST < end).then_some(close)
}

/// "According to X, …" and "…, according to X".
fn by_source(block: &Block<'_>, at: usize, cast: &Cast<'_>) -> Option<Report> {
    let items = &block.items;
    let sentence = block.sentence(at);
    let near = if block.cues.inverts { 3 } else { 2 };
    let source = according_in(block, at..sentence.end.min(at + near))?;
    let subject = source_of(block, source, sentence.end, cast)?;
    // "According to the director, Ann Lee, …".
    let subject = block.named_apposition(&subject, sentence.end, cast).unwrap_or(subject);
    let confidence = Confidence::High;
    if at <= sentence.start + 1 {
        let comma = (subject.items.end..sentence.end).find(|i| items[*i].is_mark(','))?;
        let comma = after_office(block, comma, sentence.end).unwrap_or(comma);
        let end = content_end(block, comma + 1, sentence.end, cast);
        let spans = std::iter::once(comma + 1..end).collect();
        return (end > comma + LEAST).then_some(Report { spans, subject, verb: at, confidence });
    }
    let end = if items[at - 1].is_mark(',') { at - 1 } else { at };
    let start = lead(block, sentence.start, end);
    if end < start + LEAST {
        return None;
    }
    let mut spans: Vec<Range<usize>> = std::iter::once(start..end).collect();
    // "…, according to X, …".
    let comma = subject.items.end;
    if comma + LEAST + 1 < sentence.end
        && items[comma].is_mark(',')
        && !items[comma + 1].is(RELATIVE | DETERMINER | HANGING)
    {
        spans.push(comma + 1..content_end(block, comma + 1, sentence.end, cast));
    }
    Some(Report { spans, subject, verb: at, confidence })
}
