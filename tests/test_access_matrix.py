"""Every surface × every role × own, other and missing things: one table, written by hand.

A route, door, command word, button or command without a row here fails; so does a row whose
surface has gone. Who is not named in a row is refused, and somebody else's thing then looks
exactly like a missing one.
"""

from __future__ import annotations

import itertools
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import aiohttp
import pytest
from sqlalchemy import select

from bot.commands.listing import COMMANDS as CLI_COMMANDS
from bot.web.addresses import ROUTES
from bot.web.doors import DOORS
from bot.web.open311.endpoints import ENDPOINTS
from handlers.actions.people.changing import set_deputy
from handlers.actions.tickets import filing
from handlers.actions.tickets.index import CHOICES as TICKET_CHOICES
from handlers.actions.tickets.index import chosen
from handlers.actions.tickets.request import Request
from handlers.actions.tickets.standing import relations
from handlers.commanding import COMMANDS
from handlers.intents.commands import Word
from handlers.messages import ChatRef, Event
from handlers.pressing import CHOICES
from knowledge.community.hood.access import Act, Relation, may
from knowledge.community.refusals import NotFound
from knowledge.community.roster.people import Role
from knowledge.community.tickets.ticket import Kind, Lane
from knowledge.store.rows.web import WebMessageRow
from knowledge.store.tickets import by_no
from tests.bot.web.stage import PACK, on_stage
from tests.bot.web.visitor import Visitor

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from sqlalchemy.orm import Session

    from handlers.work import Work
    from tests.bot.web.stage import Stage

HERE = {
    "reporter": ("居民", "a-1-1"),
    "resident": ("居民", "a-1-1"),
    "leader": ("邻长", "a-1"),
    "group": ("组长", "a-g"),
    "area": ("片长", "a"),
    "community": ("社区", "ca"),
    "property": ("物业", "a"),
    "volunteer": ("志愿者", "a"),
    "merchant": ("商户", "a"),
}
"""People of estate a, where the ticket is; each also exists in estate b as `other-…`."""
ABOVE = {
    "street": ("街道", "s"),
    "department": ("部门", "s"),
    "supervisor": ("督办", "s"),
    "editor": ("编辑", "s"),
    "admin": ("管理员", "s"),
    "auditor": ("审计", "s"),
}
GUEST = "guest"
OTHERS = frozenset(f"other-{who}" for who in HERE)
EVERYBODY = frozenset({*HERE, *ABOVE, *OTHERS})
ANYBODY = EVERYBODY | {GUEST}
"""Guests too: on pages somebody without a session, in a chat somebody unregistered."""


def both(*names: str) -> frozenset[str]:
    """The same role in both estates."""
    return frozenset(names) | {f"other-{name}" for name in names if name in HERE}


OWN = frozenset({"reporter"})
OWNER = frozenset({"leader"})
STAFF_HERE = frozenset({"community", "street"})
LADDER_HERE = frozenset({"leader", "group", "area", "community", "street"})
SEES = OWN | LADDER_HERE | {"supervisor", "auditor"}
HELPERS = both("leader", "group", "area", "community", "property", "volunteer") | {
    "street",
    "department",
}
OFFICE = both("community") | {"street", "editor", "admin"}
BOARD = both("community") | {"street", "supervisor", "admin", "auditor"}
MEMBERS_HERE = frozenset({*HERE, *ABOVE})
NOBODY: frozenset[str] = frozenset()
ADMIN = frozenset({"admin"})

