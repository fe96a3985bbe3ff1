"""``scribe explain``: what a name in a result means."""

from __future__ import annotations

import click

from scribe.cli.errors import InputError


@click.command()
@click.argument("name")
def explain(name: str) -> None:
    """Say what a fact, a checklist item, a finding or a rule means, which rules make it and where they come from."""
    from scribe.render.rules_as_text import explanation, similar_names
    from scribe.rules.pack import load_pack

    pack = load_pack()
    page = explanation(pack, name)
    if page is None:
        similar = similar_names(pack, name)
        hint = (
            f"did you mean {' or '.join(similar)}?"
            if similar
            else "names stand in every result and in scribe codes CODE"
        )
        msg = f"{name!r} is not known; {hint}"
        raise InputError(msg)
    click.echo(page, nl=False)
