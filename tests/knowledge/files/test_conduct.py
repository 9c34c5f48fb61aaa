"""Rankings, forced check-ins, compulsory photos: refused, and the rule is named."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from bot.__main__ import main
from bot.pack import copy_pack
from knowledge.files import conduct
from knowledge.files.conduct import breach_of_setting, breach_of_text

NOTICE = "## 通知\n编号：staff\n主题：工作\n触发：每天 9:00\n受众：邻长\n来源：社区\n核对：2026-11-01\n有效期：长期\n\n【短】{}\n"


@pytest.fixture
def found(tmp_path):
    """Change a file of the shipped pack and return what `check` calls errors."""
    folder = tmp_path / "data"
    copy_pack(folder)

    def check(name, text, *, begin=False):
        path = folder / name
        old = path.read_text("utf-8") if path.exists() else ""
        path.write_text(text + old if begin else old + text, encoding="utf-8")
        arguments = ["--data", str(folder), "--now", "2026-11-25T21:00:00+08:00", "check", "--json"]
        ran = CliRunner().invoke(main, arguments)
        return [one for one in json.loads(ran.output) if one["level"] == "error"]

    return check


@pytest.mark.parametrize(
    ("text", "breach", "field"),
    [
        ("[ranking]\nmonthly = true\n", conduct.RANKING, "[ranking] monthly"),
        ("[desk]\nleaderboard = true\n", conduct.RANKING, "[desk] leaderboard"),
        ("[desk]\npoints = 5\n", conduct.RANKING, "[desk] points"),
        ("[desk]\ndaily_checkin = true\n", conduct.CHECK_IN, "[desk] daily_checkin"),
        ('["打卡"]\nat = "8:30"\n', conduct.CHECK_IN, "[打卡] at"),
        ("[desk]\nonline_time = true\n", conduct.CHECK_IN, "[desk] online_time"),
        ("[tickets]\nrequire_photo = true\n", conduct.PICTURES, "[tickets] require_photo"),
        ('[tickets]\nphotos = "mandatory"\n', conduct.PICTURES, "[tickets] photos"),
        ("[tickets]\ngps_track = true\n", conduct.PICTURES, "[tickets] gps_track"),
        ("[desk]\nmin_forwards = 3\n", conduct.SPREADING, "[desk] min_forwards"),
    ],
)
def test_a_setting_that_the_rules_forbid_is_refused_by_its_document(found, text, breach, field):
    (error,) = found("linli.toml", text, begin=True)
    assert error["field"] == field
    assert error["message"] == str(breach)
    assert "《政务移动互联网应用程序规范化管理办法》" in error["message"]


@pytest.mark.parametrize(
    ("text", "breach"),
    [
        ("各邻长每天早上八点前在群里打卡。", conduct.CHECK_IN),
        ("办件排名靠后的要通报。", conduct.RANKING),
        ("本月积分榜已公布。", conduct.RANKING),
        ("办结必须上传现场照片，没有照片不算办结。", conduct.PICTURES),
        ("请全体网格员务必转发这条消息。", conduct.SPREADING),
        ("转发数量计入考核。", conduct.SPREADING),
    ],
)
def test_a_notice_that_orders_what_the_rules_forbid_is_not_sent(found, text, breach):
    (error,) = found("notices/staff.md", NOTICE.format(text))
    assert error["file"] == "notices/staff.md"
    assert error["message"].endswith(str(breach))


@pytest.mark.parametrize(
    "text",
    [
        "群里喊点赞就返钱，先给几块，再叫您垫钱，都是刷单骗局。",
        "拿不准的消息，转发给我帮您看。",
        "出门前拍照记下煤气阀位置，心里有数。",
        "消防通道不能停车，必须留出四米。",
        "请大家按时到议事厅签个名，领取口罩。",
    ],
)
def test_ordinary_words_are_left_alone(text):
    assert breach_of_text(text) is None


@pytest.mark.parametrize(
    "name", ["port", "name", "per_week", "public_url", "token", "编号", "技能"]
)
def test_ordinary_settings_and_columns_are_left_alone(name):
    assert breach_of_setting("web", name) is None


def test_a_column_of_points_in_the_roster_stops_the_import(found, tmp_path):
    folder = tmp_path / "data"
    people = (folder / "roster" / "people.csv").read_text("utf-8-sig")
    head, rest = people.split("\n", 1)
    (folder / "roster" / "people.csv").write_text(f"{head.strip()},积分\n{rest}", encoding="utf-8")
    (error,) = found("linli.toml", "")
    assert (error["file"], error["message"]) == ("roster/people.csv", str(conduct.RANKING))
