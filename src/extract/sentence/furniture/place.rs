//! What is left out because of its place, whatever it contains: above the top, below the head of a list,
//! or in a menu.

use crate::extract::sentence::boundary::{Ending, SentencePiece};
use crate::extract::sentence::furniture::phrases::LONGEST_HEADING;
use crate::extract::sentence::furniture::reason::Reason;

/// How many sentences an article has before a list of others can begin.
const SHORTEST_ARTICLE: usize = 4;
/// The most sentences that can be above "Skip to content".
const MOST_ABOVE_TOP: usize = 4;

/// Whether a piece is a separate paragraph in a block, and as long as a heading: "Why is the tram late?"
pub fn is_heading(text: &str, pieces: &[SentencePiece], at: usize, block: usize) -> bool {
    let piece = &pieces[at];
    let written = &text[piece.range.clone()];
    let alone = at.checked_sub(1).is_none_or(|before| pieces[before].paragraph != piece.paragraph);
    alone
        && piece.block == block
        && (piece.ending != Ending::Stop || written.ends_with(['?', '!']))
        && written.split_whitespace().take(LONGEST_HEADING + 1).count() <= LONGEST_HEADING
}

/// Leaves out what is above "Skip to content".
pub fn judge_top(top: Option<usize>, reasons: &mut [Option<Reason>]) {
    let Some(top) = top else { return };
    let above = &mut reasons[..top];
    if above.iter().filter(|reason| reason.is_none()).count() <= MOST_ABOVE_TOP {
        above.iter_mut().filter(|reason| reason.is_none()).for_each(|reason| *reason = Some(Reason::Notice));
    }
}

/// Leaves out what follows the head of a list of other articles, if the article came before it and does not go on.
pub fn judge_sections(sections: &[usize], pieces: &[SentencePiece], reasons: &mut [Option<Reason>]) {
    let all = reasons.iter().filter(|reason| reason.is_none()).count();
    let mut counted = 0;
    let mut before = 0;
    for &section in sections {
        before += reasons[counted..section].iter().filter(|reason| reason.is_none()).count();
        counted = section;
        if before >= SHORTEST_ARTICLE && before >= all - before {
            let end = goes_on(section, pieces, reasons).unwrap_or(reasons.len());
            let list = reasons[section..end].iter_mut().filter(|reason| reason.is_none());
            list.for_each(|reason| *reason = Some(Reason::Teaser));
            if end == reasons.len() {
                return;
            }
        }
    }
}

/// Where the article goes on behind a box with other articles: at a paragraph of several sentences, if there are more of
/// them, and no line that says who wrote another article, or when.
fn goes_on(section: usize, pieces: &[SentencePiece], reasons: &[Option<Reason>]) -> Option<usize> {
    const SENTENCES: usize = 2;
    const PARAGRAPHS: usize = 2;
    let rest = section + 1..pieces.len();
    if reasons[rest.clone()].iter().any(|reason| matches!(reason, Some(Reason::Byline | Reason::Stamp))) {
        return None;
    }
    let kept = |i: usize| reasons[i].is_none() && pieces[i].ending == Ending::Stop;
    let begins = |i: &usize| pieces[*i - 1].paragraph != pieces[*i].paragraph;
    let several = |i: &usize| {
        let end = pieces.len().min(*i + SENTENCES);
        end == *i + SENTENCES && (*i..end).all(|at| kept(at) && pieces[at].paragraph == pieces[*i].paragraph)
    };
    let mut found = rest.filter(begins).filter(several);
    let first = found.next()?;
    (found.count() + 1 >= PARAGRAPHS).then_some(first)
}

/// Leaves out fragments between other furniture: "N." of "N. Ireland" in a menu.
pub fn judge_fragments(text: &str, pieces: &[SentencePiece], reasons: &mut [Option<Reason>]) {
    for i in 1..pieces.len().saturating_sub(1) {
        let between = reasons[i - 1] == Some(Reason::Navigation) && reasons[i + 1].is_some();
        let scrap = || text[pieces[i].range.clone()].split_whitespace().count() <= 2;
        if reasons[i].is_none() && between && pieces[i + 1].ending == Ending::Glue && scrap() {
            reasons[i] = Some(Reason::Navigation);
        }
    }
}
