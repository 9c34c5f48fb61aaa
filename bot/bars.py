"""The confidence bars that the settings ask for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from knowledge.faq.calibration import Bars

if TYPE_CHECKING:
    from bot.config import Settings


def bars_of(settings: Settings) -> Bars:
    """Return the calibrated bars, with what the settings overrule."""
    bars = Bars()
    if settings.faq.threshold is not None:
        bars = replace(bars, asked=settings.faq.threshold)
    if settings.faq.threshold_unasked is not None:
        bars = replace(bars, unasked=settings.faq.threshold_unasked)
    return bars
