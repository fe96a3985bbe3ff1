"""The role of a bone or place, donor, recipient or other: weak labels, a model, and a judge that puts it into a story.

The rules tell a role by what is done to a bone. Here a model reads it from the words around, and what it is sure of stands in the story
before the rules begin: a donor is then no recipient, and a recipient no donor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from models.labelled import rules_of_comparing
from models.mention_status.mentions import Mention, mention_features
from models.mention_status.story import Question
from scribe.evaluate.judge_facts import quote_span
from scribe.evaluate.match import Matcher
from scribe.extract.story import DONOR, RECIPIENT
from scribe.types.fact import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from models.mention_status.learner import Chances, StatusModel
    from models.mention_status.mentions import Features
    from models.mention_status.story import AskingExtractor
    from scribe.evaluate.labels import Label, LabelledNote
    from scribe.extract.story import Story
    from scribe.types.mention import Concept, ParsedNote

OTHER: Final = "other"
_TAGS: Final = ("MT", "BONE", "GTOE", "TOE", "DIGIT", "SITE")
_SITES: Final = ("donor.site", "recipient.site")
_OF_ROLE: Final = {
    "donor.": DONOR,
    "pedicle.": DONOR,
    "bone_segment": DONOR,
    "recipient.": RECIPIENT,
    "bone_defect": RECIPIENT,
}
_WEIGHT: Final = 1.0

Key = tuple[int, int]
"""Sentence and item of a bone or place."""


def places(story: Story) -> Iterator[tuple[Key, Concept]]:
    """Yield the bones and places that a note names."""
    for view in story.views:
        for at, item in enumerate(view.sentence.items):
            concept = item.concept(*_TAGS)
            if concept is not None and not item.void:
                yield (view.sentence.index, at), concept


def role_features(story: Story, key: Key) -> Features:
    """Return what a model may see of a bone or place: not which one it is, so that it learns from what is said of it."""
    item = story.views[key[0]].item(key[1])
    return mention_features(story, Question(key[0], item.start, item.end, None))


def read_roles(
    notes: Iterable[tuple[LabelledNote, ParsedNote]], extractor: AskingExtractor
) -> tuple[Mention, ...]:
    """Return bones and places with their role by the labels, and by the rules.

    Args:
        notes: Those whose donor and recipient are labelled count.
        extractor: Runs the rules; its judge answers as they do.
    """
    matcher = Matcher(rules_of_comparing())
    made: list[Mention] = []
    for note, parsed in notes:
        story = extractor.begin(parsed)
        extractor.follow(story)
        sites = {
            name: [f for f in note.labels.facts if f.name == name and f.status is Status.PRESENT]
            for name in _SITES
        }
        if not all(sites.values()):
            continue
        for key, concept in places(story):
            role = _role(key, concept, story, note, matcher)
            if role is not None:
                made.append(
                    Mention(
                        voice=note.voice,
                        rules=_by_rules(key, story),
                        features=role_features(story, key),
                        status=role,
                    )
                )
    return tuple(made)


def _by_rules(key: Key, story: Story) -> str:
    if key in story.donor_items:
        return DONOR
    return RECIPIENT if key in story.recipient_items else OTHER


def _role(
    key: Key, concept: Concept, story: Story, note: LabelledNote, matcher: Matcher
) -> str | None:
    """Return the role of the one labelled site that has this name; where both have it, that of the labelled words around, if one."""
    told = [
        label
        for label in note.labels.facts
        if label.status is Status.PRESENT and label.name in _SITES
    ]
    roles = {_of(label) for label in told if _is_named(concept, label, matcher)}
    if len(roles) == 1:
        return roles.pop()
    if not roles:
        return OTHER
    item = story.views[key[0]].item(key[1])
    around = {
        role
        for label in note.labels.facts
        if (role := _of(label)) and (span := quote_span(label, note.note.text))
        if span.start <= item.start and item.end <= span.end
    }
    return around.pop() if len(around) == 1 else None


def _of(label: Label) -> str | None:
    return next((role for start, role in _OF_ROLE.items() if label.name.startswith(start)), None)


def _is_named(concept: Concept, label: Label, matcher: Matcher) -> bool:
    names = {concept.value, concept.donor} if label.name == _SITES[0] else {concept.value}
    return any(name and matcher.same_name(label.value, name) for name in names)


class RoleJudge:
    """A judge of statuses that leaves them to the rules, and puts learned roles into each story before they begin."""

    def __init__(self) -> None:
        """Begin without a model: everything stays as the rules say."""
        self.model: StatusModel | None = None
        self.least = 2.0

    def begin(self, story: Story) -> None:
        """Put in the roles that are probable enough."""
        if self.model is None or self.least > 1:
            return
        keys = [key for key, _ in places(story)]
        told = self.model.chances([role_features(story, key) for key in keys])
        for key, chances in zip(keys, told, strict=True):
            self._put(story, key, chances)

    def status(self, story: Story, question: Question) -> Status | None:  # noqa: ARG002
        """Return what the rules say."""
        return question.rules

    def _put(self, story: Story, key: Key, chances: Chances) -> None:
        role = max(chances, key=lambda each: chances[each])
        if chances[role] < self.least:
            return
        if role == DONOR:
            story.donor_items[key] = _WEIGHT
        elif role == RECIPIENT:
            story.recipient_items.add(key)
