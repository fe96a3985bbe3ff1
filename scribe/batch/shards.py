"""Audits in equal parts, for job arrays: each part is written whole or not at all, and merging gives what one run would."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from scribe.batch.folder import PAGES, RESULTS, TEXTS, Folder
from scribe.batch.journal import Journal
from scribe.batch.run import Shard, shard_of
from scribe.discretion import printable
from scribe.errors import AuditError

if TYPE_CHECKING:
    from pathlib import Path

SHARDS = "shards"
PARTIAL = ".partial"
_RECORD = "journal.sqlite"
_STAMP = "shard.json"
_NAME = re.compile(r"(\d+)-of-(\d+)")


def shard_folder(out: Path, shard: Shard) -> Path:
    """Return where a finished part stands."""
    width = len(str(shard.of))
    return out / SHARDS / f"{shard.number:0{width}}-of-{shard.of}"


def partial_folder(out: Path, shard: Shard) -> Path:
    """Return where a part is written until it is finished."""
    finished = shard_folder(out, shard)
    return finished.with_name(finished.name + PARTIAL)


def finish_shard(folder: Folder, journal: Journal, finished: Path, stamp: dict[str, Any]) -> None:
    """Close a part and move it to its place in one step.

    Args:
        folder: Where it was written.
        journal: Its record, closed here.
        finished: Its place.
        stamp: What must be the same in all parts.
    """
    journal.close()
    folder.journal.replace(folder.path / _RECORD)
    shutil.rmtree(folder.journal.parent)
    (folder.path / _STAMP).write_text(json.dumps(stamp, indent=2, sort_keys=True) + "\n", "utf-8")
    folder.path.rename(finished)


def finished_shards(out: Path) -> list[tuple[Shard, Path]]:
    """Return the parts of an audit in their order.

    Raises:
        AuditError: There are none, some are missing, or they do not belong together.
    """
    shown = printable(str(out))
    parts = [
        (Shard(number=int(match[1]), of=int(match[2])), path)
        for path in sorted((out / SHARDS).glob("*"))
        if (match := _NAME.fullmatch(path.name)) and (path / _STAMP).is_file()
    ]
    if not parts:
        msg = (
            f"{shown}: no finished shards; run scribe audit with --shard i/n into this folder first"
        )
        raise AuditError(msg)
    if len({part.of for part, _ in parts}) > 1:
        msg = f"{shown}: shards of several divisions; remove those of the old one from {SHARDS}/"
        raise AuditError(msg)
    numbers = {part.number for part, _ in parts}
    missing = [str(each) for each in range(1, parts[0][0].of + 1) if each not in numbers]
    if missing:
        msg = f"{shown}: missing shards {', '.join(missing)} of {parts[0][0].of}; run them, then merge again"
        raise AuditError(msg)
    stamps = {(path / _STAMP).read_text("utf-8") for _, path in parts}
    if len(stamps) > 1:
        msg = f"{shown}: shards made with different rules, models, versions or options; run all of them the same way"
        raise AuditError(msg)
    return sorted(parts, key=lambda each: each[0].number)


def stamp_of(out: Path) -> dict[str, Any]:
    """Return what all finished parts were made with."""
    _, path = finished_shards(out)[0]
    stamp: dict[str, Any] = json.loads((path / _STAMP).read_text("utf-8"))
    return stamp


def gather(out: Path, folder: Folder, journal: Journal) -> None:
    """Bring all parts together in one record and one file of results.

    Args:
        out: The folder that holds the parts.
        folder: The folder of results.
        journal: A new record.
    """
    parts = finished_shards(out)
    for _, path in parts:
        _copy_items(path, journal)
    with folder.results.open("wb") as results:
        for part, path in parts:
            record = Journal(path / _RECORD, is_read_only=True)
            with (path / RESULTS).open("rb") as source:
                for answer in record.answers():
                    # A content that came in several parts is taken from the one that holds its first note,
                    # as a single run would have it.
                    first = journal.first_name(answer.digest)
                    if first is None or shard_of(first, part.of) != part.number:
                        continue
                    source.seek(answer.at)
                    at = results.tell()
                    results.write(source.read(answer.length))
                    journal.keep(replace(answer, at=at if answer.length else 0))
                    for kind in (PAGES, TEXTS):
                        _copy_file(path / kind, folder.path / kind, answer.digest)
            record.close()
    journal.commit()


def _copy_items(path: Path, journal: Journal) -> None:
    record = Journal(path / _RECORD, is_read_only=True)
    journal.copy_items(record)
    record.close()


def _copy_file(source: Path, target: Path, digest: str) -> None:
    for path in source.glob(f"{digest[:16]}.*") if source.is_dir() else ():
        target.mkdir(exist_ok=True)
        shutil.copyfile(path, target / path.name)
