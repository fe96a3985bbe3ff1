"""The default engine: a pool of processes on this machine. A worker that dies or hangs costs one note, not the run."""

from __future__ import annotations

import multiprocessing
import os
import selectors
import time
from collections import deque
from ctypes import c_ulong
from dataclasses import dataclass, field
from multiprocessing.context import SpawnProcess
from multiprocessing.sharedctypes import RawValue
from typing import TYPE_CHECKING

from scribe.batch.channel import PoolEnd, channel
from scribe.batch.item import Answer, Job, Settings, failed
from scribe.batch.worker import READY, work
from scribe.errors import AuditError

if TYPE_CHECKING:
    from collections.abc import Iterator

_LEAST_DEPTH = 3
_MOST_DEPTH = 48
_DEEP_BYTES = 128 * 1024
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


@dataclass(kw_only=True, eq=False)
class _Worker:
    """One process with what it was given and has not answered.

    Attributes:
        process: The process.
        channel: The pool's end of the line to it.
        begun: How many jobs it began, written by the process.
        jobs: What it has to answer, in this order, each with its number.
        handed: Which of these are yet to be sent.
        size: Bytes of all contents in ``jobs``.
        answered: How many jobs it answered.
        since: When it last said something, or was given something to do after it had nothing.
        depth: How many jobs it may have at once.
        is_ready: Whether it has built its engine.
    """

    process: SpawnProcess
    channel: PoolEnd
    begun: c_ulong
    jobs: deque[tuple[int, Job]] = field(default_factory=deque)
    handed: list[Job] = field(default_factory=list)
    size: int = 0
    answered: int = 0
    since: float
    depth: int = _LEAST_DEPTH
    is_ready: bool = False

    @property
    def has_room(self) -> bool:
        """Whether it may be given one more job: many small ones, few large ones."""
        is_deep = len(self.jobs) >= _LEAST_DEPTH
        return len(self.jobs) < self.depth and not (is_deep and self.size > _DEEP_BYTES)

    @property
    def at(self) -> int:
        """Which of its jobs it is at, 0 being the first that is not answered."""
        return min(max(self.begun.value - self.answered - 1, 0), len(self.jobs) - 1)


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
        self._selector = selectors.DefaultSelector()
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
        """Hand out jobs while there is room, and send each worker its own in one message."""
        while self._again or self._has_room(upcoming):
            numbered = self._again.popleft() if self._again else next(source, None)
            if numbered is None:
                self._is_drained = True
                break
            self._handed = max(self._handed, numbered[0] + 1)
            worker = self._free()
            if worker is None:
                self._again.appendleft(numbered)
                break
            if not worker.jobs and worker.is_ready:
                worker.since = time.monotonic()
            worker.jobs.append(numbered)
            worker.handed.append(numbered[1])
            worker.size += len(numbered[1].content)
            self._bytes += len(numbered[1].content)
        for each in [each for each in self._workers if each.handed]:
            self._send(each)

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
        return next((each for each in self._workers if each.has_room), None)

    def _start(self) -> _Worker:
        ours, theirs = channel()
        begun = RawValue("L", 0)
        process = self._context.Process(
            target=work, args=(theirs, begun, self._settings), daemon=True, name="scribe-audit"
        )
        try:
            process.start()
        finally:
            theirs.close()
        worker = _Worker(process=process, channel=ours, begun=begun, since=time.monotonic())
        self._workers.append(worker)
        self._selector.register(ours.socket, selectors.EVENT_READ, worker)
        return worker

    def _send(self, worker: _Worker) -> None:
        """Send what was handed to a worker and what is left of earlier messages, as far as it goes."""
        handed, worker.handed = worker.handed, []
        try:
            if handed:
                worker.channel.send(handed)
            else:
                worker.channel.flush()
        except OSError:
            self._lose(worker, "stopped")
            return
        events = selectors.EVENT_READ | (selectors.EVENT_WRITE * worker.channel.has_unsent)
        if self._selector.get_key(worker.channel.socket).events != events:
            self._selector.modify(worker.channel.socket, events, worker)

    def _wait(self) -> None:
        """Take in what comes next: answers, deaths, or a note that takes too long."""
        now = time.monotonic()
        limits = [each.since + self._limit_s(each) for each in self._workers if each.jobs]
        rest = max(min(limits, default=now) - now, 0.01)
        for key, events in self._selector.select(rest):
            if events & selectors.EVENT_WRITE and key.data in self._workers:
                self._send(key.data)
            if events & selectors.EVENT_READ and key.data in self._workers:
                self._take(key.data)
        self._replace_late()

    def _take(self, worker: _Worker) -> None:
        try:
            for said in worker.channel.receive():
                worker.since = time.monotonic()
                if isinstance(said, list):
                    self._keep(worker, said)
                elif said == READY:
                    worker.is_ready = True
                else:
                    raise AuditError(str(said))
        except (EOFError, OSError):
            self._lose(worker, "stopped")

    def _keep(self, worker: _Worker, answers: list[Answer]) -> None:
        """Keep answers; a worker that sends several at a time takes little for each, and may have more to do."""
        for answer in answers:
            number, job = worker.jobs.popleft()
            worker.size -= len(job.content)
            self._bytes -= len(job.content)
            self._done[number] = answer
        worker.answered += len(answers)
        worker.depth = min(max(_LEAST_DEPTH * len(answers), _LEAST_DEPTH), _MOST_DEPTH)

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
        self._workers.remove(worker)
        self._end(worker)
        self._failed_starts += not worker.is_ready
        if self._failed_starts > _MOST_FAILED_STARTS:
            msg = "a worker process cannot start; try with --jobs 1, or run scribe analyze to see what is wrong"
            raise AuditError(msg)
        guilty = worker.at if worker.is_ready else None
        for at, (number, job) in enumerate(worker.jobs):
            self._bytes -= len(job.content)
            if at != guilty:
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
            self._end(worker)
        self._workers.clear()
        self._selector.close()

    def _end(self, worker: _Worker) -> None:
        self._selector.unregister(worker.channel.socket)
        worker.channel.close()
        worker.process.terminate()
        worker.process.join(_STOP_S)
        if worker.process.is_alive():
            worker.process.kill()
            worker.process.join()
