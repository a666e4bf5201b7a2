//! REFI-QDA, the exchange format of programs for qualitative analysis (ATLAS.ti, MAXQDA, NVivo, QualCoder): projects
//! (`.qdpx`) and codebooks (`.qdc`).
//!
//! An issue is a code that cannot be given, and its levels are codes under it. Each statement is a source of its own
//! without carriage returns, so that no program can count its characters differently. Each label is a selection: the
//! whole text by hand, the evidence by rules. Names of things are made of what they name, so two exports match.

use std::io::{Cursor, Write};

use uuid::Uuid;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::error::{Error, Result};
use crate::exchange::material::{Detail, Material, NO_POSITION, characters};
use crate::exchange::xml::{XmlText, is_allowed};
use crate::exchange::{Exported, Loss};
use crate::statement::Statement;

const PROJECT: &str = "urn:QDA-XML:project:1.0";
const CODEBOOK: &str = "urn:QDA-XML:codebook:1.0";
/// How much of its words a selection has as its name: the only thing by which a reader can check its place.
const NAME: usize = 100;

/// The codebook alone.
///
/// # Errors
/// [`Error::Output`] if it cannot be composed.
pub fn codebook(material: &Material<'_>) -> Result<Exported> {
    let mut xml = XmlText::new();
    xml.open("CodeBook", &[("xmlns", CODEBOOK), ("origin", "Stance")]);
    codes(&mut xml, material);
    xml.close("CodeBook");
    let mut losses = vec![Loss::new("the order of levels, which is in their names only")];
    losses.push(Loss::new("the statements and labels: only issues and levels are in a .qdc; --format qdpx has all"));
    Ok(Exported::one(xml.finish()?, losses))
}

/// The corpus as a project.
///
/// # Errors
/// [`Error::Output`] if it cannot be composed.
pub fn project(material: &Material<'_>) -> Result<Exported> {
    let names = Names { corpus: &material.name };
    let texts: Vec<String> = material.statements.iter().map(|said| plain(&said.text)).collect();
    let mut xml = XmlText::new();
    xml.open("Project", &[("xmlns", PROJECT), ("name", &material.name), ("origin", "Stance")]);
    let sources = material.sources();
    if !sources.is_empty() {
        xml.open("Users", &[]);
        sources.iter().for_each(|name| xml.empty("User", &[("guid", &names.of("user", &[name])), ("name", name)]));
        xml.close("Users");
    }
    xml.open("CodeBook", &[]);
    codes(&mut xml, material);
    xml.close("CodeBook");
    let details = material.details(&["Date", "Speaker", "StatementId"]);
    let variables =
        ["Date", "Speaker", "StatementId"].into_iter().chain(details.iter().map(|detail| detail.name.as_str()));
    xml.open("Variables", &[]);
    for name in variables {
        let kind = if name == "Date" { "Date" } else { "Text" };
        let guid = names.of("variable", &[name]);
        xml.empty("Variable", &[("guid", &guid), ("name", name), ("typeOfVariable", kind)]);
    }
    xml.close("Variables");
    xml.open("Sources", &[]);
    for (statement, text) in texts.iter().enumerate() {
        source(&mut xml, material, &names, &details, statement, text);
    }
    xml.close("Sources");
    xml.close("Project");
    let files = material
        .statements
        .iter()
        .zip(&texts)
        .map(|(said, text)| (format!("sources/{}.txt", names.of("text", &[&said.id])), text.as_bytes()));
    let bytes = zipped(&xml.finish()?, files).map_err(|error| Error::Output(std::io::Error::other(error)))?;
    Ok(Exported::one(bytes, losses(material)))
}

fn losses(material: &Material<'_>) -> Vec<Loss> {
    let mut losses = material.losses.clone();
    losses.push(Loss::new("the order of levels, which is in the names of the codes only"));
    let changed = material.statements.iter().filter(|said| plain(&said.text) != said.text).count();
    Loss::count(
        &mut losses,
        changed,
        "text",
        "with carriage returns: written with \\n, so that no program counts them twice",
    );
    let strange =
        material.statements.iter().filter(|said| said.texts().iter().any(|(_, text)| !text.chars().all(is_allowed)));
    material.lose_names(&mut losses);
    Loss::count(
        &mut losses,
        strange.count(),
        "statement",
        "with control characters, which XML cannot hold: written as \u{fffd} outside of the text",
    );
    losses
}

/// Names for things that are the same at each export.
struct Names<'m> {
    corpus: &'m str,
}

