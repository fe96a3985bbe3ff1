"""Read operative notes of free bone flaps: what is documented, which code it supports, and what to ask the surgeon.

    import scribe

    analysis = scribe.analyze(text, note_id="case-17")
    analysis.suggestion.decision     # Decision.SUGGEST, QUERY or NONE
    analysis.to_dict()               # the JSON object of docs/contract.md

Importing this package loads no NLP library; the first analysis does.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from scribe.errors import NoteError, ScribeError
from scribe.types.analysis import Analysis

if TYPE_CHECKING:
    from scribe.pipeline import AnalyzedNote, Analyzer

__version__ = "0.1.0"
__all__ = ["Analysis", "Analyzer", "NoteError", "ScribeError", "__version__", "analyze"]


def analyze(text: str, *, note_id: str | None = None) -> AnalyzedNote:
    """Analyse one operative note with the rules that come with scribe.

    The first call builds the analyzer, which takes a second or two; later calls share it.

    Args:
        text: The whole note. Offsets in the result count its code points.
        note_id: How the result calls the note; without one, the first 12 hex digits of the hash of the text.

    Returns:
        The analysis; ``to_dict()`` gives the JSON object of ``docs/contract.md``.

    Raises:
        NoteError: The text is empty or larger than 10 MiB.
        TypeError: It is no string; ``scribe.pipeline.read_note`` reads the bytes of a file, for ``Analyzer().analyze_note``.
    """
    return _shared_analyzer().analyze(text, note_id=note_id)


@cache
def _shared_analyzer() -> Analyzer:
    from scribe.pipeline import Analyzer

    return Analyzer()


def __getattr__(name: str) -> Any:
    if name == "Analyzer":
        from scribe.pipeline import Analyzer

        return Analyzer
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)
