"""An analyzer that gets into trouble when a note says so: what a worker process has to survive."""

from __future__ import annotations

import os
import time
from typing import Any

from scribe.pipeline import AnalyzedNote, Analyzer

FAILS, HANGS, DIES, GROWS = "fails here", "hangs here", "dies here", "grows here"
_LONG_S = 600
_MUCH = 48 * 1024 * 1024


class TroubledAnalyzer(Analyzer):
    """The real analyzer, but for notes that ask for trouble."""

    def analyze(self, text: str, **more: Any) -> AnalyzedNote:
        """Get into trouble, or analyse."""
        if FAILS in text:
            raise ValueError(text)
        if HANGS in text:
            time.sleep(_LONG_S)
        if DIES in text:
            os._exit(1)
        if GROWS in text:
            self.kept = b"x" * _MUCH
        return super().analyze(text, **more)
