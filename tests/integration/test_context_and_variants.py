"""The benchmarks of context and of variants answer on small input, and print no word of a note."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from benchmarks.context import __main__ as context
from benchmarks.context.probes import load_probes
from benchmarks.context.table import tally
from benchmarks.variants.__main__ import as_table, figures, measure

CORPUS = Path(__file__).resolve().parents[2] / "models" / "corpus"
PROBES = """status: absent
typed:
  denied: {text: 'No [[skin paddle]] was taken.', fact: skin_paddle}
  other_limb: {text: 'The other leg was [[prepped]].', status: no_fact}
"""


@pytest.fixture
def probes(tmp_path: Path) -> Path:
    (tmp_path / "made_up.yaml").write_text(PROBES, "utf-8")
    return tmp_path


def test_every_engine_is_asked(
    probes: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["benchmarks.context", "--folder", str(probes)])
    context.main()
    head = capsys.readouterr().out.splitlines()[0]
    assert head.split()[:5] == ["category", "probes", "scribe", "its", "facts"]


def test_right_and_taken_as_present_are_counted(probes: Path) -> None:
    rows = tally(load_probes(probes), {"one": ["absent", "present"], "other": ["", "absent"]})
    assert rows["all"] == {
        "one": {"asked": 2, "right": 1, "not_present": 2, "taken": 1},
        "other": {"asked": 1, "right": 1, "not_present": 1, "taken": 0},
    }


@pytest.mark.parametrize(
    "wrong",
    [
        "status: absent\nsung:\n  a: {text: '[[x]]'}\n",
        "status: maybe\ntyped:\n  a: {text: '[[x]]'}\n",
        "status: absent\ntyped:\n  a: {text: 'x'}\n",
        "status: absent\ntyped:\n  a: {text: '[[x]]', because: y}\n",
    ],
    ids=["voice", "status", "mark", "key"],
)
def test_a_probe_that_is_written_wrongly_is_refused(tmp_path: Path, wrong: str) -> None:
    (tmp_path / "made_up.yaml").write_text(wrong, "utf-8")
    with pytest.raises(ValueError, match="made_up"):
        load_probes(tmp_path)


def test_a_mended_probe_loses_its_mark(
    probes: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = probes / "made_up.yaml"
    path.write_text(PROBES.replace("skin_paddle}", "skin_paddle, xfail: 'not yet'}"), "utf-8")
    monkeypatch.setattr(sys, "argv", ["benchmarks.context", "--folder", str(probes), "--unmark"])
    context.main()
    capsys.readouterr()
    assert path.read_text("utf-8") == PROBES


def test_other_units_change_no_value(tmp_path: Path) -> None:
    folder = tmp_path / "tuned_made_up"
    folder.mkdir()
    for path in sorted((CORPUS / "tuned_01").glob("a0[1-3].*")):
        shutil.copy(path, folder)
    rows = measure([folder], ["units"], [1])
    assert figures(rows["tuned", "units"])["values_changed"] == 0.0
    assert "units" in as_table(rows)
