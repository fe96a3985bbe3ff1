"""scribe evaluate, as a user runs it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

from scribe.cli import scribe

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
            {"name": "microscope", "value": True, "status": "present", "quote": "The operating microscope"},
            {"name": "patency", "value": "strip test", "status": "present"},
        ],
        "not_present": [{"name": "ischemia_minutes", "value": 88.04}],
        "checklist": {"patency": "missing", "donor_site": "partial"},
        "findings": ["missing", "placeholder"],
    },
}  # fmt: skip


def fill(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (("cataract", CATARACT), ("fibula", FIBULA)):
        (folder / f"{name}.txt").write_text(text, "utf-8")
        (folder / f"{name}.gold.json").write_text(json.dumps(LABELS[name]), "utf-8")
    return folder


@pytest.fixture(scope="module")
def gold(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("labelled")
    fill(folder / "clinic")
    fill(folder / "held_out_01")
    return folder


def run(*arguments: object) -> Result:
    return CliRunner().invoke(scribe, ["evaluate", *map(str, arguments)])


@pytest.fixture(scope="module")
def data(gold: Path) -> dict[str, Any]:
    done = run(gold, "--format", "json", "--misses")
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def pages(gold: Path) -> dict[str, str]:
    tables = [word for part in ("voice", "fact", "status", "code") for word in ("--by", part)]
    return {
        "terminal": run(gold, *tables, "--misses").stdout,
        "html": run(gold, "--format", "html", "--misses").stdout,
        "json": run(gold, "--format", "json", "--misses").stdout,
    }


@pytest.mark.parametrize(
    ("figure", "part", "of"),
    [
        ("code_accuracy", 1, 2),  # the cataract is none; of the fibula scribe would ask first
        ("wrong_suggestions", 0, 2),
        ("abstentions", 2, 2),
        ("needless_abstentions", 1, 1),
        ("facts_precision", 1, 4),  # surplus: donor site, transfer and minutes, which are not labelled
        ("facts_recall", 1, 2),
        ("traps_fallen", 1, 2),  # 88 minutes are within 0.05 of the trap
        ("checklist_accuracy", 1, 2),  # the donor site is called met
        ("false_met", 1, 2),
        ("findings_recall", 1, 2),
        ("evidence_on_quote", 1, 1),
    ],
)  # fmt: skip
def test_a_figure_is_the_one_counted_by_hand(
    figure: str, part: int, of: int, data: dict[str, Any]
) -> None:
    found = data["groups"]["own"]["figures"][figure]
    assert (found["part"], found["of"]) == (part, of)


@pytest.mark.parametrize(
    ("fact", "counts"),
    [("microscope", (1, 0, 0)), ("patency", (0, 0, 1)), ("ischemia_minutes", (0, 1, 0))],
)
def test_a_fact_is_right_surplus_or_missed(
    fact: str, counts: tuple[int, int, int], data: dict[str, Any]
) -> None:
    row = data["groups"]["own"]["by_fact"][fact]
    assert (row["right"], row["surplus"], row["missed"]) == counts


def test_the_same_notes_give_the_same_bytes(gold: Path, pages: dict[str, str]) -> None:
    assert run(gold, "--format", "json", "--misses").stdout == pages["json"]


@pytest.mark.parametrize("layout", ["terminal", "html", "json"])
def test_no_word_of_a_note_is_shown(layout: str, pages: dict[str, str]) -> None:
    assert not any(word in pages[layout] for word in ("lens", "Cataract", "minutes."))


@pytest.mark.parametrize("layout", ["terminal", "html"])
def test_misses_are_listed_without_those_held_out(layout: str, pages: dict[str, str]) -> None:
    assert "clinic/fibula.txt" in pages[layout]
    assert "more in held-out folders" in pages[layout]


def test_no_miss_of_a_held_out_folder_is_listed(data: dict[str, Any]) -> None:
    assert {each["file"].split("/")[-2] for each in data["misses"]} == {"clinic"}


def test_misses_of_a_held_out_folder_are_listed_when_named(gold: Path) -> None:
    done = run(gold, "--format", "json", "--misses", "--held-out-misses")
    found = {each["file"].split("/")[-2] for each in json.loads(done.stdout)["misses"]}
    assert found == {"clinic", "held_out_01"}


def test_words_of_the_note_are_shown_when_asked_for(gold: Path) -> None:
    assert "88 minutes" in run(gold / "clinic", "--misses", "--quotes").stdout


def test_the_page_loads_nothing_and_shows_its_plots(pages: dict[str, str]) -> None:
    page = pages["html"]
    assert page.count("<svg ") == 6
    assert not any(word in page for word in ("<script", "<link", "src="))


@pytest.mark.parametrize(
    "part",
    [
        "Voices",
        "Facts, worst first, own",
        "Status labelled, own",
        "Code labelled, own",
        "Checklist labelled, own",
        "Slowest notes",
    ],
)
def test_the_terminal_shows_its_tables(part: str, pages: dict[str, str]) -> None:
    assert part in pages["terminal"]


@pytest.mark.parametrize("part", ["Voices", "Facts, worst first", "Status labelled", "Code labelled"])  # fmt: skip
def test_tables_that_were_not_asked_for_are_left_out(part: str, gold: Path) -> None:
    assert part not in run(gold).stdout


@pytest.mark.parametrize(
    ("limit", "code"),
    [("facts_recall=0.5", 0), ("facts_recall=0.6", 1), ("false_met=0.5", 0), ("false_met=0", 1)],
)
def test_a_broken_limit_ends_with_one(limit: str, code: int, gold: Path) -> None:
    assert run(gold, "--fail-under", limit).exit_code == code


def test_a_broken_limit_is_named(gold: Path) -> None:
    said = run(gold / "clinic", "--fail-under", "facts_recall=0.6").stderr
    assert said == "scribe: own: facts_recall is 0.5, under 0.6\n"


def test_a_baseline_that_is_kept_ends_with_nought(
    gold: Path, tmp_path: Path, pages: dict[str, str]
) -> None:
    (tmp_path / "before.json").write_text(pages["json"], "utf-8")
    assert run(gold, "--baseline", tmp_path / "before.json").exit_code == 0


def test_a_baseline_that_is_not_kept_ends_with_one(
    gold: Path, tmp_path: Path, data: dict[str, Any]
) -> None:
    before = json.loads(json.dumps(data))
    before["groups"]["own"]["figures"]["facts_f1"]["value"] = 0.9
    (tmp_path / "before.json").write_text(json.dumps(before), "utf-8")
    done = run(gold, "--baseline", tmp_path / "before.json")
    assert (done.exit_code, done.stderr) == (1, "scribe: own: facts_f1 was 0.9, is 0.3333\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nowhere",), "nowhere: no such folder"),
        (("nowhere", "--fail-under", "beauty=1"), "'beauty' is none of code_accuracy"),
        (("nowhere", "--quotes"), "--quotes needs --misses"),
        (("nowhere", "--against", "there", "--format", "html"), "--against takes one GOLD_DIR"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(arguments: tuple[str, ...], said: str) -> None:
    done = run(*arguments)
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert said in done.stderr


def test_damaged_labels_end_with_two_before_anything_is_analysed(tmp_path: Path) -> None:
    folder = fill(tmp_path / "clinic")
    (folder / "fibula.gold.json").write_text('{"facts": [', "utf-8")
    done = run(folder)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "fibula.gold.json: no JSON at line 1" in done.stderr


def test_labels_that_cannot_be_opened_end_with_two(tmp_path: Path) -> None:
    folder = fill(tmp_path / "clinic")
    (folder / "fibula.gold.json").unlink()
    (folder / "fibula.gold.json").mkdir()
    done = run(folder)
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "fibula.gold.json: cannot be read" in done.stderr


def test_two_labellings_are_compared(gold: Path, tmp_path: Path) -> None:
    second = fill(tmp_path / "second")
    other = LABELS["fibula"] | {"facts": LABELS["fibula"]["facts"][:1], "code": "20962"}
    (second / "fibula.gold.json").write_text(json.dumps(other), "utf-8")
    found = json.loads(run(gold / "clinic", "--against", second, "--format", "json").stdout)
    agreement = found["agreement"]["own"]
    assert (agreement["notes"], agreement["facts"]["f1"], agreement["codes"]["same"]) == (2, 0.6667, 1)  # fmt: skip
    assert [(each["kind"], each["name"]) for each in found["differences"]] == [
        ("code", "code"),
        ("only first", "patency"),
    ]


def test_differences_of_held_out_labels_are_counted_and_not_listed(
    gold: Path, tmp_path: Path
) -> None:
    second = fill(tmp_path / "second")
    (second / "fibula.gold.json").write_text(json.dumps(NO_CODE), "utf-8")
    said = run(gold / "held_out_01", "--against", second).stdout
    assert "0 labelled differently" in said
    assert "more in held-out folders" in said


def test_second_labels_beside_the_first_are_compared_on_the_way(tmp_path: Path) -> None:
    folder = fill(tmp_path / "clinic")
    (folder / "second").mkdir()
    (folder / "second" / "fibula.gold.json").write_text(json.dumps(LABELS["fibula"]), "utf-8")
    found = json.loads(run(folder, "--format", "json").stdout)
    assert found["agreement"]["own"]["facts"]["f1"] == 1.0


def test_without_the_library_of_plots_the_page_says_what_to_install(
    gold: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scribe.batch.libraries.find_spec", lambda _: None)
    done = run(gold, "--format", "html")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == "scribe: this needs matplotlib; install opnote-scribe[audit]\n"
