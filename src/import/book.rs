//! The codebook that an import begins or adds to: issues from columns, levels from what was seen.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::codebook::Position;
use crate::import::harvest::FoundIssue;
use crate::import::scale;
use crate::import::settings::toml_text;
use crate::words::listed;

/// The text of a codebook that holds these issues.
pub fn begun(issues: &[&FoundIssue]) -> String {
    let names: Vec<&str> = issues.iter().map(|issue| issue.name.as_str()).collect();
    let title = match names.len() {
        0..=3 => format!("Statements on {}", listed(names.into_iter())),
        count => format!("Statements on {count} issues"),
    };
    let ends = issues.first().map(|issue| levels(issue)).unwrap_or_default();
    let worded = issues.first().is_some_and(|issue| !issue.words.is_empty());
    let end = |level: Option<&(Position, String)>, otherwise: &str| match level {
        Some((_, words)) if worded => words.to_lowercase(),
        _ => otherwise.to_owned(),
    };
    let mut text = format!(
        "# The codebook: what positions are about, and what each level of a scale means.\n\
         # `stance import` began it from a sheet. Put your own words in it; the words of levels stand on the axis of charts.\n\n\
         title = {}\n\
         low   = {}        # what the low end of every scale means\n\
         high  = {}        # what the high end means\n",
        toml_text(&title),
        toml_text(&end(ends.first(), "lower numbers")),
        toml_text(&end(ends.last(), "higher numbers")),
    );
    issues.iter().for_each(|issue| text += &entry(issue));
    text
}

/// An issue as it stands in a codebook.
pub fn entry(issue: &FoundIssue) -> String {
    let mut text = format!(
        "\n[[issue]]\nid = {}\nname = {}\nquestion = {}        # what a position on it answers\n",
        toml_text(&issue.id),
        toml_text(&issue.name),
        toml_text(&issue.question)
    );
    for (position, words) in levels(issue).into_iter().rev() {
        let _ = write!(
            text,
            "\n[[issue.level]]\nposition = {}\nwords = {}\ndefinition = \"\"      # what a statement must say to get it\n",
            position.0,
            toml_text(&words)
        );
    }
    text
}

/// The levels of an issue with their words, lowest first.
fn levels(issue: &FoundIssue) -> Vec<(Position, String)> {
    // `For` and `FOR` are one level. It is called as most cells call it.
    let mut words: BTreeMap<Position, &str> = BTreeMap::new();
    let mut counts: BTreeMap<Position, usize> = BTreeMap::new();
    for (text, (position, count)) in &issue.words {
        if counts.get(position).is_none_or(|most| count > most) {
            words.insert(*position, text);
            counts.insert(*position, *count);
        }
    }
    // Numbers have others between them. Words have only each other.
    let only_words = !issue.words.is_empty() && issue.seen.iter().all(|position| words.contains_key(position));
    let mut scale = scale::whole_scale(&issue.seen, only_words);
    if scale.len() < 2 {
        let seen = issue.seen.iter().copied().chain([Position(1), Position(2)]).collect();
        scale = scale::whole_scale(&seen, false);
    }
    let signed = scale.iter().any(|position| position.0 < 0);
    // As it is printed: `−1` and `+1`, or `1` to `5`.
    let number = |position: &Position| match signed {
        true => position.to_string().replace('-', "\u{2212}"),
        false => position.0.to_string(),
    };
    let words_of =
        |position: &Position| words.get(position).map_or_else(|| number(position), |words| (*words).to_owned());
    scale.into_iter().map(|position| (position, words_of(&position))).collect()
}
