//! The desk in Chromium, driven by keys as a person would. Needs `chromium` and `chromedriver`, so the tests are ignored;
//! `.ci/run` installs both and runs them.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};
use std::thread;
use std::time::Duration;

use serde_json::json;

use crate::report::driver::{Browser, ENTER};
use crate::support::{Workdir, root};

/// How often, and how long between, until a file is as expected.
const TRIES: usize = 200;
const PAUSE: Duration = Duration::from_millis(25);

/// Waits until an expression in the page is true.
fn until(browser: &Browser, expression: &str) {
    browser.until(&format!("return {expression}"));
}

/// What the page says of the last action: what was refused, or else what was done.
fn status(browser: &Browser) -> String {
    let text = browser.run("return (document.getElementById('refused').textContent || document.getElementById('status').textContent).trim()");
    text.as_str().unwrap_or_default().to_owned()
}

fn picture(browser: &Browser, path: &Path) {
    use base64::Engine;
    let shot = browser.command("Page.captureScreenshot", &json!({"format": "png"}));
    let bytes = base64::engine::general_purpose::STANDARD.decode(shot["data"].as_str().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

/// The desk on the corpus `c`, and its address.
fn desk(workdir: &Workdir, more: &[&str]) -> (Stop, String) {
    desk_on(workdir, "c", more)
}

fn desk_on(workdir: &Workdir, corpus: &str, more: &[&str]) -> (Stop, String) {
    let args = [&["desk", "--no-open", "--corpus", corpus], more].concat();
    let mut process = workdir.command(&args).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
    let address = lines.find_map(|line| line.ok().filter(|line| line.contains("http://"))).unwrap();
    (Stop(process), address.trim().to_owned())
}

struct Stop(Child);

impl Drop for Stop {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn bundled() -> Workdir {
    let workdir = Workdir::new();
    let from = root().join("data/ukraine-2025");
    for entry in fs::read_dir(&from).unwrap().flatten().filter(|entry| entry.path().is_file()) {
        workdir.write(&format!("c/{}", entry.file_name().to_str().unwrap()), fs::read(entry.path()).unwrap());
    }
    for entry in fs::read_dir(from.join("labels")).unwrap().flatten() {
        workdir.write(&format!("c/labels/{}", entry.file_name().to_str().unwrap()), fs::read(entry.path()).unwrap());
    }
    let codebook = String::from_utf8(workdir.read("c/codebook.toml")).unwrap();
    workdir.write("c/codebook.toml", codebook.replace("\n[coders]", "\n[coders]\ntester = \"in a browser\""));
    workdir
}

fn labels(workdir: &Workdir) -> String {
    String::from_utf8(workdir.read("c/labels/tester.csv")).unwrap()
}

const UNIT: &str =
    "new URLSearchParams(new FormData(document.querySelector('form.answers'))).toString().split('&seen')[0]";

#[test]
#[ignore = "needs chromium and chromedriver: .ci/run runs it"]
fn a_person_codes_by_keys_with_undo_and_reload() {
    let workdir = bundled();
    let (_desk, address) = desk(&workdir, &["--coder", "tester"]);
    let browser = Browser::start();
    browser.go(&address);
    until(&browser, "document.querySelector('form.answers')");
    assert!(!browser.run("return location.href").as_str().unwrap().contains("key="), "the key leaves the address");
    let mut expected = String::from("statement_id,issue,position,rationale\r\n");
    for statement in 0..20 {
        let id = browser.run("return document.querySelector('[name=s]').value").as_str().unwrap().to_owned();
        // The second answer is undone once, and given again. In the middle, the page is loaded again.
        for (issue, key, cell) in [("territory", "1", "2"), ("sanctions", "0", ""), ("aid", "5", "-2")] {
            until(
                &browser,
                &format!(
                    "document.querySelector('[name=s]').value === {id:?} && document.querySelector('[name=i]').value === {issue:?}"
                ),
            );
            let before = browser.run(&format!("return {UNIT}"));
            browser.keys(key);
            until(&browser, &format!("{UNIT} !== {before}"));
            expected += &format!("{id},{issue},{cell},\r\n");
            assert_eq!(labels(&workdir), expected, "on the disk before the next page");
            if statement % 7 == 3 && issue == "sanctions" {
                browser.keys("u");
                until(&browser, &format!("{UNIT} === {before}"));
                assert!(status(&browser).starts_with("Undone: Sanctions"), "{}", status(&browser));
                browser.keys(key);
                until(&browser, &format!("{UNIT} !== {before}"));
                assert_eq!(labels(&workdir), expected);
            }
        }
        if statement == 10 {
            let here = browser.run("return location.href");
            browser.run("location.reload()");
            until(&browser, "document.querySelector('form.answers')");
            assert_eq!(browser.run("return location.href"), here);
        }
    }
    // A note with a flag, by keys alone.
    browser.keys("?");
    until(&browser, "document.activeElement.id === 'rationale'");
    browser.keys(&format!("who speaks, and to whom?{ENTER}"));
    until(&browser, "document.getElementById('status').textContent.includes('not sure')");
    assert!(labels(&workdir).ends_with(",territory,?,\"who speaks, and to whom?\"\r\n"), "{}", labels(&workdir));
    // Skipping and the arrows write nothing.
    let now = labels(&workdir);
    browser.keys(" ");
    thread::sleep(PAUSE * 8);
    browser.keys("\u{e012}");
    until(&browser, "document.querySelector('[name=i]')");
    assert_eq!(labels(&workdir), now);
    // All the way back.
    for _ in 0..61 {
        let before = labels(&workdir).len();
        browser.keys("u");
        for _ in 0..TRIES {
            if labels(&workdir).len() < before {
                break;
            }
            thread::sleep(PAUSE);
        }
    }
    assert_eq!(labels(&workdir), "statement_id,issue,position,rationale\r\n");
}

#[test]
#[ignore = "needs chromium and chromedriver: .ci/run runs it"]
fn a_person_settles_breaks_a_rule_and_follows_a_mark() {
    let workdir = bundled();
    let rules = workdir.read("c/rules.toml");
    fs::remove_file(workdir.path().join("c/labels/adjudicated.csv")).unwrap();
    let (_desk, address) = desk(&workdir, &["--coder", "tester"]);
    let browser = Browser::start();
    browser.go(&address);
    until(&browser, "document.querySelector('form.answers')");
    let at = |room: &str| browser.go(&format!("{}/{room}", address.split("/?").next().unwrap()));
    at("settle");
    until(&browser, "document.querySelector('.gave')");
    let id = browser.run("return document.querySelector('[name=s]').value").as_str().unwrap().to_owned();
    let issue = browser.run("return document.querySelector('[name=i]').value").as_str().unwrap().to_owned();
    browser.keys("2");
    until(
        &browser,
        &format!(
            "document.querySelector('[name=s]').value !== {id:?} || document.querySelector('[name=i]').value !== {issue:?}"
        ),
    );
    let settled = String::from_utf8(workdir.read("c/labels/adjudicated.csv")).unwrap();
    assert_eq!(settled, format!("statement_id,issue,position,rationale\r\n{id},{issue},1,\r\n"));
    // A rule is broken, the page says where, and nothing is saved; then it is fixed.
    at("rules");
    until(&browser, "document.querySelector('.lines span')");
    browser.run("const t = document.getElementById('text'); t.value = t.value.replace(/\\nany\\b/, '\\nanny'); t.dispatchEvent(new Event('input', {bubbles: true}))");
    until(&browser, "document.querySelector('#trial .problems [data-line]') && document.querySelector('.lines b')");
    browser.run("document.querySelector('[name=do][value=save]').click()");
    until(&browser, "document.getElementById('refused').textContent.startsWith('Not saved')");
    assert_eq!(workdir.read("c/rules.toml"), rules);
    browser.run("const t = document.getElementById('text'); t.value = t.value.replace('\\nanny', '\\nany') + '\\n# seen in a browser\\n'; t.dispatchEvent(new Event('input', {bubbles: true}))");
    until(&browser, "document.querySelector('#trial h2').textContent.includes('No fault')");
    browser.run("document.querySelector('[name=do][value=save]').click()");
    until(&browser, "document.getElementById('status').textContent.startsWith('Saved')");
    let saved = workdir.read("c/rules.toml");
    assert_eq!(saved, [rules.as_slice(), b"\n# seen in a browser\n"].concat());
    // From a mark to its statement, and from there to its labels.
    // A few weeks, because all of them take long without optimisation.
    at("explore?from=2025-09-10");
    until(&browser, "document.querySelector('.chart > svg.wide-only a[href^=\"#stance-\"]')");
    browser.run("const mark = document.querySelector('.chart > svg.wide-only a[href^=\"#stance-\"]'); mark.dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true, detail: 1}))");
    until(
        &browser,
        "!document.querySelector('.beside').hidden && document.querySelector('.beside a[href^=\"why?p=stance-\"]')",
    );
    browser.run("document.querySelector('.beside a[href^=\"why?p=stance-\"]').click()");
    until(&browser, "location.pathname.endsWith('/why') && document.querySelector('.explained')");
    // Nothing was asked of any other machine. Chromium brings the picture in a date field itself, as data.
    let own = address.split("/?").next().unwrap().rsplit_once('/').unwrap().0.to_owned();
    let others: Vec<String> = browser
        .requests()
        .into_iter()
        .filter(|asked| !asked.starts_with(&own) && !asked.starts_with("data:"))
        .collect();
    assert!(others.is_empty(), "{others:?}");
}

#[test]
#[ignore = "needs chromium and chromedriver: .ci/run runs it"]
fn in_a_browser_nothing_typed_is_lost_and_reasons_are_shown() {
    let workdir = bundled();
    let (_desk, address) = desk(&workdir, &["--coder", "tester"]);
    let browser = Browser::start();
    browser.go(&address);
    until(&browser, "document.querySelector('form.answers')");
    // A key without a button says so.
    browser.keys("9");
    until(&browser, "document.getElementById('status').textContent.includes('“9” does nothing')");
    // The issue is chosen in front, and a note of another answer does not stay.
    browser.run("document.querySelector('form.choices [value=aid]').click()");
    until(&browser, "document.querySelector('form.choices [value=aid]').getAttribute('aria-pressed') === 'true'");
    browser.keys("?");
    until(&browser, "document.activeElement.id === 'rationale'");
    browser.keys(&format!("to whom?{ENTER}"));
    until(&browser, "document.getElementById('status').textContent.includes('not sure')");
    assert!(labels(&workdir).ends_with(",aid,?,to whom?\r\n"), "{}", labels(&workdir));
    browser.run("document.querySelector('.progress a').click()");
    until(&browser, "document.getElementById('rationale').value === 'to whom?'");
    browser.keys("1");
    until(&browser, "document.getElementById('status').textContent.includes('was left out')");
    assert!(labels(&workdir).ends_with(",aid,2,\r\n"), "{}", labels(&workdir));
    // A file that cannot be read: the fault is on the page, and no key answers.
    let good = labels(&workdir);
    workdir.write("c/labels/tester.csv", format!("{good}x,aid,\"1,\r\n"));
    browser.keys("1");
    until(&browser, "document.querySelector('.problems') && !document.querySelector('form.answers')");
    assert_eq!(labels(&workdir), format!("{good}x,aid,\"1,\r\n"));
    workdir.write("c/labels/tester.csv", &good);
    // Whoever comes back from an editor sees that it is repaired.
    browser.run("dispatchEvent(new Event('focus'))");
    until(&browser, "document.querySelector('form.answers') && !document.querySelector('.problems')");
    // A pattern is looked for, and a rule made of it, with what was typed.
    browser.go(&format!("{}/rules", address.split("/?").next().unwrap()));
    until(&browser, "document.querySelector('.lines span')");
    browser.run("const t = document.getElementById('text'); t.value += '\\n# typed in a browser\\n'; t.dispatchEvent(new Event('input', {bubbles: true})); document.getElementById('find').focus()");
    browser.keys(&format!("land{ENTER}"));
    until(&browser, "document.querySelector('.hits mark')");
    until(&browser, "document.getElementById('text').value.includes('# typed in a browser')");
    browser.run("document.querySelector('[name=do][value=rule]').click()");
    until(&browser, "document.activeElement.id === 'text' && document.activeElement.scrollTop > 1000");
    until(&browser, "document.getElementById('text').value.includes('# typed in a browser')");
    // What the desk says is shown, and not that it does not answer.
    workdir.write("c/rules.toml", b"\xff\xfe");
    browser.run("document.getElementById('text').dispatchEvent(new Event('input', {bubbles: true}))");
    until(&browser, "document.getElementById('refused').textContent.includes('UTF-16')");
}

#[test]
#[ignore = "needs chromium and chromedriver: .ci/run runs it"]
fn in_a_browser_notes_stay_back_goes_back_and_a_refusal_keeps_the_place() {
    let workdir = bundled();
    let (_desk, address) = desk(&workdir, &["--coder", "tester"]);
    let browser = Browser::start();
    let (left, right) = ("\u{e012}", "\u{e014}");
    browser.go(&address);
    until(&browser, "document.querySelector('form.answers') && location.search");
    let unit =
        || browser.run("return document.querySelector('form.answers').dataset.unit").as_str().unwrap().to_owned();
    let at = |unit: &str| until(&browser, &format!("document.querySelector('form.answers').dataset.unit === {unit:?}"));
    let first = unit();
    // A note that was typed, then an arrow: it is there when the statement is shown again.
    browser.keys("n");
    browser.keys(&format!("by whom?{ENTER}"));
    browser.keys(right);
    until(&browser, "document.getElementById('status').textContent.startsWith('Your note is kept')");
    let second = unit();
    browser.keys(left);
    at(&first);
    assert_eq!(browser.run("return document.getElementById('rationale').value"), json!("by whom?"));
    browser.keys("1");
    until(&browser, "document.getElementById('status').textContent.startsWith('Saved')");
    assert!(labels(&workdir).ends_with(",2,by whom?\r\n"), "{}", labels(&workdir));
    let third = unit();
    // The browser's own way back: to each statement before, and nothing is sent again.
    let saved = labels(&workdir);
    for expected in [&first, &second, &first] {
        browser.run("history.back()");
        at(expected);
    }
    browser.run("history.go(3)");
    at(&third);
    assert_eq!(labels(&workdir), saved);
    // A note stays if the room is left by a link, and the way back leads to its statement.
    browser.keys("n");
    browser.keys("before I go");
    browser.run("document.querySelector('nav a[href=who], nav a[href=settle]').click()");
    until(&browser, "!document.querySelector('form.answers') || location.pathname.endsWith('/settle')");
    browser.run("history.back()");
    until(&browser, "location.pathname.endsWith('/code') && document.readyState === 'complete'");
    at(&third);
    browser.run("location.reload()");
    until(
        &browser,
        "document.getElementById('rationale') && document.getElementById('rationale').value === 'before I go'",
    );
    // A note that the desk does not take keeps its page, and is sent again. One that was emptied is forgotten.
    let here = browser.run("return location.href").as_str().unwrap().to_owned();
    browser.run("window.real = fetch; fetch = async (to, how) => how.body && how.body.get('do') === 'keep' ? new Response('Not now.', {status: 500, headers: {'content-type': 'text/plain'}}) : real(to, how)");
    browser.run("document.getElementById('rationale').value = 'once more'; document.querySelector('form.choices [value=aid]').click()");
    until(&browser, "document.getElementById('refused').textContent === 'Not now.'");
    assert_eq!((unit(), browser.run("return location.href")), (third.clone(), json!(here)));
    assert_eq!(browser.run("return document.getElementById('rationale').value"), json!("once more"));
    browser.run("fetch = real");
    for typed in ["once more", ""] {
        browser.run("document.querySelector('form.choices [value=aid]').click()");
        until(&browser, "document.querySelector('form.choices [value=aid]').getAttribute('aria-pressed') === 'true'");
        browser.go(&here);
        until(&browser, "document.getElementById('rationale')");
        assert_eq!(browser.run("return document.getElementById('rationale').value"), json!(typed));
        assert_eq!(
            browser.run("return 'draft' in document.getElementById('rationale').dataset"),
            json!(!typed.is_empty())
        );
        browser.run("document.querySelector('form.choices [value=\"\"]').click()");
        until(&browser, "document.querySelector('form.choices [value=\"\"]').getAttribute('aria-pressed') === 'true'");
        browser.go(&here);
        until(&browser, "document.getElementById('rationale')");
        browser.run("document.getElementById('rationale').value = ''");
    }
    // What is refused keeps the text, the place in it and what is selected.
    browser.go(&format!("{}/rules", address.split("/?").next().unwrap()));
    until(&browser, "document.querySelector('.lines span')");
    browser.run("const t = document.getElementById('text'); t.value = t.value.replace(/\\nany\\b/, '\\nanny'); t.dispatchEvent(new Event('input', {bubbles: true})); t.focus(); t.setSelectionRange(9000, 9010); t.scrollTop = 4000; scrollTo(0, 40); window.kept = true");
    until(&browser, "document.querySelector('#trial .problems')");
    browser.run("document.querySelector('[name=do][value=save]').click()");
    until(&browser, "document.getElementById('refused').textContent.startsWith('Not saved')");
    let place = browser.run("const t = document.getElementById('text'); return [t.selectionStart, t.selectionEnd, t.scrollTop, scrollY, t.value.includes('\\nanny'), window.kept]");
    assert_eq!(place, json!([9000, 9010, 4000, 40, true, true]));
    browser.run("const t = document.getElementById('text'); t.value = t.defaultValue; t.dispatchEvent(new Event('input', {bubbles: true}))");
    // What is typed while a button works stays, and is not saved. A second press does nothing.
    browser.run("window.real = fetch; window.sent = 0; fetch = async (...asked) => { if (asked[0] === 'rules') { sent++; await new Promise(go => { window.go = go; }); } return real(...asked); }");
    let press = |name: &str, typed: &str| {
        browser.run(&format!("window.type = words => {{ const t = document.getElementById('text'); t.value += words; t.dispatchEvent(new Event('input', {{bubbles: true}})); }}; document.getElementById('refused').textContent = document.getElementById('status').textContent = ''; const button = document.querySelector('[name=do][value={name}]'); button.click(); button.click(); type({typed:?}); go()"));
    };
    let text = || browser.run("return document.getElementById('text').value").as_str().unwrap().to_owned();
    let unsaved = || browser.run("return !dispatchEvent(new Event('beforeunload', {cancelable: true}))") == json!(true);
    let file = || String::from_utf8(workdir.read("c/rules.toml")).unwrap();
    browser.run(
        "const t = document.getElementById('text'); t.value += '# one\\n'; t.dispatchEvent(new Event('input', {bubbles: true}))",
    );
    press("save", "# two\n");
    until(&browser, "document.getElementById('status').textContent.trim()");
    assert!(text().ends_with("# one\n# two\n") && file().ends_with("# one\n") && unsaved(), "{}", status(&browser));
    assert_eq!(browser.run("return sent"), json!(1));
    browser.run("document.getElementById('find').value = 'land'");
    press("rule", "# three\n");
    until(&browser, "document.getElementById('text').value.includes('# three\\n\\n# The pattern')");
    assert!(text().contains("# one\n# two\n# three\n\n# The pattern") && unsaved());
    assert_eq!(
        browser.run("const t = document.getElementById('text'); return t.value.slice(t.selectionStart).slice(0, 13)"),
        json!("# The pattern")
    );
    // The text as it is saved now may be left.
    browser.run("const t = document.getElementById('text'); t.value = t.value.split('# two')[0]; t.dispatchEvent(new Event('input', {bubbles: true}))");
    press("save", "");
    until(&browser, "document.getElementById('status').textContent.trim()");
    assert!(!unsaved() && file() == text());
}

#[test]
#[ignore = "needs chromium and chromedriver: .ci/run runs it"]
fn every_mark_opens_its_quotation_and_rows_come_without_the_pictures() {
    let workdir = Workdir::with_fixture("base");
    let row = |n: usize| format!("s{n},2025-03-{:02},Ada Example,We will build tram number {n}.\n", 1 + n % 28);
    workdir.write("c/statements.csv", format!("id,date,speaker,text\n{}", (0..450).map(row).collect::<String>()));
    for coder in ["anna", "ben"] {
        workdir.write(&format!("c/labels/{coder}.csv"), "statement_id,issue,position,rationale\n");
    }
    let (_desk, address) = desk(&workdir, &[]);
    let browser = Browser::start();
    browser.go(&address);
    browser.go(&format!("{}/explore", address.split("/?").next().unwrap()));
    let marks = ".chart > svg.wide-only a[href*=\"stance-\"]";
    until(&browser, &format!("document.querySelectorAll('{marks}').length === 450"));
    browser.run("window.kept = true");
    // One whose row is on another page.
    let shown = "document.querySelector('.beside blockquote')";
    for statement in ["stance-0", "stance-449", "stance-223"] {
        browser.run(&format!(
            "[...document.querySelectorAll('{marks}')].find(mark => mark.getAttribute('href').endsWith('{statement}')).dispatchEvent(new MouseEvent('click', {{bubbles: true, cancelable: true, detail: 1}}))"
        ));
        let number = statement.split('-').nth(1).unwrap();
        until(&browser, &format!("{shown} && {shown}.textContent.includes('tram number {number}.')"));
        until(&browser, &format!("document.querySelector('.beside a[href=\"why?p={statement}\"]')"));
    }
    browser.run("document.querySelector('#rows button[name=page]').click()");
    until(&browser, "document.querySelector('#rows').textContent.includes('201 to 400 of 450')");
    until(&browser, "document.querySelectorAll('#rows tbody a[href^=\"why?p=\"]').length === 200");
    assert!(browser.run("return location.search").as_str().unwrap().contains("page=2"));
    // What is found fits on a page, and can be sorted there.
    browser.run("document.getElementById('q').value = 'number 44'; document.querySelector('#rows form button:not([name])').click()");
    until(&browser, "document.querySelectorAll('#rows tbody tr').length === 14");
    until(&browser, "document.querySelector('#rows thead button')");
    assert_eq!(browser.run("return window.kept"), json!(true), "the page stays");
}

/// Texts of a corpus that would run if any page took them for more than texts.
#[test]
#[ignore = "needs chromium and chromedriver: .ci/run runs it"]
fn no_text_of_a_corpus_runs() {
    let attacks = [
        "<script>window.hit=1</script>",
        "<img src=x onerror=\"window.hit=1\">",
        "</textarea><svg onload=window.hit=1>",
        "\"><a href=javascript:window.hit=1 id=evil>x</a>",
        "</title></style><iframe srcdoc='<script>parent.hit=1</script>'>",
        "&lt;script&gt;window.hit=1&lt;/script&gt;",
        "\u{202e}<b onmouseover=window.hit=1>\u{2066}",
        "{{constructor.constructor('window.hit=1')()}}",
        "]]><script>window.hit=1</script><![CDATA[",
        "javascript:window.hit=1//",
    ];
    let browser = Browser::start();
    for attack in attacks {
        let workdir = Workdir::with_fixture("base");
        let cell = format!("\"{}\"", attack.replace('"', "\"\""));
        let rows: String = (1..9)
            .map(|n| {
                format!(
                    "{}{n}\",2025-0{n}-01,{cell},\"The tram {}\",{cell},{cell}\n",
                    cell.trim_end_matches('"'),
                    attack.replace('"', "\"\"")
                )
            })
            .collect();
        workdir.write("c/statements.csv", format!("id,date,speaker,text,source_url,notes\n{rows}"));
        for (coder, position) in [("anna", "1"), ("ben", "-1")] {
            let first = format!("{}1\"", cell.trim_end_matches('"'));
            workdir.write(
                &format!("c/labels/{coder}.csv"),
                format!("statement_id,issue,position,rationale\n{first},tram,{position},{cell}\n"),
            );
        }
        let (_desk, address) = desk(&workdir, &["--coder", "anna"]);
        browser.go(&address);
        let query = attack.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
        for room in [
            "code".to_owned(),
            "settle".to_owned(),
            "explore".to_owned(),
            "why?p=stance-0".to_owned(),
            format!("rules?find={query}"),
            format!("explore?q={query}&which=all&level={query}"),
            format!("rules?explain={query}1"),
        ] {
            browser.go(&format!("{}/{room}", address.split("/?").next().unwrap()));
            until(&browser, "document.readyState === 'complete' && document.getElementById('main')");
            browser.run("for (const one of document.querySelectorAll('main *')) one.dispatchEvent(new MouseEvent('mouseover', {bubbles: true}))");
            let hit = browser.run("return [window.hit || 0, document.querySelectorAll('main script, main iframe, main img, #evil, main [onload], main [onerror]').length]");
            assert_eq!(hit, json!([0, 0]), "{room} runs {attack}");
        }
    }
}

/// Pictures of each room, for docs/desk.md and to be looked at: `STANCE_PICTURES` names the folder.
#[test]
#[ignore = "draws pictures for people to look at"]
fn pictures_of_every_room() {
    let Some(folder) = std::env::var_os("STANCE_PICTURES").map(std::path::PathBuf::from) else { return };
    fs::create_dir_all(&folder).unwrap();
    let workdir = bundled();
    fs::remove_file(workdir.path().join("c/labels/adjudicated.csv")).unwrap();
    let codebook = String::from_utf8(workdir.read("c/codebook.toml")).unwrap();
    workdir.write("c/codebook.toml", codebook.replace("\ntester = \"in a browser\"", "\nanna = \"a student\""));
    fs::rename(workdir.path().join("c"), workdir.path().join("ukraine-2025")).unwrap();
    let (_desk, address) = desk_on(&workdir, "ukraine-2025", &["--coder", "anna"]);
    let at = |path: &str| format!("{}/{path}", address.split("/?").next().unwrap());
    let browser = Browser::start();
    browser.go(&address);
    until(&browser, "document.querySelector('form.answers')");
    let schemes = [("light", "light", 1280), ("dark", "dark", 1280), ("narrow", "light", 420)];
    for (name, scheme, width) in schemes {
        browser.media(scheme, "screen");
        browser.size(width, 900);
        for (room, path) in [
            ("settle", "settle"),
            ("rules", "rules?find=swap*+...+(land|territor*)"),
            ("explore", "explore?speaker=Donald+Trump"),
            ("who", "who"),
        ] {
            browser.go(&at(path));
            until(&browser, "document.readyState === 'complete'");
            picture(&browser, &folder.join(format!("{room}-{name}.png")));
        }
        // A mark in a chart, with its quotation beside it, and the rows below.
        browser.go(&at("explore?speaker=Donald+Trump&issue=sanctions"));
        let marks = ".chart > svg.wide-only a[href*=\"stance-\"], .chart > svg.narrow a[href*=\"stance-\"]";
        until(&browser, &format!("document.querySelector('{marks}')"));
        browser.run(&format!(
            "const seen = [...document.querySelectorAll('{marks}')].filter(mark => mark.getBoundingClientRect().width); \
             const mark = seen[Math.floor(seen.length / 2)]; \
             document.getElementById('pictures').scrollIntoView(); \
             mark.dispatchEvent(new MouseEvent('click', {{bubbles: true, cancelable: true, detail: 1}}))"
        ));
        until(&browser, "!document.querySelector('.beside').hidden");
        picture(&browser, &folder.join(format!("mark-{name}.png")));
        browser.run("document.getElementById('rows').scrollIntoView()");
        picture(&browser, &folder.join(format!("rows-{name}.png")));
        // A fault of the rules, at its place.
        browser.go(&at("rules"));
        until(&browser, "document.querySelector('.lines span')");
        browser.run("const t = document.getElementById('text'); t.value = t.value.replace('\\nposition', '\\npositon'); t.dispatchEvent(new Event('input', {bubbles: true}))");
        until(&browser, "document.querySelector('#trial .problems')");
        browser.run("document.querySelector('#trial [data-line]').click()");
        picture(&browser, &folder.join(format!("fault-{name}.png")));
        browser.run("const t = document.getElementById('text'); t.value = t.defaultValue");
    }
    // Some of it is done, as on most days.
    let statements = String::from_utf8(workdir.read("ukraine-2025/statements.csv")).unwrap();
    let ids: Vec<&str> = statements.lines().filter_map(|line| line.split(',').next()).collect();
    let mut done = String::from("statement_id,issue,position,rationale\n");
    for id in ids.iter().filter(|id| id.contains("-2025-0")).take(120) {
        ["territory", "sanctions", "aid"].iter().for_each(|issue| done += &format!("{id},{issue},,\n"));
    }
    workdir.write("ukraine-2025/labels/anna.csv", done);
    for (name, scheme, width) in schemes {
        browser.media(scheme, "screen");
        browser.size(width, 900);
        browser.go(&at("code"));
        until(&browser, "document.querySelector('form.answers')");
        picture(&browser, &folder.join(format!("code-{name}.png")));
    }
    // Proposals from an article.
    let waiting = Workdir::with_fixture("base");
    fs::rename(waiting.path().join("c"), waiting.path().join("lenn-bridge")).unwrap();
    waiting.write("bridge.txt", fs::read(root().join("tests/articles/bridge.txt")).unwrap());
    let extract = ["extract", "bridge.txt", "--corpus", "lenn-bridge", "--append", "--published", "2031-01-20"];
    assert_eq!(waiting.run(&extract).code, 0);
    let (_other, proposals) = desk_on(&waiting, "lenn-bridge", &["--coder", "anna"]);
    browser.go(&proposals);
    until(&browser, "document.querySelector('form.answers')");
    for (name, scheme, width) in schemes {
        browser.media(scheme, "screen");
        browser.size(width, 900);
        browser.go(&format!("{}/review", proposals.split("/?").next().unwrap()));
        until(&browser, "document.querySelector('textarea')");
        picture(&browser, &folder.join(format!("review-{name}.png")));
    }
    for language in ["de", "fr", "uk"] {
        let (_desk, address) = desk_on(&workdir, "ukraine-2025", &["--coder", "anna", "--locale", language]);
        browser.media("light", "screen");
        browser.size(1280, 900);
        browser.go(&address);
        until(&browser, "document.querySelector('form.answers')");
        browser.go(&format!("{}/rules?find=land", address.split("/?").next().unwrap()));
        until(&browser, "document.querySelector('.hits mark')");
        picture(&browser, &folder.join(format!("rules-{language}.png")));
    }
}
