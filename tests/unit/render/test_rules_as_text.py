"""The rule pack in plain words."""

from __future__ import annotations

import pytest

from scribe.render.rules_as_text import code_page, codes_table, explanation, names, similar_names
from scribe.rules.pack import RulePack, load_pack


@pytest.fixture(scope="module")
def pack() -> RulePack:
    return load_pack()


def test_the_table_has_one_line_for_each_code(pack: RulePack) -> None:
    table = codes_table(pack).splitlines()
    assert [line[:5] for line in table if line[:5] in pack.codes] == list(pack.codes)


def test_a_page_names_every_item_of_the_checklist(pack: RulePack) -> None:
    for code, spec in pack.codes.items():
        page = code_page(pack, code)
        assert [item for item in spec.asks if item not in page] == []


def test_figures_stand_with_their_year(pack: RulePack) -> None:
    for code, spec in pack.codes.items():
        assert f"{spec.rvu.total:.2f} total" in code_page(pack, code)
        assert str(spec.payment.year) in code_page(pack, code)


def test_everything_that_has_a_name_can_be_explained_with_its_source(pack: RulePack) -> None:
    kinds = set(pack.findings.kinds)
    pages = {name: explanation(pack, name) for name in names(pack)}
    assert [name for name, page in pages.items() if not page] == []
    assert [
        name for name, page in pages.items() if name not in kinds and "Sources" not in page
    ] == []


def test_no_line_is_wider_than_a_terminal_but_for_addresses(pack: RulePack) -> None:
    pages = [code_page(pack, code) for code in pack.codes]
    wide = [line for page in pages for line in page.splitlines() if len(line) > 100]
    assert [line for line in wide if "://" not in line] == []


def test_an_unknown_name_has_no_page(pack: RulePack) -> None:
    assert explanation(pack, "nothing_such") is None


def test_a_misspelt_name_finds_its_neighbour(pack: RulePack) -> None:
    known = next(iter(pack.requirements))
    assert known in similar_names(pack, known[:-1])


def test_the_many_rules_of_a_fact_stand_behind_all_that_explains_it(pack: RulePack) -> None:
    page = explanation(pack, "skin_paddle")
    assert page is not None
    places = [page.index(each) for each in ("Means:", "Sources", "checklist item", "Made by:")]
    assert places == sorted(places)
    assert "Sources" not in page[places[-1] :]


@pytest.mark.parametrize(
    ("kind", "maker"),
    [
        ("missing", "the checklist items"),
        ("planned_not_done", "the checklist items"),
        ("set_aside", "the reading of the note, whatever it documents"),
        ("truncated", "the reading of the note, whatever it documents"),
        ("omitted", "none of this pack"),
    ],
)
def test_a_kind_of_finding_names_what_makes_it(pack: RulePack, kind: str, maker: str) -> None:
    page = explanation(pack, kind) or ""
    told = page.partition("Rules:")[2].split("\n\n")[0]
    assert " ".join(told.split()).startswith(maker)


@pytest.mark.parametrize("ending", sorted(load_pack().arbiter.changes))
def test_a_row_that_the_arbiter_changed_says_so(ending: str) -> None:
    pack = load_pack()
    told = explanation(pack, f"{pack.decisions.rows[0].id}{ending}")
    assert "arbiter" in (told or "")
