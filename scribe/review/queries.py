"""Word the questions to the surgeon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scribe.rules.wording import first_filled, join_words, quote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scribe.rules.pack import RulePack
    from scribe.types.fact import Evidence


def word_query(name: str, evidence: Sequence[Evidence], pack: RulePack) -> str:
    """Return a question that quotes the note where it can and offers its answers without steering.

    Args:
        name: Id of the question in ``queries.yaml``.
        evidence: Words of the note that made the question necessary.
        pack: The rule pack.

    Source: AHIMA and ACDIS practice brief on compliant queries.
    """
    query = pack.queries[name]
    words = quote(evidence)
    text = first_filled(query.text, (), {"words": words} if words else {})
    return f"{text}: {join_words(query.options, last='or')}."
