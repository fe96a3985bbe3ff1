"""Read which ray a metatarsal is: the number before it ("second and third metatarsals") or behind it ("MT2")."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scribe.extract.patterns import View
    from scribe.extract.story import Story
    from scribe.rules.option_schema import RayOptions
    from scribe.rules.words_schema import BoneWords
    from scribe.types.mention import Item

_WORDS_BEHIND = 6  # of a metatarsal, within which its toe or its neighbour stands
_PAIR = 2
_OF_RAY = ("of", "ORD", "RAY")
_EITHER = 9  # in a rule's `beside`: next to it, on whichever side
ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth"}


def rays_named(view: View, index: int, rules: BoneWords) -> list[tuple[int, int]]:
    """Return (item, ray) of the ordinals that number a metatarsal: "second and third metatarsals", "MT2", "metatarsal no. 2"."""
    items = view.sentence.items
    if items[index].has("ORD") and not items[index].has("MT", "RAY"):  # "5 cm of the fourth"
        rays = [(index, int(items[index].number or 0))]
    else:
        rays = (
            _before(items, index, rules)
            or _behind(items, index, rules)
            or _of_ray(items, index, rules)
        )
    return [(at, ray) for at, ray in rays if 1 <= ray <= 5]


def _before(items: Sequence[Item], index: int, rules: BoneWords) -> list[tuple[int, int]]:
    rays: list[tuple[int, int]] = []
    for at in range(index - 1, -1, -1):
        item = items[at]
        if item.has("ORD"):
            if item.number and not item.void:
                rays.append((at, int(item.number)))
        elif _is_written_onto(items, at):
            rays.append((at, int(item.number or 0)))
        elif not (
            item.has("RAY", "SIDE")
            or item.word in rules.ray
            or (rays and item.word in rules.listing)
        ):
            break
    return rays


def _is_written_onto(items: Sequence[Item], at: int) -> bool:
    """Tell whether a number stands right before its bone without a blank, as in "2MT"."""
    return (
        items[at].has("NUM", "QUANTITY")
        and items[at].number in (1, 2, 3, 4, 5)
        and at + 1 < len(items)
        and items[at + 1].start == items[at].end
    )


def _behind(items: Sequence[Item], index: int, rules: BoneWords) -> list[tuple[int, int]]:
    at = index + 1
    while at < len(items) and items[at].word in rules.before_number:
        at += 1
    if at >= len(items) or not items[at].has("NUM", "ORD", "QUANTITY"):
        return []
    if items[at].number not in (1, 2, 3, 4, 5) or items[at].start - items[at - 1].end > 1:
        return []
    rays = [(at, int(items[at].number or 0))]
    while at + 2 < len(items) and items[at + 1].word in rules.listing and items[at + 2].has("NUM"):
        at += 2
        rays.append((at, int(items[at].number or 0)))
    return rays


def _of_ray(items: Sequence[Item], index: int, rules: BoneWords) -> list[tuple[int, int]]:
    """Read "the metatarsal of the second ray"."""
    behind = items[index + 1 : index + 4]
    if len(behind) < len(_OF_RAY) or behind[0].word != _OF_RAY[0] or not behind[1].has(_OF_RAY[1]):
        return []
    numbered = behind[2].has(_OF_RAY[2]) or behind[2].word in rules.ray
    if not numbered or behind[1].void or not items[index].has("MT"):
        return []
    return [(index + 2, int(behind[1].number or 0))]


def rays_told(view: View, index: int, options: RayOptions) -> list[tuple[int, int]]:
    """Return (item, ray) of a metatarsal told by its toe, its neighbour or its place: "hallux ray", "ray next to the fifth", "outermost".

    Args:
        view: The sentence.
        index: Where the metatarsal or the ray stands.
        options: The words of the rule for rays that tell one from another.
    """
    items = view.sentence.items
    if not options.get("toes"):
        return []
    roman = _by_letter(items, index, options)
    if roman:
        return [(index + 1, roman)]
    if _is_set_off(items, index):
        return [(index + 2, int(items[index + 2].number or 0))]
    ray = _by_toe_before(items, index, options) or _by_edge(items, index, options)
    if ray:
        return [(index - 1, ray)]
    return _between(items, index, options) or _by_words_behind(items, index, options)


def _by_letter(items: Sequence[Item], index: int, options: RayOptions) -> int | None:
    """Read "MT V" and "metatarsal I", where no word goes on that would make "I" the surgeon."""
    at = index + 1
    if at >= len(items) or items[at].word not in options["letters"]:
        return None
    ends = at + 1 >= len(items) or items[at + 1].word in options["behind_letter"]
    return int(options["letters"][items[at].word]) if ends else None


def _is_set_off(items: Sequence[Item], index: int) -> bool:
    """Tell whether the number stands in brackets behind the bone: "metatarsal (third, left foot)"."""
    return (
        index + 2 < len(items)
        and items[index + 1].word == "("
        and items[index + 2].has("ORD")
        and not items[index + 2].void
    )


def _by_toe_before(items: Sequence[Item], index: int, options: RayOptions) -> int | None:
    """Read "hallux ray" and "little toe's metatarsal"."""
    return _toe(items, index - 1, options) if index else None


def _by_edge(items: Sequence[Item], index: int, options: RayOptions) -> int | None:
    """Read "the most lateral metatarsal" and "the outermost ray"."""
    words = [item.word for item in items[max(0, index - 2) : index]]
    edges: Mapping[str, int] = options["edges"]
    return edges.get(" ".join(words)) or edges.get(words[-1] if words else "")


def _by_words_behind(
    items: Sequence[Item], index: int, options: RayOptions
) -> list[tuple[int, int]]:
    """Read "the metatarsal of the little toe" and "the ray lateral to the second"; behind a comma only a neighbour is the same bone's."""
    beside = 0
    apart = False
    for at in range(index + 1, min(index + 1 + _WORDS_BEHIND, len(items))):
        word = items[at].word
        number = _toe(items, at, options) or _bare_number(
            items[at], told=bool(beside) or items[at - 1].word in options["by_number"]
        )
        if number:
            ray = _neighbour(number, beside) if beside or not apart else None
            return [(at, ray)] if ray else []
        if word in options["beside"]:
            beside = options["beside"][word] if beside in (0, _EITHER) else beside
        elif word == ",":
            apart = True
        elif not _leads_to_toe(items[at], options):
            return []
    return []


