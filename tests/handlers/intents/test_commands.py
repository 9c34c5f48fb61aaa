"""The fixed words, as thumbs really type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.intents.awaiting import asks_how_it_stands
from handlers.intents.commands import Command, Word, read_command


@pytest.mark.parametrize(
    ("said", "command"),
    [
        ("进度", Command(Word.PROGRESS)),
        ("進度", Command(Word.PROGRESS)),
        ("@社区小助手 进度", Command(Word.PROGRESS)),
        ("进度 0127", Command(Word.PROGRESS, 127)),
        ("任务", Command(Word.TASKS)),
        ("接127", Command(Word.ACCEPT, 127)),
        ("接单 ０１２７", Command(Word.ACCEPT, 127)),
        ("完127 换了新灯", Command(Word.DONE, 127, "换了新灯")),
        ("完0127换了新灯", Command(Word.DONE, 127, "换了新灯")),
        ("完 换了新灯", Command(Word.DONE, None, "换了新灯")),
        ("进展127：已买灯", Command(Word.NOTE, 127, "已买灯")),
        ("转127 张师傅", Command(Word.TRANSFER, 127, "张师傅")),
        ("催127", Command(Word.URGE, 127)),
        ("催一下", Command(Word.URGE)),
        ("帮我催一下师傅", Command(Word.URGE)),
        ("催一下，水越来越大了", Command(Word.URGE, rest="水越来越大了")),
        ("请假 3天", Command(Word.LEAVE, rest="3天")),
        ("请假三天", Command(Word.LEAVE, rest="三天")),
        ("收到！", Command(Word.RECEIVED)),
        ("更多", Command(Word.MORE)),
        ("我的数据", Command(Word.MY_DATA)),
        ("删除我的数据", Command(Word.ERASE)),
        ("算了", Command(Word.WITHDRAW)),
        ("算了，好了没事了", Command(Word.WITHDRAW, rest="算了，好了没事了")),
        ("算了，好了没有啊", Command(Word.WITHDRAW)),
        ("退单127 灯归物业", Command(Word.RETURN, 127, "灯归物业")),
    ],
)
def test_a_command_is_read(said, command):
    assert read_command(said) == command


@pytest.mark.parametrize(
    "said",
    [
        "进度怎么样了呀大家",
        "接孩子去",
        "完全同意",
        "转给你100元",
        "接3栋的水管",
        "收到了快递",
        "请假怎么请",
        "催命一样",
        "任务完成得好",
        "催一下快递",
        "催一下 3栋的灯",
        "",
    ],
)
def test_ordinary_words_are_no_command(said):
    assert read_command(said) is None


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(said):
    command = read_command(said)
    assert command is None or command.word in Word


@pytest.mark.parametrize(
    ("said", "waits"),
    [
        ("怎么还没人来啊", True),
        ("等了半天了，怎么还没人来修", True),
        ("师傅什么时候来修？", True),
        ("到底有没有人管啊", True),
        ("还要等多久", True),
        ("师傅么时候来咯", True),
        ("师傅几点能到？", True),
        ("快递师傅几点到", False),
        ("什么时候来电", False),
        ("怎么还没人来收垃圾", False),
        ("医保卡什么时候到", False),
    ],
)
def test_who_waits_for_somebody_asks_how_it_stands(said, waits):
    assert asks_how_it_stands(said) is waits
