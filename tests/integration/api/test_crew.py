"""The processes that analyse: whatever becomes of one, the next note is analysed, and its slot is free."""

from __future__ import annotations

import logging
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

from scribe.render.as_json import as_json
from scribe_api.app import create_app
from scribe_api.crew import AnalysisLate, Crew, CrewError, WorkerFault, WorkerLost
from scribe_api.job import Done, Job
from scribe_api.mllp import END, START
from scribe_api.settings import Settings
from tests.support.patience import PATIENCE_S
from tests.support.server import exchange
from tests.support.troubled import DIES, FAILS, GROWS, HANGS, TroubledAnalyzer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scribe.pipeline import Analyzer
    from scribe.rules.pack import RulePack

pytestmark = pytest.mark.slow
CANARY = "Quenzelbrook"
LIMIT_S = 10.0


@pytest.fixture(scope="module")
def reasons() -> list[str]:
    return []


@pytest.fixture(scope="module")
def troubled(reasons: list[str]) -> Iterator[Crew]:
    crew = Crew(timeout_s=LIMIT_S, build=TroubledAnalyzer, on_replaced=reasons.append)
    crew.start()
    yield crew
    crew.close()


TROUBLE = {
    "late": (HANGS, AnalysisLate),
    "died": (DIES, WorkerLost),
}


@pytest.mark.parametrize(("words", "error"), TROUBLE.values(), ids=TROUBLE.keys())
def test_the_next_note_is_analysed_by_another_process(
    troubled: Crew, words: str, error: type[Exception]
) -> None:
    before = troubled.processes
    with pytest.raises(error):
        troubled.run(Job(source=words))
    assert troubled.run(Job(source="A note.")).analysis.note.text == "A note."
    assert set(before) & set(troubled.processes) == set()


def test_an_unforeseen_failure_costs_no_process_and_tells_no_word(troubled: Crew) -> None:
    before = troubled.processes
    with pytest.raises(WorkerFault) as caught:
        troubled.run(Job(source=f"{CANARY} {FAILS}"))
    assert (caught.value.fault.name, CANARY in repr(caught.value)) == ("ValueError", False)
    assert troubled.processes == before


def test_a_process_that_has_grown_is_relieved_without_a_gap(
    troubled: Crew, reasons: list[str]
) -> None:
    reasons.clear()
    troubled.run(Job(source=GROWS))
    last = time.monotonic() + PATIENCE_S
    while not reasons and time.monotonic() < last:
        troubled.run(Job(source="A note."))  # raises where nobody is there in time
        time.sleep(0.05)
    assert reasons == ["grown"]


def test_the_analysis_is_that_of_the_library(crew: Crew, analyzer: Analyzer, note: str) -> None:
    done = crew.run(Job(source=note, note_id="x"))
    assert as_json(done.analysis) == as_json(analyzer.analyze(note, note_id="x"))


def test_a_file_is_read_in_the_process(crew: Crew, root: Path) -> None:
    path = root / "sample_notes" / "typed_bone_only.md"
    assert crew.run(Job(source=path.read_bytes())).analysis.note.text == path.read_text("utf-8")


def broken(_: RulePack) -> Analyzer:
    """Fail as an installation without the language library does."""
    raise ModuleNotFoundError(name="spacy")


def test_a_process_that_cannot_be_built_is_one_clear_line() -> None:
    crew = Crew(build=broken)
    with pytest.raises(CrewError, match="spacy is missing"):
        crew.start()
    crew.close()


@contextmanager
def troubled_server(crew: Crew) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(), crew), base_url="http://localhost") as client:
        yield client


def test_a_document_of_a_message_is_read_in_the_process(
    crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To read it may take seconds, and nothing would end them in the server: the process gets the message as it came."""
    message = b"MSH|^~\\&|A|B|C|D|2026||MDM^T02|1|P|2.5\rOBX|1|FT|||A note.\r"
    headers = {"Content-Type": "x-application/hl7-v2+er7"}
    handed_over: list[str | bytes] = []
    run = Crew.run

    def watched(crew: Crew, job: Job) -> Done:
        handed_over.append(job.source)
        return run(crew, job)

    monkeypatch.setattr(Crew, "run", watched)
    with troubled_server(crew) as client:
        client.post("/v1/hl7v2", content=message, headers=headers)
    assert handed_over == [message]


def test_an_unforeseen_failure_is_acknowledged_and_logged_by_its_place(
    troubled: Crew, caplog: pytest.LogCaptureFixture
) -> None:
    header = "MSH|^~\\&|A|B|C|D|2026||MDM^T02|1|P|2.5"
    message = f"{header}\rOBX|1|FT|||{CANARY} {FAILS}\r".encode()
    (answer,) = exchange(troubled, [START + message + END])
    assert (b"MSA|AE" in answer, "ValueError at troubled.py" in caplog.text) == (True, True)
    assert CANARY not in caplog.text


def test_a_late_analysis_is_503_and_leaves_nobody_waiting(troubled: Crew) -> None:
    with troubled_server(troubled) as client:
        got = client.post("/v1/analyze", json={"text": HANGS})
        metrics = client.get("/metrics").text
    assert (got.status_code, got.headers["retry-after"]) == (503, "2")
    assert "scribe_waiting 0.0" in metrics


def test_a_failure_in_the_process_tells_its_id_and_no_word(
    troubled: Crew, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG), troubled_server(troubled) as client:
        got = client.post("/v1/analyze", json={"text": f"{CANARY} {FAILS}"})
    assert (got.status_code, "ValueError at troubled.py" in caplog.text) == (500, True)
    assert got.json()["request_id"] in caplog.text
    assert CANARY not in caplog.text + got.text


def test_a_death_is_500_and_counted(tmp_path: Path) -> None:
    settings = Settings(audit_file=tmp_path / "trail.jsonl")
    app = create_app(settings)
    with TestClient(app, base_url="http://localhost") as client:
        for each in app.state.crew.processes:
            _kill(each)
        got = client.post("/v1/analyze", json={"text": "A note."})
        again = client.post("/v1/analyze", json={"text": "A note."})
        metrics = client.get("/metrics").text
    assert (got.status_code, again.status_code) == (500, 200)
    assert 'scribe_workers_replaced_total{reason="died"} 1.0' in metrics


def _kill(process: int) -> None:
    import os
    import signal

    os.kill(process, signal.SIGKILL)
