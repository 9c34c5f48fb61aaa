"""What no office may ask of its people through an app: named by the rule that forbids it.

Source: 国办《政务移动互联网应用程序规范化管理办法》 (no forced check-in, no ranking by points, no
counting of time online, no pictures or tracks as a proof of work, no likes or forwards as an
assessment, but for safety and emergencies); 国办函〔2025〕66号 (不片面追求排名).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

APPS = "国办《政务移动互联网应用程序规范化管理办法》"
HOTLINE = "国办函〔2025〕66号"


@dataclass(frozen=True, slots=True)
class Breach:
    """Which rule is broken: what was asked for, the document, and what to do instead."""

    what: str
    document: str
    fix: str

    def __str__(self) -> str:
        return f"{self.what}，{self.document}不许"


RANKING = Breach("给人排名、积分", f"{APPS}和{HOTLINE}", "删掉；月报按类别、楼栋、时段看，不按人看")
CHECK_IN = Breach("强制打卡、签到、计在线时长", APPS, "删掉；办没办好看诉求单，不看打卡")
PICTURES = Breach("强制拍照、传轨迹来证明干了活", APPS, "删掉；照片自愿，办结说清楚做了什么就行")
SPREADING = Breach("拿点赞、转发来考核", APPS, "删掉；愿意转发的自己会转")

_SETTINGS: tuple[tuple[Breach, re.Pattern[str]], ...] = (
    (
        RANKING,
        re.compile(r"rank|leader_?board|score_?board|(^|_)(score|points?)(_|$)|排名|排行|积分"),
    ),
    (
        CHECK_IN,
        re.compile(
            r"check_?ins?|clock_?ins?|punch|attendance|online_(time|minutes|hours)|打卡|签到|在线时长"
        ),
    ),
    (
        PICTURES,
        re.compile(
            r"(required?|must|mandat|forc|compuls|oblig).*(photo|image|picture|track)|"
            r"(photo|image|picture)s?_?.*(required?|must|mandat|forc|compuls|oblig)|"
            r"(gps_)?track(s|ing)?($|_)|必须拍照|强制拍照|轨迹|留痕"
        ),
    ),
    (SPREADING, re.compile(r"(^|_)(likes?|forwards?|shares?)(_|$)|点赞|转发")),
)
_ASKED = r"(必须|务必|一律|强制|要求|每人|人人|各(邻长|组长|片长|网格员|楼栋长))[^。！？；\n]{0,16}"
_TEXTS: tuple[tuple[Breach, re.Pattern[str]], ...] = (
    (
        RANKING,
        re.compile(
            r"(积分|业绩|办件|工单|响应|满意度)[^。！？；\n]{0,6}(排名|排行|榜)|排名(通报|靠后)|末位(淘汰|通报)|红黑榜|排行榜"
        ),
    ),
    (CHECK_IN, re.compile(_ASKED + r"(打卡|签到)|(每天|每日|按时|准时)(打卡|签到)")),
    (
        PICTURES,
        re.compile(
            _ASKED + r"(拍照(上传|留痕|打卡)|上传[^。！？；\n]{0,4}(照片|轨迹|定位)|工作留痕)"
        ),
    ),
    (SPREADING, re.compile(_ASKED + r"(点赞|转发)|(转发|点赞)[^。！？；\n]{0,6}(计入|纳入|考核)")),
)


def breach_of_setting(*names: str) -> Breach | None:
    """The rule that a setting of these names (table, key) would break, or None."""
    written = "_".join(names).lower().replace("-", "_")
    return next((breach for breach, words in _SETTINGS if words.search(written)), None)


def breach_of_text(text: str) -> Breach | None:
    """The rule that an office's words to its people break, or None."""
    plain = "".join(text.split())
    return next((breach for breach, words in _TEXTS if words.search(plain)), None)
