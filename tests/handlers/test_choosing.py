"""Reading a choice: digits in every form, and the words that stand for a button."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.choosing import WORDS, read_choice

GOOD_BAD = {1: "好了", 2: "没好"}
TASK = {1: "接单", 2: "转给别人", 3: "不归我管"}


@pytest.mark.parametrize(
    ("text", "digit", "rest"),
    [
        ("1", 1, ""),
        (" １ ", 1, ""),
        ("①", 1, ""),
        ("一", 1, ""),
        ("1。", 1, ""),
        ("1！！", 1, ""),
        ("@社区小助手 2", 2, ""),
        ("2 亮一下又熄了", 2, "亮一下又熄了"),
        ("2，亮一下又熄了", 2, "亮一下又熄了"),
        ("2、亮一下又熄了", 2, "亮一下又熄了"),
        ("2亮一下又熄了", 2, "亮一下又熄了"),
        ("二 亮一下", 2, "亮一下"),
        ("第二个", 2, ""),
        ("选2", 2, ""),
        ("第1条吧", 1, ""),
        ("好了", 1, ""),
        ("修好哒", 1, ""),
        ("没好", 2, ""),
        ("冇好", 2, ""),
        ("没好，还是不亮", 2, "还是不亮"),
        ("2到现在还不亮", 2, "到现在还不亮"),
        ("2、10分钟又熄了", 2, "10分钟又熄了"),
        ("2家里还在漏", 2, "家里还在漏"),
        ("7张师傅", 7, "张师傅"),
        ("9成功了", 9, "成功了"),
        ("2、3楼还不亮", 2, "3楼还不亮"),
    ],
)
def test_it_is_read(text: str, digit: int, rest: str) -> None:
    assert read_choice(text, GOOD_BAD) == (digit, rest)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2栋",
        "2栋1单元",
        "2 天",
        "1单元",
        "12",
        "127",
        "1号楼",
        "3-2",
        "1点钟",
        "一栋",
        "好了没",
        "今天",
        "20块",
        "9分钟到",
        "8 分钟后到",
        "8到10分钟",
        "7、8分钟",
        "8～10分钟到",
        "9小时内来",
        "9盏灯要换",
        "8家都通了水",
        "8成好了",
        "9:30到",
        "2：30来吧",
        "9.30到",
        "9、10点到",
        "8，9号",
        "2、3栋也没亮",
        "7到8点",
    ],
)
def test_it_is_no_choice(text: str) -> None:
    assert read_choice(text, GOOD_BAD) is None


def test_the_same_word_means_what_is_offered() -> None:
    assert read_choice("好", {1: "对"}) == (1, "")
    assert read_choice("好", GOOD_BAD) == (1, "")
    assert read_choice("好", TASK) is None
    assert read_choice("我来", TASK) == (1, "")
    assert read_choice("不归我管", TASK) == (3, "")


@pytest.mark.parametrize("label", WORDS)
def test_every_label_is_a_word_for_itself(label: str) -> None:
    assert read_choice(label, {7: label}) == (7, "")
    assert all(read_choice(word, {7: label}) == (7, "") for word in WORDS[label])


@given(st.text(max_size=40))
def test_a_digit_is_only_read_where_one_stands_first(text: str) -> None:
    read = read_choice(text, {})
    if read is not None:
        digit, rest = read
        assert 0 <= digit <= 9
        assert len(rest) < len(text)


@pytest.mark.parametrize(
    "text",
    [
        "对对对",
        "没错，就是这里",
        "恩",
        "嗯嗯，可以的",
        "要得要得",
        "👌",
        "OK",
        "是的啊，登记吧",
        "对，麻烦快点",
        "是的 请你们尽快来",
    ],
)
def test_a_yes_is_heard_however_it_is_said(text: str) -> None:
    assert read_choice(text, {1: "对"}) == (1, "")


@pytest.mark.parametrize("text", ["对门的灯", "好热", "是不是", "可以不交吗", "就是东门", "中午来"])
def test_words_that_begin_like_a_yes_are_none(text: str) -> None:
    assert read_choice(text, {1: "对"}) is None


@pytest.mark.parametrize(
    ("said", "digit"),
    [
        ("是", 1),
        ("同一个", 1),
        ("是同一件事", 1),
        ("不是啊", 2),
        ("不一样的", 2),
        ("另外登记", 2),
        ("不是同一个，是5楼的", 2),
        ("登记", None),
    ],
)
def test_whether_it_is_the_same_is_said_in_the_words_of_the_question(said, digit):
    read = read_choice(said, {1: "关注", 2: "不是一件事"})
    assert (read[0] if read else None) == digit


@pytest.mark.parametrize(
    ("said", "labels", "chosen"),
    [
        ("對", {1: "对"}, (1, "")),
        ("沒好，還是不亮", {1: "好了", 2: "没好"}, (2, "还是不亮")),
        ("很滿意", {1: "满意", 2: "一般"}, (1, "")),
        ("修好了，謝謝師傅", {1: "好了", 2: "没好"}, (1, "")),
    ],
)
def test_who_writes_traditional_chooses_as_others_do(
    said: str, labels: dict[int, str], chosen: tuple[int, str]
) -> None:
    assert read_choice(said, labels) == chosen
