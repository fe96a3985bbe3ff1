"""Find the notes: folders, globs, files, ZIP archives, tables, files of many messages or resources. Told by content, in a fixed order."""

from __future__ import annotations

import glob
import io
import os
from codecs import BOM_UTF8
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO

from scribe.batch.archive import is_archive, members
from scribe.batch.bulk import is_bulk, split_bulk
from scribe.batch.item import Found, shown_path, unusable
from scribe.batch.messages import is_messages, split_messages
from scribe.batch.tables import (
    Columns,
    is_other_table,
    is_parquet,
    no_column,
    parquet_rows,
    table_kind,
    text_rows,
)
from scribe.discretion import printable
from scribe.errors import AuditError, NoteError, NoteTooLarge, UnreadableNote
from scribe.types.note import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_HEAD = 65536
_JUNK = (".", "~$")
_GLOB = frozenset("*?[")


@dataclass(kw_only=True)
class Discovery:
    """How to look for notes, and what was passed over.

    Attributes:
        columns: Which columns of a table hold what.
        leave_out: The folder of the results, which may lie inside the input.
        skipped: How many hidden files, special files, and resources that are no documents were passed over.
    """

    columns: Columns = field(default_factory=Columns)
    leave_out: Path | None = None
    skipped: int = 0

    def notes(self, roots: Sequence[str]) -> Iterator[Found]:
        """Yield every note below the roots, sorted by place.

        Args:
            roots: Files and folders, as ``expand`` returns them.
        """
        for found in self.files(roots):
            if isinstance(found, Found):
                yield found
            else:
                yield from self._file(found)

    def files(self, roots: Sequence[str]) -> Iterator[str | Found]:
        """Yield the path of every file below the roots, sorted; for a folder that cannot be read, what fails when loaded.

        Args:
            roots: Files and folders, as ``expand`` returns them.
        """
        self.skipped = 0
        for root in sorted(roots, key=shown_path):
            if Path(root).is_dir():
                yield from self._walk(root)
            else:
                yield from self._usable(root)

    def _walk(self, folder: str) -> Iterator[str | Found]:
        try:
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=_walk_order)
        except OSError as error:
            yield _broken(shown_path(folder), error)
            return
        for entry in entries:
            if entry.name.startswith(_JUNK):
                self.skipped += 1
            elif entry.is_dir(follow_symlinks=False):
                if not self._is_left_out(entry.path):
                    yield from self._walk(entry.path)
            elif entry.is_symlink() and Path(entry.path).is_dir():
                self.skipped += (
                    1  # a linked folder may lead back up, or outside of what was asked for
                )
            elif entry.is_file():
                yield entry.path
            else:
                yield from self._usable(entry.path)

    def _usable(self, path: str) -> Iterator[str | Found]:
        """Yield a file, unless it is a pipe or device, which would wait for ever."""
        if Path(path).exists() and not Path(path).is_file():
            self.skipped += 1
        else:
            yield path

    def _is_left_out(self, folder: str) -> bool:
        return self.leave_out is not None and os.path.realpath(folder) == os.path.realpath(
            self.leave_out
        )

    def _file(self, path: str) -> Iterator[Found]:
        place = shown_path(path)
        file = Path(path)
        try:
            with file.open("rb") as opened:
                head = opened.read(_HEAD)
        except (OSError, ValueError) as error:
            yield _broken(place, error)
            return
        stem = printable(shown_path(file.stem)) or place
        if is_archive(head):
            archive = members(path, place)
            if archive is not None:
                yield from self._archive(archive)
                return
        if is_parquet(head):
            yield from parquet_rows(path, place, stem, self.columns)
            return
        yield from self._content(place, stem, head, lambda: file.open("rb"))

    def inside(self, place: str, content: bytes) -> Iterator[Found]:
        """Yield the notes of one file that is already in memory.

        Args:
            place: Where it is.
            content: All of it.
        """
        head = content[:_HEAD]
        path = PurePosixPath(place)
        if path.name.startswith(_JUNK):
            self.skipped += 1
            return
        stem = printable(path.stem) or place
        if is_archive(head):
            archive = members(io.BytesIO(content), place)
            if archive is not None:
                yield from self._archive(archive)
                return
        if is_parquet(head):
            yield from parquet_rows(io.BytesIO(content), place, stem, self.columns)
            return
        yield from self._content(place, stem, head, lambda: io.BytesIO(content))

    def _archive(
        self, archive: Iterator[tuple[str, str, Callable[[], BinaryIO]]]
    ) -> Iterator[Found]:
        """Yield the notes of an archive, given place, name and opener of each member."""
        for place, name, opener in archive:
            parts = PurePosixPath(name)
            if any(each.startswith(_JUNK) or each == "__MACOSX" for each in parts.parts):
                self.skipped += 1
                continue
            stem = printable(parts.stem) or place
            try:
                with opener() as opened:
                    head = opened.read(_HEAD)
            except Exception as error:  # noqa: BLE001 - a damaged archive fails in many ways
                yield _broken(place, error)
                continue
            yield from self._content(place, stem, head, opener)

    def _content(
        self, place: str, stem: str, head: bytes, opener: Callable[[], BinaryIO]
    ) -> Iterator[Found]:
        """Yield what one file or member holds: one note, the rows of a table, messages, or resources."""
        if is_messages(head):
            yield from split_messages(place, stem, opener, MAX_BYTES)
            return
        try:
            line = _first_line(head, opener)
        except Exception as error:  # noqa: BLE001 - a damaged archive fails in many ways
            yield _broken(place, error)
            return
        if is_bulk(line):
            for found in split_bulk(place, stem, opener, MAX_BYTES):
                if found is None:
                    self.skipped += 1
                else:
                    yield found
            return
        kind = table_kind(line, self.columns)
        if kind is not None:
            yield from text_rows(place, stem, opener, kind, self.columns)
            return
        if is_other_table(place, line):
            yield unusable(place, stem, 0, no_column(self.columns))
            return
        is_whole = len(head) < _HEAD
        yield Found(
            place=place, note_id=stem, load=lambda: head if is_whole else load(place, opener)
        )


