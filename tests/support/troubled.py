"""An analyzer that gets into trouble when a note says so: what a worker process has to survive."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any

from scribe.pipeline import AnalyzedNote, Analyzer

if TYPE_CHECKING:
    from scribe.types.note import Note

FAILS, HANGS, DIES, GROWS = "fails here", "hangs here", "dies here", "grows here"
_LONG_S = 600
_MUCH = 48 * 1024 * 1024


class TroubledAnalyzer(Analyzer):
    """The real analyzer, but for notes that ask for trouble."""

    def analyze_note(self, note: Note, **more: Any) -> AnalyzedNote:
        """Get into trouble, or analyse."""
        text = note.text
        if FAILS in text:
            raise ValueError(text)
        if HANGS in text:
            time.sleep(_LONG_S)
        if DIES in text:
            os._exit(1)
        if GROWS in text:
            self.kept = b"x" * _MUCH
        return super().analyze_note(note, **more)
