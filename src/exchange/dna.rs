//! The database of the Discourse Network Analyzer (DNA) 3, `.dna`: SQLite, with the tables of version 3.0.7.
//!
//! Each statement is a document with its date, and each label is a statement of DNA in it: the whole text by hand, the
//! evidence by rules. Its variables are the person, the organization (the role), the concept (the issue), the position as
//! a whole number, and the level in words. A label that says "takes no position" is a statement of a type of its own,
//! because DNA has no empty numbers.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::NaiveDate;
use rusqlite::{Connection, params};
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};
use crate::exchange::material::{Given, Material, utf16};
use crate::exchange::{Exported, Loss};

/// The most characters of a title, a name or any other short text.
pub const LONGEST: usize = 190;
/// What everybody who labelled has to type to open the file. DNA lets nobody in without a password.
const PASSWORD: &str = "sample";

/// The tables, as DNA makes them.
const SCHEMA: &str = include_str!("dna.sql");

/// What an attribute of a person, a concept or a level may be.
const ATTRIBUTES: [&str; 3] = ["Type", "Alias", "Notes"];

/// The colours of coders, one after another: red, green, blue.
const COLOURS: [[u8; 3]; 6] =
    [[51, 153, 255], [255, 153, 0], [0, 153, 51], [204, 0, 102], [102, 51, 153], [102, 102, 102]];

/// The type of statements that take a position, its number and its variables with their kinds. Numbers of variables go on
/// from one type to the next.
const TYPES: [(&str, &[(&str, &str)]); 2] = [
    (
        "Position",
        &[
            ("person", "short text"),
            ("organization", "short text"),
            ("concept", "short text"),
            ("position", "integer"),
            ("level", "short text"),
        ],
    ),
    ("No position", &[("person", "short text"), ("organization", "short text"), ("concept", "short text")]),
];

/// The numbers of the variables of [`TYPES`].
const POSITION: i64 = 4;
const LEVEL: i64 = 5;

/// A text as a short text of DNA holds it. `cut` is increased if it is longer.
pub fn short<'t>(text: &'t str, cut: &mut usize) -> &'t str {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => {
            *cut += 1;
            &text[..end]
        }
        None => text,
    }
}

/// The seconds from 1970 to a day, as if it began everywhere at once: DNA keeps no zone.
pub fn seconds(day: NaiveDate) -> i64 {
    day.and_hms_opt(0, 0, 0).map_or(0, |moment| moment.and_utc().timestamp())
}

/// Where a label is in its text, as Java counts: in UTF-16 units, the end after the last.
pub fn span(material: &Material<'_>, label: &Given<'_>) -> (usize, usize) {
    let text = &material.statements[label.statement].text;
    match label.evidence.clone().filter(|span| !span.is_empty()) {
        Some(span) => {
            let units = |end: usize| text.get(..end).map_or(0, utf16);
            (units(span.start), units(span.end))
        }
        None => (0, utf16(text)),
    }
}

/// What both files of DNA have no place for.
pub fn losses(material: &Material<'_>, cut: usize) -> Vec<Loss> {
    let mut losses = material.losses.clone();
    Loss::count(&mut losses, cut, "text", "cut after 190 characters: a title, a name or a role");
    Loss::count(
        &mut losses,
        material.without_day(),
        "date",
        "known without the day: written as the day in statements.csv",
    );
    Loss::count(&mut losses, material.reasons(), "reason", "that coders wrote: left out");
    let beyond = material.statements.iter().filter(|said| said.text.chars().any(|c| c.len_utf16() > 1)).count();
    let rest = "with characters such as emoji: DNA shows them right, and its own export cuts them one place off";
    Loss::count(&mut losses, beyond, "statement", rest);
    material.lose_levels(&mut losses);
    losses
}

/// The corpus as a database.
///
/// # Errors
/// [`Error::Output`] if SQLite cannot compose it.
pub fn database(material: &Material<'_>) -> Result<Exported> {
    let mut cut = 0;
    let bytes = composed(material, &mut cut).map_err(|error| Error::Output(std::io::Error::other(error)))?;
    let mut losses = losses(material, cut);
    losses.push(Loss::new(format!(
        "the passwords: every coder, and `Admin`, opens the file with the password `{PASSWORD}`"
    )));
    Ok(Exported::one(bytes, losses))
}

/// The entities of short-text variables, by variable and value.
type Entities<'m> = BTreeMap<(i64, &'m str), i64>;

