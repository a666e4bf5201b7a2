//! Proposals as rows of a statements file, for a person to confirm.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use crate::date;
use crate::extract::merge::Sourced;
use crate::extract::proposal::Proposal;
use crate::extract::wording::difference;
use crate::statement::DAY_CONFIDENCE;
use crate::words;

/// The columns, in order: the columns of a statements file, then what a person needs to confirm a row.
pub const COLUMNS: [&str; 23] = [
    "id",
    "date",
    "date_precision",
    "speaker",
    "role",
    "venue",
    "kind",
    "text",
    "source_publisher",
    "source_title",
    "source_url",
    "source_date",
    "notes",
    "verified",
    "confidence",
    "runner_up",
    DAY_CONFIDENCE,
    "date_from",
    "file",
    "start",
    "end",
    "spans",
    "also_in",
];

/// The value of `date_from` for a day that is only the day of publication.
pub const PUBLICATION: &str = "publication";
/// The value of a cell about certainty after a person has fixed the row.
pub const REVIEW: &str = "review";
/// The beginning of the note about words whose day and month are not known.
pub const WITHIN: &str = "said between";
/// The beginning of the note that lists rows whose words are part of a longer form.
pub const LONGER: &str = "has the words of";

/// The beginning of the note that lists rows with nearly the same words.
pub const NEAR: &str = "nearly the words of";

/// The beginning of a note with what differs in another text.
pub const VARIANT: &str = "other wording in";

/// How much of another wording is in the notes, in characters.
const MOST_OF_VARIANT: usize = 200;

/// The source of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleOrigin {
    /// The file, as the user wrote it.
    pub file: String,
    /// Who published it.
    pub publisher: String,
    /// Its headline.
    pub title: String,
    /// Its address.
    pub url: String,
    /// The day of publication.
    pub published: NaiveDate,
}

/// Writes proposals as rows of [`COLUMNS`]. Their ids differ from each other and from `taken`.
pub fn rows(proposals: &[Sourced], articles: &[ArticleOrigin], taken: &HashSet<String>) -> Vec<Vec<String>> {
    let mut ids = Ids { taken: taken.clone(), next: HashMap::new() };
    proposals.iter().map(|sourced| row(sourced, articles, &mut ids)).collect()
}

/// The ids that are taken, each with the number to try next.
struct Ids {
    taken: HashSet<String>,
    next: HashMap<String, usize>,
}

impl Ids {
    /// A free id: the wanted one, or the wanted one with a number.
    fn free(&mut self, wanted: String) -> String {
        let mut id = wanted.clone();
        while !self.taken.insert(id.clone()) {
            let number = self.next.entry(wanted.clone()).or_insert(1);
            *number += 1;
            id = format!("{wanted}-{number}");
        }
        id
    }
}

fn row(sourced: &Sourced, articles: &[ArticleOrigin], ids: &mut Ids) -> Vec<String> {
    let Sourced { article, proposal, also, variants, near, longer_than } = sourced;
    let origin = &articles[*article];
    let spans = match proposal.spans.as_slice() {
        [span] if *span == proposal.passage => String::new(),
        several => several.iter().map(|span| format!("{}-{}", span.start, span.end)).collect::<Vec<_>>().join(" "),
    };
    let others: Vec<&str> = also.iter().map(|other| articles[*other].file.as_str()).collect();
    let within = proposal.within.map(|(from, to)| format!("{WITHIN} {from} and {to}"));
    let other = |(other, text): &(usize, String)| {
        let words = words::shortened(&difference(&proposal.text, text), MOST_OF_VARIANT);
        format!("{VARIANT} {}: {}", articles[*other].file, words.replace(';', ","))
    };
    let list = |what: &str, ids: &[String]| (!ids.is_empty()).then(|| format!("{what} {}", ids.join(", ")));
    let notes =
        within.into_iter().chain(variants.iter().map(other)).chain(list(NEAR, near)).chain(list(LONGER, longer_than));
    let cells = [
        ids.free(id(proposal)),
        proposal.date.to_string(),
        proposal.precision.word().to_owned(),
        proposal.speaker.clone(),
        proposal.role.clone().unwrap_or_default(),
        proposal.venue.clone().unwrap_or_default(),
        proposal.kind.word().to_owned(),
        proposal.text.clone(),
        origin.publisher.clone(),
        origin.title.clone(),
        origin.url.clone(),
        origin.published.to_string(),
        notes.collect::<Vec<String>>().join("; "),
        "no".to_owned(),
        proposal.confidence_word().to_owned(),
        proposal.runner_up.clone().unwrap_or_default(),
        proposal.date_basis.confidence_word().to_owned(),
        proposal.date_words.clone().unwrap_or_else(|| PUBLICATION.to_owned()),
        origin.file.clone(),
        proposal.passage.start.to_string(),
        proposal.passage.end.to_string(),
        spans,
        others.join("; "),
    ];
    cells.to_vec()
}

