"""What leaders say beside commands: 办好了, half a command, small talk under a task card."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.actions.menus import open_menus, options_of
from handlers.actions.people.leaves import LEAVE_DAYS
from handlers.actions.tickets.index import ask_reason
from handlers.actions.tickets.lists import tasks_text
from handlers.actions.tickets.working import THERE, finish, note
from handlers.explaining import photos_of
from handlers.intents.ended import sounds_done
from handlers.intents.intent import Intent
from handlers.intents.numbered import read_numbered
from handlers.intents.plain import plain
from handlers.intents.questions import asks_something
from handlers.intents.read import read_plain
from handlers.phrases import commands, lists, menus
from handlers.phrases.claiming import REASONS
from knowledge.community.hood.access import HELPERS, roles_of
from knowledge.community.locating.locating import find_place
from knowledge.community.refusals import NotFound, Unclear
from knowledge.community.tickets.ticket import UNFINISHED, WAITING_FOR_CLAIM
from knowledge.files.expression import Expression
from knowledge.store.lists import tasks_of
from knowledge.store.tickets import by_no

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.turn import Turn
    from knowledge.store.rows.tickets import TicketRow

DONE = re.compile(r"(?:已经|都|全)*(?:办|修|弄|搞|换|处理)(?:好|完|定|妥)(?:了|哒|啦)?")
DONE_AND = re.compile(rf"(?:{DONE.pattern})[\s，,。.;；!！:：]+(?P<rest>\S.{{0,80}})", re.DOTALL)
"""办好了，换了个新灯泡: done, and what was done."""
PROGRESS = Expression(
    r"我?(?:们)?(?:已经|刚|刚才|正在?|现在|马上|等下|等会儿?|明天|后天|今天|今晚|上午|下午|晚上|周.|\d+点)*(?:就|再|会|要|来|去|跟|和|给|叫|让|喊|请|把|在|到|上门)*"
    r"(?:看(?:了|过|一下)|去看|查(?:了|过|一下|看)|检查|量(?:了|好)|买(?:了|好|灯|配|零|材|回)|订(?:了|货|好)|联系(?:了|上|好|过)|打(?:了|过)?.{0,8}电话|问(?:了|过)|约(?:了|好)|报(?:了|给|上去)|叫(?:了|人)|喊(?:了|人)"
    r"|(?:马上|这就|就|再过?一?会儿?|[\d几到、~～一二两三四五六七八九十半-]+(?:多?分钟|个?(?:半?小时|钟头))(?:之?[内后]|以内|左右)?(?:就|能|可以|会)*)(?:到|来|过来|赶到)|来了|在路上|出发|赶(?:过来|过去|来)|找(?:了|人)|(?<=[天午上晚点半再就])(?:来|去)|重新|关(?:了|好|上|掉)|接(?:了|好|上)|锁(?:了|好)|拍(?:了|照)|换|修|装|补|通|清|拆|搬|处理|施工|上门|过去|到位|派(?:了|人)|等配件|缺配件|等零件|缺零件|师傅)"
)
"""How a step forward begins that is told without 进展: 看过了，是灯泡坏了; 下午买来换."""
TASKS = re.compile(
    r"(?:我|我们)?(?:今天|现在|手上|这边|还)*(?:有|剩)(?:哪些|什么|几[件个]|多少)(?:任务|事情?|单子?|活)?(?:要|没|冇|还没|等着)?(?:[办做处理]+|完)?(?:的|了|啊|呀)?[?？]?"
)
"""我今天有哪些事, 还有几件没办."""
HALF = re.compile(r"(?:接|完|转|催|进展)单?\W*\d*")
NOT_MINE = re.compile(
    r"(?:这个?|这件?事?|那个?|它)*(?:不归|不是|不属于)我们?(?:管|的事|负责|这边|这片|这块)*(?:的|啊|呀|哦)*(?:[，,。]\S{0,12})?"
)
"""这个不归我管，是物业的事."""
OF_OTHERS = Expression(r"归|不?该|负责|物业|城管|供[电水]|[找转叫].{2}")
"""这个找物业: it may be handed back, but by whom and why is asked first."""
CHANGED = Expression(
    r"(?:已经|都)?(?:换|装|补|通|修|清|拆|接)(?:好|上|完)?了(?!.*(?:再|明天|后天|等|还|没|一半)).{0,40}",
    re.DOTALL,
)
"""换了新灯: what was done, and nothing that is still to come."""
LEAVE = re.compile(r"我?(?:要|想)?请(?:个)?假(?!条|单|制度|手续)")
"""A leave whose days were not understood: 请假到周五, 请假 3.5天."""
IN_HAND = UNFINISHED - WAITING_FOR_CLAIM
ARRIVED = "进展{no} 到了"
EDGES = " ，,。.！!~、"


def understand(turn: Turn) -> bool:
    """Take a leader's loose words in private for what they mean; never hand them to a human."""
    if not (turn.private and turn.person and roles_of(turn.person) & HELPERS):
        return False
    said = turn.text.strip(EDGES)
    for deed, fits in LOOSE.items():
        if fits(said):
            deed(turn)
            return True
    if _note_progress(turn):
        return True
    said_here = turn.work.hood.names.unnamed(plain(turn.text))
    return read_plain(said_here).intent is Intent.CHATTER and _explain_card(turn)


def is_doubtful(action: str, words: str) -> bool:
    """Whether words behind the unshown digit of a task in hand say anything but what it does."""
    return action in MEANT and bool(words) and not MEANT[action](words.strip(EDGES))


