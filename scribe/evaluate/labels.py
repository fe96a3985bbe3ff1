"""The labels of one note, as ``NAME.gold.json`` holds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from scribe.types.checklist import ItemStatus
from scribe.types.fact import Status
from scribe.types.note import Note
from scribe.types.suggestion import Decision

JUDGED = (Status.PRESENT, Status.ABSENT)
"""What labels list in full. Of the other statuses they list only what would mislead, so that a further one is no mistake."""


class Split(StrEnum):
    """Whether rules were written while the misses of a folder were looked at; told by how the folder is called."""

    HELD_OUT = "held-out"
    TUNED = "tuned"
    OWN = "own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One labelled fact.

    Attributes:
        name: A fact of the contract.
        value: Its value, as plain data.
        status: How the note asserts it.
        quote: Words of the note, long enough to be found once.
    """

    name: str
    value: Any
    status: Status
    quote: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trap:
    """What must not be reported as present; any value when ``any_value`` is set."""

    name: str
    value: Any
    any_value: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """Everything that is labelled in one note.

    Attributes:
        code: The code that the documentation supports, or None.
        decision: What should be answered.
        alternatives: The open codes of a query.
        facts: In the order of the file.
        traps: What a careless reader would take as present.
        checklist: Status by item, for ``judged_code``.
        findings: Kinds that must be reported.
        no_findings: Kinds that must not.
    """

    code: str | None
    decision: Decision
    alternatives: tuple[str, ...]
    facts: tuple[Label, ...]
    traps: tuple[Trap, ...]
    checklist: Mapping[str, ItemStatus]
    findings: tuple[str, ...]
    no_findings: tuple[str, ...]

    @property
    def judged_code(self) -> str | None:
        """The code whose checklist is labelled: ``code``, else the first alternative."""
        return self.code or next(iter(self.alternatives), None)

    @property
    def answer(self) -> str:
        """The code, or the decision where there is none."""
        return self.code or self.decision.value

    @property
    def is_complete(self) -> bool:
        """Whether the note documents all that its code asks for: a code is labelled, and no finding."""
        return self.code is not None and not self.findings


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledNote:
    """A note with its labels.

    Attributes:
        note: The note; its text never leaves this process but as a quote that is asked for.
        labels: What people say that it documents.
        voice: The folder it stands in.
        split: Whether that folder is held out, tuned on, or of the user.
        path: Of the note, as messages and lists of misses show it.
    """

    note: Note
    labels: Labels
    voice: str
    split: Split
    path: Path
