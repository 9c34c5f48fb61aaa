"""Rounds of notices: halt one on its way, let it go on, end it; put right what was wrong."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from bot.web.forms import cleaned
from bot.web.visit import NOTHING_HERE
from handlers.actions.notices.rounds import cancel, correct, pause, resume, round_of, told_by, waits
from handlers.phrases.notices import ROOM
from knowledge.community.refusals import NotFound, Refusal
from knowledge.store.notices import sent_with_code

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from aiohttp import web

    from bot.web.visit import Visit
    from handlers.work import Work
    from knowledge.store.rows.notices import RoundRow

OVER = "over"
DEEDS: Mapping[str, Callable[[Work, str, str], object]] = MappingProxyType(
    {"pause": pause, "resume": resume, "cancel": cancel}
)
"""What a button does to a round."""
DONE = MappingProxyType(
    {
        "pause": "暂停了：还没发的先不发。",
        "resume": "接着发了。",
        "cancel": "取消了：还没发的不再发，也不占限额。",
        "correct": "更正排好了：收到那条的群和人都会收到，没发完的不再发。",
        OVER: "这一轮刚才已经发完了，没有还没发的。说错了可以更正。",
    }
)
"""What is said of it afterwards."""


class Wrong(NamedTuple):
    """A round that said something wrong: its title, what was read, and how many chats got it."""

    title: str
    body: str
    chats: int


def said_of(visit: Visit) -> str:
    """Return what the button that led here has done, "" for none."""
    return DONE.get(visit.request.query.get("done", ""), "")


async def steer(visit: Visit) -> web.Response:
    """Do to the round what its button says; a refusal goes through to the page of troubles."""
    deed = str((await visit.request.post()).get("deed", ""))
    if deed not in DEEDS:
        raise NotFound(NOTHING_HERE)

    def steered(work: Work) -> str:
        one = _round(work, visit)
        if one.cancelled_at is None and not waits(work, one):
            return OVER
        DEEDS[deed](work, one.code, visit.me.id)
        return deed

    return visit.back(f"/notices?done={await visit.act(steered)}")


async def word(visit: Visit) -> web.Response:
    """Show what was wrong, to whom it went, and a field for what is right."""
    return await _form(visit)


async def put_right(visit: Visit) -> web.Response:
    """Tell those who got the round what is right; what cannot be told is said beside the field."""
    text = cleaned(str((await visit.request.post()).get("text", "")))
    try:
        await visit.act(lambda work: correct(work, _round(work, visit).code, text, visit.me.id))
    except NotFound:
        raise
    except Refusal as refusal:
        return await _form(visit, text, refusal.say)
    return visit.back("/notices?done=correct")


async def _form(visit: Visit, text: str = "", trouble: str = "") -> web.Response:
    wrong = await visit.glance(lambda work: _wrong(work, _round(work, visit)))
    return visit.page(
        "notice_correct.html",
        status=409 if trouble else 200,
        wrong=wrong,
        text=text,
        trouble=trouble,
        most=ROOM,
        at=visit.app.rules.manners.first_loud(visit.now),
        back=f"/notices/{visit.request.match_info['id']}",
    )


def _wrong(work: Work, one: RoundRow) -> Wrong:
    sent = sent_with_code(work.session, one.code)
    return Wrong(one.title, sent.body if sent else "", len(told_by(work, one)))


def _round(work: Work, visit: Visit) -> RoundRow:
    """Return the round of the address; one of another notice looks like a missing one."""
    one = round_of(work.session, visit.request.match_info["code"])
    if one.notice_id.partition("~")[0] != visit.request.match_info["id"]:
        raise NotFound(NOTHING_HERE)
    return one
