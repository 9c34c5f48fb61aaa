"""The command line: Chinese, quick to list, clear about wrong use."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from bot.__main__ import main
from bot.commands.listing import COMMANDS
from knowledge.community.refusals import NotFound

ROOT = Path(__file__).parent.parent


@pytest.fixture
def linli():
    """Call the command line; returns click's result."""
    return lambda *args: CliRunner().invoke(main, args, prog_name="linli")


@pytest.fixture
def command(monkeypatch):
    """Let a function stand in the listing as the command `try`."""

    def listed(function):
        monkeypatch.setattr(sys.modules[__name__], "tried", function, raising=False)
        monkeypatch.setitem(
            COMMANDS, "try", COMMANDS["version"]._replace(target=f"{__name__}:tried")
        )

    return listed


def test_help_is_chinese_and_names_every_command(linli):
    result = linli("--help")

    assert result.exit_code == 0
    assert "用法：" in result.output
    assert all(name in result.output for name in COMMANDS)
    assert "Usage" not in result.output


@pytest.mark.parametrize("name", COMMANDS)
def test_every_listed_command_explains_itself_in_chinese(linli, name):
    result = linli(name, "--help")

    assert result.exit_code == 0, result.output
    english = {"Usage:", "Options:", "Commands:", "Show this message", "[OPTIONS]", "ARGS"}
    assert not english & set(result.output.split())


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("asks",), "没有命令 asks。"),
        (("version", "--jsn"), "没有选项 --jsn。"),
        (("version", "x"), "多写了：x"),
        (("--now", "昨天", "version"), "看不懂时间"),
        (("--data",), "选项 --data 后面要写一个值。"),
    ],
)
def test_wrong_use_is_said_in_chinese_and_ends_with_two(linli, args, said):
    result = linli(*args)

    assert result.exit_code == 2
    assert said in result.output


def test_a_missing_data_folder_is_one_sentence_with_the_mend(linli, tmp_path):
    result = linli("--data", str(tmp_path / "none"), "db", "current")

    assert result.exit_code == 1
    assert "先运行 linli init" in result.output


def test_wrong_settings_stop_a_command_with_file_and_line(linli, tmp_path):
    (tmp_path / "linli.toml").write_text("[web]\nport = 'x'\n")

    result = linli("--data", str(tmp_path), "db", "current")

    assert result.exit_code == 1
    assert "linli.toml:2 [web] port" in result.output


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (NotFound("没有 9999 这张单。"), "没有 9999 这张单。"),
        (OSError(28, "No space left on device", "linli.db"), "读写 linli.db 时失败"),
        (ZeroDivisionError(), "这是程序自己的毛病"),
    ],
)
def test_a_trouble_ends_in_one_sentence_and_code_one(linli, command, trouble, said):
    @click.command
    def tried():
        raise trouble

    command(tried)
    result = linli("try")

    assert result.exit_code == 1
    assert said in result.output


def test_a_moment_without_a_zone_is_meant_in_the_community(linli, command):
    seen = []

    @click.command
    @click.pass_obj
    def tried(invocation):
        seen.append(invocation.now)

    command(tried)
    linli("--now", "2026-11-22T19:30", "try")

    assert seen == [datetime(2026, 11, 22, 19, 30, tzinfo=timezone(timedelta(hours=8)))]


def test_listing_the_commands_loads_nothing_heavy():
    code = "import sys, bot.__main__ as m; m.main(['--help'], standalone_mode=False); print(*sys.modules)"

    output = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout

    heavy = {"pydantic", "sqlalchemy", "aiohttp", "aiogram", "jieba", "opencc", "openpyxl"}
    assert not heavy & set(output.split())


def test_version_names_the_build(linli):
    assert linli("version").output.startswith("邻里 Linli 0.1.0")
