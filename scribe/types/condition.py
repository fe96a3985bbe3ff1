"""The words of a rule, as data: trees that ask what the facts of a note say.

A tree is built from YAML by ``scribe.rules.schema`` and judged by ``scribe.rules.conditions``. Nothing here is ever a string to evaluate.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scribe.types.fact import Status


class Place(StrEnum):
    """Which part of a note may carry the evidence.

    ``title`` is what only names the operation (its sections stand in ``pack.yaml``); ``body`` is everything else.
    """

    ANYWHERE = "anywhere"
    BODY = "body"
    TITLE = "title"


Scalar = str | int | float | bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeField:
    """A field of the code under assessment, written ``$donor.sites``; an empty one puts no limit."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class All:
    """Holds when every part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyOf:
    """Holds when at least one part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Not:
    """Holds when its part does not."""

    part: Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Holds when the condition of that name in ``conditions.yaml`` holds."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Compare:
    """Holds when a field of the code has one of the values."""

    field: CodeField
    values: tuple[Scalar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactIs:
    """Holds when at least one fact fits.

    Attributes:
        name: Name of a fact or of a signal.
        signal: Whether ``name`` is a signal.
        values: Accepted values; empty accepts all.
        refused: Values that do not count.
        has: Fields of a structured value that must be given; one group of ``has_any`` likewise, with at least one field.
        fields: Fields of a structured value with their accepted values.
        statuses: Accepted statuses.
        place: Where its evidence must stand; other evidence is left out of the verdict.
        apart_from: Name of a fact whose evidence must not overlap this one's.
        qualifiers: At least one of these, when any is given.
        without: None of these.
    """

    name: str
    signal: bool = False
    values: tuple[Scalar, ...] | CodeField = ()
    refused: tuple[Scalar, ...] | CodeField = ()
    has: tuple[str, ...] = ()
    has_any: tuple[str, ...] = ()
    fields: tuple[tuple[str, tuple[Scalar, ...]], ...] = ()
    statuses: tuple[Status, ...] = (Status.PRESENT,)
    place: Place = Place.ANYWHERE
    apart_from: str | None = None
    qualifiers: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Distinct:
    """Holds when one role has values that cannot both be true.

    Two values belong together, and are no conflict, when their evidence overlaps or stands at most ``together`` code points apart, or when
    each has its own fact ``paired_with`` at most ``pair_within`` code points away. Sizes agree when every side that both give is the same.

    Attributes:
        name: Name of the fact.
        place: Where the evidence must stand.
        together: Distance in code points up to which two values are meant together; None to judge every pair.
        paired_with: Name of a fact that marks a value as one of several that are meant.
        pair_within: Largest distance in code points to that fact.
    """

    name: str
    place: Place = Place.ANYWHERE
    together: int | None = None
    paired_with: str | None = None
    pair_within: int = 0


Condition = All | AnyOf | Not | Named | Compare | FactIs | Distinct
