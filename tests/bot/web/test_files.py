"""Files in the office: upload, preview, confirmation; out again; nothing for those who may not."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import openpyxl
import pytest

from knowledge.community.roster.people import Role
from knowledge.community.roster.rosterbook import read_book as read_roster
from knowledge.store.roster import load_roster
from tests.bot.web.visitor import Visitor
from tests.office import docx, workbook

ENTRY = "elderly-transit"


@pytest.fixture
def admin(stage, browser_session):
    return Visitor(stage, browser_session, "chen")


async def exported(visitor, path="/admin/export.xlsx"):
    async with visitor.session.get(visitor.home + path) as response:
        assert response.status == 200
        assert "attachment" in response.headers["Content-Disposition"]
        return openpyxl.load_workbook(io.BytesIO(await response.read()))


def saved(book):
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


async def upload(visitor, raw, name="问答.xlsx", path="/admin/import"):
    return await visitor.post(path, {"file": raw}, filename=name)


def carried(page):
    """What the preview's form takes along."""
    form = page.text.split('data-testid="preview"')[1]
    return dict(re.findall(r'name="(name|packed|mark)" value="([^"]*)"', form))


def kinds(page):
    return dict(re.findall(r'data-kind="(\w+)">\D*(\d+)', page.text))


def row(sheet, entry_id):
    return next(cells for cells in sheet.iter_rows() if cells[0].value == entry_id)


async def test_a_table_is_previewed_then_confirmed_and_residents_get_the_new_answer(
    admin, li, stage
):
    book = await exported(admin)
    sheet = book["问答"]
    row(sheet, ENTRY)[4].value = "改在三楼办。"
    sheet.append([None, "社区", "电动车在哪里充电？", "电瓶车充电", "车棚里。", None, "社区"])
    sheet.append([None, None, "坏的一行？", None, "看 http://example.net/x"])
    last = next(cells for cells in sheet.iter_rows(2) if cells[0].value not in (None, ENTRY))
    sheet.delete_rows(last[0].row)

    page = await upload(admin, saved(book))

    assert kinds(page) == {"删除": "1", "修改": "1", "新增": "1", "有错": "1"}
    assert page.says("<ins>改在三楼办。</ins>")
    assert page.says("<ins>车棚里。</ins>")
    assert page.says("链接“example.net”不在允许的网站里")
    before = len(stage.app.papers.faq.current.entries)
    assert "改在三楼办。" not in stage.app.papers.faq.current.entries[ENTRY].short

    done = await admin.post("/admin/import/confirm", carried(page))

    assert done.count("imported") == 1
    assert len(stage.app.papers.faq.current.entries) == before
    await li.says("@li", "老人多大年纪坐公交、地铁不要钱？")
    assert "改在三楼办。" in (await li.chat("@li"))[-1][1]


async def test_what_a_table_took_out_stands_among_the_removed_and_comes_back(admin, stage):
    book = await exported(admin)
    book["问答"].delete_rows(row(book["问答"], ENTRY)[0].row)
    page = await upload(admin, saved(book))
    await admin.post("/admin/import/confirm", carried(page))
    assert ENTRY not in stage.app.papers.faq.current.entries

    removed = await admin.get("/admin?only=gone")
    assert removed.says("删掉的 1")
    (link,) = re.findall(r'faq-gone" href="[^"]*(/admin/faq/[^"]+)"', removed.text)
    told = await admin.get(link)
    assert told.says("/admin?only=gone")
    (number,) = re.findall(r'name="number" value="(\d+)"', told.text)
    await admin.post(link, {"do": "rollback", "number": number})

    assert ENTRY in stage.app.papers.faq.current.entries
    assert not (await admin.get("/admin?only=gone")).says("删掉的")


async def test_a_row_that_is_left_out_is_not_shown_as_if_its_answer_went(admin):
    book = await exported(admin)
    row(book["问答"], ENTRY)[4].value = "=A1"
    page = await upload(admin, saved(book))
    assert kinds(page) == {"有错": "1"}
    assert "<del>" not in page.text


