"""Pictures: written anew, small, without what the camera added; anything else is refused."""

from __future__ import annotations

import asyncio
import contextlib
import io
import os
import struct
import time
import zlib

import pytest
from PIL import Image
from sqlalchemy import select

from bot.media import MAX_BYTES, MediaStore, reencode
from knowledge.community.refusals import Unreadable
from knowledge.store.rows.media import MediaRow

GPS = 0x8825
ORIENTATION = 0x0112


@pytest.fixture
def store(tmp_path, database, clock):
    return MediaStore(tmp_path / "media", database, clock)


def picture(width=200, height=100, form="JPEG", **options):
    out = io.BytesIO()
    Image.new("RGB", (width, height), "#884422").save(out, form, **options)
    return out.getvalue()


def opened(data):
    return Image.open(io.BytesIO(data))


def empty_png(width, height):
    """A file of a few bytes that claims to be huge."""

    def chunk(kind, body):
        check = zlib.crc32(kind + body)
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def test_a_large_photo_becomes_a_jpeg_of_at_most_1600_pixels():
    small = opened(reencode(picture(4000, 3000)))
    assert small.format == "JPEG"
    assert small.size == (1600, 1200)


def test_place_and_camera_are_not_kept_but_the_photo_stands_upright():
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif.get_ifd(GPS)[1] = "N"
    exif[0x010F] = "Camera"
    kept = opened(reencode(picture(200, 100, exif=exif)))
    assert kept.size == (100, 200)
    assert not kept.getexif()


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_png_and_webp_are_taken(form):
    assert opened(reencode(picture(form=form))).format == "JPEG"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "不是能打开的照片"),
        (b"GIF89a" + b"\0" * 50, "不是能打开的照片"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "不是能"),
        (b"#!/bin/sh\nrm -rf /\n", "不是能打开的照片"),
        (picture()[:200], "不是能打开的照片"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC.*截个屏"),
        (empty_png(8000, 5000), "照片太大了"),
        (empty_png(60000, 60000), "照片太大了"),
    ],
    ids=["nothing", "gif", "svg", "script", "cut off", "heic", "40 megapixels", "bomb"],
)
def test_what_is_no_usable_picture_is_refused_in_one_chinese_sentence(data, said):
    with pytest.raises(Unreadable, match=said):
        reencode(data)


async def test_more_than_10_megabytes_are_not_even_opened(store):
    with pytest.raises(Unreadable, match="10 MB"):
        await store.keep(b"\0" * (MAX_BYTES + 1), "li")


async def test_a_kept_picture_has_a_random_name_a_row_and_a_file(store, database):
    first = await store.keep(picture(), "li")
    second = await store.keep(picture(), "li")
    assert first != second
    path = store.path(first)
    assert path is not None
    assert opened(path.read_bytes()).format == "JPEG"
    who = await database.read(
        lambda session: session.scalar(select(MediaRow.who).where(MediaRow.id == first))
    )
    assert who == "li"


@pytest.mark.parametrize("name", ["", "../linli.db", "..%2f", "a" * 31, "A" * 32, "/etc/passwd"])
def test_only_our_own_names_lead_to_a_file(store, name):
    assert store.path(name) is None


def test_what_shines_through_becomes_white_and_a_palette_keeps_its_colours():
    out = io.BytesIO()
    Image.new("RGBA", (20, 10), (0, 0, 0, 0)).save(out, "PNG")
    assert opened(reencode(out.getvalue())).getpixel((5, 5)) == (255, 255, 255)
    out = io.BytesIO()
    Image.new("RGB", (20, 10), "#ff0000").convert("P").save(out, "PNG")
    red, green, blue = opened(reencode(out.getvalue())).getpixel((5, 5))
    assert red > 240
    assert max(green, blue) < 20


def test_a_picture_that_must_be_decoded_whole_may_have_fewer_pixels():
    with pytest.raises(Unreadable, match="照片太大了"):
        reencode(empty_png(4000, 3001))


async def test_many_at_once_are_taken_apart_one_after_another(store, monkeypatch):
    now, most = 0, 0

    def slow(data):
        nonlocal now, most
        now += 1
        most = max(most, now)
        time.sleep(0.01)
        now -= 1
        return data

    monkeypatch.setattr("bot.media.reencode", slow)
    await asyncio.gather(*(store.keep(b"x", "li") for _ in range(6)))
    assert most == 1


async def test_a_file_goes_when_the_deletion_of_its_row_is_certain(store, database):
    kept, gone = [await store.keep(picture(), "li") for _ in range(2)]

    def fail(session):
        session.delete(session.get(MediaRow, kept))
        session.flush()
        raise LookupError

    def undo(session):
        with contextlib.suppress(LookupError), session.begin_nested():
            fail(session)
        with session.begin_nested():
            session.delete(session.get(MediaRow, gone))
        assert store.path(gone) is not None

    with pytest.raises(LookupError):
        await database.write(fail)
    await database.write(undo)
    assert store.path(kept) is not None
    assert store.path(gone) is None


async def test_a_file_without_a_row_goes_after_a_day(store):
    known = await store.keep(picture(), "li")
    names = (f"{'a' * 32}.jpg", f"{'b' * 32}.jpg", f"{'c' * 32}.part")
    old, new, half = (store.path(known).with_name(name) for name in names)
    for path in (old, new, half):
        path.write_bytes(b"x")
    for path, age in ((old, 25), (new, 23), (half, 25), (store.path(known), 99)):
        at = time.time() - age * 3600
        os.utime(path, (at, at))
    assert store.sweep() == 2
    assert (old.exists(), new.exists(), half.exists()) == (False, True, False)
    assert store.path(known) is not None
