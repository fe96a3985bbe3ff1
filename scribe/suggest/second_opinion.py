"""The learned second opinion: probabilities over the codes, what they would say alone, and how sure an answer is."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Protocol

from scribe.errors import ModelError
from scribe.rules.conditions import evaluate
from scribe.suggest.classifier import Classifier
from scribe.suggest.features import feature_names, pair_features
from scribe.suggest.manifest import read_manifest
from scribe.types.analysis import Stamp
from scribe.types.suggestion import Decision, Opinion

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from scribe.rules.conditions import Scope
    from scribe.rules.pack import RulePack
    from scribe.suggest.manifest import Manifest, Policy
    from scribe.types.checklist import CodeAssessment

_HASH_CHARS = 12


class Scorer(Protocol):
    """Whatever gives the probability that a code fits a note, for each row of features."""

    def score(self, rows: Sequence[Sequence[float]]) -> Sequence[float]:
        """Return one probability a row."""
        ...


class SecondOpinion:
    """A learned judge of the codes, asked beside the decision table."""

    def __init__(self, scorer: Scorer, policy: Policy, stamp: Stamp | None = None) -> None:
        """Join what scores, and what an analysis calls it, with the numbers of the manifest."""
        self._scorer = scorer
        self.policy = policy
        self.stamp = stamp

    def chances(
        self, scope: Scope, assessments: Iterable[CodeAssessment], pack: RulePack
    ) -> dict[str, float] | None:
        """Return the probability of every code; what they leave to 1 is "none".

        Returns: None for a note that the model is not asked about (``considers`` in ``second_opinion.yaml``).
        """
        if not evaluate(pack.second_opinion.considers, scope).holds:
            return None
        rows = pair_features(scope, assessments, pack)
        if not rows:
            return None
        scores = self._scorer.score(tuple(rows.values()))
        return normalise(dict(zip(rows, scores, strict=True)))


def load_second_opinion(folder: Path, pack: RulePack) -> SecondOpinion:
    """Load a stored model: its manifest and its weights, with their hashes and answers checked; it needs no library of its own.

    Args:
        folder: Holds the manifest, the artifact and its weights.
        pack: The rules whose features the model is to see.

    Raises:
        ModelError: Something is missing or damaged, or the model was trained on other features.
    """
    manifest = read_manifest(folder)
    _check_features(manifest, pack)
    classifier = Classifier(folder, manifest)
    stamp = Stamp(version=manifest.version, hash=manifest.artifact.sha256[:_HASH_CHARS])
    return SecondOpinion(classifier, manifest.policy, stamp)


def _check_features(manifest: Manifest, pack: RulePack) -> None:
    stamp = manifest.features
    if stamp.version != pack.second_opinion.version or stamp.names != feature_names(pack):
        msg = (
            f"the learned model was trained on features {stamp.version}, the rules have features"
            f" {pack.second_opinion.version} or other names; run make train"
        )
        raise ModelError(msg)


def normalise(scores: Mapping[str, float]) -> dict[str, float]:
    """Turn one probability a code into probabilities that exclude each other, with room for "none".

    Each code weighs its odds and "none" weighs 1: what exactly this code, or no code, would have if the scores were independent.
    """
    least = 1e-6
    odds = {code: min(p, 1 - least) / (1 - min(p, 1 - least)) for code, p in scores.items()}
    whole = 1 + sum(odds.values())
    return {code: each / whole for code, each in odds.items()}


def none_share(chances: Mapping[str, float]) -> float:
    """Return the probability that no code is right."""
    return max(0.0, 1 - sum(chances.values()))


def opinion_of(chances: Mapping[str, float], policy: Policy) -> Opinion:
    """Say what the model would answer alone; between its two thresholds it abstains and leaves codes open."""
    code = max(chances, key=lambda each: (chances[each], each))
    none = none_share(chances)
    if none >= policy.none:
        return Opinion(code=None, decision=Decision.NONE, confidence=round(none, 4))
    if chances[code] >= policy.suggest:
        return Opinion(code=code, decision=Decision.SUGGEST, confidence=round(chances[code], 4))
    ranked = sorted(chances, key=lambda each: (-chances[each], each))
    left = tuple(each for each in ranked if chances[each] >= policy.open) or (code,)
    said = Opinion(code=None, decision=Decision.QUERY, confidence=0.0, open=left)
    return Opinion(
        code=None,
        decision=Decision.QUERY,
        confidence=round(support(said, chances), 4),
        open=left,
    )


def support(answer: Opinion, chances: Mapping[str, float]) -> float:
    """Say how well the probabilities carry an answer, from 0 to 1.

    For a code its probability, and for "none" what is left to 1. A question is carried when two of its codes are about equally
    probable: twice the second one, or the probability of its only code.
    """
    if answer.decision is Decision.SUGGEST and answer.code:
        return chances[answer.code]
    if answer.decision is Decision.NONE:
        return none_share(chances)
    ranked = sorted((chances[code] for code in answer.open), reverse=True)
    if not ranked:
        return none_share(chances)
    return 2 * ranked[1] if len(ranked) > 1 else ranked[0]


def confidence(share: float, policy: Policy) -> float:
    """Turn the support of an answer into the probability that it is right, as it was among the labelled notes."""
    kept = min(max(share, policy.clip), 1 - policy.clip)
    odds = policy.intercept + policy.slope * math.log(kept / (1 - kept))
    return 1 / (1 + math.exp(-odds))
