"""No list of English words stands in code: the words of notes are data in ``patterns/``."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from scribe.rules.pack import load_pack

ROOT = Path(__file__).resolve().parents[2]
STAGES = ("parse", "extract", "assess", "suggest", "review")
MODULES = [path for stage in STAGES for path in sorted((ROOT / "scribe" / stage).rglob("*.py"))]
FEW = 3  # a construction of English ("length of it") may name one or two


@pytest.fixture(scope="module")
def names() -> set[str]:
    """Names by which rules and code call parts of a note; they are no words of it."""
    language = load_pack().language
    sections = language.sections.sections
    return {
        *sections,
        *(rule.frame for rule in sections.values()),
        *(rule.phase for rule in sections.values() if rule.phase),
        *language.measures.axes.values(),
        *("loose", "heading"),
        *("artery", "vein", "nerve"),
        *("place", "sentence", "best", "rival", "confidence"),  # features of the second reader
    }


def lists(path: Path) -> list[list[str]]:
    """Return what the sets, tuples and lists of a module hold of small letters."""
    nodes = ast.walk(ast.parse(path.read_text("utf-8")))
    found = [
        [e.value for e in node.elts if isinstance(e, ast.Constant) and isinstance(e.value, str)]
        for node in nodes
        if isinstance(node, ast.Set | ast.Tuple | ast.List)
    ]
    return [[word for word in words if word.isalpha() and word.islower()] for words in found]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_list_of_words(path: Path, names: set[str]) -> None:
    assert [words for words in lists(path) if len(set(words) - names) >= FEW] == []


def test_the_walk_sees_a_list(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text('WORDS = frozenset({"of", "BONE", "with", "the"})\n', "utf-8")
    assert [sorted(words) for words in lists(module)] == [["of", "the", "with"]]
