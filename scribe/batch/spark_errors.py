"""What Spark throws, as one line that holds no word of a note; its own messages may hold some."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from scribe.errors import AuditError

if TYPE_CHECKING:
    from collections.abc import Iterator

_NO_SOURCE = ("DATA_SOURCE_NOT_FOUND", "DATA_SOURCE_NOT_ENABLED", "SparkClassNotFoundException")
_NO_STORE = ("ClassNotFoundException", "UnsupportedFileSystemException")
_MEND = "start it with the package that brings it, as docs/audit.md says under 'On Spark'"


@contextmanager
def one_line(table: str | None) -> Iterator[None]:
    """Turn what Spark throws into an error of ours.

    Args:
        table: The format that was asked for, or None for files.

    Raises:
        AuditError: Spark gave up.
    """
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    logging.getLogger("py4j").setLevel(logging.CRITICAL + 1)
    try:
        yield
    except (PySparkException, Py4JError, ConnectionError) as error:
        raise AuditError(_reason(_names(error), table)) from None


def _reason(names: list[str], table: str | None) -> str:
    if table and any(each.endswith(_NO_SOURCE) for each in names):
        return f"Spark has no data source {table!r}; {_MEND}"
    if any(each in _NO_STORE for each in names):
        return f"Spark has no connector for a store like that of the paths; {_MEND}"
    return f"Spark gave up ({names[0]}); check the paths, and Spark's own log for the rest"


def _names(error: Exception) -> list[str]:
    """Return Spark's name for an error, or the classes of what Java threw, outermost first."""
    condition = getattr(error, "getCondition", lambda: None)()
    if condition:
        return [str(condition)]
    names = []
    thrown: Any = getattr(error, "java_exception", None)
    while thrown is not None:
        names.append(str(thrown.getClass().getSimpleName()))
        thrown = thrown.getCause()
    return names or [type(error).__name__]
