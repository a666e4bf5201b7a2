//! Separate quotations: joined, continued over paragraphs, or nested.

use crate::extract::speech::attribution::{Claim, Confidence, Stand};
use crate::extract::speech::block::Block;
use crate::extract::speech::cues::FINITE;
use crate::extract::speech::item::items;
use crate::extract::speech::memory::ResolvedSpeaker;
use crate::extract::speech::phrase::Who;
use crate::extract::speech::piece::{QuotedPiece, pieces};
use crate::extract::speech::quotation::QuotedStretch;
use crate::extract::speech::quoted::{Quoted, QuotedKind, Speaker};
use crate::extract::speech::reader::Reader;
use crate::extract::speech::verb::is_saying;

/// The most items between two pieces that are joined.
const JOIN: usize = 30;

impl Reader<'_, '_> {
    /// Adds the separate quotations, joined if only "he said" comes between them.
    pub(in crate::extract::speech::reader) fn add_direct(
        &mut self,
        block: &Block<'_>,
        top: &[&QuotedStretch],
        pieces: &[QuotedPiece],
        taken: &[bool],
        paragraph: usize,
    ) {
        let run = self.run.take();
        self.run_on = None;
        let mut previous: Option<(usize, usize)> = None;
        for piece in pieces.iter().filter(|piece| piece.counts && !taken[piece.number]) {
            let span = top[piece.number].inner.clone();
            let cue = piece.claim.as_ref().and_then(|claim| claim.verb).map(|verb| block.items[verb].range.clone());
            // A continued quotation goes on. Its speaker may only be named here.
            if let Some(run) = run.filter(|_| piece.at == 0) {
                self.found[run].add(span);
                self.run_on = Some(run);
                previous = Some((piece.at, run));
                if let Some(claim) = piece.claim.as_ref().filter(|_| self.found[run].confidence < Confidence::High) {
                    let resolved = self.memory.resolve(block, &claim.subject, claim.confidence);
                    self.memory.remember(&resolved);
                    resolved.give(&mut self.found[run]);
                    self.found[run].cue = cue;
                }
                continue;
            }
            let resolved = self.speaker_of(block, piece);
            if let Some((before, number)) = previous
                && self.joins(block, before, piece, number, &resolved.speaker)
            {
                self.found[number].add(span);
                previous = Some((piece.at, number));
                continue;
            }
            self.memory.remember(&resolved);
            previous = Some((piece.at, self.found.len()));
            let part = piece.claim.as_ref().is_some_and(|claim| claim.stand == Stand::Part);
            self.found.push(Quoted {
                kind: if part { QuotedKind::Mixed } else { QuotedKind::Direct },
                spans: vec![span.clone()],
                quoted: vec![span],
                cue,
                speaker: resolved.speaker,
                runner_up: resolved.runner_up,
                confidence: resolved.confidence,
                paragraph,
            });
        }
    }

    /// Whether only "he said" comes between two quotations by one speaker.
    fn joins(
        &self,
        block: &Block<'_>,
        before: usize,
        piece: &QuotedPiece,
        number: usize,
        speaker: &Option<Speaker>,
    ) -> bool {
        let between = before + 1..piece.at;
        let name = |speaker: &Option<Speaker>| speaker.as_ref().map(|speaker| speaker.name.clone());
        let quoted = &self.found[number];
        if quoted.kind != QuotedKind::Direct || between.len() > JOIN || name(&quoted.speaker) != name(speaker) {
            return false;
        }
        let verbs = between.clone().filter(|i| is_saying(block, *i) && block.items[*i].is(FINITE)).count();
        let behind = |verb: Option<usize>| verb.is_some_and(|verb| verb > piece.at);
        let goes_on = piece.claim.as_ref().is_none_or(|claim| claim.stand == Stand::Whole && !behind(claim.verb));
        goes_on && (verbs == 1 || between.is_empty())
    }

    /// Who said a quotation: the person named in the sentence, the speaker next to it, or the speaker of
    /// the paragraph before.
    fn speaker_of(&mut self, block: &Block<'_>, piece: &QuotedPiece) -> ResolvedSpeaker {
        match (&piece.claim, &piece.carried) {
            (Some(claim), _) => {
                let resolved = self.memory.resolve(block, &claim.subject, claim.confidence);
                let other = claim.other.as_ref().filter(|_| resolved.runner_up.is_none());
                let other = other.and_then(|other| self.memory.resolve(block, other, claim.confidence).speaker);
                let same = |other: &Speaker| resolved.speaker.as_ref().is_some_and(|one| one.name == other.name);
                let runner_up = other.filter(|other| !same(other)).or(resolved.runner_up.clone());
                ResolvedSpeaker { runner_up, ..resolved }
            }
            (None, Some((subject, confidence))) => self.memory.resolve(block, subject, *confidence).carried(),
            (None, None) => self.memory.carried(),
        }
    }

    /// Someone else's words within a quotation, if a name is given for them.
    pub(in crate::extract::speech::reader) fn nested(&mut self, all: &[QuotedStretch], paragraph: usize) {
        for (i, outer) in all.iter().enumerate().filter(|(_, outer)| outer.depth == 0) {
            let within = all[i + 1..].iter().take_while(|inner| inner.outer.start < outer.inner.end);
            let inside: Vec<&QuotedStretch> = within.filter(|inner| inner.depth == 1).collect();
            if inside.is_empty() {
                continue;
            }
            let items = items(self.text, outer.inner.clone(), &[], &inside, self.cues);
            let block = Block::new(self.text, self.cues, items, &mut self.memory.cast);
            for piece in pieces(&block, &inside, &self.memory.cast) {
                let sure = |claim: &Claim| {
                    piece.counts && claim.tight && matches!(claim.subject.who, Who::Name(_) | Who::Titled(_))
                };
                let Some(claim) = piece.claim.as_ref().filter(|claim| sure(claim)) else { continue };
                let resolved = self.memory.resolve(&block, &claim.subject, Confidence::Medium);
                let span = inside[piece.number].inner.clone();
                self.found.push(Quoted {
                    kind: QuotedKind::Direct,
                    spans: vec![span.clone()],
                    quoted: vec![span],
                    cue: claim.verb.map(|verb| block.items[verb].range.clone()),
                    speaker: resolved.speaker,
                    runner_up: resolved.runner_up,
                    confidence: resolved.confidence,
                    paragraph,
                });
            }
        }
    }
}
