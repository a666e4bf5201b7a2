"""Opens what `stance export` and `stance sheet` write with the readers of the tools themselves.

    python3 -m venv /tmp/venv
    /tmp/venv/bin/pip install openpyxl pandas pyreadstat label-studio-sdk lxml PyYAML krippendorff
    /tmp/venv/bin/python tests/bench/accept.py target/debug/stance data/ukraine-2025 PROJECT.xsd CODEBOOK.xsd

The 2 schemas of REFI-QDA are published with the standard at qdasoftware.org; without them, XML is only checked to be well-formed.
The labels that each file holds are compared with the labels in the corpus. A line per check; the exit code is 1 if one fails.
"""

import base64
import csv
import hashlib
import io
import json
import re
import sqlite3
import subprocess
import sys
import tempfile
import warnings
import zipfile
from pathlib import Path

import krippendorff
import openpyxl
import pandas
import pyreadstat
import yaml
from label_studio_sdk.converter import Converter
from label_studio_sdk.label_interface import LabelInterface
from lxml import etree

warnings.filterwarnings("ignore")
BINARY, CORPUS = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
PROJECT, CODEBOOK = (sys.argv[3:5] + [None, None])[:2]
OUT = Path(tempfile.mkdtemp())
FAILED = []


def check(what, holds, detail=""):
    print(f"{'ok  ' if holds else 'FAIL'} {what}{f': {detail}' if detail else ''}")
    if not holds:
        FAILED.append(what)


def stance(*args):
    done = subprocess.run([BINARY, *args, "--corpus", CORPUS], cwd=OUT, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"stance {' '.join(map(str, args))}: {done.stderr}")
    return done.stdout


