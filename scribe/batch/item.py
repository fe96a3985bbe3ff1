"""What goes into the task that analyses one note, and what comes out of it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass, field

from scribe.discretion import printable
from scribe.errors import UnreadableNote


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One note that was found and not yet read.

    Attributes:
        place: Where it is, as tables and messages call it: a path, or ``archive.zip!/member``. The sort key, with ``part``.
        part: Number of the row or message in its file, from 1; 0 where the file is one note.
        load: Reads the bytes; raises a NoteError that names the place.
        note_id: Id of the note.
        surgeon: What the table says, or None.
        date: What the table says, or None.
    """

    place: str
    part: int = 0
    load: Callable[[], bytes] = field(repr=False)
    note_id: str
    surgeon: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One content to analyse; plain data, so that it can go to another process.

    Attributes:
        digest: Hex digest of the bytes; names the answer.
        place: How messages call it.
        note_id: Id of the note.
        content: The bytes.
    """

    digest: str
    place: str
    note_id: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a worker has to know beside the note.

    Attributes:
        reports: Which notes get a report page of their own: ``worklist``, ``all`` or ``none``.
        keeps_text: Whether the extracted text is kept beside the results.
    """

    reports: str = "worklist"
    keeps_text: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the task says of one content.

    Attributes:
        digest: Of the bytes that were analysed.
        note_id: Id that stands in ``line``.
        line: The contract object on one line, or None for a failure.
        row: The figures for the tables, as JSON, or None for a failure.
        page: The note's own report, where one is wanted.
        text: The extracted text, where it is wanted.
        kind: For a failure, its class.
        reason: For a failure, what is wrong and how to mend it, without the place.
    """

    digest: str
    note_id: str
    line: str | None = field(default=None, repr=False)
    row: str | None = field(default=None, repr=False)
    page: str | None = field(default=None, repr=False)
    text: str | None = field(default=None, repr=False)
    kind: str | None = None
    reason: str | None = None


def part_id(stem: str, number: int) -> str:
    """Return the id of a note that brings none: the name of its file, with the number of its part where it has one."""
    return f"{stem}-{number}" if number else stem


def unusable(place: str, stem: str, number: int, reason: str) -> Found:
    """Return what stands for a part of a file that holds no note; it fails when it is loaded."""

    def fail() -> bytes:
        msg = f"{printable(place)}: {reason}"
        raise UnreadableNote(msg)

    return Found(place=place, part=number, load=fail, note_id=part_id(stem, number))


def digest_of(content: bytes) -> str:
    """Return the name of a content."""
    return hashlib.sha256(content).hexdigest()


def failed(job: Job, kind: str, message: str) -> Answer:
    """Return the answer for a content that cannot be used.

    Args:
        job: What was tried.
        kind: Class of the failure.
        message: What is wrong, with or without the place in front.
    """
    reason = message.removeprefix(f"{printable(job.place)}: ")
    return Answer(digest=job.digest, note_id=job.note_id, kind=kind, reason=reason)


def shown_path(path: str) -> str:
    """Return a path as text that every file can hold, also where the file system holds other bytes."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
