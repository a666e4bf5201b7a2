"""Counts from labels, from DuckDB and by hand; and the verdicts that they give."""

import csv
import datetime
import io
from typing import Any

import duckdb
import polars as pl
import pyarrow as pa
import pytest
from conftest import CORPUS, command

import stance

DAY = datetime.date(2024, 3, 1)
COUNTS: dict[str, Any] = {
    "speaker": ["Mara Lindqvist"] * 3,
    "issue": ["tram"] * 3,
    "day": [DAY, DAY, datetime.date(2024, 3, 2)],
    "position": [1, -1, 1],
    "n": [2, 1, 3],
}


@pytest.fixture(scope="module")
def labels(rules: stance.Rules, statements: pa.Table) -> stance.Table:
    """The labels of the bundled statements."""
    return rules.label(statements)


@pytest.fixture(scope="module")
def counts(labels: stance.Table) -> pa.Table:
    """Their counts."""
    return pa.table(stance.count(labels))


@pytest.fixture(scope="module")
def verdicts(labels: stance.Table) -> stance.Verdicts:
    """Their verdicts."""
    return stance.shifts(stance.count(labels))


@pytest.mark.parametrize("speaker", ["Volodymyr Zelensky", "Vladimir Putin"])
def test_verdicts_are_those_of_the_command_line(speaker: str, verdicts: stance.Verdicts) -> None:
    # Verdicts rest on all pairs, whatever is shown.
    shown = ("--speaker", speaker, "--origin", "rules", "--format", "csv")
    printed = command("shifts", "--corpus", str(CORPUS), *shown)
    assert printed.returncode == 0, printed.stderr
    theirs = list(csv.DictReader(io.StringIO(printed.stdout)))
    assert verdicts.columns == list(theirs[0])
    ours = [row for row in pa.table(verdicts).to_pylist() if row["speaker"] == speaker]
    assert len(ours) == len(theirs) > 0
    # What needs the statements is not in counts: quotations, coders, and who or what else changes.
    needs_statements = {
        "statement_id",
        "latest_statement_id",
        "relabelled_stands",
        "recoded_stands",
        "handover",
        "coder_before",
        "coder_after",
        "coder_bias",
        "stress_stands",
        "mix_changes",
    }
    for own, their in zip(ours, theirs, strict=True):
        for name in verdicts.columns:
            if name in needs_statements:
                continue
            cell, wanted = own[name], their[name]
            if isinstance(cell, float):
                assert cell == float(wanted), (own["speaker"], own["issue"], name)
            else:
                assert ("" if cell is None else str(cell)) == wanted, (own["speaker"], own["issue"], name)


def test_the_types_of_verdicts_do_not_depend_on_the_data(verdicts: stance.Verdicts, tram: stance.Rules) -> None:
    found = pa.table(verdicts)
    of_corpus = found.schema
    of_little = pa.table(stance.shifts(pa.table(COUNTS), tram)).schema
    assert of_corpus.equals(of_little)
    numbers = [field.name for field in of_corpus if pa.types.is_floating(field.type)]
    assert "p_corrected" in numbers
    # A text that is always a number would be a column of which the type is unknown here.
    for name in found.column_names:
        cells = [cell for cell in found[name].to_pylist() if cell is not None]
        if cells and isinstance(cells[0], str):
            assert not all(cell.replace(".", "", 1).lstrip("-").isdigit() for cell in cells), name


def test_counts_have_a_fixed_form(tram: stance.Rules) -> None:
    table = pa.table(
        {
            "text": ["build the tram", "A waste of money.", "To build the tram is a waste of money."] + ["rain"],
            "speaker": ["Tom", "Tom", "Tom", "Tom"],
            "date": [DAY] * 4,
        }
    )
    counted = pa.table(stance.count(tram.label(table)))
    assert counted.to_pylist() == [
        {**common, "position": None, "n": 0, "by_rules": 0, "in_conflict": 1}
        if position is None
        else {**common, "position": position, "n": 1, "by_rules": 1, "in_conflict": 0}
        for position in (None, -1, 1)
        for common in [{"speaker": "Tom", "issue": "tram", "day": DAY, "date_precision": "day"}]
    ]


def test_counts_of_parts_are_counts_of_the_whole(
    rules: stance.Rules, statements: pa.Table, verdicts: stance.Verdicts
) -> None:
    parts = [stance.count(rules.label(statements.slice(at, 100))) for at in range(0, len(statements), 100)]
    together = pa.concat_tables([pa.table(part) for part in reversed(parts)])
    assert stance.shifts(together, rules).to_json() == verdicts.to_json()


