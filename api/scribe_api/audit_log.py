"""An audit trail: who had which note analysed, when, by which rules, with what decision. Each line is chained to the one before."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

    from scribe.types.analysis import Analysis

CALLER: Final[ContextVar[str | None]] = ContextVar("caller", default=None)
_START: Final = "0" * 64
_TAIL: Final = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether a trail is whole: how many lines hold, and the first that does not, or None."""

    lines: int
    broken: int | None
    head: str


class AuditLog:
    """Appends to one file; several processes may share it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def append(self, analysis: Analysis) -> None:
        """Write down one analysis: hashes, versions and the decision, and no word or id of the note."""
        rules = analysis.engine.rules
        entry = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "key": CALLER.get(),
            "note": analysis.note.sha256,
            "rules": f"{rules.version} {rules.hash}",
            "decision": analysis.suggestion.decision.value,
            "code": analysis.suggestion.code,
        }
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - _TAIL))
            lines = file.read().splitlines()
            previous = json.loads(lines[-1])["hash"] if lines else _START
            file.write(_line(entry, previous))
            file.flush()
            os.fsync(file.fileno())


def _line(entry: dict[str, str | None], previous: str) -> bytes:
    chained = {**entry, "previous": previous}
    return json.dumps({**chained, "hash": _hash(chained)}).encode() + b"\n"


def _hash(chained: dict[str, str | None]) -> str:
    return hashlib.sha256(json.dumps(chained, sort_keys=True).encode()).hexdigest()


def verify(path: Path) -> Verdict:
    """Follow the chain from its start.

    A trail that was cut at its end is still a whole chain: compare the head with one that was kept elsewhere.

    Raises:
        OSError: The file cannot be read.
    """
    head, number = _START, 0
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                entry = json.loads(line)
                given = entry.pop("hash")
            except (ValueError, KeyError, AttributeError, TypeError):
                return Verdict(lines=number - 1, broken=number, head=head)
            if entry.get("previous") != head or _hash(entry) != given:
                return Verdict(lines=number - 1, broken=number, head=head)
            head = given
    return Verdict(lines=number, broken=None, head=head)
