"""scribe beside EDS-NLP alone (sentences, matcher, negation, hypothesis over the same words): ``python -m benchmarks.eds``.

EDS-NLP is none of our pins, and needs an environment of its own; the command says what to install.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from benchmarks.engines import EDS, SCRIBE, TOKENIZER, available, eds_missing
from benchmarks.row import as_table
from benchmarks.whole import measure_whole
from benchmarks.workloads import load_workloads


def main() -> int:
    """Measure and print; returns 2 where EDS-NLP cannot run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.eds", description=__doc__)
    parser.add_argument("--notes", type=Path, action="append", default=[])
    parser.add_argument("--passes", type=int, default=5)
    parser.add_argument("--most", type=int, default=50)
    options = parser.parse_args()
    missing = eds_missing()
    if missing:
        sys.stderr.write(f"{EDS}: {missing}\n")
        return 2
    built = available()
    engines = {name: build() for name in (TOKENIZER, SCRIBE, EDS) if (build := built[name])}
    workloads = load_workloads(options.notes, options.most)
    rows = [
        row
        for name, notes in (("family", workloads.family), ("archive", workloads.archive))
        for row in measure_whole(name, notes, engines, options.passes)
    ]
    sys.stdout.write(as_table(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
