"""Which bone is given and which is rebuilt.

A metatarsal may be donor, recipient, osteotomised, fixed or a landmark; only what is done to it tells (traps T01 to T06 of the domain facts).
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from scribe.extract.story import DONOR, RECIPIENT, Story
from scribe.types.fact import Status

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scribe.extract.patterns import Pattern, View
    from scribe.rules.language import FactRule
    from scribe.types.mention import Item

_BONE_TAGS = ("MT", "BONE", "GTOE", "TOE", "RAY")
_SITE_TAGS = ("BONE", "MT", "DIGIT", "SITE", "LIMB", "RAY")
_ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth"}
_RAY_OF_DIGIT = {
    "index finger": "second",
    "middle finger": "third",
    "ring finger": "fourth",
    "little finger": "fifth",
}
_POSITION = frozenset(
    {"distal", "proximal", "middle", "mid", "medial", "lateral", "anterior", "posterior"}
)


def extract_donor(rule: FactRule, patterns: Mapping[str, Pattern], story: Story) -> None:
    """Find the donor bones and remember them in the story."""
    weights: dict[str, float] = defaultdict(float)
    regions: dict[str, set[str]] = defaultdict(set)
    hits: dict[tuple[int, int], tuple[str, Status, float, str, tuple[int, int]]] = {}
    for find in rule.file.find:
        for view in patterns[find.id].among(story.index):
            if find.sections is not None and (view.sentence.section or "none") not in find.sections:
                continue
            if view.sentence.phase == "recipient":
                continue
            for match in patterns[find.id].matches(view):
                index = match.captured["bone"][0]
                if _is_lost(view, match.first, index) or _near_other_operation(
                    view, match.first, match.after
                ):
                    continue
                concept = view.item(index).concept(*_BONE_TAGS)
                value = find.value or (
                    concept.donor if concept and concept.tag in ("BONE", "MT") else None
                )
                if concept is None or value is None or _is_recipient(view, index, story):
                    continue
                item = view.item(index)
                status = story.status(
                    view.sentence,
                    item.start,
                    item.end,
                    find.frames or rule.file.frames,
                    find.ignore,
                )
                if status is None:
                    continue
                key = (view.sentence.index, index)
                if key not in hits or hits[key][2] < find.weight:
                    hits[key] = (
                        value,
                        status,
                        find.weight,
                        find.id,
                        story.span(view.sentence.index, match.first, match.after),
                    )
                if status is Status.PRESENT:
                    weights[value] += find.weight
                    if concept.region:
                        regions[value].add(concept.region)
    least = float(rule.file.options.get("least_weight", 1.0))
    share = float(rule.file.options.get("least_share", 0.34))
    top = max(weights.values(), default=0.0)
    chosen = [
        v
        for v in sorted(weights, key=lambda v: -weights[v])
        if weights[v] >= max(least, top * share)
    ]
    story.donor = tuple(chosen)
    story.donor_regions = frozenset(r for v in chosen for r in regions[v])
    for (sentence, index), (value, status, weight, rule_id, span) in sorted(hits.items()):
        if status is Status.PRESENT and value not in chosen:
            continue
        if status is Status.PRESENT:
            story.donor_items[(sentence, index)] = weight
        story.add(rule, rule_id, value, status, sentence, span, min(0.99, 0.8 + 0.05 * weight))


def _near_other_operation(view: View, first: int, after: int) -> bool:
    """Tell whether the words belong to an operation on other bones of the foot ("Weil osteotomies of the third ray")."""
    items = view.sentence.items
    return any(
        items[k].has("OTHEROP") for k in range(max(0, first - 4), min(after + 6, len(items)))
    )


def _is_lost(view: View, first: int, index: int) -> bool:
    """Tell whether a bone is spoken of as lost ("loss of the shaft", "was found to be absent")."""
    items = view.sentence.items
    if any(items[k].has("LOSS") for k in range(max(0, first - 4), first)):
        return True
    for k in range(index + 1, min(index + 11, len(items))):
        if items[k].word in (",", ";", "and", "with"):
            return False
        if items[k].word in ("absent", "missing", "gone", "lost"):
            return True
    return False


def _is_recipient(view: View, index: int, story: Story) -> bool:
    return (view.sentence.index, index) in story.recipient_items


def extract_ray(rule: FactRule, patterns: Mapping[str, Pattern], story: Story) -> None:
    """Read the number of each metatarsal that is a donor; the ray that is rebuilt gives none while another one does."""
    rebuilt = {
        number
        for number, word in _ORDINALS.items()
        if any(site.startswith(word) for site in story.recipient)
    }
    found = {ray for key in story.donor_items for _, ray in _rays(story.views[key[0]], key[1])}
    barred = rebuilt if found - rebuilt else set()
    for sentence, index in sorted(story.donor_items):
        view = story.views[sentence]
        item = view.item(index)
        if not item.has("MT", "RAY"):
            continue
        if _other_limb(view, index, story):
            continue
        for first, ray in _rays(view, index):
            if ray in barred:
                continue
            span = view.item(min(first, index)).start, view.item(max(first, index)).end
            status = story.status(view.sentence, item.start, item.end, rule.file.frames)
            if status is not None:
                story.add(rule, f"{rule.name}.ordinal", ray, status, sentence, span, 0.95)


def _other_limb(view: View, index: int, story: Story) -> bool:
    """Tell whether a side just before a metatarsal is known not to be the donor's."""
    donor, recipient = story.sides.get(DONOR, set()), story.sides.get(RECIPIENT, set())
    for k in range(max(0, index - 5), index):
        concept = view.item(k).concept("SIDE")
        if concept and concept.value in recipient and concept.value not in donor:
            return True
    return False


