"""One entry of `notices/*.md` read field by field, with a finding for every mistake."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from knowledge.community.notices.notice import Notice
from knowledge.community.notices.posting import BROADCAST_LIMIT, TOPIC_LIMIT
from knowledge.community.notices.quiz import read_quiz
from knowledge.community.notices.trigger import parse_trigger
from knowledge.files.blocks import split_list
from knowledge.files.bodies import SHORT_LIMIT, Bodies, split_body
from knowledge.files.bodycheck import check_slips, check_text
from knowledge.files.checks import (
    Findings,
    Form,
    check_age,
    check_form,
    check_source,
    read_date,
    read_id,
)
from knowledge.files.conduct import breach_of_text

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from knowledge.community.notices.trigger import Trigger
    from knowledge.files.blocks import Block

FORM = Form(
    fields=(
        "编号",
        "主题",
        "触发",
        "受众",
        "提醒",
        "传达",
        "选项",
        "答案",
        "来源",
        "核对",
        "有效期",
        "依据",
    ),
    repeated=frozenset({"触发", "受众", "依据"}),
    aliases={
        "时间": "触发",
        "何时": "触发",
        "发送时间": "触发",
        "对象": "受众",
        "范围": "受众",
        "发给": "受众",
        "群": "受众",
        "分类": "主题",
        "出处": "来源",
        "日期": "核对",
        "到期": "有效期",
        "失效": "有效期",
        "id": "编号",
        "ID": "编号",
    },
)
EVERYDAY = "日常"
LEVEL_BY_LEVEL = "逐级"


def read_notice(found: Findings, today: date | None, links: Collection[str]) -> Notice:
    """Return the notice of a block; what `found` calls broken must not be used."""
    block = found.block
    check_form(found, FORM)
    id_ = read_id(found) or f"n-{hashlib.sha256(block.title.encode()).hexdigest()[:8]}"
    checked, until = read_date(found, "核对"), read_date(found, "有效期")
    grounds = _grounds(found)
    if not grounds:
        check_source(found)
    check_slips(found, FORM.fields)
    check_text(found, links)
    if today and not (grounds and not checked):
        check_age(found, checked, until, today)
    bodies = _bodies(found)
    _check_conduct(found)
    return Notice(
        id=id_,
        title=block.title,
        topic=_topic(found),
        triggers=_triggers(found),
        audience=_audience(found),
        valid_until=until,
        source=_value(block, "来源"),
        checked=checked,
        short=bodies.short,
        long=bodies.long,
        broadcast=bodies.broadcast,
        daily=_chosen(found, "提醒", EVERYDAY),
        quiz=read_quiz(found, bodies.short),
        relayed=_chosen(found, "传达", LEVEL_BY_LEVEL),
        grounds=grounds,
        file=block.file,
        line=block.line,
    )


def _bodies(found: Findings) -> Bodies:
    block = found.block
    bodies = split_body(block.body)
    if not bodies.short and not _grounds(found):
        found.add(
            block.body_line,
            "短",
            "error",
            "没有【短】",
            f"空一行，写【短】和 {SHORT_LIMIT} 字以内的正文",
        )
    _check_length(found, "短", bodies.short, SHORT_LIMIT)
    _check_length(found, "广播", bodies.broadcast, BROADCAST_LIMIT)
    return bodies


def _check_length(found: Findings, name: str, text: str, limit: int) -> None:
    if len(text) > limit:
        found.add(
            _line_of(found.block, f"【{name}】"),
            name,
            "error",
            f"【{name}】有 {len(text)} 字，最多 {limit} 字",
            f"删去 {len(text) - limit} 字" + ("，多的放到【长】" if name == "短" else ""),
        )


def _line_of(block: Block, mark: str) -> int:
    lines = enumerate(block.body.split("\n"), block.body_line)
    return next((number for number, line in lines if mark in line), block.body_line)


def _check_conduct(found: Findings) -> None:
    """A notice that orders what no office may order is not sent."""
    lines = [(found.block.line, found.block.title)]
    lines += enumerate(found.block.body.split("\n"), found.block.body_line)
    for number, line in lines:
        breach = breach_of_text(line)
        if breach is not None:
            found.add(number, "内容", "error", str(breach), breach.fix)


def _topic(found: Findings) -> str:
    topic = _value(found.block, "主题")
    if not topic:
        found.add(found.block.line, "主题", "warning", "没有写主题", "加一行，如“主题：消防”")
    elif len(topic) > TOPIC_LIMIT:
        one = found.block.first("主题")
        line = one.line if one else found.block.line
        found.add(line, "主题", "error", f"主题最多 {TOPIC_LIMIT} 个字", "写短些，如“主题：消防”")
    return topic


def _triggers(found: Findings) -> tuple[Trigger, ...]:
    triggers = []
    written = [one for one in found.block.all("触发") if one.value]
    if not written:
        found.add(
            found.block.line, "触发", "error", "没有写什么时候发", "加一行，如“触发：每周三 19:30”"
        )
    for one in written:
        try:
            triggers.append(parse_trigger(one.value))
        except ValueError as wrong:
            what, _, mend = str(wrong).partition("。")
            found.add(one.line, "触发", "error", what, mend or "改成一个会到的时间")
    return tuple(triggers)


def _audience(found: Findings) -> tuple[str, ...]:
    lines = found.block.all("受众")
    words = tuple(dict.fromkeys(word for one in lines for word in split_list(one.value)))
    if not words:
        found.add(
            found.block.line,
            "受众",
            "error",
            "没有写发给谁",
            "加一行，如“受众：全部”，或写地点、角色",
        )
    return words


def _chosen(found: Findings, name: str, word: str) -> bool:
    """Whether the field holds the one word that it can hold."""
    one = found.block.first(name)
    if one and one.value and one.value != word:
        what = f"“{one.value[:20]}”不能用"
        found.add(one.line, name, "error", what, f"只能写“{name}：{word}”，或删掉这一行")
    return bool(one and one.value == word)


def _grounds(found: Findings) -> tuple[str, ...]:
    lines = found.block.all("依据")
    return tuple(dict.fromkeys(word for one in lines for word in split_list(one.value)))


def _value(block: Block, name: str) -> str:
    one = block.first(name)
    return one.value if one else ""