def rows(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def position(text):
    return None if text in ("", "no position", None) else int(str(text).replace("−", "-").split(" ")[0])


STATEMENTS = {row["id"]: row for row in rows(CORPUS / "statements.csv")}
LABELS = {
    (row["statement_id"], row["issue"], file.stem, position(row["position"]))
    for file in (CORPUS / "labels").glob("*.csv")
    for row in rows(file)
    if row["position"] != "?"
}


def hand(labels):
    return {label for label in labels if not label[2].startswith("rules@")}


def compare(what, labels):
    labels = set(labels)
    missing, more = LABELS - hand(labels), hand(labels) - LABELS
    by_rules = len(labels) - len(hand(labels))
    check(f"{what}: labels by hand as in the corpus", not missing and not more,
          f"{len(LABELS)}; {by_rules} by rules" if not missing and not more else f"missing {sorted(missing, key=str)[:3]}, more {sorted(more, key=str)[:3]}")


def workbook():
    stance("export", "-o", "c.xlsx")
    book = openpyxl.load_workbook(OUT / "c.xlsx")
    check("xlsx: openpyxl opens it", book.sheetnames[:2] == ["statements", "labels"], ", ".join(book.sheetnames))
    check("xlsx: no cell is a formula", not any(cell.data_type == "f" for sheet in book for row in sheet for cell in row))
    check("xlsx: every header is frozen", all(sheet.freeze_panes == "A2" for sheet in book))
    sheet = book["statements"]
    head = [cell.value for cell in sheet[1]]
    dates = [row[head.index("date")] for row in sheet.iter_rows(min_row=2)]
    check("xlsx: dates are dates", all(cell.is_date for cell in dates), f"{len(dates)}, such as {dates[0].value:%Y-%m-%d}")
    texts = {row[head.index("id")].value: row[head.index("text")].value for row in sheet.iter_rows(min_row=2)}
    check("xlsx: every quotation as in the corpus", all(STATEMENTS[key]["text"] == text for key, text in texts.items()))
    frame = pandas.read_excel(OUT / "c.xlsx", sheet_name="labels", dtype={"position": str}, keep_default_na=False)
    compare("xlsx through pandas", zip(frame.statement_id, frame.issue, frame.coder, [position(cell) for cell in frame.position]))
    check("xlsx: no name of a user, a fixed date", book.properties.creator in (None, "") and book.properties.created.year == 2000)


def sheet():
    stance("sheet", "--coder", "anna", "-o", "anna.xlsx")
    before = (OUT / "anna.xlsx").read_bytes()
    stance("sheet", "--coder", "anna", "-o", "anna.xlsx")
    check("sheet: the same bytes again", before == (OUT / "anna.xlsx").read_bytes(), f"{len(before):,} bytes")
    book = openpyxl.load_workbook(OUT / "anna.xlsx")
    coding, levels = book["coding"], book["levels"]
    lists = coding.data_validations.dataValidation
    check("sheet: a list of levels for each issue", len(lists) == coding.max_column - 3 and all(one.type == "list" for one in lists),
          "; ".join(f"{one.sqref} {one.formula1}" for one in lists))
    check("sheet: the lists are hidden", levels.sheet_state == "hidden",
          " | ".join(str(cell.value) for cell in levels["A"] if cell.value))
    check("sheet: cells to fill in are text", all(coding.cell(2, column).number_format == "@" for column in range(4, coding.max_column + 1)))
    check("sheet: nothing runs", not any(cell.data_type == "f" for row in coding for cell in row))
    names = {label[2] for label in LABELS}
    strings = {str(cell.value) for one in book for row in one for cell in row}
    check("sheet: nothing of other coders", not any(name in text for name in names for text in strings))


def tables():
    stance("export", "--format", "long", "-o", "long.csv")
    frame = pandas.read_csv(OUT / "long.csv", keep_default_na=False)
    compare("long through pandas", zip(frame.statement_id, frame.issue, frame.coder, [position(cell) for cell in frame.position]))
    stance("export", "--format", "coders", "-o", "coders.csv")
    frame = pandas.read_csv(OUT / "coders.csv")
    agree = json.loads(stance("agree", "--format", "json", "--between", "coders"))
    for row in agree["rows"]:
        matrix = frame[frame.issue == row["issue"]].drop(columns=["issue", "statement_id"]).to_numpy(dtype=float).T
        ours, theirs = row["alpha"]["value"], krippendorff.alpha(reliability_data=matrix, level_of_measurement="ordinal")
        check(f"coders: alpha on {row['issue']} as krippendorff has it", abs(ours - theirs) < 1e-6, f"{ours:.6f}, {theirs:.6f}")
    stance("export", "--format", "long", "--for-spreadsheet", "-o", "safe.csv")
    raw = (OUT / "safe.csv").read_bytes()
    check("csv for a spreadsheet: a byte order mark", raw.startswith(b"\xef\xbb\xbf"))
    number = re.compile(r"[+-][0-9][0-9.,%…]*(\s|$)")
    runs = [cell for row in rows(OUT / "safe.csv") for cell in row.values() if cell[:1] in ("=", "+", "-", "@") and not number.match(cell)]
    check("csv for a spreadsheet: no cell runs", not runs, "; ".join(runs[:3]))


def dna():
    stance("export", "-o", "c.dna")
    data = sqlite3.connect(OUT / "c.dna")
    check("dna: SQLite's integrity_check", list(data.execute("pragma integrity_check")) == [("ok",)])
    check("dna: SQLite's foreign_key_check", not list(data.execute("pragma foreign_key_check")))
    version = dict(data.execute("select Property, Value from SETTINGS"))["version"]
    check("dna: a version that the program opens", version.startswith("3."), version)
    compare("dna", data.execute(
        "select D.Title, E.Value, C.Name, I.Value from STATEMENTS S join DOCUMENTS D on D.ID = S.DocumentId "
        "join CODERS C on C.ID = S.Coder join VARIABLES V on V.StatementTypeId = S.StatementTypeId and V.Variable = 'concept' "
        "join DATASHORTTEXT T on T.StatementId = S.ID and T.VariableId = V.ID join ENTITIES E on E.ID = T.Entity "
        "left join DATAINTEGER I on I.StatementId = S.ID"))
    every = list(data.execute("select V.DataType, V.ID, S.ID from STATEMENTS S join VARIABLES V on V.StatementTypeId = S.StatementTypeId"))
    filled = {("short text", v, s) for v, s in data.execute("select VariableId, StatementId from DATASHORTTEXT")}
    filled |= {("integer", v, s) for v, s in data.execute("select VariableId, StatementId from DATAINTEGER")}
    check("dna: every statement has a value of each of its variables", set(every) == filled, f"{len(every):,}")
    dates = dict(data.execute("select Title, date(Date, 'unixepoch') from DOCUMENTS"))
    check("dna: dates", all(STATEMENTS[key]["date"] == day for key, day in dates.items()), f"{len(dates)}")
    for name, password in data.execute("select Name, Password from CODERS"):
        raw = base64.b64decode(password)
        digest = hashlib.sha256(raw[:16] + b"sample").digest()
        for _ in range(99_999):
            digest = hashlib.sha256(digest).digest()
        check(f"dna: {name} opens it with the password `sample`", raw[16:] == digest)
    stance("export", "--format", "dna-csv", "-o", "events.csv")
    frame = pandas.read_csv(OUT / "events.csv", sep=";")
    check("dna-csv: pandas reads it", list(frame.columns[:3]) == ["statement_id", "time", "person"],
          f"{len(frame):,} rows, {frame.position.min()} to {frame.position.max()}")


def label_studio():
    stance("export", "-o", "tasks.json")
    config, tasks = (OUT / "tasks-config.xml").read_text("utf-8"), json.loads((OUT / "tasks.json").read_text("utf-8"))
    interface = LabelInterface(config)
    check("label studio: the configuration", interface.validate() is None, ", ".join(sorted(interface._controls)))
    annotations = [one for task in tasks for one in task["annotations"]]
    predictions = [one for task in tasks for one in task["predictions"]]
    check("label studio: annotations", all(interface.validate_annotation(one) for one in annotations), f"{len(annotations):,}")
    reasons = [reason for one in predictions for reason in interface.validate_prediction(one, return_errors=True)]
    check("label studio: predictions", not reasons, f"{len(predictions):,}" if not reasons else str(reasons[:2]))
    found = set()
    spans = 0
    for task in tasks:
        for given in task["annotations"] + task["predictions"]:
            by = given.get("model_version") or given["meta"]["coder"]
            for result in given["result"]:
                value = result["value"]
                if result["type"] == "choices":
                    found.add((task["data"]["statement_id"], result["from_name"], by, position(value["choices"][0])))
                else:
                    spans += task["data"]["text"][value["start"]:value["end"]].replace("\n", "\\n") == value["text"]
    compare("label studio", found)
    check("label studio: each span fits its words", spans == sum(r["type"] == "labels" for p in predictions for r in p["result"]), f"{spans:,}")
    # What the tool would export, for its own converter.
    for number, task in enumerate(tasks, 1):
        task["id"] = number
        for place, one in enumerate(task["annotations"], 1):
            one |= {"id": number * 100 + place, "completed_by": {"email": one["meta"]["coder"] + "@example.org"}, "created_at": "2025-01-01T00:00:00Z",
                    "updated_at": "2025-01-01T00:00:00Z", "lead_time": 1}
    (OUT / "exported.json").write_text(json.dumps(tasks), "utf-8")
    (OUT / "min").mkdir(exist_ok=True)
    Converter(config=config, project_dir=None, download_resources=False).convert_to_json_min(str(OUT / "exported.json"), str(OUT / "min"), is_dir=False)
    found = json.loads((OUT / "min/result.json").read_text("utf-8"))
    texts = all(row["text"] == STATEMENTS[row["statement_id"]]["text"] for row in found)
    check("label studio: its converter reads it, and overwrites no quotation", texts and len(found) == len(annotations), f"{len(found):,} rows")


def lines():
    stance("export", "--format", "doccano", "-o", "d.jsonl")
    found = set()
    for path in OUT.glob("d-*.jsonl"):
        frame = pandas.read_json(path, lines=True, dtype=False)
        longest = max((len(label) for labels in frame.label for label in labels), default=0)
        check(f"doccano: {path.name}", longest <= 100, f"{len(frame)} lines, the longest label has {longest} characters")
        for identity, labels in zip(frame.statement_id, frame.label):
            found |= {(identity, label.split(": ")[0], path.stem[2:], position(label.split(": ", 1)[1])) for label in labels}
    compare("doccano", found)
    stance("export", "--format", "prodigy", "-o", "p.jsonl")
    found, sound = set(), True
    for path in OUT.glob("p-*.jsonl"):
        for line in path.read_text("utf-8").splitlines():
            task = json.loads(line)
            sound &= all(one in [option["id"] for option in task["options"]] for one in task["accept"])
            found.add((task["meta"]["statement_id"], task["meta"]["issue"], path.stem[2:], int(task["accept"][0]) if task["accept"] else None))
    check("prodigy: what is accepted is an option", sound)
    compare("prodigy", found)


def refi_qda():
    stance("export", "-o", "c.qdpx")
    stance("export", "-o", "c.qdc")
    with zipfile.ZipFile(OUT / "c.qdpx") as archive:
        check("qdpx: the archive", archive.testzip() is None, f"{len(archive.namelist())} files")
        project = etree.fromstring(archive.read("project.qde"))
        sources = {name[8:]: archive.read(name).decode("utf-8") for name in archive.namelist() if name.startswith("sources/")}
    if PROJECT:
        schema = etree.XMLSchema(etree.parse(PROJECT))
        check("qdpx: the schema of REFI-QDA", schema.validate(project), str(schema.error_log.last_error or ""))
    if CODEBOOK:
        schema = etree.XMLSchema(etree.parse(CODEBOOK))
        check("qdc: the schema of REFI-QDA", schema.validate(etree.parse(OUT / "c.qdc")), str(schema.error_log.last_error or ""))
    ns = {"q": "urn:QDA-XML:project:1.0"}
    codes = {level.get("guid"): (issue.get("name"), level.get("name"))
             for issue in project.findall(".//q:Codes/q:Code", ns) for level in issue.findall("q:Code", ns)}
    users = {user.get("guid"): user.get("name") for user in project.findall(".//q:User", ns)}
    found, fit, all_selections = set(), 0, 0
    guids = [one.get("guid") for one in project.iter() if one.get("guid")]
    for source in project.findall(".//q:TextSource", ns):
        text = sources[source.get("plainTextPath").removeprefix("internal://")]
        for selection in source.findall("q:PlainTextSelection", ns):
            start, end = int(selection.get("startPosition")), int(selection.get("endPosition"))
            all_selections += 1
            fit += re.sub(r"[\n\t]", " ", text[start:end][:100]) == selection.get("name")
            for coding in selection.findall("q:Coding", ns):
                issue, level = codes[coding.find("q:CodeRef", ns).get("targetGUID")]
                found.add((source.get("name"), issue, users[coding.get("creatingUser")], position(level)))
    check("qdpx: each selection fits its name", fit == all_selections, f"{fit:,}")
    check("qdpx: every name of a thing is its own", len(guids) == len(set(guids)), f"{len(guids):,}")
    compare("qdpx", found)


def dictionary():
    stance("export", "-o", "c.yml")
    text = (OUT / "c.yml").read_text("utf-8")
    data = yaml.safe_load(text)
    leaves = [leaf for levels in data.values() for patterns in levels.values() for leaf in patterns]
    keys = [key for key in data] + [key for levels in data.values() for key in levels]
    check("quanteda: PyYAML reads every key and pattern as a text", all(isinstance(one, str) for one in leaves + keys), f"{len(leaves)} patterns")


def stata():
    stance("export", "-o", "c.dta")
    frame, meta = pyreadstat.read_dta(OUT / "c.dta", user_missing=True)
    labels = {name: dict(values) for name, values in meta.variable_value_labels.items()}
    check("dta: pyreadstat reads the words of levels", len(labels) > 0, str(labels)[:110])
    issues = list(labels)
    found = set()
    for row in frame.to_dict("records"):
        for issue in issues:
            value = row[issue]
            if value == "b" or row["source"] == "":
                continue
            found.add((row["statement_id"], issue, row["source"], None if value == "a" else int(value)))
    compare("dta through pyreadstat", found)
    check("dta: quotations", all(STATEMENTS[row["statement_id"]]["text"] == row["text"] for row in frame.to_dict("records")))
    dates = all(STATEMENTS[key]["date"] == str(day)[:10] for key, day in zip(frame.statement_id, frame.date))
    check("dta: dates", dates, str(frame.date.iloc[0])[:10])
    other = pandas.read_stata(OUT / "c.dta")
    check("dta: pandas has ordered categories", all(other[issue].cat.ordered for issue in issues), ", ".join(map(str, other[issues[0]].cat.categories)))


def documents():
    stance("export", "-o", "c.md")
    stance("export", "-o", "c.tex")
    text = (OUT / "c.md").read_text("utf-8")
    widths = {len(re.findall(r"(?<!\\)\|", line)) for line in text.splitlines() if line.startswith("|")}
    check("markdown: each table has rows of one width", len(widths) <= 2, text.splitlines()[4][:80])
    text = (OUT / "c.tex").read_text("utf-8")
    check("latex: what is opened is closed", all(text.count(f"\\begin{{{name}}}") == text.count(f"\\end{{{name}}}") > 0 for name in ("table", "tabular")))


for part in (workbook, sheet, tables, dna, label_studio, lines, refi_qda, dictionary, stata, documents):
    part()
print(f"{len(FAILED)} failed" if FAILED else "all accepted")
sys.exit(bool(FAILED))
