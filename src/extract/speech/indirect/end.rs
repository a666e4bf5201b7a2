//! Where the words that were said end: with their sentence, or where the narrator clearly continues.

use std::ops::Range;

use crate::extract::speech::block::Block;
use crate::extract::speech::cast::Cast;
use crate::extract::speech::cues::*;
use crate::extract::speech::indirect::start::is_subjunctive_form;
use crate::extract::speech::indirect::{AWAY, LEAST};
use crate::extract::speech::item::ItemKind;
use crate::extract::speech::phrase::Who;
use crate::extract::speech::verb::according_in;

/// The most items in a span of a report.
pub(in crate::extract::speech::indirect) const MOST: usize = 150;

/// Where the words that were said end: with their sentence, or where the narrator continues.
pub(in crate::extract::speech::indirect) fn content_end(
    block: &Block<'_>,
    start: usize,
    end: usize,
    cast: &Cast<'_>,
) -> usize {
    let items = &block.items;
    let end = end.min(start + MOST);
    for at in start + 1..end {
        let item = &items[at];
        if item.is_mark(';') && !between_dashes(block, start, at, end) {
            return at;
        }
        // "said that it was late and that it was “a mess”": a report and a quotation.
        if begins_second(block, start, at, end) {
            return if items[at - 1].is_mark(',') { at - 1 } else { at };
        }
        // "wrote that she was “concerned”: “…”": words of their own.
        if item.is_mark(':') && items.get(at + 1).is_some_and(|next| next.quotation().is_some()) && at > start + LEAST {
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
        if parted
            && at + 1 < end
            && !set_against(block, start, at + 1, end)
            && (narrator_goes_on(block, at + 1, end, cast)
                || at > start + LEAST && narrator_comments(block, at + 1, end, cast))
        {
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
            // "said he was tired but would not say why": what someone did not say.
            let unsaid = (at + 1..end).find(|i| !items[*i].is(AUXILIARY | ADVERB | NEGATION)).filter(|verb| {
                items[at + 1].is(AUXILIARY) && !block.cues.verb_second && (at + 1..*verb).any(|i| items[i].is(NEGATION))
            });
            if unsaid.is_some_and(|verb| items[verb].is(SAY | CALLING)) {
                return at;
            }
            if (items[verb].is(SAY | CALLING) && items[verb].is(FINITE | HANGING) && !items[verb].is(BASE)
                || items[verb].is(DENIAL) && !items[verb].is(PREPOSITION))
                && block.name_at(verb).is_none()
            {
                return at;
            }
        }
        // "… before warning that": what the same person said next.
        let next = items.get(at + 1).filter(|_| at + 1 < end);
        if item.is(PREPOSITION)
            && item.is(CONJUNCTION)
            && at > start + LEAST
            && next.is_some_and(|next| next.is(SAY) && next.is(HANGING) && !next.is(FINITE))
        {
            return at;
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
pub(in crate::extract::speech::indirect) fn ends_with_comma(block: &Block<'_>, at: usize) -> bool {
    let text = &block.text[block.items[at].range.clone()];
    text.trim_end_matches(['"', '”', '’', '\'']).ends_with(',')
}

/// Whether the narrator continues after a comma or a dash.
pub(in crate::extract::speech::indirect) fn narrator_goes_on(
    block: &Block<'_>,
    at: usize,
    end: usize,
    cast: &Cast<'_>,
) -> bool {
    let items = &block.items;
    let first = &items[at];
    if first.is(ACCORDING) || first.is(SAY | CALLING) && first.is(HANGING) {
        return true;
    }
    if first.is(CONTRAST) {
        return true;
    }
    // ", speaking after a meeting": how it was said.
    if first.is(SPEAKING) && first.is(HANGING | ENDS_HANGING | PREPOSITION) {
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
    // ", said the company": the verb of a main clause.
    let said = items[from].is(SAY) && items[from].is(FINITE) && !items[from].is(BASE | WEAK);
    if from == at
        && said
        && items.get(from + 1).is_some_and(|next| next.is(DETERMINER | SUBJECT | THAT) || next.capital)
    {
        return true;
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

/// Whether the narrator says something of the words before a comma: ", a remark that Y rejected", ", a step he called
/// “late”", ", a day after Y left".
fn narrator_comments(block: &Block<'_>, at: usize, end: usize, cast: &Cast<'_>) -> bool {
    /// The most words before the noun.
    const WORDS: usize = 4;
    let items = &block.items;
    if block.cues.inverts || block.cues.verb_second {
        return false;
    }
    // ", two days after Y left", ", hours before Y left".
    let counts = |i: usize| items[i].is(DETERMINER) || items[i].kind == ItemKind::Number || items[i].class == 0;
    let time = (at..end.min(at + WORDS)).find(|i| !counts(*i)).filter(|i| items[*i].is(TIME));
    if time.and_then(|time| items.get(time + 1)).is_some_and(|next| next.is(PREPOSITION) && next.is(CONJUNCTION)) {
        return true;
    }
    if !items[at].is(ARTICLE) {
        return false;
    }
    // A noun with a clause behind it.
    let Some(phrase) = block.phrase_at(at, end, cast).filter(|phrase| phrase.who == Who::Described) else {
        return false;
    };
    let clause = phrase.items.end;
    let Some(next) = items.get(clause).filter(|_| clause < end) else { return false };
    let noun = &items[clause - 1];
    if noun.is(SAID)
        && (next.is(RELATIVE | THAT | SUBJECT)
            || next.is(PREPOSITION) && items.get(clause + 1).is_some_and(|next| next.is(RELATIVE)))
    {
        return true;
    }
    let subject = clause + usize::from(next.is(THAT) || next.is(RELATIVE) && !next.is(SUBJECT));
    let calls = |i: usize| items[i].is(CALLING | DENIAL) && items[i].is(FINITE) && !items[i].is(BASE);
    let Some(subject) = block.phrase_at(subject, end, cast) else { return false };
    let someone = matches!(subject.who, Who::Name(_) | Who::Titled(_) | Who::Pronoun(_));
    let verb = (subject.items.end..end).find(|i| !items[*i].is(AUXILIARY | ADVERB));
    someone && verb.is_some_and(calls)
}

/// Whether a word of contrast begins another part of what was said: "…, but that it was late", "…, aber sie komme
/// bald", "nicht heute, sondern morgen", "not today, but tomorrow".
fn set_against(block: &Block<'_>, start: usize, contrast: usize, end: usize) -> bool {
    let items = &block.items;
    if !items[contrast].is(CONTRAST) || contrast + 1 >= end {
        return false;
    }
    let mark = |i: &usize| items[*i].is_any_mark(&[',', ';', ':', '.', '!', '?']) || items[*i].is_dash();
    let close = (contrast + 1..end).find(mark).unwrap_or(end);
    let clause = contrast + 1..close;
    // In the languages whose "that" has a comma before it, one may also stand here: "но, что".
    if items[contrast + 1].is(THAT) && !items.get(contrast + 2).is_some_and(|next| next.is(AUXILIARY)) {
        return true;
    }
    let reported = |i: usize| items[i].is(SUBJUNCTIVE) && !items[i].capital || is_subjunctive_form(block, i);
    if block.cues.verb_second && clause.clone().any(reported) {
        return true;
    }
    // A correction has no verb of its own, or shares that of the clause before it.
    let denied = (start..contrast).any(|i| items[i].is(NEGATION));
    let acts = |i: usize| {
        let item = &items[i];
        (item.is(AUXILIARY | OTHER_VERB) || item.is(VERB) && item.is(FINITE))
            && !item.is(TO | PREPOSITION)
            && !item.capital
    };
    let own = |i: usize| items[i].is(SUBJECT) && !items[i].is(RELATIVE | DETERMINER);
    // "…, sondern gestrichen werden": verbs at its end are those of the clause before it.
    let ends = |i: usize| block.cues.verb_second && (i + 1 == close || acts(i + 1));
    denied && !clause.clone().any(|i| acts(i) && !ends(i)) && !clause.clone().any(own)
}

/// Whether a second clause of the same verb begins with "and" at an item, "… and that …", and words in quotation marks
/// are in only one of the two.
fn begins_second(block: &Block<'_>, start: usize, and: usize, end: usize) -> bool {
    let items = &block.items;
    let that = and + 1;
    if block.cues.inverts || block.cues.verb_second || !items[and].is(AND) || that + 1 >= end || !items[that].is(THAT) {
        return false;
    }
    // "a plan that works and that pays": the clause of a noun.
    let other = (start + 1..and).any(|i| items[i].is(THAT | RELATIVE) && block.name_at(i).is_none());
    // "and that is late": a pronoun.
    let pronoun = items[that + 1].is(AUXILIARY) || matches!(items[that + 1].kind, ItemKind::Mark(_));
    let quotes = |within: Range<usize>| within.into_iter().any(|i| items[i].quotation().is_some());
    quotes(start..and) != quotes(that..end) && !other && !pronoun && and > start + LEAST
}
