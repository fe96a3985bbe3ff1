"""What a person does with the page, in a real browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from playwright.sync_api import expect

from scribe.cli import scribe

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    Open = Callable[..., Page]

pytestmark = pytest.mark.slow
PHONE = {"width": 390, "height": 844}
SHOWN = re.compile("20957")

# Answers when the analysis has followed; benchmarks/form.py measures how long that takes.
REFRESH = """(text) => new Promise((done) => {
  const field = document.querySelector("#text");
  document.addEventListener("htmx:afterSettle", () => done(), {once: true});
  field.focus();
  field.value = text;
  field.setSelectionRange(40, 40);
  field.dispatchEvent(new Event("input", {bubbles: true}));
})"""


NOTE_ALONE = """(() => {
  const copy = document.querySelector("#marked").cloneNode(true);
  copy.querySelectorAll(".tip, .hidden").forEach((each) => each.remove());
  return copy.textContent;
})()"""


def paste(page: Page, text: str) -> None:
    page.fill("#text", text)
    page.wait_for_selector("#marked")


def test_the_empty_page_teaches(open_page: Open) -> None:
    page = open_page()
    assert page.locator(".samples a").count() >= 7


def test_a_pasted_note_is_analysed(open_page: Open, sample: str) -> None:
    page = open_page()
    paste(page, sample)
    expect(page.locator(".answer h2")).to_have_text(SHOWN)


def test_the_analysis_follows_what_is_typed_and_the_cursor_stays(
    open_page: Open, sample: str
) -> None:
    page = open_page("/?sample=skin_not_mentioned")
    page.evaluate(REFRESH, sample)
    cursor = page.evaluate("document.querySelector('#text').selectionStart")
    expect(page.locator(".answer h2")).to_have_text(SHOWN)
    assert (cursor, page.evaluate("document.activeElement.id")) == (40, "text")


def test_typing_keeps_the_place_in_the_other_panes(open_page: Open, sample: str) -> None:
    page = open_page("/?sample=typed_bone_only")
    page.evaluate("document.querySelector('#checklist-pane').scrollTop = 120")
    page.evaluate(REFRESH, sample + " x")
    assert page.evaluate("document.querySelector('#checklist-pane').scrollTop") == 120


def test_the_marked_note_is_the_note(open_page: Open, sample: str) -> None:
    page = open_page("/?sample=typed_bone_only")
    assert page.evaluate(NOTE_ALONE) == sample


def test_a_mark_says_fact_status_and_rule(open_page: Open) -> None:
    page = open_page("/?sample=typed_bone_only")
    mark = page.locator("#marked mark").first
    mark.focus()
    tip = mark.locator(".tip")
    expect(tip).to_be_visible()
    assert "rule" in tip.inner_text()


def test_overlapping_evidence_shows_all_that_covers_it(open_page: Open) -> None:
    page = open_page("/?sample=skin_not_mentioned")
    tip = page.locator("#marked mark.several .tip").first
    assert len(tip.text_content().splitlines()) > 1


def test_an_item_leads_to_its_words(open_page: Open) -> None:
    page = open_page("/?sample=typed_bone_only")
    link = page.locator(".item.met .quote").nth(3)
    link.click()
    target = page.locator(link.get_attribute("href"))
    expect(target).to_be_in_viewport()


def test_a_missing_item_says_where_we_looked(open_page: Open) -> None:
    page = open_page("/?sample=skin_not_mentioned")
    assert "looked in" in " ".join(page.locator(".item.missing .why").all_inner_texts())


def test_another_code_shows_its_checklist_and_stays_chosen(open_page: Open, sample: str) -> None:
    page = open_page("/?sample=typed_bone_only")
    page.click("#show-20962")
    expect(page.locator("#checklist-pane h2")).to_have_text("Checklist of 20962")
    page.evaluate(REFRESH, sample + " x")
    expect(page.locator("#checklist-pane h2")).to_have_text("Checklist of 20962")


def test_a_question_can_be_copied(open_page: Open) -> None:
    page = open_page(
        "/?sample=skin_not_mentioned", permissions=["clipboard-read", "clipboard-write"]
    )
    page.click("[data-copy='#query-1']")
    expect(page.locator("#live")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == page.inner_text("#query-1")


def test_the_addendum_can_be_copied(open_page: Open) -> None:
    page = open_page(
        "/?sample=skin_not_mentioned", permissions=["clipboard-read", "clipboard-write"]
    )
    page.click("[data-copy='#addendum']")
    expect(page.locator("#live")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()").startswith("ADDENDUM")


def test_a_file_is_opened_and_its_text_shown(open_page: Open, root: Path, sample: str) -> None:
    page = open_page()
    page.set_input_files("#file", root / "sample_notes" / "typed_bone_only.md")
    expect(page.locator(".answer h2")).to_have_text(SHOWN)
    assert page.input_value("#text") == sample


DROP = """([name, text]) => {
  const carried = new DataTransfer();
  carried.items.add(new File([text], name, {type: "text/plain"}));
  const where = {bubbles: true, cancelable: true, dataTransfer: carried};
  document.querySelector("header").dispatchEvent(new DragEvent("drop", where));
}"""


def test_a_file_may_be_dropped_anywhere(open_page: Open, sample: str) -> None:
    page = open_page()
    page.evaluate(DROP, ["dropped.txt", sample])
    expect(page.locator(".answer h2")).to_have_text(SHOWN)
    assert page.input_value("#text") == sample


def test_a_file_that_cannot_be_read_says_what_to_do(open_page: Open, tmp_path: Path) -> None:
    path = tmp_path / "scan.png"
    path.write_bytes(b"\x89PNG....")
    page = open_page()
    page.set_input_files("#file", path)
    expect(page.locator("[role=alert]")).to_contain_text("picture")


@pytest.mark.parametrize(
    ("name", "layout"), [("JSON", "json"), ("HTML", "html"), ("Markdown", "markdown")]
)
def test_a_download_is_what_the_command_line_writes(
    open_page: Open, root: Path, name: str, layout: str
) -> None:
    page = open_page("/?sample=typed_bone_only")
    with page.expect_download() as waiting:
        page.click(f".downloads button:text-is('{name}')")
    path = str(root / "sample_notes" / "typed_bone_only.md")
    wanted = CliRunner().invoke(scribe, ["analyze", "--format", layout, path]).stdout_bytes
    assert waiting.value.path().read_bytes() == wanted


def test_dark_follows_the_system_and_the_button(open_page: Open) -> None:
    page = open_page("/?sample=typed_bone_only", color_scheme="dark")
    colors = [page.evaluate("getComputedStyle(document.body).backgroundColor")]
    page.click("#theme")
    colors.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert colors == ["rgb(18, 20, 23)", "rgb(238, 240, 242)"]


def test_a_report_in_order_says_so(open_page: Open) -> None:
    page = open_page("/?sample=pedicled_none")
    summary = page.locator("#checklist-pane details > summary", has_text="Any operative report")
    expect(summary).to_have_text("Any operative report: 100 of 100, 2 recommended not there")


def test_a_phone_scrolls_in_one_direction_only(open_page: Open) -> None:
    page = open_page("/?sample=skin_not_mentioned", viewport=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_keys_move_through_marks_items_and_search(open_page: Open) -> None:
    page = open_page("/?sample=typed_bone_only")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    first = page.evaluate("document.activeElement === document.querySelector('#marked mark')")
    page.keyboard.press("3")
    item = page.evaluate("document.activeElement.dataset.key")
    page.keyboard.press("/")
    assert (first, item, page.evaluate("document.activeElement.id")) == (True, "3", "search")


def test_keys_are_letters_inside_the_note(open_page: Open) -> None:
    page = open_page()
    page.focus("#text")
    page.keyboard.type("jk/1?")
    assert page.input_value("#text") == "jk/1?"


def test_search_counts_what_it_finds(open_page: Open, sample: str) -> None:
    page = open_page("/?sample=typed_bone_only")
    page.fill("#search", "artery")
    said = page.locator("#live")
    expect(said).to_have_text(re.compile("found"))
    assert int(said.inner_text().split()[0]) <= sample.lower().count("artery")


def test_print_leaves_the_tools_away(open_page: Open) -> None:
    page = open_page("/?sample=typed_bone_only")
    page.emulate_media(media="print")
    assert [page.is_visible(each) for each in ("#text", ".tools", "#marked")] == [
        False,
        False,
        True,
    ]


def test_without_scripts_the_same_page_is_posted(open_page: Open, sample: str) -> None:
    page = open_page(java_script_enabled=False)
    page.fill("#text", sample)
    page.click("#analyze")
    expect(page.locator(".answer h2")).to_have_text(SHOWN)
    page.click("#show-20962")
    expect(page.locator("#checklist-pane h2")).to_have_text("Checklist of 20962")


def test_without_scripts_a_file_is_read(open_page: Open, root: Path) -> None:
    page = open_page(java_script_enabled=False)
    page.set_input_files("#file", root / "sample_notes" / "typed_bone_only.md")
    page.click("#analyze")
    expect(page.locator(".answer h2")).to_have_text(SHOWN)


HOSTILE = (
    "<script>window.owned = 1</script></textarea><img src=x onerror='window.owned = 1'>"
    "{{ 7 * 7 }} <b hx-get='/metrics' hx-trigger='load'>free fibula flap</b> \" onfocus=window.owned=1 x=\""
    " A 6 x 4 cm </mark><svg onload=window.owned=1> skin paddle was raised over the left second metatarsal."
)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_hostile_text_is_text(open_page: Open, scripts: bool) -> None:
    page = open_page(java_script_enabled=scripts)
    page.fill("#text", HOSTILE)
    if not scripts:
        page.click("#analyze")
    page.wait_for_selector("#marked")
    tags = page.locator(
        "#results script, #results img, #results svg, #results [onerror], #marked [hx-get]"
    )
    assert (tags.count(), page.input_value("#text")) == (0, HOSTILE)
    assert "<script>window.owned = 1</script></textarea>" in page.inner_text("#marked")
    if scripts:
        assert (page.evaluate("window.owned"), page.evaluate(NOTE_ALONE)) == (None, HOSTILE)


def test_a_hostile_file_name_is_text(open_page: Open, tmp_path: Path, sample: str) -> None:
    path = tmp_path / "<img src=x onerror=alert(1)>.txt"
    path.write_text(sample, "utf-8")
    page = open_page()
    page.set_input_files("#file", path)
    page.wait_for_selector("#marked")
    assert page.locator("#results img").count() == 0


def test_nothing_is_loaded_from_elsewhere(open_page: Open, base: str) -> None:
    page = open_page()
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url))
    page.goto(f"{base}/?sample=typed_bone_only")
    page.wait_for_load_state("networkidle")
    assert [url for url in seen if not url.startswith(base)] == []


def test_nothing_of_a_note_is_kept_in_the_browser(open_page: Open, sample: str) -> None:
    page = open_page()
    paste(page, sample)
    kept = page.evaluate(
        "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, location.href])"
    )
    words = {each for each in re.findall(r"\w{5,}", sample) if each in kept}
    assert words == set()
