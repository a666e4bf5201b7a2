//! Dictionaries of quanteda in YAML: keys with patterns, which become rules.

use std::fmt::Write;
use std::path::Path;

use saphyr::{LoadableYamlNode, MarkedYaml, Scalar, YamlData};

use crate::codebook::Position;
use crate::error::{Error, Place, Problem, Result};
use crate::import::settings::toml_text;
use crate::import::tool::coded::{CodedAnswer, CodedMark, Codings, joined};
use crate::rule::pattern::Pattern;
use crate::words::{listed, many};

/// How deep keys may be within each other.
const DEEPEST: usize = 20;

/// A key with its patterns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DictionaryKey {
    /// The key, below those above it.
    pub path: Vec<String>,
    /// Its patterns, as written.
    pub patterns: Vec<String>,
}

/// Reads the keys of a dictionary.
///
/// # Errors
/// [`Error::Invalid`] if it is not YAML, or has no key with patterns.
pub fn read(path: &Path, text: &str) -> Result<Vec<DictionaryKey>> {
    let fault = |place, what: String, hint: &str| Error::Invalid(vec![Problem::fault(path, place, what, hint)]);
    let documents = MarkedYaml::load_from_str(text).map_err(|error| {
        let at = error.marker();
        let place = Place { line: at.line().max(1), column: at.col() + 1 };
        fault(
            Some(place),
            format!("this is not sound YAML: {}", error.info()),
            "write keys with lists of patterns below them",
        )
    })?;
    let mut keys = Vec::new();
    for document in &documents {
        collect(document, text, &mut Vec::new(), &mut keys);
    }
    keys.retain(|key: &DictionaryKey| !key.patterns.is_empty());
    if keys.is_empty() {
        let hint = "a dictionary has keys, and below each a list of patterns such as `- tram*`";
        return Err(fault(None, "the file has no key with patterns".to_owned(), hint));
    }
    // A codebook in YAML has sentences where a dictionary has patterns.
    let long =
        keys.iter().flat_map(|key| &key.patterns).filter(|pattern| pattern.split_whitespace().count() > 8).count();
    let all: usize = keys.iter().map(|key| key.patterns.len()).sum();
    if long * 4 > all {
        let what = "this is YAML with sentences, and not a dictionary of patterns".to_owned();
        let hint = "if it is a codebook, write its issues and levels into codebook.toml; `stance init` shows the form";
        return Err(fault(None, what, hint));
    }
    Ok(keys)
}

fn collect(node: &MarkedYaml<'_>, text: &str, above: &mut Vec<String>, keys: &mut Vec<DictionaryKey>) {
    if above.len() > DEEPEST {
        return;
    }
    match &node.data {
        YamlData::Mapping(all) => {
            for (key, value) in all {
                above.push(scalar(key, text).unwrap_or_default());
                collect(value, text, above, keys);
                above.pop();
            }
        }
        YamlData::Sequence(all) => {
            let patterns: Vec<String> = all.iter().filter_map(|item| scalar(item, text)).collect();
            if !above.is_empty() {
                keys.push(DictionaryKey { path: above.clone(), patterns });
            }
            // Some dictionaries have lists of keys.
            all.iter()
                .filter(|item| matches!(item.data, YamlData::Mapping(_)))
                .for_each(|item| collect(item, text, above, keys));
        }
        _ => {
            if let Some(pattern) = scalar(node, text).filter(|_| !above.is_empty()) {
                keys.push(DictionaryKey { path: above.clone(), patterns: vec![pattern] });
            }
        }
    }
}

/// A scalar as it is written: `1.0` and `NO` are texts here. `None` if there is none.
fn scalar(node: &MarkedYaml<'_>, text: &str) -> Option<String> {
    match &node.data {
        YamlData::Value(Scalar::Null) | YamlData::BadValue => None,
        YamlData::Value(Scalar::String(text)) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        YamlData::Value(_) => {
            let (from, to) = (node.span.start.index(), node.span.end.index());
            let written: String = text.chars().skip(from).take(to.saturating_sub(from)).collect();
            Some(written.trim().to_owned()).filter(|text| !text.is_empty())
        }
        YamlData::Representation(text, ..) => Some(text.trim().to_owned()),
        YamlData::Tagged(_, inner) => scalar(inner, text),
        _ => None,
    }
}

/// The keys as codes, so that they are placed on issues and levels as those of any tool.
pub fn coded(keys: &[DictionaryKey]) -> Codings {
    let mut file = Codings::default();
    for key in keys {
        for _ in &key.patterns {
            let answer = CodedAnswer::Code(key.path.clone());
            file.marks.push(CodedMark { unit: 0, coder: None, answer, rationale: String::new() });
        }
    }
    file
}

