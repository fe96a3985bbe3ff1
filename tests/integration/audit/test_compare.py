"""After an audit: what changed since the last one, a sample for review, and how far reviewers agree."""

from __future__ import annotations

import csv
import json
import shutil
from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests.support.tables import rows_of

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def here(
    tmp_path_factory: pytest.TempPathFactory,
    fill: Callable[[Path, list[str], int], Path],
    command: Command,
    typed: str,
    plain: str,
    root: Path,
) -> Path:
    folder = tmp_path_factory.mktemp("compare")
    notes = fill(folder / "notes", [typed.replace("Left calcaneal", "Calcaneal"), plain], 4)
    shutil.copy(root / "sample_notes" / "forty.csv", notes)
    done = command("audit", "notes", "--out", "old", "--sample", 12, "--seed", 3, "--by", "surgeon", cwd=folder)  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    text = (notes / "note0001.txt").read_text("utf-8")
    (notes / "note0001.txt").write_text(f"{typed}\nADDENDUM: as dictated.\n{text[-20:]}", "utf-8")
    (notes / "note0002.txt").unlink()
    (notes / "note0009.txt").write_text(plain, "utf-8")
    assert command("audit", "notes", "--out", "new", cwd=folder).returncode == 0
    return folder


def test_a_diff_names_what_came_went_and_changed(here: Path, command: Command) -> None:
    found = json.loads(command("diff", "old", "new", "--format", "json", cwd=here).stdout)
    assert found["notes"] == {
        "both": 43,
        "changed": 1,
        "only_old": ["notes/note0002.txt"],
        "only_new": ["notes/note0009.txt"],
    }
    change = found["changes"][0]
    assert (change["name"], change["is_text_changed"]) == ("notes/note0001.txt", True)
    assert change["decision"][0] == "none"
    assert found["decisions"] == [{"from": "none", "to": change["decision"][1], "notes": 1}]
    assert found["items"]
    assert sum(found["findings"].values()) == sum(change["findings"].values())


def test_a_diff_for_people_says_the_same(here: Path, command: Command) -> None:
    done = command("diff", "old", "new", cwd=here)
    assert done.returncode == 0
    assert "43 notes in both, 1 changed; 1 only in the old, 1 only in the new" in done.stdout
    assert "note0001 (notes/note0001.txt): none -> " in done.stdout


def test_an_audit_does_not_differ_from_itself(here: Path, command: Command) -> None:
    found = json.loads(
        command("diff", "old", "old", "--by", "id", "--format", "json", cwd=here).stdout
    )
    assert (found["notes"]["both"], found["changes"]) == (44, [])


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory, command: Command, plain: str) -> Path:
    """Audits of the same notes under other paths; ``twin`` holds two files of one name, so that ids do not tell them apart."""
    folder = tmp_path_factory.mktemp("moved")
    for place in ("january/a", "february/a", "twin/a", "twin/b"):
        (folder / place).mkdir(parents=True)
        (folder / place / "note.txt").write_text(f"{plain}\n{place}", "utf-8")
    for name in ("january", "february", "twin"):
        done = command("audit", name, "--out", f"of_{name}", cwd=folder)
        assert (done.returncode, done.stderr) == (0, "")
    return folder


ADVICE = {
    "by path, ids would do": ("february", "file", 0, "no note has the same path in both; compare with --by id\n"),
    "by path, ids neither": ("twin", "file", 0, "--by id does not tell which belong together either; audit both again"),
    "by id, paths neither": ("twin", "id", 2, "--by file does not tell which belong together either; audit both again"),
    "by id, ids do": ("february", "id", 0, ""),
}  # fmt: skip


@pytest.mark.parametrize(("new", "by", "code", "said"), ADVICE.values(), ids=ADVICE.keys())
def test_advice_on_a_diff_ends(
    moved: Path, command: Command, new: str, by: str, code: int, said: str
) -> None:
    done = command("diff", "of_january", f"of_{new}", "--by", by, cwd=moved)
    assert (done.returncode, done.stderr.count("\n")) == (code, bool(said))
    assert said in done.stderr


def test_ids_that_stand_twice_lead_to_paths_that_fit(moved: Path, command: Command) -> None:
    done = command("diff", "of_twin", "of_twin", "--by", "id", cwd=moved)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith("; compare with --by file\n")


def test_what_is_no_audit_is_refused(here: Path, command: Command) -> None:
    done = command("diff", "old", "notes", cwd=here)
    assert (done.returncode, done.stdout) == (2, "")
    assert "not the folder of a finished audit" in done.stderr


def test_the_sample_has_its_size_and_every_stratum(here: Path) -> None:
    sheet = rows_of(here / "old" / "sample.csv")
    notes = {(each["file"], each["part"]): each["stratum"] for each in sheet}
    assert len(notes) == 12
    assert {"A. Verano", "B. Tolliver", "C. Ashgrove", "D. Imre"} <= set(notes.values())


