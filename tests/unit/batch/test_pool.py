"""The pool of processes: answers in order, and a worker that dies or hangs costs one note."""

from __future__ import annotations

import multiprocessing
import os
import signal
from typing import TYPE_CHECKING

import pytest

from scribe.batch.item import Answer, Job, Settings
from scribe.batch.pool import LocalPool
from scribe.errors import AuditError

if TYPE_CHECKING:
    from collections.abc import Iterator

COUNT = 30


# Long enough to read that a signal finds the worker at it.
STORY = "The fibula was raised on the peroneal artery, which was joined end-to-end. " * 100


def jobs(count: int = COUNT) -> Iterator[Job]:
    for number in range(count):
        words = f"PROCEDURE: Free fibula flap {number}. {STORY}".encode()
        yield Job(digest=f"{number:04}", place=f"{number}.txt", note_id=str(number), content=words)


def disturbed(signum: int, *, timeout_s: float) -> list[Answer]:
    """Signal the worker, which is at work, after its first answer, and return all answers."""
    strangers = {each.pid for each in multiprocessing.active_children()}
    pool = LocalPool(Settings(), jobs=1, timeout_s=timeout_s)
    answers = []
    for answer in pool.answers(jobs()):
        if not answers:
            own = [c for c in multiprocessing.active_children() if c.pid not in strangers]
            os.kill(own[0].pid or 0, signum)
        answers.append(answer)
    return answers


def test_answers_come_in_the_order_of_the_jobs() -> None:
    answers = list(LocalPool(Settings(), jobs=2).answers(jobs()))
    assert [each.digest for each in answers] == [f"{number:04}" for number in range(COUNT)]
    assert all(each.line for each in answers)


@pytest.mark.parametrize(
    ("signum", "timeout_s", "kind"),
    [(signal.SIGKILL, 60.0, "WorkerDied"), (signal.SIGSTOP, 1.5, "Timeout")],
    ids=["a worker is killed", "a worker hangs"],
)
def test_one_note_is_lost_and_said_to_be(signum: int, timeout_s: float, kind: str) -> None:
    answers = disturbed(signum, timeout_s=timeout_s)
    assert [each.digest for each in answers] == [f"{number:04}" for number in range(COUNT)]
    assert [each.kind for each in answers if each.kind] == [kind]


def test_a_worker_that_is_killed_while_it_starts_costs_nothing() -> None:
    def handed_out() -> Iterator[Job]:
        for number, job in enumerate(jobs(4)):
            if number == 1:
                os.kill(multiprocessing.active_children()[0].pid or 0, signal.SIGKILL)
            yield job

    answers = list(LocalPool(Settings(), jobs=1).answers(handed_out()))
    assert [each.kind for each in answers] == [None] * 4


def test_workers_that_never_start_end_the_run() -> None:
    def handed_out() -> Iterator[Job]:
        for job in jobs():
            for each in multiprocessing.active_children():
                os.kill(each.pid or 0, signal.SIGKILL)
            yield job

    with pytest.raises(AuditError, match="cannot start"):
        list(LocalPool(Settings(), jobs=8).answers(handed_out()))


def test_no_process_is_left() -> None:
    before = multiprocessing.active_children()  # of other tests, which serve
    for _ in LocalPool(Settings(), jobs=2).answers(jobs(4)):
        break
    assert set(multiprocessing.active_children()) <= set(before)
