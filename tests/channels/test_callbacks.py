"""The doors of the WeChat family: nobody forges a call, and a captured one works once."""

from __future__ import annotations

import pytest

from tests.channels.conftest import rigged
from tests.channels.nonsense import KINDS, throw


@pytest.mark.parametrize("kind", KINDS)
async def test_hundreds_of_bad_calls_change_nothing_and_none_is_a_500(kind, tmp_path):
    async with rigged(kind, tmp_path) as rig:
        assert await throw(rig, 300) == (0, 0)
        for path in ("/wecom/other", "/mp/other", "/mp/wecom_app"):
            assert (await rig.post(*rig.sealed(b"<xml/>"), path))[0] == 404
        assert await rig.says("li", "高龄津贴多少钱")
        assert len(await rig.inbox()) == 1
        for _ in range(5):
            assert await rig.again()
        assert len(await rig.inbox()) == 1
