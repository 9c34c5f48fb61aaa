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
        "请把手机收到的六位数字告诉我",
        "麻烦念一下短信里的数字",
        "请您把医保卡号和密码发过来",
        "请把网银密码告知工作人员",
        "把卡背面三位数发给我",
        "请各位把身份证正反面拍给我",
        "请先转 200 元押金到这个账号",
        "每户一百块转我微信",
        "大家扫这个码把钱转给我",
        "请扫码付款 88 元",
        "缴费请转账到 6222020200011122",
        "请打开会议软件共享屏幕",
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
        "这件事转给我就行",
        "照片我转到微信群里了",
        "需要交 20 元材料费，到物业前台开票",
        "门禁密码改了，请到物业领",
        "做完再付钱给师傅",
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
