//! Codings of other tools: what each file holds comes in, by whom, and what is lost is named.

use std::fs;
use std::io::{Cursor, Write};

use crate::support::{Run, Workdir, text};

fn import(workdir: &Workdir, name: &str, bytes: impl AsRef<[u8]>, flags: &[&str]) -> Run {
    workdir.write(name, bytes);
    let run = workdir.run(&[&["import", name, "--corpus", "c"], flags].concat());
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    let check = workdir.run(&["check", "--corpus", "c"]);
    assert_eq!(check.code, 0, "{}", check.stdout);
    run
}

/// The labels of a coder, without the ids of statements.
fn labels(workdir: &Workdir, coder: &str) -> Vec<String> {
    let all = text(workdir, &format!("c/labels/{coder}.csv"));
    let mut labels: Vec<String> = all.lines().skip(1).map(|row| row.split_once(',').unwrap().1.to_owned()).collect();
    labels.sort();
    labels
}

const STUDIO: &str = r#"[
  {"id": 1, "data": {"text": "The tram 🚋 is a waste", "date": "2025-05-01", "speaker": "Alex Example"}, "predictions": [{"result": []}],
   "annotations": [
    {"completed_by": {"email": "anna@example.org"}, "result": [
      {"type": "choices", "from_name": "tram", "value": {"choices": ["-2 Against"]}},
      {"type": "labels", "from_name": "why", "value": {"start": 11, "end": 21, "text": "is a waste", "labels": ["tram"]}}]},
    {"completed_by": {"email": "ben@example.org"}, "result": [{"type": "choices", "from_name": "tram", "value": {"choices": ["+2 Build"]}}]},
    {"completed_by": {"email": "cleo@example.org"}, "was_cancelled": true, "result": []}]},
  {"id": 2, "data": {"text": "No comment.", "date": "2025-06-01", "speaker": "Alex Example"},
   "annotations": [{"completed_by": {"email": "anna@example.org"}, "result": []}]}]"#;

#[test]
fn label_studio_gives_a_file_per_annotator() {
    let workdir = Workdir::new();
    let run = import(&workdir, "tasks.json", STUDIO, &[]);
    assert_eq!(labels(&workdir, "anna"), ["tram,,", "tram,-2,is a waste"]);
    assert_eq!(labels(&workdir, "ben"), ["tram,2"]);
    assert!(!workdir.path().join("c/labels/cleo.csv").exists());
    for said in
        ["tram/-2 Against", "1 prediction left out", "1 skipped annotation left out", "read, and takes no position"]
    {
        assert!(run.stdout.contains(said), "{said}\n{}", run.stdout);
    }
    assert!(text(&workdir, "c/import.toml").contains("\"tram/-2 Against\" = \"tram:-2 Against\""));
    let again = import(&workdir, "tasks.json", STUDIO, &[]);
    assert!(again.stdout.contains("nothing new"), "{}", again.stdout);
}

#[test]
fn doccano_and_prodigy_need_the_name_of_the_issue() {
    let line = r#"{"id":1,"text":"The tram is a waste","date":"2025-05-01","speaker":"Alex Example","label":["-2 Against"]}
{"id":2,"text":"We build it","date":"2025-06-01","speaker":"Alex Example","label":["+2 Build","-2 Against"]}
"#;
    let workdir = Workdir::new();
    workdir.write("anna.jsonl", line);
    let refused = workdir.run(&["import", "anna.jsonl", "--corpus", "c"]);
    assert!(
        refused.stderr.contains("nothing names their issue") && refused.stderr.contains("--issue"),
        "{}",
        refused.stderr
    );
    let run = import(&workdir, "anna.jsonl", line, &["--issue", "tram"]);
    assert_eq!(labels(&workdir, "me"), ["tram,-2"]);
    assert!(run.stdout.contains("line 2 has 2 levels on `tram`"), "{}", run.stdout);
    // The next file needs no flag, and its texts no dates: the corpus knows them.
    let prodigy = r#"{"text":"We build it","options":[{"id":-2,"text":"Against"},{"id":2,"text":"Build"}],"accept":[2],"answer":"accept","_view_id":"choice","_session_id":"trams-ben"}
{"text":"The tram is a waste","options":[{"id":-2,"text":"Against"}],"accept":[],"answer":"accept","_view_id":"choice","_session_id":"trams-ben"}
{"text":"The tram is a waste","accept":[],"answer":"ignore","_view_id":"choice","_session_id":"trams-cleo"}
"#;
    let run = import(&workdir, "tasks.jsonl", prodigy, &[]);
    assert_eq!(labels(&workdir, "ben"), ["tram,", "tram,2"], "{}", run.stdout);
    assert!(run.stdout.contains("1 ignored task left out"), "{}", run.stdout);
    assert_eq!(text(&workdir, "c/statements.csv").lines().count(), 3);
}

