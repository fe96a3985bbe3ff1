"""Nothing slow is loaded before it is needed."""

from __future__ import annotations

import subprocess
import sys

import pytest

SLOW = ("spacy", "medspacy", "sklearn", "skops", "numpy", "loguru", "rapidfuzz", "pydantic", "yaml")
FOR_REPORTS = ("rich", "jinja2")

STEPS = {
    "import scribe": "import scribe",
    "scribe --help": "from click.testing import CliRunner; from scribe.cli import scribe; "
    "assert CliRunner().invoke(scribe, ['--help']).exit_code == 0",
    "scribe analyze --help": "from click.testing import CliRunner; from scribe.cli import scribe; "
    "assert CliRunner().invoke(scribe, ['analyze', '--help']).exit_code == 0",
    "scribe evaluate --help": "from click.testing import CliRunner; from scribe.cli import scribe; "
    "assert CliRunner().invoke(scribe, ['evaluate', '--help']).exit_code == 0",
}


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS.keys())
def test_a_light_step_loads_nothing_slow(step: str) -> None:
    code = f"{step}\nimport sys\nprint(*sorted(set({SLOW + FOR_REPORTS!r}) & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split() == []


def test_the_pipeline_is_imported_without_its_engines() -> None:
    code = (
        "import scribe.pipeline, sys\n"
        "print(*sorted({'spacy', 'medspacy', 'sklearn', 'skops'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split() == []
