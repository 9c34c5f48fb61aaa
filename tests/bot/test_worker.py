"""The worker: savepoints, order, three tries, and neighbours that are served meanwhile."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm.exc import StaleDataError

from bot.worker import PAUSE, Worker
from handlers import routing
from handlers.messages import ChatRef
from handlers.routing import Route
from knowledge.store import inbox
from knowledge.store.rows.messages import InboxRow, OutboxRow
from knowledge.store.rows.tickets import TicketRow
from tests.conftest import MONDAY
from tests.world import GROUP

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from handlers.turn import Turn
    from tests.world import World

UNCALLED = "毒药"
POISON = f"社区小助手，{UNCALLED}"


def rows(session: Session) -> list[InboxRow]:
    return list(session.scalars(select(InboxRow).order_by(InboxRow.id)))


@pytest.fixture
def poisoned(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A line of the table of routes that fails on one text, after it has written something."""
    tried: list[str] = []

    def swallow(turn: Turn) -> bool:
        if turn.text != UNCALLED:
            return False
        tried.append(turn.event.event_id)
        turn.reply("这句话不该有人看到")
        raise RuntimeError(turn.event.event_id)

    monkeypatch.setattr(routing, "ROUTES", (Route("毒药", swallow), *routing.ROUTES))
    return tried


async def test_a_handler_that_fails_is_tried_three_times_and_then_set_aside(
    world: World, poisoned: list[str]
) -> None:
    李娭毑, 小陈 = world["李娭毑"], world["小陈"]

    await 李娭毑.says(POISON)

    assert len(poisoned) == 3
    李娭毑.hears("对不起", "已报给管理员")
    小陈.hears("有一条消息三次没处理成功")
    (row,) = await world.looks(rows)
    assert (row.state, row.attempts, row.fault) == ("quarantined", 3, "RuntimeError")
    assert not any("不该有人看到" in out.text for out in world.news)


async def test_the_neighbours_of_a_bad_message_are_served(
    world: World, poisoned: list[str]
) -> None:
    李娭毑, 周爹爹 = world["李娭毑"], world["周爹爹"]

    await world.happens(
        李娭毑.event(POISON),
        周爹爹.event("我满80了，有么子补贴领不？"),
        李娭毑.event("社区几点上班？"),
    )

    周爹爹.hears("高龄补贴")
    李娭毑.hears("8:30–17:30 办事")
    李娭毑.hears("对不起")


async def test_one_chat_keeps_its_order_whatever_the_batch(world: World) -> None:
    homes = {"李娭毑": "3栋2单元", "刘姐": "3栋1单元", "赵姐": "7栋1单元"}
    answers = ["几栋几单元", "这样登记，对不对？", "登记好了", "您有 1 件没办完"]

    await world.happens(
        *(world[called].event("楼道灯不亮") for called in homes),
        *(world[called].event(home) for called, home in homes.items()),
        *(world[called].event("1") for called in homes),
        *(world[called].event("进度") for called in homes),
    )

    for called in homes:
        said = world.said_in(f"@{world[called].account}")
        assert [answer in text for answer, text in zip(answers, said, strict=True)] == [True] * 4


async def test_reports_of_one_batch_are_written_together_also_after_earlier_ones(
    world: World,
) -> None:
    reporters = [world["李娭毑"], world["刘姐"], world.stranger("guest")]
    homes = ("3栋2单元", "3栋1单元", "7栋1单元")
    matters = zip(reporters, homes, strict=True)
    await world.happens(*(one.event(f"{home}水管爆了往楼下灌") for one, home in matters))
    written: list[str] = []
    event.listen(
        world.app.database.engine,
        "before_cursor_execute",
        lambda *told: written.append(str(told[2])),
    )

    matters = zip(reporters, reversed(homes), strict=True)
    await world.happens(*(one.event(f"{home}下水道堵了冒出来") for one, home in matters))

    told = [one.split()[2].strip('"') for one in written if one.startswith("INSERT INTO")]
    tables = ("ticket", "ticket_event", "ticket_text", "outbox")
    assert {told.count(table) for table in tables} == {1}


