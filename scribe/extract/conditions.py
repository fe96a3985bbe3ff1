"""What ``when`` and ``unless`` of a rule ask: of the words of its sentence, and of what is known of the story."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scribe.extract.elsewhere import cause_elsewhere
from scribe.extract.limbs import limb_roles, names_rebuilt
from scribe.extract.rays import ORDINALS, rays_named
from scribe.extract.story import DONOR, RECIPIENT, Story

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from scribe.extract.patterns import Match, View
    from scribe.rules.fact_schema import TellingRule
    from scribe.rules.language import Language
    from scribe.types.mention import Item, Sentence

_OF_TRANSFER = frozenset({"SEG", "GRAFT", "FLAP", "BONEWORD", "INSET", "VASC", "PADDLE"})
_SUBJECT = 7  # words of a subject before its verb, at most
_LABEL = 5  # words of a field and its colon, at most
_HOLDING = ("FIX",)
_FLAP_ITSELF = frozenset({"FLAP", "PADDLE", "GRAFT", "SEG", "CUFF", "SKIN"})
_ASKED = frozenset({"PATENT", "PERFUSED"})
_TOKEN_CM2 = 5.0  # area of a skin island that only tells how the flap does
_OF_JOIN = frozenset({"ARTGEN", "VEINGEN", "JN", "COUPLER", "BOTH"})
_OF_FLAP = frozenset(
    {"JN", "RELEASE", "FLAP", "PADDLE", "GRAFT", "SEG", "BOTH", "STRIP", "MILK", "REFILL", "ICG"}
)


def fulfils(rule: TellingRule, match: Match, view: View, story: Story) -> bool:
    """Tell whether the story meets the conditions of a rule."""
    return all(_holds(name, match, view, story) for name in rule.when) and not any(
        _holds(name, match, view, story) for name in rule.unless
    )


def _holds(name: str, match: Match, view: View, story: Story) -> bool:
    """Judge one condition: by the names of ``patterns/macros.yaml``, else by what only code can tell."""
    names = story.language.conditions.get(name)
    if names is not None:
        return not names.isdisjoint(view.tags)
    return _CONDITIONS[name](match, view, story)


def known_conditions(language: Language) -> frozenset[str]:
    """Return the words that ``when`` and ``unless`` of a rule may use."""
    return frozenset((*language.conditions, *_CONDITIONS))


def _after_join(match: Match, view: View, story: Story) -> bool:
    """After the vessels were joined, or in a part of the note that is told out of order."""
    sentence = view.sentence
    of_flap = bool(view.tags & _OF_FLAP)
    if sentence.section in ("findings", "summary", "procedure", "addendum"):
        return of_flap
    if sentence.phase == "confirmation" and of_flap:
        return True
    # "With the clamps off you could see the artery jump", wherever a dictation begins.
    if "RELEASE" in view.tags and view.tags & _OF_JOIN and "TOURN" not in view.tags:
        return True
    begin = story.joined_at if story.joined_at is not None else story.divided_at
    if begin is not None and (_is_field(match, view) or _asks_after_release(view)):
        return True
    if sentence.phase == "donor" and not _told_in_section(story, begin, sentence):
        return False
    if begin is None:
        late = sentence.index > 0.6 * len(story.views)
        return late or sentence.index > story.last_of_harvest
    return view.item(match.first).start >= begin or view.item(match.after - 1).end >= begin


def _is_field(match: Match, view: View) -> bool:
    """Tell whether a match is the label of a field or its answer ("Patency: satisfactory"), which a form may ask for in any order."""
    items = view.sentence.items
    colon = next((k for k, i in enumerate(items[:_LABEL]) if i.word == ":"), None)
    return (
        colon is not None
        and match.first <= colon
        and bool({c.tag for i in items[:colon] for c in i.concepts} & _ASKED)
    )


def _asks_after_release(view: View) -> bool:
    """Tell whether a sentence is the field of a form that asks how the flap was once blood flowed ("Flap after release: pink")."""
    items = view.sentence.items
    colon = next((k for k, i in enumerate(items[:_LABEL]) if i.word == ":"), 0)
    asked = {c.tag for i in items[:colon] for c in i.concepts}
    return "RELEASE" in asked and bool(asked & _FLAP_ITSELF) and "TOURN" not in asked


def _told_in_section(story: Story, offset: int | None, sentence: Sentence) -> bool:
    """Tell whether the section of a sentence, whatever its heading, reaches back to an offset before it."""
    return offset is not None and any(
        s.start <= offset < sentence.start < s.end for s in story.parsed.sections
    )


def _on_donor_limb(match: Match, view: View, story: Story) -> bool:
    return story.focus[view.sentence.index] == DONOR


def _on_recipient_limb(match: Match, view: View, story: Story) -> bool:
    return story.focus[view.sentence.index] == RECIPIENT


def _in_harvest(match: Match, view: View, story: Story) -> bool:
    """Tell whether a sentence stands behind the donor bone and before the join: a wound that is closed there is the donor's."""
    index = view.sentence.index
    if view.sentence.phase == "recipient" or story.focus[index] == RECIPIENT:
        return False
    if story.joined_at is not None and view.sentence.start >= story.joined_at:
        return False
    return any(sentence <= index for sentence, _ in story.donor_items)


