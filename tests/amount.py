"""How much of a long trial is made: a sharp part with the suite, all of it by command (CONTRIBUTING)."""

from __future__ import annotations

import os


def amount(sharp: int, full: int) -> int:
    """Return the first number, or the second one when LINLI_TEST_FULL is set."""
    return full if os.environ.get("LINLI_TEST_FULL") else sharp
