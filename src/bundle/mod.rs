//! A study as one file for another lab: the corpus, the question, the results, and how they came about.
//!
//! ```text
//! corpus, question ─▶ files ─▶ manifest with their hashes ─▶ ZIP
//! ZIP ─▶ files ─▶ corpus, question ─▶ the same files again: each is compared, byte for byte
//! ```

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::corpus::Corpus;
use crate::error::{Error, Problem, Result};
use crate::exchange::cells::{self, CellTable, TEXTS_OF_VERDICTS};
use crate::exchange::material::Material;
use crate::exchange::{ExchangeFormat, ExportSettings, ResultTables, export};
use crate::file::corpus_files::{LABELS, PLAN, RULES_FILE};
use crate::file::document::Document;
use crate::file::scratch::ScratchFolder;
use crate::file::{json, read, records};
use crate::label::ADJUDICATED;
use crate::program::Program;
use crate::rule::RuleDecisions;
use crate::shift::rows::rows;
use crate::study::answer::{CorpusMark, day_rows, family_rows};
use crate::study::asked::Asked;
use crate::study::design::Design;
use crate::study::kept::PlanKept;
use crate::study::question::Question;
use crate::study::{Ask, Study};
use crate::words::{self, many};

mod packed;
mod documents;
mod methods;

pub use packed::{Files, UnpackedFiles, pack, unpack};

/// The form of a bundle. It changes if an older program could not read it.
const FORMAT: u32 = 1;
/// The file that names all others.
const MANIFEST: &str = "manifest.json";
const CORPUS: &str = "corpus/";
/// The largest bundle that is read, in bytes: 512 MiB.
const LARGEST: u64 = 512 << 20;
/// The longest text about a corpus that is taken along, in bytes: 4 MiB.
pub const LONGEST_TEXT: u64 = 4 << 20;

/// What makes a study of a question: [`Study::of`], perhaps with a progress bar.
pub type Studying<'s, 'c> = &'s dyn Fn(&'c Corpus, &'c RuleDecisions, Ask) -> Study<'c>;

/// What is in a bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    format: u32,
    /// The version of the program that made it.
    pub stance: String,
    /// Its build; empty if it did not say.
    #[serde(default)]
    pub build: String,
    /// The corpus.
    pub corpus: CorpusMark,
    /// Under which licence others may use the corpus; `None` if it states none.
    pub licence: Option<String>,
    /// The SHA-256 of the plan, if there is one.
    pub plan: Option<String>,
    /// The SHA-256 with which the plan was registered, if its authors named it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    registered: Option<String>,
    question: Question,
    explored: Option<Question>,
    files: Vec<FileMark>,
}

/// A file of a bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct FileMark {
    name: String,
    bytes: u64,
    sha256: String,
}

/// The part of a manifest that every form has.
#[derive(Debug, Deserialize)]
struct Head {
    format: u32,
    stance: String,
}

/// The files of a bundle, ready to be packed.
#[derive(Debug)]
pub struct Made {
    /// The files, with the manifest.
    pub files: Files,
    /// Under which licence others may use the corpus; `None` if it states none.
    pub licence: Option<String>,
    /// Whether the plan was kept, if there is one.
    pub kept: Option<PlanKept>,
    /// How many verdicts it has.
    pub verdicts: usize,
    /// The corpus that it has.
    pub mark: CorpusMark,
    /// The texts in the folder of the corpus that are too long to go along, by name.
    pub left_out: Vec<String>,
}

