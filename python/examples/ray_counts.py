"""Labels, counts and verdicts of Parquet files, with Ray Data: ``python ray_counts.py CORPUS FOLDER``."""

import sys

import pyarrow as pa
import ray

import stance


def main(corpus: str, folder: str) -> None:
    """Each block is labelled and counted by itself; equal rows are added by `shifts`."""
    rules = stance.Rules(corpus)

    def counts_of(block: pa.Table) -> pa.Table:
        return pa.table(stance.count(rules.label(block, threads=1)))

    ray.init(include_dashboard=False, log_to_driver=False)
    statements = ray.data.read_parquet(folder, columns=["text", "speaker", "date"])
    counts = statements.map_batches(counts_of, batch_format="pyarrow", batch_size=None)
    # A block without labels has no rows, and Ray may not know its columns.
    blocks = [block for block in map(ray.get, counts.to_arrow_refs()) if len(block)]
    print(stance.shifts(pa.concat_tables(blocks), rules))
    ray.shutdown()


if __name__ == "__main__":
    main(*sys.argv[1:])
