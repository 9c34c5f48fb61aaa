"""The editors' office: who changed what, the way back, two persons, drafts, corrections."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from knowledge.store.changes import history
from tests.bot.web.office.test_office import ENTRY, _fields
from tests.bot.web.visitor import Visitor

GROUP = "g-gh"
ID = "elderly-transit"
ASK = "@社区小助手 老人坐公交要钱不"


@pytest.fixture
def peng(stage, browser_session):
    """Another 编辑."""
    return Visitor(stage, browser_session, "peng")


@pytest.fixture
def two_person(stage):
    stage.app.rules = replace(stage.app.rules, two_person=True)


async def change(editor, **fields):
    form = _fields(await editor.get(ENTRY))
    return await editor.post(ENTRY, form | {"checked": "1"} | fields)


async def told(stage, faq_id=ID):
    rows = await stage.app.look(lambda session: history(session, faq_id))
    return [(row.who, row.second, row.how) for row in rows]


def written(stage):
    return (stage.app.folder / "faq" / "elderly.md").read_bytes()


async def test_a_change_is_told_with_who_when_before_and_after_and_taken_back_in_one_press(
    stage, chen
):
    before = written(stage)
    await change(chen, short="改在三楼办。")
    page = await chen.get(f"{ENTRY}/history")
    newest = page.text.split('data-testid="faq-change"')[1]
    assert "09:05 · 小陈" in newest
    assert "在网页上改的" in newest
    assert re.search(r"<del>[^<]*满 65 周岁坐公交", newest)
    assert re.search(r"<ins>[^<]*改在三楼办。", newest)

    back = await chen.post(f"{ENTRY}/history", {"do": "rollback", "number": "1"})
    assert back.says("已保存，马上生效")
    assert written(stage) == before
    assert await told(stage) == [
        ("chen", "", "rollback"),
        ("chen", "", "page"),
        ("", "", "found"),
    ]


async def test_what_is_changed_in_a_file_by_hand_is_in_the_history_and_can_be_taken_back(
    stage, chen
):
    path = stage.app.folder / "faq" / "elderly.md"
    text = path.read_text("utf-8")
    path.write_text(text.replace("## ", "# 没有了\n\n## ", 1).replace("地铁", "轻轨"), "utf-8")
    await stage.app.refresh()
    assert (await chen.get(f"{ENTRY}/history")).says("在文件里直接改的")

    await chen.post(f"{ENTRY}/history", {"do": "rollback", "number": "1"})
    assert "# 没有了" in path.read_text("utf-8"), "every other byte stays"
    assert "地铁" in stage.app.papers.faq.current.texts[ID]


@pytest.mark.parametrize("number", ["9" * 5000, "0", "99", "x", ""])
async def test_no_way_leads_back_to_what_never_was(stage, chen, number):
    page = await chen.post(f"{ENTRY}/history", {"do": "rollback", "number": number})
    assert page.status == 409
    assert await told(stage) == [("", "", "found")]


async def test_a_change_waits_for_a_second_editor_who_is_not_the_first(
    stage, chen, peng, li, two_person
):
    before = written(stage)
    saved = await change(chen, short="改在三楼办。")
    assert saved.says("等另一位编辑发布以后生效")
    assert written(stage) == before
    assert (await chen.get("/admin")).says("有修改等另一位编辑发布")

    own = await chen.post("/admin/waiting", {"kind": "proposal", "entry": ID, "do": "publish"})
    assert own.status == 409
    assert own.says("由另一位编辑来发布")
    page = await peng.get("/admin/waiting")
    assert page.says("小陈改的")
    assert re.search(r"<ins>[^<]*改在三楼办。", page.text)

    await peng.post("/admin/waiting", {"kind": "proposal", "entry": ID, "do": "publish"})
    assert await told(stage) == [("chen", "peng", "page"), ("", "", "found")]
    await li.says("@li", "老人坐公交要钱不")
    assert "改在三楼办。" in (await li.chat("@li"))[-1][1]
    assert (await peng.get("/admin/waiting")).count("faq-proposal") == 0


async def test_a_proposal_goes_on_from_the_other_ones_and_is_never_lost_to_a_stale_form(
    stage, chen, peng, two_person
):
    stale = _fields(await peng.get(ENTRY))
    await change(chen, short="改在三楼办。")
    late = await peng.post(ENTRY, stale | {"short": "改在四楼办。"})
    assert late.status == 409
    assert late.says("已经有一份修改等着发布")

    await change(peng, short="改在三楼五号窗口办。")
    done = await chen.post("/admin/waiting", {"kind": "proposal", "entry": ID, "do": "publish"})
    assert done.status == 200
    assert await told(stage) == [("peng", "chen", "page"), ("", "", "found")]


async def test_a_proposal_that_the_file_has_overtaken_is_not_published(
    stage, chen, peng, two_person
):
    await change(chen, short="改在三楼办。")
    path = stage.app.folder / "faq" / "elderly.md"
    path.write_text(path.read_text("utf-8").replace("地铁", "轻轨"), "utf-8")
    await stage.app.refresh()
    late = await peng.post("/admin/waiting", {"kind": "proposal", "entry": ID, "do": "publish"})
    assert late.status == 409
    assert late.says("又被改过")
    dropped = await chen.post("/admin/waiting", {"kind": "proposal", "entry": ID, "do": "drop"})
    assert dropped.count("faq-proposal") == 0


async def test_to_keep_an_answer_back_one_editor_is_enough(stage, chen, li, two_person):
    page = await chen.post(f"{ENTRY}/history", {"do": "suspend"})
    assert page.says("已停用")
    await li.says("@li", "老人坐公交要钱不")
    assert "规定正在核实" in (await li.chat("@li"))[-1][1]
    assert (await chen.get("/admin?only=suspended")).count("faq-row") == 1

    await chen.post(f"{ENTRY}/history", {"do": "resume"})
    assert "状态：停用" in written(stage).decode(), "to answer again needs two"


async def test_a_correction_is_told_once_to_whom_the_old_answer_was_given_when_the_editor_says_so(
    stage, chen, li, zhang
):
    await li.says(GROUP, ASK)
    await li.says("@li", ASK)
    await zhang.says("@zhang", "老人坐公交要钱不")
    assert (await chen.get(ENTRY)).says("得到旧答案的 2 个人")
    await change(chen, short="改在三楼办。")
    await stage.app.settle()
    assert not any("更正" in text for _, text in await li.chat(GROUP))

    await change(chen, short="改在四楼办。", telling="1", words="改到四楼，打13812345678问")
    await stage.app.settle()
    for visitor, chat in ((li, "@li"), (zhang, "@zhang")):
        said = [text for _, text in await visitor.chat(chat) if "更正" in text]
        assert len(said) == 1
        assert "改到四楼" in said[0]
    assert not any("更正" in text for _, text in await li.chat(GROUP)), "told where asked last"

    await change(chen, short="改在五楼办。", telling="1")
    await stage.app.settle()
    assert sum("更正" in text for _, text in await li.chat("@li")) == 1


async def test_who_asked_more_than_seven_days_ago_is_not_told(stage, chen, li):
    await li.says("@li", ASK)
    await stage.app.advance(timedelta(days=7, minutes=1))
    assert not (await chen.get(ENTRY)).says("得到旧答案")


async def test_an_objection_stands_before_the_editor_and_is_settled_by_the_mended_answer(
    stage, chen, li
):
    await li.says(GROUP, ASK)
    await li.says(GROUP, "@社区小助手 你说的不对，现在要年审")
    page = await chen.get("/admin")
    assert page.says("1 个人说不对，等核对")
    assert (await chen.get("/admin?only=objected")).count("faq-row") == 1
    form = await chen.get(ENTRY)
    assert form.says("现在要年审")
    assert re.search(r'name="telling" value="1" checked', form.text)

    await change(chen, short="坐公交不要钱，卡一年审一次。", telling="1")
    await stage.app.settle()
    said = (await li.chat(GROUP))[-1][1]
    assert "更正" in said
    assert "谢谢李娭毑提醒" in said
    assert not (await chen.get("/admin")).says("说不对")


async def test_a_draft_is_opened_published_or_thrown_away(stage, chen, li):
    await li.says("@li", "老屋的证能不能过户给女婿？")
    wang = Visitor(stage, chen.session, "wang")
    await wang.says("@wang", "周四上午到社区当面问。")
    await wang.says("@wang", "1")
    await stage.app.refresh()
    page = await chen.get("/admin/waiting")
    assert page.count("faq-draft") == 1
    assert page.says("王主任存的")
    assert not page.says('老屋的证能不能过户给女婿？</h2><span class="tag ok')

    fields = dict(re.findall(r'name="(entry|version)" value="([^"]*)"', page.text))
    await chen.post("/admin/waiting", fields | {"kind": "draft", "do": "publish"})
    await li.says("@li", "老屋的证能不能过户给女婿？")
    assert "周四上午到社区当面问。" in (await li.chat("@li"))[-1][1]
    late = await chen.post("/admin/waiting", fields | {"kind": "draft", "do": "drop"})
    assert late.status == 409


async def test_the_preview_is_the_very_message_of_the_chat_with_and_without_a_script(chen, li):
    fields = _fields(await chen.get(ENTRY)) | {"short": "改在三楼办。", "long": "要带身份证。"}
    piece = await chen.post("/admin/preview", fields, headers={"HX-Request": "true"})
    assert piece.says("改在三楼办。\n（")
    assert piece.says("要带身份证。")
    whole = await chen.post("/admin/preview", fields)
    assert whole.count("faq-editor") == 1
    assert "街坊，改在三楼办。" in whole.text.split('id="phone"')[1]

    await li.says("@li", "老人坐公交要钱不")
    told = (await li.chat("@li"))[-1][1].removeprefix("李娭毑，")
    assert f"街坊，{told}" in (await chen.get(ENTRY)).text


async def test_the_list_says_how_sure_the_answers_were_and_filters_by_use(chen, li):
    await li.says("@li", "老人坐公交要钱不")
    page = await chen.get("/admin")
    assert re.search(r"答过 1 次，平均把握 (0\.[6-9]\d|1\.00)", page.text)
    everything = page.count("faq-row")
    assert (await chen.get("/admin?only=unused")).count("faq-row") == everything - 1


async def test_a_try_in_the_editor_goes_by_what_is_written_and_not_saved_yet(chen, stage):
    fields = _fields(await chen.get(ENTRY)) | {"variants": "月亮票找谁要", "short": "在三楼要。"}
    asked = {"text": "月亮票找谁要", "where": "private"}
    tried = await chen.post("/admin/try", fields | asked, headers={"HX-Request": "true"})
    assert tried.says(f'data-action="answer" data-faq="{ID}"')
    assert tried.says("在三楼要。")
    assert not (await chen.get("/admin/try", params=asked)).says('data-action="answer"')
    unfit = await chen.post("/admin/try", fields | asked | {"valid_until": "明年底"})
    assert unfit.says("这里按已经保存的内容试")


async def test_a_notice_stops_with_the_answer_that_it_rests_on(chen, stage):
    page = await chen.get("/admin/faq/ebike-parking")
    assert page.says("通知《电动车不进楼》依据这一条")
    await chen.post("/admin/faq/ebike-parking/history", {"do": "suspend"})
    notices = await chen.get("/notices")
    stopped = notices.text.split('data-id="fire-ebike-upstairs"')[1].split("</article>")[0]
    assert "停用了，正在核实，不会发" in stopped
    await chen.post("/admin/faq/ebike-parking/history", {"do": "resume"})
    assert not (await chen.get("/notices")).says("停用了")


async def test_what_was_removed_waits_for_a_second_editor_to_come_back(
    stage, chen, peng, two_person
):
    path = stage.app.folder / "faq" / "elderly.md"
    text = path.read_text("utf-8")
    before = stage.app.papers.faq.current.texts[ID]
    path.write_text(text.replace(before, ""), "utf-8")
    await stage.app.refresh()
    assert ID not in stage.app.papers.faq.current.texts

    page = await chen.post(f"{ENTRY}/history", {"do": "rollback", "number": "1"})
    assert page.says("等另一位编辑发布")
    await peng.post("/admin/waiting", {"kind": "proposal", "entry": ID, "do": "publish"})
    assert stage.app.papers.faq.current.texts[ID].strip() == before.strip()
