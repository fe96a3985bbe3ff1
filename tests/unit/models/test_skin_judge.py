"""The judge of skin as it was trained: its phrases, its figures and its card."""

from __future__ import annotations

import json
from typing import Any

import pytest

from models.skin_judge.card import PAGE
from models.skin_judge.phrases import MEANS, read_phrases
from models.skin_judge.train import METRICS, Row, fit
from scribe.resources import model_folder
from scribe.suggest.numbers import MANIFEST


@pytest.fixture(scope="module")
def metrics() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(METRICS.read_text("utf-8"))
    return loaded


def row(group: str, means: str, word: str) -> Row:
    return Row(group=group, means=means, text="", features={f"word={word}": 1.0})


def test_every_phrase_has_a_class_that_means_something() -> None:
    assert {phrase.kind for phrase in read_phrases()} == set(MEANS)


def test_no_phrase_stands_twice() -> None:
    notes = [phrase.note for phrase in read_phrases()]
    assert len(set(notes)) == len(notes)


def test_what_it_learned_it_says() -> None:
    told = {"moved": "inset", "bone": "left", "watch": "spy"}
    rows = [row("a", means, word) for means, word in told.items() for _ in range(9)]
    shares = fit(rows).answers({"word=inset": 1.0})
    assert shares["moved"] > shares["bone"]


def test_the_model_card_shows_the_figures_of_the_last_training() -> None:
    assert PAGE.is_current()


def test_figures_and_model_are_of_one_training(metrics: dict[str, Any]) -> None:
    manifest = json.loads((model_folder("skin_judge") / MANIFEST).read_text("utf-8"))
    assert metrics["rules"] == manifest["rules"]


@pytest.mark.parametrize("texts", ["codes", "paragraph_codes"])
def test_it_is_shipped_because_fewer_codes_are_wrong(metrics: dict[str, Any], texts: str) -> None:
    assert metrics[texts]["with the judge"]["wrong"] < metrics[texts]["rules alone"]["wrong"]


@pytest.mark.parametrize("texts", ["codes", "paragraph_codes"])
def test_it_is_shipped_because_more_codes_are_right(metrics: dict[str, Any], texts: str) -> None:
    assert metrics[texts]["with the judge"]["right"] > metrics[texts]["rules alone"]["right"]
