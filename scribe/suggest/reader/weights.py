"""The numbers of the second reader: weights of sentences and places, how they are put together, and from when on it speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scribe.rules.condition_schema import Share
from scribe.suggest.numbers import Logistic, Numbers
from scribe.types.fact import Status

if TYPE_CHECKING:
    from collections.abc import Mapping


APART: Final = "apart"
"""In place of a fact: whatever a sentence tells as planned, of an earlier time or uncertain."""


class Said(Logistic):
    """Whether a sentence says one value of a fact, or tells anything with one status.

    Attributes:
        name: The fact, or ``APART``.
        value: Its value; an empty object is a size that is not given.
        status: ``present`` or ``absent``; of ``APART`` another one.
    """

    name: str
    value: str | bool | int | dict[str, float] | None
    status: Status


class Carried(Logistic):
    """Whether a place carries a fact, with the value that stands there.

    Attributes:
        name: The fact.
        values: Words that were labelled as its value.
    """

    name: str
    values: tuple[str, ...]


class ReaderNumbers(Numbers):
    """Everything that the second reader's answer depends on, beside ``patterns/second_reader.yaml``.

    Attributes:
        sentences: One judge a value of a fact.
        places: One judge a fact.
        joint: Puts together what these say of one value of a fact.
        least: From which probability on a fact is added.
        right: Tells how probable it is that a fact of the rules is right.
    """

    sentences: tuple[Said, ...]
    places: tuple[Carried, ...]
    joint: Logistic
    least: Share
    right: Logistic

    def answers(self, features: Mapping[str, float]) -> dict[str, float]:
        """Return how probable it is that a candidate is said, and that a fact of the rules is right, from such features."""
        return {
            "said": self.joint.probability(features),
            "right": self.right.probability(features),
        }
