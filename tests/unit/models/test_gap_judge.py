"""The judge of gaps as it was trained: its figures and its card."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest

from models.gap_judge.card import PAGE
from models.gap_judge.train import METRICS
from scribe.resources import model_folder
from scribe.rules.pack import load_pack
from scribe.suggest.numbers import MANIFEST

METRIC: dict[str, Any] = json.loads(METRICS.read_text("utf-8"))
SHIPPED: Final = f"{load_pack().gap_judge.quiet_below:.1f}"
MOST_LOST: Final = 0.04
LEAST_GAINED: Final = 0.4


def test_the_model_card_shows_the_figures_of_the_last_training() -> None:
    assert PAGE.is_current()


def test_figures_and_model_are_of_one_training() -> None:
    manifest = json.loads((model_folder("gap_judge") / MANIFEST).read_text("utf-8"))
    assert METRIC["rules"] == manifest["rules"]


@pytest.mark.parametrize("group", ["left_out", "held_out"])
def test_it_is_shipped_because_many_false_alarms_are_kept_quiet(group: str) -> None:
    told = METRIC[group][SHIPPED]
    assert told["quiet_seeming"] > LEAST_GAINED * told["seeming"]


@pytest.mark.parametrize("group", ["left_out", "held_out"])
def test_it_is_shipped_because_few_gaps_are(group: str) -> None:
    told = METRIC[group][SHIPPED]
    assert told["quiet_gaps"] < MOST_LOST * told["gaps"]
