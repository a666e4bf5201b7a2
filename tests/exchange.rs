//! From a corpus to the files of other tools. Each file is read back with a reader of its format, and holds the labels that
//! went in, or names what is lost.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use proptest::prelude::*;
use stance::codebook::Position;
use stance::corpus::{Corpus, Selection};
use stance::exchange::material::Material;
use stance::exchange::{ExchangeFormat, ExportSettings, Exported, ResultTables, export};
use stance::import::{ImportSettings, prepare};

use crate::support::{Run, Workdir};

/// Statement, issue, coder, position; no position for "takes none".
pub(crate) type Labels = BTreeSet<(String, String, String, Option<i32>)>;

const CODEBOOK: &str = r##"title = "Trams & fares: <a test>"
low = "against"
high = "for"

[[issue]]
id = "tram"
name = "Tram \"line\" 4"
question = "Should it be built?"

[[issue.level]]
position = -2
words = "Against"
definition = "says no; or \"never\""

[[issue.level]]
position = 0
words = "Neither"
definition = ""

[[issue.level]]
position = 2
words = "For & with"
definition = "says yes"

[[issue]]
id = "fares-of-2025"
name = "Fares"
question = ""

[[issue.level]]
position = 1
words = "Lower, or free"
definition = ""

[[issue.level]]
position = 5
words = "#5"
definition = ""
"##;

const RULES: &str = r#"
[[rule]]
id = "build-it"
issue = "tram"
position = 2
any = ["build it", "lay* (rails|tracks)"]
match = ["We build it", "They lay tracks"]

[[rule]]
id = "needs-more"
issue = "tram"
position = -2
any = ["never"]
all = ["tram"]
match = ["The tram will never come"]

[[rule]]
id = "gap"
issue = "fares-of-2025"
position = 1
any = ["no ... fare*"]
match = ["no more fares"]
"#;

/// A statement of a test: its text, venue and notes, and its labels by anna, ben and the adjudication on each issue.
#[derive(Debug, Clone)]
pub(crate) struct Said {
    text: String,
    notes: String,
    month: bool,
    labels: [[Option<Option<i32>>; 3]; 2],
}

fn csv_of(header: &[&str], rows: Vec<Vec<String>>) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(header).unwrap();
    rows.iter().for_each(|row| writer.write_record(row).unwrap());
    writer.into_inner().unwrap()
}

/// Writes a corpus `c` with these statements.
pub(crate) fn corpus_of(workdir: &Workdir, said: &[Said]) -> Corpus {
    corpus_with(workdir, said, CODEBOOK)
}

/// The same with other words for the levels of its first issue, lowest first.
pub(crate) fn corpus_with_words(workdir: &Workdir, said: &[Said], words: &[String; 3]) -> Corpus {
    let mut book = CODEBOOK.to_owned();
    for (old, new) in ["Against", "Neither", "For & with"].into_iter().zip(words) {
        let new = new.replace('\\', "\\\\").replace('"', "\\\"");
        book = book.replace(&format!("words = \"{old}\""), &format!("words = \"{new}\""));
    }
    corpus_with(workdir, said, &book)
}

fn corpus_with(workdir: &Workdir, said: &[Said], codebook: &str) -> Corpus {
    workdir.write("c/codebook.toml", codebook);
    workdir.write("c/rules.toml", RULES);
    let header = ["id", "date", "date_precision", "speaker", "role", "kind", "text", "notes", "my \"own\" column"];
    let rows = said.iter().enumerate().map(|(number, said)| {
        let precision = if said.month { "month" } else { "day" };
        let date = format!("2025-{:02}-{:02}", 1 + number % 12, 1 + number % 28);
        let cells = [
            &format!("s{number}"),
            &date,
            precision,
            "Ann \"A\" Example",
            "Mayor",
            "direct",
            &said.text,
            &said.notes,
            "=1+1",
        ];
        cells.map(str::to_owned).to_vec()
    });
    workdir.write("c/statements.csv", csv_of(&header, rows.collect()));
    for (coder, name) in ["anna", "ben", "adjudicated"].into_iter().enumerate() {
        let rows = said.iter().enumerate().flat_map(|(number, said)| {
            said.labels.iter().zip(["tram", "fares-of-2025"]).filter_map(move |(labels, issue)| {
                let position = labels[coder]?.map_or(String::new(), |position: i32| position.to_string());
                Some([format!("s{number}"), issue.to_owned(), position, format!("why, {number}")].to_vec())
            })
        });
        let rows: Vec<Vec<String>> = rows.collect();
        if !rows.is_empty() {
            let header = ["statement_id", "issue", "position", "rationale"];
            workdir.write(&format!("c/labels/{name}.csv"), csv_of(&header, rows));
        }
    }
    Corpus::load(&workdir.path().join("c")).unwrap()
}

