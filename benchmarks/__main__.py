"""Measure speed as ratios within one run, and print a table."""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from benchmarks.engines import TOKENIZER, build_all
from benchmarks.hostile import measure_hostile
from benchmarks.length import measure_length
from benchmarks.memory import measure_memory
from benchmarks.row import Row, as_table
from benchmarks.startup import measure_startup
from benchmarks.whole import measure_whole
from benchmarks.workloads import Workloads, load_workloads

_LIBRARIES = ("opnote-scribe", "spacy", "medspacy", "edsnlp")


def main() -> None:
    """Measure, print the table, and write JSON where asked."""
    options = _options()
    workloads = load_workloads(options.notes, options.most)
    rows = measure(workloads, options.passes, memory_notes=4 * options.most)
    sys.stdout.write(as_table(rows))
    if options.json:
        result = {"run": _run(options.passes), "rows": [dataclasses.asdict(row) for row in rows]}
        options.json.write_text(json.dumps(result, indent=2) + "\n", "utf-8")


def measure(workloads: Workloads, passes: int, *, memory_notes: int) -> list[Row]:
    """Measure everything; what needs new processes first, while this one is small."""
    rows = measure_memory(memory_notes) + measure_startup(passes)
    engines = build_all()
    from benchmarks.stages import measure_stages

    for name, notes in (("family", workloads.family), ("archive", workloads.archive)):
        rows += measure_whole(name, notes, engines, passes)
        rows += measure_stages(name, notes, engines[TOKENIZER], passes)
    rows += measure_length(workloads.family[0], engines, passes)
    rows += measure_hostile(engines, passes)
    return rows


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--notes",
        type=_existing,
        action="append",
        default=[],
        help="a folder of notes (joins the family) or a .jsonl file of rows with text (is the archive); may be repeated",
    )
    parser.add_argument("--json", type=Path, help="also write the rows here")
    parser.add_argument("--passes", type=int, default=5, help="passes of each measurement")
    parser.add_argument("--most", type=int, default=50, help="most notes of a workload")
    return parser.parse_args()


def _existing(value: str) -> Path:
    path = Path(value)
    if not path.exists():
        msg = f"{value} does not exist"
        raise argparse.ArgumentTypeError(msg)
    return path


def _run(passes: int) -> dict[str, Any]:
    """Say what was measured with: libraries and machine, but no names of notes."""
    return {
        "passes": passes,
        "python": platform.python_version(),
        "machine": platform.machine(),
        "processors": os.cpu_count(),
        "libraries": {name: _version(name) for name in _LIBRARIES},
    }


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


if __name__ == "__main__":
    main()
