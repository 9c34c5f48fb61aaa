"""Swindles are seen, and their signs named."""

from __future__ import annotations

import pytest

from handlers.fraud import suspect
from handlers.intents.plain import plain
from tests.handlers.samples import sentences


@pytest.mark.parametrize("said", sentences("frauds"))
def test_a_swindle_is_suspected(said):
    assert suspect(plain(said)) is not None


@pytest.mark.parametrize("name", ["notfrauds", "chatter", "reports", "emergencies", "services"])
def test_ordinary_words_are_not_suspected(name):
    assert [said for said in sentences(name) if suspect(plain(said))] == []


def test_the_signs_are_named():
    found = suspect(plain("【医保中心】您的医保卡将停用，请点 ybk-xx.top 认证。这是骗子吗？"))
    assert found is not None
    assert found.asked
    assert found.points[:2] == ("陌生链接", "用“停用、冻结、逾期”吓人")


def test_two_words_changed_change_nothing():
    known = "您的社保账户异常，已被冻结，请点击 sb-rz.cc 完成实名认证"
    changed = known.replace("社保", "公积金").replace("冻结", "停用")
    assert suspect(plain(known)) is not None
    assert suspect(plain(changed)) is not None


def test_somebody_robbed_is_told_apart():
    found = suspect(plain("我刚被骗了五千块"))
    assert found is not None
    assert found.robbed


@pytest.mark.parametrize("said", ["去年我被骗过", "听说有人被骗了", "以前上过当"])
def test_an_old_story_is_none(said):
    assert suspect(plain(said)) is None
