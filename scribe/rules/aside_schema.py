"""The schema of ``patterns/asides.yaml``."""

from __future__ import annotations

from typing import Literal

from scribe.rules.condition_schema import Strict

Reach = Literal["sentence", "behind", "before"]


class AsideRule(Strict):
    """One way a note tells of something beside this operation.

    Attributes:
        id: Names the rule.
        pattern: What makes a passage an aside, in the pattern language of ``patterns/facts``.
        category: A status of ``context.yaml``: how what is told there counts.
        reach: What is aside: the whole sentence, or what stands in and behind the match, or up to its end.
        unless: Words and tags of which none may stand in the sentence.
    """

    id: str
    pattern: str
    category: str = "ELSEWHERE"
    reach: Reach = "sentence"
    unless: tuple[str, ...] = ()


class AsidesFile(Strict):
    """``patterns/asides.yaml``; in a sentence of more than ``longest`` words nothing is an aside."""

    longest: int
    rules: tuple[AsideRule, ...]
