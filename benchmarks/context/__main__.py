"""Measure how the context of a phrase is read, by category, beside stock engines; no notes of patients are needed."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.context.marks import unmark
from benchmarks.context.probes import FOLDER, Probe, is_right, load_probes
from benchmarks.context.scribe_answers import ScribeAnswers
from benchmarks.context.stock import HOW_TO_INSTALL, negspacy, stock_context
from benchmarks.context.table import as_table, tally

if TYPE_CHECKING:
    from collections.abc import Callable

MARKS = {"scribe": "xfail", "its facts": "fact_xfail"}


def main() -> None:
    """Ask every engine about every probe, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.context", description=__doc__)
    parser.add_argument("--folder", type=Path, default=FOLDER, help="probes of your own")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the counts here")
    parser.add_argument(
        "--unmark",
        action="store_true",
        help="remove the mark of a known miss from probes that scribe reads rightly by now",
    )
    parser.add_argument("--wrong", action="store_true", help="also name the probes scribe misses")
    options = parser.parse_args()
    probes = load_probes(options.folder)
    engines = _engines()
    answers = {name: [ask(probe) for probe in probes] for name, ask in engines.items()}
    rows = tally(probes, answers)
    sys.stdout.write(as_table(rows, list(engines)))
    if "negspaCy" not in engines:
        sys.stdout.write(f"\n{HOW_TO_INSTALL}\n")
    if options.wrong:
        sys.stdout.write(_wrong(probes, answers))
    if options.unmark:
        for engine, key in MARKS.items():
            mended = [
                probe
                for probe, answer in zip(probes, answers[engine], strict=True)
                if getattr(probe, key) and is_right(probe, answer)
            ]
            unmark(options.folder, mended, key)
    if options.json:
        options.json.write_text(json.dumps(rows, indent=2) + "\n", "utf-8")


def _engines() -> dict[str, Callable[[Probe], str]]:
    scribe = ScribeAnswers()
    engines: dict[str, Callable[[Probe], str]] = {
        "scribe": scribe.context,
        "its facts": lambda probe: scribe.fact(probe) if probe.fact else "",
        "ConText": stock_context(),
    }
    negation = negspacy()
    return {**engines, "negspaCy": negation} if negation else engines


def _wrong(probes: list[Probe], answers: dict[str, list[str]]) -> str:
    lines = [
        f"{name}: {probe.id}: {answer}, should be {probe.status}"
        for name in MARKS
        for probe, answer in zip(probes, answers[name], strict=True)
        if answer and not is_right(probe, answer)
    ]
    return "\n" + "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
