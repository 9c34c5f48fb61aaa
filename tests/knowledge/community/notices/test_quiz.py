"""知识抢答 in a file: options, the right one, and what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from knowledge.community.notices.notice_folder import read_notices

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "## 油锅\n编号：oil\n主题：消防\n触发：每天 9:00\n受众：全部\n来源：x\n核对：2026-11-01\n"
BODY = "\n【短】油锅着火，第一步做什么？\n"


def read(folder: Path, fields: str):
    (folder / "quiz.md").write_text(HEAD + fields + BODY, "utf-8")
    return read_notices(folder)


def test_a_quiz_is_posted_with_its_numbered_options_and_asks_no_receipt(tmp_path: Path) -> None:
    (notice,), problems = read(tmp_path, "选项：泼水；关火盖锅盖\n答案：2\n")
    assert problems == ()
    assert not notice.asks_receipt
    posted = notice.posted("X7K2Q")
    assert posted.startswith("【知识抢答】油锅着火，第一步做什么？\n1 泼水\n2 关火盖锅盖\n")
    assert len(posted) <= 150
    assert "我从不要验证码" in posted


@pytest.mark.parametrize(
    ("fields", "line", "field"),
    [
        ("选项：泼水\n答案：1\n", 8, "选项"),
        ("选项：一；二；三；四；五\n答案：1\n", 8, "选项"),
        ("选项：泼水；盖锅盖\n", 8, "答案"),
        ("选项：泼水；盖锅盖\n答案：3\n", 9, "答案"),
        ("选项：泼水；盖锅盖\n答案：盖锅盖\n", 9, "答案"),
        (f"选项：{'长' * 60}；{'长' * 60}\n答案：1\n", 8, "选项"),
        ("传达：一下子\n", 8, "传达"),
    ],
)
def test_a_mistake_names_its_line_and_leaves_the_notice_out(
    tmp_path: Path, fields: str, line: int, field: str
) -> None:
    notices, problems = read(tmp_path, fields)
    assert notices == ()
    assert [(one.line, one.field) for one in problems if one.level == "error"] == [(line, field)]
