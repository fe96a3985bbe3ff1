"""Measure accuracy on labelled notes, and print a table that holds no word of them."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.accuracy.measure import VOICES, default_folders, measure
from benchmarks.accuracy.report import COMMAND, as_data, as_table, refresh_readme

_README = VOICES.parents[1] / "README.md"


def main() -> None:
    """Measure, print the table, and write what was asked for."""
    parser = argparse.ArgumentParser(prog=COMMAND, description=__doc__)
    parser.add_argument(
        "folders",
        type=Path,
        nargs="*",
        metavar="FOLDER",
        help="notes with labels, NAME.txt and NAME.gold.json; without one, those of models/corpus",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures here")
    parser.add_argument(
        "--write-readme",
        action="store_true",
        help="refresh the table of the README; takes no FOLDER",
    )
    options = parser.parse_args()
    if options.write_readme and options.folders:
        parser.error("--write-readme measures the notes of models/corpus; leave FOLDER out")
    try:
        result = measure(options.folders or default_folders())
    except FileNotFoundError as error:
        parser.error(str(error))
    sys.stdout.write(as_table(result))
    if options.json:
        options.json.write_text(json.dumps(as_data(result), indent=2) + "\n", "utf-8")
    if options.write_readme:
        today = datetime.now(UTC).date()
        _README.write_text(
            refresh_readme(_README.read_text("utf-8"), result, today), "utf-8", newline=""
        )


if __name__ == "__main__":
    main()
