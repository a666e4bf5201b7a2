//! Coders who are new to a codebook that lists its coders, days of entry, people who were asked, totals and days as numbers.

use crate::support::{Run, Workdir, refused, sound, text};

fn import(workdir: &Workdir, name: &str, sheet: &str, flags: &[&str]) -> Run {
    workdir.write(name, sheet);
    workdir.run(&[&["import", name, "--corpus", "c"], flags].concat())
}

const BOOK: &str = "# The trams.\ntitle = \"Trams\"\nlow = \"no\"\nhigh = \"yes\"\n\nCODERS\n# One issue.\n[[issue]]\nid = \"tram\"\n\
    name = \"Tram\"\nquestion = \"Build it?\"\n\n[[issue.level]]\nposition = 1\nwords = \"for\"\ndefinition = \"d\"\n\
    [[issue.level]]\nposition = -1\nwords = \"against\"\ndefinition = \"d\"\n";

/// A corpus with one statement, whose codebook lists its coders so.
fn corpus(coders: &str) -> (Workdir, String) {
    let workdir = Workdir::new();
    let book = BOOK.replace("CODERS\n", coders);
    workdir.write("c/codebook.toml", &book);
    workdir.write("c/statements.csv", "id,date,speaker,text\na,2025-01-02,Ada Holm,We build it.\n");
    workdir.write("c/labels/me.csv", "statement_id,issue,position\na,tram,1\n");
    (workdir, book)
}

#[test]
fn a_new_coder_joins_those_of_the_codebook() {
    for (coders, after) in [
        ("[coders]\nme = \"I\"\n\n", "[coders]\nme = \"I\"\nNEW\n\n"),
        (
            "[coders] # all of us\nme = \"I\" # myself\n\n# Below:\n",
            "[coders] # all of us\nme = \"I\" # myself\nNEW\n\n# Below:\n",
        ),
        ("[coders]\r\nme = \"I\"\r\n\r\n", "[coders]\r\nme = \"I\"\r\nNEW\r\n\r\n"),
        ("coders = { me = \"I\" }\n", "coders = { me = \"I\", anna = \"\" }\n"),
    ] {
        let (workdir, book) = corpus(coders);
        let run = import(&workdir, "s.csv", "id,coder,issue,position\na,Anna,tram,-1\n", &[]);
        sound(&run);
        assert!(run.stdout.contains("new, and added to the coders in codebook.toml, which were: me"), "{}", run.stdout);
        // The rest of the file stays as it is, byte for byte.
        let name = if after.contains("NEW") { "Anna" } else { "anna" };
        let line = format!("{name} = \"\"        # who this is");
        let expected = book.replace(coders, &after.replace("NEW", &line).replace("anna =", &format!("{name} =")));
        let found = String::from_utf8(workdir.read("c/codebook.toml")).unwrap();
        assert_eq!(found.replace("Anna", "anna"), expected.replace("Anna", "anna"));
        sound(&workdir.run(&["check", "--corpus", "c"]));
        // The next time, the codebook has the coder, whatever the capitals.
        sound(&import(&workdir, "s.csv", "id,coder,issue,position\na,ANNA,tram,1\n", &[]));
        assert_eq!(String::from_utf8(workdir.read("c/codebook.toml")).unwrap(), found);
        sound(&workdir.run(&["check", "--corpus", "c"]));
    }
}

#[test]
fn a_sheet_for_a_new_coder_comes_back() {
    let (workdir, _) = corpus("[coders]\nme = \"I\"\n\n");
    sound(&workdir.run(&["sheet", "--coder", "anna b", "-o", "anna.csv", "--corpus", "c"]));
    let empty = text(&workdir, "anna.csv");
    let fill = |line: &str| match line.strip_suffix(',').filter(|line| line.contains("We build it.")) {
        Some(rest) => format!("{rest},against"),
        None => line.to_owned(),
    };
    let filled = empty.lines().map(fill).collect::<Vec<_>>().join("\n");
    sound(&import(&workdir, "anna.csv", &filled, &["--coder", "anna b"]));
    assert!(text(&workdir, "c/codebook.toml").contains("me = \"I\"\n\"anna b\" = \"\""));
    sound(&workdir.run(&["check", "--corpus", "c"]));
    sound(&workdir.run(&["agree", "--corpus", "c"]));
    // A table without a list of coders stays as it is.
    let (workdir, book) = corpus("");
    sound(&import(&workdir, "s.csv", "id,coder,issue,position\na,anna,tram,-1\n", &[]));
    assert_eq!(text(&workdir, "c/codebook.toml"), book);
}

#[test]
fn the_day_of_entry_is_not_the_day_of_the_words() {
    for header in [
        "Created on",
        "Created",
        "Date created",
        "Date added",
        "Erstellt am",
        "Erfasst am",
        "Hinzugefügt am",
        "Date de saisie",
        "Créé le",
        "Fecha de creación",
        "Дата внесення",
        "Дата створення",
        "Дата добавления",
        "Timestamp",
    ] {
        let sheet = format!(
            "{header},Speaker,Quote,Tram\n2025-01-02,Ada Holm,We build the tram.,1\n2025-01-03,Ben Ode,We do not build it.,-1\n"
        );
        let workdir = Workdir::new();
        let flag = format!("{header}=date");
        refused(&import(&workdir, "s.csv", &sheet, &[]), &["no column says when the words were said", &flag, "--date"]);
        sound(&import(&workdir, "s.csv", &sheet, &["--map", &flag]));
        // Beside a day of the words, it is kept.
        let both = sheet.replace(",Tram\n", ",Tram,Date said\n").replace("1\n", "1,2024-05-06\n");
        let workdir = Workdir::new();
        sound(&import(&workdir, "s.csv", &both, &[]));
        assert!(text(&workdir, "c/statements.csv").contains("2024-05-06"), "{header}");
    }
    // The moment of a post is when it was said.
    let posts = "Tweet ID,Created,Speaker,Text,Tram\n1,2025-01-02,Ada Holm,We build the tram.,1\n2,2025-01-03,Ben Ode,We do not.,-1\n";
    sound(&import(&Workdir::new(), "s.csv", posts, &[]));
}

