"""The heart of notices: what the plan says, once for each chat, whatever happens meanwhile."""

from __future__ import annotations

import asyncio
import json
import shutil
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from bot.__main__ import main
from handlers.actions.notices.sending import send_now
from knowledge.store.rows.notices import SendingRow
from tests.world import DATA, GROUP, open_world

if TYPE_CHECKING:
    from pathlib import Path

NOTICE = """## {id}
编号：{id}
主题：{topic}
触发：{when}
受众：{whom}
有效期：2027-12-31
核对：2026-11-01

【短】{id} 的正文。

"""


def notice(id: str, when: str, whom: str = "hy", topic: str = "停水") -> str:  # noqa: A002 -- 编号.
    return NOTICE.format(id=id, when=when, whom=whom, topic=topic)


@pytest.fixture
def play(tmp_path: Path):
    """Play lines on the data folder with exactly these notices; return the sends."""
    data = tmp_path / "data"
    shutil.copytree(DATA, data)

    def run(notices: str, *lines: dict[str, Any]) -> list[dict[str, Any]]:
        (data / "notices" / "reminders.md").write_text(notices, encoding="utf-8")
        story = tmp_path / "story.jsonl"
        story.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
        result = CliRunner().invoke(main, ["--data", str(data), "replay", str(story), "--json"])
        assert result.exit_code == 0, result.stderr
        documents = [json.loads(line) for line in result.stdout.splitlines()]
        return [document for document in documents if document["type"] == "send"]

    return run


def until(moment: str) -> dict[str, Any]:
    return {"at": f"2026-{moment}+08:00", "type": "advance"}


def when_sent(sends: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(send["notice"], send["at"][5:16]) for send in sends if send["notice"]]


def test_a_notice_comes_at_its_moment_and_once(play) -> None:
    steps = [until(f"11-23T09:{minute:02d}:00") for minute in range(0, 60, 7)]

    sends = play(notice("water", "2026-11-23 09:30"), *steps)

    assert when_sent(sends) == [("water", "11-23T09:30")]


def test_what_falls_into_quiet_hours_comes_when_they_end_even_if_a_file_changes_meanwhile(
    play,
) -> None:
    both = notice("water", "2026-11-23 13:00")
    edit = {
        "type": "write",
        "path": "notices/more.md",
        "content": notice("later", "2026-12-30 09:00"),
    }

    sends = play(
        both,
        until("11-23T09:00:00"),
        {"at": "2026-11-23T13:30:00+08:00", **edit},
        until("11-23T18:00:00"),
    )

    assert when_sent(sends) == [("water", "11-23T14:30")]


def test_what_is_moved_to_another_day_is_not_forgotten_over_night(play) -> None:
    both = notice("water", "2026-11-23 09:00") + notice("power", "2026-11-23 10:00", topic="停电")

    sends = play(both, until("11-23T08:30:00"), until("11-25T20:00:00"))

    assert when_sent(sends) == [("water", "11-23T09:00"), ("power", "11-24T10:00")]


def test_a_day_has_one_notice_and_a_week_two(play) -> None:
    daily = notice("water", "每天 9:00", topic="停水")

    sends = play(daily, until("11-23T08:30:00"), until("12-06T20:00:00"))

    days = [at[:5] for _, at in when_sent(sends)]
    assert len(days) == len(set(days))
    assert len([day for day in days if day < "11-30"]) <= 2
    assert days


def test_a_jump_over_many_weeks_leaves_nothing_out(play) -> None:
    both = notice("water", "2026-12-30 09:00") + notice("power", "2027-01-02 10:00", topic="停电")

    sends = play(
        both, until("11-23T08:30:00"), {"at": "2027-01-31T20:00:00+08:00", "type": "advance"}
    )

    assert [send["at"][:16] for send in sends if send["notice"]] == [
        "2026-12-30T09:00",
        "2027-01-02T10:00",
    ]


def test_a_role_is_told_privately(play) -> None:
    sends = play(
        notice("check", "2026-11-23 09:30", whom="邻长"),
        until("11-23T09:00:00"),
        until("11-23T10:00:00"),
    )

    assert {send["chat"] for send in sends} == {"@zhang", "@xiao"}


@pytest.fixture
def rows():
    def look(session) -> list[tuple[str, str, bool]]:
        found = session.scalars(select(SendingRow).order_by(SendingRow.id))
        return [(row.notice_id, row.status, row.at is not None) for row in found]

    return look


