//! The committed charts are what the program draws today, by the commands in charts/README.md. What charts say is not
//! more than is known, in every language.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use stance::chart::figure::{Body, Figure, Form, KeyEntry};
use stance::chart::kind::news::news;
use stance::chart::kind::view::View;
use stance::chart::locale::{ChartLanguage, Locale};
use stance::chart::picture::{ChartKind, OwnWords, Wanted, pictures};
use stance::corpus::{Corpus, Selection};
use stance::date::Grain;
use stance::study::{Ask, Relabel, Study, changes};

use crate::pictures::{World, drawn, every, figures, moved, plain, row_panels, steady, written};
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
        // An outlet holds no position.
        let begins = [
            "Statements by Ann Lee in Gazette",
            "Gazette (Äußerungen von Ann Lee dort)",
            "Gazette (déclarations de Ann Lee qui y ont paru)",
            "Ann Lee, висловлювання у Gazette",
        ];
        let only = ["are by Ann Lee.", "sind von Ann Lee.", "sont de Ann Lee.", "особі: Ann Lee."];
        for (figure, said) in
            drawn(&alone, days(), Some("source_publisher"), &in_all(kind)).iter().zip(begins.iter().zip(only))
        {
            assert!(plain(&figure.title).starts_with(said.0), "{kind:?}: {}", figure.title);
            assert!(figure.footer[0].contains("Gazette") && figure.footer[0].contains(said.1), "{:?}", figure.footer);
        }
        let begins = [
            "Statements in Gazette",
            "Gazette (Äußerungen dort)",
            "Gazette (déclarations qui y ont paru)",
            "Висловлювання у Gazette",
        ];
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
        "5 statements on 5 days; all coded by hand, by one person. 2 of them are not yet checked",
        "5 Äußerungen an 5 Tagen; alle von Hand eingestuft, von einer Person. Davon sind 2 noch nicht",
        "5 déclarations sur 5 jours ; toutes classées à la main, par une seule personne. 2 d’entre elles ne sont pas encore",
        "усі визначено вручну, однією особою. З них 2 ще не звірено",
    ];
    for (figure, said) in drawn(&workdir, ask, None, &in_all(ChartKind::Timeline)).iter().zip(counts) {
        assert!(plain(&figure.footer[0]).contains(said), "{:?}", figure.footer);
    }
}

