"""设置: every setting with its meaning, its value and where that comes from; changed in the file."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.config import FILE, read_settings
from bot.settings.listing import tables, values
from knowledge.files.encoding import read_text

if TYPE_CHECKING:
    from pathlib import Path

    from aiohttp import web

    from bot.config import Settings
    from bot.web.visit import Visit
    from knowledge.files.problem import Problem


async def show(visit: Visit) -> web.Response:
    """Show the settings in force, and beside them what `check` says of the file now."""
    text, fresh, problems = await asyncio.to_thread(_read, visit.app.folder)
    settings = visit.app.settings
    coming = values(fresh) if fresh is not None else {}
    now = values(settings)
    found: dict[str, list[Problem]] = {}
    for one in problems:
        found.setdefault(one.field, []).append(one)
    named = set(now)
    return visit.page(
        "settings.html",
        tables=tables(settings, text),
        coming={name: value for name, value in coming.items() if now.get(name) != value},
        problems=found,
        loose=[one for one in problems if one.field not in named],
        file=visit.app.folder / FILE,
    )


def _read(folder: Path) -> tuple[str, Settings | None, tuple[Problem, ...]]:
    path = folder / FILE
    text = read_text(path, FILE)[0] if path.exists() else ""
    return text, *read_settings(folder)
