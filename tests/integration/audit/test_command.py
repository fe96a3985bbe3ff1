"""The command line of an audit: what it takes, what it refuses, and how it ends."""

from __future__ import annotations

import contextlib
import csv
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.tables import rows_of

if TYPE_CHECKING:
    from collections.abc import Callable

    Command = Callable[..., subprocess.CompletedProcess[str]]

CANARY = "Quenzelbrook"
ROOT = Path(__file__).resolve().parent.parent.parent.parent


@pytest.fixture
def folder(tmp_path: Path, typed: str, plain: str) -> Path:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "typed.txt").write_text(typed, "utf-8")
    (tmp_path / "a" / "plain.txt").write_text(plain, "utf-8")
    return tmp_path


def files(out: Path) -> list[str]:
    return [each["file"] for each in rows_of(out / "notes.csv")]


def test_a_list_of_paths_comes_from_standard_input(folder: Path, command: Command) -> None:
    done = command("audit", "-", "--out", "out", stdin="a/typed.txt\na/gone.txt\n", cwd=folder)
    assert done.returncode == 0
    assert files(folder / "out") == ["a/typed.txt"]
    assert "a/gone.txt" in (folder / "out" / "failures.csv").read_text("utf-8")


def test_a_glob_names_files_and_a_file_named_twice_counts_once(
    folder: Path, command: Command
) -> None:
    done = command("audit", "a/*.txt", "./a/typed.txt", "--out", "out", cwd=folder)
    assert done.returncode == 0
    assert files(folder / "out") == ["a/plain.txt", "a/typed.txt"]


def test_results_inside_the_input_are_not_input(folder: Path, command: Command) -> None:
    assert command("audit", "a", "--out", "a/out", "--keep-text", cwd=folder).returncode == 0
    assert files(folder / "a" / "out") == ["a/plain.txt", "a/typed.txt"]
    assert len(list((folder / "a" / "out" / "texts").iterdir())) == 2


def test_columns_of_a_table_are_chosen(folder: Path, command: Command, plain: str) -> None:
    with (folder / "t.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [["acc", "who", "day", "words"], ["17", "A. B.", "3/4/2025", plain]]
        )
    options = (
        "--text-column",
        "words",
        "--id-column",
        "acc",
        "--surgeon-column",
        "who",
        "--date-column",
        "day",
    )
    assert command("audit", "t.csv", "--out", "out", *options, cwd=folder).returncode == 0
    row = rows_of(folder / "out" / "notes.csv")[0]
    assert (row["id"], row["surgeon"], row["date"]) == ("17", "A. B.", "2025-03-04")


def test_fail_on_ends_with_one(folder: Path, command: Command, draft: str) -> None:
    (folder / "a" / "draft.txt").write_text(draft, "utf-8")
    done = command("audit", "a", "--out", "out", "--fail-on", "low", cwd=folder)
    assert (done.returncode, done.stderr) == (1, "")


REFUSED = {
    "no such path": (("gone",), "gone: no such file"),
    "no file fits": (("*.gone",), "no file fits"),
    "nothing there": (("empty",), "no notes there"),
    "a folder in use": (("a", "--out", "a"), "not empty"),
    "an unknown option": (("a", "--nothing-such"), "--nothing-such"),
    "a level that is none": (("a", "--fail-on", "worst"), "worst"),
}


@pytest.mark.parametrize(("arguments", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_used_is_one_line_and_two(
    folder: Path, command: Command, arguments: tuple[str, ...], words: str
) -> None:
    (folder / "empty").mkdir()
    done = command("audit", "--out", "out", *arguments, cwd=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_terminal_shows_rate_and_failures(folder: Path) -> None:
    (folder / "a" / "empty.txt").write_bytes(b"")
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "scribe", "audit", "a", "--out", "out"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "120"},
        stdout=subprocess.DEVNULL,
        stderr=theirs,
    )
    os.close(theirs)
    shown = b""
    with contextlib.suppress(OSError):  # how a terminal says that its program has ended
        while piece := os.read(ours, 65536):
            shown += piece
    os.close(ours)
    assert process.wait() == 0
    assert b"3/3" in shown
    assert b"1 failed" in shown


def test_no_word_of_a_note_is_on_any_stream_or_in_the_record_of_the_run(
    folder: Path, command: Command, typed: str
) -> None:
    text = typed.replace(". ", f". {CANARY} was told. ")
    (folder / "a" / "told.txt").write_text(text, "utf-8")
    (folder / "a" / "damaged.pdf").write_bytes(f"%PDF-1.4 {CANARY}\n%%EOF".encode())
    done = command("audit", "a", "--out", "out", "--jobs", 2, cwd=folder)
    said = done.stdout + done.stderr + (folder / "out" / "run.json").read_text("utf-8")
    assert CANARY not in said + (folder / "out" / "failures.csv").read_text("utf-8")
