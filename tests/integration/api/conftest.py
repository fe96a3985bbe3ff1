"""An application of its own for each module of tests, around the one analyzer of the run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

from scribe_api.app import create_app
from scribe_api.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scribe.pipeline import Analyzer

BASE = "http://localhost"


@pytest.fixture(scope="module")
def client(analyzer: Analyzer) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(), analyzer), base_url=BASE) as client:
        yield client


@pytest.fixture(scope="session")
def note(root: Path) -> str:
    return (root / "sample_notes" / "typed_with_skin.txt").read_text("utf-8")
