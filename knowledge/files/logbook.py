"""The log: structlog, which is read with the first line (a start that is well writes none)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from collections.abc import Callable


class Logbook:
    """Writes lines: `log.info("Filed.", action="ticket.filed")`; as quick to make as a name."""

    set_up: ClassVar[Callable[[], None] | None] = None
    """How the process that we are in wants its lines written (`bot.logs`)."""

    def __getattr__(self, level: str) -> Callable[..., Any]:
        import structlog

        if not structlog.is_configured() and Logbook.set_up:
            Logbook.set_up()
        writing: Callable[..., Any] = getattr(structlog.get_logger(), level)
        return writing