#[test]
fn who_was_asked_is_the_speaker() {
    for (asks, asked) in [
        ("Name", "Interviewee"),
        ("Name", "Befragter"),
        ("Nom", "Interviewé"),
        ("Nombre", "Entrevistado"),
        ("Name", "Person quoted"),
        ("Interviewer", "Interviewpartnerin"),
        ("Name", "Співрозмовник"),
        ("Name", "Собеседник"),
    ] {
        let sheet = format!(
            "Date,{asks},{asked},Quote,Tram\n2025-01-02,Bo Reporter,Ada Holm,We build the tram.,1\n\
             2025-01-03,Bo Reporter,Ben Ode,We do not build it.,-1\n"
        );
        let workdir = Workdir::new();
        sound(&import(&workdir, "s.csv", &sheet, &[]));
        let statements = text(&workdir, "c/statements.csv");
        assert!(
            statements.contains("2025-01-02,Ada Holm,") && statements.contains("2025-01-03,Ben Ode,"),
            "{statements}"
        );
    }
}

#[test]
fn totals_are_left_out_in_several_languages() {
    for total in ["Total", "Total général", "Gesamtsumme", "Разом", "Усього:", "Всього", "Итого", "Razem", "Suma total"]
    {
        let sheet = format!(
            "Date,Speaker,Quote,Tram\n2025-01-02,Ada Holm,We build the tram.,1\n2025-01-03,Ben Ode,We do not.,-1\n{total},,,0\n"
        );
        let run = import(&Workdir::new(), "s.csv", &sheet, &[]);
        sound(&run);
        assert!(run.stdout.contains("1 row below the table left out"), "{total}: {}", run.stdout);
    }
}

#[test]
fn days_as_numbers_count_from_the_year_that_a_person_names() {
    let sheet = "Date,Speaker,Quote,Tram\n44422,Ada Holm,We build the tram.,1\n44423,Ben Ode,We do not.,-1\n";
    let workdir = Workdir::new();
    let run = import(&workdir, "s.csv", sheet, &[]);
    sound(&run);
    let said = run.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("counted from 1900 as spreadsheets do; if they are 4 years too early"), "{said}");
    assert!(said.contains("--days-from 1904") && text(&workdir, "c/statements.csv").contains("2021-08-14"), "{said}");
    let workdir = Workdir::new();
    sound(&import(&workdir, "s.csv", sheet, &["--days-from", "1904"]));
    // The next sheet is read in the same way.
    sound(&import(&workdir, "t.csv", &(sheet.to_owned() + "44424,Ada Holm,We shall see.,1\n"), &[]));
    let statements = text(&workdir, "c/statements.csv");
    assert_eq!(statements.lines().count(), 4, "{statements}");
    assert!(statements.contains("2025-08-15") && statements.contains("2025-08-17"), "{statements}");
    let wrong = import(&workdir, "s.csv", sheet, &["--days-from", "1903"]);
    assert!(wrong.code == 2 && wrong.stderr.contains("write 1900 or 1904"), "{}", wrong.stderr);
}

#[test]
fn a_table_that_is_too_wide_says_how_to_narrow_it() {
    let wide = (0..2_100).map(|number| format!("q{number}")).collect::<Vec<_>>().join(",") + "\n";
    refused(
        &import(&Workdir::new(), "s.csv", &wide, &[]),
        &["2000 columns", "copy the columns that you need", "transpose"],
    );
}

/// Coders are numbers in an event list, so rules would be one of them.
#[test]
fn labels_by_rules_go_into_an_event_list_only_if_somebody_asks() {
    let (workdir, _) = corpus("");
    workdir.write("c/rules.toml", "[[rule]]\nid = \"builds\"\nissue = \"tram\"\nposition = 1\nany = [\"build\"]\n");
    let events = |flags: &[&str]| {
        let args = ["export", "--corpus", "c", "--format", "dna-csv", "--force", "-o", "e.csv"];
        let run = workdir.run(&[&args, flags].concat());
        sound(&run);
        (text(&workdir, "e.csv").lines().count() - 1, run.stdout.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let (rows, said) = events(&[]);
    assert!(rows == 1 && said.contains("1 label by rules: left out") && !said.contains("rules@"), "{rows} {said}");
    workdir.write("own.csv", workdir.read("e.csv"));
    sound(&workdir.run(&["import", "own.csv", "--corpus", "back"]));
    assert_eq!(text(&workdir, "back/statements.csv").lines().count(), 2);
    let (rows, said) = events(&["--coder", "rules"]);
    assert!(rows == 1 && said.contains("rules@"), "{rows} {said}");
}
