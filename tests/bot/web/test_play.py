"""演一遍: every story runs to its end by itself, on the real application."""

from __future__ import annotations

import asyncio
import re
from datetime import datetime

import pytest

from bot.web.keys import PLAY
from bot.web.play import Play, cast_for
from bot.web.start import cast
from bot.web.stories import STORIES
from knowledge.community.days.zone import ZONE
from knowledge.store.rows.tickets import TicketRow


@pytest.fixture
def players(stage):
    residents, leaders, _ = cast(stage.app.town.hood)
    return cast_for(residents[0], leaders[0], stage.app.town.hood)


async def _states(stage):
    return await stage.app.look(
        lambda session: [row.state for row in session.query(TicketRow).order_by(TicketRow.no)]
    )


async def _to_the_end(play):
    await asyncio.wait_for(play.ended(), 60)


@pytest.mark.parametrize("name", ["leak", "outage", "light"])
async def test_a_request_is_reported_done_and_confirmed(stage, players, name):
    play = Play(stage.app, reading=0.4)
    await play.start(STORIES[name], players)
    await _to_the_end(play)
    assert play.caption == STORIES[name].end.format(**players.names())
    await stage.app.settle()
    assert await _states(stage) == ["closed_confirmed"]


async def test_a_week_leaves_one_request_done_and_one_late_on_the_board(stage, players, chen):
    play = Play(stage.app, reading=0.2)
    await play.start(STORIES["week"], players)
    await _to_the_end(play)
    assert play.caption == STORIES["week"].end
    await stage.app.settle()
    assert (await _states(stage))[0] == "closed_confirmed"
    board = await chen.get("/board?days=7")
    figures = dict(re.findall(r'data-name="(\S+)">.*?<b>([^<]+)</b>', board.text, re.DOTALL))
    assert (figures["登记"], figures["超时"], figures["解决率"]) == ("2", "1", "100.0%")


async def test_a_message_of_swindlers_is_looked_at_by_the_leader(stage, players, li, zhang):
    play = Play(stage.app, reading=0.4)
    await play.start(STORIES["fraud"], players)
    await _to_the_end(play)
    await stage.app.settle()
    assert any("很像骗子" in text for _, text in await li.chat("@li"))
    assert any("李娭毑" in text for who, text in await zhang.chat("@zhang") if who == "bot")


async def test_another_story_takes_the_place_of_the_first(stage, players, li):
    play = Play(stage.app, reading=0.3)
    await play.start(STORIES["leak"], players)
    await play.start(STORIES["fraud"], players)
    await _to_the_end(play)
    assert play.caption == STORIES["fraud"].end.format(**players.names())
    assert not any("水管" in text for _, text in await li.chat("g-gh3"))


async def test_a_press_shows_the_phones_where_it_happens(stage, browser_session, players):
    async with browser_session.get(stage.address) as response:
        csrf = (await response.text()).split('name="csrf" value="')[1].split('"')[0]
    data = {"csrf": csrf, "story": "leak"}
    async with browser_session.post(f"{stage.address}/play", data=data) as response:
        page = await response.text()
    assert f"/chat/{players.group}" in page
    assert "/chat/@zhang" in page
    assert 'hx-trigger="every 1s"' in page
    play = stage.runner.app[PLAY]
    assert play.going
    await play.stop()
    async with browser_session.get(f"{stage.address}/play") as response:
        assert "every" not in await response.text()


@pytest.mark.parametrize("story", ["", "nonsense"])
async def test_an_unknown_story_leads_back_to_the_start(stage, browser_session, story):
    async with browser_session.get(stage.address) as response:
        csrf = (await response.text()).split('name="csrf" value="')[1].split('"')[0]
    data = {"csrf": csrf, "story": story}
    async with browser_session.post(f"{stage.address}/play", data=data) as response:
        assert response.url.path == "/"
    assert not stage.runner.app[PLAY].going


def test_a_leak_by_night_waits_for_the_night_and_a_week_for_its_monday():
    noon = datetime(2026, 11, 26, 12, 45, tzinfo=ZONE)  # a Thursday, in the noon rest
    begins = {name: story.begins(noon) for name, story in STORIES.items()}
    assert begins == {
        "leak": noon.replace(hour=23, minute=40),
        "outage": noon,
        "fraud": noon.replace(hour=14, minute=30),
        "week": datetime(2026, 11, 30, 9, tzinfo=ZONE),
        "light": noon.replace(hour=14, minute=30),
    }
    night = noon.replace(hour=23, minute=45)
    assert STORIES["leak"].begins(night) == night


async def test_who_pushes_the_clock_ends_the_story_and_is_told_so(stage, browser_session, players):
    play = stage.runner.app[PLAY]
    await play.start(STORIES["fraud"], players)
    async with browser_session.get(stage.address) as response:
        csrf = (await response.text()).split('name="csrf" value="')[1].split('"')[0]
    await browser_session.post(f"{stage.address}/advance", data={"csrf": csrf, "hours": "1"})
    assert not play.going
    async with browser_session.get(stage.address) as response:
        assert "故事停在这里" in await response.text()
