"""Left or right of the donor and of the recipient, only where a side is tied to the limb.

A bare "left" in a diagnosis is the recipient's; donor and recipient may well be on different sides (traps T24 and T25 of the domain facts).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from scribe.extract.sides.bound import Bound, bound_side
from scribe.extract.sides.roles import ABOVE, OTHER_ROLE, is_of_earlier_donor, role_of_side
from scribe.extract.sightings import sightings
from scribe.extract.story import DONOR, RECIPIENT, Story
from scribe.types.fact import Status

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from scribe.extract.patterns import View
    from scribe.rules.language import FactRule
    from scribe.rules.words_schema import SideWords

_SIDE = frozenset({"SIDE"})
_PASSED_WITHIN = 6  # words behind a limb that say that it was not taken
_OTHER_WITHIN = 4  # words between a side and another operation that it is told of


class _Told(NamedTuple):
    """A side with its status, its sentence, and whether it stands at the very place of the role."""

    bound: Bound
    status: Status
    view: View
    is_exact: bool


def extract(rule: FactRule, story: Story) -> None:
    """Add the sides of the donor or of the recipient, whichever the rule asks for."""
    _add([*_told_of_limbs(rule, story), *_told_outright(rule, story)], rule, story)


def _add(kept: list[_Told], rule: FactRule, story: Story) -> None:
    """Add the sides of a role that are no strays, and remember them in the story."""
    role = str(rule.file.options["role"])
    told_by = frozenset(rule.file.options["told_by"])
    if role == RECIPIENT:
        kept = _of_the_rebuilt(kept)
    present = [told for told in kept if told.status is Status.PRESENT]
    certain = {told.bound.side for told in present if told.is_exact}
    strays = _strays([told.bound for told in present], role, story)
    for bound, status, view, is_exact in kept:
        earlier = role == DONOR and status is Status.HISTORICAL
        if not (is_exact or earlier) and certain and bound.side not in certain:
            continue
        is_told = bound.place in _items_of(role, story) or bool(view.tags & told_by)
        if bound.side in strays and not is_told:
            continue
        span = story.span(view.sentence.index, bound.first, bound.after)
        story.add(rule, f"{rule.name}.bound", bound.side, status, view.sentence.index, span, 0.9)
        if status is Status.PRESENT:
            story.sides.setdefault(role, set()).add(bound.side)


def _told_of_limbs(rule: FactRule, story: Story) -> list[_Told]:
    """Return the sides of a role that are tied to a place of the body."""
    role = str(rule.file.options["role"])
    on = frozenset(rule.file.options.get("on", ()))
    found: list[_Told] = []
    for view in story.index.holding((_SIDE,)):
        sentence = view.sentence
        bounds = [
            bound
            for at in view.places(_SIDE)
            if (bound := bound_side(view, at, story, on))
            and not _near_other_operation(view, at)
            and not _passed_over(view, bound, story.language.words.sides)
            and not story.is_barred(rule.name, sentence.index, at)
        ]
        for position, bound in enumerate(bounds):
            if role_of_side(view, bounds, position, story, rule) != role:
                continue
            status = _status(rule, bound, view, story)
            if status is not None:
                start, end = story.span(sentence.index, bound.first, bound.after)
                told = story.status(sentence, start, end, rule.file.frames)
                is_exact = told is status and _is_exact(bound, role, view, story)
                found.append(_Told(bound, status, view, is_exact))
    return found


def _told_outright(rule: FactRule, story: Story) -> list[_Told]:
    """Return the sides that the rule's own patterns tell, where no limb stands beside them ("the left yielded its second metatarsal")."""
    found: list[_Told] = []
    for _, view, match in sightings(rule, story):
        at = match.captured["side"][0]
        concept = view.item(at).concept("SIDE")
        if concept is None or story.is_barred(rule.name, view.sentence.index, at):
            continue
        here = view.sentence.index
        bound = Bound(
            side=concept.value,
            region=None,
            place=(here, at),
            side_item=at,
            first=match.first,
            after=match.after,
            tag="DONOR",
        )
        status = _status(rule, bound, view, story)
        if status is not None:
            found.append(_Told(bound, status, view, is_exact=True))
    return found


