"""WXBizMsgCrypt: the published samples, a library of others as oracle, and who stays outside."""

from __future__ import annotations

import base64
import random

import pytest
from wechatpy.crypto import WeChatCrypto
from wechatpy.enterprise.crypto import WeChatCrypto as WorkCrypto
from wechatpy.exceptions import InvalidSignatureException

from bot.wechat.callback import Callback, read_xml
from bot.wechat.crypt import Crypt
from bot.wechat.trouble import Forged, Garbled

CORP = "ww1436e0e65a779aee"
CORP_KEY = "6qkdMrq68nTKduznJYO1A37W2oEgpkMUvkttRToqhUt"
CORP_TOKEN = "hJqcu3uJ9Tn2gXPmxx2w9kkCkCE2EPYo"
ECHO = "fsi1xnbH4yQh0+PJxcOdhhK6TDXkjMyhEPA7xB2TGz6b+g7xyAbEkRxN/3cNXW9qdqjnoVzEtpbhnFyq6SVHyA=="
SEALED = (
    "Kl7kjoSf6DMD1zh7rtrHjFaDapSCkaOnwu3bqLc5tAybhhMl9pFeK8NslNPVdMwmBQTNoW4mY7AIjeLvEl3NyeTkAgGz"
    "BhzTtRLNshw2AEew+kkYcD+Fq72Kt00fT0WnN87hGrW8SqGc+NcT3mu87Ha3dz1pSDi6GaUA6A0sqfde0VJPQbZ9U+3J"
    "WcoD4Z5jaU0y9GSh010wsHF8KZD24YhmZH4ch4Ka7ilEbjbfvhKkNL65HHL0J6EYJIZUC2pFrdkJ7MhmEbU2qARR4iQH"
    "E7wy24qy0cRX3Mfp6iELcDNfSsPGjUQVDGxQDCWjayJOpcwocugux082f49HKYg84EpHSGXAyh+/oxwaWbvL6aSDPOYu"
    "PDGOCI8jmnKiypE+"
)
"""Samples of the platform's own library for enterprises (Sample.py)."""
ACCOUNT, ACCOUNT_TOKEN = "wx2c2769f8efd9abc2", "spamtest"
ACCOUNT_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
MIXED = (
    "hyzAe4OzmOMbd6TvGdIOO6uBmdJoD0Fk53REIHvxYtJlE2B655HuD0m8KUePWB3+LrPXo87wzQ1QLvbeUgmBM4x6F8PG"
    "HQHFVAFmOD2LdJF9FrXpbUAh0B5GIItb52sn896wVsMSHGuPE328HnRGBcrS7C41IzDWyWNlZkyyXwon8T332jisa+h6"
    "tEDYsVticbSnyU8dKOIbgU6ux5VTjg3yt+WGzjlpKn6NPhRjpA912xMezR4kw6KWwMrCVKSVCZciVGCgavjIQ6X8tCOp"
    "3yZbGpy0VxpAe+77TszTfRd5RJSVO/HTnifJpXgCSUdUue1v6h0EIBYYI1BD1DlD+C0CR8e6OewpusjZ4uBl9FyJvnhv"
    "Ql+q5rv1ixrcpCumEPo5MJSgM9ehVsNPfUM669WuMyVWQLCzpu9GhglF2PE="
)
"""The sample of the library for official accounts (demo.py)."""


def test_the_published_samples_for_enterprises_open():
    crypt = Crypt(CORP_TOKEN, CORP_KEY, CORP)
    sign = "012bc692d0a58dd4b10f8dfe5c4ac00ae211ebeb"
    assert crypt.trusts(sign, "1476416373", "47744683", ECHO)
    assert crypt.open(ECHO) == b"1288432023552776189"
    sign = "0c3914025cb4b4d68103f6bfc8db550f79dcf48e"
    assert crypt.trusts(sign, "1476422779", "1597212914", SEALED)
    assert read_xml(crypt.open(SEALED)) == {
        "ToUserName": CORP,
        "FromUserName": "ChenJiaShun",
        "CreateTime": "1476422779",
        "MsgType": "text",
        "Content": "你好",
        "MsgId": "1456453720",
        "AgentID": "1000002",
    }


def test_the_published_sample_for_accounts_opens():
    crypt = Crypt(ACCOUNT_TOKEN, ACCOUNT_KEY, ACCOUNT)
    sign = "5d197aaffba7e9b25a30732f161a50dee96bd5fa"
    assert crypt.trusts(sign, "1409735669", "1320562132", MIXED)
    message = read_xml(crypt.open(MIXED))
    assert (message["Content"], message["MsgId"]) == ("abcdteT", "6054768590064713728")


def test_an_old_url_verification_is_signed_as_published():
    sealed = (
        "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ=="
    )
    crypt = Crypt("QDG6eK", CORP_KEY, "")
    sign = "5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3"
    assert crypt.trusts(sign, "1409659589", "263014780", sealed)


def message(chance, size):
    alphabet = "漏水7栋<>&]\n\r \t🙂é\u200b" + chr(chance.randrange(0x4E00, 0x9FA5))
    return "".join(chance.choice(alphabet) for _ in range(size))


