"""What the audit tests share: real notes, and the command as a user runs it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.patience import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent.parent.parent
Audit = "Callable[..., subprocess.CompletedProcess[str]]"


def start(*arguments: object, cwd: Path = ROOT) -> subprocess.Popen[str]:
    """Start a command in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "scribe", *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "random"},
        start_new_session=True,
        preexec_fn=_hear_interrupts,
    )


def _hear_interrupts() -> None:
    """Undo what a shell does to commands in the background, which inherit that Ctrl-C is ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def run(*arguments: object, stdin: str = "", cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    process = start(*arguments, cwd=cwd)
    try:
        out, err = process.communicate(stdin, timeout=PATIENCE_S)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        raise
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


@pytest.fixture(scope="session")
def command() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run ``scribe`` with arguments."""
    return run


@pytest.fixture(scope="session")
def begin() -> Callable[..., subprocess.Popen[str]]:
    """Start ``scribe`` with arguments."""
    return start


@pytest.fixture(scope="session")
def typed(root: Path) -> str:
    """A note for which a code is suggested."""
    return (root / "sample_notes" / "typed_with_skin.txt").read_text("utf-8")


@pytest.fixture(scope="session")
def plain(root: Path) -> str:
    """A note for which none is."""
    return (root / "sample_notes" / "pedicled_none.txt").read_text("utf-8")


@pytest.fixture(scope="session")
def draft(root: Path) -> str:
    """A note with gaps and findings."""
    return (root / "sample_notes" / "ai_draft_with_placeholders.md").read_text("utf-8")


def many(folder: Path, texts: list[str], count: int) -> Path:
    """Fill a folder with notes that differ in a line."""
    folder.mkdir(parents=True)
    for number in range(count):
        text = texts[number % len(texts)]
        (folder / f"note{number:04}.txt").write_text(f"{text}\nCase number {number}.\n", "utf-8")
    return folder


@pytest.fixture(scope="session")
def fill() -> Callable[[Path, list[str], int], Path]:
    """Fill a folder with notes."""
    return many


def outputs(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder of results but its record, by name."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "run.json"
    }


@pytest.fixture(scope="session")
def written() -> Callable[[Path], dict[str, bytes]]:
    """Return what an audit wrote."""
    return outputs