/// The labels that a corpus has by hand.
pub(crate) fn by_hand(corpus: &Corpus) -> Labels {
    let mut labels = Labels::new();
    for file in &corpus.coders {
        for label in &file.labels {
            let (statement, issue) = (&corpus.statements.rows[label.unit.0], corpus.codebook.issue(label.unit.1));
            labels.insert((statement.id.clone(), issue.id.clone(), file.coder.clone(), label.position.map(|p| p.0)));
        }
    }
    labels
}

/// The labels by rules, under the name that exports give them.
fn by_rules(material: &Material<'_>) -> Labels {
    let label = |mark: &stance::exchange::material::RuleMark<'_>| {
        let (id, issue) = (material.statements[mark.statement].id.clone(), material.issue(mark.issue).id.clone());
        (id, issue, material.rules_name.clone(), Some(mark.position.0))
    };
    material.rule_marks.iter().map(label).collect()
}

pub(crate) fn exported(corpus: &Corpus, format: ExchangeFormat) -> (Exported, Labels) {
    let decisions = corpus.label_by_rules(|| {});
    let material = Material::of(corpus, &decisions, &Selection::default(), &[]);
    let settings = ExportSettings::default();
    let again = export(format, &material, &ResultTables::default(), &settings).unwrap();
    let exported = export(format, &material, &ResultTables::default(), &settings).unwrap();
    assert_eq!(exported, again, "the same corpus gives the same bytes");
    (exported, by_rules(&material))
}

/// Texts with everything that files of other tools stumble over.
fn texts() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        Just("We build it"),
        Just("=1+1"),
        Just("a;b\"c'd"),
        Just("line\nbreak"),
        Just("carriage\r\nreturn"),
        Just("<b>&amp;</b>"),
        Just("😀 never"),
        Just("tram"),
        Just("No: no"),
        Just("#tag, @x"),
        Just("-2"),
        Just("é\u{301}\u{200d}"),
        Just("they lay rails"),
        Just("\\n"),
        Just("tab\there"),
        Just("no more fares"),
    ];
    (prop::collection::vec(pieces, 1..5), "[a-zé]{3,8}").prop_map(|(pieces, end)| format!("{} {end}", pieces.join(" ")))
}

pub(crate) fn statements() -> impl Strategy<Value = Vec<Said>> {
    let answer = |levels: &'static [i32]| prop_oneof![3 => Just(None), 1 => Just(Some(None)), 4 => prop::sample::select(levels).prop_map(|p| Some(Some(p)))];
    let labels = (prop::array::uniform3(answer(&[-2, 0, 2])), prop::array::uniform3(answer(&[1, 5])));
    let said = (texts(), texts(), any::<bool>(), labels).prop_map(|(text, notes, month, labels)| Said {
        text,
        notes,
        month,
        labels: [labels.0, labels.1],
    });
    prop::collection::vec(said, 1..8)
}

fn position_of(choice: &str) -> Option<i32> {
    if choice == "no position" {
        return None;
    }
    let number = choice.split(' ').next().unwrap();
    Some(Position::read(number).unwrap_or_else(|| panic!("{choice}")).0)
}

fn only_file(exported: &Exported) -> &[u8] {
    assert_eq!(exported.files.len(), 1);
    &exported.files[0].bytes
}

pub(crate) fn says(exported: &Exported, what: &str) -> bool {
    exported.losses.iter().any(|loss| loss.to_string().contains(what))
}

