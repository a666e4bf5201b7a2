//! Reports of a paragraph: which of them count, and their place among its quotations.

use crate::extract::speech::able::turned;
use crate::extract::speech::attribution::Stand;
use crate::extract::speech::block::Block;
use crate::extract::speech::cues::{AND, CONTRAST, NEGATION};
use crate::extract::speech::indirect::Report;
use crate::extract::speech::item::ItemKind;
use crate::extract::speech::piece::QuotedPiece;
use crate::extract::speech::quotation::QuotedStretch;
use crate::extract::speech::quoted::{Quoted, QuotedKind, is_mostly};
use crate::extract::speech::reader::Reader;

/// The fewest words in quotation marks that are a row of their own.
const OWN: usize = 3;

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
        if others.next().is_none() || quoted_within.iter().any(|number| whole[*number]) {
            continue;
        }
        // Where the verb may end its clause, a report that holds the speaker's words is less sure than they are.
        if block.cues.verb_second && quoted_within.iter().any(|number| counts[*number]) {
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
        // "was “late again” and would “cost us all a year”": each is a row, if it says something alone.
        let written = |span: &std::ops::Range<usize>| !self.text[span.clone()].trim().is_empty();
        let own: Vec<_> = quoted_within.iter().map(|number| top[*number].inner.clone()).filter(written).collect();
        let says = |span: &&std::ops::Range<usize>| self.text[(*span).clone()].split_whitespace().count() >= OWN;
        let count = |spans: &[std::ops::Range<usize>]| -> usize {
            spans.iter().map(|span| self.text[span.clone()].split_whitespace().count()).sum()
        };
        let whole: Vec<_> = report.spans.iter().map(|span| block.bytes(span.clone())).collect();
        let apart = own.len() > 1 && is_mostly(count(&own), count(&whole)) && !block.cues.verb_second;
        if apart && !turned && !limited && own.iter().all(|span| says(&span)) {
            let spans: Vec<_> = own.iter().filter(says).cloned().collect();
            for span in spans {
                self.found.push(Quoted {
                    turned: false,
                    kind: QuotedKind::Mixed,
                    spans: vec![span.clone()],
                    quoted: vec![span],
                    cue: Some(block.items[report.verb].range.clone()),
                    speaker: resolved.speaker.clone(),
                    runner_up: resolved.runner_up.clone(),
                    confidence: resolved.confidence,
                    paragraph,
                });
            }
            return;
        }
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
    if next.is_some_and(|next| parted || next.is_mark(',') || next.is_dash() || next.is(AND)) {
        report.spans.truncate(place + 1);
        report.spans[place].end = last + 1;
    }
}
