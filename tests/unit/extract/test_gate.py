"""The gate hands on the rules that may match, each with the sentences in which it may."""

from __future__ import annotations

import pytest

from scribe.extract.gate import Chances, Gate
from scribe.extract.patterns import Pattern, TagIndex
from scribe.rules.language import FactFile, FactRule
from tests.support.tagged import make_view


def chances(find: str, never: str, *sentences: str) -> Chances:
    content = {
        "kind": "choice",
        "label": "L",
        "meaning": "M.",
        "options": {},
        "sources": ("S",),
    }
    told = {
        "find": ({"id": "made.up.find", "pattern": find},),
        "never": ({"id": "made.up.never", "pattern": never},),
    }
    rule = FactRule(name="made.up", signal=False, file=FactFile.model_validate({**content, **told}))
    patterns = {
        each.id: Pattern(each.pattern, {}, each.id) for each in (*rule.file.find, *rule.file.never)
    }
    views = [make_view(written, index=k) for k, written in enumerate(sentences)]
    return Gate([(rule, patterns)]).chances(TagIndex(views))


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("PEDICLE ~2 was?", [1]),
        ("PEDICLE?", [0, 1, 2]),  # needs nothing
        ("MT|BONE", [0, 2]),
        ("MT ~2 was", [2]),
    ],
)
def test_a_rule_has_the_sentences_that_hold_all_it_needs_in_their_order(
    pattern: str, expected: list[int]
) -> None:
    told = chances(pattern, "NOWHERE", "a BONE=rib", "a PEDICLE=stalk was", "a MT=mt was")
    (chance,) = told.finds["made.up"]
    assert [view.sentence.index for view in chance.views] == expected


def test_a_rule_whose_needs_meet_in_no_sentence_has_no_chance() -> None:
    assert chances("MT ~2 BONE", "LOSS", "a BONE=rib", "a MT=mt") == Chances()


def test_never_rules_have_their_own_chances() -> None:
    told = chances("MT", "BONE", "a BONE=rib")
    assert not told.finds
    assert [chance.rule.id for chance in told.nevers["made.up"]] == ["made.up.never"]
