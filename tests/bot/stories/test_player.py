"""Playing stories: virtual time, faults of the channel, edits, and every way to be wrong."""

from __future__ import annotations

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from bot.__main__ import main
from bot.commands.replay import take_empty
from bot.stories.story import BadStory
from tests.world import DATA

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

DAY = "2026-11-23T"
CALLED = "社区小助手，社区几点上班？"


def at(clock: str, **line: Any) -> dict[str, Any]:
    """A line at a time of the day; `who` speaks, in the group unless another chat is named."""
    line = {"at": f"{DAY}{clock}+08:00", **line}
    if "who" in line:
        line = {"type": "message", "chat": "g-hy", "from": line.pop("who"), **line}
    return line


class Stage:
    """A data folder, and the stories played on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        shutil.copytree(DATA, self.data)

    def plays(self, *lines: dict[str, Any], options: tuple[str, ...] = ("--json",)) -> Result:
        story = self.folder / "story.jsonl"
        story.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
        return CliRunner().invoke(main, ["--data", str(self.data), "replay", str(story), *options])

    def sends(self, *lines: dict[str, Any]) -> list[dict[str, Any]]:
        result = self.plays(*lines)
        assert result.exit_code == 0, result.stderr
        documents = [json.loads(line) for line in result.stdout.splitlines()]
        return [document for document in documents if document["type"] == "send"]


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path)


def test_a_send_is_told_with_every_field_of_the_contract(stage: Stage) -> None:
    sent = stage.sends(at("09:00:00", who="li", text="@社区小助手 3栋2单元楼道灯不亮", images=2))

    assert sent == [
        {
            "at": "2026-11-23T09:00:00+08:00",
            "type": "send",
            "chat": "g-hy",
            "kind": "group",
            "to": None,
            "text": "这样登记，对不对？\n【报修】楼道灯不亮 · 3栋2单元 · 照片 2 张\n对，回复 1；不对，直接说哪里不对。",
            "buttons": ["对"],
            "images": 0,
            "ticket": "0001",
            "notice": None,
            "lane": "P2",
        }
    ]


def test_tickets_are_told_step_by_step_with_drafts(stage: Stage) -> None:
    result = stage.plays(
        at("09:00:00", who="guest", chat="@guest", text="3栋2单元楼道灯不亮"),
        at("09:01:00", who="guest", chat="@guest", text="1"),
        at("09:02:00", type="press", chat="@zhang", label="接单", **{"from": "zhang"}),
    )

    steps = [json.loads(line) for line in result.stdout.splitlines() if '"ticket", "no"' in line]
    assert [(s["no"], s["from"], s["to"], s["by"]) for s in steps] == [
        ("0001", None, "draft", "replay:guest"),
        ("0001", "draft", "new", "replay:guest"),
        ("0001", "new", "accepted", "zhang"),
    ]


def test_the_data_folder_itself_is_never_touched(stage: Stage) -> None:
    before = {path: path.stat().st_mtime_ns for path in stage.data.rglob("*")}

    stage.sends(
        at("09:00:00", type="write", path="faq/new.md", content="## 新\n编号：new\n\n答案。"),
        at("09:00:00", type="write", path="faq/hours.md", content=None),
        at("09:00:01", who="li", text=CALLED),
    )

    assert {path: path.stat().st_mtime_ns for path in stage.data.rglob("*")} == before


def test_an_edit_is_live_before_the_next_line(stage: Stage) -> None:
    entry = (stage.data / "faq" / "hours.md").read_text(encoding="utf-8")

    sent = stage.sends(
        at("09:00:00", who="li", text=CALLED),
        at("09:00:00", type="write", path="faq/hours.md", content=entry.replace("8:30", "9:00")),
        at("09:00:00", who="li", text=CALLED),
    )

    assert "8:30–17:30 办事" in sent[0]["text"]
    assert "9:00–17:30 办事" in sent[1]["text"]


def test_a_broken_entry_keeps_its_last_good_version_and_the_admin_is_told_once(
    stage: Stage,
) -> None:
    entry = (stage.data / "faq" / "hours.md").read_text(encoding="utf-8")
    broken = entry.replace("有效期：长期", "有效期：也许")

    sent = stage.sends(
        at("09:00:00", type="write", path="faq/hours.md", content=broken),
        at("09:00:00", type="write", path="faq/hours.md", content=broken + "\n"),
        at("09:00:01", who="li", text=CALLED),
    )

    assert [send["chat"] for send in sent] == ["@xiaochen", "g-hy"]
    assert "hours.md" in sent[0]["text"]
    assert "8:30–17:30 办事" in sent[1]["text"]


def test_a_message_of_a_channel_that_is_down_arrives_when_it_is_up(stage: Stage) -> None:
    sent = stage.sends(
        at("09:00:00", type="fault", mode="down"),
        at("09:00:00", who="li", text=CALLED),
        at("09:30:00", type="assert", after=2, count=0),
        at("10:00:00", type="fault", mode="up"),
    )

    assert [send["at"][11:16] for send in sent] == ["10:00"]


def test_nothing_is_sent_before_the_channel_allows_it(stage: Stage) -> None:
    sent = stage.sends(
        at("09:00:00", type="fault", mode="retry_after", seconds=600),
        at("09:00:00", who="li", text=CALLED),
        at("09:05:00", type="fault", mode="up"),
        at("09:20:00", type="advance"),
    )

    assert [send["at"][11:16] for send in sent] == ["09:10"]


def test_a_lost_receipt_repeats_a_push_once_marked_and_a_broadcast_never(stage: Stage) -> None:
    sent = stage.sends(
        at("09:00:00", type="fault", mode="lost_ack", count=1),
        at("09:00:00", who="li", text=CALLED),
        at("09:01:00", who="li", text="社区小助手，3栋2单元楼道灯不亮"),
        at("09:02:00", type="fault", mode="lost_ack", count=9),
        at("09:02:00", who="li", text="1"),
        at("09:30:00", type="advance"),
    )

    texts = [send["text"] for send in sent]
    assert sum("办事" in text for text in texts) == 1
    cards = [text for text in texts if "【新任务 0001】" in text]
    assert [card.startswith("（补发）") for card in cards] == [False, True]


def test_twenty_a_minute_in_one_chat_and_nothing_is_lost(stage: Stage) -> None:
    questions = [
        at("09:00:00", who="li", text=CALLED, event_id=f"q{number}") for number in range(45)
    ]

    sent = stage.sends(*questions, at("09:05:00", type="advance"))

    assert [send["at"][11:19] for send in sent] == (
        ["09:00:00"] * 20 + ["09:01:00"] * 20 + ["09:02:00"] * 5
    )


def test_thirty_a_second_over_all_chats(stage: Stage) -> None:
    questions = [at("09:00:00", who=f"guest{n}", chat=f"@guest{n}", text=CALLED) for n in range(70)]

    sent = stage.sends(*questions, at("09:00:10", type="advance"))

    seconds = [send["at"][17:19] for send in sent]
    assert [seconds.count(second) for second in ("00", "01", "02")] == [30, 30, 10]


def test_the_same_event_again_has_no_effect(stage: Stage) -> None:
    sent = stage.sends(*[at("09:00:00", who="li", text=CALLED, event_id="same")] * 3)

    assert len(sent) == 1


def test_a_happening_sends_the_notices_that_wait_for_it_once(stage: Stage) -> None:
    storm = {"type": "event", "kind": "气象", "level": "红色", "text": "大风", "key": "w1"}

    sent = stage.sends(
        at("22:00:00", **storm, place="hy"),
        at("22:01:00", **storm, place="hy"),
        at("22:02:00", **(storm | {"key": "w2", "level": "蓝色"}), place="hy"),
        at("22:03:00", **(storm | {"key": "w3"}), place="xy"),
    )

    assert [(send["chat"], send["notice"]) for send in sent] == [("g-hy", "storm-red")]


def test_the_roster_can_change_while_the_story_runs(stage: Stage) -> None:
    people = (stage.data / "roster" / "people.csv").read_text(encoding="utf-8")
    without = people.replace(",zhang,", ",,").replace("\nzhang,", "\nnobody-else,")
    leak = {"who": "li", "text": "3栋2单元水管爆了"}

    sent = stage.sends(
        at("09:00:00", type="write", path="roster/people.csv", content="编号\nx"),
        at("09:00:00", **leak),
        at("09:01:00", type="write", path="roster/people.csv", content=without),
        at("09:02:00", **(leak | {"text": "7栋1单元水管爆了"})),
    )

    cards = [send["chat"] for send in sent if "1 接单" in send["text"]]
    assert cards[0] == "@zhang", "a faulty roster changes nothing"
    assert cards[1] == "@xiao", "what zhang had goes to the deputy when zhang leaves"
    assert cards[2:] == ["@nobody-else"]
    told = [send["text"] for send in sent if send["chat"] == "@xiaochen"]
    assert ["people.csv" in text for text in told] == [True], "the admin hears why"


def test_a_story_on_a_faulty_roster_says_what_is_wrong_with_the_roster(stage: Stage) -> None:
    people = stage.data / "roster" / "people.csv"
    people.write_text(people.read_text("utf-8").replace("管理员", "管家"), encoding="utf-8")

    result = stage.plays(at("09:00:00", who="li", text=CALLED))

    assert result.exit_code == 2
    assert "people.csv:4 角色" in result.stderr


@pytest.mark.parametrize(
    ("line", "code", "complaint"),
    [
        ({"who": "li", "chat": "g-nowhere", "text": "你好"}, 2, "花名册里没有群 g-nowhere"),
        ({"type": "press", "chat": "g-hy", "from": "li", "label": "飞"}, 2, "没有“飞”这个按钮"),
        ({"type": "write", "path": "../x", "content": "x"}, 2, "只能写"),
        ({"type": "write", "path": "linli.toml", "content": "x"}, 2, "只能写"),
        ({"type": "assert", "contains": "你好"}, 1, "第 1 行的 assert 不成立"),
    ],
)
def test_what_cannot_be_played_is_said_with_its_line(
    stage: Stage, line: dict[str, Any], code: int, complaint: str
) -> None:
    result = stage.plays(at("09:00:00", **line))

    assert result.exit_code == code
    assert complaint in result.stderr
    assert "Traceback" not in result.stderr


def test_a_used_database_is_refused(stage: Stage, bare_url: str) -> None:
    line = at("09:00:00", who="li", text=CALLED)

    assert stage.plays(line, options=("--db", bare_url)).exit_code == 0
    again = stage.plays(line, options=("--db", bare_url))

    assert again.exit_code == 2
    assert "不是空的" in again.stderr


def test_without_json_a_story_reads_like_a_log(stage: Stage) -> None:
    result = stage.plays(at("09:00:00", who="li", text="3栋2单元水管爆了"), options=())

    assert "11-23 09:00  #0001 · → new（li）" in result.stdout
    assert "→ @zhang：【紧急 0001】" in result.stdout


def test_an_assert_about_a_group_that_is_not_there_is_a_wrong_story(stage: Stage) -> None:
    result = stage.plays(at("09:00:00", type="assert", chat="zzz", count=0))

    assert result.exit_code == 2
    assert "没有群 zzz" in result.stderr


def test_of_two_stories_at_once_one_gets_the_empty_database(bare_url: str) -> None:
    start = Barrier(2)

    def take() -> bool:
        start.wait()
        try:
            take_empty(bare_url)
        except BadStory:
            return False
        return True

    with ThreadPoolExecutor(2) as both:
        takers = [both.submit(take) for _ in range(2)]

    assert sorted(taker.result() for taker in takers) == [False, True]
