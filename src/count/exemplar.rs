//! The few statements of a pair of speaker and issue that counts keep in words: its first, its last, and the latest at
//! the highest and at the lowest position that was taken. Pictures and verdicts quote these.

use std::cmp::Reverse;

use chrono::NaiveDate;

use crate::codebook::Position;
use crate::date::StatementDate;
use crate::statement::Kind;

/// The most characters of a statement that are kept. Longer ones are cut after a word.
pub const LONGEST: usize = 4_000;

/// A statement that counts keep in words. Only those of a known day are kept, because others have no place to point at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Exemplar {
    /// The day.
    pub day: NaiveDate,
    /// The id. It decides between statements of one day.
    pub id: String,
    /// The position that it takes.
    pub position: Position,
    /// Whether only rules gave the position.
    pub by_rules: bool,
    /// Whether the words are a quotation or a paraphrase.
    pub kind: Kind,
    /// The words; never empty.
    pub text: String,
    /// Who published them; may be empty.
    pub publisher: String,
    /// The title of the page they were read on; may be empty.
    pub title: String,
    /// Its address; may be empty.
    pub url: String,
}

impl Exemplar {
    /// Whether it is of this date. Only days are.
    pub fn is_of(&self, date: StatementDate) -> bool {
        date.is_day() && date.written == self.day
    }

    /// Its place among all: the latest, and on one day the first by id, as findings quote it.
    fn late(&self) -> (NaiveDate, Reverse<&str>) {
        (self.day, Reverse(&self.id))
    }

    /// Its place among those at one position: quotations before paraphrases, then the latest.
    fn latest(&self) -> (bool, (NaiveDate, Reverse<&str>)) {
        (self.kind == Kind::Direct, self.late())
    }
}

/// The exemplars of one speaker on one issue. Whatever the order in which statements are offered, the same are kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exemplars {
    first: Option<Exemplar>,
    last: Option<Exemplar>,
    highest: Option<Exemplar>,
    lowest: Option<Exemplar>,
}

impl Exemplars {
    /// Keeps a statement where it is the one to keep.
    pub fn offer(&mut self, new: &Exemplar) {
        let keep = |slot: &mut Option<Exemplar>, wins: fn(&Exemplar, &Exemplar) -> bool| {
            // Of statements that are alike in what decides, the rest of what they have does.
            let takes = |old: &Exemplar| wins(new, old) || (!wins(old, new) && new < old);
            if slot.as_ref().is_none_or(takes) {
                *slot = Some(new.clone());
            }
        };
        keep(&mut self.first, |new, old| (new.day, &new.id) < (old.day, &old.id));
        keep(&mut self.last, |new, old| new.late() > old.late());
        keep(&mut self.highest, |new, old| (new.position, new.latest()) > (old.position, old.latest()));
        keep(&mut self.lowest, |new, old| {
            new.position < old.position || new.position == old.position && new.latest() > old.latest()
        });
    }

    /// Adds those of other statements of the pair.
    pub fn merge(&mut self, other: &Exemplars) {
        other.slots().for_each(|exemplar| self.offer(exemplar));
    }

    fn slots(&self) -> impl Iterator<Item = &Exemplar> {
        [&self.first, &self.last, &self.highest, &self.lowest].into_iter().flatten()
    }

    /// Each statement that is kept, once, by day, then id.
    pub fn all(&self) -> Vec<&Exemplar> {
        let mut all: Vec<&Exemplar> = self.slots().collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}
