#!/usr/bin/env python3
"""Kills programs at random moments and saves into the moment of a write, and looks for what was torn or lost.

    tests/bench/kills.py [--binary target/debug/stance] [--kills 1000] [--saves 200] [--seed 1]

Needs Python 3.9 and nothing else. Kills are spread evenly over `extract --append`, `extract --review`, `label -o`
and `chart`; half of them fall into the moments of writing. After each, every file is either what it was or what it was to become, and no row that was there has gone.
Saves are made by an editor between the beginning and the end of an `extract --append`: half of them move a new file
over the old one, half add to it in place. What the editor saved must be there afterwards. At the end, one more write
to each folder must leave no temporary file. Exit code 1 if anything was torn, lost or left.
"""
import argparse
import csv
import io
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

QUIET = dict(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


class Trial:
    def __init__(self, binary, seed):
        self.binary = str(pathlib.Path(binary).resolve())
        self.random = random.Random(seed)
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="stance-kills-"))
        self.corpus = self.folder / "c"
        self.statements = self.corpus / "statements.csv"
        self.faults = []
        self.number = 0
        self.run("init", "c")

    def run(self, *args, **more):
        return subprocess.run([self.binary, *args], cwd=self.folder, text=True, capture_output=True, **more)

    def start(self, *args, **more):
        return subprocess.Popen([self.binary, *args], cwd=self.folder, **{**QUIET, **more})

    def article(self):
        self.number += 1
        name = f"n{self.number}.txt"
        words = f"“We will build the bridge number {self.number} here at last,” Mayor Ann Lee said on Monday.\n"
        (self.folder / name).write_text("2025-11-03\n\n" + words)
        return name

    def rows(self):
        """The rows by id, or None if the file cannot be read as a whole table."""
        text = self.statements.read_text()
        rows = list(csv.reader(io.StringIO(text, newline="")))
        if not text.endswith("\n") or any(len(row) != len(rows[0]) for row in rows if row):
            return None
        return {row[0]: row for row in rows[1:] if row}

    def fault(self, what):
        self.faults.append(what)
        print("FAULT:", what, flush=True)

    def temporary(self):
        return [p for p in self.folder.rglob("*") if p.name.startswith((".stance-", ".tmp"))]


def length(trial, args, **more):
    """How long a run takes that nobody kills."""
    begin = time.monotonic()
    trial.run(*args, **more)
    return time.monotonic() - begin


def temporary(folder):
    return {name for name in os.listdir(folder) if name.startswith((".stance-", ".tmp"))}


def killed(trial, args, longest, folder, keys=None):
    """Starts a program, kills it at a random moment, and says whether it was still at work. Every other moment is one
    at which a temporary file is in the folder, as it is only for a small part of a run."""
    pipe = subprocess.PIPE if keys else subprocess.DEVNULL
    left = temporary(folder)
    process = trial.start(*args, stdin=pipe)
    if keys:
        try:
            process.stdin.write(keys.encode())
            process.stdin.close()
        except BrokenPipeError:
            pass
    if trial.random.random() < 0.5:
        time.sleep(trial.random.uniform(0, longest))
    else:
        while process.poll() is None and not temporary(folder) - left:
            pass
        time.sleep(trial.random.uniform(0, 0.003))
    process.send_signal(trial.random.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGTERM]))
    return process.wait() < 0


def check_rows(trial, before, what):
    after = trial.rows()
    if after is None:
        trial.fault(f"{what}: statements.csv is torn")
    elif missing := set(before) - set(after):
        trial.fault(f"{what}: rows have gone: {sorted(missing)[:3]}")
    elif other := [i for i in before if before[i][:8] != after[i][:8]]:
        trial.fault(f"{what}: rows have changed: {other[:3]}")
    return after


