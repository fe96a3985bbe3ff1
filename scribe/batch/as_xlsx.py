"""The audit as a workbook for people: sums first, then the worklist, then every note."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from scribe.batch.outputs import FAILURE_COLUMNS, SEVERITIES, failure_values, note_values
from scribe.batch.row import REPORT
from scribe.batch.summary import shown_groups

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from scribe.batch.journal import Journal
    from scribe.batch.statistics import Share
    from scribe.batch.summary import GroupSum, Summary

_MOST_ROWS = 1_048_575
_LONGEST_CELL = 32_767
_NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)
_WIDEST = 60
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


def write_xlsx(path: Path, summary: Summary, journal: Journal, columns: Sequence[str]) -> None:
    """Write the workbook; its bytes depend on the audit only.

    Args:
        path: Where to; its folder also holds the parts while they are written.
        summary: The sums.
        journal: The record, for the sheets of notes and failures.
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
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"title": "Audit of operative notes", "created": _NO_TIME})
        head = book.add_format({"bold": True, "bottom": 1})
        for name, titles, rows in _sheets(summary, journal, columns):
            _write(book, head, name, titles, rows)


def _sheets(
    summary: Summary, journal: Journal, columns: Sequence[str]
) -> Iterator[tuple[str, Sequence[str], Iterable[Sequence[Any]]]]:
    yield "Summary", ("what", "count"), _sums(summary)
    yield "Worklist", ("gap", "id", "file", "decision", "code in question", "surgeon", "date", "lacks", "report"), (
        (each.gap, each.note_id, each.name, each.decision, each.asked, each.surgeon, each.date, "; ".join(each.lacks), each.page)
        for each in summary.worklist
    )  # fmt: skip
    yield (
        "Items",
        ("list", "item", "label", "asked of", "missing", "partial", "contradicted"),
        (
            (
                each.owner or "code",
                each.item,
                each.label,
                each.asked,
                *(each.statuses[status] for status in ("missing", "partial", "contradicted")),
            )
            for each in [*summary.most_missed(), *summary.most_missed(REPORT)]
        ),
    )
    yield (
        "Findings",
        ("kind", "notes", "findings"),
        (
            (kind, summary.notes_with_kind[kind], count)
            for kind, count in sorted(summary.kinds.items())
        ),
    )
    yield "Surgeons", ("surgeon", *_GROUP), _groups(summary.surgeons)
    yield "Months", ("month", *_GROUP), _groups(summary.months)
    yield (
        "Notes",
        columns,
        (note_values(each, columns) for each in journal.entries() if each.kind is None),
    )
    yield (
        "Failures",
        FAILURE_COLUMNS,
        (failure_values(each) for each in journal.entries() if each.kind is not None),
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


def _write(
    book: Any, head: Any, name: str, titles: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Write a sheet, and another of the same kind where Excel's last row is reached."""
    sheet = None
    for number, row in enumerate(rows):
        at = number % _MOST_ROWS
        if at == 0:
            sheet = _start(
                book,
                head,
                name if number < _MOST_ROWS else f"{name} {number // _MOST_ROWS + 1}",
                titles,
            )
        _write_row(sheet, at + 1, row)
    if sheet is None:
        _start(book, head, name, titles)


def _start(book: Any, head: Any, name: str, titles: Sequence[str]) -> Any:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for at, title in enumerate(titles):
        sheet.set_column(at, at, min(max(len(title) + 2, 10), _WIDEST))
        sheet.write_string(0, at, title, head)
    return sheet


def _write_row(sheet: Any, at: int, row: Sequence[Any]) -> None:
    for column, cell in enumerate(row):
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            sheet.write_number(at, column, cell)
        elif cell is not None:
            words = ("yes" if cell else "no") if isinstance(cell, bool) else str(cell)
            sheet.write_string(at, column, words[:_LONGEST_CELL])
