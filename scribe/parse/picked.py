"""Read what a template offers in braces together with what was picked: "{left / right : right}", "{Graft: auto / allo : auto}"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scribe.parse.choosers import Mark

_PICKED = re.compile(
    r"\{[ ]?(?:[^{}:/|\n]{2,40}:[ ]?)?(?P<options>[^{}:/|\n]{1,60}(?:[/|][^{}:/|\n]{1,60}){1,9})"
    r":[ ]?(?P<answer>[^{}:/|\n*_]{1,60})\}"
)
# A label and its answer, with a blank behind the colon; the number of a list in a record system stands close behind it.
_STATED = re.compile(
    r"\{[ ]?[A-Za-z][^{}:/|\n]{1,30}:[ ](?P<answer>[^{}:/|\n*_?]{0,39}[^{}:/|\n*_? ])[ ]?\}"
)
_OPTIONS = re.compile(r"[/|]")
_LABEL = re.compile(r"[ \t]{0,20}[A-Z][\w /()-]{1,40}")
_GOES_ON = re.compile(r"[ ]?[a-z%]")


def picked_choices(text: str) -> list[tuple[int, int]]:
    """Return where braces stand that hold what was picked."""
    return [m.span() for m in _picked(text)]


def picked_marks(text: str) -> Iterator[Mark]:
    """Yield the marks that leave of such braces the label and what was picked."""
    for match in _picked(text):
        line = text.rfind("\n", 0, match.start()) + 1
        is_answer = match.re is _PICKED and _LABEL.fullmatch(text, line, match.start())
        yield (match.start(), match.start() + 1), ":" if is_answer else ""
        if match.re is _PICKED:
            yield (match.start("options"), match.start("answer")), ""
        goes_on = _GOES_ON.match(text, match.end())
        yield (match.end() - 1, match.end()), "" if goes_on else ";"


def _picked(text: str) -> Iterator[re.Match[str]]:
    if "{" not in text:
        return
    for match in _PICKED.finditer(text):
        offered = {option.strip().lower() for option in _OPTIONS.split(match["options"])}
        if match["answer"].strip().lower() in offered:
            yield match
    yield from _STATED.finditer(text)
