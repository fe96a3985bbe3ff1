"""Notes from paths and from standard input."""

from __future__ import annotations

import base64
import io
import json
from typing import TYPE_CHECKING

import pytest

from scribe.errors import NoteError
from scribe.read import read_source

if TYPE_CHECKING:
    from pathlib import Path

NOTHING = io.BytesIO()


def test_the_id_of_a_file_is_its_stem(tmp_path: Path) -> None:
    path = tmp_path / "case 17.v2.txt"
    path.write_bytes(b"a note")
    assert read_source(str(path), NOTHING).id == "case 17.v2"


def test_a_dash_reads_standard_input() -> None:
    assert read_source("-", io.BytesIO(b"a note")).text == "a note"


def test_standard_input_has_the_hash_as_id() -> None:
    note = read_source("-", io.BytesIO(b"a note"))
    assert note.id == note.sha256[:12]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoteError, match=r"gone\.txt: no such file"):
        read_source(str(tmp_path / "gone.txt"), NOTHING)


def test_a_folder_is_named_as_one(tmp_path: Path) -> None:
    with pytest.raises(NoteError, match="a folder, not a note"):
        read_source(str(tmp_path), NOTHING)


def test_a_path_below_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_bytes(b"a note")
    with pytest.raises(NoteError, match=r"note\.txt/inner: cannot be opened"):
        read_source(str(tmp_path / "note.txt" / "inner"), NOTHING)


def test_control_characters_of_a_name_are_not_shown() -> None:
    with pytest.raises(NoteError) as refusal:
        read_source("bad\x1b[31m\nname.txt", NOTHING)
    assert str(refusal.value).isprintable()


def test_a_zero_byte_in_a_path_is_refused() -> None:
    with pytest.raises(NoteError, match="not a path"):
        read_source("bad\0name", NOTHING)


def test_an_endless_file_is_not_read_to_its_end() -> None:
    with pytest.raises(NoteError, match="larger than 10 MiB"):
        read_source("/dev/zero", NOTHING)


def test_a_resource_in_a_file_of_lines_is_a_note(tmp_path: Path) -> None:
    path = tmp_path / "export.ndjson"
    note = base64.b64encode(b"PLAN: rest.").decode()
    attached = {"attachment": {"contentType": "text/plain", "data": note}}
    path.write_text(
        json.dumps({"resourceType": "DocumentReference", "content": [attached]}), "utf-8"
    )
    assert read_source(str(path), NOTHING).text == "PLAN: rest."
