"""Notes from paths and from standard input."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from scribe.discretion import printable
from scribe.errors import NoteError, UnsupportedFormat
from scribe.read.detect import detect
from scribe.read.reader import read_note
from scribe.types.note import MAX_BYTES

if TYPE_CHECKING:
    from scribe.types.note import Note

STDIN = "-"
_TABLES: Final = frozenset({".csv", ".tsv", ".jsonl", ".ndjson", ".parquet"})
_WORKBOOKS: Final = frozenset({".xlsx", ".xls"})


def read_source(source: str, stdin: BinaryIO) -> Note:
    """Read the note that a command line names: a file, or ``-`` for standard input.

    Args:
        source: The path as the user gave it. The id of the note is the stem of the file.
        stdin: Where ``-`` reads from.

    Raises:
        NoteError: There is no such file, it is a folder, a table or locked, or its content cannot be used.
    """
    if source == STDIN:
        return read_note(stdin.read(MAX_BYTES + 1), name="standard input")
    path = Path(source)
    shown = printable(source)
    try:
        if path.is_dir():
            msg = f"{shown}: a folder, not a note; name the files in it, for example {shown.rstrip('/')}/*.txt"
            raise NoteError(msg)
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        msg = f"{shown}: no such file; check the path"
        raise NoteError(msg) from None
    except OSError as error:
        msg = f"{shown}: cannot be opened ({(error.strerror or 'unknown reason').lower()}); check the path and its permissions"
        raise NoteError(msg) from None
    except ValueError:
        msg = f"{shown}: not a path; check for stray characters"
        raise NoteError(msg) from None
    _check_no_table(path.suffix.lower(), data, shown)
    return read_note(data, note_id=printable(path.stem) or None, name=shown)


def _check_no_table(ending: str, data: bytes, shown: str) -> None:
    """Refuse a file that is called a table: read as one note, its rows would be one odd operation.

    A document that says itself what it is, such as one FHIR resource in a file of lines, stays a note under any name.

    Raises:
        UnsupportedFormat: It is a table.
    """
    if ending in _WORKBOOKS:
        msg = f"{shown}: a workbook, not one note; save its table of notes as CSV and use scribe audit on that"
        raise UnsupportedFormat(msg)
    if ending in _TABLES and detect(data).name == "text":
        msg = f"{shown}: a table, not one note; use scribe audit {shown} --out DIR"
        raise UnsupportedFormat(msg)