/// Makes the files of a bundle, as a program would sign them.
///
/// # Errors
/// [`Error::Request`] if the question shows no pair, and [`Error::Read`] if a text about the corpus cannot be read.
pub fn make<'c>(
    corpus: &'c Corpus,
    decisions: &'c RuleDecisions,
    asked: &Asked,
    program: &Program,
    study: Studying<'_, 'c>,
) -> Result<Made> {
    let asked = &in_a_bundle(asked);
    let answered = asked.answer(corpus, decisions, study);
    answered.study.not_empty()?;
    let agreement = methods::agreement_of(&answered.study, decisions);
    let (mut files, left_out) = corpus_files(corpus)?;
    let licence = licence(corpus, &files);
    let mut add = |name: &str, text: String| drop(files.insert(name.to_owned(), text.into_bytes()));
    let codebook = &corpus.codebook;
    let verdicts = rows(answered.study.shown(), codebook);
    add("results/verdicts.json", json::pretty(&answered.in_full(program))?);
    add("results/verdicts.csv", records::csv(&verdicts)?);
    add("results/days.csv", records::csv(&day_rows(&answered.study))?);
    add("results/agreement.json", json::pretty(&agreement)?);
    add("results/family.csv", records::csv(&family_rows(&answered.study))?);
    if asked.ask.stress {
        add("results/sensitivity.csv", records::csv(&answered.study.view().sensitivity())?);
    }
    if let Some(explored) = &answered.explored {
        add("results/explored.csv", records::csv(&rows(explored.shown(), codebook))?);
    }
    if let Some(kept) = &answered.kept {
        add("results/plan.json", json::pretty(kept)?);
    }
    if let Some(design) = &asked.design {
        add(PLAN, design.text.clone());
    }
    add("METHODS.md", methods::methods(&answered, &agreement, licence.as_deref(), program));
    add("references.bib", methods::references(&answered.study, &program.version));
    add(documents::HOW_IT_WORKS, documents::how_it_works());
    add(documents::HOW_WELL, documents::how_well());
    let everything = crate::corpus::Selection { unverified: true, ..crate::corpus::Selection::default() };
    let material = Material::of(corpus, decisions, &everything, &[]);
    let tables = ResultTables {
        verdicts: CellTable::of(&verdicts, &TEXTS_OF_VERDICTS)?,
        agreement: cells::agreement(&agreement.rows),
    };
    for (format, name) in [
        (ExchangeFormat::Markdown, "results/verdicts.md"),
        (ExchangeFormat::Latex, "results/verdicts.tex"),
        (ExchangeFormat::Long, "results/labels.csv"),
    ] {
        let exported = export(format, &material, &tables, &ExportSettings::default())?;
        for file in exported.files {
            files.insert(name.to_owned(), file.bytes);
        }
    }
    files.insert("README.md".to_owned(), read_me(corpus, &files, licence.as_deref(), program).into_bytes());
    let mark = |(name, bytes): (&String, &Vec<u8>)| FileMark {
        name: name.clone(),
        bytes: bytes.len() as u64,
        sha256: words::sha256(bytes),
    };
    let manifest = Manifest {
        format: FORMAT,
        stance: program.version.clone(),
        build: program.build.clone(),
        corpus: answered.study.mark(),
        licence: licence.clone(),
        plan: asked.design.as_ref().map(|design| design.sha256.clone()),
        registered: asked.design.as_ref().and_then(|design| design.registered.clone()),
        question: Question::of(&asked.ask, codebook),
        explored: asked.explored.as_ref().map(|ask| Question::of(ask, codebook)),
        files: files.iter().map(mark).collect(),
    };
    files.insert(MANIFEST.to_owned(), json::pretty(&manifest)?.into_bytes());
    let (verdicts, mark) = (answered.study.shown().count(), answered.study.mark());
    Ok(Made { files, licence, kept: answered.kept, verdicts, mark, left_out })
}

/// The question, with the plan under the name that it has in every bundle.
fn in_a_bundle(asked: &Asked) -> Asked {
    let mut asked = asked.clone();
    if let Some(design) = &mut asked.design {
        PLAN.clone_into(&mut design.name);
    }
    asked
}

/// The files of the corpus and the texts about it; and the names of texts that are longer than [`LONGEST_TEXT`].
fn corpus_files(corpus: &Corpus) -> Result<(Files, Vec<String>)> {
    let (mut files, mut left_out) = (Files::new(), Vec::new());
    for (path, text) in corpus.to_files() {
        let parts: Vec<String> = path.iter().map(|part| part.to_string_lossy().into_owned()).collect();
        files.insert(format!("{CORPUS}{}", parts.join("/")), text.into_bytes());
    }
    for path in read::entries(&corpus.path).unwrap_or_default() {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let is_text = [".toml", ".txt", ".md", ".csv"].iter().any(|ending| name.ends_with(ending));
        let is_new = !files.contains_key(&format!("{CORPUS}{name}"));
        // What a link leads to may be anything, and a bundle is handed on.
        let is_own = read::is_file(&path) && !read::is_link(&path);
        if !(is_own && is_new && !name.starts_with('.') && (is_text || is_licence(&name))) {
            continue;
        }
        if read::size(&path).is_some_and(|size| size > LONGEST_TEXT) {
            left_out.push(name);
        } else {
            files.insert(format!("{CORPUS}{name}"), read::bytes(&path, LONGEST_TEXT)?);
        }
    }
    Ok((files, left_out))
}

