"""Fit the judges of sentences and places, and what puts them together."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from models.second_reader.examples import (
    LEAST_LABELS,
    is_right,
    labelled_words,
    place_rows,
    said_values,
    sentence_rows,
)
from scribe.suggest.numbers import Logistic
from scribe.suggest.reader.candidates import Candidate, CandidateFinder
from scribe.suggest.reader.features import FEATURES
from scribe.suggest.reader.places import PlaceFinder
from scribe.suggest.reader.weights import Carried, ReaderNumbers, Said

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from models.second_reader.examples import ReadNote
    from models.second_reader.first_looks import FirstLooks
    from scribe.rules.second_reader_schema import SecondReaderFile

CHOOSING: Final = 2.0
"""Inverse strength of the first penalty, which chooses the features of a judge."""
WEIGHING: Final = 0.5
"""Inverse strength of the second, with which the chosen ones are weighed."""
JOINING: Final = 0.3
FOLDS: Final = 7
PRECISION: Final = 0.95
"""What is added shall be right so often, by voices left out."""
GRID: Final = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)
_RAREST: Final = 4
"""A feature of fewer rows is left out."""
_DIGITS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A candidate of a note at first sight, with what became of it."""

    voice: str
    note: str
    candidate: Candidate
    is_right: bool


class Rows:
    """The sentences and places of all notes, as rows of numbers."""

    def __init__(self, notes: Sequence[ReadNote], rules: SecondReaderFile) -> None:
        """Work out the features once."""
        self.notes = notes
        self.rules = rules
        self.said = said_values(notes, rules)
        self.words = labelled_words(notes, rules)
        finder = PlaceFinder(rules, self.words)
        sentences = [row for each in notes for row in sentence_rows(each)]
        places = [row for each in notes for row in place_rows(each, finder)]
        self.sentence_voices = np.array([row.voice for row in sentences])
        self.place_voices = np.array([row.voice for row in places])
        self.says = [row.says for row in sentences]
        self.place_names = np.array([row.name for row in places])
        self.carries = np.array([-1 if row.carries is None else int(row.carries) for row in places])
        self.sentence_matrix, self.sentence_features = _matrix([row.features for row in sentences])
        self.place_matrix, self.place_features = _matrix([row.features for row in places])


def folds_of(voices: Sequence[str]) -> dict[str, int]:
    """Return to which fold each voice belongs; voices that came together are parted."""
    return {voice: at % FOLDS for at, voice in enumerate(sorted(set(voices)))}


def fit_judges(
    rows: Rows, without: Sequence[str] = ()
) -> tuple[tuple[Said, ...], tuple[Carried, ...]]:
    """Fit the judges of sentences and of places on all voices but some."""
    left_out = list(without)
    kept = ~np.isin(rows.sentence_voices, left_out)
    matrix = rows.sentence_matrix[kept]
    sentences = []
    for key, value in rows.said.items():
        target = np.array([key in says for says in rows.says])[kept]
        if target.sum() >= LEAST_LABELS // 2:
            fitted = _fit(matrix, target, rows.sentence_features)
            sentences.append(Said(name=key[0], value=value, status=key[2], **fitted.model_dump()))
    places = []
    for name in rows.rules.facts:
        chosen = (
            (rows.place_names == name) & (rows.carries >= 0) & ~np.isin(rows.place_voices, left_out)
        )
        target = rows.carries[chosen] == 1
        if target.sum() >= LEAST_LABELS:
            fitted = _fit(rows.place_matrix[chosen], target, rows.place_features)
            places.append(Carried(name=name, values=rows.words[name], **fitted.model_dump()))
    return tuple(sentences), tuple(places)


def try_candidates(rows: Rows, looks: FirstLooks) -> tuple[list[Tried], dict[str, ReaderNumbers]]:
    """Try judges on the voices of a fold that they were fitted without.

    Returns: The candidates of every note with a kept first look, and the judges that tried each voice.
    """
    folds = folds_of([each.note.voice for each in rows.notes])
    tried: list[Tried] = []
    readers: dict[str, ReaderNumbers] = {}
    for fold in range(FOLDS):
        out = [voice for voice, at in folds.items() if at == fold]
        sentences, places = fit_judges(rows, out)
        numbers = _numbers(sentences, places)
        readers |= dict.fromkeys(out, numbers)
        finder = CandidateFinder(numbers, rows.rules)
        for each in rows.notes:
            if each.note.voice in out and looks.has(each.note):
                tried += candidates_of(each, finder, looks)
    return tried, readers


