"""What changed between two audits: after new rules, a new version, or when addenda arrived."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from scribe.batch.finished import Key, Row, key_of, name_of, notes_of, run_of
from scribe.errors import AuditError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_RANKS = {"": 0, "not_applicable": 0, "contradicted": 1, "missing": 1, "partial": 2, "met": 3}
_LISTS = ("item.", "report.")
_MOST_SHOWN = 25
_AGAIN = (
    "audit both again, each from within its folder of notes (cd NOTES, then scribe audit . --out DIR),"
    " so that a note has the same path in both"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is different in one note.

    Attributes:
        name: Place and part of the note.
        note_id: Its id in the new audit.
        is_text_changed: Whether the text itself is another, for example with an addendum.
        decision: Old and new decision with its code, where they differ.
        items: Old and new status by item, where they differ.
        findings: How many findings of a kind came (positive) or went (negative).
        gap: Old and new gap, where they differ.
    """

    name: str
    note_id: str
    is_text_changed: bool
    decision: tuple[str, str] | None
    items: dict[str, tuple[str, str]]
    findings: dict[str, int]
    gap: tuple[str, str] | None


@dataclass(kw_only=True)
class Diff:
    """All changes, and their sums.

    Attributes:
        old_rules: Version and rules of the earlier audit.
        new_rules: Those of the later one.
        old_models: Version and hash of each learned model of the earlier audit, by name.
        new_models: Those of the later one.
        both: How many notes are in both.
        only_old: Notes of the earlier one alone.
        only_new: Notes of the later one alone.
        changes: The notes of both that differ.
        advice: What to do where no note is in both; empty otherwise.
    """

    old_rules: str
    new_rules: str
    old_models: dict[str, str] = field(default_factory=dict)
    new_models: dict[str, str] = field(default_factory=dict)
    both: int = 0
    only_old: list[str] = field(default_factory=list)
    only_new: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    advice: str = ""

    @property
    def decisions(self) -> Counter[tuple[str, str]]:
        """How many notes went from one decision to another."""
        return Counter(each.decision for each in self.changes if each.decision)

    @property
    def findings(self) -> Counter[str]:
        """How many findings of each kind there are more, or fewer, in the notes of both."""
        sums: Counter[str] = Counter()
        for each in self.changes:
            sums.update(each.findings)
        return sums

    @property
    def items(self) -> dict[str, tuple[int, int]]:
        """In how many notes an item got better, and in how many worse."""
        sums: dict[str, list[int]] = {}
        for change in self.changes:
            for item, (old, new) in change.items.items():
                both = sums.setdefault(item, [0, 0])
                both[_RANKS.get(new, 0) < _RANKS.get(old, 0)] += 1
        return {item: (better, worse) for item, (better, worse) in sorted(sums.items())}


def compare_audits(old: Path, new: Path, *, by: str = "file") -> Diff:
    """Compare two finished audits.

    Args:
        old: Folder of the earlier one.
        new: Folder of the later one.
        by: What tells that two notes are the same: ``file``, with its part, or ``id``.

    Raises:
        AuditError: A folder holds no finished audit, or ids do not tell its notes apart.
    """
    runs = run_of(old), run_of(new)
    diff = Diff(
        old_rules=_rules(runs[0]),
        new_rules=_rules(runs[1]),
        old_models=_models(runs[0]),
        new_models=_models(runs[1]),
    )
    for before, after in _pairs(old, new, by):
        if after is None:
            diff.only_old.append(name_of(before or {}))
        elif before is None:
            diff.only_new.append(name_of(after))
        else:
            diff.both += 1
            change = _change(before, after)
            if change is not None:
                diff.changes.append(change)
    if not diff.both:
        word = "path" if by == "file" else "id"
        diff.advice = _advice(f"no note has the same {word} in both", old, new, by)
    return diff


def _advice(why: str, old: Path, new: Path, by: str) -> str:
    """Name the other way to compare only where it works, so that nobody is sent in a circle."""
    other = "id" if by == "file" else "file"
    if _tells(old, new, other):
        return f"{why}; compare with --by {other}"
    return f"{why}, and --by {other} does not tell which belong together either; {_AGAIN}"


def _tells(old: Path, new: Path, by: str) -> bool:
    """Say whether some notes are the same by this mark, and none of one audit share it."""
    before, after = ([_mark(row, by) for row in notes_of(each)] for each in (old, new))
    is_unique = all(len(set(each)) == len(each) for each in (before, after))
    return is_unique and not set(before).isdisjoint(after)


def _mark(row: Row, by: str) -> Key:
    return (row["id"], 0) if by == "id" else key_of(row)


def _rules(run: dict[str, Any]) -> str:
    return f"scribe {run['scribe']}, rules {run['rules']['version']} ({run['rules']['hash']})"


def _models(run: dict[str, Any]) -> dict[str, str]:
    return {
        name: f"{stamp['version']} ({stamp['hash']})"
        for name, stamp in run.get(
            "models", {}
        ).items()  # an audit of an earlier version names none
    }


