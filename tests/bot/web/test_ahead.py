"""What a first look would wait for is there before anybody looks."""

from __future__ import annotations

import sys

import aiohttp_jinja2
from sqlalchemy import func, select

from bot.web.ahead import Ahead
from bot.web.keys import TALLY
from bot.web.later import Page
from knowledge.store.tally import TALLY as ROWS

SELDOM = "async def ask(asked):\n    return f'{asked}!'\n"


async def test_pages_templates_and_the_rows_of_the_board_are_made_ahead(
    li, stage, tmp_path, monkeypatch
):
    (tmp_path / "seldom_asked.py").write_text(SELDOM)
    monkeypatch.syspath_prepend(tmp_path)
    await li.says("@li", "桂花园3栋2单元水管爆了")
    server = stage.runner.app
    await Ahead(stage.app, server, ("seldom_asked",), after=0, rest=0).make()
    assert "seldom_asked" in sys.modules
    environment = aiohttp_jinja2.get_env(server)
    compiled = {name for _, name in environment.cache}
    assert compiled == set(environment.list_templates())
    rows = server[TALLY]()._engine
    with rows.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(ROWS)) == 1


async def test_who_comes_before_it_is_made_is_answered_all_the_same(tmp_path, monkeypatch):
    (tmp_path / "seldom_seen.py").write_text(SELDOM)
    monkeypatch.syspath_prepend(tmp_path)
    page = Page("seldom_seen", "ask")
    assert [await page("who"), await page("why")] == ["who!", "why!"]


async def test_what_cannot_be_made_ahead_stops_nothing(stage):
    stage.app.database.close()
    await Ahead(stage.app, stage.runner.app, after=0, rest=0).make()
