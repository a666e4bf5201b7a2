//! Which patterns are possible in a sentence: those that find a word for everything that they always need.
//!
//! Each pattern has one bit in each of a few layers. Every kind of word sets, in the first layer, the bits of the
//! patterns whose rarest need it meets, in the second layer those whose next need it meets, and so on. A pattern is
//! possible if its bit is set in every layer. So a sentence costs what its words touch, however many patterns need the
//! same common words.

use std::ops::Range;
use std::sync::Arc;

use crate::rule::engine::bits::gather;
use crate::rule::trie::{KindId, WordId};

/// The needs of some patterns.
#[derive(Debug)]
pub struct Sieve {
    /// The blocks of 64 patterns to which they belong.
    blocks: Range<usize>,
    /// How many needs of a pattern are looked at, the rarest first.
    depth: usize,
    /// The bits that are set in any sentence: needs that a pattern does not have.
    given: Vec<u64>,
    /// What each kind sets.
    kinds: Vec<Touched>,
    /// Blocks, layer after layer, and the bits to be set in each.
    touched: Vec<(u32, u64)>,
    /// The bits of all blocks, for kinds that touch many.
    rows: Vec<u64>,
}

/// The bits that a kind of word sets.
#[derive(Debug, Clone, Copy)]
enum Touched {
    /// Those in a part of `touched`.
    Few(u32, u32),
    /// Those of a row that begins here in `rows`.
    Many(u32),
}

impl Sieve {
    /// `needs` has what each pattern needs, the rarest first: a word of each list. A pattern without needs is always
    /// possible, and one that is `None` never. The sieve is for a range of them. `kinds` has the words of patterns that
    /// each kind satisfies.
    pub fn new(
        needs: &[Option<Vec<Arc<[WordId]>>>],
        patterns: Range<usize>,
        kinds: &[Vec<WordId>],
        depth: usize,
    ) -> Sieve {
        let blocks = if patterns.is_empty() { 0..0 } else { patterns.start / 64..patterns.end.div_ceil(64) };
        let place = |layer: usize, pattern: usize| layer * blocks.len() + pattern / 64 - blocks.start;
        let mut given = vec![0; depth * blocks.len()];
        let words = needs.iter().flatten().flatten().flat_map(|words| words.iter()).max();
        let words = words.map_or(0, |last| *last as usize + 1);
        // For each word of a pattern and each layer, the bits of the needs that it meets, by block in ascending order.
        let mut met_by: Vec<Vec<Vec<(u32, u64)>>> = vec![vec![Vec::new(); depth]; words];
        for pattern in patterns {
            let Some(needs) = &needs[pattern] else { continue };
            let bit = 1 << (pattern % 64);
            for (layer, words) in needs.iter().take(depth).enumerate() {
                let block = place(layer, pattern) as u32;
                for word in words.iter() {
                    let bits = &mut met_by[*word as usize][layer];
                    match bits.last_mut().filter(|last| last.0 == block) {
                        Some(last) => last.1 |= bit,
                        None => bits.push((block, bit)),
                    }
                }
            }
            for layer in needs.len()..depth {
                given[place(layer, pattern)] |= bit;
            }
        }
        let (mut of_kinds, mut touched, mut rows) = (Vec::with_capacity(kinds.len()), Vec::new(), Vec::new());
        let mut bits: Vec<(u32, u64)> = Vec::new();
        for kind in kinds {
            bits.clear();
            bits.extend(kind.iter().filter_map(|word| met_by.get(*word as usize)).flatten().flatten().copied());
            if kind.len() > 1 {
                gather(&mut bits);
            }
            // Blocks in a row are so much faster to go through that a few more of them do not matter.
            const WIDE: usize = 3;
            if bits.len() * WIDE > given.len() {
                of_kinds.push(Touched::Many(rows.len() as u32));
                rows.resize(rows.len() + given.len(), 0);
                let row = rows.len() - given.len();
                bits.iter().for_each(|(block, bits)| rows[row + *block as usize] = *bits);
            } else {
                let start = touched.len() as u32;
                touched.extend_from_slice(&bits);
                of_kinds.push(Touched::Few(start, touched.len() as u32));
            }
        }
        Sieve { blocks, depth, given, kinds: of_kinds, touched, rows }
    }

    /// The blocks of 64 patterns that it knows.
    pub fn blocks(&self) -> Range<usize> {
        self.blocks.clone()
    }

    /// Sets the bits of the patterns that are possible in a sentence with words of some kinds. `possible` has all blocks
    /// of the sentence, `layers` is a buffer.
    pub fn sift(&self, kinds: impl Iterator<Item = KindId>, layers: &mut Vec<u64>, possible: &mut [u64]) {
        if self.blocks.is_empty() {
            return;
        }
        layers.clear();
        layers.extend_from_slice(&self.given);
        let layers = &mut layers[..];
        for kind in kinds {
            match self.kinds[kind as usize] {
                Touched::Few(start, end) => {
                    let touched = &self.touched[start as usize..end as usize];
                    touched.iter().for_each(|(block, bits)| layers[*block as usize] |= bits);
                }
                Touched::Many(row) => {
                    let row = &self.rows[row as usize..][..layers.len()];
                    layers.iter_mut().zip(row).for_each(|(bits, more)| *bits |= more);
                }
            }
        }
        let (first, rest) = layers.split_at(self.blocks.len());
        for (block, (bits, possible)) in first.iter().zip(&mut possible[self.blocks.clone()]).enumerate() {
            *possible |= (0..self.depth - 1).fold(*bits, |bits, layer| bits & rest[layer * self.blocks.len() + block]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_possible_if_a_word_meets_every_need() {
        // Pattern 70 needs words 1 or 2, and 3. Pattern 1 needs nothing, pattern 2 is never possible.
        let needed = |lists: &[&[WordId]]| Some(lists.iter().map(|words| Arc::from(*words)).collect());
        let mut needs: Vec<Option<Vec<Arc<[WordId]>>>> = vec![needed(&[&[9]]); 71];
        needs[70] = needed(&[&[1, 2], &[3]]);
        needs[1] = Some(Vec::new());
        needs[2] = None;
        let kinds = [vec![], vec![1], vec![2, 3], vec![3], vec![4]];
        let all = Sieve::new(&needs, 0..needs.len(), &kinds, 2);
        let last = Sieve::new(&needs, 65..needs.len(), &kinds, 2);
        let possible = |sieve: &Sieve, kinds: &[KindId]| {
            let mut possible = vec![0; 2];
            sieve.sift(kinds.iter().copied(), &mut Vec::new(), &mut possible);
            (0..needs.len()).filter(|p| possible[p / 64] >> (p % 64) & 1 == 1).collect::<Vec<_>>()
        };
        assert_eq!(possible(&all, &[]), [1]);
        assert_eq!(possible(&all, &[1, 1, 4, 0]), [1]);
        assert_eq!(possible(&all, &[3, 1]), [1, 70]);
        assert_eq!(possible(&all, &[2]), [1, 70]);
        assert_eq!(possible(&last, &[3, 1]), [70]);
    }
}
