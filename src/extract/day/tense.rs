//! Whether the words around a day are about the past or the future.

use std::ops::Range;

use crate::extract::day::expression::Tense;
use crate::extract::day::lexicon::flag;
use crate::extract::day::piece::TokenShape;
use crate::extract::day::token::Tokens;

/// How many tokens are examined on each side. A sentence in the news has about 25. More would make a
/// text without full stops slow.
const REACH: usize = 30;
/// How many tokens after a verb in the future a day is certainly in the future.
const NEAR: usize = 9;

/// The tense of a day at some tokens. The signs, the most reliable first: the words directly before it;
/// a verb in the past directly after it; the closest verb before it in its sentence, outside quoted
/// words; if the day opens the sentence or a clause, the first verb after it.
pub(crate) fn tense(tokens: &Tokens<'_>, at: Range<usize>) -> Tense {
    let possessive = tokens.is(at.end, flag::POSSESSIVE);
    let mut before = at.start;
    let skip = flag::ON | flag::THE | flag::EARLY | flag::LATE;
    while before > 0 && !tokens.sentence_begins(before) && tokens.is(before - 1, skip) {
        before -= 1;
    }
    let opens = tokens.sentence_begins(before);
    if !opens {
        let class = tokens.class(before - 1);
        if class.is(flag::NEAREST_BEFORE) {
            return Tense::Near;
        }
        if class.is(flag::PAST_BEFORE) {
            return Tense::Past;
        }
    }
    if tokens.is(at.end, flag::PAST) && !tokens.sentence_begins(at.end) && !possessive && !opens {
        return Tense::Past;
    }
    if !opens && tokens.is(before - 1, flag::FUTURE_BEFORE) && !possessive && !tokens.is(before, flag::THE) {
        // "Had left by Friday" is in the past.
        return if pluperfect(tokens, before - 1) { Tense::Past } else { Tense::Future };
    }
    // In "…, and on Monday he said", the day opens a clause, and the verb before it belongs to another.
    // In "on Sunday and Monday" it does not.
    let joint = before.checked_sub(1).filter(|_| !opens && tokens.is(before - 1, flag::AND | flag::CLAUSE));
    let listed = joint.and_then(|joint| joint.checked_sub(1)).is_some_and(|last| {
        let class = tokens.class(last);
        class.weekday > 0 || class.month > 0 || tokens.tokens[last].shape == TokenShape::Number
    });
    let after = || {
        let verb_tense = after_it(tokens, at.end)?;
        // In "Friday's agreement may …", the uncertain thing is not the day.
        Some(if possessive && verb_tense == Tense::Future { Tense::Near } else { verb_tense })
    };
    let verb_tense = if joint.is_some() && !listed {
        after().or_else(|| before_it(tokens, before))
    } else {
        before_it(tokens, before).or_else(after)
    };
    verb_tense.unwrap_or(Tense::Unknown)
}

/// What the closest verb before a token shows.
fn before_it(tokens: &Tokens<'_>, at: usize) -> Option<Tense> {
    for token in (at.saturating_sub(REACH)..at).rev() {
        if tokens.sentence_begins(token + 1) || tokens.tokens[token].is_quote() {
            return None;
        }
        if let Some(tense) = verb(tokens, token) {
            // Far from "will", the text may have moved on from the future.
            let far = tense == Tense::Future && at - token > NEAR;
            return Some(if far { Tense::Near } else { tense });
        }
    }
    None
}

/// What the first verb from a token on shows.
fn after_it(tokens: &Tokens<'_>, at: usize) -> Option<Tense> {
    for token in at..(at + REACH).min(tokens.tokens.len()) {
        if tokens.sentence_begins(token) || tokens.tokens[token].is_quote() || tokens.is(token, flag::CLAUSE) {
            return None;
        }
        if let Some(tense) = verb(tokens, token) {
            return Some(tense);
        }
    }
    None
}

/// Whether the closest verb before a token is in the past perfect.
fn pluperfect(tokens: &Tokens<'_>, at: usize) -> bool {
    (at.saturating_sub(REACH)..at)
        .rev()
        .take_while(|&token| !tokens.sentence_begins(token + 1) && !tokens.tokens[token].is_quote())
        .find(|&token| tokens.is(token, flag::FUTURE | flag::PLUPERFECT | flag::VERB))
        .is_some_and(|token| tokens.is(token, flag::PLUPERFECT))
}

/// What a participle shows, judged by the words before it: "will be paid" is in the future.
fn participle(tokens: &Tokens<'_>, at: usize) -> Tense {
    for token in (at.saturating_sub(4)..at).rev() {
        let class = tokens.class(token);
        if class.is(flag::FUTURE) {
            return Tense::Future;
        }
        if class.is(flag::INFINITIVE_BE) {
            // "To be signed": only "to", another verb or a similar word can come before it.
            let to = token > 0 && tokens.is(token - 1, flag::INFINITIVE_TO);
            if to {
                return Tense::Future;
            }
        } else if class.is(flag::PAST | flag::CLAUSE) || tokens.tokens[token].shape != TokenShape::Word {
            break;
        }
    }
    Tense::Past
}

/// What a word shows as a verb.
pub(crate) fn verb(tokens: &Tokens<'_>, at: usize) -> Option<Tense> {
    let token = tokens.tokens[at];
    if token.shape != TokenShape::Word {
        return None;
    }
    let class = tokens.class(at);
    let words = tokens.words;
    let ends = |endings: &[String]| endings.iter().any(|ending| tokens.written(at).ends_with(ending.as_str()));
    // "May" with a capital is the month, and "Will" and "Mark" are people.
    let name = token.capital && !tokens.sentence_begins(at);
    if class.is(flag::FUTURE) && !name {
        return Some(Tense::Future);
    }
    if class.is(flag::PAST) {
        return Some(participle(tokens, at));
    }
    if class.is(flag::SCHEDULED) && !name {
        return Some(Tense::Future);
    }
    if !name && token.len() > 3 && !class.is(flag::NOT_PAST) && ends(&words.past_endings) {
        return Some(participle(tokens, at));
    }
    // "Is leaving", "is not leaving", but not "is an understanding".
    let article = at > 0 && (tokens.is(at - 1, flag::THE) || tokens.class(at - 1).count > 0);
    let be = at > 0 && (tokens.is(at - 1, flag::BE) || (at > 1 && tokens.is(at - 2, flag::BE) && !article));
    (be && !name && ends(&words.progressive_endings)).then_some(Tense::Future)
}
