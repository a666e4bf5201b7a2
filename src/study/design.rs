//! A plan that was fixed beforehand: a file that says which pairs will be tested, and how. A later run says point by
//! point whether it kept to it.

use std::fmt::Write as _;
use std::path::Path;

use chrono::NaiveDate;
use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use crate::codebook::Settle;
use crate::corpus::{CODEBOOK, Corpus, RULES_FILE, Selection};
use crate::error::{Error, Place, Problem, Result};
use crate::file::document::{self, Document, Part, Read};
use crate::file::read;
use crate::shift::Request;
use crate::statement::TextColumn;
use crate::study::groups::{self, Groups};
use crate::study::kept::{PlanKept, PlanPoint};
use crate::study::pinned::{self, PinnedFile};
use crate::study::question::{ALPHAS, CORRECTIONS, GRAINS, ORIGINS, names, of_word, word};
use crate::study::{Ask, Family, NamedPair, PairChoice, Relabel, Study};
use crate::words::{self, guess_before, listed, many};

/// A plan that fits a corpus.
#[derive(Debug, Clone)]
pub struct Design {
    /// The name of its file.
    pub name: String,
    /// The SHA-256 of its file.
    pub sha256: String,
    /// Its text.
    pub text: String,
    /// The pairs that are tested, and share the correction.
    pub pairs: Vec<NamedPair>,
    /// The SHA-256 with which it was registered, if that is known.
    pub registered: Option<String>,
    /// The SHA-256 of the codebook.
    codebook: String,
    /// The SHA-256 of the rules, if they are fixed.
    rules: Option<String>,
    /// The statements and labels that there were.
    data: Vec<PinnedFile>,
    settle: Settle,
    ask: Ask,
}

/// The words for the test.
const TESTS: [(&str, bool); 2] = [("any-date", false), ("event", true)];
/// The longest plan, in bytes: 8 MiB, more than all pairs of a large corpus.
const LONGEST: u64 = 8 << 20;

