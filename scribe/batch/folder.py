"""The folder of results: what its files are called, and how a run takes hold of it, goes on and finishes."""

from __future__ import annotations

import json
import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scribe.batch.journal import Journal
from scribe.discretion import printable
from scribe.errors import AuditError

if TYPE_CHECKING:
    from collections.abc import Iterator

RESULTS = "results.jsonl"
RUN = "run.json"
PAGES = "notes"
TEXTS = "texts"
MERGED = "merged"
_STATE = ".scribe"
_JOURNAL = "journal.sqlite"
_APPENDED = "appended.jsonl"
_SIGNATURE = "signature"
_NAME_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Folder:
    """Where one audit is written."""

    path: Path

    @property
    def results(self) -> Path:
        """The contract objects, one a line."""
        return self.path / RESULTS

    @property
    def journal(self) -> Path:
        """The record of what is done."""
        return self.path / _STATE / _JOURNAL

    @property
    def is_complete(self) -> bool:
        """Whether an audit was finished here."""
        return (self.path / RUN).exists()

    @property
    def is_begun(self) -> bool:
        """Whether an audit was started here and not finished."""
        return self.journal.exists()

    def page(self, digest: str) -> Path:
        """Return where the report of a note is."""
        return self.path / PAGES / f"{digest[:_NAME_LENGTH]}.html"

    def text(self, digest: str) -> Path:
        """Return where the extracted text of a note is."""
        return self.path / TEXTS / f"{digest[:_NAME_LENGTH]}.txt"

    def open(self, signature: dict[str, Any], *, is_resumed: bool) -> Journal:
        """Take hold of the folder, new or where a run stopped.

        Args:
            signature: What has to be the same for going on: versions, rules, options that shape the results.
            is_resumed: Whether going on is wanted.

        Raises:
            AuditError: It holds an audit already, or one that was begun otherwise, or cannot be written.
        """
        shown = printable(str(self.path))
        if self.is_complete or (self.is_begun and not is_resumed):
            done = (
                "a finished audit; name another folder"
                if self.is_complete
                else "an audit that stopped; add --resume to go on"
            )
            msg = f"{shown}: holds {done}"
            raise AuditError(msg)
        try:
            if (
                self.path.exists()
                and not self.is_begun
                and any(self.path.iterdir())
                and not self._is_ours()
            ):
                msg = f"{shown}: not empty; name a new folder for the results"
                raise AuditError(msg)
            self.journal.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            msg = f"{shown}: cannot be written ({(error.strerror or 'unknown reason').lower()}); name another folder"
            raise AuditError(msg) from None
        journal = Journal(self.journal)
        wanted = json.dumps(signature, sort_keys=True)
        if (journal.about(_SIGNATURE) or wanted) != wanted:
            journal.close()
            msg = f"{shown}: was begun with other rules or models, another version or other options; name a new folder"
            raise AuditError(msg)
        journal.note_about(_SIGNATURE, wanted)
        journal.commit()
        self._restore(journal)
        return journal

    def forget_merge(self) -> None:
        """Remove what a merge that was stopped left; an audit that was begun here stays.

        Raises:
            AuditError: Such an audit is there.
        """
        if not self.is_begun:
            return
        journal = Journal(self.journal)
        begun_with = json.loads(journal.about(_SIGNATURE) or "{}")
        journal.close()
        if MERGED not in begun_with:
            msg = f"{printable(str(self.path))}: holds an audit that stopped; finish it with --resume, or name another folder"
            raise AuditError(msg)
        shutil.rmtree(self.journal.parent)

    def _is_ours(self) -> bool:
        """Tell whether nothing is there but parts, and what a merge that was stopped left."""
        ours = (_STATE, "shards", RESULTS, PAGES, TEXTS)
        return (self.path / "shards").is_dir() and all(
            each.name in ours or each.name.endswith(".partial") for each in self.path.iterdir()
        )

    def _restore(self, journal: Journal) -> None:
        """Bring the results back to what the record knows; a kill may have left more, or a sorted copy."""
        appended = self.path / _STATE / _APPENDED
        if appended.exists():
            appended.replace(self.results)
        self.results.touch()
        os.truncate(self.results, journal.results_end())

    def put_in_order(self, journal: Journal) -> None:
        """Sort the results by place, with a line for every note; those that are in order stay as they are."""
        at = 0
        for entry in journal.entries():
            if entry.kind is None:
                if entry.at != at or entry.line_id != entry.note_id:
                    break
                at += entry.length
        else:
            if at == self.results.stat().st_size:
                return
        sorted_copy = self.path / _STATE / "sorted.jsonl"
        with self.results.open("rb") as source, sorted_copy.open("wb") as target:
            for entry in journal.entries():
                if entry.kind is None:
                    source.seek(entry.at)
                    target.write(_with_id(source.read(entry.length), entry.line_id, entry.note_id))
        self.results.replace(self.path / _STATE / _APPENDED)
        sorted_copy.replace(self.results)

    def finish(self, run: dict[str, Any]) -> None:
        """Say that everything is written, and remove the record."""
        with whole_file(self.path / RUN) as path:
            path.write_text(json.dumps(run, indent=2, ensure_ascii=False) + "\n", "utf-8")
        shutil.rmtree(self.path / _STATE)


def _with_id(line: bytes, old: str, new: str) -> bytes:
    """Return the line of a result with another id of the note, which stands near its start and nowhere else."""
    if old == new:
        return line
    before = f'"id": {json.dumps(old, ensure_ascii=False)}, "sha256"'.encode()
    after = f'"id": {json.dumps(new, ensure_ascii=False)}, "sha256"'.encode()
    return line.replace(before, after, 1)


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give a path to write to, and move it to its place when all of it is written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.partial")
    yield partial
    partial.replace(path)
