"""How time grows with the length of a note."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from benchmarks.engines import MEDSPACY, SCRIBE
from benchmarks.row import Row
from benchmarks.timing import spread, time_in_turns

if TYPE_CHECKING:
    from collections.abc import Mapping

    from benchmarks.engines import Engine

_TIMES = (1, 2, 4, 8, 16)


def measure_length(note: str, engines: Mapping[str, Engine], passes: int) -> list[Row]:
    """Return the time per word of a note repeated 2, 4, 8 and 16 times, as a ratio to the note alone; 1 means linear."""
    rows = []
    for name in (SCRIBE, MEDSPACY):
        jobs = {str(times): partial(engines[name], "\n\n".join([note] * times)) for times in _TIMES}
        seconds = time_in_turns(jobs, passes)
        for times in _TIMES[1:]:
            grown = spread(
                [
                    long / times / short
                    for long, short in zip(seconds[str(times)], seconds["1"], strict=True)
                ]
            )
            rows.append(
                Row(
                    section="Length of a note, time per word",
                    line=f"{name}, {times}x",
                    ratio=grown.median,
                    low=grown.low,
                    high=grown.high,
                    meaning="the note once = 1; 1 is linear",
                )
            )
    return rows
