"""What stands in the audit log: kinds, deeds and people in words."""

from __future__ import annotations

from handlers.phrases.timeline import log_words
from knowledge.community.tickets.ticket import State, Step

KINDS = {
    "ticket": "诉求",
    "faq": "问答",
    "notice": "通知",
    "topic": "议事",
    "roster": "花名册",
    "person": "人员",
    "sign": "登录",
    "key": "钥匙",
    "setting": "设置",
    "quarantine": "隔离",
    "backup": "备份",
    "export": "导出",
}
"""Kinds of the log in the order of the filter."""
COMMAND, CLOCK, RESIDENT, UNKNOWN = "命令行", "到点自动", "居民", "名册外的人"
HOW = {
    "found": "开始记录时的样子",
    "file": "在文件里直接改的",
    "page": "在网页上改的",
    "rollback": "退回到以前的一版",
    "wording": "加了或去掉了问法",
    "suspend": "停用",
    "resume": "恢复回答",
    "draft": "草稿",
    "dropped": "草稿不要了",
    "import": "导入的",
}
"""How an entry was changed."""
_DEEDS = {
    "begun": "发出通知",
    "notice.edit": "改了通知",
    "notice.send": "马上发通知",
    "notice.pause": "暂停一轮通知",
    "notice.resume": "接着发一轮通知",
    "notice.cancel": "取消一轮通知",
    "notice.correct": "更正一轮通知",
    "notice.test": "试发给自己",
    "topic.raise": "提了议题",
    "topic.decide": "记下议定的事",
    "topic.finish": "议定的事办完了",
    "topic.drop": "议题不议",
    "roster.import": "导入花名册",
    "roster.back": "放回以前的花名册",
    "roster.command": "用命令导入花名册",
    "person.add": "加进花名册",
    "person.give": "加角色",
    "person.take": "去掉角色",
    "person.disable": "停用",
    "person.enable": "恢复",
    "person.deputy": "改代班的人",
    "person.leave": "改请假",
    "person.unlink": "解除关联的账号",
    "person.phone": "看了电话",
    "person.rename": "改了自己的称呼",
    "sign.invite": "给了一次性登录地址",
    "sign.asked": "有人扫码时要登录链接",
    "sign.recognised": "扫码时认出花名册上的电话",
    "sign.in": "登录",
    "sign.out": "退出登录",
    "key.made": "做了一把钥匙",
    "key.revoked": "停用一把钥匙",
    "setting.changed": "设置和上次启动时不一样",
    "quarantine.again": "再试一次",
    "quarantine.drop": "不再处理",
    "backup.made": "做了备份",
    "backup.failed": "备份没做成",
    "backup.checked": "核对了备份",
    "backup.taken": "下载了备份",
    "export.roster": "导出花名册",
    "export.faq": "导出问答",
    "export.audit": "导出记录",
    "export.report": "导出月报",
}


def deed_words(kind: str, deed: str) -> str:
    """Return what was done."""
    if kind == "ticket":
        step, target, *origin = deed.split(":")
        return log_words(Step(step), State(target), State(origin[0]) if origin else None)
    return HOW.get(deed, deed) if kind == "faq" else _DEEDS.get(deed, deed)
