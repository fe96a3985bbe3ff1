"""Places of a note that name a bone or region, as they are shown to a judge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from scribe.types.fact import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scribe.types.mention import ParsedNote


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPlace:
    """One place that names a bone or region.

    Attributes:
        sentence: Index of the sentence.
        item: Index of the item in it.
        name: Canonical name, with position, digit or number; of a possible donor the contract's value.
        tag: What kind of place it is.
        region: Where in the body, or empty.
        given: The rules take this very place for the donor; False while the donor is looked for.
        donor: Whether the rules take bones of this kind for the donor; None for what cannot be one, and while the donor is looked for.
        grafted: It is named as a source of conventional grafts.
        ruled: Weight of the rule that takes this very place for the recipient, 0 without one.
        status: What the words around make of it; None where nothing is told there.
    """

    sentence: int
    item: int
    name: str
    tag: str
    region: str
    given: bool
    donor: bool | None
    grafted: bool
    ruled: float
    status: Status | None


class SiteJudge(Protocol):
    """Says of each place how probable it names the donor, or the recipient."""

    def donors(self, parsed: ParsedNote, places: Sequence[NamedPlace]) -> Sequence[float]:
        """Return for each place, in their order, the probability that its bone was taken."""
        ...

    def recipients(self, parsed: ParsedNote, places: Sequence[NamedPlace]) -> Sequence[float]:
        """Return for each place, in their order, the probability that it receives the flap."""
        ...
