"""Cut dictated and typed text into sentences: typed prose, telegraphic lists, hard-wrapped lines and spoken punctuation."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from scribe.parse.clauses import clause_starts, runs_on
from scribe.parse.tokens import Token

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scribe.rules.words_schema import SentenceWords

# A bullet, or the number of an entry; that of an outline is no measure ("4.2.3 saphenous branch", "4.3 Block").
_BULLET = re.compile(
    r"[ \t]*(?:(?:[-*•·–>]|\(?\d{1,2}[.)]|\(?[a-z][.)]|\[[ xX]?\]|\d{1,2}(?:\.\d{1,2}){2,3}[.)]?)\s|\d{1,2}\.\d{1,2}[ \t]+(?=[A-Z]))"
)
_KEY_LINE = re.compile(
    r"[ \t]*(?:\d{1,2}[ .)]\s?)?[A-Za-z][\w /+&()-]{0,30}+(?::(?:\s|$)|\.{2,}\s)"
)
_OTHER = 2  # words before the second of two letters stands the first
_PAIRED = ("and", "+", "&", "/")
_STOPS = frozenset({".", "!", "?"})
_CLOSERS = frozenset({'"', "'", ")", "]", "»"})  # that may stand behind the stop of what was quoted
_NEW_LINE = re.compile(r"\n")
_FIELD = re.compile(r"[ \t]*[A-Za-z][^|:\n]{0,40}:")  # another key and value behind a bar
_WRAPPED = 48
_WIDEST, _RAGGED, _FULL_LINES = 130, 12, 3  # of lines that an editor wraps
_LEAST_LINES, _FULL_SHARE = 10, 0.6  # of lines of a dictation, each of which is a statement
_WORD = re.compile(r"\S+")
_SPOKEN_LEAST = 3
_TAKING_BACK = 6  # words and commas that may say that something is taken back
_SMALL_SHARE = 4  # one sentence in so many begins with a small letter in notes that do so
_LEAST_RUN = 50  # tokens; a shorter sentence has no run of words without a mark
_LONGEST = 240  # tokens; reading a sentence costs more than its length


@dataclass(frozen=True, slots=True)
class Piece:
    """The tokens of one sentence, the number of its paragraph, and whether it may go on from the line before."""

    first: int
    after: int
    paragraph: int
    goes_on: bool = False


def with_apostrophes(tokens: list[Token], rules: SentenceWords) -> list[Token]:
    """Return the tokens with each denial that was typed in a hurry ("wouldnt") as it is meant."""
    meant = rules.without_apostrophe
    return [
        Token(meant[token.word], token.start, token.end) if token.word in meant else token
        for token in tokens
    ]


def with_whole_words(tokens: list[Token], rules: SentenceWords) -> list[Token]:
    """Return the tokens with each word that was cut short to one of everyday English as it is meant ("2nd met")."""
    made = list(tokens)
    for at in range(1, len(tokens)):
        rule = rules.cut_short.get(tokens[at].word)
        after = tokens[at + 1].word if at + 1 < len(tokens) else ""
        if rule and tokens[at - 1].word in rule.behind and after not in rule.not_before:
            made[at] = Token(rule.means, tokens[at].start, tokens[at].end)
    return made


def with_spoken_pairs(tokens: list[Token], rules: SentenceWords) -> list[Token]:
    """Return the tokens with each full stop that was spoken in two words ("full stop") as one."""
    (mark, *_) = sorted(rules.spoken_stops)
    for pair in rules.spoken_pairs:
        first, last = pair
        ends = [
            at
            for at in range(len(tokens) - 1)
            if tokens[at].word == first and tokens[at + 1].word == last
        ]
        for at in reversed(ends):
            whole = Token(mark, tokens[at].start, tokens[at + 1].end)
            tokens[at : at + 2] = [whole]
    return tokens


def without_fillers(tokens: Sequence[Token], rules: SentenceWords) -> list[Token]:
    """Return the tokens of a dictation without what fills its pauses between commas ("two by, um, three centimeters").

    One without a comma beside it stays: where nothing else is marked, it parts what was said.
    """
    kept: list[Token] = []
    in_pause = False
    for at, token in enumerate(tokens):
        before = kept[-1].word if kept else ","
        behind = tokens[at + 1].word if at + 1 < len(tokens) else ""
        if token.word in rules.fillers and "," in (before, behind):
            in_pause = True
            if before == "," and kept:
                kept.pop()
        elif not (in_pause and token.word == ","):
            kept.append(token)
            in_pause = False
    return kept


def spoken_punctuation(tokens: Sequence[Token], rules: SentenceWords) -> bool:
    """Tell whether the dictation speaks its punctuation ("period") instead of having it."""
    words = [token.word for token in tokens]
    spoken = sum(words.count(stop) for stop in rules.spoken_stops)
    return spoken >= _SPOKEN_LEAST or (spoken > 0 and "." not in words)


def is_transcribed(tokens: Sequence[Token], rules: SentenceWords) -> bool:
    """Tell whether a recogniser wrote a note: it says so, or goes on and on without a mark."""
    words = [token.word for token in tokens]
    if runs_on(words, frozenset()):
        return True
    said = f" {' '.join(words)} "
    return any(f" {' '.join(row)} " in said for row in rules.transcribed)


def cut(
    text: str,
    tokens: Sequence[Token],
    breaks: frozenset[int],
    rules: SentenceWords,
    lines: frozenset[int] = frozenset(),
) -> list[Piece]:
    """Cut tokens into sentences.

    Args:
        text: The whole note.
        tokens: Its tokens.
        breaks: Offsets at which a heading or a section begins; a sentence never crosses one.
        rules: The words of ``patterns/language.yaml`` that end a sentence or go on with it.
        lines: Offsets at which a line of a form begins or ends; a sentence never crosses one, but a paragraph may.
    """
    pieces: list[Piece] = []
    spoken = spoken_punctuation(tokens, rules)
    small = _small_letters(text, tokens)
    width = _width(text)
    meant = _lines_are_meant(text)
    first, paragraph = 0, 0
    ordered = sorted(breaks)
    edges = sorted(lines)
    cursor = 0
    for at in _may_end(text, tokens, [*ordered, *edges], rules):
        end = at + 1 == len(tokens)
        nxt = None if end else tokens[at + 1]
        gap = text[tokens[at].end : nxt.start] if nxt else ""
        while cursor < len(ordered) and ordered[cursor] <= tokens[at].start:
            cursor += 1
        at_break = nxt is not None and cursor < len(ordered) and ordered[cursor] <= nxt.start
        new_paragraph = gap.count("\n") > 1 or (spoken and _is_new_paragraph(tokens, at, rules))
        if (
            end
            or at_break
            or new_paragraph
            or (nxt is not None and _crosses(edges, tokens[at].end, nxt.start))
            or (meant and "\n" in gap)
            or _ends(text, tokens, at, gap, rules, spoken=spoken, small=small, width=width)
        ):
            starts = _starts_within(tokens, first, at + 1, rules, spoken=spoken)
            pieces += [
                Piece(start, after, paragraph, not meant and _goes_on(text, tokens, start, edges))
                for start, after in pairwise((*starts, at + 1))
            ]
            first = at + 1
            paragraph += int(new_paragraph or at_break)
    return pieces


def _starts_within(
    tokens: Sequence[Token], first: int, after: int, rules: SentenceWords, *, spoken: bool
) -> list[int]:
    """Return where the parts of a sentence begin: the clauses of one that nobody divided, and no part longer than can be read."""
    marks = frozenset(rules.spoken_marks) if spoken else frozenset[str]()
    clauses: tuple[int, ...] = ()
    if after - first >= _LEAST_RUN and runs_on([t.word for t in tokens[first:after]], marks):
        clauses = clause_starts(tokens, first, after, rules.run_on)
    return [
        start
        for begin, end in pairwise((first, *clauses, after))
        for start in range(begin, end, _LONGEST)
    ]


def _crosses(edges: Sequence[int], end: int, start: int) -> bool:
    """Tell whether one of some places lies between two tokens."""
    return bisect_right(edges, start) > bisect_left(edges, end)


def _may_end(
    text: str, tokens: Sequence[Token], breaks: Sequence[int], rules: SentenceWords
) -> list[int]:
    """Return the few tokens behind which a sentence may end for another reason than its length, the last token among them."""
    starts = [token.start for token in tokens]
    enders = _STOPS | rules.spoken_stops | rules.paragraph
    places = {at for at, token in enumerate(tokens) if token.word in enders}
    places.update(at for at in range(1, len(tokens)) if _closes(tokens, at))
    places.update(bisect_right(starts, found.start()) - 1 for found in _NEW_LINE.finditer(text))
    places.update(bisect_left(starts, each) - 1 for each in breaks)
    places.add(len(tokens) - 1)
    return sorted(at for at in places if at >= 0)


def _closes(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a token is a quotation mark or bracket set directly behind a full stop."""
    return (
        tokens[at].word in _CLOSERS
        and tokens[at - 1].word in _STOPS
        and tokens[at - 1].end == tokens[at].start
    )


