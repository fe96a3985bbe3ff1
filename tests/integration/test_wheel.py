"""The wheel carries everything and works from any folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tests.support.patience import PATIENCE_S

pytestmark = pytest.mark.slow


def run(*command: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(each) for each in command],
        cwd=folder,
        # A PYTHONPATH of the caller would put the checkout before the wheel.
        env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=PATIENCE_S,
    )


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    done = run(
        *(sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", folder, root),
        folder=root,
    )
    assert done.returncode == 0, done.stderr
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment that holds the wheel, and sees the dependencies but not the checkout."""
    folder = tmp_path_factory.mktemp("installed")
    run(sys.executable, "-m", "venv", "--without-pip", folder / "env", folder=folder)
    python = folder / "env" / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--python", python, "--quiet", "install", "--no-deps")
    done = run(*pip, "--no-index", wheel, folder=folder)
    assert done.returncode == 0, done.stderr
    (site,) = (folder / "env").glob("lib/python*/site-packages")
    (site / "dependencies.pth").write_text(sysconfig.get_paths()["purelib"] + "\n", "utf-8")
    return folder


def entries(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


def test_the_top_level_is_exactly_the_two_packages(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in entries(wheel)}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"scribe", "scribe_api"}


def test_every_rule_file_is_in_the_wheel(wheel: Path, root: Path) -> None:
    rules = {path.relative_to(root).as_posix() for path in (root / "patterns").rglob("*.yaml")}
    assert {f"scribe/_bundled/{each}" for each in rules} - set(entries(wheel)) == set()


def test_the_learned_models_are_in_the_wheel(wheel: Path, root: Path) -> None:
    artifacts = (root / "models").glob("*/artifact/*")
    wanted = {path.relative_to(root).as_posix() for path in artifacts}
    bundled = {name for name in entries(wheel) if name.startswith("scribe/_bundled/models/")}
    assert bundled == {f"scribe/_bundled/{each}" for each in wanted}


def test_every_module_and_template_is_in_the_wheel(wheel: Path, root: Path) -> None:
    endings = {".py", ".html", ".css", ".js", ".svg", ".txt", ".typed"}
    wanted = {
        path.relative_to(base).as_posix()
        for base, package in ((root, "scribe"), (root / "api", "scribe_api"))
        for path in (base / package).rglob("*")
        if path.suffix in endings
    }
    assert wanted - set(entries(wheel)) == set()


def test_the_command_works_from_another_folder(installed: Path, root: Path) -> None:
    note = root / "sample_notes" / "typed_with_skin.txt"
    command = installed / "env" / "bin" / "scribe"
    done = run(command, "analyze", "--format", "json", note, folder=installed)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["suggestion"]["decision"] == "suggest"


def test_the_installed_package_is_not_the_checkout(installed: Path) -> None:
    python = installed / "env" / "bin" / "python"
    done = run(python, "-c", "import scribe; print(scribe.__file__)", folder=installed)
    assert Path(done.stdout.strip()).is_relative_to(installed)


def test_the_html_report_works_from_the_wheel(installed: Path, root: Path) -> None:
    note = root / "sample_notes" / "typed_with_skin.txt"
    python = installed / "env" / "bin" / "python"
    done = run(python, "-m", "scribe", "analyze", "--format", "html", note, folder=installed)
    assert done.stdout.startswith("<!doctype html>")


FORM = """
from starlette.testclient import TestClient
from scribe_api.app import create_app
with TestClient(create_app(), base_url="http://localhost") as client:
    paths = ("/", "/?sample=typed_with_skin", "/static/form.css", "/static/form.js")
    print(*(client.get(path).status_code for path in paths))
"""


def test_the_web_form_works_from_the_wheel(installed: Path) -> None:
    python = installed / "env" / "bin" / "python"
    done = run(python, "-W", "ignore", "-c", FORM, folder=installed)
    assert done.stdout.split() == ["200"] * 4, done.stderr
