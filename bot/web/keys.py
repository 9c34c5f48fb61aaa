"""What the server carries along for its pages."""

from __future__ import annotations

from aiohttp import web

from bot.web.identity import Identities

IDENTITIES = web.AppKey("identities", Identities)