def _vessel_is_donor(match: Match, view: View, story: Story) -> bool:
    """Tell whether the vessel that a pattern captured lies where the donor lies; one without a place is the limb's that is worked on."""
    concept = view.item(match.captured["vessel"][0]).concept("ARTERY", "ARTBARE", "VEIN")
    at_donor = story.focus[view.sentence.index] == DONOR
    if concept is None or concept.region is None:
        return at_donor
    if concept.region not in story.donor_regions:
        return False
    return at_donor or concept.region not in story.recipient_regions


def _limb_role(view: View, story: Story) -> str | None:
    """Return whose limb a sentence names: the donor's, the recipient's, or None for neither or both."""
    roles = set(limb_roles(view, story))
    return roles.pop() if len(roles) == 1 else None


def _limb_is_donor(match: Match, view: View, story: Story) -> bool:
    """Tell whether the limb that a pattern captured is the donor's."""
    index = match.captured["limb"][0]
    item = view.item(index)
    concept = item.concept("DONOR", "LIMB", "GTOE", "TOE", "BONE", "MT", "RAY")
    if concept is None or concept.tag == "DONOR":
        return concept is not None
    if concept.tag in ("MT", "RAY") and story.donor_rays:
        numbers = {ray for _, ray in rays_named(view, index, story.language.words.bones)}
        if numbers:
            return numbers <= story.donor_rays
    if concept.region not in story.donor_regions:
        return False
    if concept.region not in story.recipient_regions or _at_donor(view, story):
        return True
    sides = story.sides.get(DONOR)
    one_limb = sides is not None and sides == story.sides.get(RECIPIENT)
    return one_limb and story.joined_at is None and story.divided_at is None


def _names_other_limb(match: Match, view: View, story: Story) -> bool:
    """Tell whether a sentence names parts of the body, and none of them is the donor's."""
    concepts = [item.concept("LIMB", "SITE", "DIGIT") for item in view.sentence.items]
    regions = {c.region for c in concepts if c is not None and c.region}
    return bool(regions) and regions.isdisjoint(story.donor_regions)


def _side_is_donor(match: Match, view: View, story: Story) -> bool:
    """Tell whether the side that a pattern captured is the donor's and not the recipient's."""
    concept = view.item(match.captured["side"][0]).concept("SIDE")
    side = concept.value if concept else ""
    return side in story.sides.get(DONOR, ()) and side not in story.sides.get(RECIPIENT, ())


def _bone_is_recipient(match: Match, view: View, story: Story) -> bool:
    """Tell whether the bone that a pattern captured is the one that is rebuilt."""
    at = match.captured["bone"][0]
    if (view.sentence.index, at) in story.recipient_items:
        return True
    concept = view.item(at).concept("BONE")
    return concept is not None and any(concept.value in site for site in story.recipient)


