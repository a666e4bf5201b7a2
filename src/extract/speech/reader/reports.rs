//! Reports of a paragraph: which of them count, and their place among its quotations.

use crate::extract::speech::able::turned;
use crate::extract::speech::attribution::Stand;
use crate::extract::speech::block::Block;
use crate::extract::speech::cues::{AND, CALLING, CONTRAST, NEGATION, THAT};
use crate::extract::speech::indirect::Report;
use crate::extract::speech::item::ItemKind;
use crate::extract::speech::piece::QuotedPiece;
use crate::extract::speech::quotation::QuotedStretch;
use crate::extract::speech::quoted::{Quoted, QuotedKind};
use crate::extract::speech::reader::Reader;

/// A report that counts.
pub struct PlannedReport {
    /// What was said.
    pub report: Report,
    /// The quotations within it, by their number among those of the block.
    quoted_within: Vec<usize>,
}

/// The reports that count, and which quotations are inside one.
pub fn planned(
    block: &Block<'_>,
    top: &[&QuotedStretch],
    pieces: &[QuotedPiece],
    reports: Vec<Report>,
) -> (Vec<PlannedReport>, Vec<bool>) {
    let (mut whole, mut counts) = (vec![false; top.len()], vec![false; top.len()]);
    for piece in pieces.iter().filter(|piece| piece.counts) {
        counts[piece.number] = true;
        whole[piece.number] = piece.claim.as_ref().is_some_and(|claim| claim.stand == Stand::Whole);
    }
    let mut taken = vec![false; top.len()];
    let mut planned = Vec::new();
    for report in reports {
        let items = report.spans.iter().cloned().flatten();
        let quoted_within: Vec<usize> = items.clone().filter_map(|i| block.items[i].quotation()).collect();
        // Words in quotation marks with nothing else are direct.
        let mut others = items.filter(|i| !matches!(block.items[*i].kind, ItemKind::Quoted(_) | ItemKind::Mark(_)));
        let words = |bytes: std::ops::Range<usize>| block.text[bytes].split_whitespace().count();
        let own: usize = quoted_within.iter().map(|number| words(top[*number].inner.clone())).sum();
        let all: usize = report.spans.iter().map(|span| words(block.bytes(span.clone()))).sum();
        // "recalled that many who say “never” are late": who says it is a part of what was recalled.
        let inner = |number: usize| {
            let verb = pieces.iter().find(|piece| piece.number == number).and_then(|piece| piece.claim.as_ref()?.verb);
            verb.is_some_and(|verb| {
                report.verb < report.spans[0].start
                    && verb != report.verb
                    && report.spans.iter().any(|span| span.contains(&verb))
            })
        };
        // "Die Lage sei „ernst“, sagte X": a clause with few quoted words.
        let clause = block.cues.verb_second && own * 2 < all && report.spans[0].end <= report.verb;
        // "plans that send a message that it “is late,” X said": the words are of whoever the tag behind them names.
        let tagged = |number: usize| {
            let piece = pieces.iter().find(|piece| piece.number == number);
            let verb = piece.and_then(|piece| Some((piece.at, piece.claim.as_ref()?.verb?)));
            verb.is_some_and(|(at, verb)| {
                verb > at && verb != report.verb && !report.spans.iter().any(|span| span.contains(&verb))
            })
        };
        let alone = quoted_within.iter().any(|number| whole[*number] && !clause && !inner(*number) || tagged(*number));
        if others.next().is_none() || alone {
            continue;
        }
        // Where the verb may end its clause, a report that holds the speaker's words is less sure than they are.
        let called = block.items[report.verb].is(CALLING) && report.spans[0].start == report.verb;
        if block.cues.verb_second && quoted_within.iter().any(|number| counts[*number]) && (own * 2 >= all || called) {
            continue;
        }
        for number in &quoted_within {
            taken[*number] = true;
        }
        planned.push(PlannedReport { report, quoted_within });
    }
    planned.sort_by_key(|planned| planned.report.place());
    (planned, taken)
}

impl Reader<'_, '_> {
    /// Adds a report. Who made it has spoken.
    pub(in crate::extract::speech::reader) fn add_report(
        &mut self,
        block: &Block<'_>,
        top: &[&QuotedStretch],
        planned: PlannedReport,
        paragraph: usize,
    ) {
        let PlannedReport { mut report, quoted_within } = planned;
        let last_quoted = report.spans.iter().cloned().flatten().rfind(|i| block.items[*i].quotation().is_some());
        let first = report.spans[0].start;
        let turned = last_quoted.is_some_and(|last| first < last && turned(block, first..last));
        // "could “share it in time” but not soon".
        let limited = last_quoted.is_some_and(|last| limits(block, last + 1));
        // A few words that the narrator weaves in bring the clause along, but not what the narrator goes on with.
        if !limited && let Some(last) = last_quoted.filter(|_| turned || quoted_within.len() == 1) {
            end_after(block, &mut report, last);
        }
        let resolved = self.memory.resolve(block, &report.subject, report.confidence);
        self.memory.remember(&resolved);
        self.found.push(Quoted {
            turned: turned || limited,
            kind: if quoted_within.is_empty() { QuotedKind::Indirect } else { QuotedKind::Mixed },
            spans: report.spans.iter().map(|span| block.bytes(span.clone())).collect(),
            quoted: quoted_within.iter().map(|number| top[*number].inner.clone()).collect(),
            cue: Some(block.items[report.verb].range.clone()),
            speaker: resolved.speaker,
            runner_up: resolved.runner_up,
            confidence: resolved.confidence,
            paragraph,
        });
    }
}

/// Whether the narrator's words from an item on take back a part of what was said: but not.
fn limits(block: &Block<'_>, at: usize) -> bool {
    let class = |i: usize, class| block.items.get(i).is_some_and(|item| item.is(class));
    class(at, CONTRAST) && class(at + 1, NEGATION)
}

/// Ends a report after its last words in quotation marks, if the narrator goes on behind them: "would “share it,” and
/// gave up a claim".
fn end_after(block: &Block<'_>, report: &mut Report, last: usize) {
    let Some(place) = report.spans.iter().position(|span| span.contains(&last)) else { return };
    let next = block.items.get(last + 1).filter(|_| last + 1 < report.spans[place].end);
    let inner = block.text[block.items[last].range.clone()].trim_end_matches(['"', '”', '’', '\'', '»', '“']);
    let parted = inner.ends_with([',', '.', '!', '?']);
    // "said it was “late” and that …": a second clause of the same verb.
    let and = last + 1 + usize::from(next.is_some_and(|next| next.is_mark(',')));
    let class = |i: usize, class| block.items.get(i).is_some_and(|item| item.is(class));
    if class(and, AND | CONTRAST) && class(and + 1, THAT) {
        return;
    }
    if next.is_some_and(|next| parted || next.is_mark(',') || next.is_dash() || next.is(AND)) {
        report.spans.truncate(place + 1);
        report.spans[place].end = last + 1;
    }
}
