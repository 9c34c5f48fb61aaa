"""`linli ask`: the decision on one sentence, from files alone."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from bot.__main__ import main

FILES = {
    "roster/places.csv": "编号,上级,类型,名称,别名,管理方式\ns,,街道,梅溪街道,,\nc,s,社区,桂花社区,,\n"
    "e1,c,小区,桂花园,,物管\nb3,e1,楼栋,3栋,,\nu32,b3,单元,2单元,,\n",
    "roster/people.csv": "编号,姓名,手机,角色,范围,代班,技能,账号,称呼\nzhang,张伟,,邻长,b3,,,,张师傅\n"
    "mei,梅兰,,居民,u32,,,web:m1,梅姐\n",
    "roster/chats.csv": "渠道,群号,名称,范围,模式\nreplay,g-1,桂花园群,e1,仅@\n",
    "faq/a.md": "## 高龄补贴怎么领？\n编号：allowance\n问法：八十岁补贴怎么领\n来源：某办法\n核对：2026-11-01\n"
    "负责：社区\n\n【短】满 80 岁带身份证到社区申请。\n",
}


@pytest.fixture
def folder(tmp_path):
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def ask(folder, *arguments, said=None):
    command = ["--data", str(folder), "--now", "2026-11-25T09:00:00+08:00", "ask", *arguments]
    return CliRunner().invoke(main, command, input=said)


def asked(folder, *arguments):
    return json.loads(ask(folder, *arguments, "--json").stdout)


def test_the_document_has_the_promised_fields(folder):
    told = asked(folder, "楼道灯坏了", "--chat", "replay:g-1", "--from", "replay:mei")
    assert list(told) == [
        "intent",
        "action",
        "faq_id",
        "score",
        "threshold",
        "candidates",
        "reply",
        "ticket",
        "why",
    ]
    assert list(told["ticket"]) == [
        "kind",
        "category",
        "lane",
        "place",
        "missing",
        "owner",
        "route",
    ]
    assert told["reply"].startswith("这样登记，对不对？")


def test_home_is_where_the_sender_lives(folder):
    told = asked(folder, "我们单元的灯坏了", "--chat", "replay:g-1", "--from", "replay:mei")
    assert told["ticket"]["place"] == "u32"
    assert told["ticket"]["owner"] == "zhang"
    assert told["ticket"]["route"] == [{"role": "邻长", "person": "zhang", "place": "b3"}]


def test_an_account_of_another_channel_and_a_stranger(folder):
    assert asked(folder, "我们单元的灯坏了", "--from", "web:m1")["ticket"]["place"] == "u32"
    stranger = asked(folder, "我们单元的灯坏了", "--from", "replay:nobody")
    assert stranger["ticket"]["place"] is None
    assert stranger["ticket"]["missing"] == ["place"]


def test_a_group_without_a_chat_is_lively_and_a_chat_has_its_mode(folder):
    assert asked(folder, "3栋路灯坏了", "--group")["action"] in {"ask", "confirm"}
    assert asked(folder, "3栋路灯坏了", "--group", "--chat", "replay:g-1")["action"] == "silent"
    assert asked(folder, "3栋停电了", "--group", "--chat", "replay:g-1")["action"] == "log"


def test_calling_the_bot_by_name_addresses_it(folder):
    said = "@社区小助手 3栋路灯坏了"
    assert asked(folder, said, "--group", "--chat", "replay:g-1")["action"] != "silent"


def test_an_answer_carries_its_entry_and_candidates(folder):
    told = asked(folder, "高龄补贴怎么领")
    assert (told["action"], told["faq_id"]) == ("answer", "allowance")
    assert told["candidates"][0]["faq_id"] == "allowance"
    assert told["score"] >= told["threshold"]


def test_a_dash_reads_one_sentence_per_line(folder):
    out = ask(folder, "-", "--json", said="进度\n着火了快来人\n").stdout.splitlines()
    assert [json.loads(line)["intent"] for line in out] == ["command", "emergency"]


def test_words_for_people_say_why(folder):
    out = ask(folder, "今天天气真好", "--group").stdout
    assert out.startswith("（不说话）")
    assert "silent" in out


def test_an_unknown_group_is_one_sentence(folder):
    result = ask(folder, "你好", "--chat", "replay:g-9")
    assert result.exit_code == 1
    assert "没有这个群：replay:g-9" in result.output


def test_a_broken_roster_is_named(folder):
    (folder / "roster/places.csv").write_text("编号,上级\n", encoding="utf-8")
    result = ask(folder, "你好")
    assert result.exit_code == 1
    assert "花名册有错" in result.output


def test_a_folder_without_roster_or_faq_still_thinks(tmp_path):
    assert asked(tmp_path, "着火了快来人")["ticket"]["owner"] is None
    assert asked(tmp_path, "老年卡怎么办")["action"] == "handover"
