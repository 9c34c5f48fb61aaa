"""One row of the table of addresses: what may be asked, and the act it counts as."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from aiohttp import web

    from bot.web.visit import Visit
    from knowledge.community.hood.access import Act

    Handler = Callable[[Visit], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class Route:
    """An address with the act it needs.

    `personal` pages belong to somebody: in a demo they live under `/as/<token>`, elsewhere they
    need a signed-in browser. The others stand at their plain address for everybody.
    """

    method: str
    path: str
    act: Act
    handler: Handler
    personal: bool = True
    photos: bool = False
    """Whether its form may be as heavy as photos and office files are."""
