"""What the tests of the pages share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp
import pytest

from tests.bot.web.stage import on_stage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.bot.web.stage import Stage


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with on_stage(tmp_path) as found:
        yield found


@pytest.fixture
async def web_session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session
