"""Run the command line: ``scribe`` or ``python -m scribe``."""

from __future__ import annotations

from scribe.cli import scribe


def main() -> None:
    """Run the command that the arguments name."""
    scribe(prog_name="scribe")


if __name__ == "__main__":
    main()