def _first_line(head: bytes, opener: Callable[[], BinaryIO]) -> bytes:
    """Return the first bytes; where JSON on one line does not say there what it is, all of that line."""
    words = head.removeprefix(BOM_UTF8).lstrip()
    if len(head) < _HEAD or not words.startswith(b"{") or b"\n" in words or is_bulk(words):
        return head
    with opener() as file:
        file.read(len(head) - len(words))
        return file.readline(MAX_BYTES + 1)


def expand(arguments: Sequence[str], stdin: BinaryIO) -> list[str]:
    """Return the files and folders that the arguments name, each once, sorted.

    Args:
        arguments: Paths, globs, or ``-`` for a list of paths, one a line or ended by zero bytes.
        stdin: Where the list is read from.

    Raises:
        AuditError: A path of the command line leads nowhere.
    """
    roots: dict[str, None] = {}
    for argument in arguments:
        if argument == "-":
            roots.update(dict.fromkeys(_listed(stdin)))
        elif os.path.lexists(argument):
            roots[os.path.normpath(argument)] = None
        elif _GLOB.intersection(argument):
            found = glob.glob(argument, recursive=True)  # noqa: PTH207 - pathlib takes no absolute patterns
            if not found:
                msg = f"{printable(argument)}: no file fits; check the pattern"
                raise AuditError(msg)
            roots.update(dict.fromkeys(map(os.path.normpath, found)))
        else:
            msg = f"{printable(argument)}: no such file or folder; check the path"
            raise AuditError(msg)
    return sorted(_without_inner(roots), key=shown_path)


def _listed(stdin: BinaryIO) -> Iterator[str]:
    listed = stdin.read()
    mark = b"\0" if b"\0" in listed else b"\n"
    for line in listed.split(mark):
        path = os.fsdecode(line.rstrip(b"\r") if mark == b"\n" else line)
        if path.strip():
            yield os.path.normpath(path)


def _without_inner(roots: dict[str, None]) -> Iterator[str]:
    """Leave out what lies in a folder that is named, too."""
    for root in roots:
        if not any(each.as_posix() in roots for each in Path(root).parents if root != "."):
            yield root


def load(place: str, opener: Callable[[], BinaryIO]) -> bytes:
    """Read the bytes of one note.

    Raises:
        NoteError: Over the limit of size, or the file cannot be read.
    """
    try:
        with opener() as file:
            content = file.read(MAX_BYTES + 1)
    except NoteError:
        raise
    except Exception as error:  # noqa: BLE001 - a damaged archive fails in many ways
        raise UnreadableNote(_reason(place, error)) from None
    if len(content) > MAX_BYTES:
        raise _over_limit(place)
    return content


def too_large(place: str) -> Found:
    """Return what stands for a file that is too large to be read at all."""
    return _broken(place, _over_limit(place))


def _over_limit(place: str) -> NoteTooLarge:
    limit = MAX_BYTES // (1024 * 1024)
    msg = f"{printable(place)}: larger than {limit} MiB; give one operative note a file"
    return NoteTooLarge(msg)


def _walk_order(entry: os.DirEntry[str]) -> str:
    return shown_path(entry.name + "/" if entry.is_dir(follow_symlinks=False) else entry.name)


def _reason(place: str, error: Exception) -> str:
    what = error.strerror if isinstance(error, OSError) and error.strerror else type(error).__name__
    return (
        f"{printable(place)}: cannot be read ({what.lower()}); check the file and its permissions"
    )


def _broken(place: str, error: Exception) -> Found:
    refusal = error if isinstance(error, NoteError) else UnreadableNote(_reason(place, error))

    def fail() -> bytes:
        raise refusal

    return Found(place=place, note_id=printable(PurePosixPath(place).stem) or place, load=fail)
