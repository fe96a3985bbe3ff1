"""One join of the flap's vessel or nerve to a recipient one, as far as the note tells it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from scribe.extract.joins.vessels import Vessel
from scribe.types.fact import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """One vessel or nerve joined to another; what the note does not tell is None.

    Attributes:
        kind: ``artery``, ``vein`` or ``nerve``.
        donor: The flap's end.
        recipient: The end that was there before.
        sentence: Index of the sentence that tells of it.
        first: Its first word that tells of the join.
        after: The word behind the last of them.
        sewn: Whether it was sewn by hand; ``suture`` is the thread.
        coupled: Whether a coupler made it; ``coupler_mm`` is its ring.
        swapped: The words say that the recipient is named first ("the facial artery took the peroneal").
        refers: Where a pronoun stands for a vessel that was named before ("sewn to it").
        again: Its flap vessel is one more of those joined before ("the other was joined to a radial vein").
        of_form: Its ends are fields of a form, which tell of no join by themselves.
        paired: It is told together with another join ("the artery and vein were sewn to the radial artery and the cephalic vein").
        like: What was done as in the join told before: its ``configuration``, its ``suture``.
        spans: Offsets of every place that tells of it, the most telling first.
        details: Offsets of what sentences behind it add of its technique.
    """

    kind: str
    donor: Vessel | None
    recipient: Vessel | None
    sentence: int
    first: int
    after: int
    configuration: str | None = None
    sewn: bool = False
    suture: str | None = None
    coupled: bool = False
    coupler_mm: float | None = None
    swapped: bool = False
    refers: int | None = None
    again: bool = False
    of_form: bool = False
    paired: bool = False
    like: frozenset[str] = frozenset()
    spans: tuple[tuple[int, int], ...] = ()
    details: tuple[tuple[int, int], ...] = ()

    @property
    def donor_name(self) -> str | None:
        """What the flap's end is called, or None where it is only "the artery"."""
        return self.donor.name if self.donor else None

    @property
    def recipient_name(self) -> str | None:
        """What the recipient's end is called, or None where it is only "the artery"."""
        return self.recipient.name if self.recipient else None

    @property
    def is_made(self) -> bool:
        """Whether it is told how it was made: its configuration, a suture or a coupler."""
        return bool(self.configuration or self.sewn or self.coupled)

    @property
    def at(self) -> int:
        """Where the first of its vessels stands."""
        return min(v.at for v in (self.donor, self.recipient) if v)


Told: TypeAlias = tuple[Join, Status]
"""A join, and whether it was done, planned, or of long ago."""
