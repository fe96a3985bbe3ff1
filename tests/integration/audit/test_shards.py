"""An audit in parts gives what one run gives; a part is there whole or not at all."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    Command = Callable[..., subprocess.CompletedProcess[str]]

COUNT = 24


@pytest.fixture(scope="module")
def notes(
    tmp_path_factory: pytest.TempPathFactory,
    fill: Callable[[Path, list[str], int], Path],
    typed: str,
    plain: str,
) -> Path:
    folder = fill(tmp_path_factory.mktemp("shards") / "notes", [typed, plain], COUNT)
    for number in range(8, 16):  # the same content in several parts
        (folder / f"note{number:04}.txt").write_bytes((folder / "note0020.txt").read_bytes())
    (folder / "bad.pdf").write_bytes(b"%PDF-1.7")
    return folder


@pytest.fixture(scope="module")
def parts(notes: Path, command: Command) -> Path:
    for number in (1, 2, 3):
        part = ("--out", "parts", "--shard", f"{number}/3", "--jobs", 1, "--keep-text")
        done = command("audit", "notes", *part, cwd=notes.parent)
        assert (done.returncode, done.stderr) == (0, "")
    return notes.parent / "parts"


def test_merging_gives_the_bytes_of_one_run(
    notes: Path, parts: Path, command: Command, written: Callable[[Path], dict[str, bytes]]
) -> None:
    assert (
        command("audit", "notes", "--out", "whole", "--keep-text", cwd=notes.parent).returncode == 0
    )
    merged = notes.parent / "merged"
    shutil.copytree(parts, merged)
    done = command("audit", "merge", "merged", cwd=notes.parent)
    assert (done.returncode, done.stderr) == (0, "")
    shutil.rmtree(merged / "shards")
    assert written(merged) == written(notes.parent / "whole")


def test_a_finished_part_is_not_run_again(parts: Path, command: Command) -> None:
    done = command("audit", "notes", "--out", "parts", "--shard", "1/3", cwd=parts.parent)
    assert (done.returncode, "finished" in done.stderr) == (2, True)
    again = command(
        "audit", "notes", "--out", "parts", "--shard", "1/3", "--resume", cwd=parts.parent
    )
    assert (again.returncode, "nothing to do" in again.stdout) == (0, True)


def test_a_missing_part_is_named(parts: Path, command: Command, tmp_path: Path) -> None:
    shutil.copytree(parts, tmp_path / "some")
    shutil.rmtree(tmp_path / "some" / "shards" / "2-of-3")
    done = command("audit", "merge", "some", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "missing shards 2 of 3" in done.stderr


def test_a_folder_without_parts_is_refused(tmp_path: Path, command: Command) -> None:
    done = command("audit", "merge", tmp_path)
    assert (done.returncode, "no finished shards" in done.stderr) == (2, True)


@pytest.mark.parametrize("value", ["0/3", "4/3", "3", "a/b", "-1/3"])
def test_a_part_that_is_none_is_refused(value: str, tmp_path: Path, command: Command) -> None:
    done = command("audit", tmp_path, "--out", tmp_path / "out", "--shard", value)
    assert (done.returncode, value in done.stderr) == (2, True)


def test_parts_made_with_another_model_are_not_merged(
    parts: Path, command: Command, tmp_path: Path
) -> None:
    shutil.copytree(parts, tmp_path / "other")
    for stamp in (tmp_path / "other" / "shards").glob("*/shard.json"):
        made = json.loads(stamp.read_text("utf-8"))
        made["engine"]["skin_judge"]["hash"] = "0" * 12
        stamp.write_text(json.dumps(made, sort_keys=True), "utf-8")
    done = command("audit", "merge", "other", cwd=tmp_path)
    assert (done.returncode, "other models" in done.stderr) == (2, True)
