"""A whole note is answered with the code that it carries, or with none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

if TYPE_CHECKING:
    from scribe.pipeline import Analyzer

CASES: dict[str, dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "cases/whole_notes.yaml").read_text("utf-8")
)


@pytest.mark.parametrize("name", CASES)
def test_the_answer(analyzer: Analyzer, name: str) -> None:
    case = CASES[name]
    suggestion = analyzer.analyze(case["text"]).suggestion
    assert (suggestion.decision.value, suggestion.code) == (case["decision"], case["code"])
