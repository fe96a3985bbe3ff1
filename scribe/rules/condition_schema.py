"""How a condition is written in YAML: the pydantic side of ``scribe.types.condition``."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Discriminator, Field, Tag

from scribe.types.condition import (
    All,
    AnyOf,
    CodeField,
    Compare,
    Condition,
    Distinct,
    FactIs,
    Named,
    Not,
    Place,
    Scalar,
)
from scribe.types.fact import Status

Sources = Annotated[tuple[str, ...], Field(min_length=1)]
"""Ids of ``sources.yaml``; every rule names at least one."""
Texts = Annotated[tuple[str, ...], Field(min_length=1)]
"""Wordings of one sentence; the first whose placeholders can be filled is taken."""
Share = Annotated[float, Field(ge=0.0, le=1.0)]
"""A share of one."""

_Value = str | bool | int | float
_Values = _Value | Annotated[tuple[_Value, ...], Field(min_length=1)]
_Words = str | tuple[str, ...]
_Statuses = Status | tuple[Status, ...]


class Strict(BaseModel):
    """A part of a rule file: nothing converted, nothing unknown, never changed after loading."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class RuleStatus(StrEnum):
    """Whether a rule is in force; one that is retired stays in its file, so that its id is never used twice."""

    STABLE = "stable"
    DRAFT = "draft"
    RETIRED = "retired"


class AllYaml(Strict):
    """``{all: [...]}``."""

    all: Annotated[tuple[ConditionYaml, ...], Field(min_length=1)]

    def build(self) -> Condition:
        """Return the condition as data."""
        return All(parts=tuple(part.build() for part in self.all))


class AnyYaml(Strict):
    """``{any: [...]}``."""

    any: Annotated[tuple[ConditionYaml, ...], Field(min_length=1)]

    def build(self) -> Condition:
        """Return the condition as data."""
        return AnyOf(parts=tuple(part.build() for part in self.any))


class NotYaml(Strict):
    """``{not: ...}``."""

    part: Annotated[ConditionYaml, Field(alias="not")]

    def build(self) -> Condition:
        """Return the condition as data."""
        return Not(part=self.part.build())


class NamedYaml(Strict):
    """``{holds: name}``: a shared condition of ``conditions.yaml``."""

    holds: str

    def build(self) -> Condition:
        """Return the condition as data."""
        return Named(name=self.holds)


class CompareYaml(Strict):
    """``{compare: $skin, is: true}``: a field of the code under assessment."""

    compare: Annotated[str, Field(pattern=r"^\$[a-z_.]+$")]
    values: Annotated[_Values, Field(alias="is")]

    def build(self) -> Condition:
        """Return the condition as data."""
        return Compare(field=CodeField(name=self.compare[1:]), values=_scalars(self.values))


class _FactTests(Strict):
    values: Annotated[_Values | None, Field(alias="is")] = None
    refused: Annotated[_Values | None, Field(alias="is_not")] = None
    has: _Words = ()
    has_any: _Words = ()
    fields: Annotated[dict[str, _Values], Field(alias="with")] = {}
    status: _Statuses = Status.PRESENT
    place: Annotated[Place, Field(alias="in")] = Place.ANYWHERE
    apart_from: str | None = None
    qualifier: _Words = ()
    without: _Words = ()

    def _fact(self, name: str, *, signal: bool) -> FactIs:
        return FactIs(
            name=name,
            signal=signal,
            values=_limit(self.values),
            refused=_limit(self.refused),
            has=_words(self.has),
            has_any=_words(self.has_any),
            fields=tuple((key, _scalars(value)) for key, value in self.fields.items()),
            statuses=(self.status,) if isinstance(self.status, Status) else self.status,
            place=self.place,
            apart_from=self.apart_from,
            qualifiers=_words(self.qualifier),
            without=_words(self.without),
        )


class FactYaml(_FactTests):
    """``{fact: donor.site, is: $donor.sites}``."""

    fact: str

    def build(self) -> Condition:
        """Return the condition as data."""
        return self._fact(self.fact, signal=False)


class SignalYaml(_FactTests):
    """``{signal: signal.takeback}``."""

    signal: str

    def build(self) -> Condition:
        """Return the condition as data."""
        return self._fact(self.signal, signal=True)


class DistinctYaml(Strict):
    """``{distinct: donor.side}``: values of one role that cannot both be true."""

    distinct: str
    place: Annotated[Place, Field(alias="in")] = Place.ANYWHERE
    together: int | None = None
    paired_with: str | None = None
    pair_within: int = 0

    def build(self) -> Condition:
        """Return the condition as data."""
        return Distinct(
            name=self.distinct,
            place=self.place,
            together=self.together,
            paired_with=self.paired_with,
            pair_within=self.pair_within,
        )


_WORDS = ("all", "any", "not", "holds", "compare", "fact", "signal", "distinct")


def _word(raw: Any) -> str | None:
    """Return the word that decides the kind of a condition: exactly one of the eight."""
    keys = raw if isinstance(raw, dict) else {}
    given = [word for word in _WORDS if word in keys]
    return given[0] if len(given) == 1 else None


ConditionYaml = Annotated[
    Annotated[AllYaml, Tag("all")]
    | Annotated[AnyYaml, Tag("any")]
    | Annotated[NotYaml, Tag("not")]
    | Annotated[NamedYaml, Tag("holds")]
    | Annotated[CompareYaml, Tag("compare")]
    | Annotated[FactYaml, Tag("fact")]
    | Annotated[SignalYaml, Tag("signal")]
    | Annotated[DistinctYaml, Tag("distinct")],
    Discriminator(
        _word,
        custom_error_type="condition",
        custom_error_message=f"a condition needs exactly one of {', '.join(_WORDS)}",
    ),
]
for _model in (AllYaml, AnyYaml, NotYaml):
    _model.model_rebuild()


def _build(part: Any) -> Condition:
    condition: Condition = part.build()
    return condition


if TYPE_CHECKING:
    When = Condition
else:
    When = Annotated[ConditionYaml, AfterValidator(_build)]


def _words(words: _Words) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else words


def _scalars(values: _Values) -> tuple[Scalar, ...]:
    return values if isinstance(values, tuple) else (values,)


def _limit(values: _Values | None) -> tuple[Scalar, ...] | CodeField:
    if isinstance(values, str) and values.startswith("$"):
        return CodeField(name=values[1:])
    return () if values is None else _scalars(values)
