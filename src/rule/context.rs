//! Contexts after ConText: cues near the evidence that change what it means, such as a negation, a
//! condition or someone else's view.
//!
//! Source of the idea: H. Harkema, J. N. Dowling, T. Thornblade, W. W. Chapman, "ConText: an
//! algorithm for determining negation, experiencer, and temporal status from clinical reports",
//! Journal of Biomedical Informatics 42 (2009). The paper gives cues with a direction, a window and
//! words that end their reach. What a context does to a position on a scale is our addition.

use std::ops::Range;

use crate::codebook::Position;
use crate::rule::engine::{Engine, Hit, PatternId, Reading};

/// Words near a rule's evidence that change its meaning, and how they change it. Patterns are numbered in a row.
#[derive(Debug)]
pub struct Context {
    /// The context's name, such as `negated`.
    pub id: String,
    /// What it does unless a rule says otherwise.
    pub effect: Effect,
    /// Cues before the evidence, or in one of its gaps.
    pub before: Range<usize>,
    /// Cues after the evidence.
    pub after: Range<usize>,
    /// What looks like a cue but is not one, such as "not only".
    pub pseudo: Range<usize>,
    /// What ends the reach of a cue, such as "but".
    pub until: Range<usize>,
    /// Marks that end the reach of a cue, such as a comma.
    pub marks: Vec<char>,
    /// How far from the evidence a cue may be, in words; 1 is next to it.
    pub window: usize,
    /// Whether a cue reaches beyond its clause, to the end of the sentence.
    pub across: bool,
    /// Marks that put a whole sentence into the context if it ends with one, such as `?`.
    pub ending: Vec<char>,
}

/// What a context does to the position that a rule gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// The evidence does not count.
    Drop,
    /// The position is mirrored about the middle of the scale.
    Flip,
    /// The position moves one level toward the middle of the scale.
    Soften,
    /// The position moves one level up, if there is one.
    Up,
    /// The position moves one level down, if there is one.
    Down,
    /// The position stays, and the context is noted.
    Keep,
}

/// The words for effects in files, in the order in which they are explained.
pub const EFFECTS: [(&str, Effect); 6] = [
    ("drop", Effect::Drop),
    ("flip", Effect::Flip),
    ("soften", Effect::Soften),
    ("up", Effect::Up),
    ("down", Effect::Down),
    ("keep", Effect::Keep),
];

impl Effect {
    /// What a position becomes on a scale, lowest level first; `None` if it is dropped.
    pub fn apply(self, position: Position, scale: &[Position]) -> Option<Position> {
        let last = scale.len().checked_sub(1)?;
        let rank = scale.iter().position(|level| *level == position)?;
        let rank = match self {
            Effect::Drop => return None,
            Effect::Flip => last - rank,
            // Twice the rank, because the middle of a scale with an even number of levels is between two
            // of them.
            Effect::Soften if 2 * rank > last + 1 => rank - 1,
            Effect::Soften if 2 * rank + 1 < last => rank + 1,
            Effect::Soften | Effect::Keep => rank,
            Effect::Up => (rank + 1).min(last),
            Effect::Down => rank.saturating_sub(1),
        };
        Some(scale[rank])
    }

    /// The word for it in files.
    pub fn word(self) -> &'static str {
        EFFECTS.iter().find(|(_, effect)| *effect == self).map_or("", |(word, _)| word)
    }
}

