"""Train the judge of sites, measure it on topics and voices that it never saw, and write what is shipped (``make train``)."""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from models.labelled import analyzer_before, labelled_notes, rules_of_comparing
from models.numbers_file import write_numbers
from models.paragraphs.read import FRAMES, read_paragraphs
from models.paragraphs.read import HERE as PARAGRAPHS
from models.site_judge.card import PAGE
from models.voices import TUNED, hash_voices
from scribe.evaluate.labels import Split
from scribe.evaluate.match import Matcher
from scribe.extract.rays import rays_named
from scribe.extract.sites import possible_donors
from scribe.pipeline import Models
from scribe.rules.pack import load_pack
from scribe.suggest.numbers import Features, Logistic
from scribe.suggest.site_judge import FEATURES, LearnedSiteJudge, SiteNumbers, place_features
from scribe.types.fact import Status
from scribe.types.note import Note

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scribe.extract.story import Story
    from scribe.rules.pack import RulePack
    from scribe.types.mention import ParsedNote
    from scribe.types.site import NamedPlace

HERE: Final = Path(__file__).resolve().parent
METRICS: Final = HERE / "metrics.json"
DONOR: Final = "donor.site"
RECIPIENT: Final = "recipient.site"
RAY: Final = "donor.metatarsal"
STRENGTH: Final = 0.05
"""Inverse strength of the penalty."""
RAREST: Final = 3
"""A feature of fewer places is left out."""
FOLDS: Final = 6
_DIGITS: Final = 3
_SMALLEST: Final = 0.005


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One labelled text.

    Attributes:
        group: The topic or the voice; a whole group is left out when it is judged.
        note: The text.
        labels: The labelled values of donor, ray and recipient, by name.
    """

    group: str
    note: Note
    labels: Mapping[str, tuple[Any, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One place as the judge sees it, with whether it is what is labelled."""

    group: str
    role: str
    features: Features
    is_right: bool


class _Places:
    """Stands where the judge stands, to see the places as it does; it finds none probable."""

    def __init__(self) -> None:
        self.seen: dict[str, Sequence[NamedPlace]] = {}

    def donors(self, parsed: ParsedNote, places: Sequence[NamedPlace]) -> list[float]:  # noqa: ARG002
        self.seen[DONOR] = places
        return [0.0] * len(places)

    def recipients(self, parsed: ParsedNote, places: Sequence[NamedPlace]) -> list[float]:  # noqa: ARG002
        self.seen[RECIPIENT] = places
        return [0.0] * len(places)


class Reader:
    """Reads texts as an analysis does, with a judge of one's choice."""

    def __init__(self, pack: RulePack) -> None:
        """Compile the rules."""
        self._rules = analyzer_before("site_judge", pack)
        self._matcher = Matcher(rules_of_comparing())

    def rows(self, text: Text) -> Iterator[Row]:
        """Yield the places of one text, for the role of the donor and for that of the recipient."""
        parsed = self._rules.parse(text.note)
        if not parsed.sentences:
            return
        asked = _Places()
        story = self._rules.extractor.begin(parsed, asked)
        self._rules.extractor.follow(story)
        roles = {DONOR: possible_donors(story), RECIPIENT: asked.seen.get(RECIPIENT, ())}
        for role, places in roles.items():
            rows = [
                Row(group=text.group, role=role, features=features, is_right=is_right)
                for place, features in zip(places, place_features(parsed, places), strict=True)
                if (is_right := self._is_right(role, place, text, story)) is not None
            ]
            # A note without a donor teaches what none is; a recipient that no place names teaches nothing.
            if role == DONOR or any(row.is_right for row in rows):
                yield from rows

    def _is_right(self, role: str, place: NamedPlace, text: Text, story: Story) -> bool | None:
        """Tell whether a place is what is labelled; None where its name does not tell."""
        if not self.is_one(place.name, text.labels[role]):
            return False
        if role == RECIPIENT or place.name != "metatarsal":
            return True
        sentence = story.views[place.sentence]
        named = {ray for _, ray in rays_named(sentence, place.item, story.language.words.bones)}
        if named and text.labels[RAY]:
            return not named.isdisjoint(text.labels[RAY])
        return None if place.tag == "RAY" else True

    def is_one(self, name: str, labelled: Iterable[str]) -> bool:
        """Tell whether a name is one of the labelled sites."""
        return any(self._matcher.same_name(site, name) for site in labelled)

    def outcomes(
        self, role: str, texts: Iterable[Text], numbers: SiteNumbers | None
    ) -> dict[str, int]:
        """Count the sites of a role that are found, wrong and missed, with a judge or by the rules alone."""
        judge = LearnedSiteJudge(numbers) if numbers else None
        analyzer = self._rules.with_models(Models(site_judge=judge))
        right = wrong = missed = 0
        for text in texts:
            told = [
                str(fact.value)
                for fact in analyzer.extract_facts(text.note).facts
                if fact.name == role and fact.status is Status.PRESENT
            ]
            found = sum(self.is_one(name, text.labels[role]) for name in told)
            right += found
            wrong += len(told) - found
            missed += max(0, len(text.labels[role]) - found)
        return {"right": right, "wrong": wrong, "missed": missed}


