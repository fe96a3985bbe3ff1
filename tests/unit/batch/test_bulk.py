"""FHIR bulk exports are told by their first line, and cut into resources."""

from __future__ import annotations

import io
import json

import pytest

from scribe.batch.bulk import is_bulk, split_bulk
from scribe.batch.discover import Discovery
from scribe.batch.tables import Columns
from scribe.errors import UnreadableNote

NOTE = b'{"resourceType": "Binary", "id": "b-1", "data": ""}'
PATIENT = b'{"resourceType": "Patient", "id": "p-1"}'

HEADS = {
    "one a line": (NOTE + b"\n" + NOTE, True),
    "windows line ends and a mark": (b"\xef\xbb\xbf" + NOTE + b"\r\n", True),
    "a line longer than the head": (NOTE[:30], True),
    "over several lines": (b'{\n "resourceType": "Binary"\n}', False),
    "the second line is one": (b'{"text": "a"}\n' + NOTE, False),
    "a damaged first line": (NOTE[:-1] + b"\n" + NOTE, False),
    "a list": (b"[" + NOTE + b"]", False),
}


@pytest.mark.parametrize(("head", "is_told"), HEADS.values(), ids=HEADS.keys())
def test_a_bulk_export_is_told_by_its_first_line(head: bytes, is_told: bool) -> None:
    assert is_bulk(head) is is_told


def cut(raw: bytes, most_bytes: int = 1000) -> list[tuple[int, str, bytes] | None]:
    found = split_bulk("f", "f", lambda: io.BytesIO(raw), most_bytes)
    return [each and (each.part, each.note_id, each.load()) for each in found]


def test_every_note_is_a_part_under_its_id_and_others_are_passed_over() -> None:
    assert cut(NOTE + b"\r\n\n" + PATIENT + b"\n" + NOTE) == [
        (1, "b-1", NOTE),
        None,
        (3, "b-1", NOTE),
    ]


def test_a_single_resource_has_no_parts() -> None:
    assert cut(NOTE + b"\n") == [(0, "f", NOTE)]


def test_a_resource_without_an_id_is_called_by_its_number() -> None:
    nameless = b'{"resourceType": "Bundle"}'
    assert cut(nameless + b"\n" + nameless) == [(1, "f-1", nameless), (2, "f-2", nameless)]


def test_of_a_line_that_is_too_long_only_the_start_is_held() -> None:
    assert cut(NOTE + b"\n" + NOTE, 20) == [(1, "f-1", NOTE[:21]), (2, "f-2", NOTE[:21])]


def test_a_line_that_is_no_resource_fails_when_it_is_loaded() -> None:
    with pytest.raises(UnreadableNote, match="not a FHIR resource"):
        cut(NOTE + b"\n[1]\n")


@pytest.mark.parametrize("start", [b"", b"\n", b"\xef\xbb\xbf\r\n\n"])
def test_an_export_is_told_by_a_kind_that_stands_far_behind(start: bytes) -> None:
    line = json.dumps({"data": "a" * 70_000, "id": "b-1", "resourceType": "Binary"}).encode()
    raw = start + line + b"\n" + PATIENT + b"\n" + line + b"\n"
    discovery = Discovery(columns=Columns())
    found = [(each.part, each.load()) for each in discovery.inside("export.ndjson", raw)]
    assert (found, discovery.skipped) == ([(1, line), (3, line)], 1)


def test_a_table_is_told_by_a_column_that_stands_far_behind() -> None:
    line = json.dumps({"other": "a" * 70_000, "text": "A note."}).encode()
    (found,) = Discovery(columns=Columns()).inside("table.jsonl", line + b"\n")
    assert found.load() == b"A note."
