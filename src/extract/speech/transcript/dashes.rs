//! Interviews whose turns begin with a dash, by two people who take turns and are named only before:
//!
//! ```text
//! — Will it last?
//! — It will.
//! ```
//!
//! Where only the questions have a dash, everything up to the next one is the answer.

use std::ops::Range;

use crate::extract::speech::transcript::Turn;
use crate::extract::speech::transcript::paragraphs::paragraphs;
use crate::extract::speech::transcript::who::Head;

/// The fewest questions.
const QUESTIONS: usize = 3;

/// The turns of such an interview. The head of a question is its dash, and that of an answer is empty.
pub fn dash_turns(text: &str) -> Option<Vec<Turn>> {
    let blocks = paragraphs(text, |_, line| is_dashed(line));
    let dashed: Vec<usize> = (0..blocks.len()).filter(|number| is_dashed(&text[blocks[*number].clone()])).collect();
    let asks = |number: usize| text[blocks[number].clone()].trim_end_matches(['”', '"', '»']).ends_with('?');
    // "— We wait, — he said.": a dialogue in a story.
    let told = |number: usize| {
        let line = &text[blocks[number].clone()];
        let small = |dash: &str| {
            let mut found = line.match_indices(dash);
            found.any(|(at, _)| line[at + dash.len()..].starts_with(char::is_lowercase))
        };
        [", — ", "? — ", "! — ", ", – ", "? – ", "! – "].into_iter().any(small)
    };
    let first = dashed.iter().position(|number| asks(*number))?;
    let dashed = &dashed[first..];
    let asked = dashed.iter().filter(|number| asks(**number)).count();
    if asked < QUESTIONS || dashed.iter().any(|number| told(*number)) {
        return None;
    }
    // Whether the answers have a dash, too.
    let both = 4 * asked < 3 * dashed.len();
    let is_question = |turn: usize| !both || turn.is_multiple_of(2);
    if both {
        let questions = dashed.iter().step_by(2).filter(|number| asks(**number)).count();
        let others = dashed.iter().skip(1).step_by(2).filter(|number| asks(**number)).count();
        if 2 * questions < dashed.len().div_ceil(2) || 4 * others > dashed.len() / 2 {
            return None;
        }
    }
    // A list of questions is no interview.
    let answered = dashed.windows(2).filter(|pair| both || pair[0] + 1 < pair[1]).count();
    if answered + 1 < QUESTIONS {
        return None;
    }
    let mut turns = Vec::with_capacity(2 * dashed.len());
    let mut push = |place: usize, name: Range<usize>, words: usize, number: usize, blocks: Vec<Range<usize>>| {
        let head = Head { name, office: None, words, loud: false };
        turns.push(Turn { start: place, head, paragraph: number, blocks });
    };
    for (turn, number) in dashed.iter().enumerate() {
        let block = &blocks[*number];
        let line = &text[block.clone()];
        let words = block.start + (line.len() - line.trim_start_matches(is_dash_or_space).len());
        // What follows the last answer is the paper's.
        let next = dashed.get(turn + 1).copied().unwrap_or(number + 1 + usize::from(!both));
        let rest = blocks.get(number + 1..next.min(blocks.len())).unwrap_or(&[]).to_vec();
        if is_question(turn) {
            let dash = line.chars().next().map_or(0, char::len_utf8);
            let said = words..block.end;
            push(block.start, block.start..block.start + dash, words, *number, vec![said]);
            if let Some(answer) = rest.first() {
                push(answer.start, answer.start..answer.start, answer.start, number + 1, rest);
            }
        } else {
            let own = words..block.end;
            let said = std::iter::once(own).chain(rest).collect();
            push(block.start, block.start..block.start, words, *number, said);
        }
    }
    Some(turns)
}

fn is_dash_or_space(c: char) -> bool {
    matches!(c, '—' | '–' | '-' | '―') || c.is_whitespace()
}

/// Whether a paragraph begins with a dash and a space.
fn is_dashed(line: &str) -> bool {
    let rest = line.trim_start_matches(['—', '–', '-', '―']);
    rest.len() < line.len() && rest.starts_with([' ', '\u{a0}'])
}
