"""Every sample note in every way that a hospital may send it: what is analysed is what another reader decodes."""

from __future__ import annotations

import base64
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from fhir.resources.R4B.documentreference import DocumentReference
from hl7apy.consts import VALIDATION_LEVEL
from hl7apy.parser import parse_message

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fastapi.testclient import TestClient

ESCAPES = {"\\": "\\E\\", "|": "\\F\\", "^": "\\S\\", "~": "\\R\\", "&": "\\T\\"}
HEAD = "MSH|^~\\&|DICT|WEST|SCRIBE|WEST|20260102030405||MDM^T02^MDM_T02|M-1|P|2.5.1||||||UNICODE UTF-8\r"
TXA = "TXA|1|OP|TX|||||||||DOC-1\r"
SAMPLES = (
    "typed_with_skin.txt",
    "typed_bone_only.md",
    "dictated_without_headings.txt",
    "ai_draft_with_placeholders.md",
    "skin_not_mentioned.txt",
    "second_thoughts.txt",
    "pedicled_none.txt",
)


def escaped(text: str) -> str:
    return "".join(ESCAPES.get(each, each) for each in text)


def observation(number: int, kind: str, value: str) -> str:
    return f"OBX|{number}|{kind}|11504-8^Surgical operation note^LN||{value}||||||F\r"


def as_lines(text: str) -> str:
    parts = (observation(n, "TX", escaped(line)) for n, line in enumerate(text.split("\n"), 1))
    return HEAD + TXA + "".join(parts)


def as_formatted(text: str) -> str:
    return HEAD + TXA + observation(1, "FT", escaped(text).replace("\n", "\\.br\\"))


def as_repetitions(text: str) -> str:
    return HEAD + TXA + observation(1, "TX", "~".join(map(escaped, text.split("\n"))))


def as_attachment(text: str) -> str:
    data = base64.b64encode(text.encode()).decode()
    return HEAD + TXA + observation(1, "ED", f"DICT^TEXT^PLAIN^Base64^{data}")


def unescaped(value: str) -> str:
    plain = {word: mark for mark, word in ESCAPES.items()}
    value = value.replace("\\E\\.br\\E\\", "\\.br\\")  # hl7apy escapes what it does not know
    return re.sub(r"\\(?:[EFSRT]|\.br)\\", lambda found: plain.get(found[0], "\n"), value)


def heard_by_another(message: str) -> str:
    """Decode a message with hl7apy, which cuts the fields, and the rules of the standard's chapter 2."""
    read = parse_message(message, find_groups=False, validation_level=VALIDATION_LEVEL.TOLERANT)
    lines: list[str] = []
    for each in read.children:
        if each.name != "OBX":
            continue
        if each.obx_2.value == "ED":
            return base64.b64decode(each.obx_5.children[4].value).decode()
        # An empty field has no repetition there; here it is an empty line.
        lines += [unescaped(repetition.value) for repetition in each.obx_5] or [""]
    return "\n".join(lines)


MESSAGES: dict[str, Callable[[str], str]] = {
    "a line a segment": as_lines,
    "formatted": as_formatted,
    "repetitions": as_repetitions,
    "attached": as_attachment,
}


def misplaced(analysis: dict[str, Any], text: str) -> list[dict[str, Any]]:
    """Return the evidence that is not the text at its offsets."""
    checklists = [code["checklist"] for code in analysis["codes"]]
    items = [item for checklist in checklists for item in checklist]
    holders = [*analysis["facts"], *items, *analysis["findings"], *analysis["report"]["checklist"]]
    places = [place for holder in holders for place in holder["evidence"]]
    assert places
    return [each for each in places if text[each["start"] : each["end"]] != each["text"]]


@pytest.fixture(params=SAMPLES)
def text(request: pytest.FixtureRequest, root: Path) -> str:
    return (root / "sample_notes" / request.param).read_text("utf-8")


@pytest.mark.parametrize("write", MESSAGES.values(), ids=MESSAGES.keys())
def test_a_message(client: TestClient, text: str, write: Callable[[str], str]) -> None:
    sent = write(text)
    headers = {"Content-Type": "application/hl7-v2", "Accept": "application/json"}
    got = client.post("/v1/hl7v2?text=true", content=sent.encode(), headers=headers).json()
    assert got["text"] == heard_by_another(sent)
    assert misplaced(got["analysis"], heard_by_another(sent)) == []


def test_a_document_reference(client: TestClient, text: str) -> None:
    data = base64.b64encode(text.encode()).decode()
    resource = {
        "resourceType": "DocumentReference",
        "status": "current",
        "content": [{"attachment": {"contentType": "text/plain", "data": data}}],
    }
    sent = json.dumps(resource)
    decoded = DocumentReference.model_validate_json(sent).content[0].attachment.data.decode()
    files = {"file": ("resource.json", sent.encode())}
    got = client.post("/v1/analyze/file", files=files).json()
    assert (got["note"]["format"], misplaced(got, decoded)) == ("fhir", [])
