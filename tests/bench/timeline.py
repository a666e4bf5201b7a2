#!/usr/bin/env python3
"""Draws the timeline of tests/bench/charts.rs with matplotlib, as PNG and SVG: a whole process to measure
`stance chart timeline` beside.

    cargo bench --bench charts -- --write FOLDER
    python3 tests/bench/timeline.py FOLDER      needs matplotlib
"""

import csv
import sys
from datetime import date
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

folder = Path(sys.argv[1])
with open(folder / "statements.csv", newline="") as file:
    days = {row["id"]: date.fromisoformat(row["date"]) for row in csv.DictReader(file)}
marks = {}
with open(folder / "labels" / "coder-1.csv", newline="") as file:
    for row in csv.DictReader(file):
        marks.setdefault(row["issue"], []).append((days[row["statement_id"]], int(row["position"])))

figure, panels = plt.subplots(len(marks), 1, figsize=(12, 12), sharex=True)
for panel, (issue, points) in zip(panels, marks.items()):
    points.sort()
    panel.scatter([day for day, _ in points], [position for _, position in points], s=20)
    # A mean over eighty days to either side, by the same kernel.
    grid = [points[0][0].toordinal() + i for i in range(points[-1][0].toordinal() - points[0][0].toordinal() + 1)]
    mean = []
    for day in grid:
        weights = [max(0.0, 1.0 - ((day - d.toordinal()) / 80) ** 2) for d, _ in points]
        mean.append(sum(w * p for w, (_, p) in zip(weights, points)) / sum(weights))
    panel.plot([date.fromordinal(day) for day in grid], mean)
    panel.set_yticks(range(-2, 3), [f"Level {i}" for i in range(-2, 3)])
    panel.set_title(issue, loc="left")
figure.savefig(folder / "timeline.png", dpi=200)
figure.savefig(folder / "timeline.svg")
