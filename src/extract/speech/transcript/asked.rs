//! Interviews without any name between their paragraphs, where the bold letters of the questions were lost:
//!
//! ```text
//! When will it open?
//!
//! In May. I have said so.
//! ```
//!
//! A list of questions and answers about a subject looks the same, except that nobody says "I" there.

use std::ops::Range;

use crate::extract::speech::cues::*;
use crate::extract::speech::transcript::Turn;
use crate::extract::speech::transcript::paragraphs::paragraphs;
use crate::extract::speech::transcript::who::Head;

/// The fewest questions that are answered.
const QUESTIONS: usize = 3;
/// The longest question, in bytes.
const LONGEST: usize = 400;
/// The most paragraphs to a question.
const MOST: usize = 8;

/// The turns of such an interview. The head of a question is its mark, and that of an answer is empty.
pub fn asked_turns(text: &str, cues: &Cues) -> Option<Vec<Turn>> {
    let blocks = paragraphs(text, |before, _| is_question(before));
    let asks = |block: &Range<usize>| is_question(&text[block.clone()]);
    let first = blocks.iter().position(asks)?;
    let last = blocks.iter().rposition(asks)?;
    let questions: Vec<usize> =
        (first..=last).filter(|at| asks(&blocks[*at]) && blocks.get(at + 1).is_some_and(|next| !asks(next))).collect();
    if questions.len() < QUESTIONS || last + 1 - first > MOST * questions.len() {
        return None;
    }
    let quotes = |block: &&Range<usize>| text[(*block).clone()].contains(['“', '„', '«', '"']);
    if 3 * blocks[first..].iter().filter(quotes).count() > blocks.len() - first {
        return None;
    }
    let speaks = |block: &Range<usize>, class: Class| {
        let mut words = text[block.clone()].split(|c: char| !c.is_alphabetic());
        words.any(|word| word.len() <= 8 && cues.class(&word.to_lowercase()) & class != 0)
    };
    let mut turns: Vec<Turn> = Vec::with_capacity(2 * questions.len());
    let mut personal = 0;
    for (number, at) in questions.iter().enumerate() {
        let question = &blocks[*at];
        let next = questions.get(number + 1).copied();
        let rest = &blocks[at + 1..next.unwrap_or(blocks.len())];
        // What follows the last answer is mostly the paper's.
        let own = |block: &&Range<usize>| next.is_some() && !asks(block) || speaks(block, NOBODY);
        let length = 1 + rest[1..].iter().take_while(own).count();
        // "Advertisement" is nobody's.
        let whole = |block: &&Range<usize>| {
            text[(*block).clone()].trim_end_matches(['”', '"', '»', ')', ']']).ends_with(['.', '!', '?', '…', ':'])
        };
        let answer: Vec<Range<usize>> = rest[..length].iter().filter(whole).cloned().collect();
        if answer.is_empty() {
            continue;
        }
        personal += usize::from(answer.iter().any(|block| speaks(block, FIRST_PERSON)));
        let head = |name: Range<usize>, words: usize| Head { name, office: None, words, loud: false };
        let mark = question.end - 1..question.end;
        turns.push(Turn {
            start: question.start,
            head: head(mark, question.start),
            paragraph: *at,
            blocks: vec![question.clone()],
        });
        let start = answer[0].start;
        turns.push(Turn { start, head: head(start..start, start), paragraph: at + 1, blocks: answer });
    }
    (2 * personal >= questions.len()).then_some(turns)
}

/// Whether a paragraph is a question of an interviewer.
fn is_question(line: &str) -> bool {
    line.len() <= LONGEST && line.ends_with('?') && line.starts_with(|c: char| c.is_uppercase() || c == '…' || c == '¿')
}
