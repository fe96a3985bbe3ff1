"""Pydantic models of ``second_reader.yaml``: which facts the learned second reader may add, and in which notes."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from scribe.rules.condition_schema import Share, Strict, When


class Carrier(StrEnum):
    """What of a note may carry the value of a fact.

    ``words``: a word whose canonical value is one that was labelled; ``dimensions`` and ``measure``: a length or size, as an
    object of two sides or of one; ``number``: a number as it stands.
    """

    WORDS = "words"
    DIMENSIONS = "dimensions"
    MEASURE = "measure"
    NUMBER = "number"


class Asked(Strict):
    """How one fact is asked for.

    Attributes:
        carrier: What may carry its value.
        tags: Tags of words, numbers or sizes that may carry it whatever their value.
        among: For a number, the only values that it may have.
        one: A note has one value of it, so that nothing is added where the rules give one.
        contained: Two values are one where one name contains the other.
        where: It is only added where this holds of the facts of the rules.
        doubted_below: What is less probable is doubted; None is as all others.
        doubted_beside: Of two values the surgeon is asked which is right; so where the rules give two, the less probable is doubted only
            below this. None: as if it stood alone.
        rests_on: By value, the fact from which it is derived where no words say it: doubted with that one, also where it has a rival.
        needs: By value, tags of which the sentence must hold one, in a word that nothing denies, for the value to be added.
        rests_unless: Where this holds of the facts of the rules, what was derived is left to the surgeon.
        adds: It may be added; what may not is only listened for, so that the same fact of the rules can be doubted.
        rival: Fact whose words, where the rules took them for it, are not this one's ("the right foot" that gave the bone).
    """

    carrier: Carrier
    tags: tuple[str, ...] = ()
    among: tuple[int, ...] = ()
    one: bool = False
    contained: bool = False
    where: When | None = None
    rival: str | None = None
    doubted_below: Share | None = None
    doubted_beside: Share | None = None
    rests_on: dict[str, str] = Field(default_factory=dict)
    rests_unless: When | None = None
    needs: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    adds: bool = True


class SecondReaderFile(Strict):
    """``second_reader.yaml``: what the learned second reader may add to what the rules found.

    Attributes:
        considers: The notes that it reads, judged by the facts of the rules.
        silent_frames: Frames of sentences in which no place carries a fact.
        silent_cues: Categories of context cues; what they govern carries no fact.
        doubted_below: A present fact of the rules that is right with less than this probability is called uncertain.
        listens: Facts that are only listened for, each value of them in the whole note: joins, by the vessel.
        make_up: Facts that tell what operation it was: what fits one operation is strange in another.
        facts: What it is asked for, by the name of the fact.
    """

    considers: When
    silent_frames: tuple[str, ...]
    silent_cues: tuple[str, ...]
    doubted_below: Share
    listens: tuple[str, ...]
    make_up: tuple[str, ...]
    facts: Annotated[dict[str, Asked], Field(min_length=1)]
