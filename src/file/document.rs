//! A TOML file as people edit it: every fault at once, each at its line and column.
//!
//! serde stops at the first fault of a table. Here each table is read again without the key at fault, until there are
//! no more faults.

use std::ops::Range;
use std::path::PathBuf;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::error::{Place, Problem, Severity};
use crate::words::guess_before;

/// The text of a TOML file and its path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The file, as the user would name it.
    pub path: PathBuf,
    /// Its text, with comments.
    pub text: String,
    /// The bytes at which its lines begin. They make a place quick to find.
    lines: Vec<usize>,
    /// How many characters begin before each block of [`BLOCK`] bytes, because a whole file may be one line.
    characters: Vec<usize>,
}

/// The size of the blocks in which characters are counted, in bytes.
const BLOCK: usize = 1024;
/// The most faults that are reported for one part. Finding each fault takes one more reading of the part.
const MOST_FAULTS: usize = 50;

/// The values of a part.
#[derive(Debug)]
pub struct Read<T> {
    /// The values that could be read.
    pub value: T,
    /// The place of the part in the file.
    pub whole: Range<usize>,
    /// The keys of the values that could not be read.
    at_fault: Vec<String>,
}

/// A part of a TOML file, ready to be read into a type.
pub type Part<'t> = Spanned<DeValue<'t>>;

impl<T> Read<T> {
    /// Whether the value of a key could not be read.
    pub fn is_at_fault(&self, key: &str) -> bool {
        self.at_fault.iter().any(|other| other == key)
    }
}

impl Document {
    /// Takes a text and its path.
    pub fn new(path: impl Into<PathBuf>, text: String) -> Document {
        let ends = text.match_indices('\n').map(|(newline, _)| newline + 1);
        let lines = std::iter::once(0).chain(ends).collect();
        let begun = |block: &[u8]| block.iter().filter(|byte| !is_continued(**byte)).count();
        let sums =
            text.as_bytes().chunks(BLOCK).scan(0, |sum, block| Some(std::mem::replace(sum, *sum + begun(block))));
        let characters = sums.collect();
        Document { path: path.into(), text, lines, characters }
    }

    /// The place of a byte of the text.
    pub fn place(&self, offset: usize) -> Place {
        let offset = offset.min(self.text.len());
        let line = self.lines.partition_point(|start| *start <= offset).max(1);
        let before = |offset: usize| {
            let block = offset.saturating_sub(1) / BLOCK;
            let rest = &self.text.as_bytes()[(block * BLOCK).min(offset)..offset];
            self.characters.get(block).copied().unwrap_or(0) + rest.iter().filter(|byte| !is_continued(**byte)).count()
        };
        // A byte within a character has the place of the character.
        let offset = (0..=offset).rev().find(|offset| self.text.is_char_boundary(*offset)).unwrap_or(0);
        Place { line, column: before(offset) - before(self.lines[line - 1]) + 1 }
    }

