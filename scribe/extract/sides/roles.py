"""Whose side it is, the donor's or the recipient's, where both may be the same part of the body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scribe.extract.sides.bound import FIELD, HEADING, heads, turns
from scribe.extract.story import DONOR, RECIPIENT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scribe.extract.patterns import View
    from scribe.extract.sides.bound import Bound
    from scribe.extract.story import Story
    from scribe.rules.language import FactRule
    from scribe.rules.words_schema import SideWords
    from scribe.types.mention import Item

OTHER_ROLE = {DONOR: RECIPIENT, RECIPIENT: DONOR}
ABOVE = ("LIMB", "TOURN")  # tags of what lies or sits above the donor on its limb
_HARVEST = frozenset({"RAISE", "DESIGN", "OSTEOT", "DIVIDE"})
_LEADING = 2  # words before a limb that lead to it from another one of the same side
_BULLETS = frozenset({"-", "•", "*", "–"})
_WORK_ABOVE = frozenset({"TOURN", "RAISE", "OSTEOT"})


def role_of_side(
    view: View, bounds: list[Bound], position: int, story: Story, rule: FactRule
) -> str | None:
    """Tell whose side it is: by the very place, else by the part of the body that it belongs to."""
    bound = bounds[position]
    if bound.tag == FIELD:
        return story.focus[view.sentence.index]
    if bound.tag == HEADING:
        return _by_paragraph(view, story)
    if bound.apart:
        return RECIPIENT if _role_of_place(bound, story) == RECIPIENT else None
    told = _role_of_place(bound, story) or _bone_of_limb(view, bound, story)
    if told is None and not story.donor:
        told = _by_title(view, bounds, position, story)
    if told:
        return told
    limbs, around = rule.file.options["limbs"], rule.file.options["around"]
    gives = any(bound.region in limbs.get(d, ()) for d in story.donor)
    takes = any(bound.region in (r, *around.get(r, ())) for r in story.recipient_regions)
    if gives and takes:
        return _by_place(view, bounds, position, story)
    if gives or takes:
        return DONOR if gives else RECIPIENT
    return DONOR if _is_above_donor(view, bound, rule, story) else None


def _is_above_donor(view: View, bound: Bound, rule: FactRule, story: Story) -> bool:
    """Tell whether a limb is that of the donor by the work on it: the thigh that has the cuff, the leg that is exsanguinated."""
    near = rule.file.options.get("above", {})
    regions = {r for d in story.donor for r in near.get(d, ())}
    worked = view.tags & _WORK_ABOVE and not view.tags & {"STSG", "IMG"}
    return bool(worked) and bound.region in regions and bound.tag in ABOVE


def _role_of_place(bound: Bound, story: Story) -> str | None:
    """Tell the role of a place that is the donor or the recipient itself."""
    if (
        bound.tag == "DONOR"
        or bound.place in story.donor_items
        or is_of_earlier_donor(bound, story)
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


def is_of_earlier_donor(bound: Bound, story: Story) -> bool:
    """Tell whether a side is that of bone which an earlier operation took."""
    return bound.place in story.earlier_items and bound.place not in story.recipient_items


def _bone_of_limb(view: View, bound: Bound, story: Story) -> str | None:
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


def _by_title(view: View, bounds: list[Bound], position: int, story: Story) -> str | None:
    """Tell the sides of a flap without bone by a title that names both limbs: "left foot to right hand"."""
    bound = bounds[position]
    if view.sentence.frame != "title" or not view.tags & {"FLAP", "SOFTFLAP", "FREE"}:
        return None
    if position + 1 < len(bounds) and _leads_on(view, bound, bounds[position + 1], story):
        return DONOR
    if position and _leads_on(view, bounds[position - 1], bound, story):
        return RECIPIENT
    return None


def _by_place(view: View, bounds: list[Bound], position: int, story: Story) -> str | None:
    """Tell donor from recipient where both are the same part of the body: by the sentence, then by what is being worked on."""
    items = view.sentence.items
    bound = bounds[position]
    words = story.language.words.sides
    if told := _by_sentence(view, bound, story):
        return told
    before = {items[k].word for k in range(max(0, bound.first - 3), bound.first)}
    if before & words.onward and any(b.first < bound.first for b in bounds):
        return RECIPIENT
    leads_on = position + 1 < len(bounds) and _leads_on(view, bound, bounds[position + 1], story)
    if before & words.out_of or leads_on or (len(bounds) == 1 and _follows_flap(view, bound)):
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
    if role := _by_known_side(bound, story):
        return role
    return story.focus[view.sentence.index] if view.sentence.frame in ("today", "loose") else None


def _by_known_side(bound: Bound, story: Story) -> str | None:
    """Tell the role whose side is known to be this one, where the other's is not."""
    known = story.sides
    for role, other in OTHER_ROLE.items():
        if bound.side in known.get(role, ()) and bound.side not in known.get(other, ()):
            return role
    return None


