#!/usr/bin/env python3
"""Sets other tools beside the rule engine, with the same patterns on the same statements.

    cargo bench --bench engine -- --dump FOLDER      makes the statements and patterns, measures ours
    python3 tests/bench/compare.py FOLDER            measures the others and prints the ratios

First the results are compared: the patterns that ours found in the first statements must be those
that Python's `re` finds. Then CPU seconds are taken, of small samples for the slow ones. Tools that
are not installed are left out: ripgrep (`rg`), GNU grep, spaCy (`pip install spacy`). The figures of
the others contain what they need for one core: reading, matching, counting lines; ours are printed
by the benchmark itself.
"""

import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def lines(path):
    return path.read_text(encoding="utf-8").splitlines()


def equal(folder, regexes):
    """Compares what was found, pattern by pattern."""
    texts = lines(folder / "compared.txt")
    ours = {tuple(map(int, line.split("\t"))) for line in lines(folder / "found.tsv")}
    compiled = [re.compile(regex, re.IGNORECASE) for regex in regexes]
    theirs = {(i, j) for i, text in enumerate(texts) for j, regex in enumerate(compiled) if regex.search(text)}
    print(f"equality: {len(ours)} hits in {len(texts)} statements, {len(ours ^ theirs)} differences")
    for i, j in sorted(ours ^ theirs)[:5]:
        print(f"  {'only ours' if (i, j) in ours else 'only re'}: {regexes[j]} in {texts[i]}")
    return not ours ^ theirs


def cpu_of(command, **options):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    # Into a pipe: grep stops at the first match where its output goes nowhere.
    subprocess.run(command, stdout=subprocess.PIPE, check=False, **options)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def report(name, count, seconds):
    print(f"{name:52} {count / seconds:10.0f} statements per CPU second ({count} in {seconds:.1f} s)")


def main():
    folder = Path(sys.argv[1])
    regexes, patterns = lines(folder / "regexes.txt"), lines(folder / "patterns.txt")
    if not equal(folder, regexes):
        sys.exit("the results differ: the figures would compare different work")
    phrases = [pattern for pattern in patterns if not re.search(r"[*(.]", pattern)]
    with tempfile.TemporaryDirectory() as temporary:
        here = Path(temporary)
        whole = lines(folder / "statements.txt")

        def sample(count):
            path = here / f"{count}.txt"
            path.write_text("\n".join(whole[:count]) + "\n", encoding="utf-8")
            return path

        (here / "phrases.txt").write_text("\n".join(phrases) + "\n", encoding="utf-8")
        (here / "ascii.txt").write_text("\n".join(r.replace(r"\b", r"(?-u:\b)") for r in regexes) + "\n", encoding="utf-8")
        if shutil.which("rg"):
            many = ["rg", "-c", "-i", "--threads", "1", "--dfa-size-limit", "1G", "-f"]
            report(f"ripgrep, {len(regexes)} patterns, ASCII \\b", 20_000, cpu_of([*many, here / "ascii.txt", sample(20_000)]))
            report(f"ripgrep, {len(regexes)} patterns", 2_000, cpu_of([*many, folder / "regexes.txt", sample(2_000)]))
            fixed = ["rg", "-c", "-F", "-i", "-w", "--threads", "1", "-f"]
            report(f"ripgrep -F -w, {len(phrases)} plain phrases", 20_000, cpu_of([*fixed, here / "phrases.txt", sample(20_000)]))
        grep = ["grep", "-c", "-i"]
        c = {"env": {**os.environ, "LC_ALL": "C"}}
        report(f"GNU grep -F -w, {len(phrases)} plain phrases", 100_000, cpu_of([*grep, "-F", "-w", "-f", here / "phrases.txt", sample(100_000)], **c))
        posix = [r.replace("(?:", "(") for r in regexes]
        (here / "posix.txt").write_text("\n".join(posix) + "\n", encoding="utf-8")
        report(f"GNU grep -E, {len(regexes)} patterns", 20_000, cpu_of([*grep, "-E", "-f", here / "posix.txt", sample(20_000)], **c))

        union = re.compile("|".join(f"(?:{regex})" for regex in regexes), re.IGNORECASE)
        begin = time.process_time()
        for text in whole[:2_000]:
            for _ in union.finditer(text):
                pass
        report(f"Python re, one union of {len(regexes)}", 2_000, time.process_time() - begin)

        try:
            import spacy
            from spacy.matcher import PhraseMatcher
        except ImportError:
            print("spaCy is not installed")
            return
        nlp = spacy.blank("en")
        matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
        matcher.add("phrases", [nlp.make_doc(phrase) for phrase in phrases])
        begin = time.process_time()
        for document in nlp.pipe(whole[:20_000]):
            matcher(document)
        report(f"spaCy {spacy.__version__} PhraseMatcher, {len(phrases)} plain phrases", 20_000, time.process_time() - begin)


main()
