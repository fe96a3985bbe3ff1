"""Results that wait for their receivers, in a folder that the operator has named: they quote notes, so only its owner may read it."""

from __future__ import annotations

import os
import secrets
import sqlite3
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from scribe.errors import ScribeError
from scribe_api.private_file import is_private
from scribe_api.settings import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_FILE: Final = "spool.sqlite3"
_PATIENCE_S: Final = 10.0
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS deliveries (
    id TEXT PRIMARY KEY, target TEXT NOT NULL, body BLOB NOT NULL, created REAL NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0, due REAL NOT NULL, dead INTEGER NOT NULL DEFAULT 0, last TEXT NOT NULL DEFAULT ''
)
"""
_ROW: Final = "id, target, created, attempts, due, dead, last"


class SpoolError(ScribeError):
    """Results cannot be kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One delivery, without its body.

    Attributes:
        id: The same in every attempt.
        target: Name of the receiver.
        created: When the result was made, in seconds since 1970.
        attempts: How often it was tried.
        due: When it is tried next.
        is_dead: Whether it was given up; it is kept until somebody retries or drops it.
        last: What came of the last attempt: a status or the kind of an error.
    """

    id: str
    target: str
    created: float
    attempts: int
    due: float
    is_dead: bool
    last: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One delivery that somebody has taken on."""

    waiting: Waiting
    body: bytes = field(repr=False)


class Spool:
    """One file in one folder; several processes may share it."""

    def __init__(self, folder: Path, *, most: int = 10_000) -> None:
        """Open the spool, or make it.

        Args:
            folder: Where; made for its owner alone where it is not there yet.
            most: How many results it holds at most.

        Raises:
            SettingsError: The folder cannot be used, or others may read it.
        """
        self._path = folder / _FILE
        self._most = most
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            is_safe = is_private(folder)
            if is_safe:
                # The journal that stands beside the file while it is written has the same permissions.
                os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))
                is_safe = is_private(self._path)
                with self._transaction() as rows:
                    rows.execute(_SCHEMA)
        except (OSError, SpoolError):
            msg = f"{folder}: cannot keep results there; check the path, its permissions and the space left"
            raise SettingsError(msg) from None
        if not is_safe:
            msg = f"{folder}: keeps results, which quote notes, and can be read by others; chmod 700 it and 600 what is in it"
            raise SettingsError(msg)

    def put(self, targets: Sequence[str], body: bytes) -> None:
        """Keep one result for each receiver; it is on the disk when this returns.

        Raises:
            SpoolError: It cannot be kept, or too many are kept already.
        """
        now = time.time()
        with self._transaction() as rows:
            (kept,) = rows.execute("SELECT count(*) FROM deliveries").fetchone()
            if kept + len(targets) > self._most:
                msg = "the spool is full"
                raise SpoolError(msg)
            rows.executemany(
                "INSERT INTO deliveries (id, target, body, created, due) VALUES (?, ?, ?, ?, ?)",
                [(f"msg_{secrets.token_hex(12)}", each, body, now, now) for each in targets],
            )

    def take(self, target: str, lease_s: float) -> Delivery | None:
        """Take on the delivery that has been due longest; nobody else gets it before the lease is over.

        Raises:
            SpoolError: The spool cannot be read.
        """
        now = time.time()
        with self._transaction() as rows:
            row = rows.execute(
                f"SELECT {_ROW}, body FROM deliveries WHERE target = ? AND NOT dead AND due <= ? ORDER BY due LIMIT 1",  # noqa: S608
                (target, now),
            ).fetchone()
            if row is None:
                return None
            rows.execute("UPDATE deliveries SET due = ? WHERE id = ?", (now + lease_s, row[0]))
        return Delivery(waiting=_waiting(row[:-1]), body=row[-1])

    def forget(self, delivery: str) -> bool:
        """Erase a delivery; False when there is none of that id."""
        with self._transaction() as rows:
            return rows.execute("DELETE FROM deliveries WHERE id = ?", (delivery,)).rowcount > 0

    def put_back(self, delivery: str, *, due: float, last: str, is_dead: bool) -> None:
        """Keep a delivery whose attempt failed, for another one or as dead."""
        with self._transaction() as rows:
            rows.execute(
                "UPDATE deliveries SET attempts = attempts + 1, due = ?, last = ?, dead = ? WHERE id = ?",
                (due, last, is_dead, delivery),
            )

    def revive(self, delivery: str | None = None) -> int:
        """Let dead deliveries, or one, be tried again at once; returns how many."""
        with self._transaction() as rows:
            return rows.execute(
                "UPDATE deliveries SET dead = 0, created = ?, due = ? WHERE dead AND (? IS NULL OR id = ?)",
                (time.time(), time.time(), delivery, delivery),
            ).rowcount

    def all(self) -> list[Waiting]:
        """Return everything that is kept, oldest first."""
        with self._transaction() as rows:
            found = rows.execute(
                f"SELECT {_ROW} FROM deliveries ORDER BY created, id"  # noqa: S608 - names of ours
            ).fetchall()
        return [_waiting(each) for each in found]

    def count(self, *, dead: bool) -> int:
        """Return how many wait, or how many are dead."""
        with self._transaction() as rows:
            (number,) = rows.execute(
                "SELECT count(*) FROM deliveries WHERE dead = ?", (dead,)
            ).fetchone()
        return int(number)

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """Open the file, do everything or nothing, and close it.

        Raises:
            SpoolError: The file cannot be used; the message holds nothing that is in it.
        """
        try:
            rows = sqlite3.connect(self._path, timeout=_PATIENCE_S, isolation_level=None)
        except sqlite3.Error as error:
            raise SpoolError(type(error).__name__) from None
        try:
            # What is deleted is overwritten, and the file shrinks.
            rows.execute("PRAGMA auto_vacuum = FULL")
            rows.execute("PRAGMA secure_delete = ON")
            rows.execute("PRAGMA synchronous = FULL")
            rows.execute("BEGIN IMMEDIATE")
            yield rows
            rows.execute("COMMIT")
        except sqlite3.Error as error:
            raise SpoolError(type(error).__name__) from None
        finally:
            rows.close()  # without a commit, this undoes


def _waiting(row: tuple[str, str, float, int, float, int, str]) -> Waiting:
    delivery, target, created, attempts, due, dead, last = row
    return Waiting(
        id=delivery,
        target=target,
        created=created,
        attempts=attempts,
        due=due,
        is_dead=bool(dead),
        last=last,
    )
