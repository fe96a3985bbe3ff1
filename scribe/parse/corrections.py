"""Resolve spoken self-corrections: only the corrected value is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scribe.parse.tokens import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scribe.rules.language import ContextFile
    from scribe.types.mention import Item

_REACH_BACK = 9
_REACH_BACK_STRICT = 3
_REACH_ON = 10
_REACH_STRICT = 6
_SAID_TWICE = (
    2  # words back, where what is corrected was said before ("an hour, an hour and something")
)
_SHORT_REPAIR = 6
_NO = ("no",)
_STOPS = (".", ";")
_NUMERIC = ("LEN", "NUM", "SIZE", "QUANTITY", "MINS")


class CorrectionCues:
    """The cues of ``patterns/context.yaml`` by which a speaker takes something back.

    Attributes:
        by_first: Every cue, as its words, by the first of them; the longest first, so that "no wait" is not taken for "no".
        weak: Cues that count only right between two values of one kind.
        spoken: Cues that correct in a dictation only.
        retractions: Cues that speak of a whole statement.
        longest: How many words the longest of these has.
        kinds: Tags of what may be corrected, the first that a word has being its kind.
        denied: Those of them that a bare "no" denies ("two wires, no plate").
    """

    def __init__(self, rules: ContextFile) -> None:
        """Cut the cues into words."""
        self.by_first: dict[str, list[tuple[str, ...]]] = {}
        for cue in sorted(
            {words_of(each) for each in rules.corrections}, key=lambda c: (-len(c), c)
        ):
            self.by_first.setdefault(cue[0], []).append(cue)
        self.weak = frozenset(words_of(cue) for cue in rules.weak_corrections)
        self.spoken = frozenset(words_of(cue) for cue in rules.spoken_corrections)
        self.retractions = frozenset(words_of(cue) for cue in rules.retractions)
        self.longest = max(map(len, self.retractions), default=0)
        self.kinds = rules.corrected_tags
        self.denied = frozenset(rules.denied_tags)


def resolve_corrections(
    items: Sequence[Item],
    cues: CorrectionCues,
    *,
    spoken: bool,
) -> tuple[Item, ...]:
    """Mark what a correction took back as void.

    A cue ("make that", "no,") counts where the same kind of word stands close before and close after it, for example two sides or two
    lengths. A bare "no" or "rather" counts only between two different values of one kind. A retraction ("strike that") with nothing of the
    same kind behind it takes back what was said before it.

    Args:
        items: The words of one sentence.
        cues: What takes back what.
        spoken: True for a dictation, where a bare "no" may correct.
    """
    words = [item.word for item in items]
    if cues.by_first.keys().isdisjoint(words):
        return tuple(items)
    result = list(items)
    at = 0
    while at < len(result):
        may_be = cues.by_first.get(words[at], ())
        cue = next((c for c in may_be if tuple(words[at : at + len(c)]) == c), None)
        if cue is None or not (
            spoken or cue not in cues.spoken or _stands_between(result, at, at + len(cue))
        ):
            at += 1
            continue
        strict = cue in cues.weak
        denies = cue == _NO and _denies(result, at + 1, cues)
        kinds = [] if denies else cues.kinds
        replaced = _void(result, at, at + len(cue), kinds, strict=strict)
        # A cue that an earlier one took back ("no scratch that") has had its correction.
        if not replaced and cue in cues.retractions and not result[at].void:
            result[:at] = _statement_taken_back(result[:at])
        at += len(cue)
    return tuple(result)


def retract_before(
    before: Sequence[Item], items: Sequence[Item], cues: CorrectionCues
) -> tuple[tuple[Item, ...], tuple[Item, ...]] | None:
    """Resolve a correction that begins a sentence ("Scratch that, six."): it speaks of the sentence before.

    Args:
        before: The words of the sentence before.
        items: The words of the sentence.
        cues: What takes back what.

    Returns: Both, with what was taken back void; None where the sentence begins otherwise.
    """
    words = tuple(item.word for item in items[: cues.longest])
    cue = next((c for c in cues.retractions if words[: len(c)] == c), None)
    if cue is None:
        return None
    told = len(before)
    while told and before[told - 1].word in _STOPS:
        told -= 1
    joined = [*before[:told], *items]
    if _void(joined, told, told + len(cue), cues.kinds, strict=False):
        # Of the sentence before, only the word that is corrected: what stands behind it was not said again.
        corrected = next((at for at in range(told) if joined[at] is not before[at]), None)
        joined[:told] = [
            joined[at] if at == corrected else each for at, each in enumerate(before[:told])
        ]
    else:
        joined[:told] = _statement_taken_back(joined[:told])
    return (*joined[:told], *before[told:]), tuple(joined[told:])


def _denies(items: Sequence[Item], after: int, cues: CorrectionCues) -> bool:
    """Tell whether a bare "no" denies the first thing behind it that might be a correction ("no plate", "no room for a plate")."""
    near = items[after : after + _REACH_STRICT]
    if near and near[0].word == ",":
        return False
    named = (kind for item in near for kind in cues.kinds if item.has(kind))
    return next(named, None) in cues.denied


def _stands_between(items: Sequence[Item], start: int, after: int) -> bool:
    """Tell whether a cue stands right between two measures of one kind, where it corrects what is typed, too ("70, no, 80 minutes")."""
    before = next((item for item in reversed(items[:start]) if item.word != ","), None)
    behind = next((item for item in items[after:] if item.word != ","), None)
    if before is None or behind is None:
        return False
    return any(before.has(kind) and behind.has(kind) for kind in _NUMERIC)


def _statement_taken_back(items: list[Item]) -> list[Item]:
    """Take back the last statement: what stands behind the last stop."""
    stop = max((k for k, item in enumerate(items) if item.word in _STOPS), default=-1) + 1
    return [*items[:stop], *(_taken_back(item) for item in items[stop:])]


def _void(items: list[Item], start: int, after: int, kinds: Sequence[str], *, strict: bool) -> bool:
    """Take back what the cue at ``start`` corrects: the last thing of the same kind as the first thing behind the cue.

    Returns: False when nothing of that kind stands before the cue.
    """
    back = _REACH_BACK_STRICT if strict else _REACH_BACK
    for later in range(after, min(after + _REACH_ON, len(items))):
        kind = next((k for k in kinds if items[later].has(k)), None)
        far = strict and later >= after + _REACH_STRICT
        if kind is None or (far and kind not in ("SIZE", "LEN")):
            continue
        for earlier in range(start - 1, max(start - 1 - back, -1), -1):
            if same_kind(items[earlier], kind):
                first = _told_before_denial(items, earlier)
                if first is not None and not strict:
                    items[later] = _with_unit(items[first], items[later])
                    items[first] = _taken_back(items[first])
                    items[earlier - 1 : later] = map(_taken_back, items[earlier - 1 : later])
                elif differs(items[earlier], items[later]):
                    _replace(items, earlier, later, start, kind, strict=strict)
                return True
        if strict:
            return False
    return False


def _told_before_denial(items: Sequence[Item], again: int) -> int | None:
    """Return where a number was told before it is repeated and denied: "seven centimeters of pedicle, no, seven was last week"."""
    number = items[again].number
    if number is None or items[again - 1].word != "no":
        return None
    back = range(again - 2, max(again - 2 - _REACH_STRICT, -1), -1)
    return next((k for k in back if items[k].number == number and items[k].has(*_NUMERIC)), None)


def _is_repeated(a: Item, b: Item) -> bool:
    """Tell whether a number is said again without its unit."""
    return a.number is not None and a.number == b.number and b.has("NUM", "QUANTITY")


def _replace(
    items: list[Item], earlier: int, later: int, start: int, kind: str, *, strict: bool
) -> None:
    """Take back an item, and with it what was said between it and the cue about the same thing."""
    before = items[earlier]
    items[earlier] = _taken_back(before)
    for same in range(max(0, earlier - _SAID_TWICE), earlier):
        if items[same].has(kind) and not differs(items[same], before):
            items[same] = _taken_back(items[same])
    bone = ("MT", "RAY", "BONE")
    named_again = later + 1 < len(items) and items[later + 1].has(*bone)
    if kind == "ORD" and named_again and items[earlier + 1].has(*bone):
        items[earlier + 1] = items[earlier + 1]._replace(void=True, concepts=())
    items[later] = _with_unit(before, items[later])
    if not strict or later - earlier <= _SHORT_REPAIR:
        items[earlier + 1 : later] = [_taken_back(item) for item in items[earlier + 1 : later]]
    for between in range(earlier + 1, start):
        if kind in _NUMERIC and items[between].has(kind):
            items[between] = _taken_back(items[between])


def _taken_back(item: Item) -> Item:
    return item._replace(void=True, concepts=(), number=None, size=None, text=None)


def _with_unit(before: Item, after: Item) -> Item:
    """Give a corrected number the unit of the length that it corrects."""
    if not (before.has("LEN") and before.number and after.has("NUM", "QUANTITY") and after.number):
        return after
    for factor in (1.0, 0.1):
        if 1 / 3 <= after.number * factor / before.number <= 3:
            return after._replace(number=round(after.number * factor, 3), concepts=before.concepts)
    return after


def same_kind(item: Item, kind: str) -> bool:
    """Tell whether a word is of a kind of what may be corrected; every measure and number is of one kind."""
    if kind in _NUMERIC:
        return item.has(*_NUMERIC, "SUTURE")
    if kind in ("ARTERY", "ARTBARE"):
        return item.has("ARTERY", "ARTBARE")
    if kind in ("VEIN", "VEINBARE"):
        return item.has("VEIN", "VEINBARE")
    return item.has(kind)


def differs(a: Item, b: Item) -> bool:
    """Tell whether two words of one kind say different things."""
    if _is_repeated(a, b):
        return False
    if a.number != b.number or a.size != b.size or a.text != b.text:
        return True
    return {(c.tag, c.value) for c in a.concepts} != {(c.tag, c.value) for c in b.concepts}
