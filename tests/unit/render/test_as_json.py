"""The JSON of the contract."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from scribe.render.as_json import as_json, to_contract
from scribe.types.fact import Anastomosis, Dimensions, Measure, Status
from scribe.types.suggestion import Alternative, Decision
from tests.support.builders import (
    make_analysis,
    make_assessment,
    make_evidence,
    make_fact,
    make_finding,
    make_item,
    make_note,
    make_suggestion,
)

if TYPE_CHECKING:
    from scribe.types.analysis import Analysis

CONTRACT_KEYS = {
    "top": ["schema", "note", "engine", "facts", "codes", "suggestion", "findings", "report"],
    "note": ["id", "sha256", "chars", "format", "source_format"],
    "engine": [
        "version",
        "rules",
        "model",
        "fact_confidence",
        "second_reader",
        "skin_judge",
        "site_judge",
        "gap_judge",
        "arbiter",
    ],
    "fact": ["name", "value", "status", "confidence", "evidence"],
    "evidence": ["start", "end", "text", "section"],
    "code": ["code", "title", "score", "support", "probability", "checklist"],
    "item": ["id", "label", "required", "status", "why", "source", "evidence"],
    "suggestion": ["code", "decision", "confidence", "alternatives", "rationale"],
    "finding": ["kind", "severity", "message", "query", "codes", "evidence"],
    "report": ["score", "checklist"],
}


def full() -> dict[str, object]:
    place = make_evidence("skin paddle")
    return to_contract(
        make_analysis(
            codes=(make_assessment("99901", make_item(evidence=(place,))),),
            findings=(make_finding(evidence=(place,)),),
        )
    )


PARTS = {
    "top": lambda result: result,
    "note": lambda result: result["note"],
    "engine": lambda result: result["engine"],
    "fact": lambda result: result["facts"][0],
    "evidence": lambda result: result["facts"][0]["evidence"][0],
    "code": lambda result: result["codes"][0],
    "item": lambda result: result["codes"][0]["checklist"][0],
    "suggestion": lambda result: result["suggestion"],
    "finding": lambda result: result["findings"][0],
    "report": lambda result: result["report"],
}


@pytest.mark.parametrize("part", PARTS)
def test_every_part_begins_with_the_keys_of_the_contract_in_their_order(part: str) -> None:
    keys = list(PARTS[part](full()))
    assert keys[: len(CONTRACT_KEYS[part])] == CONTRACT_KEYS[part]


def test_chars_counts_code_points() -> None:
    result = to_contract(make_analysis(note=make_note("é\U0001f9b4\r\n second metatarsal")))
    assert result["note"]["chars"] == 22


VALUES = {
    "text": ("metatarsal", "metatarsal"),
    "number": (2, 2),
    "truth": (True, True),
    "denied": (None, None),
    "size": (
        Dimensions(length_cm=7.0, width_cm=4.5),
        {"length_cm": 7.0, "width_cm": 4.5},
    ),
    "length": (Measure(), {"length_cm": None}),
    "join": (
        Anastomosis(vessel="vein", coupler_mm=2.5),
        {
            "vessel": "vein",
            "donor": None,
            "recipient": None,
            "configuration": None,
            "technique": None,
            "suture": None,
            "coupler_mm": 2.5,
        },
    ),
}


@pytest.mark.parametrize(("value", "expected"), VALUES.values(), ids=VALUES.keys())
def test_values_become_plain_data(value: object, expected: object) -> None:
    result = to_contract(make_analysis(facts=(make_fact(value=value),)))
    assert result["facts"][0]["value"] == expected


def test_statuses_are_their_words() -> None:
    result = to_contract(make_analysis(facts=(make_fact(status=Status.HISTORICAL),)))
    assert result["facts"][0]["status"] == "historical"


def test_a_query_has_no_code_and_names_the_open_ones() -> None:
    suggestion = make_suggestion(
        None,
        decision=Decision.QUERY,
        alternatives=(Alternative(code="99901", confidence=0.5),),
    )
    result = to_contract(make_analysis(suggestion=suggestion))["suggestion"]
    assert (result["code"], result["decision"]) == (None, "query")
    assert result["alternatives"] == [{"code": "99901", "confidence": 0.5}]


def test_one_line_is_one_line_whatever_the_note_holds() -> None:
    text = "second\u2028metatarsal\r\nend"
    fact = make_fact(words=("second\u2028metatarsal\r\nend",), text=text)
    line = as_json(make_analysis(note=make_note(text), facts=(fact,)), indent=None)
    assert line.count("\n") == 1
    assert json.loads(line)["facts"][0]["evidence"][0]["text"] == text


def test_the_same_analysis_gives_the_same_bytes() -> None:
    assert as_json(make_analysis()) == as_json(make_analysis())


PLACE = make_evidence('"skin" paddle', text='A "skin" paddle.')
TOLD = replace(make_item(evidence=(PLACE,)), why='Says "evidence": [].')
WITH_CODES = {
    "no code": make_analysis(codes=()),
    "no fact": make_analysis(codes=(make_assessment("99901", make_item(), make_item()),)),
    "no item": make_analysis(codes=(make_assessment("99901"),)),
    "shared evidence": make_analysis(
        facts=(make_fact(),),
        codes=(make_assessment("99901", TOLD, make_item()), make_assessment("99902", TOLD)),
    ),
}


@pytest.mark.parametrize("analysis", WITH_CODES.values(), ids=WITH_CODES.keys())
def test_one_line_holds_the_object_of_the_contract(analysis: Analysis) -> None:
    written = json.dumps(to_contract(analysis), ensure_ascii=False)
    assert as_json(analysis, indent=None) == f"{written}\n"
