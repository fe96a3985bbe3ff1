"""Find the remarks by which a person edits a draft: in brackets, behind marks, labels or initials, as orders or as footnotes."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from scribe.parse.labels import either, folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scribe.rules.set_aside_schema import EditWords

_ANSWERS = 2  # words of an answer, at most: "[no]", "[x] yes"
_LEAST = 2  # remarks of a kind that say what they do, or it is no kind of remark in this note
_OFTEN = 4  # times that initials stand before what is said
_WORDS = 3  # of a sentence in which a bracket may be a remark and not an answer
_SHORTEST_ORDER = 3
_BRACKET = re.compile(r"\[([^\[\]]{1,500})\]")
_SHOUTED = re.compile(r"(?<=[\s.])/(?=[A-Z\d])([^/\na-z]{2,300})/(?=[\s.,;:)]|$)")
_ARROW = re.compile(r"[ \t](?:->|→)[ \t]+([^\n]*?)(?=[.;](?:\s|$)|\n|$)")
_DASH = re.compile(r"(?<=[.;])[ \t]+—[ \t]+([^\n]*?)(?=[.;](?:\s|$)|\n|$)")
_REWRITTEN = re.compile(r"\s(?:->|=>|→)\s")
_FOOTNOTE = re.compile(r"^[ \t]*(\*\d{1,2}|\*{1,3}|[†‡§¶])[ \t]+(?=\S)", re.MULTILINE)
_SPEAKS = re.compile(r"(?:^|(?<=[.;?!][ \t]))([A-Z]{2,3}):[ \t]+(?=\S)", re.MULTILINE)
_SIGNED = re.compile(r"[A-Z]{2,4}:\s*")
_LINE_END = re.compile(r"\n|$")
_TOLD_END = re.compile(r"[.;](?=\s)|\n|$")
_BEHIND = re.compile(r"\s*(?:[.,;:)\]/!?–—-]|$)")
_WORD = re.compile(r"[^\W_]+")


class Way(Enum):
    """How a remark is marked."""

    BRACKET = "bracket"
    SHOUTED = "shouted"
    ARROW = "arrow"
    DASH = "dash"
    CLAIM = "claim"
    LABEL = "label"
    SPEAKER = "speaker"
    ORDER = "order"
    INITIALS = "initials"
    FOOTNOTE = "footnote"


class Lead(Enum):
    """What a remark begins by saying that it does, by the names of ``EditWords``, in the order in which they are looked for."""

    ADDS = "adds"
    AFFIRMS = "affirms"
    STRIKES = "strikes"
    UNLIKE = "unlike"
    DENIES = "denies"
    CHANGES = "changes"
    REWRITTEN = "rewritten"
    """What it says stands behind an arrow; no words lead to it."""


class Remark(NamedTuple):
    """A remark.

    Attributes:
        start: Where its mark begins.
        body: Where its words begin.
        said: Where they go on behind those that say what it does; the same place where none do.
        after: Where they end.
        end: Where its closing mark ends.
        way: How it is marked.
        lead: What it says that it does, or None.
        at: Where the text ends that it speaks of.
    """

    start: int
    body: int
    said: int
    after: int
    end: int
    way: Way
    lead: Lead | None
    at: int

    @property
    def is_apart(self) -> bool:
        """Tell whether it stands by itself, and may speak of more than the words right before it."""
        return self.way not in _WITHIN


_WITHIN = (Way.BRACKET, Way.SHOUTED, Way.ARROW, Way.DASH, Way.CLAIM)
_SHORT = (Way.BRACKET, Way.SHOUTED, Way.ARROW)  # marks that answers and forms have, too
_ALWAYS = (Way.LABEL, Way.CLAIM)  # one of them is enough
_BEHIND_MARK = (Lead.AFFIRMS, Lead.DENIES)  # words that mean so only before a mark or the end


class RemarkFinder:
    """The marks and words of remarks, by the ``edits`` words of ``patterns/sections.yaml``."""

    def __init__(self, rules: EditWords) -> None:
        """Make expressions of the words."""
        self._labels = {
            way: re.compile(
                rf"(?:(?P<first>^[ \t]*(?:[-•*][ \t])?)|(?<=[.;?!][ \t]))(?:{either(names)})"
                r"(?:\s\([^)\n]{1,40}\))?(?:\s?\d{1,2})?[ \t]?(?::|[ \t]{2}|\t)[ \t]*(?=\S)",
                re.IGNORECASE | re.MULTILINE,
            )
            for way, names in ((Way.LABEL, rules.labels), (Way.SPEAKER, rules.speakers))
        }
        self._claim = re.compile(
            rf"[(\[]((?:{either(rules.claims)})\b[^()\[\];\n]{{1,200}})[;)\]]", re.IGNORECASE
        )
        self._label_within = re.compile(rf"(?:{either(rules.labels)}):\s*", re.IGNORECASE)
        orders = sorted(
            word.upper()
            for group in (rules.affirms, rules.strikes, rules.changes, rules.adds)
            for word in group
            if word.isalpha() and len(word) >= _SHORTEST_ORDER
        )
        self._order = re.compile(rf"(?<=[.;][ \t])(?=(?:{'|'.join(orders)})\b)")
        self._leads = [
            (lead, re.compile(rf"(?:{either(getattr(rules, lead.value))})\b"))
            for lead in Lead
            if lead is not Lead.REWRITTEN
        ]

    def find(self, text: str) -> list[Remark]:
        """Return the remarks of a note in order, none within another; of a kind of which too few say what they do, none."""
        kinds: dict[tuple[Way, str], list[Remark]] = defaultdict(list)
        for start, body, after, end, way in self._marked(text):
            who = text[start:body] if way is Way.INITIALS else ""
            kinds[way, who].append(self._read(text, start, body, after, end, way))
        for at, body, after in _footnotes(text):
            kinds[Way.FOOTNOTE, ""].append(
                self._read(text, body, body, after, after, Way.FOOTNOTE)._replace(at=at)
            )
        found = (
            remark
            for (way, _), remarks in kinds.items()
            if way in _ALWAYS or sum(_is_telling(each, text) for each in remarks) >= _LEAST
            for remark in remarks
        )
        kept: list[Remark] = []
        for remark in sorted(found):
            if not kept or remark.start >= kept[-1].end:
                kept.append(remark)
        return kept

    def _marked(self, text: str) -> Iterator[tuple[int, int, int, int, Way]]:
        """Yield where a remark's mark begins, its words begin and end, and its closing mark ends, and how it is marked."""
        for way, shape in zip(
            _WITHIN, (_BRACKET, _SHOUTED, _ARROW, _DASH, self._claim), strict=True
        ):
            for m in shape.finditer(text):
                if way is not Way.BRACKET or _stands_in_sentence(text, m.start()):
                    yield m.start(), m.start(1), m.end(1), m.end(), way
        for way, label in self._labels.items():
            for m in label.finditer(text):
                end = _end(_TOLD_END if m["first"] is None else _LINE_END, text, m.end())
                yield m.start(), m.end(), end, end, way
        for m in self._order.finditer(text):
            end = _end(_TOLD_END, text, m.end())
            yield m.start(), m.start(), end, end, Way.ORDER
        speaks = [*_SPEAKS.finditer(text)]
        often = Counter(m[1] for m in speaks)
        for m in speaks:
            if often[m[1]] >= _OFTEN:
                end = _end(_TOLD_END, text, m.end())
                yield m.start(), m.end(), end, end, Way.INITIALS

    def _read(self, text: str, start: int, body: int, after: int, end: int, way: Way) -> Remark:
        """Return a remark with what it says that it does."""
        if way is Way.CLAIM:
            return Remark(start, body, after, after, end, way, Lead.ADDS, start)
        rewritten = _REWRITTEN.search(text, body, after) if way is Way.BRACKET else None
        if rewritten:
            return Remark(start, body, rewritten.end(), after, end, way, Lead.REWRITTEN, start)
        lead, said = self._lead(text, body, after)
        for shape in (_SIGNED, self._label_within):  # "[HV: no, six]"
            if lead is None and (signed := shape.match(text, body, after)):
                body = signed.end()
                lead, said = self._lead(text, body, after)
        return Remark(start, body, said, after, end, way, lead, start)

    def _lead(self, text: str, body: int, after: int) -> tuple[Lead | None, int]:
        """Return what a remark begins by saying that it does, and where its words go on."""
        low = folded(text[body:after])
        for lead, words in self._leads:
            match = words.match(low)
            if match and (lead not in _BEHIND_MARK or _BEHIND.match(low, match.end())):
                return lead, body + match.end()
        return None, body


def _is_telling(remark: Remark, text: str) -> bool:
    """Tell whether a remark says what it does, in more than an answer does."""
    if remark.lead is None:
        return False
    words = _WORD.findall(text[remark.body : remark.after])
    return (
        remark.way not in _SHORT
        or remark.lead in (Lead.STRIKES, Lead.CHANGES, Lead.REWRITTEN)
        or len(words) > _ANSWERS
    )


def _footnotes(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield for each footnote where its mark stands in the text, and where its words begin and end."""
    for note in _FOOTNOTE.finditer(text):
        told = re.compile(rf"(?<=[^\s*]){re.escape(note[1])}(?![\d*])").search(
            text, 0, note.start()
        )
        if told:
            yield told.start(), note.end(), _end(_LINE_END, text, note.end())


def _end(shape: re.Pattern[str], text: str, start: int) -> int:
    found = shape.search(text, start)
    return found.start() if found else len(text)


def _stands_in_sentence(text: str, start: int) -> bool:
    """Tell whether a bracket stands behind words of a sentence, and not for an answer."""
    line = text[text.rfind("\n", 0, start) + 1 : start]
    return len(_WORD.findall(line)) >= _WORDS
