"""Labelled notes to mentions: each place that a rule looked at, its surroundings, and what its status is by the labels."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from models.labelled import plain, rules_of_comparing
from models.mention_status.story import AskingExtractor, AskingStory, Everything, Question
from scribe.evaluate.judge_facts import quote_span
from scribe.evaluate.match import Matcher
from scribe.types.fact import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scribe.evaluate.labels import Label, LabelledNote
    from scribe.extract.candidate import Candidate
    from scribe.extract.story import Story
    from scribe.rules.language import Language
    from scribe.types.mention import Item, ParsedNote, Sentence

ELSEWHERE: Final = "elsewhere"
"""Status of a place that no label asks for: another thing, another limb, another value."""
_NEAR: Final = 4
_AROUND: Final = 10
_BEGINNING: Final = 3
_TENTHS: Final = 10
_FIRST_SENTENCES: Final = 4

Features = dict[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One place, with its label.

    Attributes:
        voice: Whose note it is from.
        rules: Status that the rules give it, or ``dropped``.
        features: What a model may see.
        status: By the labels.
    """

    voice: str
    rules: str
    features: Features
    status: str


def read_mentions(
    notes: Iterable[tuple[LabelledNote, ParsedNote]], language: Language
) -> tuple[Mention, ...]:
    """Return the mentions of notes whose status the labels tell.

    The extractor runs once as if every place were asserted, so that what the rules would drop is there as well. A place has the status
    of the label whose words it touches; where a fact is labelled elsewhere in the note, with one status only, the place has that status
    if the rules say so too, and is left out otherwise. A place whose fact no label names is elsewhere.
    """
    extractor = AskingExtractor(language, Everything(Status.PRESENT))
    matcher = Matcher(rules_of_comparing())
    made: list[Mention] = []
    for note, parsed in notes:
        story = extractor.begin(parsed)
        extractor.follow(story)
        made += _mentions(note, story, matcher)
    return tuple(made)


def _mentions(note: LabelledNote, story: AskingStory, matcher: Matcher) -> Iterator[Mention]:
    judged = {label.name for label in note.labels.facts} | {t.name for t in note.labels.traps}
    by_place: dict[Question, list[Candidate]] = defaultdict(list)
    for candidate, question in story.told:
        is_asked = candidate.status is Status.PRESENT  # another one is the pattern's own
        if is_asked and candidate.name in judged:
            by_place[question].append(candidate)
    for question, candidates in by_place.items():
        statuses = {_labelled(each, question, note, matcher) for each in candidates} - {None}
        told = statuses - {ELSEWHERE} or statuses
        if len(told) == 1:
            yield Mention(
                voice=note.voice,
                rules=question.rules.value if question.rules else "dropped",
                features=mention_features(story, question),
                status=str(told.pop()),
            )


def _labelled(
    candidate: Candidate, question: Question, note: LabelledNote, matcher: Matcher
) -> str | None:
    named = [
        label
        for label in note.labels.facts
        if label.name == candidate.name and _means(label, candidate, matcher)
    ]
    if not named:
        return ELSEWHERE
    touched = {label.status.value for label in named if _touches(label, candidate, note)}
    if len(touched) == 1:
        return touched.pop()
    statuses = {label.status for label in named}
    if len(statuses) == 1 and not touched:
        status = statuses.pop()
        return status.value if status is question.rules else None
    return None


def _means(label: Label, candidate: Candidate, matcher: Matcher) -> bool:
    return (label.status is Status.ABSENT and label.value is None) or matcher.same_value(
        label.name, label.value, plain(candidate.value)
    )


def _touches(label: Label, candidate: Candidate, note: LabelledNote) -> bool:
    span = quote_span(label, note.note.text)
    return span is not None and span.start < candidate.end and candidate.start < span.end


def mention_features(story: Story, question: Question) -> Features:
    """Return what a model may see of a place: its words and theirs, section, phase, neighbours and position; and the rules' own view.

    Names that start with ``rules:`` are the rules' view: context cues, frames, and the status that follows from them.
    """
    sentence = story.parsed.sentences[question.sentence]
    features = _words(sentence, question.start, question.end)
    features |= _place(sentence, story.parsed)
    features[f"rules:said={question.rules.value if question.rules else 'dropped'}"] = 1.0
    features[f"rules:frame={sentence.frame}"] = 1.0
    for cue in sentence.cues:
        reach = "governs" if cue.governs(question.start, question.end) else "beside"
        features[f"rules:{reach}={cue.category}"] = 1.0
    return features


def _words(sentence: Sentence, start: int, end: int) -> Features:
    before = [item for item in sentence.items if item.end <= start]
    after = [item for item in sentence.items if item.start >= end]
    own = [item for item in sentence.items if item.start < end and item.end > start]
    features: Features = {}
    for item in own:
        for concept in item.concepts:
            features[f"own={concept.tag}"] = 1.0
    features |= _named("near before", before[-_NEAR:])
    features |= _named("near after", after[:_NEAR])
    features |= _named("before", before[-_AROUND:])
    features |= _named("after", after[:_AROUND])
    features |= _named("begins", sentence.items[:_BEGINNING])
    return features


def _named(where: str, items: Iterable[Item]) -> Features:
    found: Features = {}
    for item in items:
        for concept in item.concepts:
            found[f"{where}#{concept.tag}"] = 1.0
        if not item.concepts and item.word.isalpha():
            found[f"{where}:{item.word}"] = 1.0
    return found


def _place(sentence: Sentence, parsed: ParsedNote) -> Features:
    index, count = sentence.index, len(parsed.sentences)
    features: Features = {
        f"section={sentence.section}": 1.0,
        f"phase={sentence.phase}": 1.0,
        f"headed={parsed.has_headings}": 1.0,
        f"tenth={_TENTHS * index // count}": 1.0,
        f"first={min(index, _FIRST_SENTENCES)}": 1.0,
    }
    for side, at in (("previous", index - 1), ("next", index + 1)):
        if 0 <= at < count:
            features |= _named(side, parsed.sentences[at].items[: 2 * _AROUND])
    return features
