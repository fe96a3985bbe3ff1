"""One audit from input to finished folder."""

from __future__ import annotations

import hashlib
import platform
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scribe.batch.discover import Discovery
from scribe.batch.folder import RESULTS, Folder
from scribe.batch.item import Settings
from scribe.batch.outputs import FAILURES, ITEMS, NOTES, write_tables
from scribe.batch.progress import Quiet
from scribe.batch.run import Runner, Tally, Watcher, signature_of
from scribe.errors import AuditError
from scribe.rules.pack import load_pack

if TYPE_CHECKING:
    from scribe.batch.engine import Engine
    from scribe.batch.journal import Journal
    from scribe.rules.pack import RulePack

SCHEMA = "scribe.audit/1"
_LIBRARIES = (
    "spacy",
    "medspacy",
    "pypdf",
    "python-docx",
    "striprtf",
    "pyarrow",
    "matplotlib",
    "XlsxWriter",
    "pyspark",
)
_HASH_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked for.

    Attributes:
        roots: Files and folders to look through.
        out: The folder of results.
        discovery: How to look.
        settings: What is wanted beside the analysis.
        is_resumed: Whether to go on where a run stopped.
        options: What the command line said, for the record.
    """

    roots: Sequence[str]
    out: Path
    discovery: Discovery = field(default_factory=Discovery)
    settings: Settings = field(default_factory=Settings)
    is_resumed: bool = False
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came out.

    Attributes:
        folder: Where the results are.
        counts: How many notes, distinct notes, failures and so on.
        severities: How many findings of each severity.
    """

    folder: Folder
    counts: dict[str, Any]
    severities: dict[str, int]


def run_audit(request: Request, engine: Engine, watcher: Watcher | None = None) -> Outcome:
    """Audit notes with an engine and write the folder.

    Args:
        request: What is asked for.
        engine: What runs the task.
        watcher: Is told of every note.

    Raises:
        AuditError: There is nothing to audit, or the folder cannot be used.
    """
    pack = load_pack()
    folder = Folder(request.out)
    request.discovery.leave_out = request.out
    signature = signature_of(pack, _scribe_version(), request.settings, request.discovery)
    started = datetime.now(UTC)
    journal = folder.open(signature, is_resumed=request.is_resumed)
    try:
        runner = Runner(folder=folder, journal=journal, watcher=watcher or Quiet())
        tally = runner.run(request.discovery.notes(request.roots), engine)
        return finish(folder, journal, pack, _record(request, tally, started))
    finally:
        journal.close()


def finish(folder: Folder, journal: Journal, pack: RulePack, record: dict[str, Any]) -> Outcome:
    """Write everything that is made from the results, and close the folder.

    Args:
        folder: The folder, with all results in it.
        journal: Its record.
        pack: The rules that were used.
        record: What ``run.json`` says beside counts and hashes.

    Raises:
        AuditError: There was nothing to audit.
    """
    counts, severities = _count(journal)
    if not counts["notes"] and not counts["failed"]:
        msg = "no notes there; check the paths"
        raise AuditError(msg)
    folder.put_in_order(journal)
    write_tables(folder, journal, pack)
    folder.finish(
        {
            "schema": SCHEMA,
            "scribe": _scribe_version(),
            "rules": {"version": pack.version, "hash": pack.hash},
            "python": platform.python_version(),
            "platform": f"{sys.platform} {platform.machine()}",
            "libraries": _libraries(),
            "counts": {**counts, "findings": severities},
            **record,
            "finished": datetime.now(UTC).isoformat(timespec="seconds"),
            "sha256": {name: _hash(folder.path / name) for name in _outputs(folder)},
        }
    )
    return Outcome(folder=folder, counts=counts, severities=severities)


def _count(journal: Journal) -> tuple[dict[str, Any], dict[str, int]]:
    sums: Counter[str] = Counter()
    decisions: Counter[str] = Counter()
    formats: Counter[str] = Counter()
    severities: Counter[str] = Counter()
    for entry in journal.entries():
        if entry.kind is not None:
            sums["failed"] += 1
            continue
        sums["notes"] += 1
        if entry.same_as is not None:
            sums["duplicates"] += 1
            continue
        decisions[entry.row["decision"]] += 1
        formats[entry.row["format"]] += 1
        severities.update(entry.row["severities"])
    counts = {
        "notes": sums["notes"],
        "duplicates": sums["duplicates"],
        "failed": sums["failed"],
        "decisions": dict(sorted(decisions.items())),
        "formats": dict(sorted(formats.items())),
    }
    return counts, dict(sorted(severities.items()))


def _record(request: Request, tally: Tally, started: datetime) -> dict[str, Any]:
    done = tally.analysed + tally.failed
    return {
        "input": [str(each) for each in request.roots],
        "options": request.options,
        "skipped": request.discovery.skipped,
        "this_run": {
            "is_resumed": request.is_resumed,
            "analysed": tally.analysed,
            "failed": tally.failed,
            "not_analysed_again": tally.known,
            "seconds": round(tally.seconds, 3),
            "notes_per_second": round(done / tally.seconds, 1) if tally.seconds else None,
        },
        "started": started.isoformat(timespec="seconds"),
    }


def _outputs(folder: Folder) -> list[str]:
    names = (RESULTS, NOTES, ITEMS, FAILURES)
    return [each for each in names if (folder.path / each).exists()]


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_HASH_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _scribe_version() -> str:
    return version("opnote-scribe")


def _libraries() -> dict[str, str]:
    found = {}
    for name in _LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
