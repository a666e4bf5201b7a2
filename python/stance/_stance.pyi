"""The part of the package that is written in Rust."""

from collections.abc import Sequence
from datetime import date as Date
from os import PathLike
from typing import Any, Literal, Protocol, TypeAlias, TypedDict, final

__version__: str

class ArrowStream(Protocol):
    """A table with the Arrow C stream interface: pyarrow, polars, pandas, DuckDB and others."""

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any: ...

class ArrowArray(Protocol):
    """A batch with the Arrow C data interface, such as ``pyarrow.RecordBatch``."""

    def __arrow_c_array__(self, requested_schema: Any = None) -> Any: ...

TableLike: TypeAlias = ArrowStream | ArrowArray

class Problem(TypedDict):
    """A fault in a file."""

    path: str
    line: int | None
    column: int | None
    what: str
    hint: str

class Error(ValueError):
    """What Stance cannot do, in the words of the command line: what is wrong, and how to fix it."""

    problems: list[Problem]

@final
class Table:
    """A table of labels or counts, as Arrow."""

    @property
    def columns(self) -> list[str]: ...
    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any: ...
    def __len__(self) -> int: ...

@final
class Rules:
    """Rules and the codebook that they belong to, ready to label. They can be pickled."""

    def __new__(cls, folder: str | PathLike[str]) -> Rules: ...
    @staticmethod
    def from_text(rules: str, codebook: str) -> Rules:
        """Rules from the text of a ``rules.toml`` and of a ``codebook.toml``."""
    @property
    def issues(self) -> list[str]: ...
    @property
    def fingerprint(self) -> str: ...
    def levels(self, issue: str) -> dict[int, str]: ...
    def label(
        self,
        table: TableLike,
        text: str = "text",
        *,
        speaker: str | None = None,
        date: str | None = None,
        keep: Sequence[str] | None = None,
        threads: int | None = None,
    ) -> Table:
        """Labels every row of a table: one row for each row of it and issue on which a rule fires."""
    def explain(
        self,
        text: str,
        *,
        speaker: str | None = None,
        date: str | Date | None = None,
        context: str | None = None,
    ) -> str:
        """Says why a text has its labels, or none."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Agreement:
    """How far coders agree: a row for each issue, or issue and speaker or month."""

    @property
    def columns(self) -> list[str]: ...
    def to_json(self) -> str: ...
    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any: ...
    def __len__(self) -> int: ...

@final
class Verdicts:
    """Verdicts on pairs of speaker and issue: a row for each finding."""

    @property
    def columns(self) -> list[str]: ...
    @property
    def tested(self) -> int: ...
    def to_json(self) -> str: ...
    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any: ...
    def __len__(self) -> int: ...

@final
class Picture:
    """A picture that a notebook shows."""

    @property
    def name(self) -> str: ...
    @property
    def svg(self) -> str: ...
    @property
    def png(self) -> bytes: ...
    @property
    def warnings(self) -> list[str]: ...
    def _repr_svg_(self) -> str: ...
    def _repr_png_(self) -> bytes: ...

def count(labels: TableLike, rules: Rules | None = None) -> Table:
    """Counts labels by speaker, issue, day and position."""

def shifts(
    counts: TableLike,
    rules: Rules | None = None,
    *,
    speaker: str | Sequence[str] | None = None,
    issue: str | Sequence[str] | None = None,
    since: str | Date | None = None,
    until: str | Date | None = None,
    event: str | Date | None = None,
    grain: Literal["day", "week", "month", "quarter"] = "day",
    alpha: float = 0.05,
    correction: Literal["holm", "bh", "none"] = "holm",
    seed: int = 2025,
) -> Verdicts:
    """Tests whether positions moved. ``counts`` has ``speaker``, ``issue``, ``day``, ``position`` and ``n``."""

def agree(
    labels: TableLike,
    rules: Rules | None = None,
    *,
    by: Literal["issue", "speaker", "month"] = "issue",
    metric: Literal["nominal", "ordinal", "interval"] = "ordinal",
) -> Agreement:
    """Measures how far coders agree. ``labels`` has ``statement_id``, ``coder``, ``issue`` and ``position``."""

def chart(
    statements: TableLike | str | PathLike[str],
    rules: Rules | None = None,
    kind: Literal["timeline", "months", "coverage", "card", "speakers", "shift", "dumbbell"] = "timeline",
    *,
    labels: TableLike | None = None,
    text: str = "text",
    speaker_column: str = "speaker",
    date: str = "date",
    id: str | None = None,
    speaker: str | Sequence[str] | None = None,
    issue: str | Sequence[str] | None = None,
    width: float | str | None = None,
    height: float | str | None = None,
    theme: Literal["light", "dark"] | None = None,
    locale: Literal["en", "de", "fr", "uk"] | None = None,
    title: str | None = None,
    subtitle: str | None = None,
    source: str | None = None,
    note: str | None = None,
    credit: str | None = None,
    quote: str | Sequence[str] | None = None,
    seed: int | None = None,
    **options: Any,
) -> Picture:
    """Draws a chart of a table of statements, or of the folder of a corpus."""

def main(arguments: Sequence[str]) -> int:
    """Runs the command line and returns its exit code."""
