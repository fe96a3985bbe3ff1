"""The table of notes as Parquet, typed, written in pieces so that memory does not grow with the archive."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

_PIECE_ROWS = 1000
_NUMBERS = frozenset({"part", "score", "gap", "report_score", "findings", "chars"})
_FACTORS = frozenset({"confidence"})
_DATES = frozenset({"date"})


@contextmanager
def parquet_table(path: Path, columns: Sequence[str]) -> Iterator[Callable[[Sequence[Any]], None]]:
    """Open the table of notes, and give what writes a row to it.

    Args:
        path: Where to.
        columns: As ``note_columns`` gives them.
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
    piece: list[Sequence[Any]] = []
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:

        def write_piece() -> None:
            cells = [
                arrow.array([_typed(name, row[at]) for row in piece], type=schema.field(name).type)
                for at, name in enumerate(columns)
            ]
            writer.write_table(arrow.Table.from_arrays(cells, schema=schema))
            piece.clear()

        def write(row: Sequence[Any]) -> None:
            piece.append(row)
            if len(piece) == _PIECE_ROWS:
                write_piece()

        yield write
        if piece:
            write_piece()


def _typed(name: str, value: Any) -> Any:
    return date.fromisoformat(value) if name in _DATES and value else value
