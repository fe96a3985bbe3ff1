"""Limits, headers, ids, and failures that tell nothing."""

from __future__ import annotations

import asyncio
import tracemalloc
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

from scribe_api.app import create_app
from scribe_api.bodies import check_depth
from scribe_api.desk import Desk
from scribe_api.errors import Problem
from scribe_api.metrics import Metrics
from scribe_api.settings import Settings, SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scribe_api.crew import Crew

BASE = "http://localhost"
CANARY = "Quenzelbrook"
TEXT = {"Content-Type": "text/plain"}


@pytest.fixture(scope="module")
def small(crew: Crew) -> Iterator[TestClient]:
    settings = Settings(max_body_bytes=2000)
    with TestClient(create_app(settings, crew), base_url=BASE) as client:
        yield client


def test_every_answer_has_its_headers(client: TestClient) -> None:
    headers = client.get("/nowhere").headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert (headers["x-content-type-options"], headers["cache-control"]) == ("nosniff", "no-store")


def test_an_id_of_the_caller_comes_back(client: TestClient) -> None:
    mark = "0af7651916cd43dd8448eb211c80319c"
    assert client.get("/healthz", headers={"X-Request-Id": mark}).headers["x-request-id"] == mark


def test_an_id_that_could_be_words_does_not(client: TestClient) -> None:
    got = client.get("/healthz", headers={"X-Request-Id": CANARY})
    assert CANARY not in got.headers["x-request-id"]


def test_a_declared_body_over_the_limit_is_refused(small: TestClient) -> None:
    assert small.post("/v1/analyze", content=b"a" * 2001, headers=TEXT).status_code == 413


def test_a_body_over_the_limit_without_a_length_is_refused(small: TestClient) -> None:
    pieces = (b"a" * 500 for _ in range(5))
    assert small.post("/v1/analyze", content=pieces, headers=TEXT).status_code == 413


def test_a_batch_may_be_longer_than_one_note(small: TestClient) -> None:
    line = b'{"text": "' + b"a " * 400 + b'"}\n'
    got = small.post(
        "/v1/analyze/batch", content=line * 5, headers={"Content-Type": "application/x-ndjson"}
    )
    assert got.text.count('"scribe.analysis/1"') == 5


def test_a_line_over_the_limit_is_one_error_line(small: TestClient) -> None:
    body = b'{"text": "' + b"a" * 3000 + b'"}\n{"text": "a"}\n'
    got = small.post(
        "/v1/analyze/batch", content=body, headers={"Content-Type": "application/x-ndjson"}
    )
    assert [each[:26] for each in got.text.splitlines()] == [
        '{"schema": "scribe.error/1',
        '{"schema": "scribe.analysi',
    ]


def test_another_host_name_is_not_served(client: TestClient) -> None:
    assert client.get("/healthz", headers={"Host": "evil.example"}).status_code == 421


def test_a_full_line_refuses_one_more(crew: Crew) -> None:
    async def three() -> list[object]:
        desk = Desk(Settings(max_waiting=2), Metrics(), crew)
        tasks = [desk.analyze_text("a note") for _ in range(3)]
        return await asyncio.gather(*tasks, return_exceptions=True)

    refused = [each for each in asyncio.run(three()) if isinstance(each, Problem)]
    assert [each.status_code for each in refused] == [503]


def test_a_note_that_finds_nobody_free_in_time_is_503(crew: Crew, note: str) -> None:
    async def two() -> list[object]:
        desk = Desk(Settings(timeout_s=0.001), Metrics(), crew)
        tasks = [desk.analyze_text(note) for _ in range(2)]
        return await asyncio.gather(*tasks, return_exceptions=True)

    first, second = asyncio.run(two())
    assert (first.note.text, second.status_code) == (note, 503)


def test_a_closing_desk_finishes_what_it_took(crew: Crew, note: str) -> None:
    async def take_and_close() -> str:
        desk = Desk(Settings(), Metrics(), crew)
        task = asyncio.create_task(desk.analyze_text(note))
        await asyncio.sleep(0)
        desk.close()
        return (await task).note.text

    assert asyncio.run(take_and_close()) == note


def test_readiness_and_health(client: TestClient) -> None:
    assert (client.get("/healthz").text, client.get("/readyz").text) == ("ok\n", "ready\n")


def test_a_setting_that_is_no_number_is_named() -> None:
    with pytest.raises(SettingsError, match="SCRIBE_PORT is no number"):
        Settings.from_environment({"SCRIBE_PORT": "x"})


BEYOND = {
    "no process": ("WORKERS", "0"),
    "processes without number": ("WORKERS", "1000000"),
    "no request": ("RATE_PER_MINUTE", "0"),
    "below nothing": ("MAX_WAITING", "-1"),
    "not a number": ("TIMEOUT_S", "nan"),
    "for ever": ("TIMEOUT_S", "inf"),
    "no such port": ("PORT", "65536"),
}


@pytest.mark.parametrize(("name", "value"), BEYOND.values(), ids=BEYOND.keys())
def test_a_setting_out_of_its_range_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"SCRIBE_{name} is out of range"):
        Settings.from_environment({f"SCRIBE_{name}": value})


def test_settings_come_from_the_environment() -> None:
    assert Settings.from_environment({"SCRIBE_TIMEOUT_S": "2.5"}).timeout_s == 2.5


PAGE = "https://records.example.org"


def test_no_page_of_another_host_may_call(client: TestClient) -> None:
    got = client.get("/v1/codes", headers={"Origin": PAGE})
    assert "access-control-allow-origin" not in got.headers


@pytest.mark.parametrize(("origin", "may"), [(PAGE, True), ("https://evil.example", False)])
def test_a_page_that_the_settings_name_may_call(crew: Crew, origin: str, may: bool) -> None:
    app = create_app(Settings(cors_origins=PAGE), crew)
    with TestClient(app, base_url=BASE) as client:
        got = client.get("/v1/codes", headers={"Origin": origin})
    assert (got.headers.get("access-control-allow-origin") == origin) is may


@pytest.mark.parametrize("origins", ["*", "records.example.org", f"{PAGE}/path"])
def test_what_is_no_origin_is_refused(crew: Crew, origins: str) -> None:
    with pytest.raises(SettingsError, match="no origin"):
        create_app(Settings(cors_origins=origins), crew)


@pytest.mark.parametrize(
    "string", [b"a", b"\\n", b"a\\n", b'\\"'], ids=["plain", "escaped", "both", "quotes"]
)
@pytest.mark.parametrize("end", [b'"}', b"", b"\\"], ids=["closed", "open", "torn"])
def test_a_long_string_takes_no_memory_of_its_own(string: bytes, end: bytes) -> None:
    body = b'{"text": "' + string * 500_000 + end
    tracemalloc.start()
    check_depth(body, 2)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < len(body) + 1_000_000  # the string once, as it was found


def test_brackets_in_strings_are_not_counted() -> None:
    check_depth(rb'{"a": "[[[\"[[[", "b": ["]"]}', 2)


def test_brackets_behind_strings_are_counted() -> None:
    with pytest.raises(Problem, match="2 levels"):
        check_depth(rb'{"a\"": [[1]]}', 2)