fn is_licence(name: &str) -> bool {
    let name = name.to_lowercase();
    let stem = name.strip_suffix(".md").or(name.strip_suffix(".txt")).unwrap_or(&name);
    ["license", "licence", "copying"].contains(&stem)
}

/// What the corpus states about its licence: in the codebook, or a file.
fn licence(corpus: &Corpus, files: &Files) -> Option<String> {
    corpus.codebook.licence.clone().or_else(|| {
        let file = files.keys().filter_map(|name| name.strip_prefix(CORPUS)).find(|name| is_licence(name))?;
        Some(format!("see {CORPUS}{file}"))
    })
}

/// What the first reader has to know.
fn read_me(corpus: &Corpus, files: &Files, licence: Option<&str>, program: &Program) -> String {
    let licence = licence.map_or_else(
        || "The corpus states no licence. Ask its authors before you use it.".to_owned(),
        |licence| format!("Licence of the corpus: {licence}."),
    );
    let labels = files.keys().filter(|name| name.starts_with("corpus/labels/")).count();
    let plan = if files.contains_key(PLAN) {
        "\n- `plan.toml`: the plan, which does not show when it was written; `results/plan.json`: whether it was kept"
    } else {
        ""
    };
    let explored = if files.contains_key("results/explored.csv") {
        "; `explored.csv`: what was looked at beyond the plan"
    } else {
        ""
    };
    let sensitivity = if files.contains_key("results/sensitivity.csv") {
        "; `sensitivity.csv`: the test under other assumptions"
    } else {
        ""
    };
    let with_plan = if files.contains_key(PLAN) { ", with `--plan plan.toml` for the planned pairs" } else { "" };
    let has = |name: &str| files.contains_key(&format!("{CORPUS}{name}"));
    let rules = if has(RULES_FILE) { ", rules" } else { "" };
    let adjudication = if has(&format!("{LABELS}/{ADJUDICATED}.csv")) { " and of the adjudication" } else { "" };
    format!(
        "# {}\n\n\
         A study by Stance {program}, complete: what was said, who labelled it how, what was asked, and what came out.\n\n\
         - `corpus/`: statements, codebook{rules}, and {} with the labels and reasons of each coder{adjudication}{plan}\n\
         - `results/verdicts.json`: each verdict with the days behind it; `verdicts.csv`: the same as a table; `.md` and \
         `.tex`: its main columns{explored}\n\
         - `results/days.csv`: the days as the test saw them; `family.csv`: the p of all pairs that share the \
         correction{sensitivity}\n\
         - `results/labels.csv`: every label of every coder and of the rules; `agreement.json`: how far they agree\n\
         - `METHODS.md`: the methods section, with the figures of this study; `references.bib`: the works behind it\n\
         - `how-stance-tests.md`: the test in full, and what the columns of the tables hold; \
         `how-well-stance-tests.md`: how often it errs, by simulation\n\
         - `manifest.json`: the question, the seed, and the size and SHA-256 of each file\n\n\
         To compute everything again and compare it byte by byte:\n\n\
         ```sh\nstance bundle check FILE.zip\n```\n\n\
         To work with the corpus, unpack the file and run `stance shifts --corpus corpus`{with_plan}.\n\n{licence}\n",
        corpus.codebook.title,
        many(labels, "file"),
    )
}

/// A bundle that was read.
#[derive(Debug)]
pub struct Bundle {
    path: PathBuf,
    /// What it says that it holds.
    pub manifest: Manifest,
    /// The SHA-256 of the file.
    pub sha256: String,
    bytes: Vec<u8>,
    unpacked: UnpackedFiles,
}

