"""What many notes say together. A content that came twice counts once."""

from __future__ import annotations

import heapq
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scribe.batch.outputs import lacking, page_link
from scribe.batch.row import REPORT
from scribe.batch.statistics import LEAST_NOTES, Share, share

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scribe.batch.journal import Entry

WORKLIST = 1000
FAILURES = 100
BINS = 10
_FULL = 100
_UNKNOWN = "not stated"
_MONTH = 7


@dataclass(kw_only=True)
class ItemSum:
    """One item over all notes that it was asked of."""

    owner: str
    item: str
    label: str
    is_required: bool
    statuses: Counter[str] = field(default_factory=Counter)

    @property
    def asked(self) -> int:
        """How many notes it was asked of."""
        return sum(count for status, count in self.statuses.items() if status != "not_applicable")

    @property
    def short(self) -> int:
        """How many notes fall short of it."""
        return sum(self.statuses[each] for each in ("missing", "partial", "contradicted"))


@dataclass(kw_only=True)
class GroupSum:
    """The notes of one surgeon or one month."""

    notes: int = 0
    asked: int = 0
    complete: int = 0
    report_complete: int = 0

    @property
    def share_complete(self) -> Share | None:
        """Of the notes with a code in question, those that miss nothing that it requires."""
        return share(self.complete, self.asked)

    @property
    def share_report(self) -> Share | None:
        """Of all notes, those that miss no element of an operative report."""
        return share(self.report_complete, self.notes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One note of the worklist."""

    name: str
    note_id: str
    surgeon: str | None
    date: str | None
    decision: str
    asked: str
    gap: int
    lacks: tuple[str, ...]
    page: str | None


@dataclass(kw_only=True)
class Summary:
    """The sums, filled note by note."""

    notes: int = 0
    duplicates: int = 0
    failures: Counter[str] = field(default_factory=Counter)
    first_failures: list[tuple[str, str]] = field(default_factory=list)
    decisions: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    formats: Counter[str] = field(default_factory=Counter)
    severities: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    notes_with_kind: Counter[str] = field(default_factory=Counter)
    scores: list[int] = field(default_factory=lambda: [0] * BINS)
    report_scores: list[int] = field(default_factory=lambda: [0] * BINS)
    items: dict[tuple[str, str], ItemSum] = field(default_factory=dict)
    surgeons: dict[str, GroupSum] = field(default_factory=dict)
    months: dict[str, GroupSum] = field(default_factory=dict)
    all_notes: GroupSum = field(default_factory=GroupSum)
    worklist: list[Task] = field(default_factory=list)
    to_fix: int = 0

    @property
    def failed(self) -> int:
        """How many inputs could not be read."""
        return self.failures.total()

    @property
    def distinct(self) -> int:
        """How many different contents."""
        return self.notes - self.duplicates

    def most_missed(self, owner: str | None = None) -> list[ItemSum]:
        """Return the required items by how many notes fall short of them.

        Args:
            owner: ``report`` for the elements of an operative report, None for the items of the codes.
        """
        wanted = (
            each
            for each in self.items.values()
            if each.is_required and each.short and (each.owner == REPORT) == (owner == REPORT)
        )
        return sorted(wanted, key=lambda each: (-each.short, each.item))


class Summing:
    """Sums up an audit note by note; memory grows with surgeons and months, not with notes."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._summary = Summary()
        self._heap: list[tuple[int, _Late, Task]] = []

    def add(self, entry: Entry) -> None:
        """Count a note; they come sorted by place."""
        summary = self._summary
        if entry.kind is not None:
            summary.failures[entry.kind] += 1
            if len(summary.first_failures) < FAILURES:
                summary.first_failures.append((entry.name, entry.reason or ""))
            return
        summary.notes += 1
        if entry.same_as is not None:
            summary.duplicates += 1
            return
        _add(summary, entry)
        if entry.row["gap"]:
            summary.to_fix += 1
            self._rank(entry)

    def _rank(self, entry: Entry) -> None:
        late = _Late((entry.place, entry.part))
        if len(self._heap) < WORKLIST:
            heapq.heappush(self._heap, (entry.row["gap"], late, _task(entry)))
        elif (entry.row["gap"], late) > self._heap[0][:2]:
            heapq.heapreplace(self._heap, (entry.row["gap"], late, _task(entry)))

    def summary(self) -> Summary:
        """Return the sums."""
        ranked = sorted(self._heap, key=lambda each: (-each[0], each[1].place))
        self._summary.worklist = [task for _, _, task in ranked]
        return self._summary


def summarize_audit(entries: Iterable[Entry]) -> Summary:
    """Sum up an audit.

    Args:
        entries: Every note, sorted by place.
    """
    summing = Summing()
    for entry in entries:
        summing.add(entry)
    return summing.summary()


@dataclass(frozen=True, slots=True)
class _Late:
    """A place for the heap: the later one is the lesser."""

    place: tuple[str, int]

    def __lt__(self, other: _Late) -> bool:
        return self.place > other.place


def _add(summary: Summary, entry: Entry) -> None:
    row = entry.row
    summary.decisions[row["decision"]] += 1
    summary.formats[row["format"]] += 1
    summary.severities.update(row["severities"])
    summary.kinds.update(row["kinds"])
    summary.notes_with_kind.update(row["kinds"].keys())
    if row["code"]:
        summary.codes[row["code"]] += 1
    if row["score"] is not None:
        summary.scores[_bin(row["score"])] += 1
    summary.report_scores[_bin(row["report_score"])] += 1
    for owner, item, label, is_required, status, _ in row["items"]:
        key = (REPORT if owner == REPORT else "", item)
        if key not in summary.items:
            summary.items[key] = ItemSum(
                owner=key[0], item=item, label=label, is_required=is_required
            )
        summary.items[key].statuses[status] += 1
    groups = (
        summary.all_notes,
        summary.surgeons.setdefault(row["surgeon"] or _UNKNOWN, GroupSum()),
        summary.months.setdefault((row["date"] or _UNKNOWN)[: _month_end(row["date"])], GroupSum()),
    )
    for group in groups:
        group.notes += 1
        group.asked += bool(row["asked"])
        group.complete += row["is_complete"]
        group.report_complete += row["is_report_complete"]


def _month_end(date: str | None) -> int | None:
    return _MONTH if date else None


def _bin(score: int) -> int:
    return min(score * BINS // _FULL, BINS - 1)


def _task(entry: Entry) -> Task:
    row = entry.row
    return Task(
        name=entry.name,
        note_id=entry.note_id,
        surgeon=row["surgeon"],
        date=row["date"],
        decision=row["decision"],
        asked=row["asked"],
        gap=row["gap"],
        lacks=lacking(entry),
        page=page_link(entry),
    )


def shown_groups(groups: dict[str, GroupSum]) -> list[tuple[str, GroupSum]]:
    """Return the groups with enough notes to be shown, sorted by name; ``not stated`` stands last."""
    enough = [(name, each) for name, each in groups.items() if each.notes >= LEAST_NOTES]
    return sorted(enough, key=lambda each: (each[0] == _UNKNOWN, each[0]))
