"""What the browser tests share: Debian's Chromium and people with phones."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import async_playwright

from tests.bot.web.stage import resumed
from tests.browser.drawer import Drawer
from tests.browser.phone import Phone

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine
    from typing import Any

    from playwright.async_api import Browser

    from tests.bot.web.stage import Stage

CHROMIUM = Path(shutil.which("chromium") or "/usr/bin/chromium")

LEAN = ("--process-per-site", "--disable-gpu", "--disable-software-rasterizer")
"""What makes a Chromium cheaper that nobody looks at: a fifth of the processor of a new phone."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a Chromium say so instead of failing; CI has one."""
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)
            if pytest_asyncio.is_async_test(item):  # it shares the loop of the one browser
                item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)
            if not CHROMIUM.exists():
                item.add_marker(
                    pytest.mark.skip(reason="没有找到 Chromium：apt-get install chromium")
                )


@pytest_asyncio.fixture(loop_scope="session")
async def stage(taken_up: Path) -> AsyncIterator[Stage]:
    async with resumed(taken_up) as found:
        yield found


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """The one browser of the session: starting it costs more than most tests in it."""
    async with async_playwright() as player:
        started = await player.chromium.launch(executable_path=CHROMIUM, args=LEAN)
        yield started
        await started.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def drawer(chromium: Browser) -> Drawer:
    return Drawer(chromium)


@pytest_asyncio.fixture(loop_scope="session")
async def browser(chromium: Browser, drawer: Drawer) -> AsyncIterator[Browser]:
    """The browser without anything in it; what a test has opened is closed behind it."""
    yield chromium
    await drawer.close_others()


@pytest_asyncio.fixture(loop_scope="session")
async def phone_of(
    stage: Stage, browser: Browser, drawer: Drawer
) -> AsyncIterator[Callable[..., Coroutine[Any, Any, Phone]]]:
    """Give a person of the roster a phone; at the end nothing may have gone wrong on any."""
    assert browser.is_connected()
    phones: list[Phone] = []

    async def give(person: str, path: str = "/chat", *, width=390, height=844) -> Phone:
        phone = await Phone.open(await drawer.take(), stage, person, (width, height))
        phones.append(phone)
        await phone.go(path)
        return phone

    yield give
    for phone in phones:
        await drawer.lay_back(phone.page.context, stage.address)
    assert [trouble for phone in phones for trouble in phone.troubles] == []


@pytest.fixture(scope="session")
def chinese_fonts() -> list[str]:
    """The installed fonts that can write Chinese."""
    listed = subprocess.run(
        ["fc-list", ":lang=zh", "family"],  # noqa: S607 -- fontconfig's own tool
        capture_output=True,
        text=True,
        check=False,
    )
    return listed.stdout.split("\n")[:-1]


@pytest_asyncio.fixture(loop_scope="session")
async def browser_session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session
