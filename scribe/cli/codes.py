"""``scribe codes``: what each code asks for."""

from __future__ import annotations

import click

from scribe.cli.errors import InputError


@click.command()
@click.argument("code", required=False)
def codes(code: str | None) -> None:
    """List the CPT codes of the rule pack, or show one: checklist, neighbours, figures with their year, sources."""
    from scribe.render.rules_as_text import code_page, codes_table
    from scribe.rules.pack import load_pack

    pack = load_pack()
    if code is None:
        click.echo(codes_table(pack), nl=False)
        return
    if code not in pack.codes:
        msg = f"{code!r} is not a code of this pack; known are {', '.join(pack.codes)}"
        raise InputError(msg)
    click.echo(code_page(pack, code), nl=False)
