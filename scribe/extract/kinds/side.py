"""Left or right of the donor and of the recipient, only where a side is tied to the limb.

A bare "left" in a diagnosis is the recipient's; donor and recipient may well be on different sides (traps T24 and T25 of the domain facts).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from scribe.extract.sightings import sightings
from scribe.extract.story import DONOR, RECIPIENT, Story
from scribe.types.fact import Status

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from scribe.extract.patterns import Pattern, View
    from scribe.rules.language import FactRule
    from scribe.rules.words_schema import SideWords
    from scribe.types.mention import Concept, Item

_PLACES = ("LIMB", "BONE", "MT", "DIGIT", "SITE", "GTOE", "TOE", "RAY", "DONOR", "RECIP", "WEB")
_ABOVE = ("LIMB", "TOURN")  # tags of what lies or sits above the donor on its limb
_SIDE = frozenset({"SIDE"})
_PASSED_WITHIN = 6
_ON_WITHIN = 9  # words back to the place in "the metatarsal was taken on the left"
_BEHIND_WITHIN = 5  # words back to the place whose side is told behind it
_MARKS = frozenset({"(", ",", "-", ":", "–"})
_OPENS = frozenset({":", ".", "("})
_CLAUSE_ENDS = frozenset({".", ",", ";", ")", "/", ":", "to"})
_WHERE_IT_GOES = frozenset({"INSET", "FIX", "FIXDEV", "JOIN", "JN", "RECON"})
_WORK_ABOVE = frozenset({"TOURN", "RAISE", "OSTEOT"})
_FIELD = "FIELD"  # the tag of a side that stands in a field of its own


@dataclass(frozen=True, slots=True)
class _Bound:
    """A side tied to a place of the body."""

    side: str
    region: str | None
    place: tuple[int, int]
    side_item: int
    sentence: int
    first: int
    after: int
    tag: str
    apart: bool = False


_Told: TypeAlias = "tuple[_Bound, Status, View, bool]"
"""A side with its status, its sentence, and whether it stands at the very place of the role."""


def extract(rule: FactRule, patterns: Mapping[str, Pattern], story: Story) -> None:
    """Add the sides of the donor or of the recipient, whichever the rule asks for."""
    words = story.language.words.sides
    role = str(rule.file.options["role"])
    told_by = frozenset(rule.file.options["told_by"])
    kept: list[_Told] = []
    for view in story.index.holding((_SIDE,)):
        bounds = [
            b
            for i in view.places(_SIDE)
            for b in [
                _bind(view, i, words)
                or _field(view, i, words)
                or _on_side(view, i, frozenset(rule.file.options.get("on", ())))
                or _apart(view, i, story)
            ]
            if b and not _near_other_operation(view, i) and not _passed_over(view, b, words)
            if not story.is_barred(rule.name, view.sentence.index, i)
        ]
        for position, bound in enumerate(bounds):
            if _role(view, bounds, position, story, rule) != role:
                continue
            start, end = story.span(view.sentence.index, bound.first, bound.after)
            status = _status(rule, bound, view, story)
            if status is not None:
                told = story.status(view.sentence, start, end, rule.file.frames)
                exact = told is status and _is_exact(bound, role, view, story)
                kept.append((bound, status, view, exact))
    kept += _told_outright(rule, patterns, story)
    if role == RECIPIENT:
        kept = _of_the_rebuilt(kept)
    certain = {b.side for b, s, _, exact in kept if exact and s is Status.PRESENT}
    strays = _strays([b for b, s, _, _ in kept if s is Status.PRESENT], role, story)
    for bound, status, view, exact in kept:
        earlier = role == DONOR and status is Status.HISTORICAL
        if not (exact or earlier) and certain and bound.side not in certain:
            continue
        is_told = bound.place in _items_of(role, story) or bool(view.tags & told_by)
        if bound.side in strays and not is_told:
            continue
        span = story.span(view.sentence.index, bound.first, bound.after)
        story.add(rule, f"{rule.name}.bound", bound.side, status, view.sentence.index, span, 0.9)
        if status is Status.PRESENT:
            story.sides.setdefault(role, set()).add(bound.side)


def _told_outright(rule: FactRule, patterns: Mapping[str, Pattern], story: Story) -> list[_Told]:
    """Return the sides that the rule's own patterns tell, where no limb stands beside them ("the left yielded its second metatarsal")."""
    found: list[_Told] = []
    if not patterns:
        return found
    for _, view, match in sightings(rule, patterns, story):
        at = match.captured["side"][0]
        concept = view.item(at).concept("SIDE")
        if concept is None or story.is_barred(rule.name, view.sentence.index, at):
            continue
        here = view.sentence.index
        bound = _Bound(concept.value, None, (here, at), at, here, match.first, match.after, "DONOR")
        status = _status(rule, bound, view, story)
        if status is not None:
            found.append((bound, status, view, True))
    return found