async def test_reports_of_one_batch_see_each_other_and_leave_no_number_out(
    world: World, poisoned: list[str]
) -> None:
    first, second, third = world["李娭毑"], world["刘姐"], world.stranger("guest")
    burst, blocked = "7栋1单元水管爆了往楼下灌", "7栋1单元下水道堵了冒出来"

    await world.happens(first.event(burst), second.event(burst), third.event(blocked))
    await world.happens(first.event(blocked), second.event(POISON), third.event("3栋井盖没了"))

    query = select(TicketRow.no, TicketRow.reports).order_by(TicketRow.no)
    tickets = await world.looks(lambda session: session.execute(query).all())
    assert [tuple(one) for one in tickets] == [(1, 2), (2, 2), (3, 1)]
    assert set(poisoned) == {"said-5"}


async def test_the_same_event_again_has_no_effect(world: World) -> None:
    李娭毑 = world["李娭毑"]
    said = 李娭毑.event("7栋1单元水管爆了", GROUP, event_id="twice")

    assert await world.app.hear(said) is True
    assert await world.app.hear(said) is False
    await world.app.settle()
    assert await world.app.hear(said) is False
    await world.app.settle()

    tickets = await world.looks(lambda session: session.scalars(select(TicketRow)).all())
    assert [ticket.reports for ticket in tickets] == [1]
    assert len(world.said_in(f"@{world['张师傅'].account}")) == 1


async def test_what_proves_to_be_chatter_leaves_no_words_behind(world: World) -> None:
    李娭毑 = world["李娭毑"]
    await 李娭毑.says("楼道灯不亮", GROUP)
    李娭毑.reads("几栋几单元")  # now a short word of hers may matter

    await 李娭毑.says("昨天晚上的电视剧蛮好看，看到十点多才睡", GROUP)

    payloads = [row.payload for row in await world.looks(rows)]
    assert payloads[-1] == {}
    assert world.said_in(GROUP) == []


async def test_a_refusal_is_said_and_nothing_else_is_kept(world: World) -> None:
    张师傅 = world["张师傅"]

    await 张师傅.says("接9999")

    张师傅.hears("没有找到这件任务")
    (row,) = await world.looks(rows)
    assert (row.state, row.attempts) == ("done", 0)


def test_a_batch_takes_one_event_of_each_chat_and_failed_ones_alone(database) -> None:
    with database.transaction() as session:
        for number, chat in enumerate("aabbc"):
            inbox.store(session, ("replay", f"e{number}"), chat, {}, MONDAY)
        assert [row.event_id for row in inbox.claim(session)] == ["e0", "e2", "e4"]
        assert [row.event_id for row in inbox.claim(session, 2)] == ["e0", "e2"]
        rows(session)[2].attempts = 1
        session.flush()
        assert [row.event_id for row in inbox.claim(session)] == ["e2"]


async def test_a_message_that_is_set_aside_stops_nobody_in_its_own_chat(
    world: World, poisoned: list[str]
) -> None:
    李娭毑 = world["李娭毑"]

    await world.happens(李娭毑.event(POISON, GROUP), 李娭毑.event("3栋2单元水管爆了", GROUP))

    李娭毑.reads("已按【紧急】通知邻长张师傅")
    outbox = await world.looks(lambda session: session.scalars(select(OutboxRow)).all())
    assert {row.state for row in outbox} == {"sent"}
    assert ChatRef("replay", GROUP) in {ChatRef(row.channel, row.chat_id) for row in outbox}


