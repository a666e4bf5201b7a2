#!/usr/bin/env python3
"""Measures how fast the desk answers: a key in a browser, and pages as a browser asks for them.

    cargo build --release && python3 tests/bench/desk.py                10,000 statements
    cargo build --release && python3 tests/bench/desk.py 100000         so many

Needs Python 3, and Chromium with chromedriver for the keys. The statements are those of the bundled corpus again and again,
on other days, half of them coded. A key is timed in the page: from the event to the next statement in the page, and to the
picture after it. Nothing fails, since machines differ.
"""

import csv
import http.client
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BINARY = Path(os.environ.get("STANCE", ROOT / "target" / "release" / "stance"))
BUNDLED = ROOT / "data" / "ukraine-2025"
KEYS = 60


def corpus(folder, count):
    """Writes a corpus with so many statements."""
    draw = random.Random(1)
    for name in ["rules.toml", "events.csv"]:
        shutil.copy(BUNDLED / name, folder / name)
    text = (BUNDLED / "codebook.toml").read_text()
    head, tail = text.split("\n[unseen]")[0], ""
    (folder / "codebook.toml").write_text(head.replace("\n[coders]", '\n[coders]\ntester = "in a browser"') + tail)
    with open(BUNDLED / "statements.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    issues = ["territory", "sanctions", "aid"]
    (folder / "labels").mkdir()
    with open(folder / "statements.csv", "w", newline="") as file, open(
        folder / "labels" / "tester.csv", "w", newline=""
    ) as labels:
        out = csv.DictWriter(file, rows[0].keys())
        given = csv.writer(labels)
        out.writeheader()
        given.writerow(["statement_id", "issue", "position", "rationale"])
        for number in range(count):
            row = dict(rows[number % len(rows)])
            row["id"] = f"s{number}"
            row["date"] = str(date(2025, 1, 20) + timedelta(days=draw.randrange(230)))
            row["date_precision"], row["source_date"] = "day", ""
            out.writerow(row)
            if draw.random() < 0.5:
                for issue in issues:
                    given.writerow([row["id"], issue, draw.choice(["", "", "", "1", "-1", "2"]), ""])
    for coder in ["coder-1", "coder-2", "coder-3"]:
        (folder / "labels" / f"{coder}.csv").write_text("statement_id,issue,position,rationale\n")


class Desk:
    """A desk that is open."""

    def __init__(self, folder):
        args = [BINARY, "desk", "--no-open", "--coder", "tester", "--corpus", folder]
        begin = time.perf_counter()
        self.process = subprocess.Popen(args, stdout=subprocess.PIPE, text=True)
        address = next(line for line in self.process.stdout if "http://" in line).strip()
        print(f"the desk opens: {time.perf_counter() - begin:.1f} s")
        self.address = address
        rest = address.removeprefix("http://127.0.0.1:")
        port, path = rest.split("/", 1)
        self.port, (self.place, key) = int(port), path.split("/?key=")
        self.cookie = f"stance-desk={key}"

    def ask(self, path, form=None):
        """Asks for a page; returns seconds and the answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        headers = {"Cookie": self.cookie, "Origin": f"http://127.0.0.1:{self.port}"}
        body = None
        if form is not None:
            body = urllib.parse.urlencode(form)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        begin = time.perf_counter()
        connection.request("GET" if form is None else "POST", f"/{self.place}/{path}", body, headers)
        answer = connection.getresponse().read()
        return time.perf_counter() - begin, answer

    def report(self, name, path, form=None, times=3):
        runs = [self.ask(path, form) for _ in range(times)]
        each = ", ".join(f"{1000 * seconds:.0f}" for seconds, _ in runs)
        print(f"{name}: {each} ms, {len(runs[-1][1]) / 1000:.0f} kB")


class Browser:
    """Chromium, led by its driver."""

    def __init__(self):
        self.driver = subprocess.Popen(["chromedriver", "--port=0"], stdout=subprocess.PIPE, text=True)
        line = next(line for line in self.driver.stdout if "successfully on port" in line)
        self.port = int(line.split("port ")[1].strip(". \n"))
        options = {"args": ["--headless", "--no-sandbox", "--disable-gpu", "--window-size=1280,1000"]}
        wanted = {"alwaysMatch": {"browserName": "chrome", "goog:chromeOptions": options}}
        self.session = ""
        self.session = "/session/" + self.post("/session", {"capabilities": wanted})["sessionId"]
        self.post("/timeouts", {"script": 600_000, "pageLoad": 300_000})

    def post(self, path, body):
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        connection.request("POST", self.session + path, json.dumps(body))
        value = json.loads(connection.getresponse().read())["value"]
        if isinstance(value, dict) and "error" in value:
            sys.exit(value["message"])
        return value

    def run(self, script):
        return self.post("/execute/sync", {"script": script, "args": []})

    def key(self, key):
        actions = [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]
        self.post("/actions", {"actions": [{"type": "key", "id": "keys", "actions": actions}]})

    def end(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        connection.request("DELETE", self.session)
        connection.getresponse().read()
        self.driver.terminate()


WATCH = """
window.times = [];
let began = null;
addEventListener('keydown', event => { began = event.timeStamp; }, true);
new MutationObserver(() => {
  if (began === null || !document.querySelector('form.answers')) return;
  const from = began, put = performance.now();
  began = null;
  requestAnimationFrame(() => setTimeout(() => window.times.push([put - from, performance.now() - from]), 0));
}).observe(document.getElementById('main'), { childList: true });
"""


def keys(desk):
    """Times keys in a browser."""
    browser = Browser()
    browser.post("/url", {"url": desk.address})
    browser.run(WATCH)
    for number in range(KEYS):
        browser.key("1230"[number % 4])
        end = time.perf_counter() + 20
        while browser.run("return window.times.length") <= number and time.perf_counter() < end:
            time.sleep(0.01)
        time.sleep(0.05)
    times = browser.run("return window.times")
    for place, name in [(0, "a key, to the next statement"), (1, "a key, to the picture of it")]:
        each = sorted(time[place] for time in times)
        worst = each[int(0.95 * len(each))]
        print(f"{name}: median {statistics.median(each):.0f} ms, 19 of 20 in {worst:.0f} ms ({len(each)} keys)")
    asked = "return performance.getEntriesByType('resource').filter(e => e.initiatorType === 'fetch').slice(-40).map(e => [e.responseStart - e.startTime, e.duration, e.transferSize])"
    entries = browser.run(asked)
    for place, name in [(0, "its request, to the first byte"), (1, "its request"), (2, "its bytes")]:
        print(f"  {name}: median {statistics.median(entry[place] for entry in entries):.0f}")
    for room in ["explore", "explore?page=2", "rules"]:
        begin = time.perf_counter()
        browser.post("/url", {"url": desk.address.split("/?")[0] + "/" + room})
        loaded = time.perf_counter() - begin
        browser.run("return document.body.offsetHeight")
        print(f"{room} in the browser: {loaded:.2f} s to loaded, {time.perf_counter() - begin:.2f} s to laid out")
    browser.end()


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder) / "c"
        folder.mkdir()
        if count:
            corpus(folder, count)
        else:
            shutil.copytree(BUNDLED, folder, dirs_exist_ok=True)
            codebook = (folder / "codebook.toml").read_text()
            (folder / "codebook.toml").write_text(codebook.replace("\n[coders]", '\n[coders]\ntester = "x"'))
        desk = Desk(folder)
        try:
            desk.report("code", "code")
            desk.report("settle", "settle")
            rules = (folder / "rules.toml").read_text()
            number = 0
            for name in ["trial", "verdicts"]:
                for kind in ["a remark more", "a rule less"]:
                    number += 1
                    changed = rules + f"\n# {number}\n"
                    if kind == "a rule less":
                        place = changed.index("[[rule]]", len(changed) // 3)
                        end = changed.find("[[rule]]", place + 1)
                        changed = changed[:place] + changed[end:]
                    desk.report(f"{name}, {kind}", name, {"text": changed}, times=2)
            desk.report("rules", "rules", times=2)
            desk.report("explore", "explore")
            if shutil.which("chromedriver"):
                keys(desk)
        finally:
            desk.process.terminate()
            desk.process.wait()


main()
