"""Inputs that are no notes: long runs that make a careless reader slow."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from benchmarks.engines import SCRIBE, TOKENIZER
from benchmarks.row import Row
from benchmarks.timing import spread, time_in_turns

if TYPE_CHECKING:
    from collections.abc import Mapping

    from benchmarks.engines import Engine

_START = "Free fibula flap with microvascular anastomosis. "
_RUNS: Final = {
    "quotes": '"',
    "spaces": " ",
    "digits": "7",
    "full stops": ".",
    "brackets": "[",
    "underscores": "_",
    "line ends": "\n",
    "colons after a word": "a: ",
    "capitals": "A",
    "numbers by numbers": "3 x ",
    "short titles": "Note\n",
    "boxes": "[ ] a ",
    "stars": "*",
    "dashes": "-",
    "bars": "|",
    "words far apart": "a" + " " * 300,
    "keys": "note:  a | ",
    "capitals in a row": "AB, ",
}
_LONG: Final = {SCRIBE: 4_000, TOKENIZER: 500}
_TIMES = 4


def measure_hostile(engines: Mapping[str, Engine], passes: int) -> list[Row]:
    """Return how the time grows from a run to one four times as long, divided by four; 1 means linear."""
    rows = []
    for name, chars in _LONG.items():
        for run, piece in _RUNS.items():
            short = _START + piece * (chars // len(piece))
            long = _START + piece * (chars * _TIMES // len(piece))
            jobs = {"short": partial(engines[name], short), "long": partial(engines[name], long)}
            seconds = time_in_turns(jobs, passes)
            grown = spread(
                [b / a / _TIMES for a, b in zip(seconds["short"], seconds["long"], strict=True)]
            )
            rows.append(
                Row(
                    section="Hostile input, growth",
                    line=f"{name}: {run}",
                    ratio=grown.median,
                    low=grown.low,
                    high=grown.high,
                    meaning=f"{chars:,} characters = 1; 1 is linear, 4 is quadratic",
                )
            )
    return rows
