//! What columns are taken for: scales with numbers of their own, a column per coder, names in 2 rows, remarks.

use crate::support::{Run, Workdir, root, sound, text};

/// A sheet with a row for each text below more columns than date, speaker and quotation.
fn sheet(columns: &str, rows: &[&str]) -> String {
    let mut text = format!("Date,Speaker,Quote,{columns}\n");
    for (number, row) in rows.iter().enumerate() {
        text += &format!("2025-{:02}-08,Mara Lindqvist,We say sentence number {number} here.,{row}\n", 1 + number);
    }
    text
}

fn import(workdir: &Workdir, sheet: &str, flags: &[&str]) -> Run {
    workdir.write("s.csv", sheet);
    workdir.run(&[&["import", "s.csv", "--corpus", "c"], flags].concat())
}

/// The labels of a coder, without the ids of statements.
fn labels(workdir: &Workdir, coder: &str) -> Vec<String> {
    let rows = text(workdir, &format!("c/labels/{coder}.csv"));
    rows.lines().skip(1).map(|row| row.split_once(',').unwrap().1.to_owned()).collect()
}

/// The levels of each issue, as they stand in the codebook, lowest first.
fn levels(workdir: &Workdir) -> Vec<(String, Vec<(i64, String)>)> {
    let book: toml::Table = text(workdir, "c/codebook.toml").parse().unwrap();
    let level =
        |level: &toml::Value| (level["position"].as_integer().unwrap(), level["words"].as_str().unwrap().to_owned());
    let issue = |issue: &toml::Value| {
        let mut levels: Vec<(i64, String)> = issue["level"].as_array().unwrap().iter().map(level).collect();
        levels.sort();
        (issue["id"].as_str().unwrap().to_owned(), levels)
    };
    book["issue"].as_array().unwrap().iter().map(issue).collect()
}

fn words(levels: &[(i64, String)]) -> String {
    levels.iter().map(|(number, words)| format!("{number} {words}")).collect::<Vec<_>>().join("|")
}

#[test]
fn numbers_in_cells_are_the_levels_and_their_words_name_them() {
    let five = ["Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree"];
    let whole = "1 Strongly disagree|2 Disagree|3 Neither|4 Agree|5 Strongly agree";
    for (mark, end) in
        [(" - ", ""), (" (", ")"), (" = ", ""), (". ", ""), (") ", ""), (" – ", ""), (": ", ""), (" ", "")]
    {
        let rows: Vec<String> =
            (1..=5).zip(five).map(|(number, words)| format!("{number}{mark}{words}{end}")).collect();
        let rows: Vec<&str> = rows.iter().chain(&rows).map(String::as_str).collect();
        let workdir = Workdir::new();
        sound(&import(&workdir, &sheet("Trams", &rows), &[]));
        assert_eq!(words(&levels(&workdir)[0].1), whole, "{mark}");
        assert_eq!(labels(&workdir, "me")[..5], [1, 2, 3, 4, 5].map(|number| format!("trams,{number}")), "{mark}");
    }
}

#[test]
fn no_level_is_mirrored_that_has_a_number_without_a_sign() {
    for (column, rows, expected) in [
        ("Trams", vec!["1 - Oppose", "3 - Support", "2 - Neutral", "1 - Oppose"], "1 Oppose|2 Neutral|3 Support"),
        ("Trams", vec!["0 Oppose", "1 Neutral", "2 Support", "2 Support"], "0 Oppose|1 Neutral|2 Support"),
        ("Trams (1-5)", vec!["2 - Oppose", "4 - Support", "2 - Oppose"], "1 1|2 Oppose|3 3|4 Support|5 5"),
        ("Trams: 1 = stop, 5 = build", vec!["1", "5", "5", "1"], "1 stop|2 2|3 3|4 4|5 build"),
        ("Trams", vec!["1/5", "2/5", "4/5", "2/5", "1/5", "4/5"], "1 1|2 2|3 3|4 4|5 5"),
        // Those with signs are as they were.
        ("Trams", vec!["-1 Oppose", "1 Support", "1 Support"], "-1 Oppose|1 Support"),
        ("Trams", vec!["oppose", "strongly support", "support"], "-2 −2|-1 oppose|1 support|2 strongly support"),
    ] {
        let workdir = Workdir::new();
        sound(&import(&workdir, &sheet(&format!("\"{column}\""), &rows), &[]));
        assert_eq!(words(&levels(&workdir)[0].1), expected, "{column} {rows:?}");
    }
}