fn in_long(bytes: &[u8]) -> Labels {
    let mut reader = csv::Reader::from_reader(bytes);
    let row = |row: csv::StringRecord| {
        let position = (!row[3].is_empty()).then(|| row[3].parse().unwrap());
        assert_eq!(position.is_none(), &row[4] == "no position");
        (row[0].to_owned(), row[1].to_owned(), row[2].to_owned(), position)
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

fn in_dna(bytes: &[u8]) -> (Labels, BTreeMap<String, String>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("c.dna");
    std::fs::write(&path, bytes).unwrap();
    let data = rusqlite::Connection::open(&path).unwrap();
    let sound: String = data.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(sound, "ok");
    let orphans: Vec<String> =
        data.prepare("PRAGMA foreign_key_check").unwrap().query_map([], |row| row.get(0)).unwrap().flatten().collect();
    assert!(orphans.is_empty(), "{orphans:?}");
    let mut labels = Labels::new();
    let sql = "SELECT D.Title, E.Value, C.Name, I.Value, S.StatementTypeId, S.Start, S.Stop, D.Text FROM STATEMENTS S \
               JOIN DOCUMENTS D ON D.ID = S.DocumentId JOIN CODERS C ON C.ID = S.Coder \
               JOIN VARIABLES V ON V.StatementTypeId = S.StatementTypeId AND V.Variable = 'concept' \
               JOIN DATASHORTTEXT T ON T.StatementId = S.ID AND T.VariableId = V.ID JOIN ENTITIES E ON E.ID = T.Entity \
               LEFT JOIN DATAINTEGER I ON I.StatementId = S.ID";
    let mut query = data.prepare(sql).unwrap();
    let mut rows = query.query([]).unwrap();
    while let Some(row) = rows.next().unwrap() {
        let position: Option<i32> = row.get(3).unwrap();
        assert_eq!(position.is_none(), row.get::<_, i64>(4).unwrap() == 2);
        let [start, stop] = [5, 6].map(|place| usize::try_from(row.get::<_, i64>(place).unwrap()).unwrap());
        let text: String = row.get(7).unwrap();
        let units: Vec<u16> = text.encode_utf16().collect();
        assert!(start < stop && String::from_utf16(&units[start..stop]).is_ok());
        labels.insert((row.get(0).unwrap(), row.get(1).unwrap(), row.get(2).unwrap(), position));
    }
    let mut query = data.prepare("SELECT Title, Text FROM DOCUMENTS").unwrap();
    let texts = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect();
    (labels, texts)
}

fn in_event_list(bytes: &[u8]) -> usize {
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(bytes);
    assert_eq!(&reader.headers().unwrap()[0], "statement_id");
    reader.records().map(|record| assert_eq!(record.unwrap().len(), 17)).count()
}

fn in_label_studio(exported: &Exported) -> Labels {
    let tasks: Vec<serde_json::Value> = serde_json::from_slice(&exported.files[0].bytes).unwrap();
    let config = String::from_utf8(exported.files[1].bytes.clone()).unwrap();
    let mut labels = Labels::new();
    for task in &tasks {
        let id = task["data"]["statement_id"].as_str().unwrap();
        let text: Vec<char> = task["data"]["text"].as_str().unwrap().chars().collect();
        let annotations = task["annotations"].as_array().unwrap().iter();
        let all = annotations.map(|given| (given, given["meta"]["coder"].as_str().unwrap()));
        let predictions = task["predictions"].as_array().unwrap().iter();
        for (given, by) in all.chain(predictions.map(|given| (given, given["model_version"].as_str().unwrap()))) {
            for result in given["result"].as_array().unwrap() {
                let control = result["from_name"].as_str().unwrap();
                assert!(config.contains(&format!("name=\"{control}\"")), "{control}\n{config}");
                let value = &result["value"];
                if result["type"] == "choices" {
                    let choice = value["choices"][0].as_str().unwrap();
                    labels.insert((id.to_owned(), control.to_owned(), by.to_owned(), position_of(choice)));
                } else {
                    let [start, end] = ["start", "end"].map(|end| value[end].as_u64().unwrap() as usize);
                    let words: String = text[start..end].iter().collect();
                    assert_eq!(words.replace('\n', "\\n"), value["text"].as_str().unwrap());
                }
            }
        }
    }
    labels
}

/// The lines of files that have a coder each.
fn lines(exported: &Exported) -> Vec<(String, serde_json::Value)> {
    let mut lines = Vec::new();
    for file in &exported.files {
        let text = std::str::from_utf8(&file.bytes).unwrap();
        lines.extend(text.lines().map(|line| (file.part.clone(), serde_json::from_str(line).unwrap())));
    }
    lines
}

fn in_doccano(exported: &Exported) -> Labels {
    let mut labels = Labels::new();
    for (coder, line) in lines(exported) {
        for label in line["label"].as_array().unwrap() {
            let (issue, choice) = label.as_str().unwrap().split_once(": ").unwrap();
            let id = line["statement_id"].as_str().unwrap();
            labels.insert((id.to_owned(), issue.to_owned(), coder.clone(), position_of(choice)));
        }
    }
    labels
}

fn in_prodigy(exported: &Exported) -> Labels {
    let label = |(coder, line): (String, serde_json::Value)| {
        let accepted = line["accept"].as_array().unwrap();
        let options: Vec<_> = line["options"].as_array().unwrap().iter().map(|option| &option["id"]).collect();
        assert!(accepted.len() <= 1 && accepted.iter().all(|id| options.contains(&id)));
        assert_eq!(line["answer"].is_null(), coder.starts_with("rules@"));
        let [id, issue] = ["statement_id", "issue"].map(|key| line["meta"][key].as_str().unwrap().to_owned());
        (id, issue, coder, accepted.first().map(|id| Position::read(id.as_str().unwrap()).unwrap().0))
    };
    lines(exported).into_iter().map(label).collect()
}

/// The labels of a project, by the codes under each issue; each selection fits its name.
fn in_project(bytes: &[u8]) -> Labels {
    use quick_xml::events::Event;
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut read = |name: &str| {
        let mut text = String::new();
        zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let project = read("project.qde");
    let mut reader = quick_xml::Reader::from_str(&project);
    let (mut codes, mut users, mut issue) = (BTreeMap::new(), BTreeMap::new(), String::new());
    let (mut labels, mut id, mut text) = (Labels::new(), String::new(), Vec::new());
    loop {
        let event = reader.read_event().unwrap();
        let (Event::Start(element) | Event::Empty(element)) = &event else {
            if event == Event::Eof {
                return labels;
            }
            continue;
        };
        let attribute = |name: &str| {
            let found = element.attributes().flatten().find(|attribute| attribute.key.as_ref() == name);
            found
                .map(|attribute| attribute.normalized_value(quick_xml::XmlVersion::Explicit1_0).unwrap().into_owned())
                .unwrap_or_default()
        };
        match element.name().as_ref() {
            "User" => drop(users.insert(attribute("guid"), attribute("name"))),
            "Code" if attribute("isCodable") == "false" => issue = attribute("name"),
            "Code" => drop(codes.insert(attribute("guid"), (issue.clone(), attribute("name")))),
            "TextSource" => {
                id = attribute("name");
                let path = attribute("plainTextPath").replace("internal://", "sources/");
                text = read(&path).chars().collect();
            }
            "PlainTextSelection" => {
                let [start, end] =
                    ["startPosition", "endPosition"].map(|name| attribute(name).parse::<usize>().unwrap());
                let words: String = text[start..end].iter().take(100).collect();
                assert_eq!(words.replace(['\n', '\t'], " "), attribute("name"));
                issue = attribute("creatingUser");
            }
            "CodeRef" => {
                let (of, choice) = &codes[&attribute("targetGUID")];
                labels.insert((id.clone(), of.clone(), users[&issue].clone(), position_of(choice)));
            }
            _ => {}
        }
    }
}

/// The labels of a data set, and the words of the levels of each issue.
fn in_data_set(bytes: &[u8]) -> (Labels, BTreeMap<String, BTreeMap<i32, String>>) {
    use dta::stata::dta::dta_reader::DtaReader;
    use dta::stata::dta::value::Value;
    use dta::stata::stata_long::StataLong;
    let schema = DtaReader::new().from_reader(Cursor::new(bytes)).read_header().unwrap();
    let mut characteristics = schema.read_schema().unwrap();
    characteristics.skip_to_end().unwrap();
    let mut records = characteristics.into_record_reader().unwrap();
    let names: Vec<String> = records.schema().variables().iter().map(|variable| variable.name().to_owned()).collect();
    let mut rows: Vec<BTreeMap<String, String>> = Vec::new();
    while let Some(record) = records.read_record().unwrap() {
        let cell = |value: &Value<'_>| match value {
            Value::Long(StataLong::Present(number)) => number.to_string(),
            Value::Long(StataLong::Missing(missing)) => format!("{missing:?}"),
            Value::LongStringRef(place) => format!("{} {}", place.variable(), place.observation()),
            other => panic!("{other:?}"),
        };
        rows.push(names.iter().cloned().zip(record.values().iter().map(cell)).collect());
    }
    let mut strings = records.into_long_string_reader().unwrap();
    let mut texts = BTreeMap::from([("0 0".to_owned(), String::new())]);
    while let Some(long) = strings.read_long_string().unwrap() {
        let text = String::from_utf8_lossy(long.data()).trim_end_matches('\0').to_owned();
        texts.insert(format!("{} {}", long.variable(), long.observation()), text);
    }
    let mut sets = strings.into_value_label_reader().unwrap();
    let mut words: BTreeMap<String, BTreeMap<i32, String>> = BTreeMap::new();
    while let Some(set) = sets.read_value_label_set().unwrap() {
        let entries = set.entries().iter().map(|entry| (entry.value(), entry.label().to_owned()));
        words.insert(set.name().to_owned(), entries.collect());
    }
    let mut labels = Labels::new();
    for row in &rows {
        for (variable, issue) in [("tram", "tram"), ("fares_of_2025", "fares-of-2025")] {
            let position = match row[variable].as_str() {
                missing if missing.contains('B') => continue,
                missing if missing.contains('A') => None,
                number => Some(number.parse().unwrap()),
            };
            let [id, source] = ["statement_id", "source"].map(|name| texts[&row[name]].clone());
            labels.insert((id, issue.to_owned(), source, position));
        }
    }
    (labels, words)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]

    /// Statements and labels go out in each format and come back equal, or differ by what the export named.
    #[test]
    fn labels_survive_each_format(said in statements()) {
        let workdir = Workdir::new();
        let corpus = corpus_of(&workdir, &said);
        let hand = by_hand(&corpus);
        let (long, rules) = exported(&corpus, ExchangeFormat::Long);
        let all: Labels = hand.union(&rules).cloned().collect();
        prop_assert_eq!(&in_long(only_file(&long)), &all);
        let (dna, _) = exported(&corpus, ExchangeFormat::Dna);
        let (labels, texts) = in_dna(only_file(&dna));
        prop_assert_eq!(&labels, &all);
        for (number, said) in said.iter().enumerate() {
            prop_assert_eq!(&texts[&format!("s{number}")], &said.text);
        }
        let (events, _) = exported(&corpus, ExchangeFormat::DnaCsv);
        // Coders are numbers in it, so rules would come back as one of them.
        let with_position = hand.iter().filter(|label| label.3.is_some()).count();
        prop_assert_eq!(in_event_list(only_file(&events)), with_position);
        prop_assert_eq!(says(&events, "takes no position"), with_position < hand.len());
        prop_assert_eq!(says(&events, "by rules"), !rules.is_empty());
        prop_assert_eq!(&in_label_studio(&exported(&corpus, ExchangeFormat::LabelStudio).0), &all);
        prop_assert_eq!(&in_project(only_file(&exported(&corpus, ExchangeFormat::Qdpx).0)), &all);
        let (labels, words) = in_data_set(only_file(&exported(&corpus, ExchangeFormat::Dta).0));
        prop_assert_eq!(&labels, &all);
        prop_assert_eq!(&words["tram"][&2], "For & with");
        let sources: BTreeSet<&str> = all.iter().map(|label| label.2.as_str()).collect();
        // With one coder, the file has the name that the user gives.
        if sources.len() > 1 {
            prop_assert_eq!(&in_doccano(&exported(&corpus, ExchangeFormat::Doccano).0), &all);
            prop_assert_eq!(&in_prodigy(&exported(&corpus, ExchangeFormat::Prodigy).0), &all);
        }
    }

    /// A workbook comes back through our own import: into the corpus it comes from, where nothing is new, and into a new one.
    #[test]
    fn a_workbook_comes_back(said in statements()) {
        let workdir = Workdir::new();
        let corpus = corpus_of(&workdir, &said);
        let hand = by_hand(&corpus);
        prop_assume!(!hand.is_empty());
        workdir.write("c.xlsx", only_file(&exported(&corpus, ExchangeFormat::Xlsx).0));
        let path = workdir.path().join("c.xlsx");
        let settings = || ImportSettings { sheets: vec!["labels".to_owned()], ..ImportSettings::default() };
        let import = prepare(std::slice::from_ref(&path), &workdir.path().join("c"), settings()).unwrap();
        prop_assert!(import.is_sound, "{:?}", import.problems);
        prop_assert!(import.additions.is_nothing(), "{:?}", import.additions);
        let import = prepare(&[path], &workdir.path().join("new"), settings()).unwrap();
        prop_assert!(import.is_sound, "{:?}", import.problems);
        import.write().unwrap();
        let new = Corpus::load(&workdir.path().join("new")).unwrap();
        prop_assert_eq!(by_hand(&new), hand);
        for statement in &new.statements.rows {
            let old = &corpus.statements.rows[corpus.statements.find(&statement.id).unwrap()];
            prop_assert_eq!(stance::words::name(&statement.text), stance::words::name(&old.text));
            prop_assert_eq!(statement.date.written, old.date.written);
        }
    }
}

#[test]
fn rules_become_a_dictionary_as_far_as_it_can_say_them() {
    use saphyr::{LoadableYamlNode, Yaml};
    let workdir = Workdir::new();
    let none = Said { text: "No words".to_owned(), notes: String::new(), month: false, labels: Default::default() };
    let corpus = corpus_of(&workdir, &[none]);
    let (dictionary, _) = exported(&corpus, ExchangeFormat::Quanteda);
    let text = std::str::from_utf8(only_file(&dictionary)).unwrap();
    let yaml = Yaml::load_from_str(text).unwrap();
    let patterns: Vec<&str> =
        yaml[0]["tram"]["+2 For & with"].as_vec().unwrap().iter().map(|pattern| pattern.as_str().unwrap()).collect();
    assert_eq!(patterns, ["build it", "lay* rails", "lay* tracks"]);
    assert!(says(&dictionary, "needs-more: it needs other words") && says(&dictionary, "gap, in part: it has a gap"));
    assert!(text.contains("#   needs-more: "), "{text}");
}

/// The table that statistics take: a column per coder, and nothing by rules.
#[test]
fn a_matrix_has_a_column_per_coder() {
    let workdir = Workdir::new();
    let labels = [[Some(Some(-2)), Some(None), Some(Some(0))], [None, Some(Some(5)), None]];
    let said = Said { text: "We build it".to_owned(), notes: String::new(), month: true, labels };
    let corpus = corpus_of(&workdir, &[said]);
    let (matrix, _) = exported(&corpus, ExchangeFormat::Coders);
    let text = std::str::from_utf8(only_file(&matrix)).unwrap();
    assert_eq!(text, "issue,statement_id,anna,ben\r\ntram,s0,-2,NA\r\nfares-of-2025,s0,NA,5\r\n");
    for lost in ["1 label of \"takes no position\"", "1 label by adjudication", "1 label by rules", "4 reasons"] {
        assert!(says(&matrix, lost), "{lost}: {:?}", matrix.losses);
    }
}

/// What tools have no place for is said: names beside ids, and levels that nobody gave.
#[test]
fn names_of_issues_and_unused_levels_are_lost_by_name() {
    let workdir = Workdir::new();
    let labels = [[Some(Some(-2)), None, None], [None, Some(Some(5)), None]];
    let said = Said { text: "We build it".to_owned(), notes: String::new(), month: false, labels };
    let corpus = corpus_of(&workdir, &[said]);
    let (lines, _) = exported(&corpus, ExchangeFormat::Doccano);
    for lost in ["`fares-of-2025` for “Fares”", "levels that no label has"] {
        assert!(says(&lines, lost), "{lost}: {:?}", lines.losses);
    }
    // The tasks of Prodigy offer every level.
    let (tasks, _) = exported(&corpus, ExchangeFormat::Prodigy);
    assert!(says(&tasks, "`fares-of-2025`") && !says(&tasks, "level that no") && !says(&tasks, "levels that no"));
}

fn fine(run: Run) -> String {
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    run.stdout
}

/// A corpus with 40 statements, of which anna has read the first 10.
fn workdir_with_work() -> Workdir {
    let workdir = Workdir::new();
    let said = |number: usize| Said {
        text: format!("=Statement number {number} on the tram"),
        notes: String::new(),
        month: false,
        labels: [[(number < 10).then_some(Some(-2)), None, None], [(number < 10).then_some(None), None, None]],
    };
    corpus_of(&workdir, &(0..40).map(said).collect::<Vec<_>>());
    workdir
}

/// Fills in a coding sheet in CSV: the answer for each row by its number.
fn fill_in(workdir: &Workdir, name: &str, answer: impl Fn(usize) -> [&'static str; 2]) -> usize {
    let bytes = workdir.read(name);
    let mut reader = csv::Reader::from_reader(bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes));
    let header = reader.headers().unwrap().clone();
    assert_eq!(header.iter().collect::<Vec<_>>(), ["id", "context", "text", "tram", "fares-of-2025"]);
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&header).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    for (number, row) in rows.iter().enumerate() {
        assert!(row[2].starts_with("'=Statement"), "nothing runs: {}", &row[2]);
        let [tram, fares] = answer(number);
        writer.write_record([&row[0], &row[1], &row[2], tram, fares]).unwrap();
    }
    workdir.write(name, writer.into_inner().unwrap());
    rows.len()
}

