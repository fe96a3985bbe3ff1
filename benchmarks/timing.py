"""Time several jobs in turns, so that whatever slows the machine slows all of them."""

from __future__ import annotations

import gc
import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.row import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Job = Callable[[], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Median, lowest and highest of the passes."""

    median: float
    low: float
    high: float


def spread(values: Sequence[float]) -> Spread:
    """Sum up the passes."""
    return Spread(median=statistics.median(values), low=min(values), high=max(values))


def time_in_turns(
    jobs: Mapping[str, Job],
    passes: int,
    *,
    warm: bool = True,
    clock: Callable[[], float] = time.process_time,
) -> dict[str, list[float]]:
    """Return the seconds of each job in each pass.

    Args:
        jobs: What to time. In every pass each job runs once; each pass begins with another job.
        passes: How many passes.
        warm: Whether every job runs once before, untimed.
        clock: What counts the seconds: processor time of this process, which other work on the machine hardly changes; jobs that start
            processes of their own need the clock on the wall.
    """
    names = list(jobs)
    if warm:
        for job in jobs.values():
            job()
    seconds: dict[str, list[float]] = {name: [] for name in names}
    for turn in range(passes):
        first = turn % len(names)
        for name in (*names[first:], *names[:first]):
            gc.collect()
            start = clock()
            jobs[name]()
            seconds[name].append(clock() - start)
    return seconds


def ratio_rows(
    section: str,
    seconds: Mapping[str, Sequence[float]],
    *,
    one: str,
    meaning: str,
) -> list[Row]:
    """Return a row for each job: its time as a ratio to the job ``one`` of the same pass."""
    rows = []
    for name, values in seconds.items():
        ratios = spread([a / b for a, b in zip(values, seconds[one], strict=True)])
        rows.append(
            Row(
                section=section,
                line=name,
                ratio=ratios.median,
                low=ratios.low,
                high=ratios.high,
                meaning=meaning,
            )
        )
    return rows
