"""Pydantic model of ``gap_judge.yaml``: about which items of a checklist the learned judge of gaps may keep quiet."""

from __future__ import annotations

from scribe.rules.condition_schema import Share, Strict


class GapJudgeFile(Strict):
    """``gap_judge.yaml``.

    Attributes:
        quiet_below: A gap that is less probable than this raises no finding.
        why: What a quiet item says behind its reason.
        deciding: Items that are never quiet while the code is open: the answer to one of them may be the code.
        hears: By item, the facts that are listened for; an item that is not named is never quiet.
    """

    quiet_below: Share
    why: str
    deciding: frozenset[str]
    hears: dict[str, tuple[str, ...]]
