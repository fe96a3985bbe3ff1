"""Pydantic models of ``patterns/facts`` and ``patterns/signals``: what is found, how it is said, and what it is never.

Each kind has a model of its own, as a key that a kind does not read would be an order that nobody follows.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, RootModel, model_validator

from scribe.rules.condition_schema import RuleStatus, Sources, Strict
from scribe.rules.option_schema import (
    ChoiceOptions,
    DonorOptions,
    JoinOptions,
    MeasuredOptions,
    RayOptions,
    RecipientOptions,
    SideOptions,
    VesselOptions,
)
from scribe.rules.words_schema import Frame
from scribe.types.fact import Status

_CAPTURED = re.compile(r"(?<!\S)(\w+)=")
_EVERYWHERE = frozenset({"id", "pattern", "retired", "sections", "phases", "when", "unless"})
"""Keys that are asked where patterns are matched, whatever the kind."""


class TellingRule(Strict):
    """One row of tagged words, and where it is read.

    ``when`` and ``unless`` name conditions of ``macros.yaml`` or of ``scribe.extract.conditions``. A rule that was wrong is
    ``retired`` and stays, so that its id is never used twice.
    """

    id: str
    pattern: str
    retired: bool = False
    sections: tuple[str, ...] | None = None
    phases: tuple[str, ...] | None = None
    when: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


class FindRule(TellingRule):
    """One way a note says a fact: a pattern over tagged words.

    ``value`` is a constant, or ``$name`` for the value of a captured tag; ``anchor`` names the capture whose context decides the status.
    ``spans`` lets a measure count that is a distance ("the ends were 4 cm apart").
    """

    value: str | bool | int | float | None = None
    anchor: str | None = None
    status: Status | None = None
    frames: tuple[Frame, ...] | None = None
    confidence: float = 0.9
    qualifiers: tuple[str, ...] = ()
    weight: float = 1.0
    spans: bool = False
    ignore: tuple[str, ...] = ()

    @property
    def taken_from(self) -> str | None:
        """The capture whose words give the value, or None for a constant."""
        is_taken = isinstance(self.value, str) and self.value.startswith("$")
        return str(self.value)[1:].partition(".")[0] if is_taken else None


class NeverRule(TellingRule):
    """One way a note says what only looks like the fact: what is captured as ``anchor``, else the whole match, is none.

    It bars the find rules that set no status of their own; with ``denials`` the others as well, as "no skin to lay over it" denies no
    paddle.
    """

    denials: bool = False


class FactFile(Strict):
    """One file of ``patterns/facts`` or ``patterns/signals``, of whatever kind."""

    reads: ClassVar[frozenset[str]] = frozenset()
    """Keys of find rules that the kind reads, besides those that are read for every kind."""
    captures: ClassVar[str | None] = None
    """What every pattern of the kind has to capture."""

    kind: str
    label: str
    meaning: str
    status: RuleStatus = RuleStatus.STABLE
    frames: tuple[Frame, ...] = ("title", "today", "loose")
    find: tuple[FindRule, ...] = ()
    never: tuple[NeverRule, ...] = ()
    options: Any
    sources: Sources

    @property
    def rules(self) -> tuple[TellingRule, ...]:
        """All rules of the file."""
        return (*self.find, *self.never)

    def only(self, *, retired: bool) -> Self:
        """Return the file with only those of its rules that are retired, or that are not."""
        find = tuple(rule for rule in self.find if rule.retired is retired)
        never = tuple(rule for rule in self.never if rule.retired is retired)
        return self.model_copy(update={"find": find, "never": never})

    @model_validator(mode="after")
    def _check_ids(self) -> Self:
        for name, count in Counter(rule.id for rule in self.rules).items():
            if count > 1:
                msg = f"the id {name!r} stands {count} times; give each rule its own"
                raise ValueError(msg)
        return self

    @model_validator(mode="after")
    def _check_finds(self) -> Self:
        for rule in self.find:
            for key in sorted(rule.model_fields_set - _EVERYWHERE - self.reads):
                msg = f"{rule.id}: {key!r} means nothing for the kind {self.kind!r}; leave it out"
                raise ValueError(msg)
            captured = _CAPTURED.findall(rule.pattern)
            for name in (self.captures, rule.anchor, rule.taken_from):
                if name is not None and name not in captured:
                    msg = f"{rule.id}: the pattern captures no {name!r}; write {name}= before its term"
                    raise ValueError(msg)
        return self


class ChoiceFile(FactFile):
    """A value from a fixed list."""

    reads = frozenset({"value", "anchor", "status", "frames", "confidence", "qualifiers", "ignore"})
    kind: Literal["choice"]
    options: ChoiceOptions = Field(default_factory=lambda: ChoiceOptions())

    @model_validator(mode="after")
    def _check_from(self) -> Self:
        if ("from" in self.options) is not ("confidence" in self.options):
            msg = "options: 'from' and 'confidence' belong together; rules of 'find' have a confidence each"
            raise ValueError(msg)
        return self


class MeasuredFile(FactFile):
    """A length, a size or a time."""

    reads = frozenset({"status", "frames", "confidence", "qualifiers", "spans", "ignore"})
    kind: Literal["measured"]
    options: MeasuredOptions


class SideFile(FactFile):
    """Left or right."""

    captures = "side"
    kind: Literal["side"]
    options: SideOptions


class RayFile(FactFile):
    """The number of a metatarsal."""

    reads = frozenset({"confidence"})
    captures = "rays"
    kind: Literal["ray"]
    options: RayOptions = Field(default_factory=lambda: RayOptions())


class DonorFile(FactFile):
    """The bone that is given."""

    reads = frozenset({"value", "frames", "weight", "ignore"})
    captures = "bone"
    kind: Literal["donor_bone"]
    options: DonorOptions = Field(default_factory=lambda: DonorOptions())


class RecipientFile(FactFile):
    """The bone or region that receives the flap."""

    reads = frozenset({"frames", "weight", "ignore"})
    captures = "bone"
    kind: Literal["recipient_site"]
    options: RecipientOptions = Field(default_factory=lambda: RecipientOptions())


class JoinFile(FactFile):
    """Which vessel was joined to which; find rules tell only that none was."""

    reads = frozenset({"confidence"})
    kind: Literal["join"]
    options: JoinOptions


class VesselFile(FactFile):
    """The vessels of the pedicle, which are read from their names and what was done, without find rules."""

    kind: Literal["vessel"]
    find: Annotated[tuple[FindRule, ...], Field(max_length=0)] = ()
    options: VesselOptions


class AnyFactFile(
    RootModel[
        Annotated[
            ChoiceFile
            | DonorFile
            | JoinFile
            | MeasuredFile
            | RayFile
            | RecipientFile
            | SideFile
            | VesselFile,
            Field(discriminator="kind"),
        ]
    ]
):
    """One file of ``patterns/facts`` or ``patterns/signals``; its ``kind`` says which keys it may hold."""
