//! The points of a list that someone said: "In the interview, the mayor also said:", and a line for each.

use crate::extract::speech::attribution::Confidence;
use crate::extract::speech::block::Block;
use crate::extract::speech::cues::{FINITE, SAY};
use crate::extract::speech::quoted::{Quoted, QuotedKind};
use crate::extract::speech::reader::Reader;
use crate::extract::speech::verb::{is_saying, subject_of};

/// The fewest items of a point.
const FEWEST: usize = 4;
/// The longest point, in bytes.
const LONGEST: usize = 240;

impl Reader<'_, '_> {
    /// Remembers who said what follows, if a block ends with "X said:".
    pub(in crate::extract::speech::reader) fn begin_list(&mut self, block: &Block<'_>) {
        self.listing = None;
        let Some(last) = block.items.len().checked_sub(2) else { return };
        let verb = &block.items[last];
        let says = verb.is(SAY) && verb.is(FINITE) && is_saying(block, last) && block.items[last + 1].is_mark(':');
        let sentence = block.sentence(last);
        if says && let Some(subject) = subject_of(block, last, sentence, &self.memory.cast) {
            self.listing = Some(self.memory.resolve(block, &subject, Confidence::Medium));
        }
    }

    /// Adds a line as a point of the list that was begun; whether it is one. The first line that ends as a sentence
    /// ends the list.
    pub(in crate::extract::speech::reader) fn listed(&mut self, block: &Block<'_>, paragraph: usize) -> bool {
        let Some(speaker) = self.listing.clone() else { return false };
        let span = block.bytes(0..block.items.len().max(1));
        let line = &self.text[span.clone()];
        let ends = line.ends_with(['.', '!', '?', ':', '…', '”', '"']);
        if ends || block.items.len() < FEWEST || span.len() > LONGEST || line.starts_with(['“', '"', '„', '«']) {
            self.listing = None;
            return false;
        }
        self.found.push(Quoted {
            kind: QuotedKind::Indirect,
            spans: vec![span],
            quoted: Vec::new(),
            turned: true,
            cue: None,
            speaker: speaker.speaker,
            runner_up: None,
            confidence: Confidence::Medium,
            paragraph,
        });
        true
    }
}
