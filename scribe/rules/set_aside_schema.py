"""Words by which a note says that a text in it does not count, or was copied from an earlier one."""

from __future__ import annotations

from scribe.rules.condition_schema import Strict


class SetAsideWords(Strict):
    """``set_aside`` of ``patterns/sections.yaml``, which tells what each group does; without a piece of ``near`` nothing is looked for."""

    near: tuple[str, ...]
    void: tuple[str, ...]
    void_text: tuple[str, ...]
    unreal: tuple[str, ...]
    drafts: tuple[str, ...]
    texts: tuple[str, ...]
    above: tuple[str, ...]
    blocks: tuple[str, ...]
    between: tuple[str, ...]
    counts: tuple[str, ...]
    struck: tuple[str, ...]


class CopiedWords(Strict):
    """``copied`` of ``patterns/sections.yaml``."""

    near: tuple[str, ...]
    words: tuple[str, ...]
    notes: tuple[str, ...]
    operations: tuple[str, ...]
    section: str
    settled: str
