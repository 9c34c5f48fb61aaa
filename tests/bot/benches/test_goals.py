"""Goals are judged as they are written, and the page of speed hides nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import click
import pytest

from bot.benches import city, goals_page, scale
from bot.benches.district import PER_RESIDENT, District
from bot.benches.goals import GOALS, LIMIT, Goal
from bot.commands.bench import NAMES, QUICK, _judge
from knowledge.community.hood.neighbourhood import Neighbourhood
from knowledge.community.roster.roster import read_roster

AT_LEAST = Goal("速度", "别人的倍数", "road.times", 10, 20)
AT_MOST = Goal("停顿", "–", "road.stall", 50, 20, most=True, kind=LIMIT)


def figures_for(share):
    """Figures in which every goal stands at this share of its bar."""
    figures: dict[str, Any] = {"machine": {"cores": "2"}}
    for goal in GOALS:
        *path, last = goal.where.split(".")
        block = figures
        for name in path:
            block = block.setdefault(name, {})
        block[last] = figure_at(goal, share)
    return figures


def figure_at(goal, share):
    """The figure of a goal that stands at this share of its bar."""
    return goal.bar / share if goal.most else goal.bar * share


def test_a_bar_is_held_from_one_side_and_half_of_it_from_further_away():
    assert [AT_LEAST.holds(figure) for figure in (9.9, 10, 11)] == [False, True, True]
    assert [AT_MOST.holds(figure) for figure in (49, 50, 51)] == [True, True, False]
    assert [AT_LEAST.holds(figure, half=True) for figure in (4.9, 5)] == [False, True]
    assert [AT_MOST.holds(figure, half=True) for figure in (100, 101)] == [True, False]
    assert AT_LEAST.reached({"road": {}}) is None
    assert {goal.bench for goal in GOALS} <= set(NAMES) >= QUICK.keys()


def test_only_a_ratio_below_half_its_bar_fails_the_quick_look_and_what_is_owed_once_it_falls(
    capsys,
):
    _judge(figures_for(0.6))
    _judge({"road": {"longest_stall_ms": 5_000}})  # a busy machine's limit is nobody's fault
    with pytest.raises(click.ClickException, match="量到") as refused:
        _judge(figures_for(0.4))
    said = str(refused.value.format_message())
    kept = [goal for goal in GOALS if goal.owed and not goal.has_fallen(figure_at(goal, 0.4))]
    assert kept
    assert [goal for goal in kept if str(goal) in said] == []
    told = capsys.readouterr().err
    assert [goal for goal in kept if str(goal) not in told] == []


def test_what_is_owed_may_not_fall_to_half_of_what_it_was():
    owing = replace(AT_LEAST, owed=3.0)
    assert [owing.has_fallen(figure) for figure in (1.4, 1.5, 4)] == [True, False, False]
    assert not owing.holds(4, half=True)
    assert [AT_LEAST.has_fallen(figure) for figure in (4.9, 5)] == [True, False]
    slow = replace(AT_MOST, owed=200.0)
    assert [slow.has_fallen(figure) for figure in (101, 400, 401)] == [False, False, True]


def test_how_workers_add_up_is_judged_only_where_there_are_cores_enough():
    assert "只有 2 个核" in scale.verdict(1.2, 2)
    assert "1.2" in scale.verdict(1.2, 2)
    assert scale.verdict(1.8, 2).endswith("到了。")
    assert scale.verdict(1.8, 3).endswith("到了。")
    assert scale.verdict(1.6, 4).endswith("没到。")


def test_the_page_names_every_goal_and_profiles_what_missed():
    runs = {"gate": lambda: sum(range(3_000_000))}
    figures = figures_for(0.9)
    assert goals_page.profiles_of(figures_for(1)) == {}
    missed = goals_page.page(figures, {"gate": ["handlers/gate.py:worth_storing 61%"]})
    assert missed.count("没到") == len(GOALS) + 1
    assert missed.count("没到；`handlers/gate.py:worth_storing 61%`") == 2
    assert goals_page.profiles_of(figures, runs).keys() == {"gate"}
    assert goals_page.page({"machine": {}}, {}).count("没有量") == len(GOALS)


def test_a_generated_district_is_a_roster_without_a_hole(tmp_path):
    (tmp_path / "roster").mkdir()
    district = District(6_000, 60)
    district.settle(tmp_path)
    roster, problems = read_roster(tmp_path / "roster")
    assert roster is not None
    assert [one for one in problems if one.level == "error"] == []
    hood = Neighbourhood.from_roster(roster)
    assert all(hood.responsible(place) for place in hood.places if place.startswith("e7-"))
    said = [len(messages) for _, messages in district.day(1)]
    assert sum(said) == pytest.approx(6_000 * PER_RESIDENT, abs=24)
    assert said.index(max(said)) in {19, 20}


def test_a_small_district_lives_through_its_day_and_the_city_is_sized_from_it():
    figures = city.measure(residents=600, groups=3)
    assert figures["said"] == pytest.approx(600 * PER_RESIDENT / city.SAMPLE, abs=12)
    assert figures["rows"] > 3
    large = figures["sizes"]["10,000,000"]
    assert (large["groups"], large["notice_one_telegram_bot_minutes"]) == (50_000, 27.8)
    assert large["cores_at_the_peak"] > figures["sizes"]["50,000"]["cores_at_the_peak"]
    page = goals_page.page({"machine": {}, "city": figures}, {})
    assert "| 10,000,000 | 50,000 | 1,281.3 |" in page
