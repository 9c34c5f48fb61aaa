"""Known swindles are known again, whatever their links, numbers and sums; ordinary words are not."""

from __future__ import annotations

from pathlib import Path

import pytest

import knowledge.pack
from handlers.intents.plain import plain
from knowledge.community.words.scamkinds import has_shared_screen, kind_of
from knowledge.community.words.scams import KnownScams, levelled, read_scam
from knowledge.files.standing import read_sheet
from tests.handlers.samples import sentences

FOLDER = Path(knowledge.pack.__file__).parent / "scams"
SHEET = read_sheet(FOLDER, read_scam)
KNOWN = KnownScams(SHEET.entries.values())
STOP = "【医保中心】您的医保卡将于今日停用，请点 yb-kx.top 重新认证，逾期不能报销。"


def test_the_packs_texts_are_sound_and_each_finds_itself() -> None:
    assert SHEET.problems == ()
    for scam in SHEET.entries.values():
        assert len(scam.points) >= 2
        for text in scam.texts:
            found = KNOWN.nearest(text)
            assert found is not None
            assert (found.scam.id, found.share) == (scam.id, 1.0)


@pytest.mark.parametrize(
    "again",
    [
        STOP.replace("yb-kx.top", "https://abc9.vip/x?y=1"),
        STOP.replace("医保卡", "社保卡").replace("重新", "马上"),
        f"大家看看这个：{STOP}是真的吗？",
        "【醫保中心】您的醫保卡將於今日停用，請點 yb-kx.top 重新認證，逾期不能報銷。",
        "招兼职，手机在家就能做，给短视频点赞一单 8.5 元，做完马上结，一天五六百，加群领任务。",
    ],
)
def test_links_numbers_sums_and_two_words_make_no_difference(again: str) -> None:
    found = KNOWN.nearest(plain(again))
    assert found is not None
    assert found.near_exact


@pytest.mark.parametrize(
    "name", ["notfrauds", "chatter", "reports", "emergencies", "services", "questions", "calm"]
)
def test_no_ordinary_sentence_is_like_one(name: str) -> None:
    assert [said for said in sentences(name) if KNOWN.nearest(said)] == []


def test_sums_links_and_numbers_are_levelled() -> None:
    assert levelled("请转 1,000.50 元到 www.a-b.cn/c，电话 138 0000") == "请转额到链电话号"


def test_mistakes_name_the_line_and_the_mend(tmp_path: Path) -> None:
    (tmp_path / "own.md").write_text("## 甲\n编号：a\n来源：x\n核对：2026-11-01\n\n太短\n", "utf-8")
    sheet = read_sheet(tmp_path, read_scam)
    assert not sheet.entries
    assert [(one.line, one.field) for one in sheet.problems] == [(1, "类型"), (6, "正文")]


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("有人叫我给短视频点赞，一单返三块", "刷单返利"),
        ("您的医保卡将停用，请点链接认证", "冒充公检法和政府机关"),
        ("客服说我开了百万保障要扣钱", "冒充客服"),
        ("老师带我炒股说稳赚", "虚假投资理财"),
        ("无抵押当天放款", "虚假贷款"),
        ("今天天气好", ""),
    ],
)
def test_the_kind_is_named_as_the_police_do(said: str, kind: str) -> None:
    assert kind_of(plain(said)) == kind


def test_a_shared_screen_is_heard() -> None:
    assert has_shared_screen(plain("我刚刚和客服共享了屏幕怎么办"))
    assert has_shared_screen(plain("我妈已经打开了屏幕共享"))
    assert not has_shared_screen(plain("对方让我共享屏幕，能信吗"))
