"""The gate keeps chatter out, and never what the bot would act upon."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.gate import worth_storing
from handlers.thinking.considering import consider
from handlers.thinking.thought import Action
from knowledge.community.places.places import ChatMode
from tests.handlers.samples import scene, sentences

NAMES = ("社区小助手", "小助手")
EVERYTHING = [
    said
    for name in (
        "emergencies",
        "calm",
        "reports",
        "notreports",
        "services",
        "frauds",
        "notfrauds",
        "questions",
        "chatter",
    )
    for said in sentences(name)
]
CHATS = {"积极": "g-1", "仅@": "g-2", "静音": "g-3"}


def passes(said, *, addressed=False, pending=False, mode="积极", has_images=False):
    return worth_storing(
        said, addressed=addressed, names=NAMES, pending=pending, mode=mode, has_images=has_images
    )


@pytest.mark.long
def test_whatever_is_acted_upon_passes():
    """Sentence by sentence: one that was just read is not read again for the next mode."""
    overheard = {mode: scene(CHATS[mode], addressed=False) for mode in get_args(ChatMode)}
    dropped = [
        (mode, said)
        for said in EVERYTHING
        for mode, there in overheard.items()
        if consider(said, there).action is not Action.SILENT and not passes(said, mode=mode)
    ]
    assert dropped == []


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(EVERYTHING), min_size=1, max_size=3), st.sampled_from("，。 ！"))
def test_whatever_is_acted_upon_passes_in_run_on_messages(parts, joint):
    said = joint.join(parts)
    if consider(said, scene("g-1", addressed=False)).action is not Action.SILENT:
        assert passes(said)


def test_chatter_leaves_no_trace():
    passed = [said for said in sentences("chatter") if passes(said)]
    assert len(passed) <= len(sentences("chatter")) // 8


def test_what_calls_the_bot_passes():
    assert passes("哈哈", addressed=True)
    assert passes("小助手你好")


def test_a_bare_photo_passes_and_one_with_small_talk_does_not():
    assert passes("", has_images=True)
    assert not passes("今天的晚霞好看", has_images=True)


@pytest.mark.parametrize("said", ["1", "好了", "没好 还是黑的", "三栋二单元", "算了"])
def test_somebody_with_a_pending_matter_is_heard(said):
    assert passes(said, pending=True, mode="静音")


def test_a_long_story_of_somebody_with_a_pending_matter_is_none():
    assert not passes("今天天气真好" * 20, pending=True)


def test_a_quiet_group_is_heard_in_emergencies_only():
    assert passes("3栋着火了快来人", mode="静音")
    assert not passes("3栋水管爆了", mode="静音")
    assert passes("3栋水管爆了", mode="仅@")
    assert not passes("3栋2单元楼道灯坏了", mode="仅@")
    assert not passes("老年卡怎么办", mode="仅@")
