"""What every channel promises: nothing lost, nothing doubled, in order, within the limits."""

from __future__ import annotations

import asyncio
import io
from datetime import timedelta

import pytest
from PIL import Image

from knowledge.store.rows.tickets import TicketRow
from tests.channels.conftest import SPEAKERS, rigged
from tests.patience import PATIENCE

QUESTION = "高龄津贴多少钱"
LAMP = "三栋二单元楼道灯坏了"


def troubles():
    """Each way in which a platform can fail, for each adapter that knows it."""
    return [
        pytest.param(kind, trouble, id=f"{kind.__name__}-{trouble}")
        for kind in SPEAKERS
        for trouble in sorted(kind.troubles)
    ]


def photo():
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(out, "PNG")
    return out.getvalue()


async def heard(rig):
    """What lies in the inbox."""
    return [row.payload for row in await rig.inbox()]


def keeps_to_its_windows(rig, shown):
    """No stretch of time has more messages than the platform allows."""
    for window in rig.channel.capabilities.windows:
        streams = [[one.at for one in shown if one.chat == chat] for chat in rig.chats]
        for times in streams if window.per_chat else [[one.at for one in shown]]:
            pairs = zip(times, times[window.count :], strict=False)
            gaps = [after - before for before, after in pairs]
            assert min(gaps, default=timedelta.max) >= timedelta(seconds=window.seconds)


async def tickets(rig):
    return await rig.app.look(lambda session: session.query(TicketRow).count())


# Coming in.


async def test_what_cannot_be_stored_is_not_acknowledged_and_comes_again(rig):
    engine = rig.app.database.engine
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE inbox RENAME TO gone")
    assert not await rig.says("li", LAMP, "@li")
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE gone RENAME TO inbox")
    assert await rig.again()
    assert len(await heard(rig)) == 1


async def test_a_delivery_that_comes_five_times_has_one_effect(rig):
    await rig.says("li", LAMP)
    for _ in range(4):
        assert await rig.again()
    await rig.settle()
    assert len(await heard(rig)) == 1
    assert len(await rig.shown(rig.home, "对，回复 1")) == 1


async def test_what_one_says_in_a_chat_keeps_its_order(rig):
    said = [f"第{nth}句，高龄津贴多少钱" for nth in range(6)]
    for text in said:
        await rig.says("li", text, "@li")
    assert [payload["text"] for payload in await heard(rig)] == said


async def test_a_group_that_wants_to_be_left_alone_is_answered_only_when_it_calls(rig):
    if not rig.groups:
        assert all(chat.startswith("@") for chat in rig.chats)
        return
    await rig.says("xiao", QUESTION, "g-at", called=False)
    await rig.settle()
    assert await heard(rig) == []
    assert await rig.arrivals() == []
    await rig.says("xiao", QUESTION, "g-at", called=True)
    await rig.settle()
    assert len(await rig.arrivals()) == 1


async def test_in_private_everything_is_said_to_us(rig):
    await rig.says("li", QUESTION, "@li")
    await rig.settle()
    assert [one.chat for one in await rig.arrivals()] == ["@li"]


async def test_a_reply_tells_what_it_replies_to(rig):
    if not rig.quotes:
        assert "quote" not in rig.fields  # CONTRACT §8 has no such field
        return
    await rig.says("li", QUESTION, "@li", quote="77")
    assert [payload["quote"] for payload in await heard(rig)] == ["77"]


async def test_a_photo_stays_with_the_matter(rig):
    await rig.says("li", LAMP, photo=photo())
    await rig.settle()
    assert [images for payload in await heard(rig) if (images := len(payload["images"]))] == [1]
    if not rig.captions:  # the words came before it
        await rig.says("li", "1")
        await rig.settle()
    assert await rig.shown(rig.home if rig.captions else "@zhang", "照片 1 张")


async def test_a_button_does_what_it_says(rig):
    await rig.says("li", LAMP)
    await rig.settle()
    if not rig.channel.capabilities.buttons:
        assert [one.buttons for one in await rig.arrivals()] == [()]
        return
    await rig.presses("li", "对")
    await rig.settle()
    assert await tickets(rig) == 1
    assert await rig.presses("zhang", "接单", "@zhang")
    await rig.settle()
    assert await rig.shown("@zhang", "已接单")


async def test_a_digit_does_the_same(rig):
    await rig.says("li", LAMP)
    await rig.settle()
    await rig.says("li", "1")
    await rig.settle()
    assert await tickets(rig) == 1
    await rig.says("zhang", "1", "@zhang")
    await rig.settle()
    assert await rig.shown("@zhang", "已接单")


