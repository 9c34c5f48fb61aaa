"""One process of a fleet: forked from one that has imported everything, else a program of its own."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import psycopg  # noqa: F401 -- imported before the fork, as everything below.
from sqlalchemy.dialects.postgresql import psycopg as dialect  # noqa: F401

import bot.front
import bot.service  # noqa: F401
from bot.__main__ import main

if TYPE_CHECKING:
    from pathlib import Path


def serve(arguments: list[str], heard: Path, log: Path) -> None:
    """Be `linli` with these arguments: stdout goes to `heard`, stderr is added to `log`."""
    os.setsid()
    for descriptor, path, mode in ((1, heard, os.O_TRUNC), (2, log, os.O_APPEND)):
        file = os.open(path, os.O_CREAT | os.O_WRONLY | mode, 0o600)
        os.dup2(file, descriptor)
    main(arguments, prog_name="linli")
