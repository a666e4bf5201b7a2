//! The same words in several articles, or twice in one, become one statement with several sources.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::extract::day::DayBasis;
use crate::extract::proposal::Proposal;
use crate::extract::wording::{FEWEST_ALIKE, Wordings, words};
use crate::statement::{Kind, Statement};

/// With fewer words than this, they are too common to be looked for within longer ones.
const FEWEST_WORDS: usize = 5;
/// With fewer words than this, they are too common to be one utterance, even if they are the whole text.
pub const FEWEST_IN_ALL: usize = 3;
/// Wordings are compared if they share a run of so many words.
const FEWEST_SHARED: usize = FEWEST_WORDS;
/// Only so many runs of a text are looked up.
const MOST_RUNS: usize = 300;
/// If more proposals than this share a run of words, they are not compared.
const MOST_ALIKE: usize = 32;
/// The same words this many days apart, or more, were said twice.
pub const DAYS_APART: i64 = 15;

/// A run of this many words by one speaker.
type Run<'w> = (&'w str, &'w [String]);

/// What a day is based on, and the day. The more reliable comes first.
type Day = (DayBasis, NaiveDate);

/// A proposal with the number of its article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sourced {
    /// The number of the article.
    pub article: usize,
    /// What was said.
    pub proposal: Proposal,
    /// The numbers of other articles that have the same words, each once.
    pub also: Vec<usize>,
    /// Other wordings of the same words, each with the number of its article.
    pub variants: Vec<(usize, String)>,
    /// The ids of statements in the corpus that have nearly the same words.
    pub near: Vec<String>,
    /// The ids of statements in the corpus whose words are part of these.
    pub longer_than: Vec<String>,
}

impl Sourced {
    /// A proposal from an article, not yet compared with others.
    pub fn new(article: usize, proposal: Proposal) -> Sourced {
        Sourced { article, proposal, also: Vec::new(), variants: Vec::new(), near: Vec::new(), longer_than: Vec::new() }
    }
}

/// A statement that is already in the corpus, with what is needed to find repetitions.
#[derive(Debug, Clone)]
pub struct There<'c> {
    /// The statement.
    pub statement: &'c Statement,
    /// The name under which texts have its words.
    pub speaker: String,
    /// What its day is based on.
    pub date_basis: DayBasis,
}

/// What is compared for some words.
struct Words<'w> {
    speaker: &'w str,
    kind: Kind,
    day: Day,
    words: Vec<String>,
    text: &'w str,
}

