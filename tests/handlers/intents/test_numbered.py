"""A command with its number first."""

from __future__ import annotations

import pytest

from handlers.intents.commands import Command, Word
from handlers.intents.numbered import read_numbered


@pytest.mark.parametrize(
    ("said", "command"),
    [
        ("7完", Command(Word.DONE, 7)),
        ("0006完成", Command(Word.DONE, 6)),
        ("０００６ 完成了", Command(Word.DONE, 6)),
        ("127办好了，换了新灯", Command(Word.DONE, 127, "换了新灯")),
        ("127 接了", Command(Word.ACCEPT, 127)),
        ("#127我接", Command(Word.ACCEPT, 127)),
        ("127号单接了，马上到", Command(Word.ACCEPT, 127, "马上到")),
        ("127转张三", Command(Word.TRANSFER, 127, "张三")),
        ("127 转给 张三", Command(Word.TRANSFER, 127, "张三")),
        ("127转", Command(Word.TRANSFER, 127)),
        ("0127进展：买灯去了", Command(Word.NOTE, 127, "买灯去了")),
        ("127不归我管，归物业", Command(Word.RETURN, 127, "归物业")),
        ("127催一下", Command(Word.URGE, 127)),
        ("127进度", Command(Word.PROGRESS, 127)),
    ],
)
def test_it_is_read(said: str, command: Command) -> None:
    assert read_numbered(said) == command


@pytest.mark.parametrize(
    "said",
    [
        "2完全没好",
        "3栋接水管",
        "5点接孩子",
        "7天完成",
        "2 接着漏",
        "1203没修好",
        "完7",
        "7",
        "3楼办好了",
    ],
)
def test_other_words_behind_a_number_are_none(said: str) -> None:
    assert read_numbered(said) is None
