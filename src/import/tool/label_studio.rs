//! Label Studio's JSON: tasks with the annotations of several people. Its JSON_MIN and CSV come as tables.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::import::tool::coded::{CodedAnswer, CodedMark, CodedUnit, Codings, joined};
use crate::import::tool::json::{cell, number_of, text_at};
use crate::words::many;

/// Whether a value is a task, or an annotation with its task inside.
pub fn is_task(value: &Value) -> bool {
    let annotated = ["annotations", "completions", "predictions"].iter().any(|key| value[*key].is_array());
    (value["data"].is_object() && annotated) || (value["task"]["data"].is_object() && value["result"].is_array())
}

/// What was counted on the way.
#[derive(Default)]
struct Lost {
    predictions: usize,
    drafts: usize,
    skipped: usize,
    older: usize,
    rejected: usize,
    unanswered: usize,
    empty: usize,
    results: BTreeMap<String, usize>,
}

/// Reads tasks.
pub fn read(tasks: &[Value]) -> Codings {
    let mut file = Codings::default();
    let mut lost = Lost::default();
    let mut several: BTreeSet<String> = BTreeSet::new();
    // The controls that each annotation has answered, to find those that it has not.
    let mut answered: Vec<(usize, Option<String>, BTreeSet<String>)> = Vec::new();
    let people = People::of(tasks);
    for (nth, value) in tasks.iter().enumerate() {
        let task = if value["task"]["data"].is_object() { &value["task"] } else { value };
        let number = number_of(&task["id"]).unwrap_or(nth + 1);
        let mut unit = CodedUnit { place: format!("task {number}"), line: number, ..CodedUnit::default() };
        for (key, value) in task["data"].as_object().into_iter().flatten() {
            let place = file.column(key);
            unit.cells.insert(place, cell(value));
        }
        file.units.push(unit);
        let place = file.units.len() - 1;
        let list = |key: &str| value[key].as_array().map_or(&[][..], Vec::as_slice);
        lost.predictions += list("predictions").len();
        lost.drafts += list("drafts").len();
        let mut newest: BTreeMap<Option<String>, &Value> = BTreeMap::new();
        let own = std::slice::from_ref(value);
        let annotations = if value["result"].is_array() { own } else { list("annotations") };
        for annotation in annotations.iter().chain(list("completions")) {
            if annotation["was_cancelled"] == true || annotation["skipped"] == true {
                lost.skipped += 1;
                continue;
            }
            lost.rejected += usize::from(annotation["last_action"] == "rejected");
            let coder = people.name(annotation);
            let when = |annotation: &Value| {
                (text_at(annotation, "updated_at").or(text_at(annotation, "created_at")), number_of(&annotation["id"]))
            };
            match newest.get(&coder) {
                Some(other) if when(other) > when(annotation) => lost.older += 1,
                Some(_) => {
                    lost.older += 1;
                    newest.insert(coder, annotation);
                }
                None => drop(newest.insert(coder, annotation)),
            }
        }
        for (coder, annotation) in newest {
            let controls = annotation_of(&mut file, place, coder.as_ref(), annotation, &mut several, &mut lost);
            answered.push((place, coder, controls));
        }
    }
    let questions: BTreeSet<String> = answered.iter().flat_map(|(_, _, controls)| controls).cloned().collect();
    file.questions = questions.iter().filter(|name| !several.contains(*name)).map(|name| vec![name.clone()]).collect();
    for (unit, coder, controls) in answered {
        if !controls.is_empty() {
            lost.unanswered += questions.difference(&controls).count();
            continue;
        }
        // Submitted without any answer.
        lost.empty += 1;
        for question in &questions {
            let answer = CodedAnswer::Nothing(Some(vec![question.clone()]));
            file.marks.push(CodedMark { unit, coder: coder.clone(), answer, rationale: String::new() });
        }
    }
    lost.tell(&mut file.notes);
    file
}

