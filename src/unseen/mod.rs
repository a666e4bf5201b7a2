//! Statements that are kept from whoever writes the rules, so that the rules can be measured on words that their
//! author has not seen.
//!
//! The codebook says which: a column, a list of ids, or a share of all statements. A share is drawn by speaker and
//! day. A day is kept whole, because what a speaker says on one day resembles itself, and is often the same sentence
//! twice.
//!
//! **No statement ever changes sides.** A statement that was seen must not become unseen when others are added, or the
//! first contact would not be one. A draw that remembers nothing and never changes can only look at the statement
//! itself, so it cannot count what else there is: strata of an exact size are impossible. Instead, each speaker begins
//! at a place between 0 and 1 that depends on the seed and the name, and each day is one golden section further, round
//! and round (Weyl 1916). A day is unseen if its place is below the share. Each day has the same chance, and of any run
//! of days, such as a month, the share is unseen as exactly as whole days allow. The issue has no part in it: it is
//! known only once a statement is labelled, and a label must not change the draw either.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use crate::codebook::{Codebook, IssueIndex, Position, SetAside};
use crate::error::Problem;
use crate::file::corpus_files::STATEMENTS;
use crate::file::document::Document;
use crate::label::{HandDecision, HandDecisions};
use crate::statement::{COLUMNS, Statement, Statements, Verified};
use crate::unseen::looks::Looks;
use crate::words::{self, guess_before, listed, many};

pub mod looks;
pub mod given_away;

/// The golden section of all 64-bit numbers.
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;
/// How many unknown ids get a suggestion.
const MOST_GUESSES: usize = 20;

/// Marks the statements that the codebook sets aside. Every fault is added to `problems`; then only some may be marked.
pub fn set_aside(statements: &mut Statements, codebook: &Codebook, document: &Document, problems: &mut Vec<Problem>) {
    let Some(how) = &codebook.unseen else { return };
    match how.get_ref() {
        SetAside::Share { below, seed, .. } => {
            for statement in &mut statements.rows {
                statement.unseen = is_drawn(&statement.speaker, statement.date.written, *seed, *below);
            }
        }
        SetAside::Column(column) => match statements.carried.iter().position(|other| other == column) {
            Some(place) => by_column(statements, place, column, problems, document),
            None => {
                let what = if COLUMNS.known.contains(&column.as_str()) {
                    format!("the column `{column}` of statements.csv has another meaning")
                } else {
                    format!("statements.csv has no column `{column}`")
                };
                let hint = "add the column, with `yes` for each statement to set aside";
                let hint = guess_before(hint, column, statements.carried.iter().map(String::as_str));
                problems.push(document.fault(how.span(), what, hint));
            }
        },
        SetAside::Ids(ids) => {
            let mut unknown = 0;
            for id in ids {
                match statements.find(id.get_ref()) {
                    Some(place) => statements.rows[place].unseen = true,
                    None if statements.may_have(id.get_ref()) => {}
                    None => {
                        unknown += 1;
                        let what = format!("there is no statement with the id `{}`", id.get_ref());
                        let known = statements.rows.iter().map(|statement| statement.id.as_str());
                        let known = known.filter(|_| unknown <= MOST_GUESSES);
                        let hint = guess_before("see the column id of statements.csv", id.get_ref(), known);
                        problems.push(document.fault(id.span(), what, hint));
                    }
                }
            }
        }
    }
}

/// Whether what a speaker says on a day is set aside, if the share `below / 2^64` is.
fn is_drawn(speaker: &str, day: NaiveDate, seed: u64, below: u64) -> bool {
    let begin = scattered(words::hash(seed.to_le_bytes().into_iter().chain(speaker.bytes())));
    let day = u64::from(day.num_days_from_ce().unsigned_abs());
    begin.wrapping_add(day.wrapping_mul(GOLDEN)) < below
}