#[test]
fn a_coding_sheet_goes_out_and_comes_back_as_often_as_wanted() {
    let workdir = workdir_with_work();
    let made = fine(workdir.run(&["sheet", "--corpus", "c", "--coder", "anna", "-o", "anna.csv"]));
    assert!(made.contains("10 statements left out, because anna has labelled them."), "{made}");
    let guide = String::from_utf8(workdir.read("anna.md")).unwrap();
    assert!(guide.contains("- -2 Against: says no; or \"never\"") && guide.contains("`no position`"), "{guide}");
    let rows = fill_in(&workdir, "anna.csv", |number| match number {
        0 => ["-2 Against", "#5"],
        1 => ["For & with", ""],
        2 => ["no position", "1"],
        _ => ["", ""],
    });
    assert_eq!(rows, 30);
    let back = fine(workdir.run(&["import", "anna.csv", "--coder", "anna", "--corpus", "c"]));
    assert!(back.contains("0 new statements, 5 new labels"), "{back}");
    let again = fine(workdir.run(&["import", "anna.csv", "--coder", "anna", "--corpus", "c"]));
    assert!(again.contains("nothing new"), "{again}");
    fill_in(&workdir, "anna.csv", |number| if number == 0 { ["0", "5"] } else { ["", ""] });
    let changed = fine(workdir.run(&["import", "anna.csv", "--coder", "anna", "--corpus", "c"]));
    assert!(changed.contains("1 label changed") && changed.contains("-2 is now 0"), "{changed}");
    fine(workdir.run(&["check", "--corpus", "c"]));
    // The sheet is not overwritten: it may hold labels.
    let refused = workdir.run(&["sheet", "--corpus", "c", "--coder", "anna", "-o", "anna.csv"]);
    assert!(refused.code == 2 && refused.stderr.contains("may hold your decisions"), "{}", refused.stderr);
}

