"""Rules alone, a learned status of mentions alone, and both: each on notes of a voice that the model was not fitted on.

``python -m models.mention_status.ablation`` measures, and writes ``metrics.json`` and the figures of the README; ``--measure`` writes
nothing.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from models.labelled import (
    by_voice,
    fact_figures,
    judge_notes,
    labelled_notes,
    user_figures,
    voices_of,
)
from models.mention_status.learner import every_feature, fit, without_rules
from models.mention_status.mentions import read_mentions
from models.mention_status.report import PAGE
from models.mention_status.roles import read_roles
from models.mention_status.trial import MODEL_ALONE, RULES_ALONE, Policy, RoleTrial, StatusTrial
from models.voices import TUNED, hash_voices
from scribe.evaluate.labels import Split
from scribe.parse.nlp import build_parser
from scribe.rules.pack import load_pack
from scribe.types.fact import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.mention_status.learner import Chances, StatusModel
    from models.mention_status.mentions import Mention
    from scribe.evaluate.labels import LabelledNote
    from scribe.types.mention import ParsedNote

METRICS: Final = Path(__file__).resolve().parent / "metrics.json"
VETOES: Final = (0.05, 0.1, 0.2, 0.3, 0.5)
RESCUES: Final = (0.99, 0.95, 0.9)
ROLE_LEAST: Final = (0.9, 0.95, 0.99)
ROLE_FACTS: Final = (
    "donor.site",
    "donor.metatarsal",
    "donor.side",
    "recipient.site",
    "recipient.side",
)

Models = dict[str, "StatusModel"]
"""By the voice that each was fitted without."""


def main() -> None:
    """Measure, write; print the figures."""
    parser = argparse.ArgumentParser(
        prog="python -m models.mention_status.ablation", description=__doc__
    )
    parser.add_argument("--measure", action="store_true", help="print the figures, write nothing")
    options = parser.parse_args()
    pack = load_pack()
    notes = labelled_notes(Split.TUNED, pack)
    language = pack.language
    reader = build_parser(language)
    mentions = read_mentions([(note, reader.parse(note.note)) for note in notes], language)
    voices = voices_of(notes)
    alone = {v: fit([m for m in mentions if m.voice != v], without_rules) for v in voices}
    both = {v: fit([m for m in mentions if m.voice != v], every_feature) for v in voices}
    told = {"model": _ask(alone, mentions), "both": _ask(both, mentions)}
    metrics: dict[str, Any] = {
        "rules": {"version": pack.version, "hash": pack.hash},
        "data": hash_voices(TUNED),
        "voices": len(voices),
        "notes": len(notes),
        "mentions": mention_figures(mentions, told),
        "present_or_not": present_or_not(mentions, told),
        "thresholds": {
            name: {
                "veto": {str(least): _vetoed(mentions, said, least) for least in VETOES},
                "rescue": {str(least): _rescued(mentions, said, least) for least in RESCUES},
            }
            for name, said in told.items()
        },
        "user": _user(StatusTrial(pack), notes, alone, both),
        "roles": _roles(RoleTrial(pack), [(n, reader.parse(n.note)) for n in notes]),
    }
    if not options.measure:
        METRICS.write_text(json.dumps(metrics, indent=1) + "\n", "utf-8")
        PAGE.write()
    sys.stdout.write(json.dumps(metrics, indent=1) + "\n")


def _ask(models: Models, mentions: Sequence[Mention]) -> list[Chances]:
    """Return what the model without its voice says of each mention, in their order."""
    by_voice = {
        voice: iter(model.chances([m.features for m in mentions if m.voice == voice]))
        for voice, model in models.items()
    }
    return [next(by_voice[each.voice]) for each in mentions]


def mention_figures(mentions: Sequence[Mention], told: dict[str, list[Chances]]) -> dict[str, Any]:
    """Count mentions by label, and how many of them each contender has right."""
    labels = sorted({each.status for each in mentions})
    return {
        "labelled": {label: sum(m.status == label for m in mentions) for label in labels},
        "right": {
            name: {
                label: sum(
                    m.status == label and _same(m.status, a)
                    for m, a in zip(mentions, said, strict=True)
                )
                for label in labels
            }
            for name, said in _answers(mentions, told).items()
        },
    }


def present_or_not(mentions: Sequence[Mention], told: dict[str, list[Chances]]) -> dict[str, int]:
    """Count the mentions of which each contender knows whether they are present; nothing more reaches a user in most cases."""
    return {
        name: sum(
            (m.status == Status.PRESENT) == (a == Status.PRESENT)
            for m, a in zip(mentions, said, strict=True)
        )
        for name, said in _answers(mentions, told).items()
    }


def _answers(mentions: Sequence[Mention], told: dict[str, list[Chances]]) -> dict[str, list[str]]:
    best = {name: [max(c, key=lambda s: c[s]) for c in said] for name, said in told.items()}
    return {"rules": [each.rules for each in mentions], **best}


def _same(label: str, answer: str) -> bool:
    return answer == label or (label, answer) == ("elsewhere", "dropped")


def _vetoed(mentions: Sequence[Mention], told: Sequence[Chances], least: float) -> dict[str, int]:
    hit = [
        m.status == Status.PRESENT
        for m, chances in zip(mentions, told, strict=True)
        if m.rules == Status.PRESENT and chances[Status.PRESENT] < least
    ]
    return {"wrong_prevented": len(hit) - sum(hit), "right_lost": sum(hit)}


def _rescued(mentions: Sequence[Mention], told: Sequence[Chances], least: float) -> dict[str, int]:
    hit = [
        m.status == Status.PRESENT
        for m, chances in zip(mentions, told, strict=True)
        if m.rules != Status.PRESENT and chances[Status.PRESENT] >= least
    ]
    return {"right_won": sum(hit), "wrong_added": len(hit) - sum(hit)}


def _user(
    trial: StatusTrial, notes: Sequence[LabelledNote], alone: Models, both: Models
) -> dict[str, dict[str, float | None]]:
    """Return what a user would get of each contender."""
    runs: dict[str, tuple[Policy, Models]] = {
        "rules alone": (RULES_ALONE, both),
        "model alone": (MODEL_ALONE, alone),
        **{f"both, veto below {least}": (Policy(veto=least), both) for least in VETOES},
        **{f"both, rescue from {least}": (Policy(rescue=least), both) for least in RESCUES},
    }
    told = {}
    for name, (policy, models) in runs.items():
        trial.judge.policy = policy
        outcomes = []
        for voice, own in by_voice(notes):
            trial.judge.model = models[voice]
            outcomes += judge_notes(trial, own)
        told[name] = user_figures(outcomes)
    return told


def _roles(trial: RoleTrial, notes: Sequence[tuple[LabelledNote, ParsedNote]]) -> dict[str, Any]:
    """Measure learned roles: of single bones and places, and what a user would get."""
    mentions = read_roles(notes, trial.extractor)
    voices = voices_of(note for note, _ in notes)
    models = {v: fit([m for m in mentions if m.voice != v], without_rules) for v in voices}
    told = _ask(models, mentions)
    runs = {
        "rules alone": 2.0,
        "model wherever it names a role": 0.0,
        **{f"both, model from {least}": least for least in ROLE_LEAST},
    }
    user = {}
    for name, least in runs.items():
        trial.judge.least = least
        outcomes = []
        for voice, own in by_voice(note for note, _ in notes):
            trial.judge.model = models[voice]
            outcomes += judge_notes(trial, own)
        user[name] = {**fact_figures(outcomes, ROLE_FACTS), **user_figures(outcomes)}
    return {"mentions": mention_figures(mentions, {"model": told}), "user": user}


if __name__ == "__main__":
    main()