def _on_side(view: View, index: int, before: frozenset[str]) -> _Bound | None:
    """Tie "on the left" to the place of its clause: "the fifth metatarsal was taken on the left"."""
    items = view.sentence.items
    concept = items[index].concept("SIDE")
    if concept is None or items[index].void or not index:
        return None
    if items[index - 1].word.rsplit("_", 1)[-1] not in before:  # "raised_on" is one phrase
        return None
    if view.tags & _WHERE_IT_GOES:
        return None
    for at in range(index - 2, max(index - 2 - _ON_WITHIN, -1), -1):
        if items[at].has("SIDE") or (items[at].word in _CLAUSE_ENDS and at < index - 2):
            return None
        place = items[at].concept(*_PLACES)
        if place:
            here = view.sentence.index
            return _Bound(
                concept.value, place.region, (here, at), index, here, at, index + 1, place.tag
            )
    return None


def _status(rule: FactRule, bound: _Bound, view: View, story: Story) -> Status | None:
    """Return how a side is told; that of an earlier donor is earlier, however it is told."""
    start, end = story.span(view.sentence.index, bound.first, bound.after)
    status = story.status(view.sentence, start, end, rule.file.frames, ("NEGATED",))
    earlier = bound.place in story.earlier_items and bound.place not in story.recipient_items
    return Status.HISTORICAL if earlier and status is Status.PRESENT else status


def _of_the_rebuilt(kept: list[_Told]) -> list[_Told]:
    """Leave out what is told of an injury of long ago, whose limb is rebuilt today; where nothing else tells the side, it does."""
    today = {bound.side for bound, status, _, _ in kept if status is Status.PRESENT}
    if today:
        return [row for row in kept if row[1] is not Status.HISTORICAL or row[0].side not in today]
    return [_long_standing(*row) for row in kept]


def _long_standing(bound: _Bound, status: Status, view: View, exact: bool) -> _Told:
    """Take the side of an injury of long ago for today's, where nothing else tells the side."""
    injured = view.sentence.frame == "history" and view.tags & {"ETIO", "LOSS", "RESECT"}
    told = Status.PRESENT if injured and status is Status.HISTORICAL else status
    return bound, told, view, exact


def _strays(bounds: Sequence[_Bound], role: str, story: Story) -> set[str]:
    """Return sides that are told of a limb once or twice and are the other role's, where both limbs are of one kind.

    With a left foot that gives to a right foot, a limb without a bone beside it is easily taken for the wrong one.
    """
    if story.donor_regions.isdisjoint(story.recipient_regions):
        return set()
    other = story.sides.get(RECIPIENT if role == DONOR else DONOR, set())
    count = Counter(bound.side for bound in bounds)
    most = max(count.values(), default=0)
    return {side for side, n in count.items() if side in other and n * 2 <= most}


def _items_of(role: str, story: Story) -> Collection[tuple[int, int]]:
    return story.donor_items if role == DONOR else story.recipient_items


def _is_exact(bound: _Bound, role: str, view: View, story: Story) -> bool:
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
    return bound.tag not in _ABOVE or bound.region in story.donor_regions