def _names_other_bone(match: Match, view: View, story: Story) -> bool:
    """Tell whether a sentence is about bones that neither give nor receive ("the fifth metacarpal was pinned")."""
    if view.tags & _OF_TRANSFER or not story.recipient:
        return False
    index, items = view.sentence.index, view.sentence.items
    bones = [at for at, item in enumerate(items) if item.has("BONE", "MT")]
    if any((index, at) in story.recipient_items for at in bones):
        return False
    return bool(bones) and not any(_may_be_site(view, at, story) for at in bones)


def _may_be_site(view: View, at: int, story: Story) -> bool:
    """Tell whether a bone may be the donor or the recipient, by its name and, for a ray, by its number."""
    item = view.item(at)
    concept = item.concept("BONE", "MT")
    if concept is None or concept.donor in story.donor:
        return True
    site = story.recipient[0]
    if not (concept.value in site or site.split()[-1] in concept.value):
        return False
    numbers = [ray for _, ray in rays_named(view, at, story.language.words.bones)]
    told = [n for n, word in ORDINALS.items() if word in site]
    return not numbers or not told or bool(set(numbers) & set(told))


def _at_donor(view: View, story: Story) -> bool:
    roles = limb_roles(view, story)
    if roles:
        return DONOR in roles
    return story.focus[view.sentence.index] == DONOR and not names_rebuilt(view, story)


def _removed_in_clause(match: Match, view: View, story: Story) -> bool:
    """Tell whether something is removed in the clause of a match, and not left for later.

    A word that ends a scope ends a clause, and so does one that tells of holding, going away from the match: "the old plate was removed
    and the graft was held with two screws". Behind a relative that word belongs to what was removed ("the plate that held it was removed").
    So does an "and" whose singular verb tells of the second thing alone ("held with a plate, and the distractor was removed").
    """
    items = view.sentence.items
    first, after = match.first, match.after
    ends = story.language.context.terminators
    while first > 0 and not (items[first - 1].word in ends or items[first - 1].has(*_HOLDING)):
        first -= 1
    relatives = story.language.context.relatives
    while after < len(items) and items[after].word != ";":
        if items[after].has(*_HOLDING) and relatives.isdisjoint(
            item.word for item in items[match.after : after]
        ):
            break
        if _takes_off_another(items, after, story.language.context.singular):
            break
        after += 1
    return any(
        item.has("REMOVE") and not _is_planned(item, view.sentence) for item in items[first:after]
    )


def _takes_off_another(items: Sequence[Item], at: int, singular: Collection[str]) -> bool:
    """Tell whether an "and" begins a clause of its own in which one other thing is removed."""
    if items[at].word != "and" or at + 1 == len(items) or items[at + 1].word == "it":
        return False
    verb = next((k for k in range(at + 2, len(items)) if items[k].word in singular), len(items))
    return verb <= at + _SUBJECT and any(i.has("REMOVE") for i in items[verb + 1 : verb + 3])


def _is_planned(item: Item, sentence: Sentence) -> bool:
    """Tell whether a word is part of what is planned ("to be removed in six weeks"), or is governed by such words."""
    return any(
        cue.category == "PLANNED"
        and (cue.governs(item.start, item.end) or (cue.start <= item.start < cue.end))
        for cue in sentence.cues
    )


def _names_failed_test(match: Match, view: View, story: Story) -> bool:
    """The test was done and told against flow ("was not positive", "failed")."""
    words = [item.word for item in view.items(match.after, match.after + 4)]
    rules = story.language.words.tests
    told = " ".join(words)
    return not rules.failed.isdisjoint(words) or any(row in told for row in rules.failed_phrases)


def _free_of_flap(match: Match, view: View, story: Story) -> bool:
    return not story.donor


def _divided(match: Match, view: View, story: Story) -> bool:
    return story.divided_at is not None


def _joined(match: Match, view: View, story: Story) -> bool:
    return story.joined_at is not None


def _names_other_toe(match: Match, view: View, story: Story) -> bool:
    """Tell whether a sentence names a toe that is not itself the flap."""
    return "TOE" in view.tags and not any("toe" in donor for donor in story.donor)


def _small_measure(match: Match, view: View, story: Story) -> bool:
    """Tell whether the captured size is that of a token: too small to cover a loss, large enough to be looked at."""
    first, _ = match.captured["measure"]
    size = view.item(first).size
    return size is not None and size.sides[0] * size.sides[1] <= _TOKEN_CM2


