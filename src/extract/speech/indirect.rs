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
use crate::extract::speech::phrase::{NounPhrase, Who};
use crate::extract::speech::verb::{
    according_in, can_report, is_not_said, is_plain_verb, passive, source_of, subject_of,
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
    for verb in 0..block.items.len() {
        let item = &block.items[verb];
        if item.is(ACCORDING) && block.name_at(verb).is_none() {
            let someone = |report: &Report| ability(block, &report.subject) != Ability::Mute;
            found.extend(by_source(block, verb, cast).filter(someone));
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
        let report = behind(block, verb, sentence.clone(), cast)
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
            let more = |next: &BlockItem| next.is(THAT | TO | QUESTION | PREPOSITION | CALENDAR) || next.is(SUBJECT);
            if clause || next.is_some_and(more) {
                at = hearer.items.end;
            }
        } else if items[at].is(SUBJECT | NOBODY | MALE | FEMALE | PLURAL)
            && items.get(at + 1).is_some_and(|next| next.is(THAT | TO | QUESTION | SUBJECT))
        {
            at += 1;
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
            && !items[at].is(NOBODY)
            && block.name_at(at).is_none()
            && next.is_some_and(|next| next.kind != ItemKind::Possessive)
        {
            at += 1;
        } else {
            break;
        }
    }
    let first = items.get(at).filter(|_| at < end)?;
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
    let clause = item.is(SAY | REPORT) && (there || !item.is(NEEDS_THAT)) && begins_clause(block, at, end, cast);
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
        let comma = block.cues.inverts && item.is_mark(',') && items.get(i + 1).is_some_and(|next| next.is(THAT));
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
        if item.is_mark(';') {
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
    verb < end && items[verb].is(SAY) && items[verb].is(FINITE) && block.name_at(verb).is_none()
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
    if comma < sentence.start + LEAST
        || comma > sentence.start + MOST
        || items.get(end).is_some_and(|next| next.quotation().is_some())
    {
        return None;
    }
    let start = lead(block, sentence.start, comma);
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
    let mut at = start;
    let items = &block.items;
    // "PARIS, May 3 (Agency) —".
    let capitals = |item: &BlockItem| {
        item.kind == ItemKind::Word && block.text[item.range.clone()].chars().filter(|c| c.is_uppercase()).count() > 2
    };
    if start + 1 < end
        && capitals(&items[start])
        && let Some(dash) = (start + 1..end.min(start + 10)).find(|i| items[*i].is_dash())
    {
        at = dash + 1;
    }
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
    Some((subject, before, tail_end(block, verb + 1, sentence.end)?))
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
