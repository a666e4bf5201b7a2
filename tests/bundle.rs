//! A study as one file: the same bytes everywhere, checked again from the file alone, and a plan that was fixed beforehand.

use std::fs;
use std::path::Path;

use stance::bundle::{Files, pack, unpack};
use stance::corpus::Corpus;
use stance::file::document::Document;
use stance::study::design::{Design, Draft, draft};

use crate::study_design::corpus;
use crate::support::{Run, Workdir, one_line};

/// 2 speakers on 16 days each. The first moves, the second does not.
fn study(workdir: &Workdir) {
    let day = |place: usize| format!("2025-{:02}-{:02}", 1 + place / 14, 1 + 2 * (place % 14));
    let mut rows = Vec::new();
    for place in 0..16 {
        rows.push((day(place), "day", "Abe", "One", if place < 8 { -1 } else { 2 }));
        rows.push((day(place), "day", "Bea", "Two", 1 - place as i32 % 2));
    }
    corpus(workdir, &rows);
}

fn files(workdir: &Workdir, name: &str) -> Files {
    unpack(&workdir.read(name)).unwrap().files
}

/// Changes the files of `a.zip`, and checks the result.
fn checked(workdir: &Workdir, change: impl FnOnce(&mut Files)) -> Run {
    let mut files = files(workdir, "a.zip");
    change(&mut files);
    workdir.write("b.zip", pack(&files).unwrap());
    workdir.run(&["bundle", "check", "b.zip"])
}

fn text<'f>(files: &'f Files, name: &str) -> &'f str {
    std::str::from_utf8(&files[name]).unwrap()
}

fn replaced(files: &mut Files, name: &str, from: &str, to: &str) {
    let changed = text(files, name).replacen(from, to, 1);
    assert_ne!(changed.as_bytes(), files[name], "{name} has no {from}");
    files.insert(name.to_owned(), changed.into_bytes());
}

#[test]
fn a_bundle_has_the_same_bytes_everywhere_and_checks_from_another_folder() {
    let workdir = Workdir::new();
    study(&workdir);
    workdir.write("c/LICENSE", "CC0\n");
    workdir.write("secret.txt", "not for others\n");
    #[cfg(unix)]
    std::os::unix::fs::symlink(workdir.path().join("secret.txt"), workdir.path().join("c/notes.txt")).unwrap();
    let run = workdir.run(&["bundle", "--corpus", "c", "-o", "a.zip"]);
    assert!(run.code == 0 && run.stderr.is_empty(), "{run:?}");
    assert!(!files(&workdir, "a.zip").contains_key("corpus/notes.txt"));
    let elsewhere = Workdir::new();
    fs::create_dir_all(elsewhere.path().join("deep/er")).unwrap();
    for (name, threads) in [("again.zip", "1"), ("again.zip", "3")] {
        let run = workdir
            .command(&["bundle", "--corpus", "../c", "-o", name])
            .current_dir(workdir.path().join("c"))
            .env("TZ", "Pacific/Kiritimati")
            .env("LC_ALL", "de_DE.UTF-8")
            .env("HOME", "/nonexistent")
            .env("USER", "other")
            .env("RAYON_NUM_THREADS", threads)
            .output()
            .unwrap();
        let run = Run::from(run);
        assert_eq!(run.code, 0, "{run:?}");
        assert_eq!(workdir.read("a.zip"), workdir.read("c/again.zip"));
    }
    fs::copy(workdir.path().join("a.zip"), elsewhere.path().join("deep/er/given.zip")).unwrap();
    let run: Run = elsewhere
        .command(&["bundle", "check", "given.zip"])
        .current_dir(elsewhere.path().join("deep/er"))
        .env("RAYON_NUM_THREADS", "2")
        .env("TZ", "America/Lima")
        .output()
        .unwrap()
        .into();
    assert!(run.code == 0 && run.stdout.contains("the same byte for byte"), "{run:?}");
    assert!(run.stdout.contains("licence: see corpus/LICENSE"), "{run:?}");
    let files = files(&workdir, "a.zip");
    for (name, part) in [
        ("METHODS.md", "Abe on"),
        ("METHODS.md", "32 statements by 2 speakers"),
        ("METHODS.md", "one coder"),
        ("references.bib", "@article{holm1979,"),
        ("results/verdicts.csv", "Abe,tram,shift"),
        ("results/days.csv", "Bea,tram,2025-01-01,1,1:1,"),
        ("results/labels.csv", "s-000,tram,me,-1"),
        ("results/verdicts.json", "\"day_scores\""),
        ("corpus/labels/me.csv", "s-000"),
        ("manifest.json", "\"seed\": 2025"),
        ("manifest.json", stance::program::BUILD),
        ("README.md", stance::program::VERSION_AND_BUILD),
        ("results/family.csv", "Bea,tram,16,true,"),
        ("how-stance-tests.md", "results/days.csv"),
        ("how-well-stance-tests.md", "how-stance-tests.md#"),
    ] {
        assert!(text(&files, name).contains(part), "{name} has no {part}:\n{}", text(&files, name));
    }
    let machine = workdir.path().display().to_string();
    assert!(files.values().all(|bytes| !String::from_utf8_lossy(bytes).contains(&machine)));
    // It may be written again, and another ZIP may not be written over.
    assert_eq!(workdir.run(&["bundle", "--corpus", "c", "-o", "a.zip"]).code, 0);
    workdir.write("mine.zip", pack(&Files::from([("x".to_owned(), b"y".to_vec())])).unwrap());
    let run = workdir.run(&["bundle", "--corpus", "c", "-o", "mine.zip"]);
    assert!(run.code == 2 && run.stderr.contains("did not write it as a bundle"), "{run:?}");
    // A long text beside the corpus stops nothing.
    workdir.write("c/raw.csv", vec![b'x'; usize::try_from(stance::bundle::LONGEST_TEXT).unwrap() + 1]);
    let run = workdir.run(&["bundle", "--corpus", "c", "-o", "b.zip"]);
    assert!(run.code == 0 && run.stderr.contains("raw.csv has more than 4 MiB and is not in the bundle"), "{run:?}");
    assert_eq!(workdir.read("b.zip"), workdir.read("a.zip"));
    let run = workdir.run(&["bundle", "--corpus", "c", "-o", "c/LICENSE", "--force"]);
    assert!(run.code == 2 && run.stderr.contains("belongs to the corpus"), "{run:?}");
}

