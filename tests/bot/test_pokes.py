"""Pokes say "look again", once a tick, to the pages that are open."""

from __future__ import annotations

import asyncio

from bot.pokes import TICK, Pokes


class Screen:
    """A socket that remembers what it was told."""

    def __init__(self, *, gone=False):
        self.heard = []
        self.closed_with = None
        self.gone = gone

    async def send_str(self, data):
        if self.gone:
            raise ConnectionResetError
        self.heard.append(data)

    async def close(self, *, code):
        self.closed_with = code


async def test_many_news_of_one_tick_are_one_poke():
    pokes, page = Pokes(), Screen()
    pokes.join("g-1", page)
    for _ in range(20):
        pokes.poke("g-1")
    await asyncio.sleep(TICK * 2)
    assert page.heard == ["n"]


async def test_only_pages_of_that_chat_are_poked():
    pokes, here, there = Pokes(), Screen(), Screen()
    pokes.join("g-1", here)
    pokes.join("g-2", there)
    pokes.poke("g-1")
    await asyncio.sleep(TICK * 2)
    assert (here.heard, there.heard) == (["n"], [])


async def test_a_page_that_has_gone_does_not_keep_the_others_from_hearing():
    pokes, gone, page = Pokes(), Screen(gone=True), Screen()
    pokes.join("g-1", gone)
    pokes.join("g-1", page)
    pokes.poke("g-1")
    await asyncio.sleep(TICK * 2)
    assert page.heard == ["n"]


async def test_news_during_a_round_cause_another_one():
    pokes, page = Pokes(), Screen()
    pokes.join("g-1", page)
    pokes.poke("g-1")
    await asyncio.sleep(TICK * 1.5)
    pokes.poke("g-1")
    await asyncio.sleep(TICK * 2)
    assert page.heard == ["n", "n"]


async def test_who_has_left_hears_nothing_more():
    pokes, page = Pokes(), Screen()
    pokes.join("g-1", page)
    pokes.leave("g-1", page)
    pokes.leave("g-1", page)
    pokes.poke("g-1")
    await asyncio.sleep(TICK * 2)
    assert page.heard == []


async def test_closing_sends_every_page_away_once_with_the_sign_of_a_restart():
    pokes, page = Pokes(), Screen()
    pokes.join("g-1", page)
    pokes.join("g-2", page)
    await pokes.close()
    assert page.closed_with == 1012
