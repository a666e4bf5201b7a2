"""Stance on data frames: rules label them, counts are judged, charts are drawn.

Tables go in and out through Arrow, so pyarrow, polars, pandas and DuckDB all work, and none of them is needed::

    import stance

    rules = stance.Rules("data/ukraine-2025")
    labels = rules.label(frame, text="text", speaker="speaker", date="date")
    verdicts = stance.shifts(stance.count(labels))

``docs/python.md`` is the guide.
"""

from stance._stance import (
    Agreement,
    Error,
    Picture,
    Rules,
    Table,
    Verdicts,
    __version__,
    agree,
    chart,
    count,
    shifts,
)

__all__ = [
    "Agreement",
    "Error",
    "Picture",
    "Rules",
    "Table",
    "Verdicts",
    "__version__",
    "agree",
    "chart",
    "count",
    "shifts",
]
