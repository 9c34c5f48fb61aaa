"""One notice: how each group will read it, its warnings, who answered; test it, send it now."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from bot.web.office.agenda import past, planned_until, running, said
from bot.web.office.agenda import reach as reach_words
from bot.web.visit import NOTHING_HERE
from handlers.actions.auditing import note
from handlers.actions.notices.loudspeakers import script_of
from handlers.actions.notices.progress import Progress, progress_of_notice
from handlers.actions.notices.reach import Building, Reach, reach_of
from handlers.actions.notices.sending import reached, send_now
from handlers.actions.telling import About, tell_person
from handlers.phrases.notices import TESTED, forecast
from knowledge.community.hood.access import Act, Relation
from knowledge.community.hood.territory import oversees
from knowledge.community.notices.audience import chats_for
from knowledge.community.notices.notice_folder import findings_about, of_its_series
from knowledge.community.notices.notice_review import review
from knowledge.community.notices.posting import proof_code
from knowledge.community.refusals import NotFound, Refusal
from scheduler.forecast import slowest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aiohttp import web

    from bot.web.visit import Visit
    from handlers.work import Work
    from knowledge.community.notices.notice import Notice
    from knowledge.community.notices.planner import Planned
    from knowledge.files.problem import Problem

AHEAD = timedelta(days=62)
LATELY = timedelta(days=7)
"""How long its rounds are shown, as by `linli notices progress`."""
DROPPED, NO_MORE = "下次不发", "两个月内不发"
NO_SCRIPT = "（没有【广播】，喇叭不念）"


@dataclass(frozen=True, slots=True)
class Preview:
    """What one group will read and when; `why` says why it was moved or is not sent."""

    name: str
    when: str
    why: str
    body: str


class Shown(NamedTuple):
    """All that has to be looked up for the page of a notice; `reach` None = it never went out."""

    previews: list[Preview]
    reach: Reach | None
    warnings: list[Problem]
    rounds: list[Progress]


async def show(visit: Visit, trouble: str = "", status: int = 200) -> web.Response:
    """Show one notice with a bubble for every group."""
    notice = _notice(visit)
    shown = await visit.glance(lambda work: _shown(work, visit, notice))
    return visit.page(
        "notice.html",
        status=status,
        notice=notice,
        previews=shown.previews,
        people=reach_words([one for one in chats_for(notice.audience, visit.hood) if ":@" in one]),
        warnings=shown.warnings,
        withheld=notice.unusable(visit.now.date()),
        reach=shown.reach,
        rounds=shown.rounds,
        buildings=_visible(visit, shown.reach),
        trouble=trouble,
        note=visit.request.query.get("sent", ""),
        at=visit.app.rules.manners.first_loud(visit.now),
        tested="tested" in visit.request.query,
        added="added" in visit.request.query,
        may_send=visit.can(Act.NOTICE_SEND),
        may_edit=visit.can(Act.NOTICE_EDIT),
    )


async def test(visit: Visit) -> web.Response:
    """Send the notice to nobody but the visitor, in private."""
    notice = _notice(visit)
    await visit.act(lambda work: _test(work, visit.me.id, notice))
    return visit.back(f"/notices/{notice.id}?tested=1")


async def confirm(visit: Visit) -> web.Response:
    """Ask whether it shall really go out now, and to whom."""
    notice = _notice(visit)
    chats = running(visit, chats_for(notice.audience, visit.hood))
    groups = [chat.name for chat in visit.hood.chats.values() if chat.key in chats]
    code = proof_code(notice.id, visit.now)
    return visit.page(
        "notice_send.html",
        notice=notice,
        groups=list(dict.fromkeys(groups)),
        reach=reach_words(chats),
        body=notice.posted(code),
        withheld=notice.unusable(visit.now.date()),
        at=visit.app.rules.manners.first_loud(visit.now),
        forecast=await _forecast(visit, chats),
    )


async def _forecast(visit: Visit, chats: tuple[str, ...]) -> str:
    """Say how long the platforms concerned will make the sending last."""
    told = await visit.glance(lambda work: reached(work, chats))
    counted = Counter(chat.channel for chat in told.values())
    channels = visit.app.channels
    windows = {name: channels[name].capabilities.windows for name in counted}
    return forecast(slowest(counted, windows))


async def send(visit: Visit) -> web.Response:
    """Send it now; what cannot be sent is said on the notice's page."""
    notice = _notice(visit)
    try:
        count = await visit.act(lambda work: send_now(work, notice, visit.me.id))
    except Refusal as refusal:
        return await show(visit, refusal.say, status=409)
    return visit.back(f"/notices/{notice.id}?sent={count}")


def _shown(work: Work, visit: Visit, notice: Notice) -> Shown:
    planned = planned_until(visit, visit.now + AHEAD, past(work.session, visit.now))
    previews = previews_of(work, notice, planned)
    rounds = progress_of_notice(work.session, notice.id, work.now - LATELY)
    return Shown(previews, reach_of(work, notice.id), warnings_of(visit, notice), rounds)


def previews_of(work: Work, notice: Notice, planned: Sequence[Planned]) -> list[Preview]:
    """Return what each group of the audience will read next, in roster order."""
    mine = [one for one in planned if one.notice_id == notice.id]
    upcoming: dict[str, Planned] = {}
    for one in mine:
        for chat in one.chats:
            upcoming.setdefault(chat, one)
    audience = set(chats_for(notice.audience, work.hood))
    previews = {}
    for group in work.hood.chats.values():
        if group.key not in audience or group.channel not in work.rules.channels:
            continue
        coming = upcoming.get(group.key)
        body = coming.body if coming else notice.posted(proof_code(notice.id, work.now))
        when = f"下次 {said(coming.at)}" if coming and coming.at else DROPPED if coming else NO_MORE
        aloud = group.channel in work.rules.loudspeakers
        text = (script_of(notice) or NO_SCRIPT) if aloud else body
        previews[group.key] = Preview(group.name, when, coming.why if coming else "", text)
    return list(previews.values())


def warnings_of(visit: Visit, notice: Notice) -> list[Problem]:
    """Return what `check` finds about this notice in the files as they were read last."""
    app, today = visit.app, visit.now.date()
    sheet = app.papers.sheet
    if sheet is None:
        return []
    beside = of_its_series(sheet, notice)
    found = review(beside, visit.hood, today, calendar=app.calendar, manners=app.rules.manners)
    own = f"《{notice.title}》"
    return [
        *findings_about(sheet, notice, today, app.papers.links),
        *(one for one in found if own in one.message),
    ]


def _test(work: Work, who: str, notice: Notice) -> None:
    note(work, who, "notice.test", notice.id)
    about = About(notice_id=notice.id, at_once=True)
    tell_person(work, who, TESTED.format(title=notice.title), about=about)
    tell_person(work, who, notice.posted(proof_code(notice.id, work.now)), about=about)


def _visible(visit: Visit, reach: Reach | None) -> list[Building]:
    """Return the buildings whose counts this visitor may see."""

    def mine(place_id: str) -> bool:
        over = oversees(visit.me, place_id, visit.hood)
        return visit.can(Act.NOTICE_RECEIPTS, frozenset({Relation.SUBTREE} if over else ()))

    return [one for one in reach.buildings if mine(one.place_id)] if reach else []


def _notice(visit: Visit) -> Notice:
    wanted = visit.request.match_info["id"]
    for notice in visit.app.papers.notices:
        if notice.id == wanted:
            return notice
    raise NotFound(NOTHING_HERE)
