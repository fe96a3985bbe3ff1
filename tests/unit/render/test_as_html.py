"""The HTML report stands alone and cannot be written into by a note."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from scribe.render.as_html import as_html
from tests.support.builders import NOTE_TEXT, make_analysis, make_fact, make_finding, make_note

if TYPE_CHECKING:
    from scribe.types.analysis import Analysis

HOSTILE = '<script>alert(1)</script> " onmouseover="x second metatarsal </div></style>{{ 7 * 7 }}'


class Page(HTMLParser):
    """Collects tags, attributes and the text of the note."""

    VOID = frozenset({"meta", "br", "link", "img"})

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.note = ""
        self.open: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in self.VOID:
            self.open.append((tag, dict(attrs).get("class") or ""))

    def handle_endtag(self, tag: str) -> None:
        opened, _ = self.open.pop()
        assert opened == tag

    def handle_data(self, data: str) -> None:
        classes = [each for _, each in self.open]
        if "note" in classes and "tip" not in classes:
            self.note += data


def hostile() -> Analysis:
    return make_analysis(
        note=make_note(HOSTILE, note_id="<b>id</b>"),
        facts=(make_fact(value="<i>v</i>", words=(HOSTILE,), text=HOSTILE, rule="<u>"),),
        findings=(make_finding(query="<q>?"),),
    )


def test_the_page_is_well_formed() -> None:
    assert Page(as_html(make_analysis())).open == []


def test_the_whole_note_is_in_the_page_unchanged() -> None:
    assert Page(as_html(make_analysis())).note == NOTE_TEXT


def test_overlapping_evidence_leaves_the_note_unchanged() -> None:
    facts = (make_fact(words=("second metatarsal",)), make_fact(words=("metatarsal flap",)))
    assert Page(as_html(make_analysis(facts=facts))).note == NOTE_TEXT


def test_a_hostile_note_adds_no_tag() -> None:
    plain = set(Page(as_html(make_analysis(findings=(make_finding(query="?"),)))).tags)
    assert set(Page(as_html(hostile())).tags) == plain


def test_a_hostile_note_is_shown_as_it_is() -> None:
    assert Page(as_html(hostile())).note == HOSTILE


def test_no_tag_has_an_event_a_style_or_an_address() -> None:
    names = {name for name, _ in Page(as_html(hostile())).attributes}
    assert not {name for name in names if name.startswith("on")} | (
        names & {"style", "src", "href"}
    )


def test_there_is_no_script_link_or_picture() -> None:
    assert not {"script", "link", "img", "iframe"} & set(Page(as_html(make_analysis())).tags)


def test_the_style_sheet_loads_nothing() -> None:
    assert not re.search(r"url\(|@import", as_html(make_analysis()))


def test_the_policy_allows_our_style_and_nothing_else() -> None:
    html = as_html(make_analysis())
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)
    assert policy
    assert policy[1].replace("&#39;", "'") == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


@pytest.mark.parametrize("status", ["absent", "planned", "historical", "uncertain", "finding"])
def test_every_status_has_a_pattern_of_its_own(status: str) -> None:
    html = as_html(make_analysis())
    rule = re.search(rf"mark\.{status} {{([^}}]*)}}", html)
    assert rule
    assert "text-decoration" in rule[1]


def test_overlaps_are_marked_as_several() -> None:
    facts = (make_fact(words=("second metatarsal",)), make_fact(words=("metatarsal flap",)))
    assert 'class="present several"' in as_html(make_analysis(facts=facts))
