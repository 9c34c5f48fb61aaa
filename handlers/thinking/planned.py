"""What takes place: 今天有什么课 is answered from the calendar that the editors keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.intents.intent import Intent
from handlers.intents.timetables import TimetableQuestion, read_timetable_question
from handlers.phrases import timetables as phrases
from handlers.thinking.thought import Action, Scene, Thought

if TYPE_CHECKING:
    from datetime import date

    from knowledge.community.notices.timetable import Sitting

WHAT = "课和活动"


def planned_on(said: str, scene: Scene) -> Thought | None:
    """Answer plain words that ask about the timetable; None for everything else."""
    asked = read_timetable_question(said, scene.timetable, scene.now.date())
    if asked is None or not (scene.addressed or (scene.mode == "积极" and asked.sure)):
        return None
    return Thought(Intent.QUESTION, Action.ANSWER, "活动日历里有", _reply(asked, scene))


def _reply(asked: TimetableQuestion, scene: Scene) -> str:
    today = scene.now.date()
    found = [one for day in asked.days for one in _on(day, asked, scene)]
    if found:
        return phrases.told(scene.called, found, today)
    title = asked.activity.title if asked.activity else WHAT
    after = scene.timetable.next_after(asked.days[-1], scene.calendar)
    return phrases.nothing(scene.called, title, asked.days, today, after)


def _on(day: date, asked: TimetableQuestion, scene: Scene) -> list[Sitting]:
    sittings = scene.timetable.on(day, scene.calendar)
    return [one for one in sittings if asked.activity in (None, one.activity)]
