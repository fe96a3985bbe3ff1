"""Python knows no code, no fact and no item by name: a ninth code or a new fact is a file of data and never a line of Python."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from scribe.rules.check import parts_of
from scribe.rules.pack import RulePack, load_pack
from scribe.types.condition import Distinct, FactIs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def pack() -> RulePack:
    return load_pack()


@pytest.fixture(scope="module")
def names(pack: RulePack) -> frozenset[str]:
    asked = {
        part.name
        for condition in pack.conditions.values()
        for part in parts_of(condition)
        if isinstance(part, FactIs | Distinct)
    }
    spoken = {rule.name for rule in pack.language.facts}
    rules = {*asked, *spoken, *pack.requirements, *pack.codes}
    return frozenset(rules - phases(pack))


def phases(pack: RulePack) -> set[str]:
    """Return the words that also name a step of an operation, which parse and extract may know."""
    return {rule.phase for rule in pack.language.sections.sections.values() if rule.phase}


def literals(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the strings of a module that are no docstrings, with their lines."""
    tree = ast.parse(path.read_text("utf-8"))
    docs = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.lineno, node.value


def test_no_literal_is_a_name_of_the_pack(root: Path, names: frozenset[str]) -> None:
    found = [
        f"{path.relative_to(root)}:{line}: {text!r}"
        for path in sorted((root / "scribe").rglob("*.py"))
        for line, text in literals(path)
        if text in names
    ]
    assert found == []


def test_the_walk_sees_a_literal(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text('"""Doc."""\nif name == "made.up":\n    pass\n', "utf-8")
    assert list(literals(module)) == [(2, "made.up")]
