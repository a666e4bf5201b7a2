//! What Stance itself wrote comes back, whatever its levels are called and whoever filled it in: the same labels, or a
//! fault.

use crate::support::{Run, Workdir};

/// Labels by coder, as rows of their files.
fn labels(workdir: &Workdir, corpus: &str) -> Vec<(String, Vec<String>)> {
    let folder = workdir.path().join(corpus).join("labels");
    let mut all: Vec<(String, Vec<String>)> = std::fs::read_dir(folder)
        .unwrap()
        .flatten()
        .map(|entry| {
            let text = std::fs::read_to_string(entry.path()).unwrap();
            let mut rows: Vec<String> = text.lines().skip(1).map(str::to_owned).collect();
            rows.sort();
            (entry.file_name().to_string_lossy().into_owned(), rows)
        })
        .collect();
    all.sort();
    all
}

/// A corpus with 2 issues, 2 coders, reasons and no words for its levels.
fn corpus(words: bool) -> Workdir {
    let workdir = Workdir::new();
    let mut text = "id,date,speaker,text,issue,position,coder,reason\n".to_owned();
    for number in 1..=6 {
        for (coder, shift) in [("anna", 0), ("ben", 1)] {
            for issue in ["tram", "fares"] {
                let at = (number + shift) % 5 - 2;
                let position = match (at, words) {
                    (-1, _) if coder == "anna" => "no position".to_owned(),
                    (at, false) => at.to_string(),
                    (at, true) => format!("{at} level {}", ["a", "b", "c", "d", "e"][(at + 2) as usize]),
                };
                let date = if number == 3 { "2025-03".to_owned() } else { format!("2025-0{number}-02") };
                text += &format!(
                    "s{number},{date},Ada Holm,We say {number} of it.,{issue},{position},{coder},why {number}\n"
                );
            }
        }
    }
    workdir.write("s.csv", text);
    let run = workdir.run(&["import", "s.csv", "--corpus", "c"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    workdir
}

fn fine(run: &Run, what: &str) {
    assert_eq!(run.code, 0, "{what}: {}{}", run.stdout, run.stderr);
}

#[test]
fn exports_come_back_into_their_own_corpus_and_into_a_new_one() {
    for words in [false, true] {
        let workdir = corpus(words);
        let before = labels(&workdir, "c");
        let book = |corpus: &str| {
            let text = String::from_utf8(workdir.read(&format!("{corpus}/codebook.toml"))).unwrap();
            let levels =
                text.lines().filter(|line| ["id", "position", "words"].iter().any(|key| line.starts_with(key)));
            levels.map(str::to_owned).collect::<Vec<_>>()
        };
        for (format, file) in [("xlsx", "e.xlsx"), ("long", "e-long.csv"), ("coders", "e-coders.csv")] {
            fine(&workdir.run(&["export", "--corpus", "c", "--format", format, "-o", file]), format);
            let run = workdir.run(&["import", file, "--corpus", "c"]);
            fine(&run, format);
            assert!(run.stdout.contains("nothing new"), "{format}: {}", run.stdout);
            assert_eq!(labels(&workdir, "c"), before, "{format}");
        }
        fine(&workdir.run(&["import", "e.xlsx", "--corpus", "from-xlsx"]), "xlsx");
        assert_eq!((labels(&workdir, "from-xlsx"), book("from-xlsx")), (before.clone(), book("c")), "words: {words}");
        fine(&workdir.run(&["label", "--corpus", "c", "--all", "-o", "e-label.csv"]), "label");
        fine(&workdir.run(&["import", "e-label.csv", "--corpus", "from-label"]), "label");
        assert_eq!(labels(&workdir, "from-label"), before, "words: {words}");
    }
}

#[test]
fn a_level_that_contradicts_its_position_is_a_fault() {
    let workdir = corpus(true);
    fine(&workdir.run(&["export", "--corpus", "c", "--format", "long", "-o", "e.csv"]), "long");
    let text = String::from_utf8(workdir.read("e.csv")).unwrap();
    let edited = text.replacen(",level d,", ",level e,", 1);
    assert_ne!(text, edited);
    workdir.write("e.csv", edited);
    let run = workdir.run(&["import", "e.csv", "--corpus", "c"]);
    assert!(
        run.code == 2 && run.stderr.contains("the level is `level e`, and the position beside it is `1`"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_position_may_change_and_its_level_stay() {
    let workdir = corpus(true);
    fine(&workdir.run(&["export", "--corpus", "c", "--format", "long", "-o", "e.csv"]), "long");
    let text = String::from_utf8(workdir.read("e.csv")).unwrap();
    workdir.write("e.csv", text.replacen(",1,level d,", ",2,level d,", 1));
    let run = workdir.run(&["import", "e.csv", "--corpus", "c"]);
    fine(&run, "position");
    assert!(run.stdout.contains("1 label changed") && run.stdout.contains("1 is now 2"), "{}", run.stdout);
    // In a new corpus, nothing says which of the two was changed.
    fine(&workdir.run(&["export", "--corpus", "c", "-o", "e.xlsx"]), "xlsx");
    fine(&workdir.run(&["import", "e.xlsx", "--corpus", "new"]), "new");
}

#[test]
fn a_coding_sheet_goes_to_the_coder_for_whom_it_was_made() {
    let workdir = corpus(false);
    for file in ["carla.csv", "carla.xlsx"] {
        fine(&workdir.run(&["sheet", "--corpus", "c", "--coder", "carla", "-o", file]), file);
    }
    let text = String::from_utf8(workdir.read("carla.csv")).unwrap();
    let filled = text.replacen(",,", ",2,", 1).replace(".,,", ".,2,-2");
    workdir.write("carla.csv", &filled);
    let run = workdir.run(&["import", "carla.csv", "--corpus", "c"]);
    fine(&run, "csv");
    assert!(run.stdout.contains("the labels are those of carla"), "{}", run.stdout);
    assert!(labels(&workdir, "c").iter().any(|(file, rows)| file == "carla.csv" && !rows.is_empty()));
    assert!(!workdir.path().join("c/labels/me.csv").exists());
    let run = workdir.run(&["import", "carla.xlsx", "--corpus", "c"]);
    assert!(run.stdout.contains("the labels are those of carla"), "{}{}", run.stdout, run.stderr);
    let run = workdir.run(&["import", "carla.csv", "--corpus", "c", "--coder", "ben", "--dry-run"]);
    assert!(run.stdout.contains("made for carla, and --coder says ben"), "{}", run.stdout);
    workdir.write("filled.csv", &filled);
    let run = workdir.run(&["import", "filled.csv", "--corpus", "c"]);
    assert!(run.code == 2 && run.stderr.contains("say who it was with --coder"), "{}{}", run.stdout, run.stderr);
}

#[test]
fn doccano_joins_several_labels_and_they_are_taken_apart() {
    let workdir = Workdir::new();
    let table = "id,text,date,speaker,label,Comments\n\
        1,We build it now.,2025-01-02,Ada Holm,+2 Build,\n\
        2,We may build it.,2025-01-03,Ada Holm,-2 Against#-2 Against#0 Undecided,\n\
        3,We never build.,2025-01-04,Ada Holm,-2 Against#-2 Against,\n";
    workdir.write("all.csv", table);
    let run = workdir.run(&["import", "all.csv", "--corpus", "c", "--issue", "tram"]);
    fine(&run, "doccano");
    assert!(run.stdout.contains("has 2 levels on `tram`") && run.stdout.contains("none of them is"), "{}", run.stdout);
    let rows = &labels(&workdir, "c")[0].1;
    assert_eq!(rows.len(), 2, "{rows:?}");
    let book = String::from_utf8(workdir.read("c/codebook.toml")).unwrap();
    assert!(book.contains("words = \"Against\"") && !book.contains('#') | !book.contains("Against#"), "{book}");
}

#[test]
fn the_sheet_of_a_workbook_is_remembered() {
    let workdir = Workdir::new();
    let mut book = rust_xlsxwriter::Workbook::new();
    for name in ["2024", "2025"] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        for (column, header) in (0_u16..).zip(["date", "speaker", "quote", "tram"]) {
            sheet.write_string(0, column, header).unwrap();
        }
        for (row, at) in (1_u32..).zip(["-1", "1", "2"]) {
            let cells = [&format!("{name}-01-0{row}"), "Ada Holm", &format!("We say {row} of it."), at];
            for (column, cell) in (0_u16..).zip(cells) {
                sheet.write_string(row, column, cell).unwrap();
            }
        }
    }
    workdir.write("s.xlsx", book.save_to_buffer().unwrap());
    let run = workdir.run(&["import", "s.xlsx", "--corpus", "c"]);
    assert!(run.code == 2 && run.stderr.contains("--sheet \"2024\""), "{}", run.stderr);
    fine(&workdir.run(&["import", "s.xlsx", "--corpus", "c", "--sheet", "2025"]), "named");
    let run = workdir.run(&["import", "s.xlsx", "--corpus", "c"]);
    fine(&run, "remembered");
    assert!(run.stdout.contains("nothing new"), "{}", run.stdout);
}
