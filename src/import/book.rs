//! The codebook that an import begins or adds to: issues from columns, levels from what was seen.

use std::collections::BTreeMap;

use crate::codebook::{Position, begun_title};
use crate::import::harvest::{FoundIssue, NumbersFrom};
use crate::import::scale;
use crate::import::settings::toml_text;

/// The text of a codebook that holds these issues.
pub fn begun(issues: &[&FoundIssue]) -> String {
    let title = begun_title(issues.iter().map(|issue| issue.name.as_str()));
    let ends = issues.first().map(|issue| levels(issue)).unwrap_or_default();
    // `−1` says no more than "lower numbers".
    let worded = [ends.first(), ends.last()].iter().flatten().any(|(_, words)| words.chars().any(char::is_alphabetic));
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
    levels(issue).into_iter().rev().for_each(|(position, words)| text += &level(position, &words));
    text
}

/// The text of a codebook with more levels of an issue, behind those that the issue has. `None` if there is no such
/// place in it: a person may have written it in another way.
pub fn widened(text: &str, id: &str, levels: &BTreeMap<Position, String>) -> Option<String> {
    let mut at = 0;
    let lines: Vec<(usize, &str)> = text
        .split_inclusive('\n')
        .map(|line| {
            let from = at;
            at += line.len();
            (from, line.split('#').next().unwrap_or("").trim())
        })
        .collect();
    let is_issue = |nth: &usize| lines[*nth].1.replace(' ', "") == "[[issue]]";
    let named = format!("id={}", toml_text(id)).replace(' ', "");
    let issues: Vec<usize> = (0..lines.len()).filter(is_issue).collect();
    let end_of = |nth: usize| issues.iter().copied().find(|other| *other > nth).unwrap_or(lines.len());
    let from =
        issues.iter().copied().find(|nth| (*nth..end_of(*nth)).any(|line| lines[line].1.replace(' ', "") == named))?;
    let last = (from..end_of(from)).rev().find(|nth| lines[*nth].1.replace(' ', "") == "[[issue.level]]")?;
    // The level ends where the next table begins. Blank lines and comments before that belong to the table.
    let next = (last + 1..lines.len()).find(|nth| lines[*nth].1.starts_with('[')).unwrap_or(lines.len());
    let behind = (last..next).rev().find(|nth| !lines[*nth].1.is_empty()).map_or(next, |nth| nth + 1);
    let place = lines.get(behind).map_or(text.len(), |(from, _)| *from);
    let (before, after) = text.split_at(place);
    let line_end = if before.ends_with('\n') { "" } else { "\n" };
    let new: String = levels.iter().rev().map(|(position, words)| level(*position, words)).collect();
    Some(format!("{before}{line_end}{new}{after}"))
}

/// The text of a codebook with more coders, behind those in its table. `None` if there is no such place in it: a person may
/// have written it in another way. Whoever calls it reads the new text to be sure.
pub fn with_coders(text: &str, names: &[String]) -> Option<String> {
    let is_bare = |name: &str| name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    let key = |name: &String| if is_bare(name) { name.clone() } else { toml_text(name) };
    let mut at = 0;
    let lines: Vec<(usize, &str)> = text
        .split_inclusive('\n')
        .map(|line| {
            at += line.len();
            (at, line.trim())
        })
        .collect();
    let before_comment = |line: &str| line.split('#').next().unwrap_or("").replace(' ', "");
    if let Some(header) = lines.iter().position(|(_, line)| before_comment(line) == "[coders]") {
        let in_table = lines[header + 1..].iter().take_while(|(_, line)| !line.starts_with('['));
        // Blank lines and comments at the end belong to the next table.
        let last = in_table.filter(|(_, line)| !line.is_empty() && !line.starts_with('#')).last();
        let (before, after) = text.split_at(last.map_or(lines[header].0, |(end, _)| *end));
        let line_end = if before.ends_with('\n') { "" } else { "\n" };
        // As the lines beside them end, so that no program shows 2 kinds.
        let end = if before.ends_with("\r\n") { "\r\n" } else { "\n" };
        let new: String = names.iter().map(|name| format!("{} = \"\"        # who this is{end}", key(name))).collect();
        return Some(format!("{before}{line_end}{new}{after}"));
    }
    // `coders = { anna = "the editor" }`
    let line = lines.iter().position(|(_, line)| before_comment(line).starts_with("coders={"))?;
    let from = if line == 0 { 0 } else { lines[line - 1].0 };
    let close = from + text[from..lines[line].0].rfind('}')?;
    let before = text[..close].trim_end();
    let comma = if before.ends_with(['{', ',']) { " " } else { ", " };
    let new: Vec<String> = names.iter().map(|name| format!("{} = \"\"", key(name))).collect();
    Some(format!("{before}{comma}{} {}", new.join(", "), &text[close..]))
}

