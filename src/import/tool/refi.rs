//! Projects and codebooks of REFI-QDA, which ATLAS.ti, MAXQDA, NVivo, QualCoder and others exchange.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::error::{Error, Problem, Result};
use crate::import::column::{ColumnUse, bare_header, named};
use crate::import::packed;
use crate::import::tool::coded::{CodedAnswer, CodedMark, CodedUnit, Codings, parts};
use crate::import::tool::passage::{Counting, counting, found, is_named};
use crate::import::tool::xml::{self, Element};
use crate::words::{many, shortened};

/// The file of a packed project that says what is in it. `None` if there is none.
pub fn project_of(names: &[String]) -> Option<&String> {
    names.iter().find(|name| name.to_lowercase().ends_with(".qde") && !name.contains(['/', '\\']))
}

/// Reads a packed project.
///
/// # Errors
/// [`Error::Invalid`] if its XML cannot be read.
pub fn project(path: &Path, bytes: &[u8], names: &[String], name: &str) -> Result<Codings> {
    let fault = |what: &str| {
        let hint = "export the project again from the tool that made it";
        Error::Invalid(vec![Problem::fault(path, None, what, hint)])
    };
    let unpacked = packed::file(bytes, name).ok_or_else(|| fault("the project cannot be unpacked"))?;
    let text = String::from_utf8(unpacked).map_err(|_| fault("the project is not UTF-8"))?;
    let root =
        xml::read(&text).map_err(|(what, place)| fault(&format!("{name}:{}:{}: {what}", place.line, place.column)))?;
    let text_of = |internal: &str| {
        let wanted = internal.strip_prefix("internal://").unwrap_or(internal).to_lowercase();
        let found = names.iter().find(|known| {
            let known = known.to_lowercase();
            known == wanted || known.strip_prefix("sources/").is_some_and(|known| known == wanted)
        })?;
        String::from_utf8(packed::file(bytes, found)?).ok()
    };
    Ok(Reader::of(&root).read(&root, &text_of))
}

/// Reads the codes of a codebook (`.qdc`): one mark for each, and no text.
pub fn codebook(root: &Element) -> Codings {
    let mut file = Codings::default();
    let mut codes = BTreeMap::new();
    if let Some(all) = root.child("Codes") {
        collect(all, &mut Vec::new(), &mut codes);
    }
    let parents: BTreeSet<Vec<String>> =
        codes.values().map(|path: &Vec<String>| path[..path.len() - 1].to_vec()).collect();
    for path in codes.into_values().filter(|path| !parents.contains(path)) {
        file.marks.push(CodedMark { unit: 0, coder: None, answer: CodedAnswer::Code(path), rationale: String::new() });
    }
    file.notes.push("the descriptions and colours of codes are left out".to_owned());
    file
}

/// The path of each code, by its id.
fn collect(codes: &Element, above: &mut Vec<String>, found: &mut BTreeMap<String, Vec<String>>) {
    for code in codes.all("Code") {
        let name = code.attribute("name").trim().to_owned();
        // Tools without categories write them into the name.
        let own = if above.is_empty() && code.child("Code").is_none() { parts(&name) } else { vec![name] };
        let before = above.len();
        above.extend(own);
        found.insert(guid(code.attribute("guid")), above.clone());
        collect(code, above, found);
        above.truncate(before);
    }
}

/// An id as ids are compared: without braces, in small letters.
fn guid(written: &str) -> String {
    written.trim().trim_matches(['{', '}']).to_lowercase()
}

struct Reader<'r> {
    codes: BTreeMap<String, Vec<String>>,
    users: BTreeMap<String, String>,
    variables: BTreeMap<String, String>,
    /// What cases say about sources and selections, by their ids.
    cases: BTreeMap<String, Vec<&'r Element>>,
    counts: BTreeMap<&'static str, usize>,
    countings: BTreeMap<Counting, usize>,
}

