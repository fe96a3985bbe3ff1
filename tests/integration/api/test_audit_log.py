"""The audit trail: what it says, what it does not, and that meddling shows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from scribe.cli import scribe
from scribe_api.app import create_app
from scribe_api.audit_log import AuditLog
from scribe_api.keys import KeyFile, Scope
from scribe_api.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from scribe.pipeline import Analyzer
    from scribe_api.crew import Crew

WORD = "Quenzelbrook"


@pytest.fixture
def trail(tmp_path: Path, crew: Crew) -> Path:
    """A trail of four analyses, two by a server and two by its successor."""
    path, keys = tmp_path / "trail.jsonl", KeyFile(tmp_path / "keys.json")
    _, token = keys.add("ward", (Scope.ANALYZE,), None)
    settings = Settings(audit_file=path, keys_file=keys.path)
    for _ in range(2):
        with TestClient(create_app(settings, crew), base_url="http://localhost") as client:
            for text in (f"{WORD} was seen.", "Another note."):
                body = {"text": text, "id": WORD}
                client.post("/v1/analyze", json=body, headers={"X-API-Key": token})
    return path


def verify(path: Path) -> tuple[int, str]:
    done = CliRunner().invoke(scribe, ["audit-log", "verify", str(path)])
    return done.exit_code, done.output


def test_a_trail_is_whole_across_restarts(trail: Path) -> None:
    code, said = verify(trail)
    assert (code, said[:14]) == (0, "4 lines, whole")


def test_a_line_names_key_note_rules_and_decision(trail: Path, analyzer: Analyzer) -> None:
    line = json.loads(trail.read_text("utf-8").splitlines()[1])
    digest = analyzer.analyze("Another note.").note.sha256
    assert (line["note"], line["decision"], len(line["key"])) == (digest, "none", 12)


def test_no_word_or_id_of_a_note_is_in_it(trail: Path) -> None:
    assert WORD not in trail.read_text("utf-8")


def change(lines: list[str]) -> list[str]:
    return [lines[0], lines[1].replace('"none"', '"suggest"'), *lines[2:]]


MEDDLED = {
    "changed": (change, 2),
    "removed": (lambda lines: [lines[0], *lines[2:]], 2),
    "moved": (lambda lines: [lines[1], lines[0], *lines[2:]], 1),
    "put in": (lambda lines: [lines[0], lines[0], *lines[1:]], 2),
    "no json": (lambda lines: [*lines[:3], "x", lines[3]], 4),
}


@pytest.mark.parametrize(("meddle", "place"), MEDDLED.values(), ids=MEDDLED.keys())
def test_meddling_shows_and_where(trail: Path, meddle: object, place: int) -> None:
    lines = trail.read_text("utf-8").splitlines()
    trail.write_text("\n".join(meddle(lines)) + "\n", "utf-8")
    code, said = verify(trail)
    assert (code, f"line {place};" in said) == (1, True)


def test_a_file_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    assert verify(tmp_path / "none.jsonl")[0] == 2


def test_only_the_owner_can_read_it(trail: Path) -> None:
    assert trail.stat().st_mode & 0o077 == 0


def tear(path: Path, content: bytes) -> None:
    """Leave the trail as a crash does that came in the middle of a line."""
    path.write_bytes(path.read_bytes() + content)


TORN = {
    "half a line": b'{"time": "2026-01-0',
    "a whole line but for its end": None,
    "zeros of a disk that lost power": bytes(9000),
    "lines of anything": b"\xff\n\n[]\n3",
}


@pytest.mark.parametrize("content", TORN.values(), ids=TORN.keys())
def test_a_torn_line_costs_no_analysis_and_no_trail(
    trail: Path, crew: Crew, content: bytes | None
) -> None:
    if content is None:
        trail.write_bytes(trail.read_bytes()[:-1])
    else:
        tear(trail, content)
    with TestClient(
        create_app(Settings(audit_file=trail), crew), base_url="http://localhost"
    ) as client:
        for _ in range(2):
            assert client.post("/v1/analyze", json={"text": "A note."}).status_code == 200
    torn = " but for 1 that a crash tore" if content else ""
    assert verify(trail)[1].startswith(f"6 lines, whole{torn}; ")


def test_a_trail_that_begins_torn_goes_on(tmp_path: Path, analyzer: Analyzer) -> None:
    path = tmp_path / "trail.jsonl"
    path.write_bytes(b"{")
    AuditLog(path).append(analyzer.analyze("A note."))
    assert verify(path)[0] == 0


def test_a_tear_that_was_changed_shows(trail: Path, analyzer: Analyzer) -> None:
    tear(trail, b"half")
    AuditLog(trail).append(analyzer.analyze("A note."))
    trail.write_bytes(trail.read_bytes().replace(b"half", b"full"))
    assert "breaks at line 5;" in verify(trail)[1]


def test_a_torn_end_shows(trail: Path) -> None:
    tear(trail, b"half")
    assert "breaks at line 5; 4 lines" in verify(trail)[1]
