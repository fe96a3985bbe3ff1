"""One analysis as it is handed to a worker process, and what comes back."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

from scribe.pipeline import AnalyzedNote, note_from_text, read_note

if TYPE_CHECKING:
    from scribe.pipeline import Analyzer


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What to analyse.

    Attributes:
        source: The text of a note, or the bytes of a file of any format that scribe reads.
        note_id: How the result calls the note; None for the first digits of its hash.
        as_of: Date of service that picks the rules; None for the newest.
    """

    source: str | bytes = field(repr=False)
    note_id: str | None = None
    as_of: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a worker answers.

    Attributes:
        analysis: The analysis.
        seconds: How long it took, without the way to the worker and back.
        held_mb: The memory that the worker holds afterwards, in MB.
    """

    analysis: AnalyzedNote = field(repr=False)
    seconds: float
    held_mb: float


# Analysed by every worker before it takes its first job, which warms its caches; also the example of the OpenAPI document.
EXAMPLE: Final = Job(
    source=(
        "PROCEDURE: Free osteocutaneous transfer of the left second metatarsal to the right calcaneus.\n"
        "DESCRIPTION: A 6 x 4 cm skin paddle and a 4 cm segment of the left second metatarsal were raised on the dorsalis pedis "
        "artery. Under the microscope the artery was anastomosed end-to-side to the posterior tibial artery with 9-0 nylon."
    ),
    note_id="case-17",
)


def perform(analyzer: Analyzer, job: Job) -> AnalyzedNote:
    """Do one job.

    Raises:
        NoteError: The note cannot be used; the message names it as "the note" or "the file" and never by its id, which may
            be anything when it comes from outside.
    """
    sent = job.source
    note = read_note(sent, name="the file") if isinstance(sent, bytes) else note_from_text(sent)
    if job.note_id is not None:
        note = dataclasses.replace(note, id=job.note_id)
    return analyzer.analyze_note(note, as_of=job.as_of)
