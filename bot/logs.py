"""Logs: machine words and ids on stderr, never what a resident wrote."""

from __future__ import annotations

import logging
import sys
import traceback
from functools import partial
from typing import TYPE_CHECKING

from bot.clocks import SystemClock
from knowledge.community import privacy
from knowledge.files.logbook import Logbook

if TYPE_CHECKING:
    from collections.abc import Iterator, MutableMapping
    from typing import Any

    import structlog


def set_up_logs(level: int = logging.INFO) -> None:
    """Write one line per event to stderr: text on a terminal, JSON otherwise.

    What libraries say through `logging` goes the same way, from warnings upward. Tracebacks show
    no values: they could be a resident's.
    """
    Logbook.prepare(partial(_configure, level))
    logging.basicConfig(handlers=[FromLibraries()], level=logging.WARNING, force=True)


def _configure(level: int) -> None:
    import structlog

    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            trace,
            mask,
            stamp,
            _renderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=_to_stderr,
        cache_logger_on_first_use=False,
    )


def stamp(
    _logger: object, _method: str, line: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Say when it was, with the zone, whatever the machine's own zone is (CONTRACT: +08:00)."""
    line["timestamp"] = SystemClock().now().isoformat(timespec="milliseconds")
    return line


def trace(
    _logger: object, _method: str, line: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Say of an exception its class, the first line of its words and where it passed.

    What follows the first line is never ours: a database quotes whole rows there.
    """
    fault = line.pop("exc_info", None)
    if not fault:
        return line
    if isinstance(fault, tuple):
        fault = fault[1]
    elif not isinstance(fault, BaseException):
        fault = sys.exc_info()[1]
    if fault is not None:
        line["exception"] = "\n".join(_told(fault))
    return line


def _told(fault: BaseException) -> Iterator[str]:
    """One paragraph for the fault and for each that led to it, the first cause first."""
    led = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
    if led is not None:
        yield from _told(led)
    for frame in traceback.extract_tb(fault.__traceback__):
        yield f"  {frame.filename}:{frame.lineno} {frame.name}"
    first = next(iter(str(fault).splitlines()), "")
    yield f"{type(fault).__module__}.{type(fault).__qualname__}: {first}"


def mask(_logger: object, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Hide phones, identity numbers and doors, wherever they stand in a line."""
    return {
        key: privacy.mask(value) if isinstance(value, str) else value for key, value in line.items()
    }


class FromLibraries(logging.Handler):
    """Passes on what a library says."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write the first line of what the library says as one of ours: the rest quotes values."""
        Logbook().log(
            record.levelno,
            next(iter(record.getMessage().splitlines()), ""),
            action="library.said",
            library=record.name,
            exc_info=record.exc_info,
        )


def _renderer() -> structlog.typing.Processor:
    import structlog

    if sys.stderr.isatty():
        return structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    return structlog.processors.JSONRenderer(ensure_ascii=False)


def _to_stderr(*_: object) -> structlog.PrintLogger:
    import structlog

    return structlog.PrintLogger(sys.stderr)
