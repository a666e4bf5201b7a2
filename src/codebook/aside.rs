//! How statements are kept from whoever writes the rules.

use std::collections::BTreeSet;

use serde::Deserialize;
use toml::Spanned;

use crate::error::Problem;
use crate::file::document::Document;
use crate::words;

/// How statements are kept from whoever writes the rules: the key `[unseen]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SetAside {
    /// A share of them, drawn by a seed.
    Share {
        /// The share as written, more than 0 and less than 1.
        written: String,
        /// The same share of all 64-bit numbers.
        below: u64,
        /// Another seed draws other statements.
        seed: u64,
    },
    /// Those with `yes` in this column of the statements.
    Column(String),
    /// Those with these ids.
    Ids(Vec<Spanned<String>>),
}

impl SetAside {
    /// The seed of a codebook that names none.
    const SEED: i64 = 2025;

    /// Checks what was read. `at_fault` says that some of it could not be read, and was reported.
    pub(crate) fn parse(
        document: &Document,
        read: Spanned<RawUnseen>,
        at_fault: bool,
        problems: &mut Vec<Problem>,
    ) -> Option<Spanned<SetAside>> {
        let whole = read.span();
        let RawUnseen { share, seed, column, ids } = read.into_inner();
        let before = problems.len();
        let mut fault = |span, what: &str, hint: &str| problems.push(document.fault(span, what, hint));
        let given = usize::from(share.is_some()) + usize::from(column.is_some()) + usize::from(ids.is_some());
        if given > 1 {
            let hint = "keep one: `share` draws statements, `column` and `ids` name them";
            fault(whole.clone(), "[unseen] sets statements aside in more than one way", hint);
        } else if given == 0 && !at_fault {
            let hint = "add `share = 0.3` to draw statements, `column = \"unseen\"` to mark them in statements.csv, or \
                        `ids = [\"…\"]`";
            fault(whole.clone(), "[unseen] does not say which statements to set aside", hint);
        }
        if let Some(seed) = &seed {
            if *seed.get_ref() < 0 {
                fault(seed.span(), &format!("the seed {} is negative", seed.get_ref()), "write a number from 0 up");
            }
            if share.is_none() && given > 0 {
                let hint = "remove `seed`, or draw the statements with `share`";
                fault(seed.span(), "there is nothing to draw with this seed", hint);
            }
        }
        if let Some(share) = &share
            // Also true for `nan`.
            && !(*share.get_ref() > 0.0 && *share.get_ref() < 1.0)
        {
            let what = format!("the share {} is not between 0 and 1", share.get_ref());
            fault(share.span(), &what, "write a share such as 0.3; to set none aside, remove [unseen]");
        }
        if let Some(column) = column.as_ref().filter(|column| column.get_ref().trim().is_empty()) {
            let hint = "name a column of statements.csv, such as `column = \"unseen\"`";
            fault(column.span(), "the column has no name", hint);
        }
        if problems.len() > before {
            return None;
        }
        let seed = u64::try_from(seed.map_or(SetAside::SEED, Spanned::into_inner)).ok()?;
        let set_aside = match (share.map(Spanned::into_inner), column, ids) {
            // 2^64 as a number with a fraction; the product is below it, because the share is below 1.
            (Some(share), _, _) => {
                let below = (share * 18_446_744_073_709_551_616.0) as u64;
                SetAside::Share { written: share.to_string(), below, seed }
            }
            (None, Some(column), _) => SetAside::Column(column.into_inner()),
            (None, None, ids) => SetAside::Ids(ids?),
        };
        Some(Spanned::new(whole, set_aside))
    }

    /// The same in a few words, so that another way to set statements aside is recognised later.
    pub fn words(&self) -> String {
        match self {
            SetAside::Share { written, seed, .. } => format!("share {written} seed {seed}"),
            SetAside::Column(column) => format!("column {column}"),
            SetAside::Ids(ids) => {
                let ids: BTreeSet<&str> = ids.iter().map(|id| id.get_ref().as_str()).collect();
                format!("{} ids {}", ids.len(), words::fingerprint(ids.iter().copied()))
            }
        }
    }
}

/// The table `[unseen]` as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawUnseen {
    share: Option<Spanned<f64>>,
    seed: Option<Spanned<i64>>,
    column: Option<Spanned<String>>,
    ids: Option<Vec<Spanned<String>>>,
}