def survey(story: Story) -> None:
    """Remember the sides that need no knowledge of the story's course, before that course is followed."""
    for rule in story.language.facts:
        if rule.file.kind == "side":
            kept = list(story.candidates)
            extract(rule, {}, story)
            story.candidates = kept


def _passed_over(view: View, bound: _Bound, words: SideWords) -> bool:
    """Tell whether a limb was considered and not taken ("the left foot was spared")."""
    if bound.place[0] != view.sentence.index:
        return False
    behind = view.items(max(bound.place[1] + 1, bound.after), bound.place[1] + _PASSED_WITHIN)
    return bound.tag == "LIMB" and any(item.word in words.passed_over for item in behind)


def _near_other_operation(view: View, index: int) -> bool:
    if "OTHEROP" not in view.tags:
        return False
    items = view.sentence.items
    return any(
        items[k].has("OTHEROP") for k in range(max(0, index - 4), min(index + 5, len(items)))
    )


def _bind(view: View, index: int, words: SideWords) -> _Bound | None:
    """Tie a side to the place it stands before ("left second metatarsal"), or behind ("radius, left")."""
    items = view.sentence.items
    concept = items[index].concept("SIDE")
    if concept is None or items[index].void:
        return None
    before = items[index - 1] if index else None
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
        if place and not (
            items[index].word == "left" and before is not None and before.has("OSTEOT")
        ):
            return _Bound(
                concept.value,
                place.region,
                (view.sentence.index, at),
                index,
                view.sentence.index,
                index,
                at + 1 if begin == index + 1 else index + 2,
                place.tag,
            )
        word = items[at].word
        adjective = word.isalpha() and word.endswith(words.adjective_endings)
        if not (
            adjective
            or items[at].has("ORD", "OSTEOCUT", "FREE", "VASC", "SKIN")
            or (is_first and items[at].has("LOSS", "ETIO"))
            or word in words.step_over
        ):
            break
    marks = _MARKS | words.between
    for at in range(index - 1, max(index - 1 - _BEHIND_WITHIN, -1), -1):
        place = items[at].concept(*_PLACES)
        if place and (
            (items[index - 1].word in marks and _closes(items, index, words))
            or (at == index - 1 and len(items[index].word) > 2 and _closes(items, index, words))
            or (at == index - 1 and _ends(items, index))
        ):
            return _Bound(
                concept.value,
                place.region,
                (view.sentence.index, at),
                index,
                view.sentence.index,
                at,
                index + 1,
                place.tag,
            )
        if items[at].word not in marks and not _numbers(items[at]):
            break
    return None


def _numbers(item: Item) -> bool:
    """Tell whether a word behind a bone only numbers it ("metatarsal 2, left", "MT V, left")."""
    letter = len(item.word) == 1 and item.word.isalpha()
    return letter or item.has("ORD", "NUM", "QUANTITY")


def _cuff(item: Item) -> Concept | None:
    """Return the tourniquet that a word names with the limb that it sits on."""
    cuff = item.concept("TOURN")
    return cuff if cuff and cuff.region else None


def _field(view: View, index: int, words: SideWords) -> _Bound | None:
    """Tie a side to what the key before it names ("Donor laterality: right"), else to the limb that is being told of ("Side: right")."""
    items = view.sentence.items
    concept = items[index].concept("SIDE")
    said = [at for at in range(index) if not items[at].void]
    if concept is None or items[index].void or len(said) < 2 or items[said[-1]].word != ":":
        return None
    at = said[-2]
    here = view.sentence.index
    if items[at].word in words.field:
        named = items[at - 1].concept(*_PLACES) if at else None
        if named is None:
            tag, region = _FIELD, None
        else:
            at, tag, region = at - 1, named.tag, named.region
        return _Bound(concept.value, region, (here, at), index, here, at, index + 1, tag)
    return None


