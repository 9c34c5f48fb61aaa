"""What a database begins with: the roster of its folder, and in a demo a few first words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from handlers.actions.rostering import import_folder
from handlers.actions.telling import tell_chat
from handlers.messages import ChatRef
from handlers.phrases.welcome import GREETING
from knowledge.community.hours import Hours
from knowledge.store.proof import reset_clocks
from knowledge.store.rows.roster import PersonRow
from knowledge.store.seats import wait_for_turn
from knowledge.store.stamps import mark, set_mark
from scheduler.notices import remember_birth

if TYPE_CHECKING:
    from bot.app import App
    from handlers.work import Work


async def stock(app: App, *, demo: bool = False) -> None:
    """Import the roster into an empty database; mark a fresh one as a demo if asked to."""
    await app.act("stock", lambda work: _stock(work, app, demo=demo))
    await app.refresh()
    if demo and app.demo:
        await app.act("greet", _greet)


def _stock(work: Work, app: App, *, demo: bool) -> None:
    wait_for_turn(work.session.connection(), "stock")
    _keep_clocks(work)
    fresh = not work.session.scalar(select(func.count()).select_from(PersonRow))
    remember_birth(work.session, work.now)
    if fresh:
        import_folder(work, app.folder / "roster")
        if demo:
            set_mark(work.session, "demo", "yes")
    app.demo = mark(work.session, "demo") is not None


def _keep_clocks(work: Work) -> None:
    """Set the cached due times anew when the service hours have changed since the last start."""
    hours = "-".join(f"{clock:%H:%M}" for clock in work.rules.service_hours)
    if mark(work.session, "service_hours") not in (hours, None):
        reset_clocks(work.session, work.calendar, Hours(*work.rules.service_hours))
    set_mark(work.session, "service_hours", hours)


def _greet(work: Work) -> None:
    if mark(work.session, "greeted") is not None:
        return
    set_mark(work.session, "greeted", "yes")
    for chat in work.hood.chats.values():
        if chat.channel in set(work.rules.channels) - work.rules.loudspeakers:
            tell_chat(
                work, ChatRef(chat.channel, chat.id), GREETING.format(name=work.rules.bot_name)
            )