def candidates_of(each: ReadNote, finder: CandidateFinder, looks: FirstLooks) -> list[Tried]:
    """Return the candidates of one note, beside what the rules gave at first sight."""
    return [
        Tried(
            voice=each.note.voice,
            note=each.note.note.id,
            candidate=found,
            is_right=is_right(found.name, found.value, found.status, each.note),
        )
        for found in finder.find(each.parsed, looks.facts(each.note))
    ]


def fit_joint(tried: Sequence[Tried]) -> Logistic:
    """Fit what puts together all that is known of a candidate; features are scaled, and the scale is put into the weights."""
    vectorizer = DictVectorizer(sparse=False)
    matrix = vectorizer.fit_transform([each.candidate.features for each in tried])
    scale = matrix.std(axis=0) + 1e-6
    model = LogisticRegression(C=JOINING, max_iter=10_000)
    model.fit(matrix / scale, [each.is_right for each in tried])
    return _logistic(
        model.intercept_[0], model.coef_[0] / scale, vectorizer.get_feature_names_out()
    )


def judged_apart(tried: Sequence[Tried]) -> list[float]:
    """Return the probability of each candidate, put together without its voice."""
    said = [0.0] * len(tried)
    for voice in sorted({each.voice for each in tried}):
        joint = fit_joint([each for each in tried if each.voice != voice])
        for at, each in enumerate(tried):
            if each.voice == voice:
                said[at] = joint.probability(each.candidate.features)
    return said


def least_probability(tried: Sequence[Tried], said: Sequence[float]) -> float:
    """Return the lowest probability from which on what is added is right often enough; 1 where none is."""
    for least in GRID:
        given = [
            each.is_right
            for each, probability in zip(tried, said, strict=True)
            if probability >= least
        ]
        if given and sum(given) >= PRECISION * len(given):
            return least
    return 1.0


def fit(rows: Rows, tried: Sequence[Tried]) -> ReaderNumbers:
    """Fit the whole reader on all voices of the rows."""
    sentences, places = fit_judges(rows)
    said = judged_apart(tried)
    return _numbers(sentences, places, joint=fit_joint(tried), least=least_probability(tried, said))


def _numbers(
    sentences: tuple[Said, ...],
    places: tuple[Carried, ...],
    joint: Logistic | None = None,
    least: float = 1.0,
) -> ReaderNumbers:
    return ReaderNumbers(
        features=FEATURES,
        sentences=sentences,
        places=places,
        joint=joint or Logistic(intercept=0.0, weights={}),
        least=least,
    )


def _matrix(rows: Sequence[Mapping[str, float]]) -> tuple[Any, list[str]]:
    counts = Counter(name for row in rows for name in row)
    kept = {name for name, count in counts.items() if count >= _RAREST}
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(
        [{name: value for name, value in row.items() if name in kept} for row in rows]
    )
    return matrix.tocsr(), list(vectorizer.feature_names_)


def _fit(matrix: Any, target: Any, names: Sequence[str]) -> Logistic:
    """Choose features with one penalty and weigh them with another, so that few are left and these count in full.

    The first penalty is told as scikit-learn 1.8 and later understand it.
    """
    chooser = LogisticRegression(
        C=CHOOSING, l1_ratio=1.0, solver="liblinear", random_state=0, max_iter=1000
    )
    chooser.fit(matrix, target)
    chosen = np.flatnonzero(np.abs(chooser.coef_[0]) > 1e-6)
    if not len(chosen):
        return _logistic(chooser.intercept_[0], [], [])
    weigher = LogisticRegression(C=WEIGHING, solver="liblinear", random_state=0, max_iter=1000)
    weigher.fit(matrix[:, chosen], target)
    return _logistic(weigher.intercept_[0], weigher.coef_[0], [names[at] for at in chosen])


def _logistic(intercept: float, weights: Sequence[float], names: Sequence[str]) -> Logistic:
    rounded = {
        str(name): round(float(weight), _DIGITS)
        for name, weight in zip(names, weights, strict=True)
    }
    return Logistic(
        intercept=round(float(intercept), _DIGITS),
        weights={name: weight for name, weight in rounded.items() if weight},
    )
