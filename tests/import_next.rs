//! The next sheet: new words and numbers on a scale that is there, what was edited, and what a flag does to it.

use crate::support::{Run, Workdir, sound, text};

fn import(workdir: &Workdir, name: &str, sheet: &str, flags: &[&str]) -> Run {
    workdir.write(name, sheet);
    workdir.run(&[&["import", name, "--corpus", "c"], flags].concat())
}

/// The positions of a coder, in the order of the file.
fn labels(workdir: &Workdir, coder: &str) -> Vec<String> {
    let rows = text(workdir, &format!("c/labels/{coder}.csv"));
    rows.lines().skip(1).map(|row| row.split_once(',').unwrap().1.to_owned()).collect()
}

/// The levels of the codebook, as they stand in it: number and words.
fn levels(workdir: &Workdir) -> Vec<(i64, String)> {
    let book: toml::Table = text(workdir, "c/codebook.toml").parse().unwrap();
    let issues = book["issue"].as_array().unwrap();
    let mut levels: Vec<(i64, String)> = issues
        .iter()
        .flat_map(|issue| issue["level"].as_array().unwrap())
        .map(|level| (level["position"].as_integer().unwrap(), level["words"].as_str().unwrap().to_owned()))
        .collect();
    levels.sort();
    levels
}

/// A sheet with a column for each text, and more columns beside it.
fn sheet(columns: &str, rows: &[&str]) -> String {
    let mut text = format!("Date,Speaker,Quote,{columns}\n");
    for (number, row) in rows.iter().enumerate() {
        text += &format!("2025-{:02}-12,Mara Lindqvist,We say sentence number {number} here.,{row}\n", 1 + number);
    }
    text
}

#[test]
fn a_word_that_the_scale_does_not_have_is_no_neighbour_of_it() {
    let first = ["oppose", "neutral", "support", "support"];
    let others = [
        "strongly support",
        "strongly oppose",
        "somewhat support",
        "supportive",
        "rejects",
        "for",
        "pro",
        "sehr dafür",
        "eher dafür",
        "support?",
    ];
    for word in others {
        let workdir = Workdir::new();
        sound(&import(&workdir, "s.csv", &sheet("Tram", &first), &[]));
        let run = import(&workdir, "s.csv", &sheet("Tram", &[&first[..], &[word]].concat()), &[]);
        assert_eq!(run.code, 2, "{word}: {}", run.stdout);
        assert!(run.stderr.contains(&format!("s.csv:6:58: `{word}`")), "{word}: {}", run.stderr);
        assert!(run.stderr.contains("--levels \"") && !run.stderr.contains("by me"), "{word}: {}", run.stderr);
    }
    // The same word in another form is the same level.
    let workdir = Workdir::new();
    sound(&import(&workdir, "s.csv", &sheet("Tram", &first), &[]));
    let more = [&first[..], &["Supports", "opposed"]].concat();
    sound(&import(&workdir, "s.csv", &sheet("Tram", &more), &[]));
    assert_eq!(labels(&workdir, "me")[4..], ["tram,1", "tram,-1"]);
}

#[test]
fn a_doubt_is_no_decision_in_the_first_sheet_either() {
    let workdir = Workdir::new();
    let run = import(&workdir, "s.csv", &sheet("Tram", &["oppose", "neutral", "support?", "support"]), &[]);
    assert_eq!(run.code, 2, "{}", run.stdout);
    assert!(run.stderr.contains("`support?` on Tram is in doubt") && run.stderr.contains("s.csv:4:"), "{}", run.stderr);
}

#[test]
fn levels_make_a_scale_longer_and_say_if_they_do_not() {
    let workdir = Workdir::new();
    let first = ["oppose", "neutral", "support", "support"];
    sound(&import(&workdir, "s.csv", &sheet("Tram", &first), &[]));
    let next = sheet("Tram", &[&first[..], &["strongly support"]].concat());
    let flags = ["--levels", "tram=oppose,neutral,support,strongly support"];
    let run = import(&workdir, "s.csv", &next, &flags);
    sound(&run);
    assert!(run.stdout.contains("1 new statement, 1 new label, 1 new level"), "{}", run.stdout);
    let words = ["oppose", "neutral", "support", "strongly support"].map(str::to_owned);
    assert_eq!(levels(&workdir), (-1..).zip(words).collect::<Vec<_>>());
    assert_eq!(workdir.run(&["check", "--corpus", "c"]).code, 0);
    let run = import(&workdir, "s.csv", &next, &flags);
    assert!(run.stdout.contains("--levels names what the codebook has already"), "{}", run.stdout);
    assert!(import(&workdir, "s.csv", &next, &[]).stdout.contains("nothing new"));
    // Another word for a level is kept for the next sheet, and the level keeps its own.
    let akin = sheet("Tram", &[&first[..], &["supportive"]].concat());
    sound(&import(&workdir, "s.csv", &akin, &["--levels", "tram=1 supportive"]));
    assert!(text(&workdir, "c/import.toml").contains("\"supportive\" = 1"));
    assert!(import(&workdir, "s.csv", &akin, &[]).stdout.contains("nothing new"));
    for (flag, said) in [
        ("Bus=A,B,C", "there is no issue `Bus`, which --levels names"),
        ("tram=support,oppose", "not named from the lowest to the highest"),
        ("tram=neutral,leans for,support", "no free number"),
    ] {
        let run = import(&workdir, "s.csv", &next, &["--levels", flag]);
        assert!(run.code == 2 && run.stderr.contains(said), "{flag}: {}{}", run.stdout, run.stderr);
    }
}

