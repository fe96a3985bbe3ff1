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


def as_param(name: str) -> object:
    """A note that is known to be answered wrongly says why."""
    why = CASES[name].get("known")
    return pytest.param(name, marks=[pytest.mark.xfail(reason=why, strict=True)] if why else [])


@pytest.mark.parametrize("name", [as_param(name) for name in CASES])
def test_the_answer(analyzer: Analyzer, name: str) -> None:
    case = CASES[name]
    suggestion = analyzer.analyze(case["text"]).suggestion
    assert (suggestion.decision.value, suggestion.code) == (case["decision"], case["code"])


FLOW_TESTS = {
    "its result": ("A strip test was positive.", "met"),
    "no result": ("A strip test was performed.", "partial"),
    "its result in the next sentence": (
        "A strip test was performed. Flow across the anastomosis was brisk.",
        "met",
    ),
}


@pytest.mark.parametrize(("told", "status"), FLOW_TESTS.values(), ids=FLOW_TESTS.keys())
def test_a_test_of_flow_counts_by_its_result(analyzer: Analyzer, told: str, status: str) -> None:
    text = (
        "PROCEDURE: Free second metatarsal flap, left foot to right radius.\n"
        "DESCRIPTION: The second metatarsal was raised on the dorsalis pedis artery and the pedicle divided. The dorsalis pedis artery was "
        "joined end-to-end to the radial artery with 9-0 nylon under the microscope, its vein to the cephalic vein "
        f"with a coupler of 2.5 mm. The clamps were released. {told} The marrow bled. Ischemia was 80 minutes.\n"
    )
    items = next(each for each in analyzer.analyze(text).codes if each.code == "20957").checklist
    assert next(item.status.value for item in items if item.id == "patency") == status
