"""The option types `--from` and `--to`: one day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from knowledge.files.dates import parse_date

if TYPE_CHECKING:
    from typing import Any


class Day(click.ParamType[date]):
    """A day as people write it: 2026-12-31 or 2026年12月31日."""

    name = "日期"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day, or say how one is written."""
        if isinstance(value, date):
            return value
        try:
            day = parse_date(value)
        except ValueError as wrong:
            self.fail(f"{wrong}，请写成 2026-12-31", param, ctx)
        return day or self.fail(f"“{value}”不是哪一天，请写成 2026-12-31", param, ctx)
