"""Where notes wait for the analyzer: one at a time, a bounded line, and a limit to patience."""

from __future__ import annotations

import asyncio
import dataclasses
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final

from scribe.errors import NoteError
from scribe.pipeline import AnalyzedNote, Analyzer, read_note
from scribe_api.audit_log import AuditLog
from scribe_api.errors import Problem, problem_of_note

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from scribe.rules.pack import RulePack
    from scribe_api.metrics import Metrics
    from scribe_api.settings import Settings

_RETRY: Final = {"Retry-After": "2"}


class Desk:
    """Takes notes, hands them to one analyzer on one thread, and refuses when the line is full."""

    def __init__(
        self, settings: Settings, metrics: Metrics, analyzer: Analyzer | None = None
    ) -> None:
        self._analyzer = analyzer or Analyzer()
        self._settings = settings
        self._metrics = metrics
        self._trail = AuditLog(settings.audit_file) if settings.audit_file else None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="analyze")
        self._taken = 0
        self._is_open = True

    @property
    def pack(self) -> RulePack:
        """The rules in use."""
        return self._analyzer.pack

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that the rules know."""
        return self._analyzer.codes

    @property
    def is_ready(self) -> bool:
        """Whether one more note would be taken."""
        return self._is_open and self._taken < self._settings.max_waiting

    def close(self) -> None:
        """Take nothing more and wait until everything that was taken is done."""
        self._is_open = False
        self._thread.shutdown(wait=True)

    async def analyze_text(
        self,
        text: str,
        *,
        note_id: str | None = None,
        as_of: date | None = None,
        format: str = "text",  # noqa: A002
    ) -> AnalyzedNote:
        """Analyse a text.

        Raises:
            Problem: The text cannot be used, the line is full, or it took too long.
        """

        def work() -> AnalyzedNote:
            # Messages name a note by its id, and an id from outside may be anything: it is given afterwards.
            analysis = self._analyzer.analyze(text, as_of=as_of, format=format)
            if note_id is None:
                return analysis
            return dataclasses.replace(
                analysis, note=dataclasses.replace(analysis.note, id=note_id)
            )

        return await self._queued(work)

    async def analyze_bytes(
        self, data: bytes, *, note_id: str | None = None, as_of: date | None = None
    ) -> AnalyzedNote:
        """Read a file of any format that scribe knows, and analyse it.

        Raises:
            Problem: The bytes cannot be used, the line is full, or it took too long.
        """

        def work() -> AnalyzedNote:
            note = read_note(data, name="the file")
            note = note if note_id is None else dataclasses.replace(note, id=note_id)
            return self._analyzer.analyze_note(note, as_of=as_of)

        return await self._queued(work)

    async def _queued(self, work: Callable[[], AnalyzedNote]) -> AnalyzedNote:
        if not self.is_ready:
            raise Problem(503, "Too many analyses are waiting; try again soon.", headers=_RETRY)

        def timed() -> AnalyzedNote:
            started = time.perf_counter()
            analysis = work()
            self._metrics.count_analysis(analysis, time.perf_counter() - started)
            return analysis

        self._take(1)
        future = asyncio.get_running_loop().run_in_executor(self._thread, timed)
        future.add_done_callback(self._finish)
        try:
            analysis = await asyncio.wait_for(asyncio.shield(future), self._settings.timeout_s)
        except TimeoutError:
            raise Problem(
                503, "The analysis took too long; try again, or send less.", headers=_RETRY
            ) from None
        except NoteError as error:
            raise problem_of_note(error) from None
        if self._trail:
            self._trail.append(analysis)
        return analysis

    def _finish(self, future: asyncio.Future[AnalyzedNote]) -> None:
        """Free the place, when the analysis ends and not when the request does, which may have given up before.

        The failure is looked at here, since asyncio would log one that nobody looked at with its message.
        """
        self._take(-1)
        if not future.cancelled():
            future.exception()

    def _take(self, number: int) -> None:
        self._taken += number
        self._metrics.waiting.set(self._taken)
