"""The arbiter as it was trained: its figures, its card and what it learned from."""

from __future__ import annotations

import json
from typing import Any

import pytest

from models.arbiter.card import PAGE
from models.arbiter.train import METRICS
from models.operations.read import HELD_OUT, TUNED, Operation, read_operations
from scribe.resources import model_folder
from scribe.rules.pack import load_pack
from scribe.suggest.numbers import MANIFEST

METRIC: dict[str, Any] = json.loads(METRICS.read_text("utf-8"))
UNSEEN = ("authors of operations", "held-out authors of operations", "held-out voices")
OPERATIONS = read_operations("")


def test_the_model_card_shows_the_figures_of_the_last_training() -> None:
    assert PAGE.is_current()


def test_figures_and_model_are_of_one_training() -> None:
    manifest = json.loads((model_folder("arbiter") / MANIFEST).read_text("utf-8"))
    assert METRIC["rules"] == manifest["rules"]


@pytest.mark.parametrize("group", UNSEEN)
def test_it_is_shipped_because_more_codes_are_right(group: str) -> None:
    told = METRIC["apart"][group]
    assert told["arbiter"]["right"] > told["table"]["right"]


@pytest.mark.parametrize("group", UNSEEN)
def test_it_is_shipped_because_no_more_codes_are_wrong(group: str) -> None:
    told = METRIC["apart"][group]
    assert told["arbiter"]["wrong"] <= told["table"]["wrong"]


def test_every_author_is_learned_from_or_held_out() -> None:
    assert {each.author for each in OPERATIONS} == {
        each.author for prefix in (TUNED, HELD_OUT) for each in read_operations(prefix)
    }


def test_no_operation_stands_twice() -> None:
    assert len({each.text for each in OPERATIONS}) == len(OPERATIONS)


def test_ids_are_unique() -> None:
    assert len({each.id for each in OPERATIONS}) == len(OPERATIONS)


def codes_of(operation: Operation) -> set[str]:
    return {*operation.open, *filter(None, [operation.code])}


def test_labels_are_codes_of_the_pack() -> None:
    assert set().union(*map(codes_of, OPERATIONS)) <= set(load_pack().codes)


def test_a_code_and_a_question_exclude_each_other() -> None:
    assert [each.id for each in OPERATIONS if each.code and each.open] == []
