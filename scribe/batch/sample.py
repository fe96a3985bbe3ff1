"""Draw notes for review by people, and write the sheets that they fill in without seeing what scribe said."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from scribe.batch.finished import Key, Row, items_of, key_of, notes_of, run_of
from scribe.batch.folder import whole_file
from scribe.batch.libraries import check_libraries
from scribe.batch.row import REPORT
from scribe.render.as_csv import write_csv
from scribe.types.checklist import ItemStatus
from scribe.types.suggestion import Decision

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from scribe.rules.pack import RulePack

SHEET = "sample.csv"
SHEET_WORKBOOK = "sample.xlsx"
CODE_ITEM = "code"
REVIEWERS = ("reviewer_1", "reviewer_2")
COLUMNS = ("sample", "id", "file", "part", "stratum", "item", "question", *REVIEWERS, "comment")
STATUSES = tuple(each.value for each in ItemStatus)
STRATA = ("surgeon", "month", "decision", "code")
_CODE_QUESTION = (
    "Which code does the note support? A code, query (the surgeon has to be asked), or none"
)
_MONTH = 7
_NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)
_WIDTHS = (8, 18, 34, 6, 18, 26, 46, 16, 16, 40)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """One note that was drawn."""

    row: Row
    stratum: str


def draw_sample(folder: Path, size: int, seed: int, by: str | None) -> list[Drawn]:
    """Draw notes from a finished audit; a content that came twice can be drawn once.

    Strata get places in proportion to their notes, and one at least where there are enough. The same audit and seed give
    the same notes, and a note's luck depends on its name only, not on the other notes.

    Args:
        folder: Of the audit.
        size: How many notes.
        seed: Any number.
        by: ``surgeon``, ``month``, ``decision`` or ``code``; None for one stratum.
    """
    check_libraries()
    run_of(folder)
    strata: defaultdict[str, list[tuple[bytes, Key]]] = defaultdict(list)
    for row in notes_of(folder):
        if not row["same_as"]:
            strata[_stratum(row, by)].append((_luck(seed, row), key_of(row)))
    places = allocate({name: len(notes) for name, notes in strata.items()}, size)
    chosen = {
        key: name
        for name, notes in strata.items()
        for _, key in sorted(notes)[: places[name]]
    }  # fmt: skip
    return [
        Drawn(row=row, stratum=chosen[key_of(row)])
        for row in notes_of(folder)
        if key_of(row) in chosen
    ]


def _stratum(row: Row, by: str | None) -> str:
    if by is None:
        return "all"
    found = row["date"][:_MONTH] if by == "month" else row[by]
    return found or "not stated"


def _luck(seed: int, row: Row) -> bytes:
    return hashlib.sha256(f"{seed}\0{row['file']}\0{row['part']}".encode()).digest()


def allocate(sizes: Mapping[str, int], size: int) -> dict[str, int]:
    """Share out places in proportion, by largest remainders, at least one a stratum where there are enough.

    Args:
        sizes: How many notes each stratum has.
        size: How many places there are.
    """
    total = sum(sizes.values())
    size = min(size, total)
    least = 1 if size >= len(sizes) else 0
    exact = {name: size * count / total for name, count in sizes.items()}
    places = {name: min(sizes[name], max(least, int(exact[name]))) for name in sizes}
    ranked = sorted(sizes, key=lambda name: (int(exact[name]) - exact[name], name))
    while sum(places.values()) < size:
        for name in ranked:
            if sum(places.values()) < size and places[name] < sizes[name]:
                places[name] += 1
    for name in sorted(sizes, key=lambda each: (-places[each], each)):
        while sum(places.values()) > size and places[name] > least:
            places[name] -= 1
    return places


def write_sheets(folder: Path, drawn: Sequence[Drawn], pack: RulePack) -> None:
    """Write the review sheets into the folder of the audit, as CSV and as a workbook with lists to choose from.

    Args:
        folder: Of the audit.
        drawn: The notes.
        pack: The rules, for the codes to choose from.
    """
    rows = _rows(folder, drawn)
    with whole_file(folder / SHEET) as path, path.open("w", encoding="utf-8", newline="") as file:
        write_csv(file, COLUMNS, rows)
    with whole_file(folder / SHEET_WORKBOOK) as path:
        _write_workbook(path, rows, (*pack.codes, Decision.QUERY.value, Decision.NONE.value))


def _rows(folder: Path, drawn: Sequence[Drawn]) -> list[tuple[Any, ...]]:
    wanted = {key_of(each.row) for each in drawn}
    items: defaultdict[Key, list[Row]] = defaultdict(list)
    for item in items_of(folder):
        if key_of(item) in wanted and item["list"] != REPORT:
            items[key_of(item)].append(item)
    rows = []
    for number, each in enumerate(drawn, 1):
        row = each.row
        start = (number, row["id"], row["file"], row["part"], each.stratum)
        blank = ("", "", "")
        rows.append((*start, CODE_ITEM, _CODE_QUESTION, *blank))
        rows += [
            (*start, item["item"], item["label"], *blank) for item in items[key_of(row)]
        ]  # fmt: skip
    return rows


def _write_workbook(path: Path, rows: Sequence[tuple[Any, ...]], codes: Sequence[str]) -> None:
    import xlsxwriter

    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"title": "Review sheet", "created": _NO_TIME})
        sheet = book.add_worksheet("Review")
        head = book.add_format({"bold": True, "bottom": 1})
        blank = book.add_format({"bg_color": "#FFF8DC", "border": 1})
        sheet.freeze_panes(1, 0)
        for at, (title, width) in enumerate(zip(COLUMNS, _WIDTHS, strict=True)):
            sheet.set_column(at, at, width)
            sheet.write_string(0, at, title, head)
        first = COLUMNS.index(REVIEWERS[0])
        for at, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                if cell != "":
                    sheet.write(at, column, cell)
            choices = codes if row[COLUMNS.index("item")] == CODE_ITEM else STATUSES
            for column in range(first, first + len(REVIEWERS)):
                sheet.write_blank(at, column, None, blank)
                sheet.data_validation(at, column, at, column, {"validate": "list", "source": list(choices)})  # fmt: skip
