"""Notes that contradict themselves: one that is all clear about the skin, with a sentence of another author that says the opposite.

People's notes contradict themselves seldom, and mostly a rule misread one of the two sentences. An arbiter that learned from these alone
settles true contradictions, too.
"""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from scribe.types.fact import Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scribe.evaluate.labels import Label, LabelledNote
    from scribe.rules.pack import RulePack

COUNT: Final = 60
"""So many are learned from; more of them, and the arbiter settles nothing any more."""
_SEED: Final = 7
_COMPOSITION, _PADDLE = "flap.composition", "skin_paddle"
_WITH_SKIN, _BONE_ONLY = "osteocutaneous", "bone only"
_OPENERS: Final = ("ADDENDUM: ", "Addendum. ", "", "Summary: ", "Attestation: ")
_BEHIND: Final = 0.45
"""Share of the sentences that are put behind the note; the others stand in its second half."""
_HALFWAY: Final = 0.4
_LONGEST: Final = 260
_STOP: Final = re.compile(r"\.(?=\s|$)|\n")


class Contradiction(NamedTuple):
    """A note that contradicts itself about skin, with the voice that it is of."""

    voice: str
    text: str


def contradictions(notes: Sequence[LabelledNote], pack: RulePack) -> list[Contradiction]:
    """Return notes with a code into which a sentence was put that says the opposite of what they say of skin; always the same."""
    chance = random.Random(_SEED)  # noqa: S311 (nothing is kept secret by it)
    told = [
        (note, has_skin, list(_sentences(note, has_skin=has_skin)))
        for note in notes
        if note.labels.code is not None
        for has_skin in (pack.codes[note.labels.code].skin,)
    ]
    said = {
        skin: [(note.voice, each) for note, has, own in told if has is skin for each in own]
        for skin in (True, False)
    }
    clear = [(note, has_skin) for note, has_skin, own in told if own]
    chosen = chance.sample(clear, min(COUNT, len(clear)))
    return [
        Contradiction(
            note.voice, _put_in(note.note.text, _pick(said[not has], note, chance), chance)
        )
        for note, has in chosen
    ]


def _pick(said: Sequence[tuple[str, str]], note: LabelledNote, chance: random.Random) -> str:
    return chance.choice([each for voice, each in said if voice != note.voice])


def _sentences(note: LabelledNote, *, has_skin: bool) -> Iterator[str]:
    """Yield the sentences of a note that say outright that skin was taken, or that none was."""
    for label in note.labels.facts:
        if label.quote and _says(label, has_skin=has_skin):
            sentence = _around(note.note.text, label.quote)
            if 0 < len(sentence) <= _LONGEST:
                yield sentence


def _says(label: Label, *, has_skin: bool) -> bool:
    if label.name == _COMPOSITION:
        meant = _WITH_SKIN if has_skin else _BONE_ONLY
        return label.status is Status.PRESENT and label.value == meant
    status = Status.PRESENT if has_skin else Status.ABSENT
    return label.name == _PADDLE and label.status is status


def _around(text: str, quote: str) -> str:
    """Return the sentence in which a quote stands."""
    at = text.find(quote)
    stops = [stop.end() for stop in _STOP.finditer(text, 0, at)]
    behind = _STOP.search(text, at + len(quote))
    end = behind.start() if behind else len(text)
    return text[stops[-1] if stops else 0 : end].strip(" -*•\t\n.")


def _put_in(text: str, sentence: str, chance: random.Random) -> str:
    """Return a note with one sentence more, behind it or in its second half."""
    stops = [stop.end() for stop in _STOP.finditer(text, int(len(text) * _HALFWAY))]
    if not stops or chance.random() < _BEHIND:
        return f"{text.rstrip()}\n\n{chance.choice(_OPENERS)}{sentence}.\n"
    at = chance.choice(stops)
    return f"{text[:at]} {sentence}. {text[at:].lstrip(' ')}"
