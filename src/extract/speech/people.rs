//! `speakers.toml`: the people whose words are looked for, with their other names and their titles.
//!
//! ```toml
//! [[speaker]]
//! name = "Volodymyr Zelensky"
//! aliases = ["Zelenskyy", "Zelenskiy", "Зеленський"]
//! titles = ["Ukraine's president", "Ukraine's leader", "the Ukrainian president"]
//! pronoun = "he"
//! ```

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use crate::error::Problem;
use crate::extract::speech::cues::{Cues, DETERMINER};
use crate::extract::speech::declension::Declension;
use crate::file::document::{self, Document};
use crate::words;

/// The pronouns of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gender {
    /// He.
    Male,
    /// She.
    Female,
    /// They, for several people or for one.
    Plural,
    /// It, for an organisation.
    Neuter,
}

/// An entry of the file as it is read. All its keys may be missing, so that every fault can be reported.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    /// The name that the statements have.
    name: Option<Spanned<String>>,
    /// Other spellings and names.
    aliases: Option<Vec<Spanned<String>>>,
    /// Offices by which texts refer to the person.
    titles: Option<Vec<Spanned<String>>>,
    /// `he`, `she`, `they` or `it`.
    pronoun: Option<Spanned<String>>,
}

/// A fault of the file, at some bytes of its text.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Fault {
    /// Where it is.
    span: Range<usize>,
    /// What is wrong.
    what: String,
    /// How to fix it.
    hint: String,
}

/// A person of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The name that the statements have.
    pub name: String,
    /// The first of the titles.
    pub role: Option<String>,
    /// The person's pronouns, if the file gives them.
    pub gender: Option<Gender>,
}

/// Everyone in the file, found by name or title.
#[derive(Debug, Clone, Default)]
pub struct People {
    people: Vec<Person>,
    names: HashMap<String, usize>,
    /// Last names; `None` if two people share one.
    last_names: HashMap<String, Option<usize>>,
    titles: HashMap<String, usize>,
    longest_title: usize,
    /// Names without the endings of their cases; `None` if two people share one.
    keys: HashMap<String, Option<usize>>,
    declension: Declension,
}

/// What the file may contain.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

impl People {
    /// Reads the file of a corpus. Every fault is added to `problems`, and the faulty part is left out.
    pub fn read(document: &Document, cues: &Cues, problems: &mut Vec<Problem>) -> People {
        let mut entries = Vec::new();
        if let Some(mut root) = document.root(problems) {
            for part in document::take_entries(&mut root, "speaker") {
                if let Some(read) = document.read::<Entry>(part, problems) {
                    entries.push((read.whole, read.value));
                }
            }
            document.read::<Nothing>(root, problems);
        }
        let (people, faults) = People::new(entries, cues);
        problems.extend(faults.into_iter().map(|fault| document.fault(fault.span, fault.what, fault.hint)));
        people
    }

    /// Reads the entries of a file, each with its place. Faulty parts are left out and reported.
    fn new(entries: Vec<(Range<usize>, Entry)>, cues: &Cues) -> (People, Vec<Fault>) {
        let mut people = People { declension: cues.declension.clone(), ..People::default() };
        let mut faults = Vec::new();
        for (whole, entry) in entries {
            people.add(whole, entry, cues, &mut faults);
        }
        (people, faults)
    }

    /// The people in a file without faults.
    #[cfg(test)]
    pub fn parse(text: &str, cues: &Cues) -> Result<People, Vec<Problem>> {
        let mut problems = Vec::new();
        let people = People::read(&Document::new("speakers.toml", text.to_owned()), cues, &mut problems);
        if problems.is_empty() { Ok(people) } else { Err(problems) }
    }

