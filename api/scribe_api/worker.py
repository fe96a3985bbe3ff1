"""The process that analyses: builds its analyzer once, answers one job after the other, and says nothing anywhere else."""

from __future__ import annotations

import gc
import resource
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from scribe.discretion import Fault, fault_of, silence
from scribe.errors import NoteError, ScribeError
from scribe_api.job import EXAMPLE, Done, Job, perform

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

    from scribe.pipeline import Analyzer
    from scribe.rules.pack import RulePack

    Build = Callable[[RulePack], Analyzer]

_MIB: Final = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfit:
    """The worker cannot be built; the message says why and how to mend it."""

    message: str


def work(connection: Connection[object, object], pack: RulePack, build: Build) -> None:
    """Build the analyzer, then answer jobs until the other side hangs up.

    Args:
        connection: Jobs come in; out go first the example (a Done) or an Unfit, then for each job a Done, a NoteError or a Fault.
        pack: The rules, those of the server, whatever has happened to their files since it started.
        build: Makes the analyzer.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which lets work end
    silence(1, 2)
    try:
        analyzer = build(pack)
        first = _answer(analyzer, EXAMPLE)
        gc.collect()
        gc.freeze()  # rules and models live as long as the process: the collector need not walk them again
    except ScribeError as error:
        connection.send(Unfit(message=str(error)))
        return
    except ImportError as error:
        connection.send(
            Unfit(message=f"{error.name} is missing or damaged; install opnote-scribe again")
        )
        return
    try:
        connection.send(first)
        while True:
            job = connection.recv()
            assert isinstance(job, Job)  # noqa: S101 - nobody else holds the other end
            connection.send(_answer(analyzer, job))
    except (EOFError, OSError):
        return


def _answer(analyzer: Analyzer, job: Job) -> Done | NoteError | Fault:
    started = time.perf_counter()
    try:
        analysis = perform(analyzer, job)
    except NoteError as error:
        return error
    except Exception as error:  # noqa: BLE001 - its message may hold words of the note
        return fault_of(error)
    return Done(analysis=analysis, seconds=time.perf_counter() - started, held_mb=_held_mb())


def _held_mb() -> float:
    """Return the memory that this process holds now; where the system does not tell, the most that it has held."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except OSError:
        unit = 1 if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / _MIB
    return pages * resource.getpagesize() / _MIB
