//! Interviews that name both speakers once, and then only take turns:
//!
//! ```text
//! Berg: Will it last?
//! Lind: It will.
//! And the price?
//! We do not talk about that.
//! ```

use std::ops::Range;

use crate::extract::speech::cues::Cues;
use crate::extract::speech::transcript::head::head;
use crate::extract::speech::transcript::paragraphs::paragraphs;
use crate::extract::speech::transcript::who::Head;
use crate::extract::speech::transcript::{Turn, is_said};

/// The fewest paragraphs without a name.
const LEAST: usize = 6;
/// The fewest of them that end in a question mark.
const QUESTIONS: usize = 3;

/// The turns of such an interview: paragraphs in turn by the two who are named first, as long as questions stand only
/// where the one who asks does, and more than half of what stands there is questions.
pub fn taking_turns(text: &str, cues: &Cues) -> Option<Vec<Turn>> {
    let blocks = paragraphs(text, |_, _| false);
    let named = |number: usize| head(text, blocks.get(number)?.clone(), cues);
    let (first, asks, answers) = (0..blocks.len()).find_map(|number| {
        let (one, other) = (named(number)?, named(number + 1)?);
        (text[one.name.clone()] != text[other.name.clone()]).then_some((number, one, other))
    })?;
    let mut rest: Vec<&Range<usize>> =
        blocks[first + 2..].iter().take_while(|block| head(text, (*block).clone(), cues).is_none()).collect();
    // "Advertisement" between two turns is nobody's.
    rest.retain(|block| is_said(text, block));
    let asked = |block: &Range<usize>| text[block.clone()].trim_end_matches(['”', '"', '»']).ends_with('?');
    // An interview ends with an answer; what follows it is the paper's.
    let last = rest.iter().step_by(2).rposition(|block| asked(block));
    rest.truncate(last.map_or(0, |last| 2 * last + 2));
    rest.truncate(rest.len() / 2 * 2);
    let questions = rest.iter().step_by(2).filter(|block| asked(block)).count();
    let others = rest.iter().skip(1).step_by(2).any(|block| asked(block));
    let opened = asked(&blocks[first]);
    if rest.len() < LEAST || questions < QUESTIONS || 4 * questions < rest.len() || others || !opened {
        return None;
    }
    let turn = |head: &Head, number: usize, words: Range<usize>| Turn {
        start: words.start,
        head: head.clone(),
        paragraph: number,
        blocks: vec![words],
    };
    let mut turns = Vec::with_capacity(rest.len() + 2);
    for (number, (own, block)) in [(&asks, &blocks[first]), (&answers, &blocks[first + 1])].into_iter().enumerate() {
        let start = own.name.start;
        turns.push(Turn { start, ..turn(own, first + number, own.words..block.end) });
    }
    for (number, block) in rest.into_iter().enumerate() {
        let own = if number % 2 == 0 { &asks } else { &answers };
        turns.push(turn(own, first + 2 + number, block.clone()));
    }
    Some(turns)
}
