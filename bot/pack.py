"""The shipped pack: what a new data folder begins with."""

from __future__ import annotations

import shutil
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

CONTENTS = ("linli.toml", "faq", "notices", "roster", "scams", "timetable")
"""What a data folder holds when it is new."""


def copy_pack(folder: Path) -> None:
    """Copy the shipped settings, questions, notices and roster into an empty folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with as_file(files("knowledge.pack")) as pack:
        for name in CONTENTS:
            source = pack / name
            if source.is_dir():
                shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__*"))
            else:
                shutil.copy(source, folder / name)
