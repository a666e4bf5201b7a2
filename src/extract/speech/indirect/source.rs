//! "According to X, …" and "…, according to X"; "in X's view, …".

use std::ops::Range;

use crate::extract::speech::able::{Ability, ability};
use crate::extract::speech::attribution::Confidence;
use crate::extract::speech::block::Block;
use crate::extract::speech::cast::Cast;
use crate::extract::speech::cues::*;
use crate::extract::speech::indirect::ahead::lead;
use crate::extract::speech::indirect::end::content_end;
use crate::extract::speech::indirect::{LEAST, Report};
use crate::extract::speech::item::ItemKind;
use crate::extract::speech::phrase::{NounPhrase, Who, pronoun};
use crate::extract::speech::verb::{according_in, source_of};

/// "According to X, …" and "…, according to X".
pub(in crate::extract::speech::indirect) fn by_source(block: &Block<'_>, at: usize, cast: &Cast<'_>) -> Option<Report> {
    let sentence = block.sentence(at);
    let near = if block.cues.inverts { 3 } else { 2 };
    let source = according_in(block, at..sentence.end.min(at + near))?;
    let subject = source_of(block, source, sentence.end, cast)?;
    // "According to the director, Ann Lee, …".
    let subject = block.named_apposition(&subject, sentence.end, cast).unwrap_or(subject);
    let behind = subject.items.end;
    around(block, at..behind, subject, cast)
}

/// "In her view, …", "…, in X's opinion".
pub(in crate::extract::speech::indirect) fn by_view(block: &Block<'_>, noun: usize, cast: &Cast<'_>) -> Option<Report> {
    let items = &block.items;
    let sentence = block.sentence(noun);
    let owner = noun.checked_sub(1).filter(|owner| *owner > sentence.start)?;
    let subject = if items[owner].is(OWNING) {
        NounPhrase { items: owner..owner + 1, who: pronoun(items[owner].class) }
    } else if items[owner].kind == ItemKind::Possessive {
        block.nearest_phrase(owner, sentence.start, cast)?
    } else {
        return None;
    };
    let first = match subject.who {
        Who::Name(name) => block.names[name].title.start.min(subject.items.start),
        _ => subject.items.start,
    };
    let before = first.checked_sub(1).filter(|before| *before >= sentence.start)?;
    let parted = items.get(noun + 1).is_none_or(|next| matches!(next.kind, ItemKind::Mark(_)));
    let someone = subject.who != Who::Nobody && ability(block, &subject) != Ability::Mute;
    let of_place = items[before].is(PLACE);
    if of_place && parted && someone { around(block, before..noun + 1, subject, cast) } else { None }
}

/// The rest of a sentence, around the words that name its source.
fn around(block: &Block<'_>, source: Range<usize>, subject: NounPhrase, cast: &Cast<'_>) -> Option<Report> {
    let items = &block.items;
    let at = source.start;
    let sentence = block.sentence(at);
    // "X disagreed: according to her, …": only what follows the colon.
    let colon = (sentence.start..at).rev().find(|i| items[*i].is_mark(':'));
    let sentence = colon.map_or(sentence.start, |colon| colon + 1)..sentence.end;
    let confidence = Confidence::High;
    if at <= sentence.start + 1 {
        // "Nach Angaben der Polizei wurden drei Männer festgenommen": the verb follows.
        let follows = block.cues.verb_second
            && items
                .get(source.end)
                .is_some_and(|next| next.kind == ItemKind::Word && !next.capital && !next.is(COMMON & !AUXILIARY));
        if follows {
            let end = content_end(block, source.end, sentence.end, cast);
            let spans = std::iter::once(source.end..end).collect();
            return (end > source.end + LEAST).then_some(Report { spans, subject, verb: at, confidence, place: None });
        }
        let comma = (source.end..sentence.end).find(|i| items[*i].is_mark(','))?;
        let comma = after_office(block, comma, sentence.end).unwrap_or(comma);
        let end = content_end(block, comma + 1, sentence.end, cast);
        let spans = std::iter::once(comma + 1..end).collect();
        return (end > comma + LEAST).then_some(Report { spans, subject, verb: at, confidence, place: None });
    }
    let end = if items[at - 1].is_mark(',') { at - 1 } else { at };
    let start = lead(block, sentence.start, end);
    if end < start + LEAST {
        return None;
    }
    let mut spans: Vec<Range<usize>> = std::iter::once(start..end).collect();
    // "…, according to X, …".
    let comma = source.end;
    if comma + LEAST + 1 < sentence.end
        && items[comma].is_mark(',')
        && !items[comma + 1].is(RELATIVE | DETERMINER | HANGING)
    {
        spans.push(comma + 1..content_end(block, comma + 1, sentence.end, cast));
    }
    Some(Report { spans, subject, verb: at, confidence, place: None })
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
