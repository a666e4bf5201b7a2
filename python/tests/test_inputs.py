"""Every kind of table gives the same labels, and what is no table says so."""

import datetime
from collections.abc import Callable
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import stance

Frame = Any


def texts_as(table: pa.Table, kind: pa.DataType) -> pa.Table:
    """The table with all texts in another layout."""
    fields = [pa.field(f.name, kind if pa.types.is_string(f.type) else f.type) for f in table.schema]
    return table.cast(pa.schema(fields))


def keyed(table: pa.Table, index: pa.DataType) -> pa.Table:
    """The table with texts as dictionaries."""
    for name in ("text", "speaker", "context"):
        column = table[name].combine_chunks().dictionary_encode()
        column = column.cast(pa.dictionary(index, pa.string()))
        table = table.set_column(table.column_names.index(name), name, column)
    return table


def relation(table: pa.Table) -> Frame:
    """The table as a relation of DuckDB."""
    connection = duckdb.connect()
    connection.register("statements", table)
    return connection.sql("select * from statements order by id")


def in_pieces(table: pa.Table) -> pa.RecordBatchReader:
    """A reader whose batches come from Python, one at a time."""
    batches = table.to_batches(max_chunksize=7)
    return pa.RecordBatchReader.from_batches(table.schema, iter(batches))


INPUTS: dict[str, Callable[[pa.Table], Frame]] = {
    "table": lambda table: table,
    "batch": lambda table: table.combine_chunks().to_batches()[0],
    "reader": lambda table: table.to_reader(max_chunksize=50),
    "reader of Python": in_pieces,
    "many chunks": lambda table: pa.concat_tables([table.slice(at, 3) for at in range(0, len(table), 3)]),
    "slice of a longer table": lambda table: pa.concat_tables([table, table]).combine_chunks().slice(len(table)),
    "slice of a longer batch": lambda table: pa.concat_tables([table, table])
    .combine_chunks()
    .to_batches()[0]
    .slice(len(table)),
    "large string": lambda table: texts_as(table, pa.large_string()),
    "string view": lambda table: texts_as(table, pa.string_view()),
    "dictionary of 8 bits": lambda table: keyed(table, pa.int16()),
    "dictionary of 32 bits": lambda table: keyed(table, pa.int32()),
    "polars": pl.from_arrow,
    "polars categories": lambda table: pl.DataFrame(table).with_columns(pl.col("speaker").cast(pl.Categorical)),
    "pandas": lambda table: table.to_pandas(),
    "pandas objects": lambda table: table.to_pandas().astype({"text": object, "speaker": object}),
    "pandas category": lambda table: table.to_pandas().astype({"speaker": "category"}),
    "pandas with Arrow": lambda table: table.to_pandas(types_mapper=pd.ArrowDtype),
    "days as text": lambda table: table.set_column(1, "date", table["date"].cast(pa.string())),
    "days of 64 bits": lambda table: table.set_column(1, "date", table["date"].cast(pa.date64())),
    "moments": lambda table: table.set_column(1, "date", table["date"].cast(pa.timestamp("ns"))),
    "moments in seconds": lambda table: table.set_column(1, "date", table["date"].cast(pa.timestamp("s"))),
}


@pytest.fixture(scope="module")
def wanted(rules: stance.Rules, few: pa.Table) -> pa.Table:
    """The labels of the plain table."""
    labels = pa.table(rules.label(few))
    assert len(labels) > 30
    return labels


@pytest.mark.parametrize("kind", INPUTS)
def test_every_kind_of_table_gives_the_same_labels(
    kind: str, rules: stance.Rules, few: pa.Table, wanted: pa.Table
) -> None:
    labels = pa.table(rules.label(INPUTS[kind](few)))
    assert labels.equals(wanted)


def test_a_relation_of_duckdb_gives_the_same_labels(rules: stance.Rules, few: pa.Table) -> None:
    ordered = few.sort_by("id")
    assert pa.table(rules.label(relation(ordered))).equals(pa.table(rules.label(ordered)))


def test_labels_go_into_every_library(rules: stance.Rules, few: pa.Table, wanted: pa.Table) -> None:
    labels = rules.label(few)
    assert pl.DataFrame(labels).height == len(wanted)
    assert len(pd.DataFrame.from_arrow(labels)) == len(wanted)
    labelled = pa.table(labels)
    counted = duckdb.sql("select count(*) from labelled").fetchall()
    assert counted == [(len(wanted),)]
    assert len(labels) == len(wanted)
    assert labels.columns == labelled.column_names


