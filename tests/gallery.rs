//! Pictures under stress: every figure here is drawn, and its SVG read back by a renderer that shapes text as a
//! browser does. No text leaves the picture or touches another, whatever is drawn.
//!
//! The pictures are left in `target/tmp/gallery`, to be looked at.

#![allow(clippy::disallowed_methods, reason = "made-up curves need not be the same on every platform")]

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use chrono::{Datelike, Days, NaiveDate};
use resvg::usvg::{Group, Node, Options, Rect, Tree};
use stance::chart::draw::face::Fonts;
use stance::chart::draw::style::Theme;
use stance::chart::figure::{
    Across, Body, Companion, CurvePoint, Figure, FigureEvent, FigureRow, Form, KeyEntry, LevelTick, Mark, MarkKind,
    Panel, Quote, RowChart, RowItem, RowPanel, Sharing, Span, Timeline, Tone,
};
use stance::chart::locale::{ChartLanguage, Locale};
use stance::chart::{self, LengthUnit, Size};

use crate::support::{Workdir, root};

fn day(after: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 2, 1).unwrap() + Days::new(after)
}

const WORDS: [&str; 11] = [
    "Totale Kapitulation unter allen Bedingungen",
    "Donaudampfschifffahrtsgesellschaftskapitän",
    "Повне відновлення суверенітету й територіальної цілісності",
    "Kısmi geri çekilme, İstanbul’da şartlı",
    "Zażółć gęślą jaźń",
    "Undecided",
    "Some",
    "",
    "Ermächtigungsgesetzgebungsverfahrensfehler",
    "No forced cession",
    "Full",
];

fn levels(count: usize) -> Vec<LevelTick> {
    let level = |i: usize| {
        let position = i as i32 - count as i32 / 2;
        // Of long scales, only the ends have words.
        let words = if count <= WORDS.len() || i == 0 || i + 1 == count { WORDS[i % WORDS.len()] } else { "" };
        LevelTick { position, number: Locale::new(ChartLanguage::En).position(position), words: words.to_owned() }
    };
    (0..count).map(level).collect()
}

/// A panel with so many marks: on days `apart`, or all on one.
fn panel(levels_count: usize, marks: usize, apart: u64) -> Panel {
    let levels = levels(levels_count);
    let kinds = [MarkKind::Hand, MarkKind::Rules, MarkKind::HandAgainstRules];
    let mark = |i: usize| {
        let from = day((i as u64 * i as u64 * 7 % 239) * apart);
        let by_month = i % 17 == 3 && apart > 0;
        Mark {
            id: format!("s{i}"),
            from,
            to: if by_month { from + Days::new(27) } else { from },
            by_month,
            position: levels[(i * 7 + i / 3) % levels_count].position,
            kind: kinds[i % 3],
            tooltip: format!("{i}. <script>alert('&')</script> ]]> “We will not.”"),
            link: format!("https://example.org/{i}?a=1&b=\"<2>\""),
        }
    };
    let marks: Vec<Mark> = (0..marks).map(mark).collect();
    let quote = |place: usize| Quote {
        mark: place,
        head: format!("No. {place}, 8 July 2025"),
        text: format!("“{}”", "We will not give up one inch, and nobody will make us do it. ".repeat(4).trim_end()),
        close: "”".to_owned(),
    };
    let point = |i: u64| {
        let mean = (levels_count as f64 - 1.0) * (0.5 + 0.4 * (i as f64 / 9.0).sin());
        CurvePoint { date: day(i * 5 * apart), mean, low: (mean - 0.4).max(0.0), high: mean }
    };
    Panel {
        title: "Sanctions on Russia".to_owned(),
        note: "shift of +1.2 levels between 8 July and 1 August 2025; 43 statements on 30 days".to_owned(),
        quotes: (0..marks.len().min(4)).map(quote).collect(),
        empty: marks.is_empty().then(|| "No statement with a position".to_owned()),
        curve: if marks.len() > 7 && apart > 0 { vec![(0..40).map(point).collect()] } else { Vec::new() },
        claim: if apart > 0 && levels_count > 2 { claim(apart) } else { Vec::new() },
        shifts: if apart > 0 { vec![Span { from: day(40), to: day(60) }] } else { Vec::new() },
        levels,
        marks,
    }
}

