//! Signs of numbers: a minus that is written in another way, is lost, or may be meant.

use crate::support::{Run, Workdir, sound};

/// A sheet with one position in each row, imported with flags.
fn import(workdir: &Workdir, cells: &[&str], flags: &[&str]) -> Run {
    let mut text = "Date,Speaker,Quote,Ferry stance\n".to_owned();
    for (number, cell) in cells.iter().enumerate() {
        text += &format!("2025-01-{:02},Mara Lindqvist,We say sentence number {number}.,{cell}\n", number + 1);
    }
    workdir.write("s.csv", text);
    workdir.run(&[&["import", "s.csv", "--corpus", "c"], flags].concat())
}

/// The positions of the corpus, in the order of the rows.
fn positions(workdir: &Workdir) -> Vec<String> {
    let text = String::from_utf8(workdir.read("c/labels/me.csv")).unwrap();
    text.lines().skip(1).map(|row| row.split(',').nth(2).unwrap().to_owned()).collect()
}

/// The value of a flag in a hint: the first text between quotation marks behind it.
fn of_hint<'r>(run: &'r Run, flag: &str) -> Option<&'r str> {
    let behind = run.stderr.split_once(&format!("{flag} \""))?.1;
    behind.split_once('"').map(|(value, _)| value)
}

#[test]
fn negative_numbers_of_accountants_are_read_if_the_others_show_it() {
    for cells in [["2", "(2)", "0", "1", "(1)"], ["2", "2-", "0", "1", "1-"], ["2", "2−", "0", "1", "1 −"]] {
        let workdir = Workdir::new();
        let run = import(&workdir, &cells, &[]);
        sound(&run);
        assert!(run.stdout.contains("taken as negative"), "{}", run.stdout);
        assert_eq!(positions(&workdir), ["2", "-2", "0", "1", "-1"]);
        let codebook = String::from_utf8(workdir.read("c/codebook.toml")).unwrap();
        assert!(!codebook.contains("(2)"), "{codebook}");
        // On the scale that is there now, too.
        sound(&import(&workdir, &[&cells[..], &[cells[1]]].concat(), &[]));
        assert_eq!(positions(&workdir), ["2", "-2", "0", "1", "-1", "-2"]);
    }
}

#[test]
fn numbers_with_marks_are_asked_about_and_the_hint_flips_no_sign() {
    for (cells, words) in [
        (&["1", "(2)", "2", "3", "1"][..], &["`(2)` on Ferry", "write -2 if it is negative"][..]),
        (&["-2", "(2)", "0", "1"], &["`(2)`"]),
        (&["5", "4", "0", "9", "2-"], &["`2-`"]),
        (&["2", "1?", "0", "-1"], &["`1?`", "write `1` if it is decided"]),
        (&["2", "1", "0*", "-1"], &["`0*`", "write `0` alone"]),
        (&["2", "~1", "0", "-1", "-2?"], &["`-2?`, `~1`"]),
        (&["2", "02-Jan", "0", "-1"], &["`02-Jan`"]),
    ] {
        let workdir = Workdir::new();
        let run = import(&workdir, cells, &["--map", "Ferry stance=position"]);
        assert_eq!(run.code, 2, "{cells:?}: {}", run.stdout);
        let listed = words[0].replace(", ", " and ");
        assert!(run.stderr.contains(words[0]) || run.stderr.contains(&listed), "{words:?}: {}", run.stderr);
        assert!(words[1..].iter().all(|word| run.stderr.contains(word)), "{words:?}: {}", run.stderr);
        let Some(levels) = of_hint(&run, "--levels") else { continue };
        sound(&import(&workdir, cells, &["--map", "Ferry stance=position", "--levels", levels]));
        for (cell, position) in cells.iter().zip(positions(&workdir)) {
            let negative = cell.contains(['(', '-']);
            let digits: String = cell.chars().filter(char::is_ascii_digit).collect();
            assert_eq!(position, if negative { format!("-{digits}") } else { digits }, "{levels}");
        }
    }
    // A scale that is there does not take it for 2, either.
    let workdir = Workdir::new();
    sound(&import(&workdir, &["1", "2", "3", "4", "5"], &[]));
    let run = import(&workdir, &["1", "(2)", "3", "4", "5"], &[]);
    assert!(run.code == 2 && of_hint(&run, "--levels").is_none(), "{}{}", run.stdout, run.stderr);
}

#[test]
fn words_that_contradict_their_number_are_asked_about() {
    for (cells, named) in [
        (&["2 for", "2 against", "0 neutral", "-2 against", "1 rather for"][..], "`2 against` on"),
        (&["2 for", "2 against", "0 neutral"], "`2 against`, `2 for` on"),
        (&["-1 - agree", "1 - agree", "-2 - strongly disagree", "2 - strongly agree"], "`-1 - agree` on"),
    ] {
        let run = import(&Workdir::new(), cells, &[]);
        assert!(run.code == 2 && run.stderr.contains(named), "{named}: {}{}", run.stdout, run.stderr);
    }
    for cells in [
        &["1 - strongly disagree", "2 - disagree", "4 - agree", "5 - strongly agree"][..],
        // A scale that is turned as a whole is one.
        &["1 - agree", "2 - neutral", "3 - disagree", "1 - agree"],
        &["2 lanes", "-2 no lanes", "0 as it is", "1"],
    ] {
        sound(&import(&Workdir::new(), cells, &[]));
    }
    // The words of the codebook count as well.
    let workdir = Workdir::new();
    sound(&import(&workdir, &["-1 against", "1 for", "0 neutral"], &[]));
    let run = import(&workdir, &["-1 against", "1 for", "1 against"], &[]);
    assert!(run.code == 2 && run.stderr.contains("`1 against` on"), "{}{}", run.stdout, run.stderr);
}
