"""How many sockets a process may hold open."""

from __future__ import annotations

import resource

FILES = 12_000
"""Open files that a bench's server and its client may each need."""


def allow_files() -> None:
    """Let this process and its children open as many sockets as are needed."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(FILES, most), most))
