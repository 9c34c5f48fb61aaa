"""The log: structlog, which is read with the first line (a start that is well writes none)."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from collections.abc import Callable


class Logbook:
    """Writes lines: `log.info("Filed.", action="ticket.filed")`; as quick to make as a name."""

    _set_up: ClassVar[Callable[[], None] | None] = None

    @classmethod
    def prepare(cls, set_up: Callable[[], None]) -> None:
        """Have lines written as `set_up` tells structlog: before the first one, or from now on."""
        cls._set_up = set_up
        structlog = sys.modules.get("structlog")
        if structlog is not None and structlog.is_configured():
            set_up()

    def __getattr__(self, level: str) -> Callable[..., Any]:
        import structlog

        if not structlog.is_configured() and Logbook._set_up:
            Logbook._set_up()
        write: Callable[..., Any]
        write = getattr(structlog.get_logger(), level)  # noqa: TID251 -- the one place that writes.
        return write