/// The means before and after a shift.
fn claim(apart: u64) -> Vec<[CurvePoint; 2]> {
    let point = |after: u64, mean: f64| CurvePoint { date: day(after * apart), mean, low: mean - 0.3, high: mean + 0.3 };
    vec![[point(0, 0.5), point(40, 0.5)], [point(60, 1.6), point(238, 1.6)]]
}

fn figure(body: Body) -> Figure {
    let locale = Locale::new(ChartLanguage::En);
    Figure {
        language: locale.tag(),
        calendar: locale.calendar(),
        title: "Volodymyr Zelensky moved toward Ukraine's stated aims on sanctions; too few statements on territory \
                to tell"
            .to_owned(),
        subtitle: "Every statement with a position is a mark, 1 February 2025 to 30 September 2025.".to_owned(),
        key: vec![
            KeyEntry::Mark(MarkKind::Hand, "labelled by coders".to_owned()),
            KeyEntry::Mark(MarkKind::Rules, "labelled by rules".to_owned()),
            KeyEntry::Month("only the month is known".to_owned()),
            KeyEntry::Span("within these days the position shifted (90 %)".to_owned()),
            KeyEntry::Curve("smoothed mean with a 90 % band; none where too little was collected".to_owned()),
        ],
        footer: vec!["n = 43 statements on 30 days. Source: an invented corpus (stress, 0123abcd).".to_owned()],
        description: "An invented picture.".to_owned(),
        companion: Companion::default(),
        curve: Companion::default(),
        method: Companion::default(),
            lead: None,
        body,
    }
}

fn timeline(panels: Vec<Panel>, days: u64, events: u64) -> Figure {
    let label = ["Alaska summit", "EU sanctions package", "Европейські лідери в Києві", "NATO summit, The Hague"];
    let event = |i: u64| FigureEvent { date: day(i * days / events.max(1)), label: label[i as usize % 4].to_owned() };
    let to = day(days);
    figure(Body::Timeline(Timeline { from: day(0), to, events: (0..events).map(event).collect(), panels }))
}

fn rows(count: usize, panels: usize, sharing: Sharing, across: &Across, forms: &[Form]) -> Figure {
    let names = ["Ursula von der Leyen", "Recep Tayyip Erdoğan", "Володимир Зеленський", "Donald Tusk, Łódź", "X"];
    let item = |form: &Form| RowItem { form: form.clone(), tone: Tone::Position(1), tooltip: "<&>".to_owned(), link: String::new() };
    let row = |i: usize| FigureRow {
        words: format!("{} {i}", names[i % names.len()]),
        note: "12; +1.0".to_owned(),
        items: if i % 4 == 3 { Vec::new() } else { forms.iter().map(item).collect() },
        weight: (i.is_multiple_of(7), i * 5 % 11),
    };
    let panel = RowPanel {
        title: "Aid to Ukraine".to_owned(),
        note: "43 statements by 20 speakers".to_owned(),
        across: across.clone(),
        positions: vec![-2, -1, 0, 1, 2],
        note_head: "statements, mean".to_owned(),
        rows: (0..count).map(row).collect(),
    };
    let more =
        (0..=count * panels).map(|left| format!("{left} more rows are in the table beside the picture")).collect();
    figure(Body::Rows(RowChart { panels: vec![panel; panels], sharing, more }))
}