    /// Parses the file. `None`, with the faults added to `problems`, if it is not TOML.
    pub fn root<'t>(&'t self, problems: &mut Vec<Problem>) -> Option<Part<'t>> {
        let (root, errors) = DeTable::parse_recoverable(&self.text);
        // One slip in the syntax causes further errors, so only the first one is reported.
        if let Some(error) = errors.iter().min_by_key(|error| error.span().map_or(0, |span| span.start)) {
            let span = error.span().unwrap_or(0..0);
            let curly = self.text[span.start.min(self.text.len())..].starts_with(['“', '”', '„', '‘', '’']);
            let hint = if curly {
                "put texts between straight quotation marks (\"), not curly ones"
            } else {
                "follow the TOML syntax: key = \"text\", lists in [ ], [[rule]] begins a new entry"
            };
            problems.push(self.fault(span, lower_first(error.message()), hint));
        }
        let span = root.span();
        errors.is_empty().then(|| Spanned::new(span, DeValue::Table(root.into_inner())))
    }

    /// Reads a part into a type in which every key may be missing, and reports every value at fault.
    ///
    /// Values at fault are left out, so that the rest can still be checked. [`Read::is_at_fault`] reports them.
    /// `None` if the part itself is of the wrong kind.
    pub fn read<T: DeserializeOwned>(&self, mut part: Part<'_>, problems: &mut Vec<Problem>) -> Option<Read<T>> {
        let whole = part.span();
        let mut at_fault: Vec<String> = Vec::new();
        loop {
            let error = match T::deserialize(toml::de::ValueDeserializer::from(part.clone())) {
                Ok(value) => return Some(Read { value, whole, at_fault }),
                Err(error) => error,
            };
            let span = error.span().unwrap_or_else(|| part.span());
            problems.push(self.explain(error.message(), span.clone()));
            if at_fault.len() == MOST_FAULTS {
                let hint = "fix the faults above first; there may be more";
                problems.push(self.fault(span, "this part has too many faults to show them all", hint));
                return None;
            }
            at_fault.push(remove_innermost(part.get_mut(), &span)?);
        }
    }

    /// Takes a value that must be there. Reports it as missing, unless the value was at fault.
    pub fn need<T, R>(&self, value: Option<T>, key: &str, read: &Read<R>, problems: &mut Vec<Problem>) -> Option<T> {
        if value.is_none() && !read.is_at_fault(key) {
            let hint = format!("add a line `{key} = …`");
            problems.push(self.fault(read.whole.clone(), format!("the key `{key}` is missing"), hint));
        }
        value
    }

    /// Takes a text that must be there and must not be blank.
    pub fn need_text<R>(
        &self,
        value: Option<Spanned<String>>,
        key: &str,
        read: &Read<R>,
        problems: &mut Vec<Problem>,
    ) -> Option<Spanned<String>> {
        let value = self.need(value, key, read, problems)?;
        let text = value.get_ref();
        if text.trim().is_empty() || text.trim() != text {
            let what = format!("`{key}` is empty, or begins or ends with white space: `{text}`");
            problems.push(self.fault(value.span(), what, "write it without white space around it"));
            return None;
        }
        Some(value)
    }

    /// Builds a fault at a range of the file's text.
    pub fn fault(&self, span: Range<usize>, what: impl Into<String>, hint: impl Into<String>) -> Problem {
        let length =
            self.text.get(span.clone()).and_then(|text| text.lines().next()).map_or(1, |line| line.chars().count());
        Problem::fault(&self.path, Some(self.place(span.start)), what, hint).over(length)
    }

    /// Builds a warning at a range of the file's text.
    pub fn warning(&self, span: Range<usize>, what: impl Into<String>, hint: impl Into<String>) -> Problem {
        Problem { severity: Severity::Warning, ..self.fault(span, what, hint) }
    }

    fn explain(&self, message: &str, span: Range<usize>) -> Problem {
        let quoted = |text: &str| text.split('`').nth(1).unwrap_or("").to_owned();
        if let Some((unknown, allowed)) = message.strip_prefix("unknown field ").and_then(|m| m.split_once(", ")) {
            let allowed: Vec<&str> = allowed.split('`').skip(1).step_by(2).collect();
            let key = quoted(unknown);
            let hint = guess_before(&format!("allowed here: {}", allowed.join(", ")), &key, allowed.iter().copied());
            return self.fault(span, format!("unknown key `{key}`"), hint);
        }
        let message = message
            .replace("expected i32", "expected a whole number")
            .replace("expected i64", "expected a whole number")
            .replace("expected f64", "expected a number")
            .replace("expected a sequence", "expected a list")
            .replace("invalid type: map", "a table");
        // serde names its internal type, which means nothing to the user.
        let message = match message.split_once("expected struct ") {
            Some((before, _)) => format!("{before}expected a table"),
            None => message,
        };
        let hint = if message.contains("a table") {
            "an entry of a list begins with double brackets, such as [[rule]]"
        } else if message.contains("datetime") {
            "write the day without quotation marks, as 2025-08-15"
        } else if message.contains("expected a list") {
            "put it in brackets: [\"…\"]"
        } else {
            "give the key a value of the expected kind"
        };
        let value = self.text.get(span.clone()).unwrap_or("").lines().next().unwrap_or("");
        self.fault(span, format!("{message}, at `{value}`"), hint)
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

/// Takes a table, such as `[labels]`, out of a part. It is then read on its own, with all its faults.
pub fn take_table<'t>(part: &mut Part<'t>, key: &str) -> Option<Part<'t>> {
    let DeValue::Table(table) = part.get_mut() else { return None };
    // A value of another kind stays, so that reading the part reports it.
    matches!(table.get(key).map(Spanned::get_ref), Some(DeValue::Table(_))).then(|| table.remove(key)).flatten()
}