def _by_sentence(view: View, bound: Bound, story: Story) -> str | None:
    """Tell whose side it is where a sentence is no more than a limb, or ends with "from" ("Left leg was where we took it from")."""
    if heads(view, story):
        told = _by_paragraph(view, story)
        return told if told == DONOR else _by_known_side(bound, story) or told
    if turns(view, story) and _by_paragraph(view, story) == DONOR:
        return DONOR
    said = [item for item in view.sentence.items if item.word != "."]
    comes_from = bool(said) and said[-1].word in story.language.words.sides.out_of
    return DONOR if bound.first == 0 and comes_from else None


def _by_paragraph(view: View, story: Story) -> str | None:
    """Tell whose side heads a paragraph by the first work that it tells: raising a flap, or making and filling a gap."""
    here = view.sentence
    for other in story.views[here.index + 1 :]:
        goes_on = other.sentence.paragraph == here.paragraph or other.item(0).word in _BULLETS
        if not goes_on or other.tags & {"JOIN", "JN", "CONFIG"}:
            return None
        if other.tags & {"PADDLE", "OSTEOT", "MT", "PEDICLE"} and other.tags & _HARVEST:
            return DONOR
        if {"SKIN", "FLAP", "DESIGN"} <= other.tags:
            return DONOR
        if other.tags & {"LOSS", "RESECT", "INSET", "FIX", "FIXDEV", "ETIO"}:
            return RECIPIENT
    return None


def _holds_joined_vessel(items: Sequence[Item], bound: Bound, words: SideWords) -> bool:
    """Tell whether a limb is that of the vessel to which the flap's was joined ("to the dorsalis pedis artery of the right foot")."""
    at = bound.first - 1
    if at < 2 or items[at].word != "of" or not items[at - 1].has("ARTERY", "VEIN"):
        return False
    return any(item.word in words.onward for item in items[max(0, at - 4) : at - 1])


def _follows_flap(view: View, bound: Bound) -> bool:
    """Tell whether a limb stands, set off by a comma, behind the flap that was made ("a vascularized metatarsal flap, right foot")."""
    items = view.sentence.items
    at = bound.first - 1
    made = bool(view.tags & {"FREE", "VASC", "OSTEOCUT", "PEDICLED"}) and "MT" in view.tags
    if at < 1 or items[at].word not in (",", "(") or view.tags & {"RECON", "LOSS", "ETIO"}:
        return False
    told = [k for k in range(at) if items[k].has("FLAP", "GRAFT", "SEG")]
    bones = view.places(("MT",))
    return made and any(bone < k or items[k + 1].word == "of" for k in told for bone in bones)


def _leads_on(view: View, bound: Bound, nxt: Bound, story: Story) -> bool:
    """Tell whether the words between two limbs lead from the one to the other ("left foot to right hand").

    Of one side ("his left foot, which left no bone to speak of in the left metatarsal") only words right before the other limb do.
    """
    begin = max(bound.after, nxt.first - _LEADING) if bound.side == nxt.side else bound.after
    words = {view.item(k).word for k in range(min(begin, nxt.first - 1), nxt.first)}
    return bool(words & story.language.words.sides.onward)
