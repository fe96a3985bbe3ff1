"""The pack that is shipped loads, is stamped, and can be copied, changed and read again."""

from __future__ import annotations

import pickle
import shutil
from typing import TYPE_CHECKING

import pytest

from scribe.errors import RulePackError
from scribe.resources import patterns_folder
from scribe.rules.pack import load_pack
from scribe.types.finding import SET_ASIDE

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    folder = tmp_path / "patterns"
    shutil.copytree(patterns_folder(), folder)
    return folder


def test_the_shipped_pack_loads() -> None:
    assert load_pack().version


def test_the_hash_is_the_same_in_another_place(copy: Path) -> None:
    assert load_pack(copy).hash == load_pack().hash


def test_the_hash_changes_with_a_word(copy: Path) -> None:
    file = copy / "requirements" / "fixation.yaml"
    file.write_text(file.read_text("utf-8").replace("How the bone", "How bone"), "utf-8")
    assert load_pack(copy).hash != load_pack().hash


def test_a_file_that_calls_itself_otherwise_is_refused(copy: Path) -> None:
    (copy / "requirements" / "fixation.yaml").rename(copy / "requirements" / "held.yaml")
    with pytest.raises(RulePackError, match=r"held\.yaml"):
        load_pack(copy)


def test_a_shape_of_struck_text_that_is_no_expression_is_named(copy: Path) -> None:
    file = copy / "sections.yaml"
    file.write_text(file.read_text("utf-8").replace("'~~(?=", "'(~~(?="), "utf-8")
    with pytest.raises(RulePackError, match=r"sections\.yaml, set_aside\.struck.*no expression"):
        load_pack(copy)


def test_a_missing_file_is_named(copy: Path) -> None:
    (copy / "queries.yaml").unlink()
    with pytest.raises(RulePackError, match=r"queries\.yaml"):
        load_pack(copy)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "dr, mr,",
            "Dr, mr,",
            r"language\.yaml, sentences\.abbreviations.*'Dr' would never be met",
        ),
        ("dr, mr,", "dr who, mr,", r"abbreviations.*'dr who' would never be met"),
        ("dr, mr,", "d-r, mr,", r"abbreviations.*'d-r' would never be met"),
        ("dr, mr,", "7, mr,", r"abbreviations.*valid string"),
        ("[dr, mr,", "{dr: mr} # [", r"abbreviations.*valid array"),
        ("work: [TOURN,", "work: [tourn,", r"telling\.work.*'tourn' is no tag"),
        ("  go_on:", "  goes_on:", r"sentences\.go_on: Field required"),
        ("left_out:", "misspelt: [a]\nleft_out:", r"language\.yaml, misspelt: Extra inputs"),
    ],
)
def test_a_wrong_word_is_named_with_its_place(copy: Path, old: str, new: str, said: str) -> None:
    file = copy / "language.yaml"
    file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(RulePackError, match=said):
        load_pack(copy)


def test_a_retired_item_is_left_out(copy: Path) -> None:
    file = copy / "requirements" / "fixation.yaml"
    file.write_text(file.read_text("utf-8") + "status: retired\n", "utf-8")
    assert "fixation" not in load_pack(copy).requirements


def test_a_ninth_code_is_one_file(copy: Path) -> None:
    text = (copy / "codes" / "20956.yaml").read_text("utf-8")
    text = text.replace('code: "20956"', 'code: "99956"').replace("iliac crest", "jaw")
    (copy / "codes" / "99956.yaml").write_text(text, "utf-8")
    assert "99956" in load_pack(copy).codes


def test_a_pack_travels_to_workers() -> None:
    pack = load_pack()
    assert pickle.loads(pickle.dumps(pack)).hash == pack.hash  # noqa: S301 - our own bytes


def test_the_kind_that_reports_do_not_quote_is_that_of_what_is_set_aside() -> None:
    assert load_pack().findings.set_aside.kind == SET_ASIDE
