"""C-CDA, FHIR and HTML become the text that a reader of them would see."""

from __future__ import annotations

import base64
import contextlib
import json

import pytest
from fhir.resources.R4B import get_fhir_model_class
from hypothesis import given
from hypothesis import strategies as st

from scribe.errors import EmptyNote, NoteError, NoteTooLarge, UnreadableNote
from scribe.read import read_note

OPERATIVE = """<?xml version="1.0" encoding="UTF-8"?>
<ClinicalDocument xmlns="urn:hl7-org:v3">
 <templateId root="2.16.840.1.113883.10.20.22.1.7"/>
 <code code="11504-8" codeSystem="2.16.840.1.113883.6.1"/>
 <component><structuredBody>{sections}</structuredBody></component>
</ClinicalDocument>"""


def ccda(*sections: str) -> bytes:
    parts = (f"<component><section>{each}</section></component>" for each in sections)
    return OPERATIVE.format(sections="".join(parts)).encode()


SECTIONS = {
    "title and paragraphs": (
        "<title>Findings</title><text><paragraph>Bone was\n  lost.</paragraph><paragraph>Skin too.</paragraph></text>",
        "Findings:\nBone was lost.\nSkin too.",
    ),
    "code without a title": (
        '<code code="10219-4"/><text>Loss of heel.</text>',
        "PREOPERATIVE DIAGNOSIS:\nLoss of heel.",
    ),
    "list": ("<text><list><item>One</item><item>Two</item></list></text>", "One\nTwo"),
    "table": (
        "<text><table><tbody><tr><td>Artery</td><td>9-0</td></tr></tbody></table></text>",
        "Artery\t9-0",
    ),
    "inline marks": (
        "<text>A <content styleCode='Bold'>6 x 4</content> cm<sup>2</sup> paddle</text>",
        "A 6 x 4 cm2 paddle",
    ),
    "break": ("<text>one<br/>two</text>", "one\ntwo"),
    "declared empty": (
        '<title>Complications</title><code nullFlavor="NI"/><text/>',
        "Complications:",
    ),
    "entities": ("<text>skin &amp; bone &lt;1 cm</text>", "skin & bone <1 cm"),
    "nested": (
        "<title>Op</title><text>a</text><component><section><title>Sub</title><text>b</text></section></component>",
        "Op:\na\n\nSub:\nb",
    ),
}


@pytest.mark.parametrize(("section", "text"), SECTIONS.values(), ids=SECTIONS.keys())
def test_a_section_of_a_ccda(section: str, text: str) -> None:
    assert read_note(ccda(section)).text == text


def test_the_format_of_a_ccda_is_told() -> None:
    assert read_note(ccda("<text>a</text>")).format == "ccda"


def test_a_ccda_body_that_is_no_xml_is_read() -> None:
    data = base64.b64encode(b"PLAN: rest.").decode()
    body = (
        f'<component><nonXMLBody><text representation="B64">{data}</text></nonXMLBody></component>'
    )
    document = f'<ClinicalDocument xmlns="urn:hl7-org:v3">{body}</ClinicalDocument>'
    assert read_note(document.encode()).text == "PLAN: rest."


BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "cc">]><ClinicalDocument xmlns="urn:hl7-org:v3">&b;</ClinicalDocument>'
DEEP = (
    b'<ClinicalDocument xmlns="urn:hl7-org:v3">'
    + b"<a>" * 200
    + b"</a>" * 200
    + b"</ClinicalDocument>"
)
REFUSED = {
    "entities": (BOMB, UnreadableNote, "DTD"),
    "too deep": (DEEP, NoteTooLarge, "levels"),
    "no section": (ccda(), EmptyNote, "no section"),
    "damaged": (ccda("<text>")[:-40], UnreadableNote, "damaged"),
}


