"""Find the donor where no rule finds it, by its dissected vessels or by what is told beside a bone; and tell bones that cannot be it.

Without a donor nothing else of a note is read. A note that tells the dissection of foot vessels and names a metatarsal that was neither
lost nor spared has told it, in words that no rule knows; so has one that tells of one bone alone what only a flap's bone has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scribe.extract.rays import rays_named
from scribe.types.fact import Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from scribe.extract.patterns import View
    from scribe.extract.story import Story
    from scribe.rules.language import FactRule
    from scribe.rules.option_schema import LastResort, Named, ToldAsTaken
    from scribe.rules.words_schema import BoneWords
    from scribe.types.mention import Item

_SET_ASIDE = frozenset({"ASIDE", "UNFIT", "OTHEROP"})
_SPARED_WITHIN = 8
_OF_TRANSFER = frozenset({"RAISE", "FLAP", "GRAFT", "FREE", "VASC", "OSTEOCUT", "GRAFTALT", "JOIN"})
_SICK_WITHIN = 4  # words between a cause and the bone behind it
_SICK_NEXT = 2
_ARTERIES = frozenset({"ARTERY", "ARTBARE"})
_TAKEN = frozenset({"RAISE", "OSTEOT", "DIVIDE", "DESIGN"})
_MEASURED = frozenset({"LEN", "SIZE"})
_TOLD = frozenset({"title", "today", "loose"})
_LIMB_WITHIN = 4  # words on either side of a ray that say whose it is
_TOLD_WITHIN = 16  # words on either side of a bone that are about it
_AGAINST_WITHIN = 6  # words on either side of a bone that tell against it
_FOLLOWERS = 3  # sentences behind it that go on about the bone


def last_resort(rule: FactRule, story: Story) -> list[tuple[tuple[int, int], str, str | None]]:
    """Return the places (sentence and item), the donor and the region of the bones that are left as the donor.

    The rule's ``last_resort`` names, in order, the vessels or the region whose dissection tells a donor.
    """
    for terms in rule.file.options.get("last_resort", ()):
        if _dissected(terms, rule, story) and not _of_another_flap(terms, rule, story):
            found = list(_unspared(terms, rule, story))
            if found:
                return found
    return []


def _of_another_flap(terms: LastResort, rule: FactRule, story: Story) -> bool:
    """Tell whether the vessels may well be those that took another flap: the note tells of one as raised, and its title of no such bone.

    A muscle that is joined to the dorsalis pedis artery over a sick metatarsal has foot vessels, too.
    """
    others = tuple(terms.get("never_with", ()))
    titled = story.index.holding((frozenset({terms["tag"]}),))
    if any(view.sentence.frame == "title" for view in titled):
        return False
    return any(
        story.status(view.sentence, item.start, item.end, rule.file.frames) is Status.PRESENT
        for view in story.index.holding((frozenset(others), frozenset({"RAISE"})))
        for item in map(view.item, view.places(others))
    )


def told_as_taken(rule: FactRule, story: Story) -> list[tuple[tuple[int, int], str, str | None]]:
    """Return the place, the donor and the region of the bone of which most is told that only a flap's bone has.

    A note of a living transfer names a bone beside its length, its cuts, its vessels, its skin; each weighs what the rule's
    ``told`` gives it. One of ``against`` near it tells of a bone that is lost, held, or receives; one of ``never_beside`` in its
    sentence of another operation. Two bones that are told of alike are none.
    """
    terms = rule.file.options.get("told")
    if not terms or not _is_transfer([frozenset(tags) for tags in terms["needs"]], story):
        return []
    found: list[tuple[float, tuple[int, int], str, str | None]] = []
    for tag, bones in terms["bones"].items():
        for view in story.index.holding((frozenset({tag}),)):
            if view.tags.isdisjoint(terms["never_beside"]):
                found += _weighed(tag, bones, terms, view, rule, story)
    best = max((score for score, *_ in found), default=0.0)
    if best < float(terms["least"]):
        return []
    told = [(key, value, region) for score, key, value, region in found if score == best]
    return told[:1] if len({value for _, value, _ in told}) == 1 else []


def _is_transfer(tags: Sequence[frozenset[str]], story: Story) -> bool:
    """Tell whether a sentence of the title or the body speaks of living bone."""
    return any(view.sentence.frame in _TOLD for view in story.index.holding(tags))


def _weighed(
    tag: str,
    bones: Named,
    terms: ToldAsTaken,
    view: View,
    rule: FactRule,
    story: Story,
) -> Iterator[tuple[float, tuple[int, int], str, str | None]]:
    """Yield what speaks for each bone of a sentence, with its place, its donor and its region."""
    index, words = view.sentence.index, story.language.words.bones
    if view.sentence.phase == "recipient" or view.sentence.frame not in ("today", "loose"):
        return
    for at in view.places((tag,)):
        item = view.item(at)
        concept = item.concept(tag)
        donor = (concept and concept.donor) or bones.get("gives")
        if concept is None or donor is None or donor not in terms["donors"]:
            continue
        if tag == "RAY" and not of_foot(view, at, story):
            continue
        status = story.status(view.sentence, item.start, item.end, rule.file.frames)
        spared = any(i.word in words.spared for i in view.items(at + 1, at + 1 + _SPARED_WITHIN))
        if status is not Status.PRESENT or spared or is_lost(view, at, at, words):
            continue
        near = view.items(max(0, at - _AGAINST_WITHIN), at + 1 + _AGAINST_WITHIN)
        if len(rays_named(view, at, words)) > 1:
            continue  # "the first and third rays" are those that stay
        if story.is_barred(rule.name, index, at) or any(i.has(*terms["against"]) for i in near):
            continue
        yield _score(view, at, terms, story), (index, at), donor, concept.region or bones.get("in")


def _score(view: View, at: int, terms: ToldAsTaken, story: Story) -> float:
    """Add up what is told beside a bone; behind a bone that is not measured, the next sentences tell half as much."""
    weights: Mapping[str, float] = terms["weights"]
    near = view.items(max(0, at - _TOLD_WITHIN), at + 1 + _TOLD_WITHIN)
    held = {c.tag for item in near if not item.void for c in item.concepts}
    if rays_named(view, at, story.language.words.bones):
        held.add("ORD")  # "metatarsal four" is numbered as well as "fourth metatarsal"
    score = sum(weights.get(tag, 0.0) for tag in held)
    if view.tags.isdisjoint(_MEASURED):
        behind: set[str] = set()
        first = view.sentence.index + 1
        for follower in story.views[first : first + _FOLLOWERS]:
            if not follower.tags.isdisjoint((*terms["against"], *terms["bones"])):
                break
            behind |= follower.tags
        score += sum(weights.get(tag, 0.0) for tag in behind) / 2
    return score


def of_foot(view: View, at: int, story: Story) -> bool:
    """Tell whether "ray" can be one of the foot: a hand has rays too."""
    near = _regions_told(view.items(max(0, at - _LIMB_WITHIN), at + 1 + _LIMB_WITHIN))
    if near & {"digit", "hand"}:
        return "foot" in near
    told: set[str] = set()
    for other in story.views:
        told |= _regions_told(other.sentence.items)
    return "foot" in told or told.isdisjoint(("digit", "hand"))


def _regions_told(items: Sequence[Item]) -> set[str]:
    """Return the parts of the body that some words name, apart from rays themselves."""
    concepts = (c for item in items for c in item.concepts)
    return {c.region for c in concepts if c.region and c.tag != "RAY"}


def with_own_vessels(rule: FactRule, story: Story) -> set[str]:
    """Return the donors whose own vessels the note tells as dissected, by the rule's ``last_resort``."""
    return {
        terms["donor"]
        for terms in rule.file.options.get("last_resort", ())
        if "donor" in terms and _dissected(terms, rule, story)
    }


