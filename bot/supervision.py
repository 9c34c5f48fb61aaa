"""What systemd wants to hear: that the service is ready, lives, and stops (sd_notify(3))."""

from __future__ import annotations

import asyncio
import os
import socket
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

READY, ALIVE, STOPPING = "READY=1", "WATCHDOG=1", "STOPPING=1"


def say(words: str) -> None:
    """Tell the supervisor; without one (no NOTIFY_SOCKET) nothing happens."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    name = "\0" + address[1:] if address.startswith("@") else address
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as speaker:
        speaker.sendto(words.encode(), name)


async def keep_saying_alive(works: Callable[[], Awaitable[object]]) -> None:
    """Say twice in the supervisor's patience that we live, each time after `works` came back.

    A database that refuses is not a reason to be started again, one that never answers is.
    """
    patience = int(os.environ.get("WATCHDOG_USEC", "0")) / 1_000_000
    while patience:
        with suppress(Exception):  # it came back
            await works()
        say(ALIVE)
        await asyncio.sleep(patience / 2)