def test_counts_of_duckdb_and_polars_give_the_same_verdicts(
    rules: stance.Rules, labels: stance.Table, counts: pa.Table, verdicts: stance.Verdicts
) -> None:
    rows = pa.table(labels)
    connection = duckdb.connect()
    connection.register("labels", rows)
    by_sql = connection.sql(
        """
        select speaker, issue, date as day, date_precision, position, count(*) as n, count(*) as by_rules
        from labels where position is not null group by all
        union all by name
        select speaker, issue, date as day, date_precision, null as position, 0 as n, 0 as by_rules,
            count(*) as in_conflict
        from labels where position is null group by all
        """
    )
    assert stance.shifts(by_sql, rules).to_json() == verdicts.to_json()
    by_polars = pl.DataFrame(counts).sample(fraction=1.0, shuffle=True, seed=1)
    assert stance.shifts(by_polars, rules).to_json() == verdicts.to_json()


def test_what_is_shown_changes_no_verdict(labels: stance.Table, verdicts: stance.Verdicts) -> None:
    everything = {(row["speaker"], row["issue"]): row for row in pa.table(verdicts).to_pylist()}
    shown = stance.shifts(stance.count(labels), speaker="Donald  Trump", issue=["aid"])
    rows = pa.table(shown).to_pylist()
    assert [(row["speaker"], row["issue"]) for row in rows] == [("Donald Trump", "aid")]
    assert rows[0] == everything["Donald Trump", "aid"]
    assert str(shown).startswith("Donald Trump on Aid")
    assert shown.tested == verdicts.tested


def test_the_rules_must_be_known(counts: pa.Table) -> None:
    with pytest.raises(stance.Error) as caught:
        stance.shifts(counts)
    assert str(caught.value) == (
        "these counts come from elsewhere, so the codebook is unknown\n"
        '  hint: give them as the second argument: stance.Rules("FOLDER")'
    )


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "an issue": ({"issue": ["tram", "trma", "tram"]}, "counts:row 1, issue: there is no issue `trma`"),
    "a level": ({"position": [1, 7, 1]}, "counts:row 1, position: `7` is not a level of `tram`"),
    "a fraction": ({"position": [1, 0.5, 1]}, "counts:row 1, position: `0.5` is not a level of `tram`"),
    "a negative number": ({"n": [2, -1, 3]}, "counts:row 1, n: `-1` is not a number of statements"),
    "no number": ({"n": [2, None, 3]}, "counts:row 1, n: the number of statements is missing"),
    "no speaker": ({"speaker": ["Tom", None, "Tom"]}, "counts:row 1, speaker: the speaker is missing"),
    "no position": ({"position": [1, None, 1]}, "counts:row 1, position: the statements of this row have no position"),
    "no day": ({"day": ["2024-03-01", "soon", None]}, "counts:row 1, day: "),
    "true": ({"n": [True, True, False]}, "counts:row 0, n: `true` is not a number of statements"),
}


@pytest.mark.parametrize("kind", BAD)
def test_rows_that_cannot_be_counted_are_named(kind: str, tram: stance.Rules) -> None:
    changed, message = BAD[kind]
    with pytest.raises(stance.Error) as caught:
        stance.shifts(pa.table({**COUNTS, **changed}), tram)
    assert str(caught.value).startswith(message)
    assert caught.value.problems[0]["what"] in message or message.endswith(": ")


def test_equal_faults_are_counted(tram: stance.Rules) -> None:
    many = {name: cells * 500 for name, cells in COUNTS.items()}
    with pytest.raises(stance.Error) as caught:
        stance.shifts(pa.table({**many, "issue": ["trma"] * 1500}), tram)
    assert "979 more of this kind" in str(caught.value)
    assert len(str(caught.value)) < 800


def test_a_column_that_is_missing(tram: stance.Rules) -> None:
    counts = pa.table(COUNTS)
    for name in ("speaker", "issue", "position", "n"):
        with pytest.raises(stance.Error, match=f"the table has no column `{name}`"):
            stance.shifts(counts.drop_columns([name]), tram)
    renamed = counts.rename_columns(["speaker", "issue", "date", "position", "n"])
    assert str(stance.shifts(renamed, tram)) == str(stance.shifts(counts, tram))


def test_options_are_checked(tram: stance.Rules) -> None:
    counts = pa.table(COUNTS)

    def fault(**options: Any) -> str:
        with pytest.raises(stance.Error) as caught:
            stance.shifts(counts, tram, **options)
        return str(caught.value)

    assert "alpha is 5" in fault(alpha=5)
    assert "alpha is NaN" in fault(alpha=float("nan"))
    assert "`hlm` is no correction" in fault(correction="hlm")
    assert "`year` is no grain" in fault(grain="year")
    assert "there is no speaker `Mara Lindqist`" in fault(speaker="Mara Lindqist")
    assert "there is no issue `trma`" in fault(issue="trma")
    assert "event: " in fault(event="May")
    assert "until 2024-01-01 is before since 2024-02-01" in fault(since="2024-02-01", until=datetime.date(2024, 1, 1))
    assert "divides a week" in fault(event="2024-03-07", grain="week")
    assert "no position to test" in fault(since="2025-01-01")
