"""How paths are called here and in Spark: those with a scheme are Spark's own, and pass unchanged; the others are of this machine."""

from __future__ import annotations

import os
import re

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")


def is_remote(path: str) -> bool:
    """Tell whether only Spark can find a path, for example ``hdfs:///x`` or ``dbfs:/x``."""
    return bool(_SCHEME.match(path)) and not os.path.lexists(path)


def absolute(path: str) -> str:
    """Return a path from the root, links in it left as they are: results call a file as it was named."""
    return os.path.abspath(path)  # noqa: PTH100 - resolve() would follow links


def spark_path(root: str) -> str:
    """Return the path as Spark is asked for it."""
    return root if is_remote(root) else absolute(root)


def prefix(root: str) -> tuple[str, str]:
    """Return how Spark calls a path in what it answers, and how the results do."""
    return (root, root) if is_remote(root) else (f"file:{absolute(root)}", root)
