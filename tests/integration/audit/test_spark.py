"""Spark on this machine gives the bytes of the local engine, from files and from a table."""

from __future__ import annotations

import csv
import os
import shutil
from typing import TYPE_CHECKING

import pyarrow as arrow
import pytest
from pyarrow import parquet

from tests.support.documents import make_docx, make_zip

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
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


@needs_java
def test_what_spark_cannot_read_is_one_line(here: Path, command: Command) -> None:
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
