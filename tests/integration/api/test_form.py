"""The form without a browser: what is posted, what comes back."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

HX = {"HX-Request": "true"}


def test_the_page_names_no_other_host(client: TestClient) -> None:
    page = client.get("/").text
    assert "://" not in page.replace("http://www.w3.org/2000/svg", "")


def test_a_script_gets_the_panes_alone(client: TestClient, note: str) -> None:
    got = client.post("/", data={"text": note}, headers=HX).text
    assert ("<html" in got, 'id="marked"' in got) == (False, True)


def test_line_ends_of_a_form_are_line_ends_of_the_note(client: TestClient, note: str) -> None:
    got = client.post("/download/json", data={"text": note.replace("\n", "\r\n")}).json()
    assert got["note"]["sha256"] == hashlib.sha256(note.encode()).hexdigest()


def test_an_unknown_sample_is_not_found(client: TestClient) -> None:
    assert client.get("/", params={"sample": "../README"}).status_code == 404


@pytest.mark.parametrize("data", [{"text": ""}, {"text": " \n"}, {}])
def test_nothing_typed_shows_how_to_start(client: TestClient, data: dict[str, str]) -> None:
    assert 'id="hint"' in client.post("/", data=data or {"id": "x"}, headers=HX).text


def test_a_name_of_a_download_is_plain(client: TestClient) -> None:
    got = client.post("/download/markdown", data={"text": "A note.", "id": 'x"; y/../é'})
    assert got.headers["content-disposition"] == 'attachment; filename="x___y_..__.md"'


def test_every_script_and_style_is_served(client: TestClient) -> None:
    names = ("form.css", "form.js", "theme.js", "icon.svg", "vendor/htmx-2.0.11.min.js")
    assert {client.get(f"/static/{name}").status_code for name in names} == {200}