#[test]
fn a_session_of_prodigy_that_can_be_read_in_2_ways_says_how_it_was_read() {
    let line = r#"{"text":"We build it","date":"2025-05-01","speaker":"Alex Example","options":[{"id":-2,"text":"Against"},{"id":2,"text":"Build"}],"accept":[2],"answer":"accept","_session_id":"trams-anna-lena"}
"#;
    let workdir = Workdir::new();
    let run = import(&workdir, "tasks.jsonl", line, &["--issue", "tram"]);
    assert_eq!(labels(&workdir, "lena"), ["tram,2"]);
    assert!(run.stdout.replace('\n', " ").contains("`trams-anna-lena` is read as the coder `lena`"), "{}", run.stdout);
    let workdir = Workdir::new();
    let run = import(&workdir, "tasks.jsonl", line, &["--issue", "tram", "--coder", "anna-lena"]);
    assert_eq!(labels(&workdir, "anna-lena"), ["tram,2"]);
    assert!(!run.stdout.contains("is read as the coder"), "{}", run.stdout);
}

#[test]
fn a_database_of_dna_gives_issues_from_concepts() {
    let workdir = Workdir::new();
    let path = workdir.path().join("debate.dna");
    let made = rusqlite::Connection::open(&path).unwrap();
    made.execute_batch(
        "CREATE TABLE SETTINGS(Property TEXT, Value TEXT); INSERT INTO SETTINGS VALUES ('version', '3.1.0');
         CREATE TABLE CODERS(ID INTEGER, Name TEXT); INSERT INTO CODERS VALUES (1, 'Admin'), (2, 'Anna');
         CREATE TABLE DOCUMENTS(ID INTEGER, Title TEXT, Text TEXT, Author TEXT, Source TEXT, Section TEXT, Type TEXT, Date INTEGER);
         INSERT INTO DOCUMENTS VALUES (1, 'Hearing', '🚋 We build the tram. Fares stay.', '', 'Gazette', '', '', 1106697600);
         CREATE TABLE STATEMENTTYPES(ID INTEGER, Label TEXT); INSERT INTO STATEMENTTYPES VALUES (1, 'DNA Statement'), (2, 'Annotation');
         CREATE TABLE VARIABLES(ID INTEGER, Variable TEXT, DataType TEXT, StatementTypeId INTEGER);
         INSERT INTO VARIABLES VALUES (1, 'person', 'short text', 1), (2, 'organization', 'short text', 1), (3, 'concept', 'short text', 1), (4, 'agreement', 'boolean', 1);
         CREATE TABLE STATEMENTS(ID INTEGER, StatementTypeId INTEGER, DocumentId INTEGER, Start INTEGER, Stop INTEGER, Coder INTEGER);
         INSERT INTO STATEMENTS VALUES (1, 1, 1, 3, 21, 2), (2, 1, 1, 22, 33, 2), (3, 2, 1, 0, 2, 2), (4, 1, 1, 900, 990, 2);
         CREATE TABLE ENTITIES(ID INTEGER, VariableId INTEGER, Value TEXT);
         INSERT INTO ENTITIES VALUES (1, 1, 'Alex Example'), (2, 2, 'City'), (3, 3, 'Build the tram'), (4, 3, 'Lower fares'), (5, 1, '');
         CREATE TABLE DATASHORTTEXT(ID INTEGER, StatementId INTEGER, VariableId INTEGER, Entity INTEGER);
         INSERT INTO DATASHORTTEXT VALUES (1, 1, 1, 1), (2, 1, 2, 2), (3, 1, 3, 3), (4, 2, 1, 5), (5, 2, 2, 2), (6, 2, 3, 4);
         CREATE TABLE DATABOOLEAN(ID INTEGER, StatementId INTEGER, VariableId INTEGER, Value INTEGER);
         INSERT INTO DATABOOLEAN VALUES (1, 1, 4, 1), (2, 2, 4, 0);",
    )
    .unwrap();
    drop(made);
    let bytes = fs::read(&path).unwrap();
    let run = import(&workdir, "debate.dna", &bytes, &[]);
    assert_eq!(labels(&workdir, "Anna"), ["build-the-tram,1", "lower-fares,-1"], "{}", run.stdout);
    let statements = text(&workdir, "c/statements.csv");
    for said in ["2005-01-26,Alex Example,City,We build the tram.", "2005-01-26,City,City,Fares stay."] {
        assert!(statements.contains(said), "{said}\n{statements}");
    }
    for said in ["`Annotation` (1)", "1 coding left out", "the organization is taken as the speaker"] {
        assert!(run.stdout.replace('\n', " ").contains(said), "{said}\n{}", run.stdout);
    }
    assert_eq!(fs::read(&path).unwrap(), bytes, "it is only read");
    // Another program's database is not taken for one of DNA.
    let other = workdir.path().join("other.db");
    rusqlite::Connection::open(&other).unwrap().execute_batch("CREATE TABLE A(b)").unwrap();
    let refused = workdir.run(&["import", "other.db", "--corpus", "d"]);
    assert!(refused.stderr.contains("not one of the Discourse Network Analyzer"), "{}", refused.stderr);
}

