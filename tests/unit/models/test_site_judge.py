"""The judge of sites as it was trained: its figures and its card."""

from __future__ import annotations

import json
from typing import Any

import pytest

from models.site_judge.card import PAGE
from models.site_judge.train import DONOR, METRICS, RECIPIENT
from scribe.resources import model_folder
from scribe.suggest.numbers import MANIFEST

METRIC: dict[str, Any] = json.loads(METRICS.read_text("utf-8"))


def test_the_model_card_shows_the_figures_of_the_last_training() -> None:
    assert PAGE.is_current()


def test_figures_and_model_are_of_one_training() -> None:
    manifest = json.loads((model_folder("site_judge") / MANIFEST).read_text("utf-8"))
    assert METRIC["rules"] == manifest["rules"]


def right(group: str, role: str, how: str) -> int:
    return int(METRIC["sites"][group][role][how]["right"])


@pytest.mark.parametrize("role", [DONOR, RECIPIENT])
@pytest.mark.parametrize("group", sorted(METRIC["sites"]))
def test_in_no_group_left_out_it_finds_fewer_sites_than_the_rules(group: str, role: str) -> None:
    assert right(group, role, "with the judge") >= right(group, role, "rules alone")


@pytest.mark.parametrize("role", [DONOR, RECIPIENT])
def test_it_is_shipped_because_it_finds_more_on_held_out_voices(role: str) -> None:
    group = "held-out voices"
    assert right(group, role, "with the judge") > right(group, role, "rules alone")
