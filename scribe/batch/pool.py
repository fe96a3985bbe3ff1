"""The default engine: a pool of processes on this machine. A worker that dies or hangs costs one note, not the run."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections import deque
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import TYPE_CHECKING

from scribe.batch.item import Answer, Job, Settings, failed
from scribe.batch.worker import READY, work
from scribe.errors import AuditError

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEPTH = 3
_AHEAD = 64
_AHEAD_BYTES = 64 * 1024 * 1024
_START_S = 300.0
_MOST_FAILED_STARTS = 3
_STOP_S = 2.0


def all_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(kw_only=True)
class _Worker:
    process: SpawnProcess
    connection: Connection[object, object]
    jobs: deque[tuple[int, Job]] = field(default_factory=deque)
    since: float
    is_ready: bool = False


class LocalPool:
    """Processes that each build the analyzer once."""

    def __init__(self, settings: Settings, *, jobs: int, timeout_s: float = 120.0) -> None:
        """Prepare the pool; processes start when there is work for them.

        Args:
            settings: What is wanted beside the analysis.
            jobs: How many processes.
            timeout_s: How long one note may take before its worker is replaced and the note is a failed row.
        """
        self._settings = settings
        self._most = jobs
        self._timeout_s = timeout_s
        self._context = multiprocessing.get_context("spawn")
        self._workers: list[_Worker] = []
        self._again: deque[tuple[int, Job]] = deque()
        self._done: dict[int, Answer] = {}
        self._bytes = 0
        self._handed = 0
        self._is_drained = False
        self._failed_starts = 0

    def answers(self, jobs: Iterator[Job]) -> Iterator[Answer]:
        """Yield one answer a job, in the order of the jobs.

        Raises:
            AuditError: The workers cannot start.
        """
        source = enumerate(jobs)
        upcoming = 0
        try:
            while True:
                self._fill(source, upcoming)
                while upcoming in self._done:
                    yield self._done.pop(upcoming)
                    upcoming += 1
                if self._is_drained and not self._again and not any(w.jobs for w in self._workers):
                    return
                self._wait()
        finally:
            self._stop()

    def _fill(self, source: Iterator[tuple[int, Job]], upcoming: int) -> None:
        """Hand out jobs while there is room."""
        while self._again or self._has_room(upcoming):
            numbered = self._again.popleft() if self._again else next(source, None)
            if numbered is None:
                self._is_drained = True
                return
            self._handed = max(self._handed, numbered[0] + 1)
            worker = self._free()
            if worker is None:
                self._again.appendleft(numbered)
                return
            self._hand(worker, numbered)

    def _has_room(self, upcoming: int) -> bool:
        is_near = self._handed - upcoming < _AHEAD * self._most
        return not self._is_drained and is_near and self._bytes < _AHEAD_BYTES

    def _free(self) -> _Worker | None:
        """Return the worker with the least to do, a new one while some are still to start, or None."""
        idle = min(self._workers, key=lambda each: len(each.jobs), default=None)
        if idle is not None and not idle.jobs:
            return idle
        if len(self._workers) < self._most:
            return self._start()
        return idle if idle is not None and len(idle.jobs) < _DEPTH else None

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(
            target=work, args=(theirs, self._settings), daemon=True, name="scribe-audit"
        )
        process.start()
        theirs.close()
        worker = _Worker(process=process, connection=ours, since=time.monotonic())
        self._workers.append(worker)
        return worker

    def _hand(self, worker: _Worker, numbered: tuple[int, Job]) -> None:
        if not worker.jobs and worker.is_ready:
            worker.since = time.monotonic()
        worker.jobs.append(numbered)
        self._bytes += len(numbered[1].content)
        try:
            worker.connection.send(numbered[1])
        except OSError:
            self._lose(worker, "stopped")

    def _wait(self) -> None:
        """Take in what comes next: answers, deaths, or a note that takes too long."""
        now = time.monotonic()
        busy = [each for each in self._workers if each.jobs]
        limits = [each.since + self._limit_s(each) for each in busy]
        rest = max(min(limits, default=now) - now, 0.01)
        by_connection = {each.connection: each for each in self._workers}
        for connection in wait(list(by_connection), timeout=rest):
            self._take(by_connection[connection])  # type: ignore[index]
        self._replace_late()

    def _take(self, worker: _Worker) -> None:
        try:
            said = worker.connection.recv()
        except (EOFError, OSError):
            self._lose(worker, "stopped")
            return
        worker.since = time.monotonic()
        if isinstance(said, Answer):
            number, job = worker.jobs.popleft()
            self._bytes -= len(job.content)
            self._done[number] = said
        elif said == READY:
            worker.is_ready = True
        else:
            raise AuditError(str(said))

    def _replace_late(self) -> None:
        now = time.monotonic()
        for worker in list(self._workers):
            if worker.jobs and now - worker.since > self._limit_s(worker):
                self._lose(worker, "late")

    def _limit_s(self, worker: _Worker) -> float:
        return self._timeout_s if worker.is_ready else _START_S

    def _lose(self, worker: _Worker, why: str) -> None:
        """Blame the job that was being worked on, and give the others to another worker.

        Raises:
            AuditError: Too many workers were lost before they were ready; no note is to blame for that.
        """
        if worker not in self._workers:
            return
        self._workers.remove(worker)
        _end(worker)
        self._failed_starts += not worker.is_ready
        if self._failed_starts > _MOST_FAILED_STARTS:
            msg = "a worker process cannot start; try with --jobs 1, or run scribe analyze to see what is wrong"
            raise AuditError(msg)
        for at, (number, job) in enumerate(worker.jobs):
            self._bytes -= len(job.content)
            if at or not worker.is_ready:
                self._again.append((number, job))
                continue
            words = {
                "late": f"took longer than {self._timeout_s:g} s; look at the file, or raise --timeout",
                "stopped": "the process that read it was ended, perhaps for want of memory; look at the file",
            }
            kind = {"late": "Timeout", "stopped": "WorkerDied"}[why]
            self._done[number] = failed(job, kind, words[why])

    def _stop(self) -> None:
        for worker in self._workers:
            _end(worker)
        self._workers.clear()


def _end(worker: _Worker) -> None:
    worker.connection.close()
    worker.process.terminate()
    worker.process.join(_STOP_S)
    if worker.process.is_alive():
        worker.process.kill()
        worker.process.join()
