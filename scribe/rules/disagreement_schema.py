"""Pydantic models of ``disagreements.yaml``."""

from __future__ import annotations

from pydantic import RootModel

from scribe.rules.condition_schema import Sources, Strict


class Disagreement(Strict):
    """Public sources that contradict each other or the truth, and what this pack does about it."""

    id: str
    statement: str
    why_not: str
    ruling: str
    touches: tuple[str, ...] = ()
    sources: Sources


class DisagreementsFile(RootModel[tuple[Disagreement, ...]]):
    """``disagreements.yaml``."""
