"""Peak memory of each engine in a process of its own, and how it grows over distinct notes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from benchmarks.engines import EDS, TOKENIZER, available, eds_missing
from benchmarks.row import Row

_ROOT = Path(__file__).resolve().parent.parent


def measure_memory(count: int) -> list[Row]:
    """Return the peak after ``count`` distinct notes as a ratio to spaCy's tokenizer, and the growth from a tenth of them on.

    Run this before anything large is loaded here: a new process starts with the peak of the one that made it.
    """
    peaks = {name: _peaks(name, count) for name, build in available().items() if build}
    section = f"Memory, {count} distinct notes"
    one = peaks[TOKENIZER][1]
    rows = [
        Row(
            section=section,
            line=f"{name}, peak",
            ratio=after / one,
            meaning="peak with spaCy's tokenizer = 1",
        )
        for name, (_, after) in peaks.items()
    ]
    missing = eds_missing()
    if missing:
        rows.append(Row(section=section, line=EDS, ratio=None, meaning=missing))
    rows += [
        Row(
            section=section,
            line=f"{name}, growth",
            ratio=after / before,
            meaning="its own peak after a tenth of the notes = 1",
        )
        for name, (before, after) in peaks.items()
    ]
    return rows


def _peaks(name: str, count: int) -> tuple[float, float]:
    done = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", "benchmarks.memory_child", name, str(count)],
        cwd=_ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    values = [float(line) for line in done.stdout.split()]
    return values[0], values[-1]
