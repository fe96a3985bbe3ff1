"""The processes that analyse. One that takes too long is ended, one that dies is replaced, and one that has grown is relieved."""

from __future__ import annotations

import logging
import multiprocessing
import queue
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import TYPE_CHECKING, Final

from scribe.discretion import Fault, fault_of
from scribe.errors import NoteError, ScribeError
from scribe.pipeline import AnalyzedNote, Analyzer
from scribe.rules.pack import load_pack
from scribe_api.job import Done, Job
from scribe_api.worker import Unfit, work

if TYPE_CHECKING:
    from collections.abc import Callable

    from scribe.rules.pack import RulePack
    from scribe_api.worker import Build

LOGGER: Final = logging.getLogger(__name__)
_START_S: Final = 300.0
_STOP_S: Final = 2.0


class CrewError(ScribeError):
    """The worker processes cannot be started."""


class AnalysisLate(ScribeError):
    """An analysis took too long; its process was ended."""


class WorkerLost(ScribeError):
    """The process of an analysis died, perhaps for want of memory."""


class WorkerFault(ScribeError):
    """An analysis failed in a way that nobody foresaw.

    Attributes:
        fault: What may be told of it.
    """

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


def fault_behind(error: Exception) -> Fault:
    """Return what may be told of an error; of one in a worker, what the worker told of it."""
    return error.fault if isinstance(error, WorkerFault) else fault_of(error)


@dataclass(slots=True, kw_only=True)
class _Worker:
    """One process; ``base_mb`` is its memory when it was ready, None until then."""

    process: SpawnProcess
    connection: Connection[Job, object]
    base_mb: float | None = None
    example: AnalyzedNote | None = None

    def await_ready(self, timeout_s: float) -> bool:
        """Take in what a new process says first; False when it has said nothing yet.

        Raises:
            CrewError: It cannot be built.
        """
        if self.base_mb is not None:
            return True
        try:
            if not self.connection.poll(timeout_s):
                return False
            said = self.connection.recv()
        except (EOFError, OSError):
            said = None
        if isinstance(said, Done):
            self.base_mb, self.example = said.held_mb, said.analysis
            return True
        why = said.message if isinstance(said, Unfit) else "run scribe analyze to see what is wrong"
        msg = f"a process that analyses cannot start: {why}"
        raise CrewError(msg)

    def end(self) -> None:
        """End the process, whatever it does."""
        self.connection.close()
        self.process.terminate()
        self.process.join(_STOP_S)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()


@dataclass(slots=True, kw_only=True)
class _Seat:
    """A place for one worker, and for its successor while that is being built."""

    worker: _Worker
    successor: _Worker | None = None


class Crew:
    """Some processes with an analyzer each. Its methods may be called from any thread."""

    def __init__(
        self,
        *,
        pack: RulePack | None = None,
        size: int = 1,
        timeout_s: float = 30.0,
        growth_mb: float = 32.0,
        build: Build = Analyzer,
        on_replaced: Callable[[str], None] = lambda _: None,
    ) -> None:
        """Prepare the processes; ``start`` starts them.

        Args:
            pack: The rules; without one, those that come with scribe.
            size: How many processes.
            timeout_s: How long one analysis may take before its process is ended.
            growth_mb: A process that has come to hold so much more memory than at its start is replaced between two analyses:
                the language library keeps every word that it has ever seen.
            build: Makes the analyzer; importable by name.
            on_replaced: Is told why a process was replaced: ``late``, ``died`` or ``grown``.
        """
        self.pack = pack or load_pack()
        self.size = size
        self.on_replaced = on_replaced
        self._timeout_s = timeout_s
        self._growth_mb = growth_mb
        self._build = build
        self._context = multiprocessing.get_context("spawn")
        self._seats: list[_Seat] = []
        self._free: queue.SimpleQueue[_Seat] = queue.SimpleQueue()

    @property
    def example(self) -> AnalyzedNote:
        """The analysis of the example, which a worker did before it was ready."""
        examples = (seat.worker.example for seat in self._seats)
        return next(each for each in examples if each is not None)

    @property
    def processes(self) -> list[int]:
        """The ids of the processes."""
        return [seat.worker.process.pid or 0 for seat in self._seats]

    def start(self) -> None:
        """Start every process and wait until it is ready; does nothing when they run.

        Raises:
            CrewError: One cannot be built.
        """
        if self._seats:
            return
        self._seats = [_Seat(worker=self._new()) for _ in range(self.size)]
        for seat in self._seats:
            if not seat.worker.await_ready(_START_S):
                msg = f"a process that analyses was not ready after {_START_S:g} s; is the machine overloaded?"
                raise CrewError(msg)
            self._free.put(seat)

    def close(self) -> None:
        """End every process."""
        for seat in self._seats:
            seat.worker.end()
            if seat.successor:
                seat.successor.end()
        self._seats = []

    def run(self, job: Job) -> Done:
        """Do one job; waits for a free process, then for its answer.

        Raises:
            NoteError: The note cannot be used.
            AnalysisLate: It took too long.
            WorkerLost: The process died over it.
            WorkerFault: It failed unexpectedly.
            CrewError: A replaced process cannot be built.
        """
        seat = self._free.get()
        try:
            return self._run(seat, job)
        finally:
            self._free.put(seat)

    def _run(self, seat: _Seat, job: Job) -> Done:
        self._relieve(seat)
        worker = seat.worker
        try:
            if not worker.await_ready(_START_S):
                raise AnalysisLate  # it goes on being built, and the next note may find it ready
        except CrewError:
            self._replace(seat, "died")
            raise
        try:
            worker.connection.send(job)
            is_done = worker.connection.poll(self._timeout_s)
            said = worker.connection.recv() if is_done else None
        except (EOFError, OSError):
            self._replace(seat, "died")
            raise WorkerLost from None
        if said is None:
            self._replace(seat, "late")
            raise AnalysisLate
        if isinstance(said, NoteError):
            raise said
        if isinstance(said, Fault):
            raise WorkerFault(said)
        assert isinstance(said, Done)  # noqa: S101 - a worker says nothing else
        grown = said.held_mb - (worker.base_mb or said.held_mb)
        if grown > self._growth_mb and seat.successor is None:
            seat.successor = self._new()
        return said

    def _relieve(self, seat: _Seat) -> None:
        """Put the successor in its place as soon as it is ready; until then the old worker goes on."""
        if seat.successor is None:
            return
        try:
            if not seat.successor.await_ready(0):
                return
        except CrewError:
            seat.successor.end()
            seat.successor = None
            return
        self._say("grown")
        seat.worker.end()
        seat.worker, seat.successor = seat.successor, None

    def _replace(self, seat: _Seat, why: str) -> None:
        self._say(why)
        seat.worker.end()
        seat.worker, seat.successor = seat.successor or self._new(), None

    def _say(self, why: str) -> None:
        LOGGER.log(
            logging.INFO if why == "grown" else logging.WARNING,
            "a process that analyses is replaced: %s",
            why,
        )
        self.on_replaced(why)

    def _new(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(
            target=work,
            args=(theirs, self.pack, self._build),
            daemon=True,
            name="scribe-analyze",
        )
        process.start()
        theirs.close()
        return _Worker(process=process, connection=ours)
