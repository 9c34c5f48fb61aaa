"""What a first look would wait for is there before anybody looks."""

from __future__ import annotations

import aiohttp_jinja2
from sqlalchemy import func, select

from bot.web.ahead import Ahead
from bot.web.keys import TALLY
from knowledge.store.tally import TALLY as ROWS


async def test_templates_and_the_rows_of_the_board_are_made_ahead(li, stage):
    await li.says("@li", "桂花园3栋2单元水管爆了")
    server = stage.runner.app
    await Ahead(stage.app, server, after=0).make()
    environment = aiohttp_jinja2.get_env(server)
    compiled = {name for _, name in environment.cache}
    assert compiled == set(environment.list_templates())
    rows = server[TALLY]._engine
    with rows.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(ROWS)) == 1


async def test_what_cannot_be_made_ahead_stops_nothing(stage):
    stage.app.database.close()
    await Ahead(stage.app, stage.runner.app, after=0).make()