impl<'r> Reader<'r> {
    fn of(root: &'r Element) -> Reader<'r> {
        let by_guid = |list: &str, item: &str, name: &str| -> BTreeMap<String, String> {
            let items = root.child(list).into_iter().flat_map(|list| list.children.iter());
            let items = items.filter(|child| child.name == item);
            items.map(|item| (guid(item.attribute("guid")), item.attribute(name).trim().to_owned())).collect()
        };
        let mut codes = BTreeMap::new();
        if let Some(all) = root.child("CodeBook").and_then(|book| book.child("Codes")) {
            collect(all, &mut Vec::new(), &mut codes);
        }
        let mut cases: BTreeMap<String, Vec<&Element>> = BTreeMap::new();
        for case in root.child("Cases").into_iter().flat_map(|cases| cases.all("Case")) {
            for part in case.all("SourceRef").chain(case.all("SelectionRef")) {
                cases.entry(guid(part.attribute("targetGUID"))).or_default().push(case);
            }
        }
        Reader {
            codes,
            users: by_guid("Users", "User", "name"),
            variables: by_guid("Variables", "Variable", "name"),
            cases,
            counts: BTreeMap::new(),
            countings: BTreeMap::new(),
        }
    }

    fn read(mut self, root: &'r Element, text_of: &dyn Fn(&str) -> Option<String>) -> Codings {
        let mut file = Codings::default();
        file.meant("text", ColumnUse::Statement("text"));
        for source in root.child("Sources").into_iter().flat_map(|sources| sources.children.iter()) {
            if source.name == "TextSource" {
                self.source(&mut file, source, text_of);
            } else {
                *self.counts.entry("sources that are not texts").or_default() += 1;
            }
        }
        for (what, count) in &self.counts {
            file.notes.push(format!("left out: {what} ({count})"));
        }
        for (counting, count) in self.countings.iter().filter(|(counting, _)| **counting != Counting::Characters) {
            file.notes.push(format!("in {}, positions are counted in {}", many(*count, "text"), counting.in_words()));
        }
        let others: Vec<&str> = ["Notes", "Links", "Sets", "Graphs"]
            .into_iter()
            .filter(|name| root.child(name).is_some_and(|part| !part.children.is_empty()))
            .collect();
        if !others.is_empty() {
            file.notes.push(format!("left out: {}", others.join(", ").to_lowercase()));
        }
        file
    }

    fn count(&mut self, what: &'static str) {
        *self.counts.entry(what).or_default() += 1;
    }

    /// The passages of a text, or the whole text if it is one statement.
    fn source(&mut self, file: &mut Codings, source: &'r Element, text_of: &dyn Fn(&str) -> Option<String>) {
        let inline = source.child("PlainTextContent").map(|content| content.text.clone());
        let text = inline.or_else(|| text_of(source.attribute("plainTextPath")));
        let selections: Vec<&Element> = source.all("PlainTextSelection").collect();
        if text.is_none() && !selections.is_empty() {
            self.count("texts that are not in the project");
        }
        let text = text.unwrap_or_default();
        let position = |selection: &Element, name: &str| selection.attribute(name).trim().parse().unwrap_or(usize::MAX);
        let spans: Vec<(usize, usize, &str)> = selections
            .iter()
            .map(|selection| {
                let (from, to) = (position(selection, "startPosition"), position(selection, "endPosition"));
                (from, to, selection.attribute("name"))
            })
            .collect();
        let counted = counting(&text, &spans);
        if !spans.is_empty() && !text.is_empty() {
            *self.countings.entry(counted).or_default() += 1;
        }
        let about = self.about(source, None);
        let whole =
            about.iter().any(|(name, _)| bare_header(name) == "statement id" || bare_header(name) == "statementid");
        let body = text.trim_start_matches('\u{feff}').trim().to_owned();
        let mut units: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        let mut all: Option<usize> = None;
        let codings: Vec<&Element> = source.all("Coding").collect();
        if (whole || !codings.is_empty()) && !body.is_empty() {
            let unit = self.unit(file, source, &about, body.clone());
            all = Some(unit);
            self.marks(file, unit, &codings, source, "");
        }
        for (selection, (from, to, name)) in selections.iter().zip(&spans) {
            let codings: Vec<&Element> = selection.all("Coding").collect();
            let why = selection.text_of("Description").to_owned();
            if codings.is_empty() {
                self.count("passages without a code");
                continue;
            }
            if let (true, Some(unit)) = (whole, all) {
                self.marks(file, unit, &codings, selection, &why);
                continue;
            }
            let cut =
                counted.cut(&text, *from, *to).filter(|passage| name.trim().is_empty() || is_named(passage, name));
            let passage = cut.or_else(|| found(&text, name).map(str::to_owned)).or_else(|| {
                // The name alone has the words if it is as long as the passage.
                let long = to.saturating_sub(*from) == name.chars().count() && !name.is_empty();
                long.then(|| (*name).to_owned())
            });
            let Some(passage) = passage.map(|passage| passage.trim().to_owned()).filter(|passage| !passage.is_empty())
            else {
                self.count("passages whose words are not at their position");
                continue;
            };
            let unit = match units.get(&(*from, *to)) {
                Some(unit) => *unit,
                None => {
                    let about = self.about(source, Some(selection));
                    let unit = self.unit(file, source, &about, passage);
                    units.insert((*from, *to), unit);
                    unit
                }
            };
            self.marks(file, unit, &codings, selection, &why);
        }
    }

    /// What variables and cases say about a source or a passage.
    fn about(&self, source: &Element, selection: Option<&Element>) -> Vec<(String, String)> {
        let mut about: Vec<(String, String)> = Vec::new();
        let mut add = |name: &str, value: String| {
            if !value.is_empty() && about.iter().all(|(known, _)| known != name) {
                about.push((name.to_owned(), value));
            }
        };
        let ids = selection.into_iter().chain(std::iter::once(source)).map(|part| guid(part.attribute("guid")));
        let cases: Vec<&Element> = ids.filter_map(|id| self.cases.get(&id)).flatten().copied().collect();
        for part in selection.into_iter().chain(std::iter::once(source)).chain(cases.iter().copied()) {
            for value in part.all("VariableValue") {
                let variable = value.child("VariableRef").map_or(String::new(), |of| guid(of.attribute("targetGUID")));
                let value =
                    value.children.iter().find(|child| child.name.ends_with("Value")).map(|child| child.text.trim());
                if let Some(name) = self.variables.get(&variable) {
                    add(name, value.unwrap_or_default().to_owned());
                }
            }
        }
        let names: Vec<&str> =
            cases.iter().map(|case| case.attribute("name").trim()).filter(|name| !name.is_empty()).collect();
        if let [name] = names[..] {
            add("case", name.to_owned());
        }
        add("source", source.attribute("name").trim().to_owned());
        about
    }

    fn unit(&self, file: &mut Codings, source: &Element, about: &[(String, String)], text: String) -> usize {
        let number = file.units.len() + 1;
        let place = format!("passage {number} in `{}`", shortened(source.attribute("name"), 40));
        let mut unit = CodedUnit { place, line: number, cells: BTreeMap::from([(0, text)]) };
        let says_speaker = self.variables.values().any(|name| named(name).iter().any(|(usage, _)| *usage == "speaker"));
        for (name, value) in about {
            let place = match name.as_str() {
                "source" => file.meant("source", ColumnUse::Statement("source_title")),
                // A case is whoever speaks, unless a variable says it.
                "case" if !says_speaker => file.meant("case", ColumnUse::Statement("speaker")),
                name => file.column(name),
            };
            unit.cells.insert(place, value.clone());
        }
        file.units.push(unit);
        file.units.len() - 1
    }

    fn marks(&mut self, file: &mut Codings, unit: usize, codings: &[&Element], holder: &Element, why: &str) {
        for coding in codings {
            let target = coding.child("CodeRef").map_or(String::new(), |code| guid(code.attribute("targetGUID")));
            let Some(code) = self.codes.get(&target).cloned() else {
                self.count("codings that name no code");
                continue;
            };
            let by = [coding, holder]
                .iter()
                .flat_map(|part| ["creatingUser", "modifyingUser"].map(|key| guid(part.attribute(key))))
                .find_map(|user| self.users.get(&user).filter(|name| !name.is_empty()));
            let (coder, rationale) = (by.cloned(), why.to_owned());
            file.marks.push(CodedMark { unit, coder, answer: CodedAnswer::Code(code), rationale });
        }
    }
}
