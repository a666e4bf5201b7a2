//! The committed charts are what the program draws today, by the commands in charts/README.md. What charts say is not
//! more than is known, in every language.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use stance::chart::figure::{Body, Figure, Form, KeyEntry};
use stance::chart::kind::news::news;
use stance::chart::kind::view::View;
use stance::chart::locale::{ChartLanguage, Locale};
use stance::chart::picture::{ChartKind, Wanted};
use stance::corpus::{Corpus, Selection};
use stance::date::Grain;
use stance::study::{Ask, Study, changes};

use crate::pictures::{World, drawn, every, figures, moved, plain, row_panels, written};
use crate::support::{Workdir, root};

/// The command of each row of the table in charts/README.md.
fn commands() -> Vec<String> {
    let readme = fs::read_to_string(root().join("charts/README.md")).unwrap();
    let rows = readme.lines().filter(|line| line.starts_with("| ["));
    rows.map(|row| row.split('`').nth(1).expect("each picture has its command").to_owned()).collect()
}

#[test]
fn committed_charts_equal_a_fresh_drawing() {
    let workdir = Workdir::new();
    let mut drawn = BTreeSet::new();
    for command in commands() {
        let args = shlex(&command);
        assert_eq!(args[0], "stance");
        let mut args: Vec<&str> = args[1..].iter().map(String::as_str).collect();
        let data = root().join("data/ukraine-2025");
        args.extend(["--corpus", data.to_str().unwrap()]);
        let run = workdir.run(&args);
        assert_eq!(run.code, 0, "{command}: {}", run.stderr);
        for path in run.stdout.lines() {
            let committed = fs::read(root().join(path)).unwrap_or_default();
            assert!(
                committed == workdir.read(path),
                "{path} is not what `{command}` draws; draw it anew and look at it"
            );
            drawn.insert(path.to_owned());
        }
    }
    for path in files(&root().join("charts/ukraine-2025")) {
        let path = path.strip_prefix(root()).unwrap().to_str().unwrap();
        assert!(drawn.contains(path), "no command in charts/README.md draws {path}");
    }
}

/// Every file in a folder and the folders in it.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// Takes a command line apart at spaces outside single quotation marks.
fn shlex(command: &str) -> Vec<String> {
    let mut quoted = false;
    let apart = |c: char| {
        quoted ^= c == '\'';
        c == ' ' && !quoted
    };
    command.split(apart).map(|word| word.trim_matches('\'').to_owned()).collect()
}

/// Pictures of a kind in every language.
fn in_all(kind: ChartKind) -> Vec<Wanted> {
    let wanted = |language| Wanted { kinds: vec![kind], language, ..Wanted::default() };
    ChartLanguage::ALL.map(wanted).into()
}

/// The notes beside the panels of a figure.
fn notes(figure: &Figure) -> Vec<String> {
    match &figure.body {
        Body::Rows(_) => row_panels(figure).iter().map(|panel| plain(&panel.note)).collect(),
        Body::Timeline(timeline) => timeline.panels.iter().map(|panel| plain(&panel.note)).collect(),
    }
}

fn days() -> Ask {
    Ask::default()
}

/// 11 statements at both ends of the scale, in which any shift could hide.
fn few_days() -> Vec<(u64, i32)> {
    every(40, &[-2, 2, 2, -2, -2, 2, 2, -2, 2, -2, 2])
}