/// Every case: a name, and what is drawn.
fn cases() -> Vec<(String, Figure)> {
    let mut cases = Vec::new();
    for marks in [0, 1, 2, 5, 60, 600] {
        cases.push((format!("{marks}-marks"), timeline(vec![panel(5, marks, 1)], 240, 6)));
    }
    cases.push(("one-day".to_owned(), timeline(vec![panel(5, 3, 0)], 0, 1)));
    cases.push(("all-ties-on-one-day".to_owned(), timeline(vec![panel(5, 60, 0)], 240, 4)));
    cases.push(("ten-years".to_owned(), timeline(vec![panel(5, 120, 15)], 3650, 14)));
    cases.push(("300-events".to_owned(), timeline(vec![panel(5, 40, 1)], 240, 300)));
    for issues in [3, 9] {
        cases.push((format!("{issues}-issues"), timeline(vec![panel(5, 30, 1); issues], 240, 8)));
    }
    for count in 2..=11 {
        cases.push((format!("{count}-levels"), timeline(vec![panel(count, 40, 1)], 240, 3)));
    }
    let mut right_to_left = timeline(vec![panel(3, 20, 1)], 240, 2);
    right_to_left.title = "שלום עולם: لا تحول دائم".to_owned();
    if let Body::Timeline(timeline) = &mut right_to_left.body {
        timeline.panels[0].levels[0].words = "العقوبات على روسيا".to_owned();
        timeline.panels[0].quotes[0].text = "“שלום עולם, \u{202e}reversed\u{202c}” \u{0}\u{8}".to_owned();
    }
    cases.push(("right-to-left".to_owned(), right_to_left));
    let at = |after: u64| f64::from(day(after).num_days_from_ce());
    let lifted: Vec<Form> =
        (0..30).map(|i| Form::Lifted(at(i * 8), (i % 5) as f64 / 2.0 - 1.0, MarkKind::Hand)).collect();
    let bars = [Form::Stretch(-12.0, -3.0, "9".to_owned()), Form::Stretch(-3.0, 40.0, "43".to_owned())];
    let across = Across::Days(day(0), day(241));
    cases.push(("20-speakers".to_owned(), rows(20, 3, Sharing::SameOrNone, &across, &lifted)));
    cases.push(("60-speakers".to_owned(), rows(60, 1, Sharing::SameOrNone, &across, &lifted)));
    cases.push(("months".to_owned(), rows(12, 4, Sharing::Same, &Across::Counts, &bars)));
    for count in [2, 5, 11, 101] {
        let across = Across::Levels(levels(count));
        let high = (count - 1) as f64;
        let at = 0.8 * high;
        let arrows =
            [Form::Range(0.1 * high, 0.5 * high), Form::Arrow(0.25 * high, at), Form::Dot(at, MarkKind::Rules)];
        cases.push((format!("shift-{count}-levels"), rows(9, 2, Sharing::Own, &across, &arrows)));
    }
    cases
}

/// The sizes in which every case is drawn: a page, a telephone, the narrowest there is, a slide.
const SIZES: [(&str, Size); 4] = [
    ("page", Size { width: 1200.0, height: None }),
    ("phone", Size { width: 360.0, height: None }),
    ("narrow", Size { width: 320.0, height: None }),
    ("slide", Size { width: 1280.0, height: Some(720.0) }),
];

fn read(svg: &str, fonts: &Fonts) -> Tree {
    let options = Options { fontdb: fonts.database(), font_family: "Inter".to_owned(), ..Options::default() };
    Tree::from_str(svg, &options).expect("the SVG is well formed")
}

/// The texts of a document with the boxes of their letters, as they are shaped.
fn texts(group: &Group, found: &mut Vec<(String, Rect)>) {
    for node in group.children() {
        match node {
            Node::Group(inner) => texts(inner, found),
            Node::Text(text) => {
                let words: String = text.chunks().iter().map(|chunk| chunk.text()).collect();
                let ink = text.flattened().abs_bounding_box();
                if ink.width() > 0.0 {
                    found.push((words, ink));
                }
            }
            Node::Path(_) | Node::Image(_) => {}
        }
    }
}

/// The boxes of all curved outlines: marks, and rings around them.
fn dots(group: &Group, found: &mut Vec<Rect>) {
    for node in group.children() {
        match node {
            Node::Group(inner) => dots(inner, found),
            Node::Path(path) => found.push(path.abs_stroke_bounding_box()),
            Node::Text(_) | Node::Image(_) => {}
        }
    }
}

/// What cannot be drawn, since it is too low for what is in it.
const REFUSED: [&str; 1] = ["9-issues-slide"];