def sick_bones(rule: FactRule, story: Story) -> set[str]:
    """Return the bones of the rule's ``not_if_sick`` that a cause stands right beside ("sarcoma of the right humerus")."""
    named = set(rule.file.options.get("not_if_sick", ()))
    found: set[str] = set()
    for view in story.index.holding((frozenset({"ETIO"}), frozenset({"BONE"}))):
        if view.tags & _OF_TRANSFER:
            continue
        for at in view.places(("BONE",)):
            concept = view.item(at).concept("BONE")
            near = view.items(max(0, at - _SICK_WITHIN), at + 1 + _SICK_NEXT)
            if (
                concept
                and concept.donor
                and concept.donor in named
                and any(item.has("ETIO") for item in near)
            ):
                found.add(concept.donor)
    return found


def _unspared(
    terms: LastResort, rule: FactRule, story: Story
) -> Iterator[tuple[tuple[int, int], str, str | None]]:
    """Yield the bones of a kind that were neither lost nor spared."""
    tag, words = terms["tag"], story.language.words.bones
    for view in story.index.holding((frozenset({tag}),)):
        if view.tags & _SET_ASIDE or view.sentence.phase == "recipient":
            continue
        for at in view.places((tag,)):
            item = view.item(at)
            concept = item.concept(tag)
            donor = (concept and concept.donor) or terms.get("gives")
            if concept is None or donor is None or donor != terms.get("donor", donor):
                continue
            if concept.donor is None and not _is_cut_out(view):
                continue
            status = story.status(view.sentence, item.start, item.end, rule.file.frames)
            spared = any(
                i.word in words.spared for i in view.items(at + 1, at + 1 + _SPARED_WITHIN)
            )
            sick = any(i.has("ETIO") for i in view.items(at + 1, at + 2))  # "metatarsal nonunion"
            if status is not Status.PRESENT or spared or sick or is_lost(view, at, at, words):
                continue
            if story.is_barred(rule.name, view.sentence.index, at):
                continue
            if not near_other_operation(view, at, at + 1):
                yield (view.sentence.index, at), donor, concept.region or terms.get("in")


