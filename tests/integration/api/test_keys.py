"""Keys: needed wherever others can reach the server, stored without their secret, limited in rate."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from scribe.cli import scribe
from scribe_api.access import Buckets
from scribe_api.app import create_app
from scribe_api.keys import KeyFile, Scope
from scribe_api.settings import Settings, SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scribe_api.crew import Crew

NOTE = {"text": "A note."}


@pytest.fixture
def keys(tmp_path: Path) -> KeyFile:
    return KeyFile(tmp_path / "keys.json")


@pytest.fixture
def token(keys: KeyFile) -> str:
    return keys.add("ward", (Scope.ANALYZE,), None)[1]


@pytest.fixture
def guarded(crew: Crew, keys: KeyFile, token: str) -> Iterator[TestClient]:  # noqa: ARG001
    settings = Settings(host="0.0.0.0", keys_file=keys.path, rate_per_minute=3)  # noqa: S104
    with TestClient(create_app(settings, crew), base_url="http://anything") as client:
        yield client


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_an_open_address_without_keys_does_not_start(crew: Crew) -> None:
    with pytest.raises(SettingsError, match="needs a key"):
        create_app(Settings(host="0.0.0.0"), crew)  # noqa: S104


def test_the_command_refuses_an_open_address_without_keys(tmp_path: Path) -> None:
    arguments = ["serve", "--host", "0.0.0.0", "--keys", str(tmp_path / "none.json")]  # noqa: S104
    done = CliRunner().invoke(scribe, arguments)
    assert (done.exit_code, "needs a key" in done.stderr) == (2, True)


def test_no_key_is_401(guarded: TestClient) -> None:
    got = guarded.post("/v1/analyze", json=NOTE)
    assert (got.status_code, "Basic" in got.headers["www-authenticate"]) == (401, True)


def test_a_wrong_secret_is_401(guarded: TestClient, token: str) -> None:
    assert guarded.post("/v1/analyze", json=NOTE, headers=bearer(token + "x")).status_code == 401


def test_a_key_opens(guarded: TestClient, token: str) -> None:
    assert guarded.post("/v1/analyze", json=NOTE, headers=bearer(token)).status_code == 200


def test_a_browser_may_show_it_as_a_password(guarded: TestClient, token: str) -> None:
    assert guarded.post("/v1/analyze", json=NOTE, auth=("me", token)).status_code == 200


def test_a_scope_that_the_key_lacks_is_403(guarded: TestClient, token: str) -> None:
    assert guarded.get("/metrics", headers=bearer(token)).status_code == 403


def test_a_revoked_key_is_401_at_once(guarded: TestClient, keys: KeyFile, token: str) -> None:
    guarded.post("/v1/analyze", json=NOTE, headers=bearer(token))
    keys.revoke(keys.all()[0].id)
    assert guarded.post("/v1/analyze", json=NOTE, headers=bearer(token)).status_code == 401


def test_too_many_requests_are_429_with_the_time_to_wait(guarded: TestClient, token: str) -> None:
    answers = [guarded.post("/v1/analyze", json=NOTE, headers=bearer(token)) for _ in range(4)]
    assert [each.status_code for each in answers] == [200, 200, 200, 429]
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 20


def test_health_needs_no_key(guarded: TestClient) -> None:
    assert guarded.get("/healthz").status_code == 200


def test_an_expired_key_opens_nothing(keys: KeyFile) -> None:
    key, _ = keys.add("guest", (Scope.ANALYZE,), 1)
    assert not key.is_valid(datetime.now(UTC) + timedelta(days=2))


def test_the_secret_is_not_stored(keys: KeyFile, token: str) -> None:
    assert token.split("_", 2)[2] not in keys.path.read_text("utf-8")


def test_only_the_owner_can_read_the_file(keys: KeyFile, token: str) -> None:  # noqa: ARG001
    assert keys.path.stat().st_mode & 0o077 == 0


def test_a_bucket_fills_again() -> None:
    buckets = Buckets(60)
    assert [buckets.take("a", 0.0) for _ in range(61)][-1] == pytest.approx(1.0)
    assert buckets.take("a", 1.0) == 0.0


def test_keys_are_made_listed_and_revoked_by_command(tmp_path: Path) -> None:
    run, place = CliRunner(), ["--keys", str(tmp_path / "keys.json")]
    token = run.invoke(scribe, ["keys", "add", "ward", *place]).stdout.strip()
    key_id = token.split("_")[1]
    assert run.invoke(scribe, ["keys", "revoke", key_id, *place]).exit_code == 0
    assert run.invoke(scribe, ["keys", "list", *place]).stdout.split()[:2] == [key_id, "revoked"]
