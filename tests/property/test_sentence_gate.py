"""Looking only where a sentence may end cuts as looking behind every word does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scribe.parse import sentences
from scribe.parse.tokens import tokenize
from scribe.rules.pack import load_pack

if TYPE_CHECKING:
    import pytest

_RULES = load_pack().language.words.sentences
_PIECES = (
    *("the flap", " was", " period", " new paragraph", " next line", ". ", "! ", "?", " "),
    *("\n", "\n\n", "\r\n", "\n- ", "\n1. ", "\nKey: ", " Dr. ", " No. 2", " 6.5 cm. ", "*" * 60),
    *("one, " * 130, " a" * 250),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from(_PIECES), max_size=25).map("".join),
    st.frozensets(st.integers(0, 400), max_size=4),
)
def test_the_gate_changes_no_sentence(
    monkeypatch: pytest.MonkeyPatch, text: str, breaks: frozenset[int]
) -> None:
    tokens = tokenize(text)
    found = sentences.cut(text, tokens, breaks, _RULES)
    with monkeypatch.context() as patched:
        patched.setattr(sentences, "_may_end", lambda *_: list(range(len(tokens))))
        assert sentences.cut(text, tokens, breaks, _RULES) == found
