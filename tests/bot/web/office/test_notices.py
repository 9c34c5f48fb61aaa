"""The notices' pages: month, next ten, a bubble per group, warnings, test, send now, edit."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.actions.notices.paces import set_group_pace
from handlers.messages import Window

ONE = "/notices/fire-bedtime"
EDIT = "/notices/fire-bedtime/edit"


def _fields(page):
    """Read the editor's form as a browser would send it."""
    form = page.text.split('data-testid="notice-editor"')[1]
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    return fields | dict(
        re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>(.*?)</textarea>', form, re.DOTALL)
    )


async def test_the_month_and_the_next_ten_are_the_plan_in_words(chen, stage):
    page = await chen.get("/notices")
    assert page.count("notice-month") == 1
    assert page.count("notice-coming") == 10
    assert page.says("依据问答《"), "by its question, not by its number"
    assert re.search(r"<b>11月\d+日 周. \d\d:\d\d</b>", page.text)
    assert (await chen.get("/notices?month=2027-02")).says("2027年2月")
    assert (await chen.get("/notices?month=9999-99")).says("2026年11月")
    await stage.app.advance(timedelta(days=4))
    assert (await chen.get("/notices")).says("· 已发")


async def test_a_group_that_wants_fewer_is_left_out_of_the_plan_that_is_shown(chen, stage):
    assert not (await chen.get("/notices")).says("7 个群")

    await stage.app.act(
        "less", lambda work: set_group_pace(work, work.hood.chat("web", "g-gh"), "deng", "less")
    )

    assert (await chen.get("/notices")).says("7 个群")


async def test_every_group_has_its_bubble_with_text_time_and_code(chen, stage):
    page = await chen.get(ONE)
    groups = [chat for chat in stage.app.town.hood.chats.values() if chat.channel == "web"]
    assert page.count("notice-preview") == len(groups)
    assert all(page.says(group.name) for group in groups)
    assert page.says("睡前三关：关火、关电、关燃气。")
    assert re.search(r"验真码 \w{5}；我从不要验证码", page.text)
    assert (await chen.get("/notices/no-such")).status == 404


async def test_a_test_reaches_nobody_but_me(chen, li, stage):
    before = len(await li.chat("g-gh"))
    sent = await chen.post(f"{ONE}/test", {})
    assert sent.says("试发给您了")
    await stage.app.settle()
    texts = [text for _, text in await chen.chat("@chen")]
    assert "居民没有收到" in texts[-2]
    assert "睡前三关" in texts[-1]
    assert len(await li.chat("g-gh")) == before


async def test_sending_now_asks_first_reaches_the_groups_once_and_is_genuine(
    chen, li, stage, browser_session
):
    asked = await chen.get(f"{ONE}/send")
    assert asked.says("确定，现在发")
    assert asked.says("个群")
    before = len(await li.chat("g-gh"))
    assert (await chen.post(f"{ONE}/send", {})).says("处会收到")
    assert (await chen.post(f"{ONE}/send", {})).says("没有再发一遍")
    await stage.app.settle()
    talk = await li.chat("g-gh")
    assert len(talk) == before + 1
    code = re.search(r"验真码 (\w{5})", talk[-1][1])[1]
    async with browser_session.get(f"{stage.address}/verify/{code}") as response:
        page = await response.text()
    assert "这个验真码是真的" in page
    assert "睡前三关：关火、关电、关燃气。" in page


async def test_before_sending_it_says_how_long_the_platforms_make_it_last(chen, stage):
    assert not (await chen.get(f"{ONE}/send")).count("notice-forecast")
    web = stage.app.channels["web"]
    web.capabilities = replace(web.capabilities, windows=(Window(2, 60, per_chat=False),))
    asked = await chen.get(f"{ONE}/send")
    assert re.search(r"网页 \d+ 处，平台限速，发完约要 \d+ 分钟", asked.text)


