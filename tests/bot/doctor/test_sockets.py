"""The doctor of long connections names the wrong field and throws no running service out."""

from __future__ import annotations

from pydantic import SecretStr

from bot.doctor.sockets import look_at_sockets
from bot.lock import hold_lock
from bot.settings.database import DatabaseSection
from tests.channels.conftest import rigged
from tests.channels.rigs.onebot import OneBotRig
from tests.channels.rigs.wecom_bot import WecomBotRig


async def examined(rig, database=None, **changes):
    """What the doctor says, as (well, everything); of a folder with its own file if nothing is named."""
    settings = rig.app.settings.model_copy(update={"database": database or DatabaseSection()})
    bot = settings.channels.wecom_bot.model_copy(update=changes)
    channels = settings.channels.model_copy(update={"wecom_bot": bot})
    settings = settings.model_copy(update={"channels": channels})
    (found,) = [one async for one in look_at_sockets(settings, rig.folder)]
    said = f"{found.message}；{found.fix}"
    assert "anary" not in said
    return found.ok, said


async def test_each_wrong_field_is_named_with_its_mend_and_nobody_is_thrown_out(tmp_path):
    async with rigged(WecomBotRig, tmp_path) as rig:
        with hold_lock(rig.folder):
            assert "正在运行" in (await examined(rig))[1]
        assert rig.fake.subscribed == 1
        await rig.stop()
        shared = DatabaseSection(url=SecretStr("postgresql://elsewhere/linli"))
        assert "正在运行" in (await examined(rig, shared))[1], "another machine may run it"
        assert rig.fake.subscribed == 1
        assert await examined(rig) == (True, "握手成功；")
        well, said = await examined(rig, secret=SecretStr("wrong-canary"))
        assert (well, "bot_id 或 secret 不对：平台答 853000" in said, "Secret" in said) == (
            False,
            True,
            True,
        )
        for url in ("ws://127.0.0.1:1/", rig.fake.address + "nowhere"):
            well, said = await examined(rig, url=url)
            assert (well, "url 连不上" in said) == (False, True)


async def test_the_risk_of_a_qq_account_is_said(tmp_path):
    async with rigged(OneBotRig, tmp_path) as rig:
        (found,) = [one async for one in look_at_sockets(rig.app.settings, rig.folder)]
    assert found.ok
    assert "被封" in found.fix
