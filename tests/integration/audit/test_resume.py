"""An audit that is killed, stopped or repeated: no note is lost, none is done twice, and the bytes stay the same."""

from __future__ import annotations

import json
import os
import signal
import time
from typing import TYPE_CHECKING

import pytest

from tests.support.patience import PATIENCE_S

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    Command = Callable[..., subprocess.CompletedProcess[str]]
    Begin = Callable[..., subprocess.Popen[str]]
    Written = Callable[[Path], dict[str, bytes]]

COUNT = 200


@pytest.fixture(scope="module")
def notes(
    tmp_path_factory: pytest.TempPathFactory,
    fill: Callable[[Path, list[str], int], Path],
    typed: str,
    plain: str,
) -> Path:
    folder = fill(tmp_path_factory.mktemp("resume") / "notes", [typed, plain], COUNT)
    (folder / "note0050.txt").write_bytes((folder / "note0000.txt").read_bytes())
    (folder / "note0003.txt").write_bytes(b"")
    return folder


@pytest.fixture(scope="module")
def whole(notes: Path, command: Command, written: Written) -> dict[str, bytes]:
    """What an audit writes that nothing disturbs."""
    out = notes.parent / "whole"
    assert command("audit", "notes", "--out", out, "--jobs", 2, cwd=notes.parent).returncode == 0
    return written(out)


def disturb(process: subprocess.Popen[str], out: Path, signum: int) -> None:
    """Wait until more results are written than one commit of the record holds, and end the run in the middle."""
    results = out / "results.jsonl"
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until and process.poll() is None:
        if results.exists() and results.stat().st_size > 4_000_000:
            break
        time.sleep(0.01)
    assert process.poll() is None, "the run was over before it could be disturbed"
    process.send_signal(signum)


def test_a_killed_run_goes_on_to_the_same_bytes(
    notes: Path, begin: Begin, command: Command, whole: dict[str, bytes], written: Written
) -> None:
    out = notes.parent / "killed"
    process = begin("audit", "notes", "--out", out, "--jobs", 2, cwd=notes.parent)
    disturb(process, out, signal.SIGKILL)
    process.communicate()
    with (out / "results.jsonl").open("ab") as results:
        results.write(b'{"schema": "half a li')
    done = command("audit", "notes", "--out", out, "--resume", cwd=notes.parent)
    assert (done.returncode, done.stderr) == (0, "")
    assert written(out) == whole
    this_run = json.loads((out / "run.json").read_text("utf-8"))["this_run"]
    assert 0 < this_run["analysed"] < COUNT - 3


def test_ctrl_c_stops_in_one_line_and_goes_on(
    notes: Path, begin: Begin, command: Command, whole: dict[str, bytes], written: Written
) -> None:
    out = notes.parent / "stopped"
    process = begin("audit", "notes", "--out", out, "--jobs", 1, cwd=notes.parent)
    disturb(process, out, signal.SIGINT)
    _, said = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 130
    assert said == "scribe: stopped; the same command with --resume goes on from here\n"
    refused = command("audit", "notes", "--out", out, cwd=notes.parent)
    assert (refused.returncode, "--resume" in refused.stderr) == (2, True)
    assert command("audit", "notes", "--out", out, "--resume", cwd=notes.parent).returncode == 0
    assert written(out) == whole


def test_no_worker_outlives_a_killed_run(notes: Path, begin: Begin) -> None:
    out = notes.parent / "orphans"
    process = begin("audit", "notes", "--out", out, "--jobs", 2, cwd=notes.parent)
    disturb(process, out, signal.SIGKILL)
    process.communicate()
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until and group_is_alive(process.pid):
        time.sleep(0.05)
    assert not group_is_alive(process.pid)


def group_is_alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_one_process_gives_the_same_bytes(
    notes: Path, command: Command, whole: dict[str, bytes], written: Written
) -> None:
    out = notes.parent / "single"
    assert command("audit", "notes", "--out", out, "--jobs", 1, cwd=notes.parent).returncode == 0
    assert written(out) == whole


@pytest.mark.usefixtures("whole")
def test_a_finished_audit_is_not_done_again(notes: Path, command: Command) -> None:
    done = command("audit", "notes", "--out", "whole", "--resume", cwd=notes.parent)
    assert (done.returncode, done.stdout) == (0, "whole: complete; nothing to do\n")
    refused = command("audit", "notes", "--out", "whole", cwd=notes.parent)
    assert (refused.returncode, "finished audit" in refused.stderr) == (2, True)


def test_other_options_cannot_go_on(notes: Path, begin: Begin, command: Command) -> None:
    out = notes.parent / "other"
    process = begin("audit", "notes", "--out", out, "--jobs", 1, cwd=notes.parent)
    disturb(process, out, signal.SIGKILL)
    process.communicate()
    done = command(
        "audit", "notes", "--out", out, "--resume", "--reports", "none", cwd=notes.parent
    )
    assert (done.returncode, "other options" in done.stderr) == (2, True)