PAGES: dict[str, frozenset[str]] = {
    "GET /": ANYBODY,
    "POST /advance": ANYBODY,
    "GET /play": ANYBODY,
    "POST /play": ANYBODY,
    "GET /in/{token}": ANYBODY,
    "POST /in/{token}": ANYBODY,
    "GET /join/{token}": ANYBODY,
    "POST /join/{token}": ANYBODY,
    "GET /join/{token}/known": ANYBODY,
    "POST /join/{token}/known": ANYBODY,
    "POST /out": ANYBODY,
    "GET /verify": ANYBODY,
    "GET /verify/{code}": ANYBODY,
    "GET /healthz": ANYBODY,
    "GET /readyz": ANYBODY,
    "GET /metrics": ANYBODY,
    "GET /chat": EVERYBODY,
    "GET /live": EVERYBODY,
    "GET /chat/{chat}": MEMBERS_HERE,
    "GET /chat/{chat}/after": MEMBERS_HERE,
    "GET /chat/{chat}/live": MEMBERS_HERE,
    "GET /chat/{chat}/photo/{message:[0-9]{1,18}}/{nth:[0-9]}": NOBODY,
    "POST /chat/{chat}/post": MEMBERS_HERE,
    "POST /chat/{chat}/press": MEMBERS_HERE,
    "GET /desk": HELPERS,
    "GET /desk/live": HELPERS,
    "GET /desk/building": both("leader", "group", "area"),
    "GET /desk/leave": HELPERS,
    "POST /desk/leave": HELPERS,
    "POST /desk/{no:[0-9]{1,9}}/accept": OWNER,
    "GET /desk/{no:[0-9]{1,9}}/transfer": OWNER | {"community", "street"},
    "POST /desk/{no:[0-9]{1,9}}/transfer": OWNER | {"community", "street"},
    "GET /desk/{no:[0-9]{1,9}}/notmine": OWNER,
    "POST /desk/{no:[0-9]{1,9}}/notmine": OWNER,
    "POST /desk/{no:[0-9]{1,9}}/done": OWNER,
    "GET /desk/{no:[0-9]{1,9}}/more": OWNER | STAFF_HERE,
    "POST /desk/{no:[0-9]{1,9}}/more": OWNER | STAFF_HERE,
    "GET /mine": EVERYBODY,
    "GET /mine/data": EVERYBODY,
    "POST /mine/name": EVERYBODY,
    "GET /mine/data/export.json": EVERYBODY,
    "POST /mine/data/erase": EVERYBODY,
    "GET /t/{no:[0-9]{1,9}}": SEES,
    "POST /t/{no:[0-9]{1,9}}": SEES,
    "GET /t/{no:[0-9]{1,9}}/photo/{nth:[0-9]}": NOBODY,
    "GET /t/{no:[0-9]{1,9}}/after/{nth:[0-9]}": NOBODY,
    "GET /t/{no:[0-9]{1,9}}/voice/{nth:[0-9]}": NOBODY,
    "POST /t/{no:[0-9]{1,9}}/cover": OWNER | STAFF_HERE,
    "GET /look": EVERYBODY,
    "POST /look": EVERYBODY,
    "GET /admin": OFFICE | {"auditor"},
    "GET /admin/try": OFFICE | {"auditor"},
    "POST /admin/try": frozenset({"editor", "admin"}),
    "GET /admin/unanswered": OFFICE | {"auditor"},
    "POST /admin/unanswered": frozenset({"editor", "admin"}),
    "GET /admin/waiting": OFFICE | {"auditor"},
    "POST /admin/waiting": frozenset({"editor", "admin"}),
    "POST /admin/preview": frozenset({"editor", "admin"}),
    "GET /admin/faq/{id}/history": OFFICE | {"auditor"},
    "POST /admin/faq/{id}/history": frozenset({"editor", "admin"}),
    "GET /admin/faq": frozenset({"editor", "admin"}),
    "POST /admin/faq": frozenset({"editor", "admin"}),
    "GET /admin/faq/{id}": OFFICE | {"auditor"},
    "POST /admin/faq/{id}": frozenset({"editor", "admin"}),
    "GET /admin/export.xlsx": frozenset({"editor", "admin"}),
    "GET /admin/import": frozenset({"editor", "admin"}),
    "POST /admin/import": frozenset({"editor", "admin"}),
    "POST /admin/import/confirm": frozenset({"editor", "admin"}),
    "GET /admin/roster": frozenset({"street", "admin"}),
    "GET /admin/roster/export.xlsx": frozenset({"admin"}),
    "GET /admin/roster/template.xlsx": frozenset({"admin"}),
    "POST /admin/roster": frozenset({"admin"}),
    "GET /admin/invites": frozenset({"admin"}),
    "POST /admin/invites": frozenset({"admin"}),
    "GET /admin/invites/{invite:[0-9]{1,9}}": NOBODY,
    "GET /admin/invites/{invite:[0-9]{1,9}}/code.svg": NOBODY,
    "POST /admin/invites/{invite:[0-9]{1,9}}/end": NOBODY,
    "POST /admin/neighbours/{person}": NOBODY,
    "POST /admin/roster/confirm": ADMIN,
    "GET /admin/roster/history": frozenset({"street", "admin"}),
    "GET /admin/roster/history/{change:[0-9]{1,9}}": ADMIN,
    "POST /admin/roster/history/{change:[0-9]{1,9}}": ADMIN,
    "GET /admin/people": frozenset({"street", "admin"}),
    "GET /admin/people/{person}": frozenset({"street", "admin"}),
    "POST /admin/people/{person}": ADMIN,
    "POST /admin/people/{person}/phone": ADMIN,
    "POST /admin/people/{person}/link": ADMIN,
    "GET /admin/channels": ADMIN,
    "GET /admin/channels/asked": ADMIN,
    "GET /admin/silence": ADMIN,
    "GET /admin/quarantine": ADMIN,
    "POST /admin/quarantine": ADMIN,
    "GET /admin/audit": frozenset({"admin", "auditor"}),
    "GET /admin/audit.xlsx": frozenset({"admin", "auditor"}),
    "GET /admin/settings": ADMIN,
    "GET /admin/backups": ADMIN,
    "POST /admin/backups": ADMIN,
    "GET /admin/backups/progress": ADMIN,
    "GET /admin/backups/{file}": NOBODY,
    "GET /topics": EVERYBODY,
    "POST /topics": EVERYBODY,
    "POST /topics/{topic:[0-9]{1,9}}/decide": NOBODY,
    "POST /topics/{topic:[0-9]{1,9}}/drop": NOBODY,
    "POST /topics/{topic:[0-9]{1,9}}/finish": NOBODY,
    "GET /notices/new": frozenset({"editor", "admin"}),
    "POST /notices/new": frozenset({"editor", "admin"}),
    "GET /notices": both("leader", "group", "area", "community")
    | {"street", "editor", "admin", "auditor"},
    "GET /board": BOARD,
    "GET /board/live": BOARD,
    "GET /board/rows/{key}": BOARD - {"other-community"},
    "GET /board/search": BOARD,
    "POST /board/look": BOARD,
    "GET /board/report/{month:[0-9]{4}-[0-9]{2}}": BOARD,
    "GET /board/report/{month:[0-9]{4}-[0-9]{2}}/numbers/{key}": BOARD - {"other-community"},
    "GET /board/report/{month:[0-9]{4}-[0-9]{2}}/workbook": BOARD,
    "GET /notices/{id}": both("leader", "group", "area", "community")
    | {"street", "editor", "admin", "auditor"},
    "POST /notices/{id}/test": frozenset({"editor", "admin"}),
    "GET /notices/{id}/send": frozenset({"editor", "admin"}),
    "POST /notices/{id}/send": frozenset({"editor", "admin"}),
    "POST /notices/{id}/rounds/{code}": NOBODY,
    "GET /notices/{id}/rounds/{code}/correct": NOBODY,
    "POST /notices/{id}/rounds/{code}/correct": NOBODY,
    "GET /notices/{id}/edit": frozenset({"editor", "admin"}),
    "POST /notices/{id}/edit": frozenset({"editor", "admin"}),
    "GET /notices/{id}/history": frozenset({"editor", "admin"}),
    "POST /notices/{id}/history": NOBODY,
    "POST /board/finding/{finding:[0-9]{1,9}}": NOBODY,
}
"""Who gets through, for the chat of estate a and its ticket.

A photo, an invite, a newcomer and a topic that are not there, nobody; their own tests have them.
"""

