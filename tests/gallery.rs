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
            stands_for: 1,
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
        lead: None,
    }
}

/// The means before and after a shift.
fn claim(apart: u64) -> Vec<[CurvePoint; 2]> {
    let point =
        |after: u64, mean: f64| CurvePoint { date: day(after * apart), mean, low: mean - 0.3, high: mean + 0.3 };
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
        caution: Vec::new(),
        subtitle: "Every statement with a position is a mark, 1 February 2025 to 30 September 2025.".to_owned(),
        key: vec![
            KeyEntry::Mark(MarkKind::Hand, "labelled by coders".to_owned()),
            KeyEntry::Mark(MarkKind::Rules, "labelled by rules".to_owned()),
            KeyEntry::Month("the exact day is not known".to_owned()),
            KeyEntry::Span("within these days the position shifted (90 %)".to_owned()),
            KeyEntry::Curve("smoothed mean with a 90 % band; none where too little was collected".to_owned()),
        ],
        footer: vec!["43 statements on 30 days. Source: an invented corpus (stress, 0123abcd).".to_owned()],
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
    let item = |form: &Form| RowItem::plain(form.clone(), Tone::Position(1), "<&>".to_owned());
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
            let tree = read(&stance::chart::direction::for_renderer(&picture.svg), &fonts);
            let (wide, high) = (tree.size().width(), tree.size().height());
            let mut found = Vec::new();
            texts(tree.root(), &mut found);
            assert!(found.len() > 5, "{name} has its words");
            let known: String = figure.texts().concat();
            let set = |c: &char| {
                "0123456789+−-…; \u{a0}\u{fffd}".contains(*c)
                    || stance::chart::direction::is_mark(*c)
                    || known.contains(*c)
            };
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

/// A made-up corpus, in which positions of some speakers move.
struct Made {
    name: &'static str,
    statements: usize,
    speakers: usize,
    issues: usize,
    levels: usize,
    /// The days from the first statement to the last, at most.
    days: u64,
    /// The words of speakers, levels and statements.
    script: Script,
}

/// The letters of a corpus.
#[derive(Clone, Copy, PartialEq)]
enum Script {
    Latin,
    Ukrainian,
    Greek,
    Arabic,
    Hebrew,
    Chinese,
}

impl Script {
    /// A name, a level and a statement.
    fn words(self) -> [&'static str; 3] {
        match self {
            Script::Latin => {
                ["Ann Example", "In favour, with conditions", "We will look at every option before the vote."]
            }
            Script::Ukrainian => ["Олена Приклад", "За, з умовами", "Ми розглянемо кожну можливість до голосування."],
            Script::Greek => ["Ελένη Παράδειγμα", "Υπέρ, με όρους", "Θα εξετάσουμε κάθε επιλογή πριν την ψηφοφορία."],
            Script::Arabic => ["مثال أحمد (MP 15)", "مع الخطة ABC-15 بشروط", "سننظر في كل خيار قبل التصويت في 2025."],
            Script::Hebrew => ["דנה דוגמה (MK 15)", "בעד תוכנית ABC-15 בתנאים", "נבחן כל אפשרות לפני ההצבעה ב-2025."],
            Script::Chinese => ["示例安", "有条件地赞成", "我们将在投票前研究每一个方案。"],
        }
    }
}

const MADE: [Made; 18] = [
    made("3-statements", 3, 1, 1, 5, 200),
    made("6-statements", 6, 1, 1, 5, 270),
    made("40-statements", 40, 1, 2, 5, 270),
    made("40-by-5", 40, 5, 1, 5, 270),
    made("200-statements", 200, 2, 1, 5, 240),
    made("2000-statements", 2000, 12, 6, 5, 240),
    made("60-speakers", 600, 60, 1, 5, 240),
    made("2-levels", 60, 1, 1, 2, 240),
    made("7-levels", 60, 2, 1, 7, 240),
    made("11-levels", 60, 2, 1, 11, 240),
    made("one-day", 3, 1, 1, 5, 1),
    made("nine-weeks", 40, 1, 1, 5, 63),
    made("nine-years", 60, 2, 1, 5, 3285),
    Made { script: Script::Ukrainian, ..made("ukrainian", 40, 2, 1, 5, 240) },
    Made { script: Script::Greek, ..made("greek", 40, 2, 1, 5, 240) },
    Made { script: Script::Arabic, ..made("arabic", 40, 2, 1, 5, 240) },
    Made { script: Script::Hebrew, ..made("hebrew", 40, 2, 1, 5, 240) },
    Made { script: Script::Chinese, ..made("chinese", 40, 2, 1, 5, 240) },
];

const fn made(name: &'static str, statements: usize, speakers: usize, issues: usize, levels: usize, days: u64) -> Made {
    Made { name, statements, speakers, issues, levels, days, script: Script::Latin }
}

impl Made {
    /// Writes the corpus into a folder.
    fn write(&self, workdir: &Workdir) {
        let [name, level, text] = self.script.words();
        let low = -(self.levels as i32 / 2);
        let mut codebook = "title = \"A made-up corpus\"\nlow = \"against\"\nhigh = \"for\"\n".to_owned();
        for issue in 0..self.issues {
            codebook += &format!("[[issue]]\nid = \"i{issue}\"\nname = \"Rents {issue}\"\nquestion = \"?\"\n");
            for rank in 0..self.levels as i32 {
                let position = low + rank;
                codebook += &format!(
                    "[[issue.level]]\nposition = {position}\nwords = \"{level} {rank}\"\ndefinition = \"d\"\n"
                );
            }
        }
        let mut statements = "id,date,speaker,text,source_publisher,source_url\r\n".to_owned();
        let mut labels = "statement_id,issue,position\r\n".to_owned();
        for i in 0..self.statements {
            let after = (i as u64).wrapping_mul(2_654_435_761) % self.days;
            let (speaker, issue) = (i % self.speakers, i / self.speakers % self.issues);
            // Every third speaker moves up in the middle.
            let moved = if speaker.is_multiple_of(3) && after * 2 > self.days { self.levels / 2 } else { 0 };
            let position = low + ((i * 7 / 3) % self.levels.div_ceil(2) + moved).min(self.levels - 1) as i32;
            let (date, who) = (day(after), if speaker == 0 { name.to_owned() } else { format!("{name} {speaker}") });
            let (publisher, url) = (["Gazette", "Courier"][i % 2], format!("https://example.org/{i}"));
            statements += &format!("s{i},{date},{who},\"{text}\",{publisher},{url}\r\n");
            labels += &format!("s{i},i{issue},{position}\r\n");
        }
        workdir.write("c/codebook.toml", codebook);
        workdir.write("c/statements.csv", statements);
        workdir.write("c/labels/me.csv", labels);
    }
}

/// Checks that no text of a picture leaves it or touches another.
fn check_texts(name: &str, svg: &str, fonts: &Fonts) {
    let tree = read(&stance::chart::direction::for_renderer(svg), fonts);
    let (wide, high) = (tree.size().width(), tree.size().height());
    let mut found = Vec::new();
    texts(tree.root(), &mut found);
    assert!(found.len() > 3, "{name} has its words");
    for (i, (words, a)) in found.iter().enumerate() {
        let inside = a.left() >= 0.0 && a.top() >= 0.0 && a.right() <= wide && a.bottom() <= high;
        assert!(inside, "{name}: `{words}` leaves the picture: {a:?}");
        for (other, b) in &found[..i] {
            let apart =
                a.left() >= b.right() || b.left() >= a.right() || a.top() >= b.bottom() || b.top() >= a.bottom();
            assert!(apart, "{name}: `{words}` {a:?} touches `{other}` {b:?}");
        }
    }
}

/// The title of a document.
fn title_of(svg: &str) -> String {
    let title = svg.split_once("<title id=").and_then(|(_, rest)| rest.split_once("</title>"));
    title.and_then(|(title, _)| title.split_once('>')).map_or(String::new(), |(_, title)| title.to_owned())
}

/// Every kind, from made-up corpora of every size, through the program. The pictures and a page that shows them all
/// are left in `target/tmp/gallery`: open `index.html`, or draw it again with
/// `cargo nextest run made_up_corpora`.
#[test]
fn made_up_corpora_are_drawn_in_every_kind_preset_theme_and_language() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("gallery");
    fs::create_dir_all(&folder).unwrap();
    let mut sheet = "<!doctype html><meta charset=\"utf-8\"><title>Gallery</title>\n\
                     <style>img{width:31%;margin:.5%;vertical-align:top;border:1px solid #ccc}</style>\n"
        .to_owned();
    let presets = ["article", "phone", "social", "slide", "print"];
    let (themes, languages) = (["light", "dark"], ["en", "de", "fr", "uk"]);
    let fonts = Fonts::embedded();
    let mut drawn = 0;
    for (place, made) in MADE.iter().enumerate() {
        let workdir = Workdir::new();
        made.write(&workdir);
        // Each corpus in a preset, theme and language of its own; sizes that fit nothing are said and left.
        let (preset, theme, language) = (presets[place % 5], themes[place % 2], languages[place % 4]);
        let kinds = ["timeline", "months", "coverage", "speakers", "shift", "dumbbell", "card"];
        let run = workdir.run(
            &[
                &["chart"][..],
                &kinds,
                &["--corpus", "c", "--out", "o", "--format", "svg", "--preset", preset, "--theme", theme],
                &["--locale", language, "--embed"],
            ]
            .concat(),
        );
        assert!(run.code == 0 || run.stderr.contains("is too low"), "{}: {}", made.name, run.stderr);
        assert!(run.code < 2, "{}: {}", made.name, run.stderr);
        for path in run.stdout.lines().filter(|path| path.ends_with(".svg")) {
            let svg = String::from_utf8(workdir.read(path)).unwrap();
            let name = format!("{}-{}", made.name, path.rsplit('/').next().unwrap());
            // Letters that no font has are boxes of another size.
            if !matches!(made.script, Script::Arabic | Script::Hebrew | Script::Chinese) {
                check_texts(&name, &svg, &fonts);
            }
            let title = title_of(&svg);
            assert!(!title.contains("toward for") && !title.contains("title-"), "{name}: {title}");
            assert!(svg.contains(&format!("xml:lang=\"{language}\"")));
            fs::write(folder.join(&name), &svg).unwrap();
            sheet += &format!("<img src=\"{name}\" alt=\"{name}\">\n");
            let fragment = String::from_utf8(workdir.read(&path.replace(".svg", ".html"))).unwrap();
            assert!(fragment.starts_with("<figure class=\"stance-chart\"") && fragment.ends_with("</figure>\n"));
            drawn += 1;
        }
    }
    fs::write(folder.join("index.html"), sheet).unwrap();
    assert!(drawn > 80, "{drawn}");
}

