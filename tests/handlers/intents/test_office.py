"""Who asks for the community's office gets what the settings tell, and nothing that they do not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import knowledge.pack
from handlers.thinking.considering import consider
from handlers.thinking.thought import Action
from knowledge.faq.shelf import Shelf
from tests.handlers.samples import scene

OFFICE = "桂花路 1 号一楼，0731-00000000，工作日 8:30–17:30"


@pytest.fixture(scope="module")
def asked():
    return scene(shelf=Shelf(Path(knowledge.pack.__file__).parent / "faq").current)


@pytest.mark.parametrize(
    "said", ["社区几点上班？", "请问居委会在哪里", "社区的电话是多少", "居委会周六上班吗"]
)
def test_the_office_is_told_from_the_settings(asked, said):
    thought = consider(said, replace(asked, office=OFFICE))
    assert (thought.action, OFFICE in (thought.reply or "")) == (Action.ANSWER, True)


@pytest.mark.parametrize("said", ["社区老年食堂在哪里", "社区电话多少能报销", "社区门口的灯几点亮"])
def test_what_merely_mentions_the_community_is_no_question_for_the_office(asked, said):
    assert OFFICE not in (consider(said, replace(asked, office=OFFICE)).reply or "")


def test_a_telephone_is_not_answered_with_the_hours(asked):
    reply = consider("社区电话多少", replace(asked, office="工作日 8:30–17:30")).reply
    assert "8:30" not in (reply or "")


@pytest.mark.parametrize("said", ["社区几点上班", "居委会几点下班"])
def test_what_no_entry_speaks_of_goes_to_a_person_instead_of_a_menu_of_other_matters(asked, said):
    assert consider(said, asked).action is Action.HANDOVER
