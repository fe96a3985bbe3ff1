"""What changed between two audits, in words."""

from __future__ import annotations

import pytest

from scribe.batch.diff import Diff, diff_as_text


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ({"skin_judge": "1 (a)"}, {"skin_judge": "1 (b)"}, "models: skin_judge 1 (a) -> 1 (b)"),
        ({}, {"skin_judge": "1 (b)"}, "models: skin_judge - -> 1 (b)"),
        ({"skin_judge": "1 (a)"}, {"skin_judge": "1 (a)"}, "models: the same"),
        ({}, {}, "models: not recorded"),
    ],
)
def test_the_head_names_the_models_that_are_not_the_same(
    old: dict[str, str], new: dict[str, str], said: str
) -> None:
    diff = Diff(old_rules="a", new_rules="b", old_models=old, new_models=new)
    assert said in diff_as_text(diff).splitlines()
