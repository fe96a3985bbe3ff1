"""Every case of ``tests/cases/requirements``: the status of one item for one code and a few facts."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from scribe.assess.checklist import assess_code
from scribe.rules.pack import RulePack, load_pack
from scribe.types.checklist import ChecklistItem, ItemStatus
from tests.support.fact_cases import build_facts, load_cases

CASES = load_cases(Path(__file__).parents[2] / "cases" / "requirements")
each_case = pytest.mark.parametrize(
    ("stem", "case"), [pytest.param(s, c, id=f"{s}-{n}") for s, n, c in CASES]
)


@cache
def the_pack() -> RulePack:
    return load_pack()


def judge(stem: str, case: dict[str, Any]) -> ChecklistItem:
    pack = the_pack()
    assessment = assess_code(pack.codes[case["code"]], pack.scope(build_facts(case["facts"])), pack)
    return next(item for item in assessment.checklist if item.id == stem)


@each_case
def test_status(stem: str, case: dict[str, Any]) -> None:
    assert judge(stem, case).status.value == case["status"]


@each_case
def test_the_case_is_named_without_words_of_the_note(stem: str, case: dict[str, Any]) -> None:
    requirement = the_pack().requirements[stem]
    assert judge(stem, case).case in {each.why[-1] for _, each in requirement.cases}


@each_case
def test_the_reason_is_one_filled_sentence(stem: str, case: dict[str, Any]) -> None:
    why = judge(stem, case).why
    assert (why[:1].isupper(), why.endswith("."), "{" in why) == (True, True, False)


@each_case
def test_what_is_met_shows_its_words(stem: str, case: dict[str, Any]) -> None:
    item = judge(stem, case)
    assert item.evidence or item.status is not ItemStatus.MET
