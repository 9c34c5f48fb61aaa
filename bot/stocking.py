"""What a database begins with: the roster of its folder, and in a demo a few first words."""

from __future__ import annotations

import hashlib
import json
import sys
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from bot.settings.listing import values
from handlers.actions.auditing import note
from handlers.actions.telling import tell_chat
from handlers.messages import ChatRef
from handlers.phrases.welcome import GREETING
from knowledge.community.days.hours import Hours
from knowledge.store.proof import reset_clocks
from knowledge.store.rows.roster import PersonRow
from knowledge.store.seats import wait_for_turn
from knowledge.store.stamps import mark, set_mark
from scheduler.notices import remember_birth

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bot.app import App
    from handlers.work import Work
    from knowledge.files.problem import Problem


async def stock(app: App, *, demo: bool = False) -> None:
    """Import the roster into an empty database; mark a fresh one as a demo if asked to."""
    for problem in await app.act("stock", lambda work: _stock(work, app, demo=demo)):
        print(f"花名册没有导入：{problem}", file=sys.stderr, flush=True)  # noqa: T201 -- said to the operator.
    await app.refresh()
    if demo and app.demo:
        await app.act("greet", _greet)


def _stock(work: Work, app: App, *, demo: bool) -> list[Problem]:
    """Return the errors for which the roster was not taken in."""
    wait_for_turn(work.session.connection(), "stock")
    _keep_clocks(work)
    fresh = not work.session.scalar(select(func.count()).select_from(PersonRow))
    remember_birth(work.session, work.now)
    roster = app.folder / "roster"
    problems = _import(work, roster) if fresh and roster.is_dir() else []
    if fresh and demo:
        set_mark(work.session, "demo", "yes")
    app.demo = mark(work.session, "demo") is not None
    return [problem for problem in problems if problem.level == "error"]


def _import(work: Work, roster: Path) -> Sequence[Problem]:
    from handlers.actions.people.rostering import import_folder

    return import_folder(work, roster)


def _keep_clocks(work: Work) -> None:
    """Set the cached due times anew when the service hours have changed since the last start."""
    hours = "-".join(f"{clock:%H:%M}" for clock in work.rules.service_hours)
    if mark(work.session, "service_hours") not in (hours, None):
        reset_clocks(work.session, work.calendar, Hours(*work.rules.service_hours))
    set_mark(work.session, "service_hours", hours)


async def note_settings(app: App) -> None:
    """Write down which settings are not what they were when the service last started."""
    await app.act("settings", lambda work: _note_settings(work, app))


def _note_settings(work: Work, app: App) -> None:
    wait_for_turn(work.session.connection(), "stock")
    now = {name: _value_mark(value) for name, value in values(app.settings).items()}
    last = mark(work.session, "settings")
    before = json.loads(last) if last else now
    differ = sorted(name for name in now | before if now.get(name) != before.get(name))
    if differ:
        note(work, "", "setting.changed", "", "、".join(differ))
    set_mark(work.session, "settings", json.dumps(now, ensure_ascii=False))


def _value_mark(value: str) -> str:
    """Return a short mark of a value: it cannot be read back."""
    return hashlib.sha256(value.encode()).hexdigest()[:12]


def _greet(work: Work) -> None:
    if mark(work.session, "greeted") is not None:
        return
    set_mark(work.session, "greeted", "yes")
    for chat in work.hood.chats.values():
        if chat.channel in set(work.rules.channels) - work.rules.loudspeakers:
            tell_chat(
                work, ChatRef(chat.channel, chat.id), GREETING.format(name=work.rules.bot_name)
            )
