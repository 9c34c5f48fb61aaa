"""What must not stand in any body: private numbers, and links to foreign sites."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Collection

    from knowledge.files.checks import Findings

_LINK = re.compile(r"(?:https?://|www\.)[^\s，。；、）】》”\"')]+", re.IGNORECASE)
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)")
_CITIZEN = re.compile(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}[01]\d[0-3]\d{4}[\dXx](?![\dXx])")


def check_text(found: Findings, allowed: Collection[str]) -> None:
    """Find private numbers and foreign links in the body, each at its own line."""
    for line, text in enumerate(found.block.body.split("\n"), found.block.body_line):
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
