"""How far reviewers and scribe agree on the notes of a review sheet."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from scribe.batch.finished import Key, Row, items_of, key_of, notes_of, run_of
from scribe.batch.libraries import check_libraries
from scribe.batch.row import REPORT
from scribe.batch.sample import CODE_ITEM, REVIEWERS, STATUSES
from scribe.batch.statistics import kappa
from scribe.discretion import printable
from scribe.errors import AuditError
from scribe.types.suggestion import Decision

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TOOL = "scribe"
_NEEDED = ("id", "file", "part", "item", *REVIEWERS)
_ZIP = b"PK\x03\x04"
_MOST_SHOWN = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Two readers on one item.

    Attributes:
        item: The item, or ``all``.
        one: A reviewer.
        other: The other reviewer, or ``scribe``.
        notes: How many notes both judged.
        same: In how many they said the same.
        kappa: Cohen's kappa, or None where nothing could differ by chance.
    """

    item: str
    one: str
    other: str
    notes: int
    same: int
    kappa: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """One judgement of a reviewer that is not scribe's."""

    note_id: str
    file: str
    part: str
    item: str
    reviewer: str
    said: str
    tool: str

    @property
    def name(self) -> str:
        """The place with its part."""
        return f"{self.file}#{self.part}" if self.part else self.file


def agreement(sheet: Path, folder: Path) -> tuple[list[Agreement], list[Miss]]:
    """Compare a filled review sheet with the audit that it was drawn from.

    Args:
        sheet: CSV or workbook.
        folder: Of the audit.

    Returns: The agreement by item and pair of readers, all items together last, and every miss.

    Raises:
        AuditError: The sheet cannot be read, is empty, or holds answers that are none.
    """
    check_libraries()
    run_of(folder)
    answers: defaultdict[str, defaultdict[tuple[str, str], list[tuple[str, str]]]]
    answers = defaultdict(lambda: defaultdict(list))
    misses: list[Miss] = []
    rows = list(_sheet_rows(sheet))
    said_by_tool = _tool_answers(folder, {key_of(each) for each in rows})
    for number, row in enumerate(rows, 2):
        tool = said_by_tool.get((key_of(row), row["item"]))
        if tool is None:
            msg = f"{printable(str(sheet))}: row {number} is not of this audit; give its folder with --audit"
            raise AuditError(msg)
        said = {name: _answer(row[name], row["item"], sheet, number) for name in REVIEWERS}
        given = {**{name: words for name, words in said.items() if words}, TOOL: tool}
        names = list(given)
        for at, one in enumerate(names):
            for other in names[at + 1 :]:
                for item in (row["item"], "all"):
                    answers[item][one, other].append((given[one], given[other]))
        misses += [
            Miss(note_id=row["id"], file=row["file"], part=row["part"], item=row["item"], reviewer=name, said=words, tool=tool)
            for name, words in said.items()
            if words and words != tool
        ]  # fmt: skip
    if not answers:
        msg = (
            f"{printable(str(sheet))}: no answers in {' and '.join(REVIEWERS)}; fill them in first"
        )
        raise AuditError(msg)
    order = sorted(answers, key=lambda item: (item == "all", item))
    return [
        Agreement(
            item=item,
            one=one,
            other=other,
            notes=len(pairs),
            same=sum(left == right for left, right in pairs),
            kappa=kappa(pairs),
        )
        for item in order
        for (one, other), pairs in sorted(answers[item].items())
    ], misses


def _tool_answers(folder: Path, wanted: set[Key]) -> dict[tuple[Key, str], str]:
    found = {
        (key_of(each), each["item"]): each["status"]
        for each in items_of(folder)
        if each["list"] != REPORT and key_of(each) in wanted
    }
    for note in notes_of(folder):
        if key_of(note) in wanted:
            found[key_of(note), CODE_ITEM] = note["code"] or note["decision"]
    return found


def _answer(words: str, item: str, sheet: Path, number: int) -> str:
    """Return an answer as scribe would write it.

    Raises:
        AuditError: It is no status, and for the code no code, ``query`` or ``none``.
    """
    plain = words.strip().lower().replace(" ", "_").removesuffix(".0")
    if not plain:
        return ""
    is_code = plain.isdecimal() or plain in (Decision.QUERY.value, Decision.NONE.value)
    if is_code if item == CODE_ITEM else plain in STATUSES:
        return plain
    choices = "a code, query or none" if item == CODE_ITEM else ", ".join(STATUSES)
    msg = (
        f"{printable(str(sheet))}: row {number} holds an answer that is none of {choices}; mend it"
    )
    raise AuditError(msg)


def _sheet_rows(sheet: Path) -> Iterator[Row]:
    try:
        with sheet.open("rb") as file:
            is_workbook = file.read(4) == _ZIP
        rows = list(_workbook_rows(sheet) if is_workbook else _csv_rows(sheet))
    except (OSError, csv.Error, UnicodeDecodeError, KeyError, ValueError):
        msg = f"{printable(str(sheet))}: cannot be read; give a sheet that --sample wrote, as CSV or XLSX"
        raise AuditError(msg) from None
    if not rows or any(name not in rows[0] for name in _NEEDED):
        msg = f"{printable(str(sheet))}: not a review sheet; columns needed: {', '.join(_NEEDED)}"
        raise AuditError(msg)
    yield from rows


def _csv_rows(sheet: Path) -> Iterator[Row]:
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        head = file.readline()
        file.seek(0)
        delimiter = ";" if head.count(";") > head.count(",") else ","
        for row in csv.DictReader(file, delimiter=delimiter):
            yield {name: words or "" for name, words in row.items() if isinstance(name, str)}


def _workbook_rows(sheet: Path) -> Iterator[Row]:
    import openpyxl

    book = openpyxl.load_workbook(sheet, read_only=True, data_only=True)
    rows = book.worksheets[0].iter_rows(values_only=True)
    head = [str(each) for each in next(rows, ())]
    for row in rows:
        cells = ["" if each is None else str(each) for each in row]
        yield dict(zip(head, cells, strict=False))
    book.close()


def agreement_as_data(found: list[Agreement], misses: list[Miss]) -> dict[str, Any]:
    """Return everything as plain data."""
    return {
        "schema": "scribe.agreement/1",
        "agreement": [asdict(each) for each in found],
        "misses": [asdict(each) for each in misses],
    }


def agreement_as_text(found: list[Agreement], misses: list[Miss]) -> str:
    """Return a table for a terminal, and the first misses."""
    width = max(len(each.item) for each in found)
    lines = [f"{'item':{width}}  {'readers':24}  notes  same  kappa"]
    for each in found:
        level = "    -" if each.kappa is None else f"{each.kappa:5.2f}"
        readers = f"{each.one}, {each.other}"
        lines.append(
            f"{each.item:{width}}  {readers:24}  {each.notes:5}  {each.same / each.notes:4.0%}  {level}"
        )
    if misses:
        lines += ["", "Where a reviewer and scribe differ"]
        lines += [
            f"  {each.note_id} ({each.name}), {each.item}: {each.reviewer} {each.said}, scribe {each.tool}"
            for each in misses[:_MOST_SHOWN]
        ]
        if len(misses) > _MOST_SHOWN:
            lines.append(f"  and {len(misses) - _MOST_SHOWN} more; --format json has all")
    return "\n".join(lines) + "\n"
