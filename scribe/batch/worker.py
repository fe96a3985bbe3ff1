"""The process that runs the task: importable, so that it is sent by name, and deaf to Ctrl-C, which the parent hears."""

from __future__ import annotations

import os
import queue
import signal
import threading
from typing import TYPE_CHECKING

from scribe.batch.task import analyzer, answer
from scribe.errors import ScribeError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from scribe.batch.item import Job, Settings

READY = "ready"


def work(connection: Connection[object, object], settings: Settings) -> None:
    """Build the engine once, then answer jobs until the parent hangs up.

    Args:
        connection: Jobs come in, answers go out; first ``ready``, or the message of what is wrong with the installation.
        settings: What is wanted beside the analysis.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _silence()
    try:
        analyzer()
    except ScribeError as error:
        connection.send(str(error))
        return
    connection.send(READY)
    jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
    threading.Thread(target=_receive, args=(connection, jobs), daemon=True).start()
    while (job := jobs.get()) is not None:
        try:
            connection.send(answer(job, settings))
        except OSError:
            return


def _silence() -> None:
    """Send both streams nowhere: libraries may write words of a note to them."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)


def _receive(connection: Connection[object, object], jobs: queue.SimpleQueue[Job | None]) -> None:
    """Take jobs as they come, so that the parent never waits to hand one over while this side waits to answer."""
    try:
        while True:
            jobs.put(connection.recv())  # type: ignore[arg-type]
    except (EOFError, OSError):
        jobs.put(None)