def test_columns_may_have_other_names(tram: stance.Rules) -> None:
    table = pa.table(
        {
            "body": ["we shall see", "we shall see", None],
            "author": ["Mara Lindqvist", "Tom Berg", "Mara Lindqvist"],
            "day": [datetime.date(2024, 1, 1)] * 3,
            "likes": [3, 4, 5],
            "tag": pa.array(["a", "b", "c"]).dictionary_encode(),
        }
    )
    labels = pa.table(tram.label(table, text="body", speaker="author", date="day", keep=["likes", "tag"]))
    assert labels.column_names == [
        "row",
        "speaker",
        "date",
        "likes",
        "tag",
        "issue",
        "position",
        "level",
        "rule_id",
        "evidence",
        "evidence_start",
        "evidence_end",
        "contexts",
    ]
    assert labels.to_pylist() == [
        {
            "row": 0,
            "speaker": "Mara Lindqvist",
            "date": datetime.date(2024, 1, 1),
            "likes": 3,
            "tag": "a",
            "issue": "tram",
            "position": 0,
            "level": "Open",
            "rule_id": "tram-open-mara",
            "evidence": "we shall see",
            "evidence_start": 0,
            "evidence_end": 12,
            "contexts": None,
        }
    ]
    # Without the names, a rule for one speaker is for nobody here.
    assert len(tram.label(table, text="body")) == 0


def test_rules_for_a_time_need_a_date(tram: stance.Rules) -> None:
    days: list[datetime.date | None] = [datetime.date(2024, 2, 29), datetime.date(2024, 3, 1), None]
    table = pa.table({"text": ["It is not decided."] * 3, "date": days})
    assert pa.table(tram.label(table))["row"].to_pylist() == [1]
    by_month = table.append_column("date_precision", pa.array(["month", "month", None]))
    # Only the month is known, so any day of it counts.
    by_month = by_month.set_column(1, "date", pa.array([datetime.date(2024, 3, 1), datetime.date(2024, 2, 1), None]))
    assert pa.table(tram.label(by_month))["row"].to_pylist() == [0]


def test_a_conflict_has_no_position(tram: stance.Rules) -> None:
    labels = pa.table(tram.label(pa.table({"text": ["To build the tram is a waste of money."]})))
    assert labels.select(["position", "level", "rule_id"]).to_pylist() == [
        {"position": None, "level": None, "rule_id": "tram-for; tram-against"}
    ]


def test_nulls_and_nothing(tram: stance.Rules) -> None:
    nulls = pa.table({"text": [None, "build the tram"], "speaker": [None, None]})
    assert pa.table(tram.label(nulls))["row"].to_pylist() == [1]
    empty = pa.table(tram.label(nulls.slice(0, 0)))
    assert len(empty) == 0
    assert empty.schema.equals(pa.table(tram.label(nulls)).schema)
    assert len(tram.label(pa.table({"text": pa.nulls(3)}))) == 0


def test_characters_are_counted_and_not_bytes(tram: stance.Rules) -> None:
    label = pa.table(tram.label(pa.table({"text": ["Ähm – build the tram"]}))).to_pylist()[0]
    assert (label["evidence_start"], label["evidence_end"]) == (6, 20)


