"""Whose measure is it? Attach each length and size to the thing that the sentence measures with it.

Numbers that are not flap sizes (distances to landmarks, incisions, implants, vessel calibres, traps T43 and
T44) get an owner of their own or none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scribe.extract.patterns import View
    from scribe.rules.words_schema import OwnerWords
    from scribe.types.mention import Item

MEASURES = frozenset({"LEN", "SIZE", "AREA"})
_WEAK_PENALTY = 1.5
_HEAD_BONUS = 1.2
_UPON = 6  # how much further off a bone counts that only tells where a loss lies


@dataclass(frozen=True, slots=True)
class Owned:
    """A measure with the item it belongs to."""

    measure: int
    owner: int | None
    tag: str | None
    strength: float


def attach(
    view: View,
    owners: Sequence[str],
    rules: OwnerWords,
) -> list[Owned]:
    """Attach the measures of a sentence to the nearest fitting words.

    Args:
        view: The sentence.
        owners: Tags that may own a measure, flap parts and look-alikes both.
        rules: The words of ``patterns/language.yaml`` that tell what is measured.
    """
    said = [i for i, item in enumerate(view.sentence.items) if not item.void]
    items = [view.sentence.items[i] for i in said]
    measures = [i for i, item in enumerate(items) if item.has(*MEASURES)]
    candidates = [i for i, item in enumerate(items) if item.has(*owners)]
    result: list[Owned] = []
    for m in measures:
        if is_distance(items, m, rules):
            result.append(Owned(said[m], None, "DISTANCE", 9.0))
            continue
        best: tuple[float, int] | None = None
        for c in candidates:
            score = _score(items, m, c, measures, rules) + _standing(items[c], rules)
            if best is None or score > best[0]:
                best = (score, c)
        if best is None or best[0] <= 0:
            result.append(Owned(said[m], None, None, 0.0))
            continue
        owner = _head(items, best[1], rules)
        concept = next(k for k in items[owner].concepts if k.tag in owners)
        result.append(Owned(said[m], said[owner], concept.tag, best[0]))
    return result


def _standing(item: Item, rules: OwnerWords) -> float:
    """Return what a word's own standing adds: a defect or a paddle is measured more often than a place or a cause."""
    if item.has(*rules.heads):
        return _HEAD_BONUS
    return -_WEAK_PENALTY if item.has(*rules.weak) else 0.0


def _head(items: Sequence[Item], c: int, rules: OwnerWords) -> int:
    """Return the loss of which a word is only the place: in "the hole in the skin was 8 cm" the hole is measured."""
    if items[c].has("LOSS"):
        return c
    if items[c].has("SEG") and c + 1 < len(items) and items[c + 1].has("LOSS"):
        return c + 1  # "the shaft gap"
    for k in range(c - 1, max(c - 7, -1), -1):
        if items[k].has("LEN", "SIZE"):
            return c
        if items[k].has("LOSS"):
            words = {i.word for i in items[k + 1 : c]}
            return k if words & rules.place and "and" not in words else c
    return c


def is_distance(items: Sequence[Item], m: int, rules: OwnerWords) -> bool:
    """Tell whether the measure at ``m`` is a distance to a landmark, by the words behind and before it."""
    nxt = items[m + 1].word if m + 1 < len(items) else ""
    second = items[m + 2].word if m + 2 < len(items) else ""
    prev = items[m - 1].word if m else ""
    if items[m].has("SIZE"):
        return False
    told = (
        any(items[k].has("LOSS", "PEDICLE", "PADDLE", "SEG") for k in range(max(0, m - 3), m))
        and prev in rules.of_part
    )
    told = told or (
        prev in rules.of_whole
        and any(items[k].has("LOSS", "PEDICLE") for k in range(max(0, m - 10), m))
    )
    heads = m + 1 < len(items) and items[m + 1].has("LOSS", "SEG")
    if told or heads:
        return False
    rest = [items[k].word for k in range(m + 1, min(m + 8, len(items)))]
    if any(w in rules.stayed for w in rest[:6]) or (prev == "for" and nxt == "into"):
        return True
    if (
        prev in rules.sparing and not items[m + 1].has("LOSS", "SEG")
        if m + 1 < len(items)
        else False
    ):
        return True
    if nxt in rules.distance:
        return True
    if nxt in rules.distance_after and second in rules.distance_to:
        return True
    return prev in rules.distance_before