/// A corpus that was packed, in a folder that goes with it.
#[derive(Debug)]
pub struct UnpackedCorpus {
    /// The corpus.
    pub corpus: Corpus,
    _scratch: ScratchFolder,
}

/// A file that is not as it was, or not what the corpus gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileDifference {
    /// The file.
    pub file: String,
    /// What is wrong with it.
    pub what: String,
}

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// The version of the program that made the bundle.
    pub made_by: String,
    /// Its build; empty if it did not say.
    pub made_by_build: String,
    /// Whether this is the same program.
    pub same_program: bool,
    /// How many files it has, or should have.
    pub files: usize,
    /// The SHA-256 of the file.
    pub sha256: String,
    /// How many verdicts were reached again; `None` if its corpus cannot be read.
    pub verdicts: Option<usize>,
    /// The corpus that is in it, as it is; `None` if it cannot be read.
    pub corpus: Option<CorpusMark>,
    /// The plan that is in it, and whether this study kept to it.
    pub plan: Option<PlanKept>,
    /// Whether the file is byte for byte as the program packs these files. If not, somebody packed them anew.
    pub packed_as_written: bool,
    /// The files that differ, are missing or are too many, by name.
    pub differences: Vec<FileDifference>,
    /// Why the corpus or the question cannot be read.
    pub unread: Option<String>,
}

const AGAIN: &str = "get the file again from whoever made it";

impl Bundle {
    /// Reads a bundle. Its files are not trusted yet.
    ///
    /// # Errors
    /// [`Error::Read`] if the system refuses, [`Error::Invalid`] if it is no ZIP, one that nobody should unpack, or no
    /// bundle that this program knows.
    pub fn open(path: &Path) -> Result<Bundle> {
        let fault = |what: String, hint: &str| Error::Invalid(vec![Problem::fault(path, None, what, hint)]);
        let bytes = read::bytes(path, LARGEST)?;
        let unpacked = unpack(&bytes).map_err(|what| fault(format!("this is not a bundle: {what}"), AGAIN))?;
        if let Some((_, what)) = unpacked.damaged.iter().find(|(name, _)| name == MANIFEST) {
            return Err(fault(format!("{MANIFEST} is damaged: {what}"), AGAIN));
        }
        let Some(manifest) = unpacked.files.get(MANIFEST) else {
            let what = format!("this is not a bundle: it has no {MANIFEST}");
            return Err(fault(what, "name a file that `stance bundle` wrote"));
        };
        let strange = |error: serde_json::Error| fault(format!("{MANIFEST} cannot be read: {error}"), AGAIN);
        let head: Head = serde_json::from_slice(manifest).map_err(strange)?;
        if head.format != FORMAT {
            let what = format!(
                "the bundle has form {}, made by Stance {}; this program reads form {FORMAT}",
                head.format, head.stance
            );
            return Err(fault(what, "check it with the version that made it"));
        }
        let manifest: Manifest = serde_json::from_slice(manifest).map_err(strange)?;
        let mut named = BTreeSet::new();
        if let Some(again) = manifest.files.iter().find(|mark| !named.insert(mark.name.as_str())) {
            return Err(fault(format!("{MANIFEST} names `{}` twice", again.name), AGAIN));
        }
        Ok(Bundle { path: path.to_owned(), manifest, sha256: words::sha256(&bytes), bytes, unpacked })
    }

    /// Checks that each file is that of the manifest. That does not show that the results follow from the corpus.
    ///
    /// # Errors
    /// [`Error::Invalid`] with all files that are not.
    pub fn is_whole(&self) -> Result<()> {
        let hint = "see what `stance bundle check` says of it";
        let fault = |difference: FileDifference| {
            Problem::fault(&self.path, None, format!("{} {}", difference.file, difference.what), hint)
        };
        let problems: Vec<Problem> = self.against_manifest().into_iter().map(fault).collect();
        if problems.is_empty() { Ok(()) } else { Err(Error::Invalid(problems)) }
    }

    /// The corpus in it.
    ///
    /// # Errors
    /// As [`Corpus::load`], with the places of faults in the bundle.
    pub fn corpus(&self) -> Result<UnpackedCorpus> {
        corpus_of(&self.path, &self.manifest.corpus.name, &self.unpacked.files, CORPUS)
    }