_CONDITIONS: dict[str, Callable[[Match, View, Story], bool]] = {
    "after_join": _after_join,
    "in_harvest": _in_harvest,
    "vessel_is_donor": _vessel_is_donor,
    "on_donor_limb": _on_donor_limb,
    "on_recipient_limb": _on_recipient_limb,
    "no_donor": _free_of_flap,
    "names_other_limb": _names_other_limb,
    "removed_in_clause": _removed_in_clause,
    "small_measure": _small_measure,
    "left_open": lambda match, view, story: story.is_open(
        view.sentence.index, match.first, match.after
    ),
    "has_donor": lambda match, view, story: bool(story.donor),
    "divided": _divided,
    "joined": _joined,
    "names_donor_limb": lambda match, view, story: _limb_role(view, story) == DONOR,
    "at_donor": lambda match, view, story: (
        _limb_is_donor(match, view, story) if "limb" in match.captured else _at_donor(view, story)
    ),
    "names_other_bone": _names_other_bone,
    "cause_elsewhere": cause_elsewhere,
    "side_is_donor": _side_is_donor,
    "bone_is_recipient": _bone_is_recipient,
    "names_other_part": lambda match, view, story: (
        bool(view.tags & {"LIMB", "TOE", "DIGIT", "GTOE", "DONOR"})
        and not view.tags
        & {"FLAP", "GRAFT", "SEG", "PADDLE", "CUFF", "SKIN", "PERIOST", "MARROW", "EDGE"}
    ),
    "before_harvest": lambda match, view, story: (
        story.divided_at is None or view.sentence.start < story.divided_at
    ),
    "has_flap": lambda match, view, story: (
        bool(story.donor) or story.joined_at is not None or story.tells_free_bone
    ),
    "after_ray": lambda match, view, story: any(
        v.tags & {"MT", "RAY"}
        for v in story.views[max(0, view.sentence.index - 2) : view.sentence.index + 1]
    ),
    "names_other_toe": _names_other_toe,
    "after_paddle": lambda match, view, story: any(
        "PADDLE" in v.tags
        for v in story.views[max(0, view.sentence.index - 2) : view.sentence.index]
    ),
    "has_softflap": lambda match, view, story: story.tells_soft_flap,
    "flap_divided": lambda match, view, story: (
        story.divided_at is not None and view.item(match.first).start >= story.divided_at
    ),
    "after_flap": lambda match, view, story: any(
        v.tags & {"FLAP", "PADDLE", "CUFF", "MONITOR", "GRAFT", "SEG", "PERIOST"}
        for v in story.views[max(0, view.sentence.index - 1) : view.sentence.index]
    ),
    "after_icg": lambda match, view, story: any(
        "ICG" in v.tags
        for v in story.views[max(0, view.sentence.index - 2) : view.sentence.index + 1]
    ),
    "near_donor": lambda match, view, story: any(
        "DONOR" in v.tags or _at_donor(v, story)
        for v in story.views[max(0, view.sentence.index - 2) : view.sentence.index + 1]
    ),
    "after_implant": lambda match, view, story: any(
        "IMPLDOP" in v.tags
        for v in story.views[max(0, view.sentence.index - 2) : view.sentence.index + 1]
    ),
    "after_skin": lambda match, view, story: any(
        v.tags & {"PADDLE", "SKIN"} and not v.tags & {"LOSS", "STSG"}
        for v in story.views[max(0, view.sentence.index - 2) : view.sentence.index]
    ),
    "after_skin_told": lambda match, view, story: story.skin_told_at < view.sentence.index,
    "after_paddle_told": lambda match, view, story: story.paddle_told_at <= view.sentence.index,
    "names_far_loss": lambda match, view, story: "LOSS" in view.tags and not _at_donor(view, story),
    "no_headings": lambda match, view, story: not story.parsed.has_headings,
    "names_failed_test": _names_failed_test,
    "after_pedicle": lambda match, view, story: any(
        "PEDICLE" in v.tags
        for v in story.views[max(0, view.sentence.index - 1) : view.sentence.index]
    ),
}
