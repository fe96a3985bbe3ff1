"""One audit from input to finished folder."""

from __future__ import annotations

import hashlib
import platform
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scribe.batch.as_parquet import parquet_table
from scribe.batch.as_xlsx import Workbook
from scribe.batch.discover import Discovery
from scribe.batch.folder import MERGED, RESULTS, Folder, whole_file
from scribe.batch.item import Settings
from scribe.batch.libraries import check_libraries
from scribe.batch.outputs import (
    FAILURES,
    ITEMS,
    NOTES,
    SEVERITIES,
    CsvTables,
    failure_values,
    note_columns,
    note_values,
)
from scribe.batch.progress import Quiet
from scribe.batch.report import audit_page
from scribe.batch.run import Runner, Shard, Tally, Watcher, signature_of
from scribe.batch.shards import (
    finish_shard,
    finished_shards,
    gather,
    partial_folder,
    shard_folder,
    stamp_of,
)
from scribe.batch.summary import Summary, Summing, summarize_audit
from scribe.discretion import printable
from scribe.errors import AuditError
from scribe.pipeline import engine_of, load_models
from scribe.rules.pack import load_pack

if TYPE_CHECKING:
    from scribe.batch.engine import Engine
    from scribe.batch.journal import Journal
    from scribe.rules.pack import RulePack
    from scribe.types.analysis import Engine as Made

SCHEMA = "scribe.audit/1"
PARQUET = "audit.parquet"
WORKBOOK = "audit.xlsx"
REPORT_PAGE = "report.html"
_TABLES = (NOTES, ITEMS, FAILURES, PARQUET, WORKBOOK, REPORT_PAGE)
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
        shard: The part of the input that is wanted, or None for all of it.
        options: What the command line said, for the record.
    """

    roots: Sequence[str]
    out: Path
    discovery: Discovery = field(default_factory=Discovery)
    settings: Settings = field(default_factory=Settings)
    is_resumed: bool = False
    shard: Shard | None = None
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came out.

    Attributes:
        folder: Where the results are.
        counts: How many notes, failures, decisions, findings and so on.
    """

    folder: Folder
    counts: dict[str, Any]


Work = Callable[[Runner, Request], Tally]


def local_work(engine: Engine) -> Work:
    """Return the work of an engine that is handed every content from here."""
    return lambda runner, request: runner.run(request.discovery.notes(request.roots), engine)


def run_audit(request: Request, work: Work, watcher: Watcher | None = None) -> Outcome:
    """Audit notes and write the folder.

    Args:
        request: What is asked for.
        work: Goes through the input and has every content analysed, here or elsewhere.
        watcher: Is told of every note.

    Raises:
        AuditError: There is nothing to audit, or the folder cannot be used.
    """
    check_libraries()
    pack = load_pack()
    made = engine_of(pack, load_models(pack))
    signature = signature_of(made, request.settings, request.discovery)
    if request.shard is not None:
        return _run_shard(request, request.shard, work, watcher or Quiet(), signature)
    folder = Folder(request.out)
    started = datetime.now(UTC)
    journal = folder.open(signature, is_resumed=request.is_resumed)
    try:
        tally = _run(request, folder, journal, work, watcher or Quiet())
        return finish(folder, journal, pack, made, _record(request, tally, started))
    finally:
        journal.close()


def _run(request: Request, folder: Folder, journal: Journal, work: Work, watcher: Watcher) -> Tally:
    request.discovery.leave_out = request.out
    runner = Runner(folder=folder, journal=journal, watcher=watcher, shard=request.shard)
    return work(runner, request)


def _run_shard(
    request: Request, shard: Shard, work: Work, watcher: Watcher, signature: dict[str, Any]
) -> Outcome:
    finished = shard_folder(request.out, shard)
    if finished.exists():
        msg = f"{printable(str(finished))}: this shard is finished; merge, or remove it to run it again"
        raise AuditError(msg)
    folder = Folder(partial_folder(request.out, shard))
    journal = folder.open(signature, is_resumed=request.is_resumed)
    try:
        tally = _run(request, folder, journal, work, watcher)
        summary = summarize_audit(journal.entries())
        finish_shard(folder, journal, finished, {**signature, "input": list(request.roots)})
    finally:
        journal.close()
    counts = {**_counts(summary), "analysed": tally.analysed}
    return Outcome(folder=Folder(finished), counts=counts)


