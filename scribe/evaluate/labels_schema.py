"""What may stand in ``NAME.gold.json``: the pydantic side of ``scribe.evaluate.labels``."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from scribe.evaluate.labels import Label, Labels, Trap
from scribe.types.checklist import ItemStatus
from scribe.types.fact import Status
from scribe.types.suggestion import Decision


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class FactEntry(_Strict):
    """One entry of ``facts``."""

    name: str
    value: JsonValue = None
    status: Status
    quote: Annotated[str, Field(min_length=1)] | None = None

    def as_label(self) -> Label:
        """Return it as the judges take it."""
        return Label(name=self.name, value=self.value, status=self.status, quote=self.quote)


class TrapEntry(_Strict):
    """One entry of ``not_present``; without a value, every value is a trap."""

    name: str
    value: JsonValue = None

    def as_trap(self) -> Trap:
        """Return it as the judges take it."""
        return Trap(
            name=self.name, value=self.value, any_value="value" not in self.model_fields_set
        )


class LabelFile(_Strict):
    """One whole file.

    Attributes:
        id: Name of the note; not used, the file's name counts.
        labeller: Who made the labels; not used.
        comment: For people; not used.
        query: Older name of ``alternatives``.
    """

    id: str | None = None
    labeller: str | None = None
    comment: str | None = None
    code: str | None = None
    decision: Decision | None = None
    alternatives: tuple[str, ...] = ()
    query: tuple[str, ...] = ()
    facts: tuple[FactEntry, ...]
    not_present: tuple[TrapEntry, ...] = ()
    checklist: dict[str, ItemStatus] | None = None
    findings: tuple[str, ...] = ()
    no_findings: tuple[str, ...] = ()

    def as_labels(self) -> Labels:
        """Return the labels as the judges take them; without a decision, the code tells it."""
        return Labels(
            code=self.code,
            decision=self.decision or (Decision.SUGGEST if self.code else Decision.NONE),
            alternatives=self.alternatives or self.query,
            facts=tuple(each.as_label() for each in self.facts),
            traps=tuple(each.as_trap() for each in self.not_present),
            checklist=self.checklist or {},
            findings=self.findings,
            no_findings=self.no_findings,
        )
