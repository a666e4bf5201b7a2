//! The report in a browser: its table, its marks, both schemes, a phone, and texts that try to do something.

use std::fs;
use std::path::Path;

use serde_json::json;
use stance::corpus::Corpus;
use stance::report::{Format, report};
use stance::study::Study;

use crate::report::driver::{Browser, ENTER, ESCAPE, RIGHT};
use crate::report::{HOSTILE, corpus_of, everything};
use crate::support::{Workdir, bundled};

fn address(path: &Path) -> String {
    format!("file://{}", path.display())
}

/// How many rows of the table are shown.
const SHOWN: &str = "[...document.querySelectorAll('.statements tbody tr')].filter(row => !row.hidden)";

#[test]
#[ignore = "needs Chromium and its driver; .ci/run installs both and runs it"]
fn a_report_in_a_browser() {
    let workdir = Workdir::new();
    let data = bundled().remove(0);
    let run = workdir.run(&["report", "--corpus", data.to_str().unwrap(), "--issue", "sanctions"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let browser = Browser::start();
    let page = address(&workdir.path().join("report.html"));
    browser.go(&page);
    let count = |browser: &Browser| browser.run(&format!("return {SHOWN}.length")).as_u64().unwrap();
    let all = count(&browser);
    assert!(all > 100);

    // Search, filter, and all again.
    browser.point("[name=search]", true);
    browser.keys("TARIFF");
    browser.until(&format!("return {SHOWN}.length < {all}"));
    let few = count(&browser);
    assert!(few > 0);
    let every = format!("return {SHOWN}.every(row => row.textContent.toLowerCase().includes('tariff'))");
    assert_eq!(browser.run(&every), true);
    let said = browser.run("return document.querySelector('.filters output').textContent");
    assert!(said.as_str().unwrap().starts_with(&format!("{few} of {all} ")), "{said}");
    browser.point(".filters [type=reset]", true);
    browser.until(&format!("return {SHOWN}.length === {all}"));
    for (name, row) in
        [("speaker", "row.cells[1].textContent === value"), ("level", "row.querySelector('.chip.' + value) !== null")]
    {
        let choose = format!(
            "const select = document.querySelector('[name={name}]'); select.selectedIndex = 3; \
             select.dispatchEvent(new Event('change', {{bubbles: true}})); const value = select.value; \
             const rows = {SHOWN}; const fit = rows.length > 0 && rows.length < {all} && rows.every(row => {row}); \
             select.form.reset(); return fit"
        );
        assert_eq!(browser.run(&choose), true, "{name}");
        browser.until(&format!("return {SHOWN}.length === {all}"));
    }

    // Sorted by date, the latest first.
    let dates = "return [...document.querySelectorAll('.statements tbody time')].map(time => time.dateTime)";
    for sorted in ["ascending", "descending"] {
        browser.point(".statements thead button", true);
        assert_eq!(browser.run("return document.querySelector('.statements th').ariaSort"), sorted);
        let mut expected: Vec<String> = serde_json::from_value(browser.run(dates)).unwrap();
        let found = expected.clone();
        expected.sort();
        if sorted == "descending" {
            expected.reverse();
        }
        assert_eq!(found, expected);
    }

    // A mark: its statement beside it by mouse, by finger or click, and by keyboard.
    let mark = ".chart svg.wide-only a";
    let beside = "const beside = document.querySelector('.beside');";
    let same = format!(
        "{beside} const row = document.getElementById(document.querySelector('.chart a.shown').href.baseVal.slice(1)); \
         return !beside.hidden && beside.querySelector('.said').textContent === row.querySelector('.said').textContent \
         && (row.querySelector('a') === null || beside.querySelector('a').href === row.querySelector('a').href)"
    );
    browser.point(mark, false);
    browser.until(&format!("{beside} return !beside.hidden"));
    assert_eq!(browser.run(&same), true);
    browser.keys(ESCAPE);
    browser.until(&format!("{beside} return beside.hidden"));
    browser.point(mark, true);
    assert_eq!(browser.run(&same), true);
    browser.point("h1", false);
    std::thread::sleep(std::time::Duration::from_millis(500));
    assert_eq!(browser.run(&same), true, "a click keeps it");
    browser.point("h1", true);
    browser.until(&format!("{beside} return beside.hidden"));
    let stops = format!("return [...document.querySelectorAll('{mark}[tabindex=\"0\"]')].length");
    let charts = browser.run("return document.querySelectorAll('.chart svg.wide-only').length");
    assert!(browser.run(&stops).as_u64() <= charts.as_u64(), "one stop of the Tab key in each chart");
    browser.run(&format!("document.querySelector('{mark}').focus()"));
    browser.keys(RIGHT);
    browser.until(&format!("{beside} return !beside.hidden && document.activeElement.classList.contains('shown')"));
    assert_eq!(browser.run(&same), true);
    browser.keys(ENTER);
    browser.until("return document.querySelector('tr:target') !== null");
    assert_eq!(browser.run(&format!("{beside} return beside.hidden")), true);

    // The dark scheme reaches the charts. A phone has charts of its own, and nothing to scroll sideways.
    let ground = "return getComputedStyle(document.querySelector('.chart rect')).fill";
    assert_eq!(browser.run(ground), "rgb(255, 255, 255)");
    browser.media("dark", "screen");
    assert_eq!(browser.run(ground), "rgb(18, 18, 18)");
    browser.media("dark", "print");
    assert_eq!(browser.run(ground), "rgb(255, 255, 255)", "a printed page is light");
    browser.media("light", "screen");
    browser.size(390, 844);
    browser.go(&page);
    assert!(browser.run("return document.documentElement.scrollWidth").as_u64() <= Some(390));
    let shown = "const shown = svg => getComputedStyle(document.querySelector(svg)).display !== 'none'; \
                 return [shown('svg.wide-only'), shown('svg.narrow')]";
    assert_eq!(browser.run(shown), json!([false, true]));

    assert_eq!(browser.complaints(), Vec::<String>::new());
    let asked: Vec<String> = browser.requests().into_iter().filter(|asked| !asked.starts_with(&page)).collect();
    assert_eq!(asked, Vec::<String>::new(), "a report asks for nothing");
    for (scheme, width) in [("light", 1280), ("dark", 1280), ("light", 390)] {
        browser.size(width, 1000);
        browser.media(scheme, "screen");
        browser.go(&page);
        accessible(&browser, &format!("{scheme}, {width} pixels"));
    }
}

/// Checks a page with axe-core, if a file with it is named.
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
pub fn accessible(browser: &Browser, name: &str) {
    let Ok(axe) = std::env::var("STANCE_AXE") else {
        eprintln!("SKIPPED: STANCE_AXE names no file with axe-core, so {name} is not checked for accessibility");
        return;
    };
    browser.command("Runtime.evaluate", &json!({"expression": fs::read_to_string(axe).unwrap()}));
    let found = browser.wait_for(
        "axe.run({resultTypes: ['violations']}).then(found => done(found.violations.map(violation => \
         violation.id + ': ' + violation.nodes.slice(0, 3).map(node => node.html.slice(0, 200)).join(' '))))",
    );
    assert_eq!(found, json!([]), "{name}");
}

#[test]
#[ignore = "needs Chromium and its driver; .ci/run installs both and runs it"]
fn hostile_reports_in_a_browser() {
    let browser = Browser::start();
    for (number, words) in HOSTILE.iter().enumerate() {
        let workdir = Workdir::new();
        corpus_of(&workdir, "c", words);
        let (Some(corpus), _) = Corpus::read(&workdir.path().join("c")).unwrap() else { continue };
        let decisions = corpus.label_by_rules(|| {});
        let study = Study::of(&corpus, &decisions, everything(), &|_, _| {});
        let html = report(&study, &decisions, &Format::default()).unwrap();
        workdir.write("report.html", html);
        browser.go(&address(&workdir.path().join("report.html")));
        // An alert would make the next command fail. The card of a mark is made of the same texts.
        browser.point(".chart svg.wide-only a", false);
        browser.until("return !document.querySelector('.beside').hidden");
        assert_eq!(browser.run("return document.querySelectorAll('.statements tbody tr').length"), 12);
        assert_eq!(browser.run("return document.scripts.length"), 1);
        assert_eq!(browser.complaints(), Vec::<String>::new(), "{number}: {words}");
        let asked = browser.requests();
        assert!(asked.iter().all(|asked| asked.starts_with("file://")), "{number}: {asked:?}");
    }
}
