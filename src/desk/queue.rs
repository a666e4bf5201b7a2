//! In which order statements are coded.
//!
//! The order is made from the statements and a seed alone, so it is the same after a restart, and a statement that is
//! added changes no other's place in a shuffle.

use crate::codebook::IssueIndex;
use crate::statement::{Statement, Verified};
use crate::words;

/// The order of a queue.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum QueueOrder {
    /// Shuffled by the seed, so that neither time nor speaker carries over from one statement to the next.
    #[default]
    Shuffled,
    /// By date, then id.
    Date,
    /// By speaker, then date.
    Speaker,
}

impl QueueOrder {
    /// Every order.
    pub const ALL: [QueueOrder; 3] = [QueueOrder::Shuffled, QueueOrder::Date, QueueOrder::Speaker];

    /// The word for it in addresses and forms.
    pub fn word(self) -> &'static str {
        match self {
            QueueOrder::Shuffled => "shuffled",
            QueueOrder::Date => "date",
            QueueOrder::Speaker => "speaker",
        }
    }

    /// The order of a word.
    pub fn of(word: &str) -> Option<QueueOrder> {
        QueueOrder::ALL.into_iter().find(|order| order.word() == word)
    }
}

/// Which statements are coded, on what, and in which order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueSettings {
    /// The order.
    pub order: QueueOrder,
    /// Another seed shuffles otherwise.
    pub seed: u64,
    /// The percentage of statements that come first and are the same for every coder, 0 to 100. The others are shuffled
    /// for each coder alone, so that coders who stop early share these and no more.
    pub overlap: u8,
    /// Only this issue. `None` for all.
    pub issue: Option<IssueIndex>,
    /// Whether statements that are set aside from whoever writes the rules are left out.
    pub seen_only: bool,
}

impl Default for QueueSettings {
    /// All issues of all statements, in one shuffle for all coders.
    fn default() -> QueueSettings {
        QueueSettings { order: QueueOrder::Shuffled, seed: 1, overlap: 100, issue: None, seen_only: false }
    }
}

impl QueueSettings {
    /// The places of the statements to code, in order. Statements that nobody has verified yet are left out.
    pub fn queue(&self, statements: &[Statement], coder: &str) -> Vec<usize> {
        let taken = |row: &Statement| row.verified == Verified::Yes && !(self.seen_only && row.unseen);
        let mut queue: Vec<usize> = (0..statements.len()).filter(|place| taken(&statements[*place])).collect();
        let day = |place: &usize| (statements[*place].date.written, statements[*place].id.as_str());
        match self.order {
            QueueOrder::Date => queue.sort_by_key(day),
            QueueOrder::Speaker => queue.sort_by_key(|place| (statements[*place].speaker.as_str(), day(place))),
            QueueOrder::Shuffled => {
                let drawn = |place: &usize| {
                    let id = statements[*place].id.as_str();
                    let common = draw(self.seed, "", id);
                    let shared = common % 100 < u64::from(self.overlap);
                    let own = if shared { draw(self.seed, "order", id) } else { draw(self.seed, coder, id) };
                    (!shared, own, id)
                };
                queue.sort_by_cached_key(|place| {
                    let (last, own, id) = drawn(place);
                    (last, own, id.to_owned())
                });
            }
        }
        queue
    }
}

/// A number drawn for a statement. It depends on nothing else.
fn draw(seed: u64, salt: &str, id: &str) -> u64 {
    let seed = seed.to_le_bytes();
    let hash = words::hash(seed.into_iter().chain(salt.bytes()).chain([0]).chain(id.bytes()));
    // The last bits of the hash of similar ids are similar (the finaliser of MurmurHash3).
    let mixed = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    let mixed = (mixed ^ (mixed >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    mixed ^ (mixed >> 33)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::date::{Precision, StatementDate};

    fn statements(count: usize) -> Vec<Statement> {
        let one = |number: usize| {
            let written = NaiveDate::from_ymd_opt(2025, 1, 1 + (number % 28) as u32).unwrap();
            let date = StatementDate { written, precision: Precision::Day };
            let speaker = ["Bo Example", "Al Example"][number % 2];
            Statement::new(&format!("s{number:03}"), date, speaker, "Yes".to_owned())
        };
        (0..count).map(one).collect()
    }

    #[test]
    fn a_shuffle_has_every_statement_once_and_depends_on_its_seed() {
        let statements = statements(200);
        let settings = QueueSettings::default();
        let queue = settings.queue(&statements, "anna");
        let mut sorted = queue.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, (0..200).collect::<Vec<_>>());
        assert_eq!(queue, settings.queue(&statements, "ben"), "all is shared");
        assert_ne!(queue, QueueSettings { seed: 2, ..settings.clone() }.queue(&statements, "anna"));
        // A statement that is added moves no other.
        let mut without = settings.queue(&statements[..199], "anna");
        let mut with = queue;
        with.retain(|place| *place != 199);
        assert_eq!(with, without);
        without.sort_unstable();
        assert_eq!(without.len(), 199);
    }

    #[test]
    fn coders_share_the_share_and_it_comes_first() {
        let statements = statements(500);
        let settings = QueueSettings { overlap: 20, ..QueueSettings::default() };
        let [anna, ben] = ["anna", "ben"].map(|coder| settings.queue(&statements, coder));
        let same = anna.iter().zip(&ben).take_while(|(a, b)| a == b).count();
        assert!((70..=130).contains(&same), "{same} of 500");
        let none = QueueSettings { overlap: 0, ..settings };
        assert_ne!(none.queue(&statements, "anna")[..5], none.queue(&statements, "ben")[..5]);
    }

    #[test]
    fn other_orders_and_what_is_left_out() {
        let mut statements = statements(4);
        statements[1].unseen = true;
        statements[3].verified = Verified::No;
        let queue = |order, seen_only| {
            QueueSettings { order, seen_only, ..QueueSettings::default() }.queue(&statements, "anna")
        };
        assert_eq!(queue(QueueOrder::Date, false), [0, 1, 2]);
        assert_eq!(queue(QueueOrder::Speaker, false), [1, 0, 2]);
        assert_eq!(queue(QueueOrder::Date, true), [0, 2]);
    }
}