def _goes_on(text: str, tokens: Sequence[Token], at: int, edges: Sequence[int]) -> bool:
    """Tell whether a sentence begins with a small letter, as one that a line break only wraps may do; a line of a form is whole."""
    before = tokens[at - 1].end if at else 0
    return text[tokens[at].start].islower() and not _crosses(edges, before, tokens[at].start)


def _is_new_paragraph(tokens: Sequence[Token], at: int, rules: SentenceWords) -> bool:
    return (
        tokens[at].word in rules.paragraph
        and at > 0
        and tokens[at - 1].word in rules.paragraph_after
    )


def _small_letters(text: str, tokens: Sequence[Token]) -> bool:
    """Tell whether a note begins its sentences with small letters, as raw dictations do."""
    starts = [
        text[nxt.start]
        for token, nxt in pairwise(tokens)
        if token.word == "." and token.end < nxt.start
    ]
    letters = [c for c in starts if c.isalpha()]
    return sum(c.islower() for c in letters) * _SMALL_SHARE > len(letters)


def _ends(
    text: str,
    tokens: Sequence[Token],
    at: int,
    gap: str,
    rules: SentenceWords,
    *,
    spoken: bool,
    small: bool,
    width: int | None,
) -> bool:
    stop = at - 1 if at and _closes(tokens, at) else at
    word = tokens[stop].word
    stops = word == "." or word in rules.spoken_stops
    if stops and (_takes_back(tokens, at + 1, rules) or _took_back(tokens, at, rules)):
        return False
    if spoken and word in rules.spoken_stops:
        return True
    if word in ("!", "?") and gap:
        return True
    if word == ".":
        if "\n" in gap and _BULLET.match(text, text.rfind("\n", 0, tokens[at + 1].start) + 1):
            return True
        small = small or "\n" in gap  # a hurried hand begins its line with a small letter
        return bool(gap) and _full_stop(text, tokens, stop, tokens[at + 1], rules, small=small)
    if word == "|":
        return _FIELD.match(text, tokens[at].end) is not None
    if "\n" in gap and text[tokens[at].start] == "?":
        return False  # a question that its answer stands behind
    if "\n" in gap:
        return _line_ends(text, tokens[at].end, tokens[at + 1].start, width)
    return False