SIGNED_DOORS = {
    "POST /telegram/{bot}",
    "GET /wecom/{account}",
    "POST /wecom/{account}",
    "GET /mp/{account}",
    "POST /mp/{account}",
    "GET /onebot/v11/ws",
    "POST /hook/{name}",
    "POST /events/{name}",
}
"""Programs, told by a signature; absent unless configured."""

LEDGER: dict[str, bool] = {
    "GET discovery": True,
    "GET services": True,
    "GET services/{code:[^/]+?}": True,
    "GET requests": True,
    "GET requests/{no:[0-9]+?}": True,
    "GET servicerequestupdates": True,
    "POST requests": False,
}
"""Addresses below `/open311`: open to everybody (True), or with a key only."""

WORDS: dict[Word, tuple[str, frozenset[str]]] = {
    Word.PROGRESS: ("进度", ANYBODY),
    Word.TASKS: ("任务", HELPERS | {"supervisor"}),
    Word.ACCEPT: ("接{no}", LADDER_HERE),
    Word.DONE: ("完{no} 好了", OWNER),
    Word.NOTE: ("进展{no} 买灯", OWNER),
    Word.RETURN: ("不归我管{no} 归物业", OWNER),
    Word.TRANSFER: ("转{no} 物业", OWNER | {"community", "street"}),
    Word.URGE: ("催{no}", OWN),
    Word.SCHEDULE: ("约期{no} 明天", OWNER),
    Word.INQUIRE: ("问居民{no} 几楼", OWNER),
    Word.WHISTLE: ("吹哨{no} 物业", STAFF_HERE),
    Word.ATTEND: ("报到{no}", OWNER),
    Word.PARK: ("挂账{no} 两周 等配件", OWNER | STAFF_HERE),
    Word.LANE: ("改急{no} P1 水漫出来了", LADDER_HERE),
    Word.MERGE: ("并单{no} 1", STAFF_HERE),
    Word.SPLIT: ("拆单{no}", OWN | STAFF_HERE),
    Word.REJECT: ("不受理{no} 归市政", STAFF_HERE),
    Word.GIVE_UP: ("无法解决{no} 没有图纸", STAFF_HERE),
    Word.LEAVE: ("请假 1天", HELPERS),
    Word.RECEIVED: ("收到", ANYBODY),
    Word.MORE: ("更多", ANYBODY),
    Word.MY_DATA: ("我的数据", ANYBODY),
    Word.ERASE: ("删除我的数据", ANYBODY),
    Word.WITHDRAW: ("算了", OWN),
    Word.LINK: ("绑定", ANYBODY),
    Word.UNLINK: ("解绑", ANYBODY),
    Word.LESS: ("少发点", ANYBODY),
    Word.MORE_OFTEN: ("多发点", ANYBODY),
    Word.HELP: ("帮助", ANYBODY),
}
"""How each word is said, and who is served (their own things only where it names no ticket)."""
REFUSALS = ("没有找到", "这句话我接不上", "您没有在办的事", "群里没有您在办的事")

