"""Words by which a note says that a text in it does not count, or was copied from an earlier one."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator

from scribe.rules.condition_schema import Strict


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        msg = f"{pattern!r} is no expression ({error.msg})"
        raise ValueError(msg) from error
    return pattern


class SetAsideWords(Strict):
    """``set_aside`` of ``patterns/sections.yaml``, which tells what each group does; without a piece of ``near`` nothing is looked for."""

    near: tuple[str, ...]
    void: tuple[str, ...]
    void_text: tuple[str, ...]
    alone: tuple[str, ...]
    unreal: tuple[str, ...]
    drafts: tuple[str, ...]
    by: tuple[str, ...]
    texts: tuple[str, ...]
    whole: tuple[str, ...]
    paragraphs: tuple[str, ...]
    never: tuple[str, ...]
    checks: tuple[str, ...]
    denied: tuple[str, ...]
    above: tuple[str, ...]
    blocks: tuple[str, ...]
    between: tuple[str, ...]
    says: tuple[str, ...]
    reasons: tuple[str, ...]
    please: tuple[str, ...]
    all: tuple[str, ...]
    counts: tuple[str, ...]
    added: tuple[str, ...]
    cited: tuple[str, ...]
    elsewhere: tuple[str, ...]
    ends: tuple[str, ...]
    struck: tuple[Annotated[str, AfterValidator(_compiles)], ...]


class CopiedWords(Strict):
    """``copied`` of ``patterns/sections.yaml``."""

    near: tuple[str, ...]
    words: tuple[str, ...]
    notes: tuple[str, ...]
    operations: tuple[str, ...]
    section: str
    settled: str