async def test_what_somebody_else_changed_meanwhile_is_asked_and_never_overwritten(admin, stage):
    book = await exported(admin)
    row(book["问答"], ENTRY)[4].value = "表里改的。"
    path = stage.app.folder / "faq" / "elderly.md"
    text = path.read_text("utf-8")
    short = stage.app.papers.faq.current.entries[ENTRY].short
    path.write_text(text.replace(short, "文件里改的。"), "utf-8")
    page = await upload(admin, saved(book))
    assert kinds(page) == {"两边都改过": "1"}

    unticked = await admin.post("/admin/import/confirm", carried(page))
    assert unticked.says("没有勾选，什么也没有改")
    assert stage.app.papers.faq.current.entries[ENTRY].short == "文件里改的。"

    await admin.post("/admin/import/confirm", carried(page) | {"take": ENTRY})
    assert stage.app.papers.faq.current.entries[ENTRY].short == "表里改的。"


async def test_a_confirmation_of_an_old_preview_is_shown_anew(admin, stage):
    book = await exported(admin)
    row(book["问答"], ENTRY)[4].value = "表里改的。"
    page = await upload(admin, saved(book))
    path = stage.app.folder / "faq" / "elderly.md"
    short = stage.app.papers.faq.current.entries[ENTRY].short
    path.write_text(path.read_text("utf-8").replace(short, "文件里改的。"), "utf-8")

    again = await admin.post("/admin/import/confirm", carried(page))

    assert again.status == 409
    assert again.says("又有了变化")
    assert "文件里改的。" in path.read_text("utf-8")


async def test_a_word_document_becomes_drafts_that_answer_nobody(admin, stage):
    raw = docx(("h2", "电动车在哪里充电？"), ("p", "车棚里，充好请拔下。"))
    page = await upload(admin, raw, "指南.docx")
    assert page.says("存成 1 条草稿")
    assert not stage.app.papers.faq.current.drafts

    done = await admin.post("/admin/import/confirm", carried(page))

    assert done.says("存成了 1 条草稿")
    (draft,) = stage.app.papers.faq.current.drafts.values()
    assert (draft.question, draft.source) == ("电动车在哪里充电？", "指南.docx")
    assert draft.id not in stage.app.papers.faq.current.entries


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("问答.xls", b"\xd0\xcf\x11\xe0", "另存为"),
        ("指南.doc", b"\xd0\xcf\x11\xe0", "另存为"),
        ("问答.xlsx", b"\xd0\xcf\x11\xe0", "密码"),
        ("问答.xlsx", b"PK\x03\x04 nothing", "打不开"),
        ("问答.xlsx", b"0" * 2_000_001, "超过 2 MB"),
        ("照片.jpg", b"jpg", "只收 .xlsx 和 .docx"),
        ("<script>alert(1)</script>.xlsx", b"x", "打不开"),
    ],
)
async def test_a_file_that_is_no_workbook_is_told_with_what_to_do(admin, name, raw, said):
    page = await upload(admin, raw, name)

    assert page.count("problem") == 1
    assert page.says(said)
    assert page.says("怎么改")
    assert page.count("confirm") == 0
    assert "<script>alert" not in page.text


async def test_a_form_without_a_file_or_without_its_secret_does_nothing(admin):
    for path in ("/admin/import", "/admin/roster"):
        assert (await admin.post(path, {"file": ""})).says("没有选文件")
        assert (await admin.post(f"{path}/confirm", {"name": "a.xlsx"})).says("重新选一次")
        assert (await admin.post(path, {"file": b"x"}, csrf="wrong")).status == 403
        assert (await admin.post(f"{path}/confirm", {"packed": "eA=="}, csrf="wrong")).status == 403


async def test_a_roster_is_previewed_with_its_coverage_and_imported_as_a_whole(admin, stage):
    book = await exported(admin, "/admin/roster/export.xlsx")
    people = book["people"]
    head = [cell.value for cell in people[1]]
    leader = next(
        cells for cells in people.iter_rows(2) if cells[head.index("范围")].value == "gh-7"
    )
    leader[head.index("角色")].value = "志愿者"
    book["chats"].append(["web", "007", "新的群", "gh-7"])

    page = await upload(admin, saved(book), "名单.xlsx", "/admin/roster")

    assert page.says("现在 42/42，导入以后")
    assert page.says("40/42")
    assert kinds(page) == {"人修改": "1", "群新增": "1"}
    done = await admin.post("/admin/roster/confirm", carried(page))
    assert done.count("imported") == 1
    assert done.says('data-testid="covered">40<')
    roster = await stage.app.look(load_roster)
    assert "007" in {chat.id for chat in roster.chats}