#[test]
fn an_event_list_whose_dates_are_of_the_coding_is_named() {
    let workdir = Workdir::new();
    let list = "\"statement_id\";\"time\";\"person\";\"concept\";\"agreement\";\"start_position\";\"stop_position\";\"text\";\"coder\";\"document_id\";\"document_title\"\n\
        1;2025-07-10 00:00:00;\"Alex Example\";\"Build the tram\";1;0;9;\"We build.\";2;1;\"Trams, debated on Monday 14 September 2015\"\n\
        2;2025-07-10 00:00:00;\"Alex Example\";\"Build the tram\";0;10;18;\"We wait.\";2;1;\"Trams, debated on Monday 14 September 2015\"";
    let run = import(&workdir, "events.csv", list, &[]);
    assert_eq!(labels(&workdir, "2"), ["build-the-tram,-1", "build-the-tram,1"]);
    assert!(
        run.stdout.replace('\n', " ").contains("2 rows have another day than the title of the document"),
        "{}",
        run.stdout
    );
}

#[test]
fn files_of_several_coders_come_in_together() {
    let line = |label: &str| {
        format!(
            "{{\"text\":\"We build it\",\"statement_id\":\"a\",\"date\":\"2025-05-01\",\"speaker\":\"Alex Example\",\"label\":[\"tram: {label}\"]}}\n"
        )
    };
    let workdir = Workdir::new();
    workdir.write("anna.jsonl", line("-2 Against/never"));
    workdir.write("ben.jsonl", line("no position"));
    let run = workdir.run(&["import", "anna.jsonl", "ben.jsonl", "--corpus", "c"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert_eq!(text(&workdir, "c/statements.csv").lines().count(), 2);
    assert_eq!(
        (labels(&workdir, "anna"), labels(&workdir, "ben")),
        (vec!["tram,-2".to_owned()], vec!["tram,".to_owned()])
    );
    assert!(text(&workdir, "c/codebook.toml").contains("words = \"Against/never\""));
}

fn packed(files: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

const PROJECT: &str = r#"<?xml version="1.0"?><Project xmlns="urn:QDA-XML:project:1.0" name="trams">
<Users><User guid="{00000000-0000-4000-8000-00000000000A}" name="anna"/><User guid="00000000-0000-4000-8000-00000000000b" name="ben"/></Users>
<CodeBook><Codes><Code guid="1" name="tram" isCodable="false"><Code guid="2" name="-2 Against"/><Code guid="3" name="+2 Build &amp; run"/><Code guid="4" name="none"/></Code>
<Code guid="5" name="irony"/></Codes></CodeBook>
<Variables><Variable guid="v" name="Date" typeOfVariable="Date"/></Variables>
<Cases><Case guid="c" name="Alex Example"><SourceRef targetGUID="S1"/></Case></Cases>
<Sources><TextSource guid="{s1}" name="hall.txt" plainTextPath="internal://T1.txt">
<PlainTextSelection guid="p1" name="The tram 🚋 is a waste." startPosition="7" endPosition="29"><Description>plain words</Description><Coding guid="k1" creatingUser="00000000-0000-4000-8000-00000000000a"><CodeRef targetGUID="2"/></Coding><Coding guid="k2" creatingUser="{00000000-0000-4000-8000-00000000000B}"><CodeRef targetGUID="3"/></Coding><Coding guid="k3" creatingUser="00000000-0000-4000-8000-00000000000b"><CodeRef targetGUID="5"/></Coding></PlainTextSelection>
<PlainTextSelection guid="p2" name="No comment." startPosition="30" endPosition="41"><Coding guid="k4" creatingUser="00000000-0000-4000-8000-00000000000a"><CodeRef targetGUID="4"/></Coding></PlainTextSelection>
<PlainTextSelection guid="p3" name="nowhere to be found here" startPosition="400" endPosition="410"><Coding guid="k5"><CodeRef targetGUID="2"/></Coding></PlainTextSelection>
<VariableValue><VariableRef targetGUID="v"/><DateValue>2025-03-04</DateValue></VariableValue></TextSource></Sources></Project>"#;

#[test]
fn a_project_of_refi_qda_keeps_who_coded_each_passage() {
    let workdir = Workdir::new();
    // A byte order mark, and line breaks of 2 characters that the positions count as one.
    let source = "\u{feff}Title.\r\nThe tram 🚋 is a waste.\r\nNo comment.";
    let bytes = packed(&[("Project.QDE", PROJECT), ("Sources/t1.txt", source)]);
    let run = import(&workdir, "trams.qdpx", bytes, &[]);
    assert_eq!(labels(&workdir, "anna"), ["tram,,", "tram,-2,plain words"]);
    assert_eq!(labels(&workdir, "ben"), ["tram,2,plain words"]);
    let statements = text(&workdir, "c/statements.csv");
    assert!(statements.contains("2025-03-04,Alex Example,The tram 🚋 is a waste.,hall.txt,irony"), "{statements}");
    for said in ["a line break as one", "passages whose words are not at their position (1)", "irony"] {
        assert!(run.stdout.replace('\n', " ").contains(said), "{said}\n{}", run.stdout);
    }
}

#[test]
fn a_codebook_of_refi_qda_begins_a_corpus() {
    let workdir = Workdir::new();
    let book = PROJECT.split("<CodeBook>").nth(1).unwrap().split("</CodeBook>").next().unwrap();
    let book = format!("<CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\">{book}</CodeBook>");
    workdir.write("codes.qdc", book);
    let run = workdir.run(&["import", "codes.qdc", "--corpus", "c"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert!(run.stdout.contains("1 new issue") && run.stdout.contains("stance import SHEET"), "{}", run.stdout);
    let begun = text(&workdir, "c/codebook.toml");
    assert!(begun.contains("id = \"tram\"") && begun.contains("words = \"Build & run\""), "{begun}");
    // Its levels are read by their words in the next sheet.
    let sheet = "date,speaker,text,tram\n2025-01-01,Ada Holm,Build and run it,build & run\n2025-01-02,Ada Holm,Not with me,Against\n";
    import(&workdir, "s.csv", sheet, &[]);
    assert_eq!(labels(&workdir, "me"), ["tram,-2", "tram,2"]);
}

#[test]
fn a_dictionary_becomes_rules_that_fire() {
    let workdir = Workdir::new();
    let sheet = "date,speaker,text,tram\n2025-01-01,Ada Holm,A waste of money,-2\n2025-01-02,Ada Holm,We will build the trams now,2\n2025-01-03,Ada Holm,What a waste of money,\n";
    import(&workdir, "s.csv", sheet, &[]);
    let dictionary = "tram:\n  \"-2\":\n    - waste of money\n    - \"(\"\n  \"+2\": [build the tram*]\nNO: [norw*]\n";
    let run = import(&workdir, "d.yml", dictionary, &[]);
    assert!(run.stdout.contains("2 new rules") && run.stdout.contains("`(`"), "{}", run.stdout);
    let labelled = workdir.run(&["check", "--corpus", "c"]);
    assert!(labelled.stdout.contains("2 by hand, 1 by rules alone"), "{}", labelled.stdout);
    let again = import(&workdir, "d.yml", dictionary, &[]);
    assert!(again.stdout.contains("nothing new"), "{}", again.stdout);
}

#[test]
fn files_that_hold_no_position_say_what_to_do() {
    let workdir = Workdir::new();
    for (name, bytes, says) in [
        ("a.yml", "greeting: [hello, good morning]\n", "--code"),
        ("b.xml", "<View><Choices/></View>", "labelling configuration"),
        ("c.qdc", "<!DOCTYPE x><CodeBook/>", "document type"),
        ("d.jsonl", "{\"text\":\"a\",\"annotations\":[{\"label\":7,\"user\":1}]}", "numbers of labels"),
        ("e.json", "[{\"data\":{\"text\":\"a\"},\"annotations\":[]}]", "no column is recognised as the dates"),
    ] {
        workdir.write(name, bytes);
        let run = workdir.run(&["import", name, "--corpus", "c"]);
        assert_eq!(run.code, 2, "{name}: {}", run.stdout);
        assert!(run.stderr.contains(says), "{name}\n{}", run.stderr);
    }
    assert!(!workdir.path().join("c").exists());
}
