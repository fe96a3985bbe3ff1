"""The task: one content in, one answer out. Every engine runs this and nothing else, so that all give the same results."""

from __future__ import annotations

import gc
import json
import warnings
from functools import cache
from typing import TYPE_CHECKING

from scribe.batch.item import Answer, Job, Settings, failed
from scribe.batch.row import make_row
from scribe.discretion import fault_of, printable
from scribe.errors import NoteError
from scribe.render.as_json import as_json

if TYPE_CHECKING:
    from scribe.pipeline import Analyzer


@cache
def analyzer() -> Analyzer:
    """Return the analyzer of this process; the first call builds it."""
    from scribe.pipeline import Analyzer

    warnings.simplefilter("ignore")  # libraries warn about text that they read
    built = Analyzer()
    gc.collect()
    gc.freeze()  # rules and models live as long as the process: the collector need not walk them again
    return built


def answer(job: Job, settings: Settings) -> Answer:
    """Analyse one content; whatever goes wrong is an answer, too.

    Args:
        job: What to analyse.
        settings: What is wanted beside the analysis.
    """
    try:
        return _analyse(job, settings)
    except NoteError as error:
        return failed(job, type(error).__name__, str(error))
    except Exception as error:  # noqa: BLE001 - whatever it is, its message may hold words of the note
        fault = fault_of(error)
        return failed(job, fault.name, fault.message)


def _analyse(job: Job, settings: Settings) -> Answer:
    from scribe.pipeline import read_note

    note = read_note(job.content, note_id=job.note_id, name=printable(job.place))
    analysis = analyzer().analyze_note(note)
    row = make_row(analysis)
    page = None
    if settings.reports == "all" or (settings.reports == "worklist" and row["gap"]):
        from scribe.render.as_html import as_html

        page = as_html(analysis)
    return Answer(
        digest=job.digest,
        note_id=note.id,
        line=as_json(analysis, indent=None),
        row=json.dumps(row, ensure_ascii=False),
        page=page,
        text=note.text if settings.keeps_text else None,
    )
