"""Tables of notes: CSV, JSON lines and Parquet, read row by row, columns chosen by name."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from scribe.batch.item import Found, part_id, unusable
from scribe.batch.row import date_of
from scribe.discretion import printable
from scribe.errors import MissingDependency, UnreadableNote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_PARQUET = b"PAR1"
_DELIMITERS = (",", "\t", ";", "|")
_MARK = "\ufeff"
_BATCH_ROWS = 256
_FIELD_LIMIT = 64 * 1024 * 1024
JSON_LINES = "jsonl"
_TABLE_ENDINGS = ("csv", "tsv")
_LINE_ENDINGS = ("jsonl", "ndjson")


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Which columns of a table hold what. All but the text may be missing."""

    text: str = "text"
    note_id: str = "id"
    surgeon: str = "surgeon"
    date: str = "date"


def is_parquet(head: bytes) -> bool:
    """Tell Parquet by its first bytes."""
    return head.startswith(_PARQUET)


def table_kind(head: bytes, columns: Columns) -> str | None:
    """Tell a table by its first line: JSON lines whose first object has the text column, or a header that names it.

    Args:
        head: The first bytes.
        columns: Which columns to look for.

    Returns: ``jsonl``, the delimiter of a CSV file, or None where it is no table.
    """
    line = head.decode("utf-8", "replace").removeprefix(_MARK).lstrip("\n").partition("\n")[0]
    if line.startswith("{"):
        try:
            first = json.loads(line)
        except ValueError:
            return None
        is_table = isinstance(first, dict) and columns.text in first
        return JSON_LINES if is_table else None
    if columns.text not in line:
        return None
    for delimiter in _DELIMITERS:
        header = next(csv.reader([line.rstrip("\r")], delimiter=delimiter), [])
        if len(header) > 1 and columns.text in header:
            return delimiter
    return None


def is_other_table(name: str, head: bytes) -> bool:
    """Tell a file that is called a table and begins like one, though its first line does not name the text column.

    Read as one note, a whole export would be one odd row, and nobody would see why.

    Args:
        name: Of the file; its ending counts.
        head: The first bytes.
    """
    line = head.decode("utf-8", "replace").removeprefix(_MARK).lstrip("\n").partition("\n")[0]
    ending = name.rpartition(".")[2].lower()
    if ending in _LINE_ENDINGS:
        return line.startswith("{")
    return ending in _TABLE_ENDINGS and any(each in line for each in _DELIMITERS)


def no_column(columns: Columns) -> str:
    """Say that a table has no column of notes."""
    return f"no column {columns.text!r}; choose one with --text-column"


def text_rows(
    place: str, stem: str, opener: Callable[[], BinaryIO], kind: str, columns: Columns
) -> Iterator[Found]:
    """Yield the notes of a CSV or JSON lines file."""
    with opener() as raw:
        lines = io.TextIOWrapper(raw, encoding="utf-8-sig", errors="surrogateescape", newline="")
        rows = _json_rows(lines) if kind == JSON_LINES else _csv_rows(lines, kind)
        number = 0
        try:
            for number, row in enumerate(rows, 1):
                yield note_of(place, stem, number, row, columns)
        except (csv.Error, UnicodeError) as error:
            yield unusable(
                place, stem, number + 1, f"damaged table ({type(error).__name__}); export it again"
            )


def _csv_rows(lines: io.TextIOWrapper, delimiter: str) -> Iterator[dict[str, Any] | None]:
    csv.field_size_limit(_FIELD_LIMIT)
    yield from csv.DictReader(lines, delimiter=delimiter)


def _json_rows(lines: io.TextIOWrapper) -> Iterator[dict[str, Any] | None]:
    for line in lines:
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            row = None
        yield row if isinstance(row, dict) else None


def parquet_rows(path: str | BinaryIO, place: str, stem: str, columns: Columns) -> Iterator[Found]:
    """Yield the notes of a Parquet file; only the columns that are asked for are read."""
    try:
        import pyarrow as arrow
        import pyarrow.parquet as parquet
    except ImportError:
        msg = f"{place}: Parquet needs pyarrow; install opnote-scribe[audit]"
        raise MissingDependency(msg) from None
    number = 0
    try:
        with parquet.ParquetFile(path) as file:
            names = set(file.schema_arrow.names)
            if columns.text not in names:
                yield unusable(place, stem, 0, no_column(columns))
                return
            wanted = [columns.text, columns.note_id, columns.surgeon, columns.date]
            there = [each for each in dict.fromkeys(wanted) if each in names]
            for batch in file.iter_batches(batch_size=_BATCH_ROWS, columns=there):
                for row in batch.to_pylist():
                    number += 1
                    yield note_of(place, stem, number, row, columns)
    except (arrow.ArrowException, OSError) as error:
        yield unusable(
            place, stem, 0, f"damaged Parquet file ({type(error).__name__}); export it again"
        )


def note_of(
    place: str, stem: str, number: int, row: dict[str, Any] | None, columns: Columns
) -> Found:
    """Return the note of one row; a row that holds none fails when it is loaded."""
    if row is None:
        return unusable(place, stem, number, "not a JSON object; export the table again")
    text = row.get(columns.text)
    if text is None:
        reason = f"nothing in column {columns.text!r}; choose the column with --text-column"
        return unusable(place, stem, number, reason)
    given = _words(row.get(columns.note_id))
    return Found(
        place=place,
        part=number,
        note_id=printable(given) if given else part_id(stem, number),
        load=lambda: _bytes(text, f"{place}#{number}"),
        surgeon=_words(row.get(columns.surgeon)),
        date=date_of(_words(row.get(columns.date)) or ""),
    )


def _words(value: Any) -> str | None:
    words = (
        ""
        if value is None
        else str(value).encode("utf-8", "backslashreplace").decode("utf-8").strip()
    )
    return " ".join(words.split()) or None


def _bytes(text: Any, name: str) -> bytes:
    if isinstance(text, bytes):
        return text
    try:
        return str(text).encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        msg = f"{printable(name)}: holds half of a surrogate pair; export the table again from its source"
        raise UnreadableNote(msg) from None
