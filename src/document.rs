//! A TOML file as people edit it: every fault at once, each at its line and column.
//!
//! serde stops at the first fault of a table. Here each table is read again without the key
//! that was at fault, until nothing more is found.

use std::ops::Range;
use std::path::PathBuf;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::error::{Place, Problem};
use crate::table::nearest;

/// The text of a TOML file and where it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The file, as the user would name it.
    pub path: PathBuf,
    /// Its text, comments and all.
    pub text: String,
}

/// A part of a TOML file, ready to be read into a type.
pub type Part<'t> = Spanned<DeValue<'t>>;

impl Document {
    /// Takes the file apart; `None`, with the faults added to `problems`, where it is not TOML.
    pub fn root<'t>(&'t self, problems: &mut Vec<Problem>) -> Option<Part<'t>> {
        let (root, errors) = DeTable::parse_recoverable(&self.text);
        // One slip in the syntax makes the parser stumble on; only the first place is the user's.
        if let Some(error) = errors.iter().min_by_key(|error| error.span().map_or(0, |span| span.start)) {
            let hint = "see the TOML syntax: key = \"text\", lists in [ ], [[rule]] begins a new entry";
            problems.push(self.fault(error.span().unwrap_or(0..0), lower_first(error.message()), hint));
        }
        let span = root.span();
        errors.is_empty().then(|| Spanned::new(span, DeValue::Table(root.into_inner())))
    }

    /// Reads a part into a type, and reports every key at fault.
    ///
    /// Returns `None` where anything was at fault.
    pub fn read<T: DeserializeOwned>(&self, mut part: Part<'_>, problems: &mut Vec<Problem>) -> Option<T> {
        let before = problems.len();
        let mut removed: Vec<String> = Vec::new();
        loop {
            let error = match T::deserialize(toml::de::ValueDeserializer::from(part.clone())) {
                Ok(value) => return (problems.len() == before).then_some(value),
                Err(error) => error,
            };
            let span = error.span().unwrap_or_else(|| part.span());
            let message = error.message();
            // A key that was removed because of its own fault is not missing.
            let follows = removed.iter().any(|key| message == format!("missing field `{key}`"));
            if !follows {
                problems.push(self.explain(message, span.clone()));
            }
            match remove_key(part.get_mut(), &span) {
                Some(key) => removed.push(key),
                None => return None,
            }
        }
    }

    /// Builds a fault at a stretch of the file's text.
    pub fn fault(&self, span: Range<usize>, what: impl Into<String>, hint: impl Into<String>) -> Problem {
        Problem::fault(&self.path, Some(Place::of(&self.text, span.start)), what, hint)
    }

    /// Builds a warning at a stretch of the file's text.
    pub fn warning(&self, span: Range<usize>, what: impl Into<String>, hint: impl Into<String>) -> Problem {
        Problem::warning(&self.path, Some(Place::of(&self.text, span.start)), what, hint)
    }

    fn explain(&self, message: &str, span: Range<usize>) -> Problem {
        let quoted = |text: &str| text.split('`').nth(1).unwrap_or("").to_owned();
        if let Some((unknown, allowed)) = message.strip_prefix("unknown field ").and_then(|m| m.split_once(", ")) {
            let allowed: Vec<&str> = allowed.split('`').skip(1).step_by(2).collect();
            let key = quoted(unknown);
            let meant = nearest(&key, allowed.iter().copied());
            let meant = meant.map_or(String::new(), |meant| format!("did you mean `{meant}`? "));
            let hint = format!("{meant}allowed here: {}", allowed.join(", "));
            return self.fault(span, format!("unknown key `{key}`"), hint);
        }
        if message.starts_with("missing field") {
            let key = quoted(message);
            return self.fault(span, format!("the key `{key}` is missing"), format!("add a line `{key} = …`"));
        }
        let message = message.replace("expected i32", "expected a whole number");
        let found = self.text.get(span.clone()).unwrap_or("").lines().next().unwrap_or("");
        self.fault(span, format!("{message}, at `{found}`"), "give the key a value of the kind that is expected")
    }
}

/// Takes all entries of an array of tables, such as every `[[rule]]`, out of a part.
pub fn take_entries<'t>(part: &mut Part<'t>, key: &str) -> Vec<Part<'t>> {
    let DeValue::Table(table) = part.get_mut() else { return Vec::new() };
    // A value of another kind stays, so that reading the part reports it.
    if !matches!(table.get(key).map(Spanned::get_ref), Some(DeValue::Array(_))) {
        return Vec::new();
    }
    match table.remove(key).map(Spanned::into_inner) {
        Some(DeValue::Array(entries)) => entries.into_iter().collect(),
        _ => Vec::new(),
    }
}

/// Removes the innermost-enclosing key of a table whose name or value holds `span`.
fn remove_key(value: &mut DeValue<'_>, span: &Range<usize>) -> Option<String> {
    let DeValue::Table(table) = value else { return None };
    let holds = |outer: Range<usize>| outer.start <= span.start && span.end <= outer.end && outer != (0..0);
    let key = table
        .iter()
        .find(|(key, value)| holds(key.span()) || holds(value.span()))
        .map(|(key, _)| key.get_ref().to_string())?;
    table.remove(key.as_str());
    Some(key)
}

fn lower_first(message: &str) -> String {
    let mut chars = message.chars();
    chars.next().map_or(String::new(), |first| first.to_lowercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "read only to see what serde says")]
    struct Entry {
        id: Spanned<String>,
        position: i32,
        any: Vec<Spanned<String>>,
    }

    fn problems_of(text: &str) -> Vec<String> {
        let document = Document { path: "rules.toml".into(), text: text.to_owned() };
        let mut problems = Vec::new();
        if let Some(mut root) = document.root(&mut problems) {
            for entry in take_entries(&mut root, "rule") {
                document.read::<Entry>(entry, &mut problems);
            }
        }
        problems.iter().map(Problem::to_string).collect()
    }

    #[test]
    fn all_faults_of_all_tables_are_reported_with_their_place() {
        let problems = problems_of(
            "[[rule]]\nid = 3\nposition = -1\nanny = []\nany = [\"x\", 7]\n\n[[rule]]\nid = \"b\"\nposition = \"low\"\nany = []\n\n[[rule]]\nid = \"c\"\nposition = 0\n",
        );
        let starts: Vec<&str> = problems.iter().map(|p| p.split('\n').next().unwrap()).collect();
        assert_eq!(starts.len(), 5, "{starts:#?}");
        assert!(starts.iter().any(|p| p.starts_with("rules.toml:2:6: ")), "{starts:#?}");
        assert!(starts.iter().any(|p| p.starts_with("rules.toml:4:1: unknown key `anny`")), "{starts:#?}");
        assert!(starts.iter().any(|p| p.starts_with("rules.toml:5:13: ")), "{starts:#?}");
        assert!(starts.iter().any(|p| p.starts_with("rules.toml:9:12: ")), "{starts:#?}");
        assert!(starts.iter().any(|p| p.contains("the key `any` is missing")), "{starts:#?}");
        assert!(problems.iter().any(|p| p.contains("did you mean `any`? allowed here: id, position, any")));
    }

    #[test]
    fn a_syntax_error_is_at_its_character() {
        assert!(
            problems_of("[[rule]]\nid = \"é\" \"\n")[0].starts_with("rules.toml:2:10: "),
            "{:?}",
            problems_of("[[rule]]\nid = \"é\" \"\n")
        );
    }
}
