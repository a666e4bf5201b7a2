#!/usr/bin/env python3
"""Measures whole runs of the release binary: wall time (median and worst) and peak memory.

    cargo build --release && python3 tests/bench/measure.py            the bundled corpus
    cargo build --release && python3 tests/bench/measure.py --million  and a million statements

Needs Python 3 on Linux or macOS and nothing else. The million statements are generated, the same
on every run. Limits are printed beside the figures; nothing fails, since machines differ.
"""

import csv
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BINARY = ROOT / "target" / "release" / "stance"


def run(args, cwd):
    """Runs the binary once; returns seconds and peak memory in MB."""
    begin = time.perf_counter()
    process = subprocess.Popen([BINARY, *args], cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    message = process.stderr.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    if status != 0:
        sys.exit(f"stance {' '.join(args)}: {message}")
    per_mb = 1024 if sys.platform != "darwin" else 1024 * 1024
    return seconds, usage.ru_maxrss / per_mb


def report(name, args, cwd, times, limit):
    run(args, cwd)
    runs = [run(args, cwd) for _ in range(times)]
    seconds = [r[0] for r in runs]
    unit, factor = ("ms", 1000) if limit.endswith("ms") else ("s", 1)
    print(
        f"{name:34} {statistics.median(seconds) * factor:8.1f} {unit:2} median "
        f"{max(seconds) * factor:8.1f} {unit:2} worst {max(r[1] for r in runs):8.0f} MB peak   (limit {limit})"
    )


def generate(folder, count):
    """Writes a corpus of generated statements with the bundled codebook and rules."""
    folder.mkdir()
    bundled = ROOT / "data" / "ukraine-2025"
    for name in ["codebook.toml", "rules.toml"]:
        (folder / name).write_bytes((bundled / name).read_bytes())
    with open(bundled / "statements.csv", newline="", encoding="utf-8") as file:
        words = [word for row in csv.DictReader(file) for word in row["text"].split()]
    chance = random.Random(20250815)
    with open(folder / "statements.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "date", "speaker", "text", "source_publisher", "desk"])
        for i in range(count):
            day = f"2025-{chance.randint(2, 9):02}-{chance.randint(1, 28):02}"
            text = " ".join(chance.choices(words, k=chance.randint(15, 55)))
            writer.writerow([f"s-{i:07}", day, f"Speaker {chance.randint(1, 500)}", text, "Generated", "desk"])


def main():
    if not BINARY.exists():
        sys.exit("build it first: cargo build --release")
    with tempfile.TemporaryDirectory() as temporary:
        here = Path(temporary)
        corpus = ["--corpus", str(ROOT / "data" / "ukraine-2025")]
        report("stance --help", ["--help"], here, 30, "20 ms")
        report("stance check", ["check", *corpus], here, 30, "50 ms")
        report("stance label", ["label", *corpus], here, 30, "50 ms")
        report("stance chart", ["chart", *corpus], here, 30, "300 ms")
        if "--million" in sys.argv:
            generate(here / "million", 1_000_000)
            corpus = ["--corpus", str(here / "million"), "-o", str(here / "labels.csv")]
            report("stance label, 1,000,000 rows", ["label", *corpus], here, 1, "60 s")
            report("stance label --all, 1,000,000 rows", ["label", "--all", *corpus], here, 1, "60 s")


if __name__ == "__main__":
    main()
