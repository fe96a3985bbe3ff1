"""The judge of sites as it was trained: its figures and its card."""

from __future__ import annotations

import json
from typing import Any

import pytest

from models.site_judge.card import PAGE
from models.site_judge.train import METRICS
from scribe.resources import model_folder
from scribe.suggest.manifest import NAME

METRIC: dict[str, Any] = json.loads(METRICS.read_text("utf-8"))


def test_the_model_card_shows_the_figures_of_the_last_training() -> None:
    assert PAGE.is_current()


def test_figures_and_model_are_of_one_training() -> None:
    manifest = json.loads((model_folder("site_judge") / NAME).read_text("utf-8"))
    assert METRIC["rules"] == manifest["rules"]


@pytest.mark.parametrize("group", sorted(METRIC["sites"]))
def test_it_is_shipped_because_more_sites_are_right_in_every_group_left_out(group: str) -> None:
    both = METRIC["sites"][group]
    assert both["with the judge"]["right"] > both["rules alone"]["right"]