async def test_in_quiet_hours_it_waits_for_their_end(chen, li, stage):
    await stage.app.advance(timedelta(hours=4))
    before = len(await li.chat("g-gh"))
    assert (await chen.get(f"{ONE}/send")).says("现在是免打扰时段，14:30 会发到")
    await chen.post(f"{ONE}/send", {})
    await stage.app.settle()
    assert len(await li.chat("g-gh")) == before
    waits = await chen.get(ONE)
    assert waits.says("14:30 会发到")
    assert not waits.count("notice-building"), "nobody can have answered yet"
    await stage.app.advance(timedelta(minutes=90))
    assert len(await li.chat("g-gh")) == before + 1


async def test_a_code_is_found_in_whatever_is_pasted_beside_it_and_a_correction_is_shown(
    chen, li, stage, browser_session
):
    await chen.post(f"{ONE}/send", {})
    await stage.app.settle()
    posted = (await li.chat("g-gh"))[-1][1]
    code = re.search(r"验真码 (\w{5})", posted)[1]
    for said in (f"验真码 {code}", f"{posted}"):
        url = f"{stage.address}/verify"
        async with browser_session.get(url, params={"code": said}) as response:
            assert "这个验真码是真的" in await response.text()

    await chen.post(f"{ONE}/rounds/{code}/correct", {"text": "是四关：还要关门。"})

    async with browser_session.get(f"{stage.address}/verify/{code}") as response:
        page = await response.text()
    assert "后来更正过，以更正为准" in page
    assert "是四关：还要关门。" in page
    await li.says("@li", code)
    texts = [text for _, text in await li.chat("@li")]
    assert "后来更正过，以更正为准" in texts[-3]
    assert "是四关：还要关门。" in texts[-1]


async def test_the_answers_are_counted_by_building_and_only_for_whom_they_concern(
    chen, li, zhang, qiao, stage
):
    await chen.post(f"{ONE}/send", {})
    await stage.app.settle()
    await li.says("g-gh", "收到")
    page = await chen.get(ONE)
    assert re.search(r"桂花园小区3栋</th><td>1 户</td><td>2 户", page.text)
    assert (await zhang.get(ONE)).count("notice-building") == 2
    assert not (await zhang.get(ONE)).says("现在就发")
    assert "桂花园" not in (await qiao.get(ONE)).text.split("群里会看到")[0]
    assert (await li.get(ONE)).status == 404


async def test_an_edit_writes_the_file_and_leaves_every_other_line_alone(chen, stage):
    path = stage.app.folder / "notices" / "fire.md"
    before = path.read_text("utf-8")
    old = _fields(await chen.get(EDIT))
    saved = await chen.post(
        EDIT, old | {"triggers": "每周二 19:00\n每年 11-09 9:00", "title": "睡前看一眼"}
    )
    assert saved.says("已保存，马上生效")
    after = path.read_text("utf-8")
    changed = set(after.split("\n")) ^ set(before.split("\n"))
    assert changed == {
        "## 睡前三关",
        "## 睡前看一眼",
        "触发：每周二 19:00",
        "触发：每年 11-09 9:00",
        "核对：2026-11-23",
    }
    assert after.startswith(before.split("\n")[0])
    assert (await chen.get(ONE)).says("每周二 19:00；每年 11-09 09:00")
    late = await chen.post(EDIT, old | {"short": "别人的改动"})
    assert late.status == 409
    assert late.says("刚被别人改过")
    assert (await chen.post(EDIT, _fields(late))).says("刚被别人改过")

    told = await chen.get(f"{ONE}/history")
    assert told.count("notice-change") == 1
    assert told.says("小陈")
    assert "<del>" in told.text
    assert "睡前看一眼" in told.text
    number = re.findall(r'name="change" value="(\d+)"', told.text)[0]
    assert (await chen.post(f"{ONE}/history", {"change": "99"})).status == 404
    back = await chen.post(f"{ONE}/history", {"change": number})
    assert back.says("已保存，马上生效")
    assert path.read_text("utf-8") == before
    assert (await chen.get(f"{ONE}/history")).count("notice-change") == 2


