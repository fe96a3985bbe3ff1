"""One note, one file, a stream of notes: the bytes of the command line, and problems that say what to mend."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from scribe.cli import scribe

if TYPE_CHECKING:
    from pathlib import Path

    from fastapi.testclient import TestClient

NDJSON = {"Content-Type": "application/x-ndjson"}
JSON = {"Content-Type": "application/json"}
TEXT = {"Content-Type": "text/plain"}


@pytest.fixture(scope="module")
def from_command_line(root: Path) -> bytes:
    path = root / "sample_notes" / "typed_with_skin.txt"
    return CliRunner().invoke(scribe, ["analyze", "--format", "json", str(path)]).stdout_bytes


def test_json_gives_the_bytes_of_the_command_line(
    client: TestClient, note: str, from_command_line: bytes
) -> None:
    got = client.post("/v1/analyze", json={"text": note, "id": "typed_with_skin"})
    assert got.content == from_command_line


def test_a_file_gives_the_bytes_of_the_command_line(
    client: TestClient, note: str, from_command_line: bytes
) -> None:
    got = client.post("/v1/analyze/file", files={"file": ("typed_with_skin.txt", note.encode())})
    assert got.content == from_command_line


def test_a_line_of_a_batch_is_the_same_object(
    client: TestClient, note: str, from_command_line: bytes
) -> None:
    line = json.dumps({"text": note, "id": "typed_with_skin"})
    got = client.post("/v1/analyze/batch", content=line, headers=NDJSON)
    assert got.json() == json.loads(from_command_line)


def test_plain_text_is_a_note(client: TestClient, note: str) -> None:
    got = client.post("/v1/analyze", content=note.encode(), headers=TEXT)
    assert got.json()["note"]["chars"] == len(note)


def test_the_same_note_has_the_same_tag(client: TestClient, note: str) -> None:
    tags = {client.post("/v1/analyze", json={"text": note}).headers["etag"] for _ in range(2)}
    assert len(tags) == 1


def test_another_id_has_another_tag(client: TestClient, note: str) -> None:
    tags = {
        client.post("/v1/analyze", json={"text": note, "id": each}).headers["etag"] for each in "ab"
    }
    assert len(tags) == 2


def test_the_codes_that_are_asked_for_are_the_only_ones(client: TestClient, note: str) -> None:
    got = client.post("/v1/analyze", json={"text": note, "codes": ["20957"]}).json()
    assert [each["code"] for each in got["codes"]] == ["20957"]


def test_a_day_before_the_rules_leaves_no_code(client: TestClient, note: str) -> None:
    got = client.post("/v1/analyze", json={"text": note, "date_of_service": "1990-01-01"}).json()
    assert got["codes"] == []


@pytest.mark.parametrize(("layout", "start"), [("html", "<!doctype html>"), ("markdown", "# Note")])
def test_other_layouts(client: TestClient, note: str, layout: str, start: str) -> None:
    got = client.post(f"/v1/analyze?format={layout}", json={"text": note})
    assert got.text.startswith(start)


REFUSED = {
    "no json": (b"{", JSON, 422),
    "unknown field": (b'{"text": "a", "txt": 1}', JSON, 422),
    "no text": (b'{"id": "a"}', JSON, 422),
    "empty text": (b'{"text": " "}', JSON, 422),
    "half of a pair": (b'{"text": "\\ud800"}', JSON, 422),
    "unknown code": (b'{"text": "a", "codes": ["00000"]}', JSON, 422),
    "control character in the id": (b'{"text": "a", "id": "a\\nb"}', JSON, 422),
    "deep json": (b'{"text": ' + b"[" * 100_000, JSON, 400),
    "text that is not utf-8": (b"\xff\xfe\xfd", TEXT, 400),
    "no media type": (b"a", {}, 415),
    "another media type": (b"a", {"Content-Type": "application/xml"}, 415),
}


@pytest.mark.parametrize(("body", "headers", "status"), REFUSED.values(), ids=REFUSED.keys())
def test_a_body_that_cannot_be_used_is_a_problem_document(
    client: TestClient, body: bytes, headers: dict[str, str], status: int
) -> None:
    got = client.post("/v1/analyze", content=body, headers=headers)
    kind = got.headers["content-type"]
    assert (got.status_code, kind, got.json()["status"]) == (
        status,
        "application/problem+json",
        status,
    )


FILES = {
    "damaged pdf": (b"%PDF-1.7", 400),
    "picture": (b"\x89PNG\r\n\x1a\n", 415),
    "empty": (b"", 422),
    "binary": (b"a\0b", 400),
}


@pytest.mark.parametrize(("content", "status"), FILES.values(), ids=FILES.keys())
def test_a_file_that_cannot_be_used_is_a_problem(
    client: TestClient, content: bytes, status: int
) -> None:
    got = client.post("/v1/analyze/file", files={"file": ("note.bin", content)})
    assert got.status_code == status


def test_a_form_without_a_file_is_a_problem(client: TestClient) -> None:
    got = client.post("/v1/analyze/file", data={"id": "a"}, files={"other": b"x"})
    assert got.json()["errors"][0]["where"] == "file"


def test_one_bad_line_is_one_error_line(client: TestClient, note: str) -> None:
    good = json.dumps({"text": note, "id": "good"})
    body = "\n".join([good, "{", "", '{"text": ""}', good])
    lines = client.post("/v1/analyze/batch", content=body, headers=NDJSON).text.splitlines()
    schemas = [json.loads(each)["schema"] for each in lines]
    assert schemas == ["scribe.analysis/1", "scribe.error/1", "scribe.error/1", "scribe.analysis/1"]


def test_an_error_line_names_its_line(client: TestClient) -> None:
    got = client.post("/v1/analyze/batch", content='\n{"id": "x", "text": ""}\n', headers=NDJSON)
    assert (got.json()["line"], got.json()["id"]) == (2, "x")
