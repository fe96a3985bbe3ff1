"""Fit the phase of sentences: a classifier of each, and how phases follow each other."""

from __future__ import annotations

import math
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from models.note_phase.sentences import PHASES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from models.note_phase.sentences import Features, Phased

STRENGTH: Final = 0.3
SEED: Final = 20972
_LEAST_SEEN: Final = 3

Chances = list[dict[str, float]]
"""Probability of each phase, by sentence."""


class PhaseModel:
    """Says for the sentences of one note how probable each phase is, given all of them."""

    def __init__(self, vectorizer: Any, classifier: Any, kept: frozenset[str]) -> None:
        """Take what was fitted; ``follow`` adds how phases follow each other."""
        self._vectorizer = vectorizer
        self._classifier = classifier
        self._kept = kept
        self._step = np.ones((len(PHASES), len(PHASES)))
        self._start = np.ones(len(PHASES))
        self._prior = np.ones(len(PHASES))

    def follow(self, notes: Iterable[Phased]) -> None:
        """Count how phases begin, follow each other, and how frequent they are; nothing is impossible."""
        steps: Counter[tuple[str, str]] = Counter()
        starts: Counter[str] = Counter()
        for note in notes:
            told = [phase for phase in note.phases if phase]
            steps.update(pairwise(told))
            starts.update(told[:1])
        self._start = _shares([starts[phase] for phase in PHASES])
        self._step = np.array([_shares([steps[one, two] for two in PHASES]) for one in PHASES])
        self._prior = _shares([sum(steps[one, two] for one in PHASES) for two in PHASES])

    def chances(self, rows: Sequence[Features]) -> Chances:
        """Return the probability of each phase, by sentence (forward and backward over the note)."""
        if not rows:
            return []
        scores = self._scores(rows) / self._prior
        forward, backward = np.empty_like(scores), np.ones_like(scores)
        forward[0] = _normal(self._start * scores[0])
        for at in range(1, len(scores)):
            forward[at] = _normal(forward[at - 1] @ self._step * scores[at])
        for at in range(len(scores) - 2, -1, -1):
            backward[at] = _normal(self._step @ (backward[at + 1] * scores[at + 1]))
        return [
            dict(zip(PHASES, map(float, _normal(one * other)), strict=True))
            for one, other in zip(forward, backward, strict=True)
        ]

    def _scores(self, rows: Sequence[Features]) -> Any:
        seen = [{k: v for k, v in row.items() if k in self._kept} for row in rows]
        told = self._classifier.predict_proba(self._vectorizer.transform(seen))
        scores = np.full((len(rows), len(PHASES)), 1e-6)
        for column, phase in enumerate(self._classifier.classes_):
            scores[:, PHASES.index(phase)] = np.maximum(told[:, column], 1e-6)
        return scores


def fit(notes: Sequence[Phased]) -> PhaseModel:
    """Fit a model on the sentences that have a weak label; the same notes give the same model."""
    pairs = [
        (row, phase)
        for note in notes
        for row, phase in zip(note.rows, note.phases, strict=True)
        if phase
    ]
    seen = Counter(name for row, _ in pairs for name in row)
    kept = frozenset(name for name, count in seen.items() if count >= _LEAST_SEEN)
    vectorizer = DictVectorizer()
    rows = vectorizer.fit_transform(
        [{k: v for k, v in row.items() if k in kept} for row, _ in pairs]
    )
    classifier = LogisticRegression(C=STRENGTH, max_iter=300, random_state=SEED)
    classifier.fit(rows, [phase for _, phase in pairs])
    model = PhaseModel(vectorizer, classifier, kept)
    model.follow(notes)
    return model


def _shares(counts: Sequence[int]) -> Any:
    return np.array([count + 1 for count in counts]) / (sum(counts) + len(counts))


def _normal(values: Any) -> Any:
    total = float(values.sum())
    return (
        values / total if total and math.isfinite(total) else np.full(len(values), 1 / len(values))
    )