    /// The question that it answers, to its corpus.
    ///
    /// # Errors
    /// [`Error::Request`] if the corpus does not have what the question names, [`Error::Invalid`] if the plan does not
    /// hold.
    pub fn asked(&self, corpus: &Corpus) -> Result<Asked> {
        let plan = self.unpacked.files.get(PLAN).filter(|_| self.manifest.plan.is_some());
        let design = plan.map(|plan| -> Result<Design> {
            let text = String::from_utf8_lossy(plan).into_owned();
            let design = Design::parse(PLAN, Document::new(self.path.join(PLAN), text), corpus)?;
            Ok(design.registered_as(self.manifest.registered.clone()))
        });
        Ok(Asked {
            ask: self.manifest.question.ask(corpus)?,
            explored: self.manifest.explored.as_ref().map(|question| question.ask(corpus)).transpose()?,
            design: design.transpose()?,
        })
    }

    /// The program that made it, as it says.
    pub fn made_by(&self) -> Program {
        Program { version: self.manifest.stance.clone(), build: self.manifest.build.clone() }
    }

    /// Compares each file with the manifest, computes everything again, and compares it.
    ///
    /// # Errors
    /// [`Error::Write`] if the corpus cannot be unpacked.
    pub fn check(&self, study: &dyn for<'c> Fn(&'c Corpus, &'c RuleDecisions, Ask) -> Study<'c>) -> Result<Checked> {
        let mut checked = Checked {
            made_by: self.manifest.stance.clone(),
            made_by_build: self.manifest.build.clone(),
            same_program: self.made_by() == Program::this(),
            sha256: self.sha256.clone(),
            files: self.names().len(),
            verdicts: None,
            corpus: None,
            plan: None,
            packed_as_written: pack(&self.unpacked.files).is_ok_and(|bytes| bytes == self.bytes),
            differences: self.against_manifest(),
            unread: None,
        };
        let unpacked = match self.corpus() {
            Err(error @ Error::Write { .. }) => return Err(error),
            unpacked => unpacked,
        };
        let again = unpacked.and_then(|unpacked| {
            let corpus = &unpacked.corpus;
            let asked = self.asked(corpus)?;
            let decisions = corpus.label_by_rules(|| {});
            make(corpus, &decisions, &asked, &self.made_by(), study)
        });
        match again {
            Ok(made) => {
                checked.verdicts = Some(made.verdicts);
                checked.corpus = Some(made.mark);
                checked.plan = made.kept;
                self.compare(&made.files, &mut checked.differences);
            }
            Err(error) => checked.unread = Some(error.to_string()),
        }
        checked.differences.sort_by(|a, b| a.file.cmp(&b.file));
        Ok(checked)
    }

    /// The names of all files: those that are in it, and those that its manifest names and that are missing.
    fn names(&self) -> BTreeSet<&str> {
        let there = self.unpacked.files.keys().chain(self.unpacked.damaged.iter().map(|(name, _)| name));
        let named = self.manifest.files.iter().map(|mark| &mark.name);
        there.chain(named).map(String::as_str).collect()
    }

    fn against_manifest(&self) -> Vec<FileDifference> {
        let mut differences = Vec::new();
        let mut differs = |file: &str, what: String| differences.push(FileDifference { file: file.to_owned(), what });
        let damaged = |name: &str| self.unpacked.damaged.iter().find(|(other, _)| other == name);
        for mark in &self.manifest.files {
            match (self.unpacked.files.get(&mark.name), damaged(&mark.name)) {
                (_, Some((_, what))) => differs(&mark.name, format!("is damaged: {what}")),
                (None, None) => differs(&mark.name, "is missing".to_owned()),
                (Some(bytes), None) => {
                    let is = words::sha256(bytes);
                    if is != mark.sha256 {
                        differs(
                            &mark.name,
                            format!("was changed: its SHA-256 is {is}, and the manifest names {}", mark.sha256),
                        );
                    }
                }
            }
        }
        let named: BTreeSet<&str> = self.manifest.files.iter().map(|mark| mark.name.as_str()).collect();
        let all = self.unpacked.files.keys().chain(self.unpacked.damaged.iter().map(|(name, _)| name));
        for name in all.filter(|name| *name != MANIFEST && !named.contains(name.as_str())) {
            differs(name, "is too many: the manifest does not name it".to_owned());
        }
        differences
    }

