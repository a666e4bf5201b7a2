//! The desk through its server: who may, what is saved, and what attacks get.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use crate::support::Workdir;

/// A desk that is open.
struct Open {
    process: Child,
    port: u16,
    place: String,
    cookie: String,
}

/// What the desk answers.
#[derive(Debug)]
struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.filter(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value).next()
    }

    /// The value of a hidden field.
    fn field(&self, name: &str) -> String {
        let after = self.body.split(&format!("name=\"{name}\" value=\"")).nth(1);
        after.and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned()
    }
}

fn open(workdir: &Workdir, more: &[&str]) -> Open {
    let args = [&["desk", "--no-open", "--corpus", "c"], more].concat();
    let mut process = workdir.command(&args).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
    let address = lines.find_map(|line| line.ok()?.trim().strip_prefix("http://127.0.0.1:").map(str::to_owned));
    let address = address.expect("the desk prints its address");
    let (port, rest) = address.split_once('/').unwrap();
    let (place, key) = rest.split_once("/?key=").unwrap();
    let (port, place) = (port.parse().unwrap(), place.to_owned());
    Open { process, port, place, cookie: format!("stance-desk={key}") }
}

impl Drop for Open {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Sends bytes, and reads the answer to its end.
fn raw(port: u16, request: &[u8]) -> std::io::Result<Answer> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(Duration::from_secs(120)))?;
    stream.write_all(request)?;
    let mut bytes = Vec::new();
    // A server that refuses the rest of a request may close the connection before it is read.
    match stream.read_to_end(&mut bytes) {
        Err(error) if error.kind() != ErrorKind::ConnectionReset => return Err(error),
        _ => {}
    }
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
    let status = status.ok_or(std::io::Error::from(ErrorKind::UnexpectedEof))?;
    Ok(Answer { status, head: head.to_owned(), body: body.to_owned() })
}

fn encoded(fields: &[(&str, &str)]) -> String {
    let code = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    fields.iter().map(|(name, value)| format!("{name}={}", code(value))).collect::<Vec<_>>().join("&")
}

impl Open {
    fn head(&self, method: &str, path: &str, more: &str) -> String {
        format!(
            "{method} /{}/{path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nCookie: {}\r\nConnection: close\r\n{more}",
            self.place, self.port, self.cookie
        )
    }

    fn get(&self, path: &str) -> Answer {
        raw(self.port, format!("{}\r\n", self.head("GET", path, "")).as_bytes()).unwrap()
    }

    fn try_post(&self, path: &str, fields: &[(&str, &str)]) -> std::io::Result<Answer> {
        let body = encoded(fields);
        let more = format!(
            "Origin: http://127.0.0.1:{}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            self.port,
            body.len()
        );
        raw(self.port, self.head("POST", path, &more).as_bytes())
    }

    fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.try_post(path, fields).unwrap()
    }

    /// Answers a unit, as a form without the script does. Returns what the page then says.
    fn answer(&self, room: &str, (statement, issue): (&str, &str), deed: &str, rationale: &str) -> String {
        let page = self.get(&format!("{room}?{}", encoded(&[("s", statement), ("i", issue)])));
        let seen = page.field("seen");
        let coder = page.field("coder");
        let of = [("s", statement), ("i", issue), ("coder", coder.as_str()), ("seen", seen.as_str())];
        let fields = [&of[..], &[("rationale", rationale), ("do", deed)]].concat();
        let sent = self.post(room, &fields);
        assert_eq!(sent.status, 303, "{sent:?}");
        status(&self.get(sent.header("location").unwrap()))
    }
}

/// What a page says of the last action: what was refused, or else what was done.
fn status(page: &Answer) -> String {
    let refused = refusal(page);
    if refused.is_empty() { line(page, "id=\"status\"") } else { refused }
}

/// What a page says was refused.
fn refusal(page: &Answer) -> String {
    line(page, "id=\"refused\" class=\"status wrong\" role=\"alert\"")
}

fn line(page: &Answer, place: &str) -> String {
    let line = page.body.split(place).nth(1).and_then(|rest| rest.split_once('>'));
    line.and_then(|(_, line)| line.split('<').next()).unwrap_or_default().trim().to_owned()
}

fn labels(workdir: &Workdir, coder: &str) -> String {
    String::from_utf8(workdir.read(&format!("c/labels/{coder}.csv"))).unwrap()
}

/// Enter in a field presses the first button of its form. It must not give a level, or accept a proposal.
#[test]
fn enter_in_a_note_gives_no_level() {
    let workdir = Workdir::with_fixture("base");
    let desk = open(&workdir, &["--coder", "anna"]);
    let page = desk.get("code");
    let form = page.body.split("class=\"answers\"").nth(1).unwrap();
    assert!(form.contains("name=\"rationale\""), "{form}");
    let first = form.split("<button").nth(1).unwrap();
    assert!(first.starts_with(" disabled hidden>"), "{first}");
}

#[test]
fn every_room_opens_and_keeps_to_itself() {
    let workdir = Workdir::with_fixture("base");
    let desk = open(&workdir, &["--coder", "anna"]);
    for room in [
        "code",
        "settle",
        "review",
        "rules",
        "explore",
        "who",
        "code?s=a-1&i=fares",
        "rules?find=tram",
        "rules?explain=a-1",
        "why?p=stance-1",
    ] {
        let page = desk.get(room);
        assert_eq!(page.status, 200, "{room}: {page:?}");
        let policy = page.header("content-security-policy").unwrap();
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{room}");
        assert_eq!(page.header("cache-control"), Some("no-store"));
        // Nothing in it that the policy would have to allow.
        for word in ["<script>", " onclick", "javascript:", "<style>", " style=\""] {
            let found = page.body.matches(word).count();
            // Pictures set their own size; the policy leaves that out, and desk.css sets it.
            assert!(found == 0 || (word == " style=\"" && room == "explore"), "{room} has {word}");
        }
    }
    for (file, kind) in
        [("page.css", "text/css"), ("desk.css", "text/css"), ("levels.css", "text/css"), ("desk.js", "text/javascript")]
    {
        assert!(desk.get(file).header("content-type").unwrap().starts_with(kind));
    }
    // Blind: neither the rules nor the other coder are on the page of a coder.
    let code = desk.get("code?s=a-1&i=tram").body;
    assert!(!code.contains("tram-build") && !code.contains(">ben<"));
}

