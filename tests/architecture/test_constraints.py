"""The pinned dependencies: complete, hashed, and free of any host or path."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

NAME = re.compile(r"[A-Za-z0-9._-]+")


@pytest.fixture(scope="module")
def pins(root: Path) -> list[str]:
    text = (root / "constraints.txt").read_text("utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line.strip()]


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_line_is_a_pin_with_a_hash(pins: list[str]) -> None:
    assert [
        line for line in pins if not re.match(r"[\w.-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", line)
    ] == []


def test_no_host_and_no_path_is_named(root: Path) -> None:
    text = (root / "constraints.txt").read_text("utf-8")
    assert not re.search(r"://|@ |^-|^/|\.\./", text, re.MULTILINE)


def test_everything_that_the_project_asks_for_is_pinned(root: Path, pins: list[str]) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    asked = [*project["dependencies"], *(each for extra in extras.values() for each in extra)]
    names = {normal(NAME.match(each)[0]) for each in asked if not each.startswith(project["name"])}
    assert names - {normal(NAME.match(line)[0]) for line in pins} == set()