    /// The people, in the order of the file.
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    /// The person with a name: a full name, an alias, a last name that no two people share, or the first
    /// name with any spelling of the last.
    pub fn named(&self, name: &str) -> Option<usize> {
        if self.people.is_empty() {
            return None;
        }
        let key = folded(name);
        let exact = |key: &str| self.names.get(key).copied().or_else(|| self.last_names.get(key).copied().flatten());
        if let Some(number) = exact(&key) {
            return Some(number);
        }
        if let Some(number) = self.keys.get(self.declension.key(&key).as_ref()).filter(|_| !self.declension.is_none()) {
            return *number;
        }
        let (first, rest) = key.split_once(' ')?;
        let last = rest.rsplit(' ').next().unwrap_or(rest);
        let number = exact(last)?;
        let known = folded(&self.people[number].name);
        (known.split(' ').next() == Some(first)).then_some(number)
    }

    /// Whether several people have this last name.
    pub fn is_shared(&self, name: &str) -> bool {
        self.last_names.get(&folded(name)).is_some_and(Option::is_none)
    }

    /// The person with a title, written without an article.
    pub fn titled(&self, title: &str) -> Option<usize> {
        if self.titles.is_empty() || title.len() > 2 * self.longest_title + 16 {
            return None;
        }
        self.titles.get(&folded(title)).copied()
    }

    /// The people whose titles end in these words, in no particular order.
    pub fn bearers(&self, words: &str) -> impl Iterator<Item = usize> {
        let words = folded(words);
        let ends = move |title: &str| {
            let rest = title.strip_suffix(words.as_str());
            !words.is_empty() && rest.is_some_and(|rest| rest.is_empty() || rest.ends_with(' '))
        };
        self.titles.iter().filter(move |(title, _)| ends(title)).map(|(_, person)| *person)
    }

    /// Whether any title is known.
    pub fn has_titles(&self) -> bool {
        !self.titles.is_empty()
    }

    fn add(&mut self, whole: Range<usize>, entry: Entry, cues: &Cues, faults: &mut Vec<Fault>) {
        let Some(name) = entry.name else {
            faults.push(fault(whole, "the key `name` is missing", "add a line `name = …`"));
            return;
        };
        let number = self.people.len();
        let gender = entry.pronoun.and_then(|pronoun| gender(&pronoun, faults));
        let titles = entry.titles.unwrap_or_default();
        let role = titles.first().map(|title| title.get_ref().clone());
        if !self.add_name(&name, number, faults) {
            return;
        }
        self.people.push(Person { name: words::name(name.get_ref()), role, gender });
        for alias in entry.aliases.unwrap_or_default() {
            self.add_name(&alias, number, faults);
        }
        for title in titles {
            let mut key = folded(title.get_ref());
            // "the US president": texts may leave out the article, or use another.
            if let Some((_, rest)) = key.split_once(' ').filter(|(first, _)| cues.class(first) & DETERMINER != 0) {
                key = rest.to_owned();
            }
            self.longest_title = self.longest_title.max(title.get_ref().len());
            self.take(key, title, number, true, faults);
        }
    }

    fn add_name(&mut self, name: &Spanned<String>, number: usize, faults: &mut Vec<Fault>) -> bool {
        let key = folded(name.get_ref());
        // "von der Leyen", "der Leyen", "Leyen".
        if !self.declension.is_none() {
            for name in [key.as_str(), key.rsplit(' ').next().unwrap_or(&key)] {
                let case = self.declension.key(name).into_owned();
                let shared = self.keys.get(&case).is_some_and(|other| *other != Some(number));
                self.keys.insert(case, if shared { None } else { Some(number) });
            }
        }
        for (space, _) in key.match_indices(' ') {
            let last = &key[space + 1..];
            let shared = self.last_names.get(last).is_some_and(|other| *other != Some(number));
            self.last_names.insert(last.to_owned(), if shared { None } else { Some(number) });
        }
        self.take(key, name.clone(), number, false, faults)
    }