/// The labels of one annotation. The controls that give them.
fn annotation_of(
    file: &mut Codings,
    unit: usize,
    coder: Option<&String>,
    annotation: &Value,
    several: &mut BTreeSet<String>,
    lost: &mut Lost,
) -> BTreeSet<String> {
    let results = annotation["result"].as_array().map_or(&[][..], Vec::as_slice);
    let mut controls = BTreeSet::new();
    let mut reasons: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let from = file.marks.len();
    for result in results {
        let (kind, control) = (result["type"].as_str().unwrap_or(""), result["from_name"].as_str().unwrap_or(""));
        let value = &result["value"];
        let remark = result["meta"]["text"].as_array().map_or(&[][..], Vec::as_slice);
        let remark = remark.iter().map(cell).collect::<Vec<_>>().join(" … ");
        let mut add = |path: Vec<String>| {
            let answer = CodedAnswer::Code(std::iter::once(control.to_owned()).chain(path).collect());
            file.marks.push(CodedMark { unit, coder: coder.cloned(), answer, rationale: remark.clone() });
            controls.insert(control.to_owned());
        };
        let list = |key: &str| value[key].as_array().map_or(&[][..], Vec::as_slice);
        match kind {
            "choices" => {
                if list("choices").len() > 1 {
                    several.insert(control.to_owned());
                }
                list("choices").iter().for_each(|choice| add(vec![cell(choice).trim().to_owned()]));
            }
            "rating" | "number" => add(vec![cell(&value[kind])]),
            "taxonomy" => list("taxonomy").iter().for_each(|path| {
                add(path.as_array().map_or(&[][..], Vec::as_slice).iter().map(cell).collect());
            }),
            // A passage marked with the name of a control is why that control was answered so.
            "labels" => {
                let marked = value["text"].as_str().map(|text| text.replace("\\n", "\n"));
                for label in list("labels") {
                    reasons.entry(cell(label)).or_default().extend(marked.clone());
                }
            }
            "textarea" => reasons.entry(control.to_owned()).or_default().extend(list("text").iter().map(cell)),
            other => *lost.results.entry(other.to_owned()).or_default() += 1,
        }
    }
    let one_control = controls.len() == 1;
    for mark in &mut file.marks[from..] {
        let CodedAnswer::Code(path) = &mark.answer else { continue };
        let own = |name: &str| {
            let rest = name.strip_prefix(path[0].as_str()).map(|rest| rest.trim_start_matches(['_', '-', ' ']));
            let why = |name: &str| ["", "rationale", "reason", "why", "comment", "note"].contains(&name);
            rest.is_some_and(why) || (one_control && !name.is_empty() && why(name))
        };
        let why: Vec<&str> =
            reasons.iter().filter(|(name, _)| own(name)).flat_map(|(_, texts)| texts).map(String::as_str).collect();
        let own = std::mem::take(&mut mark.rationale);
        let all = std::iter::once(own.as_str()).filter(|own| !own.is_empty()).chain(why);
        mark.rationale = all.collect::<Vec<_>>().join(" … ");
    }
    let used: BTreeSet<&str> = controls.iter().map(String::as_str).collect();
    let unused = reasons.keys().filter(|name| !used.iter().any(|control| name.starts_with(control)) && !one_control);
    for name in unused {
        *lost.results.entry(format!("passage or text `{name}`")).or_default() += 1;
    }
    controls
}

impl Lost {
    fn tell(self, notes: &mut Vec<String>) {
        let mut say = |count: usize, what: &str, then: &str| {
            if count > 0 {
                notes.push(format!("{} {then}", many(count, what)));
            }
        };
        say(self.predictions, "prediction", "left out: rules label here, and a model's guesses are nobody's labels");
        say(self.drafts, "draft", "left out: not submitted");
        say(self.skipped, "skipped annotation", "left out: skipped is not \"takes no position\"");
        say(self.older, "annotation", "left out: the same person annotated the task again, and the newest counts");
        say(self.rejected, "annotation", "that a reviewer rejected, taken all the same");
        say(self.empty, "annotation", "submitted without an answer: read, and takes no position");
        say(self.unanswered, "control", "without an answer beside others that have one: not read");
        for (kind, count) in self.results {
            notes.push(format!("{} of the kind {kind} left out", many(count, "result")));
        }
    }
}

