"""The commands of `linli` in reading order: name → where it lives and what it does for whom."""

from __future__ import annotations

from typing import NamedTuple


class Listed(NamedTuple):
    """Where a command lives (`module:attribute`) and its one line in `linli --help`."""

    target: str
    help: str


COMMANDS: dict[str, Listed] = {
    "init": Listed("bot.commands.init:init", "新建资料夹：设置、问答、通知、花名册各一份样本"),
    "run": Listed("bot.commands.run:run", "启动服务；--demo 带演示社区，--open 打开浏览器"),
    "check": Listed("bot.commands.check:check", "检查设置、问答、通知、花名册，指出哪一行怎么改"),
    "ask": Listed("bot.commands.ask:ask", "问一句，看机器人会怎么答、为什么"),
    "chat": Listed("bot.commands.chat:chat", "在终端里以花名册里任何人的身份聊天"),
    "eval": Listed("bot.commands.evaluation:evaluate", "用一批问句给问答打分"),
    "replay": Listed("bot.commands.replay:replay", "用虚拟时间演一遍故事"),
    "faq": Listed("bot.commands.faq:faq", "问答：列出、检查、自测、没答上来的、Excel 导入导出"),
    "notices": Listed("bot.commands.notices:notices", "通知：列出、预览、现在就发、暂停、更正"),
    "roster": Listed("bot.commands.roster:roster", "花名册：导入、导出、空白模板、有没有人管"),
    "user": Listed("bot.commands.user:user", "人员：列出、添加、停用、一次性登录链接"),
    "ticket": Listed("bot.commands.ticket:ticket", "诉求单：列出、查看、核验"),
    "doctor": Listed("bot.commands.doctor:doctor", "体检：哪里有毛病、怎么治；最近的话为什么没回"),
    "backup": Listed("bot.commands.archive:backup", "备份：数据库、文件、照片写进一个文件"),
    "restore": Listed("bot.commands.archive:restore", "恢复：用备份换掉资料夹里的东西"),
    "report": Listed("bot.commands.report:report", "月报：受理、办理、三率、清单，每个数带编号"),
    "db": Listed("bot.commands.db:db", "数据库：升级、退回、当前版本"),
    "bench": Listed("bot.commands.bench:bench", "测速"),
    "version": Listed("bot.commands.version:version", "版本"),
}