async def test_a_new_notice_is_written_on_the_page_once_and_goes_out_at_its_hour(chen, li, stage):
    assert (await chen.get("/notices")).count("notice-new") == 1
    fields = _fields(await chen.get("/notices/new"))
    assert fields["triggers"] == "2026-11-23 10:05", "an hour to read it once more"
    water = {"title": "明天停水\n编号：x", "short": "明天 9:00–12:00 停水，请先接好水。"}

    nobody = await chen.post("/notices/new", fields | water)
    assert nobody.status == 409
    assert nobody.says("没有写发给谁")
    assert nobody.says("明天 9:00–12:00 停水"), "what was written stays in the form"

    fields = _fields(nobody) | water | {"audience": "桂花园小区"}
    added = await chen.post("/notices/new", fields)
    assert added.says("存下了，到点就发")
    assert added.says("桂花园居民群")
    assert (await chen.post("/notices/new", fields)).says("存下了"), "two taps"
    assert (await chen.get("/notices")).text.count("明天停水 编号：x</a></h2>") == 1
    await stage.app.advance(timedelta(hours=2))
    heard = [text for _, text in await li.chat("g-gh") if "请先接好水" in text]
    assert len(heard) == 1


async def test_a_new_notice_is_taken_back_before_it_goes_out(chen, li, stage):
    fields = _fields(await chen.get("/notices/new"))
    fields |= {"title": "停水", "short": "明天停水。", "audience": "全部", "valid_until": "长期"}
    mark = fields["version"]
    assert (await chen.post("/notices/new", fields)).says("存下了")
    told = await chen.get(f"/notices/n-{mark}/history")
    assert told.says("撤掉这一条，不发了")
    number = re.findall(r'name="change" value="(\d+)"', told.text)[0]

    gone = await chen.post(f"/notices/n-{mark}/history", {"change": number})

    assert gone.count("notice-month") == 1
    assert (await chen.get(f"/notices/n-{mark}")).status == 404
    await stage.app.advance(timedelta(hours=2))
    assert not [text for _, text in await li.chat("g-gh") if "明天停水" in text]
    late = fields | {"version": "0123abcd", "triggers": "2026-11-23 08:30"}
    assert (await chen.post("/notices/new", late)).says("照现在写的不会发")


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"triggers": "每周九 9:00"}, "触发"),
        ({"audience": "11栋"}, "受众“11栋”不是地点"),
        ({"short": "长" * 121}, "最多 120 字"),
        ({"short": "请把短信验证码发给我登记"}, "机器人不替任何人要"),
        ({"valid_until": "明年底"}, "有效期"),
        ({"long": "## 另一条"}, "换个写法"),
    ],
)
async def test_what_could_not_be_sent_is_not_written(chen, stage, changed, why):
    path = stage.app.folder / "notices" / "fire.md"
    before = path.read_bytes()
    refused = await chen.post(EDIT, _fields(await chen.get(EDIT)) | changed)
    assert refused.status == 409
    assert refused.says(why)
    assert path.read_bytes() == before


async def test_warnings_name_the_line_and_the_mend(chen, stage):
    path = stage.app.folder / "notices" / "fire.md"
    path.write_text(path.read_text("utf-8").replace("受众：全部", "受众：不存在的地方", 1), "utf-8")
    await stage.app.refresh()
    fields = _fields(await chen.get(EDIT)) | {"triggers": "每天 13:00", "audience": "全部"}
    assert (await chen.get(ONE)).says("不是地点、角色")
    await chen.post(EDIT, fields)
    page = await chen.get(ONE)
    assert page.count("notice-warning") >= 1
    assert page.says("免打扰时段")


async def _waits(chen, stage):
    """Send in quiet hours; return where the buttons of the waiting round lead."""
    await stage.app.advance(timedelta(hours=4))
    await chen.post(f"{ONE}/send", {})
    await stage.app.settle()
    page = await chen.get("/notices")
    assert page.says("发送中")
    assert page.says("，14:30 发")
    return f"{ONE}/rounds/" + re.search(r'data-code="(\w{5})"', page.text)[1]