/// A level as it stands in a codebook.
fn level(position: Position, words: &str) -> String {
    format!(
        "\n[[issue.level]]\nposition = {}\nwords = {}\ndefinition = \"\"      # what a statement must say to get it\n",
        position.0,
        toml_text(words)
    )
}

/// How many levels an issue gets.
pub fn count(issue: &FoundIssue) -> usize {
    levels(issue).len()
}

/// Words as an axis shows them beside others: `Strongly Support` is `Strongly support` if other levels are written
/// otherwise. Only words of known answers are changed.
fn alike(words: &mut BTreeMap<Position, String>) {
    const BEFORE: [&str; 12] = [
        "strongly", "somewhat", "slightly", "very", "fully", "rather", "mostly", "partly", "mildly", "leans",
        "neither", "no",
    ];
    let first = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    let style = |text: &String| {
        let capitals = text.split_whitespace().map(first).collect::<Vec<bool>>();
        (capitals.first().copied().unwrap_or(false), capitals.iter().skip(1).any(|capital| *capital))
    };
    let mut known: Vec<&mut String> = words.values_mut().filter(|text| scale::is_known(text)).collect();
    let capitals = known.iter().filter(|text| style(text).0).count();
    // `Strongly Support` beside `Neutral` is one way of writing, and beside `neutral` it is another.
    if capitals == 0 || capitals == known.len() {
        return;
    }
    for text in &mut known {
        let mut words = text.split(' ').map(str::to_owned).collect::<Vec<String>>();
        if BEFORE.contains(&words[0].to_lowercase().as_str()) {
            words.iter_mut().skip(1).for_each(|word| *word = word.to_lowercase());
        }
        let joined = words.join(" ");
        let mut letters = joined.chars();
        if let Some(initial) = letters.next() {
            **text = initial.to_uppercase().chain(letters).collect();
        }
    }
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
    let unsigned = issue.seen.first().is_some_and(|lowest| lowest.0 >= 0);
    let mut scale = match issue.numbers {
        NumbersFrom::Codebook => issue.seen.iter().copied().collect(),
        // `1 - Disagree` to `5 - Agree` have no other side.
        NumbersFrom::Sheet if unsigned => scale::whole_scale(&issue.seen, false),
        NumbersFrom::Sheet | NumbersFrom::Words => scale::whole_scale(&issue.seen, only_words),
    };
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
    let mut words: BTreeMap<Position, String> =
        words.into_iter().map(|(position, text)| (position, text.to_owned())).collect();
    if !issue.exact {
        alike(&mut words);
    }
    let words_of = |position: &Position| words.get(position).cloned().unwrap_or_else(|| number(position));
    scale.into_iter().map(|position| (position, words_of(&position))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_levels_stand_behind_the_others_of_their_issue() {
        let text = "title = \"T\"\n[[issue]]\nid = \"a\"        # first\n\n[[issue.level]]\nposition = 1\nwords = \"x\"\n\n# The second.\n[[issue]]\nid = \"b\"\n[[issue.level]]\nposition = 1\n";
        let new = BTreeMap::from([(Position(2), "far".to_owned())]);
        let first = widened(text, "a", &new).unwrap();
        let (before, after) = first.split_once("# The second.").unwrap();
        assert!(before.contains("words = \"x\"\n\n[[issue.level]]\nposition = 2\nwords = \"far\""), "{first}");
        assert_eq!(after.matches("position").count(), 1);
        assert!(widened(text, "b", &new).unwrap().ends_with("what a statement must say to get it\n"));
        assert_eq!(widened(text, "c", &new), None);
    }
}