#[test]
fn a_scale_that_goes_below_what_was_seen_is_told() {
    let workdir = Workdir::new();
    let rows = ["2", "3", "4", "4", "2", "3", "3"];
    let run = import(&workdir, &sheet("Tram", &rows), &[]);
    sound(&run);
    assert!(run.stdout.contains("Tram has the numbers 2 to 4, and its scale is taken as 1 to 4"), "{}", run.stdout);
    let workdir = Workdir::new();
    let run = import(&workdir, &sheet("Tram", &rows), &["--levels", "Tram=1,5"]);
    sound(&run);
    assert!(!run.stdout.contains("is taken as") && levels(&workdir)[0].1.len() == 5, "{}", run.stdout);
}

#[test]
fn words_for_levels_are_as_many_as_the_numbers_in_the_cells() {
    let signed = sheet("Tram", &["-1", "0", "1", "1"]);
    let run = import(&Workdir::new(), &signed, &["--levels", "Tram=against,for"]);
    assert_eq!(run.code, 2, "{}", run.stdout);
    assert!(
        run.stderr.contains("--levels names 2 levels of Tram, and its cells have the numbers -1, 0, 1"),
        "{}",
        run.stderr
    );
    let workdir = Workdir::new();
    sound(&import(&workdir, &signed, &["--levels", "Tram=against,between,for"]));
    assert_eq!(words(&levels(&workdir)[0].1), "-1 against|0 between|1 for");
    let workdir = Workdir::new();
    sound(&import(
        &workdir,
        &sheet("Tram", &["1", "3", "2", "3", "1", "2"]),
        &["--levels", "Tram=against,between,for"],
    ));
    assert_eq!(words(&levels(&workdir)[0].1), "1 against|2 between|3 for");
}

#[test]
fn one_column_of_words_has_one_scale_whatever_the_topic() {
    let rows = ["Tram,Strongly support", "Tram,Support", "Tram,Neutral", "Bus,Oppose", "Bus,Strongly oppose"];
    let workdir = Workdir::new();
    sound(&import(&workdir, &sheet("Topic,Stance", &rows), &[]));
    let levels = levels(&workdir);
    let whole = "-2 Strongly oppose|-1 Oppose|0 Neutral|1 Support|2 Strongly support";
    assert_eq!((words(&levels[0].1).as_str(), words(&levels[1].1).as_str()), (whole, whole));
    assert_eq!(labels(&workdir, "me"), ["tram,2", "tram,1", "tram,0", "bus,-1", "bus,-2"]);
}

#[test]
fn a_column_for_each_coder_is_one_issue() {
    for (one, other, files) in [
        ("Coder A", "Coder B", ["Coder A", "Coder B"]),
        ("coder_1", "coder_2", ["coder 1", "coder 2"]),
        ("Kodierer 1", "Kodierer 2", ["Kodierer 1", "Kodierer 2"]),
        ("Coding 1", "Coding 2", ["Coding 1", "Coding 2"]),
        ("Rater1", "Rater2", ["Rater 1", "Rater 2"]),
        ("Coder Anna", "Coder Ben", ["Anna", "Ben"]),
    ] {
        for cells in [["-1,-1", "0,1", "1,1", "-1,0"], ["against,against", "neutral,for", "for,for", "against,neutral"]]
        {
            let workdir = Workdir::new();
            let text = sheet(&format!("{one},{other}"), &cells);
            let run = import(&workdir, &text, &[]);
            assert_eq!(run.code, 2, "{one}: {}", run.stdout);
            assert!(run.stderr.contains("--issue NAME"), "{one}: {}", run.stderr);
            sound(&import(&workdir, &text, &["--issue", "Tram"]));
            assert_eq!(labels(&workdir, files[0]), ["tram,-1", "tram,0", "tram,1", "tram,-1"], "{one}");
            assert_eq!(labels(&workdir, files[1]), ["tram,-1", "tram,1", "tram,1", "tram,0"], "{one}");
            // The next sheet comes in by one command.
            let run = import(&workdir, &text, &[]);
            assert!(run.code == 0 && run.stdout.contains("nothing new"), "{one}: {}{}", run.stdout, run.stderr);
        }
    }
}

