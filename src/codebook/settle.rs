//! What settles the labels of coders who differ.

use serde::Deserialize;
use toml::Spanned;

use crate::error::Problem;
use crate::file::document::{self, Document, Read};
use crate::words::{guess_before, listed};

/// What gives a statement a label if its coders differ. An adjudication decides before any of these.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Settle {
    /// Nothing but an adjudication.
    #[default]
    Adjudication,
    /// The answer of more than half of the coders who have read the statement.
    Majority,
    /// The median of their positions, if more than half gave one.
    Median,
}

impl Settle {
    /// All of them, in the order in which messages list them.
    pub const ALL: [Settle; 3] = [Settle::Adjudication, Settle::Majority, Settle::Median];

    /// The word in the codebook.
    pub fn word(self) -> &'static str {
        match self {
            Settle::Adjudication => "adjudication",
            Settle::Majority => "majority",
            Settle::Median => "median",
        }
    }

    /// Reads the table `[labels]`. `None`, with the faults added to `problems`, if its word is not one of these.
    pub(crate) fn parse(
        document: &Document,
        labels: document::Part<'_>,
        problems: &mut Vec<Problem>,
    ) -> Option<Settle> {
        let read: Read<RawLabels> = document.read(labels, problems)?;
        let Some(written) = read.value.settle else { return Some(Settle::default()) };
        let settle = Settle::ALL.into_iter().find(|settle| settle.word() == written.get_ref());
        if settle.is_none() {
            let words = Settle::ALL.map(Settle::word);
            let hint = format!("write one of: {}", listed(words.into_iter()));
            let hint = guess_before(&hint, written.get_ref(), words.into_iter());
            let what = format!("nothing settles labels by `{}`", written.get_ref());
            problems.push(document.fault(written.span(), what, hint));
        }
        settle
    }
}

/// The table `[labels]` as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawLabels {
    settle: Option<Spanned<String>>,
}
