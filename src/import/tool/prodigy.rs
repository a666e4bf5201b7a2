//! Prodigy's lines of JSON: a task per line and person.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::import::column::{ColumnUse, DEFAULT_CODER};
use crate::import::of_file;
use crate::import::scale;
use crate::import::settings::ImportSettings;
use crate::import::tool::coded::{CodedAnswer, CodedMark, CodedUnit, Codings, parts};
use crate::import::tool::json::{cell, text_at};
use crate::words::many;

/// Whether a value is a task of Prodigy.
pub fn is_task(value: &Value) -> bool {
    let known = ["_input_hash", "_task_hash", "_view_id", "_session_id", "_annotator_id"];
    let options = value["options"].as_array().into_iter().flatten();
    let has_options = options.clone().count() > 0 && options.clone().all(|option| option.get("id").is_some());
    value["text"].is_string() && (has_options || known.iter().any(|key| value.get(key).is_some()))
}

/// What Prodigy adds to a task, and what is read by its own name.
const OWN: [&str; 18] = [
    "text",
    "meta",
    "answer",
    "options",
    "accept",
    "label",
    "config",
    "spans",
    "tokens",
    "html",
    "priority",
    "score",
    "user_input",
    "choice_style",
    "issue",
    "style",
    "image",
    "audio",
];

/// Reads tasks.
pub fn read(tasks: &[(usize, Value)], member: &str, settings: &ImportSettings) -> Codings {
    let mut file = Codings::default();
    let text = file.meant("text", ColumnUse::Statement("text"));
    let mut units: BTreeMap<Vec<(usize, String)>, usize> = BTreeMap::new();
    // The same task twice by one person: the last one counts.
    let mut last: BTreeMap<(usize, Option<String>, String), &Value> = BTreeMap::new();
    let mut counts = [0_usize; 6];
    let [repeated, skipped, bad, has_not, unanswered, spans] = &mut counts;
    let mut nobody = false;
    let sessions: BTreeSet<String> = tasks.iter().filter_map(|(_, task)| text_at(task, "_session_id")).collect();
    let dataset = dataset_of(&sessions);
    let alone = settings.coder.as_ref().filter(|_| sessions.len() == 1);
    let mut split = None;
    for (line, task) in tasks {
        let mut cells: BTreeMap<usize, String> = BTreeMap::from([(text, cell(&task["text"]))]);
        let meta = task["meta"].as_object().into_iter().flatten();
        let meta = meta.filter(|(key, _)| !["issue", "rationale", "rule"].contains(&key.as_str()));
        let own = task.as_object().into_iter().flatten();
        for (key, value) in meta.chain(own.filter(|(key, _)| !OWN.contains(&key.as_str()) && !key.starts_with('_'))) {
            if value.is_object() || value.is_array() {
                continue;
            }
            let place = file.column(key);
            cells.insert(place, cell(value));
        }
        *spans += task["spans"].as_array().map_or(0, Vec::len);
        let key: Vec<(usize, String)> = cells.iter().map(|(place, cell)| (*place, cell.clone())).collect();
        let unit = *units.entry(key).or_insert_with(|| {
            file.units.push(CodedUnit { place: format!("line {line}"), line: *line, cells });
            file.units.len() - 1
        });
        // Who is named by a person is kept with the file, as for any file that does not say it.
        let coder = coder_of(task, &dataset).filter(|_| alone.is_none());
        // `trams-anna-lena` may be Lena on `trams-anna`, or Anna-Lena on `trams`.
        if alone.is_none() && sessions.len() == 1 && dataset.matches('-').count() > 1 {
            split =
                text_at(task, "_session_id").filter(|session| coder_of(task, "").as_ref() == Some(session)).or(split);
        }
        nobody |= coder.is_none() && settings.coder.is_none();
        let question = issue_of(task).unwrap_or_default();
        let label = text_at(task, "label").filter(|_| task["accept"].is_null()).unwrap_or_default();
        *repeated += usize::from(last.insert((unit, coder, format!("{question}\n{label}")), task).is_some());
    }
    let mut questions = BTreeSet::new();
    for ((unit, coder, _), task) in last {
        let issue = issue_of(task);
        let path = |code: String| {
            issue
                .iter()
                .cloned()
                .chain(if issue.is_some() { vec![code] } else { parts(&code) })
                .collect::<Vec<String>>()
        };
        let rationale = text_at(task, "user_input").or_else(|| text_at(&task["meta"], "rationale")).unwrap_or_default();
        let mut add = |answer: CodedAnswer| {
            file.marks.push(CodedMark { unit, coder: coder.clone(), answer, rationale: rationale.clone() });
        };
        match task["answer"].as_str() {
            Some("ignore") => *skipped += 1,
            Some("reject") if task["accept"].is_null() && task["label"].is_string() => *has_not += 1,
            Some("reject") => *bad += 1,
            None => *unanswered += 1,
            Some(_) => {
                if issue.is_some() && task["config"]["choice_style"] != "multiple" {
                    questions.insert(issue.iter().cloned().collect::<Vec<String>>());
                }
                match task["accept"].as_array() {
                    Some(accepted) if accepted.is_empty() => {
                        add(CodedAnswer::Nothing(issue.clone().map(|issue| vec![issue])))
                    }
                    Some(accepted) => accepted.iter().for_each(|id| add(CodedAnswer::Code(path(option(task, id))))),
                    None => {
                        if let Some(label) = text_at(task, "label") {
                            add(CodedAnswer::Code(path(label)));
                        }
                    }
                }
            }
        }
    }
    file.questions = questions;
    let unsigned = tasks.iter().all(|(_, task)| task.get("_session_id").is_none() && task.get("_timestamp").is_none());
    let mut say = |count: usize, what: &str, then: &str| {
        if count > 0 {
            file.notes.push(format!("{} {then}", many(count, what)));
        }
    };
    say(counts[0], "answer", "left out: the same person answered the task again, and the last one counts");
    say(counts[1], "ignored task", "left out: ignored is not \"takes no position\"");
    say(counts[2], "rejected task", "left out: rejected says that the task is wrong");
    say(counts[3], "task", "left out: the answer \"has not this label\" does not say which level it has");
    say(counts[4], "task", "without an answer: not read");
    say(counts[5], "marked passage", "left out");
    if unsigned && !file.marks.is_empty() {
        file.notes.push("no task says who answered it or when: tasks that were only loaded into Prodigy look the same as answered ones".to_owned());
    }
    if let Some(session) = split {
        let coder = session.strip_prefix(&dataset).unwrap_or(&session);
        file.notes.push(format!("the session `{session}` is read as the coder `{coder}`; --coder NAME changes it"));
    }
    if nobody {
        file.member = of_file::coder_of(member, settings);
        file.notes.push(format!(
            "the tasks do not say who labelled: the labels are those of `{}`; --coder NAME changes it",
            file.member.as_deref().unwrap_or(DEFAULT_CODER)
        ));
    }
    file
}

