"""The documentation is true: its commands run, its Python runs, its generated pages are fresh."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from docs.generate import PAGES, README, readme
from scribe.cli import scribe
from scribe.rules.fact_schema import AnyFactFile
from scribe.rules.pack import load_pack
from scribe.rules.schema import CodeSpec, Requirement
from scribe.rules.vocabulary import VocabFile
from scribe.rules.yaml_loader import load_file, load_yaml
from tests.support.patience import PATIENCE_S

if TYPE_CHECKING:
    from scribe.pipeline import Analyzer

ROOT = Path(__file__).resolve().parent.parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
BLOCK = re.compile(r"^( *)```(\w+)\n(.*?)^\1```", re.MULTILINE | re.DOTALL)
RULE_KINDS = {"code": CodeSpec, "met": Requirement, "find": AnyFactFile, "terms": VocabFile}


def blocks(kind: str) -> list[tuple[str, str]]:
    return [
        (path.name, textwrap.dedent(body))
        for path in DOCUMENTS
        for _, language, body in BLOCK.findall(path.read_text("utf-8"))
        if language == kind
    ]


def commands() -> list[str]:
    lines = [line for _, body in blocks("console") for line in body.splitlines()]
    return [line.removeprefix("$ ").split("  #")[0] for line in lines if line.startswith("$ ")]


@pytest.mark.parametrize("command", commands())
def test_a_command_of_the_documentation_runs(command: str) -> None:
    words = shlex.split(command)
    if ">" in words:
        words = words[: words.index(">")]
    assert words[0] == "scribe"
    done = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=ROOT,
        capture_output=True,
        check=False,
        timeout=PATIENCE_S,
    )
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("snippet", [body for _, body in blocks("python")])
def test_a_python_snippet_of_the_documentation_runs(snippet: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", snippet],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        timeout=PATIENCE_S,
    )
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("block", [body for _, body in blocks("yaml")])
def test_a_rule_of_the_documentation_is_one(block: str, tmp_path: Path) -> None:
    path = tmp_path / "rule.yaml"
    path.write_text(block, "utf-8")
    kinds = [model for key, model in RULE_KINDS.items() if key in load_yaml(path)]
    assert [load_file(path, each) for each in kinds] or "text:" in block


@pytest.mark.parametrize(
    "target", re.findall(r"^make (\w+)", "\n".join(b for _, b in blocks("sh")))
)
def test_a_make_target_of_the_documentation_exists(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("command", sorted(scribe.commands))
def test_every_command_is_in_the_readme_or_the_docs(command: str) -> None:
    text = "\n".join(path.read_text("utf-8") for path in DOCUMENTS)
    assert f"scribe {command}" in text


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_to_a_file_leads_somewhere(document: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#\s]+)[^)]*\)", document.read_text("utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_the_report_in_the_readme_is_fresh(analyzer: Analyzer) -> None:
    assert README.read_text("utf-8") == readme(analyzer)


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_is_fresh(name: str) -> None:
    assert (ROOT / "docs" / name).read_text("utf-8") == PAGES[name](load_pack())
