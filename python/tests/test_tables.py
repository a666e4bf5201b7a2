"""Tables of statements and of labels by hand are checked as files are, by the rows that the caller knows."""

import datetime
from typing import Any

import pyarrow as pa
import pytest

import stance

STATEMENTS = {
    "id": ["a", "b", "c"],
    "date": [datetime.date(2024, 1, 1), datetime.date(2024, 1, 2), datetime.date(2024, 1, 3)],
    "speaker": ["Mara Lindqvist"] * 3,
    "text": ["We will build the tram.", "It is a waste of money.", "A waste of money,\nI said."],
}
LABELS = {
    "statement_id": ["a", "b", "a", "b"],
    "coder": ["anna", "anna", "ben", "ben"],
    "issue": ["tram"] * 4,
    "position": [1, -1, 1, None],
}


def chart_fault(tram: stance.Rules, **changed: Any) -> str:
    """What is wrong with the statements if some columns are others."""
    with pytest.raises(stance.Error) as caught:
        stance.chart(pa.table({**STATEMENTS, **changed}), tram)
    return str(caught.value)


def test_a_chart_of_a_small_table(tram: stance.Rules) -> None:
    picture = stance.chart(pa.table(STATEMENTS), tram)
    assert picture.name == "timeline-mara-lindqvist"
    assert "waste of money" in picture.svg


def test_rows_at_fault_are_named(tram: stance.Rules) -> None:
    assert chart_fault(tram, id=["a", "b", "a"]).startswith("table/statements.csv:row 2: the id `a` is used twice")
    # The texts before it stand on several lines of the file that nobody has.
    late = {"text": ["One\n\ntwo.", "Three.", "Four."], "speaker": ["Mara", "Tom", None]}
    assert chart_fault(tram, **late).startswith("table/statements.csv:row 2: ")


def test_labels_at_fault_are_named(tram: stance.Rules) -> None:
    def fault(**changed: Any) -> str:
        with pytest.raises(stance.Error) as caught:
            stance.agree(pa.table({**LABELS, **changed}), tram)
        return str(caught.value)

    assert fault(issue=["tram", "tram", "trma", "tram"]).startswith("table/labels/ben.csv:row 2: ")
    assert fault(position=[1, -1, 1, 9]).startswith("table/labels/ben.csv:row 3: ")
    assert fault(statement_id=["a", "a", "a", "b"]).startswith("table/labels/anna.csv:row 1: ")
    assert "row 0: there is no coder" in fault(coder=["", "anna", "ben", "ben"])
    assert "`../x` is no name of a coder" in fault(coder=["../x", "anna", "ben", "ben"])
    assert "only one, anna" in fault(coder=["anna"] * 4, statement_id=["a", "b", "c", "d"])


def test_labels_may_be_floats_with_gaps(tram: stance.Rules) -> None:
    floats = stance.agree(pa.table({**LABELS, "position": [1.0, -1.0, 1.0, None]}), tram)
    assert str(floats) == str(stance.agree(pa.table(LABELS), tram))
    with pytest.raises(stance.Error):
        stance.agree(pa.table({**LABELS, "position": [1.5, -1.0, 1.0, None]}), tram)


def test_options_are_checked_as_flags_are(tram: stance.Rules) -> None:
    def fault(**options: Any) -> str:
        with pytest.raises(stance.Error) as caught:
            stance.chart(pa.table(STATEMENTS), tram, **options)
        return str(caught.value)

    assert "invalid value 'pink' for '--theme" in fault(theme="pink")
    assert "unexpected argument '--colour'" in fault(colour="red")
    assert "invalid value 'pie'" in fault(kind="pie")
    assert fault(out="x") == "chart() has no option `out`\n  hint: use Picture.svg and Picture.png"
    assert "there is no speaker `Mara Lindqist`" in fault(speaker="Mara Lindqist")
    assert "did you mean `Mara Lindqvist`" in fault(speaker="Mara Lindqist")


def test_a_table_needs_rules() -> None:
    with pytest.raises(stance.Error, match="a table needs rules"):
        stance.chart(pa.table(STATEMENTS))
