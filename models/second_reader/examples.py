"""Labelled notes to what the judges of sentences and places learn from."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from models.labelled import plain, rules_of_comparing
from scribe.evaluate.judge_facts import quote_span
from scribe.evaluate.labels import JUDGED, LabelledNote
from scribe.evaluate.match import Matcher
from scribe.rules.second_reader_schema import Carrier
from scribe.suggest.numbers import Features
from scribe.suggest.reader.features import Surroundings
from scribe.suggest.reader.weights import APART
from scribe.types.fact import Fact, Status, Value
from scribe.types.mention import ParsedNote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scribe.evaluate.labels import Label
    from scribe.rules.second_reader_schema import SecondReaderFile
    from scribe.suggest.reader.candidates import Candidate
    from scribe.suggest.reader.places import PlaceFinder
    from scribe.types.mention import Sentence


MATCHER: Final = Matcher(rules_of_comparing())
LEAST_LABELS: Final = 8
"""A value that is labelled fewer times has no judge of sentences."""
JOINED: Final = "vessel"
"""Of a join, what a judge of sentences tells apart."""
_AROUND: Final = 40
"""A place so many characters from the labelled words, in a sentence that they touch, still carries the fact."""

Said = tuple[str, str, Status]
"""Name, value in words and status of what a sentence may say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadNote:
    """A labelled note as the parser gives it, with what the rules find in it.

    Attributes:
        note: With its labels.
        parsed: The same note.
        facts: Of the rules as they are, and of the models before the reader; they tell more places of what is labelled once.
    """

    note: LabelledNote
    parsed: ParsedNote
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceRow:
    """A sentence with what it says by the labels: facts of this operation, and with which status it tells others."""

    voice: str
    features: Features
    says: frozenset[Said]
    apart: frozenset[Said]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow:
    """A place with whether it carries a fact: None where it may be another mention of what is labelled elsewhere."""

    voice: str
    name: str
    features: Features
    carries: bool | None


def written(value: Any) -> str:
    """Write a value so that sizes differ only in whether they are given, and joins only in what was joined."""
    worded = plain(value)
    if isinstance(worded, dict) and JOINED in worded:
        return repr(worded[JOINED])
    if isinstance(worded, dict):
        return "sized" if any(each is not None for each in worded.values()) else "unsized"
    return repr(worded)


def said_values(notes: Iterable[ReadNote], rules: SecondReaderFile) -> dict[Said, Any]:
    """Return the values that get a judge of sentences, as plain data, in order."""
    counts: Counter[Said] = Counter()
    worded: dict[Said, Any] = {}
    for each in notes:
        for label in _judged(each.note):
            if label.name in (*rules.facts, *rules.listens):
                key = (label.name, written(label.value), label.status)
                counts[key] += 1
                worded[key] = _heard_value(label.value)
    said = {
        key: worded[key]
        for key in sorted(counts)
        if counts[key] >= LEAST_LABELS and not _is_measured(key, rules)
    }
    return said | {_apart(status): status.value for status in Status if status not in JUDGED}


def _apart(status: Status) -> Said:
    """Return what a sentence says that tells any fact with a status other than of this operation."""
    return APART, repr(status.value), status


def _heard_value(value: Any) -> Any:
    """Return what a judge of sentences hears of a value: of a join its vessel, of a size nothing more."""
    if not isinstance(value, dict):
        return value
    return value.get(JOINED, {})


def _is_measured(key: Said, rules: SecondReaderFile) -> bool:
    """Tell whether a value is a measure, which only its place can tell."""
    name, value, _ = key
    if name not in rules.facts:
        return value == repr(None)
    return rules.facts[name].carrier is not Carrier.WORDS and value not in ("unsized", repr(None))


def labelled_words(
    notes: Iterable[ReadNote], rules: SecondReaderFile
) -> dict[str, tuple[str, ...]]:
    """Return the words that are labelled as present values, by the name of the fact."""
    found: dict[str, set[str]] = {name: set() for name in rules.facts}
    for each in notes:
        for label in each.note.labels.facts:
            if label.status is Status.PRESENT and isinstance(label.value, str):
                found.get(label.name, set()).add(label.value)
    return {name: tuple(sorted(values)) for name, values in found.items()}


def sentence_rows(each: ReadNote) -> Iterator[SentenceRow]:
    """Yield the sentences of a note; one says a fact where the labelled words are, or where the rules found what is labelled."""
    surroundings = Surroundings(each.parsed)
    spans = _spans(each)
    for sentence in each.parsed.sentences:
        told = [
            label
            for label, places in spans
            if any(_touches(place, (sentence.start, sentence.end)) for place in places)
        ]
        yield SentenceRow(
            voice=each.note.voice,
            features=surroundings.sentence(sentence),
            says=frozenset(
                (label.name, written(label.value), label.status)
                for label in told
                if label.status in JUDGED
            ),
            apart=frozenset(_apart(label.status) for label in told if label.status not in JUDGED),
        )


def place_rows(each: ReadNote, finder: PlaceFinder) -> Iterator[PlaceRow]:
    """Yield the places of a note."""
    surroundings = Surroundings(each.parsed)
    for sentence in each.parsed.sentences:
        for place in finder.find(sentence):
            item = sentence.items[place.at]
            yield PlaceRow(
                voice=each.note.voice,
                name=place.name,
                features=surroundings.place(sentence, place.at, place.own),
                carries=_carries(place.name, place.value, sentence, (item.start, item.end), each),
            )


def is_right(said: Fact | Candidate, note: LabelledNote) -> bool:
    """Tell whether a label says the same."""
    worded = plain(said.value)
    return any(
        label.name == said.name
        and label.status is said.status
        and MATCHER.same_value(said.name, label.value, worded)
        for label in note.labels.facts
    )


def _carries(
    name: str, value: Value, sentence: Sentence, item: tuple[int, int], each: ReadNote
) -> bool | None:
    worded = plain(value)
    is_named = False
    for label in each.note.labels.facts:
        if label.name != name or label.status is not Status.PRESENT:
            continue
        if not MATCHER.same_value(name, label.value, worded):
            continue
        is_named = True
        quote = quote_span(label, each.note.note.text)
        if (
            quote
            and _touches((quote.start, quote.end), (sentence.start, sentence.end))
            and _touches((quote.start - _AROUND, quote.end + _AROUND), item)
        ):
            return True
        if any(_touches(place, item) for place in _found(label, each.facts)):
            return True
    return None if is_named else False


def _spans(each: ReadNote) -> list[tuple[Label, list[tuple[int, int]]]]:
    """Return the labels with every place that is known to say them."""
    spans = []
    for label in each.note.labels.facts:
        quote = quote_span(label, each.note.note.text)
        told = [(quote.start, quote.end)] if quote else []
        spans.append((label, [*told, *_found(label, each.facts)]))
    return spans


def _found(label: Label, facts: Sequence[Fact]) -> list[tuple[int, int]]:
    """Return where the rules found what is labelled."""
    return [
        (evidence.start, evidence.end)
        for fact in facts
        if fact.name == label.name
        and fact.status is label.status
        and MATCHER.same_value(label.name, label.value, plain(fact.value))
        for evidence in fact.evidence
    ]


def _judged(note: LabelledNote) -> list[Label]:
    return [label for label in note.labels.facts if label.status in JUDGED]


def _touches(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
