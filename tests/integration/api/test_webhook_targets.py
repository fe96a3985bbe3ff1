"""Who may receive results, where they are kept until then, and what a server refuses at its start."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from scribe.cli import scribe
from scribe_api.settings import SettingsError
from scribe_api.spool import Spool
from scribe_api.targets import TargetFile, check_url

if TYPE_CHECKING:
    from pathlib import Path

ADDRESSES = {
    "https": ("https://archive.example.org/in?x=1", True),
    "loopback": ("http://127.0.0.1:9000/", True),
    "loopback by name": ("http://localhost:9000/", True),
    "loopback of IPv6": ("http://[::1]:9000/", True),
    "plain http": ("http://archive.example.org/", False),
    "a private address": ("http://10.0.0.1/", False),
    "a name that looks like loopback": ("http://127.0.0.1.example.org/", False),
    "a password": ("https://me:secret@archive.example.org/", False),
    "a file": ("file:///etc/passwd", False),
    "no host": ("https:///x", False),
    "no port": ("https://archive.example.org:x/", False),
    "no address": ("archive", False),
}


@pytest.mark.parametrize(("url", "may"), ADDRESSES.values(), ids=ADDRESSES.keys())
def test_where_results_may_go(url: str, may: bool) -> None:
    if may:
        check_url(url)
        return
    with pytest.raises(SettingsError):
        check_url(url)


def test_without_a_folder_the_server_does_not_start(tmp_path: Path) -> None:
    TargetFile(tmp_path / "w.json").add("archive", "https://archive.example.org/")
    done = CliRunner().invoke(scribe, ["serve", "--webhooks", str(tmp_path / "w.json")])
    assert (done.exit_code, "name one with --spool" in done.stderr) == (2, True)


def test_without_a_receiver_the_server_does_not_start(tmp_path: Path) -> None:
    arguments = ["serve", "--webhooks", str(tmp_path / "w.json"), "--spool", str(tmp_path / "s")]
    done = CliRunner().invoke(scribe, arguments)
    assert (done.exit_code, "names no webhook" in done.stderr) == (2, True)


def test_a_folder_that_others_can_read_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    with pytest.raises(SettingsError, match="read by others"):
        Spool(tmp_path)


def test_a_file_of_secrets_that_others_can_read_is_refused(tmp_path: Path) -> None:
    targets = TargetFile(tmp_path / "w.json")
    targets.add("archive", "https://archive.example.org/")
    targets.path.chmod(0o644)
    with pytest.raises(SettingsError, match="chmod 600"):
        targets.all()


def test_receivers_are_added_listed_and_removed(tmp_path: Path) -> None:
    path = str(tmp_path / "w.json")

    def run(*arguments: str) -> str:
        done = CliRunner().invoke(scribe, ["webhooks", *arguments, "--webhooks", path])
        assert done.exit_code == 0
        return done.stdout

    assert run("add", "archive", "https://archive.example.org/").startswith("whsec_")
    assert run("targets") == "archive  https://archive.example.org/\n"
    run("remove", "archive")
    assert run("targets") == ""
