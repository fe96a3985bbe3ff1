"""Files that only their owner may read."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

_OTHERS = 0o077


def write_private(path: Path, content: bytes) -> None:
    """Write a file in one step, readable by its owner alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)  # readable by its owner alone
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(name).replace(path)


def is_private(path: Path) -> bool:
    """Tell whether nobody but its owner may read or change a file or folder."""
    return not path.stat().st_mode & _OTHERS


def config_file(name: str) -> Path:
    """Return where a file of settings is kept unless something else is said."""
    base = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(base) / "scribe" / name
