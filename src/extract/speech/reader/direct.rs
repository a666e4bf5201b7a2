//! Separate quotations: joined, continued over paragraphs, or nested.

use crate::extract::speech::attribution::{Claim, Confidence, Stand};
use crate::extract::speech::block::Block;
use std::ops::Range;

use crate::extract::speech::able::{Ability, ability, turned};
use crate::extract::speech::cues::{
    AUXILIARY, CALLING, CONJUNCTION, DETERMINER, FINITE, HANGING, OTHER_VERB, OWNING, PREPOSITION, SOURCE, THAT,
};
use crate::extract::speech::item::{ItemKind, items};
use crate::extract::speech::memory::ResolvedSpeaker;
use crate::extract::speech::phrase::Who;
use crate::extract::speech::piece::{QuotedPiece, pieces};
use crate::extract::speech::quotation::QuotedStretch;
use crate::extract::speech::quoted::{Quoted, QuotedKind, Speaker};
use crate::extract::speech::reader::Reader;
use crate::extract::speech::reader::reports::PlannedReport;
use crate::extract::speech::verb::is_saying;

/// The most items between two pieces that are joined.
const JOIN: usize = 30;

impl Reader<'_, '_> {
    /// Adds the reports and the separate quotations in their order, so that "he" is the one who spoke before. Quotations
    /// are joined if only "he said" comes between them.
    pub(in crate::extract::speech::reader) fn add_all(
        &mut self,
        block: &Block<'_>,
        top: &[&QuotedStretch],
        pieces: &[QuotedPiece],
        (reports, taken): (Vec<PlannedReport>, &[bool]),
        paragraph: usize,
    ) {
        let mut reports = reports.into_iter().peekable();
        let run = self.run.take();
        self.run_on = None;
        let mut previous: Option<(usize, usize)> = None;
        let mut resolved_before: Vec<(Range<usize>, ResolvedSpeaker)> = Vec::new();
        for piece in pieces.iter().filter(|piece| piece.counts && !taken[piece.number]) {
            while let Some(report) = reports.next_if(|planned| planned.report.place() < piece.at) {
                self.add_report(block, top, report, paragraph);
            }
            let span = top[piece.number].inner.clone();
            let cue = piece.claim.as_ref().and_then(|claim| claim.verb).map(|verb| block.items[verb].range.clone());
            // "“…” — Ann Lee, 3 March": the day is beside the name.
            let signed =
                piece.claim.as_ref().filter(|claim| claim.verb.is_none() && claim.subject.items.start > piece.at);
            let cue = cue.or(signed.map(|claim| block.bytes(claim.subject.items.clone())));
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
            // "“…,” he said. “…”": "he" is the same person both times, whoever was named between.
            let carried = piece.carried.as_ref().filter(|_| piece.claim.is_none()).map(|(subject, _)| &subject.items);
            let again = resolved_before.iter().rev().find(|(items, _)| carried == Some(items));
            let resolved = match again {
                Some((_, resolved)) => resolved.clone().carried(),
                None => self.speaker_of(block, piece),
            };
            if let Some(claim) = &piece.claim {
                resolved_before.push((claim.subject.items.clone(), resolved.clone()));
            }
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
            let clause = clause_of(block, piece);
            let turned = clause.start < piece.at && turned(block, clause.start..piece.at);
            // Words that the narrator weaves in say little without the clause.
            let tied = DETERMINER | OWNING | PREPOSITION | AUXILIARY | OTHER_VERB;
            let woven = part || clause.start < piece.at && block.items[piece.at - 1].is(tied);
            let few = woven && clause.start < piece.at && !block.cues.verb_second;
            let spans = if turned || few { vec![block.bytes(clause)] } else { vec![span.clone()] };
            self.found.push(Quoted {
                kind: if part || turned || few { QuotedKind::Mixed } else { QuotedKind::Direct },
                spans,
                quoted: vec![span],
                turned: turned || few,
                cue,
                speaker: resolved.speaker,
                runner_up: resolved.runner_up,
                confidence: resolved.confidence,
                paragraph,
            });
        }
        for report in reports {
            self.add_report(block, top, report, paragraph);
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
        // “…,” X told “Radio Y”; “…,” X said, calling it “Z”: other words, in another place of the sentence.
        let parted = piece.at == 0
            || block.items[piece.at].begins
            || matches!(block.items[piece.at - 1].kind, ItemKind::Mark(_) | ItemKind::Quoted(_));
        let more = between
            .clone()
            .any(|i| block.items[i].is(CALLING) && block.items[i].is(HANGING) && block.name_at(i).is_none());
        // "« … », martèle X. Pour elle, « … »": another sentence of the narrator's comes between.
        let word = |i: usize| matches!(block.items[i].kind, ItemKind::Word | ItemKind::Number);
        let new = between.clone().skip(1).find(|i| block.items[*i].begins);
        let narrated =
            new.is_some_and(|new| (new..piece.at).any(word) && between.clone().take_while(|i| *i < new).any(word));
        if !parted || more || narrated {
            return false;
        }
        let verbs = between
            .clone()
            .filter(|i| block.items[*i].is(SOURCE) || is_saying(block, *i) && block.items[*i].is(FINITE))
            .count();
        let behind = |verb: Option<usize>| verb.is_some_and(|verb| verb > piece.at);
        let goes_on = piece.claim.as_ref().is_none_or(|claim| claim.stand == Stand::Whole && !behind(claim.verb));
        goes_on && (verbs == 1 || between.is_empty())
    }

    /// Who said a quotation: the person named in the sentence, the speaker next to it, or the speaker of
    /// the paragraph before.
    fn speaker_of(&mut self, block: &Block<'_>, piece: &QuotedPiece) -> ResolvedSpeaker {
        match (&piece.claim, &piece.carried) {
            // "In 19 tweets, X shared …": the one that the sentence is about, if that is someone.
            (Some(claim), _) if ability(block, &claim.subject) == Ability::Mute => {
                let main = block.main_subject(block.sentence(piece.at), &self.memory.cast);
                let someone = main.filter(|main| ability(block, main) == Ability::Speaks && main.who != Who::Described);
                someone.map_or_else(ResolvedSpeaker::default, |main| {
                    self.memory.resolve(block, &main, Confidence::Low).carried()
                })
            }
            (Some(claim), _) => {
                let resolved = self.memory.resolve(block, &claim.subject, claim.confidence);
                let other = claim.other.as_ref().filter(|_| resolved.runner_up.is_none());
                let other = other.and_then(|other| self.memory.resolve(block, other, claim.confidence).speaker);
                let same = |other: &Speaker| resolved.speaker.as_ref().is_some_and(|one| one.name == other.name);
                let runner_up = other.filter(|other| !same(other)).or(resolved.runner_up.clone());
                ResolvedSpeaker { runner_up, ..resolved }
            }
            // "X wrote: ¶ “…” Y shook his head": what the paragraph before announces.
            (None, Some(_)) if piece.at == 0 && self.memory.is_announced() => self.memory.carried(),
            (None, Some((subject, _))) if ability(block, subject) == Ability::Mute => self.memory.carried(),
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
                    turned: false,
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

/// How far before words in quotation marks the narrator's clause around them may begin.
const CLAUSE: usize = 30;

/// The narrator's clause that runs into words in quotation marks, with them: from after the verb of saying, or from
/// the last mark or "that". Empty of narration if the words stand alone.
fn clause_of(block: &Block<'_>, piece: &QuotedPiece) -> Range<usize> {
    let items = &block.items;
    let alone = piece.at == 0
        || items[piece.at].begins
        || items[piece.at - 1].is_any_mark(&[',', ':', ';', '.', '!', '?'])
        || items[piece.at - 1].is_dash();
    if alone {
        return piece.at..piece.at + 1;
    }
    let verb = piece.claim.as_ref().and_then(|claim| claim.verb).filter(|verb| *verb < piece.at);
    let sentence = block.sentence(piece.at);
    // "called the plan “a gift”": the verb belongs to it.
    let calls = |verb: usize| block.items[verb].is(CALLING) && !block.cues.verb_second;
    let behind = |verb: usize| if calls(verb) { verb } else { verb + 1 };
    let from = verb.map_or(sentence.start, behind).max(piece.at.saturating_sub(CLAUSE));
    let ends = |i: &usize| {
        let item = &items[*i];
        matches!(item.kind, ItemKind::Mark(_) | ItemKind::Quoted(_)) && !item.is_any_mark(&['\'', '$', '%', '&'])
    };
    let mut start = (from..piece.at).rev().find(ends).map_or(from, |mark| mark + 1);
    while start < piece.at && items[start].is(THAT | CONJUNCTION) && !items[start].is(PREPOSITION) {
        start += 1;
    }
    start..piece.at + 1
}
