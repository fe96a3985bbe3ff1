"""The tables of a finished audit, read again: for comparing, sampling and agreement."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

from scribe.batch.folder import RUN
from scribe.batch.outputs import ITEMS, NOTES
from scribe.discretion import printable
from scribe.errors import AuditError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Row = dict[str, str]
Key = tuple[str, int]


def key_of(row: Row) -> Key:
    """Return the place and part of a row; the tables are sorted by it."""
    return row["file"], int(row["part"] or 0)


def name_of(row: Row) -> str:
    """Return the place with its part."""
    return f"{row['file']}#{row['part']}" if row["part"] else row["file"]


def run_of(folder: Path) -> dict[str, Any]:
    """Return the record of a finished audit.

    Raises:
        AuditError: There is none.
    """
    try:
        record: dict[str, Any] = json.loads((folder / RUN).read_text("utf-8"))
    except (OSError, ValueError):
        msg = f"{printable(str(folder))}: not the folder of a finished audit; give the DIR of scribe audit --out"
        raise AuditError(msg) from None
    return record


def notes_of(folder: Path) -> Iterator[Row]:
    """Yield the notes of a finished audit, sorted by place and part."""
    return _rows(folder / NOTES)


def items_of(folder: Path) -> Iterator[Row]:
    """Yield the items of all notes of a finished audit, sorted by place and part."""
    return _rows(folder / ITEMS)


def _rows(path: Path) -> Iterator[Row]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)
    except (OSError, csv.Error, UnicodeDecodeError):
        msg = f"{printable(str(path))}: cannot be read; audit again"
        raise AuditError(msg) from None
