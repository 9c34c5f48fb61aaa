from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from knowledge.community.places.places import PlaceKind
from knowledge.community.roster.people import Grant, Role
from knowledge.community.roster.roster import read_roster, template, write_roster

if TYPE_CHECKING:
    from pathlib import Path

PLACES = """编号,上级,类型,名称,别名,管理方式
01,,街道,云麓街道,,
e,01,小区,桂花园小区,桂园；桂花苑,物管
b3,e,楼栋,3栋,紫藤楼,
b3-2,b3,单元,2单元,,
"""
PEOPLE = """编号,姓名,手机,角色,范围,代班,技能,账号
007,李桂英,13800000001,居民,b3-2,,,
zhang,张守业,13800000002,邻长,b3,007,水电；开锁,telegram:12345；wecom:zhang
zhang,,,居民,b3-2,,,
"""
CHATS = """渠道,群号,名称,范围,模式
web,g-1,桂花园居民群,e,
"""


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "roster"
    folder.mkdir()
    write(folder)
    return folder


def write(folder: Path, places=PLACES, people=PEOPLE, chats=CHATS, encoding="utf-8"):
    for name, text in (("places", places), ("people", people), ("chats", chats)):
        (folder / f"{name}.csv").write_text(text, encoding=encoding, newline="")


def the_error(folder: Path):
    roster, problems = read_roster(folder)
    assert roster is None
    errors = [problem for problem in problems if problem.level == "error"]
    assert len(errors) == 1, errors
    return errors[0]


def test_the_three_files_become_places_people_and_chats(folder):
    roster, problems = read_roster(folder)

    assert problems == ()
    assert [place.id for place in roster.places] == ["01", "e", "b3", "b3-2"]
    assert roster.places[1].aliases == ("桂园", "桂花苑")
    assert roster.places[1].management == "物管"
    assert roster.places[3].kind is PlaceKind.UNIT
    assert [person.id for person in roster.people] == ["007", "zhang"]
    assert roster.chats[0].key == "web:g-1"
    assert roster.chats[0].mode == "仅@"


def test_two_rows_of_one_id_are_two_roles_of_one_person(folder):
    roster, _ = read_roster(folder)
    zhang = roster.people[1]

    assert zhang.grants == (
        Grant(Role.NEIGHBOUR_LEADER, ("b3",)),
        Grant(Role.RESIDENT, ("b3-2",)),
    )
    assert zhang.accounts == (("telegram", "12345"), ("wecom", "zhang"))
    assert zhang.skills == ("水电", "开锁")
    assert zhang.deputy == "007"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_what_windows_makes_of_the_files_is_read_and_reported(folder, encoding):
    write(folder, encoding=encoding)
    roster, problems = read_roster(folder)

    assert roster is not None
    assert roster.people[0].name == "李桂英"
    assert {problem.level for problem in problems} == {"warning"}
    assert len(problems) == 3


def test_windows_line_ends_spaces_and_tabs_do_not_matter(folder):
    write(
        folder,
        places=PLACES.replace("\n", "\r\n").replace("编号,上级", " 编号 , 上级"),
        people=PEOPLE.replace(",", "\t"),
        chats=CHATS.replace("web,g-1", " web , ｇ-1 "),
    )
    roster, problems = read_roster(folder)

    assert problems == ()
    assert roster.chats[0].id == "g-1"
    assert len(roster.people) == 2


@pytest.mark.parametrize(("name", "alias"), [("三号楼", ""), ("9栋", "3#"), ("3幢", "")])
def test_a_number_or_an_alias_given_twice_is_told(folder, name, alias):
    write(folder, places=PLACES + f"b3b,e,楼栋,{name},{alias},\n")
    (problem,) = read_roster(folder)[1]

    assert (problem.field, problem.level) == ("名称", "warning")
    assert "分不清" in problem.message


