"""The doctor of the WeChat family names the wrong field and the mend, and calls us as they would."""

from __future__ import annotations

import pytest
from pydantic import SecretStr

from bot.doctor.channels import ask_channels
from bot.doctor.wechat import look_at_wechat
from bot.opening import open_channels
from tests.channels.conftest import rigged
from tests.channels.rigs.kf import KfRig
from tests.channels.rigs.mp import MpRig, PlainMpRig
from tests.channels.rigs.wecom_app import WecomAppRig
from tests.channels.rigs.wecom_group import WecomGroupRig
from tests.channels.rigs.wecom_webhook import WecomWebhookRig

GROUPS = "/cgi-bin/externalcontact/groupchat/list"


async def examined(rig, public_url=""):
    """What the doctor finds, as (name, well, everything it says)."""
    settings = rig.app.settings
    web = settings.web.model_copy(update={"public_url": public_url})
    settings = settings.model_copy(update={"web": web})
    found = [one async for one in look_at_wechat(settings, open_channels(settings))]
    assert not any("anary" in f"{one.message}{one.fix}" for one in found)
    return [(one.name, one.ok, f"{one.message}；{one.fix}") for one in found]


@pytest.mark.parametrize("kind", [WecomAppRig, MpRig, PlainMpRig, KfRig])
async def test_a_right_set_up_is_verified_as_the_platform_does_it(kind, tmp_path):
    async with rigged(kind, tmp_path) as rig:
        found = await examined(rig, rig.address)
    assert [(name, well) for name, well, _ in found] == [
        (f"渠道 {kind.name}", True),
        (f"渠道 {kind.name} 的回调", True),
    ]
    assert "答得对" in found[1][2]


async def test_each_wrong_field_is_named_with_its_mend(tmp_path):
    async with rigged(WecomAppRig, tmp_path) as rig:
        for answer, words in (
            ((40001, "invalid credential"), ("secret", "重新看一次")),
            ((40013, "invalid corpid"), ("corp_id", "照管理后台里的抄")),
            ((60020, "not allow to access from your ip"), ("IP", "企业可信 IP")),
            ((-7, "new"), ("-7", "文档")),
        ):
            rig.fake.login_answer = answer
            (known, _) = await examined(rig)
            assert not known[1]
            assert all(word in known[2] for word in words), known
        rig.fake.login_answer, rig.fake.down = None, True
        assert "502" in (await examined(rig))[0][2]
        rig.fake.down = False
        assert "public_url 没有写" in (await examined(rig))[1][2]
        *_, callback = await examined(rig, rig.fake.address)
        assert "一模一样" in callback[2]
        await rig.fake.stop()
        assert "连不上" in (await examined(rig))[0][2]
        *_, callback = await examined(rig, rig.fake.address)
        assert "从外面打不开" in callback[2]


async def test_an_application_or_an_account_that_is_not_ours_is_named(tmp_path):
    async with rigged(WecomAppRig, tmp_path / "app") as rig:
        rig.fake.agents = ("1000009",)
        assert "agent_id 有问题：平台答 301002" in (await examined(rig))[0][2]
    async with rigged(KfRig, tmp_path / "kf") as rig:
        rig.fake.methods["/cgi-bin/kf/sync_msg"] = lambda _: {"errcode": 95000, "errmsg": "x"}
        assert "open_kfid 有问题：平台答 95000" in (await examined(rig))[0][2]
    async with rigged(WecomWebhookRig, tmp_path / "robot") as rig:
        settings = rig.app.settings
        (right,) = await ask_channels(settings, rig.folder)
        url = settings.channels.wecom_webhook.url.get_secret_value()
        for wrong in (url + "4", url.split("/cgi-bin")[0]):
            robot = settings.channels.wecom_webhook.model_copy(update={"url": SecretStr(wrong)})
            channels = settings.channels.model_copy(update={"wecom_webhook": robot})
            changed = settings.model_copy(update={"channels": channels})
            (found,) = await ask_channels(changed, rig.folder)
            assert (found.ok, "url 不对" in found.message) == (False, True), found
            assert "anary" not in f"{found.message}{found.fix}"
        assert right.ok
        assert await rig.arrivals() == []


async def test_sending_to_groups_needs_its_own_permission(tmp_path):
    async with rigged(WecomGroupRig, tmp_path) as rig:
        rig.fake.methods[GROUPS] = lambda _: {"errcode": 48002, "errmsg": "api forbidden"}
        found = {name: (well, said) for name, well, said in await examined(rig)}
        assert not found["渠道 wecom_group"][0]
        assert "可调用接口的应用" in found["渠道 wecom_group"][1]
