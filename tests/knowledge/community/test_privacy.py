"""Masking: everything personal goes, everything useful stays."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.community.privacy import cut, mask, personal

MASKED = {
    "打 13912345678 找我": "打 139****5678 找我",
    "电话13912345678": "电话139****5678",
    "139 1234 5678": "139****5678",
    "加我vx13912345678": "加我vx139****5678",
    "139-1234-5678": "139****5678",
    "139·1234·5678": "139****5678",
    "139.1234.5678": "139****5678",
    "１３９１２３４５６７８": "139****5678",
    "+8613912345678": "139****5678",
    "一三九一二三四五六七八": "139****5678",
    "一三九 一二三四 五六七八": "139****5678",
    "身份证 430102194503071234": "身份证 430*************34",
    "43010219450307123X": "430*************3X",
    "身份证四三零一零二一九四五零三零七一二三四": "身份证430*************34",
    "430102 19450307 1234": "430*************34",
    "老证 430102450307123": "老证 430**********23",
    "卡号 6222 0212 3456 7890 123": "卡号 ***************0123",
    "3栋2单元502": "3栋2单元",
    "3栋2单元502室的灯": "3栋2单元的灯",
    "3栋2单元5楼502": "3栋2单元",
    "三栋二单元502": "三栋二单元",
    "3-2-502": "3-2",
    "三栋二单元五零一漏水": "三栋二单元漏水",
    "12栋1单元 三零二楼上吵": "12栋1单元楼上吵",
    "五栋五百零一": "五栋",
    "3栋301楼道的灯": "3栋楼道的灯",
    "八零二室没人": "（门牌已隐去）没人",
    "502室没人": "（门牌已隐去）没人",
    "家501，灯坏了": "家（门牌已隐去），灯坏了",
    "我家里1203": "我家里（门牌已隐去）",
    "501开门了": "（门牌已隐去）开门了",
    "请501的业主看看": "请（门牌已隐去）的业主看看",
    "501换好了": "（门牌已隐去）换好了",
    "501还是不亮": "（门牌已隐去）还是不亮",
    "1203又漏了": "（门牌已隐去）又漏了",
    "住 702，上楼吧": "住 （门牌已隐去），上楼吧",
    "mei.li@example.com": "m***@example.com",
    "湘A·D12345 挡路": "湘A***45 挡路",
    "湘AD12345挡路": "湘A***45挡路",
}
KEPT = (
    "",
    "登记好了，编号 0127。",
    "3栋2单元楼道灯不亮",
    "一栋一二三单元都没水",
    "五栋一九九八年修的",
    "三栋一百二十户都没水",
    "2栋二三四楼没电",
    "1栋三四五月份修过",
    "请打 0731-8888 6666",
    "马上打 119，再打 120",
    "拿不准打 96110",
    "12345 热线",
    "2026年11月22日 19:30",
    "2026-11-22",
    "工作日 8:30–17:30",
    "每孩每年 3600 元",
    "满 80 岁，1945 年出生",
    "6栋 2026 年交付",
    "86 户回了“收到”",
    "7栋 1200 户",
    "3室两厅",
    "100 米外的车棚",
    "已算上您，共 4 户",
    "验真码 B697W",
    "每家 1200 元",
    "住了 300 天",
    "家 0731-88886666",
    "大家 120 个人",
    "0127 门口",
    "3600家企业",
    "1203 还没人接单，已升级到组长。",
    "120还没来",
    "打 12345又没人接",
    "205路车又停了",
    "今天 10:00 已买灯，预计 18:00 前修好",
)


@pytest.mark.parametrize(("text", "masked"), MASKED.items())
def test_it_is_hidden(text: str, masked: str) -> None:
    assert mask(text) == masked
    assert personal(text)


@pytest.mark.parametrize("text", KEPT)
def test_it_stays_as_it_is(text: str) -> None:
    assert mask(text) == text
    assert not personal(text)


around = st.text(alphabet="在的找我，。！\n「」🏠 ab", max_size=8)
gap = st.sampled_from(["", " ", "-"])
mobiles = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)


@given(around, mobiles, gap, around)
def test_no_mobile_number_gets_through_however_it_is_spaced(
    before: str, number: str, between: str, after: str
) -> None:
    written = between.join((number[:3], number[3:7], number[7:]))
    hidden = mask(f"{before}{written}{after}")

    assert number not in re.sub(r"[ -]", "", hidden)
    assert f"{number[:3]}****{number[7:]}" in hidden


@given(around, mobiles, gap, around, st.integers(1, 40))
def test_a_number_is_never_torn_by_cutting(
    before: str, number: str, between: str, after: str, limit: int
) -> None:
    text = f"{before}{between.join((number[:3], number[3:7], number[7:]))}{after}"

    kept = cut(text, limit)
    assert text.startswith(kept)
    assert len(kept) <= limit
    assert not re.search(r"[0-9]{6}", re.sub(r"[ -]", "", mask(kept)))


@given(st.from_regex(r"[1-9][0-9]{16}[0-9X]", fullmatch=True), around)
def test_no_identity_number_gets_through(number: str, around_it: str) -> None:
    assert number not in mask(f"我是{number}，{around_it}")


@given(st.text(max_size=200))
def test_masking_twice_changes_nothing_more(text: str) -> None:
    once = mask(text)

    assert mask(once) == once


@given(st.text(alphabet="0123456789-– ·.栋单元室号楼层一二三０１２@湘A家住开门\n", max_size=80))
def test_masking_twice_changes_nothing_more_in_numbers(text: str) -> None:
    once = mask(text)

    assert mask(once) == once


@pytest.mark.parametrize("unit", ["1", "1 ", "一", "1栋", "a@", "京A", "3-", "室1"])
def test_no_text_is_slow_to_mask(unit: str) -> None:
    """20,000 characters of anything that a pattern starts on; quadratic time would take minutes."""
    mask(unit * (20_000 // len(unit)))
