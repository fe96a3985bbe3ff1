"""Labelled notes, as they lie in a folder: ``NAME.txt`` beside ``NAME.gold.json``."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

_LABELS = ".gold.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """One fact: a label of the gold, or what scribe reports."""

    name: str
    value: Any
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trap:
    """What must not be reported as present; any value when ``any_value`` is set."""

    name: str
    value: Any
    any_value: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldNote:
    """A note with its labels.

    Attributes:
        text: The whole note; it never leaves this process.
        code: The code that the documentation supports, or None.
        judged_code: The code whose checklist is labelled: ``code``, else the first alternative.
        decision: ``suggest``, ``query`` or ``none``.
    """

    text: str
    code: str | None
    judged_code: str | None
    decision: str
    facts: tuple[Labelled, ...]
    traps: tuple[Trap, ...]
    checklist: dict[str, str]
    findings: tuple[str, ...]
    no_findings: tuple[str, ...]

    def __repr__(self) -> str:
        """Tell the answer; no word of the note."""
        return f"<GoldNote {self.decision} {self.code}>"


def read_folder(folder: Path) -> tuple[GoldNote, ...]:
    """Read the labelled notes of a folder, in the order of their names.

    Raises:
        FileNotFoundError: The folder holds no labels, or a label has no note.
    """
    notes = tuple(_read(path) for path in sorted(folder.glob(f"*{_LABELS}")))
    if not notes:
        msg = f"no NAME{_LABELS} in the folder {folder.name}"
        raise FileNotFoundError(msg)
    return notes


def _read(path: Path) -> GoldNote:
    gold = json.loads(path.read_text("utf-8"))
    note = path.with_name(path.name.removesuffix(_LABELS) + ".txt")
    code = gold.get("code")
    return GoldNote(
        text=note.read_bytes().decode("utf-8"),  # line ends as they are: offsets count them
        code=code,
        judged_code=code or next(iter(gold.get("alternatives") or ()), None),
        decision=gold["decision"],
        facts=tuple(
            Labelled(name=f["name"], value=f.get("value"), status=f["status"])
            for f in gold["facts"]
        ),
        traps=tuple(
            Trap(name=t["name"], value=t.get("value"), any_value="value" not in t)
            for t in gold.get("not_present", ())
        ),
        checklist=gold.get("checklist") or {},
        findings=tuple(gold.get("findings", ())),
        no_findings=tuple(gold.get("no_findings", ())),
    )