#[test]
fn nobody_else_gets_anything() {
    let workdir = Workdir::with_fixture("base");
    let before = workdir.read("c/labels/anna.csv");
    let desk = open(&workdir, &["--coder", "anna"]);
    let (port, place, cookie) = (desk.port, &desk.place, &desk.cookie);
    let ask = |request: String| raw(port, request.as_bytes()).unwrap();
    let host = format!("Host: 127.0.0.1:{port}");
    let form = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 33";
    let body = "s=a-1&i=tram&seen=none&do=none&x=";
    for (what, request) in [
        ("no cookie", format!("GET /{place}/code HTTP/1.1\r\n{host}\r\n\r\n")),
        ("wrong key", format!("GET /{place}/?key=0123456789abcdef0123456789abcdef HTTP/1.1\r\n{host}\r\n\r\n")),
        ("wrong cookie", format!("GET /{place}/code HTTP/1.1\r\n{host}\r\nCookie: stance-desk=x\r\n\r\n")),
        (
            "foreign host",
            format!("GET /{place}/code HTTP/1.1\r\nHost: evil.example:{port}\r\nCookie: {cookie}\r\n\r\n"),
        ),
        ("no host", format!("GET /{place}/code HTTP/1.0\r\nCookie: {cookie}\r\n\r\n")),
        (
            "foreign origin",
            format!(
                "POST /{place}/code HTTP/1.1\r\n{host}\r\nCookie: {cookie}\r\nOrigin: http://evil.example\r\n{form}\r\n\r\n{body}"
            ),
        ),
        ("no origin", format!("POST /{place}/code HTTP/1.1\r\n{host}\r\nCookie: {cookie}\r\n{form}\r\n\r\n{body}")),
        (
            "other port",
            format!(
                "POST /{place}/code HTTP/1.1\r\n{host}\r\nCookie: {cookie}\r\nOrigin: http://127.0.0.1:1\r\n{form}\r\n\r\n{body}"
            ),
        ),
        ("place unknown", format!("GET /code HTTP/1.1\r\n{host}\r\nCookie: {cookie}\r\n\r\n")),
        ("a way out", format!("GET /{place}/../../etc/passwd HTTP/1.1\r\n{host}\r\nCookie: {cookie}\r\n\r\n")),
        (
            "a way out, encoded",
            format!("GET /{place}/%2e%2e%2fstatements.csv HTTP/1.1\r\n{host}\r\nCookie: {cookie}\r\n\r\n"),
        ),
        ("a file", format!("GET /{place}/statements.csv HTTP/1.1\r\n{host}\r\nCookie: {cookie}\r\n\r\n")),
        (
            "another method",
            format!(
                "DELETE /{place}/code HTTP/1.1\r\n{host}\r\nCookie: {cookie}\r\nOrigin: http://127.0.0.1:{port}\r\n\r\n"
            ),
        ),
    ] {
        let answer = ask(request.replacen("\r\n", "\r\nConnection: close\r\n", 1));
        assert!([403, 404, 405].contains(&answer.status), "{what}: {answer:?}");
        for secret in ["Ada Example", desk.place.as_str(), "root:"] {
            assert!(!answer.body.contains(secret) && !answer.head.contains(secret), "{what}: {answer:?}");
        }
    }
    assert_eq!(workdir.read("c/labels/anna.csv"), before);
    let key = cookie.split('=').nth(1).unwrap();
    let entered = ask(format!("GET /{place}/?key={key} HTTP/1.1\r\n{host}\r\nConnection: close\r\n\r\n"));
    let set = entered.header("set-cookie").unwrap();
    assert!(
        entered.status == 303
            && set.contains("HttpOnly")
            && set.contains("SameSite=Strict")
            && set.contains(&format!("Path=/{place}/"))
    );
}

#[test]
fn large_slow_and_many_requests_leave_the_desk_open() {
    let workdir = Workdir::with_fixture("base");
    let desk = open(&workdir, &["--coder", "anna"]);
    let own = format!("Origin: http://127.0.0.1:{}\r\nContent-Type: application/x-www-form-urlencoded\r\n", desk.port);
    let claimed =
        raw(desk.port, desk.head("POST", "code", &format!("{own}Content-Length: 99999999999\r\n\r\nx=1")).as_bytes());
    assert!(claimed.is_ok_and(|answer| answer.status == 413));
    let mut large = desk.head("POST", "code", &format!("{own}Content-Length: 6000000\r\n\r\n")).into_bytes();
    large.resize(large.len() + 6_000_000, b'x');
    // The desk may close the connection while the rest is still being sent.
    assert!(raw(desk.port, &large).map_or(true, |answer| answer.status == 413));
    let head = format!("X: {}\r\n\r\n", "y".repeat(2_000_000));
    assert!(raw(desk.port, desk.head("GET", "code", &head).as_bytes()).map_or(true, |answer| answer.status >= 400));
    for nonsense in ["\r\n\r\n", "GET\r\n\r\n", "\u{0}\u{1}\u{2}\r\n\r\n", "GET / HTTP/9.9\r\n\r\n"] {
        assert!(raw(desk.port, nonsense.as_bytes()).map_or(true, |answer| answer.status >= 400), "{nonsense:?}");
    }
    // These never finish what they ask.
    let mut slow: Vec<TcpStream> = Vec::new();
    for part in ["GET /", "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n1", ""].repeat(20) {
        let mut stream = TcpStream::connect(("127.0.0.1", desk.port)).unwrap();
        stream.write_all(part.as_bytes()).unwrap();
        slow.push(stream);
    }
    let answered = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..50 {
            scope.spawn(|| {
                for _ in 0..20 {
                    let page = desk.get("desk.css");
                    answered.fetch_add(usize::from(page.status == 200), Ordering::Relaxed);
                }
            });
        }
    });
    assert_eq!(answered.into_inner(), 1_000);
    assert_eq!(desk.get("code").status, 200);
}

#[test]
fn answers_are_on_the_disk_before_the_next_page() {
    let workdir = Workdir::with_fixture("base");
    let before = labels(&workdir, "anna");
    let desk = open(&workdir, &["--coder", "anna"]);
    let said = desk.answer("code", ("b-1", "tram"), "0", "doubts, \"many\"");
    assert_eq!(said, "Saved: Tram, Undecided (0)");
    let end = if before.contains("\r\n") { "\r\n" } else { "\n" };
    let one = format!("{before}b-1,tram,0,\"doubts, \"\"many\"\"\"{end}");
    assert_eq!(labels(&workdir, "anna"), one);
    // The page shows the answer, and the same answer again changes no byte.
    let page = desk.get("code?s=b-1&i=tram").body;
    assert!(page.contains("aria-pressed=\"true\"") && page.contains("doubts, &quot;many&quot;"));
    desk.answer("code", ("b-1", "tram"), "rest", "");
    assert_eq!(labels(&workdir, "anna"), format!("{one}b-1,fares,,{end}"));
    assert_eq!(desk.answer("code", ("b-1", "tram"), "undo", ""), "Undone: Fares, no position");
    assert_eq!(desk.answer("code", ("b-1", "tram"), "undo", ""), "Undone: Tram, Undecided (0)");
    assert_eq!(labels(&workdir, "anna"), before);
    assert!(desk.answer("code", ("b-1", "tram"), "undo", "").starts_with("There is nothing to undo"));
    // What is not an answer changes nothing.
    for deed in ["7", "-2"] {
        assert_eq!(desk.answer("code", ("b-1", "tram"), deed, ""), "Nothing was saved: this issue has no such level.");
    }
    for deed in ["x", "", "\u{0}", "go ", "go settle", "go code?s=no-such&i=tram", "go http://a.example/?s=x"] {
        desk.answer("code", ("b-1", "tram"), deed, "");
    }
    assert_eq!(desk.post("code", &[("s", "no-such"), ("i", "tram"), ("coder", "anna"), ("do", "1")]).status, 303);
    assert_eq!(labels(&workdir, "anna"), before);
    assert_eq!(workdir.run(&["check", "--corpus", "c"]).code, 0);
}

#[test]
fn two_desks_and_an_editor_lose_nothing() {
    let workdir = Workdir::with_fixture("base");
    let (one, other) = (open(&workdir, &["--coder", "anna"]), open(&workdir, &["--coder", "anna"]));
    let stale = other.get("code?s=a-1&i=tram").field("seen");
    one.answer("code", ("a-1", "tram"), "1", "");
    let late = other.post("code", &[("s", "a-1"), ("i", "tram"), ("coder", "anna"), ("seen", &stale), ("do", "-1")]);
    let page = other.get(late.header("location").unwrap());
    assert!(status(&page).starts_with("Another program has changed this answer"), "{}", status(&page));
    assert!(labels(&workdir, "anna").contains("a-1,tram,1,") && !labels(&workdir, "anna").contains("a-1,tram,-1"));
    other.answer("code", ("a-2", "fares"), "none", "");
    // An editor adds a row above.
    let text = labels(&workdir, "anna").replacen(
        "statement_id,issue,position,rationale\n",
        "statement_id,issue,position,rationale\nb-1,fares,1,by an editor\n",
        1,
    );
    workdir.write("c/labels/anna.csv", &text);
    one.answer("code", ("b-1", "tram"), "-1", "");
    let now = labels(&workdir, "anna");
    for row in ["a-1,tram,1,", "a-2,fares,,", "b-1,fares,1,by an editor", "b-1,tram,-1,"] {
        assert_eq!(now.matches(row).count(), 1, "{row} in {now}");
    }
}