#[test]
fn the_rest_of_the_header_of_a_coder_is_the_issue() {
    let workdir = Workdir::new();
    let columns = "Tram (coder 1),Tram (coder 2),Bus (coder 1),Bus (coder 2)";
    sound(&import(&workdir, &sheet(columns, &["1,1,-1,0", "-1,0,1,1", "0,0,-1,-1"]), &[]));
    assert_eq!(labels(&workdir, "coder 1"), ["tram,1", "bus,-1", "tram,-1", "bus,1", "tram,0", "bus,-1"]);
    assert_eq!(levels(&workdir).len(), 2);
}

#[test]
fn columns_that_may_be_coders_or_issues_are_a_fault() {
    let alike = ["-1,-1", "0,0", "1,1", "-1,0", "1,1", "0,0"];
    for columns in
        ["Position (Anna),Position (Ben)", "tram_anna,tram_ben", "Tram Anna,Tram Ben", "stance_anna,stance_ben"]
    {
        let run = import(&Workdir::new(), &sheet(columns, &alike), &[]);
        assert_eq!(run.code, 2, "{columns}: {}", run.stdout);
        assert!(run.stderr.contains("read by several coders, or several issues"), "{columns}: {}", run.stderr);
    }
    // Those that differ are issues, as their names say.
    let workdir = Workdir::new();
    let differ = ["-1,1", "0,-1", "1,-1", "-1,0", "1,1", "0,1"];
    sound(&import(&workdir, &sheet("Position (Tram),Position (Bus)", &differ), &[]));
    assert_eq!(levels(&workdir).len(), 2);
}

#[test]
fn a_column_of_coders_has_their_names() {
    // A remark in a few cells names nobody.
    for column in ["Comment by coder", "Coder comment", "Coder notes", "Kommentar Kodierer"] {
        let workdir = Workdir::new();
        let rows = ["-1,", "0,check", "1,ask KL", "1,"];
        sound(&import(&workdir, &sheet(&format!("Tram,{column}"), &rows), &[]));
        assert_eq!(labels(&workdir, "me").len(), 4, "{column}");
        assert!(text(&workdir, "c/statements.csv").lines().next().unwrap().contains("notes"), "{column}");
    }
    // Numbers are those of coders if the header says so, and of a scale if it does not.
    let workdir = Workdir::new();
    sound(&import(&workdir, &sheet("Tram,Coder ID", &["-1,1", "0,2", "1,1", "1,2"]), &[]));
    assert_eq!((labels(&workdir, "1").len(), labels(&workdir, "2").len()), (2, 2));
    // What has names in all rows names the coders.
    for column in ["Coder", "Coded by", "Coder name", "Coder ID"] {
        let workdir = Workdir::new();
        let rows = ["-1,anna", "0,ben", "1,anna", "1,ben"];
        sound(&import(&workdir, &sheet(&format!("Tram,{column}"), &rows), &[]));
        assert_eq!((labels(&workdir, "anna").len(), labels(&workdir, "ben").len()), (2, 2), "{column}");
    }
}

#[test]
fn names_in_two_rows_are_read() {
    let rows = "2025-01-05,Mara Lindqvist,We build it.,-1,1,see p. 2\n2025-02-05,Mara Lindqvist,We wait.,1,0,\n\
                2025-03-05,Mara Lindqvist,We will see.,0,-1,\n";
    let workdir = Workdir::new();
    let run = import(&workdir, &format!("Date,Speaker,Quote,Position,,Remarks\n,,,Tram,Bus,\n{rows}"), &[]);
    sound(&run);
    assert!(run.stdout.contains("the names of the columns stand in rows 1 and 2"), "{}", run.stdout);
    assert_eq!(labels(&workdir, "me"), ["tram,-1", "bus,1", "tram,1", "bus,0", "tram,0", "bus,-1"]);
    // A column of positions without a name is kept, and not in silence.
    let workdir = Workdir::new();
    let run = import(&workdir, &format!("Date,Speaker,Quote,Tram,,Remarks\n{rows}"), &[]);
    sound(&run);
    assert!(run.stdout.contains("the column E has no name, and its cells may be positions"), "{}", run.stdout);
}