#[test]
fn a_scale_that_the_header_names_is_the_scale() {
    let workdir = Workdir::new();
    sound(&import(&workdir, "s.csv", &sheet("Tram (1-7)", &["2", "4", "6", "4"]), &[]));
    assert_eq!(levels(&workdir).len(), 7);
    sound(&import(&workdir, "s.csv", &sheet("Tram (1-7)", &["2", "4", "6", "4", "7"]), &[]));
    let run = import(&Workdir::new(), "s.csv", &sheet("Tram (1-7)", &["2", "4", "6", "9"]), &[]);
    assert!(run.stderr.contains("`9` is not on the scale of Tram"), "{}", run.stderr);
    let workdir = Workdir::new();
    let run = import(&workdir, "s.csv", &sheet("Tram 0-100", &["20", "75", "40", "40"]), &[]);
    sound(&run);
    assert!(run.stdout.contains("101 levels, which is many for a chart"), "{}", run.stdout);
    // A scale that was cut to what was seen gets the rest.
    let workdir = Workdir::new();
    sound(&import(&workdir, "s.csv", &sheet("Tram", &["1", "2", "3", "1", "2", "4"]), &[]));
    let next = sheet("Tram", &["1", "2", "3", "1", "2", "7"]);
    let run = import(&workdir, "s.csv", &next, &[]);
    assert!(run.stderr.contains("--levels \"tram=1,7\""), "{}", run.stderr);
    sound(&import(&workdir, "s.csv", &next, &["--levels", "tram=1,7"]));
    assert_eq!(levels(&workdir).len(), 7);
}

#[test]
fn small_whole_numbers_below_a_plain_header_are_positions() {
    for header in ["housing", "Tram"] {
        let workdir = Workdir::new();
        sound(&import(&workdir, "s.csv", &sheet(header, &["1", "5", "3", "4", "2", "1", "3", "5"]), &[]));
        assert_eq!((levels(&workdir).len(), labels(&workdir, "me").len()), (5, 8), "{header}");
    }
    for header in ["page", "Week", "rank"] {
        let run = import(&Workdir::new(), "s.csv", &sheet(header, &["1", "5", "3", "4", "2", "1", "3", "5"]), &[]);
        assert!(run.stderr.contains("no column is recognised as positions"), "{header}: {}", run.stderr);
    }
    let run = import(&Workdir::new(), "s.csv", &sheet("climate", &["1.5", "2.5", "3.5", "1.5"]), &[]);
    assert!(run.stderr.contains("--map \"climate=position\""), "{}", run.stderr);
}

#[test]
fn columns_that_may_be_coders_or_issues_are_not_guessed() {
    let workdir = Workdir::new();
    let table = sheet("tram_anna,tram_ben", &["-1,0", "1,0", "2,0", "-2,0"]);
    let run = import(&workdir, "s.csv", &table, &[]);
    assert_eq!(run.code, 2, "{}", run.stdout);
    let flags = ["tram_anna=position:tram@anna", "tram_ben=position:tram@ben"];
    assert!(flags.iter().all(|flag| run.stderr.contains(flag)), "{}", run.stderr);
    sound(&import(&workdir, "s.csv", &table, &["--map", flags[0], "--map", flags[1]]));
    assert_eq!(labels(&workdir, "ben").len(), 4);
}

#[test]
fn flags_that_do_nothing_are_reported() {
    let table = sheet("Tram", &["-1", "1", "2", "-2"]);
    for (flags, said) in [
        (&["--sheet", "X"][..], "there is no workbook"),
        (&["--issue", ""][..], "write a name"),
        (&["--map", "Tram=position", "--map", "Tram=ignore"][..], "--map says 2 things of `Tram`"),
    ] {
        let run = import(&Workdir::new(), "s.csv", &table, flags);
        assert!(run.code == 2 && run.stderr.contains(said), "{flags:?}: {}{}", run.stdout, run.stderr);
    }
    let workdir = Workdir::new();
    sound(&import(&workdir, "s.csv", &table, &[]));
    for (flags, said) in [
        (["--issue", "Bus"], "--issue \"Bus\" changes nothing here"),
        (["--speaker", "Bo"], "--speaker changes nothing here"),
        (["--coder", "adjudicated"], "they settle where coders differ"),
    ] {
        let run = import(&workdir, "s.csv", &table, &[&flags[..], &["--dry-run"]].concat());
        let said_so = run.stdout.split_whitespace().collect::<Vec<_>>().join(" ").contains(said);
        assert!(run.code == 0 && said_so, "{flags:?}: {}{}", run.stdout, run.stderr);
    }
}

