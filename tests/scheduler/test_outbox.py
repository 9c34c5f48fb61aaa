"""The sender: true receipts, each message once, and honest doubt after a crash."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from handlers.messages import Button, Capabilities, ChatRef, Outcome, Outgoing, Receipt, Window
from handlers.phrases.quarantine import AGAIN
from knowledge.store.rows.messages import BULK, URGENT, OutboxRow
from knowledge.store.rows.notices import RoundRow
from scheduler.outbox import Sender
from scheduler.receipts import Landed, write_receipts
from tests.conftest import MONDAY

if TYPE_CHECKING:
    from bot.clocks import VirtualClock
    from knowledge.store.database import Database


@dataclass
class Fake:
    """A channel that answers as it is told: the next answers in order, then "sent"."""

    name: str = "fake"
    idempotent: bool = False
    windows: tuple[Window, ...] = ()
    answers: list[Receipt | Exception] = field(default_factory=list)
    got: list[Outgoing] = field(default_factory=list)

    capabilities: Capabilities = field(init=False)

    def __post_init__(self) -> None:
        self.capabilities = Capabilities(
            hears="all",
            pushes=True,
            buttons=8,
            edits=False,
            images=True,
            text_bytes=4096,
            windows=self.windows,
            idempotent=self.idempotent,
        )

    async def start(self, hear) -> None:
        """Nothing listens."""

    async def stop(self) -> None:
        """Nothing to let go."""

    async def send(self, out: Outgoing) -> Receipt:
        self.got.append(out)
        answer = self.answers.pop(0) if self.answers else Receipt(Outcome.SENT, reference="m-1")
        if isinstance(answer, Exception):
            raise answer
        return answer

    @property
    def texts(self) -> list[str]:
        return [out.text for out in self.got]


@dataclass
class Post:
    """A database, a clock, a channel and the sender between them."""

    database: Database
    clock: VirtualClock
    channel: Fake

    def __post_init__(self) -> None:
        self.sender = Sender(self.database, {self.channel.name: self.channel}, self.clock)

    def queue(self, text: str, chat: str = "g", **more) -> None:
        row = {
            "key": f"key-{text}-{chat}",
            "channel": "fake",
            "chat_id": chat,
            "kind": "group",
            "text": text,
            "buttons": [],
            "images": [],
            "not_before": self.clock.now(),
            "created_at": self.clock.now(),
        }
        with self.database.transaction() as session:
            session.add(OutboxRow(**(row | more)))

    def rows(self) -> list[OutboxRow]:
        with self.database.view() as session:
            return list(session.scalars(select(OutboxRow).order_by(OutboxRow.id)))

    def row(self) -> OutboxRow:
        (row,) = self.rows()
        return row

    def due(self):
        with self.database.view() as session:
            return self.sender.next_due(session)

    def passes(self, seconds: float) -> None:
        self.clock.move_to(self.clock.now() + timedelta(seconds=seconds))


@pytest.fixture
def post(database: Database, clock: VirtualClock) -> Post:
    return Post(database, clock, Fake())


async def test_what_is_due_is_sent_with_everything_that_belongs_to_it(post: Post) -> None:
    post.queue(
        "你好", buttons=[{"label": "对", "token": "t"}], images=["i"], notice_id="n", lane="P2"
    )

    assert await post.sender.run_due() == 1

    assert post.channel.got == [
        Outgoing(
            key="key-你好-g",
            chat=ChatRef("fake", "g"),
            text="你好",
            buttons=(Button("对", "t"),),
            images=("i",),
            notice="n",
            lane="P2",
        )
    ]
    row = post.row()
    assert (row.state, row.receipt, row.sent_at, row.attempts) == ("sent", "m-1", MONDAY, 1)
    assert await post.sender.run_due() == 0
    assert post.due() is None


async def test_a_second_round_waits_for_the_one_under_way(post: Post) -> None:
    post.queue("一")

    rounds = await asyncio.gather(post.sender.run_due(), post.sender.run_due())

    assert list(rounds) == [1, 0]
    assert post.row().state == "sent"


async def test_nothing_is_sent_before_its_moment(post: Post) -> None:
    post.queue("明早", not_before=MONDAY + timedelta(hours=1))

    assert await post.sender.run_due() == 0
    assert post.due() == MONDAY + timedelta(hours=1)
    post.passes(3600)
    assert await post.sender.run_due() == 1


async def test_a_channel_that_does_not_run_keeps_its_messages_waiting(post: Post) -> None:
    post.queue("在别处", channel="telegram")

    assert await post.sender.run_due() == 0
    assert (post.row().state, post.due()) == ("pending", None)


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Outcome.GONE, "failed"),
        (Outcome.UNSUPPORTED, "failed"),
        (Outcome.NEEDS_HUMAN, "needs_human"),
        (Outcome.UNKNOWN, "unknown"),
    ],
)
async def test_a_final_answer_is_written_down_and_never_tried_again(
    post: Post, outcome: Outcome, state: str
) -> None:
    post.channel.answers = [Receipt(outcome, detail="403")]
    post.queue("通知")

    await post.sender.run_due()
    post.passes(86_400)
    await post.sender.run_due()

    assert (post.row().state, post.row().detail) == (state, "403")
    assert len(post.channel.got) == 1


async def test_later_means_not_before_the_time_that_was_named(post: Post) -> None:
    post.channel.answers = [Receipt(Outcome.LATER, retry_after=600.5)]
    post.queue("等一等")

    await post.sender.run_due()

    assert post.row().state == "pending"
    assert post.row().sent_at is None, "what did not arrive takes no place in a window"
    assert post.due() == MONDAY + timedelta(seconds=600.5)
    post.passes(600)
    assert await post.sender.run_due() == 0
    post.passes(0.5)
    assert await post.sender.run_due() == 1
    assert post.row().state == "sent"


async def test_a_channel_that_is_down_is_tried_ever_more_slowly_up_to_a_minute(post: Post) -> None:
    post.channel.answers = [Receipt(Outcome.LATER)] * 9
    post.queue("再试")
    pauses = []
    while post.row().state != "sent":
        before = post.clock.now()
        await post.sender.run_due()
        if due := post.due():
            pauses.append((due - before).total_seconds())
            post.clock.move_to(due)

    assert pauses == [0.25, 1, 4, 16, 60, 60, 60, 60, 60]


async def test_an_adapter_that_fails_leaves_doubt_and_does_not_stop_the_others(post: Post) -> None:
    post.channel.answers = [OSError("reset by peer")]
    post.queue("一", chat="a")
    post.queue("二", chat="b")

    await post.sender.run_due()

    assert [(row.state, row.detail) for row in post.rows()] == [
        ("unknown", "OSError"),
        ("sent", ""),
    ]


async def test_a_push_in_doubt_is_repeated_once_and_marked(post: Post) -> None:
    post.channel.answers = [Receipt(Outcome.UNKNOWN), Receipt(Outcome.UNKNOWN)]
    post.queue("新任务", repeatable=True)

    await post.sender.run_due()
    post.passes(86_400)
    await post.sender.run_due()

    assert post.channel.texts == ["新任务", f"{AGAIN}新任务"]
    assert post.row().state == "unknown"


async def test_where_a_key_shows_once_doubt_means_simply_again(
    database: Database, clock: VirtualClock
) -> None:
    post = Post(database, clock, Fake(idempotent=True, answers=[Receipt(Outcome.UNKNOWN)] * 2))
    post.queue("一次")

    await post.sender.run_due()
    assert post.channel.texts == ["一次"] * 2
    post.passes(4)
    await post.sender.run_due()

    assert post.channel.texts == ["一次"] * 3
    assert {out.key for out in post.channel.got} == {"key-一次-g"}
    assert post.row().state == "sent"


@pytest.mark.parametrize(
    ("idempotent", "repeatable", "sent"),
    [(True, False, ["话"]), (False, True, [f"{AGAIN}话"]), (False, False, [])],
)
async def test_what_a_dead_process_was_sending_is_settled_by_its_kind(
    database: Database, clock: VirtualClock, idempotent: bool, repeatable: bool, sent: list[str]
) -> None:
    post = Post(database, clock, Fake(idempotent=idempotent))
    post.queue("话", repeatable=repeatable, state="sending", sent_at=MONDAY, attempts=1)

    await post.sender.recover()
    await post.sender.run_due()

    assert post.channel.texts == sent
    assert post.row().state == ("sent" if sent else "unknown")


@pytest.mark.parametrize("idempotent", [False, True])
async def test_one_chat_is_told_in_order_even_around_a_refusal(
    database: Database, clock: VirtualClock, idempotent: bool
) -> None:
    later = Receipt(Outcome.LATER, retry_after=30)
    post = Post(database, clock, Fake(idempotent=idempotent, answers=[later]))
    for text in ("一", "二", "三"):
        post.queue(text)
    post.queue("别的群", chat="h")

    await post.sender.run_due()
    post.passes(30)
    await post.sender.run_due()

    assert [out.text for out in post.channel.got if out.chat.id == "g"] == ["一", "一", "二", "三"]


class Poisoned(Fake):
    """A channel that cannot send one message."""

    async def send(self, out: Outgoing) -> Receipt:
        self.got.append(out)
        poison = Receipt(Outcome.LATER, retry_after=1)
        return poison if out.text == "毒药" else Receipt(Outcome.SENT, reference="m")


@pytest.mark.parametrize(("others", "tries"), [(True, 11), (False, 81)])
async def test_a_message_that_can_never_be_sent_holds_up_its_chat_for_so_many_tries_only(
    database: Database, clock: VirtualClock, others: bool, tries: int
) -> None:
    post = Post(database, clock, Poisoned())
    post.queue("毒药")
    post.queue("后面的")
    for nth in count():
        if others:
            post.queue(f"别的{nth}", chat="h")
        await post.sender.run_due()
        if "后面的" in post.channel.texts:
            break
        post.passes(1)

    told = [out.text for out in post.channel.got if out.chat.id == "g"]
    assert told == ["毒药"] * tries + ["后面的"]


async def test_an_hour_without_the_platform_leaves_every_chat_in_order(post: Post) -> None:
    post.queue("早先的", chat="h")
    await post.sender.run_due()
    for text in ("一", "二", "三"):
        post.queue(text)
    back = MONDAY + timedelta(hours=1)
    post.channel.answers = [Receipt(Outcome.LATER)] * 1000
    while any(row.state != "sent" for row in post.rows()):
        await post.sender.run_due()
        post.clock.move_to(post.due() or post.clock.now())
        if post.clock.now() >= back:
            post.channel.answers.clear()

    assert post.clock.now() - back <= timedelta(minutes=1)
    assert post.channel.texts[-3:] == ["一", "二", "三"]
    assert set(post.channel.texts[1:-3]) == {"一"}, "those behind it do not knock"


async def test_a_newer_message_that_is_tried_again_holds_up_no_older_one(post: Post) -> None:
    post.queue("到点", not_before=MONDAY + timedelta(minutes=1))
    post.queue("马上")
    post.channel.answers = [Receipt(Outcome.LATER, retry_after=3600)]
    await post.sender.run_due()
    post.passes(60)
    await post.sender.run_due()

    assert post.channel.texts == ["马上", "到点"]


async def test_what_was_in_the_air_when_its_round_was_ended_is_not_tried_again(post: Post) -> None:
    one = RoundRow(notice_id="n", planned=MONDAY, code="AB2CD", title="x", begun_at=MONDAY)
    with post.database.transaction() as session:
        session.add(one)
        session.flush()
        round_id = one.id
    post.queue("停水", round_id=round_id)
    post.channel.answers = [Receipt(Outcome.LATER, retry_after=30)]
    await post.sender.run_due()
    with post.database.transaction() as session:
        session.get_one(RoundRow, round_id).cancelled_at = MONDAY
    post.passes(30)
    await post.sender.run_due()

    assert post.channel.texts == ["停水"]


async def test_the_receipt_of_one_that_seemed_dead_counts_for_nothing_taken_up_since(
    post: Post,
) -> None:
    post.queue("话", state="sending", sent_at=MONDAY, attempts=2)
    late = Landed(MONDAY, 1, Receipt(Outcome.GONE))
    with post.database.transaction() as session:
        write_receipts(session, post.channel, {post.row().id: late}, MONDAY)

    assert post.row().state == "sending"


async def test_a_push_that_waits_for_the_morning_holds_up_nobody(post: Post) -> None:
    post.queue("明早", not_before=MONDAY + timedelta(hours=12))
    post.queue("马上")

    await post.sender.run_due()

    assert post.channel.texts == ["马上"]


async def test_strict_windows_hold_over_a_whole_round(
    database: Database, clock: VirtualClock
) -> None:
    windows = (Window(20, 60, per_chat=True), Window(30, 1, per_chat=False))
    post = Post(database, clock, Fake(windows=windows))
    for number in range(50):
        post.queue(f"{number}", chat="ab"[number % 2])
    times: list[float] = []
    while (due := post.due()) is not None:
        clock.move_to(due)
        times += [(clock.now() - MONDAY).total_seconds()] * await post.sender.run_due()

    assert times == [0] * 30 + [1] * 10 + [60] * 10
    assert [out.text for out in post.channel.got if out.chat.id == "a"] == [
        f"{number}" for number in range(0, 50, 2)
    ]


async def test_a_full_window_of_one_chat_stops_no_other(
    database: Database, clock: VirtualClock
) -> None:
    post = Post(database, clock, Fake(windows=(Window(1, 60, per_chat=True),)))
    for chat in "aab":
        post.queue(f"{chat}{len(post.rows())}", chat=chat)

    await post.sender.run_due()

    assert post.channel.texts == ["a0", "b2"]


@dataclass
class Slow(Fake):
    """A channel on which messages to the chat `stuck` arrive only when it is let go."""

    idempotent: bool = True
    released: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, out: Outgoing) -> Receipt:
        if out.chat.id == "stuck":
            await self.released.wait()
        return await super().send(out)


async def test_a_slow_channel_holds_up_no_other(database: Database, clock: VirtualClock) -> None:
    slow, quick = Slow(name="slow"), Fake(name="quick")
    landed = asyncio.Event()
    sender = Sender(database, {"slow": slow, "quick": quick}, clock, lambda _: landed.set())
    with database.transaction() as session:
        for name in ("slow", "quick"):
            session.add(outgoing_row(name, chat_id="stuck"))

    waiting = asyncio.create_task(sender.run_due())
    await landed.wait()
    assert quick.texts == ["急事"]
    assert not waiting.done()
    slow.released.set()

    assert await waiting == 2
    assert slow.texts == ["急事"]


async def test_a_slow_message_holds_up_only_its_own_chat(
    database: Database, clock: VirtualClock
) -> None:
    channel = Slow()
    post = Post(database, clock, channel)
    landed = asyncio.Event()
    post.sender = Sender(database, {"fake": post.channel}, clock, lambda _: landed.set())
    for chat in ("stuck", "a"):
        post.queue("一", chat=chat)
    await post.sender.step("fake")
    post.queue("二", chat="stuck")
    for text in ("二", "三"):
        post.queue(text, chat="a")
        await landed.wait()
        landed.clear()
        await post.sender.step("fake")
    await landed.wait()
    await post.sender.step("fake")

    assert post.channel.texts == ["一", "二", "三"]
    assert post.due() is None, "what waits for the slow one wakes nobody"
    channel.released.set()
    await post.sender.run_due()
    assert post.channel.texts == ["一", "二", "三", "一", "二"]
    assert {row.state for row in post.rows()} == {"sent"}


async def test_what_is_in_the_air_at_the_end_is_written_down_and_nothing_more_begins(
    database: Database, clock: VirtualClock
) -> None:
    post = Post(database, clock, Slow())
    post.queue("一", chat="stuck")
    post.queue("二", chat="b")
    await post.sender.step("fake")
    post.queue("三", chat="c")

    await post.sender.finish(0.01)

    assert [row.state for row in post.rows()] == ["sending", "sent", "pending"]


async def test_an_urgent_push_goes_before_ten_thousand_notices(
    database: Database, clock: VirtualClock
) -> None:
    post = Post(database, clock, Fake(windows=(Window(30, 1, per_chat=False),)))
    with database.transaction() as session:
        for number in range(10_000):
            session.add(outgoing_row("fake", f"n{number}", rank=BULK, text="通知"))
    post.queue("答复", chat="b")
    post.queue("漏水", chat="c", rank=URGENT, lane="P1")

    await post.sender.run_due()

    assert sorted(post.channel.texts) == sorted(["漏水", "答复", *["通知"] * 28])
    assert post.due() == MONDAY + timedelta(seconds=1)


def outgoing_row(channel: str, chat_id: str = "g", **more) -> OutboxRow:
    """One message that is due on a channel."""
    row = {
        "key": f"{channel} {chat_id}",
        "channel": channel,
        "chat_id": chat_id,
        "kind": "group",
        "text": "急事",
        "buttons": [],
        "images": [],
        "not_before": MONDAY,
        "created_at": MONDAY,
    }
    return OutboxRow(**(row | more))
