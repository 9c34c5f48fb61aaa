"""Channels are opened as configured, lazily, and a wrong setting is one Chinese sentence."""

from __future__ import annotations

import subprocess
import sys

import pytest

from bot.config import Settings
from bot.opening import ChannelTrouble, open_channels

TOKEN = "4242:invented"


def opened(**channels):
    return [one.name for one in open_channels(Settings(channels=channels))]


def test_without_settings_nothing_is_opened_and_nothing_is_loaded():
    script = (
        "import sys; from bot.config import Settings; import bot.service; import bot.web.doors;"
        "from bot.opening import open_channels; assert open_channels(Settings()) == ();"
        "assert 'aiogram' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)


def test_people_are_pushed_to_on_telegram_before_the_generic_channels():
    hooks = {"b": {"secret": "s"}, "a": {"secret": "s"}}
    assert opened(telegram={"token": TOKEN}, hook=hooks) == ["telegram", "b", "a"]


@pytest.mark.parametrize(
    ("channels", "words"),
    [
        ({"telegram": {"token": TOKEN, "mode": "webhook"}}, "要有 secret"),
        ({"telegram": {"token": TOKEN, "mode": "webhook", "secret": ""}}, "要有 secret"),
        ({"telegram": {"token": "no token"}}, "token 不对"),
        ({"hook": {"web": {"secret": "s"}}}, "请换一个"),
        ({"hook": {"Partner": {"secret": "s"}}}, "小写"),
        ({"hook": {"partner": {"secret": ""}}}, "secret"),
    ],
)
def test_a_wrong_setting_says_what_to_write(channels, words):
    with pytest.raises(ChannelTrouble) as trouble:
        open_channels(Settings(channels=channels))
    assert words in str(trouble.value)
    assert "invented" not in str(trouble.value)


def test_a_channel_that_only_hears_is_not_pushed_to():
    (channel,) = open_channels(Settings(channels={"hook": {"partner": {"secret": "s"}}}))
    assert not channel.capabilities.pushes
