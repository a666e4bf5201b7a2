//! Sheets of many kinds: dates and names in several columns, moments as programs count them, quotations below other
//! headers, and files that say one thing twice.

use crate::support::{Run, Workdir, refused, sound, text};

fn import(name: &str, sheet: &str, flags: &[&str]) -> (Workdir, Run) {
    let workdir = Workdir::new();
    workdir.write(name, sheet);
    let run = workdir.run(&[&["import", name, "--corpus", "c"], flags].concat());
    (workdir, run)
}

/// The dates and the speakers of the corpus.
fn said(workdir: &Workdir) -> Vec<(String, String)> {
    let rows = text(workdir, "c/statements.csv");
    let mut rows = csv::Reader::from_reader(rows.as_bytes());
    let place = |name: &str, header: &csv::StringRecord| header.iter().position(|known| known == name).unwrap();
    let header = rows.headers().unwrap().clone();
    let (date, speaker) = (place("date", &header), place("speaker", &header));
    rows.records().map(|row| row.unwrap()).map(|row| (row[date].to_owned(), row[speaker].to_owned())).collect()
}

fn pairs(all: &[(&str, &str)]) -> Vec<(String, String)> {
    all.iter().map(|(date, speaker)| ((*date).to_owned(), (*speaker).to_owned())).collect()
}

const IN_PARTS: &str = "Jour;Mois;Année;Prénom;Nom;Citation;Retraites\n\
    9;janvier;2023;Élise;Morel;« La réforme est injuste. »;contre\n\
    31;janvier;2023;Élise;Morel;« Nous la combattrons. »;contre\n\
    7;mars;2023;Paul;Garnier;« Il faut travailler plus longtemps. »;pour\n";

#[test]
fn dates_and_names_may_stand_in_several_columns() {
    let (workdir, run) = import("s.csv", IN_PARTS, &[]);
    sound(&run);
    let wanted = pairs(&[("2023-01-09", "Élise Morel"), ("2023-01-31", "Élise Morel"), ("2023-03-07", "Paul Garnier")]);
    assert_eq!(said(&workdir), wanted);
    for row in ["Jour + Mois + Année  date      its parts", "Prénom + Nom         speaker   its parts"] {
        assert!(run.stdout.contains(row), "{row}: {}", run.stdout);
    }
    // Next week, the same command takes the new row.
    workdir.write("s.csv", format!("{IN_PARTS}16;mars;2023;Paul;Garnier;« Le texte est adopté. »;pour\n"));
    let run = workdir.run(&["import", "s.csv", "--corpus", "c"]);
    assert!(run.stdout.contains("1 new statement, 1 new label"), "{}{}", run.stdout, run.stderr);
    // What a person says of a part counts.
    let (workdir, run) = import("s.csv", IN_PARTS, &["--map", "Nom=speaker"]);
    sound(&run);
    assert_eq!(said(&workdir)[2].1, "Garnier");
}

#[test]
fn a_part_that_is_wrong_is_shown_in_its_place() {
    let sheet = IN_PARTS.replace("31;janvier", "31;février");
    let (workdir, run) = import("s.csv", &sheet, &["--partial"]);
    assert!(run.stdout.contains("s.csv:3:1: `31 février 2023` is not a day of the calendar"), "{}", run.stdout);
    // The rows that are left have the columns of the file, so they come in again.
    let rest = text(&workdir, "c-rest.csv");
    let mut lines = rest.trim_start_matches('\u{feff}').lines();
    assert_eq!(lines.next(), Some("Jour,Mois,Année,Prénom,Nom,Citation,Retraites"));
    assert!(lines.next().unwrap().starts_with("31,février,2023,Élise,Morel,"), "{rest}");
    workdir.write("c-rest.csv", rest.replace("31,février", "28,février"));
    let run = workdir.run(&["import", "c-rest.csv", "--corpus", "c", "--coder", "me"]);
    assert!(run.stdout.contains("1 new statement"), "{}{}", run.stdout, run.stderr);
}

