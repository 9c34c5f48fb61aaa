"""What the tests of the pages share: a demo neighbourhood and the people who use it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp
import pytest

from tests.bot.web.stage import resumed
from tests.bot.web.visitor import Visitor

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.bot.web.stage import Stage


@pytest.fixture
async def stage(taken_up: Path) -> AsyncIterator[Stage]:
    async with resumed(taken_up) as found:
        yield found


@pytest.fixture
async def browser_session() -> AsyncIterator[aiohttp.ClientSession]:
    jar = aiohttp.CookieJar(unsafe=True)  # servers of tests are called by number
    async with aiohttp.ClientSession(cookie_jar=jar) as session:
        yield session


@pytest.fixture
def li(stage, browser_session) -> Visitor:
    """Lives at 3栋2单元."""
    return Visitor(stage, browser_session, "li")


@pytest.fixture
def zhang(stage, browser_session) -> Visitor:
    """邻长 of 3栋 and 4栋."""
    return Visitor(stage, browser_session, "zhang")


@pytest.fixture
def chen(stage, browser_session) -> Visitor:
    """管理员 and 编辑."""
    return Visitor(stage, browser_session, "chen")


@pytest.fixture
def qiao(stage, browser_session) -> Visitor:
    """邻长 in another estate."""
    return Visitor(stage, browser_session, "qiao")
