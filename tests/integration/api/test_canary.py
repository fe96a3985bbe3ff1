"""A word that is posted through every route comes out in results alone: in no log, metric, error or file."""

from __future__ import annotations

import base64
import json
import logging
import tempfile
from typing import TYPE_CHECKING, Any

import pytest
from fastapi.testclient import TestClient

from scribe_api.app import create_app
from scribe_api.crew import Crew
from scribe_api.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WORD = "Quenzelbrook"
ATTACHED = base64.b64encode(WORD.encode()).decode()
BROKEN_HL7 = f"MSH|^~\\&|A|B|C|D|2026||MDM^T02|1|P|2.5||||||8859/9\rOBX|1|TX|||{WORD}\r"
JSON = {"Content-Type": "application/json"}
NDJSON = {"Content-Type": "application/x-ndjson"}
ER7 = {"Content-Type": "x-application/hl7-v2+er7"}
HOOK = {"hook": "note-sign", "hookInstance": WORD, "context": {"text": WORD}}

# What is posted, and whether its answer is a result, which may quote it.
POSTED: dict[str, tuple[str, dict[str, Any], bool]] = {
    "json": ("/v1/analyze", {"json": {"text": WORD}}, True),
    "json with a word for an id": ("/v1/analyze", {"json": {"text": "", "id": WORD}}, False),
    "json with a word for a key": ("/v1/analyze", {"json": {WORD: WORD}}, False),
    "json with a word for a day": (
        "/v1/analyze",
        {"json": {"text": "a", "date_of_service": WORD}},
        False,
    ),
    "json with a word for a code": ("/v1/analyze", {"json": {"text": "a", "codes": [WORD]}}, False),
    "cut json": ("/v1/analyze", {"content": f'{{"text": "{WORD}', "headers": JSON}, False),
    "text": ("/v1/analyze", {"content": WORD, "headers": {"Content-Type": "text/plain"}}, True),
    "damaged text": (
        "/v1/analyze",
        {"content": WORD.encode() + b"\xff", "headers": {"Content-Type": "text/plain"}},
        False,
    ),
    "another media type": (
        "/v1/analyze",
        {"content": WORD, "headers": {"Content-Type": WORD}},
        False,
    ),
    "a word for a layout": (f"/v1/analyze?format={WORD}", {"json": {"text": WORD}}, False),
    "file": ("/v1/analyze/file", {"files": {"file": (f"{WORD}.txt", WORD.encode())}}, True),
    "binary file": (
        "/v1/analyze/file",
        {"files": {"file": (f"{WORD}.bin", WORD.encode() + b"\0")}},
        False,
    ),
    "large file": (
        "/v1/analyze/file",
        {"files": {"file": ("a.txt", WORD.encode() + b"\n" * 1_100_000)}},
        True,
    ),
    "cut form": (
        "/v1/analyze/file",
        {
            "content": f"--x\r\n{WORD}",
            "headers": {"Content-Type": "multipart/form-data; boundary=x"},
        },
        False,
    ),
    "batch": (
        "/v1/analyze/batch",
        {"content": json.dumps({"text": WORD}), "headers": NDJSON},
        True,
    ),
    "cut batch": ("/v1/analyze/batch", {"content": f'{{"text": "{WORD}', "headers": NDJSON}, False),
    "hl7": ("/v1/hl7v2", {"content": BROKEN_HL7.replace("8859/9", ""), "headers": ER7}, False),
    "broken hl7": ("/v1/hl7v2", {"content": BROKEN_HL7, "headers": ER7}, False),
    "no hl7": ("/v1/hl7v2", {"content": WORD, "headers": ER7}, False),
    "fhir": (
        "/v1/fhir/Binary",
        {"json": {"resourceType": "Binary", "contentType": "text/plain", "data": ATTACHED}},
        True,
    ),
    "broken fhir": ("/v1/fhir/Binary", {"json": {"resourceType": WORD, "data": WORD}}, False),
    "unknown kind of fhir": (f"/v1/fhir/{WORD}", {"json": {}}, False),
    "cds hook": ("/cds-services/operative-note", {"json": HOOK}, True),
    "broken cds hook": ("/cds-services/operative-note", {"json": {**HOOK, "hook": WORD}}, False),
    "feedback": (
        "/cds-services/operative-note/feedback",
        {"json": {"feedback": [{"card": WORD}]}},
        False,
    ),
    "form": ("/", {"data": {"text": WORD}}, True),
    "download": ("/download/json", {"data": {"text": WORD}}, True),
    "unknown download": (f"/download/{WORD}", {"data": {"text": WORD}}, False),
    "nowhere": (f"/{WORD}", {"json": {"text": WORD}}, False),
}


@pytest.fixture(scope="module")
def work_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the process that analyses would put temporary files."""
    return tmp_path_factory.mktemp("work")


@pytest.fixture(scope="module")
def client(work_folder: Path) -> Iterator[TestClient]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(work_folder))
        crew = Crew()
        crew.start()
    with TestClient(create_app(Settings(), crew), base_url="http://localhost") as client:
        yield client
    crew.close()


@pytest.fixture(autouse=True)
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let every temporary file come here."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(("path", "request_", "is_result"), POSTED.values(), ids=POSTED.keys())
def test_a_word_is_in_no_log_metric_error_or_file(
    client: TestClient,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    scratch: Path,
    work_folder: Path,
    path: str,
    request_: dict[str, Any],
    is_result: bool,
) -> None:
    caplog.set_level(logging.INFO, logger="scribe_api")
    got = client.post(path, **request_)
    said = capfd.readouterr()
    # The client of the test logs the address that it calls; that is not the server's log.
    logged = [each.getMessage() for each in caplog.records if each.name.split(".")[0] != "httpx"]
    metrics = client.get("/metrics").text
    assert WORD not in "".join([*logged, said.out, said.err, metrics, str(got.headers)])
    assert is_result or WORD not in got.text
    assert [*scratch.iterdir(), *work_folder.iterdir()] == []


def test_every_route_that_takes_a_body_is_tried(client: TestClient) -> None:
    document = client.get("/v1/openapi.json").json()["paths"]
    wanted = {path for path, methods in document.items() if "post" in methods}
    tried = {path.split("?")[0] for path, _, _ in POSTED.values()}
    assert {each for each in wanted if "{" not in each} - tried == set()