@pytest.mark.parametrize(
    ("hours", "status", "said"),
    [(1, "late", True), (14, "missed", False), (30, "missed", False)],
)
async def test_what_was_missed_while_down_comes_late_only_on_the_same_day(
    tmp_path: Path, database_url: str, *, rows, hours: int, status: str, said: bool
) -> None:
    """The fire notice of 12-01 09:00 with the service down from 08:59."""
    async with open_world(tmp_path, database_url) as world:
        await world.passes(days=7, hours=23, minutes=59)
        world.clock.move_to(world.clock.now() + timedelta(hours=hours))
        await world.happens()

        sent = [one for one in await world.looks(rows) if one[0] == "fire-winter"]
        assert sent == [("fire-winter", status, said)]
        assert bool(world.said_in(GROUP)) is said


async def test_two_hearts_over_one_database_send_once(
    tmp_path: Path, database_url: str, rows
) -> None:
    """A restart in the same minute: the second process finds the claim of the first."""
    async with open_world(tmp_path / "one", database_url) as world:
        await world.passes(days=8)
        first = await world.looks(rows)
    async with open_world(tmp_path / "two", database_url) as world:
        world.clock.move_to(world.clock.now() + timedelta(days=8))
        await world.happens()

        assert await world.looks(rows) == first == [("fire-winter", "send", True)]
        assert world.said_in(GROUP) == []


async def test_a_group_with_an_urgent_matter_hears_the_notice_when_it_is_over(
    tmp_path: Path, database_url: str, rows
) -> None:
    """The fire notice of 12-01 09:00, with a burst pipe reported ten minutes before."""
    async with open_world(tmp_path, database_url) as world:
        await world.passes(days=7, hours=23, minutes=50)
        await world["李娭毑"].says("3栋2单元水管爆了，水往楼下流", GROUP)
        await world.passes(hours=2)
        assert not any("消防提醒" in text for text in world.said_in(GROUP))

        await world["张师傅"].says("完 换了水管")
        await world.passes(minutes=10)

        assert sum("消防提醒" in text for text in world.said_in(GROUP)) == 1
        assert await world.looks(rows) == [("fire-winter", "late", True)]


async def test_a_group_that_is_disturbed_all_day_is_left_out_and_the_books_say_why(
    tmp_path: Path, database_url: str
) -> None:
    async with open_world(tmp_path, database_url) as world:
        await world.passes(days=7, hours=23, minutes=50)
        await world["李娭毑"].says("3栋2单元水管爆了，水往楼下流", GROUP)
        await world.passes(days=2)

        assert not any("消防提醒" in text for text in world.said_in(GROUP))
        (row,) = await world.looks(lambda session: session.scalars(select(SendingRow)).all())
        assert (row.status, row.at, row.why) == ("held", None, "群里有急事，没有打扰")


async def test_what_was_urgent_days_ago_and_nobody_has_ended_disturbs_no_more(
    tmp_path: Path, database_url: str, rows
) -> None:
    async with open_world(tmp_path, database_url) as world:
        await world.passes(days=6)
        await world["李娭毑"].says("3栋2单元水管爆了，水往楼下流", GROUP)
        await world["张师傅"].says("接1")
        await world.passes(days=2, minutes=20)

        assert await world.looks(rows) == [("fire-winter", "send", True)]


async def test_what_turned_out_not_to_be_mended_disturbs_anew_and_not_for_ever(
    tmp_path: Path, database_url: str, rows
) -> None:
    """The burst pipe was mended two days before the fire notice, and bursts again that morning."""
    async with open_world(tmp_path, database_url) as world:
        await world.passes(days=6)
        await world["李娭毑"].says("3栋2单元水管爆了，水往楼下流", GROUP)
        await world["张师傅"].says("完1 换了水管")
        await world.passes(days=1, hours=23, minutes=50)
        await world["李娭毑"].says("没好", GROUP)
        await world.passes(hours=2)
        assert not any("消防提醒" in text for text in world.said_in(GROUP))

        await world["张师傅"].says("完1 又换了一段")
        await world.passes(minutes=10)
        assert await world.looks(rows) == [("fire-winter", "late", True)]


async def test_what_has_become_urgent_only_now_disturbs_though_it_is_old(
    tmp_path: Path, database_url: str, rows
) -> None:
    async with open_world(tmp_path, database_url) as world:
        await world.passes(days=5)
        await world["李娭毑"].says("3栋2单元楼道灯坏了", GROUP)
        await world["李娭毑"].says("1", GROUP)
        await world["张师傅"].says("接1")
        await world.passes(days=2, hours=23, minutes=50)
        await world["张师傅"].says("改急1 P1 灯座冒火花")
        await world.passes(hours=1)

        assert await world.looks(rows) == []


async def test_an_urgent_matter_elsewhere_disturbs_nobody(
    tmp_path: Path, database_url: str, rows
) -> None:
    async with open_world(tmp_path, database_url) as world:
        await world.passes(days=7, hours=23, minutes=50)
        await world["李娭毑"].says("杏园1栋1单元水管爆了，水往楼下流")
        await world.passes(minutes=20)

        assert await world.looks(rows) == [("fire-winter", "send", True)]