fn composed(material: &Material<'_>, cut: &mut usize) -> rusqlite::Result<Vec<u8>> {
    let mut connection = Connection::open_in_memory()?;
    let file = connection.transaction()?;
    file.execute_batch(SCHEMA)?;
    coders(&file, material, cut)?;
    let mut variable = 0;
    for (kind, (name, variables)) in (1_i64..).zip(TYPES) {
        file.execute("INSERT INTO STATEMENTTYPES VALUES (?1, ?2, 239, 208, 51)", params![kind, name])?;
        for (name, data) in variables {
            variable += 1;
            file.execute("INSERT INTO VARIABLES VALUES (?1, ?2, ?3, ?4)", params![variable, name, data, kind])?;
        }
    }
    documents(&file, material, cut)?;
    let levels: Vec<String> =
        material.given().iter().map(|label| material.choice(label.issue, label.position)).collect();
    let mut entities = Entities::new();
    let (mut integers, mut texts) = (0_i64, 0_i64);
    for (number, (label, level)) in (1_i64..).zip(material.given().iter().zip(&levels)) {
        let said = material.statements[label.statement];
        let (start, stop) = span(material, label);
        let (kind, offset) = if label.position.is_some() { (1_i64, 0_i64) } else { (2, LEVEL) };
        let place = [start, stop].map(|at| i64::try_from(at).unwrap_or(i64::MAX));
        let by = i64::try_from(label.by).unwrap_or(0) + 2;
        let document = i64::try_from(label.statement).unwrap_or(0) + 1;
        file.execute(
            "INSERT INTO STATEMENTS VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![number, kind, document, place[0], place[1], by],
        )?;
        let mut values = vec![(1, said.speaker.as_str()), (2, &said.role), (3, &material.issue(label.issue).id)];
        if let Some(position) = label.position {
            integers += 1;
            file.execute(
                "INSERT INTO DATAINTEGER VALUES (?1, ?2, ?3, ?4)",
                params![integers, number, POSITION, position.0],
            )?;
            values.push((LEVEL, level.as_str()));
        }
        for (variable, value) in values {
            let variable = variable + offset;
            let next = i64::try_from(entities.len()).unwrap_or(i64::MAX) + 1;
            let entity = *entities.entry((variable, short(value, cut))).or_insert(next);
            if entity == next {
                let values = params![entity, variable, short(value, &mut 0)];
                file.execute("INSERT INTO ENTITIES VALUES (?1, ?2, ?3, 0, 0, 0, NULL)", values)?;
            }
            texts += 1;
            file.execute(
                "INSERT INTO DATASHORTTEXT VALUES (?1, ?2, ?3, ?4)",
                params![texts, number, variable, entity],
            )?;
        }
    }
    attributes(&file, material, &entities)?;
    file.commit()?;
    Ok(connection.serialize("main")?.to_vec())
}

/// `Admin` is the first, as in every file of DNA. Each may see and edit what the others have.
fn coders(file: &Connection, material: &Material<'_>, cut: &mut usize) -> rusqlite::Result<()> {
    let password = PASSWORD_HASH.as_str();
    let sources = material.sources();
    let names: Vec<&str> = ["Admin"].into_iter().chain(sources).collect();
    for (number, name) in (1_i64..).zip(&names) {
        let [red, green, blue] = COLOURS[usize::try_from(number).unwrap_or(0) % COLOURS.len()];
        file.execute(
            "INSERT INTO CODERS (ID, Name, Red, Green, Blue, Password) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![number, short(name, cut), red, green, blue, password],
        )?;
    }
    let mut relation = 0_i64;
    for one in 1..=names.len() {
        for other in (1..=names.len()).filter(|other| *other != one) {
            relation += 1;
            let pair = [one, other].map(|coder| i64::try_from(coder).unwrap_or(0));
            file.execute(
                "INSERT INTO CODERRELATIONS VALUES (?1, ?2, ?3, 1, 1, 1, 1)",
                params![relation, pair[0], pair[1]],
            )?;
        }
    }
    Ok(())
}

