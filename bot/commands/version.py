"""`linli version`: which build this is, for a report of trouble."""

from __future__ import annotations

import platform

import click

from bot import __version__
from bot.build import commit


@click.command(options_metavar="[选项]")
def version() -> None:
    """邻里的版本，和它跑在什么上面。"""
    build = f"（{commit()}）" if commit() else ""
    click.echo(f"邻里 Linli {__version__}{build} · Python {platform.python_version()}")