async def test_two_processes_at_the_same_moment_send_each_notice_once(
    tmp_path: Path, database_url: str, rows
) -> None:
    """Two applications over one database, their clocks side by side from the first day on."""
    async with (
        open_world(tmp_path / "one", database_url) as one,
        open_world(tmp_path / "two", database_url) as two,
    ):
        for world in (one, two):
            world.clock.move_to(world.clock.now() + timedelta(days=8))
        await asyncio.gather(one.app.timeline.beat(), two.app.timeline.beat())
        await asyncio.gather(one.app.settle(), two.app.settle())

        assert await one.looks(rows) == [("fire-winter", "send", True)]
        assert len(one.said_in(GROUP)) + len(two.said_in(GROUP)) == 1


async def test_what_an_office_sends_now_counts_at_once_in_the_budget_of_its_day(
    tmp_path: Path, database_url: str
) -> None:
    """Half an hour before the fire notice of 12-01 09:00 the office sends another one by hand."""
    async with open_world(tmp_path, database_url) as world:
        await world.passes(days=7, hours=23, minutes=30)
        (fraud,) = [one for one in world.app.papers.notices if one.id == "fraud-card"]
        assert await world.app.act("office", lambda work: send_now(work, fraud)) == 1

        await world.passes(hours=2)
        assert sum("验真码" in text for text in world.said_in(GROUP)) == 1

        await world.passes(days=1)
        assert sum("【消防提醒】" in text for text in world.said_in(GROUP)) == 1


@pytest.mark.parametrize(
    ("begins", "down", "up", "sent"),
    [
        ("11-23 12:00", "11:50", "13:00", [("water", "11-23T14:30")]),
        ("11-23 19:30", "19:00", "22:30", []),
        ("11-23 19:30", "19:00", "20:00", [("water", "11-23T20:00")]),
    ],
)
def test_what_a_broken_channel_keeps_back_never_comes_in_quiet_hours_nor_on_another_day(
    play, begins: str, down: str, up: str, sent: list[tuple[str, str]]
) -> None:
    sends = play(
        notice("water", f"2026-{begins}"),
        {**until(f"11-23T{down}:00"), "type": "fault", "mode": "down"},
        {**until(f"11-23T{up}:00"), "type": "fault", "mode": "up"},
        until("11-25T20:00:00"),
    )

    assert when_sent(sends) == sent


def test_who_has_not_answered_is_counted_from_when_it_really_came(play) -> None:
    """Held back at noon it comes at 14:30; the list for the leader is due 90 minutes later."""
    sends = play(
        notice("fire", "2026-11-23 12:00", topic="消防"),
        {**until("11-23T11:50:00"), "type": "fault", "mode": "down"},
        {**until("11-23T13:00:00"), "type": "fault", "mode": "up"},
        until("11-23T20:00:00"),
    )

    told = {send["at"][11:16] for send in sends if send["chat"] == "@zhang" and send["notice"]}
    assert told == {"16:00"}


def test_a_quiz_that_was_put_off_takes_answers_for_as_long_as_it_would_have(play) -> None:
    """Meant for noon it comes at 14:30: what is said at 17:00 counts, the result is told at 17:30."""
    quiz = notice("quiz", "2026-11-23 12:00", topic="消防").replace(
        "有效期", "选项：泼水；盖锅盖\n答案：2\n有效期"
    )
    answer = {"type": "message", "chat": "g-hy", "from": "replay:li", "text": "2"}
    sends = play(
        quiz,
        {**until("11-23T11:50:00"), "type": "fault", "mode": "down"},
        {**until("11-23T13:00:00"), "type": "fault", "mode": "up"},
        {**until("11-23T17:00:00"), **answer},
        until("11-23T18:00:00"),
    )

    told = [(send["at"][11:16], send["text"]) for send in sends if send["notice"]]
    assert [at for at, _ in told] == ["14:30", "17:30"]
    assert "1 人" in told[1][1]


async def test_what_a_dead_process_had_only_queued_is_let_go_when_its_day_is_over(
    tmp_path: Path, database_url: str, rows
) -> None:
    """It stops between the claim and the sending; the next one starts at night."""
    async with open_world(tmp_path / "one", database_url) as world:
        world.clock.move_to(world.clock.now() + timedelta(days=8))
        await world.app.timeline.beat()
        assert await world.looks(rows) == [("fire-winter", "send", True)]
    async with open_world(tmp_path / "two", database_url) as world:
        world.clock.move_to(world.clock.now() + timedelta(days=8, hours=14))
        await world.happens()
        await world.passes(days=1)

        assert world.said_in(GROUP) == []
        assert await world.looks(rows) == [("fire-winter", "missed", False)]