@pytest.mark.parametrize(
    ("file", "change", "line", "column"),
    [
        ("places", ("e,01,小区", "e,99,小区"), 3, "上级"),
        ("places", ("e,01,小区", "e,b3-2,小区"), 3, "上级"),
        ("places", ("e,01,小区", "b3-2,01,小区"), 5, "编号"),
        ("places", ("b3-2,b3,单元", "b 3,b3,单元"), 5, "编号"),
        ("places", ("b3-2,b3,单元", "b:3,b3,单元"), 5, "编号"),
        ("places", ("b3-2,b3,单元", ",b3,单元"), 5, "编号"),
        ("places", ("b3-2,b3,单元", "b3-2,b3,门洞"), 5, "类型"),
        ("places", ("b3-2,b3,单元", "b3-2,b3,"), 5, "类型"),
        ("places", ("b3-2,b3,单元", "b3-2,,单元"), 5, "上级"),
        ("places", ("2单元", ""), 5, "名称"),
        ("places", ("物管", "代管"), 3, "管理方式"),
        ("places", ("编号,上级", "编号,上面"), 1, "表头"),
        ("places", ("桂园；桂花苑", "桂园,桂花苑"), 3, "整行"),
        ("places", ("紫藤楼", '"紫藤楼'), 4, "整行"),
        ("people", ("居民,b3-2,,,\nz", "居民,b9,,,\nz"), 2, "范围"),
        ("people", ("邻长,b3", "邻长,"), 3, "范围"),
        ("people", ("邻长", "楼长"), 3, "角色"),
        ("people", ("邻长", ""), 3, "角色"),
        ("people", ("b3,007", "b3,008"), 3, "代班"),
        ("people", ("b3,007", "b3,zhang"), 3, "代班"),
        ("people", ("zhang,,,居民", "zhang,张老三,,居民"), 4, "姓名"),
        ("people", ("李桂英", ""), 2, "姓名"),
        ("people", ("telegram:12345", "telegram12345"), 3, "账号"),
        ("people", ("telegram:12345", "telegram:"), 3, "账号"),
        ("people", ("telegram:12345", "replay:007"), 3, "账号"),
        ("people", ("telegram:12345", "telegram:1.2E+9"), 3, "账号"),
        ("people", ("13800000001", "1.38E+10"), 2, "手机"),
        ("chats", ("g-1,桂花园居民群,e", "g-1,桂花园居民群,x"), 2, "范围"),
        ("chats", ("e,\n", "e,大声\n"), 2, "模式"),
        ("chats", ("web,", "网页,"), 2, "渠道"),
        ("chats", ("web,g-1", "web,"), 2, "群号"),
        ("chats", ("e,\n", "e,\nweb,g-1,又一个,e,\n"), 3, "群号"),
    ],
)
def test_each_mistake_is_an_error_at_its_line_and_nothing_is_imported(
    folder, file, change, line, column
):
    path = folder / f"{file}.csv"
    text = path.read_text()
    assert change[0] in text
    path.write_text(text.replace(*change, 1))

    roster, problems = read_roster(folder)

    assert roster is None
    found = {(p.file, p.line, p.field): p for p in problems if p.level == "error"}
    assert found[f"roster/{file}.csv", line, column].fix


def test_an_unreadable_table_of_places_is_one_error_not_one_for_every_person(folder):
    write(folder, places=PLACES.replace("编号,上级", "编号,上面"))
    assert the_error(folder).field == "表头"
    write(folder, places=PLACES.replace("紫藤楼", '"紫藤楼'))
    assert the_error(folder).line == 4


def test_a_circle_of_parents_is_named(folder):
    places = PLACES.replace("01,,街道", "01,b3,街道")
    write(folder, places=places)
    roster, problems = read_roster(folder)

    assert roster is None
    assert any("绕成了圈：01→b3→e→01" in problem.message for problem in problems)


@pytest.mark.parametrize("name", ["places", "people", "chats"])
def test_a_missing_file_is_one_error(folder, name):
    (folder / f"{name}.csv").unlink()
    roster, problems = read_roster(folder)

    assert roster is None
    assert f"roster/{name}.csv" in {problem.file for problem in problems}


@pytest.mark.parametrize("name", ["places", "people", "chats"])
@pytest.mark.parametrize("content", [b"", b"\n\n", b"\x00\x01\x02", b"\xff\xfe\x00"])
def test_an_empty_or_binary_file_is_refused_without_a_crash(folder, name, content):
    (folder / f"{name}.csv").write_bytes(content)

    assert read_roster(folder)[0] is None


def test_a_table_with_a_header_only_needs_people_and_places_but_no_chats(folder):
    write(folder, chats=CHATS.splitlines()[0] + "\n")
    assert read_roster(folder)[0] is not None
    write(folder, people=PEOPLE.splitlines()[0] + "\n")
    assert the_error(folder).message == "一个人也没有"


def test_a_crooked_phone_number_and_twins_are_only_warnings(folder):
    write(
        folder,
        places=PLACES + "b3b,e,楼栋,3栋,,\n",
        people=PEOPLE.replace("13800000001", "1380000"),
    )
    roster, problems = read_roster(folder)

    assert roster is not None
    assert {(p.field, p.level) for p in problems} == {("名称", "warning")}
    write(folder, people=PEOPLE.replace("13800000001", "138000000011"))
    assert [p.field for p in read_roster(folder)[1]] == ["手机"]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("138 0000 0001", "13800000001"),
        ("138-0000-0001", "13800000001"),
        ("+86 13800000001", "13800000001"),
        ("１３８００００００01", "13800000001"),
        ("13800000001.0", "13800000001"),
        ("'13800000001", "13800000001"),
        ("0731-0000 0000", "0731-00000000"),
        ("12345", "12345"),
    ],
)
def test_phone_numbers_are_kept_as_digits(folder, written, kept):
    write(folder, people=PEOPLE.replace("13800000001", written))
    roster, problems = read_roster(folder)

    assert problems == ()
    assert roster.people[0].phone == kept


def test_the_template_is_a_roster_that_can_be_imported(tmp_path):
    write_roster(template(), tmp_path / "roster")
    roster, problems = read_roster(tmp_path / "roster")

    assert roster is not None
    assert {problem.level for problem in problems} <= {"warning"}
