"""Logs: machine words and ids on stderr, never what a resident wrote."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

import structlog

from knowledge.community import privacy

if TYPE_CHECKING:
    from collections.abc import MutableMapping
    from typing import Any


def set_up_logs(level: int = logging.INFO) -> None:
    """Write one line per event to stderr: text on a terminal, JSON otherwise.

    What libraries say through `logging` goes the same way, from warnings upward. Tracebacks show
    no values: they could be a resident's.
    """
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.format_exc_info,
            mask,
            structlog.processors.TimeStamper(fmt="iso", utc=False),
            _renderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=_to_stderr,
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(handlers=[FromLibraries()], level=logging.WARNING, force=True)


def mask(_logger: object, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Hide phones, identity numbers and doors, wherever they stand in a line."""
    return {
        key: privacy.mask(value) if isinstance(value, str) else value for key, value in line.items()
    }


class FromLibraries(logging.Handler):
    """Passes on what a library says."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write the library's sentence as one of our lines."""
        structlog.get_logger().log(
            record.levelno,
            record.getMessage(),
            action="library.said",
            library=record.name,
            exc_info=record.exc_info,
        )


def _renderer() -> structlog.typing.Processor:
    if sys.stderr.isatty():
        return structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    return structlog.processors.JSONRenderer(ensure_ascii=False)


def _to_stderr(*_: object) -> structlog.PrintLogger:
    return structlog.PrintLogger(sys.stderr)
