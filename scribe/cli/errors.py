"""How the command line fails: one line on standard error, exit code 2, nothing on standard output."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from scribe.discretion import fault_of
from scribe.errors import ScribeError

if TYPE_CHECKING:
    from collections.abc import Iterator

FOUND = 1
UNUSABLE = 2


class InputError(click.ClickException):
    """An input that cannot be used; the message is one line."""

    exit_code = UNUSABLE

    def show(self, file: Any = None) -> None:
        """Write the message to standard error."""
        click.echo(f"scribe: {self.format_message()}", err=True, file=file)


class OneLineGroup(click.Group):
    """A group that turns every error scribe raises on purpose into one line and exit code 2."""

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