EXPLAINED = ("0001 现在归", "0001 的这一步由")
"""What a helper who may see the ticket hears instead: who has it, who decides."""

BUTTONS: dict[str, tuple[Act, frozenset[str]]] = {
    "ticket.file": (Act.TICKET_WITHDRAW, OWN),
    "ticket.over": (Act.TICKET_WITHDRAW, OWN),
    "ticket.place": (Act.TICKET_WITHDRAW, OWN),
    "ticket.follow": (Act.TICKET_WITHDRAW, OWN),
    "ticket.redo": (Act.TICKET_WITHDRAW, OWN),
    "ticket.accept": (Act.TICKET_CLAIM, OWNER),
    "ticket.transfer": (Act.TICKET_TRANSFER, OWNER | {"community", "street"}),
    "ticket.refuse": (Act.TICKET_RETURN, OWNER),
    "ticket.return": (Act.TICKET_RETURN, OWNER),
    "ticket.confirm": (Act.TICKET_CONFIRM, OWN),
    "ticket.reopen": (Act.TICKET_REOPEN, OWN | {"community", "street"}),
    "ticket.rate": (Act.TICKET_RATE, OWN),
    "ticket.urge": (Act.TICKET_URGE, OWN),
    "ticket.finish": (Act.TICKET_FINISH, OWNER),
    "ticket.enough": (Act.TICKET_PROGRESS, OWNER),
    "ticket.attend": (Act.TICKET_ATTEND, OWNER),
    "ticket.park": (Act.TICKET_PARK, STAFF_HERE),
    "ticket.unpark": (Act.TICKET_PARK, STAFF_HERE),
    "ticket.call": (Act.TICKET_CALL, NOBODY),
    "ticket.recall": (Act.TICKET_CALL, NOBODY),
    "ticket.look": (Act.TICKET_READ, SEES),
    "ticket.lasted": (Act.TICKET_CONFIRM, OWN),
    "ticket.life": (Act.TICKET_READ, SEES),
}
"""What a token of ours stands for: the token's own chat and person are checked before."""
TOKEN_ONLY = {
    "faq.show",
    "faq.none",
    "faq.more",
    "help.neighbour",
    "question.draft",
    "question.leave",
    "quiz.answer",
    "relay.confirm",
    "finding.settle",
    "objection.edit",
    "objection.fine",
    "objection.stop",
    "data.erase",
    "data.keep",
    "leave.resume",
    "matter.second",
    "neighbour.known",
    "neighbour.stranger",
}
"""Buttons about the presser's own question or data: a foreign token is refused before."""
UNGUARDED = {"ticket.file", "ticket.life", "ticket.enough"}
"""Offered to the reporter, to who joined or to the owner alone: nothing but the token opens them."""