def _takes_back(tokens: Sequence[Token], at: int, rules: SentenceWords) -> bool:
    """Tell whether the next words correct what was said before the stop ("... the left foot. No, change that, the right foot")."""
    if tokens[at].word not in rules.takes_back_begins:
        return False
    said = [token.word for token in tokens[at : at + _TAKING_BACK] if token.word != ","]
    return any(tuple(said[: len(row)]) == row for row in rules.takes_back)


def _took_back(tokens: Sequence[Token], at: int, rules: SentenceWords) -> bool:
    """Tell whether a stop only ends the words that take something back ("... the left foot. No, wrong side. The right foot")."""
    for before in range(at - 2, max(at - 1 - _TAKING_BACK, 0), -1):
        if tokens[before].word == "." or tokens[before].word in rules.spoken_stops:
            return _takes_back(tokens, before + 1, rules)
    return False


def _full_stop(
    text: str,
    tokens: Sequence[Token],
    at: int,
    after: Token,
    rules: SentenceWords,
    *,
    small: bool,
) -> bool:
    """Tell whether the full stop at a token ends a sentence when another token follows it."""
    before = tokens[at - 1].word if at else ""
    start, following = after.start, after.word
    starts = text[start]
    if starts.islower() and not small:
        return False
    capital = starts.isupper() and text[start + 1 : start + 2].islower()
    if before in rules.units and following in rules.go_on and not capital:
        return False
    if (
        before in rules.abbreviations
        and tokens[at - 1].end == tokens[at].start
        and not (starts.isupper() and (before in rules.also_words or _is_of_pair(tokens, at - 1)))
    ):
        return False
    if before in rules.before_numbers and following[:1].isdigit():
        return False
    return not (
        len(before) == 1
        and before.isalpha()
        and starts.isupper()
        and text[tokens[at - 1].start].isupper()
        and not _is_of_pair(tokens, at - 1)
    )


def _is_of_pair(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a letter is the second of two ("Strip test good A + V. Vein graft not needed."), and not somebody's initial."""
    if at < _OTHER or tokens[at - 1].word not in _PAIRED:
        return False
    other = tokens[at - _OTHER].word
    return len(other) == 1 and other.isalpha()


def _width(text: str) -> int | None:
    """Return how wide a note's lines are that an editor wrapped, or None where every line break is meant."""
    lengths = sorted(len(line.rstrip()) for line in text.split("\n"))
    widest = lengths[-1]
    full = sum(length >= widest - _RAGGED for length in lengths)
    return widest if widest <= _WIDEST and full >= _FULL_LINES else None


def _lines_are_meant(text: str) -> bool:
    """Tell whether lines that begin with small letters are statements of a dictation; those that an editor wrapped are equally long."""
    lengths = sorted(
        len(line.rstrip())
        for line, after in pairwise(text.split("\n"))
        if after[:1].islower() and line.strip() and line.rstrip()[-1].isalnum()
    )
    if len(lengths) < _LEAST_LINES:
        return False
    usual = lengths[len(lengths) * 3 // 4]
    full = sum(abs(length - usual) <= _RAGGED for length in lengths)
    return full < len(lengths) * _FULL_SHARE


def _line_ends(text: str, end: int, start: int, width: int | None) -> bool:
    """Tell whether a single line break ends a sentence, or only wraps a long line."""
    line_start = text.rfind("\n", 0, end) + 1
    if _BULLET.match(text[text.rfind("\n", 0, start) + 1 : start + 1] + " ") or _BULLET.match(
        text, text.rfind("\n", 0, start) + 1
    ):
        return True
    if _KEY_LINE.match(text, text.rfind("\n", 0, start) + 1):
        return True
    length = end - line_start
    continues = text[start].islower() or text[start].isdigit() or text[start] in "(,"
    if length < _WRAPPED:
        return True
    word = _WORD.match(text, start)
    full = width is not None and length + 1 + (word.end() - start if word else 0) > width - 2
    return not (continues or full)