#[test]
fn groups_are_named_as_what_they_are_with_the_people_who_speak() {
    let alone = written(&vec![("Ann Lee", "Trams", moved(40, -2, 2))]);
    let mixed = written(&vec![("Ann Lee", "Trams", moved(40, -2, 2)), ("Bo Ray", "Trams", moved(40, -2, 2))]);
    let kinds = [ChartKind::Timeline, ChartKind::Months, ChartKind::Coverage, ChartKind::Speakers, ChartKind::Shift];
    for kind in kinds.into_iter().chain([ChartKind::Dumbbell, ChartKind::Card]) {
        let begins =
            ["Ann Lee, by outlet: ", "Ann Lee, nach Medium: ", "Ann Lee, par média : ", "Ann Lee, за виданням: "];
        let only = ["are by Ann Lee.", "sind von Ann Lee.", "sont de Ann Lee.", "особі: Ann Lee."];
        for (figure, said) in
            drawn(&alone, days(), Some("source_publisher"), &in_all(kind)).iter().zip(begins.iter().zip(only))
        {
            assert!(plain(&figure.title).starts_with(said.0), "{kind:?}: {}", figure.title);
            assert!(figure.footer[0].contains("Gazette") && figure.footer[0].contains(said.1), "{:?}", figure.footer);
        }
        let begins = ["By outlet: ", "Nach Medium: ", "Par média : ", "За виданням: "];
        let mixes = ["Gazette (2 speakers)", "Gazette (2 Sprecher)", "Gazette (2 intervenants)", "Gazette (2 мовці)"];
        let words = ["speaker", "Sprecher", "intervenant", "мовець"];
        let figures = drawn(&mixed, days(), Some("source_publisher"), &in_all(kind));
        for ((figure, begin), (mix, word)) in figures.iter().zip(begins).zip(mixes.iter().zip(words)) {
            assert!(plain(&figure.title).starts_with(begin), "{kind:?}: {}", figure.title);
            assert!(plain(&figure.footer[0]).contains(mix), "{:?}", figure.footer);
            let said = format!("{} {} {:?}", figure.title, figure.subtitle, notes(figure));
            assert!(!said.contains(word), "{kind:?}: {said}");
        }
    }
    let by =
        |kind| drawn(&mixed, days(), Some("source_publisher"), &[Wanted { kinds: vec![kind], ..Wanted::default() }]);
    let card = by(ChartKind::Card).remove(0).lead.expect("a card has a quotation");
    assert!(card.head.starts_with("Ann Lee, Gazette, ") || card.head.starts_with("Bo Ray, Gazette, "), "{}", card.head);
    let Body::Timeline(timeline) = by(ChartKind::Timeline).remove(0).body else { panic!("a timeline") };
    let heads: Vec<&str> = timeline.panels[0].quotes.iter().map(|quote| quote.head.as_str()).collect();
    assert!(
        !heads.is_empty() && heads.iter().all(|head| head.ends_with(", Ann Lee") || head.ends_with(", Bo Ray")),
        "{heads:?}"
    );
}

#[test]
fn statements_that_are_not_verified_are_counted_once() {
    let workdir = written(&vec![("Ann Lee", "Trams", every(40, &[1, 1, 0, 1, 1]))]);
    let table = String::from_utf8(workdir.read("c/statements.csv")).unwrap();
    let rows = table.lines().enumerate().map(|(place, row)| match place {
        0 => format!("{row},verified"),
        1 | 2 => format!("{row},no"),
        _ => format!("{row},yes"),
    });
    workdir.write("c/statements.csv", rows.collect::<Vec<_>>().join("\r\n") + "\r\n");
    let ask = Ask { selection: Selection { unverified: true, ..Selection::default() }, ..days() };
    let counts = [
        "5 statements on 5 days; all coded by hand. 2 of them are not yet checked",
        "5 Äußerungen an 5 Tagen; alle von Hand eingestuft. Davon sind 2 noch nicht",
        "5 déclarations sur 5 jours ; toutes classées à la main. 2 d’entre elles ne sont pas encore",
        "усі визначено вручну. З них 2 ще не звірено",
    ];
    for (figure, said) in drawn(&workdir, ask, None, &in_all(ChartKind::Timeline)).iter().zip(counts) {
        assert!(plain(&figure.footer[0]).contains(said), "{:?}", figure.footer);
    }
}