def _apart(view: View, index: int, story: Story) -> _Bound | None:
    """Tie a side to the place named last before it ("the whole radius, 7 cm of it, on the right"; "Thumb. Right.").

    The place is of the same sentence, else of the one before; one that has a side of its own is told of already.
    """
    items, words = view.sentence.items, story.language.words.sides
    concept = items[index].concept("SIDE")
    if concept is None or items[index].void or len(items[index].word) < len("left"):
        return None
    after = index + 1 + (index + 1 < len(items) and items[index + 1].word in words.named)
    rest = items[after:]
    if rest and not (rest[0].word in _CLAUSE_ENDS or rest[0].word in words.apart_ends):
        return None
    alone = index == 0 and (not rest or rest[0].word == ".")
    if not (alone or after > index + 1 or items[index - 1].word in words.apart):
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
                spot = (where, at)
                return _Bound(
                    concept.value, place.region, spot, index, here, index, after, place.tag, True
                )
    return None


def _closes(items: Sequence[Item], index: int, words: SideWords) -> bool:
    """Tell whether a side ends its clause ("radius left;", "the foot, the right one"), so that "foot left open" is not read as a side."""
    rest = items[index + 1 :]
    return not rest or rest[0].word in _CLAUSE_ENDS or rest[0].word in words.behind


def _ends(items: Sequence[Item], index: int) -> bool:
    """Tell whether a side, if only a letter, ends its sentence ("Tibia L.")."""
    rest = items[index + 1 :]
    return not rest or rest[0].word == "."


def _role(
    view: View, bounds: list[_Bound], position: int, story: Story, rule: FactRule
) -> str | None:
    """Tell whose side it is: by the very place, else by the part of the body that it belongs to."""
    bound = bounds[position]
    if bound.tag == _FIELD:
        return story.focus[view.sentence.index]
    if bound.apart:
        return RECIPIENT if _role_of_place(bound, story) == RECIPIENT else None
    told = _role_of_place(bound, story) or _bone_of_limb(view, bound, story)
    if told is None and not story.donor:
        told = _by_title(view, bounds, position, story)
    if told:
        return told
    limbs = rule.file.options["limbs"]
    donor = {r for d in story.donor for r in limbs.get(d, [])}
    recipient = {
        r for r in story.recipient_regions for r in (r, *rule.file.options["around"].get(r, []))
    }
    gives = bound.region in donor
    takes = bound.region in recipient
    if gives and takes:
        return _by_place(view, bounds, position, story)
    if gives:
        return DONOR
    if takes:
        return RECIPIENT
    return DONOR if _is_above_donor(view, bound, rule, story) else None


def _is_above_donor(view: View, bound: _Bound, rule: FactRule, story: Story) -> bool:
    """Tell whether a limb is that of the donor by the work on it: the thigh that has the cuff, the leg that is exsanguinated."""
    near = rule.file.options.get("above", {})
    regions = {r for d in story.donor for r in near.get(d, ())}
    worked = view.tags & _WORK_ABOVE and not view.tags & {"STSG", "IMG"}
    return bool(worked) and bound.region in regions and bound.tag in _ABOVE


def _role_of_place(bound: _Bound, story: Story) -> str | None:
    """Tell the role of a place that is the donor or the recipient itself."""
    if (
        bound.tag == "DONOR"
        or bound.place in story.donor_items
        or (bound.place in story.earlier_items and bound.place not in story.recipient_items)
    ):
        return DONOR
    if bound.tag == "RECIP" or bound.place in story.recipient_items:
        return RECIPIENT
    concept = story.views[bound.place[0]].item(bound.place[1]).concept("BONE", "MT")
    if concept is None:
        return None
    if concept.tag == "BONE" and concept.donor in story.donor:
        return DONOR
    rebuilt = any(site.endswith(concept.value) for site in story.recipient)
    return RECIPIENT if rebuilt else None


