"""Labels, counts and verdicts of Parquet files, with DuckDB: ``python duckdb_counts.py CORPUS 'FOLDER/*.parquet'``."""

import sys
from collections.abc import Iterator

import duckdb
import pyarrow as pa

import stance


def main(corpus: str, files: str) -> None:
    """DuckDB reads and counts; Stance labels batch by batch in between, so memory stays small."""
    rules = stance.Rules(corpus)
    connection = duckdb.connect()
    statements = connection.execute("select text, speaker, date from read_parquet(?)", [files])
    reader = statements.to_arrow_reader(50_000)

    def labelled() -> Iterator[pa.RecordBatch]:
        for batch in reader:
            yield from pa.table(rules.label(batch)).to_batches()

    schema = pa.table(rules.label(reader.schema.empty_table())).schema
    connection_of_labels = duckdb.connect()
    connection_of_labels.register("labels", pa.RecordBatchReader.from_batches(schema, labelled()))
    counts = connection_of_labels.sql("""
        select speaker, issue, date as day, position,
            count(position) as n, count(position) as by_rules, count(*) - count(position) as in_conflict
        from labels group by speaker, issue, date, position
    """)
    print(stance.shifts(counts, rules))


if __name__ == "__main__":
    main(*sys.argv[1:])
