"""Phases by the rules, by a model, and both: each on notes of a voice that the model was not fitted on.

``python -m models.note_phase.ablation`` measures, and writes ``metrics.json`` and the figures of the README; ``--measure`` writes
nothing; ``--real FOLDER`` also prints how the phases of real notes are told, and writes nothing of that.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from models.labelled import (
    by_voice,
    judge_notes,
    labelled_notes,
    user_figures,
    voices_of,
)
from models.note_phase.learner import fit
from models.note_phase.real import OpenParser, read_real
from models.note_phase.report import PAGE
from models.note_phase.sentences import PHASES, Phased, phased, section_reader, without_headings
from models.note_phase.trial import RULES_ALONE, PhaseTrial, Policy
from models.voices import HELD_OUT, TUNED, hash_voices
from scribe.evaluate.labels import LabelledNote, Split
from scribe.parse.nlp import build_parser
from scribe.pipeline import note_from_text
from scribe.rules.pack import load_pack

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from models.note_phase.learner import PhaseModel
    from scribe.parse.nlp import Parser
    from scribe.rules.language import Language

METRICS: Final = Path(__file__).resolve().parent / "metrics.json"
POLICIES: Final = {
    "rules alone": RULES_ALONE,
    "model alone": Policy(least=0.0),
    "both, model from 0.9": Policy(least=0.9),
    "both, model from 0.95": Policy(least=0.95),
    "both, model from 0.99": Policy(least=0.99),
    "both, today to history from 0.95": Policy(least=0.95, moves=frozenset({("today", "history")})),
    "both, today to history, title or plan from 0.95": Policy(
        least=0.95, moves=frozenset({("today", "history"), ("today", "title"), ("today", "plan")})
    ),
}
_UNSAID: Final = "admin"
"""Phase that the rules do not infer, so that they cannot be judged by it."""
_SAME: Final = {"loose": "today"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """The notes of a group.

    Attributes:
        unheaded: Those written without headings.
        headed: The others, as they are.
        bare: These without their headings.
        phased: The sentences of the bare ones, with the phases that the headings told.
        by_rules: What the rules infer for those sentences.
    """

    unheaded: tuple[LabelledNote, ...]
    headed: tuple[LabelledNote, ...]
    bare: tuple[LabelledNote, ...]
    phased: tuple[Phased, ...]
    by_rules: tuple[tuple[str, ...], ...]


def main() -> None:
    """Measure, write; print the figures."""
    parser = argparse.ArgumentParser(
        prog="python -m models.note_phase.ablation", description=__doc__
    )
    parser.add_argument("--measure", action="store_true", help="print the figures, write nothing")
    parser.add_argument("--real", type=Path, metavar="FOLDER", help="also measure on these notes")
    options = parser.parse_args()
    pack = load_pack()
    language = pack.language
    reader = build_parser(language)
    tuned = read_notes(labelled_notes(Split.TUNED, pack), reader, language)
    held_out = read_notes(labelled_notes(Split.HELD_OUT, pack), reader, language)
    voices = voices_of((*tuned.unheaded, *tuned.headed))
    models = {v: fit([each for each in tuned.phased if each.voice != v]) for v in voices}
    whole = fit(tuned.phased)
    trial = PhaseTrial(pack)
    metrics: dict[str, Any] = {
        "rules": {"version": pack.version, "hash": pack.hash},
        "data": {"tuned": hash_voices(TUNED), "held_out": hash_voices(HELD_OUT)},
        "voices": len(voices),
        "sentences": sentence_figures(
            tuned.phased, tuned.by_rules, lambda note: models[note.voice]
        ),
        "tuned": _user(trial, tuned, lambda note: models[note.voice]),
        "held_out": _user(trial, held_out, lambda _: whole),
    }
    if not options.measure:
        METRICS.write_text(json.dumps(metrics, indent=1) + "\n", "utf-8")
        PAGE.write()
    if options.real:
        metrics["real"] = _real(options.real, language, whole)
    sys.stdout.write(json.dumps(metrics, indent=1) + "\n")


def read_notes(notes: Sequence[LabelledNote], parser: Parser, language: Language) -> Notes:
    """Divide labelled notes, and take the headings out of those that have any."""
    sections = section_reader(language)
    headed, bare, sentences, by_rules = [], [], [], []
    for note in notes:
        if not parser.parse(note.note).has_headings:
            continue
        stripped = without_headings(note.note.text, sections)
        plain = note_from_text(stripped.text, note_id=note.note.id)
        parsed = parser.parse(plain)
        headed.append(note)
        bare.append(replace(note, note=plain))
        sentences.append(phased(note.voice, parsed, stripped, note.note.text, sections))
        by_rules.append(tuple(_SAME.get(s.frame, s.frame) for s in parsed.sentences))
    return Notes(
        unheaded=tuple(note for note in notes if note not in headed),
        headed=tuple(headed),
        bare=tuple(bare),
        phased=tuple(sentences),
        by_rules=tuple(by_rules),
    )


def sentence_figures(
    notes: Sequence[Phased],
    by_rules: Sequence[Sequence[str]],
    model_of: Callable[[Phased], PhaseModel],
) -> dict[str, dict[str, int]]:
    """Count sentences by the phase that their heading told, and how many rules and model have right."""
    told: dict[str, dict[str, int]] = {
        phase: {"sentences": 0, "rules": 0, "model": 0} for phase in PHASES if phase != _UNSAID
    }
    for note, inferred in zip(notes, by_rules, strict=True):
        chances = model_of(note).chances(note.rows)
        for phase, rules, said in zip(note.phases, inferred, chances, strict=True):
            if phase in told:
                told[phase]["sentences"] += 1
                told[phase]["rules"] += rules == phase
                told[phase]["model"] += max(said, key=lambda each: said[each]) == phase
    return told


def _user(
    trial: PhaseTrial, notes: Notes, model_of: Callable[[LabelledNote], PhaseModel]
) -> dict[str, Any]:
    """Return what a user would get, by set of notes and contender."""
    told: dict[str, Any] = {}
    for name in ("unheaded", "headed", "bare"):
        some = getattr(notes, name)
        told[name] = {"notes": len(some)}
        for contender, policy in POLICIES.items():
            trial.phases.policy = policy
            outcomes = []
            for _, own in by_voice(some):
                trial.phases.model = model_of(own[0])
                outcomes += judge_notes(trial, own)
            told[name][contender] = user_figures(outcomes)
    return told


def _real(folder: Path, language: Language, model: PhaseModel) -> dict[str, dict[str, int]]:
    """Return how the phases of real notes are told by a model of made-up ones; totals only."""
    import spacy

    parser = OpenParser(spacy.blank("en"), language)
    read = read_real(folder, parser, section_reader(language))
    notes = [note for note, _ in read]
    inferred = [[_SAME.get(frame, frame) for frame in frames] for _, frames in read]
    return sentence_figures(notes, inferred, lambda _: model)


if __name__ == "__main__":
    main()
