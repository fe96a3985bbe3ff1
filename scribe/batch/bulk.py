"""FHIR bulk exports: files with one resource a line (NDJSON), cut into single ones while they are read."""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from itertools import chain
from typing import TYPE_CHECKING, Any, BinaryIO

from scribe.batch.item import Found, part_id, unusable
from scribe.discretion import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_KIND = b'"resourceType"'


def is_bulk(head: bytes) -> bool:
    """Tell a resource that stands on one line by the first bytes; the line may be longer than these."""
    line, end, _ = head.removeprefix(BOM_UTF8).lstrip().partition(b"\n")
    if not line.startswith(b"{") or _KIND not in line:
        return False
    return not end or bool(_resource(line))


def split_bulk(
    place: str, stem: str, opener: Callable[[], BinaryIO], most_bytes: int
) -> Iterator[Found | None]:
    """Yield every resource that can carry a note, None for any other; a file of only one has no parts.

    Source: FHIR Bulk Data Access, output files in NDJSON.

    Args:
        place: Where the file is.
        stem: Its name, the start of the ids of resources that have none.
        opener: Opens it for reading.
        most_bytes: What is longer is cut there; the reader then refuses it by its size.
    """
    lines = _lines(opener, most_bytes)
    first, second = next(lines, None), next(lines, None)
    if first is not None and second is None:
        yield Found(place=place, note_id=stem, load=lambda: first)
        return
    begun = (each for each in (first, second) if each is not None)
    for number, line in enumerate(chain(begun, lines), 1):
        yield _found(place, stem, number, line, is_cut=len(line) > most_bytes)


def _found(place: str, stem: str, number: int, line: bytes, *, is_cut: bool) -> Found | None:
    from scribe.pipeline import NOTE_RESOURCES

    resource = _resource(line)
    if not resource and not is_cut:
        return unusable(place, stem, number, "not a FHIR resource; export the file again")
    if resource and resource["resourceType"] not in NOTE_RESOURCES:
        return None
    given = resource.get("id")
    note_id = printable(given) if isinstance(given, str) else ""
    return Found(
        place=place, part=number, note_id=note_id or part_id(stem, number), load=lambda: line
    )


def _resource(line: bytes) -> dict[str, Any]:
    """Return the resource that a line holds, or an empty one."""
    try:
        resource = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    is_resource = isinstance(resource, dict) and isinstance(resource.get("resourceType"), str)
    return resource if is_resource else {}


def _lines(opener: Callable[[], BinaryIO], most_bytes: int) -> Iterator[bytes]:
    """Yield lines that hold something; of one that is too long, its start."""
    with opener() as file:
        is_start = True
        while line := file.readline(most_bytes + 1):
            words = line.removeprefix(BOM_UTF8).strip()
            if is_start and words:
                yield words if line.endswith(b"\n") else line
            is_start = line.endswith(b"\n")
