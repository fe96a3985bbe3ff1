"""Run an audit: look through the input, let an engine analyse each content once, keep what it says, finish the folder."""

from __future__ import annotations

import hashlib
import time
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from scribe.batch.folder import Folder
from scribe.batch.item import Answer, Job, digest_of, failed
from scribe.batch.journal import Journal
from scribe.discretion import printable
from scribe.errors import NoteError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import BinaryIO

    from scribe.batch.discover import Discovery
    from scribe.batch.engine import Engine
    from scribe.batch.item import Found, Settings
    from scribe.types.analysis import Engine as Made

_COMMIT_EVERY = 32
_COMMIT_S = 0.1


class Watcher(Protocol):
    """Is told how the audit goes on."""

    def advance(self, *, is_failed: bool, is_new: bool) -> None:
        """Hear that one note is done; ``is_new`` is False for one that was done before or has the same content."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """One of several equal parts of an audit, number 1 to ``of``."""

    number: int
    of: int

    def holds(self, name: str) -> bool:
        """Tell whether a note belongs to this part."""
        return shard_of(name, self.of) == self.number


def shard_of(name: str, of: int) -> int:
    """Return the number of the part that a note belongs to, by its name alone."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8]) % of + 1


def name_of(found: Found) -> str:
    """Return the place with its part."""
    return f"{found.place}#{found.part}" if found.part else found.place


def refusal(found: Found, error: NoteError) -> Answer:
    """Return the answer for what could not even be opened."""
    name, message = name_of(found), str(error)
    job = Job(
        digest=digest_of(f"{name}\0{message}".encode()),
        place=found.place if message.startswith(f"{printable(found.place)}: ") else name,
        note_id=found.note_id,
        content=b"",
    )
    return failed(job, type(error).__name__, message)


def signature_of(made: Made, settings: Settings, discovery: Discovery) -> dict[str, Any]:
    """Return what must not change between a run and its going on.

    Args:
        made: What makes the analyses; another learned model gives other results just as other rules do.
        settings: What is wanted beside the analysis.
        discovery: How the input is looked through.
    """
    return {
        "engine": asdict(made),
        "settings": asdict(settings),
        "columns": asdict(discovery.columns),
    }


@dataclass(kw_only=True)
class Tally:
    """What one run did, for its record."""

    analysed: int = 0
    known: int = 0
    failed: int = 0
    seconds: float = 0.0


@dataclass(kw_only=True)
class Runner:
    """Feeds an engine and keeps its answers.

    Attributes:
        folder: Where results go.
        journal: The record; what it knows is not done again.
        watcher: Is told of every note.
        shard: The part of the input that is wanted, or None for all of it.
    """

    folder: Folder
    journal: Journal
    watcher: Watcher
    shard: Shard | None = None
    tally: Tally = field(default_factory=Tally)
    _waiting: set[str] = field(default_factory=set)

    def run(self, notes: Iterable[Found], engine: Engine) -> Tally:
        """Analyse what is not yet analysed; what is done survives any interruption.

        Args:
            notes: The input.
            engine: What runs the task.

        Raises:
            AuditError: The engine cannot work.
        """
        with self.looking():
            self.keep(engine.answers(self.jobs(notes)))
        return self.tally

    @contextmanager
    def looking(self) -> Iterator[None]:
        """Time a look through the input, and forget afterwards what is not there any more."""
        started = time.monotonic()
        self.journal.forget_seen()
        try:
            yield
        finally:
            self.journal.commit()
            self.tally.seconds = time.monotonic() - started
        self.journal.drop_unseen()
        self.journal.commit()

    def jobs(self, notes: Iterable[Found]) -> Iterator[Job]:
        """Yield the contents that are new; count the others."""
        for found in notes:
            name = name_of(found)
            if self.shard is not None and not self.shard.holds(name):
                continue
            try:
                content = found.load()
            except NoteError as error:
                self._refuse(found, error)
                continue
            digest = digest_of(content)
            if not self.journal.add_item(found, digest):
                continue
            if digest in self._waiting or self.journal.has_answer(digest):
                self.tally.known += 1
                self.watcher.advance(is_failed=False, is_new=False)
                continue
            self._waiting.add(digest)
            yield Job(digest=digest, place=name, note_id=found.note_id, content=content)

    def _refuse(self, found: Found, error: NoteError) -> None:
        """Keep what could not even be opened as a failed row."""
        answer = refusal(found, error)
        if self.journal.add_item(found, answer.digest):
            self.journal.add_answer(answer, 0, 0)
            self.tally.failed += 1
            self.watcher.advance(is_failed=True, is_new=True)

    def keep(self, answers: Iterator[Answer]) -> None:
        """Keep answers as they come, so that they survive a kill."""
        with self.folder.results.open("ab") as results:
            self._keep(answers, results)

    def _keep(self, answers: Iterator[Answer], results: BinaryIO) -> None:
        since = time.monotonic()
        for count, answer in enumerate(answers, 1):
            self._keep_one(answer, results)
            if count % _COMMIT_EVERY == 0 or time.monotonic() - since > _COMMIT_S:
                results.flush()
                self.journal.commit()
                since = time.monotonic()
        results.flush()

    def _keep_one(self, answer: Answer, results: BinaryIO) -> None:
        line = b"" if answer.line is None else answer.line.encode("utf-8")
        at = results.tell()
        results.write(line)
        if answer.page is not None:
            _write(self.folder.page(answer.digest), answer.page)
        if answer.text is not None:
            _write(self.folder.text(answer.digest), answer.text)
        self.journal.add_answer(answer, at if line else 0, len(line))
        self._waiting.discard(answer.digest)
        is_failed = answer.line is None
        self.tally.failed += is_failed
        self.tally.analysed += not is_failed
        self.watcher.advance(is_failed=is_failed, is_new=True)


def _write(path: Path, words: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(words.encode("utf-8"))