def _pairs(old: Path, new: Path, by: str) -> Iterator[tuple[Row | None, Row | None]]:
    """Walk through both tables at once; they are sorted alike."""
    if by == "id":
        rows = [sorted(notes_of(each), key=lambda row: row["id"]) for each in (old, new)]
        twice = next(filter(None, map(_twice, rows)), None)
        if twice:
            raise AuditError(_advice(f"two notes have the id {twice!r}", old, new, by))
        before, after = map(iter, rows)
    else:
        before, after = notes_of(old), notes_of(new)
    one, other = next(before, None), next(after, None)
    while one is not None or other is not None:
        order = _order(one, other, by)
        yield one if order <= 0 else None, other if order >= 0 else None
        if order <= 0:
            one = next(before, None)
        if order >= 0:
            other = next(after, None)


def _twice(rows: list[Row]) -> str | None:
    """Return an id that stands twice among rows that are sorted by it."""
    return next((one["id"] for one, other in pairwise(rows) if one["id"] == other["id"]), None)


def _order(one: Row | None, other: Row | None, by: str) -> int:
    if one is None or other is None:
        return 1 if one is None else -1
    before, after = _mark(one, by), _mark(other, by)
    return (before > after) - (before < after)


def _change(old: Row, new: Row) -> Change | None:
    decisions = tuple(f"{row['decision']} {row['code']}".strip() for row in (old, new))
    names = [name for name in {**old, **new} if name.startswith(_LISTS)]
    items = {
        name: (old.get(name, ""), new.get(name, ""))
        for name in names
        if old.get(name, "") != new.get(name, "")
    }
    kinds = _kinds(new)
    kinds.subtract(_kinds(old))
    findings = {kind: count for kind, count in sorted(kinds.items()) if count}
    is_text_changed = old["sha256"] != new["sha256"]
    is_moved = decisions[0] != decisions[1]
    if not (items or findings or is_moved or is_text_changed or old["gap"] != new["gap"]):
        return None
    return Change(
        name=name_of(new),
        note_id=new["id"],
        is_text_changed=is_text_changed,
        decision=(decisions[0], decisions[1]) if is_moved else None,
        items=items,
        findings=findings,
        gap=(old["gap"], new["gap"]) if old["gap"] != new["gap"] else None,
    )


def _kinds(row: Row) -> Counter[str]:
    parts = (each.split("=") for each in row["kinds"].split(";") if each)
    return Counter({kind: int(count) for kind, count in parts})


def diff_as_data(diff: Diff) -> dict[str, Any]:
    """Return everything as plain data."""
    return {
        "schema": "scribe.diff/1",
        "old": diff.old_rules,
        "new": diff.new_rules,
        "models": {"old": diff.old_models, "new": diff.new_models},
        "notes": {"both": diff.both, "changed": len(diff.changes), "only_old": diff.only_old, "only_new": diff.only_new},
        "decisions": [
            {"from": old, "to": new, "notes": count}
            for (old, new), count in sorted(diff.decisions.items())
        ],
        "items": {item: {"better": one, "worse": other} for item, (one, other) in diff.items.items()},
        "findings": dict(sorted(diff.findings.items())),
        "changes": [asdict(each) for each in diff.changes],
    }  # fmt: skip


def diff_as_text(diff: Diff) -> str:
    """Return the sums and the first changed notes for a terminal."""
    lines = [
        f"old: {diff.old_rules}",
        f"new: {diff.new_rules}",
        f"models: {_between(diff)}",
        f"{diff.both} notes in both, {len(diff.changes)} changed; {_alone(diff)}",
    ]
    if diff.decisions:
        lines += ["", "Decisions"]
        ranked = sorted(diff.decisions.items(), key=lambda each: (-each[1], each[0]))
        lines += [f"  {count:5}  {old} -> {new}" for (old, new), count in ranked]
    if diff.items:
        lines += ["", "Items (notes better, notes worse)"]
        lines += [f"  {better:5} {worse:5}  {item}" for item, (better, worse) in diff.items.items()]
    if diff.findings:
        lines += ["", "Findings (more or fewer)"]
        lines += [
            f"  {count:+5}  {kind.replace('_', ' ')}"
            for kind, count in sorted(diff.findings.items())
        ]
    if diff.changes:
        lines += ["", "Notes"]
        lines += [f"  {_words(each)}" for each in diff.changes[:_MOST_SHOWN]]
        if len(diff.changes) > _MOST_SHOWN:
            lines.append(f"  and {len(diff.changes) - _MOST_SHOWN} more; --format json has all")
    return "\n".join(lines) + "\n"


def _alone(diff: Diff) -> str:
    return f"{len(diff.only_old)} only in the old, {len(diff.only_new)} only in the new"


def _between(diff: Diff) -> str:
    """Name the learned models that are not the same in both."""
    old, new = diff.old_models, diff.new_models
    if not old and not new:
        return "not recorded"
    changed = [
        f"{name} {old.get(name, '-')} -> {new.get(name, '-')}"
        for name in sorted({**old, **new})
        if old.get(name) != new.get(name)
    ]
    return ", ".join(changed) or "the same"


def _words(change: Change) -> str:
    parts = [f"{change.decision[0]} -> {change.decision[1]}"] if change.decision else []
    parts += [f"gap {change.gap[0] or '-'} -> {change.gap[1] or '-'}"] if change.gap else []
    parts += [f"{item} {old or '-'} -> {new or '-'}" for item, (old, new) in change.items.items()]
    parts += ["other text"] if change.is_text_changed else []
    return f"{change.note_id} ({change.name}): {'; '.join(parts) or 'other findings'}"