def _status(rule: FactRule, bound: Bound, view: View, story: Story) -> Status | None:
    """Return how a side is told; that of an earlier donor is earlier, however it is told."""
    start, end = story.span(view.sentence.index, bound.first, bound.after)
    status = story.status(view.sentence, start, end, rule.file.frames, ("NEGATED",))
    if status is Status.PRESENT and is_of_earlier_donor(bound, story):
        return Status.HISTORICAL
    return status


def _of_the_rebuilt(kept: list[_Told]) -> list[_Told]:
    """Leave out what is told of an injury of long ago, whose limb is rebuilt today; where nothing else tells the side, it does."""
    today = {told.bound.side for told in kept if told.status is Status.PRESENT}
    if not today:
        return [_long_standing(told) for told in kept]
    return [t for t in kept if t.status is not Status.HISTORICAL or t.bound.side not in today]


def _long_standing(told: _Told) -> _Told:
    """Take the side of an injury of long ago for today's."""
    sentence, tags = told.view.sentence, told.view.tags
    injured = sentence.frame == "history" and tags & {"ETIO", "LOSS", "RESECT"}
    is_earlier = told.status is Status.HISTORICAL
    return told._replace(status=Status.PRESENT) if injured and is_earlier else told


def _strays(bounds: Sequence[Bound], role: str, story: Story) -> set[str]:
    """Return sides that are told of a limb once or twice and are the other role's, where both limbs are of one kind.

    With a left foot that gives to a right foot, a limb without a bone beside it is easily taken for the wrong one.
    """
    if story.donor_regions.isdisjoint(story.recipient_regions):
        return set()
    other = story.sides.get(OTHER_ROLE[role], set())
    count = Counter(bound.side for bound in bounds)
    most = max(count.values(), default=0)
    return {side for side, n in count.items() if side in other and n * 2 <= most}


def _items_of(role: str, story: Story) -> Collection[tuple[int, int]]:
    """Return the places that are the donor, or the recipient, themselves."""
    return story.donor_items if role == DONOR else story.recipient_items


def _is_exact(bound: Bound, role: str, view: View, story: Story) -> bool:
    """Tell whether a side stands at the very place of the role, and not in passing.

    A neighbouring part of the limb, an image, a skin graft (for the recipient) or a comparison with the other limb names a side in passing.
    """
    if bound.tag in ("DONOR", "RECIP"):
        return True
    if view.tags & story.language.words.sides.in_passing or (
        role == RECIPIENT and "STSG" in view.tags
    ):
        return False
    if role == RECIPIENT:
        return bound.place in story.recipient_items or bound.region in story.recipient_regions
    return bound.tag not in ABOVE or bound.region in story.donor_regions


def survey(story: Story) -> None:
    """Remember the sides that need no knowledge of the story's course, before that course is followed."""
    for rule in story.language.facts:
        if rule.file.kind == "side":
            kept = list(story.candidates)
            _add(_told_of_limbs(rule, story), rule, story)
            story.candidates = kept


def _passed_over(view: View, bound: Bound, words: SideWords) -> bool:
    """Tell whether a limb was considered and not taken ("the left foot was spared")."""
    if bound.place[0] != view.sentence.index:
        return False
    behind = view.items(max(bound.place[1] + 1, bound.after), bound.place[1] + _PASSED_WITHIN)
    return bound.tag == "LIMB" and any(item.word in words.passed_over for item in behind)


def _near_other_operation(view: View, index: int) -> bool:
    """Tell whether a side is told of an operation that is not the flap's."""
    if "OTHEROP" not in view.tags:
        return False
    near = view.items(max(0, index - _OTHER_WITHIN), index + _OTHER_WITHIN + 1)
    return any(item.has("OTHEROP") for item in near)
