//! "…, X said": what is reported comes before the verb, or on both sides.

use std::ops::Range;

use crate::extract::speech::able::{Ability, ability};
use crate::extract::speech::attribution::Confidence;
use crate::extract::speech::block::Block;
use crate::extract::speech::cast::Cast;
use crate::extract::speech::cues::*;
use crate::extract::speech::indirect::end::{MOST, content_end, narrator_goes_on};
use crate::extract::speech::indirect::{AWAY, LEAST, Report};
use crate::extract::speech::item::ItemKind;
use crate::extract::speech::phrase::{NounPhrase, Who, pronoun};
use crate::extract::speech::verb::subject_of;

/// "…, X said": what is reported comes before the verb, or on both sides.
pub(in crate::extract::speech::indirect) fn ahead(
    block: &Block<'_>,
    verb: usize,
    sentence: Range<usize>,
    cast: &Cast<'_>,
) -> Option<Report> {
    let items = &block.items;
    if !items[verb].is(SAY | REPORT) || items[verb].is(WEAK) || !items[verb].is(FINITE) {
        return None;
    }
    let (subject, comma, end) = straight_tail(block, verb, sentence.clone(), cast)
        .or_else(|| inverted_tail(block, verb, sentence.clone(), cast))
        .or_else(|| attached_tail(block, verb, sentence.clone()))?;
    if comma > sentence.start + MOST || items.get(end).is_some_and(|next| next.quotation().is_some()) {
        return None;
    }
    // "A spokesman disagrees: a paper exists, he says".
    let colon = (sentence.start..comma)
        .rev()
        .find(|i| items[*i].is_mark(':') && items[*i].range.end < items[i + 1].range.start);
    let from = colon.map_or(sentence.start, |colon| colon + 1);
    if let Some(spans) = around_tag(block, from..comma, end, sentence.end, cast) {
        return Some(Report { spans, subject, verb, confidence: Confidence::High, place: None });
    }
    // "Now, X said, it is late": only a word comes before.
    if comma < from + LEAST {
        let rest = items.get(end).is_some_and(|next| next.is_mark(',')) && end + 1 < sentence.end;
        let adverb = comma == from + 1 && items[from].is(ADVERB);
        if !rest || !adverb || items[end + 1].quotation().is_some() || items[end + 1].is(HANGING | RELATIVE) {
            return None;
        }
        let close = content_end(block, end + 1, sentence.end, cast);
        let spans = std::iter::once(end + 1..close).collect();
        return (close > end + 1 + LEAST).then_some(Report {
            spans,
            subject,
            verb,
            confidence: Confidence::High,
            place: None,
        });
    }
    let start = lead(block, from, comma);
    // "When the plan emerged, X wrote, “…”": only the words in quotation marks were said.
    let words = items.get(end).is_some_and(|next| next.is_mark(','))
        && items.get(end + 1).is_some_and(|next| next.quotation().is_some());
    if words && items[start].is(CONJUNCTION) && !items[start].is(THAT) && block.name_at(start).is_none() {
        return None;
    }
    // "The treaty, X said, “has cost us dear”": only the words in quotation marks were said alone.
    let bare = block.phrase_at(start, comma, cast).is_some_and(|phrase| phrase.items.end == comma);
    if words && bare {
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
            // "…, said X, an analyst at the bank": who X is.
            let acts = |i: usize| {
                let item = &items[i];
                item.is(AUXILIARY | OTHER_VERB | FINITE) && !item.is(TO | PREPOSITION | TITLE) && !item.capital
                    || item.kind == ItemKind::Word && item.class == 0 && item.range.len() > 2
            };
            let office = next.is(DETERMINER) && (end + 1..rest).take(AWAY / 4).any(|i| items[i].is(TITLE));
            let someone = office && !(end + 1..rest).any(|i| items[i].is(AUXILIARY) && !items[i].is(TO));
            // "…, X said, the latest in a line that ends there": what the verb of a relative clause is about.
            let verb = (end + 1..rest).find(|i| acts(*i));
            let depends = next.is(DETERMINER)
                && verb.is_some_and(|verb| {
                    (end + 1..verb).any(|i| items[i].is(RELATIVE | THAT) && !items[i].is(DETERMINER))
                });
            if rest > end + 1 + LEAST && !someone && verb.is_some() && !depends {
                spans.push(end + 1..rest);
            }
        }
    }
    Some(Report { spans, subject, verb, confidence: Confidence::High, place: None })
}

