//! Dictionaries become rules: a key that is a level of an issue gives that position.

use std::path::{Path, PathBuf};

use crate::codebook::Position;
use crate::error::{Problem, Result};
use crate::file::corpus_files::RULES_FILE;
use crate::file::read;
use crate::file::table;
use crate::import::gather::Gathered;
use crate::import::harvest::{CellMeaning, Harvest};
use crate::import::merge::ChangedFile;
use crate::import::settings::CodeUse;
use crate::import::tool::dictionary::{self, DictionaryKey};
use crate::words::many;

/// The new text of the rules of a corpus, if there are dictionaries. Notes are added to the harvest.
///
/// # Errors
/// [`crate::error::Error::Read`] if the rules that are there cannot be read.
pub fn rules(corpus: &Path, gathered: &Gathered, harvest: &mut Harvest) -> Result<(Option<ChangedFile>, usize)> {
    if gathered.dictionaries.is_empty() {
        return Ok((None, 0));
    }
    let path = corpus.join(RULES_FILE);
    let before = if read::exists(&path) { Some(table::read_text(&path)?) } else { None };
    let text = before.clone().unwrap_or_else(|| BEGUN.to_owned());
    let mut taken = ids(&text);
    let mut after = text.clone();
    let mut count = 0;
    for (from, keys) in &gathered.dictionaries {
        let placed: Vec<(&DictionaryKey, String, Position)> = keys
            .iter()
            .filter_map(|key| Some((key, position(gathered, harvest, key)?)))
            .map(|(key, (issue, position))| (key, issue, position))
            .collect();
        let left = keys.len() - placed.len();
        let name = from.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned());
        // The same dictionary again adds nothing.
        let new: Vec<(&DictionaryKey, &str, Position)> = placed
            .iter()
            .filter(|(key, ..)| !after.contains(&dictionary::origin(key, &name)))
            .map(|(key, issue, position)| (*key, issue.as_str(), *position))
            .collect();
        let (rules, notes) = dictionary::rules(&new, &taken, &name);
        count += rules.matches("[[rule]]").count();
        harvest.notes.extend(notes.into_iter().map(|note| format!("{}: {note}", from.display())));
        if left > 0 {
            harvest.notes.push(format!("{}: {} that name no level left out", from.display(), many(left, "key")));
        }
        after += &rules;
        taken = ids(&after);
    }
    let hint = "correct the rules, or leave the key out with --code \"KEY=ignore\"";
    if after == text && before.is_none() {
        harvest.problems.push(Problem::fault(&path, None, "no key of the dictionary gives a rule", hint));
        harvest.blocked = true;
        return Ok((None, 0));
    }
    let file = (after != text).then_some(ChangedFile { name: PathBuf::from(RULES_FILE), before, after });
    Ok((file, count))
}

const BEGUN: &str = "# The label rules. `stance import` began this file from a dictionary; docs/rules.md says how rules are written.\n\
                     # A dictionary counts words. Read what its rules label (`stance explain`), and add `none`, topics and tests.\n";

/// The issue and the position of a key, if it names a level.
fn position(gathered: &Gathered, harvest: &Harvest, key: &DictionaryKey) -> Option<(String, Position)> {
    let CodeUse::Level { issue, level } = gathered.use_of(&key.path)? else { return None };
    let place = harvest.place_of(issue)?;
    match harvest.meanings.get(place)?.get(level.as_str())? {
        CellMeaning::Position(Some(position)) => Some((harvest.issues[place].id.clone(), *position)),
        _ => None,
    }
}

/// The ids of the rules in a file.
fn ids(text: &str) -> Vec<String> {
    let table: toml::Table = text.parse().unwrap_or_default();
    let rules = table.get("rule").and_then(toml::Value::as_array).map_or(&[][..], Vec::as_slice);
    rules.iter().filter_map(|rule| Some(rule.get("id")?.as_str()?.to_owned())).collect()
}
