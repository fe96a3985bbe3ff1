"""To which place of the body a side is tied: the one that it stands before, behind or in a field of, or that was named last.

A side that is tied to no place is nobody's, and counts for nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from scribe.extract.patterns import View
    from scribe.extract.story import Story
    from scribe.rules.words_schema import SideWords
    from scribe.types.mention import Concept, Item

_PLACES = ("LIMB", "BONE", "MT", "DIGIT", "SITE", "GTOE", "TOE", "RAY", "DONOR", "RECIP", "WEB")
_VESSELS = ("ARTERY", "ARTBARE", "VEIN", "VEINBARE")
_ON_WITHIN = 9  # words back to the place in "the metatarsal was taken on the left"
_BEHIND_WITHIN = 5  # words back to the place whose side is told behind it
_MARKS = frozenset({"(", ",", "-", ":", "–"})
_STOPS = frozenset({".", ":"})
_OPENS = frozenset({":", ".", "("})
_CLAUSE_ENDS = frozenset({".", ",", ";", ")", "/", ":", "to"})
_WHERE_IT_GOES = frozenset({"INSET", "FIX", "FIXDEV", "JOIN", "JN", "RECON"})
FIELD = "FIELD"  # the tag of a side that stands in a field of its own
HEADING = "HEADING"  # and of one that heads its paragraph ("6. RIGHT. Paddle outlined ...")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A side tied to a place of the body.

    Attributes:
        side: ``left`` or ``right``.
        region: The part of the body, if the place tells it.
        place: (sentence, item) of the place.
        side_item: The word that says the side.
        first: First word of the stretch that shows both, or the side alone.
        after: The word behind that stretch.
        tag: What kind of place it is.
        apart: Another clause or sentence than the side's names the place.
    """

    side: str
    region: str | None
    place: tuple[int, int]
    side_item: int
    first: int
    after: int
    tag: str
    apart: bool = False


def bound_side(view: View, index: int, story: Story, on: AbstractSet[str]) -> Bound | None:
    """Tie the side at ``index`` to a place; None where it is tied to none.

    Args:
        view: The sentence that names the side.
        index: Where in it the side stands.
        story: What is known of the note.
        on: Words before a side that is told of the clause's place ("taken on the left").
    """
    words = story.language.words.sides
    return (
        _before_place(view, index, words)
        or _behind_place(view, index, words)
        or _in_field(view, index, words)
        or _as_heading(view, index, story)
        or _on_side(view, index, on)
        or _apart(view, index, story)
    )


def _tied(view: View, index: int, at: int, place: Concept, first: int, after: int) -> Bound:
    """Tie the side at ``index`` to the place at ``at``."""
    return Bound(
        side=_side(view, index),
        region=place.region,
        place=(view.sentence.index, at),
        side_item=index,
        first=first,
        after=after,
        tag=place.tag,
    )


def _side(view: View, index: int) -> str:
    return next(c.value for c in view.item(index).concepts if c.tag == "SIDE")


def _before_place(view: View, index: int, words: SideWords) -> Bound | None:
    """Tie a side to the place that it stands before ("left second metatarsal", "left to right foot")."""
    items = view.sentence.items
    before = items[index - 1] if index else None
    if before is not None and before.has("OSTEOT") and items[index].word == "left":
        return None  # "the osteotomy left the metatarsal head"
    begin = index + 1
    two = items[begin : begin + 2]
    if len(two) > 1 and two[0].word in words.opposite and two[1].has("SIDE"):
        begin += 2  # "left to right foot"
    elif two and two[0].word == "," and (before is None or before.word in _OPENS):
        begin += 1  # "Left, third metatarsal"
    # "Left nonunion of the ulna", but not "the wound left a defect of the ulna".
    is_first = before is None or before.word in _CLAUSE_ENDS
    for at in range(begin, min(begin + 5, len(items))):
        place = items[at].concept(*_PLACES) or _cuff(items[at])
        if place:
            after = at + 1 if begin == index + 1 else index + 2
            return _tied(view, index, at, place, index, after)
        word = items[at].word
        adjective = word.isalpha() and word.endswith(words.adjective_endings)
        if not (
            adjective
            or items[at].has("ORD", "OSTEOCUT", "FREE", "VASC", "SKIN")
            or (is_first and items[at].has("LOSS", "ETIO"))
            or word in words.step_over
        ):
            break
    return None


def _cuff(item: Item) -> Concept | None:
    """Return the tourniquet that a word names with the limb that it sits on."""
    cuff = item.concept("TOURN")
    return cuff if cuff and cuff.region else None


def _behind_place(view: View, index: int, words: SideWords) -> Bound | None:
    """Tie a side to the place that it stands behind ("radius, left", "metatarsal 2, left", "Tibia L.")."""
    items = view.sentence.items
    marks = _MARKS | words.between
    for at in range(index - 1, max(index - 1 - _BEHIND_WITHIN, -1), -1):
        place = items[at].concept(*_PLACES)
        adjoins = at == index - 1
        is_set_off = items[index - 1].word in marks or (adjoins and len(items[index].word) > 2)
        if place and (
            (is_set_off and _closes(items, index, words)) or (adjoins and _ends(items, index))
        ):
            return _tied(view, index, at, place, at, index + 1)
        if items[at].word not in marks and not _numbers(items[at]):
            break
    return None


