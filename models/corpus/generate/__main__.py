"""Write variants of labelled notes, with labels that stay right by construction."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from models.corpus.generate.labelled import read_notes, write_note
from models.corpus.generate.variants import KINDS, make_variant

_CORPUS = Path(__file__).resolve().parents[1]


def main() -> None:
    """Write the variants of every folder into a folder of the same name, and count them."""
    parser = argparse.ArgumentParser(prog="python -m models.corpus.generate", description=__doc__)
    parser.add_argument(
        "folders",
        type=Path,
        nargs="*",
        metavar="FOLDER",
        help="labelled notes; without one, the tuned_* folders of models/corpus",
    )
    parser.add_argument("--out", type=Path, required=True, help="where to write")
    parser.add_argument("--seed", type=int, default=1, help="the same seed, the same variants")
    parser.add_argument(
        "--kind", choices=sorted(KINDS), action="append", help="only this kind; may be repeated"
    )
    options = parser.parse_args()
    for kind in options.kind or KINDS:
        made = 0
        for folder in options.folders or sorted(_CORPUS.glob("tuned_*")):
            for note in read_notes(folder):
                variant = make_variant(note, kind, options.seed)
                if variant is not None:
                    write_note(options.out / folder.name, variant)
                    made += 1
        sys.stdout.write(f"{kind:<16}{made:>6}\n")


if __name__ == "__main__":
    main()
