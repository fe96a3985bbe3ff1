"""What is done so far, in one SQLite file that survives being killed at any moment. It holds no more of a note than the tables do."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from scribe.errors import AuditError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scribe.batch.item import Answer, Found

_TABLES = """
CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS items (
  place TEXT NOT NULL, part INTEGER NOT NULL, digest TEXT NOT NULL, note_id TEXT NOT NULL,
  surgeon TEXT, date TEXT, is_seen INTEGER NOT NULL, PRIMARY KEY (place, part)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS items_by_digest ON items (digest, place, part);
CREATE TABLE IF NOT EXISTS answers (
  digest TEXT PRIMARY KEY, note_id TEXT NOT NULL, at INTEGER, length INTEGER, row TEXT,
  kind TEXT, reason TEXT, has_page INTEGER NOT NULL
);
"""
_NOTES = """
SELECT items.place, items.part, items.note_id, items.surgeon, items.date, items.digest,
  answers.at, answers.length, answers.note_id, answers.row, answers.kind, answers.reason, answers.has_page,
  (SELECT place || CASE part WHEN 0 THEN '' ELSE '#' || part END FROM items AS first
    WHERE first.digest = items.digest ORDER BY place, part LIMIT 1)
FROM items JOIN answers USING (digest) ORDER BY items.place, items.part
"""
_ADD_ITEM = """
INSERT INTO items VALUES (?, ?, ?, ?, ?, ?, 1) ON CONFLICT (place, part) DO UPDATE SET
  digest = excluded.digest, note_id = excluded.note_id, surgeon = excluded.surgeon, date = excluded.date, is_seen = 1
WHERE NOT is_seen
"""
_FIRST = "SELECT place, part FROM items WHERE digest = ? ORDER BY place, part LIMIT 1"
_KEEP = "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_KEPT_ANSWERS = "SELECT * FROM answers ORDER BY at, digest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One answer as the record keeps it."""

    digest: str
    note_id: str
    at: int
    length: int
    row: str | None
    kind: str | None
    reason: str | None
    has_page: bool


# The fields of Kept are the columns of the table, in its order.
_KEPT = tuple(each.name for each in fields(Kept))
_values = attrgetter(*_KEPT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One note with what is known of it.

    Attributes:
        place: Where the note is.
        part: Row or message in its file, or 0.
        note_id: Its id.
        digest: Of its bytes.
        row: The figures; empty for a failure. Surgeon and date of a table win over those of the note.
        kind: Class of the failure, or None.
        reason: What is wrong, for a failure.
        same_as: An earlier note with the same content, or None.
        at: Offset of its line in the results as they were appended.
        length: Length of that line in bytes.
        line_id: The id that stands in that line.
        has_page: Whether the note has a report page.
    """

    place: str
    part: int
    note_id: str
    digest: str
    row: dict[str, Any]
    kind: str | None
    reason: str | None
    same_as: str | None
    at: int
    length: int
    line_id: str
    has_page: bool

    @property
    def name(self) -> str:
        """The place with its part."""
        return f"{self.place}#{self.part}" if self.part else self.place


class Journal:
    """The record of one audit; one process writes it."""

    def __init__(self, path: Path, *, is_read_only: bool = False) -> None:
        """Open the record, or start one.

        Args:
            path: Its file.
            is_read_only: Whether it is finished, and only read.

        Raises:
            AuditError: Another audit is writing it, or it is damaged.
        """
        self._is_read_only = is_read_only
        self._is_closed = False
        try:
            if is_read_only:
                source = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
                self._base = sqlite3.connect(source, uri=True, isolation_level=None)
                return
            self._base = sqlite3.connect(path, timeout=1, isolation_level=None)
            self._base.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._base.execute("PRAGMA journal_mode = WAL")
            self._base.execute("PRAGMA synchronous = NORMAL")
            self._base.executescript(_TABLES)
            self._base.execute("BEGIN IMMEDIATE")
        except sqlite3.Error:
            msg = f"{path.parent}: its record is damaged or another audit is writing it; wait for that one, or name another folder"
            raise AuditError(msg) from None

    def commit(self) -> None:
        """Make everything so far survive a kill."""
        self._base.execute("COMMIT")
        self._base.execute("BEGIN IMMEDIATE")

    def close(self) -> None:
        """Keep everything and let go of the file; nothing more the second time."""
        if self._is_closed:
            return
        self._is_closed = True
        if not self._is_read_only:
            self._base.execute("COMMIT")
        self._base.close()

    def about(self, name: str) -> str | None:
        """Return what was noted about the audit under a name."""
        found = self._base.execute("SELECT value FROM about WHERE name = ?", (name,)).fetchone()
        return None if found is None else str(found[0])

    def note_about(self, name: str, value: str) -> None:
        """Note something about the audit as a whole."""
        self._base.execute("INSERT OR REPLACE INTO about VALUES (?, ?)", (name, value))

    def forget_seen(self) -> None:
        """Start a new look through the input."""
        self._base.execute("UPDATE items SET is_seen = 0")

    def drop_unseen(self) -> None:
        """Drop the notes that the last look did not find any more."""
        self._base.execute("DELETE FROM items WHERE is_seen = 0")

    def add_item(self, found: Found, digest: str) -> bool:
        """Note that an item is part of the audit.

        Returns: Whether it is new in this look: the same place may be named twice.
        """
        values = (found.place, found.part, digest, found.note_id, found.surgeon, found.date)
        return self._base.execute(_ADD_ITEM, values).rowcount == 1

    def has_answer(self, digest: str) -> bool:
        """Tell whether a content is analysed."""
        query = "SELECT 1 FROM answers WHERE digest = ?"
        return self._base.execute(query, (digest,)).fetchone() is not None

    def add_answer(self, answer: Answer, at: int, length: int) -> None:
        """Keep what the task said.

        Args:
            answer: The answer.
            at: Offset of its line in the results.
            length: Length of that line in bytes.
        """
        self.keep(
            Kept(
                digest=answer.digest,
                note_id=answer.note_id,
                at=at,
                length=length,
                row=answer.row,
                kind=answer.kind,
                reason=answer.reason,
                has_page=answer.page is not None,
            )
        )

    def keep(self, kept: Kept) -> None:
        """Keep an answer, perhaps of another record."""
        self._base.execute(_KEEP, _values(kept))

    def results_end(self) -> int:
        """Return where the results end that are known here; bytes after it were cut off by a kill."""
        found = self._base.execute("SELECT MAX(at + length) FROM answers").fetchone()
        return int(found[0] or 0)

    def first_name(self, digest: str) -> str | None:
        """Return the first note with a content, or None."""
        found = self._base.execute(_FIRST, (digest,)).fetchone()
        return None if found is None else f"{found[0]}#{found[1]}" if found[1] else str(found[0])

    def unanswered(self) -> list[str]:
        """Return the first note of every content that has no answer yet."""
        query = "SELECT DISTINCT digest FROM items WHERE digest NOT IN (SELECT digest FROM answers)"
        names = (self.first_name(row[0]) for row in self._base.execute(query).fetchall())
        return [each for each in names if each is not None]

    def answers(self) -> Iterator[Kept]:
        """Yield every answer in the order of its line."""
        for values in self._base.execute(_KEPT_ANSWERS):
            kept = dict(zip(_KEPT, values, strict=True))
            yield Kept(**{**kept, "has_page": bool(kept["has_page"])})

    def copy_items(self, other: Journal) -> None:
        """Take all notes over from another record."""
        rows = other._base.execute("SELECT * FROM items")
        self._base.executemany("INSERT OR REPLACE INTO items VALUES (?, ?, ?, ?, ?, ?, ?)", rows)

    def entries(self) -> Iterator[Entry]:
        """Yield every note, sorted by place and part."""
        for values in self._base.execute(_NOTES):
            place, part, note_id, surgeon, date, digest = values[:6]
            at, length, line_id, row, kind, reason, has_page, first = values[6:]
            figures = json.loads(row) if row else {}
            if figures:
                figures["surgeon"] = surgeon or figures["surgeon"]
                figures["date"] = date or figures["date"]
            name = f"{place}#{part}" if part else place
            yield Entry(
                place=place,
                part=part,
                note_id=note_id,
                digest=digest,
                row=figures,
                kind=kind,
                reason=reason,
                same_as=None if first == name else first,
                at=at or 0,
                length=length or 0,
                line_id=line_id,
                has_page=bool(has_page),
            )
