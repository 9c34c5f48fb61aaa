"""The templates: escaped by default, an unknown name is an error."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import aiohttp_jinja2
from jinja2 import FileSystemLoader, StrictUndefined

from bot.web import wording
from bot.web.compiled import Compiled
from bot.web.preferences import preferences
from handlers.phrases import numbers
from handlers.phrases.numbers import ticket_number

if TYPE_CHECKING:
    from aiohttp import web

    from bot.web.assets import Assets

FOLDER = Path(__file__).parent / "templates"


def set_up_templates(server: web.Application, assets: Assets) -> None:
    """Give the server its templates with the filters that they use."""
    environment = aiohttp_jinja2.setup(
        server,
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        bytecode_cache=Compiled(FOLDER.parent, (__file__, wording.__file__, numbers.__file__)),
        auto_reload=False,  # a look at the file for every included piece costs more than the piece
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["asset"] = assets.url
    environment.filters.update(
        ticket_number=ticket_number,
        moment=wording.moment,
        day=wording.day,
        initial=wording.initial,
        mark=wording.mark,
        hue=wording.hue,
        weekday=wording.weekday,
        linked=wording.linked,
        segment=lambda text: quote(text, safe="@"),
    )


def render_trouble(request: web.Request, status: int, say: str) -> web.Response:
    """Return a page (or, for a script, a line) that says what went wrong and what to do."""
    template = "piece_trouble.html" if "HX-Request" in request.headers else "trouble.html"
    # Inside a demo's phone "home" is that person's own first page.
    token = request.match_info.get("token")
    home = f"/as/{token}/chat" if token and request.path.startswith("/as/") else "/"
    context = {"say": say, "status": status, "home": home, **preferences(request)}
    return aiohttp_jinja2.render_template(template, request, context, status=status)
