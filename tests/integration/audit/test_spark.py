"""Spark on this machine gives the bytes of the local engine, from files and from a table."""

from __future__ import annotations

import csv
import os
import shutil
import sys
from typing import TYPE_CHECKING

import pyarrow as arrow
import pytest
from pyarrow import orc, parquet

from scribe.batch.audit import Request, run_audit
from scribe.batch.discover import Discovery
from scribe.batch.spark import spark_work
from scribe.batch.tables import Columns
from scribe.errors import AuditError
from tests.support.documents import make_docx, make_zip
from tests.support.tables import rows_of

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Command = Callable[..., subprocess.CompletedProcess[str]]
    Written = Callable[[Path], dict[str, bytes]]

needs_java = pytest.mark.skipif(
    shutil.which("java") is None, reason="no Java on this machine; install Java 17 or newer"
)


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory, typed: str, plain: str) -> Path:
    folder = tmp_path_factory.mktemp("spark")
    notes = folder / "notes"
    (notes / "deep").mkdir(parents=True)
    for number in range(6):
        text = f"{typed if number % 2 else plain}\nCase {number}.\n"
        (notes / "deep" / f"note {number}.txt").write_text(text, "utf-8")
    (notes / "same.txt").write_text(f"{plain}\nCase 0.\n", "utf-8")
    (notes / "we[i]r*d.txt").write_text(plain, "utf-8")
    (notes / "word.docx").write_bytes(make_docx(typed.splitlines()))
    (notes / "month.zip").write_bytes(make_zip({"a.txt": typed.encode(), "b.pdf": b"%PDF-1.7"}))
    with (notes / "rows.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [["id", "surgeon", "text"], ["c-1", "A. B.", plain], ["c-2", "", f"{typed} Row."]]
        )
    (notes / "empty.txt").write_bytes(b"")
    (notes / "huge.txt").write_bytes(b"a" * 11_000_000)
    (notes / "loop").symlink_to(notes, target_is_directory=True)
    texts = [f"{typed}\nRow {number}." for number in range(8)]
    table = arrow.table({"text": [*texts[:7], None], "id": [f"t-{n}" for n in range(8)], "date": ["2025-02-03"] * 8})  # fmt: skip
    parquet.write_table(table, folder / "year.parquet")
    return folder


@needs_java
@pytest.mark.parametrize(
    ("source", "options"),
    [("notes", ()), ("year.parquet", ("--table", "parquet"))],
    ids=["files", "a table"],
)
def test_spark_gives_the_bytes_of_the_local_engine(
    here: Path, command: Command, written: Written, source: str, options: tuple[str, ...]
) -> None:
    assert (
        command("audit", source, "--out", f"local-{source}", "--keep-text", cwd=here).returncode
        == 0
    )
    spark = ("--engine", "spark", *options, "--keep-text")
    done = command("audit", source, "--out", f"spark-{source}", *spark, cwd=here)
    assert (done.returncode, done.stderr) == (0, "")
    assert written(here / f"spark-{source}") == written(here / f"local-{source}")


@pytest.fixture(scope="module")
def session() -> Iterator[object]:
    """Spark on this machine, which an audit in this process takes as it takes that of a cluster."""
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    settings = {"spark.ui.enabled": "false", "spark.driver.host": "127.0.0.1", "spark.log.level": "OFF"}  # fmt: skip
    builder = SparkSession.builder.master("local[1]")
    for name, value in settings.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    yield spark
    spark.stop()


def audited(source: str, table: str, out: Path, **columns: str) -> list[tuple[str, str]]:
    """Audit a table in this process, and return place and id of every note."""
    request = Request(roots=[source], out=out, discovery=Discovery(columns=Columns(**columns)))
    run_audit(request, spark_work(table=table))
    return [(each["file"], each["id"]) for each in rows_of(out / "notes.csv")]


@needs_java
@pytest.mark.usefixtures("session")
def test_a_path_with_a_scheme_is_not_taken_for_one_of_this_machine(
    here: Path, tmp_path: Path
) -> None:
    notes = audited((here / "year.parquet").as_uri(), "parquet", tmp_path / "out")
    place = f"file:{here}/year.parquet"  # as Spark calls it
    assert notes == [(place, f"t-{number}") for number in range(7)]


@needs_java
@pytest.mark.usefixtures("session")
def test_a_table_that_numbers_no_rows_is_read_by_its_ids(tmp_path: Path) -> None:
    orc.write_table(arrow.table({"key": ["a", "b"], "text": ["1", "2"]}), tmp_path / "rows.orc")
    source = str(tmp_path / "rows.orc")
    notes = audited(source, "orc", tmp_path / "out", note_id="key")
    assert notes == [(f"{source}/a", "a"), (f"{source}/b", "b")]


REFUSED = {
    "no such path": ("file:/gone.parquet", "parquet", "PATH_NOT_FOUND"),
    "no such data source": ("file:///x", "delta", "Spark has no data source 'delta'; start it"),
    "no such store": ("s3a://bucket/x", "parquet", "Spark has no connector"),
    "ids that are not unique": ("twice.orc", "orc", "2 of 3 rows have no 'id' of their own"),
}


@needs_java
@pytest.mark.usefixtures("session")
@pytest.mark.parametrize(("source", "table", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_what_spark_cannot_read_is_said_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, table: str, words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    orc.write_table(arrow.table({"id": ["a", "a", None], "text": ["b"] * 3}), "twice.orc")
    with pytest.raises(AuditError, match=words):
        audited(source, table, tmp_path / "out")


@needs_java
def test_what_spark_says_does_not_reach_the_terminal(here: Path, command: Command) -> None:
    spark = ("--engine", "spark", "--table", "parquet")
    done = command("audit", "file:///gone.parquet", "--out", "gone", *spark, cwd=here)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Spark gave up (PATH_NOT_FOUND)" in done.stderr.splitlines()[-1]


def test_without_java_the_user_is_told(
    here: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", os.defpath if shutil.which("java", path=os.defpath) is None else "/")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    done = command("audit", "notes", "--out", "nojava", "--engine", "spark", cwd=here)
    assert (done.returncode, done.stdout) == (2, "")
    assert (
        done.stderr
        == "scribe: the Spark engine needs Java 17 or newer; install it, or use --engine local\n"
    )