/// Spreads the bits of a number evenly over all 64: the last step of SplitMix64 (Steele, Lea and Flood 2014). Names
/// that differ in one letter then have unrelated numbers.
pub fn scattered(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

fn by_column(
    statements: &mut Statements,
    place: usize,
    column: &str,
    problems: &mut Vec<Problem>,
    document: &Document,
) {
    let mut strange: BTreeMap<String, (usize, String)> = BTreeMap::new();
    for statement in &mut statements.rows {
        match statement.carried.get(place).map_or("", String::as_str) {
            "yes" => statement.unseen = true,
            "no" | "" => {}
            other => strange.entry(other.to_owned()).or_insert((0, statement.id.clone())).0 += 1,
        }
    }
    for (word, (count, first)) in strange {
        let what = format!("`{word}` in the column `{column}` is neither `yes` nor `no`");
        let what = format!("{what}: {}, the first `{first}`", many(count, "statement"));
        let path = document.path.with_file_name(STATEMENTS);
        let at = statements.find(&first).map(|first| statements.rows[first].place);
        problems.push(Problem::fault(&path, at, what, "write `yes` to set a statement aside, `no` if not"));
    }
}

/// Warns if statements are set aside that anyone could read when the figures were looked at.
pub fn check_looks(
    statements: &Statements,
    codebook: &Codebook,
    document: &Document,
    looks: &Looks,
    problems: &mut Vec<Problem>,
) {
    let Some(how) = &codebook.unseen else { return };
    let readable = looks.readable();
    let once = |statement: &&Statement| statement.unseen && looks::is_among(&readable, &statement.id);
    let ids: Vec<&str> = statements.rows.iter().filter(once).map(|statement| statement.id.as_str()).collect();
    let (Some(first), count) = (ids.first(), ids.len()) else { return };
    let (are, them) = if count == 1 { ("is", "it") } else { ("are", "them") };
    let what = format!(
        "{} {are} set aside that could be read at an earlier look, so no first contact counts {them}: {}",
        many(count, "statement"),
        if count == 1 { format!("`{first}`") } else { format!("the first is `{first}`") }
    );
    problems.push(document.warning(how.span(), what, "set aside statements that came later"));
}

/// Warns if the part that is set aside, or the other part, has no statement where coders gave a position.
pub fn check(
    statements: &Statements,
    codebook: &Codebook,
    document: &Document,
    hands: &HandDecisions,
    problems: &mut Vec<Problem>,
) {
    let Some(how) = &codebook.unseen else { return };
    let mut warn = |what: String, hint: &str| problems.push(document.warning(how.span(), what, hint));
    let counted = |statement: &&Statement| statement.verified != Verified::Rejected;
    let unseen = statements.rows.iter().filter(counted).filter(|statement| statement.unseen).count();
    let seen = statements.rows.iter().filter(counted).count() - unseen;
    if unseen == 0 || seen == 0 {
        let (what, hint) = match unseen {
            0 => (
                "no statement is set aside",
                "set more aside; a share is drawn by speaker and day, whole days at a time",
            ),
            _ => ("every statement is set aside, so there is none to write rules from", "set fewer aside"),
        };
        return warn(what.to_owned(), hint);
    }
    // For each level that coders gave: how many statements may be seen, and how many not.
    let mut given: BTreeMap<(IssueIndex, Position), [usize; 2]> = BTreeMap::new();
    for ((statement, issue), decision) in hands {
        if let HandDecision::Settled { position: Some(position), .. } = decision {
            let statement = &statements.rows[*statement];
            if counted(&statement) {
                given.entry((*issue, *position)).or_default()[usize::from(statement.unseen)] += 1;
            }
        }
    }
    for issue in codebook.indices() {
        let levels = codebook.issue(issue).levels.iter().rev();
        let without = |part: usize| -> Vec<String> {
            let lacking = |position| given.get(&(issue, position)).is_some_and(|counts| counts[part] == 0);
            let levels = levels.clone().filter(|level| lacking(level.position));
            levels.map(|level| format!("{} {}", level.position, level.words)).collect()
        };
        let (no_seen, no_unseen) = (without(0), without(1));
        let id = &codebook.issue(issue).id;
        if !no_unseen.is_empty() {
            let what = format!(
                "how the rules do at {} of `{id}` cannot be known: no statement there is set aside",
                listed(no_unseen.iter().map(String::as_str))
            );
            warn(what, "label more of the statements that are set aside, or set more aside");
        }
        if !no_seen.is_empty() {
            let what = format!(
                "every statement that coders put at {} of `{id}` is set aside, so there is none to write rules from",
                listed(no_seen.iter().map(String::as_str))
            );
            warn(what, "label more of the other statements, or set fewer aside");
        }
    }
}

#[cfg(test)]
mod test {
    use proptest::prelude::*;

    use super::*;

    fn below(share: f64) -> u64 {
        (share * 18_446_744_073_709_551_616.0) as u64
    }

    fn day(number: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2020, 1, 1).unwrap() + chrono::Days::new(u64::from(number))
    }

    proptest! {
        /// In any run of days, the part that is set aside differs from the share by less than 3 days.
        #[test]
        fn every_month_of_every_speaker_has_its_share(
            speaker in "\\PC{1,12}", seed in any::<u64>(), first in 0u32..5_000, length in 1u32..400, share in 0.05f64..0.95,
        ) {
            let days = (first..first + length).filter(|&n| is_drawn(&speaker, day(n), seed, below(share))).count();
            prop_assert!((days as f64 - share * f64::from(length)).abs() < 3.0, "{days} of {length} at {share}");
        }

        /// More is set aside by adding: whatever a small share has, a larger one has too.
        #[test]
        fn a_larger_share_keeps_the_smaller(speaker in "\\PC{1,12}", seed in any::<u64>(), n in 0u32..5_000) {
            prop_assert!(!is_drawn(&speaker, day(n), seed, below(0.2)) || is_drawn(&speaker, day(n), seed, below(0.3)));
        }
    }

    /// Speakers begin at unrelated places, also if their names differ in one letter: the number of speakers of whom a
    /// day is set aside is within 4 standard errors of the share.
    #[test]
    fn speakers_are_drawn_apart() {
        let drawn = (0..10_000).filter(|n| is_drawn(&format!("Member {n}"), day(7), 2025, below(0.3))).count();
        assert!(drawn.abs_diff(3_000) < 184, "{drawn}");
    }
}