/// An editor saves a copy of the file that it has had open since before, with a row of its own.
#[test]
fn answers_that_an_old_copy_drops_are_told_and_put_back() {
    let workdir = Workdir::with_fixture("base");
    let desk = open(&workdir, &["--coder", "anna"]);
    let old = labels(&workdir, "anna");
    desk.answer("code", ("b-1", "tram"), "0", "doubts");
    desk.answer("code", ("b-1", "fares"), "1", "");
    assert!(!desk.get("code").body.contains("class=\"faults astray\""));
    let saved_by_editor = format!("{old}a-2,fares,1,by the editor\n");
    workdir.write("c/labels/anna.csv", &saved_by_editor);
    // Every page says so, also if the next answer is saved first.
    let other = desk.get("explore").body;
    assert!(other.contains("2 answers that you gave here are no longer in the file"), "{other}");
    desk.answer("code", ("a-1", "fares"), "none", "");
    let page = desk.get("code?s=a-1&i=fares");
    assert!(page.body.contains("<p role=\"alert\"><strong><code>labels/anna.csv</code>: 2 answers"), "{page:?}");
    assert!(
        page.body.contains("You gave: Undecided (0), note “doubts”") && page.body.contains("The file has: no answer")
    );
    let (mark, at) = (page.field("mark"), page.field("at").replace("&amp;", "&"));
    // Another window shows another statement meanwhile.
    desk.get("code?s=a-2&i=tram");
    let fields = |mark: &str, what: &str| -> Answer {
        let of = [("file", "anna"), ("how", "lost"), ("mark", mark), ("room", "code"), ("at", at.as_str())];
        let sent = desk.post("put-back", &[&of[..], &[("do", what)]].concat());
        desk.get(sent.header("location").unwrap())
    };
    let before = labels(&workdir, "anna");
    assert!(refusal(&fields("of another list", "back")).starts_with("Nothing was saved: the file has changed again"));
    assert_eq!(labels(&workdir, "anna"), before);
    let page = fields(&mark, "back");
    assert_eq!(status(&page), "2 answers are in the file again, as you gave them.");
    assert_eq!((page.field("s"), page.field("i")), ("a-1".to_owned(), "fares".to_owned()), "the same statement");
    assert!(!page.body.contains("class=\"faults astray\""));
    let now = labels(&workdir, "anna");
    assert!(now.starts_with(&before), "{now}");
    for row in ["b-1,tram,0,doubts", "b-1,fares,1,", "a-1,fares,,", "a-2,fares,1,by the editor"] {
        assert_eq!(now.matches(row).count(), 1, "{row} in {now}");
    }
    // Whoever meant it leaves the file as it is, and is not told again, also after another coder was here.
    workdir.write("c/labels/anna.csv", &saved_by_editor);
    for coder in ["ben", "anna"] {
        desk.post("who", &[("coder", coder), ("back", "code")]);
    }
    let page = desk.get("code");
    assert!(page.body.contains("3 answers that you gave here"), "{page:?}");
    assert_eq!(status(&fields(&page.field("mark"), "leave")), "The file stays as it is.");
    assert!(!desk.get("code").body.contains("class=\"faults astray\""));
    assert_eq!(labels(&workdir, "anna"), saved_by_editor);
}

#[test]
fn what_another_desk_changes_is_told_and_is_no_loss() {
    let workdir = Workdir::with_fixture("base");
    let (one, other) = (open(&workdir, &["--coder", "anna"]), open(&workdir, &["--coder", "anna"]));
    one.answer("code", ("b-1", "tram"), "0", "");
    other.answer("code", ("b-1", "tram"), "1", "");
    other.answer("code", ("b-1", "fares"), "1", "");
    let page = one.get("code").body;
    assert!(page.contains("1 answer that you gave here is another one now"), "{page}");
    assert!(!page.contains("no longer in the file") && !page.contains("<p role=\"alert\">"), "{page}");
    assert!(!other.get("code").body.contains("class=\"faults astray\""));
    // Here it is put in its place, and the other desk is told.
    let mark = one.get("code").field("mark");
    one.post("put-back", &[("file", "anna"), ("how", "changed"), ("mark", &mark), ("room", "code"), ("do", "back")]);
    assert!(labels(&workdir, "anna").contains("b-1,tram,0,") && labels(&workdir, "anna").contains("b-1,fares,1,"));
    assert!(!one.get("code").body.contains("class=\"faults astray\""));
    assert!(other.get("code").body.contains("class=\"faults astray\""));
}

#[test]
fn a_note_that_was_not_sent_waits_at_its_statement() {
    let workdir = Workdir::with_fixture("base");
    let header = "statement_id,issue,position,rationale\n";
    workdir.write("c/labels/anna.csv", header);
    let desk = open(&workdir, &["--coder", "anna"]);
    // Each step within the form is a button of it, so the note comes along without the script.
    let page = desk.get("code?s=a-1&i=tram").body;
    assert!(
        page.contains("value=\"go code?s=a-1&amp;i=fares\"") && !page.contains("<a href=\"code?s=a-1&amp;i=fares\"")
    );
    let said = desk.answer("code", ("a-1", "tram"), "go code?s=a-2&i=tram", "who speaks?");
    assert_eq!(said, "Your note is kept with its statement. It is saved once you answer.");
    assert_eq!(labels(&workdir, "anna"), header);
    let page = desk.get("code?s=a-2&i=tram").body;
    assert!(page.contains("1 note without an answer</strong>. <a href=\"code?s=a-1&amp;i=tram\""), "{page}");
    let page = desk.get("code?s=a-1&i=tram").body;
    assert!(page.contains("data-draft aria-describedby=\"unsent\" value=\"who speaks?\""), "{page}");
    // Whoever only leaves is not sent anywhere.
    let keep = |statement, issue, note| {
        let of = [("s", statement), ("i", issue), ("coder", "anna")];
        desk.post("code", &[&of[..], &[("rationale", note), ("do", "keep")]].concat())
    };
    let kept = keep("b-1", "fares", "on fares");
    assert_eq!((kept.status, kept.body.as_str()), (200, ""));
    assert!(
        refusal(
            &desk.get(
                desk.post(
                    "code",
                    &[
                        ("s", "b-1"),
                        ("i", "fares"),
                        ("coder", "anna"),
                        ("seen", "none"),
                        ("rationale", "on fares"),
                        ("do", "note"),
                    ]
                )
                .header("location")
                .unwrap()
            )
        )
        .contains("give an answer first")
    );
    // It is saved with the answer, also with that of `x`, and then it waits no more.
    desk.answer("code", ("a-1", "tram"), "1", "who speaks?");
    // One that was emptied waits no more.
    for note in ["not this", ""] {
        assert_eq!(keep("b-1", "tram", note).status, 200);
    }
    desk.answer("code", ("b-1", "tram"), "rest", "");
    let expected = format!("{header}a-1,tram,1,who speaks?\nb-1,tram,,\nb-1,fares,,on fares\n");
    assert_eq!(labels(&workdir, "anna"), expected);
    assert!(!desk.get("code").body.contains("without an answer</strong>"));
}

