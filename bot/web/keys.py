"""What the server carries along for its pages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.config import Settings
from bot.doctor.finding import Finding
from bot.doctor.silence import Reasons
from bot.web.identity import Identities
from bot.web.play import Play
from bot.web.shelf import Shelf
from handlers.reporting.kept import Reports
from knowledge.store.tally import Tally

IDENTITIES = web.AppKey("identities", Identities)
PLAY = web.AppKey("play", Play)
REPORTS = web.AppKey("reports", Reports)
TALLY = web.AppKey("tally", Tally)
SHELF = web.AppKey("shelf", Shelf)
Ask = Callable[[Settings], Awaitable[list[Finding]]]
ASKING: web.AppKey[Ask] = web.AppKey("asking")
"""Asks every configured platform whether it answers."""
REASONS = web.AppKey("reasons", Reasons)
