"""An audit trail: who had which note analysed, when, by which rules, with what decision. Each line is chained to the one before."""

from __future__ import annotations

import hashlib
import json
import os
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from scribe_api.private_file import appending

if TYPE_CHECKING:
    from pathlib import Path

    from scribe.types.analysis import Analysis

CALLER: Final[ContextVar[str | None]] = ContextVar("caller", default=None)
_START: Final = "0" * 64
_TAIL: Final = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What became of a trail.

    Attributes:
        lines: How many lines hold.
        tears: How often a crash tore a line, as the line behind it says.
        broken: The first line that does not hold, or None.
        head: Hash of the last line that holds.
    """

    lines: int
    tears: int
    broken: int | None
    head: str


class AuditLog:
    """Appends to one file; several processes may share it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def append(self, analysis: Analysis) -> None:
        """Write down one analysis: hashes, versions and the decision, and no word or id of the note.

        Waits for the disk. What a crash left of a line stays, and the new line says by its hash that it was there.
        """
        rules = analysis.engine.rules
        entry = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "key": CALLER.get(),
            "note": analysis.note.sha256,
            "rules": f"{rules.version} {rules.hash}",
            "decision": analysis.suggestion.decision.value,
            "code": analysis.suggestion.code,
        }
        with appending(self._path) as file:
            previous, torn = _end(file)
            if torn:
                entry["tear"] = _digest(torn)
            file.write(_line(entry, previous))


def _end(file: BinaryIO) -> tuple[str, bytes]:
    """Return the hash of the last whole line, and what stands behind it."""
    size = file.seek(0, os.SEEK_END)
    for length in (min(_TAIL, size), size):  # all of it only where a tear is longer than any line
        file.seek(size - length)
        torn = b""
        for line in reversed(file.readlines()):
            entry = _entry(line)
            if entry is not None:
                return entry["hash"], torn
            torn = line + torn
    return _START, torn


def _entry(line: bytes) -> dict[str, Any] | None:
    """Return what a line says; None when it is no line of a trail."""
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return entry if isinstance(entry, dict) and isinstance(entry.get("hash"), str) else None


def _line(entry: dict[str, str | None], previous: str) -> bytes:
    chained = {**entry, "previous": previous}
    return json.dumps({**chained, "hash": _chain(chained)}).encode() + b"\n"


def _chain(chained: dict[str, Any]) -> str:
    return _digest(json.dumps(chained, sort_keys=True).encode())


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def verify(path: Path) -> Verdict:
    """Follow the chain from its start.

    A trail that was cut at its end is still a whole chain: compare the head with one that was kept elsewhere.

    Raises:
        OSError: The file cannot be read.
    """
    head, lines, tears, torn, torn_at = _START, 0, 0, b"", 0
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            entry = _entry(line)
            if entry is None:
                torn_at = torn_at or number
                torn += line
                continue
            given = entry.pop("hash")
            tear = _digest(torn) if torn else None
            if (entry.get("previous"), entry.get("tear"), _chain(entry)) != (head, tear, given):
                return Verdict(lines=lines, tears=tears, broken=torn_at or number, head=head)
            head, lines, tears = given, lines + 1, tears + bool(torn)
            torn, torn_at = b"", 0
    return Verdict(lines=lines, tears=tears, broken=torn_at or None, head=head)