def test_the_sheet_hides_what_scribe_said(here: Path) -> None:
    sheet = rows_of(here / "old" / "sample.csv")
    assert {each[name] for each in sheet for name in ("reviewer_1", "reviewer_2", "comment")} == {
        ""
    }


def test_the_workbook_holds_the_rows_of_the_sheet(here: Path) -> None:
    book = openpyxl.load_workbook(here / "old" / "sample.xlsx", read_only=True)
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    book.close()
    sheet = rows_of(here / "old" / "sample.csv")
    assert [row[5] for row in rows[1:]] == [each["item"] for each in sheet]


def test_the_same_seed_draws_the_same_notes(here: Path, command: Command) -> None:
    before = {name: (here / "old" / name).read_bytes() for name in ("sample.csv", "sample.xlsx")}
    command("audit", "sample", "old", "--sample", 12, "--seed", 3, "--by", "surgeon", cwd=here)
    assert {name: (here / "old" / name).read_bytes() for name in before} == before


def tool_answers(folder: Path) -> dict[tuple[str, str, str], str]:
    found = {
        (each["file"], each["part"], each["item"]): each["status"]
        for each in rows_of(folder / "items.csv")
        if each["list"] != "report"
    }
    for each in rows_of(folder / "notes.csv"):
        found[each["file"], each["part"], "code"] = each["code"] or each["decision"]
    return found


@pytest.fixture
def filled(here: Path, tmp_path: Path) -> Path:
    """A sheet in which the first reviewer agrees always, and the second never about the pedicle."""
    sheet = rows_of(here / "old" / "sample.csv")
    tool = tool_answers(here / "old")
    for each in sheet:
        said = tool[each["file"], each["part"], each["item"]]
        each["reviewer_1"] = said.upper().replace("_", " ")
        if each["item"] == "vascular_pedicle":
            each["reviewer_2"] = "contradicted"
    path = tmp_path / "filled.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(sheet[0]))
        writer.writeheader()
        writer.writerows(sheet)
    return path


def as_workbook(path: Path) -> Path:
    book = openpyxl.Workbook()
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file):
            book.active.append([int(each) if each.isdigit() else each for each in row])
    book.save(path.with_suffix(".xlsx"))
    return path.with_suffix(".xlsx")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_agreement_is_told_by_item_and_pair_with_every_miss(
    here: Path, filled: Path, kind: str, command: Command
) -> None:
    sheet = filled if kind == "csv" else as_workbook(filled)
    done = command("audit", "agree", sheet, "--audit", "old", "--format", "json", cwd=here)
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    by_pair = {(each["item"], each["one"], each["other"]): each for each in found["agreement"]}
    everything = by_pair["all", "reviewer_1", "scribe"]
    assert (everything["same"], everything["kappa"]) == (everything["notes"], 1.0)
    pedicle = by_pair["vascular_pedicle", "reviewer_2", "scribe"]
    assert pedicle["same"] == 0
    assert len(found["misses"]) == pedicle["notes"] > 0
    assert {each["said"] for each in found["misses"]} == {"contradicted"}


def test_agreement_for_people_is_a_table(here: Path, filled: Path, command: Command) -> None:
    done = command("audit", "agree", filled, "--audit", "old", cwd=here)
    assert done.stdout.startswith("item")
    assert "Where a reviewer and scribe differ" in done.stdout


SHEETS = {
    "blank": ("old/sample.csv", "no answers"),
    "another table": ("old/failures.csv", "not a review sheet"),
    "no table": ("old/run.json", "not a review sheet"),
    "gone": ("old/gone.csv", "cannot be read"),
}


@pytest.mark.parametrize(("sheet", "words"), SHEETS.values(), ids=SHEETS.keys())
def test_a_sheet_that_cannot_be_used_is_refused(
    here: Path, command: Command, sheet: str, words: str
) -> None:
    done = command("audit", "agree", sheet, "--audit", "old", cwd=here)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert words in done.stderr


def test_an_answer_that_is_none_is_refused_by_its_row(
    here: Path, filled: Path, command: Command
) -> None:
    filled.write_text(filled.read_text("utf-8").replace("contradicted", "perhaps"), "utf-8")
    done = command("audit", "agree", filled, "--audit", "old", cwd=here)
    assert done.returncode == 2
    assert "holds an answer that is none of" in done.stderr


def test_a_sheet_away_from_its_audit_asks_for_it(
    here: Path, filled: Path, tmp_path: Path, command: Command
) -> None:
    away = tmp_path / "sheet.csv"
    away.write_bytes(filled.read_bytes())
    done = command("audit", "agree", away, cwd=here)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith("not beside its audit; name the folder with --audit DIR\n")
