"""Nothing slow is loaded before it is needed."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.support.patience import PATIENCE_S

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
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=PATIENCE_S
    )
    assert done.stdout.split() == []


def test_the_pipeline_is_imported_without_its_engines() -> None:
    code = (
        "import scribe.pipeline, sys\n"
        "print(*sorted({'spacy', 'medspacy', 'sklearn', 'skops'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=PATIENCE_S
    )
    assert done.stdout.split() == []


def test_an_analysis_loads_nothing_that_it_does_not_use() -> None:
    code = (
        "import scribe, sys\n"
        "from scribe.resources import samples_folder\n"
        "note = (samples_folder() / 'typed_with_skin.txt').read_text('utf-8')\n"
        "assert scribe.analyze(note).suggestion.model is not None\n"
        "print(*sorted({'sklearn', 'skops', 'scipy', 'pandas', 'nltk', 'quickumls', 'spacy.cli'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=PATIENCE_S
    )
    assert done.stdout.split() == []


LEFT_OUT = {
    "QuickUMLS": "import quickumls.spacy_component; from spacy import Language; "
    "print(Language.has_factory('medspacy_quickumls'))",
    "spaCy's command line": "import spacy.cli; print(callable(spacy.cli.app))",
    "spacy.info": "import spacy; print(spacy.info(silent=True)['spacy_version'] == spacy.__version__)",
}


@pytest.mark.parametrize("then", LEFT_OUT.values(), ids=LEFT_OUT.keys())
def test_what_is_left_out_can_be_imported_afterwards(then: str) -> None:
    code = f"import scribe; scribe.Analyzer(); {then}"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=PATIENCE_S
    )
    assert done.stdout.split() == ["True"]
