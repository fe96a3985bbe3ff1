"""What the rules know, over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from scribe.pipeline import Analyzer


def test_every_code_is_listed(client: TestClient, analyzer: Analyzer) -> None:
    assert [each["code"] for each in client.get("/v1/codes").json()] == list(analyzer.codes)


def test_every_code_has_its_page(client: TestClient, analyzer: Analyzer) -> None:
    pages = [client.get(f"/v1/codes/{code}").json() for code in analyzer.codes]
    assert all(page["checklist"] and page["sources"] for page in pages)


def test_facts_are_listed_without_signals(client: TestClient, analyzer: Analyzer) -> None:
    names = {each["name"] for each in client.get("/v1/facts").json()}
    assert names == {rule.name for rule in analyzer.pack.language.facts if not rule.signal}


def test_an_unknown_code_is_not_found(client: TestClient) -> None:
    assert client.get("/v1/codes/99999").status_code == 404


@pytest.mark.parametrize("path", ["/v1/codes", "/v1/facts"])
def test_an_unchanged_list_is_not_sent_again(client: TestClient, path: str) -> None:
    mark = client.get(path).headers["etag"]
    assert client.get(path, headers={"If-None-Match": mark}).status_code == 304
