"""What the tests share: the bundled corpus as a table, and small rules."""

import csv
import pathlib
import subprocess
import sys
from typing import Any

import pyarrow as pa
import pytest

import stance

ROOT = pathlib.Path(__file__).resolve().parents[2]
CORPUS = ROOT / "data" / "ukraine-2025"

CODEBOOK = """
title = "A tram for the town"
low = "no tram"
high = "a tram"

[[issue]]
id = "tram"
name = "Tram"
question = "Should the town build a tram?"

[[issue.level]]
position = 1
words = "For"
definition = "Wants it."

[[issue.level]]
position = 0
words = "Open"
definition = "Says that it is open."

[[issue.level]]
position = -1
words = "Against"
definition = "Does not want it."
"""

RULES = """
[[rule]]
id = "tram-for"
issue = "tram"
position = 1
any = ["build the tram"]
match = ["We will build the tram."]

[[rule]]
id = "tram-against"
issue = "tram"
position = -1
any = ["waste of money"]

[[rule]]
id = "tram-open-mara"
issue = "tram"
position = 0
any = ["we shall see"]
speaker = ["Mara Lindqvist"]

[[rule]]
id = "tram-open-spring"
issue = "tram"
position = 0
any = ["not decided"]
since = 2024-03-01
until = 2024-05-31
"""


@pytest.fixture(scope="session")
def rules() -> stance.Rules:
    """The rules of the bundled corpus."""
    return stance.Rules(CORPUS)


@pytest.fixture(scope="session")
def tram() -> stance.Rules:
    """4 rules on one issue."""
    return stance.Rules.from_text(RULES, CODEBOOK)


def cells(path: pathlib.Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def statements() -> pa.Table:
    """The bundled statements as a table, with dates as dates."""
    rows = cells(CORPUS / "statements.csv")
    columns: dict[str, Any] = {name: [row[name] or None for row in rows] for name in rows[0]}
    table = pa.table(columns)
    dates = table["date"].cast(pa.date32())
    return table.set_column(table.column_names.index("date"), "date", dates)


@pytest.fixture(scope="session")
def few(statements: pa.Table) -> pa.Table:
    """Some of them, for what is done again and again."""
    return statements.slice(120, 60)


@pytest.fixture(scope="session")
def hands() -> pa.Table:
    """The labels of the bundled coders, with the speaker and day of each statement."""
    said = {row["id"]: row for row in cells(CORPUS / "statements.csv")}
    rows = [
        {**row, "coder": path.stem}
        for path in sorted((CORPUS / "labels").glob("*.csv"))
        for row in cells(path)
    ]
    return pa.table(
        {
            "statement_id": [row["statement_id"] for row in rows],
            "coder": [row["coder"] for row in rows],
            "issue": [row["issue"] for row in rows],
            "position": pa.array([int(row["position"]) if row["position"] else None for row in rows], pa.int8()),
            "speaker": [said[row["statement_id"]]["speaker"] for row in rows],
            "date": [said[row["statement_id"]]["date"] for row in rows],
        }
    )


def command(*arguments: str, cwd: pathlib.Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Runs the command `stance` of the package."""
    return subprocess.run(
        [sys.executable, "-m", "stance", *arguments], cwd=cwd, capture_output=True, text=True, encoding="utf-8"
    )
