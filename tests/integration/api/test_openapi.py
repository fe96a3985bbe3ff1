"""The OpenAPI document is true: whatever fits it, or nearly does, gets an answer that it describes and never a 5xx."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from jsonschema_rs import validator_for
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.support.server import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fastapi.testclient import TestClient

    from scribe_api.crew import Crew

pytestmark = pytest.mark.slow
CHECKS = [
    not_a_server_error,
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
]


@schemathesis.serializer("application/x-ndjson", "x-application/hl7-v2+er7", "application/hl7-v2")
def as_text(_: schemathesis.SerializationContext, value: object) -> bytes:
    return value.encode("utf-8", "replace") if isinstance(value, str) else repr(value).encode()


@pytest.fixture(scope="module")
def document(crew: Crew) -> Iterator[schemathesis.schemas.BaseSchema]:
    with serving(crew) as address:
        yield schemathesis.openapi.from_url(f"{address}/v1/openapi.json")


def test_every_answer_is_one_that_the_document_describes(
    document: schemathesis.schemas.BaseSchema,
) -> None:
    tried = []
    for result in document.get_all_operations():
        operation = result.ok()

        @given(operation.as_strategy())
        @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
        def fits(case: schemathesis.Case) -> None:
            case.call_and_validate(checks=CHECKS)

        fits()
        tried.append(operation.label)
    assert len(tried) >= 14


def test_the_example_of_the_document_is_a_real_answer(client: TestClient) -> None:
    operation = client.get("/v1/openapi.json").json()["paths"]["/v1/analyze"]["post"]
    asked = operation["requestBody"]["content"]["application/json"]["example"]
    shown = operation["responses"]["200"]["content"]["application/json"]["example"]
    assert client.post("/v1/analyze", json=asked).json() == shown


def test_an_analysis_fits_its_schema(client: TestClient, note: str) -> None:
    document = client.get("/v1/openapi.json").json()
    schema = {"$ref": "#/components/schemas/AnalysisDocument", "components": document["components"]}
    assert validator_for(schema).is_valid(client.post("/v1/analyze", json={"text": note}).json())


def test_every_example_of_a_body_is_answered(client: TestClient) -> None:
    tried, refused = 0, []
    for path, methods in client.get("/v1/openapi.json").json()["paths"].items():
        bodies = methods.get("post", {}).get("requestBody", {}).get("content", {})
        for kind, content in bodies.items():
            if kind == "multipart/form-data":
                continue
            example = content["example"]
            body = example if isinstance(example, str) else json.dumps(example)
            at = path.replace("{kind}", "DocumentReference")
            got = client.post(at, content=body.encode(), headers={"Content-Type": kind})
            tried += 1
            refused += [(path, kind)] if got.status_code != 200 else []
    assert (tried, refused) == (9, [])


def test_the_document_describes_what_is_pushed(client: TestClient) -> None:
    described = client.get("/v1/openapi.json").json()["webhooks"]["note.analyzed"]["post"]
    body = described["requestBody"]["content"]["application/json"]["schema"]
    assert body["$ref"].endswith("/WebhookDocument")