impl Names<'_> {
    fn of(&self, kind: &str, parts: &[&str]) -> String {
        let whole = [&["stance", self.corpus, kind], parts].concat().join("\u{0}");
        Uuid::new_v5(&Uuid::NAMESPACE_OID, whole.as_bytes()).to_string()
    }
}

/// Codes are named by the issue alone, so that the codebooks of 2 corpora match.
fn code(parts: &[&str]) -> String {
    Names { corpus: "" }.of("code", parts)
}

fn codes(xml: &mut XmlText, material: &Material<'_>) {
    xml.open("Codes", &[]);
    for index in &material.issues {
        let issue = material.issue(*index);
        xml.open("Code", &[("guid", &code(&[&issue.id])), ("name", &issue.id), ("isCodable", "false")]);
        let question = [&issue.name, &issue.question].map(String::as_str).join("\n");
        xml.text("Description", question.trim_end());
        for level in &issue.levels {
            let name = material.choice(*index, Some(level.position));
            let guid = code(&[&issue.id, &level.position.to_string()]);
            let attributes = [("guid", guid.as_str()), ("name", &name), ("isCodable", "true")];
            if level.definition.is_empty() {
                xml.empty("Code", &attributes);
            } else {
                xml.open("Code", &attributes);
                xml.text("Description", &level.definition);
                xml.close("Code");
            }
        }
        let none = code(&[&issue.id, NO_POSITION]);
        xml.empty("Code", &[("guid", &none), ("name", NO_POSITION), ("isCodable", "true")]);
        xml.close("Code");
    }
    xml.close("Codes");
}

/// A statement with its labels and what else is known of it.
fn source(
    xml: &mut XmlText,
    material: &Material<'_>,
    names: &Names<'_>,
    details: &[Detail],
    statement: usize,
    text: &str,
) {
    let said = material.statements[statement];
    let path = format!("internal://{}.txt", names.of("text", &[&said.id]));
    let guid = names.of("source", &[&said.id]);
    xml.open("TextSource", &[("guid", &guid), ("name", &said.id), ("plainTextPath", &path)]);
    let sources = material.sources();
    for label in material.given_on(statement) {
        let issue = &material.issue(label.issue).id;
        let by = sources[label.by];
        let span = label.evidence.filter(|span| !span.is_empty() && said.text == text).unwrap_or(0..text.len());
        let (start, end) = characters(text, &span);
        let words: String = text.get(span).unwrap_or("").chars().take(NAME).collect();
        let (guid, user) = (names.of("selection", &[&said.id, issue, by]), names.of("user", &[by]));
        let (start, end) = (start.to_string(), end.to_string());
        xml.open(
            "PlainTextSelection",
            &[
                ("guid", &guid),
                ("name", &words),
                ("startPosition", &start),
                ("endPosition", &end),
                ("creatingUser", &user),
            ],
        );
        if !label.why.is_empty() {
            xml.text("Description", label.why);
        }
        let coding = names.of("coding", &[&said.id, issue, by]);
        xml.open("Coding", &[("guid", &coding), ("creatingUser", &user)]);
        let level = label.position.map_or(NO_POSITION.to_owned(), |position| position.to_string());
        xml.empty("CodeRef", &[("targetGUID", &code(&[issue, &level]))]);
        xml.close("Coding");
        xml.close("PlainTextSelection");
    }
    variables(xml, names, details, said);
    xml.close("TextSource");
}

fn variables(xml: &mut XmlText, names: &Names<'_>, details: &[Detail], said: &Statement) {
    let date = said.date.written.to_string();
    let mut value = |name: &str, kind: &str, text: &str| {
        if !text.is_empty() {
            xml.open("VariableValue", &[]);
            xml.empty("VariableRef", &[("targetGUID", &names.of("variable", &[name]))]);
            xml.text(kind, text);
            xml.close("VariableValue");
        }
    };
    value("Date", "DateValue", &date);
    value("Speaker", "TextValue", &said.speaker);
    value("StatementId", "TextValue", &said.id);
    details.iter().for_each(|detail| value(&detail.name, "TextValue", &detail.cell(said)));
}

/// A text in which every line break is one character.
fn plain(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// The files as one, deflated and without a date.
fn zipped<'f>(
    project: &[u8],
    files: impl Iterator<Item = (String, &'f [u8])>,
) -> std::result::Result<Vec<u8>, zip::result::ZipError> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("project.qde", options)?;
    zip.write_all(project)?;
    for (name, bytes) in files {
        zip.start_file(name, options)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}
