//! Numbers as bits, in blocks of 64.

use std::ops::Range;

/// The blocks of things that are numbered in a row, each with their bits.
pub fn blocks(numbers: &Range<usize>) -> impl Iterator<Item = (usize, u64)> + use<> {
    let Range { start, end } = *numbers;
    let blocks = if start < end { start / 64..end.div_ceil(64) } else { 0..0 };
    blocks.map(move |block| {
        let (from, to) = (start.saturating_sub(block * 64), (end - block * 64).min(64));
        (block, (u64::MAX >> (64 - (to - from))) << from)
    })
}

/// The places of the bits that are set, in ascending order.
pub fn ones(mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let place = (bits != 0).then(|| bits.trailing_zeros() as usize);
        bits &= bits.wrapping_sub(1);
        place
    })
}

/// Puts the bits of each block together, in ascending order.
pub fn gather<B: Ord + Copy>(blocks: &mut Vec<(B, u64)>) {
    blocks.sort_unstable_by_key(|(block, _)| *block);
    blocks.dedup_by(|next, block| {
        let same = next.0 == block.0;
        block.1 |= if same { next.1 } else { 0 };
        same
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_a_row_are_bits_of_their_blocks() {
        for (start, end) in [(0, 0), (0, 1), (3, 64), (63, 65), (64, 128), (5, 200)] {
            let numbers: Vec<usize> =
                blocks(&(start..end)).flat_map(|(block, bits)| ones(bits).map(move |bit| block * 64 + bit)).collect();
            assert_eq!(numbers, (start..end).collect::<Vec<_>>());
        }
    }
}