/// Two windows: in one of them, somebody else begins to code.
#[test]
fn a_page_of_one_coder_writes_nothing_for_another() {
    let workdir = Workdir::with_fixture("base");
    let desk = open(&workdir, &["--coder", "anna"]);
    let (unit, before) = ([("s", "b-1"), ("i", "tram")], (labels(&workdir, "anna"), labels(&workdir, "ben")));
    let page = desk.get("code?s=b-1&i=tram");
    let (coder, seen) = (page.field("coder"), page.field("seen"));
    assert_eq!(coder, "anna");
    desk.post("who", &[("coder", "ben"), ("back", "code")]);
    assert_eq!(desk.get("code?s=b-1&i=tram").field("seen"), seen, "neither has answered");
    for (coder, deed) in [(&*coder, "keep"), (&*coder, "1"), (&*coder, "rest"), (&*coder, "undo"), ("", "1")] {
        let of = [("coder", coder), ("seen", &*seen), ("rationale", "said by anna"), ("do", deed)];
        let refused = desk.post("code", &[&unit[..], &of].concat());
        assert_eq!(refused.status, 409, "{refused:?}");
        assert!(refused.header("content-type").unwrap().starts_with("text/plain"), "what was typed stays on its page");
        assert!(refused.body.starts_with("Nothing was saved") && refused.body.contains("ben codes now"), "{refused:?}");
    }
    let page = desk.get("code?s=b-1&i=tram").body;
    assert!(!page.contains("said by anna") && !page.contains("without an answer</strong>"), "{page}");
    assert_eq!((labels(&workdir, "anna"), labels(&workdir, "ben")), before);
    // Once anna codes again, her page answers.
    desk.post("who", &[("coder", "anna"), ("back", "code")]);
    let of = [("coder", &*coder), ("seen", &*seen), ("rationale", "said by anna"), ("do", "1")];
    assert_eq!(desk.post("code", &[&unit[..], &of].concat()).status, 303);
    assert!(labels(&workdir, "anna").contains("b-1,tram,1,said by anna"));
}

#[test]
fn what_is_not_done_looks_and_sounds_like_it() {
    let workdir = Workdir::with_fixture("base");
    let desk = open(&workdir, &["--coder", "anna"]);
    let ask = |room: &str, fields: &[(&str, &str)]| {
        let sent = desk.post(room, fields);
        sent.header("location").map_or_else(|| refusal(&sent), |to| refusal(&desk.get(to)))
    };
    let unit = [("s", "b-1"), ("i", "tram")];
    let with = |deed: &'static str| [unit[0], unit[1], ("coder", "anna"), ("do", deed)];
    assert_eq!(ask("code", &with("rest")), "");
    let before = labels(&workdir, "anna");
    assert_eq!(ask("code", &with("rest")), "Nothing was saved: every issue of this statement has an answer.");
    assert!(ask("code", &with("1")).starts_with("Another program has changed this answer"));
    assert_eq!(labels(&workdir, "anna"), before);
    assert_eq!(ask("code", &with("undo")), "");
    assert!(ask("code", &with("undo")).starts_with("There is nothing to undo"));
    let file = String::from_utf8(workdir.read("c/rules.toml")).unwrap();
    let was = desk.get("rules").field("was");
    let torn = file.replace("any = [", "any = ");
    assert!(ask("rules", &[("text", &torn), ("was", &was), ("do", "save")]).starts_with("Not saved"));
    assert!(ask("rules", &[("text", &file), ("was", "x"), ("do", "save")]).starts_with("Another program has changed"));
    assert!(ask("rules", &[("text", &file), ("was", &was), ("do", "find")]).starts_with("Type a pattern first"));
    // An error of the disk is one, too.
    fs::remove_file(workdir.path().join("c/labels/anna.csv")).unwrap();
    desk.post("code", &with("1"));
    assert!(desk.get("explore").body.contains("role=\"alert\">The file anna.csv has disappeared"));
}

#[test]
fn at_the_end_there_is_a_way_back() {
    let workdir = Workdir::with_fixture("base");
    let header = "statement_id,issue,position,rationale\n";
    workdir.write("c/labels/anna.csv", header);
    let desk = open(&workdir, &["--coder", "anna"]);
    for statement in ["a-1", "a-2", "b-1"] {
        desk.answer("code", (statement, "tram"), "rest", "");
    }
    let end = desk.get("code").body;
    assert!(end.contains("Everything in this queue has an answer"), "{end}");
    assert!(end.contains("href=\"code?s=b-1&amp;i=tram\" data-swap data-key=\"ArrowLeft\""), "{end}");
    assert!(end.contains("value=\"undo\" data-key=\"u\""), "{end}");
    let undone = desk.post("code", &[("coder", &desk.get("code").field("coder")), ("do", "undo")]);
    assert_eq!(undone.header("location"), Some("code?s=b-1&i=tram"));
    assert!(!labels(&workdir, "anna").contains("b-1"));
}

#[test]
fn a_chart_is_taken_along_as_stance_chart_draws_it() {
    let workdir = Workdir::with_fixture("base");
    workdir.write("c/chart.toml", "source = \"Own count\"\n");
    let desk = open(&workdir, &[]);
    let page = desk.get("explore?speaker=Ada+Example").body;
    let link = page.split("href=\"picture?").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    assert_eq!(link, "file=timeline-ada-example&amp;as=svg&amp;speaker=Ada%20Example");
    assert_eq!(
        workdir.run(&["chart", "timeline", "--corpus", "c", "--speaker", "Ada Example", "--out", "out"]).code,
        0
    );
    for (ending, kind) in [("svg", "image/svg+xml"), ("png", "image/png"), ("csv", "text/csv; charset=utf-8")] {
        let file = desk.get(&format!("picture?file=timeline-ada-example&as={ending}&speaker=Ada%20Example"));
        let name = format!("attachment; filename*=UTF-8''timeline-ada-example.{ending}");
        assert_eq!((file.header("content-type"), file.header("content-disposition")), (Some(kind), Some(&*name)));
        let drawn = workdir.read(&format!("out/timeline-ada-example.{ending}"));
        assert_eq!(file.body, String::from_utf8_lossy(&drawn), "{ending}");
    }
    for link in ["file=timeline-ada-example&as=exe", "file=no-such&as=svg", "file=../../statements&as=csv", ""] {
        let page = desk.get(&format!("picture?{link}"));
        assert!(page.status == 409 && page.body.contains("There is no such chart"), "{link}: {page:?}");
    }
}

#[test]
fn disputes_are_settled_and_sent_back() {
    let workdir = Workdir::with_fixture("base");
    workdir.write(
        "c/labels/anna.csv",
        "statement_id,issue,position,rationale\na-1,tram,1,builds\na-2,tram,0,\nb-1,fares,1,\n",
    );
    workdir.write(
        "c/labels/ben.csv",
        "statement_id,issue,position,rationale\na-1,tram,-1,not so\na-2,tram,-1,\nb-1,fares,1,\n",
    );
    let desk = open(&workdir, &[]);
    let page = desk.get("settle");
    assert!(
        page.body.contains("2 disputes open") && page.body.contains("not so") && page.body.contains("builds"),
        "{}",
        page.body
    );
    assert_eq!((page.field("s").as_str(), page.field("i").as_str()), ("a-1", "tram"), "the farthest apart comes first");
    desk.answer("settle", ("a-1", "tram"), "1", "says \"will\"");
    desk.answer("settle", ("a-2", "tram"), "unsure", "read it again");
    let expected =
        "statement_id,issue,position,rationale\r\na-1,tram,1,\"says \"\"will\"\"\"\r\na-2,tram,?,read it again\r\n";
    assert_eq!(labels(&workdir, "adjudicated"), expected);
    let done = desk.get("settle").body;
    assert!(done.contains("Nothing is open; 1 dispute was sent back") && done.contains("2 of 3"), "{done}");
    assert!(!done.contains("Every dispute is settled") && done.contains("read it again"), "{done}");
    desk.answer("settle", ("a-2", "tram"), "undo", "");
    assert!(!labels(&workdir, "adjudicated").contains("read it again"));
    assert_eq!(workdir.run(&["check", "--corpus", "c"]).code, 0);
}