def kill_all(trial, count):
    """Kills at work only count: one that came too late killed nothing."""
    each = count // 4
    at_work, late = {}, 0

    def until(verb, kill):
        nonlocal late
        at_work[verb] = 0
        while at_work[verb] < each:
            if kill():
                at_work[verb] += 1
            else:
                late += 1
        print(f"{verb}: {each} killed at work", flush=True)

    longest = 1.1 * length(trial, ("extract", trial.article(), "--corpus", "c", "--append"))

    def append():
        before = trial.rows()
        done = killed(trial, ("extract", trial.article(), "--corpus", "c", "--append"), longest, trial.corpus)
        check_rows(trial, before, "append")
        return done

    until("append", append)
    keys = "a\nu\nr\nu\n" * 20
    review_longest = 1.1 * length(trial, ("extract", "--review", "--corpus", "c"), input=keys)

    def review():
        if all("no" not in row[13:14] for row in trial.rows().values()):
            trial.run("extract", trial.article(), "--corpus", "c", "--append")
        before = trial.rows()
        done = killed(trial, ("extract", "--review", "--corpus", "c"), review_longest, trial.corpus, keys)
        check_rows(trial, before, "review")
        return done

    until("review", review)
    label_args = ("label", "--corpus", "c", "--include-unverified", "-o", "labels.csv")
    label_longest = 1.1 * length(trial, label_args)
    whole = (trial.folder / "labels.csv").read_bytes()

    def label():
        done = killed(trial, label_args, label_longest, trial.folder)
        if (trial.folder / "labels.csv").read_bytes() != whole:
            trial.fault("label: labels.csv is torn")
        return done

    until("label", label)
    looks = [("chart", "timeline", "--corpus", "c", "--out", "p", "--width", width) for width in ("600", "700")]
    wholes = {}
    for look in looks:
        chart_longest = 1.1 * length(trial, look)
        for path in (trial.folder / "p").iterdir():
            wholes.setdefault(path, set()).add(path.read_bytes())

    def chart():
        done = killed(trial, trial.random.choice(looks), chart_longest, trial.folder / "p")
        for path, allowed in wholes.items():
            if path.read_bytes() not in allowed:
                trial.fault(f"chart: {path.name} is torn")
        return done

    until("chart", chart)
    print(f"{late} kills came after the end, and do not count")


def save_all(trial, count):
    """An editor saves as soon as a temporary file shows that a write has begun."""
    in_time, refused, kept, replaced = 0, 0, 0, 0
    for turn in range(count):
        width = len(next(iter(trial.rows().values())))
        name = f"mine-{turn}"
        cells = [name, "2025-11-01", "day", "Alex Example", "", "Radio", "direct", "An hour of work by hand."]
        row = ",".join(cells + [""] * (width - len(cells))) + "\n"
        process = trial.start("extract", trial.article(), "--corpus", "c", "--append", stderr=subprocess.PIPE)
        while process.poll() is None and not temporary(trial.corpus):
            pass
        time.sleep(trial.random.uniform(0, 0.004) if turn % 4 else 0)
        in_time += process.poll() is None
        if turn % 2:
            edited = trial.folder / "edited"
            edited.write_text(trial.statements.read_text() + row)
            os.replace(edited, trial.statements)
        else:
            with open(trial.statements, "a") as file:
                file.write(row)
        message = process.stderr.read().decode()
        process.wait()
        rows = trial.rows()
        if rows is None:
            trial.fault("save: statements.csv is torn")
            continue
        told = "another program" in message
        refused += told
        if name in rows:
            kept += 1
        elif not told:
            trial.fault(f"save {turn}: the editor's row has gone, and nothing was said: {message}")
        else:
            trial.fault(f"save {turn}: the editor's row has gone: {message}")
        added = any(f"number {trial.number} " in row[7] for row in rows.values())
        if process.returncode == 0 and not added:
            # The editor had read the file before it was written, and saved after: its save replaced ours.
            replaced += 1
            if turn % 2 == 0:
                trial.fault(f"save {turn}: rows said to be added are not there")
    return in_time, refused, kept, replaced


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", default="target/debug/stance")
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--saves", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    trial = Trial(args.binary, args.seed)
    begin = time.monotonic()
    kill_all(trial, args.kills)
    left = len(trial.temporary())
    trial.run("extract", trial.article(), "--corpus", "c", "--append")
    trial.run("label", "--corpus", "c", "-o", "labels.csv")
    trial.run("chart", "timeline", "--corpus", "c", "--out", "p")
    print(f"temporary files left by kills: {left}, after the next write to each folder: {len(trial.temporary())}")
    if trial.temporary():
        trial.fault("temporary files are left")
    in_time, refused, kept, replaced = save_all(trial, args.saves)
    print(f"saves: {args.saves}, {in_time} while the program ran; {refused} writes refused or told, {kept} saves kept,")
    print(f"  {replaced} of our writes replaced by an editor that had read the file before")
    if trial.temporary():
        trial.fault("temporary files are left by saves")
    check = trial.run("check", "--corpus", "c")
    if check.returncode:
        trial.fault(f"the corpus has faults: {check.stdout[:300]}")
    print(f"{len(trial.faults)} faults in {time.monotonic() - begin:.0f} s")
    shutil.rmtree(trial.folder)
    sys.exit(bool(trial.faults))


main()
