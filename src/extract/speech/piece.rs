//! The quotations of a block: which of them are really someone's words, and whose words they are.

use crate::extract::speech::able::{Ability, ability};
use crate::extract::speech::attribution::{Claim, Confidence, QuotedShape, Stand, claim};
use std::ops::Range;

use crate::extract::speech::block::{Block, Name};
use crate::extract::speech::cast::Cast;
use crate::extract::speech::cues::*;
use crate::extract::speech::item::{BlockItem, ItemKind};
use crate::extract::speech::people::Gender;
use crate::extract::speech::phrase::{NounPhrase, Who};
use crate::extract::speech::quotation::{Marks, QuotedStretch};
use crate::extract::speech::verb::{is_saying, passive, subject_of, unsaid};

/// With fewer words than this, quoted words are a name or are quoted for distance, unless the sentence
/// names a speaker.
const WORDS: usize = 3;

/// The most words of a term.
const TERM: usize = 4;

/// The most capitalised words in the title of a work.
const TITLE_WORDS: usize = 8;

/// The most letters of a small word of another language in a title: "pour".
const FOREIGN: usize = 4;

/// The most items in a paragraph that only names the speaker of the words above it.
pub const SIGNATURE: usize = 16;

/// How many quotations before and after one are searched for its speaker.
const NEAR: usize = 4;

/// A quotation of a block.
#[derive(Debug)]
pub struct QuotedPiece {
    /// Its item.
    pub at: usize,
    /// Its number among the quotations of the block.
    pub number: usize,
    /// Who said it, according to the sentence.
    pub claim: Option<Claim>,
    /// Whether it is a real quotation: not a title, and not words quoted for distance.
    pub counts: bool,
    /// Who is assumed to have said it, if the sentence does not say.
    pub carried: Option<(NounPhrase, Confidence)>,
}

/// Every quotation of a block, with its speaker according to the sentence.
pub fn pieces(block: &Block<'_>, top: &[&QuotedStretch], cast: &Cast<'_>) -> Vec<QuotedPiece> {
    let mut pieces = Vec::with_capacity(top.len());
    for (at, item) in block.items.iter().enumerate() {
        let Some(number) = item.quotation() else { continue };
        let words = words_of(block.text, top[number]);
        let shape = QuotedShape { words, last: last_mark(&block.text[top[number].inner.clone()]) };
        let claim = claim(block, at, shape, cast);
        let tight = claim.as_ref().is_some_and(|claim| claim.tight && claim.stand == Stand::Whole);
        let sentence = matches!(shape.last, Some('.' | '!' | '?' | '…'));
        let goes_on = sentence
            && block.items[at].begins
            && pieces.last().is_some_and(|piece: &QuotedPiece| piece.counts && piece.claim.is_some());
        // “We wait,” X said, “until spring”: the rest of what X said, however short.
        let rest = top[number].goes_on && pieces.last().is_some_and(|piece| piece.counts)
            || at > 0
                && block.items[at - 1].is_mark(',')
                && pieces.last().is_some_and(|piece: &QuotedPiece| {
                    let verb = piece.claim.as_ref().filter(|claim| claim.tight).and_then(|claim| claim.verb);
                    piece.counts && piece.number + 1 == number && verb.is_some_and(|verb| piece.at < verb && verb < at)
                });
        // Single quotation marks have many other uses, such as headlines and nicknames.
        let single = top[number].marks == Marks::Single && claim.is_none();
        // A few words in the middle of a sentence without a verb of saying are a term.
        let term = claim.is_none() && !rest && words <= TERM && !sentence && !block.items[at].begins;
        let called = block.cues.verb_second
            && words + 1 >= WORDS
            && claim.as_ref().and_then(|claim| claim.verb).is_some_and(|verb| block.items[verb].is(CALLING));
        // "dismissed it as “tired”".
        let before = at.checked_sub(1).map(|before| &block.items[before]);
        let as_such = before.is_some_and(|before| before.is(TOPIC) && before.is(CONJUNCTION) && before.is(PREPOSITION))
            && claim.as_ref().and_then(|claim| claim.verb).is_some_and(|verb| block.items[verb].is(CALLING));
        let enough = if called || as_such {
            true
        } else if term {
            false
        } else if single {
            words > WORDS && (sentence || shape.last == Some(',')) && at > 0
        } else {
            words >= WORDS
        };
        let denied = claim.is_none() && unsaid(block, at);
        // "Er hoffe, dass sie „keine Steine in den Weg legen“ würden": the whole sentence is reported.
        let begin = block.sentence(at).start;
        let reported = block.cues.verb_second
            && claim.is_none()
            && (begin + 1..at).take(2).any(|i| block.items[i].is(SUBJUNCTIVE) && block.items[i - 1].is(SUBJECT))
            && (begin..at).any(|i| block.items[i].is(THAT));
        let counts = words > 0
            && !denied
            && !reported
            && !is_title(block, at, top[number], tight || goes_on || rest)
            && (enough || tight || goes_on || rest);
        pieces.push(QuotedPiece { at, number, claim, counts, carried: None });
    }
    pieces
}