#[test]
fn what_is_sent_back_reaches_its_coders_until_they_agree() {
    let workdir = Workdir::with_fixture("base");
    let header = "statement_id,issue,position,rationale\n";
    workdir.write("c/labels/anna.csv", format!("{header}a-1,tram,1,\na-2,tram,0,\n"));
    workdir.write("c/labels/ben.csv", format!("{header}a-1,tram,-1,\na-2,tram,0,\n"));
    let desk = open(&workdir, &["--coder", "ben"]);
    assert!(!desk.get("code").body.contains("sent back"));
    let said = desk.answer("settle", ("a-1", "tram"), "unsure", "read the \"end\" again");
    assert_eq!(said, "Sent back: Tram");
    let page = desk.get("code").body;
    assert!(page.contains("1 sent back to you") && page.contains("read the &quot;end&quot; again"), "{page}");
    assert!(!page.contains(">anna<"), "who differs is not said");
    let unit = desk.get("code?s=a-1&i=tram").body;
    assert!(unit.contains("<strong>1 sent back to you</strong>: read the"), "{unit}");
    // The same answer again: it is still in dispute, and both sides see that.
    desk.answer("code", ("a-1", "tram"), "-1", "");
    assert!(desk.get("code").body.contains("answered again in this session"));
    assert!(desk.get("settle").body.contains("1 sent back"));
    desk.answer("code", ("a-1", "tram"), "1", "");
    assert!(!desk.get("code").body.contains("sent back"));
    assert!(desk.get("settle").body.contains("There is nothing to settle"));
}

#[test]
fn a_fault_in_the_rules_keeps_nobody_from_coding() {
    let workdir = Workdir::with_fixture("base");
    let good = String::from_utf8(workdir.read("c/rules.toml")).unwrap();
    let torn = good.replace("any = [", "any = ");
    workdir.write("c/rules.toml", &torn);
    let desk = open(&workdir, &["--coder", "anna"]);
    let page = desk.get("code").body;
    assert!(page.contains("no rule gives a label") && page.contains("rules.toml:"), "{page}");
    assert_eq!(desk.answer("code", ("b-1", "tram"), "0", ""), "Saved: Tram, Undecided (0)");
    assert!(labels(&workdir, "anna").contains("b-1,tram,0,"));
    // The room for rules shows the text with its fault, and repairs it.
    let rules = desk.get("rules");
    assert!(rules.body.contains("so this cannot be saved") && rules.body.contains("any = &quot;"), "{}", rules.body);
    let saved = desk.post("rules", &[("text", &good), ("was", &rules.field("was")), ("do", "save")]);
    assert_eq!(saved.status, 303, "{saved:?}");
    let page = desk.get("code").body;
    assert!(!page.contains("class=\"faults\""), "{page}");
    // A fault that comes later leaves the rules from before.
    workdir.write("c/rules.toml", &torn);
    assert!(desk.get("code").body.contains("the rules from before give the labels"));
    assert!(desk.get("why?p=stance-0").body.contains("tram-build"));
}

#[test]
fn a_faulty_file_of_labels_is_reported_at_once_and_not_written_to() {
    let workdir = Workdir::with_fixture("base");
    let desk = open(&workdir, &["--coder", "ben"]);
    let seen = desk.get("code?s=b-1&i=tram").field("seen");
    let good = labels(&workdir, "ben");
    let torn = format!("{good}a-1,fares,\"1,\n");
    workdir.write("c/labels/ben.csv", &torn);
    for _ in 0..2 {
        let page = desk.get("code");
        assert!(page.status == 409 && page.body.contains("is never closed"), "{page:?}");
        assert!(!page.body.contains("data-key=\"1\""), "nothing can be answered");
        desk.post("code", &[("s", "b-1"), ("i", "tram"), ("coder", "ben"), ("seen", &seen), ("do", "0")]);
        assert_eq!(labels(&workdir, "ben"), torn, "nothing is written into the open quotation");
    }
    // What can be read and is not allowed is shown in the room of the coder, too.
    workdir.write("c/labels/ben.csv", format!("{good}a-1,fares,7,\n"));
    let page = desk.get("code");
    assert!(page.status == 200 && page.body.contains("`7` is not a level"), "{page:?}");
    desk.get("explore");
    workdir.write("c/labels/ben.csv", &good);
    assert!(!desk.get("code").body.contains("class=\"faults\""), "it is repaired");
    desk.answer("code", ("b-1", "tram"), "0", "");
    assert!(labels(&workdir, "ben").starts_with(&good));
}

#[test]
fn a_desk_that_begins_with_a_faulty_file_of_labels_shows_its_faults_and_loses_nothing() {
    let workdir = Workdir::with_fixture("base");
    let (anna, ben) = (labels(&workdir, "anna"), labels(&workdir, "ben") + "a-1,tram,1,\n");
    // Of another coder: coding begins, and the other files count.
    workdir.write("c/labels/ben.csv", format!("{ben}a-1,fares,7,\n"));
    let desk = open(&workdir, &["--coder", "anna"]);
    let page = desk.get("code");
    assert!(page.status == 200 && page.body.contains("Files of labels have faults"), "{page:?}");
    assert!(page.body.contains("`7` is not a level") && page.body.contains("ben.csv:"), "{page:?}");
    assert_eq!(desk.answer("code", ("b-1", "tram"), "0", ""), "Saved: Tram, Undecided (0)");
    assert!(labels(&workdir, "anna").starts_with(&anna) && labels(&workdir, "anna").contains("b-1,tram,0,"));
    let why = desk.get("why?p=stance-0").body;
    assert!(why.contains("anna") && !why.contains("<bdi>ben"), "{why}");
    workdir.write("c/labels/ben.csv", &ben);
    assert!(!desk.get("code").body.contains("class=\"faults\""), "it is repaired");
    assert!(desk.get("why?p=stance-0").body.contains("<bdi>ben"));
    drop(desk);
    // Of this coder, and not to be read as a table: nothing is written to it before it is repaired.
    let good = labels(&workdir, "anna");
    let torn = format!("{good}a-1,fares,\"1,\n");
    workdir.write("c/labels/anna.csv", &torn);
    let desk = open(&workdir, &["--coder", "anna"]);
    for room in ["code", "explore", "settle", "rules"] {
        let page = desk.get(room);
        assert!(page.body.contains("is never closed") && !page.body.contains("data-key=\"1\""), "{room}: {page:?}");
    }
    desk.post("code", &[("s", "a-2"), ("i", "fares"), ("coder", "anna"), ("seen", "none"), ("do", "0")]);
    assert_eq!(labels(&workdir, "anna"), torn);
    workdir.write("c/labels/anna.csv", &good);
    desk.answer("code", ("a-2", "fares"), "1", "");
    assert!(labels(&workdir, "anna").starts_with(&good));
    drop(desk);
    // With a faulty codebook, nobody can say who codes. The name is kept until it can be checked.
    let codebook = workdir.read("c/codebook.toml");
    workdir.write("c/codebook.toml", "title = 3\n");
    let desk = open(&workdir, &["--coder", "anna"]);
    assert!(desk.get("code").body.contains("codebook.toml:1"));
    workdir.write("c/codebook.toml", &codebook);
    assert!(desk.get("code").body.contains("Coder: anna"));
}

#[test]
fn the_script_gets_the_next_page_with_the_answer() {
    let workdir = Workdir::with_fixture("base");
    let desk = open(&workdir, &["--coder", "anna"]);
    let seen = desk.get("code?s=b-1&i=tram").field("seen");
    let body = encoded(&[("s", "b-1"), ("i", "tram"), ("coder", "anna"), ("seen", &seen), ("do", "0")]);
    let more = format!(
        "Stance-Script: 1\r\nOrigin: http://127.0.0.1:{}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        desk.port,
        body.len()
    );
    let next = raw(desk.port, desk.head("POST", "code", &more).as_bytes()).unwrap();
    assert_eq!((next.status, status(&next).as_str()), (200, "Saved: Tram, Undecided (0)"));
    assert!(labels(&workdir, "anna").contains("b-1,tram,0,"));
    let address = next.header("stance-address").unwrap();
    assert_eq!(desk.get(address).field("i"), next.field("i"), "{address}");
}

