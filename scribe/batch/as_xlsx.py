"""The audit as a workbook for people: sums first, then the worklist, then every note."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from scribe.batch.outputs import FAILURE_COLUMNS, SEVERITIES
from scribe.batch.row import REPORT, SHORT
from scribe.batch.summary import shown_groups

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from scribe.batch.statistics import Share
    from scribe.batch.summary import GroupSum, Summary, Task

_MOST_ROWS = 1_048_575
_LONGEST_CELL = 32_767
_NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)
_WIDEST = 60
_WIDTHS = {
    "lacks": 60,
    "file": 34,
    "label": 46,
    "reason": 60,
    "report": 28,
    "why": 60,
    "what": 34,
    "surgeon": 22,
}
_GROUP = (
    "notes",
    "with a code in question",
    "complete for the code",
    "low",
    "high",
    "report complete",
    "low",
    "high",
)
_TITLES: dict[str, Sequence[str]] = {
    "Summary": ("what", "count"),
    "Worklist": (
        *("gap", "id", "file", "decision", "code in question", "surgeon", "date", "lacks"),
        "report",
    ),
    "Items": ("list", "item", "label", "asked of", *SHORT),
    "Findings": ("kind", "notes", "findings"),
    "Surgeons": ("surgeon", *_GROUP),
    "Months": ("month", *_GROUP),
}


class _Link(str):
    """A path relative to the workbook, to click on; never a formula."""

    __slots__ = ()


class Workbook:
    """The workbook while it is written; its bytes depend on the audit only.

    Sheets stand in the order in which they are opened, and can be filled in any.
    """

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        """Open the workbook with its sheets.

        Args:
            path: Where to; its folder also holds the parts while they are written.
            columns: Of the sheet of notes, as ``note_columns`` gives them.
        """
        import xlsxwriter

        options = {
            "constant_memory": True,
            "tmpdir": str(path.parent),
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self._book = xlsxwriter.Workbook(str(path), options)
        self._book.set_properties({"title": "Audit of operative notes", "created": _NO_TIME})
        head = self._book.add_format({"bold": True, "bottom": 1})
        titles = {**_TITLES, "Notes": columns, "Failures": FAILURE_COLUMNS}
        self._sheets = {name: _Sheet(self._book, head, name, each) for name, each in titles.items()}

    def __enter__(self) -> Workbook:
        """Begin."""
        return self

    def __exit__(self, *failure: object) -> None:
        """Write the file."""
        self._book.close()

    def write_note(self, values: Sequence[Any]) -> None:
        """Write a note, as ``note_values`` gives it."""
        self._sheets["Notes"].write(values)

    def write_failure(self, values: Sequence[Any]) -> None:
        """Write a failure, as ``failure_values`` gives it."""
        self._sheets["Failures"].write(values)

    def write_sums(self, summary: Summary) -> None:
        """Fill the sheets that say what all notes say together."""
        for name, rows in _rows(summary):
            for row in rows:
                self._sheets[name].write(row)


class _Sheet:
    """One sheet, and another of the same kind where Excel's last row is reached."""

    def __init__(self, book: Any, head: Any, name: str, titles: Sequence[str]) -> None:
        self._book, self._head, self._name, self._titles = book, head, name, titles
        self._number = 0
        self._sheet = self._start(name)

    def _start(self, name: str) -> Any:
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for at, title in enumerate(self._titles):
            width = _WIDTHS.get(title, min(max(len(title) + 2, 10), _WIDEST))
            sheet.set_column(at, at, width)
            sheet.write_string(0, at, title, self._head)
        return sheet

    def write(self, row: Sequence[Any]) -> None:
        at = self._number % _MOST_ROWS
        if self._number and at == 0:
            self._sheet = self._start(f"{self._name} {self._number // _MOST_ROWS + 1}")
        self._number += 1
        _write_row(self._sheet, at + 1, row)


def _rows(summary: Summary) -> Iterator[tuple[str, Iterable[Sequence[Any]]]]:
    """Yield the rows of every sheet of sums, as ``_TITLES`` names their cells."""
    yield "Summary", _sums(summary)
    yield "Worklist", map(_task_row, summary.worklist)
    missed = [*summary.most_missed(), *summary.most_missed(REPORT)]
    yield "Items", (
        (each.owner or "code", each.item, each.label, each.asked, *(each.statuses[status] for status in SHORT))
        for each in missed
    )  # fmt: skip
    kinds = sorted(summary.kinds.items())
    yield "Findings", ((kind, summary.notes_with_kind[kind], count) for kind, count in kinds)
    yield "Surgeons", _groups(summary.surgeons)
    yield "Months", _groups(summary.months)


def _task_row(task: Task) -> Sequence[Any]:
    return (
        *(task.gap, task.note_id, task.name, task.decision, task.asked, task.surgeon, task.date),
        "; ".join(task.lacks),
        _Link(task.page) if task.page else None,
    )


def _sums(summary: Summary) -> Iterator[tuple[str, int]]:
    yield "notes", summary.notes
    yield "with the same content as another", summary.duplicates
    yield "not readable", summary.failed
    yield "with a gap to fix", summary.to_fix
    yield from ((f"decision: {name}", count) for name, count in sorted(summary.decisions.items()))
    yield from ((f"code: {code}", count) for code, count in sorted(summary.codes.items()))
    yield from ((f"findings: {each}", summary.severities[each]) for each in SEVERITIES)


def _groups(groups: dict[str, GroupSum]) -> Iterator[tuple[Any, ...]]:
    for name, group in shown_groups(groups):
        shares = (group.share_complete, group.share_report)
        yield (name, group.notes, group.asked, *(cell for each in shares for cell in _share(each)))


def _share(share: Share | None) -> tuple[float | None, ...]:
    return (share.value, share.low, share.high) if share else (None, None, None)


def _write_row(sheet: Any, at: int, row: Sequence[Any]) -> None:
    for column, cell in enumerate(row):
        if cell is None:
            continue
        if isinstance(cell, _Link):
            sheet.write_url(at, column, f"external:{cell}", string=str(cell))
        elif isinstance(cell, str):
            sheet.write_string(at, column, cell[:_LONGEST_CELL])
        elif isinstance(cell, bool):
            sheet.write_string(at, column, "yes" if cell else "no")
        else:
            sheet.write_number(at, column, cell)