/// Removes the innermost entry of a table or list whose name or value contains `span`, and returns the outermost key
/// above it.
fn remove_innermost(value: &mut DeValue<'_>, span: &Range<usize>) -> Option<String> {
    let holds = |outer: Range<usize>| outer.start <= span.start && span.end <= outer.end && outer != (0..0);
    match value {
        DeValue::Table(table) => {
            let (key, within) = table
                .iter()
                .find(|(key, value)| holds(key.span()) || holds(value.span()))
                .map(|(key, value)| (key.get_ref().to_string(), holds(value.span()) && value.span() != *span))?;
            let inner = table.get_mut(key.as_str()).filter(|_| within);
            if inner.and_then(|inner| remove_innermost(inner.get_mut(), span)).is_none() {
                table.remove(key.as_str());
            }
            Some(key)
        }
        DeValue::Array(entries) => {
            let index = entries.iter().position(|entry| holds(entry.span()))?;
            let within = entries[index].span() != *span;
            let inner = entries.get_mut(index).filter(|_| within);
            if inner.and_then(|inner| remove_innermost(inner.get_mut(), span)).is_none() {
                let rest = entries.clone().into_iter().enumerate().filter(|(i, _)| *i != index);
                *entries = rest.map(|(_, entry)| entry).collect();
            }
            Some(index.to_string())
        }
        _ => None,
    }
}

/// Whether a byte of UTF-8 continues a character that began before it.
fn is_continued(byte: u8) -> bool {
    byte & 0b1100_0000 == 0b1000_0000
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
        id: Option<Spanned<String>>,
        position: Option<i32>,
        any: Option<Vec<Spanned<String>>>,
    }

    fn problems_of(text: &str) -> Vec<String> {
        let document = Document::new("rules.toml", text.to_owned());
        let mut problems = Vec::new();
        if let Some(mut root) = document.root(&mut problems) {
            for entry in take_entries(&mut root, "rule") {
                let Some(mut read) = document.read::<Entry>(entry, &mut problems) else { continue };
                let any = read.value.any.take();
                document.need(any, "any", &read, &mut problems);
                let id = read.value.id.take();
                document.need_text(id, "id", &read, &mut problems);
            }
        }
        problems.iter().map(Problem::to_string).collect()
    }

    #[test]
    fn all_faults_of_all_tables_are_reported_with_their_place() {
        let problems = problems_of(
            "[[rule]]\nid = 3\nposition = -1\nanny = []\nany = [\"x\", 7, 8]\n\n[[rule]]\nid = \"b\"\nposition = \"low\"\nany = []\n\n[[rule]]\nid = \"c\"\nposition = 0\n",
        );
        let starts: Vec<&str> = problems.iter().map(|p| p.split('\n').next().unwrap()).collect();
        assert_eq!(starts.len(), 6, "{starts:#?}");
        assert!(starts.iter().any(|p| p.starts_with("rules.toml:2:6: ")), "{starts:#?}");
        assert!(starts.iter().any(|p| p.starts_with("rules.toml:4:1: unknown key `anny`")), "{starts:#?}");
        assert!(starts.iter().any(|p| p.starts_with("rules.toml:5:13: ")), "{starts:#?}");
        assert!(starts.iter().any(|p| p.starts_with("rules.toml:9:12: ")), "{starts:#?}");
        assert!(starts.iter().any(|p| p.contains("the key `any` is missing")), "{starts:#?}");
        assert!(problems.iter().any(|p| p.contains("did you mean `any`? allowed here: id, position, any")));
    }

    #[test]
    fn a_place_is_found_in_a_line_of_any_length() {
        let document = Document::new("f", format!("é\n{}x\n", "aé€𝄞".repeat(1_000)));
        for offset in (0..document.text.len() + 2).step_by(7).chain(1_020..1_030) {
            assert_eq!(document.place(offset), Place::of(&document.text, offset), "{offset}");
        }
    }

    #[test]
    fn of_very_many_faults_in_a_part_the_first_are_told() {
        let problems = problems_of(&format!("[[rule]]\nid = \"a\"\nany = [{}]\n", "1, ".repeat(2_000)));
        assert_eq!(problems.len(), MOST_FAULTS + 2);
        assert!(problems[MOST_FAULTS + 1].contains("fix the faults above first"));
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