#[test]
fn a_file_of_labels_that_disappears_is_missed() {
    let workdir = Workdir::with_fixture("base");
    let desk = open(&workdir, &["--coder", "anna"]);
    desk.answer("code", ("b-1", "tram"), "0", "");
    let before = labels(&workdir, "anna");
    let seen = desk.get("code?s=b-1&i=fares").field("seen");
    let file = workdir.path().join("c/labels/anna.csv");
    fs::remove_file(&file).unwrap();
    let answers = before.lines().count() - 1;
    desk.post("code", &[("s", "b-1"), ("i", "fares"), ("coder", "anna"), ("seen", &seen), ("do", "0")]);
    assert!(!file.exists(), "no new file takes its place by itself");
    let page = desk.get("code");
    let told = format!("The file anna.csv has disappeared; {answers} answers are gone from the disk.");
    assert!(page.status == 409 && page.body.contains(&told), "{page:?}");
    assert_eq!(desk.post("again", &[("room", "code"), ("do", "again")]).status, 303);
    assert_eq!(labels(&workdir, "anna"), before);
    fs::remove_file(&file).unwrap();
    desk.post("again", &[("room", "code"), ("do", "anew")]);
    desk.answer("code", ("b-1", "fares"), "0", "");
    assert_eq!(labels(&workdir, "anna"), "statement_id,issue,position,rationale\nb-1,fares,0,\n");
}

#[test]
fn notes_counts_and_the_issue_are_as_a_coder_expects() {
    let workdir = Workdir::with_fixture("base");
    let header = "statement_id,issue,position,rationale\n";
    workdir.write("c/labels/anna.csv", header);
    workdir.write("c/labels/ben.csv", header);
    let desk = open(&workdir, &["--coder", "anna"]);
    desk.post("queue", &[("issue", "fares")]);
    desk.answer("code", ("a-1", "fares"), "unsure", "who speaks?");
    let page = desk.get("code").body;
    assert!(page.contains("0 coded") && page.contains("3 left") && page.contains("1 answer not sure"), "{page}");
    // The note was about the doubt.
    let said = desk.answer("code", ("a-1", "fares"), "1", "who speaks?");
    assert!(said.contains("The note of the answer before was left out"), "{said}");
    assert!(labels(&workdir, "anna").ends_with("a-1,fares,1,\n"), "{}", labels(&workdir, "anna"));
    desk.answer("code", ("a-1", "fares"), "undo", "");
    assert!(labels(&workdir, "anna").ends_with("a-1,fares,?,who speaks?\n"));
    desk.answer("code", ("a-1", "fares"), "1", "she says so");
    desk.answer("code", ("a-2", "fares"), "none", "");
    desk.answer("code", ("b-1", "fares"), "unsure", "");
    let end = desk.get("code").body;
    assert!(end.contains("1 answer is not sure") && end.contains("<bdi>Tram</bdi>: 3 left"), "{end}");
    // Another coder goes on with the same issue.
    desk.post("who", &[("coder", "ben"), ("back", "code")]);
    let page = desk.get("code");
    assert!(page.field("i") == "fares" && page.body.contains("value=\"fares\" aria-pressed=\"true\""), "{page:?}");
}

#[test]
fn what_is_typed_in_the_room_for_rules_is_kept() {
    let workdir = Workdir::with_fixture("base");
    let file = String::from_utf8(workdir.read("c/rules.toml")).unwrap();
    let desk = open(&workdir, &[]);
    let was = desk.get("rules").field("was");
    let typed = format!("{file}\n# typed and not saved\n");
    let ask = |deed: &str, find: &str, explain: &str| {
        let fields = [("text", &*typed), ("was", &was), ("find", find), ("explain", explain), ("do", deed)];
        let page = desk.post("rules", &fields);
        assert!(page.status == 200 && page.body.contains("# typed and not saved"), "{deed}: {page:?}");
        page.body
    };
    let found = ask("find", "tram", "");
    assert!(found.contains("2 places") && found.contains("value=\"explain a-1\""), "{found}");
    assert!(ask("explain", "", "a-1").contains("class=\"explained\""));
    assert!(ask("explain a-1", "tram", "").contains("class=\"explained\""));
    let ruled = ask("rule", "tram", "");
    let line = typed.trim_end().lines().count() + 2;
    assert!(ruled.contains(&format!("data-show=\"{line}\"")) && ruled.contains("data-unsaved"), "{ruled}");
    assert!(ruled.split("# typed and not saved").nth(1).unwrap().contains("[[rule]]"));
    let none = ask("rule", "submarine", "");
    assert!(none.contains("No rule was made") && !none.contains("data-show"), "{none}");
    assert_eq!(String::from_utf8(workdir.read("c/rules.toml")).unwrap(), file);
}

#[test]
fn a_review_keeps_what_was_typed_and_asks_for_words_that_are_not_in_the_text() {
    let workdir = Workdir::with_fixture("base");
    let text = "The mayor, Ann Lee, said: “We will build the bridge here, and soon.”\n";
    workdir.write("c/text.txt", text);
    let start = text.split("We").next().unwrap().chars().count();
    let head = "id,date,speaker,text,kind,verified,confidence,file,start,end,spans\n";
    let row = format!(
        "p-1,2025-03-01,Ann Lee,We will build the bridge here,direct,no,high,text.txt,{start},{},\n",
        start + 29
    );
    let other = "a-1,2025-03-01,Ada Example,We will build the tram.,direct,yes,,,,,\na-2,2025-06-01,Ada Example,The tram is dead.,direct,yes,,,,,\nb-1,2025-08-01,Ben Example,No.,direct,yes,,,,,\n";
    workdir.write("c/statements.csv", format!("{head}{row}{other}"));
    let desk = open(&workdir, &[]);
    let words = "We will build the bridge here";
    let post = |date: &str, text: &str, kind: &str, sure: &str| {
        let fields = [
            ("id", "p-1"),
            ("do", "accept"),
            ("sure", sure),
            ("was-date", "2025-03-01"),
            ("date", date),
            ("was-kind", "direct"),
            ("kind", kind),
            ("was-speaker", "Ann Lee"),
            ("speaker", "Ann P. Lee"),
            ("was-text", words),
            ("text", text),
        ];
        desk.post("review", &fields)
    };
    let saved = || String::from_utf8(workdir.read("c/statements.csv")).unwrap();
    let before = saved();
    let wrong = post("soon", "We will build the bridge", "direct", "");
    assert!(
        wrong.status == 200 && wrong.body.contains("value=\"soon\"") && wrong.body.contains("Ann P. Lee"),
        "{wrong:?}"
    );
    assert!(wrong.body.contains("id=\"date-wrong\"") && !wrong.body.contains("id=\"text-wrong\""), "{wrong:?}");
    let missing = post("2025-03-02", "We will sell the bridge", "direct", "");
    assert!(
        missing.body.contains("These words are not in the text") && missing.body.contains("name=\"sure\""),
        "{missing:?}"
    );
    assert_eq!(saved(), before, "nothing is saved before everything can be");
    // Words that are there: the place is theirs.
    assert_eq!(post("2025-03-01", "build the bridge here, and soon", "direct", "").status, 303);
    let row = saved().lines().nth(1).unwrap().to_owned();
    assert_eq!(
        row,
        format!(
            "p-1,2025-03-01,Ann P. Lee,\"build the bridge here, and soon\",direct,yes,review,text.txt,{},{},",
            start + 8,
            start + 39
        )
    );
    for _ in 0..3 {
        desk.post("review", &[("do", "undo")]);
    }
    assert_eq!(saved(), before);
    // Whoever knows it keeps neither the place nor the confidence of other words.
    assert_eq!(post("2025-03-01", "We will sell the bridge", "direct", "1").status, 303);
    assert_eq!(
        saved().lines().nth(1).unwrap(),
        "p-1,2025-03-01,Ann P. Lee,We will sell the bridge,direct,yes,review,text.txt,,,"
    );
    assert!(desk.get("review").body.contains("Nothing waits for review"));
}