def _score(
    items: Sequence[Item], m: int, c: int, measures: Sequence[int], rules: OwnerWords
) -> float:
    """Score how well the word at ``c`` is what the measure at ``m`` measures; 0 or less is no."""
    low, high = (m, c) if m < c else (c, m)
    between = items[low + 1 : high]
    words = [item.word for item in between if item.word != "."]
    told = bool(words) and words[-1] in rules.far
    if ";" in words or len(between) > (22 if told and c < m else 14):
        return 0.0
    crossed = sum(1 for k in measures if low < k < high)
    breaks = sum(word in rules.breaks for word in words)
    if m < c and "," in words and items[c].has(*rules.heads) and c + 1 in measures:
        return 0.0  # "4.5 cm, pedicle 9 cm": a head has its own measure behind it
    if m < c:
        if "between" in words:
            return 0.0
        if words[:2] == ["of", "it"]:
            return 0.0
        apart = not items[c].has("LOSS") and any(
            item.has(*rules.heads, "BONEWORD", "BONE", "MT") for item in between
        )
        if not apart and (words[:1] == ["of"] or words[:2] == ["length", "of"]):
            return 13.0 - 0.6 * len(between) - 2.5 * crossed - 2.0 * breaks
        if not rules.turn_away.isdisjoint(words):
            return 6.0 - 0.7 * len(between) - 2.5 * crossed - 2.0 * breaks
        return 11.5 - 1.2 * len(between) - 3.0 * crossed - 2.5 * breaks
    told = bool(words) and words[-1] in rules.told
    score = (
        9.0
        - (0.22 if told else 0.45) * len(between)
        - 3.0 * crossed
        - (0.4 if told else 1.0) * breaks
    )
    if not words or words[-1] in rules.lead_on or (len(words) > 1 and words[-2] in rules.lead_on):
        score += 1.5
    if not rules.measure.isdisjoint(words):
        score += 2.0
    return score


def material(
    item: Item, items: Sequence[Item], index: int, hints: Mapping[str, str], rules: OwnerWords
) -> str | None:
    """Tell whether a loss is of bone or of soft tissue: by its own words, else by the nearest word that tells.

    Args:
        item: The word for the loss.
        items: The sentence.
        index: Where it stands.
        hints: Word to material.
        rules: The words of ``patterns/language.yaml`` that part one thing from another.
    """
    own = _hint(item, hints)
    if own:
        return own
    best: tuple[int, str] | None = None
    for k, other in enumerate(items):
        if k == index or any(i.word == ";" for i in items[min(k, index) + 1 : max(k, index)]):
            continue
        kind = _hint(other, hints)
        if kind is None and other.has("BONE", "MT", "BONEWORD"):
            kind = "bone"
        if kind is None and other.has("SKIN"):
            kind = "soft"
        if kind is None:
            continue
        distance = (
            abs(k - index)
            + (2 if k > index else 0)
            + (_UPON if _is_upon(items, k, rules) else 0)
            + (
                3
                if any(i.word in rules.parted for i in items[min(k, index) + 1 : max(k, index)])
                else 0
            )
        )
        if best is None or distance < best[0]:
            best = (distance, kind)
    return best[1] if best and best[0] <= 12 else None


def _is_upon(items: Sequence[Item], k: int, rules: OwnerWords) -> bool:
    """Tell whether a bone is only the place over which something lies ("the envelope over the distal tibia")."""
    if not items[k].has("BONE", "MT"):
        return False
    return any(items[j].word in rules.upon for j in range(max(0, k - 2), k))


def _hint(item: Item, hints: Mapping[str, str]) -> str | None:
    """Return what a phrase, or one of its words, says of the material."""
    return next((hints[w] for w in (item.word, *item.word.split("_")) if w in hints), None)