#[test]
fn moments_that_programs_count_are_dates() {
    let lines = |times: [&str; 3]| {
        let line = |(number, time): (usize, &str)| {
            let stance = ["pro", "contra"][number % 2];
            format!(
                "{{\"author\":{{\"first\":\"Ada\",\"last\":\"Holm\"}},\"timestamp\":{time},\"body\":\"We say sentence number {number} here.\",\"chips\":\"{stance}\"}}\n"
            )
        };
        times.into_iter().enumerate().map(line).collect::<String>()
    };
    for times in [
        ["1672531200", "1680307200", "1688169600"],
        ["1672531200000", "1680307200000", "1688169600123"],
        ["1672531200.5", "1680307200.0", "1688169600.25"],
        ["\"2023-01-01T00:00:00Z\"", "\"2023-04-01T00:00:00Z\"", "\"2023-07-01T00:00:00Z\""],
    ] {
        let (workdir, run) = import("s.jsonl", &lines(times), &[]);
        sound(&run);
        let wanted = pairs(&[("2023-01-01", "Ada Holm"), ("2023-04-01", "Ada Holm"), ("2023-07-01", "Ada Holm")]);
        assert_eq!(said(&workdir), wanted, "{times:?}");
    }
    // Other numbers of 10 digits are no dates.
    let numbers = "Speaker,Call,Quote,Chips\nAda Holm,1672531200,We say it here and now.,-1\n";
    refused(&import("s.csv", numbers, &[]).1, &["no column is recognised as the dates"]);
}

#[test]
fn a_key_that_stands_twice_is_told() {
    let line = "{\"speaker\":\"Ada Holm\",\"date\":\"2024-01-02\",\"text\":\"We build it here and now.\",\"tram\":2,\"tram\":-2}\n";
    let (_, run) = import("s.jsonl", line, &[]);
    assert!(run.stdout.contains("the key `tram` stands twice in one object (1 time)"), "{}{}", run.stdout, run.stderr);
    let task = "{\"text\":\"We build it.\",\"label\":[\"tram: 1 for\"],\"label\":[\"tram: -1 against\"],\"speaker\":\"A B\",\"date\":\"2024-01-02\"}\n";
    let (_, run) = import("d.jsonl", task, &[]);
    assert!(run.stdout.contains("the key `label` stands twice"), "{}{}", run.stdout, run.stderr);
}

#[test]
fn a_name_stands_beside_its_organisation() {
    let sheet = "Name,Organisation,Date,Statement,Tram\nAda Holm,Rail,2024-01-02,We build it here and now.,1\n\
        Ben Ode,Road,2024-02-02,We never build it.,-1\nAda Holm,Rail,2024-03-02,We build it tomorrow.,1\n";
    let (workdir, run) = import("s.csv", sheet, &[]);
    sound(&run);
    assert_eq!(said(&workdir)[1].1, "Ben Ode");
}

#[test]
fn quotations_may_stand_below_notes() {
    let sheet = |mark: &str| {
        format!(
            "Key,Speaker,Date,Notes,Attachments,Rents stance\n\
             Q-1,Ada Holm,2024-01-02,{mark}We build it here.{mark},photo-of-the-event.png (a file),1\n\
             Q-2,Ben Ode,2024-02-02,{mark}We never build it.{mark},,-1\n\
             Q-3,Ada Holm,2024-03-02,{mark}We build it tomorrow.{mark},,1\n"
        )
    };
    let (workdir, run) = import("s.csv", &sheet("\"\"\""), &[]);
    sound(&run);
    assert!(text(&workdir, "c/statements.csv").contains(",We never build it.,"));
    // Without marks around them, they may be anything.
    refused(&import("s.csv", &sheet(""), &[]).1, &["--map \"Notes=text\""]);
}
