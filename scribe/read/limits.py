"""How much input one note may be; checked before anything is decoded."""

from __future__ import annotations

from scribe.errors import NoteTooLarge

MAX_BYTES = 10 * 1024 * 1024


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