@pytest.mark.parametrize(("data", "error", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_a_ccda_that_cannot_be_read(data: bytes, error: type[NoteError], words: str) -> None:
    with pytest.raises(error, match=words):
        read_note(data)


def reference(*attachments: dict[str, str], **more: object) -> dict[str, object]:
    return {
        "resourceType": "DocumentReference",
        "status": "current",
        "type": {"coding": [{"system": "http://loinc.org", "code": "11504-8"}]},
        "content": [{"attachment": each} for each in attachments],
        **more,
    }


def attachment(content: bytes, kind: str = "text/plain") -> dict[str, str]:
    return {"contentType": kind, "data": base64.b64encode(content).decode()}


def composition() -> dict[str, object]:
    div = '<div xmlns="http://www.w3.org/1999/xhtml"><p>Bone &amp; skin.</p><p>Gone.</p></div>'
    return {
        "resourceType": "Composition",
        "status": "final",
        "type": {"coding": [{"system": "http://loinc.org", "code": "11504-8"}]},
        "date": "2026-01-02",
        "author": [{"display": "A surgeon"}],
        "title": "Operative note",
        "section": [{"title": "Findings", "text": {"status": "generated", "div": div}}],
    }


def bundle(*resources: dict[str, object]) -> dict[str, object]:
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [
            {"fullUrl": f"urn:uuid:0-{at}", "resource": each} for at, each in enumerate(resources)
        ],
    }


PLAIN = attachment("FINDINGS: État.".encode())
BINARY = {"resourceType": "Binary", "contentType": "text/plain", "data": PLAIN["data"]}
READ = {
    "text": (reference(PLAIN), "FINDINGS: État."),
    "html": (
        reference(attachment(b"<html><body><p>a</p><p>b &lt; c</p></body></html>", "text/html")),
        "a\n\nb < c",
    ),
    "c-cda": (reference(attachment(ccda("<text>inside</text>"), "application/xml")), "inside"),
    "plainest of several": (
        reference(attachment(b"<html><p>x", "text/html"), PLAIN),
        "FINDINGS: État.",
    ),
    "composition": (composition(), "Findings:\nBone & skin.\n\nGone."),
    "binary": (BINARY, "FINDINGS: État."),
    "bundle with a pointer": (
        bundle(reference({"contentType": "text/plain", "url": "urn:uuid:0-1"}), BINARY),
        "FINDINGS: État.",
    ),
    "bundle with a pointer to a version on a server": (
        bundle(
            reference({"url": "https://example.org/fhir/Binary/b-1/_history/2"}),
            {**BINARY, "id": "b-1"},
        ),
        "FINDINGS: État.",
    ),
    "the operative one of two": (
        bundle(reference(attachment(b"other"), type={"text": "Letter"}), reference(PLAIN)),
        "FINDINGS: État.",
    ),
    "report": (
        {
            "resourceType": "DiagnosticReport",
            "status": "final",
            "code": {"text": "x"},
            "presentedForm": [PLAIN],
        },
        "FINDINGS: État.",
    ),
}


@pytest.mark.parametrize(("resource", "text"), READ.values(), ids=READ.keys())
def test_a_fhir_resource(resource: dict[str, object], text: str) -> None:
    assert read_note(json.dumps(resource).encode()).text == text


def test_a_resource_is_known_wherever_its_kind_stands() -> None:
    words = "FINDINGS: bone. " * 1000
    data = base64.b64encode(words.encode()).decode()
    body = json.dumps(reference({"data": data}), sort_keys=True).encode()
    assert body.find(b"resourceType") > 4096
    assert read_note(body).text == words


def test_a_resource_is_known_behind_any_number_of_blanks() -> None:
    data = b"\n" * 5000 + json.dumps(reference(PLAIN)).encode()
    assert read_note(data).source_format == "fhir"


def test_json_that_names_a_resource_only_in_its_words_is_text() -> None:
    body = json.dumps({"note": 'a "resourceType" of its own'})
    assert read_note(body.encode()).text == body


@pytest.mark.parametrize("resource", [each for each, _ in READ.values()], ids=READ.keys())
def test_the_resources_of_these_tests_are_valid(resource: dict[str, object]) -> None:
    assert get_fhir_model_class(resource["resourceType"]).model_validate(resource)


UNUSABLE = {
    "two notes": (bundle(reference(PLAIN), reference(PLAIN)), UnreadableNote, "several"),
    "elsewhere": (reference({"url": "https://example.org/note"}), EmptyNote, "fetches nothing"),
    "in another file": (reference({"url": "Binary/b-1"}), EmptyNote, "audit the Binary itself"),
    "no base64": (reference({"data": "@@@"}), UnreadableNote, "Base64"),
    "no attachment": (reference(), EmptyNote, "no attachment"),
    "another resource": ({"resourceType": "Patient"}, EmptyNote, "no note"),
    "a message inside": (reference(attachment(b"MSH|^~\\&|a")), UnreadableNote, "inside"),
}


@pytest.mark.parametrize(("resource", "error", "words"), UNUSABLE.values(), ids=UNUSABLE.keys())
def test_a_resource_that_cannot_be_used(
    resource: dict[str, object], error: type[NoteError], words: str
) -> None:
    with pytest.raises(error, match=words):
        read_note(json.dumps(resource).encode())


HTML = {
    "scripts are no text": (b"<html><style>p{}</style><script>x()</script><p>seen</p>", "seen"),
    "cells": (
        b"<html><table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>",
        "a\tb\n\nc",
    ),
    "who wrote it in Word": (
        b"<html><head><xml><o:Author>J. D.</o:Author></xml></head><body><p>seen</p>",
        "seen",
    ),
    "breaks and spaces": (b"<html>one<br>two   \n three", "one\ntwo three"),
    "kept as it stands": (b"<html><pre>a\n  b</pre>", "a\nb"),
    "a head without an end": (
        b"<html><head><meta charset='utf-8'><title>Note</title><style>p{}</style><body><p>a</p></body></html>",
        "a",
    ),
    "neither an end of the head nor a body": (b"<html><head><title>Note</title>\n<p>a</p>", "a"),
    "a head with an end": (b"<html>\n<head>\n<base href=x>\n</head>\n<body>\n<p>a</p>", "a"),
    "declared encoding": (b"<html><meta charset='windows-1252'><p>37\xb0</p>", "37\N{DEGREE SIGN}"),
}


@pytest.mark.parametrize(("page", "text"), HTML.values(), ids=HTML.keys())
def test_a_page(page: bytes, text: str) -> None:
    assert read_note(page).text == text


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["resource", "entry", "content", "attachment", "data", "section", "text", "div"]
            ),
            inner,
        )
    ),
    max_leaves=12,
)


@given(
    JSON,
    st.sampled_from(["Bundle", "DocumentReference", "Composition", "Binary", "DiagnosticReport"]),
)
def test_any_json_is_read_or_refused(value: object, kind: str) -> None:
    resource = {"resourceType": kind, **(value if isinstance(value, dict) else {"entry": value})}
    with contextlib.suppress(NoteError):
        read_note(json.dumps(resource).encode())


@given(st.binary(max_size=200))
def test_any_bytes_after_a_ccda_head_are_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(NoteError):
        read_note(b'<ClinicalDocument xmlns="urn:hl7-org:v3">' + data)
