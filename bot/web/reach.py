"""How phones reach these pages, and who plays the demo when they are open to the network."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import Callable

    from aiohttp.web import Request


def is_loopback(remote: str) -> bool:
    """Tell whether a visitor's address is this machine's own."""
    try:
        return ipaddress.ip_address(remote).is_loopback
    except ValueError:
        return False


@dataclass(slots=True)
class Reach:
    """Whether the local network was let in, and the address at which it finds us ("" = none)."""

    lan: bool = False
    address: str = ""
    is_here: Callable[[str], bool] = is_loopback
    """Who counts as sitting at the machine itself."""


REACH = web.AppKey("reach", Reach)


def at_the_machine(request: Request) -> bool:
    """Tell whether somebody sits at the machine itself, or nobody else was let in.

    With `--lan` the three phones, 快进 and `/as/` stay where the demo was started: a neighbour's
    phone is one resident and neither leader nor office.
    """
    reach = request.app[REACH]
    return not reach.lan or reach.is_here(request.remote or "")


def people_address(request: Request, page_url: str) -> str:
    """Return where other people's phones find us, "" where they cannot."""
    reach = request.app[REACH]
    if page_url or reach.address:
        return page_url or reach.address
    host = request.url.host or ""
    return "" if host in ("localhost", "127.0.0.1", "::1") else str(request.url.origin())
