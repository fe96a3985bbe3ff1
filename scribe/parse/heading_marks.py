"""By which marks a line, or the words before a colon, are written like a heading."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scribe.parse.choosers import has_arrows
from scribe.parse.heading_names import LONGEST_HEADING

if TYPE_CHECKING:
    from collections.abc import Mapping

SENTENCE_END = re.compile(r"[a-z)]{3}\. ")
_NUMBER = re.compile(r"\(?\d{1,2}(?:\.\d{1,2})?[.)]\s+")
_NEXT_NUMBER = re.compile(r"\r*\n[ \t]*\(?\d{1,2}(?:\.\d{1,2})?[.)]?\s")
KEY_LINE = re.compile(
    r"\|?[ ]?[A-Za-z][\w /+&(),.-]{0,30}?(?::\s|\t|[ ]{3,40}\S|\s?\.{3,}|[ ]*\|)"
    r"|\(?\d{1,3}[.)]?[ \t]{1,8}[^\n|.]{1,90}?\s?\.{3,}"
)
_SHORT_LINE = 60
# Letters by which a note calls one of its authors ("P = Quintero", "(P) plastic surgeon"), and those that begin a paragraph ("P: ...").
_INTRODUCED = re.compile(
    r"\b([A-Z]{1,2})[ ](?:=|is|for)[ ](?:Dr|Mr|Ms|Mrs|Prof|Miss|the |[A-Z][a-z])|\(([A-Z]{1,2})\)"
)
_INITIAL = re.compile(
    r"^[ \t>#*_\[-]*([A-Z]{1,2})[*_\]]*(?::[*_]*[ \t]|[ ][-–—][ ]|(?<=\])[ ]|[ \t]*$)([^\n]*)",
    re.MULTILINE,
)
_ITEM = re.compile(r"[ \t]*\(?(\d{1,2})[.)][ \t]")
OUTLINE_NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})[ \t]{1,4}(?=[A-Za-z])")
"""The number of a line of an outline, behind its indent."""
_OUTLINED = re.compile(r"^[ \t]*" + OUTLINE_NUMBER.pattern, re.MULTILINE)
# Blanks, and lines that only rule a form off ("+-----+------+").
_RULED = re.compile(r"(?:\s*[-+=|_]{4,}(?=\s))*\s*")
_SHORTEST_SAYING = 120
_NEXT_LINE = re.compile(r"\r*\n([^\n]*)")


_NAMED = re.compile(r"[ ]\([^()\d]{1,40}\)$")  # whose part it is: "Excision (KA)"
_ANSWERED = re.compile(r":[ \t]+\S")  # "DONOR BONE: SECOND METATARSAL"


def looks_like_title(text: str, bare: str, start: int, end: int) -> bool:
    """Tell whether a short line is written like a heading: shouted, marked, ending with a colon, or alone above its text."""
    line = text[start:end].strip()
    return (
        (bare.isupper() and len(bare) > 3 and not _ANSWERED.search(bare))
        or (line.startswith("#") and not line[1:2].isdigit())
        or (line.startswith("**") and line.endswith(("**", ":**")))
        or line.endswith(":")
        or _is_lone_title(text, line, bare, end)
    )


def _is_lone_title(text: str, line: str, bare: str, end: int) -> bool:
    """Tell whether a line is a few words alone above their text; a number before them may go on below, but as no list of steps."""
    number = _NUMBER.match(bare)
    title = _NAMED.sub("", bare[number.end() :] if number else bare)
    if not (_stands_alone(line, title) and _followed(text, end)):
        return False
    return number is None or not _NEXT_NUMBER.match(text, end)


def _stands_alone(line: str, bare: str) -> bool:
    """Tell whether a line is a few words without an end, as a title is."""
    words = bare.split()
    return (
        len(words) <= 5
        and bare[:1].isupper()
        and bare[-1].isalpha()
        and not any(c.isdigit() for c in bare)
        and ":" not in bare
        and "   " not in bare  # a label and its answer
        and not has_arrows(bare)
        and not line.rstrip().endswith((",", ";", "."))
    )


def _followed(text: str, end: int) -> bool:
    """Tell whether a longer line follows directly."""
    below = _NEXT_LINE.match(text, end)
    return below is not None and len(below.group(1).strip()) > 45


def last_stop(title: str) -> int:
    """Return where the last sentence of words before a colon begins, or 0 where they are one."""
    return max((title.rfind(mark) + 2 for mark in (". ", "; ") if mark in title), default=0)


def next_item(text: str, start: int, at: int, end: int) -> int:
    """Return where the next item of a numbered list begins, if a key behind a number opens one of its items, else the end.

    Args:
        text: The note.
        start: Where the line with the key begins.
        at: Where its value begins.
        end: Where the section would end.
    """
    number = _ITEM.match(text, text.rfind("\n", 0, start + 1) + 1)
    if number is None:
        return end
    below = re.compile(rf"\n(?=[ \t]*\(?{int(number[1]) + 1}[.)][ \t])").search(text, at, end)
    return below.end() if below else end


def outline_end(text: str, start: int, at: int, end: int) -> int:
    """Return where the part of an outline ends whose heading has a number ("2 Problem"): at a number that is none of its own, else the end.

    Args:
        text: The note.
        start: Where the line of the heading begins.
        at: Where it ends.
        end: Where the section would end.
    """
    own = _OUTLINED.match(text, text.rfind("\n", 0, start + 1) + 1)
    below = list(_OUTLINED.finditer(text, at, end)) if own else []
    if own is None or not (
        "." in own[1] or any(line[1].startswith(f"{own[1]}.") for line in below)
    ):
        return end
    return next((line.start() for line in below if not line[1].startswith(f"{own[1]}.")), end)


def behind_rules(text: str, at: int) -> int:
    """Return where words begin behind an offset, past blanks and lines that only rule a form off."""
    ruled = _RULED.match(text, at)
    return ruled.end() if ruled else at


def initials(text: str) -> frozenset[str]:
    """Return the letters that stand for who speaks: those that the note introduces so, and those that begin more than one paragraph.

    Two letters may be a heading as well ("OP:"), so that nothing but paragraphs may be behind them.
    """
    begun: dict[str, list[int]] = {}
    for letters, said in _INITIAL.findall(text):
        begun.setdefault(letters, []).append(len(said))
    introduced = {one or other for one, other in _INTRODUCED.findall(text)} if begun else set()
    return frozenset(
        letters
        for letters, said in begun.items()
        if letters in introduced
        or (len(said) > 1 and (len(letters) == 1 or min(said) > _SHORTEST_SAYING))
    )


def is_key(title: str, after: str) -> bool:
    """Tell whether words inside a line are a key: a colon behind them, and written like one."""
    return ":" in after and (title[:1].isupper() or title.isupper())


def section_begun(bare: str, begins: Mapping[str, str]) -> str | None:
    """Return the section that a short line opens by its first words ("ADDENDUM, 17 May, F. Ardagh").

    Args:
        bare: The line without the marks around it.
        begins: First words, in small letters, and the section that each opens.
    """
    low = bare.lower()
    if (
        len(bare) > LONGEST_HEADING
        or not low.startswith(tuple(begins))
        or SENTENCE_END.search(bare)
    ):
        return None
    for words, name in begins.items():
        if low.startswith(words) and not low[len(words) : len(words) + 1].isalpha():
            return name
    return None


def own_line_end(text: str, start: int, end: int) -> int | None:
    """Return the end of a line that is complete: closed by a full stop, or short with a new start below it."""
    stop = text.find("\n", start, end)
    if stop < 0:
        return None
    line = text[text.rfind("\n", 0, start) + 1 : stop].rstrip()
    rest = text[stop:end].lstrip()
    if KEY_LINE.match(rest):
        return stop + 1
    if not rest or rest[0].islower():
        return None
    return stop + 1 if line.endswith(".") or len(line) < _SHORT_LINE else None
