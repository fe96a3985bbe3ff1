"""Real notes from a folder of one's own, for measuring only: nothing of them is written, printed or kept."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from models.note_phase.sentences import phased, without_headings
from scribe.parse.nlp import Parser
from scribe.pipeline import note_from_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from models.note_phase.sentences import Phased
    from scribe.parse.sections import SectionReader

VOICE = "real"


class OpenParser(Parser):
    """A parser that reads every operation, not only those that may concern the family."""

    def _may_concern(self, text: str) -> bool:  # noqa: ARG002
        return True


def read_real(
    folder: Path, parser: OpenParser, sections: SectionReader
) -> list[tuple[Phased, tuple[str, ...]]]:
    """Return the sentences of real notes with the phases that their headings tell, and those that the rules infer without them.

    Args:
        folder: Holds ``*.txt``, or ``*.jsonl`` with a ``text`` on each line.
        parser: Divides them.
        sections: Finds headings.
    """
    notes = []
    for text in _texts(folder):
        bare = without_headings(text, sections)
        parsed = parser.parse(note_from_text(bare.text, note_id=VOICE))
        made = phased(VOICE, parsed, bare, text, sections)
        notes.append((made, tuple(sentence.frame for sentence in parsed.sentences)))
    return notes


def _texts(folder: Path) -> Iterator[str]:
    for path in sorted(folder.glob("*.txt")):
        yield path.read_bytes().decode("utf-8")
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            yield json.loads(line)["text"]
