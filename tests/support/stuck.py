"""Workers that come to grief at one note; importable, so that a process can be started with them."""

from __future__ import annotations

import os
import signal
import struct
from typing import TYPE_CHECKING

from scribe.batch.channel import WorkerEnd
from scribe.batch.item import failed
from scribe.batch.worker import READY

if TYPE_CHECKING:
    import socket
    from ctypes import c_ulong

    from scribe.batch.item import Settings

TROUBLED = "2"


def stops_in_mid_message(connection: socket.socket, begun: c_ulong, settings: Settings) -> None:
    """Answer one note at a time; of one answer only the start is sent."""
    del settings
    pool = WorkerEnd(connection)
    pool.send(READY)
    while True:
        for job in pool.receive():
            begun.value += 1
            if job.note_id == TROUBLED:
                connection.sendall(struct.pack("!Q", 1000) + b"half of it")
                signal.pause()
            pool.send([failed(job, "Tried", "by a stand-in")])


def stops_at_a_note(connection: socket.socket, begun: c_ulong, settings: Settings) -> None:
    """Answer one note at a time; one never ends."""
    del settings
    pool = WorkerEnd(connection)
    pool.send(READY)
    while True:
        for job in pool.receive():
            begun.value += 1
            if job.note_id == TROUBLED:
                signal.pause()
            pool.send([failed(job, "Tried", "by a stand-in")])


def dies_with_answers(connection: socket.socket, begun: c_ulong, settings: Settings) -> None:
    """Answer each list of notes at once; one note is the end of the process, and of what it had not sent."""
    del settings
    pool = WorkerEnd(connection)
    pool.send(READY)
    while True:
        answers = []
        for job in pool.receive():
            begun.value += 1
            if job.note_id == TROUBLED:
                os._exit(1)
            answers.append(failed(job, "Tried", "by a stand-in"))
        pool.send(answers)
