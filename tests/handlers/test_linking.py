"""One neighbour on two networks: linked by a code, answered where they spoke, reached anyhow."""

from __future__ import annotations

import random
import re
import shutil
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.app import App
from bot.base import Base
from bot.channels.replay import Replay
from bot.clocks import VirtualClock
from bot.config import read_settings
from bot.stocking import stock
from handlers.actions.people.linking import LASTS, MOST_IN_ALL, MOST_TRIES
from handlers.actions.people.rostering import import_folder
from handlers.messages import ChatRef, Event, EventKind, Outcome, Outgoing, Receipt, direct
from knowledge.store.rows.links import LinkCodeRow
from knowledge.store.rows.messages import OutboxRow
from knowledge.store.rows.tickets import TicketRow
from tests.world import DATA, MORNING

HOME, AWAY = "replay", "telegram"
"""Where everybody is known by their own id, and where only accounts count."""


@dataclass(slots=True)
class Blockable(Replay):
    """A network on which people can block the bot."""

    blocked: set[str] = field(default_factory=set)

    async def send(self, out):
        if out.chat.id in self.blocked:
            return Receipt(Outcome.GONE, detail="403")
        return await Replay.send(self, out)


class Town:
    """The stories' neighbourhood on two networks."""

    def __init__(self, app, away, clock, told):
        self.app, self.away, self.clock, self.told = app, away, clock, told
        self.count = 0

    async def says(self, channel, account, text="", token=""):
        """Say something in private and return the answers in that chat."""
        self.count += 1
        chat = direct(channel, account)
        kind = EventKind.PRESS if token else EventKind.MESSAGE
        before = len(self.told)
        await self.app.hear(
            Event(
                channel, f"e{self.count}", chat, account, self.clock.now(), kind, text, token=token
            )
        )
        await self.app.settle()
        await self.app.refresh()
        return [out.text for out in self.told[before:] if out.chat == chat]

    def heard(self, channel, account):
        return [out.text for out in self.told if out.chat == direct(channel, account)]

    async def code(self, who="li"):
        answer = (await self.says(HOME, who, "绑定"))[-1]
        return re.findall(r"\d{6}", answer)[0]


@pytest.fixture
async def town(tmp_path, database_url):
    data = tmp_path / "data"
    shutil.copytree(DATA, data)
    settings, problems = read_settings(data)
    assert settings is not None, problems
    clock, told = VirtualClock(MORNING), list[Outgoing]()
    away = Blockable(told.append, AWAY)
    app = App(
        Base(data, settings, clock, random.Random(7), database_url), (away, Replay(told.append))
    )
    await app.open()
    await stock(app)
    await app.refresh()
    yield Town(app, away, clock, told)
    await app.stop()


async def test_a_code_asked_for_here_and_typed_there_makes_one_person_of_both(town):
    await town.says(AWAY, "77", "3栋2单元楼道灯坏了")
    await town.says(AWAY, "77", "1")
    assert "还没有登记" in (await town.says(AWAY, "77", "绑定"))[-1]
    code = await town.code()
    assert "绑好了：您在Telegram这边就是李娭毑" in (await town.says(AWAY, "77", f"绑定 {code}"))[-1]
    assert "不是您本人绑的" in town.heard(HOME, "li")[-1]
    # what the account had reported is hers now, on both sides
    assert "楼道灯" in (await town.says(HOME, "li", "进度"))[-1]
    assert "楼道灯" in (await town.says(AWAY, "77", "进度"))[-1]
    assert "不对或过期" in (await town.says(AWAY, "78", f"绑定 {code}"))[-1]
    # the roster can be imported again, and the account stays hers
    await town.app.act("import", lambda work: import_folder(work, town.app.folder / "roster"))
    await town.app.refresh()
    assert town.app.town.hood.by_account(AWAY, "77").id == "li"
    assert "解开了：Telegram" in (await town.says(AWAY, "77", "解绑"))[-1]
    assert town.app.town.hood.by_account(AWAY, "77") is None
    assert "没有自己绑定过" in (await town.says(HOME, "li", "解绑"))[-1]


