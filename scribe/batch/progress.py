"""How an audit shows that it goes on: rate, time left and failures on a terminal, nothing elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType

    from rich.progress import Progress


class Quiet:
    """Shows nothing."""

    def advance(self, *, is_failed: bool, is_new: bool) -> None:
        """Count nothing."""


class Bar:
    """A line on standard error that is gone when the audit ends."""

    def __init__(self, total: int | None) -> None:
        """Prepare the line.

        Args:
            total: How many notes there are, or None while that is not known.
        """
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )

        self._progress: Progress = Progress(
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            TextColumn("{task.fields[failures]}"),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._progress.add_task("notes", total=total, rate="", failures="")
        self._failed = 0

    def __enter__(self) -> Bar:
        """Show the line."""
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take the line away."""
        self._progress.stop()

    def advance(self, *, is_failed: bool, is_new: bool) -> None:
        """Count one note."""
        del is_new
        self._failed += is_failed
        speed = self._progress.tasks[0].finished_speed or self._progress.tasks[0].speed
        self._progress.update(
            self._task,
            advance=1,
            rate=f"{speed:.0f} notes/s" if speed else "",
            failures=f"{self._failed} failed" if self._failed else "",
        )
