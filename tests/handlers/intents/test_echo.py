"""Words that say: here too, and words that only sound like it."""

from __future__ import annotations

import pytest

from handlers.intents.echo import echoes_outage
from handlers.intents.plain import plain


@pytest.mark.parametrize(
    "said",
    [
        "也停了",
        "我家也停了",
        "我们家也停了！",
        "我家也是",
        "我们这边也是",
        "2栋也停了",
        "我们单元也停了",
        "3栋2单元也停哒",
        "我家也一样",
        "我家也没有了",
        "我们单元也没了",
        "都停了",
        "我也停了",
        "家里也停了",
        "隔壁也停了",
        "我们也断了",
    ],
)
def test_one_household_more_is_heard(said):
    assert echoes_outage(plain(said))


@pytest.mark.parametrize(
    "said",
    [
        "我也是",
        "我们也是",
        "一样",
        "也是",
        "+1",
        "哈哈我也是无语",
        "你也停了吗",
        "电视也停了",
        "我家有水",
        "别停了",
        "停就停吧",
        "我家没停",
        "也该停了",
        "我家也是三楼",
        "是啊",
        "雨也停了",
        "我家也快停了吧",
        "他们也是",
    ],
)
def test_chatter_is_no_household(said):
    assert not echoes_outage(plain(said))