#[test]
fn two_columns_of_one_name_are_one_fault() {
    let run = import(&Workdir::new(), &sheet("Tram,Tram", &["-1,1", "0,1", "1,1", "-1,1"]), &[]);
    assert_eq!(run.code, 2, "{}", run.stdout);
    assert!(run.stderr.contains("2 columns are called `Tram`, and both hold positions"), "{}", run.stderr);
    assert_eq!(run.stderr.matches("hint:").count(), 1, "{}", run.stderr);
}

#[test]
fn the_column_that_may_be_meant_is_named() {
    for (rows, name) in [(["-2", "against", "0", "for"], "Tram"), (["perhaps", "surely", "perhaps", "surely"], "Tram")]
    {
        let run = import(
            &Workdir::new(),
            &sheet("Tram,Party", &rows.map(|row| format!("{row},")).each_ref().map(String::as_str)),
            &[],
        );
        assert_eq!(run.code, 2, "{}", run.stdout);
        assert!(run.stderr.contains(&format!("--map \"{name}=position\"")), "{}", run.stderr);
    }
}

#[test]
fn a_quotation_in_the_cell_of_a_speaker_is_a_fault_of_its_row() {
    let mut rows = sheet("Tram", &["-1", "0", "1", "1", "0"]);
    rows += &format!("2025-09-08,{},We say it again.,1\n", "blah ".repeat(400));
    let run = import(&Workdir::new(), &rows, &[]);
    assert_eq!(run.code, 2, "{}", run.stdout);
    assert!(run.stderr.contains("s.csv:7:12: the speaker is 1999 characters long"), "{}", run.stderr);
}

#[test]
fn votes_are_positions_and_abstentions_take_none() {
    let workdir = Workdir::new();
    sound(&import(&workdir, &sheet("Tram", &["Aye", "No", "Abstain", "aye", "no"]), &[]));
    assert_eq!(labels(&workdir, "me"), ["tram,1", "tram,-1", "tram,", "tram,1", "tram,-1"]);
    let workdir = Workdir::new();
    sound(&import(&workdir, &sheet("Трамвай", &["за", "проти", "утримався", "за"]), &[]));
    assert_eq!(labels(&workdir, "me")[2], "трамвай,");
    let workdir = Workdir::new();
    sound(&import(&workdir, &sheet("Tram", &["Agree", "Disagree", "Don’t know", "Agree"]), &[]));
    assert_eq!(labels(&workdir, "me")[2], "tram,");
    // Yes and no answer any question.
    let workdir = Workdir::new();
    sound(&import(&workdir, &sheet("Tram,Typed twice", &["1,yes", "-1,no", "0,yes", "1,no"]), &[]));
    assert_eq!(levels(&workdir).len(), 1);
}

#[test]
fn categories_and_lists_of_a_parquet_file_are_their_values() {
    let workdir = Workdir::new();
    workdir.write("p.parquet", std::fs::read(root().join("tests/sheets/categories.parquet")).unwrap());
    let run = workdir.run(&["import", "p.parquet", "--corpus", "c"]);
    sound(&run);
    assert_eq!(labels(&workdir, "me"), ["ferry,-1", "ferry,0", "ferry,1", "ferry,-1", "ferry,0", "ferry,1"]);
    let statements = text(&workdir, "c/statements.csv");
    assert!(
        statements.contains("2025-01-05,Mara Lindqvist,Left,We say sentence number 0 about the ferry.,10,a; b"),
        "{statements}"
    );
}

#[test]
fn records_within_records_are_read() {
    let workdir = Workdir::new();
    let record = |number: usize, position: i32| {
        format!(
            r#"{{"author":{{"name":"Mara Lindqvist"}},"said":{{"date":"2025-01-0{number}","text":"We say number {number}."}},"codes":{{"tram":{position}}}}}"#
        )
    };
    let records = [record(1, -1), record(2, 0), record(3, 1)].join(",");
    workdir.write("s.json", format!(r#"{{"version": 2, "posts": [{records}]}}"#));
    sound(&workdir.run(&["import", "s.json", "--corpus", "c"]));
    assert_eq!(labels(&workdir, "me"), ["tram,-1", "tram,0", "tram,1"]);
    workdir.write("e.json", "[]");
    let run = workdir.run(&["import", "e.json", "--corpus", "d"]);
    assert!(run.code == 2 && run.stderr.contains("the list in the file is empty"), "{}", run.stderr);
}
