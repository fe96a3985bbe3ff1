"""FHIR resources and CDS Hooks over HTTP, held against a model of FHIR R4 that others wrote."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

import pytest
from fhir.resources.R4B.bundle import Bundle
from fhir.resources.R4B.operationoutcome import OperationOutcome

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fastapi.testclient import TestClient

PATH = "/v1/fhir/DocumentReference"
CARDS = "/cds-services/operative-note"


def reference(text: str) -> dict[str, Any]:
    return {
        "resourceType": "DocumentReference",
        "id": "doc-1",
        "status": "current",
        "type": {"coding": [{"system": "http://loinc.org", "code": "11504-8"}]},
        "subject": {"reference": "Patient/p-1"},
        "content": [
            {
                "attachment": {
                    "contentType": "text/plain",
                    "data": base64.b64encode(text.encode()).decode(),
                }
            }
        ],
    }


@pytest.fixture(scope="module")
def note(root: Path) -> str:
    """A note that leaves something open."""
    return (root / "sample_notes" / "skin_not_mentioned.txt").read_text("utf-8")


@pytest.fixture(scope="module")
def bundle(client: TestClient, note: str) -> dict[str, Any]:
    got = client.post(PATH, json=reference(note))
    assert got.headers["content-type"] == "application/fhir+json"
    return got.json()


def test_the_answer_is_a_bundle_of_r4(bundle: dict[str, Any]) -> None:
    assert Bundle.model_validate(bundle)


def test_decision_checklist_findings_and_provenance_are_in_it(bundle: dict[str, Any]) -> None:
    kinds = {each["resource"]["resourceType"] for each in bundle["entry"]}
    assert kinds == {"Observation", "DetectedIssue", "Provenance"}


def test_evidence_is_the_text_at_its_offsets(
    client: TestClient, bundle: dict[str, Any], note: str
) -> None:
    direct = client.post("/v1/analyze", json={"text": note}).json()
    wanted = {(each["start"], each["end"]) for fact in direct["facts"] for each in fact["evidence"]}
    ranges = [
        part["valueRange"]
        for each in bundle["entry"]
        for part in each["resource"].get("component", [])
    ]
    assert {(each["low"]["value"], each["high"]["value"]) for each in ranges} == wanted


def test_everything_points_to_the_patient_and_the_document(bundle: dict[str, Any]) -> None:
    first = bundle["entry"][0]["resource"]
    assert (first["subject"]["reference"], first["focus"][0]["reference"]) == (
        "Patient/p-1",
        "DocumentReference/doc-1",
    )


def test_a_reference_that_could_be_words_is_not_repeated(client: TestClient) -> None:
    resource = {**reference("A note."), "subject": {"reference": "Mr. Quenzelbrook"}}
    assert "Quenzelbrook" not in client.post(PATH, json=resource).text


def test_the_keys_of_a_resource_may_stand_in_any_order(
    client: TestClient, bundle: dict[str, Any], note: str
) -> None:
    body = json.dumps(reference(note), sort_keys=True).encode()
    headers = {"Content-Type": "application/fhir+json"}
    got = client.post(PATH, content=body, headers=headers).json()
    assert got["entry"][0] == bundle["entry"][0]


SPELLED = {
    "blanks in front": lambda body: b" " * 5000 + body,
    "an escape in a key": lambda body: body.replace(b"resourceType", b"resource\\u0054ype"),
}


@pytest.mark.parametrize("spell", SPELLED.values(), ids=SPELLED.keys())
def test_a_resource_is_one_however_its_json_is_spelled(
    client: TestClient, bundle: dict[str, Any], note: str, spell: Callable[[bytes], bytes]
) -> None:
    body = spell(json.dumps(reference(note)).encode())
    got = client.post(PATH, content=body, headers={"Content-Type": "application/fhir+json"})
    assert got.json()["entry"][0] == bundle["entry"][0]


REFUSED = {
    "no json": (b"{", 400),
    "json in another encoding": ('{"resourceType": "Binary"}'.encode("utf-16"), 400),
    "another resource": (b'{"resourceType": "Patient"}', 422),
    "no attachment": (b'{"resourceType": "DocumentReference"}', 422),
    "a list": (b"[]", 422),
}


@pytest.mark.parametrize(("body", "status"), REFUSED.values(), ids=REFUSED.keys())
def test_a_failure_is_an_operation_outcome(client: TestClient, body: bytes, status: int) -> None:
    got = client.post(PATH, content=body, headers={"Content-Type": "application/fhir+json"})
    assert got.status_code == status
    assert OperationOutcome.model_validate(got.json())


def test_what_the_server_refuses_is_an_operation_outcome_too(client: TestClient) -> None:
    headers = {"Content-Type": "application/fhir+json", "Host": "evil.example"}
    got = client.post(PATH, content=b"{}", headers=headers)
    assert (got.status_code, got.headers["content-type"]) == (421, "application/fhir+json")
    assert OperationOutcome.model_validate(got.json()).id == got.headers["x-request-id"]


def test_a_service_is_offered(client: TestClient) -> None:
    assert client.get("/cds-services").json()["services"][0]["id"] == "operative-note"


def hook(**context: object) -> dict[str, object]:
    return {
        "hook": "note-sign",
        "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
        "context": context,
    }


@pytest.fixture(scope="module")
def gaps(client: TestClient, root: Path) -> list[dict[str, Any]]:
    text = (root / "sample_notes" / "skin_not_mentioned.txt").read_text("utf-8")
    return client.post(CARDS, json=hook(note=reference(text))).json()["cards"]


def test_cards_are_short_and_can_be_overridden(gaps: list[dict[str, Any]]) -> None:
    assert gaps
    assert [
        each for each in gaps if len(each["summary"]) >= 140 or not each["overrideReasons"]
    ] == []


def test_a_note_in_order_is_met_with_silence(client: TestClient, root: Path) -> None:
    text = (root / "sample_notes" / "typed_bone_only.md").read_text("utf-8")
    assert client.post(CARDS, json=hook(text=text)).json() == {"cards": []}


def test_a_call_without_a_note_is_refused(client: TestClient) -> None:
    assert client.post(CARDS, json=hook()).status_code == 422


@pytest.mark.parametrize("kind", [{}, {"resourceType": "Patient"}, {"resourceType": ["Binary"]}])
def test_a_call_with_another_resource_is_refused(client: TestClient, kind: dict[str, Any]) -> None:
    assert client.post(CARDS, json=hook(note={"id": "doc-1", **kind})).status_code == 422


def test_feedback_is_counted(client: TestClient, gaps: list[dict[str, Any]]) -> None:
    body = {"feedback": [{"card": gaps[0]["uuid"], "outcome": "overridden"}]}
    assert client.post(f"{CARDS}/feedback", json=body).status_code == 200
    assert 'scribe_cards_total{outcome="overridden"} 1.0' in client.get("/metrics").text
