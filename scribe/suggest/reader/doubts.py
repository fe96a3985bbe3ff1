"""What speaks for and against a fact that a rule gave: how sure the rule was, what the judges hear, and what else the note says.

Rules take words for a fact that only look like it: a size that was drawn and not cut, a device that went back on the table. They are
surest about authors for whom they were written. So what a doubt weighs was learned from what they gave for new authors.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from scribe.suggest.numbers import Features, logistic, odds_of
from scribe.suggest.reader.hearing import UNHEARD, Heard, best_rival
from scribe.suggest.reader.weights import APART
from scribe.types.fact import Dimensions, Measure, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scribe.rules.second_reader_schema import SecondReaderFile
    from scribe.suggest.reader.hearing import Hearing, Key, Listener
    from scribe.types.fact import Fact
    from scribe.types.mention import ParsedNote, Sentence

_OWN: Final = (
    *("place", "sentence", "best", "rival", "confidence", "place there", "sentence there"),
    *("planned there", "historical there", "uncertain there"),
    *("rival surer", "told first", "more words"),
)
"""What weighs differently for each fact."""
_START: Final = attrgetter("start")
_END: Final = attrgetter("end")
_SURE: Final = attrgetter("confidence")
_MOST: Final = 4  # places or sentences that count


class DoubtFeatures:
    """What is known for and against the present facts of the rules in one note, as far as somebody listens for them.

    Nobody does for joins: one that a rule reads with a wrong end was made all the same.
    """

    def __init__(self, listener: Listener, rules: SecondReaderFile) -> None:
        """Take the judges that hear the notes, and what is listened for."""
        self._asked = rules.facts.keys()
        self._make_up = rules.make_up
        self._judges: dict[str, list[tuple[int, object]]] = defaultdict(list)
        self._apart: dict[str, int] = {}
        for at, (said, value) in enumerate(listener.said):
            if said.name == APART:
                self._apart[f"{said.status.value} there"] = at
            elif said.status is Status.PRESENT:
                self._judges[said.name].append((at, value))

    def find(
        self, parsed: ParsedNote, hearing: Hearing, facts: Sequence[Fact]
    ) -> Iterator[tuple[Fact, Features]]:
        """Yield each present fact with what is known for and against it.

        Args:
            parsed: The note.
            hearing: What the judges find in it.
            facts: All facts of the rules; signals and what was learned say nothing here.
        """
        told = [fact for fact in facts if not fact.signal and not fact.is_learned]
        heard = hearing.by_name()
        make_up = [
            f"{fact.name}={fact.value}"
            for fact in told
            if fact.name in self._make_up and fact.status is Status.PRESENT
        ]
        for fact in told:
            if fact.status is Status.PRESENT and fact.name in self._asked:
                features = {
                    **_heard(fact, heard.get(fact.name, ()), hearing),
                    **_beside(fact, told),
                    **self._there(fact, parsed, hearing),
                }
                features |= {
                    f"{fact.name}:{each}": features[each] for each in _OWN if each in features
                }
                features |= {f"{fact.name} in {each}": 1.0 for each in make_up}
                yield fact, features

    def _there(self, fact: Fact, parsed: ParsedNote, hearing: Hearing) -> Features:
        """Return what is known where the rule found its words."""
        sentences = _holding(fact, parsed.sentences)
        features: Features = {
            "words": float(min(len(fact.evidence), _MOST)),
            "sentences": float(min(len(sentences), _MOST)),
        }
        places = [
            place.odds
            for each in sentences
            for place in hearing.places.get(each.index, ())
            if place.name == fact.name and place.value == fact.value
        ]
        features["place there"] = _best(places)
        if not places:
            features["no place there"] = 1.0
        is_size = isinstance(fact.value, (Dimensions, Measure))
        features["sentence there"] = _best(
            hearing.sentences[each.index][at]
            for each in sentences
            for at, value in self._judges.get(fact.name, ())
            if is_size or value == fact.value
        )
        for name, at in self._apart.items():
            features[name] = min(
                (odds_of(logistic(hearing.sentences[each.index][at])) for each in sentences),
                default=UNHEARD,
            )
        for each in sentences:
            for cue in each.cues:
                features[f"cue={cue.category}"] = 1.0
                if any(cue.governs(place.start, place.end) for place in fact.evidence):
                    features[f"governed={cue.category}"] = 1.0
        return features


def _heard(fact: Fact, named: Sequence[tuple[Key, Heard]], hearing: Hearing) -> Features:
    """Return what the whole note has for a fact."""
    key = (fact.name, fact.value, Status.PRESENT)
    heard = hearing.values.get(key)
    denied = max(
        (each.best for (_, _, status), each in named if status is Status.ABSENT), default=0.0
    )
    features = (heard or Heard()).features(best_rival(key, named))
    features["denied"] = odds_of(denied)
    if heard is None:
        features["unheard"] = 1.0
    return features


def _beside(fact: Fact, told: Sequence[Fact]) -> Features:
    """Return how sure the rule was, and what the rules say beside it."""
    features: Features = {
        f"name={fact.name}": 1.0,
        "confidence": odds_of(fact.confidence),
        f"{fact.name}={_written(fact)}": 1.0,
    }
    named = [each for each in told if each.name == fact.name]
    features["values"] = float(sum(each.status is Status.PRESENT for each in named))
    for each in named:
        if each.value != fact.value:
            features[f"another {each.status.value}"] = 1.0
        elif each.status is not Status.PRESENT:
            features[f"also {each.status.value}"] = 1.0
    return features | _against(fact, named)


def _against(fact: Fact, named: Sequence[Fact]) -> Features:
    """Return how a fact stands against the other value that the rules are surest of; nothing where they give no other."""
    rivals = [each for each in named if each.value != fact.value and each.status is Status.PRESENT]
    if not rivals:
        return {}
    surest = max(rivals, key=_SURE)
    return {
        "rival surer": surest.confidence - fact.confidence,
        "told first": float(fact.evidence[0].start < surest.evidence[0].start),
        "more words": float(len(fact.evidence) - len(surest.evidence)),
    }


def _written(fact: Fact) -> str:
    value = fact.value
    if isinstance(value, (Dimensions, Measure)):
        return "sized" if value.length_cm is not None else "unsized"
    return str(value)


def _holding(fact: Fact, sentences: Sequence[Sentence]) -> list[Sentence]:
    """Return the sentences that hold words of a fact, in order."""
    found: set[int] = set()
    for place in fact.evidence:
        first = bisect_right(sentences, place.start, key=_END)
        after = bisect_left(sentences, place.end, key=_START)
        found.update(range(first, after))
    return [sentences[at] for at in sorted(found)]


def _best(odds: Iterable[float]) -> float:
    """Return the best log odds, within the bounds of all others."""
    return max((odds_of(logistic(each)) for each in odds), default=UNHEARD)
