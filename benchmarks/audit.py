"""How fast an audit is, how it scales, and whether its memory stays flat: ``python -m benchmarks.audit NOTES.jsonl``.

Every figure that counts is a ratio within this one run. Real notes (JSON lines with a ``text``) and notes of the family (the sample
notes) are mixed and multiplied, each copy made distinct by a line of its own, so that nothing is saved by knowing a content already.
Stock medspaCy is run over a sample of the same files in two processes of its own, since its ``n_process=2`` cannot send its rules.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from itertools import cycle, islice
from multiprocessing import get_context
from pathlib import Path

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
    for number in range(count):
        text = next(real_texts if number % FAMILY_EVERY else family_texts)
        below = folder / f"{number // 1000:03}"
        below.mkdir(exist_ok=True)
        (below / f"n{number:06}.txt").write_text(
            f"{text}\nCase {number} of ward{number}.\n", "utf-8"
        )
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


def scheduled_s(process: int) -> tuple[float, float]:
    """Return how long the main thread of a process ran, and how long it was ready to run while others had the core."""
    ran, waited, _ = Path(f"/proc/{process}/schedstat").read_text("utf-8").split()
    return int(ran) / 1e9, int(waited) / 1e9


def audit(folder: Path, out: Path, jobs: int) -> dict[str, float]:
    """Run one audit and return its speed and its peak memory."""
    shutil.rmtree(out, ignore_errors=True)
    command = [
        sys.executable,
        "-m",
        "scribe",
        "audit",
        str(folder),
        "--out",
        str(out),
        "--jobs",
        str(jobs),
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=ROOT, env=environment)  # noqa: S603
    own = largest = 0
    clocks: dict[int, tuple[float, float]] = {}
    while process.poll() is None:
        with suppress(OSError, ValueError):
            own = max(own, resident_kib(process.pid))
            for each in children(process.pid):
                largest = max(largest, resident_kib(each))
                clocks[each] = scheduled_s(each)
        time.sleep(SAMPLE_EVERY_S)
    if process.returncode:
        raise SystemExit(f"the audit ended with {process.returncode}")
    run = json.loads((out / "run.json").read_text("utf-8"))
    this_run = run["this_run"]
    shutil.rmtree(out)
    return {
        "notes": this_run["analysed"],
        "seconds": this_run["seconds"],
        "notes_per_second": this_run["notes_per_second"],
        "worker_seconds_running": round(sum(ran for ran, _ in clocks.values()), 2),
        "worker_seconds_kept_waiting_by_others": round(sum(late for _, late in clocks.values()), 2),
        "parent_mib": round(own / 1024, 1),
        "largest_worker_mib": round(largest / 1024, 1),
    }


def efficiency(one: dict[str, float], two: dict[str, float]) -> dict[str, float]:
    """Return the scaling efficiency as the clock shows it, and without what other programs took of the cores.

    The second holds the time in which workers ran, or could have run but for others, against the time that passed: on idle cores
    both are the same.
    """

    def free_speed(run: dict[str, float]) -> float:
        ready = run["worker_seconds_running"] + run["worker_seconds_kept_waiting_by_others"]
        return run["notes"] / run["worker_seconds_running"] * ready / run["seconds"]

    return {
        "by the clock": round(two["notes_per_second"] / one["notes_per_second"] / 2, 3),
        "without what others took": round(free_speed(two) / free_speed(one) / 2, 3),
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
        few = corpus(here / "few", chosen.real, chosen.few)
        found: dict[str, object] = {"cores": os.cpu_count()}
        one, two = audit(few, here / "out", 1), audit(few, here / "out", 2)
        found["one worker"], found["two workers"] = one, two
        found["scaling efficiency at two"] = efficiency(one, two)
        speed = stock(few, chosen.stock)
        found["stock medspaCy, two processes, notes per second"] = round(speed, 2)
        found["two workers, times stock medspaCy"] = round(two["notes_per_second"] / speed, 1)
        print(json.dumps(found, indent=2), flush=True)
        if chosen.many:
            many = audit(corpus(here / "many", chosen.real, chosen.many), here / "out", 2)
            found["two workers, many files"] = many
            found["memory, many to few files"] = {
                name: round(many[name] / two[name], 3)
                for name in ("parent_mib", "largest_worker_mib")
            }
            print(json.dumps(found, indent=2), flush=True)


if __name__ == "__main__":
    main()
