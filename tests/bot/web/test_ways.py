"""Every way that a page offers somebody leads somewhere."""

from __future__ import annotations

import re
from collections import deque
from html import unescape

import pytest

from tests.bot.web.visitor import Visitor

ROLES = ("zhang", "wang", "yi", "shen", "peng", "chen")
"""邻长、社区、督办、审计、编辑、管理员 of the pack's roster."""


@pytest.mark.parametrize("who", ROLES)
async def test_no_link_that_somebody_is_offered_is_dead(stage, browser_session, li, who):
    await li.says("g-gh3", "三栋二单元楼道灯坏了")
    await li.says("g-gh3", "1")
    visitor = Visitor(stage, browser_session, who)
    home = visitor.home.removeprefix(stage.address)
    ways, seen, dead = deque(["/chat"]), set(), []
    while ways:
        path = ways.popleft()
        page = await visitor.get(path)
        if page.status >= 400:
            dead.append(path)
        if "html" not in page.headers["Content-Type"]:
            continue
        for address in re.findall(rf'href="{home}([^"#]*)', page.text):
            kind = re.sub(r"[^/?]*\d[^/?]*|\?.*|(?<=/faq/)[^/]+|(?<=notices/)[^/]+", "N", address)
            if kind not in seen:
                seen.add(kind)
                ways.append(unescape(address))
    assert dead == []
    assert len(seen) > 3
