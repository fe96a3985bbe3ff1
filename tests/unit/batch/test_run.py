"""An audit goes on, and its parts are merged, only with the rules and models that it was begun with."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from typing import TYPE_CHECKING

import pytest

from scribe.batch.discover import Discovery
from scribe.batch.folder import Folder
from scribe.batch.item import Settings
from scribe.batch.run import signature_of
from scribe.errors import AuditError
from scribe.pipeline import engine_of
from scribe.types.analysis import Engine, Stamp

if TYPE_CHECKING:
    from pathlib import Path

    from scribe.pipeline import Analyzer

MAKERS = [each.name for each in fields(Engine)]


def begin(folder: Path, made: Engine, *, is_resumed: bool) -> None:
    signature = signature_of(made, Settings(), Discovery())
    Folder(folder).open(signature, is_resumed=is_resumed).close()


def test_an_audit_goes_on_with_what_it_was_begun_with(analyzer: Analyzer, tmp_path: Path) -> None:
    made = engine_of(analyzer.pack, analyzer.models)
    begin(tmp_path, made, is_resumed=False)
    begin(tmp_path, made, is_resumed=True)


@pytest.mark.parametrize("maker", MAKERS)
def test_an_audit_does_not_go_on_with_another(
    maker: str, analyzer: Analyzer, tmp_path: Path
) -> None:
    made = engine_of(analyzer.pack, analyzer.models)
    begin(tmp_path, made, is_resumed=False)
    other = "0" if maker == "version" else Stamp(version="0", hash="0" * 12)
    with pytest.raises(AuditError, match="other rules or models"):
        begin(tmp_path, replace(made, **{maker: other}), is_resumed=True)


def test_every_maker_that_is_a_model_is_among_the_models(analyzer: Analyzer) -> None:
    made = engine_of(analyzer.pack, analyzer.models)
    assert set(made.models) == set(MAKERS) - {"version", "rules"}


def test_a_signature_can_be_kept_as_json(analyzer: Analyzer) -> None:
    made = engine_of(analyzer.pack, analyzer.models)
    signature = signature_of(made, Settings(), Discovery())
    assert json.loads(json.dumps(signature)) == signature
