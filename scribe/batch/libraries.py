"""Say before the work which optional packages are missing, and not after it."""

from __future__ import annotations

from importlib.util import find_spec

from scribe.errors import AuditError

FOR_TABLES = ("matplotlib", "openpyxl", "pyarrow", "xlsxwriter")


def check_libraries(needed: tuple[str, ...] = FOR_TABLES, extra: str = "audit") -> None:
    """Look whether packages are there, without loading them.

    Args:
        needed: Their import names.
        extra: The extra that brings them.

    Raises:
        AuditError: One is missing.
    """
    missing = [each for each in needed if find_spec(each) is None]
    if missing:
        msg = f"this needs {', '.join(missing)}; install opnote-scribe[{extra}]"
        raise AuditError(msg)
