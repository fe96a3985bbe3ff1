"""How fast an audit is, how it scales, and whether its memory stays flat: ``python -m benchmarks.audit NOTES.jsonl``.

Every figure that counts is a ratio within this one run. Real notes (JSON lines with a ``text``) and notes of the family (the sample
notes) are mixed and multiplied, each copy made distinct by words that no other has, so that nothing is saved by knowing a content
already and memory has something to grow by. Stock medspaCy is run over a sample of the same files in two processes of its own, since
its ``n_process=2`` cannot send its rules.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from itertools import cycle, islice
from multiprocessing import get_context
from pathlib import Path

from benchmarks.memory_child import distinct
from benchmarks.stock_medspacy import build, notes_per_second

ROOT = Path(__file__).resolve().parent.parent
FAMILY_EVERY = 10
SAMPLE_EVERY_S = 0.2


def corpus(folder: Path, real: Path, count: int) -> Path:
    """Write distinct notes, one of the family for every nine real ones."""
    texts = [json.loads(line)["text"] for line in real.read_text("utf-8").splitlines()]
    family = [
        path.read_text("utf-8") for path in sorted((ROOT / "sample_notes").glob("[a-z]*.[tm][xd]*"))
    ]
    folder.mkdir(parents=True)
    real_texts, family_texts = cycle(texts), cycle(family)
    chance = random.Random(0)  # noqa: S311 - no secret
    for number in range(count):
        text = next(real_texts if number % FAMILY_EVERY else family_texts)
        below = folder / f"{number // 1000:03}"
        below.mkdir(exist_ok=True)
        made = f"{distinct(text, chance)}\nCase {number}.\n"
        (below / f"n{number:06}.txt").write_text(made, "utf-8")
    return folder


def children(parent: int) -> list[int]:
    """Return the processes that a process started."""
    listed = Path(f"/proc/{parent}/task/{parent}/children").read_text("utf-8")
    return [int(each) for each in listed.split()]


def resident_kib(process: int) -> int:
    """Return the resident memory of a process in KiB."""
    status = Path(f"/proc/{process}/status").read_text("utf-8")
    return next(
        (int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")), 0
    )


def processor_s(process: int) -> float:
    """Return the processor time that a process has used, all its threads together."""
    fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def audit(folder: Path, out: Path, jobs: int) -> dict[str, float]:
    """Run one audit and return its speed and its peak memory."""
    shutil.rmtree(out, ignore_errors=True)
    command = [sys.executable, "-m", "scribe", "audit", folder, "--out", out, "--jobs", str(jobs)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    started = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=ROOT, env=environment)  # noqa: S603
    own = largest = parent_s = 0.0
    worker_s: dict[int, float] = {}
    while process.poll() is None:
        with suppress(OSError, ValueError):
            own = max(own, resident_kib(process.pid))
            for each in children(process.pid):
                largest = max(largest, resident_kib(each))
                worker_s[each] = processor_s(each)
                parent_s = processor_s(process.pid)
        time.sleep(SAMPLE_EVERY_S)
    whole = time.monotonic() - started
    if process.returncode:
        raise SystemExit(f"the audit ended with {process.returncode}")
    this_run = json.loads((out / "run.json").read_text("utf-8"))["this_run"]
    shutil.rmtree(out)
    return {
        "notes": this_run["analysed"],
        "seconds": this_run["seconds"],
        "notes_per_second": this_run["notes_per_second"],
        "whole_command_seconds": round(whole, 2),
        "workers_processor_seconds": round(sum(worker_s.values()), 2),
        "parent_processor_seconds_beside_them": round(parent_s, 2),
        "parent_mib": round(own / 1024, 1),
        "largest_worker_mib": round(largest / 1024, 1),
    }


def efficiency(one: dict[str, float], two: dict[str, float]) -> dict[str, float]:
    """Return how near two workers come to twice one, in three ways.

    The clock tells what this machine did, with whatever else it was doing. Processor time tells what two cores can do that have
    nothing else to do: one worker takes its own time (the parent works on the other core), two take half of theirs and the parent's.
    """
    busy = two["workers_processor_seconds"] + two["parent_processor_seconds_beside_them"]
    return {
        "by the clock": round(two["notes_per_second"] / one["notes_per_second"] / 2, 3),
        "by the clock, whole command with tables and report": round(
            one["whole_command_seconds"] / two["whole_command_seconds"] / 2, 3
        ),
        "by processor time": round(one["workers_processor_seconds"] / busy, 3),
    }


def stock(folder: Path, count: int) -> float:
    """Return the notes per second of stock medspaCy in two processes, its loading not counted."""
    paths = sorted(folder.rglob("*.txt"))
    step = max(1, len(paths) // count)
    texts = [path.read_text("utf-8") for path in islice(paths[::step], count)]
    with get_context("spawn").Pool(2, initializer=build) as pool:
        pool.map(notes_per_second, [texts[:2], texts[:2]], chunksize=1)
        return sum(pool.map(notes_per_second, [texts[::2], texts[1::2]], chunksize=1))


def main() -> None:
    """Measure and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("real", type=Path, help="real notes: JSON lines with a text")
    parser.add_argument("--few", type=int, default=2000, help="files of the small corpus")
    parser.add_argument("--many", type=int, default=20000, help="files of the large corpus")
    parser.add_argument("--stock", type=int, default=60, help="files for stock medspaCy")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        here = Path(place)
        out = here / "out"
        few = audit(corpus(here / "few", chosen.real, chosen.few), out, 2)
        files = corpus(here / "many", chosen.real, chosen.many)
        one, two = audit(files, out, 1), audit(files, out, 2)
        speed = stock(files, chosen.stock)
    found = {
        "cores": os.cpu_count(),
        "few files, two workers": few,
        "many files, one worker": one,
        "many files, two workers": two,
        "scaling efficiency at two": efficiency(one, two),
        "peak memory, many to few files": {
            name: round(two[name] / few[name], 3) for name in ("parent_mib", "largest_worker_mib")
        },
        "stock medspaCy, two processes, notes per second": round(speed, 2),
        "two workers, times stock medspaCy": round(two["notes_per_second"] / speed, 1),
    }
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
