"""Find the donor where no rule finds it, by the vessels that were dissected; and tell bones that cannot be it.

Without a donor nothing else of a note is read, so a note that tells the dissection of foot vessels and names a metatarsal that was
neither lost nor spared has told it, in words that no rule knows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scribe.types.fact import Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scribe.extract.patterns import View
    from scribe.extract.story import Story
    from scribe.rules.language import FactRule
    from scribe.rules.words_schema import BoneWords

_SET_ASIDE = frozenset({"ASIDE", "UNFIT", "OTHEROP"})
_SPARED_WITHIN = 8
_OF_TRANSFER = frozenset({"RAISE", "FLAP", "GRAFT", "FREE", "VASC", "OSTEOCUT", "GRAFTALT", "JOIN"})
_SICK_WITHIN = 4  # words between a cause and the bone behind it
_SICK_NEXT = 2
_ARTERIES = frozenset({"ARTERY", "ARTBARE"})
_TAKEN = frozenset({"RAISE", "OSTEOT", "DIVIDE", "DESIGN"})
_MEASURED = frozenset({"LEN", "SIZE"})


def last_resort(rule: FactRule, story: Story) -> list[tuple[tuple[int, int], str, str | None]]:
    """Return the places (sentence and item), the donor and the region of the bones that are left as the donor.

    The rule's ``last_resort`` names, in order, the vessels or the region whose dissection tells a donor.
    """
    for terms in rule.file.options.get("last_resort", ()):
        if _dissected(terms, rule, story):
            found = list(_unspared(terms, rule, story))
            if found:
                return found
    return []


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
    terms: Mapping[str, Any], rule: FactRule, story: Story
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


def _dissected(terms: Mapping[str, Any], rule: FactRule, story: Story) -> bool:
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