def merge_shards(out: Path) -> Outcome:
    """Write the folder of an audit from its finished parts.

    Args:
        out: The folder that holds them, and gets the results.

    Raises:
        AuditError: Parts are missing or do not belong together, or the rules or models have changed since.
    """
    check_libraries()
    pack = load_pack()
    made = engine_of(pack, load_models(pack))
    stamp = stamp_of(out)
    if stamp.get("engine") != asdict(made):
        msg = f"{printable(str(out))}: shards of another version, other rules or other models; merge with what made them"
        raise AuditError(msg)
    started = datetime.now(UTC)
    folder = Folder(out)
    folder.forget_merge()
    journal = folder.open({MERGED: stamp}, is_resumed=False)
    try:
        gather(out, folder, journal)
        record = {
            "input": stamp["input"],
            "options": {"shards": len(finished_shards(out))},
            "started": started.isoformat(timespec="seconds"),
        }
        return finish(folder, journal, pack, made, record)
    finally:
        journal.close()


def finish(
    folder: Folder, journal: Journal, pack: RulePack, made: Made, record: dict[str, Any]
) -> Outcome:
    """Write everything that is made from the results, and close the folder.

    Args:
        folder: The folder, with all results in it.
        journal: Its record.
        pack: The rules that were used.
        made: What made the analyses.
        record: What ``run.json`` says beside counts and hashes.

    Raises:
        AuditError: There was nothing to audit.
    """
    if next(journal.entries(), None) is None:
        msg = "no notes there; check the paths"
        raise AuditError(msg)
    folder.put_in_order(journal)
    with ThreadPoolExecutor(1) as beside:
        # Hashing lets go of the interpreter, and the results are most of what there is to hash.
        results_hash = beside.submit(_hash, folder.results)
        summary = _write_tables(folder, journal, pack)
        with whole_file(folder.path / REPORT_PAGE) as path:
            path.write_bytes(audit_page(summary, pack, made.version).encode("utf-8"))
        hashes = {RESULTS: results_hash.result()}
    hashes |= {name: _hash(folder.path / name) for name in _TABLES}
    counts = _counts(summary)
    folder.finish(
        {
            "schema": SCHEMA,
            "scribe": made.version,
            "rules": asdict(made.rules),
            "models": {name: asdict(stamp) for name, stamp in made.models.items()},
            "python": platform.python_version(),
            "platform": f"{sys.platform} {platform.machine()}",
            "libraries": _libraries(),
            "counts": counts,
            **record,
            "finished": datetime.now(UTC).isoformat(timespec="seconds"),
            "sha256": hashes,
        }
    )
    return Outcome(folder=folder, counts=counts)


def _write_tables(folder: Folder, journal: Journal, pack: RulePack) -> Summary:
    """Write all tables in one pass over the notes, and return the sums."""
    columns, summing = note_columns(pack), Summing()
    with ExitStack() as files:
        tables = CsvTables(files, folder, columns)
        path = files.enter_context(whole_file(folder.path / PARQUET))
        write_to_parquet = files.enter_context(parquet_table(path, columns))
        path = files.enter_context(whole_file(folder.path / WORKBOOK))
        book = files.enter_context(Workbook(path, columns))
        for entry in journal.entries():
            summing.add(entry)
            if entry.kind is not None:
                values: Sequence[Any] = failure_values(entry)
                tables.write_failure(values)
                book.write_failure(values)
                continue
            values = note_values(entry, columns)
            tables.write_note(entry, values)
            write_to_parquet(values)
            book.write_note(values)
        summary = summing.summary()
        book.write_sums(summary)
    return summary


def _counts(summary: Summary) -> dict[str, Any]:
    return {
        "notes": summary.notes,
        "duplicates": summary.duplicates,
        "failed": summary.failed,
        "decisions": dict(sorted(summary.decisions.items())),
        "formats": dict(sorted(summary.formats.items())),
        "findings": {each: summary.severities[each] for each in SEVERITIES},
    }


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


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_HASH_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _libraries() -> dict[str, str]:
    found = {}
    for name in _LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
