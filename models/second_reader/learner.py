"""Fit the judges of sentences and places, what puts them together, and what doubts the rules."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
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
from scribe.suggest.numbers import Features, Logistic
from scribe.suggest.reader.candidates import CandidateFinder
from scribe.suggest.reader.doubts import DoubtFeatures
from scribe.suggest.reader.features import FEATURES
from scribe.suggest.reader.hearing import Listener
from scribe.suggest.reader.places import PlaceFinder
from scribe.suggest.reader.weights import APART, Carried, ReaderNumbers, Said

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
DOUBTING: Final = 0.02
"""The same for what puts together all that is known of a candidate, and of a fact of the rules."""
FOLDS: Final = 7
PRECISION: Final = 0.95
"""What is added shall be right so often, by voices left out."""
GRID: Final = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)
_RAREST: Final = 4
"""A feature of fewer rows is left out."""
_DIGITS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What was weighed in a note at first sight, with what became of it: a candidate, or a fact of the rules.

    Attributes:
        voice: Of the note.
        features: All that was known of it.
        is_right: A label says it.
    """

    voice: str
    features: Features
    is_right: bool


@dataclass(frozen=True, slots=True)
class Trial:
    """Everything that was weighed: what might be added to the facts of the rules, and these facts themselves."""

    beside: list[Tried] = field(default_factory=list)
    given: list[Tried] = field(default_factory=list)


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
        self.says = [row.says | row.apart for row in sentences]
        self.is_labelled = np.array([bool(says) for says in self.says])
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
    """Fit the judges of sentences and of places on all voices but some.

    With which status a sentence tells something is learned from those that tell anything: labels list planned and earlier facts only
    where they mislead.
    """
    left_out = list(without)
    kept = ~np.isin(rows.sentence_voices, left_out)
    sentences = []
    for key, value in rows.said.items():
        chosen = kept & rows.is_labelled if key[0] == APART else kept
        target = np.array([key in says for says in rows.says])[chosen]
        if target.sum() >= LEAST_LABELS // 2:
            fitted = _fit(rows.sentence_matrix[chosen], target, rows.sentence_features)
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


def try_first_looks(rows: Rows, looks: FirstLooks) -> tuple[Trial, dict[str, ReaderNumbers]]:
    """Try judges on the voices of a fold that they were fitted without.

    Returns: What was weighed in every note with a kept first look, and the judges that tried each voice.
    """
    folds = folds_of([each.note.voice for each in rows.notes])
    trial = Trial()
    readers: dict[str, ReaderNumbers] = {}
    for fold in range(FOLDS):
        out = [voice for voice, at in folds.items() if at == fold]
        numbers = _numbers(*fit_judges(rows, out))
        readers |= dict.fromkeys(out, numbers)
        weigh([each for each in rows.notes if each.note.voice in out], numbers, looks, trial)
    return trial, readers


def weigh(
    notes: Sequence[ReadNote], numbers: ReaderNumbers, looks: FirstLooks, trial: Trial
) -> None:
    """Weigh what notes might say beside the facts of the rules at first sight, and these facts; notes without a first look are passed over.

    Args:
        notes: Which neither the judges nor the rules of the first look had seen.
        numbers: Of the judges.
        looks: The facts at first sight.
        trial: Takes what was weighed.
    """
    listener = Listener(numbers, looks.rules)
    finder, doubts = CandidateFinder(looks.rules), DoubtFeatures(listener, looks.rules)
    for each in notes:
        if not looks.has(each.note):
            continue
        facts = looks.facts(each.note)
        hearing = listener.listen(each.parsed)
        voice = each.note.voice
        trial.beside.extend(
            Tried(voice=voice, features=found.features, is_right=is_right(found, each.note))
            for found in finder.find(each.parsed, hearing, facts)
        )
        trial.given.extend(
            Tried(voice=voice, features=features, is_right=is_right(fact, each.note))
            for fact, features in doubts.find(each.parsed, hearing, facts)
        )


def fit_joint(tried: Sequence[Tried], strength: float) -> Logistic:
    """Fit what puts together all that is known; features are centred and scaled, and both is put into the weights.

    Args:
        tried: What was weighed.
        strength: The inverse of the penalty.
    """
    vectorizer = DictVectorizer(sparse=False)
    matrix = vectorizer.fit_transform(_without_rare([each.features for each in tried]))
    middle, scale = matrix.mean(axis=0), matrix.std(axis=0) + 1e-6
    model = LogisticRegression(C=strength, solver="newton-cholesky", max_iter=100)
    model.fit((matrix - middle) / scale, [each.is_right for each in tried])
    weights = model.coef_[0] / scale
    return _logistic(
        model.intercept_[0] - middle @ weights, weights, vectorizer.get_feature_names_out()
    )


def judged_apart(tried: Sequence[Tried], strength: float) -> list[float]:
    """Return the probability of everything that was weighed, put together without the voices of its fold."""
    folds = folds_of([each.voice for each in tried])
    joints = [
        fit_joint([each for each in tried if folds[each.voice] != fold], strength)
        for fold in sorted(set(folds.values()))
    ]
    return [joints[folds[each.voice]].probability(each.features) for each in tried]


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


def fit(rows: Rows, trial: Trial) -> ReaderNumbers:
    """Fit the whole reader on all voices of the rows."""
    sentences, places = fit_judges(rows)
    beside = trial.beside
    return _numbers(
        sentences,
        places,
        joint=fit_joint(beside, JOINING),
        least=least_probability(beside, judged_apart(beside, JOINING)),
        right=fit_joint(trial.given, DOUBTING),
    )


_NOTHING: Final = Logistic(intercept=0.0, weights={})


def _numbers(
    sentences: tuple[Said, ...],
    places: tuple[Carried, ...],
    joint: Logistic = _NOTHING,
    least: float = 1.0,
    right: Logistic = _NOTHING,
) -> ReaderNumbers:
    return ReaderNumbers(
        features=FEATURES,
        sentences=sentences,
        places=places,
        joint=joint,
        least=least,
        right=right,
    )


def _without_rare(rows: Sequence[Mapping[str, float]]) -> list[dict[str, float]]:
    counts = Counter(name for row in rows for name in row)
    return [{name: value for name, value in row.items() if counts[name] >= _RAREST} for row in rows]


def _matrix(rows: Sequence[Mapping[str, float]]) -> tuple[Any, list[str]]:
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(_without_rare(rows))
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
