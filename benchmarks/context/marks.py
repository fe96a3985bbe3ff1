"""Take the mark of a known miss from probes that are read rightly by now; a new miss is never marked by a command."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from benchmarks.context.probes import Probe

_LINE = re.compile(r"^  (?P<name>\w+): \{.*\}$")
_VOICE = re.compile(r"^(?P<voice>\w+):$")


def unmark(folder: Path, mended: Collection[Probe], key: str) -> None:
    """Remove ``key`` from the lines of probes.

    Args:
        folder: Where the files of probes are.
        mended: The probes that are right although they are marked.
        key: ``xfail`` or ``fact_xfail``.
    """
    for category in sorted({probe.category for probe in mended}):
        names = {(probe.voice, probe.name) for probe in mended if probe.category == category}
        path = folder / f"{category}.yaml"
        voice = ""
        lines = []
        for line in path.read_text("utf-8").splitlines():
            heading, entry = _VOICE.match(line), _LINE.match(line)
            voice = heading["voice"] if heading else voice
            if entry and (voice, entry["name"]) in names:
                line = re.sub(rf", {key}: '(?:[^']|'')*'", "", line)
            lines.append(line)
        path.write_text("\n".join(lines) + "\n", "utf-8", newline="")