def test_a_thousand_messages_go_both_ways_between_us_and_a_library_of_others():
    chance = random.Random(8)
    for nth in range(500):
        raw = chance.randbytes(32)
        key = base64.b64encode(raw).decode()[:43]
        receiver = chance.choice([CORP, ACCOUNT, "ww" + "x" * nth])
        ours = Crypt("token", key, receiver)
        kind = WorkCrypto if receiver.startswith("ww") else WeChatCrypto
        theirs = kind("token", key, receiver)
        said = message(chance, nth) + "x"
        sealed = ours.seal(said.encode())
        envelope = f"<xml><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>"
        opened = theirs.decrypt_message(envelope, ours.sign("1", "n", sealed), "1", "n")
        assert (opened if isinstance(opened, str) else opened.decode()) == said
        reply = read_xml(theirs.encrypt_message(said, "nonce", "1700000000").encode())
        assert ours.trusts(reply["MsgSignature"], "1700000000", "nonce", reply["Encrypt"])
        assert ours.open(reply["Encrypt"]).decode() == said
        with pytest.raises(InvalidSignatureException):
            theirs.decrypt_message(envelope, "0" * 40, "1", "n")


def test_what_was_changed_on_the_way_or_is_for_somebody_else_is_not_opened():
    crypt = Crypt("token", CORP_KEY, CORP)
    sealed = crypt.seal(b"<xml/>")
    with pytest.raises(Forged):
        Crypt("token", CORP_KEY, CORP + "x").open(sealed)
    with pytest.raises((Forged, Garbled)):
        Crypt("token", ACCOUNT_KEY, CORP).open(sealed)
    for wrong in ("", "=", "*", "AAAA", sealed[:-4], "A" * 64, sealed + "é", "\ud800"):
        with pytest.raises((Forged, Garbled)):
            crypt.open(wrong)
    assert not crypt.trusts("\ud800é", "1", "2", sealed)
    for key in ("", "x" * 42, "x" * 44, "*" * 43):
        with pytest.raises(ValueError, match=r"aes_key|base64"):
            Crypt("token", key, CORP)


def test_a_key_that_opens_to_noise_is_garbled_and_never_raises_otherwise():
    chance = random.Random(9)
    crypt = Crypt("token", CORP_KEY, CORP)
    for _ in range(2000):
        noise = base64.b64encode(chance.randbytes(32 * chance.randrange(1, 5))).decode()
        with pytest.raises((Forged, Garbled)):
            crypt.open(noise)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"nonsense",
        b"\xff\xfe<\x00x\x00/\x00>\x00",
        b'<?xml version="1.0" encoding="gb2312"?><xml><a>\xc4\xe3</a></xml>',
        b'<!DOCTYPE x [<!ENTITY a "b">]><xml>&a;</xml>',
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><xml/>',
        b"<xml><a>\x00</a></xml>",
        b"<a>" * 20_000,
        b"<a>" * 20_000 + b"</a>" * 20_000,
    ],
)
def test_only_small_plain_xml_is_read(raw):
    with pytest.raises(Garbled):
        read_xml(raw)


def test_a_call_is_read_only_while_it_is_fresh_and_sealed():
    crypt = Crypt("token", CORP_KEY, CORP)
    callback = Callback("token", crypt, wall=lambda: 1_700_000_000.0)

    def call(stamp):
        sealed = crypt.seal("<xml><Content>漏水\n</Content></xml>".encode())
        query = {
            "msg_signature": crypt.sign(stamp, "n", sealed),
            "signature": crypt.sign(stamp, "n"),
            "timestamp": stamp,
            "nonce": "n",
        }
        return query, f"<xml><Encrypt>{sealed}</Encrypt></xml>".encode()

    for stamp in ("1699999701", "1700000000", "1700000299"):
        assert callback.read(*call(stamp)) == {"Content": "漏水\n"}
    for stamp in ("1699999699", "1700000301", "", "17e8", "１７００００００００", "9" * 40):
        with pytest.raises(Forged):
            callback.read(*call(stamp))
    query, _ = call("1700000000")
    with pytest.raises(Forged):
        callback.read(query, b"<xml><Content>plain</Content></xml>")
    plain = Callback("token", None, wall=lambda: 1_700_000_000.0)
    assert plain.read(query, b"<xml><Content>plain</Content></xml>") == {"Content": "plain"}
    with pytest.raises(Forged):
        plain.read(query | {"signature": "0" * 40}, b"<xml/>")


def test_a_reply_is_sealed_as_the_platform_reads_it():
    crypt = Crypt("token", CORP_KEY, CORP)
    callback = Callback("token", crypt, wall=lambda: 1_700_000_000.0)
    reply = callback.reply("<xml><Content>好</Content></xml>", "n")
    theirs = WorkCrypto("token", CORP_KEY, CORP)
    fields = read_xml(reply.encode())
    said = theirs.decrypt_message(reply, fields["MsgSignature"], fields["TimeStamp"], "n")
    assert "<Content>好</Content>" in (said if isinstance(said, str) else said.decode())
