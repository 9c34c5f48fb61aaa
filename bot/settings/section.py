"""What every table of `linli.toml` has in common."""

from __future__ import annotations

from datetime import time
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict


class Section(BaseModel):
    """One table: every key typed, described and with a default; an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


def read_span(value: object) -> object:
    """Return (start, end) of `08:30-21:00`; anything but text is left to the type check.

    Raises:
        ValueError: it is not a span of times; said in Chinese.
    """
    if not isinstance(value, str):
        return value
    start, dash, end = value.replace("–", "-").replace("：", ":").partition("-")
    try:
        return _clock(start), _clock(end if dash else "")
    except ValueError:
        message = f"“{value}”不是一段时间，要写成 08:30-21:00"
        raise ValueError(message) from None


def _clock(text: str) -> time:
    hour, _, minute = text.strip().partition(":")
    return time(int(hour), int(minute))


Span = Annotated[tuple[time, time], BeforeValidator(read_span)]
"""[start, end) of a day in the community's zone; an end before the start is on the next day."""
