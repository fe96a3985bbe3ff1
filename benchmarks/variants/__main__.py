"""Measure scribe on variants of the labelled notes, beside the notes that they were made from; prints totals only."""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.variants.score import Counts, Judge, changed, told
from models.corpus.generate.labelled import read_notes
from models.corpus.generate.variants import KEEPING, KINDS, make_variant

if TYPE_CHECKING:
    from collections.abc import Iterable

CORPUS = Path(__file__).resolve().parents[2] / "models" / "corpus"


class Row:
    """One kind of variant in one group of folders: the notes as they are, and their variants."""

    def __init__(self) -> None:
        """Start at nothing."""
        self.clean = Counts()
        self.variant = Counts()
        self.values = 0
        self.values_changed = 0


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.variants", description=__doc__)
    parser.add_argument("--seeds", type=int, default=1, help="variants of each kind a note")
    parser.add_argument(
        "--kind", choices=sorted(KINDS), action="append", help="only this kind; may be repeated"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures here")
    options = parser.parse_args()
    folders = sorted(path for path in CORPUS.glob("*_*") if path.is_dir())
    rows = measure(folders, options.kind or list(KINDS), range(1, options.seeds + 1))
    sys.stdout.write(as_table(rows))
    if options.json:
        data = [{"group": g, "kind": k, **figures(row)} for (g, k), row in rows.items()]
        options.json.write_text(json.dumps(data, indent=2) + "\n", "utf-8")


def measure(
    folders: Iterable[Path], kinds: Iterable[str], seeds: Iterable[int]
) -> dict[tuple[str, str], Row]:
    """Analyse each note and its variants.

    Args:
        folders: Folders of labelled notes; a name that starts with ``held_out_`` makes the group.
        kinds: Kinds of variants.
        seeds: One variant of each kind a seed.
    """
    from scribe import Analyzer

    judge = Judge(Analyzer())
    rows: dict[tuple[str, str], Row] = defaultdict(Row)
    for folder in folders:
        group = "held-out" if folder.name.startswith("held_out_") else "tuned"
        for note in read_notes(folder):
            clean = judge.answer(note)
            for kind in kinds:
                for seed in seeds:
                    variant = make_variant(note, kind, seed)
                    if variant is None:
                        continue
                    row, found = rows[group, kind], judge.answer(variant)
                    judge.count(row.clean, note, clean)
                    judge.count(row.variant, variant, found)
                    judge.count_changed(row.variant, note, variant, found)
                    row.values += len(told(clean))
                    row.values_changed += changed(clean, found)
    return rows


def figures(row: Row) -> dict[str, Any]:
    """Return the ratios of a row."""
    return {
        "notes": row.clean.notes,
        "f1_clean": row.clean.f1,
        "f1_variant": row.variant.f1,
        "code_clean": row.clean.code_share,
        "code_variant": row.variant.code_share,
        "values_changed": row.values_changed / row.values if row.values else 0.0,
        "changed_labels_met": row.variant.expected_share,
    }


def as_table(rows: dict[tuple[str, str], Row]) -> str:
    """Write the rows, held-out ones first."""
    head = f"{'group':<10}{'variant':<17}{'notes':>6}{'F1 note':>9}{'F1 variant':>12}{'fall':>7}"
    lines = [f"{head}{'code note':>11}{'code variant':>14}{'values changed':>16}{'labels met':>12}"]
    for (group, kind), row in sorted(rows.items()):
        f = figures(row)
        changed = f"{f['values_changed']:.2%}" if kind in KEEPING else "-"
        met = "-" if f["changed_labels_met"] is None else f"{f['changed_labels_met']:.1%}"
        fall = 100 * (f["f1_clean"] - f["f1_variant"])
        codes = f"{f['code_clean']:>11.1%}{f['code_variant']:>14.1%}"
        scores = f"{f['f1_clean']:>9.1%}{f['f1_variant']:>12.1%}{fall:>7.1f}"
        lines.append(f"{group:<10}{kind:<17}{f['notes']:>6}{scores}{codes}{changed:>16}{met:>12}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
