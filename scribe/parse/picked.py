"""Read what a template offers in braces together with what was picked: "{left / right : right}", "{Graft: auto / allo : auto}"."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from scribe.parse.tokens import tokenize

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scribe.parse.choosers import Mark
    from scribe.rules.words_schema import AnswerWords

_PICKED = re.compile(
    r"\{[ ]?(?:[^{}:/|\n]{2,40}:[ ]?)?(?P<options>[^{}:/|\n]{1,60}(?:[/|][^{}:/|\n]{1,60}){1,9})"
    r":[ ]?(?P<answer>[^{}:/|\n*_]{1,60})\}"
)
# A label, or options that words set apart ("left or right"), and the answer, with a blank behind the colon; the number of a list in a
# record system stands close behind it.
_STATED = re.compile(
    r"\{[ ]?(?P<options>[A-Za-z][^{}:/|\n]{1,30}):[ ](?P<answer>[^{}:/|\n*_?]{0,39}[^{}:/|\n*_? ])[ ]?\}"
)
_OPTIONS = re.compile(r"[/|]")
_LISTING = frozenset(",;[]")  # marks of several answers
_LABEL = re.compile(r"[ \t]{0,20}[A-Z][\w /()-]{1,40}")
_GOES_ON = re.compile(r"[ ]?[a-z%]")


def picked_choices(text: str, words: AnswerWords) -> list[tuple[int, int]]:
    """Return where braces stand that hold what was picked."""
    return [m.span() for m in _picked(text, words)]


def picked_marks(text: str, words: AnswerWords) -> Iterator[Mark]:
    """Yield the marks that leave of such braces the label and what was picked."""
    for match in _picked(text, words):
        line = text.rfind("\n", 0, match.start()) + 1
        has_options = match.re is _PICKED or _is_offered(match["options"], words)
        is_answer = has_options and _LABEL.fullmatch(text, line, match.start())
        yield (match.start(), match.start() + 1), ":" if is_answer else ""
        if has_options:
            yield (match.start("options"), match.start("answer")), ""
        goes_on = _GOES_ON.match(text, match.end())
        yield (match.end() - 1, match.end()), "" if goes_on else ";"


def _picked(text: str, words: AnswerWords) -> Iterator[re.Match[str]]:
    if "{" not in text:
        return
    for match in _PICKED.finditer(text):
        offered = {option.strip().lower() for option in _OPTIONS.split(match["options"])}
        if match["answer"].strip().lower() in offered:
            yield match
    for match in _STATED.finditer(text):
        if _is_offered(match["answer"], words):
            continue
        offers = _is_offered(match["options"], words)
        if not offers or match["answer"].strip().lower() in match["options"].lower():
            yield match


def _is_offered(answer: str, words: AnswerWords) -> bool:
    """Tell whether an answer is but what the template offers ("left or right", "left, right, both", "select side")."""
    told = tuple(token.word for token in tokenize(answer))
    if not _LISTING.isdisjoint(told) or ("(", ")") in pairwise(told):
        return True
    if any(told[: len(row)] == row for row in words.asking):
        return True
    return not words.offering.isdisjoint(told[1:-1])
