"""Labels, counts and verdicts of Parquet files, with Dask: ``python dask_counts.py CORPUS FOLDER``."""

import pathlib
import sys

import dask
import pyarrow as pa
import pyarrow.parquet as pq

import stance


def counts_of(file: pathlib.Path, rules: stance.Rules) -> pa.Table:
    """The counts of one file. Rules travel to the processes of Dask as text."""
    statements = pq.read_table(file, columns=["text", "speaker", "date"])
    return pa.table(stance.count(rules.label(statements, threads=1)))


def main(corpus: str, folder: str) -> None:
    """Each file is labelled and counted by itself; equal rows are added by `shifts`."""
    rules = stance.Rules(corpus)
    parts = [dask.delayed(counts_of)(file, rules) for file in sorted(pathlib.Path(folder).glob("*.parquet"))]
    counts = pa.concat_tables(dask.compute(*parts, scheduler="processes"))
    print(stance.shifts(counts, rules))


if __name__ == "__main__":
    main(*sys.argv[1:])