#[test]
fn no_text_leaves_a_picture_or_touches_another() {
    let fonts = Fonts::embedded();
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("gallery");
    fs::create_dir_all(&folder).unwrap();
    let (mut drawn, mut refused) = (0, Vec::new());
    for (name, figure) in cases() {
        for (size_name, size) in SIZES {
            let picture = match chart::svg(&figure, size, LengthUnit::Pixels, Theme::Light, &fonts) {
                Ok(picture) => picture,
                Err(error) => {
                    assert!(error.to_string().contains("is too low"), "{name}, {size_name}: {error}");
                    refused.push(format!("{name}-{size_name}"));
                    continue;
                }
            };
            drawn += 1;
            fs::write(folder.join(format!("{name}-{size_name}.svg")), &picture.svg).unwrap();
            let tree = read(&picture.svg, &fonts);
            let (wide, high) = (tree.size().width(), tree.size().height());
            let mut found = Vec::new();
            texts(tree.root(), &mut found);
            assert!(found.len() > 5, "{name} has its words");
            let known: String = figure.texts().concat();
            let set = |c: &char| "0123456789+−-…; \u{fffd}".contains(*c) || stance::chart::direction::is_mark(*c) || known.contains(*c);
            let mut circles = Vec::new();
            dots(tree.root(), &mut circles);
            for a in circles {
                let inside = a.left() >= 0.0 && a.top() >= 0.0 && a.right() <= wide && a.bottom() <= high;
                assert!(inside, "{name}, {size_name}: a mark leaves the picture: {a:?}");
            }
            for (i, (words, a)) in found.iter().enumerate() {
                assert!(words.chars().all(|c| set(&c)), "{name}: `{words}` is in none of its texts");
                let inside = a.left() >= 0.0 && a.top() >= 0.0 && a.right() <= wide && a.bottom() <= high;
                assert!(inside, "{name}, {size_name}: `{words}` leaves the picture: {a:?}");
                for (other, b) in &found[..i] {
                    let apart = a.left() >= b.right()
                        || b.left() >= a.right()
                        || a.top() >= b.bottom()
                        || b.top() >= a.bottom();
                    assert!(apart, "{name}, {size_name}: `{words}` {a:?} touches `{other}` {b:?}");
                }
            }
            for forbidden in ["<script", "]]>", "\u{0}", "\u{8}"] {
                assert!(!picture.svg.contains(forbidden), "{name}: {forbidden:?} is in the SVG");
            }
            let smallest = picture.svg.split("font-size=\"").skip(1).filter_map(|rest| rest.split('"').next());
            assert!(smallest.map(|size| size.parse::<f64>().unwrap()).all(|size| size >= 11.0), "{name}: small type");
        }
    }
    assert_eq!(refused, REFUSED);
    assert!(drawn > 60, "{drawn}");
}

#[test]
fn twenty_thousand_marks_are_drawn_with_all_their_words() {
    let figure = timeline(vec![panel(5, 20_000, 1)], 240, 6);
    let size = Size { width: 1200.0, height: None };
    let picture = chart::svg(&figure, size, LengthUnit::Pixels, Theme::Dark, &Fonts::embedded()).unwrap();
    assert_eq!(picture.svg.matches("“We will not.”</title>").count(), 20_000);
}

#[test]
fn a_telephone_shows_as_many_of_a_thousand_events_as_have_room() {
    let figure = timeline(vec![panel(5, 40, 1)], 240, 1000);
    for height in [None, Some(900.0)] {
        let size = Size { width: 360.0, height };
        let picture = chart::svg(&figure, size, LengthUnit::Pixels, Theme::Light, &Fonts::embedded()).unwrap();
        let events = picture.left_out.iter().find_map(|left| match left {
            chart::LeftOut::Events(count) => Some(*count),
            _ => None,
        });
        assert!(events.is_some_and(|count| count > 900), "{height:?}: {:?}", picture.left_out);
    }
}

#[test]
fn millimetres_give_the_same_picture_in_another_unit() {
    let figure = timeline(vec![panel(5, 20, 1)], 240, 2);
    let draw = |unit| {
        let size = Size { width: 180.0 * chart::MILLIMETRE, height: None };
        chart::svg(&figure, size, unit, Theme::Light, &Fonts::embedded()).unwrap().svg
    };
    let (pixels, millimetres) = (draw(LengthUnit::Pixels), draw(LengthUnit::Millimetres));
    assert!(millimetres.starts_with("<svg") && millimetres.contains("width=\"180.00mm\""));
    assert_eq!(pixels.split_once("viewBox").unwrap().1, millimetres.split_once("viewBox").unwrap().1);
}

#[test]
fn a_font_that_is_added_gives_its_letters() {
    // Inter again, under a name that the fallback has to find: what matters is that it is listed and measured.
    let mut fonts = Fonts::embedded();
    fonts.add("again.otf", fs::read(root().join("src/chart/fonts/Inter-Regular.otf")).unwrap()).unwrap();
    let figure = timeline(vec![panel(5, 5, 1)], 240, 2);
    let size = Size { width: 800.0, height: None };
    let svg = chart::svg(&figure, size, LengthUnit::Pixels, Theme::Light, &fonts).unwrap().svg;
    assert!(svg.contains("font-family=\"Inter, 'Inter'"), "{}", &svg[..400]);
}

