"""Every rule that reads a fact or a signal has cases: some that must match, and some that must not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.marked import load_marked

ROOT = Path(__file__).resolve().parent.parent.parent
RULES = sorted(
    path.stem for kind in ("facts", "signals") for path in (ROOT / "patterns" / kind).glob("*.yaml")
)
CASES = load_marked(ROOT / "tests" / "cases" / "facts")
FILES = sorted({case.fact for case in CASES})


def test_every_rule_has_its_cases_and_no_case_is_without_a_rule() -> None:
    assert FILES == RULES


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_has_a_case_that_must_match(rule: str) -> None:
    assert [case for case in CASES if case.fact == rule and case.is_positive]


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_has_a_case_that_must_not_match(rule: str) -> None:
    assert [case for case in CASES if case.fact == rule and not case.is_positive]


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_has_a_look_alike_that_says_nothing_of_its_own(rule: str) -> None:
    alike = [case for case in CASES if case.fact == rule and not case.is_positive]
    beside = [case for case in CASES if case.fact == rule and case.forbidden]
    assert [case for case in alike if not case.expected] or beside
