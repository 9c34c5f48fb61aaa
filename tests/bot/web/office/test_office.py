"""The office: questions and answers, 试一试, what was not answered, notices, the board."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.semantic.adviser import open_adviser
from handlers.thinking.considering import consider
from handlers.thinking.thought import Scene
from knowledge.store.rows.notices import VerifiedRow
from tests.bot.semantic.stub import choosing, running

GROUP = "g-gh3"
ENTRY = "/admin/faq/elderly-transit"
TICKS = ("checked", "telling")
"""Fields of the editor that are sent only when ticked."""


def _fields(page):
    """Read the editor's form as a browser would send it."""
    form = page.text.split('data-testid="faq-editor"')[1].split("</form>")[0]
    inputs = re.findall(r'<input[^>]*name="(\w+)" [^>]*?value="([^"]*)"([^>]*)>', form)
    fields = {name: value for name, value, rest in inputs if name not in TICKS or "checked" in rest}
    fields |= dict(re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>(.*?)</textarea>', form, re.DOTALL))
    return fields


async def test_every_entry_is_a_row_and_can_be_searched(chen, stage):
    page = await chen.get("/admin")
    assert page.count("faq-row") == len(stage.app.papers.faq.current.entries)
    assert (await chen.get("/admin?q=优待证")).count("faq-row") >= 1
    assert (await chen.get("/admin?q=没有这样的词")).count("faq-row") == 0


@pytest.mark.parametrize("where", ["private", "group"])
@pytest.mark.parametrize(
    "text", ["老人坐公交要钱不", "今天天气好", "三栋二单元楼道灯坏了", "着火了"]
)
async def test_a_try_says_what_the_chat_would(chen, stage, where, text):
    page = await chen.get("/admin/try", params={"text": text, "where": where})
    scene = Scene(
        hood=stage.app.town.hood,
        faq=stage.app.papers.faq.current,
        now=stage.app.clock.now(),
        addressed=where == "private",
    )
    thought = consider(text, scene)
    assert page.count("faq-try-result") == 1
    assert page.says(f'data-action="{thought.action.value}" data-faq="{thought.faq_id or ""}"')


async def test_a_try_asks_the_model_that_the_chat_asks(chen, stage):
    page = await chen.get("/admin/try", params={"text": "老年人免费"})
    assert page.says('data-action="choose"')
    with running() as stub:
        stub.says = choosing("elderly-transit")
        stage.app.adviser = open_adviser(stub.section())
        page = await chen.get("/admin/try", params={"text": "老年人免费"})
        await stage.app.adviser.close()
    assert page.says('data-action="answer" data-faq="elderly-transit"')


async def test_a_saved_answer_is_what_residents_get_next(chen, li):
    fields = _fields(await chen.get(ENTRY)) | {"short": "改在三楼办。", "checked": "1"}
    saved = await chen.post(ENTRY, fields)
    assert saved.says("已保存，马上生效")
    await li.says("@li", "老人多大年纪坐公交、地铁不要钱？")
    assert "改在三楼办。" in (await li.chat("@li"))[-1][1]


async def test_an_answer_that_is_over_is_not_said_to_be_live(chen):
    saved = await chen.post(ENTRY, _fields(await chen.get(ENTRY)) | {"valid_until": "2020-01-01"})
    assert saved.says("有效期已经过了")
    assert not saved.says("马上生效。</p>")


async def test_what_cannot_be_saved_stays_in_the_form_with_the_reason(chen):
    fields = _fields(await chen.get(ENTRY)) | {"short": "写了很久的答案", "valid_until": "明年底"}
    refused = await chen.post(ENTRY, fields)
    assert refused.status == 409
    assert refused.says("有效期")
    assert refused.says("写了很久的答案")


async def test_two_editors_do_not_overwrite_each_other(chen, li):
    old = _fields(await chen.get(ENTRY))
    await chen.post(ENTRY, old | {"short": "第一个人改的。"})
    late = await chen.post(ENTRY, old | {"short": "第二个人改的。"})
    assert late.says("刚被别人改过")
    again = await chen.post(ENTRY, _fields(late))
    assert again.says("刚被别人改过")
    assert again.says("第二个人改的。")
    assert again.says("看看现在写的是什么")
    assert (await chen.get(ENTRY)).says("第一个人改的。")


async def test_a_mistake_mended_meanwhile_overwrites_nobody(chen):
    old = _fields(await chen.get(ENTRY))
    await chen.post(ENTRY, old | {"short": "第一个人改的。"})
    wrong = await chen.post(ENTRY, old | {"short": "第二个人改的。", "valid_until": "明年底"})
    mended = await chen.post(ENTRY, _fields(wrong) | {"valid_until": "长期"})
    assert mended.says("刚被别人改过")
    assert (await chen.get(ENTRY)).says("第一个人改的。")
    assert (await chen.get(ENTRY)).says("第一个人改的。")


async def test_an_unanswered_question_becomes_an_entry(chen, li):
    await li.says("@li", "老屋的证能不能过户给女婿？")
    page = await chen.get("/admin/unanswered")
    assert page.count("unanswered-row") == 1
    assert page.says("老屋的证能不能过户给女婿")
    form = await chen.get("/admin/faq?question=1")
    assert form.says("老屋的证能不能过户给女婿")
    fields = _fields(form) | {"short": "周四上午到社区当面问。", "source": "王主任"}
    saved = await chen.post("/admin/faq", fields)
    assert saved.says("已保存")
    assert (await chen.get("/admin/unanswered")).count("unanswered-row") == 0
    await li.says("@li", "老屋的证能不能过户给女婿？")
    assert "周四上午到社区当面问。" in (await li.chat("@li"))[-1][1]


async def test_the_same_new_question_twice_is_refused(chen):
    fields = {"question": "电动车在哪里充电？", "short": "车棚里。", "valid_until": "长期"}
    assert (await chen.post("/admin/faq", fields)).says("已保存")
    assert (await chen.post("/admin/faq", fields)).says("这个问题已经有了")


async def test_an_expired_answer_is_marked_and_stands_first(chen, stage):
    fields = _fields(await chen.get(ENTRY)) | {"valid_until": "2026-11-30"}
    await chen.post(ENTRY, fields)
    page = await chen.get("/admin")
    assert page.text.split('data-testid="faq-row"')[1].count("7 天后到期") == 1
    stage.app.clock.move_to(stage.app.clock.now() + timedelta(days=30))
    assert (await chen.get("/admin")).says("已过期，不再回答")


@pytest.mark.parametrize("path", ["/admin", "/admin/unanswered", "/admin/faq", ENTRY, "/admin/try"])
async def test_residents_and_leaders_have_no_office(li, zhang, path):
    assert (await li.get(path)).status == 404
    assert (await zhang.get(path)).status == 404


async def test_markup_of_a_resident_stays_text_in_the_office(li, chen):
    await li.says("@li", "<script>alert(1)</script>这个政策是什么意思呢？")
    for path in ("/admin/unanswered", "/admin/try?text=<script>alert(1)</script>"):
        assert "<script>alert" not in (await chen.get(path)).text


async def test_notices_show_their_next_times_and_their_text(chen, stage):
    page = await chen.get("/notices")
    assert page.count("notice-row") == len(stage.app.papers.notices)
    assert re.search(r"下次 <b>11月\d+日 周. \d\d:\d\d</b>", page.text)
    assert page.says("个群")


async def test_the_code_of_a_sent_notice_is_genuine_and_any_other_is_not(
    stage, browser_session, li
):
    await stage.app.advance(timedelta(days=4))
    texts = [text for _, text in await li.chat("g-gh")]
    code = next(match[1] for text in texts if (match := re.search(r"验真码 (\w+)", text)))
    async with browser_session.get(f"{stage.address}/verify/{code.lower()}") as response:
        assert "这个验真码是真的" in await response.text()
    async with browser_session.get(f"{stage.address}/verify/XXXXX") as response:
        page = await response.text()
        assert "没有查到这个验真码" in page
        assert "96110" in page
    counted = await stage.app.look(lambda session: session.scalars(select(VerifiedRow)).all())
    assert [(one.code, one.times) for one in counted] == [(code, 1)]


async def test_the_board_counts_what_happened_today(li, zhang, stage):
    await li.says(GROUP, "三栋二单元楼道灯坏了")
    await li.says(GROUP, "1")
    board = await type(li)(stage, li.session, "wang").get("/board")
    figures = dict(re.findall(r'data-name="(\S+)">.*?<b>(\d+)</b>', board.text, flags=re.DOTALL))
    assert (figures["今天新增"], figures["在办"], figures["今天办结"]) == ("1", "1", "0")
    assert (await li.get("/board")).status == 404
    assert (await zhang.get("/board")).status == 404


async def test_the_list_says_how_often_an_entry_was_the_answer(chen, li):
    assert not (await chen.get("/admin")).says("答过")
    for _ in range(2):
        await li.says("@li", "老人坐公交要钱不")
    assert (await chen.get("/admin")).says("答过 2 次")