#[test]
fn too_few_is_said_of_what_there_are_too_few() {
    let world: World = vec![("Ann Lee", "Trams", every(1, &[-2, -2, -1, -2, 1, 2, 1, 2, 1, 2]))];
    let titles = [
        "10 statements, all in one quarter, with no other to compare",
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
    let word = ["in conflict", "strittig", "en conflit", "1 суперечливе висловлювання"];
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

/// A subtitle of one's own on a picture of every speaker.
fn with_subtitle(kind: ChartKind) -> Vec<Wanted> {
    let words = OwnWords { subtitle: Some("Every mark is a quotation".to_owned()), ..OwnWords::default() };
    in_all(kind).into_iter().map(|wanted| Wanted { words: words.clone(), ..wanted }).collect()
}

fn cautions(figure: &Figure) -> String {
    let said = plain(&figure.caution.join(" "));
    // What is beside the title is beside the picture, and read to those who cannot see it.
    let table: Vec<String> =
        figure.method.rows.iter().filter(|row| row[0] == "caution").map(|row| plain(&row[1])).collect();
    assert_eq!(table.join(" "), said);
    assert!(plain(&figure.description).contains(&said), "{}", figure.description);
    said
}

#[test]
fn a_finding_that_often_fails_says_so_whatever_the_subtitle() {
    let workdir = written(&vec![("Ann Lee", "Trams", moved(60, -2, 2)), ("Bo Ray", "Trams", every(9, &[1, 0]))]);
    let differs = |place: usize| if place % 5 < 2 { 2 - 4 * i32::from(place > 29) } else { 0 };
    let rows = (0..60).filter(|place| differs(*place) != 0);
    let rows: String = rows.map(|place| format!("s0-{place},trams,{}\r\n", differs(place))).collect();
    workdir.write("c/labels/you.csv", format!("statement_id,issue,position\r\n{rows}"));
    let ask = || Ask { relabel: Relabel::Moved, ..days() };
    let said = ["this holds in ", "hält das in ", "cela tient dans ", "підтверджується у "];
    for kind in [ChartKind::Timeline, ChartKind::Speakers, ChartKind::Shift, ChartKind::Dumbbell, ChartKind::Months] {
        for (figure, said) in drawn(&workdir, ask(), None, &with_subtitle(kind)).iter().zip(said) {
            assert_eq!(figure.subtitle, "Every mark is a quotation");
            assert!(cautions(figure).contains(said), "{kind:?}: {:?}", figure.caution);
        }
    }
    // Of several, each has its figure.
    let figure = drawn(&workdir, ask(), None, &with_subtitle(ChartKind::Shift)).remove(0);
    assert!(cautions(&figure).contains(" runs for Ann Lee."), "{:?}", figure.caution);
}

#[test]
fn a_group_that_one_member_leads_says_so() {
    let mixed = written(&vec![("Ann Lee", "Trams", moved(60, -2, 2)), ("Bo Ray", "Trams", moved(20, -2, 2))]);
    let said = [
        "75 % of the statements are by Ann Lee, one of 2 speakers.",
        "75 % der Äußerungen sind von Ann Lee, einer von 2 Personen.",
        "75 % des déclarations sont de Ann Lee, une des 2 personnes.",
        "75 % висловлювань належать одній особі з 2: Ann Lee.",
    ];
    for kind in [ChartKind::Card, ChartKind::Shift] {
        let figures = drawn(&mixed, days(), Some("source_publisher"), &with_subtitle(kind));
        for (figure, said) in figures.iter().zip(said) {
            assert!(cautions(figure).contains(said), "{kind:?}: {:?}", figure.caution);
        }
    }
    let even = written(&vec![("Ann Lee", "Trams", moved(40, -2, 2)), ("Bo Ray", "Trams", moved(40, -2, 2))]);
    let figure = drawn(&even, days(), Some("source_publisher"), &with_subtitle(ChartKind::Shift)).remove(0);
    assert!(!cautions(&figure).contains("statements are by"), "{:?}", figure.caution);
}

#[test]
fn hardly_any_power_is_said_with_its_figure() {
    let said = |count: i32| {
        let positions: Vec<i32> = (0..count).map(|i| i * 7 % 5 - 2).collect();
        let world: World = vec![("Ann Lee", "Trams", every(9, &positions))];
        let words = OwnWords { subtitle: Some("Mine".to_owned()), ..OwnWords::default() };
        let wanted = Wanted { kinds: vec![ChartKind::Timeline], words, ..Wanted::default() };
        cautions(&figures(&world, Grain::Day, &[wanted]).remove(0))
    };
    let weak = (14..30).map(said).find(|said| said.contains("of 4 levels or more would have been found"));
    assert!(weak.is_some_and(|said| said.starts_with("Only a shift of ")));
    assert_eq!(said(200), "", "much was said");
}

#[test]
fn a_test_that_cannot_be_made_says_what_it_takes() {
    let world: World = vec![("Ann Lee", "Trams", every(10, &[1, 0, 1, 2, 1, 0, 1, 2, 1, 0, 1, 1]))];
    let said = [
        "2 quarters. Counted by week, there are enough.",
        "2 Quartale. Nach Wochen gezählt sind es genug.",
        "2 trimestres. Par semaine, il y en a assez.",
        "2 квартали. За тижнями їх досить.",
    ];
    for (figure, said) in figures(&world, Grain::Quarter, &with_subtitle(ChartKind::Timeline)).iter().zip(said) {
        assert!(cautions(figure).ends_with(said), "{:?}", figure.caution);
    }
    // One statement is no trend, however far off.
    let world: World = vec![("Ann Lee", "Trams", every(10, &[-2, -2, -1, 2]))];
    let figure = figures(&world, Grain::Day, &with_subtitle(ChartKind::Timeline)).remove(0);
    assert!(cautions(&figure).starts_with("The last level rests on a single statement"), "{:?}", figure.caution);
}

#[test]
fn a_dumbbell_shows_the_levels_of_its_verdict() {
    let world: World = vec![("Ann Lee", "Trams", moved(40, -2, 2)), ("Bo Ray", "Trams", steady())];
    let said = [
        "before −2.0 → after +1.8; moved",
        "davor −2,0 → danach +1,8; ",
        "avant −2,0 → après +1,8",
        "до −2,0 → після +1,8",
    ];
    for (figure, said) in figures(&world, Grain::Day, &in_all(ChartKind::Dumbbell)).iter().zip(said) {
        let rows = &row_panels(figure)[0].rows;
        assert!(plain(&rows[0].note).starts_with(said), "{}", rows[0].note);
        assert_eq!(figure.companion.rows[0][3..5], ["before and after the shift", "-2"]);
        assert_eq!(figure.companion.rows[1][3], "first and last third");
    }
    let figure = figures(&world, Grain::Day, &in_all(ChartKind::Dumbbell)).remove(0);
    assert!(figure.subtitle.contains("before and after it") && figure.subtitle.contains("In the other rows"));
}

#[test]
fn rows_that_are_left_out_are_said_in_every_kind() {
    let workdir = written(&vec![("Ann Lee", "Trams", moved(40, -2, 2)), ("Bo Ray", "Trams", moved(12, 1, 2))]);
    let table = String::from_utf8(workdir.read("c/statements.csv")).unwrap();
    let no = |place: usize| place > 0 && place <= 3;
    let rows = table.lines().enumerate().map(|(place, row)| match place {
        0 => format!("{row},verified"),
        _ => format!("{row},{}", if no(place) { "no" } else { "yes" }),
    });
    workdir.write("c/statements.csv", rows.collect::<Vec<_>>().join("\r\n") + "\r\n");
    let said = [
        "3 statements not yet checked against the source",
        "3 Äußerungen noch nicht mit der Quelle verglichen",
        "3 déclarations sans vérification à la source",
        "3 висловлювання без звірки з джерелом",
    ];
    let to = NaiveDate::from_ymd_opt(2023, 2, 25);
    for kind in ChartKind::ALL {
        for (figure, said) in drawn(&workdir, days(), None, &in_all(kind)).iter().zip(said) {
            assert!(plain(&figure.footer.join(" ")).contains(said), "{kind:?}: {:?}", figure.footer);
            let rows = &figure.method.rows;
            assert!(rows.contains(&vec!["left out, not verified yet".to_owned(), "3 statements".to_owned()]));
        }
        let ask = Ask { selection: Selection { to, ..Selection::default() }, ..days() };
        let figure = drawn(&workdir, ask, None, &in_all(kind)).remove(0);
        assert!(plain(&figure.footer.join(" ")).contains(" outside the dates."), "{kind:?}: {:?}", figure.footer);
    }
}

#[test]
fn statements_without_a_day_are_not_counted_with_the_days() {
    let workdir = written(&vec![("Ann Lee", "Trams", moved(40, -2, 2))]);
    let table = String::from_utf8(workdir.read("c/statements.csv")).unwrap();
    let rows = table.lines().enumerate().map(|(place, row)| match place {
        0 => format!("{row},date_precision"),
        1..6 => format!("{row},month"),
        _ => format!("{row},day"),
    });
    workdir.write("c/statements.csv", rows.collect::<Vec<_>>().join("\r\n") + "\r\n");
    let said = [
        "40 statements, 35 of them on 35 known days;",
        "40 Äußerungen, davon 35 an 35 bekannten Tagen;",
        "40 déclarations, dont 35 sur 35 jours connus ;",
        "40 висловлювань, з них 35 за 35 відомих днів;",
    ];
    for (figure, said) in drawn(&workdir, days(), None, &in_all(ChartKind::Timeline)).iter().zip(said) {
        assert!(plain(&figure.footer[0]).starts_with(said), "{:?}", figure.footer);
    }
    let figure = drawn(&workdir, days(), None, &in_all(ChartKind::Timeline)).remove(0);
    assert_eq!(notes(&figure)[0], "35 statements on 35 days; 5 more without an exact day");
    assert!(figure.footer[0].contains("Only those with a known day are tested."), "{:?}", figure.footer);
}

#[test]
fn coders_are_counted() {
    let workdir = written(&vec![("Ann Lee", "Trams", every(10, &[1, 1, 0, 1]))]);
    workdir.write("c/labels/you.csv", "statement_id,issue,position\r\ns0-0,trams,1\r\n");
    let said = ["by 2 coders", "von 2 Kodierern", "par 2 codeurs", "2 кодувальниками"];
    for (figure, said) in drawn(&workdir, days(), None, &in_all(ChartKind::Coverage)).iter().zip(said) {
        assert!(plain(&figure.footer[0]).contains(said), "{:?}", figure.footer);
    }
}

#[test]
fn counts_of_many_months_fit_by_longer_stretches() {
    let world: World = vec![("Ann Lee", "Trams", every(40, &[1; 60])), ("Ann Lee", "Fares", every(40, &[0; 60]))];
    for kind in [ChartKind::Months, ChartKind::Coverage] {
        let corpus = written(&world);
        let corpus = Corpus::load(&corpus.path().join("c")).unwrap();
        let decisions = corpus.label_by_rules(|| {});
        let study = Study::of(&corpus, &decisions, days(), &|_, _| {});
        let wanted = Wanted { kinds: vec![kind], ..Wanted::default() };
        let picture = pictures(&study, &wanted).unwrap().remove(0).unwrap();
        let rows = |figure: &Figure| row_panels(figure)[0].rows.len();
        assert_eq!(rows(&picture.figure), 27, "quarters");
        assert_eq!(picture.simpler.iter().map(rows).collect::<Vec<_>>(), [7], "years");
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