def _numbers(item: Item) -> bool:
    """Tell whether a word behind a bone only numbers it ("metatarsal 2, left", "MT V, left")."""
    letter = len(item.word) == 1 and item.word.isalpha()
    return letter or item.has("ORD", "NUM", "QUANTITY")


def _closes(items: Sequence[Item], index: int, words: SideWords) -> bool:
    """Tell whether a side ends its clause ("radius left;", "the foot, the right one"), so that "foot left open" is not read as a side."""
    rest = items[index + 1 :]
    return not rest or rest[0].word in _CLAUSE_ENDS or rest[0].word in words.behind


def _ends(items: Sequence[Item], index: int) -> bool:
    """Tell whether a side, if only a letter, ends its sentence ("Tibia L.")."""
    rest = items[index + 1 :]
    return not rest or rest[0].word == "."


def _in_field(view: View, index: int, words: SideWords) -> Bound | None:
    """Tie a side to what the key before it names ("Donor laterality: right"), else to the limb that is being told of ("Side: right")."""
    items = view.sentence.items
    said = [at for at in range(index) if not items[at].void]
    if len(said) < 2 or items[said[-1]].word != ":":
        return None
    at = said[-2]
    if items[at].word not in words.field:
        return None
    place = items[at - 1].concept(*_PLACES) if at else None
    if place:
        return _tied(view, index, at - 1, place, at - 1, index + 1)
    return Bound(
        side=_side(view, index),
        region=None,
        place=(view.sentence.index, at),
        side_item=index,
        first=at,
        after=index + 1,
        tag=FIELD,
    )


def _as_heading(view: View, index: int, story: Story) -> Bound | None:
    """Take a side that is all of the first sentence of its paragraph for the heading of it, whatever was named before."""
    if index or len(view.sentence.items[0].word) < len("left") or not heads(view, story):
        return None
    here = view.sentence.index
    return Bound(
        side=_side(view, index),
        region=None,
        place=(here, index),
        side_item=index,
        first=index,
        after=index + 1,
        tag=HEADING,
    )


def heads(view: View, story: Story) -> bool:
    """Tell whether a sentence is a side, with a limb or without, and nothing else, and begins its paragraph or item of a list."""
    return _heads(view, story, _STOPS)


def turns(view: View, story: Story) -> bool:
    """Tell whether a sentence that begins its paragraph only turns to a limb ("Right foot next.", "Second team, left foot: ...")."""
    sides = story.language.words.sides
    words = [item.word for item in view.sentence.items]
    opens = words.index(":") if ":" in words else None
    if opens is not None and sides.teams.isdisjoint(words[:opens]):
        opens = None
    return _heads(view, story, sides.turning | sides.teams, opens)


def _heads(
    view: View, story: Story, passed_over: AbstractSet[str], ends: int | None = None
) -> bool:
    sentence = view.sentence
    said = [item for item in sentence.items[:ends] if item.word not in passed_over]
    if not said or any(not item.has("SIDE", "LIMB", "SITE") for item in said):
        return False
    before = story.views[sentence.index - 1] if sentence.index else None
    if before is None or before.sentence.paragraph != sentence.paragraph:
        return True
    return all(item.word == "." or item.number is not None for item in before.sentence.items)


def _on_side(view: View, index: int, on: AbstractSet[str]) -> Bound | None:
    """Tie "on the left" to the place of its clause: "the fifth metatarsal was taken on the left"."""
    items = view.sentence.items
    if not index or items[index - 1].word.rsplit("_", 1)[-1] not in on:
        return None  # "raised_on" is one phrase
    behind = items[index + 1 : index + 2]
    if view.tags & _WHERE_IT_GOES or any(item.has(*_VESSELS) for item in behind):
        return None
    for at in range(index - 2, max(index - 2 - _ON_WITHIN, -1), -1):
        if items[at].has("SIDE") or (items[at].word in _CLAUSE_ENDS and at < index - 2):
            return None
        place = items[at].concept(*_PLACES)
        if place:
            return _tied(view, index, at, place, at, index + 1)
    return None


def _apart(view: View, index: int, story: Story) -> Bound | None:
    """Tie a side to the place named last before it ("the whole radius, 7 cm of it, on the right"; "Thumb. Right.").

    The place is of the same sentence, else of the one before; one that has a side of its own is told of already.
    """
    items, words = view.sentence.items, story.language.words.sides
    if len(items[index].word) < len("left"):
        return None
    after = index + 1 + (index + 1 < len(items) and items[index + 1].word in words.named)
    rest = items[after:]
    if rest and not (rest[0].word in _CLAUSE_ENDS or rest[0].word in words.apart_ends):
        return None
    alone = index == 0 and (not rest or rest[0].word == ".")
    is_led_to = index > 0 and items[index - 1].word in words.apart
    if not (alone or after > index + 1 or is_led_to):
        return None
    here = view.sentence.index
    for where in (here, here - 1):
        if where < 0 or story.views[where].sentence.section != view.sentence.section:
            return None
        told = story.views[where].sentence.items
        for at in range((index if where == here else len(told)) - 1, -1, -1):
            if told[at].word == ";" or (told[at].has("SIDE") and not told[at].void):
                return None
            place = told[at].concept(*_PLACES)
            if place and not told[at].void:
                bound = _tied(view, index, at, place, index, after)
                return replace(bound, place=(where, at), apart=True)
    return None
