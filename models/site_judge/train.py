"""Train the judge of recipient sites, measure it on topics and voices that it never saw, and write what is shipped (``make train``)."""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from models.labelled import labelled_notes, language_of, rules_of_comparing
from models.numbers_file import write_numbers
from models.paragraphs.read import HERE as PARAGRAPHS
from models.paragraphs.read import read_paragraphs
from models.site_judge.card import PAGE
from models.voices import TUNED, hash_voices
from scribe.evaluate.labels import Split
from scribe.evaluate.match import Matcher
from scribe.extract.engine import Extractor
from scribe.parse.nlp import build_parser
from scribe.rules.pack import load_pack
from scribe.suggest.numbers import Features, Logistic
from scribe.suggest.site_judge import FEATURES, LearnedSiteJudge, SiteNumbers, place_features
from scribe.types.fact import Status
from scribe.types.mention import ParsedNote
from scribe.types.note import Note

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scribe.rules.pack import RulePack
    from scribe.types.site import NamedPlace

HERE: Final = Path(__file__).resolve().parent
METRICS: Final = HERE / "metrics.json"
TOPICS: Final = ("recipient", "defects", "harvest")
"""Topics of the paragraphs that name a recipient."""
NAME: Final = "recipient.site"
STRENGTH: Final = 0.05
"""Inverse strength of the penalty."""
RAREST: Final = 3
"""A feature of fewer places is left out."""
FOLDS: Final = 6
_DIGITS: Final = 3
_SMALLEST: Final = 0.005


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One text whose recipient is labelled.

    Attributes:
        group: The topic or the voice; a whole group is left out when it is judged.
        sites: What is labelled.
        parsed: The note.
        rows: What the judge sees of each place.
        named: Whether each place has a labelled name.
    """

    group: str
    sites: tuple[str, ...]
    parsed: ParsedNote
    rows: tuple[Features, ...]
    named: tuple[bool, ...]


class _Places:
    """Stands where the judge stands, to see the places as it does; it finds none probable."""

    def __init__(self) -> None:
        self.seen: Sequence[NamedPlace] = ()

    def chances(self, parsed: ParsedNote, places: Sequence[NamedPlace]) -> list[float]:  # noqa: ARG002
        self.seen = places
        return [0.0] * len(places)


class Reader:
    """Reads texts as an analysis does, with a judge of one's choice."""

    def __init__(self, pack: RulePack) -> None:
        """Compile the rules."""
        language = language_of(pack)
        self._parser = build_parser(language)
        self._language = language
        self._seen = _Places()
        self._looking = Extractor(language, self._seen)
        self._matcher = Matcher(rules_of_comparing())

    def read(self, group: str, text: str, sites: Sequence[str]) -> Read:
        """Read one text."""
        parsed = self._parser.parse(Note(id="n", text=text, format="text", sha256=""))
        places = self._seen_in(parsed)
        return Read(
            group=group,
            sites=tuple(sites),
            parsed=parsed,
            rows=tuple(place_features(parsed, places)),
            named=tuple(self.is_one(place.name, sites) for place in places),
        )

    def _seen_in(self, parsed: ParsedNote) -> Sequence[NamedPlace]:
        self._seen.seen = ()  # of a note without a donor no judge is asked
        self._looking.extract(parsed)
        return self._seen.seen

    def is_one(self, name: str, sites: Iterable[str]) -> bool:
        """Tell whether a name is one of the labelled sites."""
        return any(self._matcher.same_name(site, name) for site in sites)

    def outcomes(self, texts: Iterable[Read], numbers: SiteNumbers | None) -> Counter[str]:
        """Count the sites that are found, wrong and missed, with a judge or by the rules alone."""
        extractor = Extractor(self._language, LearnedSiteJudge(numbers) if numbers else None)
        counts: Counter[str] = Counter()
        for each in texts:
            told = [
                str(fact.value)
                for fact in extractor.extract(each.parsed)
                if fact.name == NAME and fact.status is Status.PRESENT
            ]
            right = sum(self.is_one(name, each.sites) for name in told)
            counts += Counter(right=right, wrong=len(told) - right)
            counts["missed"] += max(0, len(each.sites) - right)
        return counts