async def test_who_may_send_halts_a_round_and_lets_it_go_on(chen, li, stage):
    before = len(await li.chat("g-gh"))
    steer = await _waits(chen, stage)
    assert (await chen.post(steer, {"deed": "pause"})).says("暂停了")
    await stage.app.advance(timedelta(minutes=90))
    assert len(await li.chat("g-gh")) == before
    assert (await chen.post(steer, {"deed": "resume"})).says("接着发了")
    await stage.app.settle()
    assert len(await li.chat("g-gh")) == before + 1
    assert (await chen.get(ONE)).says("发完了")
    assert not (await chen.get("/notices")).says("正在发")
    audit = (await chen.get("/admin/audit?kind=notice")).text
    assert all(word in audit for word in ("暂停一轮通知", "接着发一轮通知"))


async def test_a_round_is_ended_once_and_by_nobody_else(chen, zhang, li, stage):
    before = len(await li.chat("g-gh"))
    steer = await _waits(chen, stage)
    seen = await zhang.get("/notices")
    assert (seen.says("正在发"), seen.says("确定取消")) == (True, False)
    assert (await zhang.post(steer, {"deed": "cancel"})).status == 404
    assert (await chen.post(steer, {"deed": "cancel"}, csrf="forged")).status == 403
    elsewhere = steer.replace("fire-bedtime", "anti-fraud")
    assert (await chen.post(elsewhere, {"deed": "cancel"})).status == 404
    assert (await chen.post(steer, {"deed": "burn"})).status == 404

    assert (await chen.post(steer, {"deed": "cancel"})).says("取消了")
    again = await chen.post(steer, {"deed": "pause"})
    assert (again.status, again.says("已经取消了")) == (409, True)
    await stage.app.advance(timedelta(minutes=90))
    assert len(await li.chat("g-gh")) == before
    assert (await chen.get(ONE)).says("已取消")
    assert "取消一轮通知" in (await chen.get("/admin/audit?kind=notice")).text


async def test_a_round_that_went_out_is_put_right_on_its_page_for_those_who_got_it(
    chen, zhang, li, stage
):
    await chen.post(f"{ONE}/send", {})
    await stage.app.settle()
    code = re.search(r'data-code="(\w{5})"', (await chen.get(ONE)).text)[1]
    correct = f"{ONE}/rounds/{code}/correct"
    assert (await chen.post(f"{ONE}/rounds/{code}", {"deed": "pause"})).says("已经发完了")
    assert (await chen.get(ONE)).says("发完了")

    asked = await chen.get(correct)
    assert asked.says("睡前三关")
    assert (await zhang.get(correct)).status == 404
    assert (await zhang.post(correct, {"text": "是明天。"})).status == 404
    assert (await chen.post(correct, {"text": "是明天。"}, csrf="forged")).status == 403
    elsewhere = correct.replace("fire-bedtime", "anti-fraud")
    assert (await chen.post(elsewhere, {"text": "是明天。"})).status == 404
    refused = await chen.post(correct, {"text": "请把钱转给我微信。"})
    assert (refused.status, refused.says("请把钱转给我微信。")) == (409, True)
    assert (await chen.post(correct, {"text": " "})).says("哪里错了")

    before = len(await li.chat("g-gh"))
    for _ in range(2):
        assert (await chen.post(correct, {"text": "零点是十二点。"})).says("更正排好了")
        await stage.app.settle()
    assert "【更正】零点是十二点。" in (await li.chat("g-gh"))[-1][1]
    assert len(await li.chat("g-gh")) == before + 1, "the same words are told once"
    assert (await chen.get(ONE)).says("已更正")
    audit = (await chen.get("/admin/audit?kind=notice")).text
    assert "更正一轮通知" in audit
    assert audit.count("发出通知") == 2
    assert "到点自动" not in audit, "both rounds were begun by hand"
    assert "小陈" in audit
    assert "fire-bedtime~" in audit
    assert "/notices/fire-bedtime~" not in audit, "a correction has no page of its own"
