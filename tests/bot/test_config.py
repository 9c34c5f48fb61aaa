"""The settings: defaults, the file, the environment, and what is said of mistakes."""

from __future__ import annotations

import os
from datetime import time

import pytest

from bot.config import read_settings


@pytest.fixture(autouse=True)
def no_settings_in_the_environment(monkeypatch):
    for name in os.environ:
        if name.startswith("LINLI_"):
            monkeypatch.delenv(name)


@pytest.fixture
def written(tmp_path):
    """Write `linli.toml` and read it."""

    def write(text, encoding="utf-8"):
        (tmp_path / "linli.toml").write_text(text, encoding)
        return read_settings(tmp_path)

    return write


def only(problems):
    [problem] = problems
    return problem


def test_a_folder_without_a_file_has_the_defaults_of_one_machine(tmp_path):
    settings, problems = read_settings(tmp_path)

    assert problems == ()
    assert settings.bot.names == ("社区小助手", "小助手")
    assert settings.hours.service == (time(8, 30), time(21))
    assert settings.web.host == "127.0.0.1"
    assert settings.database.address(tmp_path) == f"sqlite:///{tmp_path}/linli.db"


def test_the_file_changes_a_setting_and_leaves_the_others(written):
    settings, problems = written('[web]\nport = 9000\n[hours]\nservice = "08:00–18:00"\n')

    assert problems == ()
    assert (settings.web.port, settings.web.host) == (9000, "127.0.0.1")
    assert settings.hours.service == (time(8), time(18))


def test_the_environment_wins_over_the_file(written, monkeypatch):
    monkeypatch.setenv("LINLI_WEB__PORT", "9001")

    settings, _ = written('[web]\nport = 9000\nhost = "0.0.0.0"\n')

    assert (settings.web.port, settings.web.host) == (9001, "0.0.0.0")


def test_an_unknown_key_names_its_line_and_the_likely_one(written):
    settings, problems = written("[bot]\n\n[web]\n# 网页\nhots = 1\n")

    assert settings is None
    assert str(only(problems)) == (
        "linli.toml:5 [web] hots — 没有这个设置项，可能写错了名字 — 是不是 host？"
    )


def test_an_unknown_table_names_its_line(written):
    _, problems = written("[web]\nport = 1\n[wind]\nkey = 1\n")

    assert (only(problems).line, only(problems).field) == (3, "[wind]")


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('[web]\nport = "abc"\n', 2, "要写一个整数，不加引号"),
        ("[web]\nport = 70000\n", 2, "太大了，最多 65535"),
        ("[notices]\nper_day = 0\n", 2, "太小了，至少 1"),
        ("[faq]\nthreshold = 1.5\n", 2, "太大了，最多 1.0"),
        ('[bot]\nname = ""\n', 2, "不能空着"),
        ("[bot]\nname = 3\n", 2, "要写文字，加英文引号"),
        ('[bot]\naliases = "助手"\n', 2, '要写成一列，例如 ["小助手", "助手"]'),
        ('[hours]\nservice = "八点到五点"\n', 2, "“八点到五点”不是一段时间，要写成 08:30-21:00"),
        ('[hours]\nservice = "21:00-08:00"\n', 1, "service 的结束时间要晚于开始时间"),
        ('[web]\npublic_url = "linli"\n', 2, "要写以 http:// 或 https:// 开头的网址，末尾不加 /"),
        ("web = 3\n", 1, "要写成一张表，例如 [web] 下面一行一个设置"),
        ("[channels.wecom_webhook]\n", 1, "缺了这一项"),
    ],
)
def test_a_wrong_value_is_explained_on_its_line(written, text, line, said):
    settings, problems = written(text)

    assert settings is None
    assert (only(problems).line, only(problems).message) == (line, said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[database]\nurl = "mysql://db"\n', "数据库只能是 SQLite"),
        ('[channels.wecom_webhook]\nurl = "robot"\n', "要写以 http:// 或 https:// 开头的网址"),
        ('[channels.hook.a]\nout_url = "nine"\nsecret = "s"\n', "要写以 http:// 或 https://"),
        ('[channels.hook.a]\nsecret_file = "none"\n', "密钥文件"),
    ],
)
def test_an_address_that_leads_nowhere_is_an_error_on_its_line(written, text, said):
    settings, problems = written(text)

    assert settings is None
    assert only(problems).message.startswith(said)
    assert only(problems).line == 2
    assert only(problems).field.endswith(text.split("\n")[1].split(" ")[0])


def test_a_choice_lists_what_may_be_written(written):
    _, problems = written('[channels.telegram]\ntoken = "t"\nmode = "poll"\n')

    assert only(problems).message == "只能写 'polling' 或 'webhook'"


def test_a_file_that_is_no_toml_is_one_finding_with_its_line(written):
    settings, problems = written("[bot]\nname = 社区小助手\n")

    assert settings is None
    assert only(problems).line == 2


def test_a_file_saved_by_notepad_is_read_and_reported(written):
    settings, problems = written('[bot]\nname = "小邻"\n', "utf-8-sig")

    assert settings.bot.name == "小邻"
    assert only(problems).level == "warning"


def test_a_wrong_variable_is_named_instead_of_the_file(written, monkeypatch):
    monkeypatch.setenv("LINLI_WEB__PORT", "abc")

    settings, problems = written("[web]\nport = 9000\n")

    assert settings is None
    assert only(problems).file == "LINLI_WEB__PORT"


@pytest.mark.parametrize("name", ["LINLI_WEBB__PORT", "LINLI_BOT__ALIASES"])
def test_a_variable_that_cannot_be_meant_is_a_finding(written, monkeypatch, name):
    monkeypatch.setenv(name, "[")

    settings, problems = written("")

    assert settings is None
    assert only(problems).field == "环境变量"


def test_a_secret_is_read_from_the_file_beside_the_settings(written, tmp_path):
    (tmp_path / "token").write_text("12:ab\n")

    settings, problems = written('[channels.telegram]\ntoken_file = "token"\n')

    assert problems == ()
    assert settings.channels.telegram.token.get_secret_value() == "12:ab"


def test_a_secret_in_the_settings_works_hides_itself_and_is_a_warning(written):
    settings, problems = written('[channels.hook.alarm]\nsecret = "geheim"\n')

    assert settings.channels.hook["alarm"].secret.get_secret_value() == "geheim"
    assert "geheim" not in repr(settings)
    assert (only(problems).level, only(problems).line) == ("warning", 2)


def test_a_secret_from_the_environment_is_no_warning(written, monkeypatch):
    monkeypatch.setenv("LINLI_CHANNELS__HOOK__ALARM__SECRET", "geheim")

    settings, problems = written('[channels.hook.alarm]\nout_url = "http://127.0.0.1:1"\n')

    assert problems == ()
    assert settings.channels.hook["alarm"].out_url == "http://127.0.0.1:1"


@pytest.mark.parametrize("both", ["", 'token = "t"\n'])
def test_a_secret_that_cannot_be_read_is_an_error_that_shows_no_secret(written, both):
    settings, problems = written(f'[channels.telegram]\n{both}token_file = "none"\n')

    assert settings is None
    assert only(problems).message.startswith(("token 和 token_file 只能写一个", "密钥文件"))
