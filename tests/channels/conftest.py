"""One rig for each adapter; a test that asks for `rig` runs against all of them."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, TypeVar

import pytest

from tests.channels.rigs.hook import HookRig
from tests.channels.rigs.kf import KfRig
from tests.channels.rigs.mp import MpRig
from tests.channels.rigs.onebot import OneBotRig
from tests.channels.rigs.pages import WebRig
from tests.channels.rigs.replay import ReplayRig
from tests.channels.rigs.telegram import TelegramRig, WebhookRig
from tests.channels.rigs.wecom_app import WecomAppRig
from tests.channels.rigs.wecom_bot import WecomBotRig
from tests.channels.rigs.wecom_group import WecomGroupRig
from tests.channels.rigs.wecom_webhook import WecomWebhookRig

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.channels.rigs.rig import Rig

R = TypeVar("R", bound="Rig")
RIGS: tuple[type[Rig], ...] = (
    ReplayRig,
    WebRig,
    TelegramRig,
    WebhookRig,
    HookRig,
    WecomBotRig,
    WecomAppRig,
    MpRig,
    KfRig,
    OneBotRig,
)
"""Channels that hear and speak."""
SPEAKERS: tuple[type[Rig], ...] = (
    ReplayRig,
    WebRig,
    TelegramRig,
    HookRig,
    WecomWebhookRig,
    WecomBotRig,
    WecomAppRig,
    WecomGroupRig,
    MpRig,
    KfRig,
    OneBotRig,
)
"""Channels that speak; how Telegram is heard makes no difference there."""


@asynccontextmanager
async def rigged(kind: type[R], folder: Path, *, live: bool = False) -> AsyncIterator[R]:
    """Run an application with that channel."""
    rig = kind(folder)
    await rig.open(live=live)
    try:
        yield rig
    finally:
        await rig.close()


@pytest.fixture(params=RIGS, ids=lambda kind: kind.__name__)
async def rig(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Rig]:
    async with rigged(request.param, tmp_path) as made:
        yield made


@pytest.fixture(params=SPEAKERS, ids=lambda kind: kind.__name__)
async def speaker(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Rig]:
    """A channel of which only the sending is looked at."""
    async with rigged(request.param, tmp_path) as made:
        yield made


@pytest.fixture
async def telegram(tmp_path: Path) -> AsyncIterator[Rig]:
    """Telegram by polling."""
    async with rigged(TelegramRig, tmp_path) as made:
        yield made
