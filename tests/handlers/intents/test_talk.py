"""How people really talk: what is over, what is left out, what is sharpened or corrected."""

from __future__ import annotations

import pytest

from handlers.intents.awaiting import asks_how_it_stands
from handlers.intents.commands import Word, read_command
from handlers.intents.correcting import spot_told, without_wrong
from handlers.intents.ended import sounds_done, sounds_over
from handlers.intents.plain import plain
from handlers.intents.questions import asks_for_secrecy, leaves_out_what


@pytest.mark.parametrize(
    ("said", "over"),
    [
        ("师傅来了，阀门关好了，好了好了", True),
        ("灯亮了，多谢师傅", True),
        ("刚才那个师傅修好了", True),
        ("冇事哒，好哒", True),
        ("我自己搞好了，不用来人了", True),
        ("还没好", False),
        ("什么时候修好", False),
        ("隔壁小区修好了", False),
        ("饭煮好了", False),
        ("车位买好了", False),
        ("师傅来了还是漏", False),
        ("我耳朵背，莫打电话，发字", False),
    ],
)
def test_words_of_an_end_are_told_from_hopes_and_from_doings_at_home(
    said: str, *, over: bool
) -> None:
    assert sounds_over(plain(said)) is over


@pytest.mark.parametrize(
    ("said", "done"),
    [
        ("来电了", True),
        ("关了阀门，不漏了", True),
        ("人找到了", True),
        ("车拖走了", True),
        ("看过了，是防水坏了", False),
        ("看过了，下午买来换", False),
        ("检查过了，线路老化", False),
        ("师傅来过了，缺配件", False),
        ("总阀已经关了", False),
        ("找到了漏点", False),
        ("联系好了，上午来人", False),
        ("好了一半", False),
        ("临时接通了", False),
        ("通了，明天再疏通一次", False),
    ],
)
def test_who_has_a_task_tells_its_end_from_a_look_at_it(said: str, *, done: bool) -> None:
    assert sounds_done(plain(said)) is done


@pytest.mark.parametrize(
    "said",
    ["那要带什么", "在哪里办咯", "那我婆婆呢", "网上能办不", "那要好久才能办好", "要不要本人去"],
)
def test_a_question_without_its_matter_goes_on_about_the_last_answer(said: str) -> None:
    assert leaves_out_what(plain(said))


@pytest.mark.parametrize(
    "said", ["老年卡在哪里办", "那个灯坏了", "几点开门接种", "带狗要办证吗", "我去买菜", "谢谢"]
)
def test_a_question_with_a_matter_of_its_own_stands_alone(said: str) -> None:
    assert not leaves_out_what(plain(said))


@pytest.mark.parametrize(
    "said",
    [
        "别说是我讲的",
        "不要跟他们说是我",
        "可以匿名吗",
        "不会让楼上知道是我吧",
        "会不会告诉他是我报的",
        "会告诉物业是我说的吗",
        "他会不会知道是我反映的",
        "投诉会不会让人知道",
    ],
)
def test_who_reports_may_ask_to_stay_unknown(said: str) -> None:
    assert asks_for_secrecy(plain(said))


@pytest.mark.parametrize("said", ["不要说了", "他说是我家的水", "保密工作做得好，表扬一下物业"])
def test_other_words_of_saying_ask_for_no_secrecy(said: str) -> None:
    assert not asks_for_secrecy(plain(said))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("不对，是4栋", "是4栋"),
        ("不是2栋，是3栋", "3栋"),
        ("错了，不是灯，是门", "门"),
        ("3栋的灯", "3栋的灯"),
    ],
)
def test_what_is_called_wrong_is_taken_out(said: str, meant: str) -> None:
    assert without_wrong(said) == meant


@pytest.mark.parametrize(
    ("said", "spot"),
    [
        ("就是东门那里", "东门"),
        ("在快递柜旁边", "快递柜旁边"),
        ("三楼", ""),
        ("对门的狗又叫", ""),
        ("要得", ""),
    ],
)
def test_a_spot_that_no_roster_names_is_heard(said: str, spot: str) -> None:
    assert spot_told(said) == spot


@pytest.mark.parametrize(
    "said", ["我前几天报的路灯怎么还没修", "我报的那个事有人来吗", "昨天反映的垃圾处理得怎么样"]
)
def test_asking_how_ones_matter_stands_needs_no_command(said: str) -> None:
    assert asks_how_it_stands(said)


@pytest.mark.parametrize(
    "said", ["我报了个班怎么还没开课呢你们那边", "路灯怎么还没修", "我报名参加广场舞"]
)
def test_other_waiting_is_nobodys_matter_here(said: str) -> None:
    assert not asks_how_it_stands(said)


@pytest.mark.parametrize(
    ("said", "word", "no", "rest"),
    [
        ("0127现在什么情况", Word.PROGRESS, 127, ""),
        ("0127办好了吗？", Word.PROGRESS, 127, ""),
        ("我要请假，家里有事", Word.LEAVE, None, ""),
        ("我想请个假，两天", Word.LEAVE, None, "两天"),
    ],
)
def test_commands_are_heard_in_peoples_own_words(
    said: str, word: Word, no: int | None, rest: str
) -> None:
    command = read_command(said)

    assert command is not None
    assert (command.word, command.no, command.rest) == (word, no, rest)


@pytest.mark.parametrize("said", ["120怎么样", "12345好打吗", "请假条怎么写", "3栋怎么样了"])
def test_numbers_and_words_of_other_things_command_nothing(said: str) -> None:
    assert read_command(said) is None
