"""axe-core finds nothing serious or critical, on every state of the page, in light and in dark."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    Open = Callable[..., Page]

pytestmark = pytest.mark.slow
AXE = (Path(__file__).parent / "vendor" / "axe-4.14.1.min.js").read_text("utf-8")
STATES = {
    "empty": ("/", ""),
    "suggested": ("/?sample=typed_bone_only", ""),
    "query": ("/?sample=skin_not_mentioned", ""),
    "none": ("/?sample=pedicled_none", ""),
    "placeholders": ("/?sample=ai_draft_with_placeholders", ""),
    "all open": (
        "/?sample=skin_not_mentioned",
        "document.querySelectorAll('details').forEach((each) => { each.open = true; })",
    ),
    "refused": ("/?sample=nothing", ""),
    "another code": (
        "/?sample=typed_bone_only",
        (
            "new Promise((done) => { document.addEventListener('htmx:afterSettle', done, {once: true});"
            " document.querySelector('#show-20962').click(); }).then(() => null)"
        ),
    ),
    "searching": (
        "/?sample=typed_bone_only",
        (
            "(() => { const field = document.querySelector('#search'); field.value = 'artery'; field.focus();"
            " field.dispatchEvent(new Event('input', {bubbles: true})); })()"
        ),
    ),
    "copied": (
        "/?sample=skin_not_mentioned",
        "document.querySelectorAll('[data-copy]').forEach((each) => { each.dataset.done = 'yes'; })",
    ),
    "dropping": ("/", "document.documentElement.classList.add('dropping')"),
    "mark focused": ("/?sample=typed_bone_only", "document.querySelector('#marked mark').focus()"),
}


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize(("path", "act"), STATES.values(), ids=STATES.keys())
@pytest.mark.parametrize("width", [1440, 390])
def test_nothing_serious(open_page: Open, path: str, act: str, look: str, width: int) -> None:
    page = open_page(
        path, color_scheme=look, viewport={"width": width, "height": 900}, bypass_csp=True
    )
    if act:
        page.evaluate(act)
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    serious = [
        (each["id"], each["nodes"][0]["html"][:160])
        for each in found
        if each["impact"] in {"serious", "critical"}
    ]
    assert serious == []
