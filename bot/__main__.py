"""The command line: `linli`, the same as `python -m bot`."""

from __future__ import annotations

import gettext
import os
import traceback
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.commands.listing import COMMANDS
from bot.terminal.invocation import Invocation
from bot.terminal.moment import Moment
from knowledge.community.refusals import Refusal

if TYPE_CHECKING:
    from datetime import datetime


class Commands(click.Group):
    """A group that imports a command only when it is called, and lists them without importing."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Let click speak Chinese, then run."""
        os.environ["LANGUAGE"] = "zh_CN"
        # Pydantic would look through every installed package for one that changes how it checks.
        os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
        gettext.bindtextdomain("linli", str(Path(__file__).parent / "words"))
        gettext.textdomain("linli")
        return super().main(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; refusal, file or database that fails, fault: each ends in one Chinese sentence."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Refusal as refusal:
            raise click.ClickException(refusal.say) from refusal
        except OSError as trouble:
            where = f" {trouble.filename}" if trouble.filename else ""
            message = (
                f"读写{where} 时失败：{trouble.strerror or trouble}。看看磁盘满没满、有没有权限。"
            )
            raise click.ClickException(message) from trouble
        except Exception as fault:
            from bot.terminal.trouble import said_of

            message = said_of(fault)
            if not message:
                traceback.print_exc()
                message = "这是程序自己的毛病，不是您的。请把上面这段发给开发者。"
            raise click.ClickException(message) from fault

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
    from bot.logs import set_up_logs

    set_up_logs()
    ctx.obj = Invocation(data, now)


if __name__ == "__main__":
    main(prog_name="linli")