/// Titles say what was found in whole sentences, whatever words the codebook has, and with its phrases if it has any.
#[test]
fn titles_are_whole_sentences_in_every_language() {
    let workdir = Workdir::new();
    let levels = [(-2, "Strongly against"), (-1, "Against"), (0, "Undecided"), (1, "In favour")];
    let corpus = |name: &str, phrases: &str, positions: &[(u64, i32)]| {
        let mut codebook = "title = \"t\"\nlow = \"against\"\nhigh = \"for\"\n[[issue]]\nid = \"rents\"\nname = \
                            \"Rents\"\nquestion = \"?\"\n"
            .to_owned();
        codebook += phrases;
        for (position, words) in levels {
            codebook += &format!("[[issue.level]]\nposition = {position}\nwords = \"{words}\"\ndefinition = \"d\"\n");
        }
        let mut statements = "id,date,speaker,text\r\n".to_owned();
        let mut labels = "statement_id,issue,position\r\n".to_owned();
        for (i, (after, position)) in positions.iter().enumerate() {
            statements += &format!("s{i},{},Tom Ashworth,We will see.\r\n", day(*after));
            labels += &format!("s{i},rents,{position}\r\n");
        }
        workdir.write(&format!("{name}/codebook.toml"), codebook);
        workdir.write(&format!("{name}/statements.csv"), statements);
        workdir.write(&format!("{name}/labels/me.csv"), labels);
    };
    let phrases = "[issue.phrases.en]\nabout = \"rents\"\nhigher = \"moved toward a rent cap\"\n";
    let six = [(0, -2), (40, -2), (90, -1), (170, 0), (210, 1), (270, 1)];
    let moved: Vec<(u64, i32)> =
        (0..40).map(|i| (i * 6, if i < 20 { -2 } else { 1 - i32::from(i % 5 == 0) })).collect();
    let drift: Vec<(u64, i32)> = (0..60).map(|i| (i * 4, (i as i32 / 15) - 2)).collect();
    let steady: Vec<(u64, i32)> = (0..40).map(|i| (i * 6, i as i32 * 7 % 3 - 1)).collect();
    let back: Vec<(u64, i32)> = (0..60).map(|i| (i * 4, if (20..40).contains(&i) { 1 } else { -2 })).collect();
    let last: Vec<(u64, i32)> = (0..30).map(|i| (i * 6, if i == 29 { 1 } else { -2 + i as i32 % 2 })).collect();
    corpus("few", "", &six);
    corpus("one", "", &six[..1]);
    corpus("moved", "", &moved);
    corpus("phrases", phrases, &moved);
    corpus("drift", "", &drift);
    corpus("steady", phrases, &steady);
    corpus("back", "", &back);
    corpus("last", "", &last);
    let title = |name: &str, language: &str| {
        let args = ["chart", "timeline", "--corpus", name, "--out", "o", "--format", "svg", "--locale", language];
        let run = workdir.run(&args);
        assert_eq!(run.code, 0, "{name}: {}", run.stderr);
        let svg = String::from_utf8(workdir.read("o/timeline-tom-ashworth.svg")).unwrap();
        // No line ends between a day and its month.
        title_of(&svg).replace('\u{a0}', " ")
    };
    let few = "Tom Ashworth on “Rents”: from “Strongly against” on 1 February to “In favour” on 29 October 2025; 6 \
               statements on 6 days, too few to test";
    assert_eq!(title("few", "en"), few);
    assert_eq!(
        title("one", "en"),
        "Tom Ashworth on “Rents”: “Strongly against” on 1 February 2025; one statement, too few to test"
    );
    let begins = |name: &str, with: &str| {
        let title = title(name, "en");
        assert!(title.starts_with(with), "{title}");
    };
    begins("moved", "Tom Ashworth moved on “Rents”: from near “Strongly against” to near “In favour”, between ");
    begins(
        "phrases",
        "Tom Ashworth moved toward a rent cap: from near “Strongly against” to near “In favour”, between ",
    );
    begins("steady", "Tom Ashworth on rents: no lasting shift found in 40 statements on 40 days");
    begins("back", "Tom Ashworth moved on “Rents” and came back: from near “Strongly against” to near “In favour”, ");
    begins(
        "last",
        "Tom Ashworth on “Rents”: no lasting shift found, but the latest is “In favour” on 25 July 2025 (no trend yet), \
         after an average near “Strongly against” or “Against”",
    );
    for name in ["few", "one", "moved", "phrases", "drift", "steady", "back", "last"] {
        for language in ["en", "de", "fr", "uk"] {
            let title = title(name, language);
            let fixed = title.replace("Tom Ashworth", "");
            // A message that is missing would be said by its id, and a value by its name.
            assert!(!title.contains("title-") && !title.contains("found-") && !title.contains("few-"), "{title}");
            assert!(!title.contains(['{', '$', '}']) && !title.contains("  "), "{title}");
            // Phrases are only said in their own language, and the words for the ends of all scales never.
            assert!(language == "en" || !title.contains("rent cap"), "{title}");
            assert!(!fixed.contains("toward for") && !fixed.contains("toward against"), "{title}");
        }
    }
}

