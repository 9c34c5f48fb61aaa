"""Rounds of notices on their way: halt one, let it go on, end it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.web.visit import NOTHING_HERE
from handlers.actions.rounds import cancel, pause, resume, round_of
from knowledge.community.refusals import NotFound

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from aiohttp import web

    from bot.web.visit import Visit
    from handlers.work import Work

DEEDS: Mapping[str, tuple[Callable[[Work, str, str], object], str]] = MappingProxyType(
    {
        "pause": (pause, "暂停了：还没发的先不发。"),
        "resume": (resume, "接着发了。"),
        "cancel": (cancel, "取消了：还没发的不再发，也不占限额。"),
    }
)
"""What a button does to a round, and what is said of it afterwards."""


def said_of(visit: Visit) -> str:
    """Return what the button that led here has done, "" for none."""
    done = visit.request.query.get("done", "")
    return DEEDS[done][1] if done in DEEDS else ""


async def steer(visit: Visit) -> web.Response:
    """Do to the round what its button says; a refusal goes through to the page of troubles."""
    word = str((await visit.request.post()).get("deed", ""))
    if word not in DEEDS:
        raise NotFound(NOTHING_HERE)
    deed, _ = DEEDS[word]
    await visit.act(lambda work: deed(work, _code(work, visit), visit.me.id))
    return visit.back(f"/notices?done={word}")


def _code(work: Work, visit: Visit) -> str:
    """Return the round's code; one of another notice looks like a missing one."""
    code, notice_id = visit.request.match_info["code"], visit.request.match_info["id"]
    if round_of(work.session, code).notice_id.partition("~")[0] != notice_id:
        raise NotFound(NOTHING_HERE)
    return code