#[test]
fn each_file_that_differs_is_named() {
    let workdir = Workdir::new();
    study(&workdir);
    let run = workdir.run(&["bundle", "--corpus", "c", "-o", "a.zip"]);
    assert!(run.code == 0 && run.stderr.contains("states no licence"), "{run:?}");

    let run = checked(&workdir, |files| replaced(files, "corpus/labels/me.csv", "s-000,tram,-1", "s-000,tram,2"));
    let told = one_line(&run.stdout);
    assert_eq!(run.code, 1, "{run:?}");
    for part in [
        "- corpus/labels/me.csv was changed: its SHA-256 is",
        "- results/labels.csv is not what its corpus gives: line",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    let run = checked(&workdir, |files| drop(files.remove("results/days.csv")));
    assert!(run.code == 1 && run.stdout.contains("- results/days.csv is missing"), "{run:?}");
    let run = checked(&workdir, |files| drop(files.insert("corpus/more.txt".to_owned(), b"x".to_vec())));
    assert!(run.code == 1 && run.stdout.contains("- corpus/more.txt is too many"), "{run:?}");
    assert!(run.stdout.contains("1 of 22 files differs:"), "{run:?}");

    // A verdict that was changed together with its hash is still found out.
    let run = checked(&workdir, |files| {
        let before = stance::words::sha256(&files["results/verdicts.csv"]);
        replaced(files, "results/verdicts.csv", "Abe,tram,shift", "Abe,tram,steady");
        let after = stance::words::sha256(&files["results/verdicts.csv"]);
        replaced(files, "manifest.json", &before, &after);
    });
    let told = one_line(&run.stdout);
    assert!(run.code == 1 && told.contains("- results/verdicts.csv is not what its corpus gives: line 2"), "{told}");
    let run = checked(&workdir, |files| replaced(files, "manifest.json", "\"licence\": null", "\"licence\": \"CC0\""));
    assert!(run.code == 1 && run.stdout.contains("- manifest.json is not what"), "{run:?}");

    // Each name is looked at once, however often a manifest names it.
    let run = checked(&workdir, |files| {
        let again =
            format!("\"files\": [{{\"name\": \"README.md\", \"bytes\": 1, \"sha256\": \"{}\"}},", "0".repeat(64));
        replaced(files, "manifest.json", "\"files\": [", &again);
    });
    assert!(run.code == 2 && run.stderr.contains("manifest.json names `README.md` twice"), "{run:?}");

    // Files that were lost, or a corpus with a fault: what is wrong is said at its place in the bundle.
    let run = checked(&workdir, |files| drop(files.remove("corpus/codebook.toml")));
    assert!(run.code == 1 && run.stdout.contains("- corpus/codebook.toml is missing"), "{run:?}");
    assert!(run.stdout.contains("b.zip/corpus/codebook.toml: the file is missing"), "{run:?}");
    let run = checked(&workdir, |files| replaced(files, "corpus/labels/me.csv", "s-000,tram,-1", "s-000,tram,99"));
    assert!(run.code == 1 && run.stdout.contains("b.zip/corpus/labels/me.csv:2:"), "{run:?}");
    let run = checked(&workdir, |files| replaced(files, "manifest.json", "\"grain\": \"day\"", "\"grain\": \"age\""));
    assert!(run.code == 1 && run.stdout.contains("grain `age`"), "{run:?}");

    let json: Run = workdir.run(&["bundle", "check", "b.zip", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert!(json["unread"].is_string() && json["verdicts"].is_null(), "{json}");
}

#[test]
fn a_file_that_was_packed_anew_is_said_to_be_and_what_differs_is_shown() {
    let workdir = Workdir::new();
    study(&workdir);
    assert_eq!(workdir.run(&["bundle", "--corpus", "c", "-o", "a.zip"]).code, 0);
    let run = workdir.run(&["bundle", "check", "a.zip"]);
    let hash = stance::words::sha256(&workdir.read("a.zip"));
    assert!(run.stdout.contains(&hash) && !run.stdout.contains("packed"), "{}", run.stdout);
    let mut more = workdir.read("a.zip");
    more.splice(0..0, *b"#!/bin/sh\n");
    workdir.write("b.zip", more);
    let run = workdir.run(&["bundle", "check", "b.zip"]);
    assert!(run.code == 2 || one_line(&run.stdout).contains("somebody packed the same files anew"), "{run:?}");
    // The cell that differs stands in the excerpt, and not only the beginning of its line.
    let run = checked(&workdir, |files| {
        replaced(files, "results/verdicts.csv", ",day,", ",age,");
        let hash = stance::words::sha256(&files["results/verdicts.csv"]);
        let manifest = text(files, "manifest.json").to_owned();
        let at = manifest.find("\"name\": \"results/verdicts.csv\"").unwrap();
        let from = at + manifest[at..].find("\"sha256\": \"").unwrap() + "\"sha256\": \"".len();
        let manifest = format!("{}{hash}{}", &manifest[..from], &manifest[from + hash.len()..]);
        files.insert("manifest.json".to_owned(), manifest.into_bytes());
    });
    let told = one_line(&run.stdout);
    assert!(run.code == 1 && told.contains(",age,") && told.contains(",day,"), "{told}");
    let run = workdir.run(&["changes", "--corpus", "c", "--against", "b.zip"]);
    assert_eq!(run.code, 0, "its files are those of its manifest: {run:?}");
    workdir.write("c/notes.txt", "what else there is");
    assert_eq!(workdir.run(&["bundle", "--corpus", "c", "-o", "c.zip"]).code, 0);
    assert!(files(&workdir, "c.zip").contains_key("corpus/notes.txt"));
    assert_eq!(workdir.run(&["bundle", "check", "c.zip"]).code, 0);
}

#[test]
fn days_that_are_not_sure_are_left_out_of_a_planned_run_too() {
    let workdir = Workdir::new();
    study(&workdir);
    assert_eq!(workdir.run(&["plan", "--corpus", "c", "--write", "plan.toml"]).code, 0);
    let run = workdir.run(&["shifts", "--corpus", "c", "--plan", "plan.toml", "--sure-days"]);
    let told = one_line(&run.stdout);
    assert!(told.contains("Not kept: statements.") && told.contains("day of publication is known"), "{told}");
    let run = workdir.run(&["plan", "--corpus", "c", "--write", "other.toml", "--speaker", "Abee"]);
    assert!(run.code == 0 && run.stderr.contains("nobody in c is called `Abee` yet"), "{run:?}");
    let run = workdir.run(&["plan", "--corpus", "c", "--write", "nowhere/plan.toml"]);
    assert!(run.code == 2 && run.stderr.contains("there is no folder nowhere"), "{run:?}");
}

#[test]
fn a_bundle_of_another_version_is_said_to_be_and_strangers_are_refused() {
    let workdir = Workdir::new();
    study(&workdir);
    assert_eq!(workdir.run(&["bundle", "--corpus", "c", "-o", "a.zip"]).code, 0);
    let own = env!("CARGO_PKG_VERSION");
    let run = checked(&workdir, |files| {
        for name in ["manifest.json", "results/verdicts.json", "METHODS.md", "README.md", "references.bib"] {
            replaced(files, name, own, "0.0.7");
        }
        let names: Vec<String> = files.keys().cloned().collect();
        for name in names.iter().filter(|name| *name != "manifest.json") {
            let hash = stance::words::sha256(&files[name]);
            let manifest = text(files, "manifest.json").to_owned();
            let at = manifest.find(&format!("\"name\": \"{name}\"")).unwrap();
            let from = at + manifest[at..].find("\"sha256\": \"").unwrap() + "\"sha256\": \"".len();
            let manifest = format!("{}{hash}{}", &manifest[..from], &manifest[from + hash.len()..]);
            files.insert("manifest.json".to_owned(), manifest.into_bytes());
        }
    });
    let told = one_line(&run.stdout);
    // The sizes of the files were not corrected, so the manifest differs, and nothing else does.
    assert!(told.contains("made by Stance 0.0.7 (build ") && !told.contains("results/"), "{told}");
    let other = "0123456789ab";
    let run = checked(&workdir, |files| replaced(files, "manifest.json", stance::program::BUILD, other));
    let told = one_line(&run.stdout);
    assert!(
        told.contains(&format!("(build {other}), and this is Stance {}", stance::program::VERSION_AND_BUILD)),
        "{told}"
    );

    let run = checked(&workdir, |files| replaced(files, "manifest.json", "\"format\": 1", "\"format\": 9"));
    assert!(run.code == 2 && run.stderr.contains("form 9") && run.stderr.contains(own), "{run:?}");
    let run = checked(&workdir, |files| drop(files.remove("manifest.json")));
    assert!(run.code == 2 && run.stderr.contains("no manifest.json"), "{run:?}");
    let run = checked(&workdir, |files| drop(files.insert("manifest.json".to_owned(), b"{".to_vec())));
    assert!(run.code == 2 && run.stderr.contains("cannot be read"), "{run:?}");
    for name in ["..", "a/b", ""] {
        let quoted = format!("\"name\": \"{name}\"");
        let run = checked(&workdir, |files| replaced(files, "manifest.json", "\"name\": \"c\"", &quoted));
        assert!(run.code == 1 && run.stdout.contains("no name of a folder"), "{name}: {run:?}");
    }
    let whole = workdir.read("a.zip");
    workdir.write("torn.zip", &whole[..whole.len() / 2]);
    let run = workdir.run(&["bundle", "check", "torn.zip"]);
    assert!(run.code == 2 && run.stderr.contains("torn.zip: this is not a bundle"), "{run:?}");
    let run = workdir.run(&["bundle", "check", "c/statements.csv"]);
    assert!(run.code == 2 && run.stderr.contains("no ZIP"), "{run:?}");
    assert_eq!(workdir.run(&["bundle", "check", "none.zip"]).code, 2);
    assert_eq!(workdir.run(&["bundle"]).code, 2);
}

#[test]
fn a_plan_is_kept_or_what_was_not_is_said_point_by_point() {
    let workdir = Workdir::new();
    study(&workdir);
    let run = workdir.run(&["plan", "--write", "c/plan.toml", "--corpus", "c", "--speaker", "Abe"]);
    assert_eq!(run.code, 0, "{run:?}");
    let run = workdir.run(&["plan", "--write", "c/plan.toml", "--corpus", "c"]);
    assert!(run.code == 2 && run.stderr.contains("already exists"), "{run:?}");
    let plan = String::from_utf8(workdir.read("c/plan.toml")).unwrap();
    assert_eq!(plan.matches("[[pair]]").count(), 1, "{plan}");

    let run = workdir.run(&["shifts", "--corpus", "c", "--plan", "c/plan.toml"]);
    let told = one_line(&run.stdout);
    assert!(told.contains("kept to the plan plan.toml in all 14 points"), "{told}");
    assert!(
        told.contains("corrected for the 1 pair of the plan that could be tested") && !told.contains("Bea"),
        "{told}"
    );
    assert!(told.contains(&stance::words::sha256(plan.as_bytes())), "{told}");

    let run = workdir.run(&[
        "shifts",
        "--corpus",
        "c",
        "--plan",
        "c/plan.toml",
        "--alpha",
        "0.2",
        "--to",
        "2025-02-03",
        "--speaker",
        "Bea",
        "--speaker",
        "Abe",
    ]);
    let told = one_line(&run.stdout);
    for part in [
        "did not keep to the plan plan.toml in 2 of 14 points",
        "Not kept: level. Planned: 0.05. This run: 0.2.",
        "Not kept: window. Planned: the first statement to the last statement. This run: the first statement to 2025-02-03.",
        "Explored beyond the plan: 1 pair (Bea on tram)",
        "Explored beyond the plan: Bea on",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    let run = workdir.run(&["shifts", "--corpus", "c", "--plan", "c/plan.toml", "--format", "json", "--seed", "1"]);
    let json: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert!(json["plan"]["kept"] == false && json["selection"]["planned"][0][0] == "Abe", "{json}");

    // The plan goes into the bundle, and the check computes whether it was kept.
    let run = workdir.run(&["bundle", "--corpus", "c", "--plan", "c/plan.toml", "--speaker", "Bea", "-o", "a.zip"]);
    assert!(run.code == 0 && one_line(&run.stdout).contains("kept to the plan"), "{run:?}");
    let files = files(&workdir, "a.zip");
    assert!(files.contains_key("results/explored.csv") && text(&files, "plan.toml") == plan);
    let run = workdir.run(&["bundle", "check", "a.zip"]);
    assert_eq!(run.code, 0, "{run:?}");
    let run = checked(&workdir, |files| replaced(files, "plan.toml", "alpha = 0.05", "alpha = 0.1"));
    let told = one_line(&run.stdout);
    assert!(
        run.code == 1 && told.contains("- plan.toml was changed") && told.contains("- results/plan.json"),
        "{told}"
    );
}

#[test]
fn a_plan_that_does_not_fit_the_corpus_is_refused_with_all_that_is_wrong() {
    let workdir = Workdir::new();
    study(&workdir);
    let loaded = Corpus::load(&workdir.path().join("c")).unwrap();
    let drafted = Draft { alpha: 0.05, seed: 7, ..Draft::default() };
    let sound = draft(&loaded, &drafted);
    let parse = |text: &str| {
        Design::parse("plan.toml", Document::new(Path::new("plan.toml"), text.to_owned()), &loaded)
            .map_err(|error| error.to_string())
    };
    assert_eq!(parse(&sound).unwrap().pairs.len(), 2);
    for (from, to, what) in [
        ("\"Abe\"", "\"Abbe\"", "plan.toml:32:11: there is no speaker `Abbe`"),
        ("issue = \"tram\"", "issue = \"trams\"", "there is no issue `trams`"),
        ("speaker = \"Bea\"", "speaker = \"Abe\"", "named twice"),
        ("codebook = \"", "codebook = \"0", "is no SHA-256"),
        ("rows = 32", "rows = -1", "`rows` cannot be -1"),
        ("[[file]]\nname", "[[file]]\nnam", "did you mean `name`?"),
        ("alpha = 0.05", "alpha = 5.0", "`5` is no level"),
        ("alpha = 0.05", "", "the key `alpha` is missing"),
        ("seed = 7", "seed = -7", "`-7` is no seed"),
        ("\"holm\"\nseed", "\"halm\"\nseed", "did you mean `holm`?"),
        ("test = \"any-date\"", "test = \"event\"", "the plan has no `event`"),
        ("test = \"any-date\"", "test = \"any-date\"\nevent = 2025-01-05", "tests any date, and has an `event`"),
        ("unit = \"day\"", "unit = \"month\"\nevent = 2025-01-05", "not the first day of a month"),
        ("# from = 2025-01-01", "from = 2025-01-01T10:00:00", "is not a day"),
        ("# from = 2025-01-01\n# to = 2025-12-31", "from = 2025-02-01\nto = 2025-01-01", "swap from and to"),
        ("# by = \"source_publisher\"", "by = \"nothing\"", "the column `nothing` is empty"),
        ("unverified", "unverifed", "did you mean `unverified`?"),
        ("[[pair]]", "[pair]", "plan.toml"),
    ] {
        let text = sound.replacen(from, to, 1);
        assert_ne!(text, sound, "{from}");
        let error = parse(&text).unwrap_err();
        assert!(error.contains(what), "{what}: {error}");
    }
    let several = sound.replacen("\"Abe\"", "\"Zed\"", 1).replacen("seed = 7", "seed = \"x\"", 1);
    let error = parse(&several).unwrap_err();
    assert!(error.contains("Zed") && error.contains("expected a whole number"), "{error}");
    assert!(parse("").unwrap_err().contains("the plan names no pair"));
    // With a column, a pair names a group.
    let grouped = sound.replacen("# by = \"source_publisher\"", "by = \"party\"", 1);
    let grouped = grouped.replacen("\"Abe\"", "\"One\"", 1).replacen("\"Bea\"", "\"two\"", 1);
    assert!(parse(&grouped).unwrap_err().contains("did you mean `Two`?"));
    assert_eq!(parse(&grouped.replacen("\"two\"", "\"Two\"", 1)).unwrap().pairs.len(), 2);
    // A changed codebook is a departure, and what came in is none.
    workdir.write("plan.toml", &sound);
    let codebook = String::from_utf8(workdir.read("c/codebook.toml")).unwrap();
    workdir.write("c/codebook.toml", format!("# changed\n{codebook}"));
    let run = workdir.run(&["shifts", "--corpus", "c", "--plan", "plan.toml"]);
    let told = one_line(&run.stdout);
    assert!(run.code == 0 && told.contains("in 1 of 14 points. Not kept: codebook. Planned: "), "{run:?}");
    assert!(told.contains("The statements and labels are those that were there when the plan was fixed."), "{told}");
}

/// More statements and labels are no departure. What came in, and what was changed, is said.
#[test]
fn a_plan_says_what_came_in_since_it_was_fixed() {
    let workdir = Workdir::new();
    study(&workdir);
    assert_eq!(workdir.run(&["plan", "--corpus", "c", "--write", "plan.toml"]).code, 0);
    let plan = String::from_utf8(workdir.read("plan.toml")).unwrap();
    for name in ["statements.csv", "labels/me.csv", "rules.toml", "codebook.toml"] {
        let hash = stance::words::sha256(&workdir.read(&format!("c/{name}")));
        assert!(plan.contains(&hash), "{name}: {plan}");
    }
    let kept = || {
        let run = workdir.run(&["shifts", "--corpus", "c", "--plan", "plan.toml"]);
        assert_eq!(run.code, 0, "{run:?}");
        one_line(&run.stdout)
    };
    assert!(kept().contains("The statements and labels are those that were there when the plan was fixed."));
    let statements = String::from_utf8(workdir.read("c/statements.csv")).unwrap();
    let more = |count: usize| {
        let row = |number: usize| format!("s-n{number},2025-03-0{number},day,Abe,More words.,One,,new {number}\n");
        (1..=count).map(row).collect::<String>()
    };
    workdir.write("c/statements.csv", format!("{statements}{}", more(2)));
    let told = kept();
    assert!(told.contains("kept to the plan plan.toml in all 14 points"), "{told}");
    assert!(
        told.contains(
            "statements.csv has 2 rows more than when the plan was fixed, and the 32 before them are the same."
        ),
        "{told}"
    );
    workdir.write("c/statements.csv", statements.replace("Words 3.", "Other words."));
    let told = kept();
    assert!(
        told.contains("statements.csv has as many rows as when the plan was fixed, and they are not the same"),
        "{told}"
    );
    // A row that was changed is a departure.
    let planned = "in 1 of 14 points. Not kept: data. Planned: the 64 rows of that time stay as they are. \
                   This run: statements.csv was changed or removed.";
    assert!(told.contains(planned), "{told}");
    // An adjudication overrides the labels that were there, though it changes none of their rows.
    workdir.write("c/statements.csv", format!("{statements}{}", more(1)));
    let adjudicated = "statement_id,issue,position\ns-n1,tram,1\n";
    workdir.write("c/labels/adjudicated.csv", adjudicated);
    let told = kept();
    assert!(told.contains("kept to the plan plan.toml in all 14 points"), "{told}");
    assert!(told.contains("labels/adjudicated.csv, with 1 row, was not there when the plan was fixed. "), "{told}");
    // One that confirms what was there changes nothing either.
    workdir.write("c/labels/adjudicated.csv", format!("{adjudicated}s-000,tram,-1\n"));
    assert!(kept().contains("in all 14 points"));
    workdir.write("c/labels/adjudicated.csv", format!("{adjudicated}s-000,tram,2\n"));
    let told = kept();
    for part in [
        "in 1 of 14 points. Not kept: data.",
        "This run: 1 position of that time is decided otherwise by labels that came in.",
        "labels/adjudicated.csv, with 2 rows, was not there when the plan was fixed.",
    ] {
        assert!(told.contains(part), "{told}");
    }
    // Nor may a further coder dispute what was there.
    std::fs::remove_file(workdir.path().join("c/labels/adjudicated.csv")).unwrap();
    workdir.write("c/labels/zoe.csv", "statement_id,issue,position\ns-000,tram,2\ns-001,tram,2\n");
    let codebook = String::from_utf8(workdir.read("c/codebook.toml")).unwrap();
    workdir.write("c/codebook.toml", codebook.replacen("[coders]\n", "[coders]\nzoe = \"Zoe\"\n", 1));
    let run = workdir.run(&["shifts", "--corpus", "c", "--plan", "plan.toml", "--format", "csv"]);
    let told = one_line(&run.stderr);
    assert!(run.code == 0 && told.contains("did not keep to the plan plan.toml in 2 of 14"), "{run:?}");
    workdir.write("c/codebook.toml", codebook);
    assert!(told.contains("2 positions of that time are decided otherwise"), "{told}");
    std::fs::remove_file(workdir.path().join("c/labels/zoe.csv")).unwrap();
    workdir.write("c/statements.csv", statements.replace("Words 3.", "Other words."));
    workdir.write("c/labels/adjudicated.csv", "statement_id,issue,position\ns-000,tram,-1\n");
    workdir.write("c/rules.toml", "# changed\n");
    let told = kept();
    assert!(told.contains("in 2 of 14 points") && told.contains("Not kept: rules. Planned: e3b0c442"), "{told}");
    let run = workdir.run(&["shifts", "--corpus", "c", "--plan", "plan.toml", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let turns: Vec<&str> =
        json["plan"]["data"].as_array().unwrap().iter().filter_map(|file| file["turn"].as_str()).collect();
    assert_eq!(turns, ["new", "same", "changed"], "{json}");
    // A plan of the first version names no data, and the rules by 8 digits.
    let short = Corpus::load(&workdir.path().join("c")).unwrap().rules.fingerprint();
    let old = plan.split("# The statements and labels").next().unwrap();
    let old: Vec<String> = old
        .lines()
        .map(|line| if line.starts_with("rules = ") { format!("rules = \"{short}\"") } else { line.to_owned() })
        .collect();
    workdir.write("plan.toml", old.join("\n"));
    let told = kept();
    assert!(told.contains("in all 13 points") && told.contains("does not say which statements and labels"), "{told}");
    // Another plan than the one that was registered is a departure, also in a bundle.
    let registered = stance::words::sha256(plan.as_bytes());
    let run =
        workdir.run(&["bundle", "--corpus", "c", "--plan", "plan.toml", "--registered", &registered, "-o", "r.zip"]);
    let told = one_line(&run.stdout);
    assert!(
        run.code == 0
            && told.contains("in 1 of 14 points")
            && told.contains(&format!("Not kept: plan. Planned: {registered}")),
        "{run:?}"
    );
    let run = workdir.run(&["bundle", "check", "r.zip"]);
    assert!(run.code == 0 && one_line(&run.stdout).contains("in 1 of 14 points"), "{run:?}");
}

#[test]
fn an_earlier_bundle_or_git_revision_shows_what_is_new() {
    let workdir = Workdir::new();
    study(&workdir);
    assert_eq!(workdir.run(&["bundle", "--corpus", "c", "-o", "a.zip"]).code, 0);
    let git = |args: &[&str]| {
        let mut command = std::process::Command::new("git");
        let named = ["-c", "user.name=a", "-c", "user.email=a@b.example", "-c", "init.defaultBranch=main"];
        command.args(named).args(args).current_dir(workdir.path()).env("GIT_CONFIG_NOSYSTEM", "1");
        command.output().is_ok_and(|output| output.status.success())
    };
    // A machine without git shows nothing of it; one with git shows all.
    let has_git = std::process::Command::new("git").arg("--version").output().is_ok();
    if has_git {
        workdir.write("c/empty.md", "");
        assert!(git(&["init", "-q"]) && git(&["add", "c"]) && git(&["commit", "-qm", "first"]));
    }
    let statements = String::from_utf8(workdir.read("c/statements.csv")).unwrap();
    workdir.write("c/statements.csv", format!("{statements}s-new,2025-03-01,day,Abe,More words.,One,,own new\n"));
    let changes = |against: &str| workdir.run(&["changes", "--corpus", "c", "--against", against]);
    let run = changes("a.zip");
    assert!(run.code == 0 && run.stdout.contains("1 statement of 33 is new"), "{run:?}");
    if has_git {
        let run = changes("git:HEAD");
        assert!(run.code == 0 && run.stdout.contains("1 statement of 33 is new"), "{run:?}");
        let run = changes("git:none");
        assert!(run.code == 2 && run.stderr.contains("git has no revision `none`"), "{run:?}");
        assert!(git(&["rm", "-rq", "--cached", "c"]) && git(&["commit", "-qm", "gone"]));
        let run = changes("git:HEAD");
        assert!(run.code == 2 && run.stderr.contains("git:HEAD"), "{run:?}");
    }
    if has_git {
        // A repository may name a command that git runs on files, and it is not run.
        workdir.write(".gitattributes", "* filter=own\n");
        workdir.write("c/.gitattributes", "* filter=own\n");
        assert!(git(&["add", "c", ".gitattributes"]) && git(&["commit", "-qm", "back"]));
        assert!(git(&["config", "filter.own.smudge", "touch ../ran; touch ran; cat"]));
        let run = changes("git:HEAD");
        assert!(run.code == 0 && run.stdout.contains("0 statements of 33 are new"), "{run:?}");
        assert!(!workdir.path().join("ran").exists() && !workdir.path().join("c/ran").exists());
    }
    let run = changes("git:--output=x");
    assert!(run.code == 2 && run.stderr.contains("is no git revision"), "{run:?}");
    assert!(!workdir.path().join("c/x").exists());
}

#[test]
fn other_assumptions_are_tried_and_a_change_of_rate_is_said() {
    let workdir = Workdir::new();
    let early = |place: usize| format!("2025-{:02}-01", 1 + place);
    let late = |place: usize| format!("2025-10-{:02}", 1 + place);
    let mut rows = Vec::new();
    (0..9).for_each(|place| rows.push((early(place), "day", "Abe", "One", -1)));
    (0..15).for_each(|place| rows.push((late(place), "day", "Abe", "One", 2 - i32::from(place % 3 == 0))));
    corpus(&workdir, &rows);
    let run = workdir.run(&["shifts", "--corpus", "c", "--stress"]);
    let told = one_line(&run.stdout);
    for part in [
        "There are statements more often from 1 October 2025 on:",
        "does not depend on how far the levels are apart: it is the same with 5 other spacings",
        "The test estimates that a day resembles the one before it by 0.",
        "; with 0.0 (p ",
        "Each p here is before correction, and compared with 0.050",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    let run = workdir.run(&["shifts", "--corpus", "c", "--stress", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let pair = &json["pairs"][0];
    assert!(pair["rates"][0]["after"].as_f64() > Some(10.0) && pair["sensitivity"]["moved"] == true, "{pair}");
    assert_eq!(pair["sensitivity"]["dependences"].as_array().unwrap().len(), 4);
    assert_eq!(
        (pair["sensitivity"]["level"].as_f64(), pair["sensitivity"]["p"].as_f64()),
        (Some(0.05), pair["p"].as_f64())
    );
    let table = ["shifts", "--corpus", "c", "--stress", "--format", "csv", "--table", "sensitivity"];
    let rows = workdir.run(&table).stdout;
    assert!(
        rows.starts_with("speaker,issue,assumption,value,p,level,found,same_verdict\r\nAbe,tram,dependence-estimated,"),
        "{rows}"
    );
    assert_eq!(rows.lines().count(), 1 + 1 + 5 + 4, "{rows}");
    let run = workdir.run(&["shifts", "--corpus", "c", "--table", "sensitivity"]);
    assert!(run.code == 2 && run.stderr.contains("takes --stress and --format csv"), "{run:?}");
    let plain = workdir.run(&["shifts", "--corpus", "c"]);
    assert!(!one_line(&plain.stdout).contains("levels are apart"));
}

#[test]
fn charts_by_group_have_names_and_titles_of_their_own() {
    let workdir = Workdir::new();
    study(&workdir);
    let run =
        workdir.run(&["chart", "timeline", "months", "speakers", "--corpus", "c", "--by", "party", "--group", "one"]);
    assert!(run.code == 2 && run.stderr.contains("did you mean `One`?"), "{run:?}");
    let args =
        ["chart", "timeline", "months", "speakers", "--corpus", "c", "--by", "party", "--format", "svg", "--out", "p"];
    let run = workdir.run(&[&args[..], &["--group", "One"]].concat());
    assert_eq!(run.code, 0, "{run:?}");
    let timeline = String::from_utf8(workdir.read("p/timeline-by-party_one.svg")).unwrap();
    assert!(timeline.contains("One") && !timeline.contains("Bea,"), "the group, and none of the other's marks");
    let table = String::from_utf8(workdir.read("p/timeline-by-party_one.csv")).unwrap();
    assert_eq!(table.lines().count(), 17, "{table}");
    assert!(workdir.path().join("p/speakers-by-party.csv").exists(), "{run:?}");
}

#[test]
fn a_plan_and_what_is_new_are_drawn() {
    let workdir = Workdir::new();
    study(&workdir);
    for _ in 0..2 {
        let run =
            workdir.run(&["plan", "--days", "8", "--days", "12", "--speakers", "10", "--chart", "p", "--locale", "de"]);
        assert!(run.code == 0 && run.stderr.contains("p/plan.svg") && run.stdout.contains("halfway"), "{run:?}");
    }
    let table = String::from_utf8(workdir.read("p/plan.csv")).unwrap();
    assert_eq!(table.lines().count(), 5, "{table}");
    assert!(String::from_utf8(workdir.read("p/plan.svg")).unwrap().contains("Wie groß"));
    assert_eq!(workdir.run(&["plan", "--shift", "1", "--chart", "p"]).code, 2);
    let run = workdir.run(&["changes", "--corpus", "c", "--since", "2025-01-21", "--chart", "p"]);
    assert!(run.stderr.contains("p/changes.png"), "{run:?}");
    let table = String::from_utf8(workdir.read("p/changes.csv")).unwrap();
    assert!(table.lines().next().unwrap().ends_with(",new"), "{table}");
    let count = |end: &str| table.lines().filter(|line| line.ends_with(end)).count();
    assert_eq!((count(",yes"), count(",no")), (12, 20), "{table}");
}

/// Whatever a speaker is called, a plan names the same one.
#[test]
fn a_plan_keeps_every_name() {
    let workdir = Workdir::new();
    study(&workdir);
    let loaded = Corpus::load(&workdir.path().join("c")).unwrap();
    let mut runner = proptest::test_runner::TestRunner::default();
    let kept = runner.run(&".*", |name| {
        let drafted = Draft { speakers: vec![name.clone()], alpha: 0.05, seed: 1, ..Draft::default() };
        let table: toml::Table = draft(&loaded, &drafted).parse().expect("a plan is TOML");
        proptest::prop_assert_eq!(table["pair"][0]["speaker"].as_str(), Some(name.as_str()));
        Ok(())
    });
    kept.unwrap();
}
