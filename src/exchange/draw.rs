//! Which statements a coder reads, and in which order.
//!
//! With several coders, a share of the statements is read by all of them, so that agreement can be measured, and each other
//! statement by one. The draw looks at the seed and the id of a statement only. So every coder's sheet can be made on its
//! own, in any order, and a statement keeps its readers when others are added.

use std::collections::BTreeSet;

use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_pcg::Pcg64Mcg;

use crate::unseen::scattered;
use crate::words;

/// How statements are shared among coders.
#[derive(Debug, Clone, PartialEq)]
pub struct SharedWork {
    /// The coder who reads.
    pub coder: String,
    /// The others, in any order. Empty if the coder reads everything.
    pub with: Vec<String>,
    /// The share that all read, from 0 to 1.
    pub share: f64,
    /// The seed of the draw.
    pub seed: u64,
}

/// Who reads a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readers {
    /// All coders.
    All,
    /// This coder alone.
    ThisOne,
    /// One of the others.
    Another,
}

impl SharedWork {
    /// Who reads the statement with this id.
    pub fn readers(&self, id: &str) -> Readers {
        if self.with.is_empty() {
            return Readers::ThisOne;
        }
        // The first 53 bits, which a fraction holds exactly.
        const PLACES: f64 = 9_007_199_254_740_992.0;
        if (self.place("overlap", id) >> 11) as f64 / PLACES < self.share {
            return Readers::All;
        }
        let coders: BTreeSet<&str> = self.with.iter().chain([&self.coder]).map(String::as_str).collect();
        let count = coders.len() as u64;
        let reader = coders.iter().nth((self.place("reader", id) % count) as usize);
        if reader.is_some_and(|reader| *reader == self.coder) { Readers::ThisOne } else { Readers::Another }
    }

    /// A number that depends on the seed, the purpose and the id alone.
    fn place(&self, purpose: &str, id: &str) -> u64 {
        let seed = self.seed.to_le_bytes();
        scattered(words::hash(seed.into_iter().chain(purpose.bytes()).chain([0]).chain(id.bytes())))
    }
}

/// Puts items into an order that the seed and the coder's name decide.
pub fn shuffle<T>(items: &mut [T], seed: u64, coder: &str) {
    let own = words::hash(seed.to_le_bytes().into_iter().chain(coder.bytes()));
    items.shuffle(&mut Pcg64Mcg::seed_from_u64(own));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sharing(coder: &str, with: &[&str], share: f64, seed: u64) -> SharedWork {
        SharedWork { coder: coder.to_owned(), with: with.iter().map(|name| (*name).to_owned()).collect(), share, seed }
    }

    #[test]
    fn every_statement_has_all_readers_or_one_whoever_asks() {
        let sheets = [
            sharing("anna", &["ben", "cleo"], 0.2, 7),
            sharing("ben", &["cleo", "anna"], 0.2, 7),
            sharing("cleo", &["anna", "ben"], 0.2, 7),
        ];
        let (mut all, mut alone) = (0, [0; 3]);
        for number in 0..3_000 {
            let id = format!("s{number}");
            let readers = sheets.each_ref().map(|sheet| sheet.readers(&id));
            if readers == [Readers::All; 3] {
                all += 1;
            } else {
                let own: Vec<usize> = (0..3).filter(|coder| readers[*coder] == Readers::ThisOne).collect();
                assert_eq!(own.len(), 1, "{id}: {readers:?}");
                alone[own[0]] += 1;
            }
        }
        // 5 standard deviations of the draw.
        assert!((490..=710).contains(&all), "{all}");
        assert!(alone.iter().all(|count| (675..=925).contains(count)), "{alone:?}");
    }

    #[test]
    fn another_seed_draws_others_and_the_ends_are_exact() {
        let drawn = |sheet: SharedWork| {
            (0..500).filter(|number| sheet.readers(&format!("s{number}")) == Readers::All).collect::<Vec<_>>()
        };
        assert_ne!(drawn(sharing("a", &["b"], 0.2, 1)), drawn(sharing("a", &["b"], 0.2, 2)));
        assert_eq!(drawn(sharing("a", &["b"], 0.0, 1)).len(), 0);
        assert_eq!(drawn(sharing("a", &["b"], 1.0, 1)).len(), 500);
        assert_eq!(sharing("a", &[], 0.2, 1).readers("x"), Readers::ThisOne);
    }

    #[test]
    fn coders_read_in_different_orders() {
        let order = |coder: &str| {
            let mut items: Vec<u32> = (0..50).collect();
            shuffle(&mut items, 1, coder);
            items
        };
        assert_eq!(order("anna"), order("anna"));
        assert_ne!(order("anna"), order("ben"));
    }
}
