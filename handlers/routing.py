"""The table of what the bot does with an event, in reading order; the first that fits acts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers import (
    asides,
    asking,
    believing,
    commanding,
    correcting,
    deepening,
    echoing,
    linking,
    loose,
    mending,
    objecting,
    pressing,
    rating,
    reopening,
    resident,
    verifying,
    withdrawing,
)
from handlers.turn import Turn, forget, turn_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.work import Work


@dataclass(frozen=True, slots=True)
class Route:
    """One line of the table: `deed` returns whether it acted; if not, the next line is tried."""

    name: str
    deed: Callable[[Turn], bool]


ROUTES = (
    Route("在陌生的群里不说话", resident.stay_out),
    Route("撤回了的话，前面那份草稿撤掉", mending.take_back),
    Route("改过的话，前面那份草稿不算", mending.forget_old_words),
    Route("按了按钮", pressing.press),
    Route("只有照片，等他说话", resident.hold_photos),
    Route("提醒过“真急就喊救命”，喊了、说是真的", believing.believe),
    Route("危及生命的，先说打哪个电话", resident.emergency),
    Route("问验真码是不是真的", verifying.verify),
    Route("问好了没有，回了“一般”“不满意”", rating.judge),
    Route("回了数字或“好了”“没好”", pressing.choose),
    Route("只有六位数字，是绑定码", linking.take_code),
    Route("命令：进度、接127 …", commanding.obey),
    Route("在别处说好了", reopening.confirm_elsewhere),
    Route("办结以后说没好", reopening.open_again),
    Route("回答我们刚问的", asking.go_on),
    Route("说刚报的事地方不对", correcting.correct_place),
    Route("说我们答得不对", objecting.take_objection),
    Route("要找人：0、转人工", resident.find_human),
    Route("只有一个数字，没有可选的", resident.explain_digit),
    Route("管事的人随口说的", loose.understand),
    Route("问自己报的事怎么样了", commanding.tell_how_it_stands),
    Route("像是说自己报的事好了", withdrawing.ask_if_over),
    Route("停水停电以后说“我家也停了”", echoing.count_in),
    Route("接着刚才的答案问", deepening.go_deeper),
    Route("报事又带着问一句", asides.answer_aside),
    Route("其余的话：问题、诉求、诈骗", resident.respond),
)


def answer(work: Work) -> bool:
    """Do what the event of this work asks for; False when it was chatter after all."""
    if work.event is None:
        return False
    turn = turn_of(work, work.event)
    acted = any(route.deed(turn) for route in ROUTES)
    if not acted:
        forget(turn)
    return acted