async def test_six_digits_alone_are_a_code_only_for_an_unknown_account_that_may_have_one(town):
    assert "绑" not in "".join(await town.says(AWAY, "77", "123456"))
    code = await town.code()
    spoken = f"{code[:3]} {code[3:]}"
    assert "绑好了" in (await town.says(AWAY, "77", spoken))[-1]
    await town.code()
    assert "绑定码不对" not in "".join(await town.says(HOME, "zhang", "123456"))


async def test_a_code_grows_old_is_replaced_and_opens_nobody_elses_account(town):
    old = await town.code()
    new = await town.code()
    assert old == new or "不对或过期" in (await town.says(AWAY, "77", f"绑定{old}"))[-1]
    assert "已经登记给别人" in (await town.says(HOME, "zhang", f"绑定{new}"))[-1]
    assert "本来就是您的" in (await town.says(HOME, "li", f"绑定{new}"))[-1]
    town.clock.move_to(town.clock.now() + LASTS)
    assert "不对或过期" in (await town.says(AWAY, "77", f"绑定{new}"))[-1]


async def test_guessing_is_stopped_for_one_account_and_for_many(town):
    code = await town.code()
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    for _ in range(MOST_TRIES):
        assert "不对或过期" in (await town.says(AWAY, "77", f"绑定{wrong}"))[-1]
    assert "试得太多了" in (await town.says(AWAY, "77", f"绑定{code}"))[-1]
    for number in range(MOST_TRIES, MOST_IN_ALL):
        await town.says(AWAY, f"a{number}", f"绑定{wrong}")
        town.clock.move_to(town.clock.now() + timedelta(seconds=1))  # the network's window
    assert "试得太多了" in (await town.says(AWAY, "honest", f"绑定{code}"))[-1]
    town.clock.move_to(town.clock.now() + timedelta(hours=1))
    code = await town.code()
    assert "绑好了" in (await town.says(AWAY, "77", f"绑定{code}"))[-1], "who was stopped may go on"


async def test_news_goes_where_somebody_spoke_last_and_a_task_to_the_first_that_delivers(town):
    for who, account in (("li", "77"), ("zhang", "88")):
        await town.says(AWAY, account, f"绑定{await town.code(who)}")
    await town.says(HOME, "zhang", "任务")  # he was in the pages last: tasks are pushed anyway
    await town.says(AWAY, "77", "3栋2单元楼道灯坏了")
    await town.says(AWAY, "77", "1")
    assert "楼道灯" in town.heard(AWAY, "88")[-1]
    await town.says(HOME, "li", "进度")
    await town.says(AWAY, "88", "接1")
    assert "张师傅接单了" in town.heard(HOME, "li")[-1]
    assert not any("张师傅接单了" in text for text in town.heard(AWAY, "77"))

    # he has blocked the bot there: the card goes on to his pages, and its buttons work there
    town.away.blocked.add("@88")
    await town.says(AWAY, "77", "3栋2单元门禁坏了")
    await town.says(AWAY, "77", "1")
    card = next(out for out in reversed(town.told) if out.chat == direct(HOME, "zhang"))
    assert "门禁" in card.text
    await town.says(HOME, "zhang", token=card.buttons[0].token)
    states = await town.app.look(lambda session: session.scalars(select(TicketRow.state)).all())
    assert states == ["accepted", "accepted"]
    row = await town.app.look(
        lambda session: session.scalars(select(OutboxRow).where(OutboxRow.key == card.key)).one()
    )
    assert (row.channel, row.state) == (HOME, "sent")


async def test_in_a_group_no_code_is_given_and_none_taken(town):
    chat = ChatRef(HOME, "g-hy")
    before = len(town.told)
    for number, text in enumerate(("@社区小助手 绑定", "@社区小助手 绑定 123456", "123456")):
        await town.app.hear(Event(HOME, f"g{number}", chat, "li", town.clock.now(), text=text))
    await town.app.settle()
    said = [out.text for out in town.told[before:] if out.chat == chat]
    assert said == ["这个不方便在群里说。请私聊我，再发一次。"] * 2
    assert await town.app.look(lambda s: s.scalars(select(LinkCodeRow)).all()) == []
