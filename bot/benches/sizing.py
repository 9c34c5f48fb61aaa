"""What districts of other sizes need, on paper: from what a message, a row and a sending cost."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from bot.benches.district import District
from bot.benches.push import TELEGRAM
from scheduler.forecast import spread

ONE_BOT = (TELEGRAM,)
"""What Telegram allows one bot."""
DISTRICTS = (District(50_000, 500), District(1_000_000, 5_000), District(10_000_000, 50_000))


@dataclass(frozen=True, slots=True)
class Cost:
    """What was measured: processor microseconds, rows, and bytes with their indexes."""

    message_us: float
    rows_a_message: float
    rows_a_group: float
    """Rows of a day that come by the clock: notices, reminders."""
    bytes_a_row: float
    send_us: float
    """For one group's copy of a notice, from its row to its receipt."""

    def rounded(self) -> dict[str, float]:
        """Return the figures as they are shown."""
        return {name: round(value, 2) for name, value in asdict(self).items()}


def sizes(cost: Cost) -> dict[str, Any]:
    """Return for each size what it needs."""
    return {f"{one.residents:,}": _size(one, cost) for one in DISTRICTS}


def _size(district: District, cost: Cost) -> dict[str, float]:
    rows = district.messages * cost.rows_a_message + district.groups * cost.rows_a_group
    return {
        "groups": district.groups,
        "peak_messages_per_second": round(district.peak, 1),
        "cores_at_the_peak": round(district.peak * cost.message_us / 1e6, 2),
        "rows_a_day": round(rows),
        "gigabytes_a_day": round(rows * cost.bytes_a_row / 1e9, 3),
        "notice_one_telegram_bot_minutes": round(spread(ONE_BOT, district.groups) / 60, 1),
        "notice_own_keys_seconds": round(district.groups * cost.send_us / 1e6, 1),
    }
