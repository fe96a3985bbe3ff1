"""Where notes wait for the processes that analyse: a bounded line, and a limit to patience."""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final

from scribe.errors import NoteError
from scribe_api.audit_log import AuditLog
from scribe_api.crew import AnalysisLate, CrewError, WorkerLost
from scribe_api.errors import Problem, problem_of_note
from scribe_api.job import Done, Job
from scribe_api.spool import SpoolError

if TYPE_CHECKING:
    from datetime import date

    from scribe.pipeline import AnalyzedNote
    from scribe.rules.pack import RulePack
    from scribe_api.courier import Courier
    from scribe_api.crew import Crew
    from scribe_api.metrics import Metrics
    from scribe_api.settings import Settings

LOGGER: Final = logging.getLogger(__name__)
_RETRY: Final = {"Retry-After": "2"}
_LATE: Final = "The analysis took too long and was stopped; try again, or send less."
_UNKEPT: Final = (
    "The result cannot be kept for its receivers; nothing was pushed, so send the note again later."
)
_LOST: Final = "The process that analysed the note died, perhaps for want of memory; send less."


class Desk:
    """Takes notes, hands each to a free process of the crew, and refuses when the line is full."""

    def __init__(
        self, settings: Settings, metrics: Metrics, crew: Crew, courier: Courier | None = None
    ) -> None:
        """Open; crew and courier have been started, and are closed by who started them."""
        self._crew = crew
        self._courier = courier
        self._settings = settings
        self._metrics = metrics
        self._trail = AuditLog(settings.audit_file) if settings.audit_file else None
        # A thread for each process: all that a thread does is to wait for its answer.
        self._threads = ThreadPoolExecutor(max_workers=crew.size, thread_name_prefix="analyze")
        self._turns = asyncio.Semaphore(crew.size)
        self._taken = 0
        self._is_open = True

    @property
    def pack(self) -> RulePack:
        """The rules in use."""
        return self._crew.pack

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that the rules know."""
        return tuple(self._crew.pack.codes)

    @property
    def is_ready(self) -> bool:
        """Whether one more note would be taken."""
        return self._is_open and self._taken < self._settings.max_waiting

    def close(self) -> None:
        """Take nothing more and wait until everything that was taken is done."""
        self._is_open = False
        self._threads.shutdown(wait=True)

    async def analyze_text(
        self,
        text: str,
        *,
        note_id: str | None = None,
        as_of: date | None = None,
        is_final: bool = False,
    ) -> AnalyzedNote:
        """Analyse a text.

        Args:
            text: The text.
            note_id: How the result calls the note.
            as_of: Date of service that picks the rules.
            is_final: Push the result to the receivers, if there are any: not while somebody is typing.

        Raises:
            Problem: The text cannot be used, the line is full, or it took too long.
        """
        job = Job(source=text, note_id=note_id, as_of=as_of)
        return await self._queued(job, is_final=is_final)

    async def analyze_bytes(
        self,
        data: bytes,
        *,
        note_id: str | None = None,
        as_of: date | None = None,
        is_final: bool = False,
    ) -> AnalyzedNote:
        """Read a file of any format that scribe knows, and analyse it; arguments are as for a text.

        Raises:
            Problem: The bytes cannot be used, the line is full, or it took too long.
        """
        job = Job(source=data, note_id=note_id, as_of=as_of)
        return await self._queued(job, is_final=is_final)

    async def _queued(self, job: Job, *, is_final: bool) -> AnalyzedNote:
        if not self.is_ready:
            raise Problem(503, "Too many analyses are waiting; try again soon.", headers=_RETRY)
        await self._turn()
        future = asyncio.get_running_loop().run_in_executor(self._threads, self._crew.run, job)
        future.add_done_callback(self._finish)
        try:
            done = await asyncio.shield(future)
        except NoteError as error:
            raise problem_of_note(error) from None
        except AnalysisLate:
            raise Problem(503, _LATE, headers=_RETRY) from None
        except WorkerLost:
            raise Problem(500, _LOST) from None
        except CrewError as error:
            LOGGER.error("%s", error)
            raise Problem(503, "Nobody is there to analyse; see the log.", headers=_RETRY) from None
        self._metrics.count_analysis(done.analysis, done.seconds)
        if self._trail:
            await asyncio.to_thread(self._trail.append, done.analysis)
        if self._courier and is_final:
            await self._push(self._courier, done.analysis)
        return done.analysis

    async def _push(self, courier: Courier, analysis: AnalyzedNote) -> None:
        try:
            await courier.push(analysis)
        except SpoolError as error:
            LOGGER.error("a result cannot be kept for its receivers: %s", error)
            raise Problem(503, _UNKEPT, headers=_RETRY) from None

    async def _turn(self) -> None:
        """Take a place in the line, and wait until a process is free.

        Raises:
            Problem: None was free in time.
        """
        self._take(1)
        try:
            async with asyncio.timeout(self._settings.timeout_s):
                await self._turns.acquire()
        except TimeoutError:
            self._take(-1)
            raise Problem(503, "No analyzer was free in time.", headers=_RETRY) from None
        except BaseException:
            self._take(-1)
            raise

    def _finish(self, future: asyncio.Future[Done]) -> None:
        """Free the place, when the analysis ends and not when the request does, which may have been given up before.

        The failure is looked at here, since asyncio would log one that nobody looked at with its message.
        """
        self._take(-1)
        self._turns.release()
        if not future.cancelled():
            future.exception()

    def _take(self, number: int) -> None:
        self._taken += number
        self._metrics.waiting.set(self._taken)
