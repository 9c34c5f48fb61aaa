"""How long it takes until everybody has been told: what each platform allows decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from handlers.messages import Window


def spread(windows: Iterable[Window], messages: int) -> float:
    """Return the seconds from the first to the last of so many messages to as many chats.

    The first of a window go at once, so `messages` of them need one window less than they fill.
    """
    waits = (
        (messages - 1) // window.count * window.seconds for window in windows if not window.per_chat
    )
    return max(waits, default=0.0) if messages else 0.0


def slowest(
    counted: Mapping[str, int], windows: Mapping[str, tuple[Window, ...]]
) -> list[tuple[str, int, float]]:
    """Return channel, messages and seconds of every channel that makes some of them wait."""
    waits = ((name, count, spread(windows[name], count)) for name, count in counted.items())
    return sorted((one for one in waits if one[2]), key=lambda one: -one[2])
