"""The Spark engine: the same task, run where the archive is. Spark reads its own paths; the record and the tables are written here."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scribe.batch.discover import Discovery
from scribe.batch.item import Answer, Found
from scribe.batch.libraries import check_libraries
from scribe.batch.run import name_of
from scribe.batch.spark_errors import one_line
from scribe.batch.spark_paths import absolute, is_remote, prefix, spark_path
from scribe.batch.spark_task import ANSWER_SCHEMA, ITEM_SCHEMA, Lookup, answer_rows, item_rows
from scribe.batch.task import answer
from scribe.errors import AuditError
from scribe.types.note import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from scribe.batch.audit import Request, Work
    from scribe.batch.run import Runner, Tally

_NEEDED = ("pyspark", "pandas", "pyarrow")
_ROWS_A_BATCH = 16
_GLOB = re.compile(r"[*?\[\]{}\\]")
_FILES = "binaryFile"
_NUMBERED = "parquet"
_QUIET = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "OFF",
    "spark.io.encryption.enabled": "true",  # what Spark spills to disk holds words of notes
}
_LOCAL = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.memory": "2g",
}


def spark_work(*, jobs: int | None = None, table: str | None = None) -> Work:
    """Return the work as Spark does it.

    Args:
        jobs: How many cores of this machine, where no cluster is configured; all unless told.
        table: The Spark format of the paths, for example ``parquet`` or ``delta``; None for files of any kind.

    Raises:
        AuditError: pyspark or Java is missing.
    """
    check_libraries(_NEEDED, "spark")
    if not os.environ.get("JAVA_HOME") and shutil.which("java") is None:
        msg = "the Spark engine needs Java 17 or newer; install it, or use --engine local"
        raise AuditError(msg)

    def work(runner: Runner, request: Request) -> Tally:
        with one_line(table), _session(jobs) as spark, runner.looking():
            lookup = Lookup(
                prefixes=tuple(map(prefix, request.roots)),
                columns=request.discovery.columns,
                is_table=table is not None,
            )
            source = _table(spark, request, table) if table else _files(spark, runner, request)
            if source is not None:
                _look(runner, source, lookup)
                _analyse(runner, request, source, lookup)
        return runner.tally

    return work


@contextmanager
def _session(jobs: int | None) -> Iterator[Any]:
    """Give a session: the cluster's where one is configured, else one on this machine that ends with the audit."""
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    from pyspark.sql import SparkSession

    running = SparkSession.getActiveSession()
    if running is not None:
        yield running
        return
    builder = SparkSession.builder.appName("scribe audit")
    settings = dict(_QUIET)
    if not _is_cluster_configured():
        builder = builder.master(f"local[{jobs or '*'}]")
        settings |= _LOCAL
    for name, value in settings.items():
        builder = builder.config(name, value)
    with _no_errors():
        spark = builder.getOrCreate()
    try:
        yield spark
    finally:
        spark.stop()


def _is_cluster_configured() -> bool:
    """Tell whether Spark's own configuration names a master."""
    if "--master" in os.environ.get("PYSPARK_SUBMIT_ARGS", ""):
        return True
    home = os.environ.get("SPARK_HOME")
    folder = os.environ.get("SPARK_CONF_DIR") or (f"{home}/conf" if home else None)
    defaults = Path(folder or "") / "spark-defaults.conf"
    return bool(folder) and defaults.is_file() and "spark.master" in defaults.read_text("utf-8")


@contextmanager
def _no_errors() -> Iterator[None]:
    """Hold back what the Java machine says of itself while it starts; failures come as exceptions all the same."""
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _files(spark: Any, runner: Runner, request: Request) -> Any:
    """Return path and content of every file, or None; what is too large for a note is not even read.

    Local folders are walked here, by the rules of the local engine: Spark would follow links and pass over empty files.
    """
    from pyspark.sql import functions as sql

    local = [each for each in request.roots if not is_remote(each)]
    paths = [each for each in request.roots if is_remote(each)]
    for found in request.discovery.files(local):
        if isinstance(found, str) and os.access(found, os.R_OK) and Path(found).stat().st_size:
            paths.append(_GLOB.sub(r"\\\g<0>", absolute(found)))
        elif isinstance(found, str):
            alone = Discovery(columns=request.discovery.columns)
            runner.keep(_here(alone.notes([found]), runner, request))
        else:
            runner.keep(_here(iter([found]), runner, request))
    if not paths:
        return None
    found = spark.read.format(_FILES).option("recursiveFileLookup", "true").load(paths)
    read = found.where(found["length"] <= MAX_BYTES).select("path", "content")
    nothing = sql.lit(None).cast("binary").alias("content")
    return read.unionAll(found.where(found["length"] > MAX_BYTES).select("path", nothing))