impl Design {
    /// Reads a plan and compares it with a corpus.
    ///
    /// # Errors
    /// [`Error::Read`] if the system refuses. [`Error::Invalid`] with all that is wrong: also the pairs that the corpus
    /// does not know, and a codebook that is not the one of the plan.
    pub fn load(path: &Path, corpus: &Corpus) -> Result<Design> {
        let bytes = read::bytes(path, LONGEST)?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let valid = String::from_utf8_lossy(&error.as_bytes()[..error.utf8_error().valid_up_to()]).into_owned();
            let place = Place::of(&valid, valid.len());
            Error::Invalid(vec![Problem::fault(path, Some(place), "this byte is not UTF-8", "save the file as UTF-8")])
        })?;
        let name = path.file_name().map_or("plan.toml".to_owned(), |name| name.to_string_lossy().into_owned());
        Design::parse(&name, Document::new(path, text), corpus)
    }

    /// As [`Design::load`], of a text.
    ///
    /// # Errors
    /// As [`Design::load`].
    pub fn parse(name: &str, document: Document, corpus: &Corpus) -> Result<Design> {
        let mut problems = Vec::new();
        let design = Design::read(name, &document, corpus, &mut problems);
        match design {
            Some(design) if !problems.iter().any(Problem::is_fault) => Ok(design),
            _ => {
                problems.retain(Problem::is_fault);
                problems.sort_by_key(|problem| problem.place);
                Err(Error::Invalid(problems))
            }
        }
    }

    fn read(name: &str, document: &Document, corpus: &Corpus, problems: &mut Vec<Problem>) -> Option<Design> {
        let mut root = document.root(problems)?;
        let entries = document::take_entries(&mut root, "pair");
        let data = document::take_entries(&mut root, "file");
        let mut read: Read<RawDesign> = document.read(root, problems)?;
        let by = column(read.value.by.as_ref(), document, corpus, problems);
        let all = Groups::new(corpus, by.clone());
        let mut pairs: Vec<NamedPair> = Vec::new();
        if entries.is_empty() {
            let hint = "name each pair that will be tested: [[pair]], speaker = \"…\", issue = \"…\"";
            problems.push(document.fault(read.whole.clone(), "the plan names no pair", hint));
        }
        for entry in entries {
            let Some(mut pair) = document.read::<RawPair>(entry, problems) else { continue };
            let (speaker, issue) = (pair.value.speaker.take(), pair.value.issue.take());
            let speaker = document.need_text(speaker, "speaker", &pair, problems);
            let issue = document.need_text(issue, "issue", &pair, problems);
            let found = speaker.and_then(|written| {
                let name = written.get_ref();
                let found = if by.is_some() { all.find(name) } else { corpus.find_speaker(name) };
                known(found, &written, document, problems)
            });
            let index =
                issue.and_then(|written| known(corpus.find_issue(written.get_ref()), &written, document, problems));
            let (Some(speaker), Some(index)) = (found, index) else { continue };
            if pairs.contains(&(speaker.clone(), index)) {
                let what = format!("the pair of `{speaker}` and `{}` is named twice", corpus.codebook.issue(index).id);
                problems.push(document.fault(pair.whole.clone(), what, "remove one of them"));
            }
            pairs.push((speaker, index));
        }
        let codebook = read.value.codebook.take();
        let codebook = document.need_text(codebook, "codebook", &read, problems);
        let codebook = codebook.and_then(|written| hash(written, &[SHA256], document, problems));
        let rules = read.value.rules.take().map(|written| hash(written, &[SHA256, SHORT_HASH], document, problems));
        let data: Vec<PinnedFile> =
            data.into_iter().filter_map(|entry| pinned_file(entry, document, problems)).collect();
        let from = read.value.from.take().and_then(|day| read_day(&day, document, problems));
        let to = read.value.to.take().and_then(|day| read_day(&day, document, problems));
        if let (Some(from), Some(to)) = (from, to)
            && to < from
        {
            let what = format!("the window ends on {to}, before it begins on {from}");
            problems.push(document.fault(read.whole.clone(), what, "swap from and to"));
        }
        let event_span = read.value.event.as_ref().map(Spanned::span);
        let event = read.value.event.take().and_then(|day| read_day(&day, document, problems));
        let mut asked = |key: &str, value: Option<Spanned<String>>| document.need_text(value, key, &read, problems);
        let value = &read.value;
        let (test, labels, settle) = (
            asked("test", value.test.clone()),
            asked("labels", value.labels.clone()),
            asked("settle", value.settle.clone()),
        );
        let (unit, correction) = (asked("unit", value.unit.clone()), asked("correction", value.correction.clone()));
        let alpha = document.need(value.alpha.clone(), "alpha", &read, problems);
        let seed = document.need(value.seed.clone(), "seed", &read, problems);
        let mut words = Words { document, problems };
        let is_event = words.of(&TESTS, "test", test);
        let whose = words.of(&ORIGINS, "labels", labels);
        let settles = Settle::ALL.map(|settle| (settle.word(), settle));
        let settle = words.of(&settles, "settle", settle);
        let grain = words.of(&GRAINS, "unit", unit);
        let correction = words.of(&CORRECTIONS, "correction", correction);
        if let Some(alpha) = alpha.as_ref().filter(|alpha| !(ALPHAS.0..ALPHAS.1).contains(alpha.get_ref())) {
            let what = format!("`{}` is no level", alpha.get_ref());
            problems.push(document.fault(alpha.span(), what, "write a number from 0.00001 to below 1, such as 0.05"));
        }
        let seed = seed.and_then(|seed| match u64::try_from(*seed.get_ref()) {
            Ok(number) => Some(number),
            Err(_) => {
                let what = format!("`{}` is no seed", seed.get_ref());
                problems.push(document.fault(seed.span(), what, "write a whole number of 0 or more"));
                None
            }
        });
        match (is_event, &event_span) {
            (Some(true), None) => {
                let hint = "add a line such as event = 2025-08-15, or write test = \"any-date\"";
                problems.push(document.fault(
                    read.whole.clone(),
                    "the test is at an event, and the plan has no `event`",
                    hint,
                ));
            }
            (Some(false), Some(span)) => {
                let hint = "write test = \"event\", or remove the line";
                problems.push(document.fault(span.clone(), "the plan tests any date, and has an `event`", hint));
            }
            _ => {}
        }
        let ask = Ask {
            selection: Selection { from, to, unverified: read.value.unverified, ..Selection::default() },
            whose: whose?,
            request: Request { alpha: alpha?.into_inner(), correction: correction?, seed: seed?, event },
            family: Family::Selected,
            relabel: Relabel::All,
            by,
            grain: grain?,
            pairs: PairChoice::Only(pairs.clone()),
            ..Ask::default()
        };
        if let (Err(Error::Request { what, hint }), Some(span)) = (ask.check(), event_span) {
            problems.push(document.fault(span, what, hint));
        }
        Some(Design {
            name: name.to_owned(),
            sha256: words::sha256(document.text.as_bytes()),
            text: document.text.clone(),
            pairs,
            registered: None,
            codebook: codebook?,
            rules: rules.flatten(),
            data,
            settle: settle?,
            ask,
        })
    }

    /// The same, with the SHA-256 under which it was registered.
    #[must_use]
    pub fn registered_as(self, registered: Option<String>) -> Design {
        Design { registered, ..self }
    }

    /// The question that the plan asks.
    pub fn ask(&self) -> Ask {
        self.ask.clone()
    }

    /// Compares a study of the planned pairs with the plan.
    pub fn kept(&self, study: &Study<'_>, explored: Option<&Study<'_>>) -> PlanKept {
        let (ask, plan, corpus) = (&study.ask, &self.ask, study.corpus);
        let codebook = &corpus.codebook;
        let day = |day: Option<NaiveDate>, open: &str| day.map_or(open.to_owned(), |day| day.to_string());
        let window = |ask: &Ask| {
            let Selection { from, to, .. } = ask.selection;
            format!("{} to {}", day(from, "the first statement"), day(to, "the last statement"))
        };
        let test = |ask: &Ask| {
            ask.request.event.map_or("a shift at any date".to_owned(), |event| format!("before and from {event}"))
        };
        let by = |ask: &Ask| ask.by.as_ref().map_or("speaker".to_owned(), |column| column.name.clone());
        let pairs = |ask: &Ask| match &ask.pairs {
            PairChoice::Only(pairs) => many(pairs.len(), "pair"),
            _ => "all pairs".to_owned(),
        };
        let read = |ask: &Ask| {
            let sure = if ask.selection.sure_days { ", only if more than the day of publication is known" } else { "" };
            format!("{}{sure}", if ask.selection.unverified { "all" } else { "verified only" })
        };
        let mut points = vec![
            PlanPoint::new("pairs", pairs(plan), pairs(ask), plan.pairs == ask.pairs),
            PlanPoint::of("groups", by(plan), by(ask)),
            PlanPoint::of("window", window(plan), window(ask)),
            PlanPoint::of("statements", read(plan), read(ask)),
            PlanPoint::of("unit", plan.grain.word(), ask.grain.word()),
            PlanPoint::of("test", test(plan), test(ask)),
            PlanPoint::of("labels", word(&ORIGINS, plan.whose), word(&ORIGINS, ask.whose)),
            PlanPoint::of("disputes", self.settle.word(), codebook.settle.word()),
            PlanPoint::of("level", plan.request.alpha.to_string(), ask.request.alpha.to_string()),
            PlanPoint::of(
                "correction",
                word(&CORRECTIONS, plan.request.correction),
                word(&CORRECTIONS, ask.request.correction),
            ),
            PlanPoint::of("seed", plan.request.seed.to_string(), ask.request.seed.to_string()),
            PlanPoint::of("codebook", self.codebook.clone(), words::sha256(corpus.codebook_text().as_bytes())),
        ];
        points.extend(self.rules.as_ref().map(|planned| {
            // Plans of the first version name the rules by 8 digits.
            let short = planned.len() == SHORT_HASH;
            let run = if short { corpus.rules.fingerprint() } else { rules_hash(corpus) };
            PlanPoint::of("rules", planned.clone(), run)
        }));
        let registered = self.registered.as_ref();
        points.extend(registered.map(|registered| PlanPoint::of("plan", registered.clone(), self.sha256.clone())));
        let data = if self.data.is_empty() { Vec::new() } else { pinned::compare(&self.data, corpus) };
        points.extend(PlanPoint::of_data(
            &data,
            if self.data.is_empty() { 0 } else { pinned::decided_anew(&self.data, corpus) },
        ));
        let without: Vec<NamedPair> =
            self.pairs.iter().filter(|(name, issue)| study.pair(name, *issue).is_none()).cloned().collect();
        let found = explored.into_iter().flat_map(Study::shown);
        PlanKept {
            file: self.name.clone(),
            sha256: self.sha256.clone(),
            kept: points.iter().all(|point| point.kept),
            points,
            data,
            without_position: names(codebook, &without),
            explored: found.map(|pair| (pair.speaker.clone(), pair.issue.clone())).collect(),
        }
    }
}

