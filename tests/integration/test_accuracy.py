"""The accuracy that is measured is the one that a hand count gives."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from benchmarks.accuracy.match import same_value
from benchmarks.accuracy.measure import Result, default_folders, group_of
from benchmarks.accuracy.report import refresh_readme
from benchmarks.accuracy.tally import Tally

if TYPE_CHECKING:
    from pathlib import Path

CATARACT = "PROCEDURE: Cataract surgery, right eye.\n\nA lens was placed. No complications.\n"
FIBULA = (
    "PROCEDURE: Free fibula flap.\n"
    "DESCRIPTION OF PROCEDURE: The operating microscope was used. Ischemia time was 88 minutes.\n"
)
NO_CODE: dict[str, Any] = {"code": None, "decision": "none", "facts": [], "findings": []}
LABELS = {
    "cataract": NO_CODE | {"not_present": [{"name": "microscope"}]},
    "fibula": NO_CODE
    | {
        "code": "20955",
        "decision": "suggest",
        "facts": [
            {"name": "microscope", "value": True, "status": "present"},
            {"name": "patency", "value": "strip test", "status": "present"},
        ],
        "not_present": [{"name": "ischemia_minutes", "value": 88.04}],
        "checklist": {"patency": "missing", "donor_site": "partial"},
        "findings": ["missing", "placeholder"],
    },
}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory, root: Path) -> tuple[str, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("labelled")
    for name, text in (("cataract", CATARACT), ("fibula", FIBULA)):
        (folder / f"{name}.txt").write_text(text, "utf-8")
        (folder / f"{name}.gold.json").write_text(json.dumps(LABELS[name]), "utf-8")
    written = folder / "figures.json"
    command = [sys.executable, "-m", "benchmarks.accuracy", str(folder), "--json", str(written)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    return done.stdout, json.loads(written.read_text("utf-8"))["groups"]["other"]


@pytest.mark.parametrize(
    ("figure", "by_hand"),
    [
        ("notes", 2),
        ("code_accuracy", 0.5),  # the cataract is none; of the fibula scribe would ask first
        ("wrong_suggestions", 0),
        ("abstentions", 2),
        ("needless_abstentions", 1),
        ("traps", 2),
        ("traps_fallen", 1),  # 88 minutes are within 0.05 of the trap
        ("checklist_accuracy", 0.5),  # the donor site is called met
        ("false_met", 1),
        ("findings_recall", 0.5),
    ],
)
def test_a_figure_is_the_one_counted_by_hand(
    figure: str, by_hand: float, run: tuple[str, dict[str, Any]]
) -> None:
    assert run[1][figure] == by_hand


@pytest.mark.parametrize(
    ("fact", "counts"),
    [("microscope", (1, 0, 0)), ("patency", (0, 0, 1)), ("ischemia_minutes", (0, 1, 0))],
)
def test_a_fact_is_right_surplus_or_missed(
    fact: str, counts: tuple[int, int, int], run: tuple[str, dict[str, Any]]
) -> None:
    hits = run[1]["by_fact"][fact]
    assert (hits["right"], hits["surplus"], hits["missed"]) == counts


def test_all_facts_are_added_up(run: tuple[str, dict[str, Any]]) -> None:
    facts = run[1]["facts"]  # surplus: donor site, transfer and minutes, which are not labelled
    assert facts == {
        "precision": 0.25,
        "recall": 0.5,
        "f1": 0.3333,
        "right": 1,
        "surplus": 3,
        "missed": 1,
    }


def test_no_word_of_a_note_is_printed(run: tuple[str, dict[str, Any]]) -> None:
    assert not any(word in run[0] + json.dumps(run[1]) for word in ("lens", "Cataract", "minutes."))


@pytest.mark.parametrize(
    ("name", "gold", "got", "same"),
    [
        ("ischemia_minutes", 88, 88.05, True),
        ("ischemia_minutes", 88, 88.1, False),
        (
            "skin_paddle",
            {"length_cm": 8, "width_cm": None},
            {"length_cm": 8.0, "width_cm": 5},
            False,
        ),
        ("pedicle.vein", "great saphenous vein", "Greater saphenous vein", True),
        ("perfusion", "doppler", "implantable doppler", False),
        ("skin_paddle", None, {"length_cm": 8, "width_cm": 5}, False),
    ],
)
def test_values_are_compared_as_the_page_says(name: str, gold: Any, got: Any, same: bool) -> None:
    assert same_value(name, gold, got) is same


@pytest.mark.parametrize(
    ("key", "same"), [("donor", False), ("recipient", False), ("suture", True)]
)
def test_an_anastomosis_is_told_by_both_names(key: str, same: bool) -> None:
    gold = {
        "vessel": "artery",
        "donor": "peroneal artery",
        "recipient": "facial artery",
        "suture": "",
    }
    assert same_value("anastomosis", gold, gold | {key: "other"}) is same


def test_the_readme_is_refused_without_markers() -> None:
    result = Result(folders={}, groups={"held-out": Tally(), "tuned": Tally()}, rules="1")
    with pytest.raises(ValueError, match="markers"):
        refresh_readme("# scribe\n", result, date(2026, 1, 1))


def test_the_readme_has_its_markers(root: Path) -> None:
    result = Result(folders={}, groups={"held-out": Tally(), "tuned": Tally()}, rules="1")
    readme = (root / "README.md").read_text("utf-8")
    assert "2001-02-03" in refresh_readme(readme, result, date(2001, 2, 3))


@pytest.mark.parametrize("folder", default_folders(), ids=lambda path: path.name)
def test_every_quote_occurs_in_its_note(folder: Path) -> None:
    lost = 0
    for labels in folder.glob("*.gold.json"):
        text = labels.with_name(labels.name.replace(".gold.json", ".txt")).read_text("utf-8")
        lost += sum(f["quote"] not in text for f in json.loads(labels.read_text("utf-8"))["facts"])
    assert lost == 0


def test_every_folder_is_tuned_or_held_out() -> None:
    assert {group_of(path.name) for path in default_folders()} == {"held-out", "tuned"}
