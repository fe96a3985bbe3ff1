"""What an engine is: something that runs the task over many contents and gives the answers back in the order of the jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scribe.batch.item import Answer, Job


class Engine(Protocol):
    """Runs the task, here or elsewhere."""

    def answers(self, jobs: Iterator[Job]) -> Iterator[Answer]:
        """Yield one answer a job, in the order of the jobs; hold only a bounded number of them in memory."""
        ...