def _is_cut_out(view: View) -> bool:
    """Tell whether a sentence tells of a piece of bone that was measured and taken."""
    return bool(view.tags & _TAKEN and view.tags & _MEASURED) and "LOSS" not in view.tags


def _dissected(terms: LastResort, rule: FactRule, story: Story) -> bool:
    """Tell whether the note tells the dissection of one of some arteries, or of an artery of a region."""
    for view in story.index.holding((_ARTERIES, frozenset({"DISSECT", "RAISE"}))):
        for at in view.places(tuple(_ARTERIES)):
            item = view.item(at)
            concept = item.concept(*_ARTERIES)
            if concept is None:
                continue
            if concept.value in terms.get("vessels", ()) or concept.region == terms.get("region"):
                status = story.status(view.sentence, item.start, item.end, rule.file.frames)
                if status is Status.PRESENT:
                    return True
    return False


def near_other_operation(view: View, first: int, after: int) -> bool:
    """Tell whether the words belong to an operation on other bones of the foot ("Weil osteotomies of the third ray")."""
    if "OTHEROP" not in view.tags:
        return False
    items = view.sentence.items
    return any(
        items[k].has("OTHEROP") for k in range(max(0, first - 4), min(after + 6, len(items)))
    )


def is_lost(view: View, first: int, index: int, rules: BoneWords) -> bool:
    """Tell whether a bone is spoken of as lost ("loss of the shaft", "was found to be absent")."""
    items = view.sentence.items
    if any(items[k].has("LOSS") for k in range(max(0, first - 4), first)):
        return True
    for k in range(index + 1, min(index + 11, len(items))):
        if items[k].word in rules.parted:
            return False
        if items[k].word in rules.lost:
            return True
    return False
