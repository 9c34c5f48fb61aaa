"""`linli run --lan`: the way in for the phones of the local network, shown as a QR code."""

from __future__ import annotations

import secrets
import socket
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sqlalchemy import select

from handlers.actions.people.invites import TERMINAL, make_invite, revoke_invite, token_of
from knowledge.store.rows.admissions import InviteRow
from knowledge.store.stamps import set_mark

if TYPE_CHECKING:
    from bot.app import App
    from handlers.work import Work

NO_NETWORK = (
    "没有找到局域网地址：这台电脑好像没有连上路由器或手机热点，现在只有本机能打开。\n"
    "连上以后停掉（Ctrl+C）再启动一次；地址是固定的，就写进 linli.toml 的 [web] public_url。"
)
COME_IN = (
    "同一个 Wi-Fi 里的手机：{address}\n"
    "扫下面的二维码加入（只给一个人用，1 天内有效；给更多的人：管理员网页“邀请邻居”）\n{join}"
)
UNREACHABLE = "手机打不开：看看是不是同一个 Wi-Fi，这台电脑的防火墙有没有放行 {port} 端口。"
OFFICE = "管理员、邻长进网页：另开一个终端，运行 linli user link 姓名，把打印的地址发给本人。"


ADDRESS = "web.address"
"""The mark that says where the pages were last: commands print it."""


async def note_address(app: App, address: str) -> None:
    """Remember where the pages are, for the sign-in addresses that commands print."""
    await app.database.write(lambda session: set_mark(session, ADDRESS, address))


async def let_in(app: App, local: str) -> str:
    """Show a fresh one-time invite; return the network's address for us, "" when there is none."""
    port = urlsplit(local).port
    found = lan_address()
    address = app.rules.page_url or (f"http://{found}:{port}" if found else "")
    if not address:
        _say(NO_NETWORK)
        return ""
    token = await app.act(f"lan:{secrets.token_hex(8)}", _fresh_invite)
    join = f"{address}/join/{token}"
    _say(COME_IN.format(address=address, join=join))
    _show_code(join)
    _say(UNREACHABLE.format(port=port))
    if not app.demo:
        _say(OFFICE)
    return address


def lan_address() -> str:
    """Return the address under which this machine is known on its network; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            found = str(probe.getsockname()[0])
        except OSError:
            found = ""
    return found if _is_ours(found) else _named_address()


def _named_address() -> str:
    """The address that goes with this machine's name, for a network that leads nowhere."""
    try:
        known = socket.gethostbyname_ex(socket.gethostname())[2]
    except OSError:
        return ""
    return next((address for address in known if _is_ours(address)), "")


def _is_ours(address: str) -> bool:
    return bool(address) and not address.startswith(("127.", "0.", "169.254."))


def _fresh_invite(work: Work) -> str:
    """End what the terminal showed before and return the token of a new one-time invite."""
    shown = select(InviteRow.id).where(
        InviteRow.made_by == TERMINAL, InviteRow.revoked_at.is_(None), InviteRow.used == 0
    )
    for invite_id in work.session.scalars(shown).all():
        revoke_invite(work, invite_id)
    return token_of(work.session, make_invite(work, TERMINAL, None).id)


def _show_code(address: str) -> None:
    import segno

    segno.make(address, micro=False).terminal(compact=True)


def _say(words: str) -> None:
    print(words, flush=True)  # noqa: T201 -- said to the operator.
