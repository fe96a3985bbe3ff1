"""Read labels and answers that stand inside a line: codes of a legend, filled blanks, "label = answer" and "C9 label > answer".

What is found is a mark for a stretch of the note: a colon or another mark that its words are read with, or nothing where the stretch says
nothing.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from scribe.parse.choosers import ARROWS, chooser_marks, has_arrows
from scribe.parse.picked import picked_choices, picked_marks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scribe.parse.choosers import Mark
    from scribe.rules.words_schema import AnswerWords

# "(1 fibula 2 crest 3 other)", "(0=none 1=strip 2=milking)": the choices of a label by their codes.
_CHOICES = re.compile(
    r"\((?P<choices>[ ]?(?:\d{1,2}|[a-h])[ ]?[=:.)]?[ ]?[A-Za-z][^()\n]{3,240})\)"
)
_CHOICE = re.compile(
    r"(?:(?<=^)|(?<=[ ,;]))(?P<code>\d{1,2}|[a-h])(?:[ ]?=[ ]?|[ ])(?P<words>[A-Za-z][^=\d]*?)"
    r"(?=[ ,;]+(?:\d{1,2}|[a-h])[ ]?(?:=|(?<=\d[ ]))|$)"
)
_CODES = re.compile(
    r"[ \t]{0,60}+(?:(?:>|:|=|\.{3,60}+)[ \t]{0,60}+|(?<=[ ]{2}))(?P<codes>(?:\d{1,2}|[a-h])(?:[ ]*[,/&+][ ]*(?:\d{1,2}|[a-h]))*)(?![\w.-])"
)
# "(L/R)", "(Y / N)": what could be said, not what was.
_LEGEND = re.compile(
    r"\((?:\d{1,2}[ ]?(?:-|–|to)[ ]?\d{1,2}|[A-Za-z]{1,5}(?:[ ]?/[ ]?[A-Za-z]{1,5}){1,3}|(?:\d[ ]?=?[ ]?[A-Za-z][^()\d\n]{0,30}){2,9})\)"
    r"(?=[ \t]*(?::|\t|\.{3}|[ ]{2}|=|>|_{2}))"
)
# "C9 stalk, cm > 8.5"
_GREATER = re.compile(
    r"(?:^[ \t]{0,60}+|(?<![ ])[ ]{3,60}+)(?P<code>[A-Z]?\d{1,2}[a-z]?\.?)[ ](?P<label>[^>\n]{2,160}?)(?P<gap>[ ]>[ ])(?=\S)",
    re.MULTILINE,
)
_LEAST_GREATER = 4  # lines; fewer may be prose, where ">" joins two vessels
# "Source limb > left", without a code.
_ARROWED = re.compile(
    r"^[ \t]{0,40}+(?:[-*•] )?[A-Za-z][\w /,().-]{2,50}?(?P<gap>[ ]{1,40}>[ ])(?=\S)", re.MULTILINE
)
# Labels and answers in a run: "Graft from = left distal radius; Leash = 30 mm".
_EQUALS = re.compile(
    r"(?:^|(?<=;)|(?<=\.))[ \t]*[A-Z][\w ,/().-]{1,40}?(?P<gap>[ ]=[ ])(?=\S)", re.MULTILINE
)
# "Donor bone : 1 fibula 2 iliac 3 metatarsal   > 3 metatarsal": what could be said, by its codes, before what was.
_CODED_ANSWER = re.compile(
    r":[ \t]*(?P<offered>(?:\d{1,2}[ ](?=[A-Za-z])[^>:\n\d]{1,40}){2,9}>[ ]*(?P<code>\d{1,2})[ ])(?=[A-Za-z])"
)
# "4.2  ray: second", in an outline: the numbers say nothing.
_OUTLINED = re.compile(
    r"^[ \t]*(?P<number>\d{1,2}(?:\.\d{1,2}){0,3}\.?)[ \t]{1,4}(?=[A-Za-z])", re.MULTILINE
)
_LEAST_OUTLINED = 5  # lines with a number of several parts
# "Donor bone - second metatarsal", where a note is written so throughout; a short abbreviation before the dash may be a vessel.
_DASHED = re.compile(
    r"^[ \t]{0,40}+(?:[-*•] )?(?=[^\n]{5})[A-Z][\w /()]{4,40}?(?P<gap> [-–—] )(?=\S)", re.MULTILINE
)
# "Bone -- second metatarsal".
_TWO_DASHES = re.compile(
    r"^[ \t]{0,40}+(?:[-*•] )?[A-Z][\w ,/()]{1,40}?(?P<gap> -- )(?=\S)", re.MULTILINE
)
_THROUGHOUT = 5  # lines, at least, of a form written so
FILLED = re.compile(
    r"(?P<begin>[ \t]{0,20}(?<!_)_{2,200}+)(?P<words>[^\s_](?:[^_\n]{0,80}[^\s_])?)(?P<end>_{2,200}+)"
)
"""A blank that somebody filled in: "Foot __L__"."""
# "Donor side {left / right}   LEFT": the choices of a label, with the answer behind them.
_OFFERED = re.compile(
    r"^(?P<label>[^:{}\n]{2,60})(?P<choices>\{[^{}\n]{1,160}\})(?=[ \t]{1,60}[^\s_:{*])",
    re.MULTILINE,
)
# A second label on a line, far from the answer before it: "MRI seen: yes      CT seen: no".
_NEXT_LABEL = re.compile(
    rf"(?<=[^\s:])[ ]{{3,60}}(?=[A-Za-z][A-Za-z /()-]{{1,30}}(?:[:={ARROWS}]|[ ]{{3}}|[ ]\())"
)


def field_marks(text: str, words: AnswerWords) -> Iterator[Mark]:
    """Yield the marks of labels and answers inside lines; none overlaps one before it."""
    yield from chooser_marks(text)
    if "(" in text:
        chosen = [list(_chosen(text, choices)) for choices in _CHOICES.finditer(text)]
        yield from chain.from_iterable(chosen)
        read = {marks[0][0][0] for marks in chosen if marks}
        yield from ((m.span(), "") for m in _LEGEND.finditer(text) if m.start() not in read)
    if ">" in text:
        yield from ((m.span("offered"), "") for m in _CODED_ANSWER.finditer(text))
    yield from ((m.span("number"), "") for m in outlined(text))
    if "{" in text:
        yield from ((span, "") for span in answered_choices(text, words))
        yield from picked_marks(text, words)
    if " > " in text:
        yield from _behind_codes(text)
        yield from ((m.span("gap"), ":") for m in _throughout(_ARROWED, text))
    if " = " in text:
        yield from ((m.span("gap"), ":") for m in _EQUALS.finditer(text))
    if " -- " in text:
        yield from ((m.span("gap"), ":") for m in _throughout(_TWO_DASHES, text))
    yield from ((m.span("gap"), ":") for m in _throughout(_DASHED, text))
    if "__" in text:
        for blank in FILLED.finditer(text):
            yield blank.span("begin"), ":"
            yield blank.span("end"), ";"
    if "   " in text:
        yield from (
            (m.span(), ";") for m in _NEXT_LABEL.finditer(text) if _is_answered(text, m.start())
        )


def answered_choices(text: str, words: AnswerWords) -> list[tuple[int, int]]:
    """Return where choices in braces stand that the words behind them answer."""
    if "{" not in text:
        return []
    picked = {start for start, _ in picked_choices(text, words)}
    offered = [m.span("choices") for m in _OFFERED.finditer(text)]
    return [span for span in offered if span[0] not in picked]


def _chosen(text: str, legend: re.Match[str]) -> Iterator[Mark]:
    """Yield the marks that leave of a legend what its answer's codes stand for, where it knows them all."""
    choices = legend["choices"].strip()
    first = legend.start("choices") + legend["choices"].index(choices)
    offered = {
        m["code"]: (first + m.start("words"), first + m.end("words"))
        for m in _CHOICE.finditer(choices)
    }
    answer = _CODES.match(text, legend.end())
    if len(offered) < 2 or answer is None:
        return
    codes = re.findall(r"\w+", answer["codes"])
    if not all(code in offered for code in codes):
        return
    at, mark = legend.start(), ":"
    for start, end in sorted(offered[code] for code in codes):
        yield (at, start), mark
        at, mark = end, ","
    yield (at, answer.end()), ""


