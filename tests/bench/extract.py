#!/usr/bin/env python3
"""Turns a file of articles into predictions of who said what, by the release binary, for a scorer of quotations.

    cargo build --release
    python3 tests/bench/extract.py DOCS.jsonl PRED.jsonl [--all] [--language de]

DOCS.jsonl has a JSON object a line with doc_id, date and text; PRED.jsonl gets one with doc_id, start, end (characters)
and speaker for each stretch of words: of direct quotations alone, or with --all of reports as well. --language is that of the program. Prints how long
the whole run took. Needs Python 3 and nothing else; no article is kept.
"""

import csv
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BINARY = Path(__file__).resolve().parents[2] / "target" / "release" / "stance"
csv.field_size_limit(1 << 30)

docs = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
everything = "--all" in sys.argv
language = sys.argv[sys.argv.index("--language") + 1] if "--language" in sys.argv else "en"
predictions = []
with tempfile.TemporaryDirectory() as folder:
    names = {}
    by_date = {}
    for number, doc in enumerate(docs):
        path = Path(folder) / f"{number}.txt"
        path.write_text(doc["text"], encoding="utf-8", newline="")
        names[str(path)] = doc["doc_id"]
        by_date.setdefault(doc["date"], []).append(str(path))
    seconds = 0.0
    for date, paths in by_date.items():
        for path in paths:
            begin = time.perf_counter()
            run = subprocess.run([BINARY, "extract", path, "--published", date, "--corpus", folder, "--language", language], capture_output=True, check=True)
            seconds += time.perf_counter() - begin
            for row in csv.DictReader(run.stdout.decode().splitlines(keepends=True)):
                spans = [tuple(map(int, span.split("-"))) for span in row["spans"].split()]
                whole = (int(row["start"]), int(row["end"]))
                # A report with some words in quotation marks is no direct quotation: its words are a part of it.
                mixed = len(spans) > 0 and (spans[0][0] > whole[0] or spans[-1][1] < whole[1])
                if not everything and (row["kind"] != "direct" or mixed):
                    continue
                for start, end in [whole] if mixed or not spans else spans:
                    predictions.append({"doc_id": names[path], "start": start, "end": end, "speaker": row["speaker"]})
with open(sys.argv[2], "w", encoding="utf-8") as file:
    for prediction in predictions:
        file.write(json.dumps(prediction, ensure_ascii=False) + "\n")
print(f"{len(docs)} articles, {len(predictions)} stretches, {seconds:.1f} s in {len(docs)} processes")
