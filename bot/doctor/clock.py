"""The machine's clock beside the platforms': signatures and sign-in addresses live by it."""

from __future__ import annotations

from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

import aiohttp

from bot.clocks import SystemClock
from bot.doctor.finding import ill, well
from knowledge.community.days.zone import local

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import datetime

    from bot.config import Settings
    from bot.doctor.finding import Finding

NAME = "时钟与平台"
PATIENCE = 5.0
"""Seconds that a platform is given."""
APART = timedelta(minutes=2)
"""At five minutes the platforms' signatures are refused, theirs here and ours there."""


async def look_at_clock(settings: Settings) -> AsyncIterator[Finding]:
    """Compare with the first configured platform that says what time it is."""
    section = settings.channels
    for table in (section.telegram, section.wecom_app, section.mp, section.kf):
        if table is not None and (theirs := await _time_at(table.api)) is not None:
            yield _compared(SystemClock().now() - theirs, theirs)
            return


def _compared(ahead: timedelta, theirs: datetime) -> Finding:
    if abs(ahead) <= APART:
        return well(NAME, "对得上")
    which = "快" if ahead > timedelta(0) else "慢"
    minutes = round(abs(ahead) / timedelta(minutes=1))
    what = f"机器的钟{which}了 {minutes} 分钟：平台那里是 {local(theirs):%Y-%m-%d %H:%M}"
    return ill(NAME, what, "对准时间：timedatectl set-ntp true；差五分钟以上，平台的回调全不认")


async def _time_at(api: str) -> datetime | None:
    """Return what every web server says of the time; what cannot be reached is told elsewhere."""
    patience = aiohttp.ClientTimeout(total=PATIENCE)
    try:
        async with aiohttp.ClientSession(timeout=patience) as session, session.head(api) as answer:
            said = parsedate_to_datetime(answer.headers.get("Date", ""))
    except (aiohttp.ClientError, TimeoutError, ValueError):
        return None
    return said if said.tzinfo else None
