"""Demands for codes, cards and money are told from warnings and from honest words."""

from __future__ import annotations

from pathlib import Path

import pytest

import knowledge.pack
from knowledge.files.blocks import parse_blocks
from knowledge.files.demands import demanded, warns


@pytest.mark.parametrize(
    "text",
    [
        "请大家把验证码发给我登记",
        "各位业主请回复短信验证码",
        "请把银行卡号和密码报给我",
        "请转账到这个账号 6222021234567890",
        "材料费50元，请转给王师傅微信",
        "收款码如下，请今天扫码付",
        "身份证和银行卡拍照发给我",
        "换了新灯，材料费请打到我卡上",
        "马上转500元到指定账户",
        "请先交 200 元到我微信",
        "不是骗你。请把验证码告诉我",
    ],
)
def test_a_demand_is_known(text: str) -> None:
    assert demanded(text)


@pytest.mark.parametrize(
    "text",
    [
        "别把验证码告诉任何人",
        "不填银行卡号和验证码",
        "骗子让您把验证码发给他",
        "请带身份证、银行卡到社区一楼",
        "物业费请到物业前台交",
        "我已经转钱给他了",
        "已把单子转给李师傅",
        "请到窗口付款",
        "买灯花了20元，社区出",
        "充电请到车棚，扫码充电",
    ],
)
def test_honest_words_and_warnings_are_none(text: str) -> None:
    assert demanded(text) == ""


def test_nothing_in_the_pack_asks_for_them() -> None:
    pack = Path(knowledge.pack.__file__).parent
    blocks = [
        block
        for folder in ("faq", "notices", "timetable")  # scams/ repeats what swindlers ask for
        for path in (pack / folder).glob("*.md")
        for block in parse_blocks(path.read_text(), path.name)
    ]
    assert len(blocks) > 100
    assert [block.title for block in blocks if demanded(block.body) and not warns(block.body)] == []
