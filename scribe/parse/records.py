"""Bring together what a form asks of one join line by line: "Artery donor: ...", "Artery recipient: ...", "Artery suture: ..."."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from scribe.parse.layout import BULLETS
from scribe.parse.nesting import depth, is_label
from scribe.types.mention import Concept, Item

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scribe.rules.words_schema import WordsFile
    from scribe.types.mention import Sentence

_LABEL = 9  # words of a label, at most
_TELLING = ("ARTERY", "ARTBARE", "VEIN", "VEINBARE", "CONFIG", "SUTURE", "COUPLER", "HANDSEWN")
_NAMES = ("ARTERY", "ARTBARE", "VEIN", "VEINBARE")
_HOW = ("CONFIG", "COUPLER", "HANDSEWN")
_ARTERY, _VEIN = "artery", "vein"
_TAG = {_ARTERY: "ARTGEN", _VEIN: "VEINGEN"}
_GENERIC = tuple(_TAG.values())


def join_records(text: str, sentences: Sequence[Sentence], words: WordsFile) -> list[Sentence]:
    """Return the sentences with the lines about one join as one sentence.

    Args:
        text: The whole note.
        sentences: Its sentences, in order.
        words: The everyday words by which forms are read.
    """
    made: list[Sentence] = []
    at = 0
    while at < len(sentences):
        after = _record(text, sentences, at, words)
        lines = list(sentences[at:after])
        if sum(_tells(line) for line in lines) > 1:
            made.append(_joined(lines, words))
        else:
            made += lines or [sentences[at]]
        at = max(after, at + 1)
    return [replace(s, index=k) for k, s in enumerate(made)] if len(made) < len(sentences) else made


def _record(text: str, sentences: Sequence[Sentence], at: int, words: WordsFile) -> int:
    """Return the sentence after the record that begins at one, which is the next one where none begins."""
    first = sentences[at]
    kind = _kind(first, words)
    if kind is None:
        return at + 1
    after = at + 1
    if is_label(text, first):
        set_in = depth(text, first)
        while after < len(sentences) and (own := depth(text, sentences[after])) is not None:
            if set_in is None or own <= set_in:
                break
            after += 1
    if after == at + 1 and _colon(first) is not None:
        named = _name(first)
        both_ends = len(list(_fields(first))) > 1
        while after < len(sentences) and (
            _goes_on(sentences[after], named) or (both_ends and _says_how(sentences[after], words))
        ):
            if _of_other_kind(sentences[after], kind):
                break  # "Pedicle vein" tells nothing more of "Pedicle artery"
            after += 1
    return after


def _kind(sentence: Sentence, words: WordsFile) -> str | None:
    """Tell whether a line begins with the artery or with the vein of a join."""
    first = _first(sentence)
    if first is None:
        return None
    if first.has("ARTGEN") or first.word in words.tables.arterial:
        return _ARTERY
    return _VEIN if first.has("VEINGEN") or first.word in words.tables.venous else None


def _goes_on(sentence: Sentence, named: str) -> bool:
    return _name(sentence) == named and _colon(sentence) is not None


def _says_how(sentence: Sentence, words: WordsFile) -> bool:
    """Tell whether the label of a line asks how the join before it was made: "Join: end to end", "Suture: 9-0"."""
    colon = _colon(sentence)
    label = [item.word for item in sentence.items[:colon] if item.word not in BULLETS]
    return colon is not None and bool(label) and words.tables.how.issuperset(label)


def _of_other_kind(sentence: Sentence, kind: str) -> bool:
    """Tell whether the label of a line names a vein where a record is of an artery, or an artery where it is of a vein."""
    named = [item for item in sentence.items[: _colon(sentence)] if item.has(*_GENERIC)]
    return bool(named) and not any(item.has(_TAG[kind]) for item in named)


def _first(sentence: Sentence) -> Item | None:
    """Return the first word of a line, behind its bullet."""
    return next((item for item in sentence.items if item.word not in BULLETS), None)


def _name(sentence: Sentence) -> str:
    """Return the vessel that a line begins with ("vein" of "vein coupler")."""
    first = _first(sentence)
    return first.word.split("_")[0] if first else ""


def _colon(sentence: Sentence) -> int | None:
    """Return where the label of a line ends: at its last colon near the beginning."""
    found = [k for k, item in enumerate(sentence.items[:_LABEL]) if item.word == ":"]
    return found[-1] if found else None


def _tells(sentence: Sentence) -> bool:
    return any(item.has(*_TELLING) for item in sentence.items)


def _joined(lines: Sequence[Sentence], words: WordsFile) -> Sentence:
    """Put the lines of a record together: the vessel, who was joined to whom, and how."""
    first = lines[0]
    head = next(item for item in first.items if item.word not in BULLETS)
    kind = _kind(first, words)
    if kind and not head.has(*_GENERIC):  # "Inflow"
        head = head._replace(word=kind, concepts=(Concept(_TAG[kind], kind),))
    items = [head, _mark(":", head.end)]
    for line in lines:
        for label, value in _fields(line):
            items += _of_line(label, value, words, named=_named(items))
    end = max(line.end for line in lines)
    cues = tuple(
        cue for line in lines for cue in line.cues if cue.category not in ("ANSWERED", "NEGATED")
    )
    return replace(first, end=end, items=tuple(items), cues=cues)


def _fields(line: Sentence) -> Iterator[tuple[Sequence[Item], Sequence[Item]]]:
    """Yield the labels of a line with their values: one, or several with semicolons between ("Artery out: DPA; Artery in: radial")."""
    stops = [k for k, item in enumerate(line.items) if item.word == ";"]
    parts = [line.items[a + 1 : b] for a, b in pairwise((-1, *stops, len(line.items)))]
    if len(parts) > 1 and all(any(item.word == ":" for item in part[:_LABEL]) for part in parts):
        for part in parts:
            at = next(k for k, item in enumerate(part) if item.word == ":")
            yield part[:at], part[at + 1 :]
    elif (colon := _colon(line)) is not None:
        yield line.items[:colon], line.items[colon + 1 :]


def _of_line(
    label: Sequence[Item], value: Sequence[Item], words: WordsFile, *, named: bool
) -> list[Item]:
    """Return what one line adds to its record."""
    if not value:
        return []
    told = [item for item in label if item.has(*_HOW)]
    if value[0].word in words.answers.no:
        return []
    if any(item.has(*_TELLING) for item in value):
        target = any(item.word in words.tables.targets or item.has("RECIP") for item in label)
        to = [_mark("to", value[0].start)] if target and named else []
        return [*to, *value]
    if value[0].word in words.answers.yes:
        return told
    return [_mark(";", label[0].start), *label, _mark(":", value[0].start), *value]


def _named(items: Sequence[Item]) -> bool:
    return any(item.has(*_NAMES) for item in items)


def _mark(word: str, at: int) -> Item:
    return Item(word, at, at)