async def test_a_strangers_press_changes_nothing(rig):
    if not rig.channel.capabilities.buttons:
        return
    await rig.says("li", LAMP)
    await rig.settle()
    await rig.presses("zhao", "对")
    await rig.settle()
    assert not await rig.shown(rig.home, "登记好了")


# Going out.


async def test_what_arrived_is_sent_and_has_a_reference(speaker):
    await speaker.tells(speaker.home, "今晚停水")
    await speaker.settle()
    row = await speaker.sending("今晚停水")
    assert (row.state, bool(row.receipt)) == ("sent", True)
    assert len(await speaker.shown(speaker.home, "今晚停水")) == 1


@pytest.mark.parametrize(("kind", "trouble"), troubles())
async def test_a_failed_sending_has_a_true_receipt(kind, trouble, tmp_path):
    async with rigged(kind, tmp_path) as rig:
        await rig.trouble(trouble)
        await rig.tells(rig.home, "今晚停水")
        await rig.app.settle()
        row = await rig.sending("今晚停水")
        expected = {"down": "pending", "later": "pending", "unknown": "unknown"}
        if trouble not in expected and rig.home.startswith("@"):  # it goes on to the next channel
            assert (row.channel != rig.name, row.state) == (True, "sent")
            return
        assert row.state == expected.get(trouble, "failed")
        if trouble == "later":
            assert row.not_before == rig.clock.now() + timedelta(seconds=rig.waits)
        assert len(await rig.shown(rig.home, "今晚停水")) == (trouble == "unknown")
        if row.state == "pending":
            await rig.up()
            await rig.pass_time(rig.clock.now() + timedelta(minutes=2))
            assert len(await rig.shown(rig.home, "今晚停水")) == 1


@pytest.mark.parametrize("kind", [one for one in SPEAKERS if "unknown" in one.troubles])
async def test_a_push_in_doubt_is_repeated_once_and_says_so(kind, tmp_path):
    async with rigged(kind, tmp_path) as rig:
        await rig.trouble("unknown")
        chat = rig.chats[-1]
        await rig.tells(chat, "新任务", repeatable=True)
        await rig.pass_time(rig.clock.now() + rig.again_after)
        shown = [one.text for one in await rig.shown(chat, "新任务")]
        assert shown == ["新任务", "（补发）新任务"]


@pytest.mark.parametrize("kind", [one for one in SPEAKERS if "down" in one.troubles])
async def test_after_an_outage_of_the_platform_everything_arrives_in_order(kind, tmp_path):
    async with rigged(kind, tmp_path) as rig:
        await rig.trouble("down")
        said = [f"第{nth}条" for nth in range(min(4, rig.most))]
        await rig.tells(rig.home, *said)
        await rig.pass_time(rig.clock.now() + timedelta(minutes=10))
        assert await rig.arrivals() == []
        await rig.up()
        await rig.pass_time(rig.clock.now() + timedelta(minutes=5))
        assert [one.text for one in await rig.shown(rig.home, "条")] == said


async def test_no_window_is_ever_overfull(speaker):
    chats = speaker.chats
    counts = {chat: min(24 if chat == speaker.home else 6, speaker.most) for chat in chats}
    for chat, count in counts.items():
        await speaker.tells(chat, *(f"{chat} 第{nth:02}条" for nth in range(count)))
    await speaker.pass_time(speaker.clock.now() + timedelta(minutes=5))
    shown = [one for one in await speaker.arrivals() if "条" in one.text]
    assert len(shown) == len({one.text for one in shown}) == sum(counts.values())
    keeps_to_its_windows(speaker, shown)


@pytest.mark.parametrize("kind", [one for one in SPEAKERS if one.slow])
async def test_stopping_waits_for_what_is_being_sent_and_writes_it_down(kind, tmp_path):
    async with rigged(kind, tmp_path, live=True) as rig:
        await rig.trouble("slow")
        await rig.tells(rig.home, "今晚停水")
        async with asyncio.timeout(PATIENCE):
            while rig.on_disk("今晚停水") != ["sending"]:  # noqa: ASYNC110 -- nothing tells us.
                await asyncio.sleep(0.01)
        await asyncio.sleep(0.05)  # claimed, then handed to the channel
        await rig.stop()
        assert rig.on_disk("今晚停水") == [rig.handed]
        assert [one.text for one in await rig.arrivals()] == ["今晚停水"]
