"""Markup in every field that a person can write is text on every page, for every role."""

from __future__ import annotations

from datetime import date

from sqlalchemy import String, update

from handlers.actions.people.invites import make_invite
from knowledge.store.base import Model
from knowledge.store.rows.faq import ObjectionRow
from knowledge.store.rows.questions import QuestionRow
from tests.browser.test_pages import PAGES

GROUP = "g-gh3"
CORPUS = (
    "\"><img src=x onerror=alert(1)><script>alert(2)</script>{{7*7}}'--><svg/onload=alert(3)>"
    "</textarea></title><a href=javascript:alert(4)>点</a><iframe srcdoc='<script>alert(5)</script>'>"
    "<form action=https://evil.example><button>好"
)
WRITTEN = {
    "person": ("name", "title", "door", "duty"),
    "place": ("name",),
    "chat": ("name",),
    "ticket": ("matter",),
    "ticket_text": ("text",),
    "ticket_event": ("reason",),
    "question": ("text", "answer"),
    "objection": ("words",),
    "web_message": ("name", "text"),
    "party_name": ("name",),
    "faq_change": ("text",),
    "faq_proposal": ("words",),
    "relay": ("title", "body"),
    "round": ("title",),
    "option": ("label",),
    "invite": ("why",),
}
"""Columns that hold somebody's words, whatever the way in lets through."""
ENTRY = """## {what}
编号：markup
问法：{what}
适用：{what}
来源：{what}
核对：2026-11-01
有效期：长期
负责：{what}

【短】 {what}
【长】 {what}
"""
NOTICE = """## {what}
编号：markup
主题：{what}
触发：每周三 19:30
受众：全部
有效期：2027-03-31
来源：{what}
核对：2026-11-01

【短】 {short}
【长】 {what}
【广播】 {short}
"""


async def poison(stage):
    """One of everything, and then the corpus wherever somebody's words stand."""
    now = stage.app.clock.now()
    chat = {"channel": "web", "chat_id": "@li"}

    def write(session):
        session.add(
            QuestionRow(who="li", text="问", near=[], assignee_id="wang", asked_at=now, **chat)
        )
        session.add(
            ObjectionRow(
                faq_id="elderly-transit", who="li", words="错", assignee_id="chen", at=now, **chat
            )
        )
        session.flush()
        for name, columns in WRITTEN.items():
            table = Model.metadata.tables[name]
            for column in columns:
                assert isinstance(table.c[column].type, String)
                session.execute(update(table).values({column: CORPUS}))

    await stage.app.act("invite", lambda work: make_invite(work, "chen", "gh"))
    await stage.app.database.write(write)
    (stage.app.folder / "faq" / "markup.md").write_text(ENTRY.format(what=CORPUS), "utf-8")
    notice = NOTICE.format(what=CORPUS, short=CORPUS[:100])
    (stage.app.folder / "notices" / "markup.md").write_text(notice, "utf-8")
    stage.app.town._seen = -1
    await stage.app.refresh()


async def test_markup_is_text_on_every_page_for_every_role(stage, phone_of):
    li, zhang, chen = await phone_of("li"), await phone_of("zhang", "/desk"), await phone_of("chen")
    await li.opens(GROUP)
    await li.says("三栋二单元楼道灯坏了")
    await li.hears("这样登记，对不对？")
    await li.says("1")
    await li.hears("登记好了")
    await poison(stage)
    phones = {"li": li, "zhang": zhang, "chen": chen, "xie": await phone_of("xie", "/board")}
    more = [("chen", "/admin/faq/markup"), ("chen", "/notices/markup"), ("chen", "/admin/waiting")]
    month = date(2026, 11, 1)
    more += [
        ("chen", f"/board/report/{month:%Y-%m}"),
        ("chen", "/admin/faq/elderly-transit/history"),
    ]
    shown = []
    for who, path in (*PAGES, *more):
        phone = phones[who]
        phone.expected = ("404",)
        await phone.go(path)
        text = await phone.page.locator("body").inner_text()
        values = await phone.page.locator("textarea, input").evaluate_all(
            "all => all.map(one => one.value).join(' ')"
        )
        if "onerror=alert(1)" in text + values:
            shown.append(path)
        odd = "script:not([src]), iframe, img[src=x], svg, a[href^=javascript], [onerror], [onload]"
        assert await phone.page.locator(odd).count() == 0, path
        assert await phone.page.locator("form[action*=evil]").count() == 0, path
    assert len(shown) > len(PAGES) / 2, shown
