"""`linli eval`: scores against known answers."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from bot.__main__ import main

FAQ = """## 高龄补贴怎么领？
编号：allowance
问法：八十岁补贴怎么领
来源：某办法
核对：2026-11-01
负责：社区

【短】满 80 岁带身份证到社区申请。

## 刷单返利是真的吗？
编号：fraud-brushing
来源：某办法
核对：2026-11-01
负责：社区

【短】都是诈骗，打 96110。
"""
QUERIES = [
    {"query": "高龄补贴怎么领？", "topic": "allowance"},
    {"query": "xyzzy", "topic": "allowance"},
    {"query": "3栋楼道灯坏了", "topic": "__repair__"},
    {"query": "谁能帮忙上门理发", "topic": "__repair__"},
    {"query": "3栋着火了快来人", "topic": "__emergency__"},
    {"query": "您的医保卡已冻结，点 yb.top 认证", "topic": "__fraud__"},
    {"query": "刷单返利是真的吗", "topic": "__fraud__"},
    {"query": "今天天气真好", "topic": None},
]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "faq").mkdir()
    (tmp_path / "faq/a.md").write_text(FAQ, encoding="utf-8")
    return tmp_path


def lines(path, rows):
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return str(path)


def evaluate(folder, *arguments):
    return CliRunner().invoke(main, ["--data", str(folder), "eval", *arguments])


def test_the_summary_counts_every_kind_of_row(folder, tmp_path):
    result = evaluate(folder, lines(tmp_path / "q.jsonl", QUERIES), "--json")
    assert result.exit_code == 0
    told = json.loads(result.stdout)
    assert told["n"] == 8
    assert told["direct"] == {"top1": 0.5, "recall3": 0.5, "refused": 0.5}
    assert told["group"] == {"answered_right": 0.5, "answered_wrong": 0.0, "silent": 0.5}
    assert told["null"] == {"spoke": 0.0}
    assert told["repair"] == {"recall": 1.0}
    assert told["emergency"] == {"recall": 1.0, "false_alarms": 0}
    assert told["fraud"] == {"recall": 1.0}
    assert set(told) >= {"ms_per_query", "build_s"}


def test_rows_tell_what_became_of_each(folder, tmp_path):
    out = tmp_path / "rows.jsonl"
    evaluate(folder, lines(tmp_path / "q.jsonl", QUERIES), "--rows", str(out))
    rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert list(rows[0]) == [
        "query",
        "topic",
        "intent",
        "action",
        "faq_id",
        "score",
        "candidates",
        "group_action",
    ]
    assert (rows[0]["action"], rows[0]["group_action"]) == ("answer", "answer")
    assert rows[0]["candidates"][0]["faq_id"] == "allowance"
    assert (rows[-1]["topic"], rows[-1]["group_action"]) == (None, "silent")


def test_another_base_is_matched_block_by_block_without_gates(folder, tmp_path):
    base = [
        {"faq_id": "a", "question": "着火了怎么报警", "variants": [], "answer": "119", "block": 1},
        {"faq_id": "b", "question": "着火了怎么报警", "variants": [], "answer": "119", "block": 2},
    ]
    queries = [
        {"query": "着火了怎么报警", "faq_id": "a", "block": 1},
        {"query": "着火了怎么报警", "faq_id": "b", "block": 2},
        {"query": "晚上吃火锅", "faq_id": None, "block": 1},
        {"query": "着火了怎么报警", "faq_id": "a", "block": 3},
    ]
    result = evaluate(
        folder,
        lines(tmp_path / "q.jsonl", queries),
        "--base",
        lines(tmp_path / "b.jsonl", base),
        "--json",
    )
    told = json.loads(result.stdout)
    assert told["direct"]["top1"] == pytest.approx(2 / 3, abs=0.001)
    assert told["group"]["answered_right"] == pytest.approx(2 / 3, abs=0.001)
    assert told["null"] == {"spoke": 0.0}


def test_no_rows_of_a_kind_give_no_rate(folder, tmp_path):
    result = evaluate(folder, lines(tmp_path / "q.jsonl", QUERIES[:1]), "--json")
    assert json.loads(result.stdout)["null"] == {"spoke": None}


def test_a_broken_line_is_named(folder, tmp_path):
    path = tmp_path / "q.jsonl"
    path.write_text('{"query": "好"', encoding="utf-8")
    result = evaluate(folder, str(path))
    assert result.exit_code == 1
    assert "q.jsonl:1 不是一行 JSON" in result.output


def test_a_row_without_what_it_needs_is_named(folder, tmp_path):
    for row in ({"query": "好"}, {"topic": None}, {"query": 1, "topic": None}):
        result = evaluate(folder, lines(tmp_path / "q.jsonl", [row]))
        assert result.exit_code == 1
        assert "q.jsonl:1 要有 query 和 topic" in result.output


def test_a_line_separator_inside_a_question_ends_no_row(folder, tmp_path):
    rows = [{"query": "老年卡\u2028怎么办", "topic": None}]
    result = evaluate(folder, lines(tmp_path / "q.jsonl", rows), "--json")
    assert json.loads(result.stdout)["n"] == 1