/// "Moscow, X said, wants it all": only the subject comes before the tag, and its verb behind.
fn around_tag(
    block: &Block<'_>,
    before: Range<usize>,
    tag_end: usize,
    end: usize,
    cast: &Cast<'_>,
) -> Option<Vec<Range<usize>>> {
    let items = &block.items;
    let start = lead(block, before.start, before.end);
    let rest = tag_end + 1;
    let next = items.get(rest).filter(|_| rest + 1 < end && items[tag_end].is_mark(','))?;
    // "Nobody at the meeting, X said, had asked": a phrase and what hangs on it, without a verb.
    let verb = |i: usize| items[i].is(AUXILIARY | OTHER_VERB | FINITE) && !items[i].is(TO | PREPOSITION);
    let alone = block.phrase_at(start, before.end, cast).filter(|subject| {
        let hangs = items[subject.items.end].is(PREPOSITION | GENITIVE) && !(start..before.end).any(verb);
        subject.items.end == before.end || hangs && !items[start].is(PREPOSITION & !DETERMINER)
    });
    let any = block.cues.inverts && next.kind == ItemKind::Word && next.class == 0;
    let acts = (any || next.is(AUXILIARY | OTHER_VERB | FINITE)) && !next.is(TO | PREPOSITION | SAY) && !next.capital;
    let close = content_end(block, rest, end, cast);
    (alone.is_some() && acts && close >= rest + LEAST).then(|| vec![start..before.end, rest..close])
}

/// Where the narrator's introduction ends: "But …", "Still, …".
pub(in crate::extract::speech::indirect) fn lead(block: &Block<'_>, start: usize, end: usize) -> usize {
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
    // "…, bloggers and officials said".
    if items[before].is(AND) && before > sentence.start {
        let plain = |i: &usize| {
            items[*i].kind == ItemKind::Word && !items[*i].is(AUXILIARY | VERB | OTHER_VERB | PREPOSITION | SUBJECT)
        };
        let first = (sentence.start..before).rev().take(5).take_while(plain).last()?;
        let comma = first.checked_sub(1).filter(|comma| *comma > sentence.start && items[*comma].is_mark(','))?;
        let both = NounPhrase { items: first..subject.items.end, who: Who::Described };
        let tail = tail_end(block, verb + 1, sentence.end)?;
        return (!whole_quotation(block, comma)).then_some((both, comma, tail));
    }
    // "…, a spokesman for the board, Ann Lee, told": her office comes before her name.
    if items[before].is_mark(',')
        && let Some(outer) = (sentence.start..before).rev().take(AWAY).find(|i| items[*i].is_mark(','))
        && items[outer + 1].is(DETERMINER | OWNING)
        && block.phrase_at(outer + 1, before, cast).is_some_and(|office| {
            let tied = office.items.end == before || items[office.items.end].is(PREPOSITION | GENITIVE);
            tied && office.items.clone().any(|i| items[i].is(TITLE))
        })
    {
        before = outer;
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
    let direct = block.phrase_at(verb + 1, sentence.end, cast);
    let further = || if block.cues.inverts { block.subject_behind(verb, sentence.end, cast) } else { None };
    let subject = direct.or_else(further)?;
    let named_so = |i: usize| block.items[i].is(TITLE | PEOPLE | ORGANISATION | SUBJECT | HEARERS);
    if block.cues.verb_second && subject.who == Who::Described && ability(block, &subject) != Ability::Speaks {
        return None;
    }
    // "said a man who asked not to be named".
    let able = ability(block, &subject);
    // "…, said the opposite", "…, quoted a remark": no one.
    let last = subject.items.end - 1;
    let person = able == Ability::Speaks || block.cues.is_person(&block.text_of(last..last + 1).to_lowercase());
    // "said a fishmonger who left".
    let told = block.items.get(subject.items.end).is_some_and(|next| next.is(RELATIVE));
    let person =
        person || told && block.items[subject.items.start].is(ARTICLE) && block.items[subject.items.start].is(FORMER);
    let known = person || block.cues.inverts || block.cues.verb_second;
    let someone = subject.items.clone().any(named_so) || known && block.items[subject.items.start].is(DETERMINER);
    if subject.who == Who::Described && !someone {
        return None;
    }
    let end = subject.items.end;
    Some((subject, before, tail_end(block, end, sentence.end).unwrap_or(end)))
}

/// ", a-t-il dit": the pronoun that the auxiliary has behind it, the comma, and where the clause ends.
fn attached_tail(block: &Block<'_>, verb: usize, sentence: Range<usize>) -> Option<(NounPhrase, usize, usize)> {
    let items = &block.items;
    let at = verb.checked_sub(1).filter(|at| block.cues.inverts && items[*at].is(SUBJECT) && items[verb].is(SAY))?;
    let helps = |i: &usize| items[*i].is(AUXILIARY | ADVERB) && !items[*i].is(SUBJECT);
    let comma = (sentence.start..at).rev().find(|i| !helps(i)).filter(|comma| items[*comma].is_mark(','))?;
    if comma + 1 == at || whole_quotation(block, comma) {
        return None;
    }
    let subject = NounPhrase { items: at..at + 1, who: pronoun(items[at].class) };
    Some((subject, comma, tail_end(block, verb + 1, sentence.end).unwrap_or(verb + 1)))
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
