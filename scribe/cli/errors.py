"""How the command line fails: one line on standard error, exit code 2, nothing on standard output."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import click

from scribe.discretion import fault_of, silence
from scribe.errors import ScribeError

if TYPE_CHECKING:
    from collections.abc import Iterator

FOUND = 1
UNUSABLE = 2
_UNWRITTEN: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})
_STDOUT: Final = 1


class InputError(click.ClickException):
    """An input that cannot be used; the message is one line."""

    exit_code = UNUSABLE

    def show(self, file: Any = None) -> None:
        """Write the message to standard error."""
        click.echo(f"scribe: {self.format_message()}", err=True, file=file)


class OneLineGroup(click.Group):
    """A group that turns every error scribe raises on purpose, and a full disk, into one line and exit code 2."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run the command line; what prints fails here, help pages too."""
        try:
            return super().main(*args, **kwargs)
        except OSError as error:
            if error.errno not in _UNWRITTEN:
                raise
            silence(
                _STDOUT
            )  # Python tries once more on leaving, and would say so in lines of its own
            where = f" to {click.format_filename(error.filename)}" if error.filename else ""
            why = os.strerror(error.errno).lower()
            InputError(
                f"cannot write the result{where}: {why}; make room or write elsewhere"
            ).show()
            sys.exit(UNUSABLE)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that the arguments name."""
        try:
            return super().invoke(ctx)
        except ScribeError as error:
            raise InputError(str(error)) from None
        except click.exceptions.NoArgsIsHelpError:
            raise
        except click.UsageError as error:
            path = error.ctx.command_path if error.ctx else "scribe"
            msg = f"{error.format_message()} See {path} --help."
            raise InputError(msg) from None


@contextmanager
def no_note_text(note_id: str) -> Iterator[None]:
    """Let no unexpected error show a word of the note: say only which error, in which note and where in the code.

    Args:
        note_id: The note that is being analysed.
    """
    try:
        yield
    except ScribeError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, its message may hold words of the note
        msg = f"{note_id}: {fault_of(error).message}"
        raise InputError(msg) from None