OPERATOR = set(CLI_COMMANDS)
"""Whoever may log in to the machine may run any command: the data folder's rights decide."""


def lay_out(folder: Path) -> None:
    """Write a street with two estates alike, and everybody."""
    roster = folder / "roster"
    roster.mkdir(parents=True)
    places = ["编号,上级,类型,名称,别名,管理方式", "s,,街道,云麦街道,,"]
    for e, name in (("a", "和园小区"), ("b", "杏园小区")):
        places += [
            f"c{e},s,社区,{name[:2]}社区,,",
            f"{e},c{e},小区,{name},,物管",
            f"{e}-g,{e},网格,{name[:2]}网格,,",
            f"{e}-1,{e}-g,楼栋,1栋,,",
            f"{e}-1-1,{e}-1,单元,1单元,,",
        ]
    people = ["编号,姓名,手机,角色,范围,代班,技能,账号"]
    people += [f"{who},{role},,{role},{scope},,," for who, (role, scope) in (HERE | ABOVE).items()]
    people += [
        f"other-{who},{role},,{role},{scope.replace('a', 'b')},,,"
        for who, (role, scope) in HERE.items()
    ]
    chats = ["渠道,群号,名称,范围,模式", "web,g-a,和园群,a,积极", "web,g-b,杏园群,b,积极"]
    for name, rows in (("places", places), ("people", people), ("chats", chats)):
        (roster / f"{name}.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    for name in ("notices", "faq", "linli.toml"):
        (folder / name).symlink_to(PACK / name)


def report(work: Work) -> int:
    """The ticket of estate a: reported by `reporter`, put before `leader`."""
    request = Request(
        Kind.REPAIR, "power-outage", Lane.P1, "停电", place="a-1-1", words="1栋1单元停电了"
    )
    return filing.report(work, "reporter", ChatRef("web", "@reporter"), request).no


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    lay_out(tmp_path / "pack")
    async with on_stage(tmp_path / "data", pack=tmp_path / "pack") as found:
        assert await found.app.act("report", report) == 1
        await found.app.settle()
        await found.app.act("deputy", lambda work: set_deputy(work, "admin", "leader", "group"))
        await found.app.refresh()
        yield found


def test_every_surface_has_its_row_and_every_row_its_surface() -> None:
    assert {f"{route.method} {route.path}" for route in ROUTES} == set(PAGES)
    assert {f"{door.method} {door.path}" for door in DOORS} == SIGNED_DOORS
    assert {f"{one.method} {one.path}": one.act is Act.PUBLIC for one in ENDPOINTS} == LEDGER
    assert {one.act for one in ENDPOINTS} == {Act.PUBLIC, Act.CHANNEL_CALL}
    assert set(COMMANDS) == set(Word) == set(WORDS)
    assert set(CHOICES) == set(BUTTONS) | TOKEN_ONLY
    assert set(TICKET_CHOICES) == set(BUTTONS)
    assert set(CLI_COMMANDS) == OPERATOR
    assert {role for role, _ in (HERE | ABOVE).values()} == {role.value for role in Role}


def address(path: str, *, missing: bool = False) -> str:
    """An address with the things of estate a filled in, or with such as nobody has."""
    return (
        path.replace("{chat}", "g-none" if missing else "g-a")
        .replace("{no:[0-9]{1,9}}", "9999" if missing else "1")
        .replace("{message:[0-9]{1,18}}", "1")
        .replace("{nth:[0-9]}", "0")
        .replace("notices/{id}", "notices/no-such" if missing else "notices/fire-bedtime")
        .replace("{finding:[0-9]{1,9}}", "9999")
        .replace("{topic:[0-9]{1,9}}", "9999")
        .replace("{invite:[0-9]{1,9}}", "9999")
        .replace("{id}", "no-such-entry" if missing else "elderly-card")
        .replace("{month:[0-9]{4}-[0-9]{2}}", "2026-13" if missing else "2026-11")
        .replace("{key}", "no-such-figure" if missing else "filed")
        .replace("{token}", "nonsense")
        .replace("{code}", "AB123")
        .replace("{person}", "no-such-person" if missing else "leader")
        .replace("{change:[0-9]{1,9}}", "9999" if missing else "1")
        .replace("{file}", "no-such.zip")
    )


PERSONAL = [route for route in ROUTES if route.personal]


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_page_opens_for_whom_the_row_names_and_is_missing_for_all_others(
    stage: Stage, method: str
) -> None:
    wrong: list[tuple[str, str, object]] = []
    async with aiohttp.ClientSession() as session:
        for who, route in itertools.product(sorted(EVERYBODY), PERSONAL):
            if route.method != method:
                continue
            allowed = who in PAGES[f"{method} {route.path}"]
            if allowed and method == "POST":
                continue  # would change what the next one finds; the pages' own tests do it
            visitor = Visitor(stage, session, who)
            ask = visitor.get if method == "GET" else visitor.post
            answer = await ask(address(route.path), allow_redirects=False)
            if (answer.status not in (403, 404)) != allowed:
                wrong.append((who, route.path, answer.status))
            if not allowed and "{" in route.path and "{nth" not in route.path:
                missing = await ask(address(route.path, missing=True), allow_redirects=False)
                if (missing.status, len(missing.text)) != (answer.status, len(answer.text)):
                    wrong.append((who, route.path, "differs from a missing one"))
    assert wrong == []


async def test_nobody_gets_in_without_signing_in(stage: Stage) -> None:
    async with aiohttp.ClientSession() as session:
        for route in PERSONAL:
            where = stage.address + address(route.path)
            async with session.request(route.method, where, allow_redirects=False) as answer:
                assert answer.status in (302, 303, 401, 403, 404), route.path
                assert "停电" not in await answer.text()


async def test_the_rows_of_posts_are_what_the_table_of_access_says(stage: Stage) -> None:
    """The act of each route about a ticket, asked directly, for everybody."""

    def held(work: Work) -> dict[str, frozenset[Relation]]:
        ticket = by_no(work.session, 1)
        assert ticket is not None
        return {who: relations(work, ticket, who) for who in EVERYBODY}

    stands = await stage.app.act("look", held)
    hood = stage.app.town.hood
    for route in ROUTES:
        if "{no" in route.path and "{nth" not in route.path:
            allowed = {who for who in EVERYBODY if may(hood.person(who), route.act, stands[who])}
            assert allowed == PAGES[f"{route.method} {route.path}"], route.path


async def test_a_word_serves_whom_the_row_names_and_nobody_else(stage: Stage) -> None:
    spoken = [(who, text) for text, allowed in WORDS.values() for who in sorted(ANYBODY - allowed)]
    theirs = await replies(stage, [(who, text.format(no=1)) for who, text in spoken])
    missing = await replies(stage, [(who, text.format(no=9999)) for who, text in spoken])

    for who, said in theirs.items():
        known = REFUSALS + EXPLAINED * (who in SEES)
        assert all(one.startswith(known) for one in said), (who, said)
        assert len(said) == sum(speaker == who for speaker, _ in spoken)
    unseen = {who: said for who, said in theirs.items() if who not in SEES}
    assert {who: [one.replace("9999", "0001") for one in missing[who]] for who in unseen} == unseen
    ticket = await stage.app.look(lambda session: by_no(session, 1))
    assert ticket is not None
    assert (ticket.state, ticket.length) == ("new", 1)


async def replies(stage: Stage, spoken: list[tuple[str, str]]) -> dict[str, list[str]]:
    """What the bot answers to everybody who says something in private."""
    before = await stage.app.look(_bubbles)
    for who, text in spoken:
        chat = ChatRef("web", f"@{who}")
        event = Event("web", uuid4().hex, chat, who, stage.app.clock.now(), text=text)
        await stage.app.hear(event)
    await stage.app.settle()
    after = await stage.app.look(_bubbles)
    return {who: after.get(who, [])[len(before.get(who, [])) :] for who, _ in spoken}


def _bubbles(session: Session) -> dict[str, list[str]]:
    """What the bot has said in each private chat."""
    query = select(WebMessageRow).where(WebMessageRow.sender == "bot").order_by(WebMessageRow.id)
    said: dict[str, list[str]] = {}
    for row in session.scalars(query):
        said.setdefault(row.chat_id.removeprefix("@"), []).append(row.text)
    return said


async def test_a_button_acts_for_whom_the_row_names_and_nobody_else(stage: Stage) -> None:
    for action in sorted(set(BUTTONS) - UNGUARDED):
        _, allowed = BUTTONS[action]
        for who, no in [*((who, 1) for who in sorted(EVERYBODY - allowed)), ("reporter", 9999)]:
            arguments = {
                "no": no,
                "rating": 1,
                "reason": "不是我这片的",
                "seq": 1,
                "into": 2,
                "of": 2,
                "place": "a-1-1",
                "outcome": "满意",
            }
            with pytest.raises(NotFound):
                await stage.app.act("press", partial(press, who=who, action=action, args=arguments))


def press(work: Work, who: str, action: str, args: dict[str, Any]) -> None:
    chosen(work, who, action, args)


async def test_the_rows_of_buttons_are_what_the_table_of_access_says(stage: Stage) -> None:
    def who_may(work: Work, act: Act) -> set[str]:
        ticket = by_no(work.session, 1)
        assert ticket is not None
        return {
            who
            for who in EVERYBODY
            if may(work.hood.person(who), act, relations(work, ticket, who))
        }

    for action, (act, allowed) in BUTTONS.items():
        assert await stage.app.act("look", partial(who_may, act=act)) == allowed, action
