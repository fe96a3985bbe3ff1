"""Judges that are asked together say what each says alone, to the last digit."""

from __future__ import annotations

import pytest

from scribe.suggest.numbers import Logistic
from scribe.suggest.reader import judges
from scribe.suggest.reader.judges import Judges

LOGISTICS = (
    Logistic(intercept=0.1, weights={"section=findings": 0.7, "word=cut": -0.3}),
    Logistic(intercept=-0.2, weights={"word=cut": 0.9, "size": 2.0, "frame=today": 0.1}),
)
AROUND = {"section=findings": 1.0, "frame=today": 1.0}
OWN = {"word=cut": 1.0, "word=nobody_weighs": 1.0, "size": 0.35}


@pytest.mark.parametrize("around", [AROUND, {}])
@pytest.mark.parametrize("own", [OWN, {}])
def test_each_says_what_it_says_alone(around: dict[str, float], own: dict[str, float]) -> None:
    together = Judges(LOGISTICS)
    for _ in range(2):  # the second time what stands around is known
        assert together.odds(around, own) == [one.odds(around | own) for one in LOGISTICS]


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judges, "_MOST_KNOWN", 3)
    together = Judges(LOGISTICS)
    for tenth in range(10):
        around = {f"tenth={tenth}": 1.0}
        assert together.odds(around, OWN) == [one.odds(around | OWN) for one in LOGISTICS]
        assert len(together._begun) <= 3
