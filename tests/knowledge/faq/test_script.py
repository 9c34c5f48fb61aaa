"""Traditional in, traditional out."""

from __future__ import annotations

import subprocess
import sys

import pytest

from knowledge.faq.script import is_traditional, to_simplified, to_traditional


@pytest.mark.parametrize("text", ["請問長者卡丟了怎麼補辦", "老人證", "電梯壞了"])
def test_a_traditional_writer_is_known(text):
    assert is_traditional(text)


@pytest.mark.parametrize("text", ["请问老年卡丢了怎么补办", "老人", "乾隆", "abc 12", ""])
def test_a_simplified_writer_is_known(text):
    assert not is_traditional(text)


def test_words_stay_the_mainlands():
    assert to_traditional("带身份证到社区一楼 2 号窗口，出门不方便，回复 1") == (
        "帶身份證到社區一樓 2 號窗口，出門不方便，回覆 1"
    )


def test_simplified_reads_words_not_only_characters():
    assert to_simplified("裡面很乾淨，乾隆，隻有") == "里面很干净，乾隆，只有"


def test_the_second_direction_is_not_loaded_for_simplified_text():
    code = (
        "from knowledge.faq import script\n"
        "script.is_traditional('老年卡怎么办')\n"
        "print(script._converter.cache_info().currsize)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "1"
