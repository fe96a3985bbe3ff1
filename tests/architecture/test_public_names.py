"""What ``import scribe`` offers."""

from __future__ import annotations

import importlib.metadata

import pytest

import scribe

PUBLIC = ["Analysis", "Analyzer", "NoteError", "ScribeError", "__version__", "analyze"]


def test_the_public_names_are_these_and_sorted() -> None:
    assert scribe.__all__ == PUBLIC == sorted(PUBLIC)


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(scribe, name)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nothing_such"):
        _ = scribe.nothing_such


def test_the_version_is_the_one_that_is_installed() -> None:
    assert scribe.__version__ == importlib.metadata.version("opnote-scribe")
