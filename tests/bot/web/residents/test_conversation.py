"""A chat as somebody sees it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.web.residents import conversation
from bot.web.residents.choices import PAGE, Reader
from knowledge.store.rows.web import WebMessageRow
from tests.bot.web.visitor import Visitor

CHAT = "g-gh3"


@pytest.fixture
def say(stage):
    """Write messages straight into the history, each some minutes after the last."""

    async def say(who, text, *, minutes=0, quote=""):
        stage.app.clock.move_to(stage.app.clock.now() + timedelta(minutes=minutes))

        def write(session):
            row = WebMessageRow(
                key=f"key-{text}",
                chat_id=CHAT,
                sender=who,
                name=who,
                text=text,
                buttons=[],
                images=[],
                quote=quote,
                at=stage.app.clock.now(),
            )
            session.add(row)

        await stage.app.database.write(write)

    return say


@pytest.fixture
def reader(stage):
    return Reader(CHAT, "li", stage.app.town.hood, stage.app.clock.now())


async def _read(stage, reader, before=None):
    return await stage.app.look(lambda session: conversation.newest(session, reader, before))


async def test_the_time_stands_above_a_message_after_five_quiet_minutes(stage, say, reader):
    await say("zhang", "一", minutes=10)
    await say("zhang", "二", minutes=4)
    await say("zhang", "三", minutes=5)
    talk = await _read(stage, reader)
    assert [bubble.since for bubble in talk.bubbles][-3:] == [True, False, True]


async def test_leaders_carry_a_badge_that_no_name_can_imitate(stage, say, reader):
    await say("zhang", "我是真的")
    await say("邻长张师傅", "我是假的")
    badges = {bubble.text: bubble.badge for bubble in (await _read(stage, reader)).bubbles}
    assert badges["我是真的"] == "邻长"
    assert badges["我是假的"] == ""


async def test_a_long_history_is_read_page_by_page_without_gaps(stage, say, reader):
    for number in range(PAGE + 5):
        await say("zhang", f"第{number}句")
    newest = await _read(stage, reader)
    assert newest.older
    older = await _read(stage, reader, newest.bubbles[0].id)
    texts = [bubble.text for bubble in (*older.bubbles, *newest.bubbles)]
    assert texts[-PAGE - 5 :] == [f"第{number}句" for number in range(PAGE + 5)]
    assert not older.older


async def test_a_quote_shows_whose_words_it_answers_in_this_chat_only(stage, say, reader):
    await say("zhang", "几点开会")
    await say("li", "七点", quote="key-几点开会")
    await say("li", "别处", quote="key-elsewhere")
    quotes = {bubble.text: bubble.quote for bubble in (await _read(stage, reader)).bubbles}
    assert quotes["七点"] == "zhang：几点开会"
    assert quotes["别处"] == ""


async def test_choices_of_a_question_stay_in_their_bubble_when_somebody_has_gone_on(li, stage):
    await li.says("@li", "老人补贴")
    page = await li.get("/chat/@li")
    count = page.count("quick-reply")
    assert count > 1
    await li.says("@li", "3栋2单元楼道灯坏了")
    page = await li.get("/chat/@li")
    assert page.count("quick-reply") == 1, "对, and nothing of the question before"
    await li.says("@li", "1")
    page = await li.get("/chat/@li")
    assert page.count("quick-reply") == 0
    assert page.text.count('class="card-choice"') == count, "they can still be pressed up there"


async def test_a_task_that_went_to_somebody_else_offers_nothing_any_more(
    li, stage, browser_session
):
    zhang = Visitor(stage, browser_session, "zhang")
    await li.says("@li", "3栋2单元楼道灯坏了")
    await li.says("@li", "1")
    await zhang.says("@zhang", "1")
    assert (await zhang.get("/chat/@zhang")).count("quick-reply") > 0
    await zhang.says("@zhang", "请假 1天")
    assert (await zhang.get("/chat/@zhang")).count("quick-reply") == 0
