"""更多办法: dates, questions, whistles, parking, merging and the ends, each as a small form."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.web.desk.tasks import task_of
from bot.web.forms import cleaned
from handlers.actions.tickets import inquiring, laning, merging, parking, whistling, working
from handlers.actions.tickets.standing import allowed, find
from handlers.intents.days import read_day
from handlers.intents.lanes import read_lane
from handlers.phrases.parking import HOW
from knowledge.community.days.zone import local
from knowledge.community.hood.access import Act
from knowledge.community.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from aiohttp import web

    from bot.web.desk.tasks import Task
    from bot.web.visit import Visit
    from handlers.work import Work
    from knowledge.store.rows.tickets import TicketRow

    Deed = Callable[[Work, TicketRow, str, str], None]

LONGEST = 200
TOO_LONG = f"写得太长了（最多 {LONGEST} 字），没有记下。请删短一点再按。"
NOTHING: Mapping[str, str] = MappingProxyType({"way": "", "lead": "", "words": ""})
"""What stands in a form of the page before anybody has written."""
SOON = ("今天下午", "明天上午", "明天下午", "后天上午")
LATER = (("3天", "3 天后"), ("一周", "一周后"), ("两周", "两周后"), ("1个月", "一个月后"))
LANES = (
    ("P0", "危急：有生命危险"),
    ("P1", "紧急：马上要人去"),
    ("P2", "平常：三天内办好"),
    ("P3", "要几方商量"),
)


@dataclass(frozen=True, slots=True)
class Way:
    """One form: its name, what is written into it, and the act that opens it.

    `quick` = words that need no keyboard; `leads` = what may stand before the words, with its names, `led` = its label.
    """

    name: str
    label: str
    hint: str
    act: Act
    deed: Deed
    quick: tuple[str, ...] = ()
    leads: tuple[tuple[str, str], ...] = ()
    led: str = ""


async def ways(visit: Visit) -> web.Response:
    """Show what else the person may do with the task."""
    return await _show(visit)


async def arrange(visit: Visit) -> web.Response:
    """Do what one of the forms says; a refusal, also of another number in the words, is said on top of them."""
    form = await visit.request.post()
    tried = {name: cleaned(str(form.get(name, ""))) for name in NOTHING}
    way, said, lead = WAYS.get(tried["way"]), tried["words"], tried["lead"]
    if way is None or len(said) > LONGEST:
        return await _show(visit, TOO_LONG if way else HOW, status=409, tried=tried)
    if lead in dict(way.leads):
        said = f"{lead} {said}"
    try:
        await visit.act(lambda work: way.deed(work, _find(visit, work), visit.me.id, said))
    except Refusal as refusal:
        return await _show(visit, refusal.say, status=409, tried=tried)
    return visit.back(f"/t/{visit.request.match_info['no']}")


def _find(visit: Visit, work: Work) -> TicketRow:
    return find(work, int(visit.request.match_info["no"]), visit.me.id, Act.TICKET_ARRANGE)


async def _show(
    visit: Visit, trouble: str = "", status: int = 200, tried: Mapping[str, str] = NOTHING
) -> web.Response:
    """Show the forms; what was `tried` in one of them and refused stands there still."""
    task, open_ways = await visit.glance(lambda work: _open(work, _find(visit, work), visit.me.id))
    return visit.page(
        "desk_more.html", status=status, task=task, ways=open_ways, trouble=trouble, tried=tried
    )


def _open(work: Work, ticket: TicketRow, who: str) -> tuple[Task, list[tuple[str, Way]]]:
    found = [(key, way) for key, way in WAYS.items() if allowed(work, ticket, who, way.act)]
    return task_of(work, ticket, who), found


def _schedule(work: Work, ticket: TicketRow, who: str, said: str) -> None:
    day, _ = read_day(said, local(work.now).date())
    working.schedule(work, ticket, who, said, day)


def _park(work: Work, ticket: TicketRow, who: str, said: str) -> None:
    day, words = read_day(said, local(work.now).date())
    parking.park(work, ticket, who, day, words)


def _relane(work: Work, ticket: TicketRow, who: str, said: str) -> None:
    lane, words = read_lane(said)
    laning.change_lane(work, ticket, who, lane, words)


def _merge(work: Work, ticket: TicketRow, who: str, said: str) -> None:
    number = said.strip(" 0#")
    merging.fold(work, ticket, who, int(number) if number.isdecimal() else None)


WAYS: dict[str, Way] = {
    "note": Way(
        "报进展",
        "办到哪一步了",
        "到了；或：灯买好了，下午去换",
        Act.TICKET_PROGRESS,
        working.note,
    ),
    "schedule": Way("约时间", "什么时候去", "明天上午九点", Act.TICKET_PROGRESS, _schedule, SOON),
    "inquire": Way("问居民", "问什么", "哪一层？", Act.TICKET_PROGRESS, inquiring.inquire),
    "attend": Way(
        "报到",
        "",
        "",
        Act.TICKET_ATTEND,
        lambda work, ticket, who, _said: whistling.attend(work, ticket, who),
    ),
    "park": Way(
        "挂账",
        "为什么",
        "等雨季过了再做防水",
        Act.TICKET_ARRANGE,
        _park,
        leads=LATER,
        led="哪天再看",
    ),
    "lane": Way(
        "改急", "为什么", "水漫到楼下了", Act.TICKET_LANE, _relane, leads=LANES, led="改成哪一级"
    ),
    "whistle": Way(
        "吹哨", "请谁，做什么", "李工、何经理 一起看漏点", Act.TICKET_WHISTLE, whistling.whistle
    ),
    "merge": Way("并单", "并到哪一件", "0127", Act.TICKET_MERGE, _merge),
    "split": Way(
        "拆单",
        "",
        "",
        Act.TICKET_MERGE,
        lambda work, ticket, who, _said: merging.split(work, ticket, who),
    ),
    "reject": Way("不受理", "归谁管", "这条路归市政，请打 12345", Act.TICKET_END, parking.reject),
    "unable": Way("无法解决", "为什么", "业主没有同意", Act.TICKET_END, parking.give_up),
}
"""Every form of the page, in reading order."""
