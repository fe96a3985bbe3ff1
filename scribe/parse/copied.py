"""Know a label of text that was copied from an earlier note ("Clinic note 7/30, brought forward: ...")."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scribe.parse.labels import COLON, either, folded, plain_words

if TYPE_CHECKING:
    from scribe.rules.set_aside_schema import CopiedWords

_LEAD = re.compile(r"[\s>#*_\-–—•\[(=]*")
_LONGEST = 90


class CopiedLabel:
    """The labels that name earlier notes as copied, by the ``copied`` words of ``patterns/sections.yaml``."""

    def __init__(self, rules: CopiedWords) -> None:
        """Make expressions of the words."""
        said = either(rules.words)
        notes = either(rules.notes)
        self._near = rules.near
        self._copied = re.compile(rf"^(?:{said})\b|(?<!not )(?<!nothing )(?<!no )\b(?:{said})\b")
        self._named = re.compile(rf"\b(?:{notes})\b")
        self._operation = re.compile(rf"\b(?:{either(rules.operations)})\b")
        self._section, self._settled = rules.section, rules.settled

    def match(self, line: str) -> tuple[str, int] | None:
        """Return the section that a line opens, and where its label ends, or None where it names no copied note."""
        low = folded(line)
        if not any(piece in low for piece in self._near):
            return None
        colon = COLON.search(line, 0, _LONGEST)
        after = colon.end() if colon else len(line)
        label = line[: colon.start()] if colon else line
        words = plain_words(label)
        is_label = len(label) <= _LONGEST and ". " not in label
        if not colon:
            is_label = is_label and _is_marked(label)
        if not (is_label and self._copied.search(words) and self._named.search(words)):
            return None
        return (self._settled if self._operation.search(words) else self._section), after


def _is_marked(label: str) -> bool:
    """Tell whether a line without a colon is written as a title: in capitals, or with its remark in brackets at its end."""
    bare = _LEAD.sub("", label, count=1).strip(" *_#=-–—")
    return bare.isupper() or bare.endswith((")", "]"))
