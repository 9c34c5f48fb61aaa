"""`linli notices`: the list, and the preview of what will be sent."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.__main__ import main

ROOT = Path(__file__).parents[3]
PLACES = """编号,上级,类型,名称,别名,管理方式
s,,街道,梅溪街道,,
c,s,社区,桂花社区,,
e1,c,小区,桂花园,,物管
"""
PEOPLE = """编号,姓名,手机,角色,范围,代班,技能,账号
zhang,张伟,,邻长,e1,,,
"""
CHATS = """渠道,群号,名称,范围,模式
replay,g-1,桂花园群,e1,仅@
"""
NOTICES = """## 睡前三关
编号：fire-bedtime
主题：消防
触发：每周三 19:30
受众：全部
来源：国家消防救援局
核对：2026-11-01

【短】关火，关电，关门。

## 早会
编号：morning
主题：安全
触发：2026-12-02 7:00
受众：邻长
来源：社区
核对：2026-11-01

八点到社区开会。
"""


@pytest.fixture
def folder(tmp_path):
    for name, text in {
        "roster/places.csv": PLACES,
        "roster/people.csv": PEOPLE,
        "roster/chats.csv": CHATS,
        "notices/a.md": NOTICES,
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def linli(folder, *args):
    options = ["--data", str(folder), "--now", "2026-11-25T21:00:00+08:00"]
    return CliRunner().invoke(main, [*options, "notices", *args], prog_name="linli")


def test_the_preview_lists_every_sending_as_it_will_be_posted(folder):
    result = linli(folder, "preview", "--from", "2026-12-02", "--to", "2026-12-02", "--json")
    assert result.exit_code == 0
    morning, fire = json.loads(result.stdout)
    assert fire.pop("body").startswith(
        "【消防提醒】关火，关电，关门。\n看到了请回复：收到\n验真码 "
    )
    assert fire == {
        "planned": "2026-12-02T19:30:00+08:00",
        "at": "2026-12-02T19:30:00+08:00",
        "id": "fire-bedtime",
        "chats": ["replay:g-1"],
        "status": "send",
        "why": "",
    }
    assert morning["at"] == "2026-12-02T08:00:00+08:00"
    assert (morning["status"], morning["chats"]) == ("moved", ["replay:zhang"])
    assert morning["why"] == "07:00 在免打扰时段，改到 12月2日 08:00"


def test_both_days_of_a_preview_are_included(folder):
    result = linli(folder, "preview", "--from", "2026-12-02", "--to", "2026-12-09", "--json")
    days = [row["planned"][:10] for row in json.loads(result.stdout)]
    assert days == ["2026-12-02", "2026-12-02", "2026-12-09"]


def test_a_preview_without_days_tells_the_next_two_weeks_in_words(folder):
    result = linli(folder, "preview")
    assert "2026-12-02（周三）\n" in result.stdout
    assert "  19:30 发送 fire-bedtime → 1 个聊天" in result.stdout


def test_a_preview_of_quiet_days_says_so(folder):
    result = linli(folder, "preview", "--from", "2026-12-03", "--to", "2026-12-04")
    assert result.stdout == "这几天没有要发的通知。\n"


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (("--from", "2026-13-01"), "不存在"),
        (("--from", "长期"), "不是哪一天"),
        (("--from", "2026-12-02", "--to", "2026-12-01"), "前面"),
    ],
)
def test_wrong_days_are_wrong_use(folder, days, said):
    result = linli(folder, "preview", *days)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_roster_with_errors_is_a_refusal_that_names_them(folder):
    (folder / "roster" / "places.csv").write_text(PLACES + "e1,c,小区,又一个,,\n", encoding="utf-8")
    result = linli(folder, "preview")
    assert result.exit_code == 1
    assert "places.csv" in result.stderr


def test_mistakes_in_the_files_are_counted_beside_the_preview(folder):
    with (folder / "notices" / "a.md").open("a", encoding="utf-8") as file:
        file.write("\n## 坏的\n编号：bad\n触发：每周八 9:00\n受众：全部\n\n正文\n")
    result = linli(folder, "preview", "--json")
    assert "bad" not in {row["id"] for row in json.loads(result.stdout)}
    assert "写错" in result.stderr


def test_the_list_tells_when_each_notice_comes_next(folder):
    lines = linli(folder, "list").stdout.splitlines()
    assert lines == [
        "fire-bedtime  《睡前三关》  每周三 19:30  受众：全部  下次：2026-12-02 19:30 周三",
        "morning  《早会》  2026-12-02 07:00  受众：邻长  下次：2026-12-02 08:00 周三",
    ]


def test_a_folder_that_has_a_database_previews_the_same(folder):
    asked = ("preview", "--from", "2026-12-02", "--to", "2026-12-20", "--json")
    fresh = linli(folder, *asked).stdout
    CliRunner().invoke(main, ["--data", str(folder), "db", "upgrade"], prog_name="linli")
    assert linli(folder, *asked).stdout == fresh


def test_the_calendar_in_the_documents_is_what_the_preview_says_today():
    asked = ("--from", "2026-12-01", "--to", "2027-11-30", "--markdown")
    result = linli(ROOT / "knowledge" / "pack", "preview", *asked)
    shown = (ROOT / "docs" / "calendar.md").read_text(encoding="utf-8")
    assert shown == result.stdout, "make it anew, as CONTRIBUTING.md says"


def test_a_year_whose_holidays_nobody_knows_is_planned_by_the_week_and_says_so(folder):
    (folder / "notices" / "a.md").write_text(
        NOTICES.replace("每周三 19:30", "工作日 17:00").replace(
            "受众：全部", "受众：e1\n提醒：日常"
        ),
        encoding="utf-8",
    )
    result = linli(folder, "preview", "--from", "2035-01-01", "--to", "2035-01-07", "--json")
    days = [row["planned"][:10] for row in json.loads(result.stdout)]
    assert days == [f"2035-01-0{day}" for day in range(1, 6)]  # Monday to Friday
    assert "2035 年的放假和调休还不知道" in result.stderr