/// Rules 4 and 5: quoted words that form a separate sentence.
pub fn carry_within(block: &Block<'_>, pieces: &mut [QuotedPiece], cast: &Cast<'_>) {
    for i in 0..pieces.len() {
        if pieces[i].claim.is_some() || !pieces[i].counts {
            continue;
        }
        let at = pieces[i].at;
        let alone = block.items[at].begins || at == 0;
        let before = (0..i)
            .rev()
            .take(NEAR)
            .find(|j| pieces[*j].counts && (pieces[*j].claim.is_some() || pieces[*j].carried.is_some()));
        let after = (i + 1..pieces.len()).take(NEAR).find(|j| pieces[*j].claim.is_some() && pieces[*j].counts);
        let from = |j: usize| {
            last_of_sentence(block, &pieces[j], at, cast)
                .or_else(|| pieces[j].claim.as_ref().map(|claim| claim.subject.clone()))
                .or_else(|| pieces[j].carried.clone().map(|carried| carried.0))
        };
        pieces[i].carried = match (before, after) {
            (Some(j), _) => from(j).map(|subject| (subject, if alone { Confidence::High } else { Confidence::Medium })),
            (None, Some(j)) if alone => from(j).map(|subject| (subject, Confidence::Medium)),
            _ => None,
        };
        if pieces[i].carried.is_none() && alone && at == 0 {
            pieces[i].carried = named_behind(block, at, cast).map(|subject| (subject, Confidence::Medium));
        } else if pieces[i].carried.is_none() {
            let sentence = if alone { block.sentence_before(at) } else { Some(block.sentence(at)) };
            let tag = || sentence.clone().filter(|_| alone).and_then(|sentence| subject_of_tag(block, sentence, cast));
            let near = || tag().or_else(|| subject_beside(block, at, cast).filter(|_| !alone));
            let subject = near().or_else(|| {
                sentence.and_then(|sentence| block.main_subject(sentence.start..sentence.end.min(at), cast))
            });
            pieces[i].carried =
                subject.map(|subject| (subject, if alone { Confidence::Medium } else { Confidence::Low }));
        }
    }
}

/// "The minister, whose aide said it was “late,” insisted they would go. “…”": whoever speaks last in the sentence before
/// some words, if the words before them are only a part of a clause.
fn last_of_sentence(block: &Block<'_>, piece: &QuotedPiece, at: usize, cast: &Cast<'_>) -> Option<NounPhrase> {
    let claim = piece.claim.as_ref().filter(|claim| claim.stand == Stand::Part)?;
    let sentence = block.sentence(piece.at);
    if sentence.end != at {
        return None;
    }
    let says = |i: &usize| is_saying(block, *i) && block.items[*i].is(FINITE) && !block.items[*i].is(BASE | WEAK);
    let verb = (piece.at + 1..at).rev().find(|i| says(i) && block.name_at(*i).is_none() && !passive(block, *i))?;
    let subject = subject_of(block, verb, sentence, cast)?;
    (claim.verb.is_some_and(|first| first < piece.at) && ability(block, &subject) == Ability::Speaks).then_some(subject)
}

