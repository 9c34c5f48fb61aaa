"""Stories are checked line by line before anything is played."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from bot.stories.story import BadStory, read_story
from tests.conftest import MONDAY

if TYPE_CHECKING:
    from pathlib import Path

AT = "2026-11-23T09:00:00+08:00"
SAID = {"at": AT, "type": "message", "chat": "g", "from": "li", "text": "你好"}


@pytest.fixture
def story(tmp_path: Path):
    """Write lines into a file; a text is written as it is."""

    def write(*lines: dict[str, Any] | str) -> Path:
        path = tmp_path / "story.jsonl"
        texts = (line if isinstance(line, str) else json.dumps(line) for line in lines)
        path.write_text("\n".join(texts), encoding="utf-8")
        return path

    return write


def test_a_line_knows_number_moment_type_and_fields(story) -> None:
    blank, line = "", SAID

    (read,) = read_story(story(blank, line))

    assert (read.number, read.at, read.type) == (2, MONDAY, "message")
    assert read.fields == {"chat": "g", "from": "li", "text": "你好"}


def test_a_line_without_a_moment_happens_at_the_one_before(story) -> None:
    lines = read_story(story(SAID, {"type": "advance"}))

    assert [line.at for line in lines] == [MONDAY, MONDAY]


def test_a_moment_without_a_zone_is_meant_in_shanghai(story) -> None:
    (line,) = read_story(story(SAID | {"at": "2026-11-23T09:00:00"}))

    assert line.at == MONDAY


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{", "不是 JSON"),
        ("[]", "要是一个对象"),
        ({"at": AT, "type": "dance"}, "不认识的 type 'dance'"),
        ({"at": AT}, "不认识的 type None"),
        ({"type": "advance"}, "at 要写成"),
        ({"at": "heute", "type": "advance"}, "at 要写成"),
        ({"at": 5, "type": "advance"}, "at 要写成"),
        ({"at": AT, "type": "message", "chat": "g"}, "message 少了 from"),
        (SAID | {"moon": 1}, "message 没有 moon 这一项"),
        (SAID | {"images": "2"}, "images 的值不对"),
        (SAID | {"images": True}, "images 的值不对"),
        (SAID | {"addressed": 1}, "addressed 的值不对"),
        ({"at": AT, "type": "fault", "mode": "explode"}, "fault 的 mode 要是"),
        ({"at": AT, "type": "assert", "count": "1"}, "count 的值不对"),
    ],
)
def test_a_faulty_line_is_named(story, line: dict[str, Any] | str, complaint: str) -> None:
    with pytest.raises(BadStory, match="第 1 行") as caught:
        read_story(story(line))

    assert complaint in str(caught.value)


def test_time_never_runs_backwards(story) -> None:
    earlier = SAID | {"at": "2026-11-23T08:59:59+08:00"}

    with pytest.raises(BadStory, match="第 2 行：at 比上一行早"):
        read_story(story(SAID, earlier))


def test_an_empty_or_unreadable_file_is_no_story(story, tmp_path: Path) -> None:
    with pytest.raises(BadStory, match="至少要有一行"):
        read_story(story(""))
    with pytest.raises(BadStory, match="读不了"):
        read_story(tmp_path / "missing.jsonl")
    (tmp_path / "noise.jsonl").write_bytes(bytes(range(128, 256)))
    with pytest.raises(BadStory, match="读不了"):
        read_story(tmp_path / "noise.jsonl")


def test_a_story_saved_by_an_office_program_is_read(story, tmp_path: Path) -> None:
    plain = story(SAID)
    office = tmp_path / "gbk.jsonl"
    office.write_bytes(plain.read_text("utf-8").encode("gb18030"))

    assert read_story(office) == read_story(plain)
