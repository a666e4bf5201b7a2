#!/usr/bin/env python3
"""How time grows with the size of what is read: every size is doubled twice, and the ratios are printed.

Linear time gives ratios near 2; a ratio near 4 is a square. Nothing is asserted: a machine that does something else
meanwhile would fail it.

    cargo build --release && python3 tests/bench/linear.py target/release/stance [NAME ...]
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

STANCE = str(Path(sys.argv[1] if len(sys.argv) > 1 else "target/release/stance").resolve())
HEADER = "statement_id,issue,position,rationale\n"
RULE = '[[rule]]\nid = "r{0}"\nissue = "tram"\nposition = 1\nany = ["{1}"]\n'
ISSUE = (
    '[[issue]]\nid = "i{0}"\nname = "I{0}"\nquestion = "Q?"\n'
    '[[issue.level]]\nposition = 0\nwords = "no"\ndefinition = "No."\n'
    '[[issue.level]]\nposition = 1\nwords = "yes"\ndefinition = "Yes."\n'
)
STATEMENT = "s{0},2025-01-{1:02},{2},We will build the tram.\n"


def statements(corpus, count, speaker="Sam Sample {0}", name="s{0}"):
    rows = (f"{name.format(i)},2025-01-{1 + i % 28:02},{speaker.format(i)},We will build the tram.\n" for i in range(count))
    (corpus / "statements.csv").write_text("id,date,speaker,text\n" + "".join(rows))


def columns(corpus, count, name="c{0}"):
    names = ",".join(name.format(i) for i in range(count))
    (corpus / "statements.csv").write_text(f"id,date,speaker,text,{names}\na,2025-01-01,S,text" + "," * count + "\n")


def chain(corpus, count, up):
    lists = "".join(f'l{i:06} = ["a", "<l{i + (1 if up else -1):06}>"]\n' for i in range(1, count))
    rule = RULE.format(0, "<l000001>")
    (corpus / "rules.toml").write_text(f'[lists]\nl000000 = ["b"]\n{lists}l{count:06} = ["b"]\n{rule}')


def attributes(corpus, count, around="{0}"):
    tag = "<p " + "".join(f"a{i}=1 " for i in range(count)) + ">"
    page = around.format(f'{tag}"We will build the tram," Alex Example said.</p>')
    (corpus / "page.html").write_text(page)


def issues(corpus, count):
    (corpus / "codebook.toml").write_text('title = "T"\nlow = "no"\nhigh = "yes"\n' + "".join(map(ISSUE.format, range(count))))
    rows = "".join(f"s{i},i{i},1,\n" for i in range(count))
    statements(corpus, count)
    (corpus / "labels/me.csv").write_text(HEADER + rows)
    (corpus / "rules.toml").write_text("")


def labels(corpus, count):
    for i in range(count):
        (corpus / f"labels/coder{i}.csv").write_text(HEADER + f"s{i % 100},tram,1,\n")
    statements(corpus, 100)


def rules(corpus, count, word="word{0}"):
    (corpus / "rules.toml").write_text("".join(RULE.format(i, word.format(i)) for i in range(count)))


def strange_rules(corpus, count):
    speaker = 'speaker = ["Nobody {0}"]\n'
    (corpus / "rules.toml").write_text("".join(RULE.format(i, "x") + speaker.format(i) for i in range(count)))
    statements(corpus, count)


def unknown_keys(corpus, count):
    (corpus / "rules.toml").write_text(RULE.format(0, "x") + "".join(f"key{i} = 1\n" for i in range(count)))


def one_line(corpus, count):
    patterns = ", ".join(f'"a|{i}"' for i in range(count))
    (corpus / "rules.toml").write_text(f'[[rule]]\nid = "r"\nissue = "tram"\nposition = 1\nany = [{patterns}]\n')


def unknown_issues(corpus, count):
    issues(corpus, count)
    (corpus / "labels/me.csv").write_text(HEADER + "".join(f"s{i},no{i},1,\n" for i in range(count)))


EXTRACT = ["extract", "page.html", "--published", "2025-01-01"]
CHECK = ["check"]
NOSCRIPT = "<html><body><noscript>{0}</noscript></body></html>"
CASES = {
    "columns of a header": (columns, 25_000, CHECK),
    "columns of one name": (lambda c, n: columns(c, n, "c"), 25_000, CHECK),
    "attributes of a tag": (attributes, 50_000, EXTRACT),
    "attributes in noscript": (lambda c, n: attributes(c, n, NOSCRIPT), 50_000, EXTRACT),
    "tags with an open quotation": (lambda c, n: (c / "page.html").write_text("<a b='>x" * n), 50_000, EXTRACT),
    "lists that name the next": (lambda c, n: chain(c, n, True), 2_000, CHECK),
    "lists that name the last": (lambda c, n: chain(c, n, False), 2_000, CHECK),
    "issues": (issues, 1_000, CHECK),
    "files of labels": (labels, 1_000, CHECK),
    "speakers": (lambda c, n: statements(c, n), 10_000, CHECK),
    "speakers alike": (lambda c, n: statements(c, n, "Maximilian Sampleton {0:x}"), 10_000, CHECK),
    "speakers of one skeleton": (lambda c, n: statements(c, n, "Zo\u00eb{0}"), 10_000, CHECK),
    "rules": (rules, 2_000, CHECK),
    "rules for nobody": (strange_rules, 2_000, CHECK),
    "rules of one id": (lambda c, n: (c / "rules.toml").write_text(RULE.format("", "x") * n), 2_000, CHECK),
    "unknown keys": (unknown_keys, 5_000, CHECK),
    "faults on one line": (one_line, 5_000, CHECK),
    "statements of one id": (lambda c, n: statements(c, n, name="s"), 10_000, CHECK),
    "statements with a bad date": (
        lambda c, n: (c / "statements.csv").write_text("id,date,speaker,text\n" + "".join(f"s{i},x,S,t\n" for i in range(n))),
        10_000,
        CHECK,
    ),
    "labels of unknown statements": (
        lambda c, n: (c / "labels/me.csv").write_text(HEADER + "".join(f"no{i},tram,1,\n" for i in range(n))),
        10_000,
        CHECK,
    ),
    "labels of unknown issues": (unknown_issues, 1_000, CHECK),
}


def seconds(prepare, count, verb):
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "c"
        subprocess.run([STANCE, "init", str(corpus)], check=True, stdout=subprocess.DEVNULL)
        (corpus / "labels").mkdir(exist_ok=True)
        for file in (corpus / "labels").iterdir():
            file.write_text(HEADER)
        prepare(corpus, count)
        began = time.perf_counter()
        subprocess.run([STANCE, *verb, "--corpus", "."], cwd=corpus, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return time.perf_counter() - began


wanted = sys.argv[2:]
for name, (prepare, count, verb) in CASES.items():
    if wanted and not any(word in name for word in wanted):
        continue
    times = [seconds(prepare, count * factor, verb) for factor in (1, 2, 4)]
    ratios = ", ".join(f"{b / a:.1f}" for a, b in zip(times, times[1:]))
    shown = ", ".join(f"{time:.2f}" for time in times)
    print(f"{name:<30} {count:>7} and twice, four times: {shown} s; ratios {ratios}", flush=True)