def _bone_of_limb(view: View, bound: _Bound, story: Story) -> str | None:
    """Tell whose limb it is by the bone it belongs to: "the second metatarsal of the left foot"."""
    items = view.sentence.items
    if bound.tag != "LIMB" or bound.first != bound.side_item:
        return None
    at = bound.first - 1
    while at > 0 and items[at].word in story.language.words.sides.of_limb:
        at -= 1
    key = (view.sentence.index, at)
    if at == bound.first - 1 or at < 0:
        return None
    if key in story.donor_items:
        return DONOR
    return RECIPIENT if key in story.recipient_items else None


def _by_title(view: View, bounds: list[_Bound], position: int, story: Story) -> str | None:
    """Tell the sides of a flap without bone by a title that names both limbs: "left foot to right hand"."""
    bound = bounds[position]
    if view.sentence.frame != "title" or not view.tags & {"FLAP", "SOFTFLAP", "FREE"}:
        return None
    if position + 1 < len(bounds) and _leads_on(view, bound, bounds[position + 1], story):
        return DONOR
    if position and _leads_on(view, bounds[position - 1], bound, story):
        return RECIPIENT
    return None


def _by_place(view: View, bounds: list[_Bound], position: int, story: Story) -> str | None:
    """Tell donor from recipient where both are the same part of the body: by the sentence, then by what is being worked on."""
    items = view.sentence.items
    bound = bounds[position]
    before = {items[k].word for k in range(max(0, bound.first - 3), bound.first)}
    words = story.language.words.sides
    if before & words.onward and any(b.first < bound.first for b in bounds):
        return RECIPIENT
    if before & words.out_of or (
        position + 1 < len(bounds) and _leads_on(view, bound, bounds[position + 1], story)
    ):
        return DONOR
    if len(bounds) == 1 and _follows_flap(view, bound):
        return DONOR
    if _holds_joined_vessel(items, bound, words):
        return RECIPIENT
    behind = items[bound.after : bound.after + 4]
    if behind and behind[0].word == "for" and any(i.has("FLAP", "GRAFT", "RAISE") for i in behind):
        return DONOR
    tags = view.tags
    if tags & {"DONOR"} or (
        tags & {"PADDLE", "OSTEOT", "MT"} and tags & {"RAISE", "DESIGN", "OSTEOT"}
    ):
        return DONOR
    if view.sentence.frame == "history" or (
        tags & {"LOSS", "ETIO"} and (view.sentence.frame == "title" or tags & {"LEN", "SIZE"})
    ):
        return RECIPIENT
    known = story.sides
    for role in (DONOR, RECIPIENT):
        other = RECIPIENT if role == DONOR else DONOR
        if bound.side in known.get(role, ()) and bound.side not in known.get(other, ()):
            return role
    return story.focus[view.sentence.index] if view.sentence.frame in ("today", "loose") else None


def _holds_joined_vessel(items: Sequence[Item], bound: _Bound, words: SideWords) -> bool:
    """Tell whether a limb is that of the vessel to which the flap's was joined ("to the dorsalis pedis artery of the right foot")."""
    at = bound.first - 1
    if at < 2 or items[at].word != "of" or not items[at - 1].has("ARTERY", "VEIN"):
        return False
    return any(item.word in words.onward for item in items[max(0, at - 4) : at - 1])


def _follows_flap(view: View, bound: _Bound) -> bool:
    """Tell whether a limb stands, set off by a comma, behind the flap that was made ("a vascularized metatarsal flap, right foot")."""
    items = view.sentence.items
    at = bound.first - 1
    made = bool(view.tags & {"FREE", "VASC", "OSTEOCUT", "PEDICLED"}) and "MT" in view.tags
    if at < 1 or items[at].word not in (",", "(") or view.tags & {"RECON", "LOSS", "ETIO"}:
        return False
    told = [k for k in range(at) if items[k].has("FLAP", "GRAFT", "SEG")]
    bones = view.places(("MT",))
    return made and any(bone < k or items[k + 1].word == "of" for k in told for bone in bones)


def _leads_on(view: View, bound: _Bound, nxt: _Bound, story: Story) -> bool:
    words = {view.item(k).word for k in range(min(bound.after, nxt.first - 1), nxt.first)}
    return bool(words & story.language.words.sides.onward)
