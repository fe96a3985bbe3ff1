"""Ask scribe how a phrase is meant: by its context mechanism, and by the facts that it makes of the phrase.

scribe reads notes, not sentences, so each probe stands in a short note that is the same for all probes of a kind: headed,
or dictated without headings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.context.probes import NO_FACT, Probe
from scribe.extract.engine import build_extractor
from scribe.extract.status import resolve_status
from scribe.parse.nlp import build_parser
from scribe.read.reader import note_from_text
from scribe.rules.pack import load_pack
from scribe.types.fact import Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scribe.types.fact import Fact
    from scribe.types.mention import ParsedNote, Sentence

_HEADED = """PROCEDURE: Free second metatarsal flap from the left foot to the right radius.
DESCRIPTION OF PROCEDURE: The metatarsal was raised on the dorsalis pedis artery and the pedicle was divided. \
The flap artery was joined end-to-end to the radial artery.
"""
_DICTATED = (
    "this is a free second metatarsal flap from the left foot to the right radius period the metatarsal was raised on "
    "the dorsalis pedis artery period the pedicle was divided period the bone was fixed in the forearm period "
    "the flap artery was joined end to end to the radial artery period "
)
_FRAMES = frozenset({"today", "loose"})


class ScribeAnswers:
    """scribe, asked about one phrase at a time."""

    def __init__(self) -> None:
        """Load the rules and the language engine."""
        language = load_pack().language
        self._statuses = language.context.statuses
        self._parser = build_parser(language)
        self._extractor = build_extractor(language)

    def context(self, probe: Probe) -> str:
        """Return the status that the context of the phrase gives, whatever the phrase is."""
        parsed, shift = self._parsed(probe)
        start, end = probe.start + shift, probe.end + shift
        sentence = next(
            (s for s in parsed.sentences if any(i.start < end and i.end > start for i in s.items)),
            None,
        )
        if sentence is None or _is_void(sentence, start, end):
            return NO_FACT
        status = resolve_status(
            sentence,
            start,
            end,
            frames=_FRAMES,
            statuses=self._statuses,
            placeholders=parsed.placeholders,
        )
        return status.value if status else NO_FACT

    def fact(self, probe: Probe) -> str:
        """Return the status of the fact that scribe makes of the phrase; ``present`` when one of several is present."""
        parsed, shift = self._parsed(probe)
        told = _told(self._extractor.extract(parsed), probe, shift)
        if Status.PRESENT.value in told:
            return Status.PRESENT.value
        return told[0] if told else NO_FACT

    def _parsed(self, probe: Probe) -> tuple[ParsedNote, int]:
        lead = _DICTATED if probe.voice == "dictated" else _HEADED
        return self._parser.parse(note_from_text(lead + probe.text + "\n")), len(lead)


def _is_void(sentence: Sentence, start: int, end: int) -> bool:
    """Tell whether a spoken self-correction took every word of the phrase back."""
    return all(i.void for i in sentence.items if i.start < end and i.end > start)


def _told(facts: Iterable[Fact], probe: Probe, shift: int) -> list[str]:
    return [
        fact.status.value
        for fact in facts
        if fact.name == probe.fact
        and any(e.start < probe.end + shift and e.end > probe.start + shift for e in fact.evidence)
    ]
