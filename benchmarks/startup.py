"""How long it takes until something can be used: imports, and the first result of the command line."""

from __future__ import annotations

import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.timing import ratio_rows, time_in_turns

if TYPE_CHECKING:
    from benchmarks.row import Row

_ROOT = Path(__file__).resolve().parent.parent
_NOTE = _ROOT / "sample_notes" / "typed_with_skin.txt"
_QUIET = "from loguru import logger; logger.disable('PyRuSH'); import warnings; warnings.simplefilter('ignore'); "
_STEPS = {
    "python alone": ["-c", "pass"],
    "import scribe": ["-c", "import scribe"],
    "import spacy": ["-c", "import spacy"],
    "import medspacy": ["-c", f"{_QUIET}import medspacy"],
    "scribe analyze, first result": ["-m", "scribe", "analyze", "--format", "json", str(_NOTE)],
    "medspaCy, first result": [
        "-c",
        f"{_QUIET}import medspacy, sys; medspacy.load()(open(sys.argv[1], encoding='utf-8').read())",
        str(_NOTE),
    ],
}


def measure_startup(passes: int) -> list[Row]:
    """Return the time of each step in a new process as a ratio to ``import spacy``."""
    jobs = {name: partial(_run, arguments) for name, arguments in _STEPS.items()}
    seconds = time_in_turns(jobs, passes, clock=time.perf_counter)
    return ratio_rows(
        "Start, in a new process", seconds, one="import spacy", meaning="time of import spacy = 1"
    )


def _run(arguments: list[str]) -> None:
    subprocess.run(  # noqa: S603 - our own steps
        [sys.executable, *arguments], cwd=_ROOT, check=True, stdout=subprocess.DEVNULL
    )
