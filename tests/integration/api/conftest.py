"""An application of its own for each module of tests, around the one process of the run that analyses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

from scribe_api.app import create_app
from scribe_api.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scribe_api.crew import Crew

BASE = "http://localhost"


@pytest.fixture(scope="module")
def client(crew: Crew) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(), crew), base_url=BASE) as client:
        yield client


@pytest.fixture(scope="session")
def note(root: Path) -> str:
    return (root / "sample_notes" / "typed_with_skin.txt").read_text("utf-8")
