"""Files that only their owner may read."""

from __future__ import annotations

import fcntl
import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator

_OTHERS = 0o077


def write_private(path: Path, content: bytes) -> None:
    """Write a file in one step, readable by its owner alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)  # readable by its owner alone
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(name).replace(path)


@contextmanager
def appending(path: Path) -> Iterator[BinaryIO]:
    """Open a file of lines to read and to append to; a new one is readable by its owner alone.

    Nobody else appends meanwhile, and what was written is on the disk when the block ends. A line that a crash left unfinished
    is ended first, so that the next one stands for itself.

    Raises:
        OSError: The file cannot be used.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if file.seek(0, os.SEEK_END):
            file.seek(-1, os.SEEK_END)
            if file.read(1) != b"\n":
                file.write(b"\n")
        yield file
        file.flush()
        os.fsync(file.fileno())


def is_private(path: Path) -> bool:
    """Tell whether nobody but its owner may read or change a file or folder."""
    return not path.stat().st_mode & _OTHERS


def config_file(name: str) -> Path:
    """Return where a file of settings is kept unless something else is said."""
    base = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(base) / "scribe" / name
