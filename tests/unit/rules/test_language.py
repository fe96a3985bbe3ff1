"""What is retired is read by nobody, and can still be explained."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from scribe.extract.engine import build_extractor
from scribe.render.rules_as_text import explanation
from scribe.resources import patterns_folder
from scribe.rules.check import check_pack
from scribe.rules.pack import RulePack, load_pack
from scribe.types.mention import ParsedNote
from tests.support.builders import make_note
from tests.support.tagged import make_sentence

if TYPE_CHECKING:
    from pathlib import Path

FILE = "facts/microscope.yaml"
USED = "id: microscope.used,"
RETIRED_FACT = ("label:", "status: retired\nlabel:")
RETIRED_RULE = (USED, f"{USED} retired: true,")


def changed(folder: Path, *changes: tuple[str, str]) -> RulePack:
    """Load the shipped pack with changes in one file."""
    shutil.copytree(patterns_folder(), folder)
    text = (folder / FILE).read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (folder / FILE).write_text(text, "utf-8")
    return load_pack(folder)


def found(pack: RulePack) -> list[str]:
    """Return the rules that find a fact in a sentence with a microscope."""
    parsed = ParsedNote(
        note=make_note("microscope"),
        sections=(),
        sentences=(make_sentence("SCOPE=microscope"),),
        placeholders=(),
        has_headings=True,
    )
    return [fact.rule for fact in build_extractor(pack.language).extract(parsed)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "patterns"


def test_a_rule_in_force_is_read(folder: Path) -> None:
    assert found(changed(folder)) == ["microscope.used"]


@pytest.mark.parametrize("change", [RETIRED_FACT, RETIRED_RULE], ids=["fact", "rule"])
def test_what_is_retired_is_not_read(folder: Path, change: tuple[str, str]) -> None:
    assert found(changed(folder, change)) == []


@pytest.mark.parametrize("change", [RETIRED_FACT, RETIRED_RULE], ids=["fact", "rule"])
def test_a_retired_rule_is_explained_as_retired(folder: Path, change: tuple[str, str]) -> None:
    page = explanation(changed(folder, change), "microscope.used")
    assert page is not None
    assert "retired: no note is read by it any more" in page


def test_a_retired_fact_is_explained_as_retired(folder: Path) -> None:
    page = explanation(changed(folder, RETIRED_FACT), "microscope")
    assert page is not None
    assert "retired: no note is read by it any more" in page


def test_a_fact_with_a_retired_rule_is_in_force(folder: Path) -> None:
    page = explanation(changed(folder, RETIRED_RULE), "microscope")
    assert page is not None
    assert "retired" not in page


def test_a_retired_rule_is_no_problem(folder: Path) -> None:
    assert check_pack(changed(folder, RETIRED_RULE)) == ()


def test_the_id_of_a_retired_rule_is_not_used_again(folder: Path) -> None:
    taken = ("id: microscope.no_micro,", "id: etiology.told, retired: true,")
    assert "the id 'etiology.told' stands 2 times" in "\n".join(check_pack(changed(folder, taken)))