def take_doubtful(turn: Turn, no: int) -> bool:
    """Neither end a task nor hand it back for such words: 9 晚上来 is told on, or asked about."""
    ticket = by_no(turn.work.session, no)
    if ticket is None:
        return False
    words = turn.text[1:].strip(EDGES)
    if PROGRESS.match(words) and not asks_something(plain(words)):
        note(turn.work, ticket, turn.who, turn.text, photos_of(turn))
    elif OF_OTHERS.search(words):
        ask_reason(turn.work, ticket, turn.who)
    else:
        turn.reply(menus.in_hand(ticket.no, ticket.matter))
    return True


def _arrive_only(turn: Turn) -> None:
    """There, and perhaps done already: 到了，修好了."""
    there = THERE.match(turn.text)
    more = (there["more"] or "").strip(EDGES) if there else ""
    over = DONE.fullmatch(more) or DONE_AND.fullmatch(more)
    task = _task_reached(turn)
    (finish if over else note)(turn.work, task, turn.who, turn.text, photos_of(turn))


def _explain_commands(turn: Turn) -> None:
    turn.reply(commands.HOW_TO_HANDLE)


def _explain_leave(turn: Turn) -> None:
    turn.reply(LEAVE_DAYS)


def _hand_back_only(turn: Turn) -> None:
    """Ask why the only task is not theirs; raises NotFound for none, Unclear for several."""
    ask_reason(turn.work, _only_task(turn, "不归我管{no}"), turn.who)


def _show_tasks(turn: Turn) -> None:
    turn.reply(tasks_text(turn.work, turn.who))


def _finish_only(turn: Turn) -> None:
    finish(turn.work, _only_task(turn), turn.who, "", photos_of(turn))


def _finish_with_words(turn: Turn) -> None:
    told = DONE_AND.fullmatch(turn.text.strip(EDGES))
    finish(turn.work, _only_task(turn), turn.who, told["rest"] if told else "", photos_of(turn))


def _note_progress(turn: Turn) -> bool:
    """Take 看过了，下午买来换 for the progress of the only task in hand, 来电了 for its end.

    False where none is in hand, or several are.
    """
    mine = [row for row in tasks_of(turn.work.session, turn.who) if row.state in IN_HAND]
    over = sounds_done(plain(turn.text))
    progress = PROGRESS.match(turn.text) and not asks_something(plain(turn.text))
    if len(mine) != 1 or not (over or progress):
        return False
    if find_place(turn.text, turn.work.hood, mine[0].place_id).place_id not in (
        None,
        mine[0].place_id,
    ):
        return False
    (finish if over else note)(turn.work, mine[0], turn.who, turn.text, photos_of(turn))
    return True


def _task_reached(turn: Turn) -> TicketRow:
    """The only task in hand, whatever else waits to be taken; else the only one."""
    held = [row for row in tasks_of(turn.work.session, turn.who) if row.state in IN_HAND]
    return held[0] if len(held) == 1 else _only_task(turn, ARRIVED)


def _only_task(turn: Turn, example: str = "完{no} 说明") -> TicketRow:
    """The one there is; raises NotFound for none, Unclear with an `example` for several."""
    mine = [row for row in tasks_of(turn.work.session, turn.who) if row.state in UNFINISHED]
    if not mine:
        raise NotFound(lists.NO_TASKS)
    if len(mine) > 1:
        raise Unclear(commands.which([row.no for row in mine], example))
    return mine[0]


def _explain_card(turn: Turn) -> bool:
    """Say what the newest open task card can be answered with, else how a task in hand is told of."""
    for menu in open_menus(turn.work, turn.chat, turn.who):
        options = options_of(turn.work, menu)
        if options and options[0].action == "ticket.accept":
            ticket = by_no(turn.work.session, options[0].args["no"])
            if ticket is not None and ticket.state in WAITING_FOR_CLAIM:
                labels = [option.label for option in options]
                turn.reply(menus.not_understood(ticket.no, ticket.matter, labels))
                return True
    return _explain_task(turn)


def _explain_task(turn: Turn) -> bool:
    """Say how the newest task in hand is told of; False for a question, or without one."""
    mine = [row for row in tasks_of(turn.work.session, turn.who) if row.state in IN_HAND]
    if not mine or asks_something(plain(turn.text)):
        return False
    turn.reply(menus.in_hand(mine[-1].no, mine[-1].matter))
    return True


def _says_done(words: str) -> bool:
    done = DONE.fullmatch(words) or DONE_AND.fullmatch(words) or CHANGED.fullmatch(words)
    return done is not None or sounds_done(plain(words))


MEANT: dict[str, Callable[[str], object]] = {
    "ticket.finish": _says_done,
    "ticket.refuse": lambda words: NOT_MINE.fullmatch(words) or words in REASONS,
    "ticket.transfer": lambda words: not (PROGRESS.match(words) or read_numbered("1" + words)),
}
"""What words behind the digit of a choice say that means it; a name is looked for anyway."""
LOOSE: dict[Callable[[Turn], None], Callable[[str], object]] = {
    _hand_back_only: NOT_MINE.fullmatch,
    _explain_leave: LEAVE.match,
    _arrive_only: THERE.match,
    _explain_commands: HALF.fullmatch,
    _show_tasks: TASKS.fullmatch,
    _finish_only: DONE.fullmatch,
    _finish_with_words: DONE_AND.fullmatch,
}
"""What loose words make us do, and which words those are."""
