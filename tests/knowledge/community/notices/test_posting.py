"""A notice in the chat: heading, text, 收到 line and proof code within 150 characters."""

from __future__ import annotations

import re
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.community.days.zone import ZONE
from knowledge.community.notices.posting import posted_text, proof_code, spoken_code

AT = datetime(2026, 12, 2, 19, 30, tzinfo=ZONE)


def test_a_fire_notice_asks_for_an_answer_and_shows_its_code():
    assert posted_text("消防", "关火，关电，关门。", "X7K2Q") == (
        "【消防提醒】关火，关电，关门。\n看到了请回复：收到\n"
        "验真码 X7K2Q；我从不要验证码、银行卡，也不叫您转钱"
    )


def test_a_notice_on_another_topic_asks_nothing():
    assert posted_text("防汛", "关窗。", "X7K2Q") == (
        "【防汛提醒】关窗。\n验真码 X7K2Q；我从不要验证码、银行卡，也不叫您转钱"
    )


@pytest.mark.parametrize("end", ["看到请回复：收到", "看到了回“收到”。"])
def test_who_asks_in_their_own_words_is_not_made_to_ask_twice(end: str):
    assert posted_text("消防", f"关火。{end}", "X7K2Q").count("收到") == 1


def test_a_heading_written_by_the_editor_is_not_doubled():
    assert posted_text("消防", "【消防提醒】关火。", "X").startswith("【消防提醒】关火。")


@pytest.mark.parametrize("topic", ["", "消防", "反诈", "八个字的主题啊啊"])
def test_a_text_of_full_length_fits_into_150_characters(topic):
    text = posted_text(topic, "字" * 120, "X7K2Q")
    assert len(text) <= 150
    assert re.search(r"\n验真码 X7K2Q[；，][^\n]*不要[^\n]+$", text)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("x7k2q", "X7K2Q"),
        ("Ｘ７Ｋ２Ｑ", "X7K2Q"),
        ("验真码：X7K2Q 是真的吗", "X7K2Q"),
        ("收到", ""),
        ("HELLO", ""),
        ("12345", ""),
    ],
)
def test_a_code_is_understood_as_people_send_it(said, code):
    assert spoken_code(said) == code


@given(name=st.text("abcdef-0123456789", min_size=1), day=st.dates(date(2026, 1, 1)))
def test_a_code_is_short_mixed_and_always_the_same(name, day):
    planned = datetime(day.year, day.month, day.day, 9, tzinfo=ZONE)
    code = proof_code(name, planned)
    assert re.fullmatch(r"(?=.*[A-Z])(?=.*[2-9])[A-Z2-9]{5}", code)
    assert code == proof_code(name, planned)


def test_another_day_and_another_notice_have_other_codes():
    codes = {
        proof_code(f"n{number}", AT.replace(day=day)) for number in range(50) for day in (1, 2)
    }
    assert len(codes) == 100
