"""Logs: machine words and ids on stderr, never what a resident wrote."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

import structlog

from knowledge.community import privacy

if TYPE_CHECKING:
    from collections.abc import MutableMapping
    from typing import Any, TextIO


def set_up_logs(stream: TextIO = sys.stderr, *, level: int = logging.INFO) -> None:
    """Write one line per event: coloured text on a terminal, JSON otherwise.

    Lines of libraries that use `logging` go the same way, from warnings upward.
    """
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.format_exc_info,
        mask,
        structlog.processors.TimeStamper(fmt="iso", utc=False),
    ]
    last: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer()
        if stream.isatty()
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    structlog.configure(
        processors=[*shared, last],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(stream),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=[_plain, last])
    )
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)


def mask(_logger: object, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Hide phones, identity numbers and doors, wherever they stand in a line."""
    return {
        key: privacy.mask(value) if isinstance(value, str) else value for key, value in line.items()
    }


def _plain(
    _logger: object, _method: str, line: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Drop what `logging` adds for itself."""
    return structlog.stdlib.ProcessorFormatter.remove_processors_meta(_logger, _method, line)