/// "Their land would agree to nothing, he said.": whoever the tag at the end of a sentence names.
fn subject_of_tag(block: &Block<'_>, sentence: Range<usize>, cast: &Cast<'_>) -> Option<NounPhrase> {
    const TAG: usize = 8;
    let items = &block.items;
    let comma = sentence.clone().rev().take(TAG).find(|i| items[*i].is_mark(','))?;
    let says = |i: &usize| is_saying(block, *i) && items[*i].is(FINITE) && !items[*i].is(BASE | WEAK);
    let verb = (comma + 1..sentence.end).take(TAG).find(says).filter(|verb| block.name_at(*verb).is_none())?;
    let behind = block.phrase_at(verb + 1, sentence.end, cast).filter(|_| verb == comma + 1);
    let before = || block.phrase_at(comma + 1, verb, cast).filter(|subject| subject.items.end == verb);
    let subject = behind.or_else(before)?;
    matches!(subject.who, Who::Name(_) | Who::Titled(_) | Who::Pronoun(Gender::Male | Gender::Female))
        .then_some(subject)
}

/// "a ruling that the party celebrated as “a triumph”": whoever does what the verb just before the words says.
fn subject_beside(block: &Block<'_>, at: usize, cast: &Cast<'_>) -> Option<NounPhrase> {
    const NEAR: usize = 4;
    let items = &block.items;
    let start = block.sentence(at).start;
    let word = |i: &usize| items[*i].kind == ItemKind::Word;
    let verb =
        (start..at).rev().take(NEAR).take_while(word).find(|i| items[*i].is(OTHER_VERB) && !items[*i].capital)?;
    let subject = block.subject_before(verb, start, cast)?;
    (subject.items.end == verb && ability(block, &subject) == Ability::Speaks).then_some(subject)
}

/// "“We are tired.” That is how X describes it", "“Not yet.” X shakes his head": whom the sentence behind words that
/// begin their paragraph is about, if it quotes nothing itself.
fn named_behind(block: &Block<'_>, at: usize, cast: &Cast<'_>) -> Option<NounPhrase> {
    let items = &block.items;
    // "“We pay, so we ask”: With these words X set the tone".
    let behind = at + 1 + usize::from(items.get(at + 1).is_some_and(|next| next.is_mark(':')));
    let first = items.get(behind).filter(|first| first.begins || behind > at + 1)?;
    let sentence = behind..block.sentence(behind).end;
    let words = first.is(PREPOSITION)
        && items.get(behind + 1).is_some_and(|next| next.is(DETERMINER) && !next.is(ARTICLE))
        && items.get(behind + 2).is_some_and(|next| next.is(WORDING));
    let quotes = |i: usize| items[i].quotation().is_some() || items[i].is_mark(':');
    if !words && (behind > at + 1 || sentence.clone().any(quotes)) {
        return None;
    }
    let person = |name: usize| {
        let member = cast.member(block.names[name].member);
        member.sure && member.gender != Some(Gender::Neuter)
    };
    let points = words
        || first.is(DETERMINER) && items.get(behind + 1).is_some_and(|next| next.is(AUXILIARY | BE))
        || block.cues.verb_second && first.is(SOURCE);
    if points {
        let name = sentence.filter_map(|i| block.name_at(i)).find(|name| person(*name))?;
        return Some(NounPhrase { items: block.names[name].items.clone(), who: Who::Name(name) });
    }
    let main = block.main_subject(sentence, cast)?;
    matches!(main.who, Who::Name(name) if person(name)).then_some(main)
}

/// The fewest items in a turn of an interview.
const TURN: usize = 4;

/// A turn of an interview, "Ann Lee: We will build it.": the speaker, and the items of the words.
/// Without quotation marks it looks like "Verdict: It is late", so the name must be in full in the text,
/// or be in `speakers.toml`.
pub fn turn(block: &Block<'_>, cast: &Cast<'_>) -> Option<(usize, Range<usize>)> {
    let items = &block.items;
    let name = block.name_at(0)?;
    let Name { items: name_items, member, .. } = &block.names[name];
    let speaker = cast.member(*member);
    let whole = speaker.known || speaker.name.contains(' ');
    let words = name_items.end + 1..items.len();
    let colon = items.get(name_items.end).is_some_and(|item| item.is_mark(':'));
    let sentence = items.last().is_some_and(|last| last.is_any_mark(&['.', '!', '?', '…']));
    let begins = items.get(words.start).is_some_and(|first| first.capital || first.kind == ItemKind::Number);
    let unmarked = items.iter().all(|item| item.quotation().is_none());
    // "X: The tram is late, Y said" is what Y said.
    let names_speaker = |at: usize| {
        items[at].is_mark(',')
            && block
                .name_at(at + 1)
                .is_some_and(|name| items.get(block.names[name].items.end).is_some_and(|next| next.is(SAY)))
    };
    let is_report = words.clone().any(names_speaker);
    (whole && colon && sentence && begins && unmarked && !is_report && words.len() > TURN).then_some((name, words))
}

