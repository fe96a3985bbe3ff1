"""How much input one note may be; checked before anything is decoded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scribe.errors import NoteTooLarge
from scribe.types.note import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_PAGES = 300
MAX_PARTS = 2000
MAX_UNPACKED_BYTES = 100 * 1024 * 1024
MAX_GROWTH = 200
_SMALL_BYTES = 1024 * 1024


def check_size(size: int, name: str) -> None:
    """Refuse an input that is over the limit.

    Args:
        size: Length in bytes, or of what was read so far.
        name: How messages call the input.

    Raises:
        NoteTooLarge: The size is over ``MAX_BYTES``.
    """
    if size > MAX_BYTES:
        limit = MAX_BYTES // (1024 * 1024)
        msg = f"{name}: larger than {limit} MiB; give one operative note at a time"
        raise NoteTooLarge(msg)


def check_unpacked(parts: Sequence[tuple[int, int]], name: str) -> None:
    """Refuse a packed file that would grow without measure, before any of it is unpacked.

    Args:
        parts: Packed and unpacked size of every part, in bytes.
        name: How messages call the input.

    Raises:
        NoteTooLarge: Too many parts, too many bytes, or a part that grows more than documents do.
    """
    bombs = (size > _SMALL_BYTES and size > MAX_GROWTH * max(packed, 1) for packed, size in parts)
    if len(parts) > MAX_PARTS or sum(size for _, size in parts) > MAX_UNPACKED_BYTES or any(bombs):
        msg = f"{name}: unpacks to more than a note can be; open it in a word processor and save it again as text"
        raise NoteTooLarge(msg)
