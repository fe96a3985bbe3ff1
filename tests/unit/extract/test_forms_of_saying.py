"""What is only possible, denied or past is not taken as done, in whatever form and of whatever deed it is said."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from scribe.types.fact import Status

if TYPE_CHECKING:
    from scribe.pipeline import Analyzer

CASES: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parents[2] / "cases" / "forms.yaml").read_text("utf-8")
)
FORMS = [(group, name) for group, forms in CASES["forms"].items() for name in forms]


def taken_as_done(analyzer: Analyzer, sentence: str, fact: str) -> bool:
    """Tell whether a sentence behind the telling of an operation gives a fact as present."""
    text = CASES["before"] + sentence
    start = len(CASES["before"])
    return any(
        each.name == fact and each.status is Status.PRESENT and place.start >= start
        for each in analyzer.analyze(text).facts
        for place in each.evidence
    )


@pytest.mark.parametrize(("group", "name"), FORMS, ids=[f"{g}/{n}" for g, n in FORMS])
def test_it_is_not_taken_as_done(analyzer: Analyzer, group: str, name: str) -> None:
    form: str = CASES["forms"][group][name]
    taken = set()
    for deed, said in CASES["deeds"].items():
        a = said["a"]
        words = {
            "a": a,
            "A": a[0].upper() + a[1:],
            "noun": a.partition(" ")[2],
            "done": said["done"],
        }
        if group not in said.get("counts_if", ()) and taken_as_done(
            analyzer, form.format(**words), said["fact"]
        ):
            taken.add(deed)
    assert taken == set(CASES["known"].get(f"{group}/{name}", ()))