#[test]
fn bytes_depend_on_no_run_and_no_number_of_threads() {
    let data = root().join("data/ukraine-2025");
    let draw = |threads: &str| {
        let workdir = Workdir::new();
        let args = ["chart", "--corpus", data.to_str().unwrap(), "--out", ".", "--scale", "1"];
        let status = workdir.command(&args).env("RAYON_NUM_THREADS", threads).output().unwrap().status;
        assert!(status.success());
        let mut files: Vec<PathBuf> = fs::read_dir(workdir.path()).unwrap().flatten().map(|file| file.path()).collect();
        files.sort();
        files
            .into_iter()
            .map(|path| (path.file_name().unwrap().to_owned(), fs::read(path).unwrap()))
            .collect::<Vec<_>>()
    };
    let first = draw("1");
    assert_eq!(first.len(), 16);
    assert!(first == draw("4"), "other bytes with another number of threads");
}

/// The grey values of a PNG, averaged over squares of `side` pixels.
fn squares(bytes: &[u8], side: usize) -> (usize, Vec<f64>) {
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().expect("a PNG");
    let mut buffer = vec![0; reader.output_buffer_size().expect("a size")];
    let info = reader.next_frame(&mut buffer).expect("pixels");
    let (wide, high) = (info.width as usize, info.height as usize);
    let channels = info.line_size / wide;
    let grey = |x: usize, y: usize| {
        let at = y * info.line_size + x * channels;
        f64::from(buffer[at]) + f64::from(buffer[at + 1]) + f64::from(buffer[at + 2])
    };
    let columns = wide / side;
    let mean = |square: usize| {
        let (left, top) = (square % columns * side, square / columns * side);
        let sum: f64 =
            (top..top + side).flat_map(|y| (left..left + side).map(move |x| (x, y))).map(|(x, y)| grey(x, y)).sum();
        sum / (3 * side * side) as f64
    };
    (columns, (0..columns * (high / side)).map(mean).collect())
}

/// A browser shows the SVG as the PNG does. It shapes and smooths letters a little differently, so squares of
/// eight pixels are compared.
#[test]
#[ignore = "needs Chromium and the font Inter; .ci/run installs both and runs it"]
fn a_browser_shows_what_the_png_shows() {
    let workdir = Workdir::new();
    let data = root().join("data/ukraine-2025");
    let args = ["chart", "--corpus", data.to_str().unwrap(), "--out", ".", "--scale", "1"];
    for text in ["text", "outlines"] {
        let run = workdir.run(&[&args[..], &["--text", text]].concat());
        assert_eq!(run.code, 0, "{}", run.stderr);
        for name in ["timeline-donald-trump", "months-donald-trump", "coverage-donald-trump", "speakers", "shift"] {
            let png = workdir.read(&format!("{name}.png"));
            let info = png::Decoder::new(std::io::Cursor::new(&png)).read_info().unwrap();
            let (wide, high) = (info.info().width, info.info().height);
            let seen = workdir.path().join("seen.png");
            let status = Command::new("chromium")
                .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
                .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
                .args(["--hide-scrollbars", "--force-device-scale-factor=1"])
                .arg(format!("--user-data-dir={}", workdir.path().join("profile").display()))
                .arg(format!("--screenshot={}", seen.display()))
                .arg(format!("--window-size={wide},{high}"))
                .arg(format!("file://{}", workdir.path().join(format!("{name}.svg")).display()))
                .output()
                .expect("Chromium runs")
                .status;
            assert!(status.success(), "{name}");
            let (columns, ours) = squares(&png, 8);
            let (other_columns, theirs) = squares(&fs::read(&seen).unwrap(), 8);
            assert_eq!((columns, ours.len()), (other_columns, theirs.len()), "{name}: another size");
            let apart: Vec<f64> = ours.iter().zip(&theirs).map(|(a, b)| (a - b).abs()).collect();
            let mean = apart.iter().sum::<f64>() / apart.len() as f64;
            let far = apart.iter().filter(|apart| **apart > 48.0).count() as f64 / apart.len() as f64;
            assert!(mean < 1.5 && far < 0.002, "{name} as {text}: mean {mean:.2}, {:.3} % far", 100.0 * far);
        }
    }
}
