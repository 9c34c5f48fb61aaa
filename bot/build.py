"""Which build this is: the commit that the checkout stands at."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from shutil import which
from subprocess import TimeoutExpired, run

ROOT = Path(__file__).resolve().parent.parent
VARIABLE = "LINLI_COMMIT"
"""Environment variable that says it where there is no checkout, as in a container."""


@cache
def commit() -> str:
    """Return the short commit, with `+` behind it when files were changed; "" if nobody knows."""
    told = os.environ.get(VARIABLE, "")
    if told or not (ROOT / ".git").exists():
        return told[:12]
    found = _git("rev-parse", "--short=12", "HEAD")
    return found + ("+" if found and _git("status", "--porcelain", "-uno") else "")


def _git(*words: str) -> str:
    program = which("git")
    if program is None:
        return ""
    command = [program, "-C", str(ROOT), *words]
    try:
        done = run(command, capture_output=True, text=True, timeout=5, check=False)  # noqa: S603 -- words of our own.
    except (OSError, TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
