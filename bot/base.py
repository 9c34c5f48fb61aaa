"""What an application stands on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

    from bot.config import Settings
    from scheduler.timeline import MovableClock


@dataclass(frozen=True, slots=True)
class Base:
    """What an application stands on: data folder, settings, clock, chance, database address."""

    folder: Path
    settings: Settings
    clock: MovableClock
    chance: Random
    database_url: str
    durable: bool = True
    """False for a copy that is thrown away afterwards."""
