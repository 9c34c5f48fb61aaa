"""Channels are opened as configured, lazily, and a wrong setting is one Chinese sentence."""

from __future__ import annotations

import subprocess
import sys

import pytest

from bot.config import Settings, read_settings
from bot.opening import ChannelTrouble, open_channels, pushing

TOKEN = "4242:invented"


AES_KEY = "0" * 43
WECOM = {
    "corp_id": "ww1",
    "agent_id": "1",
    "secret": "s",
    "token": "t",
    "aes_key": AES_KEY,
    "group_sender": "wang",
}
MP = {"app_id": "wx1", "secret": "s", "token": "t"}


def opened(**channels):
    return [one.name for one in open_channels(Settings(channels=channels))]


def test_without_settings_nothing_is_opened_and_nothing_is_loaded():
    script = (
        "import sys; from bot.config import Settings; import bot.service; import bot.web.doors;"
        "from bot.opening import open_channels; assert open_channels(Settings()) == ();"
        "assert 'aiogram' not in sys.modules;"
        "assert 'bot.wechat.crypt' not in sys.modules;"
        "assert not [one for one in sys.modules if 'wecom_bot' in one or 'onebot' in one]"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)


def test_people_are_pushed_to_on_telegram_before_the_generic_channels():
    hooks = {"b": {"secret": "s"}, "a": {"secret": "s"}}
    assert opened(telegram={"token": TOKEN}, hook=hooks) == ["telegram", "b", "a"]


def test_the_channels_of_wechat_are_opened_in_the_order_in_which_they_reach_people():
    kf = {key: WECOM[key] for key in ("corp_id", "secret", "token", "aes_key")}
    channels = {"kf": kf | {"open_kfid": "wk1"}, "mp": MP, "wecom_app": WECOM}
    channels |= {"onebot": {"token": "t"}, "wecom_bot": {"bot_id": "aib1", "secret": "s"}}
    hooks = {"partner": {"secret": "s", "out_url": "http://127.0.0.1:1"}}
    order = ["wecom_bot", "wecom_app", "wecom_group", "partner", "mp", "kf", "onebot"]
    assert opened(**channels, hook=hooks) == order
    assert pushing(Settings(channels=channels | {"hook": hooks})) == (*order, "web")


@pytest.mark.parametrize(
    ("channels", "words"),
    [
        ({"telegram": {"token": TOKEN, "mode": "webhook"}}, "要有 secret"),
        ({"telegram": {"token": TOKEN, "mode": "webhook", "secret": ""}}, "要有 secret"),
        ({"telegram": {"token": "no token"}}, "token 不对"),
        ({"hook": {"web": {"secret": "s"}}}, "请换一个"),
        ({"hook": {"Partner": {"secret": "s"}}}, "小写"),
        ({"hook": {"partner": {"secret": ""}}}, "secret"),
        ({"wecom_app": WECOM | {"aes_key": "invented"}}, "43 个字母和数字"),
        ({"wecom_app": WECOM | {"aes_key": "%" * 43}}, "aes_key 不对"),
        ({"wecom_app": WECOM | {"token": ""}}, "token 不对：token 不能空着"),
        ({"wecom_app": WECOM | {"agent_id": "invented"}}, "agent_id 只有数字"),
        ({"mp": {**MP, "aes_key": "invented"}}, "[channels.mp] aes_key 不对"),
        ({"mp": {**MP, "token": ""}}, "token 不能空着"),
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


@pytest.mark.parametrize(
    ("table", "line", "words"),
    [
        ('bot_id = ""\nsecret = "s"', 2, "不能空着"),
        ('bot_id = "b"\nsecret = ""', 3, "不能空着"),
        ('bot_id = "b"\nsecret = "s"\nurl = "https://x.example"', 4, "wss://"),
    ],
)
def test_a_wrong_field_of_the_wecom_bot_is_found_in_its_line(table, line, words, tmp_path):
    (tmp_path / "linli.toml").write_text(f"[channels.wecom_bot]\n{table}\n", "utf-8")
    settings, problems = read_settings(tmp_path)
    assert settings is None
    (found,) = [one for one in problems if one.level == "error"]
    assert (found.line, words in f"{found.message}{found.fix}") == (line, True)