def _behind_codes(text: str) -> Iterator[Mark]:
    """Yield the marks of "C9 label > answer", where a note is written so throughout."""
    found = list(_GREATER.finditer(text))
    if len(found) < _LEAST_GREATER:
        return
    for match in found:
        first = text.rfind("\n", 0, match.start("code")) + 1
        opening = "" if not text[first : match.start("code")].strip() else ";"
        yield match.span("code"), opening
        yield match.span("gap"), ":"


def coded_lines(text: str) -> Iterator[int]:
    """Yield where the lines of "label > answer" and of an outline begin and end; no sentence crosses one."""
    for line in outlined(text):
        yield line.start()
    if " > " not in text:
        return
    found = list(_GREATER.finditer(text))
    coded = found if len(found) >= _LEAST_GREATER else []
    for match in (*coded, *_throughout(_ARROWED, text)):
        yield text.rfind("\n", 0, match.start("gap")) + 1
        end = text.find("\n", match.end())
        yield len(text) if end < 0 else end


def outlined(text: str) -> list[re.Match[str]]:
    """Return the numbered lines of an outline ("4.2  ray: second"); none where a note is no outline."""
    found = list(_OUTLINED.finditer(text))
    parted = sum("." in line["number"].rstrip(".") for line in found)
    return found if parted >= _LEAST_OUTLINED else []


def _throughout(shape: re.Pattern[str], text: str) -> list[re.Match[str]]:
    """Return the lines of a shape in a text that has enough of them; fewer may be prose."""
    found = list(shape.finditer(text))
    return found if len(found) >= _THROUGHOUT else []


def _is_answered(text: str, at: int) -> bool:
    """Tell whether a label and its answer stand before an offset, on its line."""
    line = text[text.rfind("\n", 0, at) + 1 : at]
    return ":" in line or has_arrows(line)
