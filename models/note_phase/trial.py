"""An analyzer whose sentences without a heading get a learned phase: what is tried, in the place of scribe's own parser."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from models.note_phase.sentences import phase_features
from scribe.parse.nlp import Parser, build_parser
from scribe.pipeline import Analyzer

if TYPE_CHECKING:
    from models.note_phase.learner import PhaseModel
    from scribe.rules.pack import RulePack
    from scribe.types.mention import ParsedNote, Sentence
    from scribe.types.note import Note

_SECTIONS: Final = {
    "title": "procedure",
    "history": "indications",
    "plan": "plan",
    "today": "description",
}
_UNNAMED: Final = frozenset({"title", "history", "plan", "today", "loose"})
"""Frames that the rules infer for sentences without a heading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What a model may do to the phases that the rules infer.

    Attributes:
        least: Probability from which another phase takes the place of the rules'; above 1 is never, 0 is the model alone.
        moves: Phases of the rules and of the model between which that is done; empty for all.
    """

    least: float
    moves: frozenset[tuple[str, str]] = frozenset()


RULES_ALONE: Final = Policy(least=2.0)


class PhaseParser:
    """Scribe's parser, and after it the learned phase of each sentence that no heading governs."""

    def __init__(self, parser: Parser) -> None:
        """Begin without a model: everything stays as the rules say."""
        self._parser = parser
        self.model: PhaseModel | None = None
        self.policy = RULES_ALONE

    def parse(self, note: Note) -> ParsedNote:
        """Divide a note, and let the model speak where it is sure enough."""
        parsed = self._parser.parse(note)
        if self.model is None or self.policy is RULES_ALONE or not parsed.sentences:
            return parsed
        chances = self.model.chances(phase_features(parsed.sentences))
        headed = _headed(parsed)
        sentences = tuple(
            sentence if sentence.index in headed else self._told(sentence, told, parsed)
            for sentence, told in zip(parsed.sentences, chances, strict=True)
        )
        return replace(parsed, sentences=sentences)

    def _told(self, sentence: Sentence, told: dict[str, float], parsed: ParsedNote) -> Sentence:
        phase = max(told, key=lambda each: told[each])
        said = "today" if sentence.frame == "loose" else sentence.frame
        policy = self.policy
        is_free = not policy.moves or (said, phase) in policy.moves
        if sentence.frame not in _UNNAMED or phase == said:
            return sentence
        if told[phase] < policy.least or not is_free:
            return sentence
        section = sentence.section if parsed.has_headings else _SECTIONS.get(phase)
        return replace(sentence, frame=phase, section=section)


def _headed(parsed: ParsedNote) -> frozenset[int]:
    """Return the sentences that stand under a heading that the rules know."""
    named = [(s.heading_start, s.end) for s in parsed.sections if s.name]
    return frozenset(
        sentence.index
        for sentence in parsed.sentences
        if any(start <= sentence.start < end for start, end in named)
    )


class PhaseTrial(Analyzer):
    """An analyzer with such a parser."""

    def __init__(self, pack: RulePack) -> None:
        """Build both; the learned parts that scribe ships are in it, as a user has them."""
        super().__init__(pack)
        self.phases = PhaseParser(build_parser(pack.language))
        self.parser = self.phases  # type: ignore[assignment]
