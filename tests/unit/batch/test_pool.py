"""The pool of processes: answers in order, and a worker that dies or hangs costs one note."""

from __future__ import annotations

import multiprocessing
import os
import signal
from typing import TYPE_CHECKING

import pytest

from scribe.batch.item import Job, Settings
from scribe.batch.pool import LocalPool
from scribe.errors import AuditError
from tests.support import stuck

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

COUNT = 30


# Long enough to read that a signal finds the worker at it.
STORY = "The fibula was raised on the peroneal artery, which was joined end-to-end. " * 100


def jobs(count: int = COUNT) -> Iterator[Job]:
    for number in range(count):
        words = f"PROCEDURE: Free fibula flap {number}. {STORY}".encode()
        yield Job(digest=f"{number:04}", place=f"{number}.txt", note_id=str(number), content=words)


def own_workers(strangers: set[int | None]) -> list[int]:
    """Return the processes that are not of other tests, which serve."""
    return [
        each.pid or 0 for each in multiprocessing.active_children() if each.pid not in strangers
    ]


@pytest.fixture
def strangers() -> set[int | None]:
    return {each.pid for each in multiprocessing.active_children()}


def test_answers_come_in_the_order_of_the_jobs() -> None:
    answers = list(LocalPool(Settings(), jobs=2).answers(jobs()))
    assert [each.digest for each in answers] == [f"{number:04}" for number in range(COUNT)]
    assert all(each.line for each in answers)


def test_a_worker_that_is_killed_costs_one_note(strangers: set[int | None]) -> None:
    answers = []
    for answer in LocalPool(Settings(), jobs=1).answers(jobs()):
        if not answers:
            os.kill(own_workers(strangers)[0], signal.SIGKILL)
        answers.append(answer)
    assert [each.digest for each in answers] == [f"{number:04}" for number in range(COUNT)]
    assert [each.kind for each in answers if each.kind] == ["WorkerDied"]


TROUBLED = {
    "it never ends": (stuck.stops_at_a_note, "Timeout"),
    "stopped in the middle of its answer": (stuck.stops_in_mid_message, "Timeout"),
    "dead with answers that were not sent": (stuck.dies_with_answers, "WorkerDied"),
}


# Stand-ins for the worker: the first note of a real one takes a second or more on a busy machine, and with a limit that
# a test can wait for, one note after the other would be late.
@pytest.mark.parametrize(("worker", "kind"), TROUBLED.values(), ids=TROUBLED.keys())
def test_the_note_that_a_worker_was_at_is_the_one_that_is_lost(
    monkeypatch: pytest.MonkeyPatch, worker: Callable[..., None], kind: str
) -> None:
    monkeypatch.setattr("scribe.batch.pool.work", worker)
    answers = list(LocalPool(Settings(), jobs=1, timeout_s=10.0).answers(jobs(5)))
    assert [each.kind for each in answers] == ["Tried", "Tried", kind, "Tried", "Tried"]


def test_a_worker_that_is_killed_while_it_starts_costs_nothing(strangers: set[int | None]) -> None:
    def handed_out() -> Iterator[Job]:
        for number, job in enumerate(jobs(4)):
            if number == 1:
                os.kill(own_workers(strangers)[0], signal.SIGKILL)
            yield job

    answers = list(LocalPool(Settings(), jobs=1).answers(handed_out()))
    assert [each.kind for each in answers] == [None] * 4


def test_workers_that_never_start_end_the_run(strangers: set[int | None]) -> None:
    def handed_out() -> Iterator[Job]:
        for job in jobs():
            for each in own_workers(strangers):
                os.kill(each, signal.SIGKILL)
            yield job

    with pytest.raises(AuditError, match="cannot start"):
        list(LocalPool(Settings(), jobs=8).answers(handed_out()))


def test_no_process_is_left() -> None:
    before = multiprocessing.active_children()  # of other tests, which serve
    for _ in LocalPool(Settings(), jobs=2).answers(jobs(4)):
        break
    assert set(multiprocessing.active_children()) <= set(before)
