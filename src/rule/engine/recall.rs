//! The kinds of words that have been looked up lately.
//!
//! Texts repeat their words. A short word is found again by its letters in one step, and need not go through the trie.
//! Each word has one slot, and the next word of that slot takes its place, so no text can make this large or slow.

use std::ops::Range;

use crate::rule::trie::KindId;

/// How many slots there are: 2 to this power.
const SLOTS: u32 = 12;
/// The longest word that is remembered, in bytes.
const LONGEST: usize = 16;
/// How many texts are read before anything is remembered: for a few it is not worth the memory.
const FEW: usize = 8;

/// Words of texts with their kinds, for one engine.
#[derive(Debug, Default)]
pub struct Recall {
    /// The number of the engine.
    engine: u64,
    /// How many texts it has read.
    texts: usize,
    /// Letters, as 2 numbers, and the kinds of the word.
    slots: Vec<((u64, u64), (KindId, KindId))>,
}

impl Recall {
    /// Makes ready for a text that an engine reads.
    pub fn begin(&mut self, engine: u64) {
        if self.engine != engine {
            *self = Recall { engine, ..Recall::default() };
        }
        self.texts += 1;
        if self.texts > FEW && self.slots.is_empty() {
            self.slots.resize(1 << SLOTS, ((0, 0), (0, 0)));
        }
    }

    /// The kinds of a word of a text, by its letters in any case and by its exact letters: remembered, or else found by
    /// `look_up`.
    pub fn kinds(
        &mut self,
        text: &[u8],
        word: &Range<usize>,
        look_up: impl FnOnce(&[u8]) -> (KindId, KindId),
    ) -> (KindId, KindId) {
        // The letters are read at once, with those that follow, and cut off.
        let around =
            text.get(word.start..word.start + LONGEST).and_then(|around| <[u8; LONGEST]>::try_from(around).ok());
        let (Some(around), 1..=LONGEST, false) = (around, word.len(), self.slots.is_empty()) else {
            return look_up(&text[word.clone()]);
        };
        let letters = u128::from_le_bytes(around) & (u128::MAX >> (8 * (LONGEST - word.len())));
        let (low, high) = (letters as u64, (letters >> 64) as u64);
        let mixed = (low ^ high.rotate_left(23)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let slot = &mut self.slots[(mixed >> (64 - SLOTS)) as usize];
        if slot.0 != (low, high) {
            *slot = ((low, high), look_up(&text[word.clone()]));
        }
        slot.1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_looked_up_once_and_found_by_all_its_letters() {
        let (mut recall, mut looked_up) = (Recall::default(), Vec::new());
        let text = b"land landing a sixteen-letters. abcdefghijklmnopq end of the text";
        for engine in [1, 2] {
            for _ in 0..=FEW {
                recall.begin(engine);
            }
            for word in [0..4, 5..12, 0..4, 13..14, 5..9, 32..48, 32..49, 32..49, 62..65, 62..65] {
                let mut find = |letters: &[u8]| {
                    looked_up.push(letters.to_vec());
                    (letters.len() as KindId + 100 * engine as KindId, 7)
                };
                let kinds = recall.kinds(text, &word, &mut find);
                assert_eq!(kinds, (word.len() as KindId + 100 * engine as KindId, 7));
            }
        }
        // Too long, and too near to the end, twice each; the others once.
        let again = looked_up.iter().filter(|word| word.as_slice() == b"land").count();
        assert_eq!((again, looked_up.len()), (2, 2 * 8));
    }
}
