"""Check the sentences, questions and expressions of the rule pack."""

from __future__ import annotations

import re
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any

from scribe.rules.wording import placeholders

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence, Set

    from scribe.rules.schema import PackFile, Query

_FEW = 10


def check_wordings(
    place: str, texts: Sequence[str], known: Set[str], *, is_open: bool = False
) -> Iterator[str]:
    """Check wordings of one sentence.

    Args:
        place: Where they stand, for the message.
        texts: The wordings, in order.
        known: Names that a placeholder may have.
        is_open: True where the last wording may need values, since its condition grants them.
    """
    for text in texts:
        for name in placeholders(text):
            if name not in known:
                yield f"{place}: the placeholder {{{name}}} names nothing that is known"
    if not is_open and set(placeholders(texts[-1])) - {"donor.label"}:
        yield f"{place}: the last wording must stand without placeholders"


def check_question(place: str, query: Query, settings: PackFile) -> Iterator[str]:
    """Check that a question is neutral: no word of money, nothing leading, an open end.

    Source: AHIMA and ACDIS practice brief on compliant queries.
    """
    whole = " ".join((*query.text, *query.options)).lower()
    for word in settings.payment_words:
        if re.search(rf"\b{re.escape(word)}s?\b", whole):
            yield f"{place}: holds {word!r}, a word of payment"
    for word in settings.leading_words:
        if word in whole:
            yield f"{place}: holds {word!r}, which leads to an answer"
    if query.options[-len(settings.closing_options) :] != settings.closing_options:
        yield f"{place}: its options must end with {', '.join(settings.closing_options)}"
    for text in query.text:
        if text.endswith((".", "?", ":")):
            yield f"{place}: a wording ends without a mark; the options follow"
    if re.search(r"\d{5}", whole):
        yield f"{place}: holds a code number"


def check_pattern(place: str, pattern: str) -> Iterator[str]:
    """Check that an expression compiles and cannot run away: no unbounded repeat inside a long one."""
    try:
        re.compile(pattern)
    except re.error as error:
        yield f"{place}: {pattern!r} is no expression ({error.msg})"
        return
    if _runs_away(_parser.parse(pattern), inside=False):
        yield f"{place}: {pattern!r} holds a repeat inside a repeat"


def _runs_away(parsed: Any, *, inside: bool) -> bool:
    return any(_token_runs_away(token, inside=inside) for token in parsed)


def _token_runs_away(token: Any, *, inside: bool) -> bool:
    operation, argument = token
    if operation in (_constants.MAX_REPEAT, _constants.MIN_REPEAT):
        _, most, body = argument
        is_unbounded = most is _constants.MAXREPEAT
        if inside and is_unbounded:
            return True
        return _runs_away(body, inside=inside or is_unbounded or most > _FEW)
    if operation is _constants.BRANCH:
        return any(_runs_away(branch, inside=inside) for branch in argument[1])
    if operation is _constants.SUBPATTERN:
        return _runs_away(argument[-1], inside=inside)
    if operation in (_constants.ASSERT, _constants.ASSERT_NOT):
        return _runs_away(argument[1], inside=inside)
    return False
