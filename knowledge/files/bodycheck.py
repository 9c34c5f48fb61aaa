"""What must not stand in any body: private numbers, foreign links, marks that were mistyped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from knowledge.files.demands import demanded, warns

if TYPE_CHECKING:
    from collections.abc import Collection

    from knowledge.files.checks import Findings

_LINK = re.compile(r"(?:https?://|www\.)[^\s，。；、）】》”\"')]+", re.IGNORECASE)
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)")
_CITIZEN = re.compile(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}[01]\d[0-3]\d{4}[\dXx](?![\dXx])")
_HEADING = re.compile(r"^\s{0,3}(?:[#＃](?![#＃])|[#＃]{3,})\s*\S")
_MARK = re.compile(r"^\s*[\[［(（〔{【]\s*(短|长|長|广播|廣播)\s*[\]］)）〕}】]")
_RIGHT = re.compile(r"^\s*【(?:短|长|長|广播|廣播)】")
_NEAR = 3
"""Lines under a heading in which its fields begin."""


def check_slips(found: Findings, fields: Collection[str]) -> None:
    """Find an entry that begins with one `#` too few or too many, and marks like [短]."""
    lines = found.block.body.split("\n")
    for at, text in enumerate(lines):
        line = found.block.body_line + at
        below = (re.split("[:：]", one)[0].strip() for one in lines[at + 1 : at + 1 + _NEAR])
        if _HEADING.match(text) and any(name in fields for name in below):
            what = f"“{text.strip()[:_SHOWN]}”没有成为新的一条，被当成了上一条的答案"
            found.add(line, "标题", "error", what, "每一条用两个井号开头，写成“## 问题”")
        if (mark := _MARK.match(text)) and not _RIGHT.match(text):
            what = f"“{mark[0].strip()}”没有认出来，会照样念给居民"
            found.add(line, "正文", "error", what, f"写成【{mark[1]}】")


_SHOWN = 16


def check_text(found: Findings, allowed: Collection[str]) -> None:
    """Find private numbers, foreign links and demands in the body, each at its own line."""
    body = found.block.body
    told_of = warns(body)
    for line, text in enumerate(body.split("\n"), found.block.body_line):
        if not told_of and (what := demanded(text)):
            found.add(
                line,
                "正文",
                "error",
                f"正文向居民要{what}，机器人不替任何人要",
                "改成到窗口当面办；要收费的写清收费标准和窗口",
            )
        if _MOBILE.search(text):
            found.add(
                line,
                "正文",
                "warning",
                "正文里有一个手机号，群里所有人都能看见",
                "确认本人同意公开，或者改写成值班座机",
            )
        if _CITIZEN.search(text):
            found.add(line, "正文", "warning", "正文里好像有身份证号", "删掉它，身份证号不能公开")
        for link in _LINK.findall(text):
            host = _host(link)
            if not any(host == one or host.endswith("." + one) for one in allowed):
                found.add(
                    line,
                    "正文",
                    "error",
                    f"链接“{host[:40]}”不在允许的网站里",
                    "删掉链接，或请管理员把网站加进设置 [faq] allow_links",
                )


def _host(link: str) -> str:
    try:
        return urlsplit(link if "://" in link else f"//{link}").hostname or link
    except ValueError:
        return link
