"""A sentence about something beside the flap adds no fact to a note, and takes none away."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from scribe.types.fact import Status

if TYPE_CHECKING:
    from scribe.pipeline import Analyzer

CASES: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parents[2] / "cases" / "beside.yaml").read_text("utf-8")
)


def present(analyzer: Analyzer, *sentences: str) -> set[str]:
    """Return what a note of these sentences documents as done or seen."""
    facts = analyzer.analyze(" ".join(sentences)).facts
    return {f"{fact.name} {fact.value}" for fact in facts if fact.status is Status.PRESENT}


@pytest.fixture(scope="module")
def without(analyzer: Analyzer) -> set[str]:
    return present(analyzer, CASES["before"], CASES["after"])


def as_param(name: str) -> object:
    """A sentence that is known to be misread says why."""
    why = CASES["known"].get(name)
    return pytest.param(name, marks=[pytest.mark.xfail(reason=why, strict=True)] if why else [])


@pytest.mark.parametrize("name", [as_param(name) for name in CASES["sentences"]])
def test_it_changes_nothing(analyzer: Analyzer, without: set[str], name: str) -> None:
    said = present(analyzer, CASES["before"], CASES["sentences"][name], CASES["after"])
    assert said == without
