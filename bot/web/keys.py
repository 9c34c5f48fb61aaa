"""What the server carries along for its pages."""

from __future__ import annotations

from aiohttp import web

from bot.web.identity import Identities
from bot.web.play import Play
from knowledge.store.tally import Tally

IDENTITIES = web.AppKey("identities", Identities)
PLAY = web.AppKey("play", Play)
TALLY = web.AppKey("tally", Tally)