    /// Compares the files with those that were made again.
    fn compare(&self, made: &Files, differences: &mut Vec<FileDifference>) {
        let known: BTreeSet<String> = differences.iter().map(|difference| difference.file.clone()).collect();
        let mut differs = |file: &str, what: String| differences.push(FileDifference { file: file.to_owned(), what });
        for (name, again) in made.iter().filter(|(name, _)| *name != MANIFEST && !known.contains(*name)) {
            match self.unpacked.files.get(name) {
                None => differs(name, "is missing: its corpus gives it".to_owned()),
                Some(there) if there != again => {
                    differs(name, format!("is not what its corpus gives: {}", first_difference(there, again)))
                }
                Some(_) => {}
            }
        }
        for name in self.unpacked.files.keys().filter(|name| !made.contains_key(*name) && !known.contains(*name)) {
            differs(name, "is too many: its corpus does not give it".to_owned());
        }
        // What differs elsewhere differs in the manifest too.
        if let (true, Some(there), Some(again)) =
            (differences.is_empty(), self.unpacked.files.get(MANIFEST), made.get(MANIFEST))
            && there != again
        {
            let what = format!("is not what its corpus gives: {}", first_difference(there, again));
            differences.push(FileDifference { file: MANIFEST.to_owned(), what });
        }
    }
}

/// The first line in which 2 texts differ, from a few characters before they do.
fn first_difference(there: &[u8], again: &[u8]) -> String {
    const MOST: usize = 60;
    const BEFORE: usize = 20;
    let (there, again) = (String::from_utf8_lossy(there), String::from_utf8_lossy(again));
    let excerpt = |line: Option<&str>, from: usize| {
        let Some(line) = line else { return "nothing".to_owned() };
        if line.is_empty() {
            return "an empty line".to_owned();
        }
        let rest: String = line.chars().skip(from).take(MOST).collect();
        let (before, after) =
            (if from > 0 { "…" } else { "" }, if line.chars().count() > from + MOST { "…" } else { "" });
        format!("`{before}{rest}{after}`")
    };
    let (mut a, mut b) = (there.lines(), again.lines());
    let mut number = 1;
    loop {
        match (a.next(), b.next()) {
            (None, None) => return "line ends differ".to_owned(),
            (one, other) if one == other => number += 1,
            (one, other) => {
                let same = one.unwrap_or("").chars().zip(other.unwrap_or("").chars()).take_while(|(a, b)| a == b);
                let from = same.count().saturating_sub(BEFORE);
                let (is, computed) = (excerpt(one, from), excerpt(other, from));
                return format!("line {number} is {is}, and {computed} was computed");
            }
        }
    }
}

/// The corpus in a folder of packed files. `within` is that folder, with a `/` at its end; or nothing.
///
/// # Errors
/// As [`Corpus::load`], with the places of faults below `path`. [`Error::Write`] if it cannot be unpacked.
pub fn corpus_of(path: &Path, name: &str, files: &Files, within: &str) -> Result<UnpackedCorpus> {
    let inside = files.iter().filter_map(|(name, bytes)| Some((name.strip_prefix(within)?, bytes.as_slice())));
    let scratch = ScratchFolder::new(name, inside)?;
    let corpus = Corpus::load(scratch.path()).map_err(|error| match error {
        Error::Invalid(problems) => Error::Invalid(
            problems
                .into_iter()
                .map(|mut problem| {
                    if let Ok(inner) = problem.path.strip_prefix(scratch.path()) {
                        problem.path = path.join(within).join(inner);
                    }
                    problem
                })
                .collect(),
        ),
        Error::Request { .. } => {
            let hint = "name one that has a codebook.toml and a statements.csv";
            Error::Invalid(vec![Problem::fault(path, None, "there is no corpus in it", hint)])
        }
        other => other,
    })?;
    Ok(UnpackedCorpus { corpus, _scratch: scratch })
}