#[test]
fn many_statements_are_shown_in_parts_and_searched_as_a_whole() {
    let workdir = Workdir::with_fixture("base");
    let row = |n: usize| format!("s{n},2025-03-{:02},Ada Example,We will build tram number {n}.\n", 1 + n % 28);
    let rows: String = (0..450).map(row).collect();
    let quiet = "q-1,2025-03-01,Ben Example,A word on parks.\n";
    workdir.write("c/statements.csv", format!("id,date,speaker,text\n{rows}{quiet}"));
    for coder in ["anna", "ben"] {
        workdir.write(&format!("c/labels/{coder}.csv"), "statement_id,issue,position,rationale\n");
    }
    let desk = open(&workdir, &[]);
    let count = |page: &Answer| page.body.matches("<tr id=\"stance-").count();
    let first = desk.get("explore");
    assert_eq!((count(&first), first.body.contains("1 to 200 of 450")), (200, true), "{}", first.body.len());
    assert!(first.body.contains("Statements with a position") && !first.body.contains("A word on parks"));
    let last = desk.get("explore?page=3");
    assert!(count(&last) == 50 && last.body.contains("401 to 450 of 450"));
    // Each mark leads to a row that is here, or to the page of its statement.
    for page in [&first, &last] {
        for mark in page.body.split("href=\"#stance-").skip(1) {
            let place = mark.split('"').next().unwrap();
            assert!(page.body.contains(&format!("<tr id=\"stance-{place}\"")), "{place}");
        }
    }
    let found = desk.get("explore?q=NUMBER+44");
    assert_eq!(count(&found), 14, "44, 144, 244, 344 and 440 to 449");
    let all = desk.get("explore?which=all&q=parks");
    assert!(count(&all) == 1 && all.body.contains("A word on parks"));
    assert_eq!(count(&desk.get("explore?level=tram+0")), 0);
    assert_eq!(count(&desk.get("explore?level=tram+1&page=9")), 50);
    // What went wrong is said in sentences.
    let swapped = desk.get("explore?from=2025-03-02&to=2025-03-01").body;
    assert!(
        swapped.contains("The last day is before the first.")
            && swapped.contains("<p dir=\"auto\" lang=\"en\">Swap the two days.</p>"),
        "{swapped}"
    );
}

#[test]
fn rooms_speak_the_language_that_was_chosen() {
    let workdir = Workdir::with_fixture("base");
    let desk = open(&workdir, &["--locale", "de", "--coder", "anna"]);
    for (room, words) in [
        ("explore", [">Von<", ">Bis<", ">Zeigen<", "Äußerungen mit Position"]),
        ("review", ["Nichts wartet auf Prüfung", "Prüfen", "Regeln", "fügt Vorschläge"]),
        ("why?p=stance-0", ["Von Hand kodiert", "Was die Regeln sagen", "Zurück zu allen", "Ansehen"]),
        ("rules", ["Kein Fehler", "Ein Muster suchen", "Bisher gefunden", "Fehler und Erklärungen sind auf Englisch"]),
        ("rules?explain=a-1", ["lang=\"en\"", "Erklären", "Warum eine Stufe", "0 gewonnen, 0 verloren"]),
    ] {
        let page = desk.get(room).body;
        for word in words {
            assert!(page.contains(word), "{room} does not say {word}: {page}");
        }
    }
    // Nothing of the room for rules is left in English but the faults and explanations, which are marked as that.
    let english = open(&workdir, &[]).get("rules").body;
    let torn = String::from_utf8(workdir.read("c/rules.toml")).unwrap().replace("any = [", "any = ");
    for (language, fault) in [("de", "Fehler"), ("fr", "erreur"), ("uk", "помилк")] {
        let desk = open(&workdir, &["--locale", language]);
        let page = desk.get("rules").body;
        for (words, _) in english.match_indices('>').filter_map(|(at, _)| english[at + 1..].split_once('<')) {
            let words = words.trim();
            let sentence = words.split(' ').filter(|word| word.chars().all(char::is_alphabetic)).count() > 2;
            let own = words.contains("[[rule]]");
            assert!(!sentence || own || !page.contains(words), "{language} says {words}");
        }
        let faulty = desk.post("trial", &[("text", &torn)]).body;
        assert!(faulty.contains(fault) && faulty.contains("<ul class=\"problems\" lang=\"en\">"), "{faulty}");
    }
}

#[test]
fn a_faulty_file_of_rules_is_not_saved() {
    let workdir = Workdir::with_fixture("base");
    let before = String::from_utf8(workdir.read("c/rules.toml")).unwrap();
    let desk = open(&workdir, &[]);
    let page = desk.get("rules");
    let was = page.field("was");
    let save = |text: &str, was: &str| desk.post("rules", &[("text", text), ("was", was), ("do", "save")]);
    let torn = save(&before.replace("any = [", "any = "), &was);
    assert!(torn.body.contains("Not saved") && torn.body.contains("data-line="), "{}", torn.body);
    let failing = save(&before.replace("\"We build a tram.\"", "\"We sell a tram.\""), &was);
    assert!(failing.body.contains("Not saved") && failing.body.contains("does not match its test"));
    assert_eq!(String::from_utf8(workdir.read("c/rules.toml")).unwrap(), before);
    let wider = before.replace("build ...2 tram", "(build|want) ...2 tram");
    let part = desk.post("trial", &[("text", &wider.replace('\n', "\r\n"))]);
    assert!(part.body.contains("No fault") && !part.body.contains("<html"), "{part:?}");
    assert_eq!(save(&wider.replace('\n', "\r\n"), &was).status, 303);
    assert_eq!(String::from_utf8(workdir.read("c/rules.toml")).unwrap(), wider, "every other byte is as it was");
    // The page that was open still has the old file.
    workdir.write("c/rules.toml", &before);
    let stale = save(&wider, &was.replace(|c: char| c.is_ascii_digit(), "x"));
    assert!(stale.body.contains("Another program has changed rules.toml"));
    assert_eq!(String::from_utf8(workdir.read("c/rules.toml")).unwrap(), before);
}

#[test]
fn proposals_are_fixed_and_accepted_in_place() {
    let workdir = Workdir::with_fixture("base");
    let head = "id,date,speaker,text,verified,confidence,date_from\n";
    let rows = "a-1,2025-03-01,Ada Example,We will build the tram.,yes,,\nb-1,2025-08-01,Ben Example,\"I have doubts, many.\",no,high,said\nb-2,2025-08-02,Ben Example,Maybe.,no,low,publication\na-2,2025-06-01,Ada Example,The tram is dead.,yes,,\n";
    workdir.write("c/statements.csv", format!("{head}{rows}"));
    let desk = open(&workdir, &[]);
    let page = desk.get("review");
    assert_eq!(page.field("id"), "b-2", "the doubtful day comes first");
    let fields = [
        ("id", "b-2"),
        ("do", "accept"),
        ("was-date", "2025-08-02"),
        ("date", "2025-07-31"),
        ("was-speaker", "Ben Example"),
        ("speaker", "Ben Example"),
        ("was-text", "Maybe."),
        ("text", "Maybe."),
    ];
    assert_eq!(desk.post("review", &fields).status, 303);
    let text = String::from_utf8(workdir.read("c/statements.csv")).unwrap();
    assert_eq!(
        text,
        format!("{head}{rows}").replace(
            "b-2,2025-08-02,Ben Example,Maybe.,no,low,publication",
            "b-2,2025-07-31,Ben Example,Maybe.,yes,low,review"
        )
    );
    let refused = desk.post("review", &[("id", "b-1"), ("do", "accept"), ("was-date", "2025-08-01"), ("date", "soon")]);
    assert!(status(&refused).starts_with("Nothing is saved yet"), "{refused:?}");
    desk.post("review", &[("do", "undo")]);
    desk.post("review", &[("do", "undo")]);
    assert_eq!(String::from_utf8(workdir.read("c/statements.csv")).unwrap(), format!("{head}{rows}"));
}

