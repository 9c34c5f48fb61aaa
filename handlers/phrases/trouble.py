"""What is said when something went wrong on our side."""

from __future__ import annotations

APOLOGY = (
    "对不起，这条消息我没处理好，已报给管理员（编号 {number}）。急事请打社区电话，或打 12345。"
)
QUARANTINED = "有一条消息三次没处理成功，已放到一边（收件 {number}），请到后台看日志。"
UNKNOWN_YEAR = (
    "{year} 年的放假和调休还不知道，时限先按周一到周五算。"
    "官方公布后，请在 linli.toml 的 [hours] 写 holidays 和 workdays，或升级程序。"
)
FILES_HAVE_ERRORS = "资料有 {count} 处写错，先用上一版：\n{first}\n改好保存就生效。"