#[test]
fn too_few_is_said_of_what_there_are_too_few() {
    let world: World = vec![("Ann Lee", "Trams", every(1, &[-2, -2, -1, -2, 1, 2, 1, 2, 1, 2]))];
    let titles = [
        "10 statements in a single quarter, so there is none",
        "in einem einzigen Quartal",
        "dans un seul trimestre",
        "за один-єдиний квартал",
    ];
    let averages =
        ["too few quarters for", "zu wenige Quartale für", "trop peu de trimestres pour", "замало кварталів для"];
    let apart = ["too far apart", "auseinander", "espacées", "рідкі"];
    for (figure, (place, title)) in
        figures(&world, Grain::Quarter, &in_all(ChartKind::Timeline)).iter().zip(titles.iter().enumerate())
    {
        assert!(plain(&figure.title).contains(title), "{}", figure.title);
        let notes = notes(figure);
        assert!(notes[0].contains(averages[place]) && !notes[0].contains(apart[place]), "{notes:?}");
        assert!(!figure.subtitle.contains("Tested by"), "{}", figure.subtitle);
    }
    // Where they are far apart in time, it is said.
    let sparse: Vec<(u64, i32)> =
        (0..12).map(|i| (2 * i + if i < 6 { 0 } else { 1_990 }, i as i32 % 4 % 3 - 1)).collect();
    let sparse: World = vec![("Ann Lee", "Trams", sparse)];
    for (figure, said) in figures(&sparse, Grain::Day, &in_all(ChartKind::Timeline)).iter().zip(apart) {
        assert!(notes(figure)[0].contains(said), "{:?}", notes(figure));
    }
}

#[test]
fn conflicts_are_called_conflicts_and_counted_once() {
    let workdir = written(&vec![("Ann Lee", "Trams", every(10, &[1, 1, 0, 1, 1, 0, 1, 1, 0, 1]))]);
    workdir.write("c/labels/you.csv", "statement_id,issue,position\r\ns0-0,trams,-2\r\n");
    let word = ["in conflict", "strittig", "en conflit", "суперечливих"];
    let not = ["Not drawn", "Nicht gezeichnet", "Non dessinées", "Не показано"];
    for kind in [ChartKind::Timeline, ChartKind::Months, ChartKind::Dumbbell, ChartKind::Shift, ChartKind::Coverage] {
        for (figure, (word, not)) in drawn(&workdir, days(), None, &in_all(kind)).iter().zip(word.iter().zip(not)) {
            let footer = plain(&figure.footer.join(" "));
            assert!(
                notes(figure)[0].contains(word) && !footer.contains(not),
                "{kind:?}: {:?}, {footer}",
                notes(figure)
            );
        }
    }
}

#[test]
fn a_title_says_no_more_than_could_be_found() {
    let cautious = ["could hide any", "könnten jede verbergen", "peuvent en cacher un", "могли приховати будь-який"];
    let one: World = vec![("Ann Lee", "Trams", few_days())];
    for (figure, said) in figures(&one, Grain::Day, &in_all(ChartKind::Timeline)).iter().zip(cautious) {
        assert!(plain(&figure.title).ends_with(said), "{}", figure.title);
    }
    let cautious = ["could hide any", "könnte jede verbergen", "peuvent en cacher un", "лишитися непоміченим"];
    let two: World = vec![("Ann Lee", "Trams", few_days()), ("Bo Ray", "Trams", few_days())];
    for (figure, said) in figures(&two, Grain::Day, &in_all(ChartKind::Shift)).iter().zip(cautious) {
        assert!(plain(&figure.title).ends_with(said), "{}", figure.title);
    }
}

#[test]
fn a_title_says_where_a_move_got_to() {
    let world: World = vec![("Ann Lee", "Trams", moved(40, -2, 1)), ("Bo Ray", "Trams", moved(40, -2, 1))];
    let said = [
        "Ann Lee and Bo Ray moved toward “Promote them”, as far as near “Allow them”",
        "in Richtung „Promote them“ bewegt, bis etwa „Allow them“",
        "en direction de « Promote them », jusque près de « Allow them »",
        "у бік «Promote them», аж до рівня приблизно «Allow them»",
    ];
    for (figure, said) in figures(&world, Grain::Day, &in_all(ChartKind::Shift)).iter().zip(said) {
        assert!(plain(&figure.title).contains(said), "{}", figure.title);
    }
    let world: World = vec![("Ann Lee", "Trams", moved(40, -2, 2)), ("Bo Ray", "Trams", moved(40, -2, 2))];
    let title = figures(&world, Grain::Day, &in_all(ChartKind::Shift)).remove(0).title;
    assert!(plain(&title).ends_with("moved as far as near “Promote them”"), "{title}");
}

