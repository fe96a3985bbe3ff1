"""What several tests share: one analyzer for the whole run, and the sample notes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scribe.parse.nlp import Parser
    from scribe.pipeline import Analyzer
    from scribe.rules.language import Language
    from scribe_api.crew import Crew

settings.register_profile(
    "scribe",
    deadline=None,
    derandomize=True,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
settings.load_profile("scribe")


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def analyzer() -> Analyzer:
    """One analyzer for the whole run; building it takes a second or two."""
    from scribe.pipeline import Analyzer

    return Analyzer()


@pytest.fixture(scope="session")
def crew() -> Iterator[Crew]:
    """One process that analyses, for every server of the run."""
    from scribe_api.crew import Crew

    crew = Crew()
    crew.start()
    yield crew
    crew.close()


@pytest.fixture(scope="session")
def language(root: Path) -> Language:
    """The words of the rule pack."""
    from scribe.rules.language import load_language

    return load_language(root / "patterns")


@pytest.fixture(scope="session")
def parser(language: Language) -> Parser:
    """One language engine for the whole run."""
    from scribe.parse.nlp import build_parser

    return build_parser(language)


@pytest.fixture(scope="session")
def samples(root: Path) -> list[Path]:
    """The sample notes."""
    folder = root / "sample_notes"
    return sorted(path for path in folder.glob("*.[tm][xd]*") if path.name != "README.md")
