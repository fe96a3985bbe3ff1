"""Files of many HL7 v2 messages, cut into single ones while they are read."""

from __future__ import annotations

from codecs import BOM_UTF8
from typing import TYPE_CHECKING, BinaryIO

from scribe.batch.item import Found, part_id
from scribe.pipeline import is_batch, is_message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_BLOCK_MARKS = b"\x0b\x1c"
_WRAPPERS = (b"FHS", b"BHS", b"BTS", b"FTS")
_CHUNK = 1024 * 1024


def is_messages(head: bytes) -> bool:
    """Tell HL7 v2 by the first bytes."""
    start = head.removeprefix(BOM_UTF8)
    return is_message(start) or is_batch(start)


def split_messages(
    place: str, stem: str, opener: Callable[[], BinaryIO], most_bytes: int
) -> Iterator[Found]:
    """Yield every message; a file of only one has no parts.

    Args:
        place: Where the file is.
        stem: Its name, the start of the ids.
        opener: Opens it for reading.
        most_bytes: What is longer is cut there; the reader then refuses it by its size.
    """
    number = 0
    waiting: bytes | None = None
    for message in _messages(opener, most_bytes):
        if waiting is not None:
            number += 1
            yield _found(place, stem, number, waiting)
        waiting = message
    if waiting is not None:
        yield _found(place, stem, number + 1 if number else 0, waiting)


def _found(place: str, stem: str, number: int, message: bytes) -> Found:
    return Found(place=place, part=number, note_id=part_id(stem, number), load=lambda: message)


def _messages(opener: Callable[[], BinaryIO], most_bytes: int) -> Iterator[bytes]:
    segments: list[bytes] = []
    size = 0
    for segment in _segments(opener):
        if segment[:3] in _WRAPPERS:
            continue
        is_start = is_message(segment)
        if is_start and segments:
            yield b"\r".join(segments) + b"\r"
            segments, size = [], 0
        if (is_start or segments) and size <= most_bytes:
            segments.append(segment)
            size += len(segment)
    if segments:
        yield b"\r".join(segments) + b"\r"


def _segments(opener: Callable[[], BinaryIO]) -> Iterator[bytes]:
    """Yield segments, whatever ends their lines."""
    rest = b""
    with opener() as file:
        while chunk := file.read(_CHUNK):
            lines = (
                (rest + chunk)
                .removeprefix(BOM_UTF8)
                .replace(b"\r\n", b"\r")
                .replace(b"\n", b"\r")
                .split(b"\r")
            )
            rest = lines.pop()
            yield from (each.strip(_BLOCK_MARKS) for each in lines if each.strip(_BLOCK_MARKS))
    if rest.strip(_BLOCK_MARKS):
        yield rest.strip(_BLOCK_MARKS)
