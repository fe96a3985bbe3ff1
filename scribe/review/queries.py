"""Word the questions to the surgeon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scribe.rules.wording import fill_each, first_filled, join_words, quote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scribe.rules.pack import RulePack
    from scribe.types.fact import Evidence, Fact


def word_query(
    name: str, evidence: Sequence[Evidence], pack: RulePack, facts: Sequence[Fact] = ()
) -> str:
    """Return a question that quotes the note where it can and offers its answers without steering.

    Args:
        name: Id of the question in ``queries.yaml``.
        evidence: Words of the note that made the question necessary.
        pack: The rule pack.
        facts: Facts whose values the answers may name; of two that differ, both are quoted.

    Source: AHIMA and ACDIS practice brief on compliant queries.
    """
    query = pack.queries[name]
    text = first_filled(query.text, (), _quotes(evidence, facts))
    answers = [answer for option in query.options for answer in fill_each(option, facts)]
    return f"{text}: {join_words(answers, last='or')}."


def _quotes(evidence: Sequence[Evidence], facts: Sequence[Fact]) -> dict[str, str]:
    said = [quote(fact.evidence) for fact in facts] or [quote(evidence)]
    told = [words for words in dict.fromkeys(said) if words]
    return dict(zip(("words", "other_words"), told, strict=False))
