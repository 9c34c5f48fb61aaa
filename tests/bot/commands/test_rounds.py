"""`linli notices send …`: what may not go out does not, and a dry run says what would happen."""

from __future__ import annotations

import json
import re

import pytest
from click.testing import CliRunner

from bot.__main__ import main

FILES = {
    "roster/places.csv": "编号,上级,类型,名称,别名,管理方式\ns,,街道,梅溪街道,,\nc,s,社区,桂花社区,,\n",
    "roster/people.csv": "编号,姓名,手机,角色,范围,代班,技能,账号\nzhang,张伟,,邻长,c,,,\n",
    "roster/chats.csv": "渠道,群号,名称,范围,模式\nweb,g-1,桂花群,c,仅@\n",
    "faq/a.md": "## 楼道能停电动车吗\n编号：ebike\n来源：社区\n核对：2026-11-01\n\n【短】楼道不停车。\n",
    "notices/a.md": (
        "## 楼道不停车\n编号：stairs\n主题：消防\n触发：2026-12-01 9:00\n受众：全部\n依据：ebike\n\n"
        "## 上班签到\n编号：sign\n主题：安全\n触发：工作日 10:00\n受众：邻长\n提醒：日常\n"
        "来源：社区\n核对：2026-11-01\n\n【短】今天请签到。\n"
    ),
}


@pytest.fixture
def linli(tmp_path):
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")

    def run(*args, code=0, now="2026-11-25T10:00:00+08:00"):
        options = ["--data", str(tmp_path), "--now", now, "notices"]
        result = CliRunner().invoke(main, [*options, *args], prog_name="linli")
        assert result.exit_code == code, result.output
        return result.output

    return run


def test_a_round_is_sent_halted_ended_and_put_right_by_its_code(linli):
    assert "发给 1 个聊天" in linli("send", "stairs")
    code = re.search(r"^(\w{5}) .*在等 1", linli("progress"))[1]
    assert "会暂停" in linli("pause", code, "--dry-run")
    assert "暂停" not in linli("progress")
    linli("pause", code)
    assert "暂停" in linli("progress")
    linli("resume", code)
    assert "【更正】是明天。" in linli("correct", code, "是明天。", "--dry-run")
    linli("cancel", code)
    assert "已取消" in linli("progress")
    assert "已经取消了" in linli("pause", code, code=1)
    assert "更正发给 0 个聊天" in linli("correct", code, "是明天。")


@pytest.mark.parametrize("dry_run", [[], ["--dry-run"]])
def test_what_rests_on_a_withheld_entry_is_not_sent_by_hand_either(linli, tmp_path, dry_run):
    """Else a figure that is being checked would go to every group."""
    faq = tmp_path / "faq" / "a.md"
    faq.write_text(faq.read_text("utf-8").replace("来源：", "状态：停用\n来源："), "utf-8")

    assert "停用了，正在核实" in linli("send", "stairs", *dry_run, code=1)


@pytest.mark.parametrize(
    "words", [["pause", "NOPE2"], ["cancel", "NOPE2"], ["correct", "NOPE2", "是明天。"]]
)
def test_a_dry_run_of_what_cannot_be_done_says_so(linli, words):
    assert "没有验真码 NOPE2" in linli(*words, "--dry-run", code=1)


def test_a_correction_that_asks_for_money_fails_in_a_dry_run_too(linli):
    linli("send", "stairs")
    code = re.search(r"^(\w{5}) ", linli("progress"))[1]

    assert "转钱" in linli("correct", code, "请把钱转给我微信。", "--dry-run", code=1)


def test_the_preview_knows_the_holidays_of_the_settings(linli, tmp_path):
    (tmp_path / "linli.toml").write_text('[hours]\nholidays = ["2026-11-26"]\n', "utf-8")

    days = linli("preview", "--from", "2026-11-25", "--to", "2026-11-27", "--json")

    assert [one["planned"][:10] for one in json.loads(days)] == ["2026-11-25", "2026-11-27"]


@pytest.mark.sqlite("on PostgreSQL every database is outside of the folder")
def test_the_preview_goes_on_from_a_database_outside_the_folder(linli, tmp_path):
    """What was sent by hand fills the week there as in the running service."""
    settings = f'[database]\nurl = "sqlite:///{tmp_path / "elsewhere.db"}"\n'
    (tmp_path / "linli.toml").write_text(settings, "utf-8")
    linli("send", "stairs", now="2026-11-30T08:30:00+08:00")

    day = ("--from", "2026-12-01", "--to", "2026-12-01", "--json")
    found = json.loads(linli("preview", *day, now="2026-11-30T08:40:00+08:00"))

    assert [one["status"] for one in found if one["id"] == "stairs"] == ["dropped"]


def test_a_preview_from_today_counts_what_was_sent_by_hand_this_morning(linli):
    """The group has had its one notice of the day when nine o'clock comes."""
    linli("send", "stairs", now="2026-12-01T08:30:00+08:00")

    asked = ("preview", "--from", "2026-12-01", "--to", "2026-12-02", "--json")
    planned = json.loads(linli(*asked, now="2026-12-01T08:45:00+08:00"))

    (stairs,) = [one for one in planned if one["id"] == "stairs"]
    assert (stairs["status"], stairs["why"][:4]) == ("dropped", "同一天已")