/// What a plan is begun with.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// The speakers or groups; all of the corpus if it is empty.
    pub speakers: Vec<String>,
    /// The issues by their ids; all of the codebook if it is empty.
    pub issues: Vec<String>,
    /// The level of the test.
    pub alpha: f64,
    /// The seed.
    pub seed: u64,
}

/// A plan to edit, with every key explained. Speakers need not be in the corpus yet.
pub fn draft(corpus: &Corpus, draft: &Draft) -> String {
    let mut speakers = draft.speakers.clone();
    if speakers.is_empty() {
        speakers = corpus.statements.rows.iter().map(|statement| statement.speaker.clone()).collect();
        speakers.sort();
        speakers.dedup();
    }
    let all = || corpus.codebook.issues.iter().map(|issue| issue.id.clone()).collect();
    let issues: Vec<String> = if draft.issues.is_empty() { all() } else { draft.issues.clone() };
    let quoted = |text: &str| toml::Value::from(text).to_string();
    let mut out = format!(
        "# A plan, fixed before the labels are looked at. Edit it, hand its SHA-256 to somebody or register it,\n\
         # and later run: stance shifts --plan plan.toml\n\
         \n\
         # The SHA-256 of {CODEBOOK}. Another codebook is a departure from the plan.\n\
         codebook = \"{}\"\n\
         # The SHA-256 of {RULES_FILE}; remove the line if the rules may still change.\n\
         rules = \"{}\"\n\
         \n\
         # Statements from and up to these days; without a line, from the first or to the last.\n\
         # from = 2025-01-01\n\
         # to = 2025-12-31\n\
         # A column of statements.csv whose values count as speakers; `speaker` below then names a group.\n\
         # by = \"source_publisher\"\n\
         \n\
         # \"any-date\": a shift at any date. \"event\": before and after one date, which you name as event = 2025-08-15.\n\
         test = \"any-date\"\n\
         # \"day\", \"week\", \"month\" or \"quarter\"\n\
         unit = \"day\"\n\
         # \"hand\", \"rules\" or \"both\"\n\
         labels = \"both\"\n\
         # What settles labels of coders who differ, as in the codebook: \"adjudication\", \"majority\" or \"median\"\n\
         settle = \"{}\"\n\
         # Whether statements count that nobody has confirmed\n\
         unverified = false\n\
         alpha = {}\n\
         # \"holm\", \"bh\" or \"none\"\n\
         correction = \"holm\"\n\
         seed = {}\n\
         \n\
         # Each pair that is tested. The correction is for these pairs: remove those that you do not ask about.\n",
        words::sha256(corpus.codebook_text().as_bytes()),
        rules_hash(corpus),
        corpus.codebook.settle.word(),
        draft.alpha,
        draft.seed,
    );
    for speaker in &speakers {
        for issue in &issues {
            let _ = write!(out, "[[pair]]\nspeaker = {}\nissue = {}\n\n", quoted(speaker), quoted(issue));
        }
    }
    out += "# The statements and labels that there are now. More may come in: a run says what did, and departs from nothing.\n";
    for PinnedFile { name, rows, bytes, sha256 } in pinned::pinned(corpus) {
        let name = quoted(&name);
        let _ = write!(out, "[[file]]\nname = {name}\nrows = {rows}\nbytes = {bytes}\nsha256 = \"{sha256}\"\n\n");
    }
    out.truncate(out.trim_end().len());
    out + "\n"
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDesign {
    codebook: Option<Spanned<String>>,
    rules: Option<Spanned<String>>,
    from: Option<Spanned<Datetime>>,
    to: Option<Spanned<Datetime>>,
    by: Option<Spanned<String>>,
    test: Option<Spanned<String>>,
    event: Option<Spanned<Datetime>>,
    unit: Option<Spanned<String>>,
    labels: Option<Spanned<String>>,
    settle: Option<Spanned<String>>,
    #[serde(default)]
    unverified: bool,
    alpha: Option<Spanned<f64>>,
    correction: Option<Spanned<String>>,
    seed: Option<Spanned<i64>>,
    /// Present only if `pair` is not a list of tables. The key is then recognised and its kind rejected.
    #[serde(default, rename = "pair")]
    _pair: Vec<RawPair>,
    /// The same for `file`.
    #[serde(default, rename = "file")]
    _file: Vec<RawFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    name: Option<Spanned<String>>,
    rows: Option<Spanned<i64>>,
    bytes: Option<Spanned<i64>>,
    sha256: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPair {
    speaker: Option<Spanned<String>>,
    issue: Option<Spanned<String>>,
}

/// How many hexadecimal digits a SHA-256 has, and a fingerprint of rules in plans of the first version.
const SHA256: usize = 64;
const SHORT_HASH: usize = 8;

/// The SHA-256 of the file of rules.
fn rules_hash(corpus: &Corpus) -> String {
    words::sha256(corpus.rules.document.text.as_bytes())
}

/// Whether a text is a hash with so many digits.
pub fn is_hash(text: &str, digits: usize) -> bool {
    text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

/// A hash with one of these numbers of digits.
fn hash(
    written: Spanned<String>,
    digits: &[usize],
    document: &Document,
    problems: &mut Vec<Problem>,
) -> Option<String> {
    if digits.iter().any(|digits| is_hash(written.get_ref(), *digits)) {
        return Some(written.into_inner());
    }
    let what = format!("`{}` is no SHA-256", written.get_ref());
    let hint = "write its 64 digits, as `sha256sum` prints them, or begin a new plan with `stance plan --write`";
    problems.push(document.fault(written.span(), what, hint));
    None
}

/// A file of statements or labels that the plan names.
fn pinned_file(entry: Part<'_>, document: &Document, problems: &mut Vec<Problem>) -> Option<PinnedFile> {
    let mut file = document.read::<RawFile>(entry, problems)?;
    let (name, sha256) = (file.value.name.take(), file.value.sha256.take());
    let name = document.need_text(name, "name", &file, problems);
    let sha256 = document.need_text(sha256, "sha256", &file, problems);
    let sha256 = sha256.and_then(|written| hash(written, &[SHA256], document, problems));
    let (rows, bytes) = (file.value.rows.take(), file.value.bytes.take());
    let mut count = |key: &str, written: Option<Spanned<i64>>| {
        let written = document.need(written, key, &file, problems)?;
        let number = usize::try_from(*written.get_ref());
        if number.is_err() {
            let what = format!("`{key}` cannot be {}", written.get_ref());
            problems.push(document.fault(written.span(), what, "write a whole number of 0 or more"));
        }
        number.ok()
    };
    let (rows, bytes) = (count("rows", rows), count("bytes", bytes));
    Some(PinnedFile { name: name?.into_inner(), rows: rows?, bytes: bytes?, sha256: sha256? })
}

/// Reads words of a list.
struct Words<'w> {
    document: &'w Document,
    problems: &'w mut Vec<Problem>,
}

impl Words<'_> {
    fn of<T: Copy>(&mut self, all: &[(&'static str, T)], key: &str, written: Option<Spanned<String>>) -> Option<T> {
        let written = written?;
        let found = of_word(all, written.get_ref());
        if found.is_none() {
            let allowed: Vec<&str> = all.iter().map(|(word, _)| *word).collect();
            let hint = format!("write one of: {}", listed(allowed.iter().copied()));
            let hint = guess_before(&hint, written.get_ref(), allowed.into_iter());
            let what = format!("`{key}` cannot be `{}`", written.get_ref());
            self.problems.push(self.document.fault(written.span(), what, hint));
        }
        found
    }
}

fn column(
    written: Option<&Spanned<String>>,
    document: &Document,
    corpus: &Corpus,
    problems: &mut Vec<Problem>,
) -> Option<TextColumn> {
    let written = written?;
    known(groups::column(corpus, written.get_ref()), written, document, problems).flatten()
}

/// What was found in the corpus, or a fault at the words that name it.
fn known<T>(
    found: Result<T>,
    written: &Spanned<String>,
    document: &Document,
    problems: &mut Vec<Problem>,
) -> Option<T> {
    match found {
        Ok(found) => Some(found),
        Err(Error::Request { what, hint }) => {
            problems.push(document.fault(written.span(), what, hint));
            None
        }
        Err(other) => {
            problems.push(document.fault(written.span(), other.to_string(), "correct the name"));
            None
        }
    }
}

fn read_day(written: &Spanned<Datetime>, document: &Document, problems: &mut Vec<Problem>) -> Option<NaiveDate> {
    let day = match written.get_ref() {
        Datetime { date: Some(date), time: None, offset: None } => {
            NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())
        }
        _ => None,
    };
    if day.is_none() {
        let what = format!("`{}` is not a day", written.get_ref());
        problems.push(document.fault(written.span(), what, "write it as 2025-08-15"));
    }
    day
}
