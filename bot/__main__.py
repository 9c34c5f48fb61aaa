"""The command line: `linli`, the same as `python -m bot`."""

from __future__ import annotations

import gettext
import os
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.commands.listing import COMMANDS
from bot.invocation import Invocation
from bot.moment import Moment

if TYPE_CHECKING:
    from datetime import datetime


class Commands(click.Group):
    """A group that imports a command only when it is called, and lists them without importing."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Let click speak Chinese, then run."""
        os.environ["LANGUAGE"] = "zh_CN"
        gettext.bindtextdomain("linli", str(Path(__file__).parent / "words"))
        gettext.textdomain("linli")
        return super().main(*args, **kwargs)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the listing."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module, attribute = COMMANDS[cmd_name].target.split(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write names and one-line helps."""
        del ctx
        with formatter.section("命令"):
            formatter.write_dl([(name, listed.help) for name, listed in COMMANDS.items()])


@click.group(
    cls=Commands,
    options_metavar="[选项]",
    subcommand_metavar="命令 …",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("data"),
    envvar="LINLI_DATA",
    show_envvar=True,
    metavar="DIR",
    help="资料夹，默认 ./data",
)
@click.option("--now", type=Moment(), metavar="ISO8601", help="时钟从这一刻开始走")
@click.pass_context
def main(ctx: click.Context, data: Path, now: datetime | None) -> None:
    """邻里 Linli：居民群里的社区小助手。"""
    ctx.obj = Invocation(data, now)


if __name__ == "__main__":
    main(prog_name="linli")
