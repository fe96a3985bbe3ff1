"""How long a test waits for what must come: long, for a busy machine takes its time and no test asserts speed."""

from __future__ import annotations

PATIENCE_S = 900
