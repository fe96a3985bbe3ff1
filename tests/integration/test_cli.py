"""The command line, end to end."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner, Result

import scribe as library
from scribe.cli import scribe
from scribe.render.rules_as_text import explanation
from scribe.resources import patterns_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scribe.pipeline import Analyzer


@pytest.fixture(autouse=True)
def _one_analyzer(monkeypatch: pytest.MonkeyPatch, analyzer: Analyzer) -> None:
    """Let every command use the analyzer of this run; building one takes seconds."""
    monkeypatch.setattr("scribe.pipeline.Analyzer", lambda: analyzer)


def run(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(scribe, list(arguments), input=stdin)


@pytest.fixture(scope="session")
def sample(root: Path) -> str:
    return str(root / "sample_notes" / "typed_with_skin.txt")


@pytest.fixture(scope="session")
def other(root: Path) -> str:
    return str(root / "sample_notes" / "pedicled_none.txt")


def test_the_default_is_the_terminal_report(sample: str) -> None:
    done = run("analyze", sample)
    assert done.exit_code == 0
    assert done.stdout.startswith("Note typed_with_skin\nCPT 20972: ")


def test_json_is_what_python_returns(sample: str, root: Path, analyzer: Analyzer) -> None:
    done = run("analyze", "--format", "json", sample)
    text = (root / sample).read_text("utf-8")
    assert json.loads(done.stdout) == analyzer.analyze(text, note_id="typed_with_skin").to_dict()


def test_the_python_function_gives_the_same(sample: str, root: Path) -> None:
    text = (root / sample).read_text("utf-8")
    done = run("analyze", "--format", "json", sample)
    assert library.analyze(text, note_id="typed_with_skin").to_dict() == json.loads(done.stdout)


def test_jsonl_is_one_line_for_each_note_in_the_order_given(sample: str, other: str) -> None:
    done = run("analyze", "--format", "jsonl", other, sample)
    ids = [json.loads(line)["note"]["id"] for line in done.stdout.splitlines()]
    assert ids == ["pedicled_none", "typed_with_skin"]


def test_standard_input_is_read(sample: str, root: Path) -> None:
    done = run("analyze", "--format", "json", "-", stdin=(root / sample).read_bytes())
    note = json.loads(done.stdout)["note"]
    assert note["id"] == note["sha256"][:12]


def test_html_is_one_page(sample: str) -> None:
    done = run("analyze", "--format", "html", sample)
    assert done.stdout.startswith("<!doctype html>")
    assert done.stdout.count("<html") == 1


def test_markdown_is_short(sample: str) -> None:
    done = run("analyze", "--format", "markdown", sample)
    assert done.stdout.startswith("# Note typed\\_with\\_skin\n")
    assert len(done.stdout.splitlines()) < 60


def test_windows_line_ends_count_as_they_are(tmp_path: Path, sample: str, root: Path) -> None:
    text = (root / sample).read_text("utf-8").replace("\n", "\r\n")
    path = tmp_path / "note.txt"
    path.write_bytes(text.encode("utf-8"))
    result = json.loads(run("analyze", "--format", "json", str(path)).stdout)
    places = [each for fact in result["facts"] for each in fact["evidence"]]
    assert places
    assert [text[each["start"] : each["end"]] for each in places] == [
        each["text"] for each in places
    ]


def test_a_code_that_is_asked_for_is_shown(sample: str) -> None:
    assert "Checklist of 20957" in run("analyze", "--code", "20957", sample).stdout


SILENT_NOTE = b"SURGEON: A. Example, MD\nPROCEDURE: Free osteocutaneous metatarsal flap.\n"


@pytest.mark.parametrize("level", ["high", "medium", "low"])
def test_a_poor_note_fails_at_every_level(level: str) -> None:
    assert run("analyze", "--fail-on", level, "-", stdin=SILENT_NOTE).exit_code == 1


def test_a_poor_note_is_reported_although_it_fails() -> None:
    done = run("analyze", "--fail-on", "high", "--format", "json", "-", stdin=SILENT_NOTE)
    assert json.loads(done.stdout)["findings"]


def test_without_fail_on_findings_do_not_fail() -> None:
    assert run("analyze", "-", stdin=SILENT_NOTE).exit_code == 0


def refused(done: Result, *words: str) -> None:
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("scribe: ")
    assert done.stderr.count("\n") == 1
    for each in words:
        assert each in done.stderr


UNUSABLE = {
    "empty": (b"", "empty"),
    "blank": (b"\n \n", "empty"),
    "binary": (b"\0\1\2\3", "binary"),
    "too large": (b"a" * (10 * 1024 * 1024 + 1), "10 MiB"),
    "wrong encoding": (b"caf\x81", "encoding"),
    "pdf": (b"%PDF-1.7", "PDF"),
}


@pytest.mark.parametrize(("content", "word"), UNUSABLE.values(), ids=UNUSABLE.keys())
def test_an_unusable_file_is_one_line_and_exit_2(tmp_path: Path, content: bytes, word: str) -> None:
    path = tmp_path / "note.txt"
    path.write_bytes(content)
    refused(run("analyze", str(path)), "note.txt", word)


def test_a_missing_file_is_one_line_and_exit_2() -> None:
    refused(run("analyze", "gone.txt"), "gone.txt", "no such file")


def test_a_folder_is_one_line_and_exit_2(tmp_path: Path) -> None:
    refused(run("analyze", str(tmp_path)), "a folder, not a note")


def test_empty_standard_input_is_one_line_and_exit_2() -> None:
    refused(run("analyze", "-", stdin=b""), "standard input", "empty")


def test_one_bad_input_among_several_stops_before_the_first_result(sample: str) -> None:
    refused(run("analyze", "--format", "jsonl", sample, "gone.txt"), "gone.txt")


@pytest.mark.parametrize(
    "name", ["year.csv", "year.TSV", "year.jsonl", "year.xlsx", "year.parquet"]
)
def test_a_table_is_left_to_the_audit(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("id,text\n1,PROCEDURE: Free fibula flap.\n", "utf-8")
    refused(run("analyze", str(path)), name, "scribe audit")


def test_text_on_standard_input_is_a_note_whatever_it_looks_like() -> None:
    assert run("analyze", "-", stdin=b"id,text\n1,A note.\n").exit_code == 0


FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="this system has no disk that is always full")
@pytest.mark.parametrize("arguments", [["--help"], ["codes"], ["analyze", "-"]])
def test_a_full_disk_is_one_line_and_exit_2(root: Path, arguments: list[str]) -> None:
    with FULL.open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "scribe", *arguments],
            input=b"SURGEON: Quenzelbrook",
            stdout=full,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(root)},
            check=False,
        )
    said = (
        "scribe: cannot write the result: no space left on device; make room or write elsewhere\n"
    )
    assert (done.returncode, done.stderr.decode()) == (2, said)


def test_one_object_cannot_hold_several_notes(sample: str, other: str) -> None:
    refused(run("analyze", "--format", "json", sample, other), "jsonl")


def test_standard_input_is_given_once() -> None:
    refused(run("analyze", "-", "-"), "twice")


def test_an_unknown_code_names_the_known_ones(sample: str) -> None:
    refused(run("analyze", "--code", "12345", sample), "12345", "20972")


WRONG_USE = {
    "unknown command": ["analyse", "note.txt"],
    "unknown option": ["analyze", "--nothing", "note.txt"],
    "unknown format": ["analyze", "--format", "docx", "note.txt"],
    "no path": ["analyze"],
}


@pytest.mark.parametrize("arguments", WRONG_USE.values(), ids=WRONG_USE.keys())
def test_wrong_use_is_one_line_and_exit_2(arguments: list[str]) -> None:
    refused(run(*arguments), "--help")


def test_codes_lists_every_code_of_the_pack(analyzer: Analyzer) -> None:
    listed = run("codes").stdout
    assert [code for code in analyzer.codes if code not in listed] == []


def test_a_code_page_has_checklist_neighbours_figures_and_sources() -> None:
    page = run("codes", "20972").stdout
    for words in ("skin_paddle", "20957", "75.80", "2,531.79", "2026", "[MH-20972]"):
        assert words in page


def test_an_unknown_code_has_no_page() -> None:
    refused(run("codes", "12345"), "20972")


def names_in(part: object) -> set[str]:
    """Collect every name in a result that a reader may ask about."""
    if isinstance(part, list):
        return {name for each in part for name in names_in(each)}
    if not isinstance(part, dict):
        return set()
    own = {part[key] for key in ("name", "id", "kind", "rule") if isinstance(part.get(key), str)}
    return own.union(*(names_in(each) for each in part.values()))


def test_every_name_of_a_result_can_be_explained(analyzer: Analyzer, samples: list[Path]) -> None:
    names: set[str] = set()
    for path in samples:
        result = analyzer.analyze(path.read_text("utf-8")).to_dict()
        del result["note"], result["sections"]
        names |= names_in(result)
    assert [name for name in sorted(names) if not explanation(analyzer.pack, name)] == []


def test_a_rule_is_explained_with_what_it_belongs_to() -> None:
    assert run("explain", "skin_paddle.met").stdout.startswith(
        "skin_paddle.met: a part of skin_paddle\n"
    )


def test_an_unknown_name_suggests_a_known_one() -> None:
    refused(run("explain", "skin_padle"), "skin_paddle")


def test_the_rule_pack_is_sound() -> None:
    done = run("patterns", "check")
    assert (done.exit_code, done.stdout) == (0, "The rule pack is sound.\n")


@pytest.mark.parametrize(
    ("old", "new", "code", "said"),
    [
        ("'SCOPE'", "'SCOPES'", 1, "microscope.used: 'SCOPES' is a tag of no word"),
        ("'SCOPE'", "'( SCOPE'", 2, "microscope.used: the pattern does not compile"),
        (
            "'SCOPE'",
            "'SCOPE', when: [names_ox]",
            2,
            "microscope.used: unknown condition 'names_ox'",
        ),
        ("'SCOPE'", "'SCOPE', status: abscent", 2, "find.0 (microscope.used).status"),
    ],
)
def test_a_rule_that_means_nothing_is_told(
    tmp_path: Path, old: str, new: str, code: int, said: str
) -> None:
    folder = tmp_path / "patterns"
    shutil.copytree(patterns_folder(), folder)
    file = folder / "facts" / "microscope.yaml"
    file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")
    done = run("patterns", "check", str(folder))
    assert (done.exit_code, said in done.output) == (code, True)


def test_the_version_is_told() -> None:
    assert run("--version").stdout == f"scribe {library.__version__}\n"


def pages(command: click.Command, name: str) -> Iterator[tuple[str, str]]:
    """Yield the help of a command and of all commands below it."""
    context = click.Context(command, info_name=name)
    yield name, command.get_help(context)
    for each in getattr(command, "commands", {}).values():
        yield from pages(each, f"{name} {each.name}")


def test_no_help_page_shows_a_mark_of_its_layout() -> None:
    assert [name for name, page in pages(scribe, "scribe") if "\\b" in page] == []


@pytest.mark.parametrize("name", ["Markdown", "Word", "PDF", "RTF", "HTML", "HL7", "FHIR", "C-CDA"])
def test_the_help_of_analyze_names_what_it_reads(name: str) -> None:
    assert name in dict(pages(scribe, "scribe"))["scribe analyze"]


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("CPT CODES: 20972, 69990", "bundled_service.microscope"),
        ("CHARGES ENTERED: 20972; 35206 (vessel repair)", "bundled_service.vessels"),
        ("CPT CODES: 20972, 12032", "bundled_service.donor_closure"),
        ("CPT CODES: 20972-22", "modifier.22"),
        ("CPT CODES: 20972, modifier 51", "modifier.51"),
    ],
)
def test_a_code_or_modifier_that_the_note_lists_is_found(
    sample: str, root: Path, analyzer: Analyzer, written: str, rule: str
) -> None:
    text = (root / sample).read_text("utf-8")
    found = analyzer.analyze(f"{text}\n\n{written}\n").findings
    assert rule in {finding.rule for finding in found}
