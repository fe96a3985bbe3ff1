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


class EditWords(Strict):
    """``edits`` of ``patterns/sections.yaml``: how a person edits a draft.

    Attributes:
        labels: What an edit is headed by.
        speakers: Who is named before a remark, which may be an edit.
        affirms: By which a remark lets stand what it speaks of.
        strikes: By which it takes back what it names, or the statement before it.
        denies: By which it takes back the statement before it, or a value where it gives another.
        changes: By which it gives another value.
        unlike: By which it says what the last statement was in truth, and takes it back.
        adds: By which it adds something and takes nothing back.
        claims: By which it tells what a draft had wrongly, in brackets.
        kinds: Tags of what may be given another value.
    """

    labels: tuple[str, ...]
    speakers: tuple[str, ...]
    affirms: tuple[str, ...]
    strikes: tuple[str, ...]
    denies: tuple[str, ...]
    changes: tuple[str, ...]
    unlike: tuple[str, ...]
    adds: tuple[str, ...]
    claims: tuple[str, ...]
    kinds: tuple[str, ...]