def _rays(view: View, index: int) -> list[tuple[int, int]]:
    """Return (item, ray) of the ordinals that number a metatarsal: "second and third metatarsals", "MT2", "metatarsal no. 2"."""
    items = view.sentence.items
    rays: list[tuple[int, int]] = []
    at = index - 1
    while at >= 0 and (
        items[at].has("ORD")
        or (rays and items[at].word in ("and", ",", "&", "/", "+"))
        or items[at].word in ("ray",)
        or items[at].has("RAY")
    ):
        if items[at].has("ORD") and items[at].number and not items[at].void:
            rays.append((at, int(items[at].number)))
        at -= 1
    after = index + 1
    while after < len(items) and items[after].word in ("no", ".", "number", "#", "ray", "bone"):
        after += 1
    if (
        not rays
        and after < len(items)
        and items[after].has("NUM", "ORD", "QUANTITY")
        and items[after].number in (1.0, 2.0, 3.0, 4.0, 5.0)
    ):
        if items[after].start - items[after - 1].end <= 1:
            rays.append((after, int(items[after].number or 0)))
            while (
                after + 2 < len(items)
                and items[after + 1].word in ("and", "&", "/", "+")
                and items[after + 2].has("NUM")
            ):
                after += 2
                rays.append((after, int(items[after].number or 0)))
    return [(at, ray) for at, ray in rays if 1 <= ray <= 5]


def extract_recipient(rule: FactRule, patterns: Mapping[str, Pattern], story: Story) -> None:
    """Find the bone or region that receives the flap and remember it in the story."""
    weights: dict[str, float] = defaultdict(float)
    places: dict[str, list[tuple[int, int, str, tuple[int, int], float]]] = defaultdict(list)
    regions: dict[str, str] = {}
    for find in rule.file.find:
        for view in patterns[find.id].among(story.index):
            if find.sections is not None and (view.sentence.section or "none") not in find.sections:
                continue
            frames = find.frames or rule.file.frames
            for match in patterns[find.id].matches(view):
                first, _after = match.captured["bone"]
                item = view.item(first)
                concept = item.concept(*_SITE_TAGS)
                if concept is None or (view.sentence.index, first) in story.donor_items:
                    continue
                if (
                    story.status(
                        view.sentence, item.start, item.end, frames, ("NEGATED", *find.ignore)
                    )
                    is not Status.PRESENT
                ):
                    continue
                name, begin, end = _site_name(view, first)
                weights[name] += find.weight
                regions[name] = concept.region or ""
                places[name].append(
                    (
                        view.sentence.index,
                        first,
                        find.id,
                        (view.item(begin).start, view.item(end).end),
                        find.weight,
                    )
                )
    if not weights:
        return
    best = _best_site(weights)
    story.recipient = (best,)
    related = [n for n in weights if n in best or best in n or _core(n) == _core(best)]
    story.recipient_regions = frozenset(regions[n] for n in related if regions[n])
    _release_rebuilt(story)
    for name in related:
        for sentence, index, rule_id, span, weight in places[name]:
            story.recipient_items.add((sentence, index))
            if name == best:
                story.add(
                    rule,
                    rule_id,
                    best,
                    Status.PRESENT,
                    sentence,
                    span,
                    min(0.97, 0.75 + 0.06 * weight),
                )


def _release_rebuilt(story: Story) -> None:
    """Take the ray that is rebuilt out of the donors, while another ray is given."""
    rebuilt = {
        number
        for number, word in _ORDINALS.items()
        if any(site.startswith(word) for site in story.recipient)
    }
    rays = {
        key: {ray for _, ray in _rays(story.views[key[0]], key[1])} for key in story.donor_items
    }
    if not rebuilt or all(r <= rebuilt for r in rays.values()):
        return
    for key, found in rays.items():
        if found and found <= rebuilt:
            del story.donor_items[key]
            story.recipient_items.add(key)


def _core(name: str) -> str:
    return name.split()[-1]


def _best_site(weights: Mapping[str, float]) -> str:
    """Prefer the name with most support; names that say the same bone more fully share their support."""
    total = {
        n: sum(w for m, w in weights.items() if m in n or n in m) + 0.01 * len(n) for n in weights
    }
    return max(total, key=lambda n: (round(total[n], 3), len(n)))


def _site_name(view: View, index: int) -> tuple[str, int, int]:
    """Compose the canonical name of a site with its position, digit or ordinal, and the items it spans."""
    items = view.sentence.items
    concept = items[index].concept(*_SITE_TAGS)
    core = concept.value if concept else items[index].word
    first, last = index, index
    words = [core]
    at = index - 1
    while at >= 0 and len(words) < 4:
        word = _modifier(items[at], core)
        if word is None:
            break
        if word:
            words.insert(0, word)
            first = at
        at -= 1
    if core.endswith("phalanx") or core in ("metacarpal", "phalanx"):
        for ahead in range(index + 1, min(index + 5, len(items))):
            digit = items[ahead].concept("DIGIT")
            if digit and digit.value not in words:
                words.insert(0, digit.value)
                last = ahead
                break
    return " ".join(dict.fromkeys(" ".join(words).split())), first, last


def _modifier(item: Item, core: str) -> str | None:
    """Return the word to put before a site's name, "" to step over a word, None to stop."""
    if item.word in _POSITION and item.word not in core:
        return item.word
    if item.has("DIGIT") and core not in ("thumb",):
        digit = item.concept("DIGIT")
        name = digit.value if digit else ""
        return _RAY_OF_DIGIT.get(name, name) if core == "metacarpal" else name
    if item.has("ORD") and item.number and core in ("metacarpal", "metatarsal", "rib"):
        return _ORDINALS.get(int(item.number))
    if item.has("SIDE") and not core:
        return ""
    return None