/// A glob of quanteda as a pattern of rules: `tram*`, `no tram*`, `*tram*` as a regular expression. `None` if rules
/// cannot say it.
pub fn pattern(glob: &str) -> Option<String> {
    let glob = glob.trim().to_lowercase();
    let odd =
        |token: &str| token.contains('?') || token.strip_suffix('*').unwrap_or(token).contains('*') && token != "*";
    let written = if glob.split_whitespace().any(odd) {
        let tokens: Vec<String> = glob
            .split_whitespace()
            .map(|token| {
                token
                    .chars()
                    .map(|c| match c {
                        '*' => r"\w*".to_owned(),
                        '?' => r"\w".to_owned(),
                        c => regex::escape(&c.to_string()),
                    })
                    .collect()
            })
            .collect();
        format!(r"/\b{}\b/", tokens.join(r"\s+"))
    } else {
        glob
    };
    Pattern::parse(&written).ok().map(|_| written)
}

/// Where a rule comes from: its note, by which it is recognised at the next import.
pub fn origin(key: &DictionaryKey, from: &str) -> String {
    format!("the key {} of {from}", joined(&key.path))
}

/// Rules for the keys that have a position, to be added to a file of rules, and what could not be said.
pub fn rules(keys: &[(&DictionaryKey, &str, Position)], taken: &[String], from: &str) -> (String, Vec<String>) {
    let mut text = String::new();
    let mut lost: Vec<String> = Vec::new();
    let mut ids: Vec<String> = taken.to_vec();
    for (key, issue, position) in keys {
        let mut patterns = Vec::new();
        for glob in &key.patterns {
            match pattern(glob) {
                Some(pattern) => patterns.push(format!("  {},\n", toml_text(&pattern))),
                None => lost.push(format!("`{glob}`")),
            }
        }
        if patterns.is_empty() {
            continue;
        }
        let name: String =
            joined(&key.path).to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
        let name = format!("dictionary-{}{}", if position.0 < 0 { "minus-" } else { "" }, name.trim_matches('-'));
        let mut id = name.clone();
        let mut count = 1;
        while ids.contains(&id) {
            count += 1;
            id = format!("{name}-{count}");
        }
        let _ = write!(
            text,
            "\n[[rule]]\nid = {}\nissue = {}\nposition = {}\nany = [\n{}]\nnote = {}\n",
            toml_text(&id),
            toml_text(issue),
            position.0,
            patterns.concat(),
            toml_text(&origin(key, from)),
        );
        ids.push(id);
    }
    let mut notes = Vec::new();
    if !lost.is_empty() {
        let shown = listed(lost.iter().map(String::as_str));
        notes.push(format!("{} left out, because rules cannot say them: {shown}", many(lost.len(), "pattern")));
    }
    (text, notes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_texts_whatever_yaml_makes_of_them() {
        let text = "tram:\n  \"-2\":\n    - waste\n    - \"no tram*\"\nNO: # Norway\n  - norw*\nanswers: [yes, 1.0, 2025-03-04, ~]\nempty:\none: single\n";
        let keys: Vec<(String, String)> = read(Path::new("a.yml"), text)
            .unwrap()
            .iter()
            .map(|key| (joined(&key.path), key.patterns.join("|")))
            .collect();
        let expected =
            [("tram/-2", "waste|no tram*"), ("NO", "norw*"), ("answers", "yes|1.0|2025-03-04"), ("one", "single")];
        assert_eq!(keys, expected.map(|(key, patterns)| (key.to_owned(), patterns.to_owned())));
    }

    #[test]
    fn globs_become_patterns() {
        for (glob, expected) in [
            ("Tram*", Some("tram*")),
            ("united nations", Some("united nations")),
            ("secretary-general", Some("secretary-general")),
            ("*tram*", Some(r"/\b\w*tram\w*\b/")),
            ("tr?m lines", Some(r"/\btr\wm\s+lines\b/")),
            ("*", None),
            ("(", None),
        ] {
            assert_eq!(pattern(glob).as_deref(), expected, "{glob}");
        }
    }

    #[test]
    fn what_is_no_dictionary_is_refused() {
        for (text, says) in [
            ("a: [b\n", "not sound YAML"),
            ("a:\n", "no key with patterns"),
            ("a: this is a whole sentence that explains what a level of a codebook means\n", "not a dictionary"),
            (
                "a: &a [x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d]\nf: [*e,*e,*e,*e,*e,*e,*e,*e]\ng: [*f]\n",
                "not sound YAML",
            ),
        ] {
            let error = read(Path::new("a.yml"), text).unwrap_err().to_string();
            assert!(error.contains(says), "{text}: {error}");
        }
    }
}
