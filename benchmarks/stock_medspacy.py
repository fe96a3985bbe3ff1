"""Stock medspaCy, as it comes, with 150 target rules: what an audit is measured against."""

from __future__ import annotations

import os
import time
import warnings
from itertools import islice
from typing import Any

RULES = 150
WORDS = """
    artery vein nerve flap graft metatarsal fibula pedicle anastomosis paddle microscope suture plate screw defect
    tourniquet drain wound skin bone incision closure hemostasis doppler perfusion
"""
_ENGINE: dict[str, Any] = {}


def build() -> None:
    """Load the engine once in this process; what it writes of the notes goes nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    warnings.simplefilter("ignore")
    import medspacy
    from medspacy.target_matcher import TargetRule

    engine = medspacy.load()
    matcher = engine.get_pipe("medspacy_target_matcher")
    matcher.add([TargetRule(word, "FINDING") for word in islice(terms(), RULES)])
    _ENGINE["medspacy"] = engine


def terms() -> list[str]:
    """Return terms of operative notes, from the vessels, bones and actions of the field."""
    words = WORDS.split()
    sides = ("left", "right", "the", "a", "distal", "proximal")
    return [*words, *(f"{side} {word}" for side in sides for word in words)]


def notes_per_second(texts: list[str]) -> float:
    """Return the speed of this process over some notes."""
    started = time.perf_counter()
    for text in texts:
        _ENGINE["medspacy"](text)
    return len(texts) / (time.perf_counter() - started)