/// Right-to-left words have their direction in the SVG, and pixels show what a browser would.
#[test]
fn right_to_left_words_have_their_direction() {
    let workdir = Workdir::new();
    MADE.iter().find(|made| made.name == "hebrew").unwrap().write(&workdir);
    let run = workdir.run(&["chart", "timeline", "--corpus", "c", "--out", "o", "--format", "svg"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let path = run.stdout.lines().find(|path| path.ends_with(".svg")).unwrap();
    let svg = String::from_utf8(workdir.read(path)).unwrap();
    let level = svg.lines().find(|line| line.starts_with("<text") && line.contains("בעד תוכנית")).unwrap();
    assert!(level.contains("direction=\"rtl\" unicode-bidi=\"embed\""), "{level}");
    // The words beside the axis end at it: their right end, which is where they begin.
    assert!(!level.contains("text-anchor"), "{level}");
    let title = svg.lines().find(|line| line.contains("font-weight=\"600\"")).unwrap();
    assert!(title.contains('\u{2068}') && !title.contains("direction"), "{title}");
}

/// Marks lead to their sources, and what is no address on the web is no link.
#[test]
fn marks_lead_to_their_sources() {
    let workdir = Workdir::new();
    made("links", 6, 1, 1, 5, 270).write(&workdir);
    let statements = String::from_utf8(workdir.read("c/statements.csv")).unwrap();
    workdir.write("c/statements.csv", statements.replace("https://example.org/3", "javascript:alert(1)"));
    let run = workdir.run(&["chart", "timeline", "--corpus", "c", "--out", "o", "--format", "svg", "--embed"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let svg = String::from_utf8(workdir.read("o/timeline-ann-example.svg")).unwrap();
    assert_eq!(svg.matches("<a href=\"https://example.org/").count(), 5);
    assert!(svg.contains("<a href=\"https://example.org/0\"><title>") && svg.contains("We will look at every option"));
    let fragment = String::from_utf8(workdir.read("o/timeline-ann-example.html")).unwrap();
    assert_eq!(fragment.matches("<td><a href=\"https://example.org/").count(), 5);
    assert!(!svg.contains("javascript") && !fragment.contains("javascript"));
    assert!(fragment.contains("<figcaption>") && fragment.contains("max-width:100%"));
    // Drawn again, it replaces what it wrote itself, and nothing else.
    let again = ["chart", "timeline", "--corpus", "c", "--out", "o", "--format", "svg", "--embed"];
    assert_eq!(workdir.run(&again).code, 0);
    workdir.write("o/timeline-ann-example.html", "<figure>mine</figure>\n");
    let refused = workdir.run(&again);
    assert_eq!(refused.code, 2, "{}", refused.stderr);
}

/// A picture that cannot be drawn is named, and the others are drawn.
#[test]
fn one_picture_that_does_not_fit_does_not_cancel_the_others() {
    let workdir = Workdir::new();
    made("many", 60, 1, 1, 11, 240).write(&workdir);
    let sized = ["--width", "400", "--height", "560", "--out", "o", "--corpus", "c", "--format", "svg"];
    let run = workdir.run(&[&["chart", "timeline", "shift"][..], &sized].concat());
    assert_eq!(run.code, 1, "{} {}", run.stdout, run.stderr);
    assert!(run.stderr.contains("timeline-ann-example:") && run.stderr.contains("is too low"), "{}", run.stderr);
    assert!(run.stdout.contains("o/shift.svg"), "{}", run.stdout);
}

/// Issues that do not fit into one picture are drawn one by one.
#[test]
fn issues_that_do_not_fit_into_one_picture_are_drawn_one_by_one() {
    let workdir = Workdir::new();
    made("six", 240, 1, 6, 5, 240).write(&workdir);
    let args = ["chart", "timeline", "--corpus", "c", "--out", "o", "--format", "svg", "--preset", "slide"];
    let run = workdir.run(&args);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.contains("one picture for each issue"), "{}", run.stderr);
    for issue in 0..6 {
        let path = format!("o/timeline-ann-example_on_i{issue}.svg");
        assert!(run.stdout.contains(&path), "{}", run.stdout);
        let svg = String::from_utf8(workdir.read(&path)).unwrap();
        assert!(svg.contains("width=\"1280\" height=\"720\"") && title_of(&svg).contains(&format!("Rents {issue}")));
    }
}

/// Numbers of a scale without negative levels have no sign, in any picture or table of words.
#[test]
fn only_scales_with_negative_levels_have_signs() {
    let workdir = Workdir::new();
    made("marks", 60, 2, 1, 5, 240).write(&workdir);
    let shifted = |path: &str, by: &dyn Fn(&str) -> String| {
        let text = String::from_utf8(workdir.read(path)).unwrap();
        workdir.write(path, text.split_inclusive('\n').map(by).collect::<String>());
    };
    let up =
        |line: &str, at: &str| match line.rsplit_once(at).map(|(head, number)| (head, number.trim().parse::<i32>())) {
            Some((head, Ok(number))) => format!("{head}{at}{}\n", number + 3),
            _ => line.to_owned(),
        };
    shifted("c/codebook.toml", &|line| up(line, "position = "));
    shifted("c/labels/me.csv", &|line| up(line, ","));
    let kinds = ["timeline", "months", "speakers", "shift", "dumbbell", "card"];
    let run = workdir.run(&[&["chart"][..], &kinds, &["--corpus", "c", "--out", "o", "--format", "svg"]].concat());
    assert_eq!(run.code, 0, "{}", run.stderr);
    for path in run.stdout.lines().filter(|path| path.ends_with(".svg")) {
        let svg = String::from_utf8(workdir.read(path)).unwrap();
        // The size of a change has a sign on every scale.
        let change = |rest: &str| rest.split_once(' ').is_some_and(|(_, after)| after.starts_with("level"));
        let signed = svg.split('+').skip(1).filter(|rest| rest.starts_with(char::is_numeric) && !change(rest));
        assert_eq!(signed.map(|rest| &rest[..20]).collect::<Vec<_>>(), Vec::<&str>::new(), "{path}");
    }
}

/// Words beside a name in other letters stay in the main font, and the name is as wide as it was measured.
#[test]
fn a_font_for_some_letters_sets_only_these() {
    let fonts = |more: bool| {
        let mut fonts = Fonts::embedded();
        let inter = || fs::read(root().join("src/chart/fonts/Inter-Regular.otf")).unwrap();
        if more {
            fonts.set_main(("a.otf", inter()), ("b.otf", inter())).unwrap();
        }
        fonts
    };
    assert_eq!((fonts(false).families(), fonts(true).families()), (vec!["Inter"], vec!["Inter"]));
    assert!((fonts(false).middle() - fonts(true).middle()).abs() < 0.001);
}

/// A house style changes words and looks, and neither the count nor how labels by rules look.
#[test]
fn a_house_style_keeps_what_is_honest() {
    let workdir = Workdir::new();
    made("house", 30, 1, 1, 5, 240).write(&workdir);
    let house = "source = \"Source: our archive\"\ncredit = \"Ann Example\"\ntheme = \"dark\"\n[colours]\n\
                 low = \"#5b2c6f\"\nmiddle = \"#9b9b9b\"\nhigh = \"#0b5345\"\n";
    workdir.write("c/chart.toml", house);
    let draw = |more: &[&str]| {
        let run = workdir.run(
            &[&["chart", "timeline", "--corpus", "c", "--out", "o", "--format", "svg", "--force"][..], more].concat(),
        );
        (run.code, run.stderr, String::from_utf8(workdir.read("o/timeline-ann-example.svg")).unwrap_or_default())
    };
    let (code, stderr, svg) = draw(&["--credit", "Ben Example"]);
    assert_eq!(code, 0, "{stderr}");
    assert!(svg.contains("Source: our archive") && svg.contains("Ben Example") && !svg.contains(">Ann Example<"));
    assert!(svg.contains("30 statements"), "the count stays");
    workdir.write("c/chart.toml", house.replace("#0b5345", "#6f2c2c"));
    let (code, stderr, _) = draw(&[]);
    assert_eq!(code, 2);
    assert!(stderr.contains("chart.toml") && stderr.contains("apart for people with"), "{stderr}");
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
    assert!(svg.contains("font-family=\"Inter, 'Helvetica Neue'"), "{}", &svg[..400]);
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
    assert_eq!(first.len(), 21);
    assert!(first == draw("4"), "other bytes with another number of threads");
}

/// The grey values of a PNG, averaged over squares of `side` pixels.
fn squares(bytes: &[u8], side: usize) -> (usize, Vec<f64>) {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info().expect("a PNG");
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
