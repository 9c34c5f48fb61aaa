"""The option type `--now`: one moment, with its zone."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

if TYPE_CHECKING:
    from typing import Any


class Moment(click.ParamType[datetime]):
    """An ISO 8601 moment; one without a zone is meant in Asia/Shanghai."""

    name = "时间"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Return the aware moment, or say how one is written."""
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"看不懂时间 {value!r}，请写成 2026-11-22T19:30:00+08:00", param, ctx)
        return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo("Asia/Shanghai"))
