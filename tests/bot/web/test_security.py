"""What stands around every page."""

from __future__ import annotations

import pytest
from yarl import URL

GROUP = "/chat/g-gh3"
MULTIPART = "multipart/form-data; boundary=x"


@pytest.mark.parametrize("path", ["/", "/healthz", "/metrics", "/verify", "/nothing", "/as/x/chat"])
async def test_every_answer_carries_the_strict_headers(stage, browser_session, path):
    async with browser_session.get(stage.address + path) as response:
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "frame-ancestors 'self'" in policy
        assert "unsafe" not in policy
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("secret", ["", "0" * 32, "长"])
async def test_a_form_without_its_secret_is_refused_in_plain_words(li, secret):
    answer = await li.post(f"{GROUP}/post", {"text": "好", "uuid": "a" * 32}, csrf=secret)
    assert answer.status == 403
    assert answer.says("刷新后再试一次")


async def test_somebody_elses_secret_does_not_open_a_form(li, zhang):
    answer = await li.post(f"{GROUP}/post", {"text": "好", "uuid": "a" * 32}, csrf=zhang.csrf)
    assert answer.status == 403


async def test_a_form_from_a_foreign_page_is_refused(li):
    fields = {"text": "好", "uuid": "a" * 32}
    foreign = {"Origin": "https://example.org"}
    assert (await li.post(f"{GROUP}/post", fields, headers=foreign)).status == 403
    own = {"Origin": li.stage.address}
    assert (await li.post(f"{GROUP}/post", fields, headers=own)).status == 200


async def test_a_foreign_page_gets_no_live_line(li):
    answer = await li.get(f"{GROUP}/live", headers={"Origin": "https://example.org"})
    assert answer.status == 403


@pytest.mark.parametrize(
    "path",
    [
        "/chat/%00",
        "/t/99999",
        "/t/abc",
        "/desk/1/done",
        "/admin/faq/../../x",
        "/chat/" + "长" * 900,
    ],
)
async def test_nonsense_addresses_get_a_chinese_page(zhang, path):
    answer = await zhang.get(path)
    assert answer.status in (404, 405)
    assert answer.says("没有找到") or answer.says("没有办成")


async def test_a_fault_of_ours_is_an_apology_without_details(li, stage):
    stage.app.papers.faq.current = None
    answer = await li.stage.app.look(lambda _: None)
    assert answer is None
    chen = type(li)(stage, li.session, "chen")
    page = await chen.get("/admin")
    assert page.status == 500
    assert page.says("已经记下来了")
    assert not page.says("Traceback")


@pytest.mark.parametrize(
    "body",
    [
        (b"text=\xff\xfe\x80", "application/x-www-form-urlencoded"),
        (b"text=a", "application/x-www-form-urlencoded; charset=martian"),
        (
            b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n\xff\xfe\x80\r\n--x--',
            MULTIPART,
        ),
        (b"--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--", MULTIPART),
        (b"no boundary at all", MULTIPART),
        (b"", "multipart/form-data"),
        (
            b"&".join(b"a=%d" % number for number in range(5000)),
            "application/x-www-form-urlencoded",
        ),
    ],
    ids=["bytes", "charset", "part", "nameless", "no parts", "no boundary", "5000 fields"],
)
async def test_what_is_no_form_is_refused_in_plain_words(li, body):
    sent = li.session.post(
        f"{li.home}{GROUP}/post", data=body[0], headers={"Content-Type": body[1]}
    )
    async with sent as response:
        assert response.status in (400, 403, 413)
        assert "没有办成" in await response.text()


@pytest.mark.parametrize("path", ["/chat/%ff", "/admin/faq/%ff", "/admin?q=%ff", "/chat?%ff=%fe"])
async def test_an_address_that_is_not_text_is_no_fault_of_ours(chen, path):
    address = URL(chen.home + path, encoded=True)
    async with chen.session.get(address) as response:
        assert response.status in (200, 404)
