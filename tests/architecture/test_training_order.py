"""A model is trained on what the models before it make of a note, so they are trained in the order in which an analysis asks them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from models.labelled import analyzer_before
from scribe.rules.pack import load_pack
from scribe.suggest.models import PARTS, Models

if TYPE_CHECKING:
    from pathlib import Path

_FOLDERS = {"second_opinion": "code_suggester"}  # the others are called as their parts


def test_make_train_follows_the_order_of_an_analysis(root: Path) -> None:
    makefile = (root / "Makefile").read_text("utf-8")
    trained = re.findall(r"-m models\.(\w+)\.train", makefile)
    assert trained == [_FOLDERS.get(part, part) for part in PARTS]


def test_the_first_model_is_trained_on_the_rules_alone() -> None:
    assert analyzer_before(PARTS[0], load_pack()).models == Models()


def test_the_last_model_is_trained_beside_all_others() -> None:
    models = analyzer_before(PARTS[-1], load_pack()).models
    assert [part for part in PARTS if getattr(models, part) is None] == [PARTS[-1]]