    fn take(
        &mut self,
        key: String,
        text: Spanned<String>,
        number: usize,
        title: bool,
        faults: &mut Vec<Fault>,
    ) -> bool {
        if key.is_empty() {
            faults.push(fault(text.span(), "the text is empty", "write a name or a title, or leave it out"));
            return false;
        }
        let people = &self.people;
        let map = if title { &mut self.titles } else { &mut self.names };
        match map.insert(key, number) {
            Some(other) if other != number => {
                let owner = people.get(other).map_or("another speaker", |person| person.name.as_str());
                let what = format!("`{}` already belongs to {owner}", text.get_ref());
                faults.push(fault(text.span(), what, "remove it from one of the two speakers"));
                false
            }
            _ => true,
        }
    }
}

fn gender(pronoun: &Spanned<String>, faults: &mut Vec<Fault>) -> Option<Gender> {
    match pronoun.get_ref().as_str() {
        "he" => Some(Gender::Male),
        "she" => Some(Gender::Female),
        "they" => Some(Gender::Plural),
        "it" => Some(Gender::Neuter),
        other => {
            faults.push(fault(pronoun.span(), format!("unknown pronoun `{other}`"), "write he, she, they or it"));
            None
        }
    }
}

fn fault(span: Range<usize>, what: impl Into<String>, hint: &str) -> Fault {
    Fault { span, what: what.into(), hint: hint.to_owned() }
}

/// A name or title in the form used for comparing: lower case, without dots and apostrophes.
pub fn folded(text: &str) -> String {
    // An accent may be typed as a separate mark.
    let composed = if text.is_ascii() { Cow::Borrowed(text) } else { Cow::Owned(words::name(text)) };
    let mut out = String::with_capacity(text.len());
    for c in composed.chars() {
        match c {
            '.' | '\'' | '’' => {}
            _ if c.is_alphanumeric() => out.extend(c.to_lowercase()),
            _ if !out.is_empty() && !out.ends_with(' ') => out.push(' '),
            _ => {}
        }
    }
    let end = out.trim_end().len();
    out.truncate(end);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "[[speaker]]\nname = \"Volodymyr Zelensky\"\naliases = [\"Zelenskyy\", \"Зеленський\"]\ntitles = [\"Ukraine's leader\"]\npronoun = \"he\"\n\n[[speaker]]\nname = \"Donald Trump\"\ntitles = [\"the US president\"]\n";

    #[test]
    fn names_aliases_and_titles_lead_to_one_person() {
        let people = People::parse(FILE, &Cues::english()).unwrap();
        for name in ["Volodymyr Zelensky", "Zelensky", "Zelenskyy", "ЗЕЛЕНСЬКИЙ"] {
            assert_eq!(people.named(name), Some(0), "{name}");
        }
        assert_eq!(people.titled("Ukraine’s leader"), Some(0));
        assert_eq!(people.titled("U.S. President"), Some(1));
        assert_eq!(people.named("Volodymyr"), None);
        assert_eq!(people.people()[0].gender, Some(Gender::Male));
    }

    #[test]
    fn every_fault_has_its_place() {
        let text = "[[speaker]]\nname = \"A B\"\npronoun = \"xe\"\n[[speaker]]\naliases = []\n[[speaker]]\nname = \"C B\"\naliases = [\"A B\", \"\"]\n";
        let faults = People::parse(text, &Cues::english()).unwrap_err();
        let places: Vec<usize> = faults.iter().map(|fault| fault.place.unwrap().line).collect();
        assert_eq!(places, [3, 4, 8, 8]);
    }

    #[test]
    fn a_shared_last_name_names_no_one() {
        let people =
            People::parse("[[speaker]]\nname = \"Ann Lee\"\n[[speaker]]\nname = \"Bob Lee\"\n", &Cues::english())
                .unwrap();
        assert_eq!(people.named("Lee"), None);
        assert!(people.is_shared("LEE") && !people.is_shared("Bob"));
        assert_eq!(people.named("Bob Lee"), Some(1));
    }
}
