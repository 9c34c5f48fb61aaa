"""The administrators' office: what was set aside, who did what, channels, settings, backups."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from html import unescape

import openpyxl
import pytest
from sqlalchemy import select

from bot.archive.backup import verify
from bot.stocking import note_settings
from bot.web.keys import BACKUPS
from handlers.actions.auditing import note
from handlers.messages import ChatRef, Event
from knowledge.store.rows.audit import AuditRow
from knowledge.store.rows.messages import InboxRow, OutboxRow
from tests.bot.web.stage import MORNING as NOW
from tests.bot.web.visitor import Visitor

SECRET = "只跟他一个人说的话"


@pytest.fixture
def shen(stage, browser_session):
    """审计."""
    return Visitor(stage, browser_session, "shen")


def event_row(event_id, chat, text, sender="li"):
    event = Event("web", event_id, ChatRef("web", chat), sender, at=NOW, text=text)
    return InboxRow(
        channel="web",
        event_id=event_id,
        chat_id=chat,
        payload=event.as_payload(),
        state="quarantined",
        fault="KeyError",
        attempts=3,
        received_at=NOW,
    )


def outbox_row(key, chat, state, text=SECRET, **more):
    return OutboxRow(
        key=key,
        channel="web",
        chat_id=chat,
        kind="direct",
        text=text,
        buttons=[],
        images=[],
        state=state,
        not_before=NOW,
        created_at=NOW,
        attempts=1,
        **more,
    )


async def put(stage, *rows):
    def add(session):
        session.add_all(rows)
        session.flush()
        return [row.id for row in rows]

    return await stage.app.database.write(add)


async def settled(chen, box, row_id, do, **more):
    return await chen.post("/admin/quarantine", {"box": box, "row": str(row_id), "do": do, **more})


async def test_where_no_other_platform_is_on_there_is_none_to_ask(chen):
    assert (await chen.get("/admin/channels/asked")).says("没有开别的平台，没有要问的")


async def test_what_was_set_aside_is_tried_again_or_let_go_with_a_reason(chen, li, stage):
    broken = event_row("e3", "@li", SECRET)
    broken.payload = {"chat": "@li", "text": SECRET}  # cannot be read: fails again
    private, shared, broken_id = await put(
        stage,
        event_row("e1", "@li", "老人坐公交要钱不"),
        event_row("e2", "g-gh", "小助手，老人坐公交要钱不"),
        broken,
    )
    gone, doubtful, notice = await put(
        stage,
        outbox_row("o1", "@li", "failed", detail="403 blocked"),
        outbox_row("o2", "@li", "unknown"),
        outbox_row("o3", "g-gh", "needs_human", "提醒大家关好门窗", notice_id="fire-bedtime"),
    )
    page = await chen.get("/admin/quarantine")
    assert page.count("aside") == 6
    assert not page.says(SECRET)
    assert page.says("小助手，老人坐公交要钱不"), "said in a group of hers"
    assert page.says("提醒大家关好门窗"), "a notice is everybody's"

    for row_id in (private, shared, broken_id):
        assert (await settled(chen, "in", row_id, "again")).says("记下了")
    await stage.app.worker.drain()
    await stage.app.settle()
    assert any("公交" in text for who, text in await li.chat("@li") if who == "bot")
    again = await stage.app.look(lambda session: session.get(InboxRow, broken_id))
    assert (again.state, again.attempts) == ("quarantined", 4), "set aside once more, nothing lost"

    assert (await settled(chen, "in", broken_id, "drop")).says("请写一句为什么不再处理")
    await settled(chen, "in", broken_id, "drop", reason="电话 13800001111 已经问过")
    dropped = await stage.app.look(lambda session: session.get(InboxRow, broken_id))
    assert (dropped.state, dropped.payload) == ("done", {})
    await settled(chen, "out", doubtful, "again")
    await settled(chen, "out", gone, "drop", reason="当面说了")
    await settled(chen, "out", notice, "drop", reason="已经点了")
    await stage.app.settle()
    assert ("bot", f"（补发）{SECRET}") in await li.chat("@li")
    assert (await chen.get("/admin/quarantine")).count("aside") == 0
    assert (await settled(chen, "out", gone, "again")).says("已经有人处理过了")
    noted = await stage.app.look(lambda session: session.scalars(select(AuditRow)).all())
    reason = next(row.detail for row in noted if row.subject == f"in-{broken_id}" and row.detail)
    assert reason.startswith("电话 138")
    assert "13800001111" not in reason


async def test_the_log_is_filtered_paged_without_a_gap_and_taken_as_a_workbook(
    chen, li, shen, stage
):
    await li.says("g-gh3", "三栋二单元楼道灯坏了")
    await li.says("g-gh3", "1")

    def many(work):
        for number in range(120):  # all at one moment: pages must not lose or double any
            note(work, "chen", "export.faq", f"n{number:03}", "=1+1")

    await stage.app.act("many", many)
    await chen.post("/admin/faq/elderly-transit/history", {"do": "suspend"})
    address, seen = "/admin/audit?kind=export", []
    while address:
        page = await shen.get(address)
        seen += re.findall(r"导出问答 · (n\d+)", page.text)
        older = re.search(r'href="[^"]*(/admin/audit\?[^"]*)" data-testid="audit-older"', page.text)
        address = unescape(older[1]) if older else ""
    assert seen == [f"n{number:03}" for number in reversed(range(120))]

    everything = await shen.get("/admin/audit?subject=0001")
    assert everything.says("登记好了")
    assert everything.says("<b>居民</b>")
    assert not everything.says("李娭毑")
    assert (await shen.get("/admin/audit?who=小陈&kind=faq")).says("停用")
    assert (await shen.get("/admin/audit?who=小陈&day=2026-11-22")).count("audit-row") == 0
    assert (await shen.get("/admin/audit?who=无此人")).says("花名册里没有“无此人”")
    for nonsense in ('["x",0,[1]]', '["2026-11-23T09:05:00+08:00",0,[1e400]]', "{}", "[" * 2000):
        odd = await shen.get("/admin/audit", params={"after": nonsense, "day": "明天"})
        assert odd.status == 200

    async with shen.session.get(shen.home + "/admin/audit.xlsx?kind=export") as response:
        sheet = openpyxl.load_workbook(io.BytesIO(await response.read())).active
    rows = list(sheet.iter_rows(min_row=2))
    assert len(rows) == 120
    assert {(row[6].value, row[6].data_type) for row in rows} == {("'=1+1", "s")}
    taken = await stage.app.look(
        lambda session: session.scalars(
            select(AuditRow.who).where(AuditRow.deed == "export.audit")
        ).one()
    )
    assert taken == "shen"
    assert (await shen.post("/admin/quarantine")).status == 404


async def test_channels_and_settings_tell_how_they_stand(chen, li, stage):
    await li.says("g-gh", "小助手，老人坐公交要钱不")
    await li.says("g-gh", "小助手，月球上能不能种辣椒")
    later = outbox_row("o9", "g-gh", "pending", detail="connection refused")
    later.not_before += timedelta(days=1)
    await put(stage, later)
    page = await chen.get("/admin/channels")
    assert page.says("✗ 送不出去，正在重试")
    assert page.says("connection refused")
    assert page.says("BotFather 给的令牌 · 必须写")
    silence = await chen.get("/admin/silence?chat=web:g-gh&last=50")
    assert silence.count("heard") == 2
    assert silence.says("✓ 回了")
    assert not silence.says("月球")
    assert (await chen.get("/admin/silence?chat=web:g-gh3")).count("heard") == 0

    app = stage.app
    await note_settings(app)
    toml = app.folder / "linli.toml"
    text = toml.read_text("utf-8").replace("push_budget = 20", "push_budget = 0  # 太小")
    toml.write_text(f'{text}\n[channels.hook.alarm]\nsecret = "hush-hush"\n', "utf-8")
    shown = await chen.get("/admin/settings")
    assert shown.says("太小了，至少 1")
    assert not shown.says("hush-hush")
    toml.write_text(text.replace("push_budget = 0", "push_budget = 30"), "utf-8")
    shown = await chen.get("/admin/settings")
    assert shown.says("<code>20</code>"), "what is in force"
    assert shown.says("文件里现在写的是 30，重新启动后生效")
    app.settings = app.settings.model_copy(
        update={"hours": app.settings.hours.model_copy(update={"push_budget": 30})}
    )
    await note_settings(app)
    changed = await chen.get("/admin/audit?kind=setting")
    assert changed.says("[hours] push_budget")


async def test_a_backup_is_made_checked_and_taken_along_by_buttons(chen, stage, tmp_path):
    assert (await chen.post("/admin/backups")).says("backup-job")
    backups = stage.runner.app[BACKUPS]
    await backups.finished()
    (kept,) = backups.kept()
    shown = await chen.get("/admin/backups")
    assert shown.says("读回来核对过：0 件诉求")
    assert shown.says("PostgreSQL" if stage.app.database.url.startswith("postgres") else "SQLite")
    await chen.post("/admin/backups", {"name": kept.name})
    await backups.finished()
    assert (await chen.get("/admin/backups")).says("完好：0 件诉求")
    async with chen.session.get(f"{chen.home}/admin/backups/{kept.name}") as response:
        copy = tmp_path / "copy.zip"
        copy.write_bytes(await response.read())
    assert verify(copy, tmp_path / "scratch").rows == kept.manifest.rows
    backups.path(kept.name).write_bytes(copy.read_bytes()[:-900])
    await chen.post("/admin/backups", {"name": kept.name})
    await backups.finished()
    assert (await chen.get("/admin/backups")).says("✗ 没有成功")
    assert (await chen.get("/admin/backups/..%2Flinli.toml")).status == 404
    assert (await chen.get("/admin/audit?kind=backup")).says("下载了备份")
