"""Pydantic model of ``arbiter.yaml``: which questions of the decision table the learned arbiter may answer, and which codes it doubts."""

from __future__ import annotations

from scribe.rules.condition_schema import Share, Strict, When


class ArbiterFile(Strict):
    """``arbiter.yaml``.

    Attributes:
        considers: The notes that it weighs, judged by the facts.
        hears: Facts of which it also sees how loudly the second reader hears each value.
        skin: By class that stands for a code, whether that code is one with skin.
        settles: By row of the decision table that asks, the least probability of a class at which the question is answered; only where
            exactly one of the open codes is meant by the class.
        donors: Donors that are a class of their own; all others are one class together.
        finds: By row of the decision table that asks for the donor, the least probability of one at which it is taken; only where what
            became of the skin is at least as probable as ``finds_skin``, and where a fact of the note names the donor.
        finds_skin: See ``finds``.
        overrules: By row of the decision table that says "none" because of one sign, the least probability of a class at which the rows
            behind it decide; only where they come to a code of that class.
        outside: The class that stands for "no free bone flap".
        refuses: By row of the decision table that asks, the least probability of that class at which the answer is none.
        reopens: By row of the decision table that says "none" since no bone was read, the least probability of a class that stands for a
            code at which it is asked.
        doubts_below: By class that is the most probable one, how improbable that of a code has to be for the code to be left open; under a
            class that is not named none is.
        doubts_at: The same for single rows of the decision table, in place of it.
        never_doubts: Rows of the decision table whose code is always kept.
        reasons: Reasons of the decision table for an answer that is settled, before that of the arbiter.
        settled: By class, the arbiter's reason for an answer.
        found: By class, its reason for an answer whose donor it found.
        overruled: Its reason for a code where the table said "none".
        held: The arbiter's reason for a question; ``against`` follows, by the most probable class.
        against: See ``held``.
        refused: Its reason for no code where the table asks.
        reopened: By class, its reason for a question where the table says "none".
        changes: What the ending of a row's id says ("the arbiter answered the question"), by the ending.
        counterfactual: What the note would have to document for another answer.
        most_evidence: The most places that a reason of the arbiter shows.
        sources: Of what follows from it.
    """

    considers: When
    hears: tuple[str, ...]
    skin: dict[str, bool]
    settles: dict[str, Share]
    donors: tuple[str, ...]
    finds: dict[str, Share]
    finds_skin: Share
    overrules: dict[str, Share]
    outside: str
    refuses: dict[str, Share]
    reopens: dict[str, Share]
    doubts_below: dict[str, Share]
    doubts_at: dict[str, dict[str, Share]]
    never_doubts: tuple[str, ...]
    reasons: tuple[str, ...]
    settled: dict[str, str]
    found: dict[str, str]
    overruled: str
    held: str
    against: dict[str, str]
    refused: str
    reopened: dict[str, str]
    changes: dict[str, str]
    counterfactual: str
    most_evidence: int
    sources: tuple[str, ...]
