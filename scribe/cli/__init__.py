"""The command line. One module a command; each loads what it needs only when it runs."""

from __future__ import annotations

import click

from scribe.cli.analyze import analyze
from scribe.cli.audit import audit
from scribe.cli.audit_log import audit_log
from scribe.cli.codes import codes
from scribe.cli.diff import diff
from scribe.cli.errors import OneLineGroup
from scribe.cli.evaluate import evaluate
from scribe.cli.explain import explain
from scribe.cli.patterns import patterns
from scribe.cli.serve import keys, mllp, serve
from scribe.cli.webhooks import webhooks

__all__ = ["scribe"]


@click.group(
    cls=OneLineGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="opnote-scribe", message="scribe %(version)s")
def scribe() -> None:
    """Read operative notes of free bone flaps and show what they document.

    Decision support for people: every answer names the words of the note behind it. It is not billing advice.
    """


for _command in (
    analyze,
    audit,
    audit_log,
    codes,
    diff,
    evaluate,
    explain,
    keys,
    mllp,
    patterns,
    serve,
    webhooks,
):
    scribe.add_command(_command)