/// The names of annotators.
struct People {
    /// The parts of addresses before the `@` that 2 people share.
    shared: BTreeSet<String>,
}

impl People {
    fn of(tasks: &[Value]) -> People {
        let mut addresses: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        for task in tasks {
            for annotation in ["annotations", "completions"].iter().filter_map(|key| task[*key].as_array()).flatten() {
                if let Some(address) = annotation["completed_by"]["email"].as_str() {
                    addresses.entry(before_at(address)).or_default().insert(address);
                }
            }
        }
        People { shared: addresses.into_iter().filter(|(_, all)| all.len() > 1).map(|(name, _)| name).collect() }
    }

    fn name(&self, annotation: &Value) -> Option<String> {
        let person = &annotation["completed_by"];
        if let Some(name) = text_at(&annotation["meta"], "coder") {
            return Some(name);
        }
        if let Some(number) = number_of(person) {
            return Some(format!("annotator-{number}"));
        }
        // The table of Label Studio has the address, so a person is called after it here, too.
        let names: Vec<String> = ["first_name", "last_name"].iter().filter_map(|key| text_at(person, key)).collect();
        let named = (!names.is_empty()).then(|| joined(&names).replace('/', " "));
        let address = text_at(person, "email")
            .or_else(|| person.as_str().map(str::to_owned))
            .or(named)
            .or_else(|| text_at(person, "username"));
        let short =
            |address: String| if self.shared.contains(&before_at(&address)) { address } else { before_at(&address) };
        address.map(short).or_else(|| number_of(&person["id"]).map(|number| format!("annotator-{number}")))
    }
}

fn before_at(address: &str) -> String {
    address.split('@').next().unwrap_or(address).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(json: &str) -> (Vec<String>, Vec<String>) {
        let value: Value = serde_json::from_str(json).unwrap();
        let tasks = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
        assert!(tasks.iter().all(is_task));
        let file = read(&tasks);
        let said = |mark: &CodedMark| {
            let answer = match &mark.answer {
                CodedAnswer::Code(path) => joined(path),
                CodedAnswer::Nothing(question) => format!("{question:?} none"),
            };
            format!("{} {} {answer} {}", mark.unit, mark.coder.as_deref().unwrap_or("?"), mark.rationale)
                .trim_end()
                .to_owned()
        };
        (file.marks.iter().map(said).collect(), file.notes)
    }

    #[test]
    fn each_annotator_has_labels_and_what_is_no_label_is_named() {
        let (marks, notes) = marks(
            r#"[{"id":1,"data":{"text":"a\nb"},"predictions":[{}],"annotations":[
                {"completed_by":{"email":"anna@x.org"},"result":[{"type":"choices","from_name":"tram","value":{"choices":["For"]}},
                 {"type":"labels","from_name":"why","value":{"text":"a\\nb","labels":["tram"]}}]},
                {"completed_by":2,"result":[{"type":"choices","from_name":"tram","value":{"choices":["Against"]}}],"created_at":"2025-01-01"},
                {"completed_by":2,"result":[{"type":"choices","from_name":"tram","value":{"choices":["For"]}}],"created_at":"2025-01-02"},
                {"completed_by":3,"result":[],"was_cancelled":true},
                {"completed_by":4,"result":[]}]}]"#,
        );
        let mut marks = marks;
        marks.sort();
        assert_eq!(marks, ["0 anna tram/For a\nb", "0 annotator-2 tram/For", "0 annotator-4 Some([\"tram\"]) none"]);
        assert_eq!(notes.len(), 4, "{notes:?}");
    }
}