#[test]
fn a_corpus_with_faults_is_listed_and_used_once_it_is_fixed() {
    let workdir = Workdir::with_fixture("base");
    let codebook = workdir.read("c/codebook.toml");
    workdir.write("c/codebook.toml", "title = 3\n");
    let desk = open(&workdir, &[]);
    let page = desk.get("code").body;
    assert!(page.contains("The corpus has faults") && page.contains("codebook.toml:1"), "{page}");
    workdir.write("c/codebook.toml", &codebook);
    assert!(desk.get("explore").status == 200 && desk.get("who").body.contains("value=\"anna\""));
    // A fault that comes later is told, and what was there before is still shown.
    workdir.write("c/codebook.toml", "title = 3\n");
    let page = desk.get("who").body;
    assert!(page.contains("The corpus has faults") && page.contains("value=\"anna\""));
}

#[test]
fn texts_that_attack_are_shown_as_texts() {
    let workdir = Workdir::with_fixture("base");
    let evil = "</title></textarea></script><script>alert(1)</script><img src=x onerror=alert(2)>\u{202e}&lt;";
    let quoted = evil.replace('"', "\"\"");
    let statements = format!(
        "id,date,speaker,text,source_url,notes\n\"{quoted}\",2025-03-01,\"{quoted}\",\"{quoted} tram\",javascript:alert(3),\"{quoted}\"\na-2,2025-06-01,Ada Example,The tram is dead.,https://a.example/\"\"onclick=x,\n"
    );
    workdir.write(
        "c/statements.csv",
        statements.replace("https://a.example/\"\"onclick=x", "\"https://a.example/\"\"onclick=x\""),
    );
    workdir.write(
        "c/labels/anna.csv",
        format!("statement_id,issue,position,rationale\n\"{quoted}\",tram,1,\"{quoted}\"\n"),
    );
    workdir.write("c/labels/ben.csv", format!("statement_id,issue,position,rationale\n\"{quoted}\",tram,-1,\n"));
    let desk = open(&workdir, &["--coder", "anna"]);
    let here = encoded(&[("s", evil), ("i", "tram")]);
    for room in [
        format!("code?{here}"),
        format!("settle?{here}"),
        "settle".to_owned(),
        "explore".to_owned(),
        "why?p=stance-0".to_owned(),
        format!("rules?{}", encoded(&[("find", evil)])),
        format!("rules?{}", encoded(&[("explain", evil)])),
        "rules?find=tram&rule=1".to_owned(),
        format!("who?{}", encoded(&[("back", evil)])),
        format!("explore?{}", encoded(&[("speaker", evil), ("from", evil)])),
    ] {
        let page = desk.get(&room);
        assert_eq!(page.status, 200, "{room}");
        for word in ["<script>", "<img", "href=\"javascript:", "\" onerror", "/\"onclick"] {
            assert!(!page.body.contains(word), "{room} has {word}");
        }
    }
    let wrong = desk.post("who", &[("coder", evil), ("back", "code")]);
    assert!(wrong.body.contains("cannot be the name") && !wrong.body.contains("<script>"));
    for name in ["../x", "a/b", "..", "adjudicated", "C:\\x", "nul\u{0}"] {
        desk.post("who", &[("coder", name)]);
    }
    let mut names: Vec<_> =
        fs::read_dir(workdir.path().join("c/labels")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["anna.csv", "ben.csv"]);
}

/// Kills the desk at a random point of a session, again and again, and counts what it acknowledged.
fn kill(workdir: &Workdir, times: usize) {
    let statements = 40;
    let rows: String =
        (0..statements).map(|n| format!("s{n},2025-03-{:02},Ada Example,Yes {n}.\n", 1 + n % 28)).collect();
    workdir.write("c/statements.csv", format!("id,date,speaker,text\n{rows}"));
    workdir.write("c/rules.toml", "");
    let header = "statement_id,issue,position,rationale\n";
    for coder in ["anna", "ben"] {
        workdir.write(&format!("c/labels/{coder}.csv"), header);
    }
    let mut acknowledged: BTreeMap<String, &str> = BTreeMap::new();
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    for _ in 0..times {
        let mut desk = open(workdir, &["--coder", "anna"]);
        let wait = Duration::from_micros(random() % 150_000);
        let id = desk.process.id();
        // Mostly after the first answer, which takes longer than the others; sometimes before.
        let (first, answered) = std::sync::mpsc::channel::<()>();
        let early = random() % 8 == 0;
        let killer = thread::spawn(move || {
            if !early {
                let _ = answered.recv();
            }
            thread::sleep(wait);
            std::process::Command::new("kill").args(["-9", &id.to_string()]).status().unwrap();
        });
        // Until it is dead: a random unit gets a random answer.
        let mut pending = None;
        loop {
            let number = random();
            let statement = format!("s{}", number % statements);
            let issue = ["tram", "fares"][(number >> 16) as usize % 2];
            let deed = ["0", "1", "none", "unsure"][(number >> 32) as usize % 4];
            let unit = format!("{statement},{issue}");
            let Ok(page) = raw(
                desk.port,
                format!("{}\r\n", desk.head("GET", &format!("code?s={statement}&i={issue}"), "")).as_bytes(),
            ) else {
                break;
            };
            let seen = page.field("seen");
            pending = Some((unit.clone(), deed));
            let coder = page.field("coder");
            let of = [("s", statement.as_str()), ("i", issue), ("coder", coder.as_str()), ("seen", seen.as_str())];
            let fields = [&of[..], &[("rationale", ""), ("do", deed)]].concat();
            match desk.try_post("code", &fields) {
                Ok(answer) if answer.status == 303 => {
                    acknowledged.insert(unit, deed);
                    let _ = first.send(());
                }
                _ => break,
            }
            pending = None;
        }
        drop(first);
        killer.join().unwrap();
        let _ = desk.process.wait();
        let text = labels(workdir, "anna");
        let mut found: BTreeMap<String, &str> = BTreeMap::new();
        assert!(text.starts_with(header) && text.ends_with('\n'), "torn: {text}");
        for line in text.lines().skip(1) {
            let cells: Vec<&str> = line.split(',').collect();
            let [statement, issue, position, ""] = cells[..] else { panic!("torn: {line}") };
            let deed = match position {
                "" => "none",
                "?" => "unsure",
                "0" => "0",
                "1" => "1",
                other => panic!("torn: {other}"),
            };
            assert!(found.insert(format!("{statement},{issue}"), deed).is_none(), "double: {line}");
        }
        // An answer that was on its way may be there or not.
        if let Some((unit, deed)) = pending
            && found.get(&unit) == Some(&deed)
        {
            acknowledged.insert(unit, deed);
        }
        assert_eq!(found, acknowledged, "an answer is lost");
    }
    assert!(!acknowledged.is_empty(), "nothing was answered");
    open(workdir, &["--coder", "anna"]).answer("code", ("s0", "tram"), "rest", "");
    let left: Vec<_> =
        fs::read_dir(workdir.path().join("c/labels")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "what killed runs left is swept: {left:?}");
    assert!(Path::new(&workdir.path().join("c/labels/anna.csv")).is_file());
}

#[test]
fn nothing_acknowledged_is_lost_by_a_kill() {
    kill(&Workdir::with_fixture("base"), 5);
}

#[test]
#[ignore = "takes a minute: .ci/run runs it"]
fn nothing_acknowledged_is_lost_by_300_kills() {
    let times = std::env::var("STANCE_KILLS").ok().and_then(|times| times.parse().ok()).unwrap_or(300);
    kill(&Workdir::with_fixture("base"), times);
}