def _leads_to_toe(item: Item, options: RayOptions) -> bool:
    """Tell whether a word may stand between a ray and the toe that names it."""
    words = (options["of_toe"], options["toe_words"])
    return item.has("ORD", "SIDE") or any(item.word in row for row in words)


def _bare_number(item: Item, *, told: bool) -> int | None:
    """Return the number of a ray that a number alone names, where a neighbour is told: "lateral to the second"."""
    return int(item.number or 0) if told and item.has("ORD") else None


def _between(items: Sequence[Item], index: int, options: RayOptions) -> list[tuple[int, int]]:
    """Read "the metatarsal between the second and the fourth"."""
    if index + 1 >= len(items) or items[index + 1].word not in options["between"]:
        return []
    numbers = [
        (at, number)
        for at in range(index + 2, min(index + 2 + _WORDS_BEHIND, len(items)))
        if (number := _toe(items, at, options) or _bare_number(items[at], told=True))
    ]
    if len(numbers) != _PAIR:
        return []
    low, high = sorted(number for _, number in numbers)
    return [(numbers[1][0], low + 1)] if high - low == _PAIR else []


def _neighbour(number: int, beside: int) -> int | None:
    """Return the ray beside another one, where it is told or clear on which side; else the ray of the toe itself."""
    if beside == _EITHER:
        return {1: 2, 5: 4}.get(number)
    ray = number + beside
    return ray if ray in ORDINALS else None


def _toe(items: Sequence[Item], at: int, options: RayOptions) -> int | None:
    """Return the number of the toe that is named at a place."""
    item = items[at]
    if item.has("GTOE"):
        return 1
    if item.word in options["toes"]:
        return int(options["toes"][item.word])
    if not at or not (item.has("TOE") or item.word in options["toe_nouns"]):
        return None
    before = items[at - 1]
    if before.has("ORD"):
        return int(before.number or 0)
    number = options["toe_words"].get(before.word)
    return int(number) if number else None


def rays_of(key: tuple[int, int], story: Story) -> set[int]:
    """Return the numbers that are named with the bone at a place."""
    sentence, index = key
    return {ray for _, ray in rays_named(story.views[sentence], index, story.language.words.bones)}


def rebuilt_rays(story: Story) -> set[int]:
    """Return the numbers of the metatarsals that receive the flap."""
    return {
        number
        for number, word in ORDINALS.items()
        if any(site.startswith(f"{word} metatarsal") for site in story.recipient)
    }
