//! The same words in several articles, or twice in one, are one statement with several sources.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::extract::day::Basis;
use crate::extract::proposal::Proposal;

/// Words fewer than these are too common to be found again within longer ones.
const FEWEST_WORDS: usize = 5;
/// Words fewer than these are too common to be taken for the same words said once, even where they are all.
const FEWEST_IN_ALL: usize = 3;
/// More proposals that share a run of words than these are not compared.
const MOST_ALIKE: usize = 32;
/// The same words said this many days apart or more were said twice.
const DAYS_APART: i64 = 15;

/// So many words in a row of one speaker's.
type Run<'w> = (&'w str, &'w [String]);

/// What a day was taken from, and the day; the surer comes first.
type Day = (Basis, NaiveDate);

/// A proposal and the article that it stands in, by the article's number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sourced {
    /// The number of the article.
    pub article: usize,
    /// What was said.
    pub proposal: Proposal,
    /// The numbers of other articles that have the same words, each once.
    pub also: Vec<usize>,
}

/// Merges proposals of the same words: the longest form stays, with the surest day of all, and the others are
/// named as further sources. What stays is in the order in which it came.
pub fn merge(proposals: Vec<Sourced>) -> Vec<Sourced> {
    let words: Vec<Vec<String>> = proposals.iter().map(|sourced| words(&sourced.proposal.text)).collect();
    let mut order: Vec<usize> = (0..proposals.len()).collect();
    order.sort_by_key(|place| (std::cmp::Reverse(words[*place].len()), *place));
    // Where each run of so many words of what stays begins, by speaker.
    let mut runs: HashMap<Run<'_>, Vec<(usize, usize)>> = HashMap::new();
    let mut into: Vec<usize> = (0..proposals.len()).collect();
    // The surest day of what stays, which is that of all that was merged into it.
    let mut days: Vec<Day> = proposals.iter().map(|s| (s.proposal.date_basis, s.proposal.date)).collect();
    let own_days = days.clone();
    for place in order {
        let (own, proposal) = (&words[place], &proposals[place].proposal);
        if own.len() < FEWEST_IN_ALL {
            continue;
        }
        // What is shorter than a run is looked for as a whole.
        let first = own.get(..FEWEST_WORDS).unwrap_or(own);
        let same = runs.get(&(proposal.speaker.as_str(), first)).and_then(|found| {
            found.iter().find(|(other, at)| {
                words[*other][*at..].starts_with(own)
                    && same_day(days[*other], own_days[place])
                    && proposals[*other].proposal.kind == proposal.kind
            })
        });
        match same {
            Some((other, _)) => {
                into[place] = *other;
                days[*other] = days[*other].min(own_days[place]);
            }
            None => {
                for (at, run) in own.windows(first.len()).enumerate() {
                    let known = runs.entry((proposal.speaker.as_str(), run)).or_default();
                    if known.len() < MOST_ALIKE {
                        known.push((place, at));
                    }
                }
            }
        }
    }
    let mut merged: Vec<Option<Sourced>> = proposals.into_iter().map(Some).collect();
    for place in 0..merged.len() {
        let kept = into[place];
        if kept == place {
            continue;
        }
        let Some(other) = merged[place].take() else { continue };
        if let Some(kept) = &mut merged[kept] {
            if own_days[place] < (kept.proposal.date_basis, kept.proposal.date) {
                let Proposal { date, precision, within, date_basis, date_words, .. } = other.proposal;
                (kept.proposal.date_words, kept.proposal.within) = (date_words, within);
                (kept.proposal.date, kept.proposal.precision, kept.proposal.date_basis) = (date, precision, date_basis);
            }
            if other.article != kept.article && !kept.also.contains(&other.article) {
                kept.also.push(other.article);
            }
        }
    }
    merged.into_iter().flatten().collect()
}

/// Whether two texts may tell of words said on one day: they give the same day, or one gives only that of its
/// publication, at or before which they were said.
fn same_day(a: Day, b: Day) -> bool {
    let bounded = |(basis, day): Day, (_, other): Day| basis == Basis::Publication && other <= day;
    (a.1 - b.1).num_days().abs() < DAYS_APART && (a.1 == b.1 || bounded(a, b) || bounded(b, a))
}

/// The words of a text in small letters, without marks.
fn words(text: &str) -> Vec<String> {
    let bare =
        |word: &str| -> String { word.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase() };
    text.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::Precision;
    use crate::extract::speech::Confidence;
    use crate::statement::Kind;

    fn said(article: usize, text: &str, day: &str, date_basis: Basis) -> Sourced {
        let proposal = Proposal {
            text: text.to_owned(),
            kind: Kind::Direct,
            speaker: "Ada Holm".to_owned(),
            role: None,
            confidence: Confidence::High,
            runner_up: None,
            date: day.parse().unwrap(),
            precision: Precision::Day,
            within: None,
            date_basis,
            date_words: None,
            venue: None,
            passage: 0..0,
            spans: Vec::new(),
        };
        Sourced { article, proposal, also: Vec::new() }
    }

    #[test]
    fn the_longest_form_stays_with_the_surest_day() {
        let merged = merge(vec![
            said(0, "We will build the bridge", "2025-03-05", Basis::Verb),
            said(1, "Listen: we will build the bridge, and soon.", "2025-03-06", Basis::Publication),
            said(2, "WE WILL BUILD THE BRIDGE", "2025-03-06", Basis::Publication),
            said(2, "Something else was said by her", "2025-03-06", Basis::Publication),
            said(2, "Keep your word", "2025-03-06", Basis::Publication),
            said(3, "keep your word.", "2025-03-06", Basis::Publication),
        ]);
        assert_eq!(merged.len(), 3);
        assert!(merged[0].proposal.text.starts_with("Listen"));
        assert_eq!((merged[0].article, &merged[0].also), (1, &vec![0, 2]));
        assert_eq!(merged[0].proposal.date.to_string(), "2025-03-05");
    }

    #[test]
    fn a_text_without_a_day_is_no_bridge_between_two_days() {
        let merged = merge(vec![
            said(0, "We will build the new bridge.", "2025-03-04", Basis::Verb),
            said(1, "We will build the new bridge.", "2025-03-05", Basis::Verb),
            said(2, "Listen, we will build the new bridge.", "2025-03-06", Basis::Publication),
        ]);
        let days: Vec<String> = merged.iter().map(|sourced| sourced.proposal.date.to_string()).collect();
        assert_eq!(days, ["2025-03-05", "2025-03-04"]);
    }

    #[test]
    fn short_words_and_words_said_again_later_stay_apart() {
        let merged = merge(vec![
            said(0, "No.", "2025-03-05", Basis::Verb),
            said(1, "No.", "2025-03-05", Basis::Verb),
            said(2, "We will build the bridge", "2025-03-05", Basis::Verb),
            said(3, "We will build the bridge", "2025-06-05", Basis::Verb),
            said(4, "We will build the bridge", "2025-03-07", Basis::Verb),
            said(5, "We will build the bridge", "2025-03-04", Basis::Publication),
        ]);
        // The last was published before the third was said, and may tell of neither of the others.
        assert_eq!(merged.len(), 6);
    }
}
