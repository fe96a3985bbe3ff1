"""The tables and the page of a finished audit, read with other programs and opened in a real browser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from pyarrow import parquet

from tests.support.tables import rows_of

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator

CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture(scope="module")
def out(
    tmp_path_factory: pytest.TempPathFactory,
    command: Callable[..., subprocess.CompletedProcess[str]],
    root: Path,
) -> Path:
    folder = tmp_path_factory.mktemp("report") / "out"
    done = command("audit", root / "sample_notes", "--out", folder)
    assert (done.returncode, done.stderr) == (0, "")
    return folder


@pytest.fixture(scope="module")
def notes(out: Path) -> list[dict[str, str]]:
    return rows_of(out / "notes.csv")


def test_the_sample_notes_are_all_there(notes: list[dict[str, str]]) -> None:
    formats = {each["format"] for each in notes}
    assert formats == {"text", "docx", "pdf", "rtf", "html", "fhir", "ccda", "hl7v2"}
    assert sum(each["file"].endswith("forty.csv") for each in notes) == 40


def test_the_story_says_the_same_in_every_format(notes: list[dict[str, str]]) -> None:
    names = ("decision", "code", "score", "report_score", "items", "kinds", "surgeon", "date")
    story = [each for each in notes if each["id"] == "typed_with_skin"]
    assert len(story) == 8
    assert len({tuple(each[name] for name in names) for each in story}) == 1


def test_the_parquet_file_says_what_the_csv_says(out: Path, notes: list[dict[str, str]]) -> None:
    table = parquet.read_table(out / "audit.parquet")
    assert table.column_names == list(notes[0])
    for name in ("id", "file", "decision", "code", "score", "date"):
        cells = ["" if each is None else str(each) for each in table[name].to_pylist()]
        assert cells == [each[name] for each in notes]


def test_numbers_and_dates_of_the_parquet_file_are_typed(out: Path) -> None:
    schema = parquet.read_schema(out / "audit.parquet")
    assert [str(schema.field(each).type) for each in ("score", "date", "confidence")] == [
        "int32",
        "date32[day]",
        "double",
    ]


def test_the_workbook_opens_and_holds_every_note(out: Path, notes: list[dict[str, str]]) -> None:
    book = openpyxl.load_workbook(out / "audit.xlsx", read_only=True)
    assert book.sheetnames == [
        *("Summary", "Worklist", "Items", "Findings", "Surgeons", "Months", "Notes", "Failures"),
    ]
    rows = list(book["Notes"].iter_rows(values_only=True))
    assert [row[0] for row in rows[1:]] == [each["id"] for each in notes]
    book.close()


def test_the_worklist_of_the_workbook_leads_to_the_reports(out: Path) -> None:
    book = openpyxl.load_workbook(out / "audit.xlsx")
    cells = [row[-1] for row in book["Worklist"].iter_rows(min_row=2)]
    targets = [each.hyperlink.target.replace("\\", "/") for each in cells]  # as Excel writes them
    assert targets == [each.value for each in cells]
    assert all((out / each.value).is_file() for each in cells)
    book.close()


def test_the_record_knows_versions_counts_and_hashes(
    out: Path, notes: list[dict[str, str]]
) -> None:
    run = json.loads((out / "run.json").read_text("utf-8"))
    line = json.loads((out / "results.jsonl").read_text("utf-8").splitlines()[0])
    made = {"version": run["scribe"], "rules": run["rules"], **run["models"]}
    assert (run["schema"], made) == ("scribe.audit/1", line["engine"])
    assert run["counts"]["notes"] == len(notes)
    assert set(run["sha256"]) == {
        *("results.jsonl", "notes.csv", "items.csv", "failures.csv"),
        *("audit.parquet", "audit.xlsx", "report.html"),
    }


@pytest.fixture(scope="module")
def page(out: Path) -> Iterator[dict[str, Any]]:
    """The report in a browser, with everything that it asked for and complained of."""
    if not CHROMIUM.exists():
        pytest.skip(f"no browser at {CHROMIUM}; install the Debian package chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as tools:
        browser = tools.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--headless"]
        )
        opened = browser.new_page(viewport={"width": 1100, "height": 900})
        asked: list[str] = []
        said: list[str] = []
        opened.on("request", lambda request: asked.append(request.url))
        opened.on("console", lambda message: said.append(message.text))
        opened.on("pageerror", lambda error: said.append(str(error)))
        opened.goto((out / "report.html").as_uri())
        yield {"page": opened, "asked": asked, "said": said}
        browser.close()


def test_the_page_loads_nothing_but_itself(page: dict[str, Any], out: Path) -> None:
    assert page["asked"][0] == (out / "report.html").as_uri()
    assert [each for each in page["asked"] if not each.startswith("file://")] == []
    assert page["said"] == []


def test_the_plots_are_drawn_in_the_page(page: dict[str, Any]) -> None:
    boxes = [each.bounding_box() for each in page["page"].locator("figure svg").all()]
    assert len(boxes) == 9
    assert all(box["width"] > 200 and box["height"] > 40 for box in boxes)


def test_no_id_is_given_twice(page: dict[str, Any]) -> None:
    ids = page["page"].evaluate("[...document.querySelectorAll('[id]')].map(each => each.id)")
    assert len(ids) == len(set(ids)) > 0


def test_the_page_fits_its_window(page: dict[str, Any]) -> None:
    assert page["page"].evaluate("document.documentElement.scrollWidth") <= 1100


def test_the_first_task_leads_to_the_report_of_its_note(page: dict[str, Any]) -> None:
    opened = page["page"]
    link = opened.locator("#worklist td.name a").first
    name = link.inner_text()
    link.click()
    assert opened.locator("header .soft").inner_text() == f"Note {name}"
    opened.go_back()


def test_a_surgeon_with_few_notes_is_not_shown(page: dict[str, Any]) -> None:
    words = page["page"].locator("#surgeons").inner_text()
    assert "B. Tolliver" in words
    assert "D. Imre" not in words
