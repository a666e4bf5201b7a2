//! Who labelled, where only a header or a form says it: a column for each person, what they agreed on, and the address of
//! whoever filled in a form. Columns of issues are asked about as seldom as can be.

use crate::support::{Run, Workdir, sound};

/// A sheet with columns of positions, each row a statement by one of 3 speakers.
fn sheet(columns: &str, rows: &[&str]) -> String {
    let mut text = format!("Date,Speaker,Quote,{columns}\n");
    for (number, row) in rows.iter().enumerate() {
        let speaker = ["Mara Lindqvist", "Ole Brandt", "Ines Cardoso"][number % 3];
        text += &format!("2025-{:02}-12,{speaker},We say sentence number {number}.,{row}\n", number + 1);
    }
    text
}

fn import(workdir: &Workdir, text: &str, flags: &[&str]) -> Run {
    workdir.write("s.csv", text);
    workdir.run(&[&["import", "s.csv", "--corpus", "c"], flags].concat())
}

fn coders(workdir: &Workdir) -> Vec<String> {
    let entries = std::fs::read_dir(workdir.path().join("c/labels")).unwrap().flatten();
    let mut names: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// 2 people who read the same, and are a level apart now and then.
const READ_TWICE: [&str; 9] = ["2,2", "-1,-2", "0,0", "1,1", "-2,-2", "1,2", "0,0", "-1,-1", "2,2"];
/// The same, with fewer differences.
const NEARLY_THE_SAME: [&str; 9] = ["2,2", "-1,-2", "0,0", "1,1", "-2,-2", "1,1", "0,0", "-1,-1", "2,2"];
/// The positions of speakers on 2 issues of one camp.
const OF_A_CAMP: [&str; 9] = ["2,1", "-1,-2", "0,1", "1,2", "-2,-1", "1,2", "0,-1", "-1,-1", "2,2"];

#[test]
fn columns_that_may_be_people_are_asked_about() {
    for (columns, rows, flag) in [
        ("Anna,Ole", &READ_TWICE, "Anna=position:ISSUE@Anna"),
        ("Anna,Ole", &OF_A_CAMP, "Ole=position:ISSUE@Ole"),
        ("NR,JvdB", &READ_TWICE, "NR=position:ISSUE@NR"),
        ("Anna Berg,Jo Fisher", &OF_A_CAMP, "Jo Fisher=position:ISSUE@Jo Fisher"),
        ("Okafor,Nowak", &NEARLY_THE_SAME, "Okafor=position:ISSUE@Okafor"),
        ("A,B", &READ_TWICE, "A=position:ISSUE@A"),
        ("Before,After", &OF_A_CAMP, "After=position:ISSUE@After"),
        ("Stance v1,Stance v2", &OF_A_CAMP, "Stance v1=position:ISSUE@v1"),
        ("label_anna,label_jo", &OF_A_CAMP, "label_anna=position:ISSUE@anna"),
        ("Code Anna,Code Jo", &OF_A_CAMP, "Code Jo=position:ISSUE@Jo"),
        ("Anna's label,Jo's label", &OF_A_CAMP, "Anna's label=position:ISSUE@Anna"),
        ("Ferry anna,Ferry jo", &OF_A_CAMP, "Ferry anna=position:ferry@anna"),
    ] {
        let run = import(&Workdir::new(), &sheet(columns, rows), &[]);
        let has = |word: &str| run.stderr.contains(&format!("--map \"{word}\""));
        assert!(run.code == 2 && has(flag), "{columns}: {}{}", run.stdout, run.stderr);
        // Both ways out work as they are written.
        let maps: Vec<String> = columns.split(',').map(|name| format!("{name}=position")).collect();
        assert!(maps.iter().all(|map| has(map)), "{}", run.stderr);
        let flags: Vec<&str> = maps.iter().flat_map(|map| ["--map", map]).collect();
        let workdir = Workdir::new();
        sound(&import(&workdir, &sheet(columns, rows), &flags));
        sound(&import(&workdir, &sheet(columns, rows), &[]));
        assert_eq!(coders(&workdir), ["me.csv"]);
    }
}

#[test]
fn columns_of_issues_come_in_without_a_question() {
    for columns in [
        "Tram,Rents",
        "Rent cap,New building",
        "NATO,EU",
        "GMO,VAT",
        "Israel,Jordan",
        "Old town,New town",
        "Women's rights,Children's rights",
        "Position (Tram),Position (Bus)",
        "stance_tram,stance_rents",
        "Трамвай,Оренда",
        "Straßenbahn,Mieten",
        "Justice,Hope",
    ] {
        let workdir = Workdir::new();
        sound(&import(&workdir, &sheet(columns, &OF_A_CAMP), &[]));
        let codebook = String::from_utf8(workdir.read("c/codebook.toml")).unwrap();
        assert_eq!(codebook.matches("[[issue]]").count(), 2, "{columns}");
    }
    // The same cells by chance in every row, below headers that are no names.
    sound(&import(
        &Workdir::new(),
        &sheet("Rent cap,New building", &["2,2", "1,1", "0,0", "-1,-1", "-2,-2", "1,1", "0,0", "2,2"]),
        &[],
    ));
}

#[test]
fn what_coders_agreed_on_settles_and_is_no_third_coder() {
    let rows = READ_TWICE.map(|row| format!("{row},{}", row.split(',').next().unwrap()));
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    for agreed in ["Agreed", "Final", "Consensus", "Gold standard", "Adjudicated"] {
        let workdir = Workdir::new();
        let run = import(&workdir, &sheet(&format!("Coder 1,Coder 2,{agreed}"), &rows), &["--issue", "ferry"]);
        sound(&run);
        assert!(run.stdout.contains("settles where the coders differ"), "{}", run.stdout);
        assert_eq!(coders(&workdir), ["Coder 1.csv", "Coder 2.csv", "adjudicated.csv"], "{agreed}");
    }
    let run = import(&Workdir::new(), &sheet("Coder 1,Coder 2,Code", &rows), &["--issue", "ferry"]);
    assert!(run.code == 2 && run.stderr.contains("Code=position@adjudicated"), "{}{}", run.stdout, run.stderr);
    let run = import(&Workdir::new(), &sheet("Code Anna,Code Jo,Final code", &rows), &[]);
    assert!(run.code == 2 && run.stderr.contains("Final code=position:ISSUE@adjudicated"), "{}", run.stderr);
    // Another issue beside them is one.
    let workdir = Workdir::new();
    sound(&import(&workdir, &sheet("Coder 1,Coder 2,Tram", &rows), &["--issue", "ferry"]));
    assert_eq!(coders(&workdir), ["Coder 1.csv", "Coder 2.csv", "me.csv"]);
}

#[test]
fn who_filled_in_a_form_is_the_coder() {
    for (header, names) in [
        ("Email Address", ["ada@paper.example", "ben@paper.example"]),
        ("Username", ["ada", "ben"]),
        ("Your name", ["ada", "ben"]),
        ("E-Mail-Adresse", ["ada@paper.example", "ben@paper.example"]),
    ] {
        let mut text =
            format!("Timestamp,{header},When was it said?,Who is speaking?,Paste the quotation here,Ferry stance\n");
        // Both have coded each of 3 quotations.
        for number in 0..6 {
            text += &format!(
                "2025-12-03 14:2{number}:00,{},2025-0{}-12,Mara Lindqvist,We say sentence number {}.,{}\n",
                names[number % 2],
                number / 2 + 1,
                number / 2,
                ["agree", "disagree", "neutral"][number % 3]
            );
        }
        let workdir = Workdir::new();
        sound(&import(&workdir, &text, &[]));
        assert_eq!(coders(&workdir), ["ada.csv", "ben.csv"], "{header}");
        // Where no form was sent, an address is anybody's.
        let workdir = Workdir::new();
        let plain = text.replace("Timestamp", "Remark");
        if header != "Your name" && import(&workdir, &plain, &[]).code == 0 {
            assert_eq!(coders(&workdir), ["me.csv"], "{header}");
        }
    }
}

#[test]
fn people_with_one_address_have_one_name() {
    let json = r#"[{"id":1,"data":{"text":"We say it.","date":"2025-01-02","speaker":"Ada Holm"},"annotations":[
        {"completed_by":{"email":"ben.o@paper.example","first_name":"Ben","last_name":"Ode"},"result":[{"type":"choices","from_name":"ferry","value":{"choices":["For"]}}]},
        {"completed_by":7,"result":[{"type":"choices","from_name":"ferry","value":{"choices":["Against"]}}]}]}]"#;
    let table = "annotation_id,annotator,created_at,date,ferry,id,lead_time,speaker,text,updated_at\n\
                 1,ben.o@paper.example,2025-02-02,2025-01-02,For,1,3.1,Ada Holm,We say it.,2025-02-02\n\
                 2,7,2025-02-02,2025-01-02,Against,1,2.1,Ada Holm,We say it.,2025-02-02\n";
    let workdir = Workdir::new();
    workdir.write("tasks.json", json);
    sound(&workdir.run(&["import", "tasks.json", "--corpus", "c"]));
    sound(&import(&workdir, table, &[]));
    assert_eq!(coders(&workdir), ["annotator-7.csv", "ben.o.csv"]);
    // 2 addresses that begin alike are 2 people.
    let workdir = Workdir::new();
    let rows = "Date,Speaker,Quote,Coder,Ferry stance\n2025-01-02,Ada Holm,We say it.,ben@a.example,1\n\
                2025-01-02,Ada Holm,We say it.,ben@b.example,-1\n2025-01-03,Ada Holm,We wait.,cy@b.example,0\n";
    sound(&import(&workdir, rows, &[]));
    assert_eq!(coders(&workdir), ["ben-a.example.csv", "ben-b.example.csv", "cy.csv"]);
}

#[test]
fn an_author_beside_a_headline_is_named() {
    let text = "date,author,headline,quote,ferry\n2025-01-02,Ada Holm,A ferry comes,We say it.,1\n\
                2025-01-03,Ben Ode,No ferry,We wait for it.,-1\n";
    let run = import(&Workdir::new(), text, &[]);
    assert!(run.code == 0 && run.stdout.contains("beside `headline` it may be who wrote them down"), "{}", run.stdout);
    let run = import(&Workdir::new(), &text.replace("headline", "post id"), &[]);
    assert!(!run.stdout.contains("wrote them down"), "{}", run.stdout);
}
