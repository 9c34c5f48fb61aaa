"""What is said about changes of the roster and of people in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knowledge.community.roster.rosterchanges import Changes

GONE_CHANGE = "这次改动的记录已经不在了，放不回去。"
OWN_ROLES = "自己的角色和停用，要请另一位管理员来改。"
LAST_ADMIN = "这是最后一位管理员，动不了。请先给别人加上“管理员”。"
NO_SUCH_ROLE = "没有这个角色，或者这个人没有这个角色。请刷新后再试。"
NO_SUCH_PLACE = "范围里没有这个地点：{places}。请写地点编号，几个用 ； 隔开。"
NEEDS_SCOPE = "“{role}”要写管哪里：写地点编号，几个用 ； 隔开。"
HAS_IT = "这个人已经有“{role}”、管同样的地方了。"
ONLY_ROLE = "只剩这一个角色了。要他退出花名册，请用“停用”。"
NO_SUCH_DEPUTY = "代班要写花名册里另一个在用的人的编号。"
NO_SUCH_ACCOUNT = "没有关联这个账号。请刷新后再试。"
IS_ACTIVE = "这个人没有停用。"
IS_DISABLED = "这个人已经停用了。"
TRUSTED = "{name}（{id}）现在有了“{role}”，是{who}加的。不对的话，请到“人员”里去掉。"


def counted(found: Changes) -> str:
    """The size of a change in one line: `人 新增 2、修改 1；群 停用 1`."""
    kinds = {"地点": found.places, "人": found.people, "群": found.chats}
    parts = []
    for kind, delta in kinds.items():
        fates = {"新增": delta.added, "修改": delta.changed, "停用": delta.gone}
        said = "、".join(f"{fate} {len(ids)}" for fate, ids in fates.items() if ids)
        if said:
            parts.append(f"{kind} {said}")
    return "；".join(parts)
