"""What the server carries along for its pages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from aiohttp import web

from bot.config import Settings
from bot.doctor.finding import Finding
from bot.doctor.silence import Reasons
from bot.web.backups import Backups
from bot.web.identity import Identities
from bot.web.play import Play
from handlers.reporting.kept import Reports

if TYPE_CHECKING:
    from knowledge.store.tally import Tally

IDENTITIES = web.AppKey("identities", Identities)
PLAY = web.AppKey("play", Play)
REPORTS = web.AppKey("reports", Reports)
TALLY: web.AppKey[Callable[[], Tally]] = web.AppKey("tally")
"""Returns the one tally; it is made when the board is first looked at, on the loop."""
BACKUPS = web.AppKey("backups", Backups)
Ask = Callable[[Settings], Awaitable[list[Finding]]]
ASKING: web.AppKey[Ask] = web.AppKey("asking")
"""Asks every configured platform whether it answers."""
REASONS = web.AppKey("reasons", Reasons)