/// Merges proposals with the same words: the longest form stays, with the most reliable day of all, and
/// the others are listed as further sources. What stays keeps its order. Words that are already `there`
/// are left out. A longer form of such words stays, and names the statement.
///
/// Other wordings of the same words are merged with those of the same run, and kept as variants. None is left out
/// because of a statement that is `there`: it stays, and names that statement.
pub fn merge(proposals: Vec<Sourced>, there: &[There<'_>], wordings: &Wordings) -> Vec<Sourced> {
    let proposed = proposals.iter().map(|Sourced { proposal, .. }| Words {
        speaker: &proposal.speaker,
        kind: proposal.kind,
        day: (proposal.date_basis, proposal.date),
        words: words(&proposal.text),
        text: &proposal.text,
    });
    let existing = there.iter().map(|There { statement, speaker, date_basis }| Words {
        speaker,
        kind: statement.kind,
        day: (*date_basis, statement.date.written),
        words: words(&statement.text),
        text: &statement.text,
    });
    // Existing statements come first, so that they stay if the words are the same.
    let count = there.len();
    let all: Vec<Words<'_>> = existing.chain(proposed).collect();
    let Merged { into, near } = same(&all, count, wordings);
    let mut merged: Vec<Option<Sourced>> = proposals.into_iter().map(Some).collect();
    for place in 0..merged.len() {
        let kept = into[count + place].checked_sub(count);
        let other = merged[place].take_if(|_| kept != Some(place));
        if let (Some(other), Some(Some(kept))) = (other, kept.map(|kept| &mut merged[kept])) {
            take_in(kept, other);
        }
    }
    for (place, existing) in there.iter().enumerate() {
        let longer = into[place].checked_sub(count).and_then(|kept| merged[kept].as_mut());
        if let Some(longer) = longer {
            take_over(longer, existing);
        }
    }
    for (place, existing) in near {
        if let Some(kept) = merged[place - count].as_mut() {
            kept.near.push(there[existing].statement.id.clone());
        }
    }
    merged.into_iter().flatten().collect()
}

/// What is merged into what.
struct Merged {
    /// For each, the longest that has the same words, or itself.
    into: Vec<usize>,
    /// Proposals, each with an existing statement that has nearly the same words.
    near: Vec<(usize, usize)>,
}

/// Adds a statement whose words are part of these, and uses its day if it is more reliable.
fn take_over(longer: &mut Sourced, There { statement, date_basis, .. }: &There<'_>) {
    let proposal = &mut longer.proposal;
    if (*date_basis, statement.date.written) < (proposal.date_basis, proposal.date) {
        proposal.date_words = (*date_basis != DayBasis::Publication).then(|| format!("as in {}", statement.id));
        (proposal.date, proposal.precision, proposal.date_basis) =
            (statement.date.written, statement.date.precision, *date_basis);
        proposal.within = None;
    }
    longer.longer_than.push(statement.id.clone());
}

/// Takes over what another article says about the same words.
fn take_in(kept: &mut Sourced, other: Sourced) {
    let day = |proposal: &Proposal| (proposal.date_basis, proposal.date);
    if day(&other.proposal) < day(&kept.proposal) {
        let Proposal { date, precision, within, date_basis, date_words, .. } = other.proposal;
        (kept.proposal.date_words, kept.proposal.within) = (date_words, within);
        (kept.proposal.date, kept.proposal.precision, kept.proposal.date_basis) = (date, precision, date_basis);
    }
    let (own, others) = (words(&kept.proposal.text), words(&other.proposal.text));
    if !own.windows(others.len().max(1)).any(|run| *run == others[..]) {
        kept.variants.push((other.article, other.proposal.text));
    }
    kept.variants.extend(other.variants);
    if other.article != kept.article && !kept.also.contains(&other.article) {
        kept.also.push(other.article);
    }
}

/// Merges what has the same words. The first `there` exist already.
fn same(all: &[Words<'_>], there: usize, wordings: &Wordings) -> Merged {
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by_key(|place| (std::cmp::Reverse(all[*place].words.len()), *place));
    // Where each run of words begins in what stays, by speaker.
    let mut runs: HashMap<Run<'_>, Vec<(usize, usize)>> = HashMap::new();
    let mut into: Vec<usize> = (0..all.len()).collect();
    // The most reliable day of what stays, including everything merged into it.
    let mut days: Vec<Day> = all.iter().map(|one| one.day).collect();
    let mut near: Vec<(usize, usize)> = Vec::new();
    for place in order {
        let one = &all[place];
        if one.words.len() < FEWEST_IN_ALL {
            continue;
        }
        // Words shorter than a run are looked for as a whole.
        let first = one.words.get(..FEWEST_WORDS).unwrap_or(&one.words);
        let longer = runs.get(&(one.speaker, first)).and_then(|found| {
            found.iter().find(|(other, at)| {
                all[*other].words[*at..].starts_with(&one.words)
                    && same_day(days[*other], one.day)
                    && all[*other].kind == one.kind
            })
        });
        if let Some((other, _)) = longer {
            into[place] = *other;
            days[*other] = days[*other].min(one.day);
            continue;
        }
        if let Some(other) = alike(all, &runs, place, &days, wordings) {
            if place >= there && other >= there {
                into[place] = other;
                days[other] = days[other].min(one.day);
                continue;
            }
            if place.min(other) < there && place.max(other) >= there {
                near.push((place.max(other), place.min(other)));
            }
        }
        for (at, run) in one.words.windows(first.len()).enumerate() {
            let known = runs.entry((one.speaker, run)).or_default();
            if known.len() < MOST_ALIKE {
                known.push((place, at));
            }
        }
    }
    Merged { into, near }
}

/// What has nearly the same words, among what shares a run of words with them.
fn alike(
    all: &[Words<'_>],
    runs: &HashMap<Run<'_>, Vec<(usize, usize)>>,
    place: usize,
    days: &[Day],
    wordings: &Wordings,
) -> Option<usize> {
    let one = &all[place];
    if one.words.len() < FEWEST_ALIKE || one.kind != Kind::Direct {
        return None;
    }
    let mut near: Vec<usize> = Vec::new();
    for run in one.words.windows(FEWEST_SHARED).take(MOST_RUNS) {
        for (other, _) in runs.get(&(one.speaker, run)).into_iter().flatten() {
            if !near.contains(other) && near.len() < MOST_ALIKE {
                near.push(*other);
            }
        }
    }
    near.into_iter().find(|other| {
        let longer = &all[*other];
        let fits = longer.kind == one.kind && same_day(days[*other], one.day);
        fits && (wordings.is_near(longer.text, one.text) || wordings.is_near(one.text, longer.text))
    })
}

/// Whether two texts may be about words said on one day: they give the same day, or one gives only its
/// day of publication, on or before which the words were said. A day that other words give may be one day off,
/// since it is another day elsewhere on Earth.
fn same_day(a: Day, b: Day) -> bool {
    let bounded = |(basis, day): Day, (_, other): Day| basis == DayBasis::Publication && other <= day;
    let apart = (a.1 - b.1).num_days().abs();
    let unsure = a.0 == DayBasis::Carried || b.0 == DayBasis::Carried;
    apart < DAYS_APART && (apart == 0 || apart == 1 && unsure || bounded(a, b) || bounded(b, a))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::date::Precision;
    use crate::extract::language::Language;
    use crate::extract::speech::Confidence;
    use crate::statement::Statements;

    fn said(article: usize, text: &str, day: &str, date_basis: DayBasis) -> Sourced {
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
        Sourced::new(article, proposal)
    }

    fn english() -> Wordings {
        Wordings::of([&Language::english().wording])
    }

    fn merge_all(proposals: Vec<Sourced>) -> Vec<Sourced> {
        merge(proposals, &[], &english())
    }

    #[test]
    fn the_longest_form_stays_with_the_surest_day() {
        let merged = merge_all(vec![
            said(0, "We will build the bridge", "2025-03-05", DayBasis::Verb),
            said(1, "Listen: we will build the bridge, and soon.", "2025-03-06", DayBasis::Publication),
            said(2, "WE WILL BUILD THE BRIDGE", "2025-03-06", DayBasis::Publication),
            said(2, "Something else was said by her", "2025-03-06", DayBasis::Publication),
            said(2, "Keep your word", "2025-03-06", DayBasis::Publication),
            said(3, "keep your word.", "2025-03-06", DayBasis::Publication),
        ]);
        assert_eq!(merged.len(), 3);
        assert!(merged[0].proposal.text.starts_with("Listen"));
        assert_eq!((merged[0].article, &merged[0].also), (1, &vec![0, 2]));
        assert_eq!(merged[0].proposal.date.to_string(), "2025-03-05");
    }

    #[test]
    fn what_is_there_already_is_left_out_and_a_longer_form_names_it() {
        let file = "id,date,speaker,text\na,2025-03-05,Ada Holm,We will build the bridge\n";
        let statements = Statements::parse(Path::new("s.csv"), file, &mut Vec::new()).unwrap();
        let there: Vec<There<'_>> = statements
            .rows
            .iter()
            .map(|statement| There { statement, speaker: statement.speaker.clone(), date_basis: DayBasis::Verb })
            .collect();
        let proposals = vec![
            said(0, "Listen: we will build the bridge, and soon.", "2025-03-06", DayBasis::Publication),
            said(1, "We will build the bridge", "2025-03-06", DayBasis::Publication),
            said(1, "We WILL build the bridge!", "2025-03-05", DayBasis::Verb),
            said(1, "We will build the bridge", "2025-06-06", DayBasis::Verb),
        ];
        let merged = merge(proposals, &there, &english());
        let told: Vec<_> =
            merged.iter().map(|one| (one.proposal.date.to_string(), one.longer_than.join(" "))).collect();
        assert_eq!(told, [("2025-03-05".to_owned(), "a".to_owned()), ("2025-06-06".to_owned(), String::new())]);
    }

    #[test]
    fn other_wordings_of_the_same_words_are_one_statement_and_shown() {
        let long = "We are going to build the new tram line to the valley before the winter comes.";
        let short = "We are gonna build the new tram line to the valley before winter comes";
        let turned = "We are not going to build the new tram line to the valley before the winter comes.";
        let merged = merge_all(vec![
            said(0, short, "2025-03-05", DayBasis::Publication),
            said(1, long, "2025-03-05", DayBasis::Verb),
            said(2, turned, "2025-03-05", DayBasis::Verb),
        ]);
        let told: Vec<_> = merged.iter().map(|one| (one.article, one.variants.len(), one.also.clone())).collect();
        assert_eq!(told, [(1, 1, vec![0]), (2, 0, vec![])]);
        assert_eq!(merged[0].variants[0], (0, short.to_owned()));
    }

    #[test]
    fn another_wording_of_what_is_there_is_added_and_names_it() {
        let file = "id,date,speaker,text\na,2025-03-05,Ada Holm,We are gonna build the new tram line before winter\n";
        let statements = Statements::parse(Path::new("s.csv"), file, &mut Vec::new()).unwrap();
        let statement = &statements.rows[0];
        let there = [There { statement, speaker: statement.speaker.clone(), date_basis: DayBasis::Verb }];
        let text = "We are going to build the new tram line before the winter";
        let merged = merge(vec![said(0, text, "2025-03-05", DayBasis::Verb)], &there, &english());
        assert_eq!((merged.len(), &merged[0].near), (1, &vec!["a".to_owned()]));
    }

    #[test]
    fn a_text_without_a_day_is_no_bridge_between_two_days() {
        let merged = merge_all(vec![
            said(0, "We will build the new bridge.", "2025-03-04", DayBasis::Verb),
            said(1, "We will build the new bridge.", "2025-03-05", DayBasis::Verb),
            said(2, "Listen, we will build the new bridge.", "2025-03-06", DayBasis::Publication),
        ]);
        let days: Vec<String> = merged.iter().map(|sourced| sourced.proposal.date.to_string()).collect();
        assert_eq!(days, ["2025-03-05", "2025-03-04"]);
    }

    #[test]
    fn short_words_and_words_said_again_later_stay_apart() {
        let merged = merge_all(vec![
            said(0, "No.", "2025-03-05", DayBasis::Verb),
            said(1, "No.", "2025-03-05", DayBasis::Verb),
            said(2, "We will build the bridge", "2025-03-05", DayBasis::Verb),
            said(3, "We will build the bridge", "2025-06-05", DayBasis::Verb),
            said(4, "We will build the bridge", "2025-03-07", DayBasis::Verb),
            said(5, "We will build the bridge", "2025-03-04", DayBasis::Publication),
        ]);
        // The last was published before all the other days, so it is about none of them.
        assert_eq!(merged.len(), 6);
    }
}
