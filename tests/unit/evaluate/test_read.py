"""Labels are read with their notes, and what is wrong with them is said in one line that names file and mend."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from scribe.errors import GoldError
from scribe.evaluate.labels import Split
from scribe.evaluate.read import read_labelled
from scribe.rules.pack import RulePack, load_pack

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "Free fibula flap. The peroneal artery was dissected; the peroneal artery was divided.\n"
GOOD: dict[str, Any] = {"code": None, "decision": "none", "facts": []}


@pytest.fixture(scope="module")
def pack() -> RulePack:
    return load_pack()


def write(folder: Path, labels: object = None, name: str = "one", text: str | None = TEXT) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    written = labels if isinstance(labels, str) else json.dumps(GOOD | (labels or {}))
    (folder / f"{name}.gold.json").write_text(written, "utf-8")
    if text is not None:
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return folder


def fact(**changes: Any) -> dict[str, Any]:
    plain = {"name": "donor.site", "value": "fibula", "status": "present", "quote": "fibula flap"}
    return {"facts": [plain | changes]}


@pytest.mark.parametrize(
    ("labels", "said"),
    [
        pytest.param('{"code": ', "no JSON at line 1, column 10", id="cut off"),
        pytest.param("[]", "top level", id="a list"),
        pytest.param({"code": "20999"}, "code: '20999' is no code that the rules know", id="code"),
        pytest.param(fact(name="donor.sit"), "did you mean 'donor.site'", id="fact"),
        pytest.param({"not_present": [{"name": "nothing"}]}, "not_present.0: 'nothing'", id="trap"),
        pytest.param(fact(status="done"), "facts.0.status: Input should be 'present'", id="status"),
        pytest.param(fact(quote="tibia"), "its quote is not in the note", id="misquoted"),
        pytest.param(fact(quote="peroneal artery"), "its quote stands 2 times", id="not unique"),
        pytest.param({"checklist": {"glue": "met"}}, "checklist: 'glue' is no item", id="item"),
        pytest.param({"findings": ["wrong"]}, "findings: 'wrong' is no kind of finding", id="kind"),
        pytest.param(
            fact() | {"not_present": [{"name": "donor.site", "value": "Fibula"}]},
            "not_present.0 (donor.site): facts.0 says the same",
            id="trap that is a fact",
        ),
        pytest.param({"not_presnt": []}, "not_presnt: Extra inputs", id="unknown key"),
    ],
)
def test_labels_that_do_not_fit_are_refused(
    tmp_path: Path, pack: RulePack, labels: object, said: str
) -> None:
    with pytest.raises(GoldError) as error:
        read_labelled([write(tmp_path, labels)], pack)
    assert str(error.value).startswith(f"{tmp_path / 'one.gold.json'}: ")
    assert said in str(error.value)


def test_a_trap_of_another_status_stands(tmp_path: Path, pack: RulePack) -> None:
    planned = fact(status="planned") | {"not_present": [{"name": "donor.site", "value": "fibula"}]}
    assert len(read_labelled([write(tmp_path, planned)], pack)) == 1


def test_a_refusal_shows_no_word_of_the_note(tmp_path: Path, pack: RulePack) -> None:
    with pytest.raises(GoldError) as error:
        read_labelled([write(tmp_path, fact(quote="peroneal artery"))], pack)
    assert "peroneal" not in str(error.value)


def test_a_note_without_labels_is_refused(tmp_path: Path, pack: RulePack) -> None:
    (write(tmp_path) / "two.txt").write_text(TEXT, "utf-8")
    with pytest.raises(GoldError, match=r"two\.txt: has no labels"):
        read_labelled([tmp_path], pack)


def test_labels_without_a_note_are_refused(tmp_path: Path, pack: RulePack) -> None:
    with pytest.raises(GoldError, match=r"one\.gold\.json: has no note"):
        read_labelled([write(tmp_path, text=None)], pack)


@pytest.mark.parametrize(("name", "said"), [("empty", "holds no NAME"), ("gone", "no such folder")])
def test_a_folder_without_labels_is_refused(
    tmp_path: Path, pack: RulePack, name: str, said: str
) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(GoldError, match=said):
        read_labelled([tmp_path / name], pack)


def test_folders_below_are_voices(tmp_path: Path, pack: RulePack) -> None:
    for name in ("held_out_01", "tuned_01", "clinic"):
        write(tmp_path / name)
    found = {each.voice: each.split for each in read_labelled([tmp_path], pack)}
    assert found == {
        "clinic": Split.OWN,
        "held_out_01": Split.HELD_OUT,
        "tuned_01": Split.TUNED,
    }


def test_a_note_below_a_held_out_folder_is_held_out(tmp_path: Path, pack: RulePack) -> None:
    folder = write(tmp_path / "held_out_01" / "more")
    assert [each.split for each in read_labelled([folder], pack)] == [Split.HELD_OUT]


def test_a_folder_that_is_given_twice_counts_once(tmp_path: Path, pack: RulePack) -> None:
    assert len(read_labelled([write(tmp_path), tmp_path], pack)) == 1


def test_second_labels_are_no_notes(tmp_path: Path, pack: RulePack) -> None:
    write(write(tmp_path) / "second", text=None)
    assert len(read_labelled([tmp_path], pack)) == 1


def test_labels_of_a_pair_of_notes_are_passed_over(tmp_path: Path, pack: RulePack) -> None:
    write(tmp_path)
    write(tmp_path, '{"id": "pair", "findings": [], "agree": []}', "pair", None)
    (tmp_path / "pair.note.txt").write_text(TEXT, "utf-8")
    assert [each.note.id for each in read_labelled([tmp_path], pack)] == ["one"]


def test_offsets_count_the_line_ends_as_they_are(tmp_path: Path, pack: RulePack) -> None:
    write(tmp_path, fact(quote="Free\r\nfibula"), text=None)
    (tmp_path / "one.txt").write_bytes(b"Free\r\nfibula flap.\r\n")
    assert read_labelled([tmp_path], pack)[0].note.text == "Free\r\nfibula flap.\r\n"
