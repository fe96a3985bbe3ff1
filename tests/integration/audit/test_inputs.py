"""One run over real files of every kind, good and hostile: each is a result or one failed row, and the run ends well."""

from __future__ import annotations

import csv
import json
import os
from typing import TYPE_CHECKING, Any

import pyarrow as arrow
import pytest
from pyarrow import parquet

from tests.support.clinical import make_ccda, make_fhir, make_hl7v2, make_html
from tests.support.documents import (
    lock_pdf,
    lock_zip,
    make_docx,
    make_pdf,
    make_rtf,
    make_scan,
    make_zip,
)
from tests.support.tables import rows_of

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

SECRET = "Quenzelbrook"  # noqa: S105 - a word to look for
ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
)


def fill_good(folder: Path, typed: str, plain: str, draft: str) -> None:
    lines = typed.splitlines()
    folder.mkdir()
    (folder / "deep" / "er").mkdir(parents=True)
    (folder / "deep" / "er" / "typed.txt").write_text(typed, "utf-8")
    (folder / "draft.md").write_text(draft, "utf-8")
    (folder / "same.txt").write_text(typed, "utf-8")
    (folder / "note.md").write_text(f"# {plain}", "utf-8")
    (folder / "word.docx").write_bytes(make_docx(lines))
    (folder / "really_a_pdf.docx").write_bytes(make_pdf(lines))
    (folder / "rich.rtf").write_bytes(make_rtf(lines))
    (folder / "page.html").write_bytes(make_html(lines))
    (folder / "resource.json").write_bytes(make_fhir(lines, indent=1))
    (folder / "document.xml").write_bytes(make_ccda(lines))
    (folder / "message.hl7").write_bytes(make_hl7v2(lines))
    (folder / "batch.hl7").write_bytes(
        b"\xef\xbb\xbf" + make_hl7v2([*lines, "A."]) + make_hl7v2([*lines, "B."])
    )
    (folder / "bulk.ndjson").write_bytes(
        b'{"resourceType": "Patient"}\n' + make_fhir([*lines, "C."], name="ref-7") + b"{cut\n"
    )
    (folder / "a\nb.txt").write_text(f"{plain}\nNewline.", "utf-8")
    (folder / "month.zip").write_bytes(
        make_zip({
            "m/one.docx": make_docx([*lines, "Member."]),
            "m/two.txt": plain.encode(),
            "m/three.csv": f"text,id\n{'a note about a fibula flap'},t-1\n".encode(),
        })
    )  # fmt: skip
    with (folder / "table.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "surgeon", "date", "text"])
        writer.writerow(["c-1", "Dr. T. Vega", "2025-02-03", f"{typed} Row."])
        writer.writerow(["c-2", "T. Vega", "", plain])
    (folder / "lines.jsonl").write_text(
        json.dumps({"text": f"{plain} Json.", "id": 7, "surgeon": "K. Oke"}) + "\n{broken\n",
        "utf-8",
    )
    table = arrow.table({"text": [f"{plain} Parquet.", None], "id": ["p-1", "p-2"], "more": [1, 2]})
    parquet.write_table(table, folder / "export.parquet")


def fill_hostile(folder: Path, typed: str) -> None:
    folder.mkdir()
    word = make_docx([SECRET, *typed.splitlines()])
    paper = make_pdf([SECRET])
    files = {
        "bomb.docx": make_zip({"word/document.xml": b" " * (150 * 1024 * 1024)}),
        "bomb.zip": make_zip({"a.txt": b" " * (150 * 1024 * 1024)}),
        "nested.zip": make_zip({"inner.zip": make_zip({"a.txt": SECRET.encode()})}),
        "locked.zip": lock_zip(make_zip({"a.txt": SECRET.encode()})),
        "entities.xml": ENTITIES.replace(b"<x>", b"<ClinicalDocument>"),
        "cut.xml": make_ccda([SECRET])[:-60],
        "cut.json": make_fhir([SECRET], indent=1)[:-30],
        "entities.docx": make_zip({"word/document.xml": ENTITIES, "[Content_Types].xml": ENTITIES}),
        "locked.pdf": lock_pdf(paper, "secret"),
        "cut.pdf": paper[:-200],
        "cut.docx": word[: len(word) // 2],
        "cut.rtf": make_rtf([SECRET])[:-20],
        "scan.pdf": make_scan([SECRET]),
        "zero.txt": b"",
        "huge.txt": b"a" * 50_000_000,
        "binary.txt": bytes(range(256)) * 20,
        "cut.parquet": b"PAR1" + SECRET.encode(),
        "no_text.parquet": b"",
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    parquet.write_table(arrow.table({"words": [SECRET]}), folder / "no_text.parquet")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "nowhere.txt").symlink_to(folder / "gone.txt")
    (folder / ".hidden.txt").write_text(SECRET, "utf-8")
    os.mkfifo(folder / "pipe.txt")
    locked = folder / "unreadable.txt"
    locked.write_text(SECRET, "utf-8")
    locked.chmod(0)


@pytest.fixture(scope="module")
def audited(
    tmp_path_factory: pytest.TempPathFactory,
    command: Callable[..., subprocess.CompletedProcess[str]],
    typed: str,
    plain: str,
    draft: str,
) -> dict[str, Any]:
    here = tmp_path_factory.mktemp("audit")
    fill_good(here / "good", typed, plain, draft)
    fill_hostile(here / "hostile", typed)
    done = command("audit", "good", "hostile", "--out", "out", "--jobs", 2, cwd=here)
    out = here / "out"
    lines = (out / "results.jsonl").read_bytes().split(b"\n")
    results = [json.loads(line) for line in lines if line]
    return {
        "done": done,
        "out": out,
        "results": results,
        "notes": {f"{each['file']}#{each['part']}": each for each in rows_of(out / "notes.csv")},
        "failures": {f"{each['file']}#{each['part']}": each for each in rows_of(out / "failures.csv")},
        "run": json.loads((out / "run.json").read_text("utf-8")),
    }  # fmt: skip


def test_the_run_ends_well_and_says_nothing_on_standard_error(audited: dict[str, Any]) -> None:
    assert (audited["done"].returncode, audited["done"].stderr) == (0, "")


# Place and part: id, format, and whether a code of the family is in question.
READ = {
    "good/deep/er/typed.txt#": ("typed", "text", True),
    "good/draft.md#": ("draft", "text", True),
    "good/same.txt#": ("same", "text", True),
    "good/note.md#": ("note", "text", False),
    "good/word.docx#": ("word", "docx", True),
    "good/really_a_pdf.docx#": ("really_a_pdf", "pdf", True),
    "good/rich.rtf#": ("rich", "rtf", True),
    "good/page.html#": ("page", "html", True),
    "good/resource.json#": ("resource", "fhir", True),
    "good/document.xml#": ("document", "ccda", True),
    "good/message.hl7#": ("message", "hl7v2", True),
    "good/batch.hl7#1": ("batch-1", "hl7v2", True),
    "good/batch.hl7#2": ("batch-2", "hl7v2", True),
    "good/bulk.ndjson#2": ("ref-7", "fhir", True),
    "good/a\nb.txt#": ("a?b", "text", False),
    "good/month.zip!/m/one.docx#": ("one", "docx", True),
    "good/month.zip!/m/two.txt#": ("two", "text", False),
    "good/month.zip!/m/three.csv#1": ("t-1", "text", False),
    "good/table.csv#1": ("c-1", "text", True),
    "good/table.csv#2": ("c-2", "text", False),
    "good/lines.jsonl#1": ("7", "text", False),
    "good/export.parquet#1": ("p-1", "text", False),
}


@pytest.mark.parametrize("name", READ)
def test_a_note_of_every_format_is_a_row(audited: dict[str, Any], name: str) -> None:
    note = audited["notes"][name]
    assert (note["id"], note["format"], note["asked"] != "") == READ[name]


def test_no_other_note_is_there(audited: dict[str, Any]) -> None:
    assert set(audited["notes"]) - {UNREADABLE} == set(READ)


UNREADABLE = "hostile/unreadable.txt#"  # the superuser reads it
FAILED = {
    "good/lines.jsonl#2": "not a JSON object",
    "good/export.parquet#2": "nothing in column 'text'",
    "good/bulk.ndjson#3": "not a FHIR resource",
    "hostile/entities.xml#": "entities",
    "hostile/cut.xml#": "damaged XML",
    "hostile/cut.json#": "damaged JSON",
    "hostile/bomb.docx#": "unpacks to more",
    "hostile/bomb.zip!/a.txt#": "unpacks to far more",
    "hostile/nested.zip!/inner.zip#": "archive inside an archive",
    "hostile/locked.zip!/a.txt#": "password",
    "hostile/entities.docx#": "entities",
    "hostile/locked.pdf#": "password",
    "hostile/cut.pdf#": "end is missing",
    "hostile/cut.docx#": "damaged",
    "hostile/cut.rtf#": "end is missing",
    "hostile/scan.pdf#": "page 2 of 2 is scanned",
    "hostile/zero.txt#": "empty",
    "hostile/huge.txt#": "larger than 10 MiB",
    "hostile/binary.txt#": "binary",
    "hostile/cut.parquet#": "damaged Parquet",
    "hostile/no_text.parquet#": "no column 'text'",
    "hostile/nowhere.txt#": "no such file",
    UNREADABLE: "permission denied",
}


@pytest.mark.parametrize("name", FAILED)
def test_a_hostile_file_is_one_failed_row_with_its_reason(
    audited: dict[str, Any], name: str
) -> None:
    if name == UNREADABLE and os.geteuid() == 0:
        pytest.skip("the superuser reads every file")
    assert FAILED[name] in audited["failures"][name]["reason"]


def test_no_other_file_failed(audited: dict[str, Any]) -> None:
    assert set(audited["failures"]) - set(FAILED) == set()


def test_no_word_of_a_note_is_in_the_failures(audited: dict[str, Any]) -> None:
    assert SECRET not in (audited["out"] / "failures.csv").read_text("utf-8")


def test_links_special_and_hidden_files_and_other_resources_are_passed_over_and_counted(
    audited: dict[str, Any],
) -> None:
    assert audited["run"]["skipped"] == 4


def test_there_is_a_contract_object_for_every_note_in_the_order_of_the_table(
    audited: dict[str, Any],
) -> None:
    table = [(each["id"], each["sha256"]) for each in audited["notes"].values()]
    assert [(each["note"]["id"], each["note"]["sha256"]) for each in audited["results"]] == table


def test_a_duplicate_names_the_first_and_is_analysed_once(audited: dict[str, Any]) -> None:
    run = audited["run"]
    assert audited["notes"]["good/same.txt#"]["same_as"] == "good/deep/er/typed.txt"
    assert run["counts"]["duplicates"] == 2
    assert run["this_run"]["analysed"] == len(audited["notes"]) - 2


def test_the_table_knows_surgeon_and_date_better_than_the_note(audited: dict[str, Any]) -> None:
    row = audited["notes"]["good/table.csv#1"]
    assert (row["surgeon"], row["date"]) == ("Dr. T. Vega", "2025-02-03")


def test_every_note_of_the_worklist_has_its_report(audited: dict[str, Any]) -> None:
    pages = [each["page"] for each in audited["notes"].values() if int(each["gap"] or 0) > 0]
    assert pages
    assert all(
        (audited["out"] / page).read_text("utf-8").startswith("<!doctype html>") for page in pages
    )


def test_the_text_is_not_kept_unless_asked_for(audited: dict[str, Any]) -> None:
    assert not (audited["out"] / "texts").exists()


def test_nothing_is_left_of_the_work(audited: dict[str, Any]) -> None:
    assert not (audited["out"] / ".scribe").exists()
