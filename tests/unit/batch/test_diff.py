"""What changed between two audits, in words."""

from __future__ import annotations

from scribe.batch.diff import Diff, diff_as_text


def test_audits_without_a_common_note_say_what_to_do() -> None:
    words = diff_as_text(Diff(old_rules="a", new_rules="b", only_old=["x/1.txt"], only_new=["1"]))
    assert "no note has the same path in both; --by id" in words