def _here(notes: Iterator[Found], runner: Runner, request: Request) -> Iterator[Answer]:
    """Answer for what is empty or cannot be read; that takes no analysis."""
    for job in runner.jobs(notes):
        yield answer(job, request.settings)


def _table(spark: Any, request: Request, table: str) -> Any:
    """Return the rows of a table with a name each: of its file and row where the format numbers them, else by its id."""
    from pyspark.sql import functions as sql

    columns = request.discovery.columns
    if len(request.roots) > 1 and table != _NUMBERED:
        msg = f"--table {table} takes one path"
        raise AuditError(msg)
    paths = [spark_path(each) for each in request.roots]
    rows = spark.read.format(table).load(paths if table == _NUMBERED else paths[0])
    if columns.text not in rows.columns:
        msg = f"{request.roots[0]}: no column {columns.text!r}; choose one with --text-column"
        raise AuditError(msg)
    wanted = (columns.text, columns.note_id, columns.surgeon, columns.date)
    there = [each for each in dict.fromkeys(wanted) if each in rows.columns]
    if table == _NUMBERED:
        place = [sql.col("_metadata.file_path").alias("path"), sql.col("_metadata.row_index")]
        return rows.select(*there, *place)
    if columns.note_id not in there:
        msg = f"{request.roots[0]}: --table {table} needs a column of unique ids; choose one with --id-column"
        raise AuditError(msg)
    note_id = sql.col(columns.note_id).cast("string")
    counted = rows.select(sql.count(sql.lit(1)), sql.countDistinct(note_id)).first()
    if counted[0] != counted[1]:
        rows_of = f"{counted[0] - counted[1]} of {counted[0]} rows"
        msg = f"{request.roots[0]}: {rows_of} have no {columns.note_id!r} of their own; choose a column of unique ids with --id-column"
        raise AuditError(msg)
    name = sql.concat(sql.lit(f"{prefix(request.roots[0])[0]}/"), note_id)
    return rows.select(*there, name.alias("path"), sql.lit(0).alias("row_index"))


def _mapped(
    source: Any, schema: str, make: Callable[[Iterable[dict[str, Any]]], Iterable[dict[str, Any]]]
) -> Any:
    """Run a function over all rows in Spark's workers, a few at a time."""

    def over(frames: Iterable[Any]) -> Iterator[Any]:
        import pandas as pd

        names = [each.split()[0] for each in schema.split(", ")]
        for frame in frames:
            rows = list(make(frame.to_dict("records")))
            yield pd.DataFrame(rows, columns=names)

    source.sparkSession.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", _ROWS_A_BATCH)
    return source.mapInPandas(over, schema)


def _look(runner: Runner, source: Any, lookup: Lookup) -> None:
    """Note every note in the record."""
    with _cached(_mapped(source, ITEM_SCHEMA, lambda rows: item_rows(lookup, rows))) as items:
        for row in items.toLocalIterator():
            found = Found(
                place=row.place,
                part=row.part,
                load=bytes,
                note_id=row.note_id,
                surgeon=row.surgeon,
                date=row.date,
            )
            if runner.shard is not None and not runner.shard.holds(name_of(found)):
                continue
            if runner.journal.add_item(found, row.digest) and row.refusal:
                runner.keep(iter([Answer(**json.loads(row.refusal))]))


def _analyse(runner: Runner, request: Request, source: Any, lookup: Lookup) -> None:
    """Have every content analysed that has no answer, by the first note that holds it."""
    wanted = frozenset(runner.journal.unanswered())
    if not wanted:
        return
    settings = request.settings
    spread = source.repartition(source.sparkSession.sparkContext.defaultParallelism * 4)
    mapped = _mapped(
        spread, ANSWER_SCHEMA, lambda rows: answer_rows(lookup, settings, wanted, rows)
    )
    with _cached(mapped) as answers:
        runner.keep(Answer(**json.loads(row.answer)) for row in answers.toLocalIterator())


@contextmanager
def _cached(frame: Any) -> Iterator[Any]:
    """Compute all of it at once, on all cores, and keep it until it was read."""
    from pyspark import StorageLevel

    frame = frame.persist(StorageLevel.MEMORY_AND_DISK)
    try:
        frame.count()
        yield frame
    finally:
        frame.unpersist()