/// The name that a paragraph consists of, with at most an age and a place.
pub fn signature(block: &Block<'_>) -> Option<usize> {
    let items = &block.items;
    let verb = |item: &BlockItem| {
        (item.is(AUXILIARY | OTHER_VERB) || item.is(VERB) && item.is(FINITE)) && !item.capital
            || item.quotation().is_some()
    };
    if items.is_empty() || items.len() > SIGNATURE || items.iter().any(verb) {
        return None;
    }
    let start = items.iter().take(2).take_while(|item| item.is_dash() || item.is_mark('(')).count();
    let name = block.name_at(start)?;
    let end = block.names[name].items.end;
    let person = block.names[name].items.len() > 1 || !block.names[name].title.is_empty();
    (person && items.get(end).is_none_or(|next| matches!(next.kind, ItemKind::Mark(_)))).then_some(name)
}

fn words_of(text: &str, quotation: &QuotedStretch) -> usize {
    text[quotation.inner.clone()]
        .split_whitespace()
        .filter(|word| word.contains(char::is_alphanumeric))
        .take(50)
        .count()
}

fn last_mark(inner: &str) -> Option<char> {
    let closing = |c: char| matches!(c, '"' | '”' | '’' | '\'' | ')' | ']' | '»') || c.is_whitespace();
    inner.trim_end_matches(closing).chars().next_back().filter(|c| !c.is_alphanumeric())
}

/// Whether a quotation is the title of a work: all its words except small ones have capitals, and either
/// the sentence names no speaker or it belongs to someone ("NBC's").
fn is_title(block: &Block<'_>, at: usize, quotation: &QuotedStretch, tight: bool) -> bool {
    let before = at.checked_sub(1).map(|i| &block.items[i]);
    let owned = before.is_some_and(|before| before.kind == ItemKind::Possessive);
    // On “The Morning Show”: a name in the middle of a sentence.
    let inside = before.is_some_and(|before| matches!(before.kind, ItemKind::Word) && !before.is(VERB))
        && !block.items[at].begins;
    // "told “Radio Valley” that": the hearer.
    let after = block.items.get(at + 1);
    let hearer = before.is_some_and(|before| before.is(ADDRESSED))
        && after.is_some_and(|after| after.is(THAT | TO | PREPOSITION | CALENDAR));
    // "laut „news.example“": where something was read.
    let source = before.is_some_and(|before| before.is(PREPOSITION | SOURCE) && !before.is(TOPIC))
        && after.is_some_and(|after| !matches!(after.kind, ItemKind::Mark(_)))
        && is_address(&block.text[quotation.inner.clone()]);
    if source {
        return true;
    }
    let inside = inside || hearer;
    if tight && !owned && !inside {
        return false;
    }
    let (mut capitals, mut foreign, mut other) = (0, false, false);
    for word in block.text[quotation.inner.clone()].split_whitespace() {
        let letters = word.trim_matches(|c: char| !c.is_alphanumeric());
        if letters.chars().next().is_none_or(|c| c.is_uppercase() || c.is_numeric()) {
            capitals += 1;
        } else {
            // "Union pour un Mouvement": one small word that the language does not have shows that it is another.
            let class = block.cues.class(letters);
            let small = class & (PREPOSITION | CONJUNCTION | DETERMINER | TO) != 0;
            if !small && letters.chars().count() > FOREIGN {
                return false;
            }
            foreign |= class == 0;
            other |= !small;
        }
        if capitals > TITLE_WORDS {
            return false;
        }
    }
    if other && !(foreign && (inside || !tight)) {
        return false;
    }
    // "told the “Gazette”", "in the film “Lines,”".
    let named =
        before.is_some_and(|before| before.is(ARTICLE) || before.kind == ItemKind::Word && !before.is(COMMON | VERB));
    capitals >= 2 || capitals == 1 && inside && named
}

/// Whether words are the address of a website: "news.example.org".
fn is_address(words: &str) -> bool {
    let letters = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '-');
    words.contains('.') && words.split('.').all(letters)
}