BAD: dict[str, tuple[Frame, type[Exception], str]] = {
    "a lazy frame": (
        pl.LazyFrame({"text": ["a"]}),
        TypeError,
        "a LazyFrame has no rows yet\n  hint: call .collect() first",
    ),
    "a list": (
        ["a"],
        TypeError,
        "`list` is not a table that can be read\n  hint: give a table of pyarrow, polars, pandas (2.2 or later, with"
        " pyarrow) or DuckDB, or any other with __arrow_c_stream__",
    ),
    "a column": (
        pa.chunked_array([["a"]]),
        TypeError,
        "`ChunkedArray` is one column, and a table is needed\n  hint: give the table that it is in",
    ),
    "a series": (
        pl.Series(["a"]),
        TypeError,
        "`Series` is one column, and a table is needed\n  hint: give the table that it is in",
    ),
    "no such column": (
        pa.table({"txet": ["a"], "n": [1]}),
        stance.Error,
        "the table has no column `text`\n  hint: did you mean `txet`? name the column with text=…; the table has txet,"
        " n",
    ),
    "two of a name": (
        pa.table([pa.array(["a"]), pa.array(["b"])], names=["text", "text"]),
        stance.Error,
        "the table has 2 columns named `text`\n  hint: rename one of them",
    ),
    "numbers": (
        pa.table({"text": [1, 2]}),
        TypeError,
        "the column `text` holds whole numbers, and text is needed\n  hint: name another column, or turn it into text",
    ),
    "a zone": (
        pa.table({"text": ["a"], "date": pa.array([0], pa.timestamp("us", "Europe/Kyiv"))}),
        TypeError,
        "the column `date` holds times in the zone Europe/Kyiv, and their day depends on it\n  hint: convert them to"
        " the zone in which the words were said, and take the date",
    ),
    "no day": (
        pa.table({"text": ["a", "b", "c"], "date": ["2024-01-01", "1 May", "soon"]}),
        stance.Error,
        "row 1, column `date`: `1 May` is no date; 1 row more like it\n  hint: correct the cell, or leave the row out",
    ),
    "numbers for days": (
        pa.table({"text": ["a"], "date": [20240101]}),
        TypeError,
        "the column `date` holds whole numbers, and dates are needed\n  hint: turn it into dates, or into text such as"
        " 2025-08-15",
    ),
    "a long text": (
        pa.table({"text": ["a", "b" * (20 << 20)]}),
        stance.Error,
        "row 1: the text has 20971520 bytes, more than 16 MiB; a statement is what one speaker said at one time\n"
        "  hint: correct the cell, or leave the row out",
    ),
}


@pytest.mark.parametrize("kind", BAD)
def test_what_cannot_be_read_says_why(kind: str, tram: stance.Rules) -> None:
    table, wanted, message = BAD[kind]
    with pytest.raises(wanted) as caught:
        tram.label(table)
    assert str(caught.value) == message


KEPT: dict[str, tuple[list[str], type[Exception], str]] = {
    "one that does not exist": (
        ["like"],
        stance.Error,
        "the table has no column `like`\n  hint: did you mean `likes`? name the column with keep=…; the table has"
        " text, likes, tags, level",
    ),
    "a list": (
        ["tags"],
        TypeError,
        "the column `tags` holds lists, which cannot be kept\n  hint: leave it out of `keep`, and join it to the labels"
        " by `row`",
    ),
    "one of the labels' own": (
        ["level"],
        stance.Error,
        "the column `level` cannot be kept, because the labels have a column of that name\n  hint: rename it in the"
        " table",
    ),
}


@pytest.mark.parametrize("kind", KEPT)
def test_what_cannot_be_kept_says_why(kind: str, tram: stance.Rules) -> None:
    table = pa.table({"text": ["a"], "likes": [1], "tags": [["x"]], "level": [2]})
    keep, wanted, message = KEPT[kind]
    with pytest.raises(wanted) as caught:
        tram.label(table, keep=keep)
    assert str(caught.value) == message


def test_what_a_producer_raises_comes_through(tram: stance.Rules) -> None:
    def batches() -> Any:
        yield pa.record_batch({"text": ["build the tram"]})
        raise OSError("the disk is gone")

    reader = pa.RecordBatchReader.from_batches(pa.schema({"text": pa.string()}), batches())
    with pytest.raises(Exception, match="the disk is gone"):
        tram.label(reader)


def test_columns_of_any_simple_type_are_kept(tram: stance.Rules) -> None:
    now = datetime.datetime(2024, 1, 2, 3, 4, 5)
    columns: dict[str, pa.Array] = {
        "bool": pa.array([True, None, False]),
        "int8": pa.array([1, None, -3], pa.int8()),
        "uint64": pa.array([1, None, 2**63], pa.uint64()),
        "half": pa.array([0.5, None, 1.5], pa.float32()),
        "money": pa.array([None, None, 1], pa.decimal128(9, 2)),
        "moment": pa.array([now, None, now], pa.timestamp("us", "UTC")),
        "time": pa.array([1, None, 3], pa.time64("us")),
        "view": pa.array(["a", None, "c"], pa.string_view()),
        "nothing": pa.nulls(3),
    }
    table = pa.table({"text": ["build the tram", "rain", "build the tram"], **columns})
    labels = pa.table(tram.label(table, keep=list(columns)))
    for name in columns:
        assert labels[name].to_pylist() == [table[name].to_pylist()[row] for row in (0, 2)], name