impl Context {
    /// Finds the first and the last word of the cue that puts some evidence into this context, if there is one. If the
    /// mark at the end of its sentence does, that is the last word of the sentence.
    ///
    /// `evidence` and `sentence` are ranges of words. `is_named` says whether the patterns that found
    /// the evidence name a word of it: a cue made of such words has already been read.
    pub fn cue(
        &self,
        engine: &Engine,
        text: &str,
        evidence: &Range<usize>,
        sentence: &Range<usize>,
        is_named: impl Fn(&Reading, usize) -> bool,
        reading: &mut Reading,
    ) -> Option<(usize, usize)> {
        if self.has_ending(text, sentence, reading) {
            return Some((sentence.end - 1, sentence.end - 1));
        }
        // A cue of several words may begin before the window; no cue is longer than this.
        const LONGEST_CUE: usize = 8;
        let from = evidence.start.saturating_sub(self.window + LONGEST_CUE).max(sentence.start);
        let mut hits = Vec::new();
        engine.find_each(&self.before, text, from..evidence.end, reading, &mut hits);
        hits.retain(|hit| {
            let outside = hit.last < evidence.start && evidence.start - hit.last <= self.window;
            let inside = hit.first >= evidence.start && hit.last < evidence.end;
            outside || (inside && !(hit.first..=hit.last).all(|word| is_named(reading, word)))
        });
        let to = (evidence.end + self.window + LONGEST_CUE).min(sentence.end);
        let mut after = Vec::new();
        engine.find_each(&self.after, text, evidence.end..to, reading, &mut after);
        hits.extend(after.into_iter().filter(|hit| hit.first - evidence.end < self.window));
        hits.sort_unstable_by_key(|hit| (hit.first, hit.last));
        let cue = hits.into_iter().find(|hit| {
            let between =
                if hit.first >= evidence.end { evidence.end..hit.first } else { hit.last + 1..evidence.start };
            let ended = !between.is_empty()
                && self.until.clone().any(|end| engine.is_found(PatternId(end), text, between.clone(), reading));
            let (from, to) =
                if hit.first >= evidence.end { (evidence.end - 1, hit.first) } else { (hit.last, evidence.start) };
            // Nothing can separate a cue within the evidence from the evidence.
            let parted = from < to && {
                let words = reading.words();
                text[words[from].span.end..words[to].span.start.max(words[from].span.end)]
                    .contains(self.marks.as_slice())
            };
            !ended
                && !parted
                && (self.across || {
                    let word = self.word_reached(evidence, hit, &is_named, reading);
                    engine.reaches(text, hit, word, reading)
                })
                && !self.is_pseudo(engine, text, hit, sentence, reading)
        });
        cue.map(|hit| (hit.first, hit.last))
    }

    /// Whether a sentence ends with one of the marks of `ending`.
    fn has_ending(&self, text: &str, sentence: &Range<usize>, reading: &Reading) -> bool {
        if self.ending.is_empty() {
            return false;
        }
        let words = reading.words();
        let after = words[sentence.end - 1].span.end;
        let next = words.get(sentence.end).map_or(text.len(), |word| word.span.start.max(after));
        text[after..next].contains(self.ending.as_slice())
    }

    /// The word that a cue must reach: the nearest of the evidence. For a cue in a gap of the evidence it is the next
    /// word that the patterns name.
    fn word_reached(
        &self,
        evidence: &Range<usize>,
        hit: &Hit,
        is_named: &impl Fn(&Reading, usize) -> bool,
        reading: &Reading,
    ) -> usize {
        if hit.first >= evidence.end {
            return evidence.end - 1;
        }
        if hit.last < evidence.start {
            return evidence.start;
        }
        (hit.last + 1..evidence.end).find(|word| is_named(reading, *word)).unwrap_or(evidence.end - 1)
    }

    fn is_pseudo(
        &self,
        engine: &Engine,
        text: &str,
        hit: &Hit,
        sentence: &Range<usize>,
        reading: &mut Reading,
    ) -> bool {
        const LONGEST_CUE: usize = 8;
        let around =
            hit.first.saturating_sub(LONGEST_CUE).max(sentence.start)..(hit.last + 1 + LONGEST_CUE).min(sentence.end);
        let mut pseudo = Vec::new();
        engine.find_each(&self.pseudo, text, around, reading, &mut pseudo);
        pseudo.iter().any(|pseudo| pseudo.first <= hit.first && hit.last <= pseudo.last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_effect_moves_a_position_on_its_own_scale() {
        let five = [-2, -1, 0, 1, 2].map(Position);
        let four = [1, 2, 3, 4].map(Position);
        for (effect, from, scale, to) in [
            (Effect::Keep, 2, &five[..], Some(2)),
            (Effect::Drop, 2, &five, None),
            (Effect::Flip, 2, &five, Some(-2)),
            (Effect::Flip, 0, &five, Some(0)),
            (Effect::Soften, 2, &five, Some(1)),
            (Effect::Soften, 1, &five, Some(0)),
            (Effect::Soften, 0, &five, Some(0)),
            (Effect::Soften, -2, &five, Some(-1)),
            (Effect::Up, 2, &five, Some(2)),
            (Effect::Down, 2, &five, Some(1)),
            (Effect::Flip, 1, &four, Some(4)),
            (Effect::Soften, 1, &four, Some(2)),
            (Effect::Soften, 2, &four, Some(2)),
            (Effect::Soften, 3, &four, Some(3)),
            (Effect::Soften, 4, &four, Some(3)),
        ] {
            assert_eq!(effect.apply(Position(from), scale), to.map(Position), "{effect:?} of {from}");
        }
    }
}
