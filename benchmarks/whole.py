"""Whole analyses, from the text of a note to JSON, against other engines."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from benchmarks.engines import EDS, SCRIBE, TOKENIZER, eds_missing
from benchmarks.row import Row
from benchmarks.timing import ratio_rows, spread, time_in_turns

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from benchmarks.engines import Engine


def measure_whole(
    workload: str, notes: Sequence[str], engines: Mapping[str, Engine], passes: int
) -> list[Row]:
    """Return the time of each engine as a ratio to spaCy's tokenizer, and how many times faster scribe is than the others."""
    jobs = {name: partial(_run, engine, notes) for name, engine in engines.items()}
    seconds = time_in_turns(jobs, passes)
    section = f"Whole analysis, {workload} ({len(notes)} notes)"
    rows = ratio_rows(section, seconds, one=TOKENIZER, meaning="time of spaCy's tokenizer = 1")
    missing = eds_missing()
    if missing:
        rows.append(Row(section=section, line=EDS, ratio=None, meaning=missing))
    for name in engines:
        if name in (SCRIBE, TOKENIZER):
            continue
        times = spread([a / b for a, b in zip(seconds[name], seconds[SCRIBE], strict=True)])
        rows.append(
            Row(
                section=section,
                line=f"scribe faster than {name}",
                ratio=times.median,
                low=times.low,
                high=times.high,
                meaning="times",
            )
        )
    return rows


def _run(engine: Engine, notes: Sequence[str]) -> None:
    for note in notes:
        engine(note)
