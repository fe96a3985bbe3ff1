"""Every probe of ``tests/cases/context``: how scribe's context means the phrase, and what its facts make of it."""

from __future__ import annotations

import pytest

from benchmarks.context.probes import Probe, is_right, load_probes
from benchmarks.context.scribe_answers import ScribeAnswers

PROBES = load_probes()


def as_param(probe: Probe, reason: str | None) -> object:
    marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
    return pytest.param(probe, id=probe.id, marks=marks)


@pytest.fixture(scope="module")
def scribe() -> ScribeAnswers:
    return ScribeAnswers()


@pytest.mark.parametrize("probe", [as_param(probe, probe.xfail) for probe in PROBES])
def test_context(scribe: ScribeAnswers, probe: Probe) -> None:
    answer = scribe.context(probe)
    assert is_right(probe, answer), answer


@pytest.mark.parametrize("probe", [as_param(p, p.fact_xfail) for p in PROBES if p.fact])
def test_facts(scribe: ScribeAnswers, probe: Probe) -> None:
    answer = scribe.fact(probe)
    assert is_right(probe, answer), answer
