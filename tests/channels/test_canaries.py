"""No secret is ever written down: those channels that have no test of their own for it."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest
from pydantic import SecretStr

from bot.doctor.channels import ask_channels
from tests.channels.conftest import rigged
from tests.channels.rigs.hook import HookRig
from tests.channels.rigs.kf import KfRig
from tests.channels.rigs.wecom_group import WecomGroupRig
from tests.channels.town import PARTNER

SECTIONS = {"wecom_group": "wecom_app"}


def section_of(rig):
    """The settings of the channel."""
    channels = rig.app.settings.channels
    if rig.name == PARTNER:
        return channels.hook[PARTNER]
    return getattr(channels, SECTIONS.get(rig.name, rig.name))


async def called_wrongly(rig):
    """Answers to calls that are forged, and to one that is right but not for a person."""
    said = []
    async with aiohttp.ClientSession() as session:
        for path in (f"/hook/{PARTNER}", f"/events/{PARTNER}", getattr(rig, "path", "/wecom/1")):
            for body in (b"<xml><Encrypt>AA</Encrypt></xml>", b"{}", b"\xff"):
                async with session.post(rig.address + path, data=body) as answer:
                    said.append(await answer.text())
        for path in ("/readyz", "/metrics"):
            async with session.get(rig.address + path) as answer:
                said.append(await answer.text())
    return said


@pytest.mark.parametrize("kind", [HookRig, KfRig, WecomGroupRig])
async def test_no_secret_of_it_is_ever_written_down(kind, tmp_path, caplog, capsys):
    caplog.set_level("DEBUG")
    async with rigged(kind, tmp_path) as rig:
        section = section_of(rig)
        secrets = [one for _, one in section if isinstance(one, SecretStr)]
        assert secrets
        assert all("anary" in one.get_secret_value() for one in secrets)
        for nth, trouble in enumerate(sorted(rig.troubles)):
            await rig.trouble(trouble)
            await rig.tells(rig.home, f"第{nth}条")
            await rig.app.settle()
            await rig.up()
        said = await called_wrongly(rig)
        said += [str(one) for one in await ask_channels(rig.app.settings, rig.folder)]
        await rig.trouble("down")
        await rig.tells(rig.home, "再说一条")
        await rig.app.settle()
        said += [str(one) for one in await ask_channels(rig.app.settings, rig.folder)]
        said += [f"{row.receipt}{row.detail}" for row in await rig.outbox()]
        said += [
            repr(section),
            repr(rig.app.settings),
            repr(rig.channel),
            str(rig.channel.health()),
        ]
        await asyncio.sleep(0)
    written = capsys.readouterr()
    everything = "\n".join([caplog.text, written.out, written.err, *said])
    assert "第0条" not in caplog.text
    assert "anary" not in everything