/// The name of the data set, with its hyphen, if the sessions of several people begin with it.
fn dataset_of(sessions: &BTreeSet<String>) -> String {
    let (Some(first), Some(last)) = (sessions.first(), sessions.last()) else { return String::new() };
    let shared: String = first.chars().zip(last.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a).collect();
    match (first == last, shared.rfind('-'), first.rfind('-')) {
        (false, Some(end), _) | (true, _, Some(end)) => first[..=end].to_owned(),
        _ => String::new(),
    }
}

/// Who answered: `anna` of the session `trams-anna`.
fn coder_of(task: &Value, dataset: &str) -> Option<String> {
    let (person, session) = (text_at(task, "_annotator_id"), text_at(task, "_session_id"));
    match (person, session) {
        (Some(person), Some(session)) if session.ends_with(&format!("-{person}")) => Some(person),
        (person, session) => {
            let name = session.or(person)?;
            Some(name.strip_prefix(dataset).filter(|name| !name.is_empty()).map_or(name.clone(), str::to_owned))
        }
    }
}

fn issue_of(task: &Value) -> Option<String> {
    text_at(task, "issue").or_else(|| text_at(&task["meta"], "issue"))
}

/// An option by its id. A number gets the words beside it: `-2 Against`.
fn option(task: &Value, id: &Value) -> String {
    let written = cell(id);
    let of_id = task["options"].as_array().into_iter().flatten().find(|option| cell(&option["id"]) == written);
    let words = of_id.and_then(|option| text_at(option, "text")).filter(|words| *words != written);
    let number = scale::number(&written);
    match words {
        Some(words) if words.strip_prefix(&written).is_some_and(|rest| rest.starts_with(' ')) => words,
        Some(words) if number.is_some() && scale::number(&words) == number => words,
        Some(words) if number.is_some() && scale::number(&words).is_none() => format!("{written} {words}"),
        _ => written,
    }
}
