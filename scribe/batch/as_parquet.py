"""The table of notes as Parquet, typed, written in pieces so that memory does not grow with the archive."""

from __future__ import annotations

from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any

from scribe.batch.outputs import note_values

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from scribe.batch.journal import Entry

_PIECE_ROWS = 1000
_NUMBERS = frozenset({"part", "score", "gap", "report_score", "findings", "chars"})
_FACTORS = frozenset({"confidence"})
_DATES = frozenset({"date"})


def write_parquet(path: Path, columns: Sequence[str], entries: Iterator[Entry]) -> None:
    """Write the table of notes.

    Args:
        path: Where to.
        columns: As ``note_columns`` gives them.
        entries: The notes that were read.
    """
    import pyarrow as arrow
    from pyarrow import parquet

    def kind(name: str) -> Any:
        if name in _NUMBERS or name.startswith("findings."):
            return arrow.int32()
        if name in _FACTORS:
            return arrow.float64()
        return arrow.date32() if name in _DATES else arrow.string()

    schema = arrow.schema([(name, kind(name)) for name in columns])
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        while piece := list(islice(entries, _PIECE_ROWS)):
            rows = [note_values(each, columns) for each in piece]
            cells = [
                arrow.array([_typed(name, row[at]) for row in rows], type=schema.field(name).type)
                for at, name in enumerate(columns)
            ]
            writer.write_table(arrow.Table.from_arrays(cells, schema=schema))


def _typed(name: str, value: Any) -> Any:
    return date.fromisoformat(value) if name in _DATES and value else value
