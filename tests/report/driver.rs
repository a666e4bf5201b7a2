//! A browser, led over the WebDriver protocol: as much of it as the tests need.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

/// A browser without a window. It ends with this value.
pub struct Browser {
    driver: Child,
    port: u16,
    session: String,
}

impl Browser {
    /// Starts a browser with a window of 1280 by 1000 pixels.
    pub fn start() -> Browser {
        let mut driver = Command::new("chromedriver")
            .args(["--port=0", "--log-level=SEVERE"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver runs");
        let said = BufReader::new(driver.stdout.take().unwrap()).lines();
        // Its last line of greeting has the port that it chose.
        let port = said
            .map_while(Result::ok)
            .find_map(|line| line.split("successfully on port ").nth(1)?.trim_end_matches('.').parse().ok())
            .expect("chromedriver says its port");
        let mut browser = Browser { driver, port, session: String::new() };
        let wanted = json!({"capabilities": {"alwaysMatch": {
            "browserName": "chrome",
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
            "goog:chromeOptions": {"args": [
                "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--disable-sync",
                "--disable-background-networking", "--disable-component-update", "--window-size=1280,1000",
            ]},
        }}});
        let session = browser.ask("POST", "/session", &wanted);
        browser.session = format!("/session/{}", session["sessionId"].as_str().unwrap());
        browser.post("/timeouts", &json!({"script": 600_000, "pageLoad": 120_000}));
        browser
    }

    /// Sends a command, and gives its answer.
    fn ask(&self, method: &str, path: &str, body: &Value) -> Value {
        let body = if method == "POST" { body.to_string() } else { String::new() };
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(900))).unwrap();
        let length = body.len();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\
             Connection: close\r\n\r\n{body}"
        )
        .unwrap();
        // The driver keeps the connection open, so its answer ends where it says.
        let mut stream = BufReader::new(stream);
        let mut length = 0;
        loop {
            let mut line = String::new();
            stream.read_line(&mut line).unwrap();
            if line.trim().is_empty() {
                break;
            }
            let head = line.to_lowercase();
            if let Some(value) = head.strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
        }
        let mut answer = vec![0; length];
        stream.read_exact(&mut answer).unwrap();
        let answer: Value = serde_json::from_slice(&answer).unwrap();
        let value = answer["value"].clone();
        assert!(value.get("error").is_none(), "{method} {path}: {} {}", value["error"], value["message"]);
        value
    }

    fn post(&self, path: &str, body: &Value) -> Value {
        self.ask("POST", &format!("{}{path}", self.session), body)
    }

    /// Opens a page.
    pub fn go(&self, address: &str) {
        self.post("/url", &json!({"url": address}));
    }

    /// Runs a script in the page, as the body of a function, and gives what it returns.
    pub fn run(&self, script: &str) -> Value {
        self.post("/execute/sync", &json!({"script": script, "args": []}))
    }

    /// As [`Browser::run`], for a script that calls `done` when it has finished.
    pub fn wait_for(&self, script: &str) -> Value {
        let script = format!("const done = arguments[arguments.length - 1]; {script}");
        self.post("/execute/async", &json!({"script": script, "args": []}))
    }

    /// Waits until a script in the page returns true.
    pub fn until(&self, script: &str) {
        let polling = format!(
            "const end = Date.now() + 10000; const look = () => {{ if ((() => {{ {script} }})()) done(true); \
             else if (Date.now() > end) done(false); else setTimeout(look, 20); }}; look();"
        );
        assert!(self.wait_for(&polling) == true, "it never came: {script}");
    }

    /// Uses Chromium's own commands.
    pub fn command(&self, name: &str, parameters: &Value) -> Value {
        self.post("/goog/cdp/execute", &json!({"cmd": name, "params": parameters}))
    }

    /// Gives the window a size in pixels.
    pub fn size(&self, width: u32, height: u32) {
        let mobile = width < 500;
        let size = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": mobile});
        self.command("Emulation.setDeviceMetricsOverride", &size);
    }

    /// Sets the scheme, `light` or `dark`, and the medium, `screen` or `print`.
    pub fn media(&self, scheme: &str, medium: &str) {
        let features = json!([{"name": "prefers-color-scheme", "value": scheme}]);
        self.command("Emulation.setEmulatedMedia", &json!({"media": medium, "features": features}));
    }

    /// Moves the mouse to the middle of the first element that a selector finds, and clicks if asked to.
    pub fn point(&self, selector: &str, click: bool) {
        let found = self.post("/element", &json!({"using": "css selector", "value": selector}));
        self.run(&format!("document.querySelector({}).scrollIntoView({{block: 'center'}})", json!(selector)));
        let mut actions = vec![json!({"type": "pointerMove", "duration": 0, "origin": found, "x": 0, "y": 0})];
        if click {
            actions.push(json!({"type": "pointerDown", "button": 0}));
            actions.push(json!({"type": "pointerUp", "button": 0}));
        }
        self.post("/actions", &json!({"actions": [{"type": "pointer", "id": "mouse", "actions": actions}]}));
    }

    /// Presses keys one after another. Keys without a letter have code points of the protocol, such as [`ENTER`].
    pub fn keys(&self, keys: &str) {
        let press = |key: char| [json!({"type": "keyDown", "value": key}), json!({"type": "keyUp", "value": key})];
        let actions: Vec<Value> = keys.chars().flat_map(press).collect();
        self.post("/actions", &json!({"actions": [{"type": "key", "id": "keys", "actions": actions}]}));
    }

    /// What the browser reports about the page since the last time: errors of scripts, what a policy refused.
    pub fn complaints(&self) -> Vec<String> {
        let log = self.post("/se/log", &json!({"type": "browser"}));
        log.as_array().unwrap().iter().map(|entry| entry["message"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// The addresses that it asked for since the last time.
    pub fn requests(&self) -> Vec<String> {
        let log = self.post("/se/log", &json!({"type": "performance"}));
        let events = log.as_array().unwrap().iter().filter_map(|entry| {
            let event: Value = serde_json::from_str(entry["message"].as_str()?).ok()?;
            let event = &event["message"];
            let sent = event["method"] == "Network.requestWillBeSent";
            sent.then(|| event["params"]["request"]["url"].as_str().map(str::to_owned))?
        });
        events.collect()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The driver ends the browser with its session. A failed test must not leave one behind.
        if !self.session.is_empty() && !std::thread::panicking() {
            self.ask("DELETE", &self.session.clone(), &Value::Null);
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// The key that enters, in the code points of the protocol.
pub const ENTER: &str = "\u{e007}";
/// The key that leaves.
pub const ESCAPE: &str = "\u{e00c}";
/// The arrow to the right.
pub const RIGHT: &str = "\u{e014}";