async def test_an_event_that_cannot_even_be_read_is_set_aside_and_the_next_one_served(
    world: World,
) -> None:
    李娭毑 = world["李娭毑"]

    def spoil(session: Session) -> None:
        key = ("replay", "unreadable")
        inbox.store(session, key, "@li", {"nonsense": 1}, world.app.clock.now())

    await world.app.database.write(spoil)
    await 李娭毑.says("进度")

    李娭毑.hears("没")
    states = {row.event_id: row.state for row in await world.looks(rows)}
    assert states.pop("unreadable") == "quarantined"
    assert set(states.values()) == {"done"}


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The channel ids of the events that were handled outside of their batch."""
    handled: list[str] = []
    handle = Worker._handle

    def note(self: Worker, session: Session, row: InboxRow) -> bool | None:
        handled.append(row.event_id)
        return handle(self, session, row)

    monkeypatch.setattr(Worker, "_handle", note)
    return handled


async def test_a_refusal_takes_nothing_from_those_who_speak_at_the_same_time(
    world: World, alone: list[str]
) -> None:
    张师傅, 周爹爹, 李娭毑 = world["张师傅"], world["周爹爹"], world["李娭毑"]

    await world.happens(
        周爹爹.event("我满80了，有么子补贴领不？"),
        张师傅.event("接9999"),
        李娭毑.event("7栋1单元水管爆了"),
    )

    周爹爹.hears("高龄补贴")
    李娭毑.hears("已按【紧急】通知邻长张师傅")
    assert any("没有找到这件任务" in text for text in world.said_in(f"@{张师傅.account}"))
    numbers = await world.looks(lambda session: session.scalars(select(TicketRow.no)).all())
    assert numbers == [1]
    assert len(alone) == 1  # the others stayed together


async def test_who_meets_another_process_comes_again_and_the_others_stay_together(
    world: World, alone: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    李娭毑, 刘姐, 张师傅 = world["李娭毑"], world["刘姐"], world["张师傅"]
    met: list[str] = []

    def collide(turn: Turn) -> bool:
        if "下水道" in turn.text and not met:
            met.append(turn.event.event_id)
            raise StaleDataError
        return False

    monkeypatch.setattr(routing, "ROUTES", (Route("别人先动了", collide), *routing.ROUTES))

    await world.happens(
        李娭毑.event("7栋1单元水管爆了"), 刘姐.event("5栋2单元下水道堵了"), 张师傅.event("任务")
    )

    assert alone == met  # when it came again: by then it was the only one
    李娭毑.hears("已按【紧急】通知")
    刘姐.hears("先别再往下放水")
    (row,) = [row for row in await world.looks(rows) if row.event_id in met]
    assert (row.state, row.attempts) == ("done", 0)


@pytest.mark.parametrize("failed_before", [0, 1])
async def test_while_another_process_is_at_every_row_the_worker_rests_between_its_looks(
    world: World, monkeypatch: pytest.MonkeyPatch, failed_before: int
) -> None:
    held, looks = [True], 0

    def collide(turn: Turn) -> bool:
        nonlocal looks
        looks += 1
        if held:
            raise StaleDataError
        return False

    monkeypatch.setattr(routing, "ROUTES", (Route("别人先动了", collide), *routing.ROUTES))
    await world.app.hear(world["李娭毑"].event("7栋1单元水管爆了"))
    await world.app.database.write(
        lambda session: setattr(rows(session)[0], "attempts", failed_before)
    )
    asyncio.get_running_loop().call_later(4 * PAUSE, held.clear)

    await world.app.settle()

    world["李娭毑"].hears("已按【紧急】通知")
    assert 2 <= looks <= 6, "one look a rest, and the last"


async def test_what_the_database_refuses_is_laid_to_the_one_who_wrote_it(
    world: World, alone: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    周爹爹, 李娭毑, 刘姐 = world["周爹爹"], world["李娭毑"], world["刘姐"]
    await 周爹爹.says("社区几点上班？")
    alone.clear()
    (known,) = await world.looks(lambda session: session.scalars(select(OutboxRow.key)).all())

    def repeat(turn: Turn) -> bool:
        """Lay a message under a key that is taken; the statement that shows it is somebody else's."""
        if turn.text != UNCALLED:
            return False
        turn.work.cause, turn.work.told = known.rpartition(":")[0], 0
        turn.reply("这句话不该有人看到")
        return True

    monkeypatch.setattr(routing, "ROUTES", (Route("毒药", repeat), *routing.ROUTES))

    events = (周爹爹.event("进度"), 李娭毑.event(POISON), 刘姐.event("社区几点上班？"))
    await world.happens(*events)

    assert alone[:3] == [event.event_id for event in events], "nobody was taken out for another"
    states = [(row.state, row.attempts) for row in await world.looks(rows)]
    assert states == [("done", 0), ("done", 0), ("quarantined", 3), ("done", 0)]


async def test_two_who_report_the_same_in_one_batch_share_a_ticket(world: World) -> None:
    李娭毑, 刘姐 = world["李娭毑"], world["刘姐"]

    await world.happens(*(one.event("7栋1单元水管爆了") for one in (李娭毑, 刘姐)))

    tickets = await world.looks(lambda session: session.scalars(select(TicketRow)).all())
    assert [ticket.reports for ticket in tickets] == [2]