def main() -> None:
    """Train, measure, write; print the figures."""
    parser = argparse.ArgumentParser(prog="python -m models.site_judge.train", description=__doc__)
    parser.add_argument("--measure", action="store_true", help="print the figures, write nothing")
    options = parser.parse_args()
    pack = load_pack()
    reader = Reader(pack)
    texts = [*read_topics(), *read_notes(pack, Split.TUNED)]
    rows = [row for text in texts for row in reader.rows(text)]
    numbers = fit(rows)
    metrics: dict[str, Any] = {
        "rules": {"version": pack.version, "hash": pack.hash},
        "texts": len(texts),
        "places": len(rows),
        "weights": len(numbers.donor.weights) + len(numbers.recipient.weights),
        "sites": site_figures(reader, texts, rows, list(read_notes(pack, Split.HELD_OUT))),
    }
    if not options.measure:
        write_numbers(HERE, numbers, [row.features for row in rows], hash_data(), pack)
        METRICS.write_text(json.dumps(metrics, indent=1) + "\n", "utf-8")
        PAGE.write()
    sys.stdout.write(json.dumps(metrics, indent=1) + "\n")


def read_topics() -> Iterator[Text]:
    """Yield the labelled paragraphs, each in its stock note."""
    for topic in FRAMES:
        for paragraph in read_paragraphs(topic):
            labels = {name: tuple(paragraph.values(name)) for name in (DONOR, RAY, RECIPIENT)}
            if topic == "defects":  # its stock note names the donor
                labels = {**labels, DONOR: ("metatarsal",), RAY: (2,)}
            yield Text(group=topic, note=_note(paragraph.text), labels=labels)


def read_notes(pack: RulePack, split: Split) -> Iterator[Text]:
    """Yield the labelled notes of the corpus."""
    for note in labelled_notes(split, pack):
        labels = {
            name: tuple(
                fact.value
                for fact in note.labels.facts
                if fact.name == name and fact.status is Status.PRESENT
            )
            for name in (DONOR, RAY, RECIPIENT)
        }
        yield Text(group=note.voice, note=note.note, labels=labels)


def _note(text: str) -> Note:
    return Note(id="n", text=text, format="text", sha256="")


def fit(rows: Sequence[Row]) -> SiteNumbers:
    """Fit the judge; the same rows in the same order give the same numbers."""
    return SiteNumbers(
        features=FEATURES,
        donor=_fit([row for row in rows if row.role == DONOR]),
        recipient=_fit([row for row in rows if row.role == RECIPIENT]),
    )


def _fit(rows: Sequence[Row]) -> Logistic:
    counts = Counter(name for row in rows for name in row.features)
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(
        [
            {name: value for name, value in row.features.items() if counts[name] >= RAREST}
            for row in rows
        ]
    )
    model = LogisticRegression(C=STRENGTH, max_iter=5000)
    model.fit(matrix, [row.is_right for row in rows])
    weights = zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True)
    return Logistic(
        intercept=round(float(model.intercept_[0]), _DIGITS),
        weights={
            str(name): round(float(weight), _DIGITS)
            for name, weight in weights
            if abs(weight) >= _SMALLEST
        },
    )


def site_figures(
    reader: Reader, texts: Sequence[Text], rows: Sequence[Row], held_out: Sequence[Text]
) -> dict[str, dict[str, dict[str, dict[str, int]]]]:
    """Return what is found of the sites by the rules alone, and with judges that never saw the topic or the voice."""
    voices = sorted({text.group for text in texts} - set(FRAMES))
    folds = {f"paragraphs, {topic}": [topic] for topic in FRAMES}
    folds |= {f"tuned voices, fold {at + 1}": voices[at::FOLDS] for at in range(FOLDS)}
    told = {}
    for name, groups in folds.items():
        out = [text for text in texts if text.group in groups]
        judge = fit([row for row in rows if row.group not in groups])
        told[name] = _both(reader, out, judge)
    told["held-out voices"] = _both(reader, held_out, fit(rows))
    return told


def _both(
    reader: Reader, texts: Sequence[Text], numbers: SiteNumbers
) -> dict[str, dict[str, dict[str, int]]]:
    return {
        role: {
            "rules alone": reader.outcomes(role, texts, None),
            "with the judge": reader.outcomes(role, texts, numbers),
        }
        for role in (DONOR, RECIPIENT)
    }


def hash_data() -> str:
    """Return the hash of the notes and paragraphs of the training."""
    paragraphs = b"".join((PARAGRAPHS / f"{topic}.jsonl").read_bytes() for topic in FRAMES)
    return hashlib.sha256(hash_voices(TUNED).encode() + paragraphs).hexdigest()


if __name__ == "__main__":
    main()
