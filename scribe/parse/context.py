"""Scopes of context cues, by medspaCy's ConText, on the sentences that have cues."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scribe.types.mention import Cue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scribe.parse.matcher import CueHit
    from scribe.parse.tokens import Token


def scope_cues(doc: Any, tokens: Sequence[Token], hits: Sequence[CueHit]) -> tuple[Cue, ...]:
    """Return the cues of one sentence with the stretch of the note that each governs.

    Args:
        doc: The spaCy document with sentence boundaries.
        tokens: The tokens of the note.
        hits: The cues of one sentence.
    """
    from medspacy.context import ConTextGraph, ConTextModifier

    # medspaCy 1.3.1 misses a terminator whose scope holds the whole scope that it should end, so a terminator
    # reaches no further than itself.
    modifiers = [
        ConTextModifier(
            hit.rule, hit.first, hit.after, doc, scope_start=hit.first, scope_end=hit.after
        )
        if hit.rule.direction == "TERMINATE"
        else ConTextModifier(hit.rule, hit.first, hit.after, doc)
        for hit in hits
    ]
    graph = ConTextGraph(targets=[], modifiers=modifiers)
    graph.update_scopes()
    cues: list[Cue] = []
    for hit, modifier in zip(hits, graph.modifiers, strict=True):
        first, after = modifier.scope_span
        if hit.rule.direction == "TERMINATE" or after <= first:
            continue
        cues.append(
            Cue(
                category=hit.category,
                rule=hit.name,
                start=tokens[hit.first].start,
                end=tokens[hit.after - 1].end,
                scope_start=tokens[first].start,
                scope_end=tokens[after - 1].end,
            )
        )
    return tuple(cues)