#[test]
fn rows_that_have_no_room_are_said_once_and_in_one_unit() {
    let world: World = vec![("Ann Lee", "Trams", few_days()), ("Bo Ray", "Trams", every(40, &[1, 1, 0]))];
    for kind in [ChartKind::Shift, ChartKind::Dumbbell] {
        for figure in figures(&world, Grain::Month, &in_all(kind)) {
            let Body::Rows(chart) = &figure.body else { panic!("rows") };
            let more = plain(chart.more.last().expect("what is said of rows without room"));
            let words = ["table", "Tabelle", "tableau", "таблиці", "day", "Tage", "jour", "днів"];
            assert!(words.iter().all(|word| !more.contains(word)), "{kind:?}: {more}");
            let order = ["the most months", "meisten Monaten", "le plus de mois", "найбільше місяців"];
            let said = order.iter().map(|order| plain(&figure.subtitle).matches(order).count()).sum::<usize>();
            assert_eq!(said, 1, "{kind:?}: {}", figure.subtitle);
        }
    }
}

#[test]
fn a_card_marks_the_statement_that_it_quotes() {
    let world: World = vec![("Ann Lee", "Trams", moved(40, -2, 2))];
    let ringed = ["The ringed mark is", "Das umrandete Zeichen", "La marque cerclée", "Обведена позначка"];
    for (figure, said) in figures(&world, Grain::Day, &in_all(ChartKind::Card)).iter().zip(ringed) {
        let lead = figure.lead.as_ref().expect("a card has a quotation").mark;
        let Body::Timeline(timeline) = &figure.body else { panic!("a timeline") };
        assert_eq!(timeline.panels[0].lead, Some(lead));
        assert_eq!(timeline.panels[0].marks[lead].id, "s0-20", "the first after the shift");
        assert!(figure.subtitle.contains(said), "{}", figure.subtitle);
    }
}

#[test]
fn sections_that_are_too_thin_for_a_number_have_their_share_in_the_table() {
    let world: World = vec![("Ann Lee", "Trams", every(1, &[1, 1, 1, 2]))];
    let figure = figures(&world, Grain::Day, &in_all(ChartKind::Months)).remove(0);
    assert_eq!(figure.companion.header.last(), Some(&"share"));
    let shares: Vec<&str> = figure.companion.rows.iter().map(|row| row[4].as_str()).collect();
    assert_eq!(shares, ["0.750", "0.250"]);
}

/// What is known only by month is a bar, and a first look is called the first of several.
#[test]
fn what_is_new_shows_months_as_bars_and_says_that_looks_repeat() {
    let workdir = written(&vec![("Ann Lee", "Trams", every(40, &[1, 1, 0, 1]))]);
    let table = String::from_utf8(workdir.read("c/statements.csv")).unwrap();
    let rows = table.lines().enumerate().map(|(place, row)| match place {
        0 => format!("{row},date_precision"),
        1 => format!("{row},month"),
        _ => format!("{row},day"),
    });
    workdir.write("c/statements.csv", rows.collect::<Vec<_>>().join("\r\n") + "\r\n");
    let corpus = Corpus::load(&workdir.path().join("c")).unwrap();
    let decisions = corpus.label_by_rules(|| {});
    let until = "2023-04-01".parse().ok();
    let before = Ask { selection: Selection { to: until, ..Selection::default() }, ..days() };
    let before = Study::of(&corpus, &decisions, before, &|_, _| {});
    let after = Study::of(&corpus, &decisions, days(), &|_, _| {});
    let new = changes::between(&before, &after, 0.05);
    let looks = ["again and again", "immer wieder", "encore et encore", "знову й знову"];
    for (language, looks) in ChartLanguage::ALL.into_iter().zip(looks) {
        let locale = Locale::new(language);
        let view = View::new(&after, Selection::default(), &locale);
        let figure = news(&view, &new, true).unwrap();
        let items = &row_panels(&figure)[0].rows[0].items;
        let bars = items.iter().filter(|item| matches!(item.form, Form::LiftedBar(from, to, ..) if to - from == 27.0));
        assert_eq!((bars.count(), items.len()), (1, 4), "February is a bar of its days");
        assert!(figure.key.iter().any(|entry| matches!(entry, KeyEntry::Month(_))));
        assert!(figure.subtitle.contains(looks), "{}", figure.subtitle);
        assert!(!news(&view, &new, false).unwrap().subtitle.contains(looks));
    }
}