#[test]
fn an_edited_quotation_is_shown_where_it_differs_at_each_import() {
    let row = |day: usize, end: &str| {
        format!(
            "2025-01-0{day},Mara Lindqvist,We have said in this council and say again that plan {day} is what we need {end},1\n"
        )
    };
    let sheet = |rows: &[String]| format!("Date,Speaker,Quote,Tram stance\n{}", rows.concat());
    let mut rows: Vec<String> = (1..=6).map(|day| row(day, "in the end")).collect();
    let workdir = Workdir::new();
    sound(&import(&workdir, "s.csv", &sheet(&rows), &[]));
    rows[0] = row(1, "at once");
    rows[1] = "2025-01-02,Mara Lindqvist,Nobody wants it,1\n".to_owned();
    rows.truncate(5);
    let run = import(&workdir, "s.csv", &sheet(&rows), &[]);
    sound(&run);
    assert!(run.stdout.contains("is what we need at once` may be an edited form of `…"), "{}", run.stdout);
    assert!(run.stdout.contains("`Nobody wants it` has the speaker and the day of"), "{}", run.stdout);
    assert!(run.stdout.contains("1 statement of the corpus not in this sheet"), "{}", run.stdout);
    let run = import(&workdir, "s.csv", &sheet(&rows), &[]);
    assert!(run.stdout.contains("may be an edited form of") && run.stdout.contains("nothing new"), "{}", run.stdout);
}

#[test]
fn what_surrounds_and_damages_a_table_is_said_and_hides_no_column() {
    let workdir = Workdir::new();
    let table = sheet("Tram", &["-1", "#N/A", "2", "-2"]);
    let run = import(&workdir, "s.csv", &table, &[]);
    assert!(run.stderr.contains("`#N/A` is an error of a spreadsheet"), "{}", run.stderr);
    let table = format!("My quotes,,,\n{}", sheet("Tram", &["-1", "1", "2", "-2"]));
    let run = import(&workdir, "s.csv", &table, &[]);
    sound(&run);
    assert!(run.stdout.contains("1 row above the table left out: line 1 `My quotes`"), "{}", run.stdout);
    let workdir = Workdir::new();
    let twice = sheet("Tram", &["-1", "1", "2"]);
    let again = twice.lines().nth(1).unwrap();
    let run = import(&workdir, "s.csv", &format!("{twice}{again}\n"), &[]);
    assert!(run.stdout.contains("1 row repeats an earlier row, and is taken once"), "{}", run.stdout);
    for (name, cut) in [("a.json", "[{\"date\": \"2025-01-02\", \"te"), ("a.ndjson", "{\"a\": 1}\n{\"a\": \"x")] {
        let run = import(&Workdir::new(), name, cut, &[]);
        assert!(run.stderr.contains("the file ends in the middle of a value"), "{name}: {}", run.stderr);
    }
}

#[test]
fn levels_are_written_in_one_way_and_long_issues_get_a_hint() {
    let workdir = Workdir::new();
    sound(&import(
        &workdir,
        "s.csv",
        &sheet("Tram", &["Strongly Support", "neutral", "Oppose", "Strongly Oppose"]),
        &[],
    ));
    let words: Vec<String> = levels(&workdir).into_iter().map(|(_, words)| words).collect();
    for wanted in ["Strongly support", "Neutral", "Oppose", "Strongly oppose"] {
        assert!(words.iter().any(|word| word == wanted), "{words:?}");
    }
    let header = "How strongly do they support the transit tax: answer";
    let run = import(&Workdir::new(), "s.csv", &sheet(header, &["-1", "1", "2", "-2"]), &[]);
    assert!(run.stdout.contains("--issue NAME gives it a"), "{}", run.stdout);
}

#[test]
fn ids_of_programs_are_not_rounded() {
    let row = |number: u64| {
        let id = 100_000_000_000_000_000 + number;
        format!(
            "{{\"id\": {id}, \"date\": \"2025-01-0{number}\", \"speaker\": \"Ada Holm\", \"text\": \"We say {number} so.\", \"stance\": {}}}\n",
            [-1, 1][number as usize % 2]
        )
    };
    let lines: String = (1..6).map(row).collect();
    let run = import(&Workdir::new(), "s.ndjson", &lines, &[]);
    sound(&run);
    assert!(!run.stdout.contains("rounded"), "{}", run.stdout);
}

#[test]
fn a_person_may_take_the_dates_within_titles() {
    let table = "title,speaker,quote,tram\n\
        Trams Bill: debated on Monday 14 September 2015,Ada Holm,We build it,1\n\
        Trams Bill: debated on Tuesday 15 September 2015,Ada Holm,We wait for it,-1\n";
    let workdir = Workdir::new();
    let run = import(&workdir, "s.csv", table, &["--map", "title=date"]);
    sound(&run);
    assert!(run.stdout.contains("2 dates stand within longer texts"), "{}", run.stdout);
    assert!(text(&workdir, "c/statements.csv").contains("2015-09-15"));
}