#[test]
fn a_workbook_to_fill_in_has_lists_of_levels_and_nothing_of_others() {
    let workdir = workdir_with_work();
    fine(workdir.run(&["sheet", "--corpus", "c", "--coder", "ben", "--issue", "tram", "--shuffle", "-o", "ben.xlsx"]));
    let mut zip = zip::ZipArchive::new(Cursor::new(workdir.read("ben.xlsx"))).unwrap();
    let mut read = |name: &str| {
        let mut text = String::new();
        zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let sheet = read("xl/worksheets/sheet1.xml");
    assert!(sheet.contains("levels!$A$1:$A$4") && sheet.contains("type=\"list\""), "{sheet}");
    assert!(!sheet.contains("<f>"), "a formula");
    assert!(read("xl/workbook.xml").contains("name=\"levels\" sheetId=\"3\" state=\"hidden\""));
    let strings = read("xl/sharedStrings.xml");
    for hidden in ["anna", "rules", "why, 1", "Ann &quot;A&quot; Example", "Ann \"A\" Example"] {
        assert!(!strings.contains(hidden), "{hidden}");
    }
    let back = fine(workdir.run(&["import", "ben.xlsx", "--coder", "ben", "--corpus", "c"]));
    assert!(back.contains("nothing new"), "{back}");
}

#[test]
fn sheets_of_2_coders_share_what_the_seed_says() {
    let workdir = workdir_with_work();
    let ids =
        |coder: &str, with: &str| {
            let name = format!("{coder}.csv");
            let share = ["--share", "0.3", "--seed", "7", "--again"];
            fine(workdir.run(
                &[&["sheet", "--corpus", "c", "--coder", coder, "--with", with, "-o", &name], &share[..]].concat(),
            ));
            let bytes = workdir.read(&name);
            let mut reader = csv::Reader::from_reader(bytes.as_slice());
            reader.records().map(|record| record.unwrap()[0].to_owned()).collect::<BTreeSet<_>>()
        };
    let (anna, ben) = (ids("anna", "ben"), ids("ben", "anna"));
    assert_eq!(anna.union(&ben).count(), 40);
    let shared = anna.intersection(&ben).count();
    assert!((4..=20).contains(&shared), "{shared}");
    let guide = String::from_utf8(workdir.read("anna.md")).unwrap();
    assert!(guide.contains(&format!("Seed: 7. {shared} statements of this sheet are read by all.")), "{guide}");
}

#[test]
fn a_sheet_with_one_column_sorted_alone_is_a_fault() {
    let workdir = workdir_with_work();
    workdir.write("anna.csv", "id,text,tram\ns1,=Statement number 2 on the tram,-2\n");
    let run = workdir.run(&["import", "anna.csv", "--coder", "anna", "--corpus", "c"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("`s1` has another text in the corpus"), "{}", run.stderr);
}

/// Of an export of labels, only what a person has changed is that person's label.
#[test]
fn an_export_of_labels_comes_back_as_a_worksheet() {
    let workdir = workdir_with_work();
    fine(workdir.run(&["label", "--corpus", "c", "--all", "-o", "all.csv"]));
    let before = String::from_utf8(workdir.read("all.csv")).unwrap();
    let mut reader = csv::Reader::from_reader(before.as_bytes());
    let header = reader.headers().unwrap().clone();
    let place = |name: &str| header.iter().position(|column| column == name).unwrap();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&header).unwrap();
    for record in reader.records() {
        let mut cells: Vec<String> = record.unwrap().iter().map(str::to_owned).collect();
        if cells[0] == "s5" || cells[0] == "s20" {
            cells[place("issue")] = "tram".to_owned();
            cells[place("position")] = "2".to_owned();
        }
        writer.write_record(&cells).unwrap();
    }
    workdir.write("all.csv", writer.into_inner().unwrap());
    let nobody = workdir.run(&["import", "all.csv", "--corpus", "c"]);
    assert!(nobody.code == 2 && nobody.stderr.contains("--coder NAME"), "{}", nobody.stderr);
    let back = fine(workdir.run(&["import", "all.csv", "--coder", "ben", "--corpus", "c"]));
    assert!(back.contains("0 new statements, 2 new labels"), "{back}");
    let labels = String::from_utf8(workdir.read("c/labels/ben.csv")).unwrap().replace('\r', "");
    assert_eq!(labels, "statement_id,issue,position\ns5,tram,2\ns20,tram,2\n");
    assert!(!String::from_utf8(workdir.read("c/statements.csv")).unwrap().contains("hand_position"));
}

#[test]
fn an_export_says_what_is_lost_and_keeps_work_of_others() {
    let workdir = workdir_with_work();
    let run = |args: &[&str]| workdir.run(&[&["export", "--corpus", "c"], args].concat());
    let said = fine(run(&["-o", "c.xlsx"]));
    assert!(said.starts_with("written: c.xlsx\n"), "{said}");
    let said = fine(run(&["--format", "doccano", "-o", "d.jsonl"]));
    assert!(said.contains("not in it, or not as it was:\n  - who labelled:"), "{said}");
    fine(run(&["-o", "c.dna"]));
    fine(run(&["-o", "c.dna"]));
    workdir.write("c.dna", "worked on");
    let refused = run(&["-o", "c.dna"]);
    assert!(refused.code == 2 && refused.stderr.contains("work that was done in another tool"), "{}", refused.stderr);
    fine(run(&["-o", "c.dna", "--force"]));
    fine(run(&["-o", "c.md"]));
    fine(run(&["-o", "c.md"]));
    for (args, part) in [
        (&["-o", "c.csv"][..], "several formats end in .csv"),
        (&["-o", "c.pdf"], "no format ends in .pdf"),
        (&["-o", "c.dna", "--coder", "ana"], "did you mean `anna`?"),
        (&["-o", "c/labels/x.dna"], "belongs to the corpus"),
        (&["-o", "c.qdc", "--from", "2030-01-01"], "the selection has no statement"),
    ] {
        let refused = run(args);
        assert!(refused.code == 2 && refused.stderr.contains(part), "{part}: {}", refused.stderr);
    }
}

#[test]
fn a_csv_for_a_spreadsheet_runs_no_cell() {
    let workdir = workdir_with_work();
    let plain = fine(workdir.run(&["label", "--corpus", "c"]));
    let safe = fine(workdir.run(&["label", "--corpus", "c", "--for-spreadsheet"]));
    assert!(plain.contains(",=Statement number 1 on") && !safe.contains(",=Statement"), "{safe}");
    assert!(safe.starts_with('\u{feff}') && safe.contains(",'=Statement number 1 on"), "{safe}");
    fine(workdir.run(&["label", "--corpus", "c", "--for-spreadsheet", "-o", "l.csv"]));
    fine(workdir.run(&["label", "--corpus", "c", "--for-spreadsheet", "-o", "l.csv"]));
}
