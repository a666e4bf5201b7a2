"""Verdicts on any number of statements, with Spark.

Rules label in the workers, Spark counts, and the counts, which are few, are judged in the driver::

    python spark.py CORPUS STATEMENTS OUT                             # on this machine
    python spark.py CORPUS STATEMENTS OUT --master spark://HOST:7077 --archive stance.zip
    python spark.py CORPUS STATEMENTS OUT --stream                    # file by file, as they arrive
    python spark.py CORPUS STATEMENTS OUT --without-spark             # the same in one process

STATEMENTS is a folder of Parquet files with ``text``, ``speaker`` and ``date``. OUT gets ``counts.csv`` and
``verdicts.csv``. All 4 ways write the same bytes. ``docs/spark.md`` explains.
"""

import argparse
import pathlib
import pickle
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.dataset

import stance

# Columns of the labels that are counted, as Spark names types.
LABELS = "speaker string, date date, issue string, position int"
NAMES = [field.split()[0] for field in LABELS.split(", ")]
Labeller = Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]


def labeller(rules: stance.Rules) -> Labeller:
    """The function that Spark ships to its workers, with the rules inside."""
    # As bytes, so that a worker without the package can say what is missing.
    shipped = pickle.dumps(rules)

    def label(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        try:
            import pyarrow
            import stance as _
        except ImportError as error:
            what = "this worker has no `stance`: ship the wheel with spark.archives, or install it there"
            raise RuntimeError(f"{what}\n  hint: docs/spark.md shows how") from error
        compiled = pickle.loads(shipped)
        for batch in batches:
            # One thread: Spark runs as many of these functions as there are cores.
            labels = pyarrow.table(compiled.label(batch, threads=1)).select(NAMES)
            yield from labels.to_batches()

    return label


def session(args: argparse.Namespace) -> Any:
    """A session of Spark, with the package for its workers."""
    from pyspark.sql import SparkSession

    builder = (
        SparkSession.builder.appName("stance")
        .master(args.master)
        .config("spark.ui.enabled", "false")
        .config("spark.sql.files.maxPartitionBytes", "32m")
        .config("spark.sql.session.timeZone", "UTC")
    )
    if args.archive:
        # The wheel, unpacked beside each worker as `stance_wheel`.
        builder = builder.config("spark.archives", f"{args.archive}#stance_wheel")
        builder = builder.config("spark.executorEnv.PYTHONPATH", "stance_wheel")
    for setting in args.conf:
        builder = builder.config(*setting.split("=", 1))
    return builder.getOrCreate()


def counted(labels: Any) -> Any:
    """The counts of labels, as Spark makes them. What is in conflict has no position, and is counted apart."""
    from pyspark.sql import functions as F

    taken = F.col("position").isNotNull()
    keys = ["speaker", "issue", F.col("date").alias("day"), "position"]
    return labels.groupBy(*keys).agg(
        F.count(F.when(taken, 1)).alias("n"),
        F.count(F.when(taken, 1)).alias("by_rules"),
        F.count(F.when(~taken, 1)).alias("in_conflict"),
    )


def with_spark(args: argparse.Namespace, rules: stance.Rules) -> pa.Table:
    """The counts, by Spark."""
    spark = session(args)
    spark.sparkContext.setLogLevel("ERROR")
    columns = ["text", "speaker", "date"]
    try:
        if args.stream:
            return as_stream(spark, args, rules)
        statements = spark.read.parquet(args.statements).select(*columns)
        return counted(statements.mapInArrow(labeller(rules), LABELS)).toArrow()
    finally:
        spark.stop()


def as_stream(spark: Any, args: argparse.Namespace, rules: stance.Rules) -> pa.Table:
    """The counts of files that arrive one after another: each batch adds its own, and `shifts` adds equal rows."""
    schema = spark.read.parquet(args.statements).schema
    arriving = spark.readStream.schema(schema).option("maxFilesPerTrigger", 1).parquet(args.statements)
    labels = arriving.select("text", "speaker", "date").mapInArrow(labeller(rules), LABELS)
    state: list[pa.Table] = []

    def add(batch: Any, number: int) -> None:
        state.append(counted(batch).toArrow())
        so_far = stance.shifts(pa.concat_tables(state), rules)
        print(f"batch {number}: {sum(map(len, state))} rows of counts, {so_far.tested} pairs tested", file=sys.stderr)

    arriving_query = labels.writeStream.foreachBatch(add).trigger(availableNow=True).start()
    arriving_query.awaitTermination()
    return pa.concat_tables(state)


def without_spark(args: argparse.Namespace, rules: stance.Rules) -> stance.Table:
    """The counts, in this process."""
    statements = pyarrow.dataset.dataset(args.statements).scanner(columns=["text", "speaker", "date"])
    return stance.count(rules.label(statements.to_reader()))


def main() -> None:
    """Reads, counts, judges and writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", help="the folder with rules.toml and codebook.toml")
    parser.add_argument("statements", help="a folder of Parquet files")
    parser.add_argument("out", type=pathlib.Path, help="the folder to write to")
    parser.add_argument("--master", default="local[*]", help="where Spark runs")
    parser.add_argument("--archive", help="the wheel as a .zip, for workers that lack the package")
    parser.add_argument("--conf", action="append", default=[], metavar="NAME=VALUE", help="a setting of Spark")
    parser.add_argument("--stream", action="store_true", help="read the files one after another")
    parser.add_argument("--without-spark", action="store_true", help="do it in this process")
    args = parser.parse_args()
    rules = stance.Rules(args.corpus)
    counts = without_spark(args, rules) if args.without_spark else with_spark(args, rules)
    # Spark gives rows in any order, and a stream gives a row for each batch.
    order = [(name, "ascending") for name in ("speaker", "issue", "day", "position")]
    numbers = ["n", "by_rules", "in_conflict"]
    table = pa.table(counts).group_by([name for name, _ in order]).aggregate([(name, "sum") for name in numbers])
    table = table.rename_columns([name.removesuffix("_sum") for name in table.column_names]).sort_by(order)
    args.out.mkdir(parents=True, exist_ok=True)
    pyarrow.csv.write_csv(table, args.out / "counts.csv")
    pyarrow.csv.write_csv(pa.table(stance.shifts(table, rules)), args.out / "verdicts.csv")


if __name__ == "__main__":
    main()