def main() -> None:
    """Train, measure, write; print the figures."""
    parser = argparse.ArgumentParser(prog="python -m models.site_judge.train", description=__doc__)
    parser.add_argument("--measure", action="store_true", help="print the figures, write nothing")
    options = parser.parse_args()
    pack = load_pack()
    reader = Reader(pack)
    texts = [*read_topics(reader), *read_notes(reader, pack, Split.TUNED)]
    numbers = fit(texts)
    metrics: dict[str, Any] = {
        "rules": {"version": pack.version, "hash": pack.hash},
        "texts": len(texts),
        "places": sum(len(each.rows) for each in texts),
        "weights": len(numbers.place.weights),
        "sites": site_figures(reader, texts, list(read_notes(reader, pack, Split.HELD_OUT))),
    }
    if not options.measure:
        rows = [row for each in texts for row in each.rows]
        write_numbers(HERE, numbers, rows, hash_data(), pack)
        METRICS.write_text(json.dumps(metrics, indent=1) + "\n", "utf-8")
        PAGE.write()
    sys.stdout.write(json.dumps(metrics, indent=1) + "\n")


def read_topics(reader: Reader) -> Iterator[Read]:
    """Yield the paragraphs whose recipient is labelled."""
    for topic in TOPICS:
        for paragraph in read_paragraphs(topic):
            sites = paragraph.values(NAME)
            if sites:
                yield reader.read(topic, paragraph.text, sites)


def read_notes(reader: Reader, pack: RulePack, split: Split) -> Iterator[Read]:
    """Yield the labelled notes of the corpus that have a recipient."""
    for note in labelled_notes(split, pack):
        sites = [
            str(fact.value)
            for fact in note.labels.facts
            if fact.name == NAME and fact.status is Status.PRESENT
        ]
        if sites:
            yield reader.read(note.voice, note.note.text, sites)


def fit(texts: Sequence[Read]) -> SiteNumbers:
    """Fit the judge; the same texts in the same order give the same numbers."""
    taken = [each for each in texts if any(each.named)]
    rows = [row for each in taken for row in each.rows]
    counts = Counter(name for row in rows for name in row)
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(
        [{name: value for name, value in row.items() if counts[name] >= RAREST} for row in rows]
    )
    model = LogisticRegression(C=STRENGTH, max_iter=5000)
    model.fit(matrix, [is_named for each in taken for is_named in each.named])
    weights = zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True)
    return SiteNumbers(
        features=FEATURES,
        place=Logistic(
            intercept=round(float(model.intercept_[0]), _DIGITS),
            weights={
                str(name): round(float(weight), _DIGITS)
                for name, weight in weights
                if abs(weight) >= _SMALLEST
            },
        ),
    )


def site_figures(
    reader: Reader, texts: Sequence[Read], held_out: Sequence[Read]
) -> dict[str, dict[str, dict[str, int]]]:
    """Return what is found of the sites by the rules alone, and with judges that never saw the topic or the voice."""
    voices = sorted({each.group for each in texts} - set(TOPICS))
    folds = {f"paragraphs, {topic}": [topic] for topic in TOPICS}
    folds |= {f"tuned voices, fold {at + 1}": voices[at::FOLDS] for at in range(FOLDS)}
    told = {}
    for name, groups in folds.items():
        out = [each for each in texts if each.group in groups]
        judge = fit([each for each in texts if each.group not in groups])
        told[name] = _both(reader, out, judge)
    return told | {"held-out voices": _both(reader, held_out, fit(texts))}


def _both(reader: Reader, texts: Sequence[Read], numbers: SiteNumbers) -> dict[str, dict[str, int]]:
    return {
        "rules alone": dict(reader.outcomes(texts, None)),
        "with the judge": dict(reader.outcomes(texts, numbers)),
    }


def hash_data() -> str:
    """Return the hash of the notes and paragraphs of the training."""
    paragraphs = b"".join((PARAGRAPHS / f"{topic}.jsonl").read_bytes() for topic in TOPICS)
    return hashlib.sha256(hash_voices(TUNED).encode() + paragraphs).hexdigest()


if __name__ == "__main__":
    main()