/// A document per statement. What DNA has no column for is in its notes, a line each.
fn documents(file: &Connection, material: &Material<'_>, cut: &mut usize) -> rusqlite::Result<()> {
    let in_columns = ["role", "venue", "source_publisher", "kind"];
    let details = material.details(&[]);
    for (number, said) in (1_i64..).zip(&material.statements) {
        let notes: Vec<String> = details
            .iter()
            .filter(|detail| !in_columns.contains(&detail.name.as_str()) && !detail.cell(said).is_empty())
            .map(|detail| format!("{}: {}", detail.name, detail.cell(said)))
            .collect();
        let [title, author, source, section] =
            [&said.id, &said.speaker, &said.source_publisher, &said.venue].map(|text| short(text, cut));
        file.execute(
            "INSERT INTO DOCUMENTS VALUES (?1, ?2, ?3, 1, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![
                number,
                title,
                said.text,
                author,
                source,
                section,
                notes.join("\n"),
                said.kind.word(),
                seconds(said.date.written)
            ],
        )?;
    }
    Ok(())
}

/// The attributes of every entity. Those of an issue and of a level say in words what it means.
fn attributes(file: &Connection, material: &Material<'_>, entities: &Entities<'_>) -> rusqlite::Result<()> {
    let mut of_variable: BTreeMap<i64, Vec<(i64, &str)>> = BTreeMap::new();
    let (mut attribute, mut value) = (0_i64, 0_i64);
    for variable in [1, 2, 3, LEVEL, 6, 7, 8] {
        for name in ATTRIBUTES {
            attribute += 1;
            of_variable.entry(variable).or_default().push((attribute, name));
            file.execute("INSERT INTO ATTRIBUTEVARIABLES VALUES (?1, ?2, ?3)", params![attribute, variable, name])?;
        }
    }
    for ((variable, entity), number) in entities {
        let meaning = meaning(material, *variable, entity);
        for (attribute, name) in of_variable.get(variable).map_or(&[][..], Vec::as_slice) {
            let text = match *name {
                "Alias" => meaning.0.as_str(),
                "Notes" => meaning.1.as_str(),
                _ => "",
            };
            value += 1;
            file.execute(
                "INSERT INTO ATTRIBUTEVALUES VALUES (?1, ?2, ?3, ?4)",
                params![value, number, attribute, short(text, &mut 0)],
            )?;
        }
    }
    Ok(())
}

/// The name and the question of an issue; the definition of a level.
fn meaning(material: &Material<'_>, variable: i64, entity: &str) -> (String, String) {
    let issues = || material.issues.iter().map(|issue| (*issue, material.issue(*issue)));
    match variable {
        3 | 8 => issues()
            .find(|(_, issue)| issue.id == entity)
            .map_or_else(Default::default, |(_, issue)| (issue.name.clone(), issue.question.clone())),
        LEVEL => {
            let mut levels = issues().flat_map(|(index, issue)| issue.levels.iter().map(move |level| (index, level)));
            let level = levels.find(|(index, level)| material.choice(*index, Some(level.position)) == entity);
            (String::new(), level.map_or(String::new(), |(_, level)| level.definition.clone()))
        }
        _ => Default::default(),
    }
}

/// A password as DNA keeps it: salt and digest in base 64. The digest is SHA-256 of both, hashed again 99,999 times. The salt
/// is always the same, so that the same corpus gives the same bytes; the password is no secret.
fn password_hash(password: &str) -> String {
    const SALT: &[u8; 16] = b"stance positions";
    const ROUNDS: usize = 100_000;
    let mut digest = Sha256::new().chain_update(SALT).chain_update(password).finalize();
    for _ in 1..ROUNDS {
        digest = Sha256::digest(digest);
    }
    base64(&[&SALT[..], &digest[..]].concat())
}

/// It takes a while, and is always the same.
static PASSWORD_HASH: LazyLock<String> = LazyLock::new(|| password_hash(PASSWORD));

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for part in bytes.chunks(3) {
        let bits =
            part.iter().enumerate().fold(0_u32, |bits, (place, byte)| bits | u32::from(*byte) << (16 - 8 * place));
        for place in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * place)) as usize & 63];
            text.push(if place <= part.len() { char::from(letter) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_those_of_base_64() {
        for (bytes, text) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }

    #[test]
    fn a_password_has_the_form_that_the_tool_checks() {
        let hash = password_hash(PASSWORD);
        assert_eq!(hash.len(), 64);
        assert!(hash.starts_with(&base64(b"stance position")), "{hash}");
    }

    #[test]
    fn short_texts_are_cut_between_characters() {
        let mut cut = 0;
        assert_eq!(short("é", &mut cut), "é");
        let long = "é".repeat(200);
        assert_eq!((short(&long, &mut cut).chars().count(), cut), (LONGEST, 1));
    }
}
