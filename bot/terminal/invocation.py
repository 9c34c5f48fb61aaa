"""What every command is told by the options that stand before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from bot.config import Settings


@dataclass(frozen=True, slots=True)
class Invocation:
    """The data folder and the moment at which the clock starts (None = the machine's own time)."""

    data: Path
    now: datetime | None = None

    def folder(self) -> Path:
        """Return the data folder.

        Raises:
            click.ClickException: there is none yet; the message says how to make it.
        """
        if not self.data.is_dir():
            message = f"找不到资料夹 {self.data}。先运行 linli init {self.data}，或用 --data 指出它在哪里。"
            raise click.ClickException(message)
        return self.data

    def settings(self) -> Settings:
        """Return the settings of the data folder; without a `linli.toml` all defaults hold.

        Raises:
            click.ClickException: a setting is wrong; the message names line, key and mend.
        """
        from bot.config import read_settings

        settings, problems = read_settings(self.data)
        if settings is None:
            lines = (f"  {problem}" for problem in problems if problem.level == "error")
            raise click.ClickException("设置有错：\n" + "\n".join(lines))
        return settings
