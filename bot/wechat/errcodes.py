"""Error codes of the family: what a sending came to, and what an administrator has to mend.

From the platform's pages 90313 (WeCom), 94670 (WeChat customer service) and the list of return
codes of official accounts.
"""

from __future__ import annotations

from dataclasses import dataclass

from handlers.messages import Outcome, Receipt

STALE_TOKEN = frozenset({40001, 40014, 42001, 42007, 42009})
"""The access token is not, or no longer, the valid one: fetch a new one, once."""
MINUTE = 60.0
MENDING = 300.0
"""Seconds between tries while an administrator has something to mend."""
CLOSED = "window"
"""Detail of a receipt: who is to be told has not spoken to us lately enough."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a code comes to; `field` and `mend` are for `linli doctor`."""

    outcome: Outcome
    wait: float | None = None
    field: str = ""
    mend: str = ""
    detail: str = ""


_BUSY = Meaning(Outcome.LATER)
_OFTEN = Meaning(Outcome.LATER, MINUTE)
_GONE = Meaning(Outcome.GONE)
_NEVER = Meaning(Outcome.UNSUPPORTED)
_SHUT = Meaning(Outcome.UNSUPPORTED, detail=CLOSED)


def _mend(field: str, mend: str) -> Meaning:
    return Meaning(Outcome.LATER, MENDING, field, mend)


_SECRET = _mend("secret", "secret 不对：在管理后台重新看一次，写进 secret_file")
_ADDRESS = "IP 白名单里没有这台机器：在管理后台的“{where}”里加上它的公网 IP"

MEANINGS: dict[int, Meaning] = {
    -1: _BUSY,
    6000: _BUSY,
    45009: _OFTEN,
    45011: _OFTEN,
    45033: _OFTEN,
    90601: _OFTEN,
    40001: _SECRET,
    40125: _SECRET,
    40014: _SECRET,
    42001: _SECRET,
    41004: _SECRET,
    40013: _mend("corp_id / app_id", "corp_id（公众号是 app_id）不对：照管理后台里的抄一次"),
    40056: _mend("agent_id", "agent_id 不对：在应用的页面上看 AgentId"),
    40243: _mend("secret", "账号被冻结或 secret 已停用：在管理后台看一看"),
    60020: _mend("api", _ADDRESS.format(where="企业可信 IP")),
    40164: _mend("api", _ADDRESS.format(where="IP 白名单")),
    61004: _mend("api", _ADDRESS.format(where="IP 白名单")),
    60011: _mend("secret", "这个应用没有权限：看应用的可见范围，收消息的人要在里面"),
    48001: _mend("secret", "这个账号没有客服消息接口：要认证过的公众号"),
    48002: _mend("secret", "接口没有授权：在管理后台把这个应用加进“可调用接口的应用”"),
    84074: _mend("secret", "没有客户联系的权限：把这个应用加进“客户联系 > 可调用接口的应用”"),
    301002: _mend("agent_id", "agent_id 不是这个 secret 的应用：两样要从同一页抄"),
    95000: _mend("open_kfid", "open_kfid 不对：在微信客服里看客服账号的 ID"),
    95011: _mend("secret", "这个客服账号不归这个 secret 管：在微信客服里授权"),
    95017: _mend("secret", "微信客服的 API 没有打开：在管理后台的微信客服里点“开始使用”"),
    40003: _GONE,
    40031: _GONE,
    40050: _GONE,
    43004: _GONE,
    46004: _GONE,
    60111: _GONE,
    81013: _GONE,
    84061: _GONE,
    95004: _GONE,
    40096: _GONE,
    41063: _OFTEN,
    45015: _SHUT,
    45047: _SHUT,
    95001: _SHUT,
    95002: _SHUT,
    95013: _SHUT,
    95016: _SHUT,
    95018: _SHUT,
    40008: _NEVER,
    40033: _NEVER,
    40058: _NEVER,
    44004: _NEVER,
    45002: _NEVER,
    50003: _mend("agent_id", "应用停用了：在管理后台启用它"),
    301007: _GONE,
}


def meaning(code: int) -> Meaning:
    """Return what a code comes to; one that nobody knows will not get better by itself."""
    return MEANINGS.get(code, _NEVER)


def receipt_of(code: int) -> Receipt:
    """Return the receipt of a sending that was answered with this code."""
    found = meaning(code)
    detail = f"{code} {found.detail}".strip()
    if found is _OFTEN:
        detail = f"429 {detail}"  # the platform has said when: nothing hurries it (outbox.hurry)
    return Receipt(found.outcome, retry_after=found.wait, detail=detail)
