"""The process that runs the task: importable, so that it is sent by name, and deaf to Ctrl-C, which the parent hears."""

from __future__ import annotations

import queue
import signal
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from scribe.batch.channel import WorkerEnd
from scribe.batch.task import analyzer, answer
from scribe.discretion import silence
from scribe.errors import ScribeError

if TYPE_CHECKING:
    import socket
    from ctypes import c_ulong

    from scribe.batch.item import Answer, Job, Settings

READY = "ready"
_SEND_EVERY_S = 0.025
_SEND_CHARS = 256 * 1024


def work(connection: socket.socket, begun: c_ulong, settings: Settings) -> None:
    """Build the engine once, then answer jobs until the parent hangs up.

    Answers to notes that take milliseconds go back several at a time: waking the parent costs more than what it then does.

    Args:
        connection: Lists of jobs come in, lists of answers go out; first ``ready``, or the message of what is wrong with the
            installation.
        begun: Memory that the parent reads: how many jobs were begun, so that it knows which one a lost process was at.
        settings: What is wanted beside the analysis.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    silence(1, 2)
    pool = WorkerEnd(connection)
    try:
        analyzer()
    except ScribeError as error:
        pool.send(str(error))
        return
    pool.send(READY)
    unsent: queue.SimpleQueue[list[Answer]] = queue.SimpleQueue()
    threading.Thread(target=_send, args=(pool, unsent), daemon=True).start()
    try:
        while True:
            _answer_all(unsent, begun, settings, pool.receive())
    except (EOFError, OSError):
        return


def _send(pool: WorkerEnd, unsent: queue.SimpleQueue[list[Answer]]) -> None:
    """Send answers as they come, so that the worker goes on while a busy pool is yet to take them."""
    with suppress(OSError):  # the pool is gone, as the other thread will see
        while True:
            pool.send(unsent.get())


def _answer_all(
    unsent: queue.SimpleQueue[list[Answer]], begun: c_ulong, settings: Settings, jobs: list[Job]
) -> None:
    answers: list[Answer] = []
    size, since = 0, time.monotonic()
    for job in jobs:
        begun.value += 1
        answers.append(answer(job, settings))
        size += len(answers[-1].line or "") + len(answers[-1].page or "")
        if size > _SEND_CHARS or time.monotonic() - since > _SEND_EVERY_S:
            unsent.put(answers)
            answers, size, since = [], 0, time.monotonic()
    if answers:
        unsent.put(answers)
