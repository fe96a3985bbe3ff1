"""The tables of an audit, written from its record in one pass each, so that memory does not grow with the archive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scribe.batch.folder import PAGES, whole_file
from scribe.batch.row import REPORT, SHORT
from scribe.render.as_csv import CsvTable
from scribe.types.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import ExitStack

    from scribe.batch.folder import Folder
    from scribe.batch.journal import Entry
    from scribe.rules.pack import RulePack

NOTES = "notes.csv"
ITEMS = "items.csv"
FAILURES = "failures.csv"
SEVERITIES = tuple(each.value for each in Severity)
_MET = "met"
_NOT_ASKED = "not_applicable"
ITEM_COLUMNS = ("file", "part", "id", "list", "item", "label", "required", "status", "why")
FAILURE_COLUMNS = ("file", "part", "id", "kind", "reason")


def note_columns(pack: RulePack) -> tuple[str, ...]:
    """Return the columns of the table of notes; items and elements come from the rules."""
    return (
        *("id", "file", "part", "surgeon", "date", "decision", "code", "asked", "alternatives"),
        *("score", "gap", "report_score", "items", "findings"),
        *(f"findings.{each}" for each in SEVERITIES),
        "kinds",
        *(f"item.{each}" for each in pack.requirements),
        *(f"report.{each.id}" for each in pack.report.elements),
        *("confidence", "format", "chars", "sha256", "same_as", "page"),
    )


def note_values(entry: Entry, columns: Sequence[str]) -> list[Any]:
    """Return the row of one note, as ``note_columns`` names its cells."""
    row = entry.row
    values: dict[str, Any] = {
        "id": entry.note_id,
        "file": entry.place,
        "part": entry.part or None,
        "alternatives": ";".join(row["alternatives"]),
        "gap": row["gap"] if row["asked"] else None,
        "items": _share_met(row["items"]),
        "findings": sum(row["severities"].values()),
        **{f"findings.{each}": row["severities"].get(each, 0) for each in SEVERITIES},
        "kinds": ";".join(f"{kind}={count}" for kind, count in row["kinds"].items()),
        "same_as": entry.same_as,
        "page": page_link(entry),
    }
    for owner, item, _, _, status, _ in row["items"]:
        values[f"report.{item}" if owner == REPORT else f"item.{item}"] = status
    return [values[name] if name in values else row.get(name) for name in columns]


def page_link(entry: Entry) -> str | None:
    """Return where the note's own report is, relative to the folder of results."""
    return f"{PAGES}/{entry.digest[:16]}.html" if entry.has_page else None


def _share_met(items: list[list[Any]]) -> str | None:
    """Return how many of the required items of the code in question are met, as ``8/11``."""
    asked = [each[4] for each in items if each[0] != REPORT and each[3] and each[4] != _NOT_ASKED]
    return f"{asked.count(_MET)}/{len(asked)}" if asked else None


def lacking(entry: Entry) -> tuple[str, ...]:
    """Return what the documentation of the code in question lacks: what is required, or else what is recommended.

    An item that is there in part, or contradicted, says so.
    """
    short = [each for each in entry.row["items"] if each[0] != REPORT and each[4] in SHORT]
    required = tuple(_words(label, status) for _, _, label, asked, status, _ in short if asked)
    return required or tuple(_words(each[2], each[4], "recommended") for each in short)


def _words(label: str, status: str, *more: str) -> str:
    notes = [*more, *([status] if status != SHORT[0] else [])]
    return f"{label} ({', '.join(notes)})" if notes else label


class CsvTables:
    """Notes, items and failures as CSV, written note by note."""

    def __init__(self, files: ExitStack, folder: Folder, columns: Sequence[str]) -> None:
        """Open the tables.

        Args:
            files: Closes them, and moves them to their places when all of it went well.
            folder: The folder of results.
            columns: As ``note_columns`` gives them.
        """

        def table(name: str, head: Sequence[str]) -> CsvTable:
            path = files.enter_context(whole_file(folder.path / name))
            return CsvTable(files.enter_context(path.open("w", encoding="utf-8", newline="")), head)

        self._notes, self._items = table(NOTES, columns), table(ITEMS, ITEM_COLUMNS)
        self._failures = table(FAILURES, FAILURE_COLUMNS)

    def write_note(self, entry: Entry, values: Sequence[Any]) -> None:
        """Write a note, as ``note_values`` gives it, and its items."""
        self._notes.write(values)
        self._items.write_all((entry.place, entry.part or None, entry.note_id), entry.row["items"])

    def write_failure(self, values: Sequence[Any]) -> None:
        """Write a failure, as ``failure_values`` gives it."""
        self._failures.write(values)


def failure_values(entry: Entry) -> Sequence[Any]:
    """Return the row of one failure, as ``FAILURE_COLUMNS`` names its cells."""
    return (entry.place, entry.part or None, entry.note_id, entry.kind, entry.reason)
