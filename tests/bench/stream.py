#!/usr/bin/env python3
"""Measures `stance label FILE` and `stance count FILE`: wall time, processor time and peak memory.

    cargo build --release && python3 tests/bench/stream.py            one million statements
    cargo build --release && python3 tests/bench/stream.py --times 20 and the same file 20 times in a row

Needs Python 3 on Linux or macOS and nothing else. The statements are those of measure.py, with the
bundled rules. Files are written with the program itself, and STANCE names another binary.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from measure import BINARY, ROOT, generate

STANCE = os.environ.get("STANCE", str(BINARY))


def run(name, rows, args, cwd):
    """Runs the binary once, and prints what that took."""
    begin = time.perf_counter()
    process = subprocess.Popen([STANCE, *args], cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    message = process.stderr.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    if status != 0:
        sys.exit(f"stance {' '.join(args[:3])}: {message}")
    memory = usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)
    cpu = usage.ru_utime + usage.ru_stime
    print(f"{name:34} {rows:12,} {seconds:8.1f} s {cpu:8.1f} s CPU {memory:6.0f} MB {rows / cpu:10,.0f} a CPU second", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=1)
    args = parser.parse_args()
    corpus = ["--corpus", str(ROOT / "data" / "ukraine-2025")]
    with tempfile.TemporaryDirectory() as temporary:
        here = Path(temporary)
        generate(here / "made", args.rows)
        (here / "a.csv").write_bytes((here / "made" / "statements.csv").read_bytes())
        files, rows = ["a.csv"] * args.times, args.rows * args.times
        ids = ["--column", "id=statement_id"]
        run("CSV to labels, CSV", rows, ["label", *files, *corpus, "-o", "labels.csv"], here)
        run("CSV to counts", rows, ["count", *files, *corpus, "-o", "counts.csv"], here)
        run("labels, CSV, to counts", rows, ["count", *["labels.csv"], *corpus, "-o", "n.csv"], here)
        run("CSV to all rows, Parquet", args.rows, ["label", "a.csv", *corpus, "--all", "-o", "a.parquet"], here)
        files = ["a.parquet"] * args.times
        # Those have an issue and a position, so the statements in them are named as such.
        run("Parquet to labels, Parquet", rows, ["label", *files, *corpus, *ids, "-o", "labels.parquet"], here)
        run("labels, Parquet, to counts", args.rows, ["count", "a.parquet", *corpus, "-o", "m.csv"], here)
        if (here / "m.csv").read_bytes() != (here / "counts.csv").read_bytes() and args.times == 1:
            sys.exit("the counts of statements and of labels differ")


if __name__ == "__main__":
    main()
