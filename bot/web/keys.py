"""What the server carries along for its pages."""

from __future__ import annotations

from aiohttp import web

from bot.archive.shelf import Shelf
from bot.web.identity import Identities
from bot.web.play import Play

IDENTITIES = web.AppKey("identities", Identities)
PLAY = web.AppKey("play", Play)
SHELF = web.AppKey("shelf", Shelf)
