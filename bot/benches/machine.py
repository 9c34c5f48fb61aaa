"""What a figure was measured on."""

from __future__ import annotations

import os
import platform
import re
import time
from importlib.metadata import version
from pathlib import Path

from bot import __version__
from bot.build import commit

SHOWN = ("aiohttp", "SQLAlchemy", "APScheduler")


def machine() -> dict[str, str]:
    """Return processor count, load, Python and the versions that matter."""
    shown = {name: version(name) for name in SHOWN}
    return {
        "python": platform.python_version(),
        "system": platform.platform(terse=True),
        "cores": str(os.cpu_count()),
        "load": f"{os.getloadavg()[0]:.1f}",
        "linli": f"{__version__} {commit()}".strip(),
        **shown,
    }


def percentile(values: list[float], share: float) -> float:
    """Return the value below which `share` (0..1) of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def memory_mb(process: int | str = "self") -> float:
    """Return a process's resident memory in MB (Linux only; 0 elsewhere)."""
    status = Path(f"/proc/{process}/status")
    found = status.exists() and re.search(r"VmRSS:\s+(\d+)", status.read_text(encoding="utf-8"))
    return int(found[1]) / 1024 if found else 0.0


def cpu_seconds(process: int) -> float:
    """Return a process's processor seconds so far, to the nanosecond; threads that have ended count too.

    Linux only. The number of another process's clock is that of clock_getcpuclockid(3).
    """
    return time.clock_gettime(~process << 3 | 2)