/// Whether a note is as an extraction writes it, and says nothing of a person's.
pub fn is_own_note(note: &str) -> bool {
    is_within(note) || [LONGER, NEAR, VARIANT].iter().any(|start| note.starts_with(start))
}

/// Whether a note gives the days between which something was said, and nothing else.
pub fn is_within(note: &str) -> bool {
    let days = note.strip_prefix(WITHIN).and_then(|rest| rest.trim().split_once(" and "));
    days.is_some_and(|(from, to)| date::parse_day(from).is_ok() && date::parse_day(to).is_ok())
}

/// An id for a statement: the speaker's last name, the day, and some of the words.
fn id(proposal: &Proposal) -> String {
    const WORDS: usize = 4;
    const LONGEST: usize = 60;
    let plain = |text: &str| -> Vec<String> {
        let letters: String = text.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
        letters.split_whitespace().map(str::to_owned).collect()
    };
    let name = plain(&proposal.speaker).pop().unwrap_or_else(|| "speaker".to_owned());
    let words: Vec<String> =
        plain(&proposal.text).into_iter().filter(|word| word.chars().count() > 2).take(WORDS).collect();
    let own: String = format!("{name}-{}-{}", proposal.date, words.join("-")).chars().take(LONGEST).collect();
    own.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::Precision;
    use crate::extract::day::DayBasis;
    use crate::extract::speech::Confidence;
    use crate::statement::Kind;

    #[test]
    fn rows_begin_with_the_columns_of_a_statements_file() {
        let known = crate::statement::COLUMNS.known;
        assert_eq!(COLUMNS[..known.len()], *known);
    }

    #[test]
    fn rows_have_unique_ids_and_say_where_words_are() {
        let proposal = Proposal {
            text: "We will build the bridge".to_owned(),
            kind: Kind::Direct,
            speaker: "Ada Holm".to_owned(),
            role: None,
            confidence: Confidence::Medium,
            runner_up: Some("Tom Berg".to_owned()),
            date: "2025-03-05".parse().unwrap(),
            precision: Precision::Day,
            within: None,
            date_basis: DayBasis::Verb,
            date_words: Some("on Wednesday".to_owned()),
            venue: None,
            passage: 3..30,
            spans: vec![3..9, 20..30],
        };
        let sourced = Sourced { also: vec![1], ..Sourced::new(0, proposal) };
        let origin = |file: &str| ArticleOrigin {
            file: file.to_owned(),
            publisher: String::new(),
            title: String::new(),
            url: String::new(),
            published: "2025-03-06".parse().unwrap(),
        };
        let taken = HashSet::from(["holm-2025-03-05-will-build-the-bridge".to_owned()]);
        let rows = rows(&[sourced.clone(), sourced], &[origin("a.txt"), origin("b.txt")], &taken);
        assert_eq!(rows[0].len(), COLUMNS.len());
        assert_eq!(
            (rows[0][0].as_str(), rows[1][0].as_str()),
            ("holm-2025-03-05-will-build-the-bridge-2", "holm-2025-03-05-will-build-the-bridge-3")
        );
        assert_eq!(rows[0][13..].join("|"), "no|medium|Tom Berg|stated|on Wednesday|a.txt|3|30|3-9 20-30|b.txt");
    }
}