async def test_a_roster_with_one_wrong_cell_is_not_imported_at_all(admin, stage):
    book = await exported(admin, "/admin/roster/export.xlsx")
    book["people"]["D3"].value = "楼长"
    before = await stage.app.look(load_roster)

    page = await upload(admin, saved(book), "名单.xlsx", "/admin/roster")

    assert page.says("名单.xlsx《people》D3 格（角色）")
    assert page.says("一行也没有导入")
    assert page.count("confirm") == 0
    forced = {"name": "名单.xlsx", "packed": _packed(saved(book)), "mark": ""}
    await admin.post("/admin/roster/confirm", forced)
    assert await stage.app.look(load_roster) == before


async def test_nobody_imports_a_roster_that_locks_him_out(admin, stage):
    roster, _ = read_roster(workbook_of_pack(), "名单.xlsx")
    assert Role.ADMIN not in {role for person in roster.people for role in person.roles}

    page = await upload(admin, workbook_of_pack(), "名单.xlsx", "/admin/roster")

    assert page.says("您自己就不再是管理员")
    assert page.count("confirm") == 0


async def test_an_import_is_in_the_history_and_can_be_rolled_back(admin, stage):
    book = await exported(admin)
    row(book["问答"], ENTRY)[4].value = "表里改的。"
    before = stage.app.papers.faq.current.entries[ENTRY].short
    await admin.post("/admin/import/confirm", carried(await upload(admin, saved(book))))

    page = await admin.get(f"/admin/faq/{ENTRY}/history")
    assert page.says("小陈")
    assert page.says("表里改的。")
    await admin.post(f"/admin/faq/{ENTRY}/history", {"do": "rollback", "number": "1"})
    assert stage.app.papers.faq.current.entries[ENTRY].short == before


async def test_where_two_persons_are_needed_an_import_waits_for_the_second(
    admin, stage, browser_session
):
    stage.app.rules = replace(stage.app.rules, two_person=True)
    book = await exported(admin)
    row(book["问答"], ENTRY)[4].value = "表里改的。"
    gone = next(cells for cells in book["问答"].iter_rows(2) if cells[0].value != ENTRY)
    lost = gone[0].value
    book["问答"].delete_rows(gone[0].row)
    done = await admin.post("/admin/import/confirm", carried(await upload(admin, saved(book))))

    assert done.says("2 条已提交，等另一位编辑发布")
    assert stage.app.papers.faq.current.entries[ENTRY].short != "表里改的。"
    second = Visitor(stage, browser_session, "peng")
    for entry_id in (ENTRY, lost):
        await second.post(
            "/admin/waiting", {"kind": "proposal", "do": "publish", "entry": entry_id}
        )
    assert stage.app.papers.faq.current.entries[ENTRY].short == "表里改的。"
    assert lost not in stage.app.papers.faq.current.entries


@pytest.mark.parametrize("path", ["/admin/import", "/admin/export.xlsx", "/admin/roster"])
async def test_residents_and_leaders_get_no_files(li, zhang, path):
    assert (await li.get(path)).status == 404
    assert (await zhang.get(path)).status == 404


async def test_the_street_sees_the_coverage_but_gets_no_phones(stage, browser_session):
    street = Visitor(stage, browser_session, "xie")
    assert (await street.get("/admin/roster")).says("三长齐全")
    assert (await street.get("/admin/roster/export.xlsx")).status == 404


def _packed(raw):
    import base64

    return base64.b64encode(raw).decode()


def workbook_of_pack():
    return workbook(
        places=[["编号", "上级", "类型", "名称"], ["e", "", "小区", "桂花园"]],
        people=[["编号", "姓名", "角色", "范围"], ["li", "李桂英", "居民", "e"]],
        chats=[["渠道", "群号"]],
    )
