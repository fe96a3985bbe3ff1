"""A file over its budget has two names and wants to be two files."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDERS = ("scribe", "api", "models", "benchmarks", "tests", "docs")
FILES = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))
MOST_LINES = 400
MOST_CLASS_LINES = 250


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", FILES, ids=shown)
def test_no_file_is_over_its_budget(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= MOST_LINES


@pytest.mark.parametrize("path", FILES, ids=shown)
def test_no_class_is_over_its_budget(path: Path) -> None:
    classes = [
        node
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef)
    ]
    long = [each.name for each in classes if each.end_lineno - each.lineno >= MOST_CLASS_LINES]
    assert long == []
